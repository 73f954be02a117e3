"""Where type words, names of the gazetteer and prepositions stand in a text, found in one pass.

    thuộc [huyện] Hương Sơn ([Hà Tĩnh]); trú [tại] Kỳ Khang

The names are those that are looked for everywhere (provinces, districts, countries, regions); what else the gazetteer
holds counts only behind a type word, a preposition or beside its parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.gazetteer import Gazetteer, Place, load_gazetteer, search_key
from helpers.extract.place_words import PlaceType, PlaceWords, place_words
from helpers.extract.span import Reading
from helpers.extract.word_search import WordList
from helpers.lexicon import Lexicon
from helpers.normalize import search_forms

LEVELS_EVERYWHERE = ("country", "region", "province", "district")
BARE_LEVELS = (*LEVELS_EVERYWHERE, "site", "commune")
PREPOSITIONS = ("tại ", "ở ", "trú ", "ngụ ", "quê ", "địa bàn ", "thuộc ")
_DAK_SPELLINGS = ("đắk", "đăk", "đak", "đắc", "đăc", "dak")
_RULES = {"province": "bare_province"}


class BareName(NamedTuple):
    """A name without a type word: the units that bear it, the highest of their levels, the rule that takes it; where
    its first capital stands ("châu [Á]")."""

    key: str
    places: list[Place]
    level: str
    rule: str
    capital: int = 0


class Sites(NamedTuple):
    """What stands in one text: (start, start of what follows, type) in reading order; start -> (end, name) of the
    longest name there; where capitals follow a preposition."""

    type_words: list[tuple[int, int, PlaceType]]
    names: dict[int, tuple[int, BareName]]
    supported: list[int]


@dataclass(frozen=True, eq=False)
class SiteWords:
    """The words of one lexicon as one automaton: first the type words, then the prepositions, then the names."""

    words: PlaceWords
    surfaces: WordList
    n_types: int
    n_words: int
    names: list[BareName]


@lru_cache(maxsize=4)
def site_words(lexicon: Lexicon) -> SiteWords:
    """The words of a lexicon that places are found by; the same object each time."""
    words, gazetteer = place_words(lexicon), load_gazetteer(lexicon)
    names = {text: name for text in _spellings(gazetteer, lexicon) if (name := bare_name(gazetteer, text))}
    patterns = [*(t.surface for t in words.types), *PREPOSITIONS, *names]
    return SiteWords(
        words=words,
        surfaces=WordList(patterns),
        n_types=len(words.types),
        n_words=len(words.types) + len(PREPOSITIONS),
        names=list(names.values()),
    )


@lru_cache(maxsize=1 << 14)
def bare_name(gazetteer: Gazetteer, text: str) -> BareName | None:
    """The name `text`, in search form, as it stands without a type word; None where the gazetteer has none."""
    key = search_key(text)
    places = [p for p in gazetteer.by_name.get(key, ()) if p.level in BARE_LEVELS]
    return bare_name_of(key, places) if places else None


def bare_name_of(key: str, places: list[Place]) -> BareName:
    """The name of `places`."""
    level = min((p.level for p in places), key=BARE_LEVELS.index)
    highest = [p for p in places if p.level == level]
    is_area = not any(p.type for p in highest)
    capital = len("châu ") if level == "region" and key.startswith("châu ") else 0
    if is_area:
        return BareName(key, highest, level, "bare_area", capital)
    return BareName(key, places, level, _RULES.get(level, "bare_unit"))


def _spellings(gazetteer: Gazetteer, lexicon: Lexicon) -> list[str]:
    """All spellings of the names that are looked for everywhere."""
    spellings: set[str] = set()
    names: set[str] = set()
    for key, places in gazetteer.by_name.items():
        levels = {p.level for p in places}
        # A district of one syllable ("Vinh") may be anybody's name: only where the article types it.
        if levels & {"country", "region", "province"} or ("district" in levels and " " in key):
            spellings.add(key)
            names.update(p.name for p in places)
    for name in search_forms(names):
        spellings |= _variants(name)
    spellings.update(search_forms((*lexicon.surfaces("place_areas"), *lexicon.surfaces("place_aliases"))))
    return sorted(s for s in spellings if not s.isdigit())


def _variants(name: str) -> set[str]:
    forms = {name, name.replace("'", "")}
    if " - " in name:
        forms |= {name.replace(" - ", "-"), name.replace(" - ", " ")}
    if name.startswith("đắk"):
        forms |= {dak + form[3:] for form in forms for dak in _DAK_SPELLINGS}
    return forms


def find_sites(reading: Reading, at: SiteWords) -> Sites:
    """All sites of one text."""
    plain, search = reading.plain, reading.search
    n_types, n_words, types, bare = at.n_types, at.n_words, at.words.types, at.names
    behind = f"{search} "  # so that each end has a letter behind it
    by_end: dict[int, tuple[int, PlaceType]] = {}
    names: dict[int, tuple[int, BareName]] = {}
    supported: list[int] = []
    for i, start, end in reading.find_words(at.surfaces):
        if i >= n_words:
            name = bare[i - n_words]
            if (
                plain[start + name.capital].isupper()
                and not behind[end].isalnum()
                and (start not in names or names[start][0] < end)
            ):
                names[start] = (end, name)
        elif i < n_types:
            after, type_ = behind[end], types[i]
            if after != " " and not (type_.surface[-1] == "." or (type_.numbered == "only" and after.isdigit())):
                continue
            if end not in by_end or start < by_end[end][0]:
                by_end[end] = (start, type_)
        elif plain[end : end + 1].isupper():
            supported.append(end)
    return Sites(_type_words(plain, search, by_end, at.words), names, supported)


def _type_words(
    plain: str, search: str, by_end: dict[int, tuple[int, PlaceType]], words: PlaceWords
) -> list[tuple[int, int, PlaceType]]:
    """Each type word, the longest that ends there, with the start of the name behind it and its modifiers."""
    found = []
    length = len(search)
    for end, (start, type_) in by_end.items():
        at = end + 1 if end < length and search[end] == " " else end
        if at >= length:
            continue
        first = plain[at]
        is_name = first.isupper() or first.isdigit() or (first == "s" and search.startswith("số ", at))
        if not is_name and type_.level == "street":
            continue  # "hẻm đường Quang Trung": the street is the name
        if not (is_name and type_.is_unit):
            passed = words.pass_modifiers(plain, search, at, is_unit=type_.is_unit)
            if passed == at and not is_name and type_.level != "site":
                continue
            at = passed
        if not words.is_denied_type(plain, search, start, type_):
            found.append((start, at, type_))
    found.sort(key=_by_start)
    return found


def _by_start(found: tuple[int, int, PlaceType]) -> tuple[int, int]:
    return found[0], -len(found[2].surface)
