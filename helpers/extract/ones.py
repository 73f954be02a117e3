"""When `một` counts: an article as a rule, a number where things are tallied (`thu giữ một khẩu súng`, `một người tử vong`).

The words that tell stand in lexicons/vi/counted_ones.csv.
"""

from __future__ import annotations

from helpers.extract.phrases import Phrase
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("counted_ones", surface=TEXT, side=Column(values=("before", "noun", "after", "time")), note=NOTE)

_AFTER_REACH = 90


class OneReader:
    """Tells `một` the number from `một` the article with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        def surfaces(side: str) -> tuple[str, ...]:
            return tuple(search_form(r["surface"]) for r in lexicon.entries("counted_ones") if r["side"] == side)

        self._before = tuple(f" {s} " for s in surfaces("before"))
        self._times = tuple(f" {s} " for s in surfaces("time"))
        self._nouns = tuple(f" {s}" for s in surfaces("noun"))
        self._after = surfaces("after")

    def is_article(self, search: str, start: int, end: int) -> bool:
        """Whether nothing around `một` at [start, end) may make it a number: asked before anything is read there."""
        left = f" {search[max(0, start - 18) : start]}"
        return not (
            left.endswith(self._before)
            or left.endswith(self._times)
            or search.startswith(self._nouns, end)
            or any(search.find(word, end, end + _AFTER_REACH) >= 0 for word in self._after)
        )

    def counts(self, before: list[str], search: str, phrase: Phrase) -> bool:
        """Whether `một` counts what `phrase` says: something tallied, a group, a suspect, a victim."""
        if phrase.noun_class is None and not before:
            return False
        left = f" {' '.join(before[-3:])} "
        if left.endswith(self._before) and phrase.noun_class is not None:
            return True
        if search.startswith(self._nouns, phrase.start - 1):
            return True
        if phrase.noun_class != "person":
            return False
        clause = search[phrase.start : phrase.start + _AFTER_REACH].split(".", 1)[0].split(";", 1)[0]
        return any(word in clause for word in self._after)

    def measures(self, before: list[str]) -> bool:
        """Whether `một` begins a stretch that is measured: `sau một tuần`, not `một ngày nào đó`."""
        return f" {' '.join(before[-3:])} ".endswith(self._times)
