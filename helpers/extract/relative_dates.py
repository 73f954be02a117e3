"""Dates told from the article's own: `hôm qua`, `sáng mai`, `tuần trước`, `năm ngoái`, `cùng kỳ năm ngoái`, `thứ hai tuần sau`.

They resolve where the article's own date is precise enough, else the value is missing, with the reason. A number before
(`2 năm qua`, `3 ngày trước`) makes a measure of them, so they are no dates here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from helpers.extract.calendar import nearest_weekday, shift_days, shift_months, shift_weeks
from helpers.extract.date_text import (
    ELSEWHERE,
    RECURRING,
    UNKNOWN_DATE,
    UNKNOWN_DAY,
    DateText,
    DateWords,
    date_mention,
    day_of,
)
from helpers.extract.span import STRONG, USUAL, Mention
from helpers.lexicon import Lexicon
from helpers.patterns import late

UNITS = ("tuần", "tháng", "quý", "năm")
_ONLY_YEARS = frozenset(("ngoái", "kia"))
#: "năm qua đời", "tuần sau khi", "tháng trước đó"
_NO_PERIOD = frozenset(("khi", "đời", "lúc", "lui", "nhau", "mắt"))
_THERE = frozenset(("đó", "ấy", "kia", "nữa"))
_PART_OF_WEEK = {"đầu": (0, 1), "giữa": (2, 3), "cuối": (5, 6)}
_PARTS_BEFORE = late(re.compile, r"(?:buổi\s)?(?:rạng|sáng sớm|sáng|trưa|chiều tối|chiều|tối|nửa đêm|đêm|khuya)\s$")
_DAY_BESIDE = late(
    re.compile, r"\s?[,(]?\s?(?:ngày\s)?(?:mùng\s|mồng\s)?\d{1,2}(?:\s?[/.-]\s?\d|\stháng\s)|\s?[,(]?\s?ngày\s\d"
)
_WEEK_BEHIND = late(re.compile, r"\s(?:của\s)?tuần\s(này|trước|sau|tới|vừa qua|vừa rồi|qua|rồi|tiếp theo)(?![^\W\d_])")
_NEXT_OR_LAST = late(
    re.compile, r"\s(?:(?P<next>tới|sắp tới)|(?P<last>vừa qua|vừa rồi|qua|trước|rồi)|(?P<this>này))(?![^\W\d_])"
)
_EVERY_WEEK = late(re.compile, r"\s(?:hằng|hàng|mỗi)\s(?:tuần|tháng)(?![^\W\d_])")
_SAME_PERIOD = late(re.compile, r"\s(?:của\s)?(?:năm\s(?P<word>ngoái|trước|kia)(?![^\W\d_])|(?P<dated>năm\s\d|\d{4}))")
_WEEKDAY_BEFORE = frozenset(
    ("sáng", "trưa", "chiều", "tối", "đêm", "hôm", "vào", "từ", "đến", "và", "lúc", "rạng sáng")
)
_LINE_END = late(re.compile, r"[^\S\n]*(?:\n|$)")


@lru_cache(maxsize=4)
def periods(words: DateWords) -> dict[str, tuple[str, int]]:
    """Each stretch of the calendar told from now -> (its unit, how many units away): "tháng sau" ("tháng", 1)."""
    shifts = {w: int(v) for w, v in words.by_role["shift"].items()}
    return {
        f"{unit} {word}": (unit, shift)
        for unit in UNITS for word, shift in shifts.items() if unit == "năm" or word not in _ONLY_YEARS
    }  # fmt: skip


def relative_day(text: DateText, at: int, end: int) -> Mention | None:
    """`hôm qua`, `sáng ngày mai`, `rạng sáng nay`."""
    shift = int(text.words.by_role["day"][text.search[at:end]])
    if text.search[at - 1 : at] == " " and (m := _PARTS_BEFORE.search(text.search, max(0, at - 16), at)):
        at = m.start() + len(m[0]) - len(m[0].lstrip())
    elif text.search[max(0, at - 5) : at] == "ngày ":
        at -= 5
    value = shift_days(text.published, shift)
    return _relative(at, end, value, UNKNOWN_DAY if text.published else UNKNOWN_DATE)


def _relative(start: int, end: int, value: str | None, reason: str) -> Mention:
    return date_mention(
        "relative_date", start, end, value, strength=USUAL, form="relative", inferred=("value",), reason=reason
    )


def elsewhere(text: DateText, at: int, end: int) -> Mention | None:
    """`cùng ngày`, `hôm sau`: never told from the date found before."""
    return None if text.is_counted(at) else _relative(at, end, None, ELSEWHERE)


def season(text: DateText, at: int, end: int) -> Mention | None:
    """`mùa hè này`, `mùa đông năm nay`: told, but not by days."""
    m = _SEASON_BEHIND.match(text.search, end)
    return _relative(at, m.end(), None, "a season has no fixed days") if m else None


_SEASON_BEHIND = late(re.compile, r"\s(?:này|tới|vừa qua|năm\s(?:nay|ngoái|sau|tới|trước))(?![^\W\d_])")


def period(text: DateText, at: int, end: int) -> Mention | None:
    """`tuần trước`, `cuối tuần này`, `tháng này`, `quý trước`, `năm ngoái`; `2 năm qua` and `năm sau khi` are none."""
    unit, shift = periods(text.words)[text.search[at:end]]
    if text.is_counted(at):
        return None
    behind = text.word_behind(end)
    if behind in _NO_PERIOD:
        return None
    if behind in _THERE:
        return _relative(at, end + 1 + len(behind), None, ELSEWHERE)
    if unit == "tuần" and (part := _PART_OF_WEEK.get(text.words_before(at)[0])):
        start = text.search.rfind(text.words_before(at)[0], 0, at)
        value = shift_weeks(text.published, shift, first=part[0], last=part[1])
        return _relative(start, end, value, UNKNOWN_DAY)
    return _relative(at, end, _shifted(text, unit, shift), UNKNOWN_DATE if text.published is None else UNKNOWN_DAY)


def _shifted(text: DateText, unit: str, shift: int) -> str | None:
    if unit == "tuần":
        return shift_weeks(text.published, shift)
    if unit == "tháng":
        return shift_months(text.published, shift)
    if unit == "quý":
        return shift_months(text.published, 3 * shift, n_months=3)
    return f"{text.published.year + shift:04d}" if text.published else None


def same_period(text: DateText, at: int, end: int) -> Mention | None:
    """`cùng kỳ năm ngoái`, `cùng kỳ`; what stands before `cùng kỳ năm 2022` is the year's."""
    m = _SAME_PERIOD.match(text.search, end)
    if m is None:
        return _relative(at, end, None, ELSEWHERE)
    if m["dated"]:
        return None
    year = text.published.year - (2 if m["word"] == "kia" else 1) if text.published else None
    return _relative(at, m.end(), str(year) if year else None, UNKNOWN_DATE)


