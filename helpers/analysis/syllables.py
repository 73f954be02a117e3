"""Vietnamese syllables: onset, rime and tone, as the language's spelling allows them.

    >>> is_syllable("nghiêng"), is_syllable("người"), is_syllable("nguời"), is_syllable("ngiêng")
    (True, True, False, False)

Onsets and rimes stand in syllable_parts.csv. What fits together is a matter of spelling: k, gh and ngh stand before e, ê, i
and y alone, c, g and ng before the other vowels; a rime that ends in p, t, c or ch bears one of two tones. A rime that no word
has may still pass: the question is what can't be read, not what stands in a dictionary.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define

define("syllable_parts", surface=TEXT, part=Column(values=("onset", "rime")), note=NOTE)

#: combining grave, acute, tilde, hook above, dot below
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: the tones of a rime that ends in a stop
_STOPPED = ("\u0301", "\u0323")
_STOPS = ("p", "t", "c", "ch")
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_FRONT = "eêiy"
#: open rimes whose mark may stand on either vowel: hóa and hoá
_EITHER = ("oa", "oe", "uy")
#: onsets that stand before front vowels alone, and those that never do
_BEFORE_FRONT, _BEFORE_OTHERS = ("k", "gh", "ngh"), ("c", "g", "ng")
LONGEST = 7  # nghiêng


class Syllable(NamedTuple):
    """A syllable in lower case. `at`: on which letter of the rime the tone mark stands; -1 or less: on none."""

    onset: str
    rime: str
    tone: str
    at: int


@cache
def _parts(part: str) -> frozenset[str]:
    return frozenset(row["surface"] for row in Lexicon.load("vi").entries("syllable_parts") if row["part"] == part)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word in lower case, NFC, can be a Vietnamese syllable, its tone mark where spelling puts it."""
    return any(not s.tone or s.at in _places(s.rime) for s in _read(word))


@lru_cache(maxsize=65536)
def respell(word: str) -> str | None:
    """A word with its tone mark moved where it belongs; None if that makes no syllable of it, or it is one as it stands.

    >>> respell("ngừơi"), respell("tòan"), respell("toàn"), respell("nguời")
    ('người', 'toàn', None, None)
    """
    if is_syllable(word):
        return None
    for s in _read(word):
        at = min(_places(s.rime))
        return s.onset + unicodedata.normalize("NFC", s.rime[: at + 1] + s.tone + s.rime[at + 1 :])
    return None


def tone_of(word: str) -> str | None:
    """The combining mark of a word's tone; empty for the level tone, None if it bears several."""
    return _without_tone(word)[1]


def _read(word: str) -> list[Syllable]:
    """The ways to read a word as onset and rime with one tone, wherever its mark stands."""
    if len(word) > LONGEST:
        return []
    toneless, tone, at = _without_tone(word)
    if tone is None:
        return []
    found = []
    for size in range(min(3, len(toneless)), -1, -1):
        onset, rime = toneless[:size], toneless[size:]
        if _fits(onset, rime) and (not rime.endswith(_STOPS) or tone in _STOPPED):
            found.append(Syllable(onset, rime, tone, at - size if tone else -1))
    # the u of qúy belongs to the onset
    return [s for s in found if s.at >= 0 or not s.tone] or [s for s in found if s.onset in ("qu", "gi")]


def _without_tone(word: str) -> tuple[str, str | None, int]:
    """A word without its tone mark, the mark ('' if none, None if several), and the letter it stood on."""
    letters, tone, at = [], "", -1
    for i, letter in enumerate(word):
        parts = unicodedata.normalize("NFD", letter)
        marks = [p for p in parts if p in _TONES]
        if marks and (tone or len(marks) > 1):
            return word, None, -1
        if marks:
            tone, at = marks[0], i
        letters.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)))
    return "".join(letters), tone, at


def _fits(onset: str, rime: str) -> bool:
    if (onset and onset not in _parts("onset")) or rime not in _parts("rime"):
        return False
    first = rime[0]
    if onset in _BEFORE_FRONT:
        return first in _FRONT
    if onset in _BEFORE_OTHERS:
        return first not in _FRONT or (onset == "g" and first == "i")
    if onset == "qu":  # "quốc" alone has a rounded vowel after it
        return first in "aăâeêiyơ" or rime == "ôc"
    if onset == "gi":
        return first not in "iy"
    return first != "y" or len(rime) == 1 or not onset


def _places(rime: str) -> tuple[int, ...]:
    """On which letters of a rime its tone mark may stand."""
    vowels = [i for i, letter in enumerate(rime) if letter in _VOWELS]
    marked = [i for i in vowels if rime[i] in _MARKED]
    if marked:
        return (marked[-1],)
    if rime in _EITHER:
        return tuple(vowels)
    if len(vowels) == 1 or (len(vowels) == 2 and len(rime) == 2):
        return (vowels[0],)
    return (vowels[1],)
