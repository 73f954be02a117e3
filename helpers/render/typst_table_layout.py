"""Tables that always fit: type size, column widths, page direction, parts.

Typst does not shrink a table that is too wide, so the widths are worked out here, from letter widths of
the body face: first the natural widths; then wrapped lines; then smaller type; then a page turned to
landscape; at last the columns in several parts, each with the row labels repeated.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from helpers.render.typst_escape import LONG_CELL_WORD
from helpers.render.typst_tables import INSET, Cell, Grid, is_number, is_numeric_cell

SIZES = (9.0, 8.2, 7.4)  # points
WHOLE_LINES = 20  # a row of so few lines is kept on one page
WHOLE_ROWS = 14  # a table of so few rows is kept on one page
TWO_LINES = 0.62  # the longer of a head's two lines, as a share of the whole
BADGE = 6.0  # points that the frame of a badge adds to its word
FILLED_FROM = 0.6  # a table that takes this share of the line is stretched to all of it
# ems of a line in a cell: about 25 and 19 letters, and 13, which a column gets even if but one of its cells needs them
ROOMY, TIGHT, NARROWEST = 11.0, 8.5, 6.0
_WIDE, _NARROW = set("mwMW%@—…ĐƠƯ"), set("iIjlft.,;:!|'()[]r ")
# Lines break after a hyphen or slash between letters, not between digits (2023-12-15).
# Nor does a line at a no-break space: "[A P9] tr. 12" is one word.
_BREAKS = re.compile(r"[^\S\xa0\u202f]+|\u200b+|(?<=[^\W\d][-–/])(?=[^\W\d])")


@dataclass(frozen=True)
class Layout:
    """How a table is set: type size, page direction, and the columns of each part with their widths."""

    size: float
    is_landscape: bool
    parts: list[list[int]]
    widths: list[float] | None


def text_width(value: str, size: float) -> float:
    """About how many points a line takes in the body face, a little on the wide side."""
    return _ems(value) * size * 1.02


@lru_cache(maxsize=1 << 16)
def _ems(value: str) -> float:
    return sum(0.86 if c in _WIDE else 0.34 if c in _NARROW else 0.49 if not c.isupper() else 0.7 for c in value)


def _has_badge(cell: Cell) -> bool:
    return any("badge" in element.get("class", "").split() for element in cell.element.iter())


def _demands(grid: Grid, size: float) -> tuple[list[float], list[float]]:
    """For each column the narrowest width that holds its words and the width that holds its lines."""
    least, most = [INSET + size] * grid.n_columns, [INSET + size] * grid.n_columns
    for cell in sorted(grid.cells, key=lambda c: c.colspan):
        bold = 1.07 if cell.is_head else 1.0
        lines = cell.text.split("\n")
        words = [cell.text] if is_number(cell.text) else _BREAKS.split(cell.text)  # "1 234" is one number
        word = max((text_width(w[:LONG_CELL_WORD], size) for w in words), default=0) * bold + INSET
        line = max(text_width(one, size) for one in lines) * bold + INSET
        if cell.in_head and len(words) > 1:  # two lines of a head cost less than smaller type in all the table
            line = max(word, (line - INSET) * TWO_LINES + INSET)
        if _has_badge(cell):
            word, line = word + BADGE, line + BADGE
        span = range(cell.column, min(cell.column + cell.colspan, grid.n_columns))
        for needs, need in ((least, word), (most, line)):
            lacking = (need - sum(needs[x] for x in span)) / len(span)
            if lacking > 0:
                for x in span:
                    needs[x] += lacking
    return least, most


def _wants(grid: Grid, size: float) -> list[float]:
    """What share of the line each column would have for the fewest lines in all rows.

    The lines of a column are its lines of text over its width; the sum of their squares over all rows is least where widths are as the
    cube roots of the squared text: a column of many long cells gets more than one with a single long cell.
    """
    squares = [1.0] * grid.n_columns
    for cell in grid.cells:
        if cell.colspan == 1 and not cell.in_head:
            squares[cell.column] += sum(text_width(line, size) ** 2 for line in cell.text.split("\n"))
    return [one ** (1 / 3) for one in squares]


def _share(wants: list[float], least: list[float], most: list[float], room: float) -> list[float]:
    """Widths as `wants`, from `least` to `most`, that fill `room`.

    >>> _share([1, 3], [10, 10], [100, 100], 80)
    [20.0, 60.0]
    >>> _share([1, 3], [30, 10], [100, 100], 80)
    [30, 50.0]
    """
    widths: list[float] = list(wants)
    free = list(range(len(wants)))
    while free:
        left = room - sum(w for x, w in enumerate(widths) if x not in free)
        for x in free:
            widths[x] = left * wants[x] / sum(wants[y] for y in free)
        low, high = [x for x in free if widths[x] < least[x]], [x for x in free if widths[x] > most[x]]
        for x in low or high:
            widths[x] = least[x] if low else most[x]
        if not (low or high):
            break
        free = [x for x in free if x not in (low or high)]
    return widths if free else [w * room / sum(widths) for w in widths]


def _reading_width(most: list[float], least: list[float], size: float, ems: float = ROOMY) -> list[float]:
    """Widths that a reader would accept: long texts wrap to lines of so many ems, short ones stay whole."""
    return [max(a, min(b, ems * size)) for a, b in zip(least, most, strict=True)]


def n_stub_columns(grid: Grid) -> int:
    """Leading columns that name the row, repeated in every part of a divided table."""
    heads = {c.column for c in grid.cells if c.is_head and not c.in_head}
    count = 0
    while count in heads and count < 3:
        count += 1
    return count or 1


def _divide(grid: Grid, widths: list[float], room: float) -> list[list[int]]:
    """Columns in as few parts as fit, about equally many in each."""
    n_parts = len(_fill_parts(grid, widths, room, grid.n_columns))
    most = -(-(grid.n_columns - n_stub_columns(grid)) // n_parts)
    return _fill_parts(grid, widths, room, max(most, 1))


def _fill_parts(grid: Grid, widths: list[float], room: float, most: int) -> list[list[int]]:
    stub = list(range(min(n_stub_columns(grid), max(grid.n_columns - 1, 0))))
    base, parts = sum(widths[x] for x in stub), [list(stub)]
    used = base
    for x in range(len(stub), grid.n_columns):
        n_own = len(parts[-1]) - len(stub)
        if n_own and (used + widths[x] > room or n_own >= most):
            parts.append(list(stub))
            used = base
        parts[-1].append(x)
        used += widths[x]
    return parts


def choose_layout(grid: Grid, room: float, *, turned: float | None = None) -> Layout:
    """The first of the ways listed above that fits `room`, or `turned`, the room on a turned page."""
    everything = [list(range(grid.n_columns))]
    least, most = _demands(grid, SIZES[0])
    if sum(most) <= room * FILLED_FROM:
        return Layout(SIZES[0], False, everything, None)
    if sum(most) <= room:
        return Layout(SIZES[0], False, everything, [width * room / sum(most) for width in most])
    rooms = [(False, room)] + ([(True, turned)] if turned else [])
    # A turned page leaves the one before it half empty: shorter lines come first.
    tries = [(False, room, ROOMY), (False, room, TIGHT)] + ([(True, turned, ROOMY)] if turned else [])
    # Numbers in columns of their own do not wrap: when reading widths fail, smaller type comes first.
    for is_turned, width, ems in tries:
        for size in SIZES:
            least, most = _demands(grid, size)
            if sum(most) <= width:
                return Layout(size, is_turned, everything, None)
            if sum(_reading_width(most, least, size, ems)) <= width:
                floor = _reading_width(most, least, size, NARROWEST)
                return Layout(size, is_turned, everything, _share(_wants(grid, size), floor, most, width))
    least, most = _demands(grid, SIZES[-1])
    for is_turned, width in rooms:
        if sum(least) <= width and grid.n_columns <= 12:
            return Layout(SIZES[-1], is_turned, everything, _share(_wants(grid, SIZES[-1]), least, most, width))
    is_turned, width = rooms[-1]
    least, most = _demands(grid, SIZES[1])
    widest = width / (n_stub_columns(grid) + 1)  # the row labels and one column fit in any case
    widths = [min(wish, widest) for wish in _reading_width(most, least, SIZES[1])]
    return Layout(SIZES[1], is_turned, _divide(grid, widths, width), widths)


def _part_cells(grid: Grid, columns: list[int]) -> list[tuple[Cell, int]]:
    """The cells that lie in `columns`, with the number of those columns that each spans."""
    chosen = set(columns)
    return [
        (cell, n) for cell in grid.cells if (n := len(chosen & set(range(cell.column, cell.column + cell.colspan))))
    ]


def _is_short(grid: Grid) -> bool:
    """Whether a table is so low that a page break inside it would only harm."""
    lines = [
        max((c.text.count("\n") + 1 + len(c.text) // 60 for c in grid.cells if c.row == y), default=1)
        for y in range(grid.n_rows)
    ]
    return sum(lines) <= WHOLE_ROWS + 10 and grid.n_rows <= WHOLE_ROWS


def _whole_rows(grid: Grid, layout: Layout, columns: list[int]) -> set[int]:
    """The rows that are kept on one page: all but those that fill much of one."""
    lines: dict[int, int] = {}
    for cell, n_columns in _part_cells(grid, columns):
        width = (
            sum(layout.widths[x] for x in columns if cell.column <= x < cell.column + n_columns)
            if layout.widths
            else 400.0
        )
        letters = max(1.0, width / (0.5 * layout.size))
        own = sum(1 + int(len(line) / letters) for line in cell.text.split("\n"))
        lines[cell.row] = max(lines.get(cell.row, 0), own)
    return {row for row, n in lines.items() if n <= WHOLE_LINES}


def write_part(
    grid: Grid,
    layout: Layout,
    columns: list[int],
    aligns: list[str],
    write_cell: Callable[[Cell, float], str],
) -> str:
    """The Typst call that sets one part of a table."""
    widths = ["auto"] * len(columns)
    if layout.widths is not None:
        widths = [f"{layout.widths[x]:.1f}pt" for x in columns]
    head, body = [], []
    whole = _whole_rows(grid, layout, columns)
    says_sides = any(is_numeric_cell(cell.element) for cell in grid.cells)
    for cell, n_columns in _part_cells(grid, columns):
        spans = [f"{name}: {n}" for name, n in (("colspan", n_columns), ("rowspan", cell.rowspan)) if n > 1]
        room = (
            sum(layout.widths[x] for x in columns if cell.column <= x < cell.column + cell.colspan)
            if layout.widths
            else 400.0
        )
        content = f"[{write_cell(cell, room)}]"
        if cell.in_head:
            name = "nbheadcentre" if n_columns > 1 else "nbheadright" if aligns[cell.column] == "right" else "nbhead"
            head.append(f"{name}({', '.join([*spans, content])})")
            continue
        own = is_numeric_cell(cell.element)
        # Only a table that marks its numbers says of the other cells that they are none.
        if says_sides and own != (aligns[cell.column] == "right") and cell.element.get("class") and not cell.is_head:
            spans.append(f"align: {'right' if own else 'left'}")
        if cell.is_head:
            spans.append("align: left")
        if cell.row in whole and cell.rowspan == 1:
            spans.append("breakable: false")
        row = f"nbcell({', '.join([*spans, content])})"
        # a line over a group of rows never stands alone at the foot of a page, and is repeated at the head of the next
        is_group = cell.is_head and n_columns == len(columns) > 1
        body.append(f"table.header(level: 2, repeat: true, {row})" if is_group else row)
    sides = ", ".join(aligns[x] for x in columns)
    return (
        f"#nbtable({layout.size}pt, ({', '.join(widths)},), ({sides},), {str(_is_short(grid)).lower()}, "
        f"({''.join(c + ', ' for c in head)}), "
        f"(\n{''.join('  ' + c + ',' + chr(10) for c in body)}))"
    )
