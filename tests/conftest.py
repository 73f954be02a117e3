"""What several tests need: the lexicon, the seeds, and cases from CSV files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from helpers.corpus.document import Document
from helpers.corpus.readers import read_paths
from helpers.extract.register import Extraction, extract_document
from helpers.lexicon import Lexicon
from helpers.present.report import Report, open_report

TESTS = Path(__file__).parent
ROOT = TESTS.parent
#: articles of other papers, annotated; not part of the project
DEV = ROOT.parent / "shared" / "gold" / "dev"


def read_rows(path: str) -> list[dict[str, str]]:
    """The rows of a CSV file below tests/."""
    with (TESTS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_cases(name: str) -> list[dict[str, str]]:
    """The rows of tests/cases/`name`.csv."""
    return read_rows(f"cases/{name}.csv")


@pytest.fixture(scope="session")
def vi() -> Lexicon:
    return Lexicon.load("vi")


def make_report(root: Path, articles: list[str], *, language: str = "vi", mask_public_names: bool = False) -> Report:
    """The report of a project in `root` that holds these articles and nothing else."""
    (root / "seeds").mkdir(parents=True)
    for i, text in enumerate(articles):
        (root / "seeds" / f"{i:03}.txt").write_text(text, encoding="utf-8")
    (root / "report.toml").write_text(
        f'languages = ["vi", "en"]\npages = []\nmask_public_names = {str(mask_public_names).lower()}\n'
        '[title]\nvi = "Thử"\nen = "Trial"\n',
        encoding="utf-8",
    )
    return open_report(language, root=root)


@pytest.fixture(scope="session")
def gold() -> dict:
    return json.loads((TESTS / "gold" / "seeds-gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def seeds(vi: Lexicon) -> dict[str, Extraction]:
    """File name of each seed -> what is read in it."""
    found: dict[str, Extraction] = {}
    for document in read_paths([ROOT / "seeds"]):
        assert isinstance(document, Document), document
        found[Path(document.source).name] = extract_document(document, vi)
    return found
