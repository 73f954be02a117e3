"""Corrections: what an analyst sets right wins everywhere, survives what happens to the articles, and is never lost in silence."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT
from corpora import open_corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from helpers import store
from helpers.corpus.readers import parse_article
from helpers.lexicon import Lexicon
from helpers.present import add_mention, correct, delete_mention, open_report, show_corrections, show_facts
from helpers.present.cited import anchor
from helpers.present.correcting import CorrectionRefused
from helpers.render.checks import check_project
from helpers.render.data_files import write_data
from helpers.schema import CORRECTION, DETAILS
from helpers.tables.build import check_corrections
from helpers.tables.compare_corrections import compare_files
from helpers.tables.correction_file import check_cells, read_corrections, write_corrections
from helpers.tables.corrections import Corrections, list_problems
from helpers.tables.rows import read_document

CASES = "Năm 2023, Công an huyện Kỳ Anh phát hiện 155 vụ, bắt giữ 35 đối tượng."
RATIO = "Đến nay có 7/11 tổ dân phố lắp camera."
PRIVATE = "Lò Thị Nhãn"
VICTIM = f"Chị {PRIVATE}, 14 tuổi, đã được đưa về nhà."
ARTICLE = f""" date 2024-05 Công an huyện Mẫu giữ bình yên

{CASES}

Đại úy Hà Văn Mẫu, Đội trưởng Công an huyện Kỳ Anh, cho biết: “Chúng tôi thu giữ 2,5 kg ma túy”.

