"""A new page, mending, preview, and the server that shows what changed."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT

from helpers import lab, lexicon
from helpers.present import wording
from helpers.present.wording import UnknownWording, say
from helpers.render import checks
from helpers.render.checks import check_project
from helpers.render.mend import mend_notebook, mend_notebooks
from helpers.render.new_page import new_page
from helpers.render.preview import preview_page
from helpers.render.watch import serve, take_state
from helpers.settings import SettingsError, load_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What belongs to the notebooks of the project."""
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("report.toml", "corrections.csv"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def translate(path: Path, title: str) -> None:
    notebook = read(path)
    notebook["cells"][1]["source"] = [title]
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


# --- make new ---


def test_a_new_page_passes_every_check_and_changes_one_line_of_the_settings(root):
    before = (root / "report.toml").read_text(encoding="utf-8").splitlines()
    new_page(root, "09_courts", "Toà án xử những gì?")
    after = (root / "report.toml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        next(line for line in before if line.startswith("pages"))[:-1] + ', "09_courts"]'
    ]
    assert load_settings(root).pages[-1] == "09_courts"
    cells = read(root / "notebooks" / "09_courts.ipynb")["cells"]
    assert cells[0]["source"] == ["# Toà án xử những gì?"] and cells[0]["id"] == "courts-00"
    (said,) = check_project(root)
    assert said.startswith("notebooks/09_courts.ipynb, cell 1: ") and "; translate it" in said
    translate(root / "notebooks" / "09_courts.ipynb", "# What do courts try?")
    assert check_project(root) == []
    assert mend_notebooks(root) == []


def test_a_page_with_the_templates_title_is_no_page_yet(root):
    new_page(root, "09_courts")
    said = [line for line in check_project(root) if "the template's title" in line]
    assert [line.split(":")[0] for line in said] == [
        "notebooks/09_courts.ipynb, cell 0",
        "notebooks/09_courts.ipynb, cell 1",
    ]
    assert all("write the question of this page" in line for line in said)


@pytest.mark.parametrize("name", ["courts", "09 courts", "../09_courts", "02_quantities", "09_Toà"])
def test_a_name_that_cannot_be_used_is_refused_and_nothing_written(root, name):
    before = sorted(p.name for p in (root / "notebooks").iterdir()), (root / "report.toml").read_bytes()
    with pytest.raises(SettingsError, match=r"named like 09_courts|is there already"):
        new_page(root, name)
    assert (sorted(p.name for p in (root / "notebooks").iterdir()), (root / "report.toml").read_bytes()) == before


def test_a_command_of_jupyterlab_left_in_a_page_is_told(root):
    new_page(root, "09_courts", "Toà án xử những gì?")
    path = root / "notebooks" / "09_courts.ipynb"
    translate(path, "# What do courts try?")
    notebook = read(path)
    notebook["cells"][2]["source"].append("\n%preview")
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (said,) = check_project(root)
    assert said.startswith("notebooks/09_courts.ipynb, cell 2: is a command of JupyterLab") and said.endswith(
        "delete it"
    )


def test_broken_words_are_told_in_one_line_and_nothing_is_read_with_them(root, monkeypatch):
    shutil.copytree(lexicon.FOLDER / "vi", root / "lexicons" / "vi")
    themes = root / "lexicons" / "vi" / "themes.toml"
    themes.write_text(themes.read_text(encoding="utf-8") + "\n[drugs]\n", encoding="utf-8")
    broken = lexicon.Lexicon.load("vi", root / "lexicons")
    monkeypatch.setattr(checks.Lexicon, "load", lambda *_: broken)
    (said,) = check_project(root)
    assert "themes.toml: " in said and said.endswith("; mend the entry there")


def test_the_marks_of_a_merge_are_told(root):
    path = root / "notebooks" / "02_quantities.ipynb"
    path.write_text("{\n<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (said,) = check_project(root)
    assert said.startswith("notebooks/02_quantities.ipynb: ") and "marks of a merge" in said


# --- make fix ---


def test_the_projects_own_notebooks_need_no_mending(root):
    before = {p: p.read_bytes() for p in (root / "notebooks").iterdir()}
    assert mend_notebooks(root) == []
    assert {p: p.read_bytes() for p in (root / "notebooks").iterdir()} == before


def test_what_jupyter_leaves_behind_is_mended_back_to_the_same_bytes(root):
    path = root / "notebooks" / "02_quantities.ipynb"
    before, notebook = path.read_bytes(), read(path)
    for cell in notebook["cells"]:
        cell["metadata"]["collapsed"] = False
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "35"}]
    notebook["metadata"]["language_info"] |= {"version": "3.11.7", "file_extension": ".py"}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    said = mend_notebooks(root)
    assert path.read_bytes() == before
    assert any("02_quantities.ipynb: outputs cleared in" in line for line in said)
    assert any("execution counts cleared" in line for line in said)


