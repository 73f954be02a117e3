"""Feast days by name: `Tết Nguyên đán 2024`, `tết Giáp Thìn`, `Quốc khánh`, `giỗ Tổ Hùng Vương`, `Giáng sinh năm ngoái`.

The names stand in feasts.csv. With its year a feast is a calendar date; without one it is relative: the nearest past one, or
the one to come where the words point forward. A feast beside its day (`Quốc khánh 2/9`) is left to the rules of days.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from helpers.extract.calendar import is_day, nearest
from helpers.extract.date_text import NO_DAY, UNKNOWN_DATE, DateText, date_mention
from helpers.extract.lunar import lunar_to_solar
from helpers.extract.lunar_dates import day_of_tet, lunar_day, lunar_year_behind
from helpers.extract.span import USUAL, Mention
from helpers.lexicon import Lexicon
from helpers.normalize import search_form
from helpers.patterns import late

_DAY_BEHIND = late(re.compile, r"\s?[(,]?\s?(?:ngày\s)?\d{1,2}(?:\s?[/.-]\s?\d|\stháng\s)")
_TET_CUES = frozenset(("dịp", "trước", "sau", "đón", "trong", "đến", "vui", "ăn", "nghỉ"))
_FEAST_HEADS = ("tết ", "ngày ", "lễ ", "đêm giao thừa")
_DAY_BEFORE = late(re.compile, r"(?<![\d.,/])(\d{1,2})\s(?:tháng\s)?$")
_FIRST_DAYS = frozenset(("mùng", "mồng"))


@dataclass(frozen=True, slots=True)
class Feast:
    """A day of every year, of the civil (`solar`) or the lunar calendar."""

    is_lunar: bool
    month: int
    day: int

    def in_year(self, year: int) -> datetime.date | None:
        """Its day in a year of the civil calendar; the first where a year has two."""
        if not self.is_lunar:
            return datetime.date(year, self.month, self.day) if is_day(year, self.month, self.day) else None
        days = [lunar_to_solar(y, self.month, self.day) for y in (year - 1, year)]
        return next((d for d in days if d and d.year == year), None)


@lru_cache(maxsize=4)
def feasts(lexicon: Lexicon) -> dict[str, Feast]:
    """The feasts of a lexicon by name, in search form."""
    return {
        search_form(r["surface"]): Feast(r["calendar"] == "lunar", int(r["month"]), int(r["day"]))
        for r in lexicon.entries("feasts")
    }


def feast_day(text: DateText, at: int, end: int, *, known: dict[str, Feast]) -> Mention | None:
    """A feast by its name, with the year behind it if there is one."""
    feast = known[text.search[at:end]]
    if not feast.is_lunar and _DAY_BEHIND.match(text.search, end):
        return None
    # "tập trung thu hút" is no feast, "Quốc khánh nước Lào" another one
    if not _is_name(text, at, end) or text.word_behind(end) == "nước":
        return None
    if (feast.is_lunar, feast.month, feast.day) == (True, 1, 1) and (before := _end_of_year(text, at, end)):
        return before
    year, after, stated = lunar_year_behind(text, end)
    if year is not None:
        found = feast.in_year(year)
        return date_mention(
            "feast_day", at, after, found.isoformat() if found else None, form="calendar" if stated else "relative",
            inferred=_inferred(feast, stated=stated), strength=USUAL, reason=NO_DAY,
        )  # fmt: skip
    if text.published is None:
        return date_mention("feast_day", at, end, None, form="relative", strength=USUAL, reason=UNKNOWN_DATE)
    own = text.published.year
    days = [feast.in_year(y) for y in range(max(own - 2, 1), own + 3)]
    found = nearest(days, text.published, forward=text.points_forward(at, end))
    value = found.isoformat() if found else None
    return date_mention("feast_day", at, end, value, form="relative", strength=USUAL,
                        inferred=_inferred(feast, stated=False), reason=NO_DAY)  # fmt: skip


def _is_name(text: DateText, at: int, end: int) -> bool:
    """Whether the words are meant as a name: one has a capital, or a word for a feast begins them."""
    return text.search.startswith(_FEAST_HEADS, at) or not text.plain[at:end].islower()


def _inferred(feast: Feast, *, stated: bool) -> tuple[str, ...]:
    """What the text leaves out: the year, and the civil day of a lunar one."""
    return (*(() if stated else ("year",)), *(("value",) if feast.is_lunar else ()))


def tet(text: DateText, at: int, end: int) -> Mention | None:
    """`tết Giáp Thìn 2024`, `Tết 2023`, `30 Tết`, `dịp Tết`: the lunar new year without its full name."""
    if before := _end_of_year(text, at, end):
        return before
    year, after, stated = lunar_year_behind(text, end)
    if year is not None:
        return lunar_day(
            text, "feast_day", at, after, 1, 1, year, stated=stated, form="calendar" if stated else "relative"
        )
    one, _ = text.words_before(at)
    if one not in _TET_CUES or not text.plain[at].isupper():
        return None
    mention = lunar_day(text, "feast_day", at, end, 1, 1, form="relative")
    mention.strength = USUAL
    return mention


def _end_of_year(text: DateText, at: int, end: int) -> Mention | None:
    """`30 Tết`, `28 tháng Tết`: counted up to the new year."""
    m = _DAY_BEFORE.search(text.search, max(0, at - 9), at)
    if m is None or text.words_before(m.start())[0] in _FIRST_DAYS:
        return None
    return day_of_tet(text, m.start(), end, int(m[1]))
