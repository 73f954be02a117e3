"""What was executed or exported before, kept by what it was made from.

An entry's name is the digest of all that it depends on: of a page the code of its cells, the helpers that they use, the tables,
the parameters; of an export the whole notebook and the code that renders. It is written whole and under the digest of its own
content, so that a killed or a second run at the same time does no harm, and a broken entry is none.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from nbformat import NotebookNode

from helpers import store
from helpers.settings import Settings
from helpers.tables.build import HELPERS, digest_files

#: days after which an entry that nobody asked for is dropped
_KEPT_DAYS = 14
_LIBRARIES = ("pandas", "numpy", "matplotlib", "ipython", "nbconvert", "typst")
_IMPORT = re.compile(r"^[ \t]*from (helpers[\w.]*) import (\([^)]*\)|[^\n]*)", re.M)
_EXECUTE = HELPERS / "render" / "execute.py"
#: packages whose results stand in the tables, of which a page's digest knows
_READING = ("corpus", "extract", "tables")


def folder_of(settings: Settings) -> Path:
    """Where the entries stand."""
    return settings.root / ".cache" / "pages"


def digest_of(*parts: object) -> str:
    """SHA-256 over plain data."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def page_key(notebook: NotebookNode, settings: Settings, language: str, tables_key: str) -> str:
    """Digest of all that the outputs of a page depend on; its prose is not among it."""
    code = [[cell.source, cell.metadata.get("tags", [])] for cell in code_cells(notebook)]
    used = [_digest_of_file(f) for f in sorted({*used_files([source for source, _ in code], language), _EXECUTE})]
    about = [list(settings.languages), settings.mask_public_names, settings.filters, language, tables_key]
    return digest_of("page", code, used, about, _versions())


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that are executed."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def load_outputs(notebook: NotebookNode, settings: Settings, key: str) -> bool:
    """Fills in the outputs kept under `key`; False if there are none."""
    content = store.read_checked(folder_of(settings) / f"{key}.json")
    if content is None:
        return False
    for cell, outputs in zip(code_cells(notebook), json.loads(content), strict=True):
        cell.outputs = [_as_node(output) for output in outputs]
    return True


def _as_node(value):
    if isinstance(value, dict):
        return NotebookNode({k: _as_node(v) for k, v in value.items()})
    return [_as_node(v) for v in value] if isinstance(value, list) else value


def keep_outputs(notebook: NotebookNode, settings: Settings, key: str) -> None:
    """Keeps the outputs of an executed page."""
    outputs = [cell.get("outputs", []) for cell in code_cells(notebook)]
    store.write_checked(folder_of(settings) / f"{key}.json", json.dumps(outputs, ensure_ascii=False).encode())


def latest_key(settings: Settings, page: str, language: str, tables_key: str, n_cells: int) -> str | None:
    """The entry of a page as it was last executed with these tables, whatever its code was; None without one."""
    said = store.read_json(_latest(settings, page, language))
    return said.get("key") if (said.get("tables"), said.get("n_cells")) == (tables_key, n_cells) else None


def keep_latest(settings: Settings, page: str, language: str, tables_key: str, key: str, n_cells: int) -> None:
    """Remembers which entry a page has now."""
    path, said = _latest(settings, page, language), {"key": key, "tables": tables_key, "n_cells": n_cells}
    if store.read_json(path) != said:
        store.write_json(path, said)


def _latest(settings: Settings, page: str, language: str) -> Path:
    of = f"-{digest_of(settings.filters)[:12]}" if settings.filters else ""
    return folder_of(settings) / f"latest-{page}.{language}{of}.json"


def drop_old(settings: Settings) -> None:
    """Drops the entries that nobody asked for in the last weeks."""
    store.forget_unused(folder_of(settings), days=_KEPT_DAYS)


@cache
def _versions() -> list[str]:
    return [sys.version, *(version(name) for name in _LIBRARIES)]


# --- which helpers a page uses ---


def used_files(sources: Iterable[str], language: str) -> set[Path]:
    """The files below helpers/ that the code of a notebook uses, in `language`; reading code is told by the tables.

    >>> names = {f.name for f in used_files(["from helpers.present import show_people"], "vi")}
    >>> "people_view.py" in names, "places_view.py" in names, "vi.toml" in names
    (True, False, True)
    """
    modules: set[str] = set()
    for source in sources:
        modules |= _modules_of_cell(source)
    found, todo = set(), [m for m in modules if _file(m)]
    while todo:
        module = todo.pop()
        path = _file(module)
        if path is None or path in found or path.relative_to(HELPERS).parts[0] in _READING:
            continue
        found.add(path)
        # importing a page's module runs the package's list of names, which shows nothing by itself
        todo += sorted(_modules_of_file(path)) if path != HELPERS / "present" / "__init__.py" else []
    return found | _assets(language)


@cache
def _assets(language: str) -> set[Path]:
    """What pages are made with that is no code: styles, templates, faces, the words of one language."""
    wording = HELPERS / "present" / "wording"
    files = {f for f in (HELPERS / "present").rglob("*") if f.is_file() and f.suffix not in (".py", ".pyc")}
    return {f for f in files if f.parent != wording or f.stem == language}


def _modules_of_cell(source: str) -> set[str]:
    """The modules that a cell asks for; names that a package only passes on count for the module that has them."""
    try:
        tree = ast.parse("\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!"))))
    except SyntaxError:
        return {f"helpers.present.{name}" for name in _passed_on().values()}
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
            for alias in node.names:
                modules |= set(_meant(f"{node.module}.{alias.name}"))
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names if alias.name.startswith("helpers.")}
        elif isinstance(node, ast.Attribute) and node.attr in _passed_on():  # present.show_facts
            modules.add(f"helpers.present.{_passed_on()[node.attr]}")
    return modules


def _meant(name: str) -> Iterator[str]:
    """`helpers.present.show_facts` is in helpers.present.facts_view."""
    package, _, last = name.rpartition(".")
    if package == "helpers.present" and last in _passed_on():
        yield f"helpers.present.{_passed_on()[last]}"
    else:
        yield name if _file(name) else package


@cache
def _passed_on() -> dict[str, str]:
    """Name that helpers.present passes on -> its module there."""
    tree = ast.parse((HELPERS / "present" / "__init__.py").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: (node.module or "").removeprefix("helpers.present.")
        for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }  # fmt: skip


@cache
def _modules_of_file(path: Path) -> frozenset[str]:
    """The modules below helpers/ that a file imports anywhere; parsing them all would take longer than a page."""
    modules: set[str] = set()
    for found in _IMPORT.finditer(path.read_text(encoding="utf-8")):
        for name in found[2].strip("()\n ").split(","):
            modules |= set(_meant(f"{found[1]}.{name.split()[0]}")) if name.strip() else set()
    return frozenset(modules)


@cache
def _digest_of_file(path: Path) -> str:
    return digest_files([path], root=HELPERS)


@cache
def _file(module: str) -> Path | None:
    below = HELPERS.joinpath(*module.split(".")[1:])
    return next(
        (f for f in (below.with_suffix(".py"), below / "__init__.py") if f.is_file() and f != HELPERS / "__init__.py"),
        None,
    )
