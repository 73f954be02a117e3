"""Figures, dates and codes of other papers' articles against their marks: floors that only rise.

An overlapping span counts; `complete` wants value, unit, qualifier and direction right as well. A unit may be longer than
the marked one or shorter by whole words. What is marked optional counts neither way.
"""

from __future__ import annotations

import json

import pytest
from conftest import DEV

from helpers.corpus.readers import read_paths
from helpers.extract.register import extract_document
from helpers.extract.span import FIGURE_KINDS

FLOORS = {"spans": 0.995, "complete": 0.985, "date": 0.99, "code": 0.99}


@pytest.fixture(scope="module")
def marked():
    if not DEV.is_dir():
        pytest.skip("needs the annotated articles of other papers, which are not part of the project")
    rows: dict[str, list[dict]] = {}
    for line in (DEV / "figures.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["doc_id"], []).append(row)
    return rows


@pytest.fixture(scope="module")
def found(marked, vi):
    documents = read_paths([DEV / "articles" / f"{doc_id}.txt" for doc_id in marked])
    return {d.doc_id: extract_document(d, vi).mentions for d in documents}


def _overlap(mention, row) -> bool:
    return mention.start < row["end"] and row["start"] < mention.end


def _f1(n_right: int, n_found: int, n_marked: int) -> float:
    return 2 * n_right / (n_found + n_marked)


def _numbers(value) -> list[float]:
    return [float(v) for v in (value if isinstance(value, list) else [value])]


def _same_unit(marked: str | None, read: str | None) -> bool:
    a, b = (marked or "").lower(), (read or "").lower()
    return a == b or bool(a and b and (a.startswith(f"{b} ") or b.startswith(f"{a} ")))


def _is_complete(mention, row) -> bool:
    fields = mention.fields
    return (
        _numbers(fields["value"]) == pytest.approx(_numbers(row["value"]))
        and _same_unit(row["unit"], fields["unit"])
        and all(row[f] in (None, fields[f]) for f in ("qualifier", "direction"))
    )


def test_figures(marked, found):
    n_found = n_marked = n_exact = n_complete = 0
    for doc_id, rows in marked.items():
        figures = [r for r in rows if r["kind"] in FIGURE_KINDS]
        wanted, optional = [r for r in figures if not r["optional"]], [r for r in figures if r["optional"]]
        read = [m for m in found[doc_id] if m.kind in FIGURE_KINDS]
        read = [m for m in read if any(_overlap(m, r) for r in wanted) or not any(_overlap(m, r) for r in optional)]
        n_found, n_marked = n_found + len(read), n_marked + len(wanted)
        for row in wanted:
            match = next((m for m in read if _overlap(m, row)), None)
            n_exact += bool(match and (match.start, match.end) == (row["start"], row["end"]))
            n_complete += bool(match and _is_complete(match, row))
    assert _f1(n_exact, n_found, n_marked) >= FLOORS["spans"]
    assert _f1(n_complete, n_found, n_marked) >= FLOORS["complete"]


@pytest.mark.parametrize("kind", ["date", "code"])
def test_what_is_no_figure(kind, marked, found):
    n_found = n_marked = n_right = 0
    for doc_id, rows in marked.items():
        wanted = [r for r in rows if r["kind"] == kind and not r["optional"]]
        figures = [r for r in rows if r["kind"] in FIGURE_KINDS and not r["optional"]]
        read = [m for m in found[doc_id] if m.kind == kind and m.fields.get("form") != "relative"]
        n_hits = sum(any(_overlap(m, r) for m in read) for r in wanted)
        n_false = sum(any(_overlap(m, r) for r in figures) for m in read)
        n_found, n_marked, n_right = n_found + n_hits + n_false, n_marked + len(wanted), n_right + n_hits
    assert _f1(n_right, n_found, n_marked) >= FLOORS[kind]
