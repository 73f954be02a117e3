"""Readers, readable forms, structure: what comes in is read as it is, or refused with the mend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest
from conftest import DEV, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.corpus.document import Document
from helpers.corpus.readers import Rejected, read_paths
from helpers.corpus.sentences import split_sentences
from helpers.extract.register import extract_document, open_reading
from helpers.normalize import fold


def _read(folder) -> list[Document | Rejected]:
    return list(read_paths([folder]))


def test_header_gives_month_and_title(tmp_path):
    (tmp_path / "a.txt").write_text(" date 2023-12 Một tiêu đề\n\nSa-pô.\n\nThân bài.", encoding="utf-8")
    (document,) = _read(tmp_path)
    assert (document.doc_id, document.published, document.title, document.notes) == ("a", "2023-12", "Một tiêu đề", [])


def test_text_without_header_has_no_date_and_says_so(tmp_path):
    (tmp_path / "a.txt").write_text("Một tiêu đề\n\nSa-pô.\n\nThân bài.", encoding="utf-8")
    (document,) = _read(tmp_path)
    assert (document.published, document.title) == (None, "Một tiêu đề")
    assert "date unknown" in document.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "reason_class"),
    [
        ("a.txt", b" date 2023-13 T\n\nx", "malformed_header"), ("a.txt", b" date 2023-02-30 T\n\nx", "malformed_header"),
        ("a.txt", b" date hello T\n\nx", "malformed_header"), ("a.txt", b"", "empty"), ("a.txt", b" \n\n\t", "empty"),
        ("a.txt", b"b\xe1\xba\xaft \xff\xfe 35", "encoding"), ("a.txt", b"text\x00text", "binary"), ("a.docx", b"PK", "unknown_format"),
        ("a.txt", b" date 2023-12\n\nbody", "malformed_header"),
    ],
    ids=lambda v: repr(v)[:24],
)  # fmt: skip
def test_unusable_file_is_refused_with_its_reason_and_the_rest_is_read(tmp_path, name, content, reason_class):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(" date 2023-12 T\n\nbắt 3 đối tượng", encoding="utf-8")
    found = _read(tmp_path)
    refused = [f for f in found if isinstance(f, Rejected)]
    assert [r.reason_class for r in refused] == [reason_class]
    assert len(found) == 2 and refused[0].file.endswith(name)


def test_jsonl_lines_are_documents_and_a_bad_one_is_refused_alone(tmp_path):
    rows = [
        {"id": "1", "title": "T", "lead": "L", "body": "B", "date": "2023-05"},
        {"id": "2", "text": "X"},
        {"title": 3},
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows) + "{broken\n", encoding="utf-8")
    found = _read(tmp_path)
    assert [f.doc_id for f in found if isinstance(f, Document)] == ["1", "2"]
    assert found[0].text == "T\n\nL\n\nB" and found[0].published == "2023-05"
    assert [f.position for f in found if isinstance(f, Rejected)] == [3, 4]


def test_clashing_stems_are_told_apart_by_their_folder(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(" date 2023-12 T\n\nB", encoding="utf-8")
    assert [d.doc_id for d in _read(tmp_path)] == [os.path.join("x", "a.txt"), os.path.join("y", "a.txt")]


def test_a_missing_path_is_refused():
    (found,) = read_paths(["no/such/folder"])
    assert isinstance(found, Rejected) and found.reason_class == "missing"


def test_documents_accounts_for_every_input(tmp_path):
    (tmp_path / "a.txt").write_text(" date 2023-12 T\n\nB", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    raw = os.fsencode(tmp_path) + b"/c\xff.txt"
    try:
        with open(raw, "wb") as file:
            file.write(b"\xff\xff")
    except OSError:
        pytest.skip("this file system takes no file names that are not UTF-8")
    refused = tmp_path / "refused.jsonl.out"
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "documents", str(tmp_path), "--rejected", str(refused)],
        capture_output=True,
        cwd=ROOT,
    )
    accepted = [json.loads(line) for line in done.stdout.decode().splitlines()]
    rejected = [json.loads(line) for line in refused.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 1
    # the file of refusals lies in the folder that is read: it is one more input, of an unknown kind
    assert len(accepted) == 1 and {os.path.basename(r["file"]) for r in rejected} >= {"b.txt", "c%FF.txt"}
    assert all(set(r) == {"file", "class", "reason", "position"} for r in rejected)


@given(
    st.text(alphabet=st.sampled_from('aăâeêđớáạốỷỹýoaOAuyUY “”"-–—\u0301\u0323\u0302\u200b\u00a0\n.İ1'), max_size=80)
)
def test_readable_forms_lead_back_to_the_text_as_printed(text):
    folded = fold(text)
    assert len(folded.plain) == len(folded.search)
    assert folded.printed(0, len(folded.plain))[1] in (len(text), 0)
    spans = [folded.printed(i, i + 1) for i in range(len(folded.plain))]
    assert all(0 <= a <= b <= len(text) for a, b in spans) and spans == sorted(spans)


def test_spellings_are_folded_for_search_and_kept_in_print():
    folded = fold("Cụ thể hoá; chiến sỹ; Đại uý; QUÝ I; thuỷ lợi; tỷ đồng; hoàn toàn")
    assert folded.search == "cụ thể hóa; chiến sĩ; đại úy; quý i; thủy lợi; tỉ đồng; hoàn toàn"
    assert folded.plain.startswith("Cụ thể hoá")
    assert fold("toà², toàn, huỷ; hy sinh, thy, nghy; THUỶ").search == "tòa², toàn, hủy; hi sinh, thi, nghy; thủy"


def test_letters_composed_and_left_out_lead_back_to_their_place():
    folded = fold("o\u0302\u0301 kỹ\u200b thuật 5 \u2126")
    assert (folded.plain, folded.search) == ("ố kỹ thuật 5 Ω", "ố kĩ thuật 5 ω")
    assert folded.printed(2, 4) == (4, 7) and folded.printed(13, 14) == (16, 17)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Bắt 3 đối tượng. Thu 2 xe.", 2), ("Công an TP. Vinh vào cuộc.", 1), ("PGS.TS. Trần Mẫu nói.", 1),
        ("an ninh văn hóa… qua đó, bảo vệ an toàn.", 1), ("“Tình hình ổn định...”. Ông nói thêm.", 2),
        ("Giảm 26.5 điểm. 12 vụ.", 2), ("xử lý 155 vụ; kéo giảm 26,82%; mở 7 đợt.", 1),
        ("Ông Lê T. Mẫu đến. Bà đi.", 2), ("Hết quý I. Sang quý II.", 2), ("Ai làm? Chưa rõ! Chờ thêm…", 3),
        ("Đ/c Mẫu, TX. Mẫu, về xã. (Còn nữa)", 2), ("Hạ màn./. Hết", 2), ("Gồm tre, nứa, v.v. và gỗ.", 1), (" \n ", 0),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text, n):
    assert len(list(split_sentences(text))) == n


def _roles(text: str, vi) -> list[str]:
    return [p.role for p in open_reading(Document("x", text), vi).paragraphs]


BODY = "Trong năm qua, lực lượng công an đã mở nhiều đợt cao điểm, xử lý hàng chục vụ việc, đồng thời vận động người dân tham gia giữ gìn an ninh trật tự ở cơ sở."


def test_captions_are_told_by_their_form(vi):
    text = f"Tiêu đề\n\nSa-pô của bài.\n\n{BODY}\n\nLực lượng công an tuần tra tại xã Mẫu.\n\n{BODY}\n\nTrần Mẫu"
    assert _roles(text, vi) == ["header", "lead", "body", "caption", "body", "byline"]


@pytest.mark.parametrize(
    "short", ["Dự hội nghị có lãnh đạo Công an tỉnh.", "Nhận diện khó khăn", "Tại hội nghị, các đại biểu đã thảo luận."]
)
def test_short_body_paragraphs_are_no_captions(short, vi):
    assert _roles(f"Tiêu đề\n\nSa-pô của bài.\n\n{BODY}\n\n{short}\n\n{BODY}", vi)[3] == "body"


@pytest.mark.parametrize(
    ("block", "role"),
    [
        ("Trong ảnh: Lễ ra quân tại xã Mẫu. Mọi người đã có mặt từ sáng sớm.", "caption"),
        ("Đoàn xe đã về đến bản. Bà con ra đón. (Ảnh: Thu Mẫu)", "caption"),
        ("Anh Trần Mẫu (đứng thứ hai từ trái sang) đã nhận bằng khen. Lễ trao sáng qua.", "caption"),
        ("Trong ảnh hưởng chung của bão: ruộng đồng đã ngập. Dân đã dời đi.", "body"),
        ("Họ gửi lại một điều: ảnh của đoàn đã thất lạc. Không ai nhận.", "body"),
        ("Mười hộ (ba hộ nghèo) đã nhận quà. Lễ trao sáng qua.", "body"),
    ],
)
def test_what_tells_a_picture_makes_a_caption(block, role, vi):
    assert _roles(f"Tiêu đề\n\nSa-pô của bài.\n\n{BODY}\n\n{block}\n\n{BODY}", vi)[3] == role


def test_pull_quote_ends_with_its_speaker(vi):
    text = f"Tiêu đề\n\nSa-pô của bài.\n\n{BODY}\n\n{BODY} Thượng tá Trần Văn Mẫu Phó Trưởng Công an TX Mẫu\n\nThu Mẫu"
    assert _roles(text, vi)[-2:] == ["pullquote", "byline"]


def test_roles_hold_on_other_papers(vi):
    if not DEV.is_dir():
        pytest.skip("needs the annotated articles of other papers, which are not part of the project")
    rows = [json.loads(line) for line in (DEV / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()]
    right = 0
    for doc_id in sorted({r["doc_id"] for r in rows}):
        (document,) = read_paths([DEV / "articles" / f"{doc_id}.txt"])
        reading = open_reading(document, vi)
        roles = {reading.folded.printed(p.start, p.end): p.role for p in reading.paragraphs}
        for row in rows:
            if row["doc_id"] == doc_id:
                right += roles.get((row["start"], row["end"])) == {"title": "header"}.get(row["role"], row["role"])
    assert right / len(rows) >= 0.97


@settings(deadline=None)
@given(st.text(max_size=200))
def test_nothing_raises_on_odd_text(text):
    from helpers.lexicon import Lexicon

    extraction = extract_document(Document("x", text), Lexicon.load("vi"))
    assert all(text[m.start : m.end] == m.surface for m in extraction.mentions)


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "“" * 50_000, "1/" * 20_000, "năm " * 20_000, "a, " * 20_000, "(" * 50_000, "tháng 2 " * 10_000],
    ids=lambda t: t[:8],
)
def test_hostile_lengths_are_read(text, vi):
    extract_document(Document("x", text), vi)


@pytest.mark.parametrize(
    "piece", [".", "a. ", "TP. ", "“", "\n", "a\n", "a.\n\n", " ", "!", "\u0301\u0323", "oá", "(thứ ", ". Ảnh: ", ". ông Mẫu ", "đồng "]
)  # fmt: skip
def test_hostile_repetitions_are_opened(piece, vi):
    """Time in proportion to length is shown by `make bench`; here a square would take minutes."""
    reading = open_reading(Document("x", f"a\n\nb\n\nc{piece * 30_000}"), vi)
    assert [p.index for p in reading.paragraphs] == list(range(len(reading.paragraphs)))
    assert all(a.end <= b.start for a, b in pairwise(reading.sentences))
