"""What changed between two builds, with its cause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import make_report

from helpers import store
from helpers.render.data_files import write_data
from helpers.render.diff import Build, NoBuildError, as_page, compare, is_empty
from helpers.render.run import input_digests

BASE = " date 2024-03 Tin tháng Ba\n\nTin của huyện.\n\nNăm 2023, công an huyện Can Lộc phát hiện 45 vụ đánh bạc, bắt giữ 120 đối tượng.\n"
OTHER = " date 2024-02 Tin tháng Hai\n\nTin của xã.\n\nĐến nay có 9/12 thôn của xã lắp camera an ninh.\n"


def build(root: Path, *articles: str, **inputs: dict[str, str]) -> Build:
    """The data of a build of these articles; `inputs` stand for other files than the project's own."""
    report = make_report(root, list(articles))
    data = root / "reports" / "data"
    names = write_data(report, data)
    store.write_json(data / "manifest.json", {"data": names, "inputs": input_digests(report.settings) | inputs})
    return Build(root / "reports")


def test_the_same_build_twice_has_no_difference(tmp_path):
    found = compare(build(tmp_path / "a", BASE, OTHER), build(tmp_path / "b", BASE, OTHER))
    assert is_empty(found) and not any(found["inputs"].values())


def test_a_changed_number_is_found_with_its_article(tmp_path):
    found = compare(build(tmp_path / "a", BASE, OTHER), build(tmp_path / "b", BASE.replace("45 vụ", "54 vụ"), OTHER))
    (fact,) = found["facts"]
    assert (fact["what"], fact["cause"], fact["documents"]) == ("changed", "article", ["000"])
    assert (fact["old"]["value"], fact["new"]["value"]) == ("45.0", "54.0")
    assert found["inputs"]["article"] == ["000"]


def test_a_paragraph_put_in_front_changes_no_fact(tmp_path):
    moved = BASE.replace(
        "Tin của huyện.\n", "Tin của huyện.\n\nNgười dân đồng tình với công tác giữ gìn trật tự ở thôn xóm.\n"
    )
    found = compare(build(tmp_path / "a", BASE), build(tmp_path / "b", moved))
    assert is_empty(found) and found["inputs"]["article"] == ["000"]


def test_a_new_article_brings_facts_and_findings(tmp_path):
    found = compare(build(tmp_path / "a", BASE), build(tmp_path / "b", BASE, OTHER))
    assert {(f["what"], f["cause"]) for f in found["facts"]} == {("new", "article")}
    assert {"n_articles", "n_facts"} <= {f["finding"] for f in found["findings"]}
    gone = compare(build(tmp_path / "c", BASE, OTHER), build(tmp_path / "d", BASE))
    assert {(f["what"], f["cause"]) for f in gone["facts"]} == {("gone", "article")}


@pytest.mark.parametrize(
    ("inputs", "cause"),
    [
        ({"lexicon": {"units.csv": "1"}}, "lexicon"),
        ({"rule": {"dates.py": "1"}}, "rule"),
        ({"correction": {"corrections.csv": "1"}}, "correction"),
        ({"lexicon": {"units.csv": "1"}, "rule": {"dates.py": "1"}}, "lexicon or rule"),
    ],
)
def test_where_no_article_changed_the_cause_is_what_did(tmp_path, inputs, cause):
    old, new = build(tmp_path / "a", BASE), build(tmp_path / "b", BASE, **inputs)
    for facts in new.facts.values():
        facts[0]["value"] += "1"
    assert {f["cause"] for f in compare(old, new)["facts"]} == {cause}


def test_the_page_needs_nothing_else_and_escapes_what_it_shows(tmp_path):
    found = compare(build(tmp_path / "a", BASE), build(tmp_path / "b", BASE.replace("đánh bạc", "đánh bạc <b>"), OTHER))
    page = as_page(found, "a", "b")
    assert "<b>" not in page and "src=" not in page and "http" not in page
    assert json.loads(json.dumps(found)) == found


def test_a_folder_without_a_build_is_named(tmp_path):
    with pytest.raises(NoBuildError, match="give a reports folder"):
        Build(tmp_path)
