"""Charts: each answers one question, takes a table and returns an Axes; it neither loads, filters nor saves.

Bars stand in order of value, begin at zero and carry their number; one unit to an axis. Colours and fonts come from
report.mplstyle.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd

STYLE = Path(__file__).with_name("report.mplstyle")
POINT, CONTEXT = "#0b5563", "#9aa5ab"
#: from light to dark, told apart on a greyscale print
SHADES = ("#0b5563", "#5f98a4", "#b9d3d8", "#c9a36a", "#8a5a2b", "#d9d9d9")


@cache
def load_style() -> dict:
    """The settings of report.mplstyle; imports matplotlib."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.style

    return dict(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


@contextmanager
def styled():
    """Everything drawn or saved inside looks as report.mplstyle says."""
    import matplotlib

    with matplotlib.rc_context(load_style()):
        yield


#: inches between the margins of an A4 page: letters are printed at their own size, whatever the labels need
WIDTH = 5.9
#: a grid has labels on two sides, and is printed a tenth smaller
WIDE = 6.5


def _axes(n_rows: int, *, row_height: float = 0.42, width: float = WIDTH):
    import matplotlib.pyplot as plt

    height = max(1.2, 0.6 + row_height * n_rows)
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    return figure, axes


def _wrap(labels: Sequence[str], width: int = 36) -> list[str]:
    return [textwrap.fill(label, width) for label in labels]


def plot_ranked(values: pd.Series, *, unit: str, show: Callable[[float], str], point: str | None = None):
    """Bars of `values` (index: labels), largest on top; `point` is the label in colour, the others grey (all coloured if None).

    Returns:
        An Axes with one bar a label and its value written at its end.
    """
    with styled():
        # of equal values the one that the title names stands on top
        ordered = values.sort_index(key=lambda i: i == point, kind="stable").sort_values(kind="stable")
        labels = _wrap([str(i) for i in ordered.index])
        n_lines = sum(label.count("\n") + 1 for label in labels)
        _, axes = _axes(len(ordered), row_height=0.21 + 0.14 * n_lines / max(1, len(ordered)))
        colours = [POINT if point is None or i == point else CONTEXT for i in ordered.index]
        bars = axes.barh(range(len(ordered)), ordered.to_numpy(dtype=float), color=colours, height=0.62)
        axes.set_yticks(range(len(ordered)), labels)
        axes.bar_label(bars, labels=[show(v) for v in ordered], padding=4, fontsize=9)
        axes.set_xlim(0, float(ordered.max()) * 1.12 or 1)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.set_title(unit, fontsize=8.5, fontweight="normal", color="#333f48", pad=6)
        return axes


#: shares of the width of a bar that a digit inside it takes, and the space beside the number
_DIGIT, _EDGE = 0.0145, 0.012


def plot_stacked(parts: pd.DataFrame, *, unit: str, show: Callable[[float], str], labels: dict[str, str]):
    """One bar a row of `parts`, divided by its columns; the name of each part stands above the first bar.

    Args:
        parts: rows are bars, columns parts, values in `unit`.
    """
    with styled():
        _, axes = _axes(len(parts) + 1, row_height=0.42)
        left = pd.Series(0.0, index=parts.index)
        total = float(parts.sum(axis=1).max()) or 1.0
        for i, column in enumerate(parts.columns):
            values = parts[column].astype(float)
            numbers = [show(v) if v > total * (_EDGE + _DIGIT * len(show(v))) else "" for v in values]
            name = labels.get(column, column)
            if len(values) == 1 and not numbers[0]:  # too narrow for its number
                name += f" {show(values.iloc[0])}"
            bars = axes.barh(range(len(parts)), values.to_numpy(), left=left.to_numpy(), color=SHADES[i % len(SHADES)], height=0.6,
                             edgecolor="white", linewidth=0.8, label=name)  # fmt: skip
            dark = i % len(SHADES) in (0, 4)
            axes.bar_label(bars, labels=numbers, label_type="center",
                           color="white" if dark else "#1d252b", fontsize=8)  # fmt: skip
            left += values
        axes.set_yticks(range(len(parts)), [str(i) for i in parts.index])
        axes.invert_yaxis()
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(5, len(parts.columns)), fontsize=8.5, handlelength=1,
                    columnspacing=1.2, title=unit, alignment="left", title_fontsize=8.5)  # fmt: skip
        return axes


def plot_heat(shares: pd.DataFrame, *, show: Callable[[float], str], unit: str):
    """A grid of `shares` (rows by columns, 0 to 1): the darker the more, with the number in each cell."""
    with styled():
        _, axes = _axes(len(shares) + 1, row_height=0.3, width=WIDE)
        top = float(shares.to_numpy().max()) or 1.0
        axes.imshow(shares.to_numpy(dtype=float), cmap=_heat_map(), aspect="auto", vmin=0, vmax=top)
        for y in range(shares.shape[0]):
            for x in range(shares.shape[1]):
                value = float(shares.iat[y, x])
                axes.text(x, y, show(value) if value else "–", ha="center", va="center", fontsize=8.5,
                          color="white" if value > top * 0.55 else "#1d252b")  # fmt: skip
        axes.set_xticks(range(shares.shape[1]), [str(c) for c in shares.columns])
        axes.xaxis.tick_top()
        axes.set_yticks(range(shares.shape[0]), [str(i) for i in shares.index])
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_title(unit, fontsize=8.5, fontweight="normal", color="#333f48", pad=20)
        return axes


@cache
def _heat_map():
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("report", ["#f4f7f8", "#9cc3cb", "#3b8391", "#063b46"])
