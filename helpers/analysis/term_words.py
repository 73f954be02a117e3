"""What is known of terms before any text is read: multi-syllable words, and words that are no terms.

Multi-syllable words come from term_words.csv and from the phrases of the codebook (themes.toml); stop words, of one syllable
or more, from term_stops.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import search_forms

define("term_words", surface=TEXT, note=NOTE)
define("term_stops", surface=TEXT, note=NOTE)

#: a longer phrase of the codebook is a clause, no term: `bảo đảm an ninh` would cut `an ninh trật tự` in two
MAX_SYLLABLES, MAX_OF_THEME = 6, 3
_SYLLABLE = re.compile(r"[^\W_]+")

#: syllables in search form
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class TermWords:
    """`words`: known terms of two syllables or more; `stops`: what is no term."""

    words: frozenset[Phrase]
    stops: frozenset[Phrase]


def phrases_of(surfaces: Iterable[str]) -> frozenset[Phrase]:
    """Names and words of two to MAX_SYLLABLES syllables, in search form.

    >>> phrases_of(["Hà Tĩnh", "Hoà", "huyện 5"])
    frozenset({('hà', 'tĩnh')})
    """
    split = (tuple(_SYLLABLE.findall(form)) for form in search_forms(surfaces))
    return frozenset(p for p in split if 2 <= len(p) <= MAX_SYLLABLES and "".join(p).isalpha())


@lru_cache(maxsize=4)
def load_term_words(lexicon: Lexicon) -> TermWords:
    """The words of a lexicon, read once."""
    stops = {tuple(_SYLLABLE.findall(w)) for w in search_forms(lexicon.surfaces("term_stops"))}
    themes = lexicon.toml("themes").values()
    phrases = [w for t in themes for w in t.get("include", ()) if w.count(" ") < MAX_OF_THEME]
    # "an ninh, trật tự" is two terms: a mark between two syllables parts them
    whole = [phrase for phrase in phrases if phrase.replace(" ", "").isalnum()]
    words = {tuple(_SYLLABLE.findall(w)) for w in search_forms([*lexicon.surfaces("term_words"), *whole])}
    return TermWords(frozenset(w for w in words if 2 <= len(w) <= MAX_SYLLABLES), frozenset(filter(None, stops)))
