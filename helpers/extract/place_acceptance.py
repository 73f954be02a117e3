"""Which names without a type word are places here: by what stands before them, beside them and elsewhere in the article.

tại [Kỳ Anh]; như [Hương Sơn], [Hương Khê] và [Vũ Quang]; bên bờ [Cát Hải], where the article names Hải Phòng
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

import regex

from helpers.extract.gazetteer import Gazetteer, Place
from helpers.extract.place_hits import Hit
from helpers.extract.place_words import ends_line, starts_sentence
from helpers.extract.span import Reading
from helpers.patterns import late

_IN_LIST = late(regex.compile, r"\s?[,;]\s(?:và\s)?|\svà\s")
#: roles of the words before a name that make it a person's
NO_PLACE = ("person", "holder")


@dataclass(slots=True)
class Context:
    """What the article says of its own ground: its date, the ids of units it names, how they are typed, and the
    provinces it names."""

    on: str | None
    before_reform: bool
    named: set[str] = field(default_factory=set)
    typed: dict[str, set[str]] = field(default_factory=dict)
    provinces: set[str] = field(default_factory=set)


def accept_hits(reading: Reading, gazetteer: Gazetteer, hits: list[Hit], context: Context) -> list[Hit]:
    """The hits that are places."""
    accepted = {id(h) for h in hits if not h.bare or _is_place(h, gazetteer, context)}
    if len(accepted) == len(hits):
        return hits
    _accept_districts(reading, hits, context, accepted)
    _accept_lists(reading, hits, accepted)
    _accept_repeated(hits, accepted)
    return [h for h in hits if id(h) in accepted]


def _is_place(hit: Hit, gazetteer: Gazetteer, context: Context) -> bool:
    """Whether a name without a type word is a place here."""
    if hit.support in NO_PLACE:
        return False
    if hit.level == "province":
        return True
    if hit.key in context.typed:
        return True
    if hit.below and inside(hit.below[0].found, hit.found, gazetteer):
        return True
    if hit.above and inside(hit.found, hit.above.found, gazetteer):
        return True
    if " " not in hit.key:
        return False
    if hit.below and not hit.below[0].found and hit.level == "district":
        return True
    return hit.support == "support" and hit.level in ("district", "commune")


def _accept_districts(reading: Reading, hits: list[Hit], context: Context, accepted: set[int]) -> None:
    """Enters bare names of districts whose province the article names, `bên bờ Cát Hải` beside `Hải Phòng`, and those
    that stand together, `như Hương Sơn, Hương Khê và Vũ Quang`; no line of its own: that signs the article."""
    plain = reading.plain
    before: Hit | None = None
    for hit in hits:
        other = before
        before = (
            hit if hit.bare and hit.level == "district" and " " in hit.key and hit.support not in NO_PLACE else None
        )
        if before is None or id(hit) in accepted:
            continue
        if not _is_line(plain, hit) and (mine := [p for p in hit.found if _is_district_of(p, context.provinces)]):
            hit.found = mine
            accepted.add(id(hit))
        elif other and id(other) not in accepted and _goes_on(plain[other.end : min(hit.start, other.end + 8)]):
            parents = {p.parent_id for p in other.found if p.level == "district"}
            if same := [p for p in hit.found if _is_district_of(p, parents)]:
                shared = {p.parent_id for p in same}
                hit.found, other.found = same, [p for p in other.found if _is_district_of(p, shared)]
                accepted |= {id(hit), id(other)}


def _is_district_of(place: Place, provinces: set[str]) -> bool:
    return place.level == "district" and place.parent_id in provinces


def _is_line(plain: str, hit: Hit) -> bool:
    """Whether nothing but the name stands in its line, or it closes one as a sentence of its own."""
    return starts_sentence(plain, hit.start) and ends_line(plain, hit.end)


def _accept_lists(reading: Reading, hits: list[Hit], accepted: set[int]) -> None:
    """Enters bare names beside an accepted one of the same parent: `một số xã như Phước An,
    Phước Thành, Phước Hòa`."""
    for pairs in (pairwise(hits), pairwise(reversed(hits))):
        for known, other in pairs:
            if id(known) in accepted and id(other) not in accepted and other.support not in NO_PLACE:
                a, b = (known, other) if known.start < other.start else (other, known)
                if _goes_on(reading.plain[a.end : min(b.start, a.end + 8)]) and " " in other.key:
                    parents = {p.parent_id for p in known.found if p.level in ("district", "commune")}
                    if same := [p for p in other.found if p.parent_id in parents]:
                        other.found, other.level = same, same[0].level
                        accepted.add(id(other))
                    elif known.level == "province" and known.start < other.start and other.level == "district":
                        other.found = [p for p in other.found if p.level == "district"]  # "đi Đà Nẵng, Hội An"
                        accepted.add(id(other))


def _accept_repeated(hits: list[Hit], accepted: set[int]) -> None:
    """Enters the bare names of districts that are places elsewhere in the article."""
    known = {h.key: h for h in hits if id(h) in accepted and h.bare and h.level == "district" and " " in h.key}
    for hit in hits:
        if id(hit) not in accepted and hit.level == "district" and hit.key in known and hit.support not in NO_PLACE:
            hit.found = known[hit.key].found
            accepted.add(id(hit))


def inside(inner: Sequence[Place], outer: Sequence[Place], gazetteer: Gazetteer) -> bool:
    ids = {p.place_id for p in outer}
    return any(ids & gazetteer.ancestors(p) for p in inner)


@lru_cache(maxsize=1024)
def _goes_on(gap: str) -> bool:
    return len(gap) < 8 and _IN_LIST.fullmatch(gap) is not None
