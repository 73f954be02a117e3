"""The register of extractors: who proposes mentions, in which order, and how a document is read as a whole.

A new kind of mention is one module with a `propose_` function and one name here.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.corpus.document import Document, Paragraph, Sentence
from helpers.corpus.normalize import fold
from helpers.corpus.structure import read_structure
from helpers.extract.codes import propose_codes
from helpers.extract.dates import propose_dates
from helpers.extract.quantities import propose_quantities
from helpers.extract.span import Mention, Reading, resolve_overlaps
from helpers.lexicon import Lexicon

#: in order of precedence among equals
EXTRACTORS = (propose_dates, propose_codes, propose_quantities)


@dataclass(slots=True)
class Extraction:
    """What was read in one document; offsets count code points of the text as printed."""

    document: Document
    paragraphs: list[Paragraph]
    sentences: list[Sentence]
    mentions: list[Mention]


def open_reading(document: Document, lexicon: Lexicon) -> Reading:
    """The document in its readable forms, parted into paragraphs and sentences."""
    folded = fold(document.text)
    paragraphs, sentences = read_structure(folded, has_byline=document.author is None, lexicon=lexicon)
    return Reading(document, folded, paragraphs, sentences)


def extract_document(document: Document, lexicon: Lexicon) -> Extraction:
    """All mentions of one document, in reading order."""
    reading = open_reading(document, lexicon)
    mentions = resolve_overlaps(m for propose in EXTRACTORS for m in propose(reading, lexicon))
    for m in mentions:
        m.start, m.end = reading.folded.printed(m.start, m.end)
        m.surface = document.text[m.start : m.end]
    if reading.folded.offsets is not None:
        for part in (*reading.paragraphs, *reading.sentences):
            part.start, part.end = reading.folded.printed(part.start, part.end)
    return Extraction(document, reading.paragraphs, reading.sentences, mentions)
