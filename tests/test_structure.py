"""Does the building still stand: imports that go down, thin notebooks, sound lexicons, one wording for each language."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from helpers.lexicon import FILES, Lexicon, LexiconError
from helpers.present.wording import load_wording
from helpers.render.checks import check_notebook, check_project
from helpers.settings import load_settings

HELPERS = ROOT / "helpers"
#: what every floor may use
GROUND = {"schema", "lexicon", "normalize", "patterns", "settings"}
#: floor -> the floors below it; the saying wing (analysis, present, render) never reads with the reading wing's code
BELOW = {
    "corpus": set(), "extract": {"corpus"}, "tables": {"corpus", "extract", "store"},
    "analysis": {"database", "store"}, "present": {"analysis", "store", "tables"},
    "render": {"analysis", "present", "store", "tables"},
}  # fmt: skip
#: library -> the floors that may import it
BORDERS = {
    "pandas": {"store", "database", "tables", "analysis", "present", "render"}, "pyarrow": {"store", "tables", "database"},
    "duckdb": {"database"},
    "pandera": {"store", "render"}, "matplotlib": {"present", "render"}, "nbconvert": {"render"}, "nbformat": {"render"},
}  # fmt: skip


def _imports(path: Path) -> set[str]:
    """All modules that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def _floor(path: Path) -> str:
    below = path.relative_to(HELPERS)
    return below.parts[0] if len(below.parts) > 1 else below.stem


@pytest.mark.parametrize("floor", BELOW)
def test_imports_go_down_only(floor):
    wrong = []
    for path in (HELPERS / floor).rglob("*.py"):
        for name in _imports(path):
            if not name.startswith("helpers."):
                continue
            other = name.split(".")[1]
            if other not in {floor} | GROUND | BELOW[floor]:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    allowed = {
        "helpers/render/checks.py imports helpers.extract.register",
        "helpers/render/checks.py imports helpers.extract.codebook",
    }
    assert set(wrong) <= allowed  # the checks look at every lexicon file, which the extractors declare


def test_libraries_stay_behind_their_borders():
    wrong = []
    for path in HELPERS.rglob("*.py"):
        for name in _imports(path):
            library = name.split(".")[0]
            if library in BORDERS and _floor(path) not in BORDERS[library]:
                wrong.append(f"{path.relative_to(ROOT)} imports {library}")
    assert wrong == []


def test_modules_stay_readable():
    # files that list what they hold may be longer than a module that one reads top to bottom
    long = {
        str(p.relative_to(ROOT)): n
        for p in HELPERS.rglob("*.py")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert long == {}


def test_every_lexicon_file_is_sound_and_declared(vi):
    import helpers.analysis.derive
    import helpers.extract.register
    import helpers.tables.build  # noqa: F401

    for name in FILES:
        assert vi.entries(name), name
    files = {p.stem for p in vi.folder.glob("*.csv")}
    assert files <= set(FILES), f"no module declares {files - set(FILES)}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ki-lô,kilogram", ":3: 2 fields, 4 wanted"), ("ki-lô,kilogram,maybe,", "ambiguous is 'maybe'; allowed: yes, no"),
        (",kilogram,no,", "surface is empty"), ("kg,kilogram,no,again", "'kg' stands in line 2 already"),
    ],
)  # fmt: skip
def test_a_broken_lexicon_line_is_named_with_the_mend(tmp_path, line, said):
    folder = tmp_path / "vi"
    folder.mkdir()
    (folder / "unit_surfaces.csv").write_text(
        f"surface,unit_id,ambiguous,note\nkg,kilogram,no,\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(LexiconError, match=r"unit_surfaces\.csv") as error:
        Lexicon.load("vi", tmp_path).entries("unit_surfaces")
    assert said in str(error.value)


def test_all_languages_have_the_same_wording():
    settings = load_settings(ROOT)
    keys = {language: set(load_wording(language)) for language in settings.languages}
    assert len({frozenset(k) for k in keys.values()}) == 1


def test_the_project_passes_its_own_checks():
    assert check_project(ROOT) == []


def _broken(tmp_path: Path, change) -> list[str]:
    path = tmp_path / "02_quantities.ipynb"
    shutil.copy(ROOT / "notebooks" / "02_quantities.ipynb", path)
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)
    return check_notebook(path, load_settings(ROOT))


def _code(notebook):
    return next(c for c in notebook.cells if c.cell_type == "code" and "show_" in c.source)


def _prose(notebook):
    return next(c for c in notebook.cells if c.cell_type == "markdown")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda nb: _code(nb).update(source="def f():\n    return 1"), "defines something"),
        (lambda nb: _code(nb).update(source="x = 1\n" * 9), "9 lines, at most 8"),
        (lambda nb: _code(nb).update(source='read("../data/x.csv")'), "names a path"),
        (lambda nb: _code(nb).update(execution_count=3), "outputs or counts are left in; make fix clears them"),
        (lambda nb: _prose(nb).update(source="Thu giữ 125 kg"), "'125' is typed"),
        (lambda nb: _prose(nb).update(source="Giảm 26,82 %"), "'26,82 %' is typed"),
        (lambda nb: _prose(nb).update(source="[[no_such_number]]"), "[[no_such_number]] is no finding"),
        (lambda nb: _prose(nb).metadata.update(tags=[]), "prose without a language"),
        (lambda nb: nb.cells.remove(_prose(nb)), "no cell in vi beside it"),
        (lambda nb: _prose(nb).update(source="![](chart.png)"), "a picture has no alt text"),
        (lambda nb: _code(nb).update(source="report.facts().plot()"), "draws without alt text"),
    ],
)  # fmt: skip
def test_a_broken_notebook_is_told_in_one_line(tmp_path, change, said):
    assert any(said in line and "02_quantities.ipynb" in line for line in _broken(tmp_path, change))


def test_years_and_names_in_prose_are_no_typed_numbers(tmp_path):
    problems = _broken(
        tmp_path, lambda nb: _prose(nb).update(source="Năm 2023 (Đề án 06, Vũng Áng 2), **[A P9]**, 3 bước")
    )
    assert not [p for p in problems if "typed" in p]
