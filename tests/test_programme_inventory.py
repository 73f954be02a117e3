"""The inventory of programmes: one name one row, whatever its marks; names that differ apart; counts right before a name."""

from __future__ import annotations

import pytest
from conftest import ROOT
from corpora import open_corpus

from helpers.analysis.programmes import programme_key
from helpers.present.report import open_report

ARTICLES = {
    "a": """ date 2024-03 Cách làm hay

Huyện Kỳ Anh ra mắt 12 mô hình “Tổ liên gia an toàn PCCC”.

Huyện có 78 mô hình tổ liên gia tự quản về an ninh trật tự. Công an xã làm tốt Đề án 06 của Chính phủ.
""",
    "b": """ date 2024-05 Phường yên bình

Phường Hưng Trí nhân rộng mô hình "tổ liên gia an toàn PCCC" ra mọi khu phố.

Phường có thêm 3 mô hình “Tổ liên gia an toàn PCCC”, trong 5 năm giảm hẳn cháy nổ.
""",
}


@pytest.fixture(scope="module")
def programmes(tmp_path_factory):
    return open_corpus(tmp_path_factory.mktemp("programmes"), ARTICLES).tables["programme_names"]


def _surfaces(programme) -> list[str]:
    return [i.split(":")[0] for i in programme.count_ids]


def test_marks_and_capitals_make_no_difference_between_articles(programmes):
    (found,) = programmes[programmes["name"].str.contains("an toàn")].itertuples()
    assert (found.n_articles, found.n_mentions) == (2, 3)
    assert found.types == ["mô hình"]


def test_names_that_differ_stay_apart(programmes):
    assert len(programmes[programmes["name"].str.contains("liên gia")]) == 2


def test_a_count_is_the_number_right_before_the_name(programmes):
    (found,) = programmes[programmes["name"].str.contains("an toàn")].itertuples()
    assert [i.split(":")[0] for i in found.count_ids] == ["a", "b"]
    (other,) = programmes[programmes["name"].str.contains("tự quản")].itertuples()
    assert len(other.count_ids) == 1


def test_a_scheme_cited_as_a_document_is_a_programme_too(programmes):
    (scheme,) = programmes[programmes["is_document"].astype(bool)].itertuples()
    assert (scheme.name, scheme.types) == ("Đề án 06", ["đề án"])


def test_places_are_units_named_in_the_same_sentence(programmes):
    (found,) = programmes[programmes["name"].str.contains("an toàn")].itertuples()
    assert set(found.place_ids) >= {"447", "18754"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("mô hình “Dân vận khéo”", "mô hình"), ("phong trào dân vận khéo", "phong trào"), True),
        (("Tổ công nhân - tự quản", None), ("tổ công nhân, tự quản", None), True),
        (("tổ liên gia tự quản", "mô hình"), ("Tổ liên gia an toàn PCCC", "mô hình"), False),
        (("mô hình", "mô hình"), ("phong trào", "phong trào"), False),
    ],
)
def test_what_makes_two_names_one(one, other, same):
    assert (programme_key(*one) == programme_key(*other)) is same


def test_the_inventory_of_the_seeds_has_each_programme_of_the_gold_with_its_count(gold):
    report = open_report("vi", root=ROOT)
    rows = list(report.tables["programme_names"].itertuples())
    values = report.tables["quantities"].set_index("mention_id")["value"]
    # not names but phrases of the sentence; the extractor leaves them
    phrases = {"A-M5", "B-M9", "B-M10"}
    stated = {"A-M1": 7, "B-M1": 12, "B-M2": 137, "B-M3": 11, "B-M4": 78, "B-M5": 1, "B-M6": 11, "B-M7": 12, "B-M8": 18}
    for article in gold["articles"]:
        doc_id = article["file"].removesuffix(".txt")
        for wanted in (p for p in article["programmes"] if p["id"] not in phrases):
            start, end = wanted["mentions"][0]["span"]
            spans = [
                (r, *map(int, i.rsplit(":", 2)[1].split("-")))
                for r in rows
                for i in r.mention_ids
                if i.startswith(doc_id)
            ]
            found = {r.programme_id: r for r, a, b in spans if a < end and start < b}
            assert len(found) == 1, wanted["name"]
            (row,) = found.values()
            counts = {float(values[i]) for i in row.count_ids}
            assert counts == ({float(stated[wanted["id"]])} if wanted["id"] in stated else set()), wanted["name"]
