"""Organisations: a head word, what it deals with, its level and place.

    [Công an thị xã Kỳ Anh]; [Sở Nông nghiệp và PTNT]; [Chi bộ Đội An ninh - Công an TX Kỳ Anh];
    [Đội an ninh (Công an
    thị xã Kỳ Anh)]; [Công an xã Kỳ Lợi], [Kỳ Hà], [Kỳ Hoa]: three police stations under one head

Words: organisation_heads.csv, organisation_topics.csv. The places come from places.py and stay
mentions of their own.
"""

from __future__ import annotations

from bisect import bisect_left

from helpers.extract.organisation_reader import Organisation, OrganisationReader
from helpers.extract.organisation_words import organisation_words
from helpers.extract.places import propose_places
from helpers.extract.span import STRONG, USUAL, Mention, Reading
from helpers.lexicon import Lexicon


def _mention(organisation: Organisation, reading: Reading) -> Mention:
    place = organisation.place
    fields = {
        "name": organisation.name or reading.plain[organisation.start : organisation.end],
        "type": organisation.head.type,
        "level": organisation.level,
        "place": " ".join(filter(None, (place.fields["type"], str(place.fields["name"])))) if place else None,
        "place_id": place.fields["place_id"] if place else None,
    }
    inferred = (("place",) if organisation.place_inferred else ()) + (
        ("type",) if organisation.rule == "shared_head" else ()
    )
    rule = organisation.rule
    if rule == "head_and_place" and place is None:
        rule = (
            "head_alone"
            if organisation.end - organisation.start == len(organisation.head.surface)
            else "head_and_field"
        )
    key = " ".join(organisation.key.replace("'", "").split())
    strength = STRONG if place or organisation.level_word else USUAL
    return Mention(
        "organisation",
        organisation.start,
        organisation.end,
        rule,
        fields,
        strength,
        inferred,
        f"organisation:{key}",
    )


def without_parts_of_names(places: list[Mention], organisations: list[Mention], plain: str) -> list[Mention]:
    """The places that are no part of a body's own name: `Bệnh viện Chợ Rẫy` names no market."""
    named = sorted((m.start, m.end) for m in organisations if m.fields["place"] is None)
    starts = [start for start, _ in named]

    def is_part(place: Mention) -> bool:
        if place.rule != "type_and_name" or place.fields["level"] != "site" or not plain[place.start].isupper():
            return False
        i = bisect_left(starts, place.start)
        return i > 0 and place.end <= named[i - 1][1]

    return [place for place in places if not is_part(place)]


def propose_organisations(reading: Reading, lexicon: Lexicon, *, places: list[Mention] | None = None) -> list[Mention]:
    """The organisations named in a document, in reading order.

    Args:
        places: what `propose_places` gave for the same reading, if it was called already.
    """
    if places is None:
        places = propose_places(reading, lexicon)
    reader = OrganisationReader(reading, organisation_words(lexicon), places)
    return [_mention(organisation, reading) for organisation in reader.read()]
