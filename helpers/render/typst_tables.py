"""HTML tables as a grid: spans resolved, head rows found, columns of numbers recognised."""

import re
from dataclasses import dataclass, field

from lxml import html

INSET = 10.0  # points, both sides of a cell
TYPICAL_PAGE_REFERENCE = "\xa0tr.\xa0000"  # stands for the page number that follows a link to evidence
_NUMBER = re.compile(
    r"^[\s~≈≤≥<>±+\-−–↑↓(]*(?:[$€£₫]\s?)?\d[\d\s.,'’\u00a0\u202f]*(?:e[+-]?\d+)?\s?(?:%|‰|đ|₫|€|pp)?"
    r"(?:\s?[–±-]\s?\d[\d.,]*\s?%?)?[)*]*$",
    re.IGNORECASE,
)
_MISSING = re.compile(r"^(?:|nan|none|<na>|nat|null|n/a|[-–—…]|\.\.\.|inf|-inf)$", re.IGNORECASE)


@dataclass
class Cell:
    """A cell at its place in the grid."""

    element: html.HtmlElement
    row: int
    column: int
    rowspan: int
    colspan: int
    is_head: bool
    text: str
    in_head: bool = False


@dataclass
class Grid:
    """A table as cells on a grid; the first `n_head` rows repeat on every page."""

    cells: list[Cell] = field(default_factory=list)
    n_head: int = 0
    n_rows: int = 0
    n_columns: int = 0


def _span(element: html.HtmlElement, name: str) -> int:
    value = element.get(name, "1").strip()
    return min(max(int(value), 1), 1000) if value.isdigit() else 1


def carries_page(link: html.HtmlElement) -> bool:
    """Whether a link shows the page of its target: evidence does, unless it is marked quiet, and what is marked paged."""
    classes = link.get("class", "").split()
    return "paged" in classes or ("evidence" in classes and "quiet" not in classes)


def visible_text(element: html.HtmlElement) -> str:
    """The words of an element, a line break for each `<br>` and block."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag in ("style", "script", "template"):
            pieces.append(child.tail or "")
            continue
        is_block = child.tag in ("br", "p", "div", "li", "ul", "ol", "table", "blockquote")
        pieces.append(
            ("\n" if is_block else "") + visible_text(child) + ("\n" if is_block and child.tag != "br" else "")
        )
        if child.tag == "a" and carries_page(child):
            pieces.append(TYPICAL_PAGE_REFERENCE)
        pieces.append(child.tail or "")
    return "".join(pieces)


def _rows(table: html.HtmlElement) -> list[tuple[html.HtmlElement, bool]]:
    """Rows in the order shown, each with whether it stands in the head."""
    head: list[tuple[html.HtmlElement, bool]] = []
    body: list[tuple[html.HtmlElement, bool]] = []
    foot: list[tuple[html.HtmlElement, bool]] = []
    for child in table:
        if child.tag == "tr":
            body.append((child, False))
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows = [(row, child.tag == "thead") for row in child if row.tag == "tr"]
            {"thead": head, "tbody": body, "tfoot": foot}[child.tag].extend(rows)
    rows = head + body + foot
    if not head:  # first rows of only <th> are a head without its tag
        n_head = next((i for i, (row, _) in enumerate(rows) if not len(row) or any(c.tag != "th" for c in row)), 0)
        rows[:n_head] = [(row, True) for row, _ in rows[:n_head]]
    return rows


def read_grid(table: html.HtmlElement) -> Grid:
    """The cells of an HTML table with rowspan and colspan resolved; gaps are left empty."""
    rows = _rows(table)
    grid = Grid(n_head=sum(in_head for _, in_head in rows), n_rows=len(rows))
    if grid.n_head == grid.n_rows:
        grid.n_head = 0
    taken: set[tuple[int, int]] = set()
    for y, (row, _) in enumerate(rows):
        x = 0
        last = grid.n_head if y < grid.n_head else grid.n_rows  # a span does not leave its part of the table
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (y, x) in taken:
                x += 1
            height, width = min(_span(element, "rowspan"), last - y), _span(element, "colspan")
            # A span that runs into a cell from above is cut short there.
            width = next((k for k in range(width) if (y, x + k) in taken), width) or 1
            taken.update((y + dy, x + dx) for dy in range(height) for dx in range(width))
            text = re.sub(r"[ \t\xa0]*\n\s*", "\n", re.sub(r"[ \t\r]+", " ", visible_text(element))).strip()
            grid.cells.append(Cell(element, y, x, height, width, element.tag == "th", text, y < grid.n_head))
            x += width
    grid.n_columns = max((x for _, x in taken), default=-1) + 1
    grid.cells += _fill_gaps(grid, taken)
    grid.cells.sort(key=lambda cell: (cell.row, cell.column))
    return grid


def _fill_gaps(grid: Grid, taken: set[tuple[int, int]]) -> list[Cell]:
    places = ((y, x) for y in range(grid.n_rows) for x in range(grid.n_columns) if (y, x) not in taken)
    return [Cell(html.Element("td"), y, x, 1, 1, False, "", y < grid.n_head) for y, x in places]


def is_number(value: str) -> bool:
    """Whether a cell's text is one number, with its sign, currency, unit or range."""
    value = value.replace(TYPICAL_PAGE_REFERENCE, "").strip()
    return len(value) < 60 and bool(_NUMBER.match(value))


def alignments(grid: Grid) -> list[str]:
    """ "left" or "right" for each column: what the cells say, else right where they hold numbers."""
    result = []
    for column in range(grid.n_columns):
        cells = [c for c in grid.cells if c.column == column and c.colspan == 1 and not c.in_head and not c.is_head]
        words = [c.text for c in cells if not _MISSING.match(c.text)]
        said = [c for c in cells if is_numeric_cell(c.element)]
        numbers = sum(bool(is_number(word)) for word in words)
        is_right = (said and len(said) * 2 >= len(cells)) or (words and numbers >= 0.8 * len(words))
        result.append("right" if is_right else "left")
    return result


def is_numeric_cell(element: html.HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "")
    return "num" in element.get("class", "").split() or "text-align:right" in style or element.get("align") == "right"