def test_a_new_cell_gets_an_id_that_stays_and_others_keep_theirs():
    cells = [
        {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": "x"}
        for cell_id in ("page-00", "3f2b8a10-9c1d-4e5f-8a7b-0123456789ab", "page-01", "page-01", "own-name")
    ]
    mend_notebook({"cells": cells}, "03_page")
    assert [c["id"] for c in cells] == ["page-00", "page-01a", "page-01", "page-03", "own-name"]


def test_empty_cells_go():
    cells = [
        {"cell_type": kind, "id": f"page-0{i}", "metadata": {}, "source": source}
        for i, (kind, source) in enumerate([("markdown", "x"), ("code", " \n"), ("code", []), ("code", ["1 + 1"])])
    ]
    assert mend_notebook(notebook := {"cells": cells}, "03_page")[0] == "empty cells removed: 2"
    assert [c["id"] for c in notebook["cells"]] == ["page-00", "page-03"]


def test_a_file_that_is_no_notebook_is_left_alone(root):
    path = root / "notebooks" / "08_broken.ipynb"
    path.write_text("{", encoding="utf-8")
    assert mend_notebooks(root) == [] and path.read_text(encoding="utf-8") == "{"


# --- preview ---


def test_a_preview_fills_numbers_in_and_says_what_to_mend(root):
    settings = load_settings(root)
    assert '<span title="n_facts">**22**</span> dữ kiện' in preview_page(settings, "02_quantities", "vi")
    english = preview_page(settings, "02_quantities", "en")
    assert "**22**</span> facts" in english and "dữ kiện" not in english
    path = root / "notebooks" / "02_quantities.ipynb"
    notebook = read(path)
    notebook["cells"][0]["source"] = "# [[n_unheard_of]] câu hỏi"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert "> - cell 0: [[n_unheard_of]] is no finding" in preview_page(settings, "02_quantities", "vi").splitlines()[1]


def test_a_page_to_preview_may_be_named_by_its_number(root):
    assert lab._find_page(root, "02") == lab._find_page(root, "notebooks/02_quantities.ipynb") == "02_quantities"
    with pytest.raises(SettingsError, match="no page '77'; there are 00_brief, "):
        lab._find_page(root, "77")


# --- make watch ---


def test_the_state_of_a_project_tells_what_changed(root):
    before = take_state(root)
    (root / "seeds" / "new.txt").write_text("Tin", encoding="utf-8")
    (root / "seeds" / ".new.txt.swp").write_text("x", encoding="utf-8")
    (root / "memos.csv").write_text("who,when,theme,doc_id,sentence,text\n", encoding="utf-8")
    after = take_state(root)
    assert set(after) - set(before) == {"seeds/new.txt", "memos.csv"}
    assert {"report.toml", "corrections.csv", "notebooks/02_quantities.ipynb"} <= set(before)


def get(address: str, host: str | None = None) -> str:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def test_the_server_adds_its_script_to_what_it_shows_and_not_to_the_file(tmp_path):
    page = "<html><head><title>Báo cáo</title></head></html>"
    (tmp_path / "report.vi.html").write_text(page, encoding="utf-8")
    build = [0]
    server = serve(tmp_path, build)
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        shown = get(f"{address}/report.vi.html")
        assert shown.startswith(page) and "location.reload()" in shown
        assert (tmp_path / "report.vi.html").read_text(encoding="utf-8") == page
        build[0] = 3
        assert get(f"{address}/__build") == "3"
        # a page of another site, whose name was made to lead here
        with pytest.raises(urllib.error.HTTPError, match="403"):
            get(f"{address}/report.vi.html", host="elsewhere.example")
    finally:
        server.shutdown()
        server.server_close()


# --- wording ---


def test_a_title_that_no_language_file_has_is_told_with_the_mend():
    with pytest.raises(
        UnknownWording, match=r"no wording 'courts_heading'; add it to each file in helpers/present/wording/"
    ):
        say("en", "courts_heading")


def test_words_added_while_a_notebook_is_open_are_found(monkeypatch, tmp_path):
    monkeypatch.setattr(wording, "__file__", str(tmp_path / "__init__.py"))
    wording.load_wording.cache_clear()
    (tmp_path / "en.toml").write_text('courts = "Courts"\n', encoding="utf-8")
    assert say("en", "courts") == "Courts"
    (tmp_path / "en.toml").write_text('courts = "Courts"\njudges = "Judges: {n}"\n', encoding="utf-8")
    assert say("en", "judges", n=3) == "Judges: 3"
    wording.load_wording.cache_clear()
