"""Sums: what adds up, what does not, and the reason in words."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import ROOT
from corpora import open_corpus

from helpers import store
from helpers.analysis.periods import days_of, overlapping
from helpers.analysis.sums import Refusal, Total, add_up, list_sums
from helpers.present import show_sums
from helpers.present.report import Report, open_report
from helpers.present.sayings import say_code

#: a province, two of its districts, a commune of the first that became part of a new one, and another province
UNITS = store.make_table("units", [
    {"place_id": i, "name": i, "type": "", "level": level, "parent_id": parent, "became": became}
    for i, level, parent, became in (
        ("P", "province", "VN", []), ("D1", "district", "P", ["C9"]), ("D2", "district", "P", []), ("C1", "commune", "D1", ["C9"]),
        ("C9", "commune", "P", []), ("Q", "province", "VN", []), ("VN", "country", None, []),
    )
])  # fmt: skip
USUAL = {
    "kind": "count", "subject": "vụ trộm cắp", "subject_key": "vụ trộm cắp", "value": 5.0, "value_high": None, "unit": "vụ",
    "unit_id": "case", "qualifier": "exact", "direction": "none", "aspect": "count", "mode": "done", "voice": "newspaper",
    "period": "2023", "place_id": "D1", "n_mentions": 1, "n_articles": 1, "n_texts": 1, "agreement": "single", "mention_ids": [],
    "joined": [],
}  # fmt: skip


def facts(*changes: dict) -> pd.DataFrame:
    rows = [USUAL | {"fact_id": f"f{i}"} | change for i, change in enumerate(changes)]
    return store.make_table("facts", rows)


@pytest.fixture(scope="module")
def seeds() -> Report:
    return open_report("vi", root=ROOT)


def test_two_places_of_one_period_add_up():
    assert add_up(facts({}, {"place_id": "D2", "value": 7.0}), UNITS) == Total(12.0, None, "exact", ["f0", "f1"])


def test_two_periods_of_one_place_add_up():
    assert add_up(facts({}, {"period": "2022", "value": 7.0}), UNITS).value == 12.0


@pytest.mark.parametrize(
    ("qualifiers", "expected"),
    [(("exact", "more_than"), "at_least"), (("less_than", "at_most"), "at_most"), (("more_than", "less_than"), "approx"),
     (("approx", "exact"), "approx")],
)  # fmt: skip
def test_a_sum_is_as_open_as_its_parts(qualifiers, expected):
    total = add_up(facts({"qualifier": qualifiers[0]}, {"qualifier": qualifiers[1], "place_id": "D2"}), UNITS)
    assert total.qualifier == expected


def test_ranges_add_up_end_by_end():
    total = add_up(facts({"value": 5.0, "value_high": 9.0, "qualifier": "range"}, {"place_id": "D2"}), UNITS)
    assert (total.value, total.value_high, total.qualifier) == (10.0, 14.0, "range")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (({},), "few"),
        (({}, {"mode": "task", "place_id": "D2"}), "planned"),
        (({}, {"mode": "aim", "place_id": "D2"}), "planned"),
        (({}, {"aspect": "change", "place_id": "D2"}), "change"),
        (({}, {"direction": "decrease", "place_id": "D2"}), "change"),
        (({}, {"aspect": "share", "place_id": "D2"}), "share"),
        (({}, {"aspect": "cumulative", "place_id": "D2"}), "cumulative"),
        (({"kind": "measure", "aspect": None}, {"kind": "measure", "aspect": None, "place_id": "D2"}), "no_count"),
        (({}, {"subject_key": "vụ cướp", "subject": "vụ cướp", "place_id": "D2"}), "other_subject"),
        (({}, {"unit_id": "person", "unit": "người", "place_id": "D2"}), "other_unit"),
        (({"subject_key": "vụ"}, {"subject_key": "vụ", "place_id": "D2"}), "vague"),
        (({}, {"agreement": "contradicted", "place_id": "D2"}), "torn"),
        (({}, {"place_id": "P"}), "place_within"),
        (({"place_id": "C1"}, {"place_id": "P"}), "place_within"),
        (({"place_id": "C1"}, {"place_id": "C9"}), "place_within"),
        (({"place_id": "Q"}, {"place_id": "VN"}), "place_within"),
        (({}, {"place_id": None}), "place_untold"),
        (({}, {"period": None}), "period_untold"),
        (({}, {"period": "2023-02"}), "period_within"),
        (({}, {"period": "2021/2025"}), "period_within"),
        (({}, {"period": "2023-06/.."}), "period_within"),
        (({}, {"value": 6.0}), "same_scope"),
        (({}, {"place_id": "D2"}, {"place_id": "D2", "value": 6.0}), "same_scope"),
        (({}, {"place_id": "D2", "period": "2022"}), "mixed_scope"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_refused_with_the_reason(changes, reason):
    refusal = add_up(facts(*changes), UNITS)
    assert isinstance(refusal, Refusal) and refusal.reason == reason
    for language in ("vi", "en"):
        assert len(say_code(language, f"refusal_{reason}", refusal.values_json)) > 10


def test_periods_share_a_day_or_do_not():
    assert overlapping(["2022", "2023-02", "2023-33"]) == ("2023-33", "2023-02")
    assert overlapping(["2022", "2023-01", "2023-34", "2024-02-01"]) is None
    assert overlapping(["2022", "{2023,2024}"]) == ("{2023,2024}", "{2023,2024}")
    assert [days_of(p) for p in (None, "", "-0178", "abc", "2023/", "2023-13-")] == [None] * 6


def test_the_two_kinds_of_12_and_the_four_of_11_stay_apart(seeds):
    known = seeds.tables["facts"]
    for value in (12, 11):
        alike = known[(known["value"] == value) & (known["kind"] == "count")]
        pairs = [alike.iloc[[i, j]] for i in range(len(alike)) for j in range(i)]
        answers = [add_up(pair, seeds.tables["units"]) for pair in pairs]
        assert pairs and not any(a.is_total for a in answers)
        for pair, answer in zip(pairs, answers, strict=True):
            if pair["subject_key"].nunique() > 1:
                assert answer.reason == "other_subject"


def test_nothing_in_the_seeds_adds_up_and_the_page_says_why(seeds):
    answers = list_sums(seeds.tables["facts"], seeds.tables["units"])
    assert {a.reason for a in answers} == {"other_subject", "place_within"}
    html = show_sums(seeds)._repr_html_()
    assert "Đếm 6 thứ khác nhau" in html and "cộng là tính hai lần" in html


def test_what_adds_up_is_shown_with_its_total(tmp_path):
    text = " date 2024-02 Bắt trộm\n\nNăm 2023, huyện {} (Hà Tĩnh) xảy ra {} vụ trộm cắp tài sản.\n"
    articles = {"a": text.format("Nghi Xuân", 12), "b": text.format("Thạch Hà", 17), "c": text.format("Can Lộc", 20)}
    report = open_corpus(tmp_path, articles)
    totals = [a for a in list_sums(report.tables["facts"], report.tables["units"]) if a.is_total]
    assert [t.value for t in totals] == [49.0]
    html = show_sums(report)._repr_html_()
    assert ">49<" in html and html.count('class="evidence quiet"') == 3
