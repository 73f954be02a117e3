"""Places: named units, sites and roads of an article, tied to the gazetteer.

    >>> lexicon = Lexicon.load("vi")
    >>> text = "Công an xã Kỳ Lợi, Kỳ Hà (thị xã Kỳ Anh)"
    >>> reading = Reading(Document("1", text, published="2023-07"), fold(text), [], [])
    >>> [(m.fields["type"], m.fields["name"], m.fields["place_id"]) for m in propose_places(reading, lexicon)]
    [('xã', 'Kỳ Lợi', '18796'), ('xã', 'Kỳ Hà', '18808'), ('thị xã', 'Kỳ Anh', '449')]

typed_places.py and bare_places.py find the names, place_resolution.py chooses the unit.
"""

from __future__ import annotations

from helpers.corpus.document import Document  # noqa: F401  (doctest)
from helpers.extract.bare_places import find_places
from helpers.extract.gazetteer import Gazetteer, load_gazetteer
from helpers.extract.place_hits import Hit
from helpers.extract.place_resolution import resolve_hits
from helpers.extract.place_words import place_words
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
    return mention.fields["level"] == "province" and mention.fields["type"] is None


def _mention(hit: Hit, reading: Reading, gazetteer: Gazetteer) -> Mention:
    place = hit.places[0] if len(hit.places) == 1 else None
    level = place.level if place else hit.level
    above = hit.above.places[0] if hit.above and len(hit.above.places) == 1 else None
    parent = place.parent_on(reading.document.published) if place else above.place_id if above else None
    fields = {
        "name": reading.plain[hit.name_start : hit.end],
        "type": hit.type,
        "level": level,
        "place_id": place.place_id if place else None,
        "candidates": [p.place_id for p in hit.places] if len(hit.places) > 1 else [],
        "parent": parent or None,
    }
    known = place.place_id if place else f"{hit.type or level}:{hit.key}"
    return Mention(
        "place",
        hit.start,
        hit.end,
        hit.rule,
        fields,
        _STRENGTH.get(hit.rule, STRONG),
        hit.inferred,
        f"place:{known}",
    )


def propose_places(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """The places named in a document, in reading order."""
    words, gazetteer = place_words(lexicon), load_gazetteer(lexicon)
    hits = resolve_hits(reading, words, gazetteer, find_places(reading, words, lexicon))
    return [_mention(hit, reading, gazetteer) for hit in hits]