def weekday(text: DateText, at: int, end: int) -> Mention | None:
    """`sáng chủ nhật`, `thứ hai tuần sau`, `Thứ Ba tới`; beside its day (`thứ ba (15/8)`) the day says all."""
    search, day = text.search, int(text.words.by_role["weekday"][text.search[at:end]])
    if text.words_before(at)[0] in _ORDERED and search[at] == "t" and not _EVERY_WEEK.match(search, end):
        return None
    if _DAY_BESIDE.match(search, end):
        return _weekday(_with_part(text, at), end, None, ELSEWHERE)
    if m := _WEEK_BEHIND.match(search, end):
        shift = int(text.words.by_role["shift"][m[1]])
        value = shift_weeks(text.published, shift, first=day, span=False)
        return _weekday(_with_part(text, at), m.end(), value, UNKNOWN_DAY)
    if not _is_weekday(text, at, end):
        return None
    if m := _EVERY_WEEK.match(search, end):
        return _weekday(at, m.end(), None, RECURRING)
    start = _with_part(text, at)
    if m := _NEXT_OR_LAST.match(search, end):
        if m["this"]:
            return _weekday(start, m.end(), shift_weeks(text.published, 0, first=day, span=False), UNKNOWN_DAY)
        value = nearest_weekday(day, text.published, forward=bool(m["next"]))
        if m["last"] and text.published and value == shift_days(text.published, 0):
            value = shift_days(text.published, -7)
        return _weekday(start, m.end(), value, UNKNOWN_DAY)
    value = nearest_weekday(day, text.published, forward=text.points_forward(at))
    return _weekday(start, end, value, UNKNOWN_DAY)


def _weekday(start: int, end: int, value: str | None, reason: str) -> Mention:
    """A weekday that is sure of itself: "hai tuần" of "thứ hai tuần sau" is no stretch of time."""
    mention = _relative(start, end, value, reason)
    mention.strength, mention.rule = STRONG, "weekday"
    return mention


def _with_part(text: DateText, at: int) -> int:
    m = _PARTS_BEFORE.search(text.search, max(0, at - 16), at) if text.search[at - 1 : at] == " " else None
    return m.start() if m else at


def _is_weekday(text: DateText, at: int, end: int) -> bool:
    """Whether `thứ hai` is Monday, not the second: a part of the day before it, a capital (`thứ Hai`), a line of its own."""
    if text.search[at] == "c" or (text.plain[end - 1 : end].isdigit() and text.words_before(at)[0] in _WEEKDAY_BEFORE):
        return True
    second = text.plain[at + len("thứ ")]
    if second.isupper() and not text.plain[at:end].isupper():
        return True
    one, two = text.words_before(at)
    if one in _WEEKDAY_BEFORE - {"từ", "đến", "và", "vào"} or two in _WEEKDAY_BEFORE:
        return True
    if _EVERY_WEEK.match(text.search, end) or _NEXT_OR_LAST.match(text.search, end):
        return True
    if one == "vào" and text.search[end : end + 1] in ("", ",", ".", "\n"):
        return True
    return text.search[at - 1 : at] in ("", "\n") and _LINE_END.match(text.search, end) is not None


#: "lần thứ hai vừa qua" is the second time
_ORDERED = frozenset(
    (
        "lần",
        "người",
        "đợt",
        "năm",
        "tuần",
        "kì",
        "khóa",
        "vòng",
        "mũi",
        "hạng",
        "hệ",
        "cấp",
        "loại",
        "bậc",
        "tháng",
        "giải",
    )
)


def name_weekdays(mentions: list[Mention]) -> None:
    """Gives a weekday beside its day (`thứ ba (15/8)`) the value of that day; changes the mentions given, in reading order."""
    for name, day in pairwise(mentions):
        if name.rule == "weekday" and name.fields["reason"] == ELSEWHERE and (known := day_of(day)):
            name.fields.update(value=known.isoformat(), reason=None)
            name.inferred = ("value",)


def period_names(lexicon: Lexicon) -> list[str]:
    """All stretches that `period` reads."""
    return list(periods(DateWords.of(lexicon)))
