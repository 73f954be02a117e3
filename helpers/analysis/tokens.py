"""Texts as numbers: each syllable by its number, a break where a mark, a figure or the end of a line parts two.

    >>> tokens = read_tokens(["Đảm bảo an toàn, đảm bảo hoà bình"])
    >>> [tokens.syllables[i] if i >= 0 else "|" for i in tokens.ids]
    ['đảm', 'bảo', 'an', 'toàn', '|', 'đảm', 'bảo', 'hòa', 'bình', '|']

A syllable is a whole run of letters, whatever marks it bears and however they are encoded: nothing is split inside one.
Spellings that fold to one search form (hoá/hóa, sỹ/sĩ) are one syllable; the commonest of them is shown.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from helpers.normalize import fold, search_form

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
#: stands between syllables that no term goes over
BREAK = -1
#: a mark stands for the end of a line and of a text; so many chunks are cut at once
_LINE_END, _TEXT_END, _BLOCK = " | ", "|", 2_000_000


@dataclass(frozen=True)
class Tokens:
    """`ids`: the texts one after the other; text n ends at `ends[n]`, behind its last break."""

    ids: np.ndarray
    ends: np.ndarray
    #: by number: in search form, as most often printed
    syllables: list[str]
    printed: list[str]


class _Chunks(dict):
    """What stands between white space -> its number; a new one is cut into syllables once, however often it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.spellings: dict[str, int] = {}
        self.parts, self.starts = array("i"), array("q", [0])

    def __missing__(self, chunk: str) -> int:
        self[chunk] = number = len(self)
        for token in _TOKEN.findall(chunk):
            is_word = token[0].isalnum() and not any(c.isnumeric() for c in token)
            self.parts.append(self.spellings.setdefault(token, len(self.spellings)) if is_word else BREAK)
        self.starts.append(len(self.parts))
        return number


def read_tokens(texts: Iterable[str]) -> Tokens:
    """The syllables of texts, one pass, in memory 4 bytes a syllable."""
    chunks, raw, ends = _Chunks(), array("i"), array("q")
    for text in texts:
        raw.extend(map(chunks.__getitem__, _composed(text).replace("\n", _LINE_END).split()))
        raw.append(chunks[_TEXT_END])
        ends.append(len(raw))
    return _expand(np.frombuffer(raw, dtype=np.int32) if raw else np.zeros(0, np.int32), list(ends), chunks)


def _composed(text: str) -> str:
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and "\u00ad" not in text and "\u200b" not in text):
        return text
    return fold(text).plain


def _expand(raw: np.ndarray, ends: list[int], chunks: _Chunks) -> Tokens:
    """Chunks as their syllables, a block after the other; one number a search form."""
    spellings = list(chunks.spellings)
    known: dict[str, int] = {}
    folded = np.array([known.setdefault(search_form(s), len(known)) for s in spellings] + [BREAK], dtype=np.int32)
    starts, parts = np.array(chunks.starts, dtype=np.int64), np.array(chunks.parts, dtype=np.int32)
    sizes = np.diff(starts)
    counts, new_ends = np.zeros(len(spellings) + 1, np.int64), [np.zeros(0, np.int64)]
    ids = np.empty(sum(int(sizes[raw[a : a + _BLOCK]].sum()) for a in range(0, len(raw), _BLOCK)), np.int32)
    offset = begin = 0
    edges = np.array(ends, dtype=np.int64)
    while begin < len(raw):
        # a block ends where a text does
        last = int(np.searchsorted(edges, min(begin + _BLOCK, len(raw))))
        first = int(np.searchsorted(edges, begin, side="right"))
        chunk = raw[begin : edges[last]]
        n = sizes[chunk]
        after = np.cumsum(n)
        numbers = parts[np.repeat(starts[chunk] - after + n, n) + np.arange(after[-1])]
        counts += np.bincount(numbers + 1, minlength=len(counts))
        ids[offset : offset + len(numbers)] = folded[numbers]
        new_ends.append(offset + after[edges[first : last + 1] - begin - 1])
        offset, begin = offset + int(after[-1]), int(edges[last])
    best = [(0, "")] * len(known)
    for spelling, number, count in zip(spellings, folded.tolist(), counts[1:].tolist(), strict=False):
        best[number] = max(best[number], (count, spelling))
    return Tokens(ids, np.concatenate(new_ends), list(known), [spelling for _, spelling in best])
