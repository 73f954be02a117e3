"""All articles as one row of syllables in compact arrays: of a hundred thousand articles, some hundred megabytes.

A stretch is a run of syllables in which a set phrase may stand. It ends with the sentence, at a mark other than a comma or a
quotation mark, and where a figure, date, name, place or document is told.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.database import Database, rows_of
from helpers.normalize import fold
from helpers.schema import FIGURE_KINDS

#: kinds of mentions that tell something; the words around them tell how it is said
TOLD = (*FIGURE_KINDS, "date", "code", "person", "organisation", "place", "document", "programme")
_TOKEN = re.compile(r"[^\W_]+")
#: what a phrase may run across: "không để đột xuất, bất ngờ", “điểm nóng”
_OPEN = frozenset(" ,\"'")
#: articles and sentences by number, the reprints of one text side by side
_NUMBERED = (
    """CREATE OR REPLACE TEMP TABLE numbered_articles AS
    SELECT doc_id, row_number() OVER (ORDER BY text_id, doc_id) - 1 AS doc, dense_rank() OVER (ORDER BY text_id) - 1 AS text FROM texts""",
    """CREATE OR REPLACE TEMP TABLE numbered_sentences AS
    SELECT s.sent_id, s.doc_id, s.paragraph, s.start, a.doc, a.text, p.role = 'byline' AS is_byline,
        row_number() OVER (ORDER BY a.doc, s.start) - 1 AS sentence
    FROM sentences s JOIN numbered_articles a USING (doc_id) JOIN paragraphs p USING (doc_id, paragraph)""",
)
_SENTENCES = """
SELECT n.sentence, n.doc, n.start, n.is_byline, s.text AS words FROM numbered_sentences n JOIN sentences s USING (sent_id) ORDER BY n.sentence
"""
_MENTIONS = f"""
SELECT a.doc::INTEGER AS doc, m.start::INTEGER AS start, m."end"::INTEGER AS finish FROM mentions m JOIN numbered_articles a USING (doc_id)
WHERE m.kind IN {TOLD} ORDER BY a.doc, m.start
"""


@dataclass
class Tokens:
    """One entry a syllable: its word, its sentence, where it begins in its article and how long it is there; whether it belongs
    to something told; its stretch (-1: in none); whether a mark stands before it."""

    word: np.ndarray
    sentence: np.ndarray
    start: np.ndarray
    length: np.ndarray
    is_told: np.ndarray
    stretch: np.ndarray
    is_marked: np.ndarray
    words: list[str]
    text_of_sentence: np.ndarray

    @cached_property
    def n_texts(self) -> int:
        return len(np.unique(self.text_of_sentence))

    def __len__(self) -> int:
        return len(self.word)


class _Reader:
    """Collects syllables sentence by sentence."""

    def __init__(self, mentions: dict[str, np.ndarray]) -> None:
        self.word, self.sentence, self.start = array("i"), array("i"), array("i")
        self.length, self.is_told, self.breaks = array("B"), array("B"), array("B")
        self.is_marked, self.is_capital = array("B"), array("B")
        self.numbers: dict[str, int] = defaultdict(lambda: len(self.numbers))
        self.seen_low = bytearray()
        self._doc, self._begin, self._finish = mentions["doc"], mentions["start"], mentions["finish"]
        self._spans: list[tuple[int, int]] = []
        self._of_doc = -1

    def _spans_of(self, doc: int) -> list[tuple[int, int]]:
        if doc != self._of_doc:
            a, b = np.searchsorted(self._doc, [doc, doc + 1])
            self._spans = list(zip(self._begin[a:b].tolist(), self._finish[a:b].tolist(), strict=True))
            self._of_doc, self._next = doc, 0
        return self._spans

    def read(self, row: dict) -> None:
        folded = fold(row["words"])
        plain, search, base = folded.plain, folded.search, row["start"]
        spans = self._spans_of(row["doc"])
        at, told_until = 0, -1
        is_first = True
        for match in _TOKEN.finditer(search):
            a, b = match.span()
            start, end = folded.printed(a, b)
            while self._next < len(spans) and spans[self._next][0] < base + end:
                told_until = max(told_until, spans[self._next][1])
                self._next += 1
            between = search[at:a]
            is_told = base + start < told_until
            number = self.numbers[match[0]]
            if number == len(self.seen_low):
                self.seen_low.append(0)
            letter = plain[a]
            if not letter.isupper():
                self.seen_low[number] = 1
            self.word.append(number)
            self.sentence.append(row["sentence"])
            self.start.append(base + start)
            self.length.append(min(end - start, 255))
            self.is_told.append(is_told)
            self.is_marked.append(not is_first and between != " ")
            self.breaks.append(is_first or not _OPEN.issuperset(between))
            # a name that no mention covers; ANTT and what begins a sentence are none
            self.is_capital.append(
                2 if not letter.isalpha() else letter.isupper() and not is_first and not plain[a:b].isupper()
            )
            at, is_first = b, False

    def tokens(self, text_of_sentence: np.ndarray) -> Tokens:
        word = np.frombuffer(self.word, dtype=np.int32) if self.word else np.zeros(0, np.int32)
        flags = {n: np.frombuffer(getattr(self, n), dtype=np.uint8) if self.word else np.zeros(0, np.uint8)
                 for n in ("length", "is_told", "breaks", "is_marked", "is_capital")}  # fmt: skip
        seen_low = np.frombuffer(bytes(self.seen_low) or b"\0", dtype=np.uint8)
        outside = (
            (flags["is_told"] == 1) | (flags["is_capital"] == 2) | ((flags["is_capital"] == 1) & (seen_low[word] == 0))
        )
        begins = (flags["breaks"] == 1) | outside
        begins[1:] |= outside[:-1]
        stretch = np.cumsum(begins, dtype=np.int32)
        stretch[outside] = -1
        numbers = {
            n: np.frombuffer(getattr(self, n), dtype=np.int32) if self.word else word for n in ("sentence", "start")
        }
        return Tokens(word, numbers["sentence"], numbers["start"], flags["length"], flags["is_told"] == 1, stretch,
                      flags["is_marked"] == 1, list(self.numbers), text_of_sentence)  # fmt: skip


def read_tokens(db: Database) -> Tokens:
    """The syllables of all sentences but bylines; makes table `numbered_sentences`. Needs sentences, paragraphs, mentions, texts."""
    for statement in _NUMBERED:
        db.execute(statement)
    reader = _Reader(db.execute(_MENTIONS).fetchnumpy())
    text_of_sentence = db.execute(
        "SELECT text::INTEGER AS text FROM numbered_sentences ORDER BY sentence"
    ).fetchnumpy()["text"]
    for row in rows_of(db, _SENTENCES):
        if not row["is_byline"]:
            reader.read(row)
    return reader.tokens(np.asarray(text_of_sentence, dtype=np.int32))
