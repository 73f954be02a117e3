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
        ("Xã thu hồi 11 khẩu súng tự chế, trong đó có 13 khẩu súng kíp.", True),
        ("Xã thu hồi 13 khẩu súng tự chế, trong đó có 11 khẩu súng kíp.", False),
        ("Xã có lễ hội (tức 10/1 tháng Giêng) hằng năm.", False),
        ("Bến có 1 xe đi Vinh, 1 xe đi Huế. Trong số này, có 2 xe đang làm thủ tục.", False),
        ("Xe chạy với tốc độ 78/50 km/h.", False),
        ("Lễ khai mạc diễn ra tại Quảng trường 19/8 thành phố Yên Bái.", False),
        ("Huyết áp của người bệnh là 110/70 mmHg.", False),
        ("Xã trồng 126/106 ha rừng được giao, đạt 119% kế hoạch.", False),
    ],
)
def test_a_part_is_no_greater_than_its_whole(text, torn):
    assert bool(groups(derive_corpus({"một": article("Tin", OTHER, text)}), "contradicted")) is torn


# --- words of one meaning ---


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # the verb before the number, the word behind it
        (
            "xảy ra 312 vụ tai nạn giao thông, làm chết {n} người.",
            "xảy ra 312 vụ tai nạn giao thông, làm {n} người chết.",
        ),
        (
            "xảy ra 312 vụ tai nạn giao thông, bị thương {n} người.",
            "xảy ra 312 vụ tai nạn giao thông, làm {n} người bị thương.",
        ),
        ("xảy ra 12 vụ hỏa hoạn, khiến {n} người tử vong.", "xảy ra 15 vụ cháy, {n} người thiệt mạng."),
        (
            "bắt nhóm lừa đảo, số tiền bị chiếm đoạt {n} tỷ đồng.",
            "bắt nhóm lừa đảo với số tiền chiếm đoạt {n}.000 triệu đồng.",
        ),
    ],
)
def test_words_of_one_meaning_confirm_each_other(first, second):
    opening = "Năm 2022, trên địa bàn huyện Can Lộc "
    tables = two(opening + first.format(n=45), opening + second.format(n=45))
    confirmed = [surfaces for agreement, _, surfaces in groups(tables, "confirmed")]
    assert any(any("45" in surface for surface in surfaces) for surfaces in confirmed)


def test_the_dead_of_one_kind_of_event_are_not_those_of_another():
    opening = "Năm 2022, trên địa bàn huyện Can Lộc xảy ra "
    tables = two(opening + "112 vụ tai nạn giao thông, làm chết 45 người.", opening + "45 vụ cháy, làm chết 13 người.")
    assert groups(tables, "contradicted", "confirmed") == []


# --- one event ---

FIRE = "Vụ cháy xảy ra ngày 4/5/2023 tại xã Phúc Trạch, huyện Hương Khê."
BLAZE = "Ngày 4/5/2023, tại xã Phúc Trạch, huyện Hương Khê, ngọn lửa bùng lên lúc nửa đêm."


def event(first: str, second: str, *, day: str = "2023-05-04", later: str = "2023-05-04") -> dict[str, pd.DataFrame]:
    return derive_corpus({
        "một": article("Cháy chợ", FIRE, first, OTHER, date=day),
        "hai": article("Hỏa hoạn lúc nửa đêm", BLAZE, second, FILLING, date=later),
    })  # fmt: skip


def test_figures_behind_one_day_and_place_are_of_one_event():
    tables = event("Có 32 ki-ốt bị thiêu rụi.", "Theo thống kê, 32 ki-ốt bị thiêu rụi.")
    assert groups(tables, "confirmed", "contradicted") == [("confirmed", "same_event", ["32", "32"])]
    assert set(tables["facts"].loc[tables["facts"]["value"] == 32, "agreement"]) == {"confirmed"}


def test_other_figures_of_one_event_contradict():
    tables = event("Có 32 ki-ốt bị thiêu rụi.", "Theo thống kê, 35 ki-ốt bị thiêu rụi.")
    assert groups(tables, "confirmed", "contradicted") == [("contradicted", "other_value_of_event", ["35", "32"])]
    assert [q for q in tables["questions"]["saying"] if q == "ask_value"] == ["ask_value"]


