"""What articles repeat, confirm and contradict: on the seeds, on changed seeds, on invented articles."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from conftest import ROOT
from corpora import derive_corpus

SEEDS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
COUNTY, TOWN = SEEDS


def groups(tables: dict[str, pd.DataFrame], *agreements: str) -> list[tuple[str, str, list[str]]]:
    """(agreement, reason, surfaces) of the groups of these kinds."""
    found = tables["agreements"]
    surfaces = tables["mentions"].set_index("mention_id")["surface"]
    return [
        (row.agreement, row.reason, [surfaces[m] for m in row.mention_ids])
        for row in found[
            found["agreement"].isin(agreements or ("contradicted", "confirmed", "repeated", "incomparable"))
        ].itertuples()
    ]


def change(doc_id: str, old: str, new: str, *, at: int = 1) -> dict[str, str]:
    """The seeds with the `at`-th `old` of one of them replaced."""
    parts = SEEDS[doc_id].split(old)
    assert len(parts) > at, f"{old!r} does not stand {at} times in {doc_id}"
    return SEEDS | {doc_id: old.join(parts[:at]) + new + old.join(parts[at:])}


# --- the seeds ---


def test_only_the_surname_is_contradicted_in_the_seeds():
    assert groups(derive_corpus(SEEDS), "contradicted", "confirmed") == [
        ("contradicted", "other_name", ["Phạm Thanh Phương", "Nguyễn Thanh Phương"])
    ]


def test_the_caption_and_the_body_say_one_twelve():
    tables = derive_corpus(SEEDS)
    assert ("repeated", "same_article", ["12", "12"]) in groups(tables, "repeated")
    facts = tables["facts"]
    twelves = facts[(facts["value"] == 12) & (facts["kind"] == "count")]
    assert dict(zip(twelves["subject_key"], twelves["n_mentions"], strict=False)) != {}
    assert twelves["subject_key"].nunique() == 2, "the models of fire safety and those of mass mobilisation stay apart"
    elevens = facts[(facts["value"] == 11) & (facts["kind"] == "count")]
    assert len(elevens) == elevens["subject_key"].nunique() == 4


def test_the_same_twelve_told_of_town_and_ward_is_a_warning():
    assert [g for g in groups(derive_corpus(SEEDS), "incomparable") if g[1] == "same_value_other_place"]


@pytest.mark.parametrize(
    ("doc_id", "old", "new", "at", "reason"),
    [
        (TOWN, '12 mô hình "Tổ liên gia', '13 mô hình "Tổ liên gia', 1, "other_value"),
        (TOWN, "12 mô hình “Tổ liên gia", "21 mô hình “Tổ liên gia", 1, "other_value"),
        (TOWN, "2 năm thực hiện", "3 năm thực hiện", 1, "other_value"),
        (TOWN, "2 năm thực hiện", "5 năm thực hiện", 2, "other_value"),
        (TOWN, "2 năm triển khai", "4 năm triển khai", 1, "other_value"),
        (TOWN, "7/11 tổ dân phố", "13/11 tổ dân phố", 1, "part_above_whole"),
    ],
)
def test_one_changed_number_turns_the_badge_and_mending_it_turns_it_back(doc_id, old, new, at, reason):
    changed = change(doc_id, old, new, at=at)
    assert reason in [r for _, r, _ in groups(derive_corpus(changed), "contradicted")]
    parts = changed[doc_id].split(new)
    assert len(parts) == 2
    mended = changed | {doc_id: parts[0] + old + parts[1]}
    assert [r for _, r, _ in groups(derive_corpus(mended), "contradicted")] == ["other_name"]


def test_one_name_for_the_office_turns_the_conflict_into_a_repetition():
    mended = derive_corpus(change(COUNTY, "Đại tá Nguyễn Thanh Phương", "Đại tá Phạm Thanh Phương"))
    assert groups(mended, "contradicted") == []


@pytest.mark.parametrize("seed", range(6))
def test_any_other_number_for_a_repeated_one_is_seen(seed):
    """Generated: the caption's twelve becomes any other number, the sentence of the body stays."""
    number = random.Random(seed).choice([n for n in range(2, 400) if n != 12])
    changed = change(TOWN, '12 mô hình "Tổ liên gia', f'{number} mô hình "Tổ liên gia', at=1)
    torn = groups(derive_corpus(changed), "contradicted")
    assert ("contradicted", "other_value", [str(number), "12"]) in torn


# --- articles ---

