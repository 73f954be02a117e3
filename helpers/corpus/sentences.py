"""Sentences of a paragraph, as Vietnamese newspapers set them.

    >>> split_sentences("Bắt 3 đối tượng. TP. Vinh yên tĩnh… ở mọi nơi.")
    [(0, 16), (17, 46)]

A full stop ends a sentence when a capital, a digit or a quotation mark follows the space; not after an abbreviation
(`TP. Vinh`, `PGS.TS. X`, one-letter initials), nor an ellipsis that a small letter continues. Clauses parted by
semicolons stay together: a list of results is one sentence.
"""

from __future__ import annotations

import re

from helpers.patterns import late

_TAIL = r"""/?\.?["'”’»)\]]{0,3}\.?(?=\s|\Z)"""
_STOP = re.compile(rf"\.\.{{0,5}}{_TAIL}")
#: slower, as it looks at each letter: only where another mark than a full stop stands
_END = late(re.compile, rf"[.!?…][.!?…]{{0,5}}{_TAIL}")
#: after these a full stop ends no sentence
_ABBREVIATIONS = frozenset("tp tx tt q p h th ths ts pgs gs bs ks cn nxb tr st đ/c ms mr mrs dr".split())
_LONGEST = max(map(len, _ABBREVIATIONS))
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[/.]){1,12}\Z")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open spans of the sentences in one paragraph (`text[start:end]`), white space left out."""
    end = len(text) if end is None else end
    while end > start and text[end - 1].isspace():
        end -= 1
    start = _skip_space(text, start, end)
    has_other = text.find("…", start, end) >= 0 or text.find("?", start, end) >= 0 or text.find("!", start, end) >= 0
    spans = []
    for mark in (_END if has_other else _STOP).finditer(text, start, end):
        stop, ends = mark.span()
        if ends == end:
            break
        following = ends + 1
        if (letter := text[following]).isspace():
            following = _skip_space(text, following, end)
            letter = text[following]
        if letter.islower() or letter in ",;:)-–":
            continue
        if ends - stop == 1 and text[stop] == "." and _is_abbreviated(text, start, stop):
            continue
        spans.append((start, ends))
        start = following
    if start < end:
        spans.append((start, end))
    return spans


def _skip_space(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _is_abbreviated(text: str, start: int, mark: int) -> bool:
    """Whether the full stop at `mark` belongs to the word before it: `TP.`, `PGS.TS.`, `Lê V.`."""
    if mark - start > _LONGEST and text[mark - _LONGEST - 1 : mark].isalpha():
        return False  # most words are longer
    low = max(start, mark - 12)
    word = text[max(low, text.rfind(" ", low, mark) + 1) : mark]
    if word.isalpha():
        if len(word) > _LONGEST:
            return False
    else:
        word = found[0] if (found := _WORD_BEFORE.search(text, low, mark)) else ""
    # an initial: "T. Sỹ", "Lê V. Bình"; but "quý I. Trong" ends, as Roman numbers are seldom initials
    if len(word) == 1:
        return (word.isupper() and word not in "IVX") or word.lower() in _ABBREVIATIONS
    return word.lower().rsplit(".", 1)[-1] in _ABBREVIATIONS
