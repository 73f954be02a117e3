"""Pictures, figures and tables to Typst: descriptions, captions, numbers, source lines."""

import re

from lxml import html

from helpers.render import typst_table_layout as layouts
from helpers.render.typst_escape import string, text
from helpers.render.typst_images import PT_PER_CSS_PX, ImageError, Picture, load_source, read_picture
from helpers.render.typst_inline import InlineWriter, language_arguments, plain_text
from helpers.render.typst_tables import INSET, Cell, alignments, read_grid


def _declared(element: html.HtmlElement, side: str) -> str | None:
    """The width or height that an element asks for, in its style or its attribute."""
    found = re.search(rf"(?:^|[;\s]){side}\s*:\s*([^;]+)", element.get("style", ""))
    return found[1].strip() if found else element.get(side)


def _css_pixels(value: str | None) -> float | None:
    """The points of an HTML width such as "200" or "200px"; None for shares of the line and the like."""
    match = re.fullmatch(r"\s*(\d{1,5}(?:\.\d+)?)(?:px)?\s*", value or "")
    return float(match[1]) * PT_PER_CSS_PX or None if match else None


class FigureWriter(InlineWriter):
    """Adds what has a picture or a grid."""

    def paragraphs(self, element: html.HtmlElement) -> str:
        raise NotImplementedError

    # ---- pictures

    def picture(self, data: bytes) -> Picture:
        picture = read_picture(data, sans=self.shared.sans)
        self.shared.files[picture.name] = picture.data
        return picture

    def image_call(self, picture: Picture, alt: str, *, width: float | None = None, height: float | None = None) -> str:
        """The call for a picture that never leaves the line or the page; sizes in points."""
        if not width:
            width = picture.width * height / picture.height if height else picture.width
        height = height or picture.height * width / picture.width
        scale = min(1.0, self.width / width, self.shared.area.height / height)
        if not alt:
            alt = self.shared.words["no_description"]
            self.shared.warn("image without description (alt)")
        return f"image({string(picture.name)}, alt: {string(alt)}, width: {max(width * scale, 1):.1f}pt)"

    def image(self, element: html.HtmlElement, *, fallback_alt: str = "") -> str:
        """The call for an `<img>`; its description in words when it cannot be shown."""
        alt = (element.get("alt") or "").strip() or fallback_alt or (element.get("title") or "").strip()
        try:
            data = load_source(element.get("src") or "", folder=self.shared.folder, attachments=self.attachments)
            picture = self.picture(data)
        except ImageError as error:
            self.shared.warn(f"image not shown: {error}")
            return f"[#nbgrey[{text('[' + (alt or self.shared.words['missing_image']) + ']')}]]"
        width, height = (_css_pixels(_declared(element, side)) for side in ("width", "height"))
        if share := re.fullmatch(r"(\d{1,3})(?:\.\d+)?%", _declared(element, "width") or ""):
            width, height = self.width * min(int(share[1]) or 1, 100) / 100, None
        return self.image_call(picture, alt, width=width, height=height)

    def inline_image(self, element: html.HtmlElement) -> str:
        self.after_space = False
        return self.flush() + f"#box({self.image(element)});"

    def inline_svg(self, element: html.HtmlElement) -> str:
        tail, element.tail = element.tail, None
        source = html.tostring(element, encoding="unicode", method="xml")
        element.tail = tail
        if "xmlns=" not in source[:400]:
            source = source.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        title = next((t.text for t in element.iter("title", "desc") if t.text), "")
        try:
            call = self.image_call(self.picture(source.encode()), element.get("aria-label") or title or "")
        except ImageError as error:
            self.shared.warn(f"image not shown: {error}")
            return ""
        self.after_space = False
        return self.flush() + f"#box({call});"

    # ---- figures and tables

    def lone_image(self, element: html.HtmlElement) -> str:
        caption = (element.get("title") or "").strip()
        if label := self.place(element):
            self.pending.append(label)
        call = self.image(element, fallback_alt=caption)
        return self.figure_call(call, text(caption))

    def figure_call(self, call: str, caption: str, *, source: str = "", label: str | None = None) -> str:
        """A picture as block: numbered with its caption, plain without."""
        if not caption:
            anchor = f"#nbanchor({string(label)})" if label else ""
            note = f"\n#nbsource[{source}]" if source else ""
            return f"{self.flush()}#nbpicture[{anchor}#{call}]{note}"
        note = f"#linebreak()#text(size: 8.2pt, fill: grey)[{source}]" if source else ""
        figure = f"figure({call}, kind: image, supplement: word.figure, caption: [{caption}{note}])"
        return self.flush() + (f"#nblabelled({string(label)}, {figure})" if label else f"#{figure}")

    def figure(self, element: html.HtmlElement) -> str:
        label = self.place(element)
        image = next(element.iter("img"), None)
        caption = next(element.iter("figcaption"), None)
        if image is None or next(element.iter("table"), None) is not None:
            if label:
                self.pending.append(label)
            return self.paragraphs(element)
        self.after_space = True
        words = self.inline(caption) if caption is not None else ""
        call = self.image(image, fallback_alt=plain_text(caption) if caption is not None else "")
        return self.figure_call(call, words, label=label)

    def take_source(self, caption: html.HtmlElement | None) -> str:
        """The source line of a table's caption, taken out of it: it stands below the table."""
        if caption is None:
            return ""
        for element in list(caption.iter("span", "small")):
            if "source" in element.get("class", "").split():
                self.after_space = True
                body = self.inline(element)
                element.drop_tree()
                return body
        return ""

    def table(self, element: html.HtmlElement) -> str:
        label, caption = self.place(element), element.find("caption")
        grid = read_grid(element)
        if not grid.n_rows or not grid.n_columns:
            return self.blocks(caption) if caption is not None else ""
        if self.in_table:  # a table in a cell: its rows as lines
            rows = (" · ".join(c.text for c in grid.cells if c.row == y and c.text) for y in range(grid.n_rows))
            return "#linebreak();".join(text(row) for row in rows)
        source = self.take_source(caption)
        self.after_space = True
        title = self.inline(caption) if caption is not None else ""
        can_turn = self.width >= self.shared.area.width - 1 and not self.in_note
        layout = layouts.choose_layout(grid, self.width, turned=self.shared.area.turned_width if can_turn else None)
        aligns = alignments(grid)
        pieces = []
        for number, columns in enumerate(layout.parts):
            body = layouts.write_part(grid, layout, columns, aligns, self.cell)
            if source and columns is layout.parts[-1]:
                body += f"\n#nbsource[{source}]"
            pieces.append(self.table_figure(body, title, label if not number else None, number, len(layout.parts)))
        whole = "\n".join(pieces)
        if layout.is_landscape:
            whole = f"#nblandscape[\n{whole}\n]"
        return self.flush() + whole

    def table_figure(self, body: str, title: str, label: str | None, part: int, n_parts: int) -> str:
        if not title and part:
            return f"#v(0.6em)\n{body}"
        if not title:
            return f"{'#nbanchor(' + string(label) + ')' if label else ''}{body}"
        if part:  # the number belongs to the first part
            words = f" ({self.shared.words['part']} {part + 1}/{n_parts})"
            return f"#block(above: 1.4em, sticky: true, text(size: 9.2pt)[{title}{text(words)}])\n{body}"
        figure = f"figure(kind: table, supplement: word.table, caption: [{title}])[{body}]"
        return f"#nblabelled({string(label)}, {figure})" if label else f"#{figure}"

    def cell(self, cell: Cell, room: float) -> str:
        outer, self.width, self.in_table = self.width, max(room - INSET, 20.0), True
        if label := self.place(cell.element):
            self.pending.append(label)
        body = self.blocks(cell.element)
        self.width, self.in_table = outer, False
        language = language_arguments(cell.element.get("lang"))
        return f"#set text({language});{body}" if language else body
