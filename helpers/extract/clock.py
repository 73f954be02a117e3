"""Clock times: `8h30`, `10g45`, `8:30`, `14 giờ 30 phút`, `3 giờ rưỡi chiều`, `11 giờ kém 15`, `từ 7h đến 11h30`.

`2 giờ` without a cue is a stretch of time. A time beside its day (`8 giờ 30 ngày 15/12/2023`, `sáng 15/12 lúc 8h30`) has both in
its value; the day stays a mention of its own.
"""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

from helpers.extract.date_numbers import BELOW_HUNDRED, TWO_DIGITS, match_words
from helpers.extract.date_text import DateText, date_mention, day_of
from helpers.extract.span import Mention
from helpers.patterns import late

_CLOCK = late(
    re.compile,
    r"(?<![\w/.,:])(?P<hour>\d{1,2})(?:"
    r"(?P<gap>\s?)(?P<mark>giờ|h|g)(?![^\W\d_])(?:\s?(?P<minute>\d{1,2})(?!\d|[.,/]\d)(?:\s?(?P<unit>phút(?![^\W\d_])|'|p(?![^\W\d_])))?"
    r"(?:\s?(?P<second>\d{1,2})\s?giây(?![^\W\d_]))?|\s?(?P<half>rưỡi)(?![^\W\d_])|\ském\s(?P<late>\d{1,2}|[^\W\d_]{3,4}(?:\slăm|\smươi)?)(?:\sphút)?(?![^\W\d_]))?"
    r"|:(?P<colon_minute>\d\d)(?::(?P<colon_second>\d\d))?(?!\d|[.,:]\d)"
    r")(?:\s?(?P<half_day>am|pm)(?![^\W\d_]))?",
)
_AMERICAN = late(re.compile, r"(?<![\w/.,:])(?P<hour>\d{1,2})\s?(?P<half_day>am|pm)(?![^\W\d_])")
_SHORT_NUMBER = late(re.compile, r"\d{1,2}(?!\d)")
_MINUTE_WORDS = TWO_DIGITS | BELOW_HUNDRED
#: what may follow a time that ends its phrase
_ENDS = ("", "\n", ",", ".", ";", ")")
_LASTING = frozenset(("trong", "suốt", "mất", "dài", "hết"))
_STRETCHES = frozenset("trong suốt hơn gần dài mất sau cứ mỗi thêm đủ làm quá tới đến là tận việc lái".split())
_SURE = late(re.compile, r"(?:lúc|hồi|vào|khung giờ|đúng)\s{1,2}(?:khoảng\s|gần\s|hơn\s|đúng\s)?$")
_CUED = late(
    re.compile, r"(?:lúc|hồi|vào khoảng|đến khoảng|đến|tới|từ|trước|sau|vào|khung giờ|gần|khoảng|đúng)\s{1,2}$"
)
_BEHIND = late(
    re.compile,
    r"\s?[,(]?\s?(?P<part>rạng sáng|sáng|trưa|chiều tối|chiều|tối|đêm|khuya|ngày|hôm|cùng ngày|cùng đêm|nay)(?![^\W\d_])",
)
#: "từ 7h đến 11h30": the first time takes its cue from the second
_UNTIL = late(re.compile, r"\s?(?:-|đến|tới)\s?(?:khoảng\s|gần\s)?\d{1,2}\s?(?:h|g|giờ)\s?\d{0,2}")
_RATIO = late(re.compile, r"(?:tỉ lệ|tỉ số|tỉ lệ bản đồ)\s(?:là\s|xích\s)?$")
_LATE_HOURS = {"chiều": 12, "chiều tối": 12, "tối": 12, "đêm": 12, "khuya": 12}
#: between a time and its day, before and behind it
_DAY_BEHIND = late(
    re.compile,
    r",?\s(?:\(?(?:rạng sáng|sáng|trưa|chiều tối|chiều|tối|đêm|khuya|ngày|hôm|vào|của|thứ [^\W\d_]{2,4}|thứ \d|chủ nhật),?\s(?:ngày\s)?){0,3}\(?(?:ngày\s)?",
)
_DAY_BEFORE = late(re.compile, r"\)?(?:,|\s-)?\s(?:(?:vào|lúc|hồi|khoảng|từ|đúng|bắt đầu|trong khung giờ)\s){0,3}")
_NEAR = 32
_TIMES = late(re.compile, r"\s?(?:-|đến|tới|và)\s?(?:khoảng\s|gần\s)?")


