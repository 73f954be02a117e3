"""One HTML tree to Typst: prose, raw HTML and HTML outputs all pass here.

Built on typst_inline (words) and typst_figures (pictures, tables); this module is the blocks.
"""

import re
from collections.abc import Iterable

from lxml import html

from helpers.render.typst_escape import array, string
from helpers.render.typst_figures import FigureWriter
from helpers.render.typst_inline import BLOCKS, HEADINGS, LIST_INDENT, SKIPPED, language_arguments, plain_text


class Writer(FigureWriter):
    """Writes the elements of one cell."""

    # ---- blocks

    def flow(self, element: html.HtmlElement) -> tuple[str, bool]:
        """The content of an element, and whether it is only a run of words: that one stays bare."""
        parts: list[tuple[bool, str]] = []
        run: list[str] = []

        def close() -> None:
            body = "".join(run)
            run.clear()
            if body.strip():
                parts.append((True, body))
            self.after_space = True

        self.after_space = True
        run.append(self.words(element.text))
        for child in element:
            if isinstance(child.tag, str) and (_is_block(child) or _holds_block(child)):
                close()
                if body := self.block(child):
                    parts.append((False, body))
                self.after_space = True
            elif isinstance(child.tag, str):
                run.append(self.inline_element(child))
            run.append(self.words(child.tail))
        close()
        if len(parts) == 1 and parts[0][0]:
            return parts[0][1], True
        return "\n".join(f"#par[{body}]" if is_words else body for is_words, body in parts), False

    def blocks(self, element: html.HtmlElement) -> str:
        """The content of an item, a cell or a quotation."""
        return self.flow(element)[0]

    def paragraphs(self, element: html.HtmlElement) -> str:
        """The content of an element in the flow of the page: a run of words is a paragraph."""
        body, is_words = self.flow(element)
        return f"#par[{body}]" if is_words else body

    def block(self, element: html.HtmlElement) -> str:
        tag = element.tag
        if tag in SKIPPED:
            return ""
        if tag not in (*HEADINGS, "table", "figure") and (label := self.place(element)):
            self.pending.append(label)
        special = {
            "p": self.paragraph, "ul": self.list_of, "ol": self.list_of, "menu": self.list_of,
            "table": self.table, "pre": self.preformatted, "blockquote": self.blockquote,
            "hr": lambda _: "#nbrule", "dl": self.definitions,
            "figure": self.figure, "aside": self.aside, "details": self.details, "nb-note": lambda _: "",
            "nb-math": lambda formula: self.math(formula, is_block=True),
            "div": self.division, "section": self.division, "video": lambda _: "", "audio": lambda _: "",
        }  # fmt: skip
        if tag in HEADINGS:
            return self.heading(element)
        body = special.get(tag, self.paragraphs)(element)
        if body and (language := language_arguments(element.get("lang"))):
            return f"#[#set text({language});\n{body}\n]"
        return body

    def paragraph(self, element: html.HtmlElement) -> str:
        children = [child for child in element if isinstance(child.tag, str)]
        only = children[0] if len(children) == 1 and not plain_text(element) else None
        if only is not None and only.tag == "img" and not (only.tail or "").strip():
            return self.lone_image(only)
        body, is_words = self.flow(element)
        if is_words and "ref" in element.get("class", "").split():
            return f"#nbevref[{body}]"
        return f"#par[{body}]" if is_words else body

    def heading(self, element: html.HtmlElement) -> str:
        level, label = element.get("nb-level"), element.get("nb-label")
        if label:
            self.shared.placed.add(label)
        # Contents and running head repeat the words of a heading; a label must not be repeated.
        waiting, self.pending, self.after_space, self.in_heading = self.pending, [], True, True
        body = self.inline(element)
        self.pending, self.in_heading = waiting + self.pending, False
        if not body:
            return ""
        if level is None:  # a heading inside a table or an output gives no entry of the outline
            return f"#par[#strong[{body}]]"
        call = f"heading(level: {int(level)})[{body}]"
        notes = "".join(f"\n#nbheadingnote[{self.note_body(note)}]" for note in self.heading_notes)
        self.heading_notes.clear()
        return (f"#nblabelled({string(label)}, {call})" if label else f"#{call}") + notes

    def list_of(self, element: html.HtmlElement) -> str:
        items = [child for child in element if child.tag == "li"]
        strays = [child for child in element if isinstance(child.tag, str) and child.tag != "li"]
        outer_width = self.width
        self.width -= LIST_INDENT
        is_evidence = "evidence-list" in element.get("class", "").split()
        bodies = [self.item(item) for item in items]
        after = "\n".join(self.block(child) for child in strays if child.tag in BLOCKS)
        self.width = outer_width
        if not bodies:
            return after
        content = ", ".join(f"[{body}]" for body in bodies)
        if is_evidence:
            call = f"#nbevidence(({content},))"
        elif element.tag == "ol":
            start = element.get("start", "1")
            number = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
            call = f"#enum(start: {number}, tight: {_tight(items)}, {content})"
        elif any("task-list-item" in item.get("class", "") for item in items):
            call = f"#list(marker: none, body-indent: 0pt, tight: {_tight(items)}, {content})"
        else:
            call = f"#list(tight: {_tight(items)}, {content})"
        return f"{call}\n{after}" if after else call

    def item(self, element: html.HtmlElement) -> str:
        if label := self.place(element):
            self.pending.append(label)
        body = self.blocks(element)
        if language := language_arguments(element.get("lang")):
            body = f"#set text({language});{body}"
        return body

    def preformatted(self, element: html.HtmlElement) -> str:
        code = next((child for child in element if child.tag == "code"), None)
        name = re.search(r"language-([\w+#.-]+)", code.get("class", "")) if code is not None else None
        value = "".join(element.itertext())
        value = value.removesuffix("\n")
        return self.flush() + f"#nbcodeblock({string(value)}, {string(name[1]) if name else 'none'})"

    def blockquote(self, element: html.HtmlElement) -> str:
        self.width -= 12
        body = self.blocks(element)
        self.width += 12
        return f"#nbquote[{body}]" if body else ""

    def aside(self, element: html.HtmlElement) -> str:
        self.width -= 22
        body = self.blocks(element)
        self.width += 22
        return f"#nbnote(none)[{body}]" if body else ""

    def details(self, element: html.HtmlElement) -> str:
        summary = element.find("summary")
        title = ""
        if summary is not None:
            self.after_space = True
            title = self.inline(summary)
            tail = summary.tail
            element.remove(summary)
            element.text = (element.text or "") + (tail or "")
        self.width -= 11
        body = self.blocks(element)
        self.width += 11
        return f"#nbdetails([{title}], [{body}])"

    def division(self, element: html.HtmlElement) -> str:
        classes = element.get("class", "").split()
        if "cards" in classes and len(element):
            cards = [f"[{self.blocks(child)}]" for child in element if isinstance(child.tag, str)]
            return f"#nbcards({array(cards)})"
        if {"note", "alert", "warning", "admonition"} & set(classes):
            return self.aside(element)
        if "brief" in classes:
            return f"#nbbrief[{self.paragraphs(element)}]"
        return self.paragraphs(element)

    def definitions(self, element: html.HtmlElement) -> str:
        pairs: list[list[str]] = []
        for child in element.iter("dt", "dd"):
            if child.getparent() is not element and child.getparent().tag != "div":
                continue
            if label := self.place(child):
                self.pending.append(label)
            body = self.blocks(child)
            if child.tag == "dt" or not pairs:
                pairs.append([body, ""] if child.tag == "dt" else ["", body])
            else:
                pairs[-1][1] += ("#parbreak();" if pairs[-1][1] else "") + body
        content = "".join(f"terms.item([{name}], [{body}]), " for name, body in pairs)
        return f"#terms(tight: false, {content})" if pairs else ""


def _tight(items: Iterable[html.HtmlElement]) -> str:
    return "false" if any(child.tag == "p" for item in items for child in item) else "true"


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in BLOCKS or (element.tag == "nb-math" and element.get("display") == "block")


def _holds_block(element: html.HtmlElement) -> bool:
    """Whether an inline tag wraps blocks (`<span><table>`, `<center>`)."""
    return element.tag not in SKIPPED and any(_is_block(child) for child in element.iterdescendants())
