"""Notes of analysts: what they are bound to, what becomes of those whose passage is gone, what is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import open_corpus

from helpers.present import show_memos
from helpers.present.memos_view import memo_data
from helpers.tables.build import check_memos

TEXT = " date 2024-05 Chuyện ở xã\n\nCông an thu giữ 3 kg ma túy. Ông Lê Văn Tý nghe tin.\n"
HEAD = "# sổ tay\nwho,when,theme,doc_id,sentence,text\n"


def noted(root: Path, *lines: str, head: str = HEAD):
    (root / "memos.csv").write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return open_corpus(root, {"a": TEXT}, "en")


def test_a_note_is_bound_to_a_theme_a_sentence_or_both(tmp_path):
    report = noted(
        tmp_path, "Hạnh,2024-06-01,drugs,,,Mới có một bài.", 'Hạnh,2024-06-02,drugs,a,"Công an thu giữ  3 kg ma túy.",Ai cân?',
        'Lan,2024-06-03,,a,"Ông Lê Văn Tý nghe tin.",Hỏi thêm.',
    )  # fmt: skip
    assert report.tables["memos"]["status"].tolist() == ["kept"] * 3
    shown = show_memos(report).html
    assert "Notes by analysts: 3" in shown and shown.count("Drugs") == 2 and shown.count("[A P1]") == 2
    assert "Ai cân?" in shown and "2024-06-02" in shown and check_memos(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "status", "reason", "said"),
    [
        ("Lan,2024-06-03,drug,,,Cũ.", "orphan", "no_theme", "no theme 'drug'"),
        ("Lan,2024-06-03,,b,Câu.,Cũ.", "orphan", "no_article", "no article 'b'"),
        ("Lan,2024-06-03,,a,Câu đã bỏ.,Cũ.", "orphan", "no_sentence", "no such sentence"),
        ("Lan,3/6,drugs,,,Hôm nay.", "invalid", "bad_row", "write the day as"),
        (",2024-06-03,drugs,,,Ai?", "invalid", "bad_row", "who is empty"),
        ("Lan,2024-06-03,,,,Về gì?", "invalid", "bad_row", "neither theme nor sentence"),
        ("Lan,2024-06-03,,,Câu.,Bài nào?", "invalid", "bad_row", "fill doc_id"),
        ("Lan,2024-06-03,drugs,,Một, hai,ba", "invalid", "bad_row", "7 cells, 6 wanted"),
        ("<<<<<<< ours", "invalid", "bad_row", "a merge left this mark"),
    ],
)
def test_a_note_that_cannot_be_kept_is_shown_and_told_with_the_mend(tmp_path, line, status, reason, said):
    report = noted(tmp_path, line)
    (row,) = report.tables["memos"].to_dict("records")
    assert (row["status"], row["reason"]) == (status, reason)
    assert "to be mended" in show_memos(report).html
    (problem,) = check_memos(tmp_path)
    assert problem.startswith("memos.csv:3: ") and said in problem and "; " in problem


@pytest.mark.parametrize("head", ["ai,khi,gì\n", "# only a comment\n", '"open\n'])
def test_a_file_that_cannot_be_read_is_told(tmp_path, head):
    noted(tmp_path, head=head)
    assert len(check_memos(tmp_path)) == 1


def test_a_file_of_other_bytes_is_told(tmp_path):
    (tmp_path / "memos.csv").write_bytes(b"\xff\xfe\x00")
    open_corpus(tmp_path, {"a": TEXT})
    assert "save it as UTF-8" in check_memos(tmp_path)[0]


def test_private_names_in_notes_are_never_shown(tmp_path):
    report = noted(
        tmp_path,
        "Lan,2024-06-03,drugs,,,Hỏi Lê Văn Tý và bà Trần Thị Mận.",
        'Lan,2024-06-03,,a,"Ông Lê Văn Tý đã đi.",x',
    )
    shown = show_memos(report).html + memo_data(report).to_csv()
    assert "Tý" not in shown and "Mận" not in shown and "▢▢▢" in shown


def test_without_a_file_nothing_is_wrong(tmp_path):
    report = open_corpus(tmp_path, {"a": TEXT}, "en")
    assert show_memos(report).text == "No notes by analysts yet." and check_memos(tmp_path) == []
