"""What a machine can mend in the notebooks: `make fix`. A notebook that is already right is not touched.

Outputs and execution counts go; cells get ids that stay (`quantities-07`); metadata is what the pages need, in one order; code is
formatted by ruff. So a change of one sentence is a difference of one line.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from helpers import store

_KEPT = ("tags",)
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_ID = re.compile(r"^[a-zA-Z0-9_-]{1,64}$")
#: as JupyterLab and nbformat draw them
_RANDOM_ID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{8}$")
#: what ruff says when there was nothing to do
_SILENT = re.compile(r"All checks passed|\d+ files? left unchanged|\d+ files? already formatted")


def mend_notebooks(root: Path) -> list[str]:
    """Mends all notebooks; a line for each thing that was done."""
    done = []
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        try:
            old = path.read_bytes()
            notebook = json.loads(old)
            said = mend_notebook(notebook, path.stem)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # no notebook: `make check` says so
        new = (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        if new != old:
            store.write_bytes(path, new)
            done += [
                f"notebooks/{path.name}: {line}" for line in said or ["written in one form: sorted, one line each"]
            ]
    return done


def mend_notebook(notebook: dict, name: str) -> list[str]:
    """Mends a notebook as JSON, in place; a line for each thing that was done."""
    done = []
    cells = notebook["cells"]
    # JupyterLab leaves one behind the last cell that was run
    if n := sum(not "".join(c["source"]).strip() for c in cells):
        done.append(f"empty cells removed: {n}")
        cells[:] = [c for c in cells if "".join(c["source"]).strip()]
    if n := sum(bool(c.get("outputs")) for c in cells):
        done.append(f"outputs cleared in {n} cells")
    if n := sum(c.get("execution_count") is not None for c in cells):
        done.append(f"execution counts cleared in {n} cells")
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
        cell["source"] = _lines(cell["source"])
        if extra := set(cell.get("metadata", {})) - set(_KEPT):
            done.append(f"metadata dropped: {', '.join(sorted(extra))}")
        cell["metadata"] = {k: v for k, v in cell.get("metadata", {}).items() if k in _KEPT and v}
    if (notebook.get("metadata"), notebook.get("nbformat"), notebook.get("nbformat_minor")) != (_METADATA, 4, 5):
        done.append("metadata of the notebook set to what pages need")
    notebook.update(metadata=_METADATA, nbformat=4, nbformat_minor=5)
    return done + _mend_ids(cells, name)


def _lines(source: str | list[str]) -> list[str]:
    """Source as nbformat stores it: lines that keep their end, without white space behind the last."""
    return ("".join(source) if isinstance(source, list) else source).rstrip().splitlines(keepends=True)


def _mend_ids(cells: list[dict], name: str) -> list[str]:
    """Ids that are missing, taken twice or drawn at random become readable; the others stay."""
    stem = re.sub(r"^[\d_]+", "", name).replace("_", "-") or "page"
    taken: set[str] = set()
    lacking = []
    for i, cell in enumerate(cells):
        cell_id = str(cell.get("id", ""))
        if _ID.match(cell_id) and not _RANDOM_ID.match(cell_id) and cell_id not in taken:
            taken.add(cell_id)
        else:
            lacking.append((i, cell))
    for i, cell in lacking:
        free = (f"{stem}-{i:02d}{letter}" for letter in ("", *"abcdefghijklmnopqrstuvwxyz", *map(str, range(1000))))
        cell["id"] = next(cell_id for cell_id in free if cell_id not in taken)
        taken.add(cell["id"])
    return [f"ids given to {len(lacking)} cells"] if lacking else []


def run_ruff(root: Path) -> list[str]:
    """Mends what ruff can in code and notebooks; its own lines on what it did, and on what is left."""
    said = []
    for arguments in (("check", "--fix", "--output-format=concise"), ("format",)):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "."], cwd=root, capture_output=True, text=True, encoding="utf-8"
        )
        lines = (done.stdout + done.stderr).splitlines()
        said += [line for line in lines if line.strip() and not _SILENT.match(line)]
    return said
