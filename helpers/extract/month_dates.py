"""Months, quarters and parts of years: `tháng 6/2021`, `quý I/2025`, `6 tháng đầu năm 2017`, `nửa cuối năm ngoái`.

A month or quarter without its year takes that of the one that ends the span (`từ tháng 4 đến tháng 6/2023`), else it is the
nearest past one, or the one to come where the words point forward.
"""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.extract.calendar import days_in_month, months_of_year, quarter, year_of_month
from helpers.extract.date_numbers import (
    BELOW_HUNDRED,
    LUNAR_MONTHS,
    MONTH,
    MONTH_WORDS,
    QUARTERS,
    words_ending,
)
from helpers.extract.date_text import NO_MONTH, UNKNOWN_DATE, YEAR, DateText, date_mention
from helpers.extract.lunar_dates import is_marked_lunar, lunar_month_mention, lunar_year_behind
from helpers.extract.span import Mention
from helpers.patterns import late

_MONTH = late(
    re.compile,
    rf"(?:tháng|thg)\s({MONTH})(?:(?:\s?[/.-]\s?|,?\s(?:của\s)?(?:năm\s)?)({YEAR})(?!\d))?(?!\d|[.,]\d|/\d(?!\d(?!\w|[./-]\d)))",
)
_MONTH_LIST = late(
    re.compile,
    rf"tháng\s(?P<list>\d{{1,2}}(?:(?:,\s?|\s?-\s?|\svà\s|\sđến\s)\d{{1,2}}){{1,6}})(?:\s?/\s?|,?\snăm\s)(?P<year>{YEAR})(?!\d)",
)
_MONTH_AND_YEAR = late(re.compile, rf"(?<![\w/.,-])(\d{{1,2}})/({YEAR})(?![\d/])")
#: the month that ends the span and says the year of both
_PARTNER = late(
    re.compile,
    rf"\s?(?P<link>-|đến|tới|và|,)\s?(?:hết\s)?(?:tháng\s)?(\d{{1,2}})(?:\s?[/.-]\s?|,?\snăm\s)({YEAR})(?!\d)",
)
_TO = late(re.compile, r"\s?(?:-|đến|tới)\s?(?:hết\s)?")
_ROMAN_QUARTER = r"(?:i{1,3}|iv|[1-4]|một|hai|ba|tư|bốn)(?!\w)"
_QUARTER = late(
    re.compile,
    rf"quý\s(?P<list>{_ROMAN_QUARTER}(?:(?:,\s|\svà\s|\sđến\s|\s?-\s?){_ROMAN_QUARTER}){{0,3}})"
    rf"(?:(?:\s?[/.-]\s?|,?\s(?:của\s)?(?:năm\s)?)(?P<year>{YEAR})(?!\d))?",
)
_QUARTER_PARTNER = late(
    re.compile,
    rf"(?:,|\svà|\sđến|\stới|\s?-)\s(?:hết\s)?quý\s{_ROMAN_QUARTER}(?:\s?[/.-]\s?|,?\s(?:của\s)?năm\s)({YEAR})(?!\d)",
)
_PART = late(
    re.compile,
    rf"(?P<unit>tháng|quý)\s(?:(?P<side>đầu|cuối)\s(?:của\s)?(?:năm|(?P<from>20\d\d))(?:\snăm)?(?:\s(?P<year>{YEAR})(?!\d)|\s(?P<word>nay|ngoái)(?![^\W\d_]))?"
    rf"|(?:của\s|trong\s)?năm\s(?P<whole>{YEAR})(?!\d))",
)
_HALF = late(
    re.compile,
    rf"nửa\s(?P<side>đầu|cuối|sau)\s(?:của\s)?(?:năm(?!\s(?:học|kia))(?:\s(?P<year>{YEAR})(?!\d)|\s(?P<word>nay|ngoái|tới|sau|trước)(?![^\W\d_]))?"
    rf"|tháng\s(?P<month>\d{{1,2}})(?:(?:\s?/\s?|\snăm\s)(?P<of>{YEAR}))?(?!\d))",
)
_YEAR_SHIFT = {"nay": 0, "ngoái": -1, "trước": -1, "sau": 1, "tới": 1}
_COUNT_BEFORE = late(re.compile, r"(?<![\d.,/])(\d{1,2})\s$")
_NUMBER, _NUMERAL = late(re.compile, r"\d+"), late(re.compile, r"\w+")
_LINE = late(re.compile, r"[^\S\n]*(?:\n|$)")


