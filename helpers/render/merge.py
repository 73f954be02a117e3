"""Executed notebooks to one: chapters under the report's title, each with headings one level down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

_FENCE = re.compile(r"^(```|~~~)")
_HEADING = re.compile(r"^(#{1,5}) ")


def deepen_headings(markdown: str) -> str:
    """`markdown` with every heading one level down; what stands in code fences stays.

    >>> deepen_headings("# A\\n```\\n# no heading\\n```")
    '## A\\n```\\n# no heading\\n```'
    """
    lines, fenced = [], False
    for line in markdown.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        lines.append(line if fenced else _HEADING.sub(r"#\1 ", line))
    return "\n".join(lines)


def merge_notebooks(notebooks: Iterable[NotebookNode], *, title: str, metadata: dict) -> NotebookNode:
    """One notebook of all, titled; the cells of each keep their order, tags and outputs."""
    merged = new_notebook(metadata={"title": title, **metadata})
    merged.cells.append(new_markdown_cell(f"# {title}"))
    for notebook in notebooks:
        for cell in notebook.cells:
            cell = NotebookNode(cell)
            if cell.cell_type == "markdown":
                cell.source = deepen_headings(cell.source)
            merged.cells.append(cell)
    # ids repeat between notebooks that were copied from one template
    for i, cell in enumerate(merged.cells):
        cell["id"] = f"cell-{i}"
    return merged