def test_the_dead_of_one_event_in_other_words_contradict():
    tables = event("Vụ việc làm 2 người chết.", "Đám cháy khiến 3 người tử vong.")
    assert [(a, r) for a, r, _ in groups(tables, "confirmed", "contradicted")] == [
        ("contradicted", "other_value_of_event")
    ]


def test_a_count_may_be_renewed_on_another_day():
    tables = event("Vụ việc làm 2 người chết.", "Đám cháy khiến 3 người tử vong.", later="2023-05-06")
    found = [(a, r) for a, r, _ in groups(tables, "confirmed", "contradicted", "incomparable")]
    assert found == [("incomparable", "other_count")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # one of them tells another day, or another place
        ("Trước đó, ngày 1/5/2023, một đám cháy làm 3 người chết.", "Đám cháy khiến 2 người tử vong."),
        ("Một vụ khác tại huyện Vũ Quang làm 3 người chết.", "Đám cháy khiến 2 người tử vong."),
        # a bound that allows both; a plan; many values in one article
        ("Có hơn 30 ki-ốt bị thiêu rụi.", "Có 32 ki-ốt bị thiêu rụi."),
        ("Xã sẽ dựng lại 30 ki-ốt bán hàng.", "Xã đã dựng lại 12 ki-ốt bán hàng."),
        ("Có 30 ki-ốt bị thiêu rụi. Thêm 2 ki-ốt bị thiêu rụi.", "Có 32 ki-ốt bị thiêu rụi."),
        # too common a thing
        ("Có 5 người.", "Có 6 người."),
    ],
)
def test_what_may_be_of_another_event_or_thing_is_no_contradiction(first, second):
    assert groups(event(first, second), "contradicted", "confirmed") == []


def test_a_reprint_of_an_event_confirms_nothing():
    text = article("Cháy chợ", FIRE, OTHER, "Có 32 ki-ốt bị thiêu rụi.", FILLING, date="2023-05-04")
    tables = derive_corpus({"một": text, "hai": text.replace("Cháy chợ", "Đăng lại")})
    assert groups(tables, "confirmed", "contradicted") == []


# --- names and documents ---

CHAIR = "Ông {name}, Chủ tịch UBND huyện Can Lộc, yêu cầu các xã vào cuộc."


def test_two_names_for_one_office_in_one_month_contradict():
    tables = two(CHAIR.format(name="Lò Văn Mẫu"), CHAIR.format(name="Bùi Thị Thử"))
    assert [(a, r) for a, r, _ in groups(tables, "contradicted", "incomparable")] == [("contradicted", "other_name")]


def test_an_office_may_change_hands():
    tables = two(CHAIR.format(name="Lò Văn Mẫu"), CHAIR.format(name="Bùi Thị Thử"), later="2024-02")
    assert [(a, r) for a, r, _ in groups(tables, "contradicted", "incomparable")] == [("incomparable", "other_time")]


def test_an_office_is_named_once():
    head = "Thượng tá {name}, Trưởng Công an huyện Can Lộc, cho biết đơn vị đang điều tra."
    tables = two(head.format(name="Lò Văn Mẫu"), head.format(name="Bùi Thị Thử"))
    found = tables["agreements"]
    assert found.loc[found["agreement"] == "contradicted", "subject"].tolist() == [
        "Thượng tá Trưởng Công an huyện Can Lộc"
    ]


def test_an_article_without_a_date_is_of_the_last_day_that_it_names():
    first, second = (
        CHAIR.format(name=name).replace("yêu", "ngày {day}/3/2023 yêu") for name in ("Lò Văn Mẫu", "Bùi Thị Thử")
    )
    told = [
        {"một": first.format(day=3) + "\n", "hai": other + "\n"}
        for other in (second.format(day=4), CHAIR.format(name="Bùi Thị Thử"))
    ]
    assert [[(a, r) for a, r, _ in groups(derive_corpus(articles), "contradicted", "incomparable")] for articles in told] == [
        [("contradicted", "other_name")], [("incomparable", "time_untold")]
    ]  # fmt: skip


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
