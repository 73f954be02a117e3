"""Places are found, typed, and tied to the right unit: cases of the analysts, lists, hostile input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.places import nearest_unit, propose_places
from helpers.extract.span import Mention, Reading, resolve_overlaps
from helpers.lexicon import Lexicon
from helpers.normalize import fold

LEXICON = Lexicon.load("vi")
CONTRACT = Path(__file__).parent / "cases" / "contract.jsonl"
GOLD = Path(__file__).parent / "gold" / "seeds-gold.json"
SEEDS = Path(__file__).parents[1] / "seeds"


def read(text: str, date: str | None = None) -> list[Mention]:
    """The places of a text that stand after overlaps are resolved, with their surfaces."""
    mentions = resolve_overlaps(
        propose_places(Reading(Document("case", text, published=date), fold(text), [], []), LEXICON)
    )
    for m in mentions:
        m.surface = text[m.start : m.end]
    return mentions


@pytest.mark.parametrize("case", read_cases("places"), ids=lambda c: f"{c['surface'] or 'none'}: {c['text'][:30]}")
def test_case_is_read_as_the_analyst_says(case):
    found = read(case["text"], case["date"] or None)
    if not case["surface"]:
        assert [m.surface for m in found] == []
        return
    (mention,) = (m for m in found if m.surface == case["surface"])
    assert (mention.fields["type"] or "", mention.fields["level"]) == (case["type"], case["level"])
    assert (mention.fields["place_id"] or "") == case["place_id"]
    if case["candidates"] == "many":
        assert len(mention.fields["candidates"]) > 1
    else:
        assert mention.fields["candidates"] == case["candidates"].split()


def test_contract_examples_hold_their_places():
    for line in CONTRACT.read_text(encoding="utf-8").splitlines():
        example = json.loads(line)
        found = {m.surface: m for m in read(example["input"]["text"], example["input"].get("date"))}
        for wanted in example["mentions"]:
            if wanted["kind"] == "place":
                got = found[wanted["surface"]]
                assert (got.start, got.fields["level"]) == (wanted["start"], wanted["level"])
                assert len(got.fields["candidates"]) == len(wanted["candidates"])


@pytest.mark.parametrize("article", json.loads(GOLD.read_text(encoding="utf-8"))["articles"], ids=lambda a: a["file"])
def test_every_place_of_the_seeds_is_found(article):
    text = (SEEDS / article["file"]).read_text(encoding="utf-8")
    found = {(m.start, m.end) for m in read(text, article["date"]["value"])}
    wanted = {
        tuple(mention["span"]): mention["surface"]
        for place in article["places"]
        # what is generic, a part of a unit or a direction from it is no named place of its own
        if place["canonical"] and not place["level"].startswith(("part of", "region (informal)"))
        for mention in place["mentions"]
        if not mention.get("implicit") and not mention.get("short_form")
    }
    assert {surface for span, surface in wanted.items() if span not in found} == set()


def test_one_place_in_two_spellings_is_one_entity():
    mentions = read("TX Kỳ Anh (Hà Tĩnh) lớn nhanh. Thị xã Kỳ Anh có 11 xã, phường.", "2023-07")
    assert len({m.entity_id for m in mentions if m.fields["name"] == "Kỳ Anh"}) == 1


def test_level_word_alone_means_the_articles_own_unit():
    mentions = read("TX Kỳ Anh (Hà Tĩnh) và huyện Kỳ Anh (Hà Tĩnh) ký kết.", "2023-07")
    assert nearest_unit("thị xã", 50, mentions).fields["place_id"] == "449"
    assert nearest_unit("tỉnh", 50, mentions).fields["place_id"] == "42"
    assert nearest_unit("phường", 50, mentions) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xã",
        "xã ",
        "TP.",
        "7" * 100_000,
        "“" * 50_000,
        "xã Kỳ Hà, " * 5_000,
        "Hà Nội " * 5_000,
        "huyện " * 20_000,
    ],
)
def test_odd_input_is_read_without_an_error(text):
    for mention in read(text):
        assert 0 <= mention.start < mention.end <= len(text)
