"""Where terms and texts stand in a space of meaning: terms that stand in the same texts are near each other.

A term's vector comes from the positive pointwise mutual information of terms that share texts, reduced by its leading singular
vectors; a text's vector is the mean of its terms, the rarer the heavier. Short texts that share no word at all still come near
each other through words that others join.

Source: O. Levy & Y. Goldberg, Neural Word Embedding as Implicit Matrix Factorization (2014); context counts smoothed with the
exponent 0.75, singular values with 0.5, as in Levy, Goldberg & Dagan (2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from helpers.analysis.terms import Terms

#: a term in fewer texts says nothing of others, one in more says nothing of any
MIN_TEXTS, MAX_SHARE = 3, 0.2
#: the most widespread terms are kept: their square has to fit in memory
MAX_TERMS = 6000
MAX_DIMENSIONS = 80
_SMOOTHING, _POWER = 0.75, 0.5


@dataclass(frozen=True)
class Space:
    """`columns`: the terms kept; `weights`: texts by these terms, TF-IDF; `vectors`: these terms by dimension, the first the main one."""

    columns: np.ndarray
    weights: sparse.csr_matrix
    vectors: np.ndarray

    def texts(self, n_dimensions: int) -> np.ndarray:
        """Texts by dimension, each of length 1; of length 0 where none of its terms was kept."""
        return unit_rows(self.weights @ unit_rows(self.vectors[:, :n_dimensions]))


def make_space(terms: Terms) -> Space | None:
    """The space of a corpus; None where too few terms are shared."""
    spread = terms.spread
    kept = np.flatnonzero((spread >= MIN_TEXTS) & (spread <= MAX_SHARE * terms.counts.shape[0]))
    kept = np.sort(kept[np.argsort(-spread[kept], kind="stable")[:MAX_TERMS]])
    if len(kept) < 10:
        return None
    counts = terms.counts[:, kept].tocsr().astype(float)
    return Space(kept, tf_idf(counts), _vectors(counts))


def tf_idf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Texts by terms: 1 + ln of the count, times ln of how rare the term is; rows of length 1."""
    n_texts, spread = counts.shape[0], np.bincount(counts.indices, minlength=counts.shape[1])
    weights = counts.copy()
    weights.data = (1 + np.log(weights.data)) * (np.log((1 + n_texts) / (1 + spread)) + 1)[weights.indices]
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-12)) @ weights)


def _vectors(counts: sparse.csr_matrix) -> np.ndarray:
    has = (counts > 0).astype(float)
    both = (has.T @ has).tocoo()
    apart = both.row != both.col
    row, column, n = both.row[apart], both.col[apart], both.data[apart]
    total, shared = n.sum(), np.bincount(row, n, counts.shape[1])
    context = shared**_SMOOTHING
    if not len(n):  # no text holds two of the terms
        return np.eye(counts.shape[1])
    pmi = np.log((n / total) / ((shared / total)[row] * (context / context.sum())[column]))
    positive = pmi > 0
    matrix = sparse.csr_matrix((pmi[positive], (row[positive], column[positive])), both.shape)
    # always begun from the same vector: same corpus, same bytes
    begin = np.random.default_rng(0).random(counts.shape[1])
    left, values, _ = svds(matrix, k=min(MAX_DIMENSIONS, counts.shape[1] - 2), v0=begin)
    order = np.argsort(-values, kind="stable")
    return left[:, order] * values[order] ** _POWER


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Each row divided by its length; rows of zeros stay."""
    return rows / np.maximum(np.sqrt((rows**2).sum(axis=1, keepdims=True)), 1e-12)
