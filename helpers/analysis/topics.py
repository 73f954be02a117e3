"""Topics that the corpus shows by itself: groups of texts that use the same terms, named by these terms.

    topics = find_topics(terms)              # None: the corpus is too small, see LEAST_TEXTS
    topics.of_text, topics.terms_of(0, 8)

Texts are grouped in the space of topic_vectors.py: k-means in several numbers of dimensions and from several starts, then one
grouping on which most of these agree, then each topic's own terms are learned from its texts and the texts assigned by these
terms (a mixture of multinomials, a few rounds of expectation and maximisation). Seeded: the same corpus gives the same topics.
How many topics: topic_choice.py. Plain NMF on TF-IDF was measured first; it finds the labels of short news texts less well
(docs/terms.md).

Source: A. Strehl & J. Ghosh, Cluster Ensembles (2002); K. Nigam et al., Text Classification from Labeled and Unlabeled
Documents using EM (2000); class-based term weights: M. Grootendorst, BERTopic (2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from helpers.analysis.terms import Terms
from helpers.analysis.topic_vectors import Space, make_space, unit_rows

#: fewer texts give topics that are gone when a fifth of the texts is (docs/terms.md)
LEAST_TEXTS = 150
_DIMENSIONS, _STARTS, _ROUNDS = (20, 30, 40, 50, 60, 80), 3, 20
#: a text counts as so many words: else long ones would belong to one topic with certainty
_WORDS, _PRIOR = 3.0, 0.1
#: more texts are grouped by small batches
_MANY = 20_000


@dataclass(frozen=True)
class Topics:
    """`of_text`: number of each text's topic, the largest topic is 0; `nearness`: how near a text is to it; `weights`: topics by terms."""

    of_text: np.ndarray
    nearness: np.ndarray
    weights: np.ndarray
    terms: Terms
    columns: np.ndarray

    @property
    def n_topics(self) -> int:
        return len(self.weights)

    @property
    def sizes(self) -> np.ndarray:
        """Texts of each topic."""
        return np.bincount(self.of_text, minlength=self.n_topics)

    def terms_of(self, topic: int, n: int) -> list[int]:
        """The columns of the terms that name a topic; a part of a phrase that names it is left out."""
        chosen: list[int] = []
        for column in self.columns[np.argsort(-self.weights[topic], kind="stable")[: 4 * n]].tolist():
            form = f" {self.terms.forms[column]} "
            if len(chosen) < n and not any(form in f" {self.terms.forms[c]} " or f" {self.terms.forms[c]} " in form for c in chosen):  # fmt: skip
                chosen.append(column)
        return chosen


def find_topics(terms: Terms, n_topics: int, *, seed: int = 0) -> Topics | None:
    """The topics of a corpus; None where it is too small for any."""
    if terms.counts.shape[0] < LEAST_TEXTS:
        return None
    space = make_space(terms)
    return None if space is None else topics_in(space, terms, n_topics, seed=seed)


def topics_in(space: Space, terms: Terms, n_topics: int, *, seed: int = 0) -> Topics:
    """The topics of texts whose space is made already."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):  # the order in which threads add up would show in the last digit
        groups = group_texts(_agreed(space, n_topics, seed), n_topics, seed=seed, n_starts=5)
    shares = _refine(space.weights, groups, n_topics)
    of_text = _by_size(shares.argmax(axis=1))
    vectors = space.texts(50)
    centres = unit_rows(np.vstack([vectors[of_text == t].mean(axis=0) for t in range(of_text.max() + 1)]))
    nearness = (vectors * centres[of_text]).sum(axis=1)
    weights = _class_weights(terms.counts[:, space.columns], of_text)
    return Topics(of_text, nearness, weights, terms, space.columns)


def group_texts(vectors: np.ndarray, n_groups: int, *, seed: int, n_starts: int) -> np.ndarray:
    """k-means: the group of each row."""
    from sklearn.cluster import KMeans, MiniBatchKMeans

    method = KMeans if len(vectors) <= _MANY else MiniBatchKMeans
    return method(n_groups, n_init=n_starts, random_state=seed).fit(vectors).labels_


def _agreed(space: Space, n_topics: int, seed: int) -> np.ndarray:
    """Texts by the leading vectors of all the groups that single groupings put them in: what most agree on stands together."""
    from sklearn.decomposition import TruncatedSVD

    dimensions = [d for d in _DIMENSIONS if d <= space.vectors.shape[1]] or [space.vectors.shape[1]]
    groupings = [
        group_texts(space.texts(d), n_topics, seed=1000 * seed + 10 * i + start, n_starts=1)
        for i, d in enumerate(dimensions)
        for start in range(_STARTS)
    ]
    members = np.hstack([np.eye(n_topics)[g] for g in groupings])
    return unit_rows(TruncatedSVD(n_topics, random_state=0).fit_transform(members / np.sqrt(members.sum(axis=0) + 1)))


def _refine(weights: sparse.csr_matrix, groups: np.ndarray, n_topics: int) -> np.ndarray:
    """Texts by topics: how much each belongs to each."""
    words, shares = weights * _WORDS, np.eye(n_topics)[groups]
    for _ in range(_ROUNDS):
        seen = (words.T @ shares).T + _PRIOR
        fit = words @ np.log(seen / seen.sum(axis=1, keepdims=True)).T + np.log(shares.sum(axis=0) + 1)
        shares = np.exp(fit - fit.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _by_size(groups: np.ndarray) -> np.ndarray:
    """The groups numbered anew: the largest is 0, and none is empty."""
    found, sizes = np.unique(groups, return_counts=True)
    number = np.zeros(int(groups.max()) + 1, dtype=int)
    number[found[np.argsort(-sizes, kind="stable")]] = np.arange(len(found))
    return number[groups]


def _class_weights(counts: sparse.csr_matrix, of_text: np.ndarray) -> np.ndarray:
    """Topics by terms: share of the term in the topic, times ln of how rare it is over all (class-based TF-IDF)."""
    member = sparse.csr_matrix((np.ones(len(of_text)), (of_text, np.arange(len(of_text)))))
    # a text counts a term once: one article that repeats a word names no topic
    n = np.asarray((member @ (counts > 0).astype(float)).todense())
    share = n / np.maximum(n.sum(axis=1, keepdims=True), 1)
    return share * np.log(1 + n.sum(axis=1).mean() / np.maximum(n.sum(axis=0), 1))
