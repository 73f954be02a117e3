"""The plain records of the corpus: a document, its paragraphs, its sentences.

All offsets are half-open and count code points of `Document.text`, the text as printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Document:
    """One article as received.

    `published` is an EDTF string at the precision known ("2023-12" is a month), None if the source says nothing.
    `source` is the path or stream it came from; `repairs` names what had to be mended to read it; `notes` says
    what a reader should know of it (no header, no date ...).
    """

    doc_id: str
    text: str
    source: str = ""
    title: str = ""
    published: str | None = None
    author: str | None = None
    encoding: str = "utf-8"
    repairs: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: where the title stands in `text`; (0, 0) if it does not
    title_span: tuple[int, int] = (0, 0)
    #: whether the first line is ` date YYYY-MM Title`
    has_header: bool = False


@dataclass(slots=True)
class Paragraph:
    """A block of `Document.text`; `role` is one of schema.ROLES."""

    index: int
    start: int
    end: int
    role: str


@dataclass(slots=True)
class Sentence:
    """A sentence of one paragraph; `index` counts through the document from 0."""

    index: int
    paragraph: int
    start: int
    end: int
