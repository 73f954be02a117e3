"""memos.csv: what analysts noted while reading, one note a line, about a theme, a sentence, or both.

    who,when,theme,doc_id,sentence,text
    Hạnh,2024-03-31,cameras,,,"Hai bài dùng “mắt thần” cho camera."

A note is bound to the id of a theme or to the article and the sentence as printed, never to a position. A note whose theme,
article or sentence is gone is an orphan: it is still shown, under what it was about, and told by `check`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from helpers.extract.abbreviations import Documents
from helpers.lexicon import Lexicon
from helpers.schema import MEMO
from helpers.tables.analyst_file import check_day, check_shape, read_text, records
from helpers.tables.correction_file import passage_form
from helpers.tables.corrections import private_names

NAME = "memos.csv"
Row = dict[str, object]


def memo_rows(root: Path, documents: Documents, themes: Collection[str], lexicon: Lexicon) -> list[Row]:
    """Rows for table `memos`, in the order of the file. Nothing in it raises.

    Args:
        documents: the sentences of each article.
    """
    try:
        text = read_text(root / NAME)
    except (OSError, UnicodeDecodeError) as error:
        return [_row(1, {}, "invalid", "bad_file", f"{error}; save it as UTF-8")]
    noted = list(_noted(text))
    # the sentences of an article are folded only if a note is about it
    known = _Sentences(documents if noted else (), {row["doc_id"] for _, row, _ in noted if row.get("doc_id")})
    return [_memo_row(line, row, said, themes, known, lexicon) for line, row, said in noted]


def _memo_row(
    line: int, row: dict[str, str], said: str | None, themes: Collection[str], known: _Sentences, lexicon: Lexicon
) -> Row:
    if said:
        reason: str | None = "bad_row" if row else "bad_file"
        status, sent_id = "invalid", None
    else:
        reason, said, sent_id = _find(row, themes, known)
        status = "orphan" if reason else "kept"
    hidden = [name for cell in (row.get("text"), row.get("who")) if cell for name in private_names(cell, lexicon)]
    return _row(line, row, status, reason, said) | {"sent_id": sent_id, "hidden": hidden}


def _row(line: int, cells: dict[str, str], status: str, reason: str | None, said: str | None) -> Row:
    named = {name: cells.get(name) or None for name in MEMO}
    return {"line": line, **named, "status": status, "reason": reason, "said": said, "sent_id": None, "hidden": []}


def _noted(text: str) -> Iterator[tuple[int, dict[str, str], str | None]]:
    """(line, cells by name, what is wrong with them)."""
    for line, cells in records(text, MEMO):
        if isinstance(cells, str):
            yield line, {}, cells
            return
        row = {name: cell.strip() for name, cell in zip(MEMO, cells, strict=False)}
        yield line, row, check_shape(cells, MEMO) or _check(row)


def _check(row: dict[str, str]) -> str | None:
    for name in ("who", "text"):
        if not row[name]:
            return f"{name} is empty; fill it"
    if not row["theme"] and not row["sentence"]:
        return "neither theme nor sentence; say what the note is about"
    if row["sentence"] and not row["doc_id"]:
        return "a sentence without its article; fill doc_id"
    return check_day(row["when"])


class _Sentences:
    """The sentences of some articles, found by their words."""

    def __init__(self, documents: Documents, doc_ids: Collection[str]):
        self._of: dict[str, dict[str, str]] = defaultdict(dict)
        self._articles: set[str] = set()
        for doc_id, passages in documents:
            self._articles.add(doc_id)
            for n, (_, text) in enumerate(passages if doc_id in doc_ids else ()):
                self._of[doc_id].setdefault(passage_form(text), f"{doc_id}:{n}")

    def has_article(self, doc_id: str) -> bool:
        return doc_id in self._articles

    def find(self, doc_id: str, sentence: str) -> str | None:
        """The first sentence of these words."""
        return self._of[doc_id].get(passage_form(sentence))


def _find(row: dict[str, str], themes: Collection[str], known: _Sentences) -> tuple[str | None, str | None, str | None]:
    """(reason, what is wrong, sentence) of a note that is sound by itself."""
    if row["theme"] and row["theme"] not in themes:
        return (
            "no_theme",
            f"no theme {row['theme']!r} in themes.toml; write the id it has now, or delete the line",
            None,
        )
    if row["doc_id"] and not known.has_article(row["doc_id"]):
        return (
            "no_article",
            f"no article {row['doc_id']!r} in seeds/; put it back, write the id it has now, or delete the line",
            None,
        )
    if not row["sentence"]:
        return None, None, None
    sent_id = known.find(row["doc_id"], row["sentence"])
    if sent_id is None:
        return "no_sentence", f"{row['doc_id']} has no such sentence now; write it as printed, or delete the line", None
    return None, None, sent_id


def list_memo_problems(memos: pd.DataFrame) -> list[str]:
    """One line for each note that is malformed or about something that is gone, with its place and the mend."""
    wrong = memos[memos["status"] != "kept"]
    columns = zip(wrong["line"], wrong["status"], wrong["said"], strict=True)
    return [f"{NAME}:{line}: {'orphan: ' if status == 'orphan' else ''}{said}" for line, status, said in columns]
