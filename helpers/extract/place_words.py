"""The words by which places are found: type words, what may stand between type and name, what denies a place.

huyện [Kỳ Anh]; cửa khẩu quốc tế [Cầu Treo]; Q.[1]; QL[8A]; but not yêu cầu [Bộ Công an], hợp tác
xã [Thạch Hà]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation

from helpers.extract.names import name_words
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.schema import LEVELS

define(
    "place_types", surface=TEXT, type=TEXT, level=Column(values=LEVELS),
    numbered=Column(values=("yes", "no", "only")), capital=AMBIGUOUS, note=NOTE,
)  # fmt: skip
define("place_modifiers", surface=TEXT, level=Column(values=("unit", "site")), note=NOTE)
define("place_type_guards", type=TEXT, before=TEXT, note=NOTE)
define("place_denied_names", surface=TEXT, note=NOTE)
define("place_contexts", surface=TEXT, role=Column(values=("support", "person", "other", "counted")), note=NOTE)
define("list_heads", surface=TEXT, note=NOTE)
define("place_heads", surface=TEXT, note=NOTE)

UNIT_LEVELS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class PlaceType:
    """A type word: `numbered` says whether a number may ("yes") or must ("only") be the name;
    `capital` whether the
    word counts with a capital inside a sentence (Hồ is a family name)."""

    surface: str
    type: str
    level: str
    numbered: str
    capital: bool
    denied_before: frozenset[str]

    @property
    def is_unit(self) -> bool:
        return self.level in UNIT_LEVELS


@dataclass(frozen=True, eq=False)
class PlaceWords:
    """All of a lexicon's words about places, folded and compiled."""

    types: tuple[PlaceType, ...]
    automaton: AhoCorasick
    modifiers: regex.Pattern
    unit_modifiers: regex.Pattern
    denied: frozenset[str]
    roles: dict[str, str]
    counted: frozenset[str]
    list_heads: frozenset[str]
    heads: frozenset[str]
    common_areas: frozenset[str]
    families: frozenset[str]
    sure_families: frozenset[str]

    def role_before(self, search: str, at: int) -> str | None:
        """The role of the longest known word that ends just before `at`: support, person or other."""
        if at < 2 or search[at - 1] != " ":
            return None
        words = search[max(0, at - 24) : at].rstrip().rsplit(" ", 3)[-3:]
        for n in range(len(words), 0, -1):
            if role := self.roles.get(" ".join(words[-n:]).lstrip('("')):
                return role
        return None


@lru_cache(maxsize=4)
def place_words(lexicon: Lexicon) -> PlaceWords:
    """The place words of a lexicon; the same object each time."""
    guards: dict[str, set[str]] = {}
    for row in lexicon.entries("place_type_guards"):
        guards.setdefault(search_form(row["type"]), set()).add(search_form(row["before"]))
    types = tuple(
        PlaceType(
            search_form(row["surface"]), row["type"], row["level"], row["numbered"], row["capital"] == "yes",
            frozenset(guards.get(search_form(row["surface"]), ())),
        )
        for row in lexicon.entries("place_types")
    )  # fmt: skip
    names = name_words(lexicon)
    contexts = lexicon.entries("place_contexts")
    return PlaceWords(
        types=types,
        automaton=AhoCorasick([t.surface for t in types], implementation=Implementation.DFA),
        modifiers=_alternatives(lexicon, ("site", "unit")),
        unit_modifiers=_alternatives(lexicon, ("unit",)),
        denied=frozenset(map(search_form, lexicon.surfaces("place_denied_names"))),
        roles={search_form(row["surface"]): row["role"] for row in contexts if row["role"] != "counted"},
        counted=frozenset(search_form(row["surface"]) for row in contexts if row["role"] == "counted"),
        list_heads=frozenset(map(search_form, lexicon.surfaces("list_heads"))),
        heads=frozenset(map(search_form, lexicon.surfaces("place_heads"))),
        common_areas=frozenset(
            search_form(row["surface"]) for row in lexicon.entries("place_areas") if row["common"] == "yes"
        ),
        families=names.families,
        sure_families=names.sure_families,
    )


def _alternatives(lexicon: Lexicon, levels: tuple[str, ...]) -> regex.Pattern:
    rows = [search_form(r["surface"]) for r in lexicon.entries("place_modifiers") if r["level"] in levels]
    words = "|".join(regex.escape(w) for w in sorted(rows, key=len, reverse=True))
    return regex.compile(rf"(?:(?:{words})\ ){{1,3}}")