def clock_time(text: DateText, at: int, end: int) -> Mention | None:
    """`8h30`, `8:30`, `14 giờ 30 phút 15 giây`, `3 giờ sáng`, `11 giờ kém 15`, `7:30 pm`."""
    m = _CLOCK.match(text.search, at)
    if m is None:
        return None
    hour, minute, second = (
        int(n or 0) for n in (m["hour"], m["minute"] or m["colon_minute"], m["second"] or m["colon_second"])
    )
    if hour > 24 or minute > 59 or (hour == 24 and minute) or second > 59:
        return None
    behind = _BEHIND.match(text.search, m.end())
    if not (m["half_day"] or _is_clock(text, at, m, bool(behind))):
        return None
    if m["half"] or m["late"]:
        minutes = _minutes(m)
        if minutes is None:
            return None
        hour, minute = hour - (minutes < 0), minutes % 60
    half_day, spelled = m["half_day"], m["second"] or m["colon_second"]
    return _clock(text, at, m.end(), hour, minute, behind, half_day=half_day, second=second if spelled else None)


def american_time(text: DateText, at: int, end: int) -> Mention | None:
    """`4pm`, `10 am`."""
    m = _AMERICAN.match(text.search, at)
    if m is None or not 1 <= int(m["hour"]) <= 12:
        return None
    return date_mention(
        "clock_time", at, m.end(), None, form="clock", time=_spell(*_half_day(int(m["hour"]), 0, m["half_day"]))
    )


def clock_in_words(text: DateText, at: int, end: int) -> Mention | None:
    """`ba giờ rưỡi chiều`, `lúc mười hai giờ trưa`; `end` is where the number ends. `ba giờ đồng hồ` is a stretch."""
    search, found = text.search, match_words(text.search, at, BELOW_HUNDRED)
    if found is None or found[0] > 24 or not search.startswith(" giờ", found[1]):
        return None
    hour, end, minute, second, exact = found[0], found[1] + len(" giờ"), 0, None, False
    late = search.startswith(" kém ", end)
    if search.startswith(" rưỡi", end):
        minute, end = 30, end + len(" rưỡi")
    elif number := _minute_in_words(search, end + (len(" kém ") if late else 1)):
        minute, end, exact = number
        hour, minute = (hour - 1, 60 - minute) if late else (hour, minute)
        if exact and (more := _minute_in_words(search, end + 1)) and search.startswith(" giây", more[1]):
            second, end = more[0], more[1] + len(" giây")
    if not 0 <= minute <= 59 or (second or 0) > 59:
        return None
    behind = _BEHIND.match(search, end)
    sure = _SURE.search(search, max(0, at - 18), at) or (behind and behind["part"] in text.words.by_role["part"])
    alone = search[at - 1 : at] in ("", "\n") and search[end : end + 1] in _ENDS
    exact = exact and text.words_before(at)[0] not in _LASTING
    if not (sure or exact or late or (minute and alone)):
        return None
    return _clock(text, at, end, hour, minute, behind, second=second)


def _minute_in_words(search: str, at: int) -> tuple[int, int, bool] | None:
    """(number, end, whether `phút` follows) of `bảy phút`, `hai mươi`, `15 phút`."""
    if digits := _SHORT_NUMBER.match(search, at):
        found = int(digits[0]), digits.end()
    else:
        found = match_words(search, at, _MINUTE_WORDS) or (0, 0)
    if not found[1]:
        return None
    exact = search.startswith(" phút", found[1])
    return found[0], found[1] + (len(" phút") if exact else 0), exact


def _clock(text: DateText, at: int, end: int, hour: int, minute: int, behind: re.Match[str] | None,
           *, half_day: str | None = None, second: int | None = None) -> Mention:  # fmt: skip
    """The mention of an hour and minute, turned to the part of the day that stands behind it."""
    if half_day:
        hour, minute = _half_day(hour, minute, half_day)
    else:
        hour = _hour_of_day(hour, behind["part"] if behind else "")
    time = _spell(hour % 24, minute)
    if second is not None:
        time += f":{second:02d}"
    return date_mention("clock_time", at, end, None, form="clock", time=time)


def _is_clock(text: DateText, at: int, m: re.Match[str], behind: bool) -> bool:
    """Whether the words around the shape make it a time of the clock, no stretch (`2 giờ`), weight (`5g`) or ratio (`1:50`)."""
    search, mark, before = text.search, m["mark"], (max(0, at - 18), at)
    if mark is None:
        return not _RATIO.search(search, *before)
    if m["gap"] and mark in ("h", "g") and not behind:
        return False
    if mark == "g":
        return bool(m["minute"]) and len(m["minute"]) == 2
    if behind:
        return True
    if not (m["minute"] or m["half"] or m["late"]):
        return _is_whole_hour(text, at, m)
    if text.words_before(at)[0] in _LASTING:
        return False
    if mark == "h" or m["half"] or m["late"] or m["unit"] or _CUED.search(search, *before):
        return True
    # "3 giờ 15" may be a stretch, unless nothing follows that it could count
    return len(m["minute"]) == 2 and search[m.end() : m.end() + 1] in _ENDS


