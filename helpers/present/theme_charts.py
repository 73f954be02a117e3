"""Charts of themes: a grid of shares or counts whose columns may be gaps, and whose last rows stand apart."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

import pandas as pd

from helpers.present.charts import WIDE, _axes, _heat_map, _wrap, styled

#: so many columns have room for level labels, which share a line of so many letters
_FEW, _LETTERS = 9, 56


def plot_theme_grid(
    values: pd.DataFrame, *, unit: str, show: Callable[[float], str], apart: int = 0, gaps: Sequence[int] = ()
):
    """A grid of `values` (rows by columns), the darker the more, with the number in each cell.

    Args:
        apart: so many last rows stand below a line, unshaded: they would outshine all others. gaps: columns where nothing was
            read; they are hatched, not zero.
    """
    with styled():
        labels = _wrap([str(i) for i in values.index], 36)
        n_lines = sum(label.count("\n") + 1 for label in labels)
        is_narrow = values.shape[1] > _FEW
        _, axes = _axes(len(values) + 1, row_height=0.10 + 0.14 * n_lines / max(1, len(values)), width=WIDE)
        numbers = values.astype(float)
        shaded = numbers.iloc[: len(numbers) - apart].copy()
        shaded.iloc[:, list(gaps)] = float("nan")
        top = float(shaded.max().max()) or 1.0
        shades = shaded.reindex(numbers.index)
        axes.imshow(shades.to_numpy(), cmap=_heat_map(), aspect="auto", vmin=0, vmax=top)
        for x in gaps:
            axes.axvspan(x - 0.5, x + 0.5, facecolor="white", edgecolor="#9aa5ab", hatch="////", linewidth=0)
        for y in range(numbers.shape[0]):
            for x in (x for x in range(numbers.shape[1]) if x not in gaps):
                value, is_shaded = float(numbers.iat[y, x]), y < len(numbers) - apart
                colour = "white" if is_shaded and value > top * 0.55 else "#1d252b"
                axes.text(x, y, show(value) if value else "–", ha="center", va="center", fontsize=7.5 if is_narrow else 8.5, color=colour)  # fmt: skip
        if apart:
            axes.axhline(len(numbers) - apart - 0.5, color="#1d252b", linewidth=0.8)
        room = max(8, _LETTERS // max(1, values.shape[1]))
        columns = [str(c) if is_narrow else textwrap.fill(str(c), room) for c in values.columns]
        axes.set_xticks(range(values.shape[1]), columns, fontsize=8, rotation=90 if is_narrow else 0)
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(values)), labels)
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_xlabel(textwrap.fill(unit, _LETTERS), fontsize=8.5, color="#333f48", labelpad=7)
        return axes
