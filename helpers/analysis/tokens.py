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

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|\n")
#: stands between syllables that no term goes over
BREAK = -1


@dataclass(frozen=True)
class Tokens:
    """`ids`: the texts one after the other; text n ends at `ends[n]`, behind its last break."""

    ids: np.ndarray
    ends: np.ndarray
    #: by number: in search form, as most often printed
    syllables: list[str]
    printed: list[str]


class _Numbers(dict):
    """Syllable as printed -> the number of that spelling; a new one gets the next."""

    def __init__(self) -> None:
        super().__init__()
        self.spellings: list[str] = []

    def __missing__(self, token: str) -> int:
        if not token[0].isalnum() or any(c.isnumeric() for c in token):
            self[token] = BREAK
        else:
            self[token] = len(self.spellings)
            self.spellings.append(token)
        return self[token]


def read_tokens(texts: Iterable[str]) -> Tokens:
    """The syllables of texts, one pass, in memory 4 bytes a syllable."""
    numbers, raw, ends = _Numbers(), array("i"), array("q")
    for text in texts:
        raw.extend(map(numbers.__getitem__, _TOKEN.findall(_composed(text))))
        raw.append(BREAK)
        ends.append(len(raw))
    return _fold_spellings(np.array(raw, dtype=np.int32), np.array(ends, dtype=np.int64), numbers.spellings)


def _composed(text: str) -> str:
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and "\u00ad" not in text and "\u200b" not in text):
        return text
    return fold(text).plain


def _fold_spellings(raw: np.ndarray, ends: np.ndarray, spellings: list[str]) -> Tokens:
    """The same with one number a search form."""
    known: dict[str, int] = {}
    folded = np.array([known.setdefault(search_form(s), len(known)) for s in spellings] + [BREAK], dtype=np.int32)
    counts = np.bincount(raw + 1, minlength=len(spellings) + 1)[1:]
    best = [(0, "")] * len(known)
    for spelling, number, n in zip(spellings, folded.tolist(), counts.tolist(), strict=False):
        best[number] = max(best[number], (n, spelling))
    return Tokens(folded[raw], ends, list(known), [spelling for _, spelling in best])
