"""Days and months of the lunar calendar as articles name them, led to the civil calendar.

`rằm tháng bảy`, `mồng 3 tháng 3`, `10/3 âm lịch`, `28 tháng chạp`, `mùng 1 Tết`, `năm Giáp Thìn`. The day on the civil calendar is
reckoned (lunar.py) and so marked inferred (`value`), with `year` where the text leaves the year out.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from helpers.extract.calendar import Published, nearest
from helpers.extract.date_numbers import DAY_WORDS, LUNAR_MONTHS, MONTH, MONTH_WORDS, match_words
from helpers.extract.date_text import (
    NO_DAY,
    RECURRING,
    UNKNOWN_DATE,
    YEAR,
    DateText,
    DateWords,
    date_mention,
)
from helpers.extract.lunar import lunar_month, lunar_to_solar
from helpers.extract.span import STRONG, USUAL, Mention
from helpers.lexicon import Lexicon
from helpers.patterns import late

_MARK = late(re.compile, r"\s?\(?(?:âm lịch|al(?![^\W\d_]))\)?")
_SMALL_DAY = re.compile(r"(?:ngày\s)?(?:mùng|mồng)\s(\d{1,2}(?!\d)|[^\W\d_]{2,5})")
_TET = late(re.compile, r"\s(?:tháng\s)?tết(?:\snguyên đán)?(?![^\W\d_])")
_MONTH_BEHIND = late(re.compile, rf"(?:\stháng\s({MONTH})|\s?[/-]\s?(\d{{1,2}})(?![\d/]))(?!\slần)")
_YEAR_BEHIND = late(re.compile, rf"(?:,?\s(?:năm\s)?|\s?/\s?)({YEAR})(?![\d/%]|[.,]\d)|\s\(({YEAR})\)")
_STEM_AND_BRANCH = late(re.compile, r",?\s(?:năm\s)?([^\W\d_]{2,4}\s[^\W\d_]{2,4})(?![^\W\d_])")
_WEEKDAY_BEFORE = late(re.compile, r"(?:thứ [^\W\d_]{2,4}|thứ \d|chủ nhật),?\s(?:ngày\s)?$")
_EVERY = late(re.compile, r"\s(?:hằng|hàng|mỗi)\s(?:năm|tháng)(?![^\W\d_])")


@lru_cache(maxsize=4)
def sexagenary_years(lexicon_words: DateWords) -> dict[str, int]:
    """Name of each of the sixty years -> its place in the cycle: "giáp tí" 0, "giáp thìn" 40."""
    stems = {w: int(v) for w, v in lexicon_words.by_role["stem"].items()}
    branches = {w: int(v) for w, v in lexicon_words.by_role["branch"].items()}
    return {
        f"{s} {b}": next(i for i in range(60) if (i % 10, i % 12) == (stem, branch))
        for s, stem in stems.items() for b, branch in branches.items() if (stem - branch) % 2 == 0
    }  # fmt: skip


def sexagenary_year(place: int, published: Published | None) -> int | None:
    """The year of the cycle nearest to an article: up to 15 years ahead, up to 44 back.

    >>> sexagenary_year(40, Published(2023))
    2024
    """
    return (published.year + 15) - (published.year + 15 - 4 - place) % 60 if published else None


def is_marked_lunar(text: DateText, end: int) -> int:
    """End of `âm lịch` behind a day, 0 if there is none."""
    following = text.search[end : end + 2]
    if following[:1] not in (" ", "(") and following != " (":
        return 0
    m = _MARK.match(text.search, end)
    return m.end() if m else 0


def lunar_year_behind(text: DateText, end: int) -> tuple[int | None, int, bool]:
    """(year, end, whether the text states it) of `2024`, `năm Giáp Thìn`, `Giáp Thìn 2024`, `năm nay` behind a lunar day."""
    m = _STEM_AND_BRANCH.match(text.search, end)
    place = sexagenary_years(text.words).get(m[1]) if m else None
    if m and place is not None:
        stated = _YEAR_BEHIND.match(text.search, m.end())
        if stated and (int(stated[1] or stated[2]) - 4) % 60 == place:
            return int(stated[1] or stated[2]), stated.end(), True
        return sexagenary_year(place, text.published), m.end(), False
    if m := _YEAR_BEHIND.match(text.search, end):
        return int(m[1] or m[2]), m.end(), True
    year, end, _ = text.year_behind(end)
    return year, end, False


def lunar_day(
    text: DateText, rule: str, start: int, end: int, day: int, month: int, year: int | None = None, *, stated: bool = True,
    form: str = "calendar", first: int | None = None,
) -> Mention:  # fmt: skip
    """The mention of a lunar day; `year` None to tell it from the article's own date; day 0 is the last of the month.

    `first`: the day of the same month with which a span begins, that ends with this one.
    """
    inferred = ("value",) if year is not None and stated else ("year", "value")
    if year is not None:
        found = lunar_to_solar(year, month, day)
    elif text.published is None:
        return date_mention(rule, start, end, None, form=form, reason=UNKNOWN_DATE)
    else:
        year = text.published.year
        days = (lunar_to_solar(y, month, day) for y in range(year - 2, year + 3))
        found = nearest(days, text.published, forward=text.points_forward(start, end))
    value = found.isoformat() if found else None
    if found and first is not None:
        value = f"{(found - datetime.timedelta(days=day - first)).isoformat()}/{value}"
    return date_mention(rule, start, end, value, form=form, inferred=inferred, reason=NO_DAY)


def lunar_month_mention(text: DateText, start: int, end: int, month: int, year: int | None) -> Mention:
    """`tháng giêng`, `tháng chạp năm 2023`, `tháng 3 âm lịch`: the days from new moon to new moon."""
    ends: tuple[datetime.date, datetime.date] | None = None
    inferred = ("value",) if year is not None else ("year", "value")
    if year is not None:
        ends = lunar_month(year, month)
    elif text.published:
        forward, own = text.points_forward(start, end), text.published.year
        months = [m for y in range(own - 2, own + 3) if (m := lunar_month(y, month))]
        first = nearest((m[forward] for m in months), text.published, forward=forward)
        ends = next((m for m in months if m[forward] == first), None)
    value = "/".join(d.isoformat() for d in ends) if ends else None
    reason = UNKNOWN_DATE if year is None else NO_DAY
    return date_mention("month", start, end, value, inferred=inferred, reason=reason)


def small_lunar_day(text: DateText, at: int, end: int) -> Mention | None:
    """`mùng 1 Tết`, `mồng 3 tháng 3`, `mồng một tháng giêng`, `mùng 10/3`: the first ten days of a lunar month.

    Other days (`mùng 2 tháng 9`), and those with a weekday or a year in digits, go by the civil calendar: left to the days.
    """
    m = _SMALL_DAY.match(text.search, at)
    if m is None:
        return None
    day, end = (int(m[1]), m.end()) if m[1].isdecimal() else match_words(text.search, m.start(1), DAY_WORDS) or (0, 0)
    if not 1 <= day <= 30:
        return None
    start = m.start(1) if m[1].isdecimal() else at
    if tet := _TET.match(text.search, end):
        year, end, stated = lunar_year_behind(text, tet.end())
        return lunar_day(text, "lunar_day", at, end, day, 1, year, stated=stated)
    month = _MONTH_BEHIND.match(text.search, end)
    if month is None:
        reason = RECURRING if _EVERY.match(text.search, end) else "its month is not said"
        return date_mention("lunar_day", start, end, None, strength=USUAL, reason=reason)
    name = month[1] or month[2]
    number = int(name) if name.isdecimal() else MONTH_WORDS[name]
    return _day_of_lunar_month(text, at, month.end(), day, number, name)


def _day_of_lunar_month(text: DateText, start: int, end: int, day: int, month: int, name: str) -> Mention | None:
    """A day said with `mùng`, of a month by number or name; None where the civil calendar is meant."""
    marked = is_marked_lunar(text, end)
    year, after, stated = lunar_year_behind(text, marked or end)
    sure = bool(marked) or name in LUNAR_MONTHS
    civil = (stated and year is not None) or _WEEKDAY_BEFORE.search(text.search, max(0, start - 20), start)
    if not sure and (civil or (month, day) not in _LUNAR_FEASTS):
        return None
    return lunar_day(text, "lunar_day", start, after, day, month, year, stated=stated)


#: (month, day) of feasts, lunar without `âm lịch`; other days said with `mùng` go by the civil calendar
_LUNAR_FEASTS = frozenset({(3, 3), (3, 10), (5, 5), (7, 7), (9, 9)})


def full_moon(text: DateText, at: int, end: int) -> Mention | None:
    """`rằm tháng bảy`, `rằm tháng giêng`, `rằm tháng 8/2024`: the fifteenth."""
    month = _MONTH_BEHIND.match(text.search, end)
    if month is None or not month[1]:
        return None
    number = int(month[1]) if month[1].isdecimal() else MONTH_WORDS[month[1]]
    year, end, stated = lunar_year_behind(text, is_marked_lunar(text, month.end()) or month.end())
    return lunar_day(text, "lunar_day", at, end, 15, number, year, stated=stated)


def day_of_tet(text: DateText, start: int, end: int, day: int) -> Mention | None:
    """`30 Tết`, `28 tết Giáp Thìn`: the last days before Tết."""
    if not 20 <= day <= 30:
        return None
    year, end, stated = lunar_year_behind(text, end)
    year = year - 1 if year is not None else None
    return lunar_day(text, "lunar_day", start, end, day, 12, year, stated=stated)


def named_year(text: DateText, at: int, end: int) -> Mention | None:
    """`năm Giáp Thìn`, `xuân Ất Tỵ 2025`: a year by its name in the cycle of sixty."""
    one, _ = text.words_before(at)
    if one not in ("năm", "xuân", "tết", "đán"):
        return None
    if one == "năm" and not text.plain[at : at + 1].isupper():
        return None
    year, after, stated = lunar_year_behind(text, at - 1)
    if after < end:
        return None
    start = at - 4 if one == "năm" else at
    return date_mention(
        "named_year", start, after, str(year) if year is not None else None, strength=STRONG if stated else USUAL,
        form="calendar" if stated else "relative", inferred=() if stated else ("value",), reason=UNKNOWN_DATE,
    )  # fmt: skip


def sexagenary_names(lexicon: Lexicon) -> list[str]:
    """The names of the sixty years."""
    return list(sexagenary_years(DateWords.of(lexicon)))
