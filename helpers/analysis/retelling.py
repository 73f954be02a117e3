"""Whether sentences with different numbers speak of one thing: they name it, or one is told like the other."""

from __future__ import annotations

from itertools import combinations

import regex

#: words of a subject with a name in it that can't be of two things: `năm thực hiện Nghị quyết 04`
NAMED = 5
#: share of the words of the shorter sentence that another has, from which both tell the same
LIKE = 0.6
MIN_WORDS = 4
_WORD = regex.compile(r"\p{L}{3,}")
_NAME = regex.compile(r"(?<=[^.!?…:\"“] )\p{Lu}[\p{L}\d]*")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NUMBER = regex.compile(r"\d[\d.,/]*")
_QUOTED = regex.compile(r"[“\"]\p{L}")
_CAPITAL = regex.compile(r"\s\p{Lu}\p{Ll}|\s\d")


def tell_alike(sayings: list[dict]) -> bool:
    """Whether the subject is named, or two of the sentences tell the same of the same."""
    is_share = sayings[0]["kind"] == "percent"  # "4% vốn điều lệ": what has the share is not in the subject
    subject = sayings[0]["subject"]
    is_named = _QUOTED.search(subject) or (sayings[0]["n_words"] >= NAMED and _CAPITAL.search(subject))
    if is_named and not is_share:
        return True
    pairs = combinations([str(s["sentence"] or "") for s in sayings], 2)
    return any(_is_retelling(a, b, subject) for a, b in pairs)


def _is_retelling(a: str, b: str, subject: str) -> bool:
    """Whether one sentence has most words of the other beside the subject, and names and other numbers do not differ."""
    words_a, words_b, own = (set(_WORD.findall(text.lower())) for text in (a, b, subject))
    shorter, longer = sorted((len(words_a - own), len(words_b - own)))
    shared = len((words_a & words_b) - own)
    if shorter < MIN_WORDS or shared < LIKE * shorter or shared < LIKE / 2 * longer:
        return False
    names_a, names_b = set(_NAME.findall(a)), set(_NAME.findall(b))
    if names_a - names_b and names_b - names_a:
        return False
    numbers_a, numbers_b = ({n for n in _NUMBER.findall(text) if not _YEAR.fullmatch(n)} for text in (a, b))
    return len(numbers_a) < 2 or len(numbers_b) < 2 or bool(numbers_a & numbers_b)