RESULT = "Năm 2022, Công an huyện Mẫu Sơn, tỉnh Hà Tĩnh phát hiện {n} vụ mua bán trái phép chất ma túy, thu giữ nhiều tang vật."
FILLING = (
    "Lực lượng chức năng tiếp tục nắm tình hình địa bàn và tuyên truyền để người dân nâng cao cảnh giác với tội phạm. "
    "Các tổ tuần tra được bố trí ban đêm ở những nơi phức tạp, phối hợp với dân quân và bảo vệ dân phố của từng thôn."
)
OTHER = "Hội nghị sơ kết công tác bảo đảm trật tự diễn ra vào buổi sáng với sự tham dự của đại diện nhiều ban ngành địa phương."


def article(title: str, *paragraphs: str, date: str = "2023-02") -> str:
    return "\n\n".join((f" date {date} {title}", *paragraphs))


def two(first: str, second: str, *, later: str = "2023-02") -> dict[str, pd.DataFrame]:
    """Two articles of different words, each with one of the sentences; the second came out `later`."""
    return derive_corpus({
        "một": article("Kết quả một năm", OTHER, first),
        "hai": article("Nhìn lại năm qua", second, FILLING, date=later),
    })  # fmt: skip


def place(text: str) -> str:
    return text.replace("huyện Mẫu Sơn", "huyện Can Lộc")


def test_two_articles_confirm_and_are_one_fact():
    tables = two(place(RESULT.format(n=35)), place("Trong " + RESULT.format(n=35).replace("Năm", "năm")))
    assert [(a, r) for a, r, _ in groups(tables, "confirmed", "contradicted")] == [
        ("confirmed", "independent_articles")
    ]
    facts = tables["facts"]
    assert facts.loc[facts["value"] == 35, ["n_articles", "agreement"]].values.tolist() == [[2, "confirmed"]]


def test_two_articles_contradict():
    tables = two(place(RESULT.format(n=35)), place(RESULT.format(n=53)))
    assert groups(tables, "contradicted", "confirmed") == [("contradicted", "other_value", ["53", "35"])]
    assert set(tables["facts"].loc[tables["facts"]["value"].isin([35, 53]), "agreement"]) == {"contradicted"}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (place(RESULT), RESULT.replace("huyện Mẫu Sơn", "huyện Hương Sơn"), "other_place"),
        (place(RESULT), place(RESULT).replace("2022", "2021"), "other_period"),
        (place(RESULT), place(RESULT).replace("Năm 2022, ", ""), "period_untold"),
    ],
)
def test_another_place_or_period_is_not_comparable(first, second, reason):
    found = groups(two(first.format(n=35), second.format(n=53)), "contradicted", "confirmed", "incomparable")
    assert [(a, r) for a, r, _ in found] == [("incomparable", reason)]


def test_a_reprint_confirms_nothing():
    sentence = place(RESULT.format(n=35))
    text = article("Kết quả một năm", OTHER, sentence, FILLING)
    tables = derive_corpus({"một": text, "hai": text.replace("Kết quả một năm", "Đăng lại")})
    assert [(a, r) for a, r, _ in groups(tables, "confirmed", "repeated") if a == "confirmed"] == []
    assert ("repeated", "reprint") in [(a, r) for a, r, _ in groups(tables)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hơn 35", "41"),  # a bound that the other keeps
        ("gần 500", "487"),  # an approximation
        ("35", "gần 36"),
    ],
)
def test_what_both_can_be_true_is_no_contradiction(first, second):
    assert groups(two(place(RESULT.format(n=first)), place(RESULT.format(n=second))), "contradicted") == []


@pytest.mark.parametrize(
    "text",
    [
        # a list: of many things
        "Năm 2022, huyện Can Lộc có 3 đội dân phòng tự quản về an ninh, trong đó xã A có 2 đội dân phòng tự quản về an ninh.",
        # each one's, not the total
        "Huyện Can Lộc có 12 đội dân phòng “Vì bình yên”.\n\nMỗi xã của huyện Can Lộc có 2 đội dân phòng “Vì bình yên”.",
        # many values of one subject: they are of many things
        "Xã A có 2 học sinh đạt giải nhì. Xã B có 5 học sinh đạt giải nhì. Xã C có 7 học sinh đạt giải nhì.",
        # two sums of two bodies, in sentences of one mould
        "Doanh thu thuần của tổng công ty đạt 70.089 tỉ đồng, tăng 2.475 tỉ đồng so với năm 2021.\n\n"
        "Doanh thu thuần của công ty mẹ đạt 56.518 tỉ đồng, tăng 1.736 tỉ đồng so với năm 2021.",
        # prison terms are each one's
        "Bị cáo thứ nhất bị phạt 12 năm tù giam.\n\nBị cáo thứ hai bị phạt 14 năm tù giam.",
    ],
)
def test_many_values_of_many_things_are_no_contradiction(text):
    assert groups(derive_corpus({"một": article("Tin", OTHER, *text.split("\n\n"))}), "contradicted") == []


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ("Đến nay có 13/11 thôn của xã lắp camera.", True),
        ("Đến nay có 7/11 thôn của xã lắp camera.", False),
        ("Xe chạy với tốc độ 78/50 km/h.", False),
        ("Lễ khai mạc diễn ra tại Quảng trường 19/8 thành phố Yên Bái.", False),
        ("Huyết áp của người bệnh là 110/70 mmHg.", False),
        ("Xã trồng 126/106 ha rừng được giao, đạt 119% kế hoạch.", False),
    ],
)
def test_a_part_is_no_greater_than_its_whole(text, torn):
    assert bool(groups(derive_corpus({"một": article("Tin", OTHER, text)}), "contradicted")) is torn


