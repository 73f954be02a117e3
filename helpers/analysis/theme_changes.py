"""Whether a theme's share changed at some month, tested by shuffling the articles; refused where they are too few.

    find_changes(shares, month_of)  ->  Changes(reason="few_months", …)

For each cut between two months the mean share before is set against that after; the cut that parts them most is the change, if
shuffled articles part as much in fewer than one of twenty trials (Holm's correction for the number of themes tried).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.analysis.theme_shares import NO_THEME

#: months with articles from which on a cut means something: three on either side hold more than one event
MIN_MONTHS = 6
#: articles on either side of a cut: with fewer one article decides where it lies
MIN_ARTICLES = 15
#: shuffles: enough for one of twenty to hold after the correction for a dozen themes
N_SHUFFLES, N_THEMES, SURE = 499, 12, 0.05
_SEED = 20231


@dataclass(frozen=True)
class Change:
    """`month`: the first of the new level; `p`: after the correction."""

    theme_id: str
    month: str
    before: float
    after: float
    n_before: int
    n_after: int
    p: float


@dataclass(frozen=True)
class Changes:
    """The changes found. `reason`: why none was looked for (undated, few_months, few_articles, no_theme), None if it was; `n_tried` themes."""

    reason: str | None
    changes: tuple[Change, ...]
    n_months: int
    n_articles: int
    n_tried: int = 0


def find_changes(shares: pd.DataFrame, month_of: Mapping[str, str]) -> Changes:
    """The change of each of the most frequent themes, the surest first.

    Args:
        shares: one row an article and theme (doc_id, theme_id, share). month_of: doc_id -> month of publication; articles without
            one are left out.
    """
    wide = shares.pivot_table(index="doc_id", columns="theme_id", values="share", fill_value=0.0)
    wide = wide[wide.index.isin(month_of)].drop(columns=NO_THEME, errors="ignore")
    months = pd.Series(wide.index, dtype=object).map(month_of)
    order = months.argsort(kind="stable")
    wide, months = wide.iloc[order], months.iloc[order].tolist()
    n_months, n_articles = len(set(months)), len(wide)
    themes = wide.mean().sort_values(ascending=False, kind="stable").head(N_THEMES)
    themes = themes[themes > 0]
    cuts = [i for i in range(MIN_ARTICLES, n_articles - MIN_ARTICLES + 1) if months[i - 1] != months[i]]
    reason = (
        "undated"
        if not n_months
        else "few_months"
        if n_months < MIN_MONTHS
        else "few_articles"
        if not cuts
        else "no_theme"
        if themes.empty
        else None
    )
    if reason:
        return Changes(reason, (), n_months, n_articles)
    found = _changes(wide[themes.index], cuts, months)
    return Changes(None, tuple(c for c in found if c.p < SURE), n_months, n_articles, len(themes))


def _changes(wide: pd.DataFrame, cuts: Sequence[int], months: Sequence[str]) -> list[Change]:
    values = wide.to_numpy(dtype=float)
    parting = _parting(values, cuts)
    best = parting.argmax(axis=0)
    observed = parting.max(axis=0)
    random = np.random.default_rng(_SEED)
    beaten = np.zeros(values.shape[1], dtype=int)
    for _ in range(N_SHUFFLES):
        # articles are shuffled whole, so that themes that go together still do
        beaten += _parting(values[random.permutation(len(values))], cuts).max(axis=0) >= observed - 1e-12
    found = []
    for theme_id, at, p in zip(wide.columns, best, _holm((beaten + 1) / (N_SHUFFLES + 1)), strict=True):
        cut, column = cuts[at], wide[theme_id].to_numpy()
        before, after = float(column[:cut].mean()), float(column[cut:].mean())
        found.append(Change(theme_id, months[cut], before, after, cut, len(column) - cut, float(p)))
    return sorted(found, key=lambda c: (c.p, -abs(c.after - c.before), c.theme_id))


def _parting(values: np.ndarray, cuts: Sequence[int]) -> np.ndarray:
    """Cuts by themes: how far the means before and after lie apart, the less the fewer articles a side has."""
    sums = np.vstack([np.zeros(values.shape[1]), values.cumsum(axis=0)])
    n, at = len(values), np.asarray(cuts)[:, None]
    before, total = sums[np.asarray(cuts)], sums[-1]
    return np.abs(before / at - (total - before) / (n - at)) * np.sqrt(at * (n - at) / n)


def _holm(p: np.ndarray) -> np.ndarray:
    """p-values after Holm's correction for their number.

    >>> [round(float(x), 3) for x in _holm(np.array([0.01, 0.04, 0.03]))]
    [0.03, 0.06, 0.06]
    """
    order = p.argsort(kind="stable")
    stepped = np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p))))
    out = np.empty_like(p)
    out[order] = np.minimum(stepped, 1.0)
    return out
