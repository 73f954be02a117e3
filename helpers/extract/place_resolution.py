"""Which unit a place name means: by its type, its parent beside it, the article's other places
and the article's date.

    tại Kỳ Anh (Hà Tĩnh), 2023 -> ambiguous: huyện Kỳ Anh or thị xã Kỳ Anh; xã Kỳ Hoa, 2023 ->
    the one of thị xã Kỳ Anh

What stays open stays open: `Hit.places` then holds every unit that fits, and nothing where the
text points to a unit
that the gazetteer does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from helpers.extract.gazetteer import REFORM, Gazetteer, Place
from helpers.extract.place_acceptance import NO_PLACE, Context, accept_hits, inside
from helpers.extract.place_hits import Hit
from helpers.extract.span import Reading
from helpers.patterns import late
from helpers.schema import LEVELS

_BEFORE_PARENT = late(
    regex.compile, r"(?:\s?[,(\[]\s?|\s[-–]\s|\s)(?:(?:thuộc|của|ở|tại)\s)?(?:(?:khu vực|địa bàn|địa phận)\s)?", regex.I
)
_AFTER_YEAR = re.compile(r"\b(?![.,]\d{3})")
_DISTRICTS = ("huyện ", "thị xã ", "quận ")
_RANK = {level: i for i, level in enumerate(LEVELS)}


def resolve_hits(reading: Reading, gazetteer: Gazetteer, hits: list[Hit]) -> list[Hit]:
    """The hits that are places, each with the units that fit in `places`."""
    units = sorted((h for h in hits if h.rule != "bare_area"), key=_in_reading_order)
    # A country or a city abroad is one place, and holds no unit that the article would leave open.
    areas = [h for h in hits if h.rule == "bare_area" and h.support not in ("person", "other")]
    for hit in areas:
        hit.places = hit.found
    if units:
        units = _resolve_units(reading, gazetteer, units)
    return sorted(units + areas, key=_in_reading_order) if areas else units


def _in_reading_order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _resolve_units(reading: Reading, gazetteer: Gazetteer, hits: list[Hit]) -> list[Hit]:
    _link_parents(reading, gazetteer, hits)
    context = _open_context(reading, hits)
    hits = accept_hits(reading, gazetteer, hits, context)
    for hit in hits:
        hit.possible = _possible(hit, context) if len(hit.found) > 1 else hit.found
    sure = [h for h in reversed(hits) if h.found and _is_sure(h, gazetteer)]
    for hit in sure:
        if hit.places[0].type:
            context.named.add(hit.places[0].place_id)
            context.named |= gazetteer.ancestors(hit.places[0])
    context.named.discard("VN")
    # From the back: a parent stands behind its child.
    for hit in reversed(hits):
        hit.places = _fitting(hit, gazetteer, context)
    return hits


def _link_parents(reading: Reading, gazetteer: Gazetteer, hits: list[Hit]) -> None:
    plain = reading.plain
    for hit, following in pairwise(hits):
        if following.start - hit.end > 24 or not _leads_to_parent(plain[hit.end : following.start]):
            continue
        if hit.bare and hit.below and hit.level == following.level == "province":
            _take_as_district(hit, following, gazetteer)
        if _RANK[following.level] < _RANK[hit.level] and _may_hold(following, hit, gazetteer):
            hit.above = following
            following.below += (hit,)
            if following.bare:
                # "xã Xuân Yên, Nghi Xuân": the district, not the town of that name
                following.named = following.found
                following.found = [p for p in following.found if _RANK[p.level] < _RANK[hit.level]] or following.found
    for hit in reversed(hits):
        if hit.first and hit.above and hit.first.above is None:
            hit.first.above = hit.above
    for hit in hits:
        if hit.first and hit.above is None:
            hit.above = hit.first.above


def _may_hold(outer: Hit, inner: Hit, gazetteer: Gazetteer) -> bool:
    """Whether a country or region may be named as the parent: `Mosul, Iraq`, not `Lào Cai - Trung Quốc`."""
    return outer.level not in ("country", "region") or not inner.found or inside(inner.found, outer.found, gazetteer)


@lru_cache(maxsize=1024)
def _leads_to_parent(gap: str) -> bool:
    # a few gaps make up nearly all: ", ", " (", " - "
    return _BEFORE_PARENT.fullmatch(gap) is not None


def _take_as_district(hit: Hit, following: Hit, gazetteer: Gazetteer) -> None:
    """`xã Hải Ninh - Quảng Ninh - Quảng Bình`: between a commune and a province stands a district."""
    ids = {p.place_id for p in following.found}
    if districts := [p for p in hit.named if p.level == "district" and ids & gazetteer.ancestors(p)]:
        hit.found, hit.level, hit.rule = districts, "district", "bare_unit"


def _open_context(reading: Reading, hits: list[Hit]) -> Context:
    on = reading.document.published
    context = Context(on.split("/")[0] if on else None, False)
    if on is None and any(len(hit.found) > 1 for hit in hits):
        _tell_date(reading.folded.search, context)
    for hit in hits:
        if not hit.bare and hit.found:
            context.typed.setdefault(hit.key, set()).add(hit.type or "")
        if hit.level == "province" and hit.support not in NO_PLACE:
            context.provinces |= {p.place_id for p in hit.found if p.level == "province"}
    return context


def _years(search: str) -> Iterator[int]:
    """The years from 1980 to 2049 in a text."""
    for century in ("19", "20"):
        at = search.find(century)
        while at >= 0:
            year = search[at : at + 4]
            is_free = not (at and search[at - 1].isalnum()) and _AFTER_YEAR.match(search, at + 4)
            if is_free and year.isdecimal() and "1980" <= year < "2050":
                yield int(year)
            at = search.find(century, at + 2)


def _tell_date(search: str, context: Context) -> None:
    """Notes what an undated article tells of its time."""
    years = list(_years(search))
    if years and max(years) < 2025:
        context.on = str(max(years))
    else:
        # There is no district since July 2025: who speaks of several writes before, or of "huyện Kỳ Anh cũ".
        n_districts = sum(search.count(word) - search.count(word + "cũ") for word in _DISTRICTS)
        context.before_reform = n_districts > 0 and not any(y > 2025 for y in years)


def _possible(hit: Hit, context: Context) -> Sequence[Place]:
    """The units of the name at the article's date; all of them where none existed then (`huyện
    Kỳ Anh cũ`)."""
    found = hit.found
    if hit.bare:
        found = [p for p in found if p.level == hit.level] if hit.level in ("country", "region", "province") else found
        if types := context.typed.get(hit.key):
            found = [p for p in found if p.type in types] or found
    else:
        # "huyện Trảng Bàng" of 2017 is a thị xã today: another type counts where the same one is nowhere.
        exact = [p for p in found if p.type == hit.type]
        if exact and (_is_dated(exact, context) or not _is_dated(found, context)):
            found = exact
    return _is_dated(found, context) or found


def _is_dated(places: Sequence[Place], context: Context) -> Sequence[Place]:
    if context.before_reform:
        return [p for p in places if p.valid_from < REFORM]
    return [p for p in places if p.is_valid(context.on)] if context.on else places


def _is_sure(hit: Hit, gazetteer: Gazetteer) -> bool:
    """Whether the name, its type, date and parent alone leave one unit; notes it."""
    if hit.above and hit.above.found and not hit.above.places:
        _is_sure(hit.above, gazetteer)
    hit.places = _below(hit.possible, hit, gazetteer)
    if len(hit.places) != 1:
        return False
    # The name of one commune in the country may be that of an older one elsewhere.
    return hit.level in ("country", "region", "province", "district") or bool(hit.above)


def _below(places: Sequence[Place], hit: Hit, gazetteer: Gazetteer) -> Sequence[Place]:
    """Those of `places` that lie in the unit that stands behind the name."""
    above = hit.above
    if not places or above is None:
        return places
    while above and not above.found:
        above = above.above
    if above is None:
        return places
    ids = {p.place_id for p in above.places or above.found}
    # "xã Thạch Châu, huyện Lộc Hà": the communes of a district that ended stand under those that took them.
    ids |= {heir for place_id in ids for heir in gazetteer.heirs.get(place_id, ())}
    inside = [p for p in places if ids & gazetteer.ancestors(p)]
    if not inside and len(places) < len(hit.found):
        inside = [p for p in hit.found if ids & gazetteer.ancestors(p)]
    return inside


def _fitting(hit: Hit, gazetteer: Gazetteer, context: Context) -> Sequence[Place]:
    if not hit.found:
        return []
    places = _below(hit.possible, hit, gazetteer)
    if hit.level in ("country", "region", "province") or (len(places) == 1 and hit.level != "commune"):
        return places
    named = context.named
    near = [p for p in places if p.place_id in named or not named.isdisjoint(gazetteer.ancestors(p))]
    if len(near) > 1:
        # the unit of a district that the article names before one of the same province
        direct = [p for p in near if p.parent_id in named or p.later_parent_id in named]
        near = direct or near
    if near:
        return near
    # A commune of another province than those the article is about: an older unit that the gazetteer lacks.
    return [] if hit.level == "commune" and named and not hit.above else places
