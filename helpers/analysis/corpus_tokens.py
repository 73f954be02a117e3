"""All articles as one row of syllables, cut into blocks of whole texts that are put aside on disk.

A stretch is a run of syllables in which a set phrase may stand. It ends with the sentence, at a mark other than a comma or a
quotation mark, and where a figure, date, name, place or document is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from helpers.analysis.put_aside import PutAside
from helpers.database import Database, parts_of
from helpers.normalize import fold_lines
from helpers.schema import FIGURE_KINDS

#: kinds of mentions that tell something; the words around them tell how it is said
TOLD = (*FIGURE_KINDS, "date", "code", "person", "organisation", "place", "document", "programme")
_TOKEN = re.compile(r"[^\W_]+")
#: what a phrase may run across: "không để đột xuất, bất ngờ", “điểm nóng”
_OPEN = frozenset(" ,\"'")
#: bytes of a block; a text that is longer is a block by itself
_BLOCK = 1_000_000
#: what is known of a syllable: it is told; no phrase may hold it; a stretch begins with it; a mark stands before it; it is copied
IS_TOLD, IS_OUTSIDE, BEGINS, IS_MARKED, IS_COPIED = (np.uint8(1 << i) for i in range(5))
#: articles and sentences by number, the reprints of one text side by side
_NUMBERED = (
    """CREATE OR REPLACE TEMP TABLE numbered_articles AS
    SELECT doc_id, row_number() OVER (ORDER BY text_id, doc_id) - 1 AS doc, dense_rank() OVER (ORDER BY text_id) - 1 AS text FROM texts""",
    """CREATE OR REPLACE TEMP TABLE numbered_sentences AS
    SELECT s.sent_id, s.doc_id, s.paragraph::INTEGER AS paragraph, s.start::INTEGER AS start, a.doc::INTEGER AS doc, a.text::INTEGER AS text,
        p.role = 'byline' AS is_byline, (row_number() OVER (ORDER BY a.doc, s.start) - 1)::INTEGER AS sentence
    FROM sentences s JOIN numbered_articles a USING (doc_id) JOIN paragraphs p USING (doc_id, paragraph)""",
)
_SENTENCES = """
SELECT n.sentence, n.doc, n.text, n.start, s.text AS words FROM numbered_sentences n JOIN sentences s USING (sent_id)
WHERE NOT n.is_byline ORDER BY n.sentence
"""
_MENTIONS = f"""
SELECT a.doc::INTEGER AS doc, m.start::INTEGER AS start, m."end"::INTEGER AS finish FROM mentions m JOIN numbered_articles a USING (doc_id)
WHERE m.kind IN {TOLD} ORDER BY a.doc, m.start
"""
#: what is asked of a letter
_IN_WORD, _IS_OPEN, _IS_UPPER, _IS_LOWER, _IS_ALPHA, _KNOWN = (np.uint8(1 << i) for i in range(6))


@dataclass
class Tokens:
    """The syllables of a corpus. On disk, for each block of whole texts: `word`, `sentence`, `text`; where a syllable begins in its
    article and how long it is there (`start`, `length`); and `flags`, what is known of it."""

    aside: PutAside
    n_blocks: int = 0
    size: int = 0
    n_texts: int = 0
    n_sentences: int = 0
    words: list[str] = field(default_factory=list)
    of_word: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


class _Letters:
    """What is known of each letter that was seen."""

    def __init__(self) -> None:
        self._known = np.zeros(0x110000, np.uint8)

    def of(self, text: str) -> np.ndarray:
        """What is known of the letters of a text, one by one."""
        codes = _codes(text)
        seen = np.flatnonzero(np.bincount(codes)) if len(codes) else codes
        for code in seen[self._known[seen] == 0].tolist():
            self._known[code] = self._ask(chr(code))
        return self._known[codes]

    @staticmethod
    def _ask(letter: str) -> int:
        title = letter.istitle() and not letter.isupper()
        asked = (
            _TOKEN.match(letter) is not None,
            letter in _OPEN,
            letter.isupper(),
            letter.islower() or title,
            letter.isalpha(),
            True,
        )
        return sum(1 << i for i, yes in enumerate(asked) if yes)  # fmt: skip


@dataclass
class _Sentences:
    """Sentences that are read together."""

    number: np.ndarray
    doc: np.ndarray
    text: np.ndarray
    start: np.ndarray
    words: list[str]


class _Reader:
    """Reads blocks of sentences into syllables."""

    def __init__(self, mentions: dict[str, np.ndarray]) -> None:
        self._mentions = mentions
        self._letters = _Letters()
        self.numbers: dict[str, int] = defaultdict(lambda: len(self.numbers))

    def read(self, block: _Sentences) -> dict[str, np.ndarray]:
        """The syllables of some sentences; flag IS_OUTSIDE still lacks words in capitals, told in `is_capital`."""
        plain, search, sizes, offsets = fold_lines(block.words)
        searched, printed = self._letters.of(search), self._letters.of(plain)
        held = (searched & _IN_WORD) > 0
        in_word = np.r_[False, held, False]
        edges = np.flatnonzero(in_word[1:] != in_word[:-1])
        start, end = edges[::2], edges[1::2]
        spaced = np.where(held, _codes(search), np.uint32(ord(" "))).tobytes().decode("utf-32-le")
        word = np.fromiter(map(self.numbers.__getitem__, spaced.split()), np.int32, count=len(start))
        base = np.cumsum([0, *(size + 1 for size in sizes[:-1])])
        row = np.searchsorted(base, start, side="right") - 1
        flags, is_capital = self._flags(start, end, row, searched, printed, search)
        start, end = start - base[row], end - base[row]
        for i, places in offsets.items():
            own = np.frombuffer(places, dtype=np.int64)
            of_it = slice(*np.searchsorted(row, [i, i + 1]))
            start[of_it], end[of_it] = own[start[of_it]], own[end[of_it]]
        length = np.minimum(end - start, 255).astype(np.uint8)
        start, end = start + block.start[row], end + block.start[row]
        told = self._is_told(start, end, row, block)
        flags[told] |= IS_TOLD | IS_OUTSIDE
        return {"word": word, "sentence": block.number[row], "text": block.text[row], "start": start.astype(np.int32),
                "length": length, "flags": flags, "is_capital": is_capital}  # fmt: skip

    @staticmethod
    def _flags(start, end, row, searched, printed, search) -> tuple[np.ndarray, np.ndarray]:
        """Marks and breaks before syllables; which are words in capitals: 1 a capital letter, 2 no letter, 4 not in capitals."""
        flags = np.zeros(len(start), np.uint8)
        is_first = np.r_[True, row[1:] != row[:-1]][: len(row)]
        gap = np.r_[0, end[:-1]][: len(start)]
        odd = np.flatnonzero(~is_first & ((start - gap != 1) | (_codes(search)[np.maximum(start - 1, 0)] != ord(" "))))
        closed = np.flatnonzero((searched & (_IS_OPEN | _IN_WORD)) == 0)
        flags[odd] = IS_MARKED
        flags[odd[np.searchsorted(closed, start[odd]) > np.searchsorted(closed, gap[odd])]] |= BEGINS
        flags[is_first] = BEGINS
        # a name that no mention covers; ANTT and what begins a sentence are none
        first = printed[start]
        is_upper = (first & _IS_UPPER) > 0
        capital = np.where(is_upper, np.uint8(0), np.uint8(4))
        names = np.flatnonzero(is_upper & ~is_first)
        low = np.cumsum((printed & _IS_LOWER) > 0, dtype=np.int32)
        capital[names[low[end[names] - 1] > low[start[names]]]] = 1
        capital[(first & _IS_ALPHA) == 0] |= 2
        return flags, capital

    def _is_told(self, start: np.ndarray, end: np.ndarray, row: np.ndarray, block: _Sentences) -> np.ndarray:
        """Which syllables stand in a mention of their sentence."""
        if not len(row):
            return np.zeros(0, bool)
        held = np.searchsorted(self._mentions["doc"], [block.doc[0], block.doc[-1] + 1])
        doc, begin, finish = (self._mentions[c][slice(*held)].astype(np.int64) for c in ("doc", "start", "finish"))
        last = np.flatnonzero(np.r_[row[1:] != row[:-1], True])
        of_sentence = row[last]
        # a mention belongs to the first sentence that goes on after its beginning
        ends = block.doc[of_sentence].astype(np.int64) << 32 | end[last]
        at = np.searchsorted(ends, doc << 32 | begin, side="right")
        inside = at < len(ends)
        inside[inside] &= block.doc[of_sentence[at[inside]]] == doc[inside]
        own, begin, finish = of_sentence[at[inside]].astype(np.int64) << 32, begin[inside], finish[inside]
        if not len(own):
            return np.zeros(len(row), bool)
        until = np.maximum.accumulate(own | finish)
        key = row.astype(np.int64) << 32
        found = np.searchsorted(own | begin, key | end) - 1
        return (found >= 0) & (until[np.maximum(found, 0)] > (key | start))


def _blocks(db: Database) -> Iterator[_Sentences]:
    """The sentences, some texts at a time."""
    for part in parts_of(db, _SENTENCES, by="text", n_bytes=_BLOCK):
        number, doc, text, start = (part[name].to_numpy() for name in ("sentence", "doc", "text", "start"))
        yield _Sentences(number, doc, text, start, part["words"].to_pylist())


def read_tokens(db: Database, aside: PutAside) -> Tokens:
    """The syllables of all sentences but bylines, put `aside`; makes table `numbered_sentences`.

    Needs sentences, paragraphs, mentions, texts.
    """
    for statement in _NUMBERED:
        db.execute(statement)
    counted = db.execute("SELECT count(DISTINCT text), count(*) FROM numbered_sentences").fetchall()[0]
    tokens = Tokens(aside, n_texts=counted[0], n_sentences=counted[1])
    reader = _Reader(db.execute(_MENTIONS).fetchnumpy())
    of_word, low = np.zeros(0, np.int64), np.zeros(0, bool)
    for block in _blocks(db):
        found = reader.read(block)
        n_words = len(reader.numbers)
        of_word = np.pad(of_word, (0, n_words - len(of_word))) + np.bincount(found["word"], minlength=n_words)
        low = np.pad(low, (0, n_words - len(low)))
        low[found["word"][(found["is_capital"] & 4) > 0]] = True
        for name, column in found.items():
            aside.put(name, column)
        tokens.n_blocks += 1
        tokens.size += len(found["word"])
    tokens.words, tokens.of_word = list(reader.numbers), of_word
    _close_names(tokens, low)
    return tokens


def _close_names(tokens: Tokens, low: np.ndarray) -> None:
    """No phrase holds a word in capitals that is never printed otherwise, nor a number."""
    aside = tokens.aside
    for block in range(tokens.n_blocks):
        capital, flags = aside.get("is_capital", block), aside.get("flags", block).copy()
        outside = ((capital & 2) > 0) | (((capital & 1) > 0) & ~low[aside.get("word", block)])
        flags[outside] |= IS_OUTSIDE
        aside.put("known", flags)
    aside.forget("is_capital", "flags")
