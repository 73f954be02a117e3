"""Programmes and models: names in marks and in plain words; variants kept apart; generic words are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.programmes import propose_programmes
from helpers.extract.register import open_reading
from helpers.extract.span import Mention
from helpers.lexicon import Lexicon

HERE = Path(__file__).parent
VI = Lexicon.load("vi")
#: works and purchases of the seeds that the gold lists beside the programmes; the cited Đề án 06 is a
#: document
NO_PROGRAMMES = {"A-M2", "A-M5", "B-M9", "B-M10"}


def read(text: str) -> list[Mention]:
    reading = open_reading(Document("test", text), VI)
    programmes = propose_programmes(reading, VI)
    for programme in programmes:
        programme.surface = reading.plain[programme.start : programme.end]
    return programmes


@pytest.mark.parametrize("case", read_cases("programmes"), ids=lambda c: c["note"])
def test_case(case):
    found = {p.surface: p.fields for p in read(case["text"])}
    if not case["surface"]:
        assert found == {}
        return
    assert case["surface"] in found
    assert found[case["surface"]]["type"] == case["type"]
    assert found[case["surface"]]["name"] == (case["name"] or found[case["surface"]]["name"])


def test_marks_and_case_make_no_difference_but_words_do():
    programmes = read(
        'Ra mắt mô hình "Tổ liên gia an toàn PCCC". Có 12 mô hình “Tổ liên gia an toàn PCCC”, '
        "78 mô hình tổ liên gia tự quản về an ninh trật tự."
    )
    straight, curly, other = (p.entity_id for p in programmes)
    assert straight == curly != other


def test_a_name_in_marks_is_known_again_without_its_head():
    programmes = read(
        "Ra mắt mô hình “Cổng trường bình yên”. Đến nay “Cổng trường bình yên” có ở 9 xã, “điểm nóng” giảm."
    )
    assert [p.rule for p in programmes] == ["quoted_name", "repeated_name"]
    assert len({p.entity_id for p in programmes}) == 1


def test_programmes_of_the_seeds():
    gold = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))
    for row in gold["articles"]:
        found = read((HERE.parent / "seeds" / row["file"]).read_text(encoding="utf-8"))
        entities = set()
        for wanted in row["programmes"]:
            if wanted["id"] in NO_PROGRAMMES:
                continue
            hits = [p for m in wanted["mentions"] for p in found if p.start < m["span"][1] and m["span"][0] < p.end]
            assert len(hits) == len(wanted["mentions"]), wanted["name"]
            assert len({p.entity_id for p in hits}) == 1, wanted["name"]
            entities.add(hits[0].entity_id)
        assert {p.entity_id for p in found} == entities


@pytest.mark.parametrize(
    "text", ["mô hình " * 6000, 'mô hình "' * 6000, "phong trào toàn dân " * 3000], ids=lambda t: t[:12]
)
def test_odd_input_raises_nothing(text):
    read(text)
