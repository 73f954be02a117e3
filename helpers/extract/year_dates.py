"""Years and more: `năm 2022`, `giai đoạn 2021 - 2025`, `cùng kỳ 2016`, `những năm 1980`, `thập niên 90`, `thế kỷ XXI`.

Decades and centuries are intervals (`1990/1999`, `2001/2100`). A decade of two digits is of the twentieth century unless the
words say another; `10` and `00` to `20` are of this one.
"""

from __future__ import annotations

import re

from helpers.extract.calendar import before_common_era, century, decade
from helpers.extract.date_numbers import BELOW_HUNDRED, match_words, match_year_words, read_roman
from helpers.extract.date_text import UNKNOWN_DATE, YEAR, DateText, date_mention
from helpers.extract.span import STRONG, USUAL, WEAK, Mention
from helpers.patterns import late

_SPAN = re.compile(rf"(?<![\w/.,-])({YEAR})\s?(-|/)\s?({YEAR}|\d\d)(?![\d/%]|[.,]\d)")
_WORD_YEAR = late(re.compile, r"(\d{4})(?!\d|[.,]\d)")
_OLD_YEAR = late(
    re.compile,
    r"(?P<year>\d{1,4})(?!\d|[.,/%-]\d|%|\s-\s\d)"
    r"(?:(?P<before>\s(?:trước công nguyên|tcn|tr\.\s?cn))|(?P<after>\s(?:sau công nguyên|công nguyên|scn)))?(?![^\W\d_])",
)
_OLD_SPAN = late(re.compile, r"(1[0-7]\d\d)\s?-\s?(1\d{3}|20\d\d)(?![\w/%]|[.,]\d)")
_MODERN = frozenset(("18", "19", "20", "21"))
_NO_NOUNS = frozenset(("là", "thì", "khi", "đến", "tại", "do", "vua", "nhà", "quân", "trước", "sau"))
_BARE = late(re.compile, rf"(?<![\w/.,+-])(?<!\d\s)({YEAR})(?![\w/%+]|[.,-]\d)")
_BEHIND_DASH = late(re.compile, r"(?:[-(]|(?:18|19|20|21)\d\d\s?,)\s?$")
_LAW_BEFORE = late(re.compile, r"luật [\w, ]{2,30} $")
_SEASONS = frozenset(("mùa giải", "niên vụ", "năm học", "mùa bóng", "niên khóa"))
_DECADE = late(
    re.compile,
    r"(?P<tens>(?:1[89]|20)?\d0)(?![\w%]|[.,/-]\d|\s?-\s?\d|,\s?\d)"
    r"(?:\s(?:của\s)?thế kỉ\s(?:(?P<number>\d{1,2}|[ivx]{1,6})(?!\w)|(?P<word>trước|này)(?![^\W\d_])))?",
)
_CENTURY = late(re.compile, r"(?:thứ\s)?(?:(?P<number>\d{1,2}|[ivx]{1,6})(?!\w)|(?P<word>trước|này)(?![^\W\d_]))")
_BEFORE_CHRIST = late(re.compile, r"\s(?:trước công nguyên|tcn|tr\.\s?cn)(?![^\W\d_])")
_EVERY = frozenset(("mỗi", "một", "hằng", "hàng", "từng", "bình quân"))


def year_span(text: DateText, at: int, end: int) -> Mention | None:
    """`2021 - 2025`, `2011-15`, `mùa giải 2022/23`."""
    m = _SPAN.match(text.search, at)
    if m is None:
        return None
    first, last = int(m[1]), int(m[3]) if len(m[3]) == 4 else int(m[1][:2] + m[3])
    short_slash = len(m[3]) == 2 and m[2] == "/"
    if not first < last or (last > first + 100 and not text.is_before(at, text.words.year_cues)):
        return None
    if short_slash and text.words_before(at)[1] not in _SEASONS:
        return None
    return date_mention("year_span", at, m.end(), f"{first}/{last}")


def year(text: DateText, at: int, end: int) -> Mention | None:
    """`năm 2022`; weakly where `năm` is counted (`mỗi năm 2000 tấn`)."""
    search = text.search
    start = at - len("năm ")
    if (
        start < 0
        or not search.startswith("năm", start)
        or not search[at - 1].isspace()
        or search[start - 1 : start].isalnum()
    ):
        return None
    m = _WORD_YEAR.match(search, at)
    if m is None:
        return None
    behind = search[m.end() : m.end() + 2]
    rate = behind[:1] == " " and behind[1:].isalpha() and text.words_before(start)[0] in _EVERY
    return date_mention("year", start, m.end(), m[1], strength=WEAK if rate else STRONG)


