"""Small invented corpora, opened as a report or only derived."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pandas as pd
from conftest import ROOT

from helpers import store
from helpers.analysis.derive import STATED, derive
from helpers.corpus.readers import parse_article
from helpers.lexicon import Lexicon
from helpers.present.report import Report, open_report
from helpers.tables.rows import read_document

VI = Lexicon.load("vi")


def open_corpus(root: Path, articles: dict[str, str], language: str = "vi") -> Report:
    """The report of articles given as name -> text; a first line ` date 2024-05 Title` dates one."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "report.toml", root)
    for name, text in articles.items():
        (root / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return open_report(language, root=root)


def derive_corpus(articles: dict[str, str]) -> dict[str, pd.DataFrame]:
    """The tables read and derived of articles given as name -> text; nothing is written."""
    rows: dict[str, list[dict]] = defaultdict(list)
    for name, text in articles.items():
        for table, own in read_document(parse_article(text, doc_id=name), VI).items():
            rows[table] += own
    for article in rows["articles"]:
        article["label"] = article["doc_id"]
    tables = {name: store.make_table(name, rows[name]) for name in STATED}
    return tables | derive(tables, VI)
