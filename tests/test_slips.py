"""Misprints: found where they are, not where words only meet; printed as published and found under the right spelling."""

from __future__ import annotations

import csv
import io
import unicodedata
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, read_cases
from corpora import open_corpus

from helpers import present
from helpers.analysis.slips import find_in
from helpers.analysis.syllables import is_syllable, respell
from helpers.present.display import Note
from helpers.present.report import Report, open_report
from helpers.render.data_files import write_data

PERSON = "Lò Văn Thửng"


@pytest.mark.parametrize("case", read_cases("slips"), ids=lambda c: c["text"])
def test_slips_are_found_and_nothing_else(case):
    wanted = [(case["surface"], case["meant"], case["why"])] if case["surface"] else []
    assert [(s.surface, s.meant, s.why) for s in find_in(case["text"])] == wanted


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_slip_is_byte_equal_to_what_is_printed(form):
    text = unicodedata.normalize(form, "Hoà giải viên đã đã đến, công tác đàm bảo an toàn")
    found = find_in(text)
    assert [s.meant for s in found] == ["đã", "đảm bảo"]
    assert all(text[s.start : s.end] == s.surface for s in found)
    assert unicodedata.normalize("NFC", found[1].surface) == "đàm bảo"


@pytest.mark.parametrize(
    "word", "nghiêng quốc quý gì giếng ngoằn thuở khuỷu uyên yêu ươn xoong hòa hoà thúy thuý quẩn giặt kỹ".split()
)
def test_syllables_of_the_language_can_be_read(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "nguời ngừơi ngiêng cuờng đươc kíên gẽ nghành tòan qúy bgày thàhn".split())
def test_what_no_syllable_has_cannot(word):
    assert not is_syllable(word)


def test_a_mark_moves_to_its_letter():
    assert [respell(w) for w in ("ngừơi", "tòan", "qúy", "toàn", "bgày")] == ["người", "toàn", "quý", None, None]


@pytest.mark.parametrize(
    "text",
    ["", " ", "đ" * 20_000, "các " * 5_000, "đàm bảo" * 3_000, "\u0301" * 500, "ngừơi \ud800", "İ các các"],
    ids=range(8),
)
def test_odd_text_does_no_harm(text):
    found = find_in(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.fixture(scope="module", params=("vi", "en"))
def report(request) -> Report:
    return open_report(request.param, root=ROOT)


def test_the_slips_of_the_seeds_are_those_printed(report):
    slips = report.tables["slips"]
    assert set(zip(slips["surface"], slips["meant"], strict=True)) == {
        ("đàm bảo", "đảm bảo"), ("tội phạm tội về", "tội phạm về"), ("mô hình 12 mô hình", "12 mô hình"), ("QPAN", "QP-AN"),
    }  # fmt: skip
    assert dict(zip(slips["surface"], slips["why"], strict=True))["QPAN"] == "variant"
    assert report.finding_values["n_slips"] == "3"


def test_a_quoted_slip_stays_as_published_and_says_what_was_meant(report):
    slip = report.tables["slips"].query("surface == 'đàm bảo'").iloc[0]
    sentence = report.tables["sentences"].set_index("sent_id").loc[slip.sent_id, "text"]
    anchor = report.evidence.anchor_of(slip.slip_id)
    entry = BeautifulSoup(report.evidence.appendix([anchor]), "html.parser")
    assert entry.blockquote.get_text() == sentence
    assert entry.select_one("u.slip")["data-meant"] == "đảm bảo"
    assert "“đảm bảo”" in entry.select_one(".slip-note").get_text()
    passage = BeautifulSoup(report.evidence.passage(slip.slip_id), "html.parser")
    assert "đàm bảo" in passage.get_text() and passage.select_one(".badge-slip")["title"].endswith("“đảm bảo”")


def test_a_slip_across_the_edge_of_a_mark_is_underlined_on_both_sides(report):
    slip = report.tables["slips"].query("surface == 'mô hình 12 mô hình'").iloc[0]
    mentions = report.tables["mentions"]
    inner = mentions[
        (mentions["doc_id"] == slip.doc_id) & (mentions["start"] > slip.start) & (mentions["end"] < slip.end)
    ]
    anchors = [report.evidence.anchor_of(i) for i in inner["mention_id"]]
    entry = BeautifulSoup(report.evidence.appendix(anchors), "html.parser")
    assert "".join(u.get_text() for u in entry.select("u.slip")) == slip.surface
    sentence = report.tables["sentences"].set_index("sent_id").loc[slip.sent_id, "text"]
    assert entry.blockquote.get_text() == sentence


def test_what_a_figure_counts_is_marked_where_it_is_misprinted(tmp_path):
    text = """ date 2024-03 Chuyện ở xã

Trong năm 2023, công an xã tổ chức 12 buổi tuyên tryền pháp luật.

Trong năm 2023, công an xã tổ chức 15 buổi huấn luyện nghiệp vụ.
"""
    report = open_corpus(tmp_path, {"a": text})
    shown = present.show_facts(report, report.facts(), title="results_title", table_id="tbl-facts")
    rows = {r.th.get_text(): r for r in BeautifulSoup(shown.html, "html.parser").select("tbody tr")}
    (wrong,) = [r for words, r in rows.items() if "tuyên tryền" in words]
    (right,) = [r for words, r in rows.items() if "huấn luyện" in words]
    assert wrong.select_one("th u.slip").get_text() == "tryền" and right.select_one("u.slip") is None


def test_nobody_is_named_by_a_slip(tmp_path):
    text = f""" date 2024-03 Chuyện ở xã

Đối tượng {PERSON} (35 tuổi) ở xã Kỳ Hoa bị bắt.

Công an nói rằng đối tượng {PERSON} đã đã bỏ đi; công tác đàm bảo an toàn của {PERSON} được quan tâm.
"""
    report = open_corpus(tmp_path, {"a": text})
    shown = present.show_slips(report).html + present.show_news_paragraphs(report)._repr_html_()
    write_data(report, tmp_path / "data")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "data" / "slips.csv").read_text(encoding="utf-8"))))
    assert [r["meant"] for r in rows] == ["đã", "đảm bảo"]
    assert PERSON not in shown + (tmp_path / "data" / "slips.csv").read_text(encoding="utf-8")


def test_articles_without_slips_say_so(tmp_path):
    report = open_corpus(tmp_path, {"a": "Tin trong ngày\n\nSáng nay, huyện họp bàn việc đắp đê.\n"})
    assert isinstance(present.show_slips(report), Note)
