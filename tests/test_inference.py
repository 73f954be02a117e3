"""What may be concluded from figures and what may not: each rule on invented sentences, all of them on the seeds."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from corpora import derive_corpus
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis.bounds import Said, bounds, can_agree
from helpers.analysis.feasibility import befores, fits, prints_as, smallest_pairs
from helpers.analysis.issuing_bodies import Body, Place, name_in_full
from helpers.present.sayings import say_code
from helpers.schema import INFERENCE_RULES

SEEDS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}


def read(*sentences: str, date: str = "2024-03") -> dict:
    """The derived tables of one article of these sentences."""
    return derive_corpus(
        {"một": "\n\n".join((f" date {date} Tin an ninh trật tự", "Tin trong tháng của huyện.", *sentences))}
    )


def sayings(tables: dict, rule: str) -> list[tuple[bool, str, dict]]:
    found = tables["inferences"]
    return [(bool(r.can), r.saying, json.loads(r.values)) for r in found[found["rule"] == rule].itertuples()]


@pytest.mark.parametrize(
    ("rule", "can", "sentence"),
    [
        ("share_without_base", False, "Huyện đã cấp căn cước cho 98% công dân đủ điều kiện."),
        ("change_without_base", True, "Năm 2023, số vụ trộm cắp giảm 12,5% so với cùng kỳ năm 2022."),
        ("change_without_base", False, "Năm 2023, số vụ trộm cắp tăng 12,5% so với cùng kỳ năm 2022."),
        ("ratio_share", True, "Đến nay có 9/12 thôn của xã lắp camera an ninh."),
        ("whole_number_feasibility", True, "Năm 2023, số vụ trộm cắp giảm 12,5% so với cùng kỳ năm 2022."),
        ("lower_bound", True, "Nhân dân đóng góp hơn 3 tỷ đồng xây dựng nhà văn hóa."),
        ("open_cutoff", False, "Năm 2024, công an huyện phát hiện 45 vụ đánh bạc."),
        ("undivided_total", False, "Công an huyện xử lý 34 tập thể, cá nhân vi phạm."),
        ("unclear_scope", False, "Huyện đầu tư 5 tỷ đồng xây dựng trụ sở công an xã và mua sắm phương tiện tuần tra."),
        ("month_precision", False, "Tình hình ổn định."),
    ],
)
def test_each_rule_speaks(rule, can, sentence):
    assert can in [c for c, _, _ in sayings(read(sentence), rule)]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("share_without_base", "Trong 40 thôn, 36 thôn, chiếm 90% số thôn, có camera."),
        ("change_without_base", "Năm 2023, xảy ra 45 vụ trộm cắp."),
        ("ratio_share", "Xe chạy với tốc độ 78/50 km/h."),
        ("ratio_share", "Hội nghị diễn ra ngày 7/11."),
        ("whole_number_feasibility", "Doanh thu năm 2023 giảm 12,5% so với năm 2022."),
        ("whole_number_feasibility", "Năm 2023, số vụ trộm cắp giảm 12% so với cùng kỳ năm 2022."),
        ("lower_bound", "Nhân dân đóng góp 3 tỷ đồng xây dựng nhà văn hóa."),
        ("open_cutoff", "Năm 2022, công an huyện phát hiện 45 vụ đánh bạc."),
        ("undivided_total", "Công an huyện xử lý 34 cá nhân vi phạm."),
        ("undivided_total", "Năm 2024, huyện phấn đấu khen thưởng 34 tập thể, cá nhân."),
        ("unclear_scope", "Huyện đầu tư 5 tỷ đồng xây dựng trụ sở công an xã; mua sắm phương tiện tuần tra."),
        ("name_conflict", "Đại tá Lò Văn Mẫu, Phó Giám đốc Công an tỉnh, dự hội nghị."),
        ("different_unit", "Năm 2022, công an huyện Can Lộc phát hiện 45 vụ đánh bạc."),
    ],
)
def test_no_rule_speaks_without_cause(rule, sentence):
    assert sayings(read(sentence), rule) == []


def test_month_precision_only_where_the_day_is_unknown():
    assert sayings(read("Tình hình ổn định.", date="2024-03-05"), "month_precision") == []


def test_articles_of_two_places_are_different_units():
    text = " date 2024-03 Tin\n\nTin của huyện.\n\nNăm 2022, công an huyện {} phát hiện 45 vụ đánh bạc."
    tables = derive_corpus({"một": text.format("Can Lộc"), "hai": text.format("Hương Sơn")})
    assert [v["n"] for _, _, v in sayings(tables, "different_unit")] == [2]


# --- the seeds ---


@pytest.fixture(scope="module")
def derived() -> dict:
    return derive_corpus(SEEDS)


def test_the_seeds_show_every_rule(derived):
    assert set(derived["inferences"]["rule"]) == set(INFERENCE_RULES)


def test_what_the_seeds_allow_and_forbid_is_that_of_the_gold(derived, gold):
    """Those statements of the gold that the rules cover; the others are a reader's (means, sums under a condition)."""
    assert {d["id"] for d in gold["derived"]["can"]} == {f"DV{i}" for i in range(1, 12)}
    assert [v["percent"] for _, _, v in sayings(derived, "ratio_share")] == [63.64]  # DV1
    (_, _, ratio), (_, _, _) = sayings(derived, "change_without_base")
    assert ratio["ratio"] == 0.7318  # DV6
    feasible = {saying: values for _, saying, values in sayings(derived, "whole_number_feasibility")}
    assert feasible["other_series"]["counts"] == [155, 225]  # DV7
    assert feasible["smallest_pairs"]["pairs"] == [[179, 131], [220, 161], [261, 191], [302, 221]]  # DV8
    assert feasible["smallest_pairs"]["cut"][:2] == [[41, 30], [82, 60]]  # DV8
    assert [v["value"] for _, _, v in sayings(derived, "lower_bound")] == [20e9]  # DV11
    forbidden = {
        rule for rule, can in zip(derived["inferences"]["rule"], derived["inferences"]["can"], strict=True) if not can
    }
    # DN1, DN2, DN3, DN5, DN6, DN7, DN8, DN9
    assert forbidden >= {
        "change_without_base", "share_without_base", "undivided_total", "unclear_scope", "different_unit", "month_precision",
        "name_conflict", "open_cutoff",
    }  # fmt: skip
    assert {v["value"] for _, _, v in sayings(derived, "undivided_total")} == {225, 11, 6}


