"""How tables and charts leave a notebook cell: HTML tables and SVG figures with title, source and alt text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
import pandas as pd

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Column:
    """A column as shown. `number`: set right; `head`: names its row; `vietnamese`: quoted from articles; `wide`: running text."""

    name: str
    label: str
    number: bool = False
    head: bool = False
    vietnamese: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Group:
    """A line over the rows that belong together. `vietnamese`: quoted from articles."""

    label: str
    vietnamese: bool = False


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)


@dataclass(frozen=True)
class Table:
    """A table as shown; `Markup` cells stand as they are, all others are escaped."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return "table"


def make_table(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[Column],
    *,
    title: str,
    source: str = "",
    table_id: str = "",
    rows_are: str = "",
) -> Table:
    """`rows` under `columns`, titled with the answer and with its source; a row's `group` (a Group) stands over it.

    Args:
        rows: a row's `facets` (place, time, theme -> words) are what a reader may narrow the table by.
        rows_are: article, fact, person, place or finding, so that the search can say what it found.
    """
    cells = [
        (row.get("group"), row.get("facets") or {}, ["" if _is_missing(row[c.name]) else row[c.name] for c in columns])
        for row in rows
    ]
    html = (
        _environment()
        .get_template("table.html.j2")
        .render(columns=columns, rows=cells, title=title, source=source, id=table_id, rows_are=rows_are)
    )
    return Table(html)


def _is_missing(value: object) -> bool:
    return value is None or (not isinstance(value, (list, str)) and bool(pd.isna(value)))


@dataclass(frozen=True)
class Block:
    """Lists and passages as shown, neither table nor chart."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return "block"


@dataclass(frozen=True)
class Figure:
    """A chart as shown: SVG whose letters stay letters, with alt text and caption in the output's metadata.

    `evidence`: HTML that leads from its numbers to their sentences.
    """

    svg: str
    alt: str
    caption: str
    source: str
    evidence: str = ""

    def _repr_mimebundle_(self, **_):
        about = {"alt": self.alt, "caption": self.caption, "source": self.source, "kind": "figure"}
        about |= {"evidence": self.evidence} if self.evidence else {}
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": about}


def make_figure(axes, *, alt: str, caption: str, source: str, evidence: str = "") -> Figure:
    """A figure of the Axes that a function of charts.py returned; its matplotlib figure is closed."""
    import matplotlib.pyplot as plt

    from helpers.present.charts import styled

    out = io.StringIO()
    # the style decides at saving that letters stay letters; no date and no random ids: same data, same bytes
    with styled():
        axes.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    plt.close(axes.figure)
    svg = out.getvalue()
    return Figure(svg[svg.index("<svg") :], alt, caption, source, evidence)


@dataclass(frozen=True)
class Note:
    """A sentence that stands where a chart or table would: what was withheld, and why."""

    text: str

    def _repr_html_(self) -> str:
        from markupsafe import escape

        return f'<aside class="note"><p>{escape(self.text)}</p></aside>'

    def __repr__(self) -> str:
        return self.text
