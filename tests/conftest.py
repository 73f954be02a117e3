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
