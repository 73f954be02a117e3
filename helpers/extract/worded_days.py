"""Days with their month in words: `15 tháng 6 năm 2021`, `ngày ba mươi tháng tư`, `23 tháng Chạp`; and days without a month."""

from __future__ import annotations

import datetime
import re

from helpers.extract.calendar import is_day, is_day_of_some_year, shift_months
from helpers.extract.date_numbers import DAY_WORDS, LUNAR_MONTHS, MONTH, MONTH_WORDS, words_ending
from helpers.extract.date_text import NO_DAY, RECURRING, UNKNOWN_DATE, YEAR, DateText, date_mention, resolve_day
from helpers.extract.day_spans import day_in_year, day_list, days_before
from helpers.extract.lunar_dates import is_marked_lunar, lunar_day, lunar_year_behind
from helpers.extract.span import USUAL, Mention
from helpers.patterns import late

_DIGITS_BEFORE = late(re.compile, r"(?<![\d.,/])(\d{1,2})(?:\s|,\s?)?$")
_MONTH = late(
    re.compile,
    rf"(?:tháng|thg)\s({MONTH})(?:(?:,?\s(?:của\s)?(?:năm\s)?|\s?[/.-]\s?)({YEAR})(?!\d|[.,]\d))?(?!\sngày\b)",
)
_DAY_HEADS = frozenset(("ngày", "mùng", "mồng", "hôm"))
_LONE = re.compile(
    r"(\d{1,2})(?=[;)\n]|,(?!\s?(?:\d|ngày|sáng|rạng|trưa|chiều|tối|đêm))|\.(?!\d)|$"
    r"|\s(?:tại|ở|của|này|âm lịch|vừa qua|sắp tới|tháng (?P<month>này|trước|sau|tới)|(?P<every>hằng tháng|hàng tháng))(?![^\W\d_]))"
)


def worded_date(text: DateText, at: int, end: int) -> Mention | None:
    """`15 tháng 6 năm 2021`, `15 và 16 tháng 5`, `ngày ba mươi tháng tư`; `at` is where `tháng` begins."""
    search = text.search
    if not (search[at - 1 : at] == " " or search[at - 1 : at].isdecimal()) or not (m := _MONTH.match(search, at)):
        return None
    name, year, after = m[1], int(m[2]) if m[2] else None, m.end()
    month = int(name) if name.isdecimal() else MONTH_WORDS[name]
    if digits := _DIGITS_BEFORE.search(search, max(0, at - 4), at):
        start, day = digits.start(), int(digits[1])
        cued = text.is_before(start, text.words.day_cues)
        # "2 tháng một lần" is no day
        if not name.isdecimal() and not (cued or year or name in LUNAR_MONTHS):
            return None
    else:
        written = words_ending(search, at - 1, DAY_WORDS)
        if written is None or text.word_behind(after) in text.words.rates:
            return None
        day, start = written
        # "hai tháng ba" needs a cue; "hai mươi tư tháng bảy" is a day without one
        if not ((day > 10 and not name.isdecimal()) or text.words_before(start)[0] in _DAY_HEADS):
            return None
    if name in LUNAR_MONTHS or is_marked_lunar(text, after):
        stated_year, behind, stated = (year, after, True) if year else lunar_year_behind(
            text, is_marked_lunar(text, after) or after
        )  # fmt: skip
        head = days_before(text, start, day, "tháng")
        first, at = (head[1][0], head[0]) if head and head[2] != "," else (None, start)
        return lunar_day(text, "worded_date", at, behind, day, month, stated_year, stated=stated, first=first)
    if not year:
        year, after = text.spelled_year(after)
    if not is_day_of_some_year(month, day) and not year:
        return None
    if days := day_list(text, start, after, day, month, year, "tháng"):
        return days
    if year is None:
        return day_in_year(text, "worded_date", start, after, day, month)
    value, _, reason = resolve_day(text, month, day, year, at=start, end=after)
    return date_mention("worded_date", start, after, value, reason=reason)


def lone_day(text: DateText, at: int, end: int) -> Mention | None:
    """`trong ngày 15.`, `ngày 10 hằng tháng`: a day whose month is understood."""
    m = _LONE.match(text.search, end)
    if m is None or text.is_counted(at) or not 1 <= (day := int(m[1])) <= 31:
        return None
    if m["every"]:
        return date_mention("lone_day", end, m.end(1), None, strength=USUAL, reason=RECURRING)
    if is_marked_lunar(text, m.end(1)) or text.published is None or text.published.month is None:
        return date_mention("lone_day", end, m.end(1), None, strength=USUAL, reason=UNKNOWN_DATE)
    if m["month"]:
        named = shift_months(text.published, {"này": 0, "trước": -1}.get(m["month"], 1)) or ""
        value = f"{named}-{day:02d}" if is_day(int(named[:4]), int(named[5:]), day) else None
        return date_mention("lone_day", end, m.end("month"), value, inferred=("year", "month"), reason=NO_DAY)
    forward = text.points_forward(at, m.end(1))
    for shift in range(13):
        months = text.published.year * 12 + text.published.month - 1 + (shift if forward else -shift)
        year, month = months // 12, months % 12 + 1
        if not is_day(year, month, day):
            continue
        found = datetime.date(year, month, day)
        if found >= text.published.first_day if forward else found <= text.published.last_day:
            return date_mention(
                "lone_day", end, m.end(1), found.isoformat(), strength=USUAL, inferred=("year", "month")
            )
    return None
