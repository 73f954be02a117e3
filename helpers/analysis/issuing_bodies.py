"""Bodies by a name that says of which place they are: whoever gets a question must know that it is meant.

    "Công an tỉnh" in an article about tỉnh Hà Tĩnh                     -> "Công an tỉnh Hà Tĩnh"
    "Ban Thường vụ Thị ủy" beside "Ban Thường vụ Thị ủy Kỳ Anh"          -> "Ban Thường vụ Thị ủy Kỳ Anh"

The place is the one that was read with the body wherever the article names it so; where there are two, the name stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from helpers.analysis.cited_documents import names_place
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

#: level of an ending -> levels of units it may be of
_LEVELS = {
    "province": ("province",),
    "city": ("province", "district"),
    "district": ("district",),
    "commune": ("commune",),
}

define("body_endings", surface=TEXT, type=TEXT, level=Column(values=tuple(_LEVELS)), note=NOTE)


class Place(NamedTuple):
    """A unit: `thị xã`, `Kỳ Anh`, `district`; the type is empty where no article prints it."""

    type: str
    name: str
    level: str

    @property
    def printed(self) -> str:
        """With its type."""
        return f"{self.type} {self.name}".strip()


class Body(NamedTuple):
    """A body that an article names."""

    name: str
    place_id: str | None


@cache
def _endings() -> list[tuple[str, str, tuple[str, ...]]]:
    """Last words of bodies that leave their place out, the longest first; the type of it and the levels."""
    rows = Lexicon.load("vi").entries("body_endings")
    found = [(search_form(row["surface"]), search_form(row["type"]), _LEVELS[row["level"]]) for row in rows]
    return sorted(found, key=lambda row: -len(row[0]))


def _may_be_of(said: str, place: Place) -> bool:
    """Whether a body leaves out this place: `Thị ủy` that of a town, `Công an tỉnh` that of a province."""
    found = next((row for row in _endings() if f" {said}".endswith(f" {row[0]}")), None)
    if found is None:
        return False
    _, kind, levels = found
    return search_form(place.type) == kind if place.type else place.level in levels


def name_in_full(name: str, bodies: Iterable[Body], places: Mapping[str, Place]) -> str:
    """The name of a body with its place, if exactly one fits.

    Args:
        bodies: those of the article. places: by id.

    >>> name_in_full("Công an tỉnh", [Body("Công an tỉnh", "42")], {"42": Place("", "Hà Tĩnh", "province")})
    'Công an tỉnh Hà Tĩnh'
    """
    if names_place(name):
        return name
    said = search_form(name)
    bodies = list(bodies)
    place_ids = {body.place_id for body in bodies if search_form(body.name) == said}
    (place_id,) = place_ids if len(place_ids) == 1 else (None,)
    if place_id is None:
        return name
    longer = {
        body.name: None for body in bodies
        if body.place_id == place_id and search_form(body.name).startswith(f"{said} ") and names_place(body.name)
    }  # fmt: skip
    if len(longer) == 1:
        return next(iter(longer))
    place = places.get(place_id)
    return f"{name} {place.name}" if place and _may_be_of(said, place) else name