def test_each_gap_is_one_question_to_a_named_body(derived):
    questions = derived["questions"]
    assert questions["question_id"].is_unique and questions["to"].notna().all()
    assert sorted(questions["saying"]) == sorted(
        ["ask_division"] * 4
        + ["ask_base_of_change", "ask_base_of_share", "ask_purpose", "ask_cutoff", "ask_place", "ask_name"]
    )
    asked = dict(zip(questions["saying"], questions["to"], strict=True))
    assert asked["ask_name"] == "Công an tỉnh Hà Tĩnh"  # the article says Công an tỉnh
    assert asked["ask_purpose"] == "Ban Thường vụ Thị ủy Kỳ Anh"
    assert asked["ask_cutoff"] == "UBND huyện Kỳ Anh"


def test_a_city_abroad_has_no_peoples_committee():
    def asked(place: str) -> set:
        tables = read(f"Năm 2023, số vụ trộm cắp tại {place} tăng 12,5% so với cùng kỳ năm 2022.")
        return set(tables["questions"]["to"].dropna())

    assert asked("huyện Can Lộc") == {"UBND huyện Can Lộc"} and asked("thành phố Tokyo") == set()


@pytest.mark.parametrize(
    ("name", "bodies", "full"),
    [
        ("Ban Thường vụ Thị ủy", ["Ban Thường vụ Thị ủy@3"], "Ban Thường vụ Thị ủy Lạc Sơn"),
        ("Công an thị xã", ["Công an thị xã@3"], "Công an thị xã Lạc Sơn"),
        ("UBND thị xã Lạc Sơn", ["UBND thị xã Lạc Sơn@3"], "UBND thị xã Lạc Sơn"),
        ("Công an tỉnh", ["Công an tỉnh@1"], "Công an tỉnh Hà Đông"),
        # as the article itself writes it out
        ("Ban Chỉ huy Quân sự", ["Ban Chỉ huy Quân sự@3", "Ban Chỉ huy Quân sự thị xã Lạc Sơn@3"], "Ban Chỉ huy Quân sự thị xã Lạc Sơn"),
        # of two places, of none, of a place on another level: as printed
        ("Công an xã", ["Công an xã@4", "Công an xã@5"], "Công an xã"),
        ("Công an tỉnh", ["Công an tỉnh@"], "Công an tỉnh"),
        ("Công an tỉnh", [], "Công an tỉnh"),
        ("Công an huyện", ["Công an huyện@3"], "Công an huyện"),
        ("Chính phủ", ["Chính phủ@1"], "Chính phủ"),
    ],
)  # fmt: skip
def test_a_body_is_named_with_its_place_where_exactly_one_fits(name, bodies, full):
    places = {"1": Place("", "Hà Đông", "province"), "3": Place("thị xã", "Lạc Sơn", "district"),
              "4": Place("xã", "Sơn Hạ", "commune"), "5": Place("xã", "Sơn Trung", "commune")}  # fmt: skip
    read = [Body(*(part or None for part in body.split("@"))) for body in bodies]
    assert name_in_full(name, read, places) == full


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_statement_can_be_said(derived, language):
    for row in derived["inferences"].itertuples():
        assert "{" not in say_code(language, f"says_{row.saying}", row.values, place_name=str)
    for row in derived["agreements"].itertuples():
        assert say_code(language, f"reason_{row.reason}", row.values)
    for row in derived["questions"].itertuples():
        assert "?" in say_code(language, row.saying, row.values)