{VICTIM} {RATIO}
"""


def line(
    sentence: str, surface: str, kind: str, action: str = "set", field: str = "", value: str = "", **other
) -> dict:
    """The cells of a correction."""
    usual = {"doc_id": "a", "copy": "", "occurrence": "", "who": "An", "when": "2024-05-31", "why": "so với bản in"}
    return (
        usual
        | {"sentence": sentence, "surface": surface, "kind": kind, "action": action, "field": field, "value": value}
        | other
    )


def write_lines(root: Path, *lines: dict) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, CORRECTION, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    (root / "corrections.csv").write_text("# sửa tay\n" + out.getvalue(), encoding="utf-8")
    return root / "corrections.csv"


def build(root: Path, *lines: dict, text: str = ARTICLE, language: str = "vi", **others: str):
    root.mkdir(exist_ok=True)
    write_lines(root, *lines)
    return open_corpus(root, {"a": text, **others}, language)


@cache
def _as_read(text: str) -> dict[str, list[dict]]:
    return read_document(parse_article(text, doc_id="a"), Lexicon.load("vi"))


def apply(root: Path, *lines: dict, text: str = ARTICLE) -> SimpleNamespace:
    """The tables of one article with corrections applied, nothing derived: much sooner than `build`."""
    root.mkdir(exist_ok=True)
    write_lines(root, *lines)
    return _applied(root, text)


def _applied(root: Path, text: str = ARTICLE) -> SimpleNamespace:
    desk = Corrections.open(root, Lexicon.load("vi"))
    rows = desk.correct(_as_read(text)) | {"corrections": desk.finished()}
    names = ("sentences", "mentions", *DETAILS, "corrections")
    return SimpleNamespace(tables={name: store.make_table(name, rows.get(name, [])) for name in names})


def problems_of(report) -> list[str]:
    return list_problems(report.tables["corrections"])


def states(report) -> list[tuple[str, str | None]]:
    found = report.tables["corrections"]
    return [(s, r if isinstance(r, str) else None) for s, r in zip(found["status"], found["reason"], strict=True)]


def surfaces(report, kind: str) -> list[str]:
    mentions = report.tables["mentions"]
    return list(mentions.loc[mentions["kind"] == kind, "surface"])


def detail(report, table: str, surface: str) -> dict:
    rows = report.tables[table].merge(report.tables["mentions"], on="mention_id")
    return rows[rows["surface"] == surface].iloc[0].to_dict()


# --- what a correction does ---


def test_a_set_value_wins_in_facts_and_in_what_is_shown(tmp_path):
    report = build(tmp_path, line(CASES, "155", "count", field="value", value="156"))
    assert states(report) == [("applied", None)]
    assert 156.0 in set(report.tables["facts"]["value"]) and 155.0 not in set(report.tables["facts"]["value"])
    assert report.tables["corrections"]["was"].tolist() == ["155"]


def test_a_deleted_mention_is_in_no_table(tmp_path):
    report = build(tmp_path, line(CASES, "35", "count", "delete"))
    assert "35" not in surfaces(report, "count")
    assert 35.0 not in set(report.tables["facts"]["value"])
    assert not [i for i in report.tables["quantities"]["mention_id"] if i.endswith("103-105:count")]


def test_a_mention_is_added_with_its_fields(tmp_path):
    report = build(
        tmp_path,
        line(VICTIM, "nhà", "organisation", "add"),
        line(CASES, "huyện Kỳ Anh phát", "programme", "add", "name", "Mô hình Mẫu"),
        line(CASES, "phát hiện", "count", "add", "value", "3"),
        line(CASES, "phát hiện", "count", "set", "unit", "lần"),
    )
    assert [s for s, _ in states(report)] == ["applied"] * 4
    assert detail(report, "organisations", "nhà")["name"] == "nhà"
    assert detail(report, "programmes", "huyện Kỳ Anh phát")["name"] == "Mô hình Mẫu"
    added = detail(report, "quantities", "phát hiện")
    assert (added["value"], added["unit"], added["subject_key"], added["rule"]) == (3.0, "lần", "lần", "correction")


def test_every_kind_can_be_added_and_every_contract_holds(tmp_path):
    given_fields = {"date": ("value", "2023"), "theme": ("theme_id", "crime")}
    figures = ("count", "percent", "ratio", "money", "measure", "rank")
    words = dict(zip((*figures, "date", "code", "person", "organisation", "place", "document", "programme", "quote", "theme"),
                     "kho tàng dân gian vùng đất này còn giữ nhiều điều lạ lắm đó".split(), strict=False))  # fmt: skip
    sentence = "Ở đây kho tàng dân gian vùng đất này còn giữ nhiều điều lạ lắm đó thôi."
    lines = [
        line(sentence, word, kind, "add", *(("value", "5") if kind in figures else given_fields.get(kind, ("", ""))))
        for kind, word in words.items()
    ]
    report = apply(tmp_path, *lines, text=f"{ARTICLE}\n\n{sentence}\n")
    assert states(report) == [("applied", None)] * len(lines)
    for kind, word in words.items():
        assert word in surfaces(report, kind)


def test_other_words_of_a_mention_move_its_span(tmp_path):
    report = build(
        tmp_path,
        line(RATIO, "7/11", "ratio", field="surface", value="7/11 tổ dân phố"),
        line(RATIO, "7/11", "ratio", field="value_high", value="12"),
        line(RATIO, "7/11 tổ dân phố", "ratio", field="unit", value="tổ"),
    )
    assert [s for s, _ in states(report)] == ["applied"] * 3
    moved = detail(report, "quantities", "7/11 tổ dân phố")
    assert (moved["value_high"], moved["unit"]) == (12.0, "tổ")
    assert moved["mention_id"] == f"a:{moved['start']}-{moved['end']}:ratio"


def test_a_part_keeps_its_whole_when_the_whole_is_given_other_words(tmp_path):
    text = ARTICLE + "\n\nHuyện có 40 mô hình, trong đó 12 mô hình hoạt động tốt.\n"
    whole = "Huyện có 40 mô hình, trong đó 12 mô hình hoạt động tốt."
    plain = apply(tmp_path / "plain", text=text)
    assert detail(plain, "quantities", "12")["whole_id"] == detail(plain, "quantities", "40")["mention_id"]
    moved = apply(tmp_path / "moved", line(whole, "40", "count", field="surface", value="40 mô hình"), text=text)
    assert detail(moved, "quantities", "12")["whole_id"] == detail(moved, "quantities", "40 mô hình")["mention_id"]
    gone = apply(tmp_path / "gone", line(whole, "40", "count", "delete"), text=text)
    assert not isinstance(detail(gone, "quantities", "12")["whole_id"], str)


def test_units_values_and_keys_follow(tmp_path):
    sentence = "Đại úy Hà Văn Mẫu, Đội trưởng Công an huyện Kỳ Anh, cho biết: “Chúng tôi thu giữ 2,5 kg ma túy”."
    report = build(
        tmp_path,
        line(sentence, "2,5", "measure", field="unit_id", value="gram"),
        line(CASES, "155", "count", field="counted", value="vụ việc PCCC"),
        line(CASES, "155", "count", field="place_id", value="42"),
    )
    assert [s for s, _ in states(report)] == ["applied"] * 3
    measure = detail(report, "quantities", "2,5")
    assert measure["base_value"] == pytest.approx(0.0025)
    assert detail(report, "quantities", "155")["subject_key"] == "vụ việc phòng cháy chữa cháy"
    assert report.place_name("42") == "tỉnh Hà Tĩnh"  # no article names it


def test_a_corrected_name_settles_a_conflict_and_another_opens_it(tmp_path):
    def office(name: str) -> str:
        return f"Đại tá {name}, Phó Giám đốc Công an tỉnh Hà Tĩnh, dự lễ."

    text = ARTICLE + f"\n\n{office('Phạm Thanh Mẫu')}\n\n{office('Nguyễn Thanh Mẫu')}\n"

    def torn(report) -> int:
        agreements = report.tables["agreements"]
        return int(((agreements["agreement"] == "contradicted") & (agreements["about"] == "office")).sum())

    assert torn(build(tmp_path / "a", text=text)) == 1
    mend = line(office("Nguyễn Thanh Mẫu"), "Nguyễn Thanh Mẫu", "person", field="name", value="Phạm Thanh Mẫu")
    mended = build(tmp_path / "b", mend, text=text)
    assert torn(mended) == 0 and states(mended) == [("applied", None)]
    assert mended.tables["people"]["conflict"].isna().all()


def test_a_place_that_may_be_several_is_settled(tmp_path):
    report = apply(tmp_path, line(CASES, "huyện Kỳ Anh", "place", field="place_id", value="449"))
    place = detail(report, "places", "huyện Kỳ Anh")
    assert (place["place_id"], place["entity_id"], place["candidates"]) == ("449", "place:449", [])


# --- what happens to the articles ---


def test_corrections_survive_insertions_moves_spacing_and_decomposed_letters(tmp_path):
    import unicodedata

    mend = line(CASES, "155", "count", field="value", value="156")
    inserted = ARTICLE.replace(CASES, f"Một đoạn mới có 12 câu.\n\nMột đoạn nữa.\n\n{CASES}")
    moved = ARTICLE.replace(f"{CASES}\n\n", "") + f"\n\n{CASES}\n"
    spaced = ARTICLE.replace("phát hiện 155", "phát  hiện\n155")
    decomposed = unicodedata.normalize("NFD", ARTICLE)
    typed = mend | {"sentence": unicodedata.normalize("NFD", CASES).replace("155", " 155 ")}
    cases = [(inserted, mend), (moved, mend), (spaced, mend), (decomposed, mend), (ARTICLE, typed), (ARTICLE, mend)]
    for i, (text, row) in enumerate(cases):
        report = apply(tmp_path / str(i), row, text=text)
        assert states(report) == [("applied", None)], i
        assert detail(report, "quantities", "155")["value"] == 156.0, i


def test_the_file_is_part_of_the_key_of_the_tables(tmp_path):
    first = build(tmp_path)
    second = build(tmp_path, line(CASES, "155", "count", field="value", value="156"))
    third = build(tmp_path)
    assert first.key != second.key and first.key == third.key
    assert detail(third, "quantities", "155")["value"] == 155.0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (line(CASES, "155", "count", field="value", value="1", doc_id="gone"), "no_article"),
        (line("Câu này không còn.", "155", "count", field="value", value="1"), "no_sentence"),
        (line(CASES, "156", "count", field="value", value="1"), "no_surface"),
        (line(CASES, "155", "count", field="value", value="1", occurrence="2"), "no_surface"),
        (line(CASES, "155", "money", field="value", value="1"), "no_mention"),
    ],
)  # fmt: skip
def test_an_orphan_is_listed_and_named_with_line_and_mend(tmp_path, row, reason):
    report = apply(tmp_path, line(CASES, "35", "count", field="value", value="36"), row)
    assert states(report) == [("applied", None), ("orphan", reason)]
    (problem,) = problems_of(report)
    assert problem.startswith("corrections.csv:4: orphan: ")
    assert detail(report, "quantities", "35")["value"] == 36.0  # the rest is done


def test_orphans_and_faulty_lines_fail_the_check_and_stand_on_the_page(tmp_path):
    faulty = [
        line(CASES, "155", "count", field="value", value="1", doc_id="gone"), line("Câu này không còn.", "155", "count", "delete"),
        line(CASES, "156", "count", field="value", value="1"), line(CASES, "155", "money", field="value", value="1"),
        line(CASES, "155", "count", field="value", value="một"), line(CASES, "155 vụ", "money", "add", "value", "5"),
        *(line(CASES, "155", "count", field="mode", value=v) for v in ("task", "aim")),
    ]  # fmt: skip
    report = build(tmp_path, line(CASES, "35", "count", field="value", value="36"), *faulty)
    problems = check_corrections(tmp_path)
    assert len(problems) == len(faulty) and set(problems) <= set(check_project(tmp_path))
    page = show_corrections(report).html
    for reason in ("no_article", "no_sentence", "no_surface", "no_mention", "bad_row", "taken", "disagree"):
        assert str(escape(report.say(f"correction_{reason}"))) in page
    assert 36.0 in set(report.tables["facts"]["value"])  # the rest is built
    assert len(show_corrections(open_report("en", root=tmp_path), at_most=2).html) < len(page)


@pytest.mark.parametrize(
    ("rows", "reason", "said"),
    [
        ([line(CASES, "155", "counts", field="value", value="1")], "bad_row", "kind is 'counts'; write one of count"),
        ([line(CASES, "155", "count", "put", "value", "1")], "bad_row", "write one of set, delete, add"),
        ([line(CASES, "155", "count", field="colour", value="1")], "bad_row", "no field 'colour'"),
        ([line(CASES, "155", "count", field="whole_id", value="a:1-2:count")], "bad_row", "no field 'whole_id'"),
        ([line(CASES, "155", "count", field="value", value="26,82")], "bad_row", "decimal point"),
        ([line(CASES, "155", "count", field="value", value="")], "bad_row", "can't be empty"),
        ([line(CASES, "155", "count", field="value", value="nan")], "bad_row", "a number"),
        ([line(CASES, "155", "count", field="mode", value="did")], "bad_row", "write one of done, task, aim"),
        ([line(CASES, "155", "count", field="period", value="năm 2023")], "bad_row", "is no date"),
        ([line(CASES, "155", "count", field="place_id", value="zz")], "bad_row", "is no unit"),
        ([line(CASES, "155", "count", field="unit_id", value="zz")], "bad_row", "is no unit"),
        ([line(CASES, "bắt giữ", "theme", field="theme_id", value="zz")], "bad_row", "is no theme"),
        ([line(CASES, "155", "count", field="value", value="1", when="31/5/2024")], "bad_row", "write the day as 2024-03-31"),
        ([line(CASES, "155", "count", field="value", value="1", who="")], "bad_row", "who is empty"),
        ([line(CASES, "155", "count", field="value", value="1", why=" ")], "bad_row", "why is empty"),
        ([line(CASES, "155", "count", field="value", value="1", occurrence="0")], "bad_row", "occurrence is '0'"),
        ([line(CASES, "155", "count", field="value", value="1", copy="x")], "bad_row", "copy is 'x'"),
        ([line(CASES, "155", "count", "delete", "value", "1")], "bad_row", "leave both empty"),
        ([line(CASES, "155", "count", field="", value="1")], "bad_row", "no field to set"),
        ([line(CASES, "phát hiện", "count", "add")], "bad_row", "a count needs its value"),
        ([line(CASES, "155", "count", field="surface", value="35")], "bad_row", "shares no letter"),
        ([line(CASES, "155", "count", "add", "value", "1"), line(CASES, "155", "count", "delete")], "disagree", "lines 3, 4 disagree"),
        ([line(CASES, "155", "count", field="value", value=v) for v in "12"], "disagree", "lines 3, 4 disagree about value"),
        ([line(CASES, "155", "count", field="value", value="1"), line(CASES, "155", "count", "delete")], "disagree", "lines 3, 4"),
        ([line(CASES, "155", "count", field="surface", value=v) for v in ("155 vụ", "hiện 155")], "disagree", "about the surface"),
        ([line(CASES, "155", "count", field="surface", value="155 vụ"), line(CASES, "155 vụ", "count", field="surface", value="155")],
         "cycle", "lines 3, 4 lead back to where they begin"),
        ([line(CASES, "155 vụ", "money", "add", "value", "5")], "taken", "'155' stands there as count; delete it"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_applied_is_named_with_the_mend(tmp_path, rows, reason, said):
    report = apply(tmp_path, *rows)
    assert states(report) == [("invalid", reason)] * len(rows)
    problems = problems_of(report)
    assert [p.split(" ")[0] for p in problems] == [f"corrections.csv:{n + 3}:" for n in range(len(rows))]
    assert all(said in p for p in problems)
    assert detail(report, "quantities", "155")["value"] == 155.0  # neither is applied


def test_a_sentence_that_stands_twice_must_say_which(tmp_path):
    text = ARTICLE + f"\n\n{CASES}\n"
    row = line(CASES, "155", "count", field="value", value="156")
    report = apply(tmp_path, row, text=text)
    assert states(report) == [("invalid", "two_places")]
    assert "write in column copy which: 1, 2 or all" in problems_of(report)[0]
    for copy, values in (("1", [156, 155]), ("2", [155, 156]), ("all", [156, 156])):
        report = apply(tmp_path, row | {"copy": copy}, text=text)
        found = report.tables["quantities"].merge(report.tables["mentions"], on="mention_id").sort_values("start")
        assert found.loc[found["surface"] == "155", "value"].tolist() == values
    assert states(apply(tmp_path, row | {"copy": "3"}, text=text)) == [("orphan", "no_sentence")]


def test_an_occurrence_is_a_number_not_part_of_one(tmp_path):
    sentence = "Huyện xử lý 155 vụ, xã xử lý 5 vụ, thôn xử lý 5 vụ."
    text = ARTICLE + f"\n\n{sentence}\n"
    report = apply(tmp_path, line(sentence, "5", "count", field="value", value="6", occurrence="2"), text=text)
    found = report.tables["quantities"].merge(report.tables["mentions"], on="mention_id").sort_values("start")
    assert found.loc[found["surface"] == "5", "value"].tolist() == [5.0, 6.0]


def test_what_the_rules_read_by_now_is_needless_and_no_fault(tmp_path):
    report = build(
        tmp_path, line(CASES, "155", "count", field="value", value="155"), line(CASES, "155", "count", "add", "value", "155"),
        line(CASES, "vụ", "count", "delete"),
    )  # fmt: skip
    assert [s for s, _ in states(report)] == ["needless"] * 3
    assert problems_of(report) == []


def test_two_themes_of_the_same_words_are_told_apart(tmp_path):
    report = apply(tmp_path)
    hits = report.tables["theme_hits"].merge(report.tables["mentions"], on="mention_id")
    assert "crime" in set(hits.loc[hits["surface"] == "bắt giữ", "theme_id"])
    other = "drugs"
    rows = [
        line(CASES, "bắt giữ", "theme", "add", "theme_id", other),
        line(CASES, "bắt giữ", "theme", "delete", "theme_id", "crime"),
    ]
    report = apply(tmp_path, *rows)
    assert [s for s, _ in states(report)] == ["applied"] * 2
    hits = report.tables["theme_hits"].merge(report.tables["mentions"], on="mention_id")
    assert hits.loc[hits["surface"] == "bắt giữ", "theme_id"].tolist() == [other]


def test_a_quote_over_several_sentences_is_found(tmp_path):
    quote = "“Chúng tôi đến từng nhà. Nhà nào cũng được nghe.”"
    text = ARTICLE + f"\n\nÔng Hà Văn Mẫu nói: {quote}\n"
    report = build(tmp_path, text=text)
    quotes = report.tables["mentions"][report.tables["mentions"]["kind"] == "quote"]
    mention_id = quotes.iloc[-1]["mention_id"]
    correct(report, mention_id, speaker=None, why="không rõ ai nói", who="An")
    again = open_report("vi", root=tmp_path)
    assert states(again) == [("applied", None)]
    row = again.tables["quotes"].set_index("mention_id").loc[mention_id]
    assert row[["speaker", "speaker_id"]].isna().all()


# --- the file itself ---


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", ":1: "), (b"a,b\n1,2\n", ":1: the header is a,b; write doc_id,"),
        ((",".join(CORRECTION) + '\na,"x\n').encode(), ":2: "), ((",".join(CORRECTION) + "\na,b,c\n").encode(), "3 cells, 12 wanted"),
        ((",".join(CORRECTION) + "\n<<<<<<< HEAD\n").encode(), "a merge left this mark"), (b"# only a word\n", ":1: no header"),
        (",".join(CORRECTION).replace(",", ";").encode(), "parted by commas"), (b"\x00\x01", ":1: "),
    ],
    ids=("utf_16", "other_header", "open_quotes", "few_cells", "merge_marks", "comment_only", "semicolons", "null_bytes"),
)  # fmt: skip
def test_a_broken_file_is_named_and_the_rest_is_read(tmp_path, content, said):
    (tmp_path / "corrections.csv").write_bytes(content)
    report = _applied(tmp_path)
    assert [s for s, _ in states(report)] == ["invalid"] and "155" in surfaces(report, "count")
    (problem,) = problems_of(report)
    assert problem.startswith("corrections.csv:") and said in problem


@pytest.mark.parametrize(
    "content",
    ["", "\ufeff" + ",".join(CORRECTION) + "\r\n", "\n# x\n\n" + ",".join(CORRECTION) + "\n\n"],
    ids=("nothing", "marked", "commented"),
)
def test_an_empty_file_holds_no_corrections(tmp_path, content):
    (tmp_path / "corrections.csv").write_text(content, encoding="utf-8", newline="")
    assert _applied(tmp_path).tables["corrections"].empty


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda t: (",".join(CORRECTION) + "\n" + t).encode("utf-8", "replace"))
)
def test_no_file_is_too_odd_to_be_read(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("odd") / "corrections.csv"
    path.write_bytes(content)
    found = read_corrections(path)
    assert all(o.said and o.line >= 1 for o in found.outcomes)


cell = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12).filter(
    lambda t: t.strip() == t and " ".join(t.split()) == t and not t.startswith(("<<<<<<<", "=======", ">>>>>>>", "#"))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cell, cell, cell, st.floats(allow_nan=False, allow_infinity=False)), min_size=1, max_size=6))
def test_what_is_written_is_read_again_sorted_and_a_new_line_changes_no_other(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("kept") / "corrections.csv"
    corrections = []
    for i, (doc_id, sentence, why, value) in enumerate(made):
        cells = line(sentence, "x", "count", field="value", value=repr(value), doc_id=doc_id, why=why)
        corrections.append(check_cells(i + 1, [cells[c] for c in CORRECTION]))
    for correction in corrections:
        before = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
        write_corrections(path, [correction])
        after = path.read_text(encoding="utf-8").split("\n")
        if before:
            assert len(after) == len(before) + 1
            assert [row for row in after if row in before] == before or set(before) <= set(after)
    found = read_corrections(path)
    assert not found.outcomes
    rows = [c.cells() for c in found.corrections]
    assert sorted(map(str, rows)) == sorted(str(c.cells()) for c in corrections)
    keys = [tuple(r[c] for c in CORRECTION) for r in rows]
    assert keys == sorted(keys)


# --- in a notebook ---


def test_a_correction_goes_from_notebook_to_file_to_page(tmp_path):
    report = open_corpus(tmp_path, {"a": ARTICLE})
    mention_id = detail(report, "quantities", "155")["mention_id"]
    shown = correct(report, mention_id)
    assert (shown.surface, shown.fields["value"]) == ("155", "155") and not (tmp_path / "corrections.csv").exists()
    shown = correct(report, mention_id, value=156, why="so với bản in", who="An")
    assert shown.fields["value"] == "156" and "<mark>155</mark>" in shown._repr_html_()
    (row,) = read_corrections(tmp_path / "corrections.csv").corrections
    assert (row.sentence, row.surface, row.field, row.value, row.who) == (CASES, "155", "value", "156", "An")
    again = open_report("vi", root=tmp_path)
    page = show_facts(again, again.facts(), title="results_title", table_id="t").html
    assert '>156</a> <span class="badge badge-corrected"' in page and "so với bản in" in page
    mention = detail(again, "quantities", "155")
    evidence = again.evidence.appendix([anchor("A", mention["start"], mention["end"])])
    assert "giá trị: 155 → 156; sửa bởi An ngày" in evidence and "so với bản in" in evidence
    assert "giá trị: 155 → 156" in show_corrections(again).html
    english = open_report("en", root=tmp_path)
    assert "value: 155 → 156" in show_corrections(english).html


def test_a_second_thought_replaces_its_line_and_touches_no_other(tmp_path):
    report = open_corpus(tmp_path, {"a": ARTICLE})
    ids = {s: detail(report, "quantities", s)["mention_id"] for s in ("155", "35", "7/11")}
    for surface, value in (("155", 156), ("35", 36), ("7/11", 8)):
        correct(report, ids[surface], value=value, why="một", who="An")
    before = (tmp_path / "corrections.csv").read_text(encoding="utf-8").splitlines()
    correct(report, ids["35"], value=37, why="hai", who="An")
    after = (tmp_path / "corrections.csv").read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before) and sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_the_helper_refuses_what_could_not_be_applied_and_writes_nothing(tmp_path):
    report = open_corpus(tmp_path, {"a": ARTICLE})
    ids = {s: detail(report, "quantities", s)["mention_id"] for s in ("155", "35")}
    attempts = [
        (lambda: correct(report, ids["155"], value="nhiều", why="x"), "a number"),
        (lambda: correct(report, ids["155"], valeu=1, why="x"), "no field 'valeu'"),
        (lambda: correct(report, ids["155"], value=156), "say why"),
        (lambda: correct(report, "a:1-2:count", value=156, why="x"), "no mention"),
        (lambda: correct(report, ids["155"], surface="35", why="x"), "shares no letter"),
        (lambda: correct(report, ids["155"], value=155, why="x"), "read it so already"),
        (lambda: correct(report, ids["155"], period="năm ngoái", why="x"), "is no date"),
        (lambda: add_mention(report, RATIO, "7/11", kind="count", value=7, why="x"), "stands there as ratio"),
        (lambda: add_mention(report, "Không có câu này.", "7", kind="count", value=7, why="x"), "0 articles"),
    ]
    for attempt, said in attempts:
        with pytest.raises(CorrectionRefused, match=said):
            attempt()
    assert not (tmp_path / "corrections.csv").exists()
    delete_mention(report, ids["155"], why="số nhà", who="An")
    with pytest.raises(CorrectionRefused, match="line 4 and the new correction disagree"):
        correct(report, ids["155"], value=1, why="x", who="An")
    add_mention(report, RATIO, "tổ dân phố", kind="organisation", why="x", who="An")
    assert [s for s, _ in states(open_report("vi", root=tmp_path))] == ["applied"] * 2


def test_who_and_when_are_known_by_themselves(tmp_path):
    report = open_corpus(tmp_path, {"a": ARTICLE})
    correct(report, detail(report, "quantities", "155")["mention_id"], value=156, why="x")
    (row,) = read_corrections(tmp_path / "corrections.csv").corrections
    assert row.who and len(row.when) == 10


def test_a_helper_tells_equal_sentences_apart(tmp_path):
    report = open_corpus(tmp_path, {"a": ARTICLE + f"\n\n{CASES}\n"})
    found = report.tables["mentions"][report.tables["mentions"]["surface"] == "155"].sort_values("start")
    correct(report, found["mention_id"].iloc[1], value=156, why="x", who="An")
    (row,) = read_corrections(tmp_path / "corrections.csv").corrections
    assert row.copy == "2"
    assert states(open_report("vi", root=tmp_path)) == [("applied", None)]


# --- private people ---


def _everything(report, folder: Path) -> str:
    """All that a page or a data file may show of a report."""
    anchors = [anchor("A", int(m.start), int(m.end)) for m in report.tables["mentions"].itertuples() if m.doc_id == "a"]
    shown = [
        show_corrections(report).html,
        show_facts(report, report.facts(), title="results_title", table_id="t").html,
    ]
    write_data(report, folder)
    files = [f.read_text(encoding="utf-8") for f in sorted(folder.iterdir())]
    return "\n".join([*shown, report.evidence.appendix(anchors), *files])


@pytest.mark.parametrize(
    "row",
    [
        line(CASES, "155", "count", field="value", value="156", why=f"theo lời chị {PRIVATE}"),
        line(CASES, "155", "count", field="value", value="156", why=f"{PRIVATE} là nạn nhân", who=PRIVATE),
        line(CASES, "155", "count", field="value", value="156", why="theo lời chị Mùa Thị Khoai, người dân"),
        line(CASES, "155", "count", field="speaker", value=PRIVATE),
        line(CASES, "155", "count", field="counted", value=f"vụ của chị {PRIVATE}"),
        line(VICTIM, PRIVATE, "person", "delete"),
        line(VICTIM, PRIVATE, "person", field="surface", value="Nhãn"),
        line(VICTIM, PRIVATE, "person", field="surface", value="Chị Lò"),
        line(VICTIM, PRIVATE, "person", field="name", value="Lò Thị Nhàn"),
        line("Câu đã mất.", "Mùa Thị Khoai", "person", field="name", value="Mùa Thị Khoai"),
        line("Câu đã mất.", "“Lời của chị Mùa Thị Khoai”", "quote", "delete"),
        line(CASES, "155", "count", field="value", value="1", doc_id="gone", why=f"xem {PRIVATE}"),
        line(CASES, "155", PRIVATE, field=PRIVATE, value=PRIVATE, who=PRIVATE, why=PRIVATE),
    ],
)  # fmt: skip
def test_no_private_name_comes_to_light_through_a_correction(tmp_path, row):
    report = build(tmp_path, row)
    shown = _everything(report, tmp_path / "data")
    for name in (PRIVATE, "Lò Thị Nhàn", "Mùa Thị Khoai"):
        assert name not in shown
    assert "Lò Thị" not in shown


def test_who_was_deleted_as_a_person_is_shown_once_a_line_says_what_it_is(tmp_path):
    report = build(tmp_path, line(VICTIM, PRIVATE, "person", "delete"), line(VICTIM, PRIVATE, "place", "add"))
    assert [s for s, _ in states(report)] == ["applied"] * 2
    assert PRIVATE in _everything(report, tmp_path / "data")


def test_a_correction_may_say_who_is_in_public_office_and_who_is_not(tmp_path):
    officer = "Đại úy Hà Văn Mẫu, Đội trưởng Công an huyện Kỳ Anh, cho biết: “Chúng tôi thu giữ 2,5 kg ma túy”."
    public = build(tmp_path / "a", line(VICTIM, PRIVATE, "person", field="public", value="true"))
    assert PRIVATE in _everything(public, tmp_path / "a" / "data")
    private = build(tmp_path / "b", line(officer, "Hà Văn Mẫu", "person", field="public", value="false"))
    assert "Hà Văn Mẫu" not in _everything(private, tmp_path / "b" / "data")


# --- two analysts ---


def test_two_files_are_compared_per_kind_with_kappa_and_both_lines(tmp_path):
    def file(name: str, *rows: dict) -> Path:
        (tmp_path / name).mkdir()
        return write_lines(tmp_path / name, *rows)

    def value(surface: str, given: str) -> dict:
        return line(CASES, surface, "count", field="value", value=given)

    date = line(CASES, "Năm 2023", "date", "delete")
    first = file(
        "an", value("155", "156"), value("35", "36"), date, line(CASES, "155", "count", field="unit", value="x")
    )
    second = file("binh", value("155", "156.0"), value("35", "37"), date | {"who": "Bình", "sentence": f" {CASES}"})
    compared = compare_files(first, second)
    by_kind = {r["kind"]: r for r in compared.rows if r["what"] == "agreement"}
    assert (by_kind["count"]["n"], by_kind["count"]["n_agree"]) == (3, 1)
    # observed 1/3; by chance the value 156 alone is chosen by both, 1/9: (1/3 - 1/9) / (1 - 1/9)
    assert by_kind["count"]["kappa"] == 0.25
    assert (by_kind["date"]["agreement"], by_kind["date"]["kappa"]) == (1.0, None)
    assert by_kind["all"]["n"] == 4
    quarrels = [r for r in compared.rows if r["what"] == "disagreement"]
    assert [(q["field"], q["first"]["decision"], q["second"]["decision"]) for q in quarrels] == [
        ("unit", "x", "as read"), ("value", "36.0", "37.0"),
    ]  # fmt: skip
    assert quarrels[1]["first"]["row"]["line"] == 4 and quarrels[0]["second"]["row"] is None


def test_files_are_compared_on_the_command_line(tmp_path):
    first = write_lines(tmp_path, line(CASES, "155", "count", field="value", value="156"))
    command = [sys.executable, "-m", "helpers", "compare-corrections", str(first), str(first)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0 and json.loads(done.stdout.splitlines()[0])["agreement"] == 1.0
    first.write_text(first.read_text(encoding="utf-8") + "a,b\n", encoding="utf-8")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1 and "corrections.csv:4: 2 cells, 12 wanted" in done.stderr


# --- how much it costs ---


def test_ten_thousand_corrections_cost_what_their_articles_cost(vi, tmp_path):
    article = read_document(parse_article(ARTICLE, doc_id="0"), vi)

    def named(i: int) -> dict:
        """The rows of the article under another id."""
        return {t: [{k: str(v).replace("0:", f"{i}:", 1) if k in ("mention_id", "sent_id") and v else v for k, v in r.items()}
                    | ({"doc_id": str(i)} if "doc_id" in r else {}) for r in rows] for t, rows in article.items()}  # fmt: skip

    def cost(n: int) -> float:
        write_lines(
            tmp_path, *(line(CASES, "155", "count", field="value", value="156", doc_id=str(i)) for i in range(n))
        )
        articles = [named(i) for i in range(n)]
        begin = time.perf_counter()
        desk = Corrections.open(tmp_path, vi)
        for rows in articles:
            desk.correct(rows)
        assert {row["status"] for row in desk.finished()} == {"applied"}
        return time.perf_counter() - begin

    cost(10)
    small, large = cost(200), cost(2000)
    assert large < 30 * small + 0.5


def test_many_corrections_of_one_article_are_linear(vi, tmp_path):
    def cost(n: int) -> float:
        sentences = [f"Đợt {i} công an xã bắt giữ {i + 1000} đối tượng." for i in range(n)]
        rows = read_document(parse_article("Tiêu đề bài\n\n" + "\n\n".join(sentences), doc_id="a"), vi)
        made = [
            line(s, str(i + 1000), "count", field="surface", value=f"{i + 1000} đối") for i, s in enumerate(sentences)
        ]
        write_lines(tmp_path, *made)
        begin = time.perf_counter()
        desk = Corrections.open(tmp_path, vi)
        desk.correct(rows)
        assert {row["status"] for row in desk.finished()} == {"applied"}
        return time.perf_counter() - begin

    cost(10)
    small, large = cost(100), cost(1000)
    assert large < 30 * small + 0.5


def test_the_tables_keep_their_contract(tmp_path):
    report = build(tmp_path, line(CASES, "155", "count", field="value", value="156"), line("x", "y", "z"))
    store.check_table("corrections", report.tables["corrections"])
