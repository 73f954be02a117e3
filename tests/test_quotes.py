"""Quotes: direct and reported, with speaker and cue; quoted words that nobody says; missing and nested
marks.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.linking import link_people
from helpers.extract.people import propose_people
from helpers.extract.quotes import find_quotes
from helpers.extract.register import open_reading
from helpers.extract.span import Mention
from helpers.lexicon import Lexicon

HERE = Path(__file__).parent
VI = Lexicon.load("vi")


def read(text: str) -> list[Mention]:
    reading = open_reading(Document("test", text), VI)
    people = propose_people(reading, VI)
    link_people(reading, people)
    quotes = find_quotes(reading, VI, people)
    for quote in quotes:
        quote.surface = reading.plain[quote.start : quote.end]
    return quotes


@pytest.mark.parametrize("case", read_cases("quotes"), ids=lambda c: c["note"])
def test_case(case):
    found = {q.surface: q.fields for q in read(case["text"])}
    if not case["surface"]:
        assert found == {}
        return
    assert case["surface"] in found
    fields = found[case["surface"]]
    assert (fields["speaker"], fields["form"], fields["cue"]) == (case["speaker"], case["form"], case["cue"] or None)


def test_quotes_of_the_seeds():
    gold = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))
    for row in gold["articles"]:
        found = read((HERE.parent / "seeds" / row["file"]).read_text(encoding="utf-8"))
        names = {p["id"]: p.get("name") or p["name_variants"][0] for p in row["persons"]}
        direct = [(q.start, q.end, q.fields["speaker"], q.fields["cue"]) for q in found if q.fields["form"] == "direct"]
        assert direct == [(*q["span"], names[q["speaker"]], q["cue"]) for q in row["quotes"]]
        reported = [(q.start, q.end, q.fields["speaker"]) for q in found if q.fields["form"] == "reported"]
        assert reported == [(*t["span"], names[s["speaker"]]) for s in row["indirect_speech"] for t in s["text"]]


def article(*paragraphs: str) -> str:
    return "\n\n".join(("Giữ vững bình yên", "Huyện tổng kết công tác năm qua.", *paragraphs))


def test_a_speech_left_open_goes_on_in_the_next_paragraph():
    first, second = read(
        article(
            "Ông Lê Văn Thử chia sẻ: “Tôi làm trưởng thôn đã hai mươi năm nay.",
            "Chưa bao giờ tôi thấy bà con phấn khởi như thế”. Ông Thử rót thêm chén nước.",
        )
    )
    assert (first.fields["speaker"], second.fields["speaker"]) == ("Lê Văn Thử", "Lê Văn Thử")
    assert (second.rule, second.surface) == ("continued", "Chưa bao giờ tôi thấy bà con phấn khởi như thế”")
    (only,) = read(
        article(
            "Ông Lê Văn Thử chia sẻ: “Tôi làm trưởng thôn đã hai mươi năm nay”.",
            "Mô hình “Tiếng kẻng an ninh” vẫn được duy trì ở thôn.",
        )
    )
    assert only.rule == "said_before"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ông Lê Văn Thử nhìn ra sân: “Chúng tôi cam kết giữ cho thôn xóm bình yên”.", "Lê Văn Thử"),
        ("Theo Thượng tá Lê Văn Thử, Trưởng Công an huyện: “Nhân dân là tai mắt của công an”.", "Lê Văn Thử"),
        ("“Phát hiện sai phạm thì phải xử lý nghiêm”. Đó là khẳng định của ông Lê Văn Thử.", "Lê Văn Thử"),
        ("Nhìn con, ông Lê Văn Thử lặng đi. Mãi sau, ông ngồi xuống, nghẹn ngào: “Con tôi còn quá nhỏ”.", "Lê Văn Thử"),
    ],
)
def test_speech_without_a_verb(text, speaker):
    (quote,) = read(article(text))
    assert (quote.fields["form"], quote.fields["speaker"]) == ("direct", speaker)


def test_a_pronoun_stands_for_the_person_addressed_so():
    (quote,) = read(
        article("Anh Lê Văn Thử ôm chặt cháu Trần Mẫu Thí. Mãi sau, anh nói: “Con tôi đã được cứu sống rồi”.")
    )
    assert quote.fields["speaker"] == "Lê Văn Thử"


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Thử treo tấm biển: “Khu dân cư không có tội phạm và tệ nạn”.",
        "Điều lệ ghi rõ mục đích của hội: “Tập hợp và đoàn kết hội viên trong xã”.",
    ],
)
def test_a_colon_alone_makes_no_speech(text):
    assert read(article(text)) == []


def test_speech_goes_on_after_a_caption_but_not_into_a_new_subject():
    text = (
        "Tổng kết năm\n\nHuyện tổng kết công tác quốc phòng năm qua và bàn nhiệm vụ năm tới.\n\n"
        "Đại tá Trần Văn Mẫu - Phó Giám đốc Công an tỉnh nhấn mạnh, huyện cần chủ động nắm tình hình.\n\n"
        "Đại tá Trần Văn Mẫu phát biểu tại hội nghị.\n\n"
    )
    rest = "Trấn áp các loại tội phạm; tập trung giải quyết các vụ việc phát sinh ngay từ cơ sở.\n\nLê Thử"
    assert [q.rule for q in read(text + rest)] == ["reported_speech", "reported_speech_continued"]
    other = "Ông Lê Văn Thử thăm các xã; tặng quà cho các hộ nghèo trên địa bàn huyện.\n\nLê Thử"
    assert [q.rule for q in read(text + other)] == ["reported_speech"]


@pytest.mark.parametrize("mark", ["“", "”", '"', '“”"', "«"])
def test_any_number_of_marks_is_read(mark):
    for n in (1, 2, 3, 50_001):
        read(f"Ông Trần Văn Mẫu nói: {mark * n} năm từ ở trong dấu ngoặc {mark * n}.")
