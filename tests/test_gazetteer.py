"""The gazetteer is whole and consistent, and every unit in it is found again in a sentence."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from helpers.corpus.document import Document
from helpers.extract.gazetteer import REFORM, Place, load_gazetteer, name_key
from helpers.extract.places import propose_places
from helpers.extract.span import Reading
from helpers.lexicon import Lexicon
from helpers.normalize import fold

LEXICON = Lexicon.load("vi")
GAZETTEER = load_gazetteer(LEXICON)
ROWS = LEXICON.entries("places")
UNITS = [p for p in GAZETTEER.places.values() if p.type]


def read(text: str, date: str | None) -> list:
    return propose_places(Reading(Document("case", text, published=date), fold(text), [], []), LEXICON)


def date_of(place: Place) -> str:
    """A date on which the unit existed."""
    return place.valid_from or place.valid_to or "2024-12-31"


def parents_of(place: Place) -> list[Place]:
    """The unit's parents at that time, the nearest first; without the country."""
    above, parent = [], GAZETTEER.places[place.parent_on(date_of(place))]
    while parent.type:
        above.append(parent)
        parent = GAZETTEER.places[parent.parent_on(date_of(place))]
    return above


def test_all_units_before_and_after_the_reform_are_there():
    before = Counter(r["level"] for r in ROWS if not r["valid_from"])
    after = Counter(r["level"] for r in ROWS if not r["valid_to"])
    assert before == {"province": 63, "district": 696, "commune": 10_035}
    assert after == {"province": 34, "commune": 3_321}


def test_ids_are_unique_and_parents_exist():
    ids = [r["place_id"] for r in ROWS] + [r["place_id"] for r in LEXICON.entries("places_earlier")]
    assert len(ids) == len(set(ids))
    parents = {p for r in ROWS for p in (r["parent_id"], r["later_parent_id"]) if p}
    assert parents - {"VN"} <= set(ids)


def test_quick_reading_gives_what_the_checked_one_gives():
    dated_by_hand = {h for r in LEXICON.entries("places_earlier") for h in r["became"].split()}
    for row in ROWS:
        if row["place_id"] not in dated_by_hand:
            assert tuple(row.values()) == tuple(GAZETTEER.places[row["place_id"]])
    assert GAZETTEER.places["46"].valid_from == "2025-01-01"  # thành phố Huế, tỉnh Thừa Thiên Huế until then


def test_every_commune_and_province_that_ended_has_a_heir_that_exists():
    changes = defaultdict(list)
    for row in LEXICON.entries("place_changes"):
        assert row["changed_on"] == REFORM
        changes[row["from_id"]].append(row["to_id"])
    ended = {r["place_id"] for r in ROWS if r["valid_to"] and r["level"] != "district"}
    assert ended <= set(changes)
    assert {h for heirs in changes.values() for h in heirs} <= {r["place_id"] for r in ROWS if not r["valid_to"]}


def test_change_says_what_happened():
    changes = {(r["from_id"], r["to_id"]): r["change"] for r in LEXICON.entries("place_changes")}
    assert changes["18829", "18814-2025"] == "merged"  # xã Kỳ Hoa of the town into the new xã Kỳ Hoa
    assert changes["18796", "18823-2025"] == "divided"  # xã Kỳ Lợi: a part into phường Vũng Áng
    n_heirs = Counter(from_id for from_id, _ in changes)
    assert all((n_heirs[from_id] > 1) == (change == "divided") for (from_id, _), change in changes.items())


def test_three_units_are_called_ky_anh():
    assert [(p.place_id, p.type) for p in GAZETTEER.find("Kỳ Anh")] == [
        ("447", "huyện"), ("449", "thị xã"), ("18775-2025", "xã"),
    ]  # fmt: skip
    assert [p.place_id for p in GAZETTEER.find("Kỳ Anh", on="2026-01")] == ["18775-2025"]


@pytest.mark.parametrize(
    ("on", "is_valid"), [("2025-06", True), ("2025-07", False), ("2025", True), ("2024", True), (None, True)]
)
def test_old_unit_is_valid_as_far_as_the_date_tells(on, is_valid):
    assert GAZETTEER.places["447"].is_valid(on) is is_valid


WAYS = {
    "commas": lambda p, above: ", ".join(f"{u.type} {u.name}" for u in (p, *above)),
    "brackets": lambda p, above: (
        f"{p.type} {p.name}" + (f" ({', '.join(f'{u.type} {u.name}' for u in above)})" if above else "")
    ),
    "bare parents": lambda p, above: " - ".join(
        [
            f"{p.type.capitalize()} {p.name}",
            *(f"{u.type} {u.name}" if u.name.isdigit() else u.name for u in above),
        ]
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_unit_written_with_its_parents_resolves_to_its_id(way):
    lost = []
    for place in UNITS:
        text = f"Sự việc xảy ra tại {WAYS[way](place, parents_of(place))}."
        found = read(text, date_of(place))
        if not found or found[0].fields["place_id"] != place.place_id:
            lost.append((text, place.place_id, found[0].fields if found else None))
    assert lost == []


def test_every_bare_name_that_two_units_share_stays_ambiguous():
    named = defaultdict(list)
    for place in UNITS:
        if place.is_valid("2023-07"):
            named[name_key(place.name)].append(place)
    resolved, n_read = [], 0
    for places in named.values():
        # The name of a province means the province; a number alone is no name.
        if len(places) < 2 or any(p.level == "province" for p in places) or places[0].name.isdigit():
            continue
        for mention in read(f"Sự việc xảy ra tại {places[0].name}.", "2023-07"):
            n_read += 1
            if mention.fields["place_id"] or len(mention.fields["candidates"]) < 2:
                resolved.append((places[0].name, mention.fields))
    assert resolved == []
    assert n_read > 1_200  # the others are one syllable, or begin with a family name


def test_areas_abroad_are_consistent_and_share_no_name_with_a_unit():
    places, unit_names = {}, {name_key(p.name) for p in UNITS}
    for row in LEXICON.entries("place_areas"):
        place = (row["level"], row["name"], row["parent_id"])
        assert places.setdefault(row["place_id"], place) == place
        # else a bare name that only units of Vietnam bear would no longer come back ambiguous
        if row["level"] in ("province", "district", "site"):
            assert name_key(row["surface"]) not in unit_names, row["surface"]
    assert {parent for _, _, parent in places.values()} - {""} <= set(places)
