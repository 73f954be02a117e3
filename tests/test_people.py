"""People: who is found, with which rank, function and organisation; who is not; which mentions are one
person.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.linking import link_people
from helpers.extract.people import propose_people
from helpers.extract.register import open_reading
from helpers.extract.span import Mention
from helpers.lexicon import Lexicon

HERE = Path(__file__).parent
VI = Lexicon.load("vi")
FIELDS = ("name", "rank", "honorific", "function", "organisation", "place")


def read(text: str) -> list[Mention]:
    reading = open_reading(Document("test", text), VI)
    people = propose_people(reading, VI)
    link_people(reading, people)
    for person in people:
        person.surface = reading.plain[person.start : person.end]
    return people


def article(*paragraphs: str) -> str:
    return "\n\n".join(("Giữ vững an ninh trật tự", "Công an huyện tổng kết công tác năm.", *paragraphs))


@pytest.mark.parametrize("case", read_cases("people"), ids=lambda c: c["note"])
def test_case(case):
    found = {p.surface: p.fields for p in read(case["text"])}
    if not case["surface"]:
        assert found == {}
        return
    assert case["surface"] in found
    fields = found[case["surface"]]
    assert {f: fields[f] for f in FIELDS if case[f]} == {f: case[f] for f in FIELDS if case[f]}
    assert fields["public"] is (case["public"] == "yes")


def test_span_is_the_name_alone():
    (person,) = read("Đồng chí Đại tá Trần Văn Mẫu, Phó Giám đốc Công an tỉnh, đến dự.")
    assert person.surface == "Trần Văn Mẫu"


def test_later_short_mentions_are_the_person_named_in_full():
    people = read(
        article(
            "Ông Trần Thế Mẫu - Phó Chủ tịch UBND huyện cho biết đã xong. Ông Mẫu nói thêm.",
            "Trung úy Ngô Thị Thử chia sẻ. Đặc biệt, Thử được mọi người đón tiếp.",
        )
    )
    assert [(p.surface, p.fields["name"]) for p in people] == [
        ("Trần Thế Mẫu", "Trần Thế Mẫu"),
        ("Mẫu", "Trần Thế Mẫu"),
        ("Ngô Thị Thử", "Ngô Thị Thử"),
        ("Thử", "Ngô Thị Thử"),
    ]
    full, short, other, given = people
    assert full.entity_id == short.entity_id != other.entity_id == given.entity_id
    assert short.fields["function"] == "Phó Chủ tịch"
    assert short.fields["public"] is True
    assert {"name", "function", "public"} <= set(short.inferred)
    assert full.inferred == ()


def test_short_mention_keeps_to_the_sex_of_its_honorific():
    people = read("Ông Trần Văn Mẫu và bà Lê Thị Mẫu cùng đến. Bà Mẫu phát biểu, ông Mẫu ghi chép.")
    he, she, her, him = people
    assert (her.entity_id, him.entity_id) == (she.entity_id, he.entity_id)


def test_a_lists_role_stays_in_its_sentence():
    first, second, third = read(
        "Bắt 2 đối tượng gồm Trần Hải Thử, sinh năm 1985 và Hà Bá Mẫu, sinh năm 1971. "
        "Sáng nay Cao Văn Thí, sinh năm 1980 đến làm chứng."
    )
    assert [p.fields["function"] for p in (first, second, third)] == ["đối tượng", "đối tượng", None]
    assert (first.inferred, second.inferred, third.inferred) == ((), ("function",), ())


def test_a_suspect_is_no_official_of_the_same_given_name():
    official, suspect = read("Ông Trần Văn Mẫu, Chủ tịch UBND xã, đến dự. Công an bắt đối tượng Mẫu.")
    assert (official.fields["public"], suspect.fields["public"]) == (True, False)
    assert official.entity_id != suspect.entity_id


def test_a_short_mention_of_two_namesakes_is_not_made_public():
    people = read("Ông Trần Văn Mẫu, Chủ tịch UBND xã, và anh Lê Văn Mẫu (SN 1990) có mặt. Khi đó Mẫu bỏ chạy.")
    assert [p.fields["public"] for p in people] == [True, False, False]


def test_initials_and_foreign_family_names_are_tied_to_the_full_name():
    full, short, *_ = read("Chị Nguyễn Thị T. (20 tuổi) kể lại. Sau đó chị T. đến trình báo.")
    assert full.entity_id == short.entity_id
    full, short = read("Tổng thống Park Geun-mau phát biểu. Bà Park lên đường về nước.")
    assert (full.entity_id, short.fields["public"]) == (short.entity_id, True)


def test_initials_are_those_of_longer_initials():
    full, short = read("Anh T.V.Đ (ngụ quận Hoàn Kiếm) quay clip. Anh Đ. đến trình báo.")
    assert (full.entity_id, short.fields["name"]) == (short.entity_id, "T.V.Đ")


def test_abroad_the_first_name_stands_for_the_person_after_an_office():
    full, short = read("Ông Tập Cận Mẫu lên nắm quyền. Hiện nay Chủ tịch Tập đẩy mạnh cải cách.")
    assert (full.entity_id, short.fields["name"]) == (short.entity_id, "Tập Cận Mẫu")
    assert full.fields["public"] is True


def test_an_accused_is_private_in_all_mentions():
    people = read("Lý Hoàng Mẫu (nguyên Đội phó Đội Cảnh sát giao thông huyện) khai. Bị cáo Mẫu nói không biết.")
    assert len({p.entity_id for p in people}) == 1
    assert not any(p.fields["public"] for p in people)
    assert not any("masked" in p.fields for p in people)


def test_a_name_of_two_words_told_of_twice_is_a_person():
    people = read("Nhìn kỹ Trương Mẫu, cả nhóm giật mình. Sau đó, Trương Mẫu khai đã trốn nhiều năm.")
    assert [p.surface for p in people] == ["Trương Mẫu", "Trương Mẫu"]
    assert read("Nhìn kỹ Trương Mẫu, cả nhóm giật mình.") == []


def test_common_words_are_no_short_mentions():
    people = read(article("Ông Đỗ Văn Chính dự họp. Người đứng đầu Chính phủ yêu cầu.", "Chính quyền đã vào cuộc."))
    assert [p.surface for p in people] == ["Đỗ Văn Chính"]


def test_one_office_with_two_surnames_is_a_conflict():
    people = read(
        article(
            "Tại hội nghị, Đại tá Phạm Thanh Mẫu - Phó Giám đốc Công an nhấn mạnh nhiệm vụ.",
            "Đại tá Nguyễn Thanh Mẫu - Phó Giám đốc Công an tỉnh phát biểu tại hội nghị.",
        )
    )
    assert len({p.entity_id for p in people}) == 1
    assert [(p.fields["name"], p.fields["conflict"]) for p in people] == [
        ("Phạm Thanh Mẫu", "Nguyễn Thanh Mẫu"),
        ("Nguyễn Thanh Mẫu", "Phạm Thanh Mẫu"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        "Đại tá Lê Quang Thử - Phó Giám đốc Công an tỉnh",  # two deputies
        "Đại tá Nguyễn Thanh Mẫu - Chính ủy Bộ Chỉ huy Quân sự tỉnh",  # another office
        "Nguyễn Thanh Mẫu (SN 1990, trú xã Kỳ Hoa)",  # a private namesake
    ],
)
def test_two_people_stay_two(second):
    people = read(article("Đại tá Phạm Thanh Mẫu - Phó Giám đốc Công an tỉnh đến dự.", f"{second} cũng có mặt."))
    assert len({p.entity_id for p in people}) == 2
    assert not any("conflict" in p.fields for p in people)


def test_bylines_are_no_people():
    text = article("Công an huyện đã xử lý 155 vụ vi phạm trong năm qua.", "Trần Thị Mẫu")
    assert read(text) == []
    assert [p.surface for p in read(text.replace("Công an huyện đã", "Ông Trần Thị Mẫu đã"))] == ["Trần Thị Mẫu"]


def test_people_of_the_seeds():
    gold = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))
    for row in gold["articles"]:
        text = (HERE.parent / "seeds" / row["file"]).read_text(encoding="utf-8")
        people = [p for p in row["persons"] if "exclude_from" not in p]
        wanted = {m.get("name") or p["name"] for p in people for m in p["mentions"]}
        assert {p.surface for p in read(text)} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ông " * 4000,
        "Nguyễn Văn " * 4000,
        "đối tượng gồm: " * 3000,
        "A.B." * 5000,
        "Phó Giám đốc Công an tỉnh, " * 2000,
        "Chủ tịch John " * 4000,
        "X (SN 1980), Y (35 tuổi), " * 2000,
        "Mẫu Trần Văn Mẫu đã " * 3000,
        "Giám đốc a b c d e f " * 3000,
    ],
    ids=lambda t: t[:12],
)
def test_odd_input_raises_nothing(text):
    read(text)


def test_persons_of_the_development_articles():
    folder = HERE.parent.parent / "shared/gold/dev"
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not here: measured where the gold articles are")
    gold = [json.loads(line) for line in (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines()]
    n_found = n_wanted = n_false = 0
    for path in sorted((folder / "articles").glob("*.txt")):
        wanted = {r["surface"].casefold() for r in gold if r["doc_id"] == path.stem and r["type"] == "person"}
        found = {p.surface.casefold() for p in read(path.read_text(encoding="utf-8")) if "name" not in p.inferred}
        n_wanted += len(wanted)
        n_found += len(wanted & found)
        n_false += len(found - wanted)
    assert n_found / n_wanted >= 0.96
    assert n_false <= 2
