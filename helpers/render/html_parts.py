"""Tables, figures and blocks of output: numbered captions, scopes, names, regions that scroll.

Steps on the tree of a page, like those in html_body.py: each changes the tree it is given.
"""

import re

from bs4 import BeautifulSoup, Tag

from helpers.render.html_body import has_class, new_tag, tags

NUMBER_CELL = re.compile(r"^[+\-−±]?[\d.,\s]*\d[\d.,\s]*(?:%|[eE][+\-]?\d+)?$|^(?:NaN|None|-|–|—|)$")

LONG_CELL = 24  # letters: three lines of a narrow column


def number_captions(tree: BeautifulSoup, figure_word: str, table_word: str) -> None:
    """`Hình 1.`, `Biểu 1.` as text, so it can be copied and found; what has no caption has no number."""
    counts = {figure_word: 0, table_word: 0}
    for caption in tags(tree, "figcaption", "caption"):
        if not caption.get_text().strip():
            caption.decompose()
            continue
        is_table = caption.name == "caption" or caption.parent.find("table") is not None
        if caption.name == "figcaption" and caption.parent.find("caption"):
            continue  # a table with its own caption inside a figure is one thing and has one number
        word = table_word if is_table else figure_word
        counts[word] += 1
        number = new_tag(tree, "span", f"{word} {counts[word]}.", class_="number")
        if caption.name == "caption":
            # sticky: in a wide table on a phone the caption stays in sight while the table scrolls
            inside = new_tag(tree, "div", class_="caption-text")
            inside.extend([part.extract() for part in list(caption.contents)])
            caption.append(inside)
            caption = inside
        caption.insert(0, number)
        number.insert_after(" ")


def mend_tables(tree: BeautifulSoup, table_word: str) -> None:
    """Heads with scope, numbers to the right, and a scrolling region that has a name."""
    for number, table in enumerate(tags(tree, "table"), 1):
        if table.find_parent("table"):
            continue
        mend_heads(table)
        hold_groups(tree, table)
        mark_long_cells(table)
        if "dataframe" in table.get("class", []):
            align_numbers(table)
        if styled_by_output(table):
            table["class"] = [*table.get("class", []), "styled"]
        region = new_tag(tree, "div", class_="scroll", role="region", tabindex="0")
        caption = table.find("caption", recursive=False)
        if caption is not None:
            caption["id"] = caption.get("id") or f"table-{number}-caption"
            region["aria-labelledby"] = caption["id"]
        else:
            heading = table.find_previous(["h2", "h3", "h4", "h5", "h6"])
            where = f": {heading.get_text().strip()}" if heading is not None else ""
            region["aria-label"] = f"{table_word} [{number}]{where}"
        table.wrap(region)


def mend_heads(table: Tag) -> None:
    """Every th has a scope; an empty th, which says nothing of its cells, is a td."""
    for head in table.find_all("th"):
        if not head.get_text().strip() and not head.find(["img", "x-svg"]):
            head.name = "td"
            head.attrs.pop("scope", None)
        elif head.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            in_head = head.find_parent("thead") is not None
            span = str(head.get("colspan" if in_head else "rowspan", "1"))
            head["scope"] = ("col" if in_head else "row") + ("group" if span not in ("1", "") else "")


def hold_groups(tree: BeautifulSoup, table: Tag) -> None:
    """The name of a group of rows stays in sight while a wide table scrolls, as its caption does."""
    for head in table.select("th[scope=rowgroup][colspan]"):
        inside = new_tag(tree, "div", class_="group-text")
        inside.extend([part.extract() for part in list(head.contents)])
        head.append(inside)


def mark_long_cells(table: Tag) -> None:
    """Cells of several words, which a phone would else set one word to a line; references break where they like."""
    for cell in table.find_all("td"):
        links = cell.find_all("a", class_="evidence", recursive=False)
        if has_class(cell, "num") or has_class(cell, "wide") or not all(has_class(link, "quiet") for link in links):
            continue
        if len(cell.get_text()) > LONG_CELL:
            cell["class"] = [*cell.get("class", []), "long"]


def align_numbers(table: Tag) -> None:
    """pandas sets all cells to the right; here only columns whose cells are all numbers are."""
    for tag in [table, *table.find_all(["tr", "th", "td"])]:
        for name in ("style", "border", "halign", "valign"):
            tag.attrs.pop(name, None)
    for cell in table.select("tbody td"):
        if NUMBER_CELL.match(cell.get_text().strip()):
            cell["class"] = [*cell.get("class", []), "num"]


def styled_by_output(table: Tag) -> bool:
    """True of pandas Styler's tables: their own colours are made for white paper."""
    return str(table.get("id", "")).startswith("T_")


def mend_figures(tree: BeautifulSoup, no_description: str) -> None:
    """Every picture has words; a lone inline SVG becomes a picture that has them."""
    for picture in tags(tree, "img", "div"):
        words = "alt" if picture.name == "img" else "aria-label"
        # alt="" is right for an ornament in text, not for a chart
        unnamed = picture.name == "img" and words not in picture.attrs
        if unnamed or (has_class(picture, "plot") and not picture[words]):
            picture[words] = no_description
    for drawing in tags(tree, "x-svg"):
        if not drawing.find_parent(role="img"):
            drawing.wrap(new_tag(tree, "span", role="img", aria_label=no_description))
    for figure in tags(tree, "figure"):
        if not has_class(figure, "chart"):
            continue
        # on a phone a chart keeps a legible size and scrolls in its region
        plot = figure.find(class_="plot")
        caption = figure.find(class_="number")
        name = caption.get_text() if caption is not None else plot.get("aria-label") or plot.get("alt")
        region = {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": name}
        plot.wrap(tree.new_tag("div", attrs=region))


def name_blocks(tree: BeautifulSoup, word: str) -> None:
    """Each block of code or output that may scroll can be reached by key and has a name."""
    for number, block in enumerate(tags(tree, "pre"), 1):
        block.attrs |= {"tabindex": "0", "role": "region", "aria-label": f"{word} {number}"}


def name_extras(tree: BeautifulSoup) -> None:
    """An aside is a remark, not a landmark of the page; a task's box is named by its task."""
    for aside in tags(tree, "aside"):
        aside.attrs.setdefault("role", "note")
    for box in tags(tree, "input"):
        box["aria-label"] = " ".join(box.parent.get_text().split()) or "☐"