# --- names and documents ---

CHAIR = "Ông {name}, Chủ tịch UBND huyện Can Lộc, yêu cầu các xã vào cuộc."


def test_two_names_for_one_office_in_one_month_contradict():
    tables = two(CHAIR.format(name="Lò Văn Mẫu"), CHAIR.format(name="Bùi Thị Thử"))
    assert [(a, r) for a, r, _ in groups(tables, "contradicted", "incomparable")] == [("contradicted", "other_name")]


def test_an_office_may_change_hands():
    tables = two(CHAIR.format(name="Lò Văn Mẫu"), CHAIR.format(name="Bùi Thị Thử"), later="2024-02")
    assert [(a, r) for a, r, _ in groups(tables, "contradicted", "incomparable")] == [("incomparable", "other_time")]


def test_one_office_in_two_spellings_is_confirmed():
    name = "Ông Lò Văn Mẫu, Chủ tịch UBND {}, yêu cầu các phường vào cuộc."
    tables = two(name.format("TP. Vinh"), name.format("thành phố Vinh"))
    assert [(a, r) for a, r, _ in groups(tables, "confirmed")] == [("confirmed", "independent_articles")]


def test_a_property_of_many_things_is_not_confirmed():
    line = "Năm 2022, huyện Can Lộc có thêm đường dây 500 kV mạch kép qua các xã."
    assert groups(two(line, line.replace("Năm", "Trong năm")), "confirmed") == []


def test_deputies_are_many():
    tables = two(
        CHAIR.format(name="Lò Văn Mẫu").replace("Chủ tịch", "Phó Chủ tịch"),
        CHAIR.format(name="Bùi Thị Thử").replace("Chủ tịch", "Phó Chủ tịch"),
    )
    assert groups(tables, "contradicted") == []


def test_one_document_with_two_dates_contradicts():
    law = "Thực hiện Quyết định số 45/QĐ-UBND ngày {day}/3/2022 của UBND tỉnh Hà Tĩnh, các xã đã rà soát."
    assert [r for _, r, _ in groups(two(law.format(day=12), law.format(day=15)), "contradicted")] == ["other_date"]
    assert [a for a, _, _ in groups(two(law.format(day=12), law.format(day=12)))].count("confirmed") == 1


# --- facts ---


def test_an_open_period_joins_the_one_that_fits():
    body = place(RESULT.format(n=35))
    tables = derive_corpus(
        {"một": article("Tin", "Công an huyện Can Lộc phát hiện 35 vụ mua bán trái phép chất ma túy.", OTHER, body)}
    )
    facts = tables["facts"][tables["facts"]["value"] == 35]
    assert facts[["n_mentions", "period"]].values.tolist() == [[2, "2022"]]
    assert [len(j) for j in facts["joined"]] == [1]


def test_an_open_period_stands_alone_where_two_fit():
    body = place(RESULT.format(n=35))
    tables = derive_corpus({
        "một": article("Tin", "Công an huyện Can Lộc phát hiện 35 vụ mua bán trái phép chất ma túy.", OTHER, body, body.replace("2022", "2021"))
    })  # fmt: skip
    facts = tables["facts"][tables["facts"]["value"] == 35]
    assert sorted(facts["n_mentions"]) == [1, 1, 1]


def test_a_plan_is_no_result():
    plan = "Năm 2024, huyện Can Lộc phấn đấu xây dựng 12 mô hình tự quản về an ninh."
    done = "Năm 2024, huyện Can Lộc đã xây dựng 12 mô hình tự quản về an ninh."
    facts = derive_corpus({"một": article("Tin", OTHER, plan, done)})["facts"]
    assert sorted(facts.loc[facts["value"] == 12, "mode"]) == ["aim", "done"]


@pytest.mark.parametrize("articles", [{}, {"một": article("Tin", OTHER)}, {"một": "x"}])
def test_nothing_to_compare_is_no_error(articles):
    tables = derive_corpus(articles)
    assert len(tables["agreements"]) == len(tables["facts"]) == 0
