"""Charts over time: what happened when, and where there was nothing to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from helpers.present.charts import WIDE, _axes, _heat_map, _wrap, styled

#: so many columns keep their labels level; more are turned
_LEVEL = 8
#: the count from which a cell is darkest, if none is higher
LEAST_DARK = 4.0


def plot_times(counts: pd.DataFrame, n_articles: Sequence[int], *, unit: str, show: Callable[[float], str]):
    """A grid of `counts` (rows by periods), the darker the more; a period without any article is hatched, not zero.

    Args:
        n_articles: of each period; 0 is a gap in what was read.
    """
    with styled():
        labels = _wrap([str(i) for i in counts.index], 34)
        n_lines = sum(label.count("\n") + 1 for label in labels)
        _, axes = _axes(len(counts) + 1, row_height=0.12 + 0.14 * n_lines / max(1, len(counts)), width=WIDE)
        # one article is not the darkest there is
        top = max(float(counts.to_numpy().max()), LEAST_DARK)
        axes.imshow(counts.to_numpy(dtype=float), cmap=_heat_map(), aspect="auto", vmin=0, vmax=top)
        for x, n in enumerate(n_articles):
            if not n:
                axes.axvspan(x - 0.5, x + 0.5, facecolor="white", edgecolor="#9aa5ab", hatch="////", linewidth=0)
        for (y, x), value in ((at, counts.iat[at]) for at in _cells(counts)):
            if value:
                axes.text(
                    x,
                    y,
                    show(value),
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if value > top * 0.55 else "#1d252b",
                )
        turned = {"rotation": 90} if counts.shape[1] > _LEVEL else {}
        axes.set_xticks(range(counts.shape[1]), [str(c) for c in counts.columns], fontsize=8, **turned)
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(counts)), labels)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_xlabel(unit, fontsize=8.5, color="#333f48")
        return axes


def _cells(counts: pd.DataFrame):
    return ((y, x) for y in range(counts.shape[0]) for x in range(counts.shape[1]))
