"""Words and inline tags to Typst: white space, links, anchors, mathematics, footnotes.

Every word becomes a string literal (typst_escape), every tag a call of a function of
typst_template.typ; a tag that is not known here gives its content and nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from helpers.render.typst_escape import LONG_CELL_WORD, LONG_WORD, string, text
from helpers.render.typst_math import UnsupportedMath, convert
from helpers.render.typst_tables import carries_page, visible_text

LIST_INDENT = 20.0

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset "
    "figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav nb-note ol p pre section summary table ul "
    "video audio".split()
)
SKIPPED = frozenset(
    "script style template noscript head title meta link iframe object embed button select "
    "textarea canvas colgroup col "
    "source track svg".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WRAPPERS = {
    "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph", "var": "emph", "strong": "strong",
    "b": "strong",
    "del": "strike", "s": "strike", "strike": "strike", "u": "underline", "ins": "underline",
    "mark": "nbmark",
    "sup": "super", "sub": "sub", "small": "nbsmall", "big": "nbgroup", "kbd": "nbkbd",
}  # fmt: skip
_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:-([a-zA-Z]{2}))?(?:-.*)?$")


#: letters of a reference that stays on one line
SHORT_REFERENCE = 12


@dataclass(frozen=True)
class TextArea:
    """The room for text on a page in points: A4 less the margins of typst_template.typ."""

    width: float = 425.0
    height: float = 640.0
    turned_width: float = 671.0


@dataclass
class Shared:
    """What the writers of all cells of one document share."""

    words: dict[str, str]
    warn: Callable[[str], None]
    folder: Path | None
    sans: str
    area: TextArea = TextArea()
    labels: dict[str, str] = field(default_factory=dict)  # id in the notebook -> Typst label
    placed: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)


def language_arguments(value: str | None) -> str:
    """`lang: "vi"` for an HTML `lang`, "" when it is missing or no language code."""
    match = _LANGUAGE.match((value or "").strip())
    if not match:
        return ""
    region = f', region: "{match[2].upper()}"' if match[2] else ""
    return f'lang: "{match[1].lower()}"{region}'


def plain_text(element: html.HtmlElement) -> str:
    """The words of an element on one line."""
    return " ".join(visible_text(element).split())


class InlineWriter:
    """Writes runs of words; pictures and blocks are left to the classes built on it."""

    def __init__(self, shared: Shared, *, attachments: dict | None = None, scope: str = "") -> None:
        self.shared = shared
        self.attachments = attachments or {}
        self.scope = scope  # footnote numbers begin anew in each cell
        self.width = shared.area.width
        self.notes: dict[str, html.HtmlElement] = {}
        self.pending: list[str] = []  # labels that wait for the next word to stand at
        self.after_space = True
        self.in_table = self.in_note = self.in_link = self.in_heading = False
        self.heading_notes: list[html.HtmlElement] = []

    # ---- what the classes built on this one add

    def blocks(self, element: html.HtmlElement) -> str:
        raise NotImplementedError

    def inline_image(self, element: html.HtmlElement) -> str:
        raise NotImplementedError

    def inline_svg(self, element: html.HtmlElement) -> str:
        raise NotImplementedError

    # ---- labels

    def place(self, element: html.HtmlElement) -> str | None:
        """The label of an element's id, once; later elements of the same id get none."""
        label = self.shared.labels.get(element.get("id") or "")
        if label is None and element.tag == "a":
            label = self.shared.labels.get(element.get("name") or "")
        if label is None or label in self.shared.placed:
            return None
        self.shared.placed.add(label)
        return label

    def flush(self) -> str:
        anchors = "".join(f"#nbanchor({string(label)});" for label in self.pending)
        self.pending.clear()
        return anchors

    # ---- inline

    def words(self, value: str | None) -> str:
        """Text with white space folded, as a browser folds it across tags."""
        folded = re.sub(r"[ \t\n\r\f]+", " ", value or "")
        if self.after_space:
            folded = folded.lstrip(" ")
        if not folded:
            return ""
        self.after_space = folded.endswith(" ")
        return self.flush() + text(folded, long_word=LONG_CELL_WORD if self.in_table else LONG_WORD)

    def inline(self, element: html.HtmlElement) -> str:
        """The content of an element, without the element."""
        pieces = [self.words(element.text)]
        for child in element:
            pieces += [self.inline_element(child), self.words(child.tail)]
        return "".join(pieces)

    def inline_element(self, element: html.HtmlElement) -> str:
        tag = element.tag
        if tag in SKIPPED or not isinstance(tag, str):
            return self.inline_svg(element) if tag == "svg" else ""
        if tag == "mark" or (tag == "span" and element.get("id")):
            label = self.place(element)
            body = self.inline_body(element)
            return f"#nblabelled({string(label)})[{body}];" if label else body
        if label := self.place(element):
            self.pending.append(label)
        return self.inline_body(element)

    def inline_body(self, element: html.HtmlElement) -> str:
        tag, classes = element.tag, element.get("class", "").split()
        special = {
            "br": self.line_break, "img": self.inline_image, "nb-math": self.math,
            "nb-noteref": self.footnote,
            "code": self.inline_code, "tt": self.inline_code, "samp": self.inline_code, "a": self.link,
            "input": self.checkbox, "q": self.quoted,
        }  # fmt: skip
        if tag in special:
            return special[tag](element)
        if tag in BLOCKS:  # a block where only words may stand: its words, apart from their neighbours
            before, self.after_space = ("" if self.after_space else '#" ";'), True
            body = self.inline(element)
            after, self.after_space = ("" if self.after_space else '#" ";'), True
            return before + body + after
        if "spaces" in classes:  # they indent a line where styles do not; here `step` does, all lines of it
            return ""
        body = self.inline(element)
        if not body:
            return ""
        if step := next((int(c[5:]) for c in classes if re.fullmatch(r"step-[1-9]", c)), 0):
            return f"#block(inset: (left: {step}em))[{body}];"
        if tag in WRAPPERS:
            body = f"#{WRAPPERS[tag]}[{body}];"
        if "badge" in classes:
            kind = "bad" if "badge-contradicted" in classes else "good" if "badge-confirmed" in classes else ""
            body = f"#nbbadge({string(kind)})[{body}];"
        elif "source" in classes:
            body = f"#nbgrey[{body}];"
        if language := language_arguments(element.get("lang")):
            body = f"#text({language})[{body}];"
        return body

    def line_break(self, element: html.HtmlElement) -> str:
        self.after_space = True
        return self.flush() + "#linebreak();"

    def quoted(self, element: html.HtmlElement) -> str:
        opening = self.words("“")
        return opening + self.inline(element) + self.words("”")

    def checkbox(self, element: html.HtmlElement) -> str:
        if element.get("type") != "checkbox":
            return ""
        return self.words("☑ " if element.get("checked") is not None else "☐ ")

    def inline_code(self, element: html.HtmlElement) -> str:
        if any(child.tag in ("a", "mark") for child in element.iter() if child is not element):
            return self.inline(element)
        value = "".join(element.itertext()).replace("\n", " ")
        self.after_space = False
        if len(value) >= LONG_WORD and " " not in value:
            return self.flush() + f"#text(font: cfg.mono, size: 0.84em)[{text(value)}];"
        return self.flush() + f"#nbcode({string(value)});" if value else ""

    def math(self, element: html.HtmlElement, *, is_block: bool = False) -> str:
        source = "".join(element.itertext()).strip()
        self.after_space = False
        try:
            body = convert(source)
        except UnsupportedMath as error:
            self.shared.warn(f"formula shown as code: {error}: {source[:80]}")
            return self.flush() + f"#raw({string(source)}, block: {'true' if is_block else 'false'});"
        description = string(source or "x")
        if is_block:
            return self.flush() + f"#nbformula({description}, $ {body} $);"
        return self.flush() + f"#math.equation(alt: {description}, ${body}$);"

    def footnote(self, element: html.HtmlElement) -> str:
        number = element.get("note", "")
        note = self.notes.get(number)
        if note is None or self.in_note:
            return ""
        if self.in_heading:  # contents and outline repeat a heading, and would repeat its note
            self.heading_notes.append(note)
            return ""
        label = f"note-{self.scope}-{number}"
        if label in self.shared.placed:
            return f"#footnote(label({string(label)}));"
        self.shared.placed.add(label)
        self.in_note, space = True, self.after_space
        body = self.note_body(note)
        self.in_note, self.after_space = False, space
        return f"#nblabelled({string(label)}, footnote[{body}]);"

    def note_body(self, note: html.HtmlElement) -> str:
        """A footnote's paragraphs; the first stands on the line of its number."""
        children = [child for child in note if isinstance(child.tag, str)]
        if not children or any(child.tag != "p" for child in children) or (note.text or "").strip():
            return self.blocks(note)
        return "#parbreak();".join(self.blocks(child) for child in children)

    def link(self, element: html.HtmlElement) -> str:
        target = (element.get("href") or "").strip()
        label = self.shared.labels.get(target[1:]) or self.shared.labels.get(unquote(target[1:]))
        is_nested, self.in_link = self.in_link, True
        body = self.inline(element)
        self.in_link = is_nested
        if not body or not target or is_nested:
            return body
        if target.startswith("#"):
            if label is None:
                # "elsewhere": on another page of the report, which need not be part of this document
                if len(target) > 1 and "elsewhere" not in element.get("class", "").split():
                    self.shared.warn(f"link to {target} has no target; shown as text")
                return body
            if carries_page(element):
                # "[A P9]" is one thing: it never breaks at its space
                return f"#nbref({string(label)})[{f'#box[{body}]' if len(plain_text(element)) <= SHORT_REFERENCE else body}];"
            return f"#link(label({string(label)}))[{body}];"
        if re.match(r"(https?|mailto|ftp|tel):\S", target, re.IGNORECASE) and len(target) < 2000:
            return f"#link({string(target)})[{body}];"
        return body  # a file beside the notebook is not there for the reader of a PDF