def month_and_year(text: DateText, at: int, end: int) -> Mention | None:
    """`6/2021`."""
    m = _MONTH_AND_YEAR.match(text.search, at)
    if m is None or not 1 <= int(m[1]) <= 12:
        return None
    return date_mention("month_and_year", at, m.end(), f"{m[2]}-{int(m[1]):02d}")


def months(text: DateText, at: int, end: int) -> Mention | None:
    """`tháng 4, 5/2023`, `tháng 2-3/2020`, `tháng 10 và 11 năm 2022`: months that share their word and year."""
    m = _MONTH_LIST.match(text.search, at)
    if m is None:
        return None
    numbers = [int(n) for n in _NUMBER.findall(m["list"])]
    if not all(1 <= a < b <= 12 for a, b in pairwise(numbers)):
        return None
    spelled = [f"{m['year']}-{n:02d}" for n in numbers]
    listed = numbers != list(range(numbers[0], numbers[-1] + 1)) and ("và" in m["list"] or "," in m["list"])
    value = "{" + ",".join(spelled) + "}" if listed else f"{spelled[0]}/{spelled[-1]}"
    return date_mention("month", at, m.end(), value)


def month(text: DateText, at: int, end: int) -> Mention | None:
    """`tháng 6/2021`, `tháng 12.2025`, `tháng 10`, `vào tháng tư`, `tháng giêng`; `tháng 2 lần` is a rate."""
    m = _MONTH.match(text.search, at)
    if m is None:
        return None
    name, after, behind = m[1], m.end(), text.word_behind(m.end())
    number = int(name) if name.isdecimal() else MONTH_WORDS[name]
    year = int(m[2]) if m[2] else None
    if not 1 <= number <= 12:
        # "mỗi tháng 30 triệu đồng" is money; "tháng 13," a slip
        return date_mention("month", at, after, None, reason=NO_MONTH) if year or not behind else None
    if year is None and (behind in text.words.rates or (behind and text.words_before(at)[0] in _EVERY)):
        return None
    if name in LUNAR_MONTHS or is_marked_lunar(text, after):
        lunar_year, after, _ = (
            (year, after, True) if year else lunar_year_behind(text, is_marked_lunar(text, after) or after)
        )
        return lunar_month_mention(text, at, after, number, lunar_year)
    if year is None:
        year, after = text.spelled_year(after)
    if year is None and not (
        name.isdecimal() or text.year_behind(after)[0] or _is_month_in_words(text, at, after)
    ):  # fmt: skip
        return None
    if year is not None:
        return date_mention("month", at, after, f"{year}-{number:02d}")
    return _month_in_year(text, at, after, number)


_EVERY = frozenset(("mỗi", "hằng", "hàng", "một", "từng"))


def _is_month_in_words(text: DateText, at: int, end: int) -> bool:
    """Whether `tháng ba` is March: a word before says so, or it stands alone on its line."""
    if text.word_behind(end) in text.words.counts:
        return False
    return text.is_before(at, text.words.month_cues) or (
        _LINE.match(text.search, end) is not None and text.search[at - 1 : at] in ("", "\n")
    )


def _month_in_year(text: DateText, at: int, end: int, number: int) -> Mention:
    year, after, inferred = text.year_behind(end)
    if year is None and (partner := _PARTNER.match(text.search, end)) and 1 <= int(partner[2]) <= 12:
        year, inferred = int(partner[3]), ("year",)
        if partner["link"] in ("-", "đến", "tới") and number > int(partner[2]):
            year -= 1
    if year is None:
        inferred = ("year",)
        year = _after_start(text, at, number) or year_of_month(
            number, text.published, forward=text.points_forward(at, end)
        )
    value = f"{year}-{number:02d}" if year else None
    return date_mention("month", at, after, value, inferred=inferred, reason=UNKNOWN_DATE)


def _after_start(text: DateText, at: int, number: int) -> int | None:
    """The year of the end of a span, which comes after its start in the same phrase: `từ tháng 11/2023 đến tháng 2`."""
    last = text.last
    if last is None or last.rule != "month" or not _TO.fullmatch(text.search, last.end, at):
        return None
    start = last.fields["value"]
    return int(start[:4]) + (number < int(start[5:])) if start and len(start) == 7 else None


