"""Keyness: which terms a part of the corpus uses more than the rest, how sure that is and how large.

    keyness(terms, in_part)      # one row a term: log_likelihood says how sure, log_ratio how large
    dispersion(terms)            # 0 spread evenly over the texts, near 1 in one of them alone
    pair_terms(terms, in_part)   # terms that stand in the same texts

Works from two texts on: with one there is no rest. The log-likelihood grows with the size of the corpus, so it says only
whether a difference may be chance; the log ratio (1: twice as often, -1: half as often) says how large it is.

Source: P. Rayson & R. Garside, Comparing corpora using frequency profiling (2000); A. Hardie, Log Ratio (2014); S. Gries,
Dispersions and adjusted frequencies in corpora (2008), normalised as in Lijffijt & Gries (2012).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.pairs import log_likelihood as pair_likelihood
from helpers.analysis.terms import Terms

#: chances of 1 in 100 and in 1000 that one term differs so by chance
SURE, VERY_SURE = 6.63, 10.83
#: stands for none where a share must not be 0: half a word, as Hardie proposes
_NONE = 0.5


def keyness(terms: Terms, in_part: np.ndarray, *, n_least: int = 2) -> pd.DataFrame:
    """Terms that the part uses more often than the rest, the surest first.

    Args:
        in_part: one bool a text. n_least: rarer terms of the part are left out.
    Returns:
        Columns term, label, n_part, n_rest, per_10k_part, per_10k_rest, log_likelihood, log_ratio, percent_diff (missing where
        the rest has none), n_texts (of the part that hold it), dispersion over the part. No rows where there is no rest.
    """
    in_part = np.asarray(in_part, dtype=bool)
    size_part, size_rest = (float(terms.counts[rows].sum()) for rows in (in_part, ~in_part))
    of_part = np.asarray(terms.counts[in_part].sum(axis=0)).ravel().astype(float)
    of_rest = terms.totals - of_part
    if not size_part or not size_rest:
        return _table(terms, np.empty(0, int), {})
    share_part, share_rest = of_part / size_part, of_rest / size_rest
    found = np.flatnonzero((of_part >= n_least) & (share_part > share_rest))
    likelihood = _likelihood(of_part, of_rest, size_part, size_rest)
    found = found[np.lexsort((found, -likelihood[found]))]
    with np.errstate(divide="ignore"):
        diff = np.where(of_rest > 0, 100 * (share_part / share_rest - 1), np.nan)
    ratio = np.log2(share_part / (np.maximum(of_rest, _NONE) / size_rest), where=of_part > 0, out=np.zeros_like(diff))
    return _table(terms, found, {
        "n_part": of_part.astype(int), "n_rest": of_rest.astype(int), "per_10k_part": share_part * 1e4,
        "per_10k_rest": share_rest * 1e4, "log_likelihood": likelihood, "log_ratio": ratio, "percent_diff": diff,
        "n_texts": np.bincount(terms.counts[in_part].indices, minlength=len(terms.forms)),
        "dispersion": _dispersion(terms.counts[in_part]),
    })  # fmt: skip


_COLUMNS = ("n_part", "n_rest", "per_10k_part", "per_10k_rest", "log_likelihood", "log_ratio", "percent_diff", "n_texts", "dispersion")  # fmt: skip


def _table(terms: Terms, found: np.ndarray, values: dict[str, np.ndarray]) -> pd.DataFrame:
    forms = {"term": [terms.forms[i] for i in found], "label": [terms.labels[i] for i in found]}
    return pd.DataFrame(forms | {c: values[c][found] if values else [] for c in _COLUMNS})


def _likelihood(part: np.ndarray, rest: np.ndarray, size_part: float, size_rest: float) -> np.ndarray:
    """G² of a term's two frequencies against one share for both.

    >>> [float(g) for g in _likelihood(np.array([10.0, 5.0]), np.array([10.0, 50.0]), 100.0, 1000.0).round(1)]
    [22.1, 0.0]
    """
    share = (part + rest) / (size_part + size_rest)
    total = np.zeros(len(part))
    for seen, size in ((part, size_part), (rest, size_rest)):
        expected = share * size
        total += np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-300) / np.maximum(expected, 1e-300)), 0.0)
    return np.maximum(2 * total, 0.0)


def dispersion(terms: Terms) -> pd.Series:
    """Term -> Gries' DP, normalised: 0 spread over the texts as their lengths are, 1 all in the smallest; missing for one text."""
    return pd.Series(_dispersion(terms.counts), index=terms.forms, name="dispersion")


def _dispersion(counts: sparse.csr_matrix) -> np.ndarray:
    lengths = np.asarray(counts.sum(axis=1)).ravel().astype(float)
    if np.count_nonzero(lengths) < 2:
        return np.full(counts.shape[1], np.nan)
    expected = lengths / lengths.sum()
    totals = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    # |seen - expected| summed over all texts: those without the term add what is expected there
    cells = counts.tocoo()
    seen, at = cells.data / totals[cells.col], expected[cells.row]
    apart = np.bincount(cells.col, np.abs(seen - at) - at, minlength=counts.shape[1]) + 1.0
    return np.where(totals > 0, np.clip(apart / 2 / (1 - expected[expected > 0].min()), 0.0, 1.0), np.nan)


def pair_terms(terms: Terms, *, at_most: int = 200, n_least: int = 3, n_terms: int = 2000) -> pd.DataFrame:
    """Terms that stand in the same texts more often than chance: first, second, n_texts, expected, association; the strongest first.

    Args:
        n_terms: the most widespread terms that are looked at.
    """
    n_texts = terms.counts.shape[0]
    looked = np.sort(np.argsort(-terms.spread, kind="stable")[:n_terms])
    has = (terms.counts[:, looked] > 0).astype(np.int32)
    both = sparse.triu(has.T @ has, k=1).tocoo()
    often = both.data >= n_least
    row, column, data = both.row[often], both.col[often], pd.Series(both.data[often].astype(float), dtype=float)
    spread = terms.spread[looked].astype(float)
    a, b = pd.Series(spread[row], dtype=float), pd.Series(spread[column], dtype=float)
    labels = np.array([terms.labels[i] for i in looked], dtype=object)
    found = pd.DataFrame({
        "first": labels[row], "second": labels[column], "n_texts": data.astype(int), "expected": a * b / max(n_texts, 1),
        "association": pair_likelihood(data, a, b, float(max(n_texts, 1))),
    })  # fmt: skip
    # a phrase with its own part says nothing
    nested = [
        f" {x} " in f" {y} " or f" {y} " in f" {x} " for x, y in zip(found["first"], found["second"], strict=True)
    ]
    found = found[(found["n_texts"] > found["expected"]) & ~np.array(nested, dtype=bool)]
    order = ["association", "first", "second"]
    return found.sort_values(order, ascending=[False, True, True]).head(at_most).reset_index(drop=True)
