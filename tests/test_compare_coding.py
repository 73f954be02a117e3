"""Two coders of themes, or one and the codebook: agreement beyond chance, theme by theme."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from helpers.lexicon import Lexicon
from helpers.tables.compare_coding import compare_codings

VI = Lexicon.load("vi")
HEAD = "coder,doc_id,sentence,theme\n"
DRUGS, FIRE, PLAIN = "Công an thu giữ ma túy.", "Xã tập huấn chữa cháy.", "Chiều nay trời nắng."


def coding(path: Path, *rows: tuple[str, str, str]) -> Path:
    lines = [f'{coder},a,"{sentence}",{theme}\n' for coder, sentence, theme in rows]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def agreement(rows: list[dict]) -> dict[str, dict]:
    return {row["theme"]: row for row in rows if row["what"] == "agreement"}


def test_kappa_of_each_theme_over_the_sentences_that_both_read(tmp_path):
    numbered = [f"Câu số {n}." for n in range(10)]
    first = [("Hạnh", s, "drugs" if n < 5 else "") for n, s in enumerate(numbered)]
    second = [("Lan", s, "drugs" if n < 4 else "") for n, s in enumerate(numbered)]
    found = compare_codings(
        [coding(tmp_path / "h.csv", *first), coding(tmp_path / "l.csv", *second, ("Lan", "Câu riêng.", "crime"))], VI
    )
    drugs, every = agreement(found.rows)["drugs"], agreement(found.rows)["all"]
    # 9 of 10 agree; by chance 0.5·0.4 + 0.5·0.6 = 0.5 would
    assert (drugs["n"], drugs["n_first"], drugs["n_second"], drugs["n_both"]) == (10, 5, 4, 4)
    assert drugs["agreement"] == 0.9 and drugs["kappa"] == 0.8
    assert (every["n_only_first"], every["n_only_second"]) == (0, 1) and "crime" not in agreement(found.rows)
    (quarrel,) = [row for row in found.rows if row["what"] == "disagreement"]
    assert quarrel["sentence"] == "Câu số 4." and quarrel["only_first"] == ["drugs"] and quarrel["only_second"] == []


def test_one_coder_is_compared_with_the_codebook(tmp_path):
    found = compare_codings(
        [coding(tmp_path / "h.csv", ("Hạnh", DRUGS, "drugs"), ("Hạnh", FIRE, ""), ("Hạnh", PLAIN, ""))], VI
    )
    rows = agreement(found.rows)
    assert rows["drugs"]["second"] == "codebook" and rows["drugs"]["kappa"] == 1.0
    assert (rows["fire_rescue"]["n_first"], rows["fire_rescue"]["n_second"], rows["fire_rescue"]["kappa"]) == (
        0,
        1,
        0.0,
    )


def test_several_coders_of_one_file_are_compared_in_pairs_and_several_themes_of_a_sentence_are_kept(tmp_path):
    path = coding(
        tmp_path / "all.csv", ("A", DRUGS, "drugs"), ("A", DRUGS, "crime"), ("B", DRUGS, "drugs"), ("C", DRUGS, "drugs")
    )
    found = compare_codings([path], VI)
    pairs = {(row["first"], row["second"]) for row in found.rows}
    assert pairs == {("A", "B"), ("A", "C"), ("B", "C")}
    # all say yes: nothing but chance to compare with
    assert [row["kappa"] for row in found.rows if row.get("theme") == "drugs"] == [None, None, None]


def test_nothing_in_common_says_nothing(tmp_path):
    found = compare_codings(
        [coding(tmp_path / "x.csv", ("A", DRUGS, "drugs")), coding(tmp_path / "y.csv", ("B", FIRE, ""))], VI
    )
    (row,) = found.rows
    assert (row["n"], row["agreement"], row["kappa"]) == (0, None, None)


def test_lines_that_cannot_be_read_are_told_with_the_mend(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + "A,a,Câu.,drug\nA,a,,drugs\nA,a,Câu, nữa,drugs\nA,a,Trời nắng.,\n", encoding="utf-8")
    command = [sys.executable, "-m", "helpers", "compare-coding", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    first, second, third = done.stderr.splitlines()
    assert (
        done.returncode == 1
        and ":2: no theme 'drug'" in first
        and ":3: sentence is empty" in second
        and ":4: 5 cells" in third
    )
    assert [json.loads(line)["theme"] for line in done.stdout.splitlines()] == ["all"]
