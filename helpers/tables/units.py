"""Rows of the table `units`: what articles name of Vietnam's units and of the world, as it stood and what it became.

    rows["units"] = unit_rows(rows["places"], lexicon)

A unit has two parents where the reform of July 2025 took its district away; which one held at an article's date, the
article's own row in `places` says. A district that ended with its level became the communes that took those below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.gazetteer import REFORM, Gazetteer, Place, load_gazetteer
from helpers.lexicon import Lexicon

Row = dict[str, object]
_LAST_DAY = "2025-06-30"


class Change(NamedTuple):
    """What became of a unit: how, into which, and when."""

    change: str
    became: tuple[str, ...]
    on: str


def unit_rows(places: Iterable[Row], lexicon: Lexicon) -> list[Row]:
    """The rows, from those of table `places`: each unit named or meant, all above it, and what they became."""
    gazetteer, changes = load_gazetteer(lexicon), _changes(lexicon)
    known: dict[str, Place] = {}
    named = set(_ids(places))
    _enter(named, gazetteer, known)
    heirs = {heir for place_id in list(known) for heir in changes.get(place_id, Change("", (), "")).became}
    _enter(heirs, gazetteer, known)
    return [_row(known[place_id], changes.get(place_id)) for place_id in sorted(known)]


def _ids(places: Iterable[Row]) -> Iterator[str]:
    for place in places:
        ids = (place["place_id"], place["parent"], *(place["candidates"] or ()))  # type: ignore[misc]
        yield from (i for i in ids if i)


def _enter(place_ids: Iterable[str], gazetteer: Gazetteer, known: dict[str, Place]) -> None:
    """Adds to `known` the units of these ids and all above them."""
    todo = list(place_ids)
    while todo:
        place = gazetteer.places.get(todo.pop())
        if place is not None and place.place_id not in known:
            known[place.place_id] = place
            todo += [i for i in (place.parent_id, place.later_parent_id) if i]


def _row(place: Place, change: Change | None) -> Row:
    return {
        "place_id": place.place_id, "name": place.name, "type": place.type or None, "level": place.level,
        "parent_id": place.parent_id or None, "later_parent_id": place.later_parent_id or None,
        "valid_from": place.valid_from or None, "valid_to": place.valid_to or None,
        "change": change.change if change else None, "became": list(change.became) if change else [],
        "became_on": change.on if change else None,
    }  # fmt: skip


@lru_cache(maxsize=2)
def _changes(lexicon: Lexicon) -> dict[str, Change]:
    """Unit -> what became of it."""
    found: dict[str, Change] = {}
    for row in lexicon.entries("place_changes"):
        earlier = found.get(row["from_id"])
        became = (*(earlier.became if earlier else ()), row["to_id"])
        found[row["from_id"]] = Change(row["change"], became, row["changed_on"])
    gazetteer = load_gazetteer(lexicon)
    for row in lexicon.entries("places_earlier"):
        heirs = tuple(row["became"].split())
        found[row["place_id"]] = Change(row["change"], heirs, gazetteer.places[heirs[0]].valid_from or row["valid_to"])
    return found | _dissolved(gazetteer, found)


def _dissolved(gazetteer: Gazetteer, changes: dict[str, Change]) -> dict[str, Change]:
    """Each district that ended with its level -> the communes that hold its ground since."""
    below: dict[str, dict[str, None]] = {}
    for place in gazetteer.places.values():
        if place.level == "commune":
            change = changes.get(place.place_id)
            stayed = (place.place_id,) if place.is_valid(REFORM) else ()
            below.setdefault(place.parent_id, {}).update(dict.fromkeys(change.became if change else stayed))
    return {
        place.place_id: Change("dissolved", tuple(below.get(place.place_id, ())), REFORM)
        for place in gazetteer.places.values()
        if place.level == "district" and place.valid_to == _LAST_DAY and place.place_id not in changes
    }
