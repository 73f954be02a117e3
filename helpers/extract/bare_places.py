"""Places named without a type word, where the gazetteer knows the name.

    [Hà Tĩnh]; tại [Kỳ Anh] (Hà Tĩnh); quê ở xã Xuân Yên, [Nghi Xuân]; but not ông [Cao Hòa Bình]

Names of provinces, districts and countries are looked for everywhere; names of communes only
where the article gives
their type elsewhere or their parent beside them: too many of them are people's names and common words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation

from helpers.extract.gazetteer import Gazetteer, load_gazetteer, search_key
from helpers.extract.organisation_words import organisation_words
from helpers.extract.place_hits import NAME, Hit, starts_sentence
from helpers.extract.place_words import PlaceWords
from helpers.extract.span import Reading
from helpers.extract.typed_places import TypedPlaces
from helpers.lexicon import Lexicon
from helpers.normalize import search_form

LEVELS_EVERYWHERE = ("country", "region", "province", "district")
BARE_LEVELS = (*LEVELS_EVERYWHERE, "commune")
MAX_TYPED_NAMES = 200
_BEFORE_PARENT = regex.compile(
    r"(?<![\p{L}\p{N}] )(?P<name>\p{Lu}\p{L}*(?: \p{Lu}\p{L}*| \d{1,2}){0,4})(?:, | [-–] | ?\()$"
)
_PREPOSITIONS = ("tại ", "ở ", "trú ", "ngụ ", "quê ", "địa bàn ", "thuộc ")
_IMPLIED_TYPES = {"huyện": "huyện", "thị": "thị xã", "quận": "quận", "tỉnh": "tỉnh", "thành": "thành phố"}
_DAK_SPELLINGS = ("đắk", "đăk", "đak", "đắc", "đăc", "dak")
_DIRECTIONS = frozenset(("bắc", "nam", "đông", "tây"))


@lru_cache(maxsize=4)
def bare_names(lexicon: Lexicon) -> AhoCorasick:
    """All spellings of the names that are looked for everywhere."""
    spellings: set[str] = set()
    for key, places in load_gazetteer(lexicon).by_name.items():
        levels = {p.level for p in places}
        # A district of one syllable ("Vinh") may be anybody's name: only where the article types it.
        if levels & {"country", "region", "province"} or ("district" in levels and " " in key):
            spellings.add(key)
            for place in places:
                spellings |= _spellings(search_form(place.name))
    spellings |= {
        search_form(row["surface"]) for name in ("place_areas", "place_aliases") for row in lexicon.entries(name)
    }
    return AhoCorasick(sorted(s for s in spellings if not s.isdigit()), implementation=Implementation.DFA)


def _spellings(name: str) -> set[str]:
    forms = {name, name.replace("'", "")}
    if " - " in name:
        forms |= {name.replace(" - ", "-"), name.replace(" - ", " ")}
    if name.startswith("đắk"):
        forms |= {dak + form[3:] for form in forms for dak in _DAK_SPELLINGS}
    return forms


class BarePlaces:
    """Reads one document for names that stand alone."""

    def __init__(self, typed: TypedPlaces, lexicon: Lexicon, hits: list[Hit]) -> None:
        self.typed, self.names = typed, bare_names(lexicon)
        self.topic_ends = organisation_words(lexicon).topic_ends
        self.words: PlaceWords = typed.words
        self.gazetteer: Gazetteer = typed.gazetteer
        self.reading: Reading = typed.reading
        self.plain, self.search = typed.plain, typed.search
        self.hits = hits
        self.taken = bytearray(len(self.plain))
        for hit in hits:
            self.take(hit)

    def take(self, hit: Hit) -> None:
        self.taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)

    def find(self) -> list[Hit]:
        """The hits, unordered; some may turn out to be no places."""
        found: list[Hit] = []
        longest: dict[int, int] = {}
        for _, start, end in self.names.find_matches_as_indexes(self.search, overlapping=True):
            is_name = self.plain[start].isupper() and not self.taken[start]
            if is_name and longest.get(start, 0) < end and self.is_word(start, end):
                longest[start] = end
        for start in sorted(longest):
            self.add(start, longest[start], found)
        for start, end in self.repeated():
            self.add(start, end, found)
        for start, end in self.supported():
            self.add(start, end, found)
        for hit in (*self.hits, *found):
            if hit.level in ("district", "province") and (span := self.name_before(hit)):
                self.add(*span, found)
        return found

    def is_word(self, start: int, end: int) -> bool:
        search = self.search
        return not (start and search[start - 1].isalnum()) and not (end < len(search) and search[end].isalnum())

    def add(self, start: int, end: int, found: list[Hit]) -> None:
        if self.taken[start] or self.taken[end - 1]:
            return
        hit = self.hit(start, end)
        if hit:
            found.append(hit)
            self.take(hit)
            if hit.level in ("commune", "district") and hit.rule == "bare_unit":
                for item in self.typed.rest_of_list(hit, is_unit=hit.level == "commune"):
                    if not self.taken[item.start]:
                        item.bare, item.rule, item.inferred = True, "bare_unit", ()
                        found.append(item)
                        self.take(item)

    def hit(self, start: int, end: int) -> Hit | None:
        """The hit of a name that fills its run of capitalised words, or stands at its edge as
        far as can be explained."""
        key = search_key(self.search[start:end])
        places = [p for p in self.gazetteer.by_name.get(key, ()) if p.level in BARE_LEVELS]
        if not places:
            return None
        # "Đồng bằng sông Cửu Long" has small letters in it
        at = 0 if places[0].level == "region" else self.plain.find(" ", start, end) + 1
        while at:
            if not (self.plain[at].isupper() or self.plain[at].isdigit() or self.plain[at] in "-–"):
                return None
            at = self.plain.find(" ", at, end) + 1
        if not self.is_free(start, end):
            return None
        places = [p for p in places if p.type == self.implied_type(start)] or places
        level = min((p.level for p in places), key=BARE_LEVELS.index)
        rule = {"province": "bare_province", "country": "bare_area", "region": "bare_area"}.get(level, "bare_unit")
        support = self.words.role_before(self.search, start)
        return Hit(start, start, end, key, None, level, places, rule, bare=True, support=support)

    def implied_type(self, start: int) -> str | None:
        # "Huyện ủy Hương Khê": the district, not the town of that name.
        if not self.search.endswith(("ủy ", "đoàn "), 0, start):
            return None
        words = self.search[max(0, start - 12) : start].split(" ")[-3:-1]
        return _IMPLIED_TYPES.get(words[0])

    def is_free(self, start: int, end: int) -> bool:
        """Whether the name is no part of a longer one: `Trương [Hòa Bình]`, `[Hà Nam] Tiến`."""
        plain, search = self.plain, self.search
        if plain[end : end + 1] == " " and plain[end + 1 : end + 2].isupper() and not self.taken[end + 1]:
            following = plain[end + 1 : end + 40].split(" ", 2)
            is_person = (
                search[end + 1 : end + 1 + len(following[0])] in self.words.families
                and following[1:]
                and following[1][:1].isupper()
            )
            if not is_person and not (following[0].isupper() and len(following[0]) > 1):
                return False
        if start < 2 or plain[start - 1] != " " or not plain[start - 2].isalnum() or self.taken[start - 2]:
            return True
        at = plain.rfind(" ", 0, start - 1) + 1
        word = search[at : start - 1]
        if not plain[at].isupper() or word in self.words.heads or (len(word) > 1 and plain[at : start - 1].isupper()):
            return True
        before = search[plain.rfind(" ", 0, max(0, at - 1)) + 1 : at - 1] if at > 1 else ""
        if f"{before} {word}" in self.topic_ends:
            return True  # "Sở Công Thương Hà Tĩnh"
        if word in _DIRECTIONS and before == "phía":
            return True
        return word not in self.words.families and starts_sentence(plain, at)

    def repeated(self) -> Iterator[tuple[int, int]]:
        """Where names that the article types elsewhere stand alone."""
        names = {
            self.search[h.name_start : h.end]
            for h in self.hits
            if h.found and len(h.key) > 2 and not h.key[0].isdigit()
        }
        for name in sorted(names, key=lambda n: (-len(n), n))[:MAX_TYPED_NAMES]:
            at = self.search.find(name)
            while at >= 0:
                end = at + len(name)
                if not self.taken[at] and self.plain[at].isupper() and self.is_word(at, end):
                    yield at, end
                at = self.search.find(name, end)

    def supported(self) -> Iterator[tuple[int, int]]:
        """Where a name of the gazetteer fills the words after a preposition: `trú tại Kỳ Khang`."""
        for preposition in _PREPOSITIONS:
            at = self.search.find(preposition)
            while at >= 0:
                start = at + len(preposition)
                if (
                    self.plain[start : start + 1].isupper()
                    and not self.taken[start]
                    and not self.search[at - 1 : at].isalpha()
                ) and (span := self.whole_name(start)):
                    yield span
                at = self.search.find(preposition, start)

    def whole_name(self, start: int) -> tuple[int, int] | None:
        run = NAME.match(self.plain, start)
        if run is None or " " not in run[0] or run[0].startswith("Nông trường"):
            return None
        words = self.search[start : run.end()]
        is_family = words.split(" ", 1)[0] in self.words.sure_families
        return run.span() if not is_family and search_key(words) in self.gazetteer.by_name else None

    def name_before(self, parent: Hit) -> tuple[int, int] | None:
        """The span of an untyped name whose parent stands behind it: `Xuân Yên, huyện Nghi Xuân`."""
        at = max(0, parent.start - 48)
        if parent.start - at < 5 or self.taken[parent.start - 2]:
            return None
        if self.plain[parent.start - 1] != "(" and self.search[parent.start - 2 : parent.start] not in (
            ", ",
            "- ",
        ):
            return None
        before = _BEFORE_PARENT.search(self.plain, at, parent.start)
        if before is None:
            return None
        start, end = before.span("name")
        named = self.gazetteer.by_name.get(search_key(self.search[start:end]), ())
        if end - start < 8 and " " not in self.plain[start:end]:
            named = [p for p in named if p.level == "district"]  # "Vinh, Nghệ An"; single syllables are too common
        ids = {p.place_id for p in parent.found}
        return (start, end) if any(ids & self.gazetteer.ancestors(p) for p in named) else None


def find_places(reading: Reading, words: PlaceWords, lexicon: Lexicon) -> list[Hit]:
    """Every place name of a document, typed and bare."""
    typed = TypedPlaces(reading, words, load_gazetteer(lexicon))
    hits = typed.find()
    return hits + BarePlaces(typed, lexicon, hits).find()
