"""Mentions: spans of a text with what they mean, and the rule by which overlapping ones are decided.

Only kinds of one layer compete: a count may lie inside a quote, a code inside a document's name, a place inside an
organisation's (`Công an thị xã Kỳ Anh`). Within a layer a
strong proposal (its own cue is there: `ngày 15/6`) wins before a weak one (only the shape fits: `7/11`), then the
longer, then the one whose extractor stands first in the register, then the one that starts first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.corpus.document import Document, Paragraph, Sentence
from helpers.normalize import Folded

LAYERS: dict[str, str] = {
    **dict.fromkeys(("count", "percent", "ratio", "money", "measure", "rank", "date", "code"), "figure"),
    **dict.fromkeys(("person", "place"), "name"),
    "organisation": "organisation",
    **dict.fromkeys(("document", "programme"), "title"),
    **dict.fromkeys(("quote", "theme"), "passage"),
}
FIGURE_KINDS = ("count", "percent", "ratio", "money", "measure", "rank")

STRONG, USUAL, WEAK = 3, 2, 1

#: values by column; which columns and of what type depends on the kind
Fields = dict[str, Any]


@dataclass(slots=True)
class Mention:
    """A span and its meaning. `start`, `end` count code points of the text being read; `fields` holds the columns of
    the kind's own table (schema.DETAILS); `inferred` names the fields that the text does not state."""

    kind: str
    start: int
    end: int
    rule: str
    fields: Fields = field(default_factory=dict)
    strength: int = USUAL
    inferred: tuple[str, ...] = ()
    entity_id: str | None = None
    surface: str = ""


@dataclass(slots=True)
class Reading:
    """A document opened for extraction: its readable forms, paragraphs and sentences.

    Offsets of paragraphs, sentences and mentions count code points of `plain` (and `search`: same length) until
    `extract_document` leads them back to the text as printed.
    """

    document: Document
    folded: Folded
    paragraphs: list[Paragraph]
    sentences: list[Sentence]
    _sentence_starts: list[int] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return self.folded.plain

    @property
    def search(self) -> str:
        return self.folded.search

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds `position`; None between paragraphs."""
        if not self._sentence_starts:
            self._sentence_starts = [s.start for s in self.sentences]
        i = bisect_right(self._sentence_starts, position) - 1
        return self.sentences[i] if i >= 0 and position < self.sentences[i].end else None

    def paragraph_at(self, position: int) -> Paragraph | None:
        """The paragraph of the sentence that holds `position`."""
        sentence = self.sentence_at(position)
        return self.paragraphs[sentence.paragraph] if sentence else None


def overlaps(a: Mention, b: Mention) -> bool:
    """Whether two spans share at least one code point."""
    return a.start < b.end and b.start < a.end


def resolve_overlaps(proposals: Iterable[Mention]) -> list[Mention]:
    """The mentions that stand, in reading order; within a layer none overlaps another."""
    ranked = sorted(enumerate(proposals), key=lambda p: (-p[1].strength, p[1].start - p[1].end, p[0], p[1].start))
    taken: dict[str, _Spans] = {}
    kept = [m for _, m in ranked if taken.setdefault(LAYERS[m.kind], _Spans()).add(m.start, m.end)]
    return sorted(kept, key=lambda m: (m.start, -m.end))


class _Spans:
    """Disjoint spans; a new one joins only where it touches none."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start)
        if (i and self._ends[i - 1] > start) or (i < len(self._starts) and self._starts[i] < end):
            return False
        self._starts.insert(i, start)
        self._ends.insert(i, end)
        return True
