"""How many topics a corpus has: the number whose topics come back when texts are left out.

    choice = choose_number(space)      # table: n_topics, stability (mean), lowest, highest; and the one chosen
    stability_of(space, of_text, 8)    # topic by topic: how much of it comes back

Each number is tried on the whole corpus and on samples of four fifths of it; the groupings are compared on the texts they share
by the adjusted Rand index (1 the same, 0 as by chance). A topic's own stability is the Jaccard overlap with the most similar
topic of each sample: from 0.75 on it is there, below 0.5 it dissolves.

Source: T. Lange et al., Stability-based validation of clustering solutions (2004); C. Hennig, Cluster-wise assessment of cluster
stability (2007).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.topic_vectors import Space
from helpers.analysis.topics import LEAST_TEXTS, group_texts

CANDIDATES = (4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20)
N_SAMPLES, _SHARE, _DIMENSIONS = 6, 0.8, 50
#: texts that a topic needs on average
_TEXTS_EACH = LEAST_TEXTS // CANDIDATES[0]
#: below it a topic dissolves
DISSOLVES = 0.5


class Choice(NamedTuple):
    """`tried`: one row a number; `n_topics`: the one with the highest stability, the smallest of equals."""

    tried: pd.DataFrame
    n_topics: int


def choose_number(space: Space, *, seed: int = 0) -> Choice:
    """Tries each number of topics that the corpus has texts for."""
    n_texts = space.weights.shape[0]
    numbers = [k for k in CANDIDATES if k * _TEXTS_EACH <= n_texts] or [CANDIDATES[0]]
    rows = []
    for k in numbers:
        scores = [score for score, _ in _compared(space, k, None, seed)]
        rows.append({"n_topics": k, "stability": np.mean(scores), "lowest": min(scores), "highest": max(scores)})
    tried = pd.DataFrame(rows)
    return Choice(tried, int(tried["n_topics"].iat[int(tried["stability"].round(6).argmax())]))


def stability_of(space: Space, of_text: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Topic by topic: the mean over samples of its overlap with the topic there that is most like it."""
    return np.mean([overlap for _, overlap in _compared(space, int(of_text.max()) + 1, of_text, seed)], axis=0)


def _compared(space: Space, n_topics: int, whole: np.ndarray | None, seed: int) -> list[tuple[float, np.ndarray]]:
    """For each sample: (adjusted Rand index with the whole, overlap topic by topic)."""
    from sklearn.metrics import adjusted_rand_score
    from threadpoolctl import threadpool_limits

    vectors, random = space.texts(_DIMENSIONS), np.random.default_rng(seed)
    found = []
    with threadpool_limits(limits=1):
        whole = group_texts(vectors, n_topics, seed=seed, n_starts=4) if whole is None else whole
        for n in range(N_SAMPLES):
            rows = np.sort(random.permutation(len(vectors))[: int(_SHARE * len(vectors))])
            again = group_texts(vectors[rows], n_topics, seed=seed + n + 1, n_starts=2)
            found.append((float(adjusted_rand_score(whole[rows], again)), _overlaps(whole[rows], again, n_topics)))
    return found


def _overlaps(first: np.ndarray, second: np.ndarray, n_topics: int) -> np.ndarray:
    """For each topic of the first grouping its largest Jaccard overlap with one of the second.

    >>> _overlaps(np.array([0, 0, 1, 1]), np.array([1, 1, 1, 0]), 2).round(2).tolist()
    [0.67, 0.5]
    """
    a, b = np.eye(n_topics)[first], np.eye(n_topics)[second]
    both = a.T @ b
    either = a.sum(axis=0)[:, None] + b.sum(axis=0)[None, :] - both
    return (both / np.maximum(either, 1)).max(axis=1)
