"""The gazetteer: Vietnam's administrative units, old and new, by name.

    >>> gazetteer = load_gazetteer(Lexicon.load("vi"))
    >>> [place.type for place in gazetteer.find("Kỳ Anh", on="2023-07")]
    ['huyện', 'thị xã']

Ids, dates and parents are those of places.csv (tools/make_gazetteer.py says how it is made) and
places_earlier.csv.
The large file is read without the checks of the other lexicons, which would cost more than all
other reading; a test
makes them instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import regex

from helpers.lexicon import AMBIGUOUS, FILES, NOTE, OPTIONAL, TEXT, Column, Lexicon
from helpers.normalize import search_form
from helpers.schema import LEVELS

REFORM = "2025-07-01"
_LEVEL = Column(values=LEVELS)
_CHANGE = Column(values=("merged", "divided", "renamed", "retyped"))

# Declared directly: `define` has a parameter `name` of its own.
FILES.update({
    "places": dict(
        place_id=TEXT, level=_LEVEL, type=TEXT, name=TEXT, parent_id=TEXT, later_parent_id=OPTIONAL,
        valid_from=OPTIONAL, valid_to=OPTIONAL,
    ),
    "place_changes": dict(from_id=TEXT, to_id=TEXT, change=_CHANGE, changed_on=TEXT),
    "places_earlier": dict(
        place_id=TEXT, level=_LEVEL, type=TEXT, name=TEXT, parent_id=TEXT, valid_to=TEXT, change=_CHANGE,
        became=TEXT, note=NOTE,
    ),
    "place_areas": dict(
        surface=TEXT, place_id=TEXT, level=_LEVEL, name=TEXT, parent_id=OPTIONAL, common=AMBIGUOUS, note=NOTE,
    ),
    "place_aliases": dict(surface=TEXT, name=TEXT, level=_LEVEL, note=NOTE),
})  # fmt: skip

# Printed Đắk, Đăk, Đak, Đắc, Dak: one name.
_DAK = regex.compile(r"(?:đ[aăắ]|d[aă])[kc](?!\p{L})")


class Place(NamedTuple):
    """One unit; `later_parent_id` is its parent since July 2025 where only the parent changed. A `type` has what is
    a unit of Vietnam: neither a country nor a city abroad."""

    place_id: str
    level: str
    type: str
    name: str
    parent_id: str
    later_parent_id: str = ""
    valid_from: str = ""
    valid_to: str = ""

    def is_valid(self, on: str | None) -> bool:
        """Whether the unit existed at an EDTF date, as far as its precision tells; an unknown
        date excludes nothing.

        >>> Place("42", "province", "tỉnh", "Hà Tĩnh", "VN", valid_to="2025-06-30").is_valid("2025")
        True
        """
        if not on:
            return True
        n_from, n_to = min(len(on), len(self.valid_from)), min(len(on), len(self.valid_to))
        return self.valid_from[:n_from] <= on[:n_from] and (not n_to or on[:n_to] <= self.valid_to[:n_to])

    def parent_on(self, on: str | None) -> str:
        """The id of the parent at a date; that before the reform where the date is unknown."""
        return self.later_parent_id if self.later_parent_id and on and on[:10] >= REFORM[: len(on)] else self.parent_id


class Gazetteer:
    """All units, by id and by name.

    Args:
        places: every unit and area.
        aliases: (other name, name, level): the units of that name and level bear the other name too.
        earlier: the rows of places_earlier.csv.
    """

    def __init__(
        self,
        places: Iterable[Place],
        aliases: Iterable[tuple[str, str, str]],
        earlier: Iterable[dict[str, str]],
    ) -> None:
        self.places: dict[str, Place] = {place.place_id: place for place in places}
        #: an earlier unit -> those that took its ground
        self.heirs: dict[str, list[str]] = {}
        self._same_province: dict[str, str] = {}
        for row in earlier:
            self._enter_earlier(row)
        printed: dict[str, list[Place]] = {}
        for place in self.places.values():
            printed.setdefault(place.name, []).append(place)
        keys = _fold_names(printed)
        self.by_name: dict[str, list[Place]] = {}
        for key, named in zip(keys, printed.values(), strict=True):
            self.by_name.setdefault(key, []).extend(named)
        #: names that are printed with a dash in them
        self.dashed = {key for key, name in zip(keys, printed, strict=True) if " - " in name}
        aliases = list(aliases)
        keys = _fold_names(part for surface, name, _ in aliases for part in (surface, name))
        for (surface, _, level), key, of_name in zip(aliases, keys[::2], keys[1::2], strict=True):
            named = self.by_name.setdefault(key, [])
            if "-" in surface:
                self.dashed.add(key)
            named += [p for p in self.by_name.get(of_name, ()) if p.level == level and p not in named]
        self._above: dict[str, set[str]] = {}

    def _enter_earlier(self, row: dict[str, str]) -> None:
        old = Place(
            row["place_id"],
            row["level"],
            row["type"],
            row["name"],
            row["parent_id"],
            valid_to=row["valid_to"],
        )
        self.places[old.place_id] = old
        self.heirs[old.place_id] = row["became"].split()
        if row["change"] == "merged":
            return
        for heir in self.heirs[old.place_id]:
            self.places[heir] = self.places[heir]._replace(valid_from=_next_day(old.valid_to))
        if old.level == "province":
            (heir,) = self.heirs[old.place_id]
            self._same_province |= {old.place_id: heir, heir: old.place_id}

    def find(
        self, name: str, *, level: str | None = None, type: str | None = None, on: str | None = None
    ) -> list[Place]:
        """Units of a name, in any spelling, old and new; those that existed at `on`."""
        return [
            p
            for p in self.by_name.get(name_key(name), ())
            if level in (None, p.level) and type in (None, p.type) and p.is_valid(on)
        ]

    def ancestors(self, place: Place) -> set[str]:
        """Ids of all units that hold or held `place`; a province that took another name counts under both."""
        if (above := self._above.get(place.place_id)) is not None:
            return above
        above = self._above[place.place_id] = set()
        todo = [place.parent_id, place.later_parent_id]
        while todo:
            place_id = todo.pop()
            parent = self.places.get(place_id)
            if parent and place_id not in above:
                above.add(place_id)
                todo += [parent.parent_id, parent.later_parent_id, self._same_province.get(place_id, "")]
        return above


def name_key(name: str) -> str:
    """The form under which names are looked up: Thừa Thiên-Huế and Thừa Thiên - Huế, Đắk and Đăk are one.

    >>> name_key("Thừa Thiên – Huế"), name_key("Đăk R’Lấp")
    ('thừa thiên huế', 'đắk rlấp')
    """
    return _normalize(search_form(name))


def search_key(search: str) -> str:
    """`name_key` of text that is in search form already."""
    return search if is_key(search) else _normalize(search)


def is_key(search: str) -> bool:
    """Whether text in search form, and so each beginning of it, is its own key."""
    if "-" in search or "'" in search or "  " in search:
        return False
    return not (("đ" in search or "d" in search) and _DAK.search(search))


def _normalize(search: str) -> str:
    if "-" in search:
        search = search.replace(" - ", " ").replace(" -", " ").replace("- ", " ").replace("-", " ")
    while "  " in search:
        search = search.replace("  ", " ")
    return _DAK.sub("đắk", search.replace("'", ""))


def _fold_names(names: Iterable[str]) -> list[str]:
    # One text for all: folding 8,000 names one by one takes four times as long.
    return _normalize(search_form("\n".join(names))).split("\n")


def _read_places(lexicon: Lexicon) -> Iterable[Place]:
    text = (lexicon.folder / "places.csv").read_text(encoding="utf-8")
    # The script writes no quotes and no commas within a cell (tests/test_gazetteer.py): the quick way to part
    # them will do.
    rows = text[text.index("\nplace_id,") + 1 :].splitlines()[1:]
    return [Place._make(row.split(",")) for row in rows]


def _next_day(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))


@lru_cache(maxsize=4)
def load_gazetteer(lexicon: Lexicon) -> Gazetteer:
    """The gazetteer of a lexicon; the same object each time. Raises LexiconError."""
    areas = lexicon.entries("place_areas")
    places = [*_read_places(lexicon), *(Place(a["place_id"], a["level"], "", a["name"], a["parent_id"]) for a in areas)]
    others = [*lexicon.entries("place_aliases"), *areas]
    return Gazetteer(places, [(o["surface"], o["name"], o["level"]) for o in others], lexicon.entries("places_earlier"))
