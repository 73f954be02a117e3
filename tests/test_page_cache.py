"""What is executed again, and what is not: a small project built several times."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from test_report import copy_project, page, run_helpers

from helpers.render.page_cache import used_files


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """A project of two pages in one language, built."""
    root = copy_project(tmp_path_factory.mktemp("small"))
    toml = (root / "report.toml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in toml if not line.startswith(("pages", "languages"))]
    head = ['languages = ["vi", "en"]', 'pages = ["02_quantities", "06_themes"]']
    (root / "report.toml").write_text("\n".join([*head, *kept]) + '\n[parameters]\nlanguage = "vi"\n', encoding="utf-8")
    assert run_helpers(root, "report").returncode == 0
    return root


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Path:
    shutil.copytree(small, tmp_path / "project")
    return tmp_path / "project"


def build(root: Path, *options: str) -> list[str]:
    """Builds; the pages that were executed."""
    done = run_helpers(root, "report", *options)
    assert done.returncode == 0, done.stderr
    return [line.removeprefix("done: ").split()[0] for line in done.stderr.splitlines() if line.endswith(" vi")]


def edit(root: Path, name: str, kind: str, change) -> None:
    path = root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = [c for c in notebook.cells if c.cell_type == kind and "en" not in c.metadata.get("tags", ())][-1]
    cell.source = change(cell.source)
    nbformat.write(notebook, path)


def files(root: Path) -> dict[str, str]:
    reports = root / "reports"
    return {
        str(p.relative_to(reports)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(reports.rglob("*")) if p.is_file()
    }  # fmt: skip


def test_what_did_not_change_is_not_executed_and_gives_the_same_bytes(project):
    before = files(project)
    assert build(project) == []
    assert files(project) == before


def test_prose_is_taken_anew_without_executing(project):
    edit(project, "02_quantities", "markdown", lambda prose: f"{prose} Một câu được viết thêm.")
    assert build(project) == []
    assert "Một câu được viết thêm." in page(project, "vi").get_text()


def test_a_page_whose_code_changed_is_executed_alone(project):
    edit(project, "06_themes", "code", lambda code: f"{code}\nprint('được chạy lại')")
    assert build(project) == ["06_themes"]
    assert "được chạy lại" in page(project, "vi").get_text()


def test_another_article_executes_every_page(project):
    (project / "seeds" / "new.txt").write_text(
        " date 2024-05 Tin mới\n\nTin của huyện.\n\nCông an huyện Can Lộc bắt 88 đối tượng.\n", encoding="utf-8"
    )
    assert sorted(build(project)) == ["02_quantities", "06_themes"]
    assert "88" in page(project, "vi").select_one("#tbl-figures").get_text()


def test_a_broken_entry_of_the_cache_is_none(project):
    before = files(project)
    for path in (project / ".cache" / "pages").iterdir():
        path.write_bytes(path.read_bytes()[:50])
    assert sorted(build(project)) == ["02_quantities", "06_themes"]
    assert files(project) == before


def test_only_one_page_is_executed_and_the_report_counts_as_stale(project):
    for name in ("02_quantities", "06_themes"):
        edit(project, name, "code", lambda code: f"{code}\nprint('được chạy lại')")
    assert build(project, "--only", "06") == ["06_themes"]
    assert page(project, "vi").get_text().count("được chạy lại") == 1
    assert run_helpers(project, "report", "--check").returncode == 1
    assert build(project) == ["02_quantities"]
    assert run_helpers(project, "report", "--check").returncode == 0


def test_a_page_depends_on_the_helpers_that_it_uses():
    people = {f.name for f in used_files(["from helpers.present import open_report, show_people"], "vi")}
    assert {"people_view.py", "report.py", "privacy.py", "vi.toml", "report.mplstyle"} <= people
    assert not {"places_view.py", "en.toml", "readers.py"} & people
    assert "brief_view.py" in {
        f.name for f in used_files(["from helpers import present\npresent.show_main_results(r)"], "vi")
    }
    # a cell that can't be read may use anything
    assert {"people_view.py", "places_view.py"} <= {f.name for f in used_files(["show_people("], "vi")}


def test_reports_for_each_place_share_no_file(project):
    toml = project / "report.toml"
    each = '[each]\nplace = ["thị xã Kỳ Anh", "Huyện Kỳ Anh", "Cần Thơ"]\n'
    toml.write_text(f"{toml.read_text(encoding='utf-8')}{each}", encoding="utf-8")
    whole = files(project)
    done = run_helpers(project, "report", "--each", "place")
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if "Cần Thơ" in line]
    assert len(said) == 1 and "is named in no article" in said[0]
    built = project / "reports" / "place"
    assert sorted(p.name for p in built.iterdir()) == ["huyen-ky-anh", "index.vi.html", "thi-xa-ky-anh"]
    index = (built / "index.vi.html").read_text(encoding="utf-8")
    assert all(
        f'href="{name}/report.vi.{kind}"' in index
        for name in ("huyen-ky-anh", "thi-xa-ky-anh")
        for kind in ("html", "pdf")
    )
    manifest = json.loads((built / "thi-xa-ky-anh/data/manifest.json").read_text(encoding="utf-8"))
    assert manifest["selection"]["chosen"][0]["names"]["vi"] == "thị xã Kỳ Anh" and manifest["selection"]["n_all"] == 2
    html = (built / "thi-xa-ky-anh/report.vi.html").read_text(encoding="utf-8")
    assert "Địa danh được nêu" in html and "1 trong 2" in html and "155" not in page_numbers(html)
    # the whole report is as it was
    assert {name: digest for name, digest in files(project).items() if not name.startswith("place")} == whole


def page_numbers(html: str) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "html.parser").select_one("#tbl-figures").get_text(" ")
