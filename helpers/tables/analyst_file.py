"""A CSV file that analysts write by hand: comments, then a header, then one line each; what is wrong is told with its line.

for line, cells in records(text, ("who", "text")): …       cells is a text where the rest of the file can't be read
"""

from __future__ import annotations

import csv
import datetime
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path


def read_text(path: Path) -> str:
    """The text of a file, empty where there is none. Raises OSError, UnicodeDecodeError."""
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


def records(text: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str] | str]]:
    """(line, cells) of each record below the header; in place of cells what makes the rest of the file unreadable."""
    lines = text.split("\n")
    n_comments = sum(1 for _ in itertools.takewhile(lambda s: s.startswith("#") or not s.strip(), lines))
    if n_comments == len(lines):
        if any(s.strip() for s in lines):
            yield 1, f"no header; write {','.join(columns)} below the comments"
        return
    reader = csv.reader((s + "\n" for s in lines[n_comments:]), strict=True)
    line = n_comments + 1
    try:
        header = [cell.strip() for cell in next(reader)]
        if header != list(columns):
            yield line, f"the header is {','.join(header)[:200]}; write {','.join(columns)}, parted by commas"
            return
        line = n_comments + reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = n_comments + reader.line_num + 1
    except csv.Error as error:
        yield line, f"{error}; a cell's quotes open here and don't close well: write \" inside a cell twice"


def check_shape(cells: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with the cells of a line before any is read, with the mend; None if nothing is."""
    if cells[0].startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "a merge left this mark; keep one side and delete the mark"
    if len(cells) != len(columns):
        return f"{len(cells)} cells, {len(columns)} wanted; put quotes around a text that holds a comma"
    return None


def check_day(text: str) -> str | None:
    """What is wrong with a day, with the mend; None if nothing is."""
    try:
        if len(text) != 10:
            raise ValueError
        datetime.date.fromisoformat(text)
    except ValueError:
        return f"when is {text!r}; write the day as 2024-03-31"
    return None
