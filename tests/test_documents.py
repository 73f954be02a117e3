"""Cited documents: type, number, symbol, issuer, date; what is none; which mentions are one document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.legal import propose_documents
from helpers.extract.linking import link_documents
from helpers.extract.register import open_reading
from helpers.extract.span import Mention
from helpers.lexicon import Lexicon

HERE = Path(__file__).parent
VI = Lexicon.load("vi")
FIELDS = ("type", "number", "symbol", "year", "issuer", "issued_on", "subject", "name")


def read(text: str) -> list[Mention]:
    reading = open_reading(Document("test", text), VI)
    documents = propose_documents(reading, VI)
    link_documents(reading, documents)
    for document in documents:
        document.surface = reading.plain[document.start : document.end]
    return documents


@pytest.mark.parametrize("case", read_cases("documents"), ids=lambda c: c["note"])
def test_case(case):
    found = {d.surface: d.fields for d in read(case["text"])}
    if not case["surface"]:
        assert found == {}
        return
    assert case["surface"] in found
    fields = found[case["surface"]]
    assert {f: str(fields[f]) for f in FIELDS if case[f]} == {f: case[f] for f in FIELDS if case[f]}


def test_type_alone_and_policy_word_point_to_the_document():
    documents = read(
        "Thực hiện Nghị quyết số 12/NQ-TU ngày 3/2/2022, huyện đã chuyển biến.\n\n"
        "Nghị quyết cũng nhằm giữ vững ổn định.\n\nChủ trương này được đồng thuận."
    )
    assert [d.rule for d in documents] == ["numbered", "bare_type", "policy_word"]
    assert len({d.entity_id for d in documents}) == 1
    assert documents[2].fields["issued_on"] == "2022-02-03"
    assert {"number", "issued_on", "type"} <= set(documents[2].inferred)


def test_numbers_and_years_keep_documents_apart():
    documents = read("Theo Nghị định 46/2016/NĐ-CP, Nghị định 100/2019/NĐ-CP, Luật Nhà ở 2014 và Luật Nhà ở 2023.")
    assert len({d.entity_id for d in documents}) == 4


def test_a_law_is_one_whatever_its_article_and_spelling():
    documents = read("Điều 173 Bộ luật Hình sự, Điều 250 BLHS; Luật Phòng, chống ma túy, luật phòng chống ma tuý.")
    assert len({d.entity_id for d in documents}) == 2


def test_a_law_is_one_with_and_without_its_number():
    documents = read("Căn cứ Luật Cư trú số 68/2020/QH14. Theo Luật Cư trú, công dân phải khai báo.")
    assert len({d.entity_id for d in documents}) == 1


def test_a_short_name_with_a_number_is_that_of_the_plan_named_before():
    documents = read("Huyện thực hiện Đề án phát triển dữ liệu dân cư (gọi tắt là Đề án 06). Đề án 06 đạt kết quả.")
    assert len({d.entity_id for d in documents}) == 1
    assert documents[0].fields["number"] == "06"
    assert "number" in documents[0].inferred


def test_an_impossible_date_is_left_out():
    (document,) = read("Theo Quyết định số 12/QĐ-UBND ngày 45/13/2021.")
    assert document.fields["issued_on"] is None


def test_documents_of_the_seeds():
    gold = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))
    for row in gold["articles"]:
        text = (HERE.parent / "seeds" / row["file"]).read_text(encoding="utf-8")
        found = read(text)
        for wanted in row["documents"]:
            if wanted.get("generic"):
                assert not any(
                    d.start < m["span"][1] and m["span"][0] < d.end for d in found for m in wanted["mentions"]
                )
                continue
            hits = [d for m in wanted["mentions"] for d in found if d.start < m["span"][1] and m["span"][0] < d.end]
            assert len(hits) == len(wanted["mentions"])
            assert len({d.entity_id for d in hits}) == 1
            assert hits[0].fields["number"] == wanted["number"]
            if wanted["date"]:
                assert {d.fields["issued_on"] for d in hits} == {wanted["date"]}
                assert hits[1].fields["issuer"] == wanted["issuer"]
                assert {d.fields["subject"] for d in hits} == {wanted["subject"]}
        n_named = sum(len(w["mentions"]) for w in row["documents"] if not w.get("generic"))
        assert len(found) == n_named


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số " + "9" * 50_000,
        "Điều 1, " * 8000,
        "điểm a khoản 2 Điều 1, Luật Cư trú và " * 2000,
        "Luật " * 9000,
        "(gọi tắt là A" * 4000,
    ],
    ids=lambda t: t[:12],
)
def test_odd_input_raises_nothing(text):
    read(text)
