"""Which terms a theme's sentences use more than the others: first those that the codebook does not have.

    found = key_terms(tables, terms_by_sentence)     # one row a theme and term

A word of the codebook is key to its theme by definition. What else is key may belong into the codebook, or shows what the corpus
ties to the theme.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.analysis.keyness import SURE, keyness
from helpers.analysis.terms import Terms
from helpers.normalize import search_form

Tables = dict[str, pd.DataFrame]

#: a term of fewer sentences of a theme is no sign of it
MIN_USES = 2
#: times as often as elsewhere, as a log ratio: 1 is twice
MIN_RATIO = 1.0


def key_terms(tables: Tables, sent_ids: list[str], terms: Terms, *, n_each: int = 6) -> pd.DataFrame:
    """The terms key to each theme, the surest first.

    Args:
        sent_ids: the sentences that `terms` counts, in its order.
    Returns:
        Columns theme_id, term, label, in_codebook, n_part, n_rest, log_likelihood, log_ratio, n_texts, sent_ids (of the theme,
        that hold it); no rows for a theme that has no sentence, or all of them.
    """
    hits = tables["theme_hits"].merge(tables["mentions"][["mention_id", "sent_id"]], on="mention_id")
    row = {sent_id: n for n, sent_id in enumerate(sent_ids)}
    by_term = terms.counts.tocsc()
    found = []
    for theme_id, own in hits.groupby("theme_id", sort=False):
        in_part = np.zeros(len(sent_ids), dtype=bool)
        in_part[[row[i] for i in own["sent_id"].dropna().unique() if i in row]] = True
        words = {f" {search_form(word)} " for of_hit in own["terms"] for word in of_hit}
        keys = keyness(terms, in_part, n_least=MIN_USES)
        keys = keys[(keys["log_likelihood"] >= SURE) & (keys["log_ratio"] >= MIN_RATIO) & (keys["n_texts"] >= MIN_USES)]
        known = [any(f" {term} " in word or word in f" {term} " for word in words) for term in keys["term"]]
        keys = keys.assign(theme_id=theme_id, in_codebook=np.array(known, dtype=bool))
        keys = pd.concat([keys[~keys["in_codebook"]].head(n_each), keys[keys["in_codebook"]].head(n_each)])
        keys["sent_ids"] = [_holders(by_term, terms.columns[term], in_part, sent_ids) for term in keys["term"]]
        found.append(keys)
    columns = [
        "theme_id",
        "term",
        "label",
        "in_codebook",
        "n_part",
        "n_rest",
        "log_likelihood",
        "log_ratio",
        "n_texts",
        "sent_ids",
    ]
    return pd.concat(found)[columns].reset_index(drop=True) if found else pd.DataFrame(columns=columns)


def _holders(by_term, column: int, in_part: np.ndarray, sent_ids: list[str]) -> list[str]:
    """The sentences of the part that hold a term, in reading order."""
    rows = np.sort(by_term.indices[by_term.indptr[column] : by_term.indptr[column + 1]])
    return [sent_ids[i] for i in rows if in_part[i]]
