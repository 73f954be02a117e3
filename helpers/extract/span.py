"""Mentions: spans of a text with what they mean, and the rule by which overlapping ones are decided.

Only kinds of one layer compete: a count may lie inside a quote, a code inside a document's name, a place inside an
organisation's (`Công an thị xã Kỳ Anh`). Within a layer a
strong proposal (its own cue is there: `ngày 15/6`) wins before a weak one (only the shape fits: `7/11`), then the
longer, then the one whose extractor stands first in the register, then the one that starts first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from helpers.corpus.document import Document, Paragraph, Sentence
from helpers.extract.word_search import Hit, WordList, WordSearch
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

start_of, end_of = attrgetter("start"), attrgetter("end")

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
    #: the lists that are looked for together; any other is looked for by itself
    word_search: WordSearch | None = field(default=None, repr=False)
    #: the forms of `folded`, at hand as they are asked for at every turn
    plain: str = field(init=False, repr=False)
    search: str = field(init=False, repr=False)
    _starts: list[int] = field(init=False, repr=False)
    _hits: dict[WordList, list[Hit]] | None = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        self.plain, self.search = self.folded.plain, self.folded.search
        self._starts = [s.start for s in self.sentences]

    def find_words(self, words: WordList) -> list[Hit]:
        """Where the words of a list stand in `search`: see WordSearch.find."""
        if self._hits is None:
            self._hits = self.word_search.find(self.search) if self.word_search else {}
        found = self._hits.get(words)
        return words.find(self.search) if found is None else found

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds `position`; None between paragraphs."""
        if (i := bisect_right(self._starts, position)) and position < (sentence := self.sentences[i - 1]).end:
            return sentence
        return None

    def paragraph_at(self, position: int) -> Paragraph | None:
        """The paragraph of the sentence that holds `position`."""
        sentence = self.sentence_at(position)
        return self.paragraphs[sentence.paragraph] if sentence else None


#: (start, -end, -strength, place among the proposals, mention): sorts in reading order
_Proposal = tuple[int, int, int, int, Mention]


def overlaps(a: Mention, b: Mention) -> bool:
    """Whether two spans share at least one code point."""
    return a.start < b.end and b.start < a.end


def resolve_overlaps(proposals: Iterable[Mention]) -> list[Mention]:
    """The mentions that stand, in reading order; within a layer none overlaps another."""
    ordered = sorted([(m.start, -m.end, -m.strength, number, m) for number, m in enumerate(proposals)])
    lost: set[int] = set()
    for rivals in _rivals(ordered):
        lost |= _losers(rivals)
    return [mention for _, _, _, number, mention in ordered if number not in lost]


def _rivals(ordered: list[_Proposal]) -> Iterator[list[_Proposal]]:
    """Groups of one layer, each of which reaches no other; most mentions stand alone and are in none."""
    last: dict[str, _Proposal] = {}
    reach = dict.fromkeys(LAYERS.values(), 0)
    groups: dict[str, list[_Proposal]] = {}
    for proposal in ordered:
        layer = LAYERS[proposal[4].kind]
        if proposal[0] < reach[layer]:
            groups.setdefault(layer, [last[layer]]).append(proposal)
            reach[layer] = max(reach[layer], -proposal[1])
            continue
        if layer in groups:
            yield groups.pop(layer)
        last[layer], reach[layer] = proposal, -proposal[1]
    yield from groups.values()


def _losers(rivals: list[_Proposal]) -> set[int]:
    """The numbers of those that give way to another."""
    # start + minus_end: the longer goes before
    ranked = sorted(
        (minus_strength, start + minus_end, number, start, -minus_end)
        for start, minus_end, minus_strength, number, _ in rivals
    )
    taken = _Spans()
    return {number for _, _, number, start, end in ranked if not taken.add(start, end)}


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
