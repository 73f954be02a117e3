"""Small invented corpora, opened as a report."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

from helpers.present.report import Report, open_report


def open_corpus(root: Path, articles: dict[str, str], language: str = "vi") -> Report:
    """The report of articles given as name -> text; a first line ` date 2024-05 Title` dates one."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "report.toml", root)
    for name, text in articles.items():
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return open_report(language, root=root)