def _is_whole_hour(text: DateText, at: int, m: re.Match[str]) -> bool:
    """Whether an hour without minutes is one of the clock: a cue, the end of a span of hours, `15h`, a line of its own."""
    search, last = text.search, text.last
    if m["hour"] in ("0", "00") or _SURE.search(search, max(0, at - 18), at) or _UNTIL.match(search, m.end()):
        return True
    if (
        last is not None
        and last.fields["form"] == "clock"
        and at - last.end < 16
        and _TIMES.fullmatch(search, last.end, at)
    ):
        return True
    if m["mark"] != "h":
        return False
    alone = search[at - 1 : at] in ("", "\n") and search[m.end() : m.end() + 1] in ("", "\n")
    if alone or _CUED.search(search, max(0, at - 18), at):
        return True
    # "15h" is a time unless a word before makes a stretch of it ("trong 16h")
    one, _ = text.words_before(at)
    return 13 <= int(m["hour"]) <= 23 and one not in _STRETCHES and search[m.end() : m.end() + 1] != "/"


def _minutes(m: re.Match[str]) -> int | None:
    """30 from `rưỡi`, -15 from `kém 15` and `kém mười lăm`; None from what is no number."""
    if m["half"]:
        return 30
    late = int(m["late"]) if m["late"].isdecimal() else BELOW_HUNDRED.get(m["late"])
    return -late if late and late <= 59 else None


def _half_day(hour: int, minute: int, half: str) -> tuple[int, int]:
    return hour % 12 + (12 if half == "pm" else 0), minute


def _hour_of_day(hour: int, part: str) -> int:
    """The hour with the part of the day: 3 giờ chiều is 15, 12 giờ đêm is 24, 1 giờ đêm stays 1."""
    if part in ("đêm", "khuya"):
        return hour % 12 + 24 * (hour == 12) if hour == 12 or hour < 6 else hour + 12 * (hour < 12)
    if part == "trưa":
        return hour + 12 if hour < 4 else hour
    return hour + _LATE_HOURS.get(part, 0) if hour < 12 else hour


def _spell(hour: int, minute: int) -> str:
    return f"{hour:02d}:{minute:02d}"


def join_times_with_days(text: DateText, mentions: list[Mention]) -> None:
    """Gives a clock time the day that stands beside it in one phrase; changes the mentions given, in reading order."""
    search = text.search
    near = [
        (a, b) for a, b in pairwise(mentions)
        if b.start - a.end <= _NEAR and "clock" in (a.fields["form"], b.fields["form"])
    ]  # fmt: skip
    for day, clock in near:
        known = day_of(day) if clock.fields["form"] == "clock" else None
        if known and _DAY_BEFORE.fullmatch(search, day.end, clock.start):
            _set_day(text, clock, known, day.inferred, part=text.words_before(day.start)[0])
    for clock, day in reversed(near):
        if clock.fields["form"] != "clock" or clock.fields["value"]:
            continue
        if known := day_of(day):
            if _DAY_BEHIND.fullmatch(search, clock.end, day.start):
                _set_day(text, clock, known, day.inferred)
        elif day.fields["form"] == "clock" and day.fields["value"] and _TIMES.fullmatch(search, clock.end, day.start):
            _set_day(text, clock, datetime.date.fromisoformat(day.fields["value"][:10]), day.inferred)


def _set_day(text: DateText, clock: Mention, day: datetime.date, inferred: tuple[str, ...], *, part: str = "") -> None:
    time = clock.fields["time"]
    hour = int(time[:2])
    if part in ("chiều", "tối") and 0 < hour < 12:  # "tối 15/12, lúc 8h"
        time = clock.fields["time"] = f"{hour + 12}{time[2:]}"
    if hour == 0 and text.search.startswith(("24", "12", "mười hai"), clock.start):
        # "24h ngày 15/12" and "12 giờ đêm 15/12" end the day
        if day == datetime.date.max:
            return
        day += datetime.timedelta(days=1)
    clock.fields["value"] = f"{day.isoformat()}T{time if len(time) == 8 else time + ':00'}"
    clock.inferred = inferred
