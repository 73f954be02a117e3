"""The pages of places and documents: what stands in them, and that every figure leads to its sentence."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from corpora import open_corpus

from helpers.present import (
    show_ambiguous_places,
    show_date_conflicts,
    show_document_times,
    show_documents,
    show_place_tree,
    show_programmes,
    show_province_chart,
    show_unplaced,
)
from helpers.present.citation_times import count_times
from helpers.present.display import Figure, Note, Table
from helpers.present.report import Report, open_report

SHOWN = (
    show_place_tree, show_ambiguous_places, show_unplaced, show_documents, show_date_conflicts, show_document_times,
    show_programmes,
)  # fmt: skip
PERSON = "Lò Văn Thửng"


@pytest.fixture(scope="module", params=("vi", "en"))
def report(request) -> Report:
    return open_report(request.param, root=ROOT)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Report:
    """Articles of eight months, one without a date; a month without any; a private person in names of every kind."""
    articles = {
        f"a{month}": f""" date 2024-{month:02d} Chuyện tháng {month}

Xã Kỳ Hoa, thị xã Kỳ Anh (Hà Tĩnh) thực hiện Nghị định 168/2024/NĐ-CP.

Tại tỉnh Nghệ An, tỉnh Thanh Hóa, tỉnh Quảng Bình có {month + 20} mô hình “Cổng trường an toàn”.
"""
        for month in (1, 2, 3, 5, 6, 8)
    }
    articles["p"] = f"""Chuyện của một người

Đối tượng {PERSON} (35 tuổi) bị bắt. Theo Quyết định số 15/QĐ-UBND của UBND xã về xử phạt {PERSON}, mọi người chấp hành.