def quarters(text: DateText, at: int, end: int) -> Mention | None:
    """`quý I/2025`, `quý 2 năm 2020`, `quý III`, `quý I, II/2024`, `quý một và quý hai năm 2023`."""
    m = _QUARTER.match(text.search, at)
    if m is None:
        return None
    numbers, after = [QUARTERS[n] for n in _NUMERAL.findall(m["list"]) if n in QUARTERS], m.end()
    year = int(m["year"]) if m["year"] else None
    inferred: tuple[str, ...] = () if year else ("year",)
    if year is None and (behind := text.year_behind(after))[0]:
        year, after, inferred = behind
    if year is None and (partner := _QUARTER_PARTNER.match(text.search, after)):
        year = int(partner[1])
    if year is None and text.published:
        begins = numbers[-1] * 3 - 2
        year = year_of_month(begins, text.published, forward=text.points_forward(at, after))
    value = None
    if year:
        spelled = [quarter(year, n) for n in numbers]
        listed = len(numbers) > 1 and numbers != list(range(numbers[0], numbers[-1] + 1))
        listed = listed and ("và" in m["list"] or "," in m["list"])
        value = "{" + ",".join(spelled) + "}" if listed else "/".join(dict.fromkeys((spelled[0], spelled[-1])))
    return date_mention("quarter", at, after, value, inferred=inferred, reason=UNKNOWN_DATE)


def part_of_year(text: DateText, at: int, end: int) -> Mention | None:
    """`6 tháng đầu năm 2017`, `sáu tháng cuối năm`, `9 tháng năm 2019`, `hai quý đầu năm`; `at` is where the unit begins."""
    search = text.search
    if search[at - 1 : at] != " " or search[end : end + 1] not in "đcnt":
        return None
    m = _PART.match(search, at)
    if m is None:
        return None
    if digits := _COUNT_BEFORE.search(search, max(0, at - 4), at):
        n, start = int(digits[1]), digits.start()
    elif words := words_ending(search, at - 1, BELOW_HUNDRED):
        n, start = words
    else:
        return None
    n_months = n * 3 if m["unit"] == "quý" else n
    if not 1 <= n_months <= 12 or (not m["side"] and not digits):
        return None
    stated = m["year"] or m["whole"] or m["from"]
    return _months_of_year(text, start, m.end(), n_months, stated, m["word"], at_end=m["side"] == "cuối")


def half_year(text: DateText, at: int, end: int) -> Mention | None:
    """`nửa đầu năm 2023`, `nửa cuối năm`, `nửa đầu tháng 5/2024`."""
    m = _HALF.match(text.search, at)
    if m is None:
        return None
    if not m["month"]:
        return _months_of_year(text, at, m.end(), 6, m["year"], m["word"], at_end=m["side"] != "đầu")
    number = int(m["month"])
    if not 1 <= number <= 12:
        return None
    year = int(m["of"]) if m["of"] else year_of_month(number, text.published, forward=text.points_forward(at, m.end()))
    value = None
    if year:
        days = (1, 15) if m["side"] == "đầu" else (16, days_in_month(year, number))
        value = "/".join(f"{year}-{number:02d}-{d:02d}" for d in days)
    return date_mention("part_of_month", at, m.end(), value, inferred=() if m["of"] else ("year",), reason=UNKNOWN_DATE)


def _months_of_year(
    text: DateText, start: int, end: int, n_months: int, stated: str | None, word: str | None, *, at_end: bool
) -> Mention:
    """The first or last months of a year stated, named by `nay`, `ngoái`, or understood."""
    year = int(stated) if stated else None
    if year is None and text.published:
        year = text.published.year + _YEAR_SHIFT.get(word or "nay", 0)
        first = 13 - n_months if at_end else 1
        if not word and first > (text.published.month or 12) and not text.points_forward(start, end):
            year -= 1
    value = months_of_year(year, n_months, at_end=at_end) if year else None
    inferred = () if stated else ("year",)
    return date_mention("part_of_year", start, end, value, inferred=inferred, reason=UNKNOWN_DATE)
