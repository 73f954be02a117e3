"""The register of extractors: who proposes mentions, in which order, and how a document is read as a whole.

A new kind of mention is one module with a `propose_` function and one name here (two if it looks for words). The order is the precedence among equals
within a layer (span.LAYERS).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from helpers.corpus.document import Document, Paragraph, Sentence
from helpers.corpus.structure import read_structure
from helpers.extract.attribution import attribute
from helpers.extract.codes import propose_codes
from helpers.extract.context import ContextReader
from helpers.extract.dates import date_anchors, propose_dates
from helpers.extract.legal import document_types, propose_documents
from helpers.extract.linking import link_documents, link_people
from helpers.extract.names import name_words
from helpers.extract.organisation_words import organisation_words
from helpers.extract.organisations import propose_organisations, without_parts_of_names
from helpers.extract.people import propose_people
from helpers.extract.person_cues import cue_list
from helpers.extract.place_sites import site_words
from helpers.extract.places import propose_places
from helpers.extract.programmes import programme_words, propose_programmes
from helpers.extract.quantities import propose_quantities
from helpers.extract.quotes import find_quotes
from helpers.extract.span import STRONG, Mention, Reading, end_of, resolve_overlaps, start_of
from helpers.extract.speakers import speech_verbs
from helpers.extract.spelled_numbers import SpelledNumbers
from helpers.extract.themes import propose_themes, theme_phrases
from helpers.extract.word_search import WordSearch
from helpers.lexicon import Lexicon
from helpers.normalize import fold

Extractor = Callable[[Reading, Lexicon], list[Mention]]


def propose_figures(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Dates, codes and quantities: what a date or a code holds by its own cue is not read as a figure again."""
    dates = propose_dates(reading, lexicon)
    sure = sorted((m.start, m.end) for m in dates if m.strength == STRONG)
    codes = propose_codes(reading, lexicon, sure)
    sure = sorted([*sure, *((m.start, m.end) for m in codes if m.strength == STRONG)])
    return dates + codes + propose_quantities(reading, lexicon, sure)


def propose_places_and_organisations(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Both at once: organisations are named after places."""
    places = propose_places(reading, lexicon)
    organisations = propose_organisations(reading, lexicon, places=places)
    return without_parts_of_names(places, organisations, reading.plain) + organisations


EXTRACTORS: tuple[Extractor, ...] = (
    propose_figures, propose_people, propose_places_and_organisations, propose_documents, propose_programmes,
)  # fmt: skip


@lru_cache(maxsize=4)
def word_search(lexicon: Lexicon) -> WordSearch:
    """The lists of words that all extractors look for, as one; a list that is missing here is looked for apart."""
    return WordSearch((
        date_anchors(lexicon), SpelledNumbers.of(lexicon).beginnings, ContextReader.of(lexicon).cues, cue_list(lexicon),
        name_words(lexicon).anchors, site_words(lexicon).surfaces, organisation_words(lexicon).surfaces,
        document_types(lexicon), programme_words(lexicon), speech_verbs(lexicon), *theme_phrases(lexicon),
    ))  # fmt: skip


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
    if document.has_header and folded.offsets is None:
        # the header line holds the date; what it says begins with the title
        for sentence in sentences:
            if sentence.paragraph == 0 and sentence.start < document.title_span[0] < sentence.end:
                sentence.start = document.title_span[0]
    return Reading(document, folded, paragraphs, sentences, word_search(lexicon))


def propose_all(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Everything that any extractor proposes, before overlaps are decided; the header's date is none of them."""
    begins = reading.document.title_span[0] if reading.document.has_header else 0
    return [m for propose in EXTRACTORS for m in propose(reading, lexicon) if m.start >= begins]


def extract_document(document: Document, lexicon: Lexicon) -> Extraction:
    """All mentions of one document, in reading order, linked to each other and led back to the text as printed."""
    reading = open_reading(document, lexicon)
    mentions = resolve_overlaps(propose_all(reading, lexicon))
    people = [m for m in mentions if m.kind == "person"]
    link_people(reading, people)
    link_documents(reading, [m for m in mentions if m.kind == "document"])
    mentions += find_quotes(reading, lexicon, people)
    mentions += propose_themes(reading, lexicon)
    mentions.sort(key=end_of, reverse=True)
    mentions.sort(key=start_of)  # of those that start together the longest stays first
    attribute(reading, mentions)
    _print_spans(reading, mentions)
    return Extraction(document, reading.paragraphs, reading.sentences, mentions)


def _print_spans(reading: Reading, mentions: list[Mention]) -> None:
    """Leads all spans back to the text as printed, and sets the surfaces."""
    if reading.folded.offsets is not None:
        printed = reading.folded.printed
        parts: list[Paragraph | Sentence | Mention] = [*reading.paragraphs, *reading.sentences, *mentions]
        for part in parts:
            part.start, part.end = printed(part.start, part.end)
        for m in mentions:
            if whole := m.fields.get("whole"):
                m.fields["whole"] = list(printed(*whole))
    text = reading.document.text
    for m in mentions:
        m.surface = text[m.start : m.end]