Đường {PERSON} và mô hình “Giúp {PERSON} tiến bộ” được nhắc tới. Người dân đi Lào. Tại Kỳ Anh (Hà Tĩnh) có lễ hội.
"""
    return open_corpus(tmp_path_factory.mktemp("pages"), articles)


def soup(shown: Table | Note | Figure) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


@pytest.mark.parametrize("show", SHOWN, ids=lambda f: f.__name__)
def test_every_link_lands_in_the_appendix(report, show):
    anchors = set(re.findall(r'href="#([^"]+)"', show(report)._repr_html_()))
    appendix = report.evidence.appendix(anchors)
    assert all(f'id="{anchor}"' in appendix for anchor in anchors)


def test_the_tree_of_the_seeds_keeps_the_two_ky_anh_apart(report):
    rows = {
        r.select_one("th a, th span").get_text(" ").split("\u2003")[-1]: r
        for r in soup(show_place_tree(report)).select("tbody tr")
    }
    town = next(r for name, r in rows.items() if "thị xã Kỳ Anh" in r.select_one("th").get_text())
    district = next(r for r in rows.values() if "huyện Kỳ Anh" in r.select_one("th").get_text())
    assert [c.get_text() for c in town.select("td.num")] == ["1", "13"]
    assert [c.get_text() for c in district.select("td.num")] == ["1", "6"]
    assert "155" in district.select("td")[0].get_text() and "155" not in town.select("td")[0].get_text()
    assert "137" in town.select("td")[0].get_text()


def test_a_figure_of_the_tree_leads_to_the_number_in_its_sentence(report):
    links = soup(show_place_tree(report)).select(".items a.evidence")
    assert len(links) >= 15
    appendix = BeautifulSoup(report.evidence.appendix({a["href"][1:] for a in links}), "html.parser")
    for link in links:
        marked = appendix.find(id=link["href"][1:])
        digits = re.search(r"\d+", link.get_text())[0]
        assert digits in marked.get_text().replace(".", "")


def test_units_that_ended_say_when_and_what_follows(report):
    text = soup(show_place_tree(report)).get_text(" ")
    day, merged = (
        ("30/6/2025", "nhập vào phường Sông Trí")
        if report.language == "vi"
        else ("2025-06-30", "merged into phường Sông Trí")
    )
    assert day in text and merged in text


def test_the_resolution_of_the_seeds_shows_issuer_date_subject_and_all_its_mentions(report):
    row = next(r for r in soup(show_documents(report)).select("tbody tr") if "04 NQ-ThU" in r.get_text())
    text = row.get_text(" ")
    assert "Ban Thường vụ Thị ủy Kỳ Anh" in text and "an toàn giao thông giai đoạn 2021 - 2025" in text
    assert ("15/6/2021" if report.language == "vi" else "2021-06-15") in text
    assert [c.get_text() for c in row.select("td.num")] == ["1", "16"]
    assert len({a["href"] for a in row.select("td:last-child a")}) == 16


def test_few_articles_give_a_table_over_time_with_its_gap(report):
    shown = show_document_times(report)
    assert isinstance(shown, Table)
    rows = [[c.get_text() for c in r.select("th, td")][:4] for r in soup(shown).select("tbody tr")]
    first, gap, last = (
        ("7/2023", "8/2023–11/2023", "12/2023")
        if report.language == "vi"
        else ("2023-07", "2023-08–2023-11", "2023-12")
    )
    assert rows == [[first, "1", "1", "16"], [gap, "0", "–", "–"], [last, "1", "1", "1"]]


def test_programmes_of_the_seeds_stand_with_count_and_place(report):
    rows = soup(show_programmes(report)).select("tbody tr")
    row = next(r for r in rows if "tổ liên gia tự quản" in r.get_text())
    cells = [c.get_text() for c in row.select("td")]
    assert cells[:4] == ["78", "thị xã Kỳ Anh", "1", "2"]
    assert row.select_one("td a.evidence")["href"].startswith("#ev-B-")
    # kept apart from the one that is spelled alike
    assert not any("Tổ liên gia an toàn" in r.get_text() and "tự quản" in r.get_text() for r in rows)


def test_many_months_give_a_chart_that_tells_a_gap_from_silence(corpus):
    shown = show_document_times(corpus)
    assert isinstance(shown, Figure)
    assert "168/2024/NĐ-CP" in shown.caption and "6 trên 6 tháng" in shown.caption
    times = count_times(corpus.tables["cited_documents"], corpus.published, n_documents=5)
    assert list(times.n_articles) == [1, 1, 1, 0, 1, 1, 0, 1]
    assert list(times.citing.iloc[0]) == [1, 1, 1, 0, 1, 1, 0, 1]
    assert times.n_undated == 1


def test_provinces_are_charted_from_four_on(corpus, report):
    assert show_province_chart(report) is None
    assert "tỉnh Hà Tĩnh, 7 trong 7 bài" in show_province_chart(corpus).caption


def test_a_short_tree_says_what_it_left_out_and_where_all_stands(corpus):
    text = soup(show_place_tree(corpus, at_most=2)).get_text(" ")
    assert re.search(r"Nêu \d+ trong \d+ đơn vị", text) and "reports/data/places.csv" in text
    whole = soup(show_place_tree(corpus)).get_text(" ")
    assert "reports/data" not in whole


def test_candidates_of_a_name_stand_with_those_above_them(corpus):
    text = soup(show_ambiguous_places(corpus)).get_text(" ")
    assert "huyện Kỳ Anh, tỉnh Hà Tĩnh" in text and "thị xã Kỳ Anh, tỉnh Hà Tĩnh" in text


def test_places_abroad_stand_apart(corpus):
    assert "Lào" in soup(show_place_tree(corpus, branch="beyond")).get_text()
    assert "Lào" not in soup(show_place_tree(corpus)).get_text()


@pytest.mark.parametrize("show", SHOWN, ids=lambda f: f.__name__)
def test_private_names_are_masked_whatever_they_stand_in(corpus, show):
    shown = show(corpus)
    text = shown.svg + shown.alt + shown.caption if isinstance(shown, Figure) else shown._repr_html_()
    assert PERSON.lower() not in text.lower()


def test_the_private_name_was_there_to_be_masked(corpus):
    assert "▢▢▢" in soup(show_documents(corpus)).get_text()
    assert "▢▢▢" in soup(show_programmes(corpus)).get_text()


@pytest.mark.parametrize("articles", [{}, {"a": "Chuyện nhỏ\n\nMọi việc vẫn như cũ."}], ids=("none", "one"))
def test_without_anything_to_show_each_says_so(tmp_path, articles):
    report = open_corpus(tmp_path, articles)
    assert all(isinstance(show(report), Note) for show in SHOWN)
    assert show_province_chart(report) is None
