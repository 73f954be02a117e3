"""A new page from the template: `make new NOTEBOOK=09_courts QUESTION="Toà xử những gì?"`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from helpers import store
from helpers.settings import SettingsError, load_settings

_NAME = re.compile(r"^\d\d_[a-z][a-z0-9_]*$")


def new_page(root: Path, name: str, question: str = "") -> list[str]:
    """Makes notebooks/`name`.ipynb and adds it to the pages of report.toml; a line for each file that was written.

    Raises:
        SettingsError: the name can't be used, or is taken.
    """
    name = name.removesuffix(".ipynb").removeprefix("notebooks/")
    path, settings = root / "notebooks" / f"{name}.ipynb", load_settings(root)
    if not _NAME.match(name):
        raise SettingsError(f"{name!r}: a page is named like 09_courts: two digits, _, then a-z, 0-9 and _")
    if path.exists() or name in settings.pages:
        raise SettingsError(f"{name!r} is there already; choose another name")
    notebook = json.loads((root / "notebooks" / "_template.ipynb").read_text(encoding="utf-8"))
    stem = name[3:].replace("_", "-")
    for i, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{stem}-{i:02d}"
        cell["source"] = [line.replace("tbl-template", f"tbl-{stem}") for line in cell["source"]]
        if (
            question.strip()
            and cell["source"]
            and cell["source"][0].startswith("# ")
            and cell["cell_type"] == "markdown"
        ):
            cell["source"] = [f"# {question.strip()}"]
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    toml = (root / "report.toml").read_text(encoding="utf-8")
    added = _with_page(toml, name)
    store.write_bytes(path, text.encode())
    store.write_bytes(root / "report.toml", added.encode())
    said = [f"notebooks/{name}.ipynb: made from _template.ipynb", f"report.toml: {name} added to pages"]
    return [*said, "its title stands in every language alike: translate it"] if question.strip() else said


def _with_page(toml: str, name: str) -> str:
    """report.toml with a page more, in its place by number, and all else as it was.

    >>> _with_page('pages = ["00_brief", "08_quality"]', "05_courts")
    'pages = ["00_brief", "05_courts", "08_quality"]'
    """
    found = re.search(r"^pages\s*=\s*\[([^\]]*)\]", toml, re.M)
    if not found:
        raise SettingsError("report.toml: no list of pages; write pages = [...]")
    pages = re.findall(r'"([^"]+)"', found[1])
    at = next((i for i, page in enumerate(pages) if page > name), len(pages))
    if "\n" not in found[1]:
        pages.insert(at, name)
        inside = ", ".join(f'"{page}"' for page in pages)
    elif at < len(pages):
        inside = found[1].replace(f'"{pages[at]}"', f'"{name}",\n    "{pages[at]}"', 1)
    else:
        inside = f'{found[1].rstrip().rstrip(",")},\n    "{name}",\n'
    return toml[: found.start(1)] + inside + toml[found.end(1) :]
