"""Organisations are found whole, with level and place, and their spellings joined."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.organisations import propose_organisations
from helpers.extract.span import Mention, Reading, resolve_overlaps
from helpers.lexicon import Lexicon
from helpers.normalize import fold

LEXICON = Lexicon.load("vi")
GOLD = Path(__file__).parent / "gold" / "seeds-gold.json"
SEEDS = Path(__file__).parents[1] / "seeds"


def read(text: str, date: str | None = None) -> list[Mention]:
    """The organisations of a text that stand after overlaps are resolved, with their surfaces."""
    reading = Reading(Document("case", text, published=date), fold(text), [], [])
    mentions = resolve_overlaps(propose_organisations(reading, LEXICON))
    for m in mentions:
        m.surface = text[m.start : m.end]
    return mentions


@pytest.mark.parametrize(
    "case", read_cases("organisations"), ids=lambda c: f"{c['surface'] or 'none'}: {c['text'][:30]}"
)
def test_case_is_read_as_the_analyst_says(case):
    found = read(case["text"], case["date"] or None)
    if not case["surface"]:
        assert [m.surface for m in found] == []
        return
    (mention,) = (m for m in found if m.surface == case["surface"])
    fields = mention.fields
    assert (fields["type"], fields["level"] or "") == (case["type"], case["level"])
    if case["place_id"]:
        assert fields["place_id"] == case["place_id"]


def test_spellings_of_one_organisation_share_an_entity():
    groups = defaultdict(set)
    for case in read_cases("organisations"):
        if case["entity"]:
            groups[case["entity"]] |= {
                m.entity_id for m in read(case["text"], case["date"]) if m.surface == case["surface"]
            }
    assert {name: len(ids) for name, ids in groups.items()} == dict.fromkeys(groups, 1)
    assert groups["a"] != groups["d"]


@pytest.mark.parametrize("article", json.loads(GOLD.read_text(encoding="utf-8"))["articles"], ids=lambda a: a["file"])
def test_every_organisation_of_the_seeds_is_found(article):
    text = (SEEDS / article["file"]).read_text(encoding="utf-8")
    found = read(text, article["date"]["value"])
    missed = []
    for organisation in article["organisations"]:
        if organisation.get("generic") or organisation.get("metonymy"):
            continue
        for mention in organisation["mentions"]:
            start, end = mention["span"]
            if not mention.get("coreference") and not any(m.start < end and start < m.end for m in found):
                missed.append(mention["surface"])
    assert missed == []


def test_seeds_hold_no_generic_organisation():
    for article in json.loads(GOLD.read_text(encoding="utf-8"))["articles"]:
        text = (SEEDS / article["file"]).read_text(encoding="utf-8")
        surfaces = {m.surface for m in read(text, article["date"]["value"])}
        assert not surfaces & {
            "lực lượng vũ trang",
            "Nhân dân",
            "chi bộ",
            "Đảng bộ",
            "công an",
            "thị xã Kỳ Anh",
        }


@pytest.mark.parametrize(
    "text", ["", "Công an", "UBND ", "Công an, " * 10_000, "Đội " * 20_000, "(" * 50_000 + "Công an"]
)
def test_odd_input_is_read_without_an_error(text):
    for mention in read(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_short_name_given_in_brackets_is_the_same_organisation():
    mentions = read("Viện Nghiên cứu chiến lược mẫu (VNCM) công bố. Theo VNCM, giá giảm; AVNCM thì không.")
    assert [m.surface for m in mentions] == ["Viện Nghiên cứu chiến lược mẫu", "VNCM", "VNCM"]
    assert len({m.entity_id for m in mentions}) == 1
