"""Vietnamese words in a page of another language get `lang="vi"`, so that they are read aloud as what they are.

Cells and quotations are marked where they are made; this step finds what stands inside sentences:

    now in <span lang="vi">phường Sông Trí</span> · 3 of “<span lang="vi">mô hình an ninh</span>”
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

from helpers.render.html_body import new_tag

#: signs that no English word bears: letters with a horn, a breve or a stroke, and tones
_SIGNS = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b"
#: words without a sign that may stand between two Vietnamese ones; a longer way is English
_BETWEEN = 2
#: what may stand there is no syllable of Vietnamese
_ENGLISH = frozenset(
    "a an and are as at by for from in into is it its new no not now of on or the their to was were with".split()
)
#: letters within which a quotation ends
_LONG_QUOTE = 200
_EDGES = "“”\"'‘’.,;:!?()[]…·"


class _Word(NamedTuple):
    """A word of a sentence: text[start:end] without the signs around it."""

    start: int
    end: int
    inner: str
    ends: bool


def mark_vietnamese(tree: BeautifulSoup, language: str) -> None:
    """Wrap the Vietnamese words of a page in another language, but for what says its language already."""
    if language.split("-")[0] == "vi":
        return
    for text in [node for node in tree.find_all(string=True) if type(node) is NavigableString]:
        if not any(map(is_vietnamese, text.split())) or _language_of(text) == "vi":
            continue
        pieces: list[Tag | str] = []
        at = 0
        for start, end in vietnamese_spans(text):
            pieces += [str(text[at:start]), new_tag(tree, "span", str(text[start:end]), lang="vi")]
            at = end
        text.replace_with(*(piece for piece in (*pieces, str(text[at:])) if piece))


def _language_of(text: NavigableString) -> str:
    """What the nearest element around a text says of its language; code and drawings keep theirs."""
    for parent in text.parents:
        if parent.name in ("pre", "code", "svg", "style", "script"):
            return "vi"
        if parent.get("lang"):
            return str(parent["lang"])
    return ""


def is_vietnamese(word: str) -> bool:
    """True of a word with letters that only Vietnamese has, or with its tones.

    >>> [word for word in "Đề án 06 of Kỳ Anh, café".split() if is_vietnamese(word)]
    ['Đề', 'án', 'Kỳ', 'café']
    """
    if word.isascii():
        return False
    return any(letter in "đĐ" or letter in _SIGNS for letter in unicodedata.normalize("NFD", word))


def vietnamese_spans(text: str) -> list[tuple[int, int]]:
    """Where Vietnamese stands in a sentence: from one of its words to the last, with the bare words between them.

    >>> text = "now in phường Sông Trí; To Ban Thường vụ, Kỳ Anh; 3 of “an ninh trật tự”"
    >>> [text[a:b] for a, b in vietnamese_spans(text)]
    ['phường Sông Trí', 'Ban Thường vụ', 'Kỳ Anh', 'an ninh trật tự']
    """
    spans: list[tuple[int, int]] = []
    waiting: list[_Word] = []  # bare words since the last Vietnamese one that may belong to the next
    joined = False
    for word in _words(text):
        if is_vietnamese(word.inner):
            named = waiting[-1].start if waiting and waiting[-1].inner.istitle() else word.start
            if joined and len(waiting) <= _BETWEEN:
                spans[-1] = (spans[-1][0], word.end)
            else:
                spans.append((named, word.end))
            waiting, joined = [], True
        elif word.inner.isalpha() and word.inner.lower() not in _ENGLISH:
            if joined and not waiting and word.inner.istitle():  # Kỳ Anh
                spans[-1] = (spans[-1][0], word.end)
            else:
                waiting.append(word)
        else:
            waiting, joined = [], False
        if word.ends:
            waiting, joined = [], False
    whole: list[tuple[int, int]] = []
    for start, end in (_whole_quote(text, *span) for span in spans):
        if not whole or start >= whole[-1][1]:  # two in one quotation are one
            whole.append((start, end))
    return whole


def _words(text: str) -> Iterator[_Word]:
    """The words of a sentence with their places; `ends`: no name goes on behind it."""
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        inner = word.strip(_EDGES)
        first = start + word.index(inner)
        yield _Word(first, first + len(inner), inner, word[-1] in ",;:.!?”)")


def _whole_quote(text: str, start: int, end: int) -> tuple[int, int]:
    """A span from its quotation mark on: `“an ninh trật tự”` begins with words that bear no sign."""
    opening = text.rfind("“", max(0, start - _LONG_QUOTE), start)
    if opening < 0 or "”" in text[opening:start]:
        return start, end
    closing = text.find("”", end, end + _LONG_QUOTE)
    return (opening + 1, closing) if closing >= 0 else (start, end)
