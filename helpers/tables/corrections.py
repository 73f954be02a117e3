"""Applies corrections.csv to what was read: article by article, before any table is stored.

    desk = Corrections.open(root, lexicon)
    rows = desk.correct(rows)                 # the rows of one article
    corrections = desk.finished()             # rows of table `corrections`: what became of each line

Costs what the corrected articles cost: a line is looked up by its article, a sentence by its words, a mention by its span.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from helpers.corpus.document import Document
from helpers.corpus.readers import read_file
from helpers.extract.register import extract_document
from helpers.lexicon import Lexicon
from helpers.schema import DETAIL_OF, DETAILS
from helpers.tables.corrected_article import correct_article
from helpers.tables.correction_file import NAME, Correction, Outcome, read_corrections
from helpers.tables.correction_sites import Row
from helpers.tables.rows import read_document

Rows = dict[str, list[Row]]


class Corrections:
    """The corrections of a project, applied to one article after another."""

    def __init__(self, corrections: Iterable[Correction], outcomes: Iterable[Outcome], lexicon: Lexicon):
        self._waiting: dict[str, list[Correction]] = defaultdict(list)
        for correction in corrections:
            self._waiting[unicodedata.normalize("NFC", correction.doc_id)].append(correction)
        self._outcomes, self._lexicon = list(outcomes), lexicon

    @staticmethod
    def open(root: Path, lexicon: Lexicon) -> Corrections:
        """Those of `root`/corrections.csv; none where there is no such file."""
        found = read_corrections(root / NAME)
        return Corrections(found.corrections, found.outcomes, lexicon)

    def correct(self, rows: Rows) -> Rows:
        """The rows of one article with its corrections applied."""
        doc_id = rows["articles"][0]["doc_id"] if rows.get("articles") else ""
        mine = self._waiting.pop(unicodedata.normalize("NFC", doc_id), None)
        if not mine:
            return rows
        # an id that is printed decomposed is the same id
        corrected, outcomes = correct_article(rows, [replace(c, doc_id=doc_id) for c in mine], self._lexicon)
        self._outcomes += outcomes
        return corrected

    def finished(self) -> list[Row]:
        """A row a line of the file, in its order; those whose article never came are orphans."""
        for correction in (c for waiting in self._waiting.values() for c in waiting):
            said = (
                f"no article {correction.doc_id!r} in seeds/; put it back, write the id it has now, or delete the line"
            )
            self._outcomes.append(Outcome(correction.line, correction.cells(), "orphan", "no_article", said))
        self._waiting.clear()
        return [_with_hidden(o, self._lexicon).as_row() for o in sorted(self._outcomes, key=lambda o: o.line)]


def corrected_units(rows: Rows) -> list[Row]:
    """The units that figures and organisations lie in by a correction, as rows of places that name them."""
    ids = {
        c["value"] for c in rows["corrections"] if c["status"] == "applied" and c["field"] == "place_id" and c["value"]
    }
    return [{"place_id": place_id, "parent": None, "candidates": []} for place_id in sorted(ids)]


def _with_hidden(outcome: Outcome, lexicon: Lexicon) -> Outcome:
    """With the names of private people in what analysts typed, and of a person whom nothing masks any more."""
    cells = outcome.cells
    names = list(outcome.hidden)
    if cells.get("kind") == "person" and outcome.status in ("orphan", "invalid"):
        names += [cells.get("surface", ""), cells.get("value", "") if cells.get("field") in ("name", "surface") else ""]
    typed = [cells.get("why", ""), cells.get("value", "") if _is_prose(cells) else ""]
    names += [name for text in typed for name in private_names(text, lexicon)]
    return replace(outcome, hidden=tuple(dict.fromkeys(n for n in names if n)))


def _is_prose(cells: Mapping[str, str]) -> bool:
    """Whether the value is a text in which somebody may be named; the name of a person is checked as that person."""
    field = DETAILS.get(DETAIL_OF.get(cells.get("kind", ""), ""), {}).get(cells.get("field", ""))
    return field is not None and field.type == "text" and not field.values and cells.get("kind") != "person"


@lru_cache(maxsize=4096)
def private_names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The people named in a text who hold no public office, as far as the text tells."""
    if " " not in text.strip():
        return ()
    mentions = extract_document(Document("", text), lexicon).mentions
    public = {m.entity_id for m in mentions if m.kind == "person" and m.fields.get("public")}
    return tuple(m.surface for m in mentions if m.kind == "person" and m.entity_id not in public)


def list_problems(corrections: pd.DataFrame) -> list[str]:
    """One line for each correction that could not be applied, with its place and the mend."""
    wrong = corrections[corrections["status"].isin(("orphan", "invalid"))]
    columns = zip(wrong["line"], wrong["status"], wrong["said"], strict=True)
    return [f"{NAME}:{line}: {'orphan: ' if status == 'orphan' else ''}{said}" for line, status, said in columns]


def try_corrections(
    path: Path, doc_id: str, corrections: list[Correction], lexicon: Lexicon
) -> tuple[Rows, list[Outcome]] | None:
    """One article as it would be read with these corrections, and what would become of each; None if it is gone.

    Args:
        path: the file of the article.
    """
    for item in read_file(path, doc_id=doc_id):
        if isinstance(item, Document) and item.doc_id == doc_id:
            return correct_article(read_document(item, lexicon), corrections, lexicon)
    return None
