"""A number opened for the rules of quantities.py, and the figure that a rule makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.extract.context import ContextReader
from helpers.extract.numerals import Number
from helpers.extract.phrases import Phrase, PhraseReader
from helpers.extract.span import USUAL, Mention, Reading


@dataclass(slots=True)
class Candidate:
    """A number, or a range of two, with the text around it opened for the rules."""

    reading: Reading
    number: Number
    start: int
    end: int
    low: float
    high: float | None
    is_range: bool
    phrases: PhraseReader
    context: ContextReader

    @property
    def search(self) -> str:
        return self.reading.search

    def left(self, size: int = 24) -> str:
        """Up to `size` letters before the number, of its own line."""
        text = self.search[max(0, self.start - size) : self.start]
        return text[text.rfind("\n") + 1 :]

    @property
    def value(self) -> float | list[float]:
        """The number, or [low, high]."""
        return self.low if self.high is None else [self.low, self.high]


def make_quantity(c: Candidate, kind: str, rule: str, *, unit=None, unit_id=None, counted=None, strength=USUAL,
              noun_class=None, value=None, end=None, aspect=None) -> Mention:  # fmt: skip
    """The figure that `rule` reads in a number: what the rule found, and what the words around it say.

    Args:
        value, end: where the rule read more than the number itself (`12 năm 9 tháng`). aspect: None to tell it here.
    """
    end = end or c.end
    direction, reached = c.context.direction(c.search, c.start)
    qualifier = c.context.qualifier(c.search, c.start, end, noun_class=noun_class)
    if c.is_range:
        qualifier = "range"
    elif c.number.written == "vague" or (c.high is not None and not c.is_range):
        qualifier = "approx" if qualifier == "exact" else qualifier
    if aspect is None and kind in ("count", "percent", "ratio"):
        change = direction != "none" and not reached
        aspect = "change" if change else "share" if kind in ("percent", "ratio") else "count"
    base = (
        c.context.base(c.reading, c.start, end)
        if kind != "rank" and (aspect in ("change", "share") or direction != "none")
        else None
    )
    fields = {
        "value": c.value if value is None else value, "unit": unit, "unit_id": unit_id, "counted": counted,
        "qualifier": qualifier, "direction": direction, "aspect": aspect, "base": base,
        "mode": c.context.mode(c.reading, c.start, noun_class=noun_class), "period": None, "place_id": None, "speaker": None,
    }  # fmt: skip
    return Mention(kind, c.start, end, rule, fields, strength)


def read_phrase(c: Candidate) -> Phrase | None:
    """The phrase behind a number: its unit, what it counts."""
    return c.phrases.read(c.reading.plain, c.search, c.end)
