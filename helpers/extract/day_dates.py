"""Days: `15/6/2021`, `15 tháng 6 năm 2021`, `sáng 15/12`, `ngày 6-7`, `từ ngày 1 đến 6-7`, `hai ngày 3 và 4.4`, `15-20/7`.

A shape alone (`7/11`) is weak: a figure with a cue of its own (`7/11 tổ dân phố`) stands against it. What no calendar holds
(`31/2`, `ngày 5/13`) is a date without a value, with the reason.
"""

from __future__ import annotations

import re

from helpers.extract.calendar import full_year, is_day, is_day_of_some_year
from helpers.extract.date_text import NO_DAY, YEAR, DateText, date_mention, iso, resolve_day
from helpers.extract.day_spans import day_in_year, day_list
from helpers.extract.lunar_dates import is_marked_lunar, lunar_day, lunar_year_behind
from helpers.extract.span import STRONG, WEAK, Mention

_FULL = re.compile(rf"(?<![\w/,])(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?({YEAR}|1\d{{3}}|\d\d)(?![\d/%]|[.,]\d)")
_ISO = re.compile(rf"(?<![\d/.,-])({YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d|[/.-]\d)")
#: a second day may follow a hyphen: "15/6-20/7"
_DAY_MONTH = re.compile(
    r"(?<![\w/.,+])(\d{1,2})\s?([/.-])\s?(\d{1,2})(?![\d/%+])(?![.,]\d)(?!-\d(?!\d?/\d))(?![^\W\d_])"
)


def full_date(text: DateText, at: int, end: int) -> Mention | None:
    """`15/6/2021`, `22-1-2019`, `1.1.2016`, `3/9/91`."""
    m = _FULL.match(text.search, at)
    if m is None:
        return None
    day, month, year = int(m[1]), int(m[3]), int(m[4])
    if year < 100:
        # "số 15/6/21" is rather a code: only where every part fits
        if (m[2] != "/" and not text.is_before(at, text.words.day_cues)) or not is_day_of_some_year(month, day):
            return None
        year = full_year(year, text.published)
    short = ("year",) if len(m[4]) == 2 else ()
    if lunar := is_marked_lunar(text, m.end()):
        return lunar_day(text, "full_date", at, lunar, day, month, year)
    if days := day_list(text, at, m.end(), day, month, year, m[2]):
        return days
    if _follows_number(text, at):
        return None
    good = is_day(year, month, day)
    value = iso(year, month, day) if good else None
    return date_mention("full_date", at, m.end(), value, inferred=short, reason=NO_DAY)


def iso_date(text: DateText, at: int, end: int) -> Mention | None:
    """`2021-06-15`, `2021/6/15`."""
    m = _ISO.match(text.search, at)
    if m is None:
        return None
    day = int(m[1]), int(m[3]), int(m[4])
    return date_mention("full_date", at, m.end(), iso(*day)) if is_day(*day) else None


def day_of_month(text: DateText, at: int, end: int) -> Mention | None:
    """`sáng 15/12`, `ngày 6-7`, `chiều 22.4`, `15/8 năm ngoái`; a bare `7/11` weakly."""
    m = _DAY_MONTH.match(text.search, at)
    if m is None:
        return None
    day, month, after = int(m[1]), int(m[3]), m.end()
    if days := day_list(text, at, after, day, month, None, m[2]):
        return days
    if _follows_number(text, at):
        return None
    strength = _strength(text, at, m)
    if not strength:
        return None
    if not is_day_of_some_year(month, day):
        if text.words_before(at)[0] == "ngày":
            value, _, reason = resolve_day(text, month, day, None, at=at, end=after)
            return date_mention("day_of_month", at, after, value, reason=reason)
        return None
    if lunar := is_marked_lunar(text, after):
        year, after, stated = lunar_year_behind(text, lunar)
        return lunar_day(text, "day_of_month", at, after, day, month, year, stated=stated)
    return day_in_year(text, "day_of_month", at, after, day, month, strength)


def _strength(text: DateText, at: int, m: re.Match[str]) -> int:
    """How sure the words before make a day: a slash needs no cue, a dot or hyphen does. 0: it is none."""
    one, two = text.words_before(at)
    words = text.words
    cued = one in words.day_cues or two in words.day_cues
    if two in ("đến nay", "hiện nay", "từ nay", "tới nay"):  # "Đến nay, 6/7 công trình"
        cued = False
    if m[2] != "/":
        # "Từ 6-6, toàn tỉnh …"
        begins = one == "từ" and text.search.startswith((",", " đến ", " tới "), m.end())
        return STRONG if (cued or begins) and " " not in m[0] else 0
    in_brackets = text.search[at - 1 : at] == "(" and text.search[m.end() : m.end() + 1] in ("", ")", ",", ";")
    if cued or one in words.day_links or two in words.day_links or in_brackets:
        return STRONG
    # "hoạt động 24/7" is round the clock
    return 0 if m[0] == "24/7" else WEAK


def _follows_number(text: DateText, at: int) -> bool:
    """Whether digits and a hyphen or dot stand right before: the end of a span ("15/6-20/7"), else no date ("2-3/4")."""
    if text.search[at - 1 : at] not in ("-", ".") or not text.search[at - 2 : at - 1].isdecimal():
        return False
    return text.search[at - 1] == "." or text.last is None or text.last.end != at - 1
