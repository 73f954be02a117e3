"""Spans and lists of days that share a month or year, and the year that an article leaves out.

`từ ngày 1 đến 6-7`, `hai ngày 3 và 4.4`, `15-20/7`; `từ 8/3 đến 10/4/2024`, where the second day says the year of both;
`thứ hai, ngày 6/2`, where the weekday tells the year.
"""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

from helpers.extract.calendar import is_day, is_day_of_some_year
from helpers.extract.date_text import YEAR, DateText, date_mention, day_of, iso, resolve_day
from helpers.extract.span import STRONG, USUAL, Mention
from helpers.patterns import late

_PART = r"(?:ngày|rạng sáng|sáng|trưa|chiều|tối|đêm)"
#: the days before the last one of a list or span, which share its month: "từ 1 đến", "3, 5 và", "14, rạng sáng"
_HEAD = late(
    re.compile,
    rf"(?<![\d/.,])(?<!\d-)(?P<days>(?:\d{{1,2}}(?:,\s|\svà\s)){{0,6}}\d{{1,2}})\s?(?P<link>-|đến|tới|và|,)\s?(?:(?:hết\s)?{_PART}\s)?$",
)
_HEAD_ENDS = frozenset(("-", "đến", "tới", "và", "ngày", "sáng", "trưa", "chiều", "tối", "đêm"))
_HEAD_CUES = frozenset(("ngày", "sáng", "trưa", "chiều", "tối", "đêm", "từ", "lễ"))
#: the day that ends a span and says the year of both
_PARTNER = late(
    re.compile,
    rf"(?:,\s(?:ngày\s)?\d{{1,2}}/\d{{1,2}}){{0,8}}\s?(?P<link>-|đến|tới|và|,)\s?(?:hết\s)?(?:{_PART}\s)?(\d{{1,2}})(?:\s?[/.-]\s?|\stháng\s)(\d{{1,2}})(?:\s?[/.-]\s?|,?\s(?:năm\s)?)({YEAR})(?!\d)",
)
_BESIDE = late(re.compile, r"\s?[,(]?\s?(?:ngày\s)?(?:mùng\s|mồng\s)?")
_TO = late(re.compile, r"\s?(?:-|đến|tới)\s?(?:hết\s)?(?:(?:ngày|sáng|trưa|chiều|tối|đêm)\s)?")
_NUMBER = re.compile(r"\d+")


def day_in_year(text: DateText, rule: str, at: int, end: int, day: int, month: int, strength: int = STRONG) -> Mention:
    """A day whose year stands behind it, or with the day that ends the span, or is understood."""
    year, after, inferred = text.year_behind(end)
    if year is None and (partner := _PARTNER.match(text.search, end)):
        year, inferred = int(partner[4]), ("year",)
        # "từ 28/12 đến 3/1/2024" begins the year before
        if partner["link"] not in ("và", ",") and (month, day) > (int(partner[3]), int(partner[2])):
            year -= 1
    if year is None:
        year = _year_of_weekday(text, at, month, day)
        inferred = ("year",) if year else inferred
    value, understood, reason = resolve_day(text, month, day, year, at=at, end=after)
    inferred = inferred or understood
    if "year" in understood and value:
        value = _after_start(text, at, value)
    return date_mention(rule, at, after, value, strength=strength, inferred=inferred, reason=reason)


def _year_of_weekday(text: DateText, at: int, month: int, day: int) -> int | None:
    """The year, of those around the article's, in which the day falls on the weekday beside it: `thứ hai, ngày 6/2`."""
    last = text.last
    if last is None or last.rule != "weekday" or not _BESIDE.fullmatch(text.search, last.end, at) or not text.published:
        return None
    weekdays = text.words.by_role["weekday"]
    named = next(int(n) for w, n in weekdays.items() if w in text.search[last.start : last.end])
    own = text.published.year
    years = (y for y in (own, own - 1, own + 1) if is_day(y, month, day))
    return next((y for y in years if datetime.date(y, month, day).weekday() == named), None)


def _after_start(text: DateText, at: int, value: str) -> str:
    """The end of a span (`từ 28/12 đến 5/1`) comes after its start, in the same phrase: its year follows from that."""
    last = text.last
    if last is None or at - last.end > 16 or not _TO.fullmatch(text.search, last.end, at):
        return value
    start, stop = day_of(last), datetime.date.fromisoformat(value)
    if start is None:
        return value
    year = start.year + ((stop.month, stop.day) < (start.month, start.day))
    return iso(year, stop.month, stop.day) if is_day(year, stop.month, stop.day) else value


def days_before(text: DateText, at: int, day: int, sign: str) -> tuple[int, list[int], str, bool] | None:
    """(start, days, link, whether a word before makes days of them) of the days before the last one, with it."""
    search = text.search
    if search[at - 1 : at] not in (" ", "-") or not _NUMBER.search(search, max(0, at - 20), at):
        return None
    before = search[max(0, at - 12) : at].split()
    if not before or (before[-1] not in _HEAD_ENDS and before[-1][-1] not in ",-"):
        return None
    head = _HEAD.search(search, max(0, at - 44), at)
    if head is None:
        return None
    if text.last is not None and head.start() < text.last.end:
        return None
    days = [int(d) for d in _NUMBER.findall(head["days"])] + [day]
    link, cue = head["link"], text.words_before(head.start())[0]
    cued = cue in _HEAD_CUES
    if not all(1 <= a < b for a, b in pairwise(days)):
        return None
    # "3, 4/9 hộ": a list needs a cue; so does a dot or a hyphen between day and month
    if not cued and (
        sign not in ("/", "tháng") or link == "," or (link == "và" and sign == "/") or len(days) > 2
    ):  # fmt: skip
        return None
    if sign in ".-" and cue in ("từ", "lễ"):
        return None
    return head.start(), days, link, cued


def day_list(
    text: DateText, at: int, end: int, day: int, month: int, year: int | None, sign: str
) -> Mention | None:  # fmt: skip
    """`từ ngày 1 đến 6-7`, `3 - 5/9`, `hai ngày 3 và 4.4`, `các ngày 3, 5 và 7/8`: the first days leave the month out."""
    head = days_before(text, at, day, sign) if is_day_of_some_year(month, day) else None
    if head is None:
        return None
    start, days, link, cued = head
    return _days(text, start, end, days, month, year, link, STRONG if cued else USUAL)


def _days(
    text: DateText, start: int, end: int, days: list[int], month: int, year: int | None, link: str, strength: int = STRONG
) -> Mention:  # fmt: skip
    """A span of days, or a set of them where a list skips some."""
    inferred: tuple[str, ...] = ()
    if year is None:
        year, end, inferred = text.year_behind(end)
    value, understood, reason = resolve_day(text, month, days[-1], year, at=start, end=end)
    if value:
        spelled = [f"{value[:8]}{d:02d}" for d in days]
        listed = link in ("và", ",") and days != list(range(days[0], days[-1] + 1))
        value = "{" + ",".join(spelled) + "}" if listed else f"{spelled[0]}/{spelled[-1]}"
    return date_mention(
        "day_span", start, end, value, strength=strength, inferred=inferred or understood, reason=reason
    )
