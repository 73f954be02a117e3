"""Numbers in prose: filled from findings; a typed or stale one stops the page with notebook, cell and both values."""

from __future__ import annotations

import nbformat
import pytest
from conftest import ROOT

from helpers.render.preprocess import FillFindings
from helpers.render.prose import FINDING, ProseError, fill_value, typed_numbers

VALUES = {"n_articles": "2", "n_facts": "22", "n_figures": "1.040", "n_changes": "17", "main_result_3": "-26,82"}
LABELS = {
    "n_articles": "bài báo", "n_facts": "dữ kiện khác nhau", "n_figures": "con số đọc được", "n_changes": "con số so sánh",
    "main_result_3": "số vụ phạm tội",
}  # fmt: skip


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("Có 23 dữ kiện khác nhau.", "'23' is typed; the finding n_facts is '22': write [[n_facts]]"),
        ("Có 23 dữ kiện.", "'23' is typed; the finding n_facts is '22'"),
        ("Có 3 bài báo.", "'3' is typed; the finding n_articles is '2'"),
        ("Nêu 999 con số so sánh.", "'999' is typed; the finding n_changes is '17'"),
        ("Nêu 999 con số.", "'999' is typed; the finding n_figures is '1.040'"),
        ("Giảm 26,82 % so với năm trước.", "'26,82 %' is typed; the finding main_result_3 is '-26,82'"),
        ("Tất cả là 1.040.", "'1.040' is typed; the finding n_figures is '1.040'"),
        ("Thu giữ 125 kg.", "'125' is typed; write a finding"),
    ],
)
def test_a_typed_number_is_told_with_the_finding_that_owns_it(prose, said):
    assert any(said in line for line in typed_numbers(prose, VALUES, LABELS))


@pytest.mark.parametrize(
    "prose",
    [
        "Năm 2023",
        "[[n_facts]] dữ kiện",
        "[[n_facts=22]] dữ kiện",
        "(Đề án 06)",
        "**[A P12]**",
        "`12`",
        "2 lý do",
        "điều 7/11",
    ],
)
def test_years_names_and_findings_are_no_typed_numbers(prose):
    assert list(typed_numbers(prose, VALUES, LABELS)) == []


def test_a_pinned_value_is_filled_or_stale():
    assert fill_value("n_facts", "22", VALUES) == fill_value("n_facts", None, VALUES) == "22"
    with pytest.raises(ProseError, match=r"the prose says '21', the finding is '22'"):
        fill_value("n_facts", "21", VALUES)
    with pytest.raises(ProseError, match=r"is no finding; nearest are n_facts.*; reports/data/findings.csv lists all"):
        fill_value("n_fact", None, VALUES)
    with pytest.raises(ProseError, match=r"is no finding; reports/data/findings.csv lists all"):
        fill_value("gì", None, VALUES)
    assert FINDING.search("[[n_figures=1.040]]").groups() == ("n_figures", "1.040")


def notebook(prose: str) -> nbformat.NotebookNode:
    cells = [
        nbformat.v4.new_markdown_cell("# Hỏi gì?"),
        nbformat.v4.new_code_cell("open_report(language)"),
        nbformat.v4.new_markdown_cell(prose),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.fixture
def in_project(monkeypatch):
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("Các bài nêu 23 dữ kiện.", "02_trial, cell 2: the number '23' is typed; the finding n_facts is '22'"),
        ("Các bài nêu [[n_facts=21]] dữ kiện.", "02_trial, cell 2: .*the prose says '21', the finding is '22'"),
        ("Các bài nêu [[n_none]] dữ kiện.", r"02_trial, cell 2: \[\[n_none\]\] is no finding"),
    ],
)
def test_the_build_stops_with_notebook_cell_and_both_values(in_project, prose, said):
    with pytest.raises(ProseError, match=said):
        FillFindings(language="vi").preprocess(notebook(prose), {"metadata": {"name": "02_trial"}})


def test_right_numbers_become_links_to_their_definition(in_project):
    filled, _ = FillFindings(language="vi").preprocess(notebook("[[n_facts=22]] của [[n_articles]]"), {})
    assert filled.cells[2].source == (
        '<a class="evidence" href="#finding-n_facts">22</a> của <a class="evidence" href="#finding-n_articles">2</a>'
    )


def test_notebooks_of_others_keep_their_numbers(in_project):
    foreign = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Đo được 125 kg, [[x]].")])
    assert FillFindings().preprocess(foreign, {})[0].cells[0].source == "Đo được 125 kg, [[x]]."
