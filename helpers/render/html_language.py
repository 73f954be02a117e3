"""Vietnamese words in a page of another language get `lang="vi"`, so that they are read aloud as what they are.

Cells and quotations are marked where they are made; this step finds what stands inside sentences:

    now in <span lang="vi">phường Sông Trí</span> · 3 of “<span lang="vi">mô hình an ninh</span>”
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

from helpers.analysis.syllables import is_syllable
from helpers.render.html_body import new_tag

#: signs that no English word bears: letters with a horn, a breve or a stroke, and tones
_SIGNS = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b"
#: words without a sign that may stand between two Vietnamese ones; a longer way is English
_BETWEEN = 2
#: English, though its spelling would do for a syllable of Vietnamese, or what never stands inside a phrase of it
_ENGLISH = frozenset(
    "a an and are as at be by can day do for from go had he her his how in into is it its long may me men more my new no not"
    " now of on or say so ten than the their them then they this to ton two us was way we were who with".split()
)
#: what makes a Vietnamese word of `an`: công an, an ninh
_BEFORE_AN, _BEHIND_AN = frozenset(("công", "bình", "nghệ", "hội")), frozenset(("ninh", "toàn", "sinh", "dân", "giang"))
#: letters within which a quotation ends
_LONG_QUOTE = 200
_LABEL = re.compile(r"(<text\b[^>]*>)([^<]+)")
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
    """What the nearest element around a text says of its language; blocks of code keep theirs."""
    for parent in text.parents:
        if parent.name in ("pre", "svg", "style", "script"):
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

    >>> text = "now in phường Sông Trí; To Ban Thường vụ, Công an Kỳ Anh; 3 of “an ninh trật tự”; drives (phong trào)"
    >>> [text[a:b] for a, b in vietnamese_spans(text)]
    ['phường Sông Trí', 'Ban Thường vụ', 'Công an Kỳ Anh', 'an ninh trật tự', 'phong trào']
    """
    spans: list[tuple[int, int]] = []
    waiting: list[_Word] = []  # bare words since the last Vietnamese one that may belong to the next
    joined = False
    words = list(_words(text))
    for at, word in enumerate(words):
        if is_vietnamese(word.inner) or _is_an(words, at):
            if joined and len(waiting) <= _BETWEEN:
                spans[-1] = (spans[-1][0], word.end)
            else:
                spans.append((_first_syllable(waiting, word).start, word.end))
            waiting, joined = [], True
        elif word.inner.isalpha() and word.inner.lower() not in _ENGLISH:
            if joined and not waiting and (word.inner.istitle() or is_syllable(word.inner)):  # Kỳ Anh, tổ liên gia
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


def _is_an(words: list[_Word], at: int) -> bool:
    """True of `an` where a word beside it is no English: Công an, an ninh."""
    if words[at].inner.lower() != "an":
        return False
    before = words[at - 1].inner.lower() if at else ""
    behind = words[at + 1].inner.lower() if at + 1 < len(words) else ""
    return before in _BEFORE_AN or behind in _BEHIND_AN


def _first_syllable(waiting: list[_Word], word: _Word) -> _Word:
    """The first of the bare words right before a Vietnamese one that can be syllables: Ban Thường vụ, phong trào."""
    for bare in reversed(waiting):
        if not is_syllable(bare.inner.lower()):
            break
        word = bare
    return word


def mark_drawing(svg: str, language: str) -> str:
    """A chart with the Vietnamese words of its labels marked, as those of the page are.

    >>> mark_drawing("<text>dân vận khéo</text><text>unit: mô hình</text>", "en")
    '<text><tspan lang="vi">dân vận khéo</tspan></text><text>unit: <tspan lang="vi">mô hình</tspan></text>'
    """
    return svg if language.split("-")[0] == "vi" else _LABEL.sub(_mark_label, svg)


def _mark_label(label: re.Match[str]) -> str:
    parts, at = [label[1]], 0
    for start, end in vietnamese_spans(label[2]):
        parts += [label[2][at:start], f'<tspan lang="vi">{label[2][start:end]}</tspan>']
        at = end
    return "".join([*parts, label[2][at:]])


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
