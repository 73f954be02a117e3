"""Patterns made of words from the lexicon, matched on folded text."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from helpers.normalize import search_form
from helpers.patterns import late


def any_of(words: Iterable[str]) -> str:
    """The text of a pattern that matches any of `words` whole, the longest first.

    >>> regex.findall(any_of(["công an", "ký", "công an xã"]), "công an xã kí, công anh")
    ['công an xã', 'kí']
    """
    folded = sorted({search_form(w) for w in words}, key=lambda w: (-len(w), w))
    return rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, folded))})(?![\p{{L}}\p{{N}}])"


def compile_any(words: Iterable[str]) -> regex.Pattern[str]:
    """`any_of`, compiled."""
    return late(regex.compile, any_of(words))


def last_match(pattern: regex.Pattern[str], text: str, start: int, end: int) -> regex.Match[str] | None:
    """The last match of `pattern` in `text[start:end]`; None if there is none."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
