"""The topics of a corpus with what a reader asks of them: how many, how sure, which articles, and whether the codebook has them.

found = find_corpus_topics(terms)             # None: too few texts, see topics.LEAST_TEXTS
covers(found.topics.of_text, shares)          # per topic: the theme most of it belongs to, and how much has none
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from helpers.analysis.terms import Terms
from helpers.analysis.theme_shares import NO_THEME
from helpers.analysis.topic_choice import Choice, choose_number, stability_of
from helpers.analysis.topic_vectors import Space, make_space
from helpers.analysis.topics import LEAST_TEXTS, Topics, topics_in

#: texts on which numbers of topics are tried; more change the choice no more, and take their time
_TRIED_ON = 3000
#: a topic has a theme if the theme's share in it is at least so large, and so many times that in the corpus
MIN_SHARE, MIN_LIFT = 0.15, 1.5


@dataclass(frozen=True)
class CorpusTopics:
    """`choice`: the numbers of topics tried; `stability`: topic by topic, how much of it comes back without some of the texts."""

    topics: Topics
    choice: Choice
    stability: np.ndarray

    def nearest(self, topic: int, n: int) -> list[int]:
        """The texts nearest to the middle of a topic."""
        own = np.flatnonzero(self.topics.of_text == topic)
        return own[np.argsort(-self.topics.nearness[own], kind="stable")[:n]].tolist()


def find_corpus_topics(terms: Terms, *, seed: int = 0) -> CorpusTopics | None:
    """The topics of a corpus, as many as are stable; None where it is too small."""
    if terms.counts.shape[0] < LEAST_TEXTS or (space := make_space(terms)) is None:
        return None
    n_texts = terms.counts.shape[0]
    rows = np.sort(np.random.default_rng(seed).permutation(n_texts)[:_TRIED_ON])
    tried: Space = replace(space, weights=space.weights[rows])
    choice = choose_number(tried, seed=seed)
    topics = topics_in(space, terms, choice.n_topics, seed=seed)
    return CorpusTopics(topics, choice, stability_of(tried, topics.of_text[rows], seed=seed))


def covers(of_text: np.ndarray, shares: pd.DataFrame) -> pd.DataFrame:
    """Topic by topic the theme that most of it belongs to, missing where none does; its share, and the share without any theme.

    Args:
        shares: texts by themes, the share of each text that belongs to each; NO_THEME is one of the columns.
    """
    means = shares.groupby(of_text).mean()
    themes = means.drop(columns=NO_THEME, errors="ignore")
    top = themes.to_numpy().argmax(axis=1)
    share = themes.to_numpy()[np.arange(len(themes)), top]
    usual = shares.mean()[themes.columns].to_numpy()[top]
    is_covered = (share >= MIN_SHARE) & (share >= MIN_LIFT * usual)
    return pd.DataFrame({
        "theme_id": [themes.columns[t] if ok else None for t, ok in zip(top, is_covered, strict=True)], "share": share,
        "none": means.get(NO_THEME, pd.Series(0.0, index=means.index)).to_numpy(),
    }, index=means.index)  # fmt: skip
