"""What a word that can't be read was to be: one step away from a Vietnamese syllable, or two words without their space.

    >>> mend_word("nguời"), mend_word("nghành"), mend_word("nhàđầu")
    (Mended(meant='người', why='spelling'), Mended(meant='ngành', why='spelling'), Mended(meant='nhà đầu', why='glued'))
    >>> mend_word("ôtô"), mend_word("axít"), mend_word("crôm")
    (None, None, None)

Loan words written as one (ôtô, axít) are no slips: they have the level tone, or the sharp one before a stop, throughout, while
of two glued words one nearly always bears another tone. Clusters of loans (cr, xl) and letters that are not Vietnamese too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from helpers.analysis.syllables import LONGEST, is_syllable, respell, tone_of

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_LETTERS = frozenset(_VOWELS + "bcdđghklmnpqrstvx")
_VOWEL_RUN = re.compile(f"[{_VOWELS}]+")
#: onsets of loans
_CLUSTER = re.compile(r"[bcdđfghkpstvx][lr](?<!tr)|x[ctpk]|s[ctpkmn]|p(?!h)")
#: what is printed for what: a part of the word and its right spelling
_MIXED = (
    ("uơ", "ươ"), ("uờ", "ườ"), ("uớ", "ướ"), ("uở", "ưở"), ("uỡ", "ưỡ"), ("uợ", "ượ"),
    ("ưo", "ươ"), ("ưò", "ườ"), ("ưó", "ướ"), ("ưỏ", "ưở"), ("ưõ", "ưỡ"), ("ưọ", "ượ"),
    ("ươ", "uơ"), ("ưở", "uở"), ("ngh", "ng"), ("gh", "g"), ("ng", "ngh"), ("g", "gh"), ("k", "c"), ("c", "k"), ("qy", "quy"),
    ("gn", "ng"), ("uyê", "uê"), ("uyế", "uế"),
)  # fmt: skip


class Mended(NamedTuple):
    """What was meant (None: not clear), and how the word differs from it: a code of schema.SLIPS."""

    meant: str | None
    why: str


@lru_cache(maxsize=65536)
def mend_word(word: str) -> Mended | None:
    """What a word in lower case that is no syllable was to be; None where it may be a loan or a name."""
    if not _LETTERS.issuperset(word) or not _VOWEL_RUN.search(word) or _CLUSTER.match(word):
        return None
    is_short = len(word) <= LONGEST + 1 and len(_VOWEL_RUN.findall(word)) == 1
    meant = list(dict.fromkeys(_steps(word))) if is_short else []
    if len(meant) == 1:
        return Mended(meant[0], "spelling")
    parts = [(word[:i], word[i:]) for i in range(2, len(word) - 1) if is_syllable(word[:i]) and is_syllable(word[i:])]
    if parts:
        is_loan = all(_is_loan(a) and _is_loan(b) for a, b in parts)
        return None if is_loan else Mended(" ".join(parts[0]) if len(parts) == 1 else None, "glued")
    return Mended(None, "spelling") if is_short else None


def _steps(word: str) -> Iterator[str]:
    """The syllables one step away: a tone mark moved, one of two equal letters, a pair of letters mistaken for another."""
    if moved := respell(word):
        yield moved
    for i in range(len(word) - 1):
        if word[i] == word[i + 1] and is_syllable(shorter := word[:i] + word[i + 1 :]):
            yield shorter
    for printed, right in _MIXED:
        if printed in word:
            changed = word.replace(printed, right, 1)
            if is_syllable(changed):
                yield changed


def _is_loan(syllable: str) -> bool:
    """Whether a syllable sounds as those of loans do: level, or sharp before a stop."""
    return tone_of(syllable) == "" or (tone_of(syllable) == "\u0301" and syllable[-1] in "ptch")
