"""What was found in some articles, as JSON lines for scripts: agreements, inferences, questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers import store
from helpers.analysis.derive import STATED, derive
from helpers.lexicon import Lexicon
from helpers.present.sayings import say_code
from helpers.tables.rows import Rows


def found_lines(articles: Iterable[Rows], lexicon: Lexicon, table: str, language: str) -> Iterator[str]:
    """The rows of `agreements`, `inferences` or `questions`, one JSON object each.

    Args:
        articles: what was read in each article, as rows of tables.
    Raises:
        LexiconError: a lexicon can't be used.
    """
    rows: dict[str, list[dict]] = defaultdict(list)
    for n, article in enumerate(articles):
        for name, own in article.items():
            rows[name] += own
        rows["articles"][n]["label"] = str(n)
    tables = {name: store.make_table(name, rows[name]) for name in STATED}
    known = tables["places"].dropna(subset=["place_id"]).drop_duplicates("place_id")
    names = {p.place_id: f"{p.type} {p.name}" if isinstance(p.type, str) else p.name for p in known.itertuples()}
    mentions = tables["mentions"].set_index("mention_id")
    sentences = dict(zip(tables["sentences"]["sent_id"], tables["sentences"]["text"], strict=True))
    for row in derive(tables, lexicon)[table].to_dict("records"):

        def words(key: str, row: dict = row) -> str:
            return say_code(language, key, row["values"], place_name=lambda p: names.get(p, p), subject=_subject(row))

        yield json.dumps(
            _line(table, row, words) | {"mentions": _mentions(row, mentions, sentences)}, ensure_ascii=False
        )


def _subject(row: dict) -> str:
    return row.get("subject") or json.loads(row["values"]).get("subject") or ""


def _line(table: str, row: dict, words) -> dict:
    if table == "agreements":
        return {
            "agreement": row["agreement"],
            "about": row["about"],
            "subject": row["subject"],
            "reason": words(f"reason_{row['reason']}"),
        }
    if table == "inferences":
        return {
            "can": bool(row["can"]),
            "rule": row["rule"],
            "statement": words(f"says_{row['saying']}"),
            "reason": words(f"why_{row['rule']}"),
        }
    return {"to": row["to"] if isinstance(row["to"], str) else words("to_newspaper"), "question": words(row["saying"])}


def _mentions(row: dict, mentions: pd.DataFrame, sentences: dict[str, str]) -> list[dict]:
    """The mentions of a row with their sentences."""
    found = mentions.loc[row["mention_ids"]]
    return [
        {
            "doc_id": m.doc_id,
            "start": int(m.start),
            "end": int(m.end),
            "surface": m.surface,
            "sentence": sentences.get(m.sent_id),
        }
        for m in found.itertuples()
    ]
