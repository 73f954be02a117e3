"""Units behind numbers: shares, money, measures, with their dimension and the factor to its base unit.

    >>> units = UnitReader.of(Lexicon.load("vi"))
    >>> units.read("98 kg ma túy", 2)
    UnitHit(start=3, end=5, unit_id='kilogram', kind='measure')
    >>> units.base_value("kilometre", 1.5)
    ('length', 1500.0)

Which words are units stands in lexicons/vi/unit_surfaces.csv, what they measure in units.csv.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.phrases import ends_phrase
from helpers.lexicon import NOTE, NUMBER, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("units", unit_id=TEXT, kind=Column(values=("percent", "money", "measure", "count")), dimension=TEXT, factor=NUMBER,
       label_vi=TEXT, label_en=TEXT, note=NOTE)  # fmt: skip
#: ambiguous `alone`: a unit only where no noun follows ("5 xu", not "5 xu hướng"); `glued`: only right behind the digits ("220v")
define("unit_surfaces", surface=TEXT, unit_id=TEXT, ambiguous=Column(values=("yes", "no", "alone", "glued")), note=NOTE)
define("unit_guards", surface=TEXT, note=NOTE)

_FIRST = re.compile(r" {0,2}([^\W\d_]+|[^\w\s])")
_NEXT_WORD = late(re.compile, r" ?([^\W\d_]+)")
#: "1m75"
_GLUED = late(re.compile, r"\d{1,2}(?![\d.,])")
_SURFACE_FIRST = late(re.compile, r"[^\W\d_]+|[^\w\s]")
#: đồng/m3, đồng/người/tháng, đồng/10 kg; not the second sum of "đồng/1.010 tỉ đồng"
_PER_ONE = r"[^\W\d_]{1,8}[23]?(?![.,]?\d)(?: [^\W\d_]{1,8}(?= ?/))?"
_PER = late(re.compile, rf"(?: ?/ ?{_PER_ONE}){{1,2}}")
_PRICE_PER = late(re.compile, rf"(?: ?/ ?(?:\d{{1,4}} ?)?(?!(?:nghìn|ngàn|triệu|tỉ)\b){_PER_ONE}){{1,2}}")


#: nothing begins with it
_NEVER = ("\0",)


class UnitHit(NamedTuple):
    """A unit in a text in search form: its span, id and kind."""

    start: int
    end: int
    unit_id: str
    kind: str


class UnitReader:
    """Reads units with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        rows = {row["unit_id"]: row for row in lexicon.entries("units")}
        self._kinds = {unit_id: row["kind"] for unit_id, row in rows.items()}
        self._sizes = {unit_id: (row["dimension"], float(row["factor"])) for unit_id, row in rows.items()}
        #: first word -> (surface, unit), the longest surface first
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._alone = {search_form(r["surface"]) for r in lexicon.entries("unit_surfaces") if r["ambiguous"] == "alone"}
        self._glued = {search_form(r["surface"]) for r in lexicon.entries("unit_surfaces") if r["ambiguous"] == "glued"}
        self._ends_phrase = ends_phrase(lexicon)
        for row in sorted(lexicon.entries("unit_surfaces"), key=lambda r: -len(r["surface"])):
            surface = search_form(row["surface"])
            first = _SURFACE_FIRST.match(surface)
            if first:
                self._by_first.setdefault(first[0], []).append((surface, row["unit_id"]))

        #: first word -> compounds that begin with a unit and are none: "đồng chí"
        self._guards: dict[str, tuple[str, ...]] = {}
        for surface in map(search_form, lexicon.surfaces("unit_guards")):
            first_word = surface.split()[0]
            self._guards[first_word] = (*self._guards.get(first_word, ()), surface)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> UnitReader:
        """The reader of a lexicon, made once."""
        return UnitReader(lexicon)

    def read(self, search: str, at: int) -> UnitHit | None:
        """The unit right behind a number that ends at `at`, with what it is per (`đồng/m3`); None if none is there."""
        first = _FIRST.match(search, at)
        if first is None or (surfaces := self._by_first.get(first[1])) is None:
            return None
        start = first.start(1)
        if search.startswith(self._guards.get(first[1], _NEVER), start):
            return None
        for surface, unit_id in surfaces:
            if search.startswith(surface, start):
                end = start + len(surface)
                following = search[end : end + 1]
                if (
                    following.isalnum()
                    and surface[-1].isalnum()
                    and not (unit_id == "metre" and _GLUED.match(search, end))
                ):
                    continue
                if surface in self._alone and not self._stands_alone(search, end):
                    continue
                if surface in self._glued and start > at:
                    continue
                kind = self._kinds[unit_id]
                is_per = following == "/" or search.startswith(" /", end)
                if is_per and (per := (_PRICE_PER if kind == "money" else _PER).match(search, end)):
                    end = per.end()
                return UnitHit(start, end, unit_id, kind)
        return None

    def _stands_alone(self, search: str, end: int) -> bool:
        """Whether no noun goes on behind an ambiguous word: a mark, the end, or a word that opens something else."""
        word = _NEXT_WORD.match(search, end)
        return word is None or word[1] in self._ends_phrase

    def factor(self, unit_id: str) -> tuple[str, float]:
        """(dimension, factor to its base unit)."""
        return self._sizes.get(unit_id, ("", 0.0))

    def base_value(self, unit_id: str | None, value: float) -> tuple[str | None, float | None]:
        """(dimension, `value` in its base unit: kg, m, m², m³, s, m/s …); (None, None) of what is counted."""
        dimension, factor = self._sizes.get(unit_id or "", ("count", 1.0))
        if dimension == "count":
            return None, None
        return dimension, value * factor
