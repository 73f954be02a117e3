"""Documents over all articles: joined where one is meant, kept apart where not; dates that exclude each other are a conflict."""

from __future__ import annotations

import pytest
from conftest import ROOT
from corpora import open_corpus

from helpers.analysis.cited_documents import identify, issuing_body
from helpers.present.report import open_report

HUYEN = "Ban Thường vụ Huyện ủy Kỳ Anh"
ARTICLES = {
    "a": f""" date 2024-03 Giao thông

Theo Nghị định 168/2024/NĐ-CP, mức phạt tăng.

Nghị quyết số 12-NQ/HU ngày 3/2/2022 của {HUYEN}, các xã đổi mới cách làm. Thực hiện Kế hoạch số 15/KH-UBND, các xã ra quân.
""",
    "b": f""" date 2024-05 Sau một năm

Nghị định số 168/2024/NĐ-CP được tuyên truyền rộng rãi.

Nghị quyết số 12-NQ/HU ngày 5/2/2022 của {HUYEN}, các xã vào cuộc. Thực hiện Kế hoạch số 15/KH-UBND, người dân đồng tình.
""",
    "c": """ date 2025-01 Mùa xuân

Nghị định 168 đã thay đổi ý thức người lái xe.

Theo Luật Nhà ở 2014 và Luật Nhà ở 2023, quy định khác nhau.
""",
    "d": """ date 2025-02 Nhà mới

Người dân thực hiện Luật Nhà ở.
""",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    return open_corpus(tmp_path_factory.mktemp("documents"), ARTICLES).tables["cited_documents"]


def _named(documents, start: str):
    return documents[documents["name"].str.startswith(start)]


def test_a_national_paper_is_one_over_all_articles_also_without_its_year(documents):
    (decree,) = _named(documents, "Nghị định").itertuples()
    assert (decree.n_articles, decree.n_mentions, decree.is_sure) == (3, 3, True)
    assert (decree.first_published, decree.last_published) == ("2024-03", "2025-01")


def test_two_dates_of_one_paper_are_a_conflict_with_both_sentences(documents):
    (resolution,) = _named(documents, "Nghị quyết").itertuples()
    assert resolution.n_articles == 2
    assert resolution.dates == ["2022-02-03", "2022-02-05"]
    assert [i.split(":")[0] for i in resolution.date_ids] == ["a", "b"]
    assert not isinstance(resolution.issued_on, str)  # none is chosen


def test_one_number_without_an_issuer_may_be_several_papers(documents):
    (plan,) = _named(documents, "Kế hoạch").itertuples()
    assert (plan.n_articles, plan.is_sure) == (2, False)


def test_enactments_of_one_law_stay_apart(documents):
    assert sorted(_named(documents, "Luật")["year"].fillna(0).astype(int)) == [0, 2014, 2023]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Nghị định 46/2016/NĐ-CP", "Nghị định", "46", "NĐ-CP", 2016, None, None),
         ("Nghị định 46/2016", "Nghị định", "46", None, 2016, "Chính phủ", None), True),
        # the number of a normative decision holds the year: they are counted apart from the others
        (("Quyết định 58/2016/QĐ-TTg", "Quyết định", "58", "QĐ-TTg", 2016, None, None),
         ("Quyết định 58/QĐ-TTg", "Quyết định", "58", "QĐ-TTg", 2016, None, "2016-01-05"), False),
        (("Nghị quyết 18-NQ/TW", "Nghị quyết", "18", "NQ/TW", 2017, None, None),
         ("Nghị quyết 18-NQ/TW", "Nghị quyết", "18", "NQ/TW", 2022, None, None), False),
        (("Nghị quyết số 04 NQ-ThU", "Nghị quyết", "04", "NQ-ThU", 2021, "Thị ủy Kỳ Anh", "2021-06-15"),
         ("Nghị quyết 4", "Nghị quyết", "4", None, 2021, "Thị ủy Kỳ Anh", None), True),
        (("Bộ luật Hình sự", "Bộ luật", None, None, 2015, None, None),
         ("bộ luật hình sự", "bộ luật", None, None, 2015, None, None), True),
        (("Đề án 06", "Đề án", "06", None, None, "Chính phủ", None),
         ("Đề án 06", "Đề án", "06", None, None, "UBND tỉnh", None), False),
    ],
)  # fmt: skip
def test_what_makes_citations_one_document(first, second, same):
    assert (identify(*first) == identify(*second)) is same


def test_towns_with_one_number_are_two_unless_the_issuer_names_its_place():
    town = identify("Nghị quyết 04", "Nghị quyết", "04", None, 2021, "Ban Thường vụ Thị ủy", None)
    assert not town.known
    assert issuing_body("QĐ-UBND", "UBND tỉnh") is None
    assert issuing_body("112/2024/QH15", None) == "national_assembly"


def test_the_resolution_of_the_seeds_is_one_document_of_sixteen_mentions(gold):
    documents = open_report("vi", root=ROOT).tables["cited_documents"]
    wanted = [d for a in gold["articles"] for d in a["documents"] if not d.get("generic")]
    assert len(documents) == len(wanted)
    for document in wanted:
        (found,) = documents[documents["number"].eq(document["number"])].itertuples()
        assert found.n_mentions == len(document["mentions"])
        starts = {int(i.rsplit(":", 2)[1].split("-")[0]) for i in found.mention_ids}
        assert all(any(m["span"][0] <= s < m["span"][1] for s in starts) for m in document["mentions"])
    assert documents["n_mentions"].max() == 16


def test_without_any_document_the_table_is_empty(tmp_path):
    report = open_corpus(tmp_path, {"a": " date 2024-05 Chuyện nhỏ\n\nMọi việc vẫn như cũ."})
    assert report.tables["cited_documents"].empty and report.tables["programme_names"].empty
