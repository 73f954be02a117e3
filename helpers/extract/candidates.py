"""A number opened for the rules of figure_rules.py, and the figure that a rule makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.actions import ActionReader
from helpers.extract.context import ContextReader, Cues, statement_start
from helpers.extract.numerals import Number
from helpers.extract.ones import OneReader
from helpers.extract.phrases import Phrase, PhraseReader
from helpers.extract.span import USUAL, Mention, Reading
from helpers.extract.units import UnitHit, UnitReader
from helpers.lexicon import Lexicon
from helpers.patterns import late

#: a level before a change, and behind it the one reached
_GOES_TO = late(re.compile, r"[^.,;()\n]{0,60}? (?:xuống|lên|còn|nay là) ")
#: the aspect of a figure that neither changes nor adds up; a length or an age has none
_LEVELS = {"count": "count", "money": "count", "percent": "share", "ratio": "share"}

#: "phạt tù đến ba năm", "phạt tiền đến 50 triệu đồng": the most that a law allows
_CEILING = late(re.compile, r"\b(?:phạt|tù|giam giữ|cải tạo|mức phạt|cấm)\b(?![^.;,]* từ )[^.;,]{0,40} đến $")

#: letters before a number that its rules may look at
LEFT = 56


class Readers(NamedTuple):
    """What reads the surroundings of numbers with the words of one lexicon."""

    units: UnitReader
    phrases: PhraseReader
    context: ContextReader
    ones: OneReader
    actions: ActionReader

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> Readers:
        """The readers of a lexicon, made once."""
        return Readers(
            UnitReader.of(lexicon),
            PhraseReader.of(lexicon),
            ContextReader.of(lexicon),
            OneReader(lexicon),
            ActionReader(lexicon),
        )


@dataclass(slots=True)
class Opened:
    """A document opened for the rules of figures: its readers, its cues, where its statements begin."""

    reading: Reading
    readers: Readers
    cues: Cues
    _begins: tuple[int, int, int, int] = (0, 0, 0, 0)

    @staticmethod
    def of(reading: Reading, lexicon: Lexicon) -> Opened:
        """`reading` with the words of `lexicon`."""
        readers = Readers.of(lexicon)
        return Opened(reading, readers, readers.context.read_cues(reading.find_words(readers.context.cues)))

    def begins(self, position: int) -> tuple[int, int]:
        """Where the sentence around `position` begins, and the statement that it belongs to."""
        start, end, begin, statement = (
            self._begins
        )  # numbers come in reading order: mostly the sentence is the last one
        if not start <= position < end:
            sentence = self.reading.sentence_at(position)
            if sentence is None:
                return position, position
            begin, statement = sentence.start, statement_start(self.reading, sentence)
            self._begins = (sentence.start, sentence.end, begin, statement)
        return begin, statement


@dataclass(slots=True)
class Candidate:
    """A number, or a range of two, with the text around it opened for the rules."""

    opened: Opened
    readers: Readers
    search: str
    plain: str
    number: Number
    start: int
    end: int
    low: float
    high: float | None
    is_range: bool
    #: up to LEFT letters before the number, of its own line
    left: str
    #: the words of `left`, without brackets
    before: list[str]
    #: the unit of measure, money or share right behind it
    unit: UnitHit | None
    #: the number that follows: "12 năm 9 tháng"
    following: Number | None = None

    @property
    def value(self) -> float | list[float]:
        """The number, or [low, high]."""
        return self.low if self.high is None else [self.low, self.high]

    def phrase(self) -> Phrase | None:
        """What is counted right behind the number."""
        return self.readers.phrases.read(self.plain, self.search, self.end)

    def printed(self, start: int, end: int) -> str:
        """A stretch of the text, with its capitals."""
        return self.plain[start:end]


def open_candidate(
    opened: Opened,
    number: Number,
    start: int,
    end: int,
    low: float,
    high: float | None,
    *,
    is_range: bool = False,
    following: Number | None = None,
) -> Candidate:
    """The number at [start, end) with its surroundings."""
    search = opened.reading.search
    left = search[max(0, start - LEFT) : start]
    if "\n" in left:
        left = left[left.rfind("\n") + 1 :]
    before = (left.replace("(", " ").replace('"', " ") if "(" in left or '"' in left else left).split()
    return Candidate(opened, opened.readers, search, opened.reading.plain, number, start, end, low, high, is_range, left, before,
                     opened.readers.units.read(search, end), following)  # fmt: skip


def make_quantity(
    c: Candidate, kind: str, rule: str, *, unit: str | None = None, unit_id: str | None = None, counted: str | None = None,
    strength: int = USUAL, noun_class: str | None = None, value: float | list[float] | None = None, end: int | None = None,
    aspect: str | None = None,
) -> Mention:  # fmt: skip
    """The figure that `rule` reads in a number: what the rule found, and what the words around it say.

    Args:
        value, end: where the rule read more than the number itself (`12 năm 9 tháng`). aspect: None to tell it here.
    """
    end = end or c.end
    value = c.value if value is None else value
    context = c.readers.context
    direction, reached = context.direction(c.before)
    if direction != "none" and "từ" in c.before[-3:] and not c.is_range and _GOES_TO.match(c.search, end):
        direction = "none"  # "giảm từ 120 vụ xuống còn 85 vụ": the level before
    if c.is_range:
        qualifier = "range"
    else:
        is_small_count = kind == "count" and 0 <= c.low < 10
        qualifier = context.qualifier(
            c.search, c.before, c.start, end, noun_class=noun_class, is_small_count=is_small_count
        )
        if qualifier == "exact" and (c.number.written == "vague" or c.high is not None):
            qualifier = "approx"
        elif qualifier == "exact" and c.before and c.before[-1] == "đến" and _CEILING.search(c.left):
            qualifier = "at_most"
    begin, statement = c.opened.begins(c.start)
    mode, is_total = context.mode(c.opened.cues, c.start, statement)
    if noun_class == "task" and c.left.endswith(("một trong ", "nhóm ")):
        mode = "task"
    if aspect is None and kind != "rank":
        if direction != "none" and not reached:
            aspect = "change"
        else:
            aspect = _LEVELS.get(kind) if not is_total or kind in ("percent", "ratio") else "cumulative"
    base = None
    if kind != "rank" and (aspect in ("change", "share") or direction != "none"):
        base = context.base(c.opened.reading, c.start, end, begin)
    dimension, base_value = (
        c.readers.units.base_value(unit_id, value) if unit_id and isinstance(value, float) else (None, None)
    )
    action = (
        c.readers.actions.read(c.before, c.plain, c.search, c.start) if kind in ("count", "money", "measure") else None
    )
    fields = {
        "value": value, "unit": unit, "unit_id": unit_id, "counted": counted, "action": action, "dimension": dimension, "base_value": base_value,
        "qualifier": qualifier, "direction": direction, "aspect": aspect, "base": base, "mode": mode,
        "period": None, "place_id": None, "speaker": None,
    }  # fmt: skip
    return Mention(kind, c.start, end, rule, fields, strength)