# --- numbers behind percentages, and bounds ---


@given(before=st.integers(1, 4000), data=st.data(), decimals=st.integers(1, 2))
def test_the_counts_behind_a_percentage_always_fit(before, data, decimals):
    after = data.draw(st.integers(0, before - 1))
    percent = round(100 * (before - after) / before, decimals)
    assert fits(before, percent, decimals=decimals, direction="decrease")
    if after:
        assert fits(after, percent, decimals=decimals, direction="decrease")
    pairs = smallest_pairs(percent, decimals=decimals, direction="decrease", n=1)
    assert pairs and pairs[0][0] <= before


@given(
    st.floats(0.5, 1e9),
    st.sampled_from(["exact", "approx", "more_than", "less_than", "at_least", "at_most"]),
    st.floats(0.5, 1e9),
)
def test_a_figure_always_agrees_with_itself_and_both_ways(value, qualifier, other):
    said = Said(value, qualifier=qualifier)
    assert can_agree(said, said) and bounds(said)[0] <= bounds(said)[1]
    assert can_agree(said, Said(other)) == can_agree(Said(other), said)


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("Năm 2023, huyện xảy ra 44 vụ tai nạn giao thông, giảm 8 vụ (15,38%) so với năm 2022.", 52),
        ("Năm 2023, huyện xảy ra 44 vụ tai nạn giao thông, giảm 15,38% so với năm 2022.", 52),
        ("Toàn huyện phát hiện 210 vụ phạm pháp hình sự, tăng 40 vụ, tương đương 23,53%.", 170),
        ("Toàn huyện phát hiện 155 vụ phạm pháp hình sự (tăng 12,3% so với cùng kỳ).", 138),
    ],
)
def test_a_count_beside_its_change_tells_the_one_before(sentence, before):
    tables = read(sentence)
    told = {saying: values for _, saying, values in sayings(tables, "whole_number_feasibility")}
    assert told["count_before"]["before"] == before
    # both counts are known: nothing is left open, and nothing to ask
    assert sayings(tables, "change_without_base") == [] and "ask_base_of_change" not in set(
        tables["questions"]["saying"]
    )
    for language in ("vi", "en"):
        assert str(before) in say_code(language, "says_count_before", json.dumps(told["count_before"]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Cả nước xảy ra 8 vụ tai nạn đường sắt, làm bị thương 11 người, tăng 60% về số vụ.",  # of another count
        "Huyện đón 6,2 triệu khách, tăng 30%.",  # a rounded count
        "Huyện có 44 camera. Số vụ trộm cắp giảm 15,38%.",
        "Huyện phấn đấu giảm 15,38% so với 44 vụ của năm trước.",
        "Có 44 vụ, trong đó 15,38% do rượu bia.",
    ],
)
def test_a_change_of_something_else_tells_no_count(sentence):
    assert "count_before" not in {saying for _, saying, _ in sayings(read(sentence), "whole_number_feasibility")}


@pytest.mark.parametrize(
    ("percent", "by", "fits"),
    [("23,53", 40, True), ("23,52", 40, True), ("33,53", 40, False), ("23,53", 41, False)],
)
def test_numbers_of_one_change_must_fit_each_other(percent, by, fits):
    tables = read(f"Toàn huyện phát hiện 210 vụ phạm pháp hình sự, tăng {by} vụ, tương đương {percent}%.")
    torn = tables["agreements"][tables["agreements"]["agreement"] == "contradicted"]
    assert torn["reason"].tolist() == ([] if fits else ["change_does_not_fit"])
    assert ("ask_change" in set(tables["questions"]["saying"])) is not fits


@given(before=st.integers(20, 5000), by=st.integers(1, 400), falls=st.booleans(), decimals=st.integers(0, 2))
def test_the_number_before_is_among_those_found(before, by, falls, decimals):
    after = before - by if falls else before + by
    if after <= 0:
        return
    percent = round(100 * by / before, decimals)
    found = befores(after, percent, decimals=decimals, direction="decrease" if falls else "increase")
    assert found is not None and found[0] <= before <= found[1]
    assert prints_as(by, before, percent, decimals=decimals)
