"""The tables of some of the articles, cut out of the tables of all of them.

What is counted over all articles (abbreviations, units) is counted anew; labels stay, so that [B P9] is the same paragraph in
every report.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import store
from helpers.lexicon import Lexicon
from helpers.schema import DETAILS
from helpers.tables.abbreviations import abbreviation_rows
from helpers.tables.corrections import corrected_units
from helpers.tables.passages import passages_of
from helpers.tables.units import unit_rows

_OF_ARTICLES = ("articles", "paragraphs", "sentences", "mentions", "corrections")


def write_selected(folder: Path, into: Path, doc_ids: frozenset[str], lexicon: Lexicon) -> None:
    """Writes to `into` the tables of `folder`, as far as they are of these articles."""
    frames: dict[str, pd.DataFrame] = {}
    for name in _OF_ARTICLES:
        frame = store.read_table(folder, name)
        frames[name] = frame[frame["doc_id"].isin(doc_ids)]
    for name in DETAILS:
        frame = store.read_table(folder, name)
        frames[name] = frame[frame["mention_id"].isin(frames["mentions"]["mention_id"])]
    rows = {name: _rows(frames[name]) for name in ("sentences", "places", "corrections")}
    counted = abbreviation_rows(passages_of(rows["sentences"]), lexicon)
    counted["units"] = unit_rows([*rows["places"], *corrected_units(rows)], lexicon)
    for name in ("themes", "rejected"):
        frames[name] = store.read_table(folder, name)
    memos = store.read_table(folder, "memos")
    frames["memos"] = memos[memos["doc_id"].isna() | memos["doc_id"].isin(doc_ids)]  # some are about a theme alone
    for name, frame in frames.items():
        store.write_table(into, name, store.fit_table(name, frame))
    for name, made in counted.items():
        store.write_table(into, name, store.make_table(name, made))


def _rows(frame: pd.DataFrame) -> list[dict]:
    """Rows as dicts; what is missing is None."""
    frame = frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")
