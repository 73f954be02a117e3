"""Sentences of a paragraph, as Vietnamese newspapers set them.

    >>> list(split_sentences("Bắt 3 đối tượng. TP. Vinh yên tĩnh… ở mọi nơi."))
    [(0, 16), (17, 46)]

A full stop ends a sentence when a capital, a digit or a quotation mark follows the space; not after an abbreviation
(`TP. Vinh`, `PGS.TS. X`, one-letter initials), nor an ellipsis that a small letter continues. Clauses parted by
semicolons stay together: a list of results is one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

_END = regex.compile(r"""(?:[.!?…]{1,6}[/]?\.?|\./\.)["'”’»)\]]{0,3}(?:[.]?)(?=\s+\S|\s*$)""")
#: after these a full stop ends no sentence
_ABBREVIATIONS = frozenset("tp tx tt q p h th ths ts pgs gs bs ks cn nxb tr st đ/c v.v ms mr mrs dr st.s".split())
_WORD_BEFORE = regex.compile(r"[\p{L}\p{N}/.]{1,12}$")


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in one paragraph, white space left out."""
    start = _skip_space(text, 0)
    for end in _END.finditer(text, start):
        if _ends_sentence(text, end.start(), end.end()):
            yield start, end.end()
            start = _skip_space(text, end.end())
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, mark: int, end: int) -> bool:
    following = _skip_space(text, end)
    if following == len(text):
        return True
    if text[following].islower() or text[following] in ",;:)-–":
        return False
    if text[mark] == "." and end - mark == 1:
        before = _WORD_BEFORE.search(text, max(0, mark - 12), mark)
        word = before[0].lower() if before else ""
        # an initial: "T. Sỹ", "Lê V. Bình"; but "quý I. Trong" ends, as Roman numbers are seldom initials
        is_initial = len(word) == 1 and word.isalpha() and word not in "ivx" and text[mark - 1].isupper()
        return not (word.rsplit(".", 1)[-1] in _ABBREVIATIONS or is_initial)
    return True