def old_year(text: DateText, at: int, end: int) -> Mention | None:
    """`năm 1428`, `năm 938,`, `năm 179 trước Công nguyên`: a year before 1800, only with its word; `at` is where that begins.

    Years before the common era are counted down from 0 for the first, as EDTF does: 179 is `-0178`.
    """
    if text.search[at + 4 : at + 6] in _MODERN and text.search[at + 6 : at + 8].isdecimal():
        return None
    m = _OLD_YEAR.match(text.search, at + len("năm "))
    if m is None or text.is_counted(at):
        return None
    number = int(m["year"])
    if m["before"] and number:
        return date_mention("year", at, m.end(), f"-{number - 1:04d}" if number > 1 else "0000")
    if number >= 1800 or (number < 1000 and not m["after"] and not _is_whole(text, m.end(), number)):
        return None
    return date_mention("year", at, m.end(), f"{number:04d}", strength=USUAL)


def _is_whole(text: DateText, end: int, number: int) -> bool:
    """Whether three digits behind `năm` count nothing: `năm 938, Ngô Quyền`, `năm 938 là`."""
    if number < 100:
        return False
    following = text.search[end : end + 1]
    return following in ("", ",", ".", ";", ")", "\n") or text.word_behind(end) in _NO_NOUNS


def old_span(text: DateText, at: int, end: int) -> Mention | None:
    """`giai đoạn 1545-1592`: years before 1800, with a cue."""
    m = _OLD_SPAN.match(text.search, at)
    if m is None or not int(m[1]) < int(m[2]) or not text.is_before(at, text.words.year_cues):
        return None
    return date_mention("year_span", at, m.end(), f"{m[1]}/{m[2]}")


def bare_year(text: DateText, at: int, end: int) -> Mention | None:
    """`cùng kỳ 2016`, `(2019)`; without such a cue weakly."""
    m = _BARE.match(text.search, at)
    if m is None:
        return None
    one, two = text.words_before(at)
    cued = (
        one in text.words.year_cues or two in text.words.year_cues
        or _BEHIND_DASH.search(text.search, max(0, at - 7), at) or two[:6] == "tháng "
        or ("luật " in text.search[max(0, at - 36) : at] and _LAW_BEFORE.search(text.search, max(0, at - 36), at))
    )  # fmt: skip
    return date_mention("bare_year", at, m.end(), m[1], strength=USUAL if cued else WEAK)


def year_in_words(text: DateText, at: int, end: int) -> Mention | None:
    """`năm hai nghìn không trăm hai mươi ba`."""
    found = match_year_words(text.search, at + len("năm "))
    if found is None or not 1000 <= found[0] <= 2199 or text.is_counted(at):
        return None
    return date_mention("year", at, found[1], str(found[0]))


def named_decade(text: DateText, at: int, end: int) -> Mention | None:
    """`thập niên 90`, `những năm 1980`, `thập kỷ 60 của thế kỷ XX`."""
    m = _DECADE.match(text.search, end)
    if m is None:
        return None
    tens = int(m["tens"])
    number = _century_number(text, m["number"], m["word"]) if m["number"] or m["word"] else None
    if tens < 100 and number is None:
        if m["word"]:
            return date_mention("decade", at, m.end(), None, reason=UNKNOWN_DATE)
        number = 21 if tens <= 20 else 20
    first = tens if tens >= 100 else (number or 20) * 100 - 100 + tens
    return date_mention("decade", at, m.end(), decade(first))


def century_date(text: DateText, at: int, end: int) -> Mention | None:
    """`thế kỷ XXI`, `thế kỷ 20`, `thế kỷ thứ hai mươi`, `thế kỷ trước`."""
    m = _CENTURY.match(text.search, end)
    if m is None:
        found = match_words(text.search, end + 4 if text.search.startswith("thứ ", end) else end, BELOW_HUNDRED)
        if found is None or found[0] > 30:
            return None
        number, after = found
        return date_mention("century", at, after, century(number))
    if before := _BEFORE_CHRIST.match(text.search, m.end()):
        counted = _century_number(text, m["number"], None) if m["number"] else None
        return date_mention("century", at, before.end(), before_common_era(counted)) if counted else None
    century_number = _century_number(text, m["number"], m["word"])
    if century_number is None and not m["word"]:
        return None
    value = century(century_number) if century_number else None
    form, inferred = ("relative", ("value",)) if m["word"] else ("calendar", ())
    return date_mention("century", at, m.end(), value, form=form, inferred=inferred, reason=UNKNOWN_DATE)


def _century_number(text: DateText, number: str | None, word: str | None) -> int | None:
    """20 from `xx` or `20`; from `trước`, `này` by the article's own year."""
    if number:
        found = int(number) if number.isdecimal() else read_roman(number)
        return found if found and found <= 30 else None
    return (text.published.year + 99) // 100 - (word == "trước") if text.published else None
