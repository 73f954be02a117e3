"""Places: named units, sites and roads of an article, tied to the gazetteer.

    >>> lexicon = Lexicon.load("vi")
    >>> text = "Công an xã Kỳ Lợi, Kỳ Hà (thị xã Kỳ Anh)"
    >>> reading = Reading(Document("1", text, published="2023-07"), fold(text), [], [])
    >>> [(m.fields["type"], m.fields["name"], m.fields["place_id"]) for m in propose_places(reading, lexicon)]
    [('xã', 'Kỳ Lợi', '18796'), ('xã', 'Kỳ Hà', '18808'), ('thị xã', 'Kỳ Anh', '449')]

typed_places.py and bare_places.py find the names, place_resolution.py chooses the unit.
"""

from __future__ import annotations

from bisect import bisect_left

from helpers.corpus.document import Document  # noqa: F401  (doctest)
from helpers.extract.bare_places import find_places
from helpers.extract.gazetteer import load_gazetteer
from helpers.extract.place_hits import Hit
from helpers.extract.place_resolution import resolve_hits
from helpers.extract.span import STRONG, USUAL, WEAK, Mention, Reading
from helpers.lexicon import Lexicon
from helpers.normalize import fold  # noqa: F401  (doctest)

_STRENGTH = {"bare_province": USUAL, "bare_area": WEAK, "bare_unit": WEAK, "shared_type": STRONG}


def nearest_unit(word: str, position: int, places: list[Mention]) -> Mention | None:
    """The place that `tỉnh`, `huyện`, `thị xã` ... alone means at a position: the only unit of
    that type in the
    article, else the last one named before; None where there is none.

    Args:
        word: type word as `fields["type"]` writes it.
        places: the article's place mentions.
    """
    same = [m for m in places if m.fields["type"] == word or (word == "tỉnh" and _is_plain_province(m))]
    if len({m.entity_id for m in same}) <= 1:
        return same[0] if same else None
    before = [m for m in same if m.start < position]
    return before[-1] if before else same[0]


def _is_plain_province(mention: Mention) -> bool:
    return mention.fields["level"] == "province" and mention.fields["type"] is None and mention.rule != "bare_area"


class PlacesByType:
    """The places of an article, as its level words alone point to them; `nearest_unit`, many times over."""

    def __init__(self, places: list[Mention]) -> None:
        self._places: dict[str, list[Mention]] = {}
        for mention in places:
            if type_ := mention.fields["type"]:
                self._places.setdefault(type_, []).append(mention)
            if type_ == "tỉnh" or _is_plain_province(mention):
                self._places.setdefault("", []).append(mention)
        self._starts = {type_: [m.start for m in same] for type_, same in self._places.items()}
        self._are_one = {type_: len({m.entity_id for m in same}) == 1 for type_, same in self._places.items()}

    def nearest(self, word: str, position: int) -> Mention | None:
        """See `nearest_unit`."""
        word = "" if word == "tỉnh" else word
        same = self._places.get(word)
        if same is None:
            return None
        return same[0 if self._are_one[word] else max(0, bisect_left(self._starts[word], position) - 1)]


def _mention(hit: Hit, plain: str, published: str | None) -> Mention:
    places, type_, level, rule = hit.places, hit.type, hit.level, hit.rule
    candidates: list[str] = []
    place_id = parent = None
    if len(places) == 1:
        (place,) = places
        place_id, level = place.place_id, place.level
        parent = place.parent_on(published) or None
        known = place_id
    else:
        known = f"{type_ or level}:{hit.key}"
        candidates = [p.place_id for p in places]
        if hit.above and len(hit.above.places) == 1:
            parent = hit.above.places[0].place_id
    fields = {
        "name": plain[hit.name_start : hit.end], "type": type_, "level": level, "place_id": place_id,
        "candidates": candidates, "parent": parent,
    }  # fmt: skip
    strength = _STRENGTH.get(rule, STRONG)
    return Mention("place", hit.start, hit.end, rule, fields, strength, hit.inferred, "place:" + known)


def propose_places(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """The places named in a document, in reading order."""
    gazetteer = load_gazetteer(lexicon)
    hits = resolve_hits(reading, gazetteer, find_places(reading, lexicon))
    plain, published = reading.plain, reading.document.published
    return [_mention(hit, plain, published) for hit in hits]
