"""Two readable forms of a text, and the way back to the text as printed.

    >>> folded = fold("cụ thể hoá, chiến sỹ “điểm nóng”")
    >>> folded.search
    'cụ thể hóa, chiến sĩ "điểm nóng"'

`plain` is NFC with plain spaces; `search` is `plain` in lower case, with one tone-mark placement (hóa), one spelling of
final i/y (sĩ) and plain quotes and dashes. Both have the same length, so a span in one is a span in the other;
`Folded.printed` leads a span back into the text as printed, however that was encoded.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

import regex

_SPACES = dict.fromkeys(
    "\t\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
) | dict.fromkeys("\u2028\u2029\x85", "\n")
#: drawn as nothing: they only break words apart
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MARKS = dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("‐‑‒–—―−", "-")

# The mark stands on the first vowel of an open oa, oe, uy ("hóa", "khỏe", "thúy"); "quý" keeps it on the y.
_LATE = "oá oà oả oã oạ oé oè oẻ oẽ oẹ uý uỳ uỷ uỹ uỵ".split()
_TONES = dict(zip(_LATE, "óa òa ỏa õa ọa óe òe ỏe õe ọe úy ùy ủy ũy ụy".split(), strict=True))
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))

# Patterns that begin with one plain letter: `re` runs to the next of it without looking at what lies between.
_LETTER = "[^\\W\\d_²³¹⁰⁴-⁹]"
_OPEN_OA = re.compile(rf"o[áàảãạéèẻẽẹ](?!{_LETTER})")
_OPEN_UY = re.compile(rf"u[ýỳỷỹỵ](?<!qu.)(?!{_LETTER})")
_FINAL_Y = {
    y: re.compile(rf"{y}(?<=[hklmst]{y})(?!{_LETTER})(?:(?<!{_LETTER}.{y})|(?<=th{y})(?<!{_LETTER}th{y}))")
    for y in _Y_TO_I
}
# Letters that stay as they are, or one with its marks: thirty are more than any bears, and sorting a long run of marks
# takes the square of its length.
_CLUSTER = regex.compile(rf"([^\p{{M}}{_INVISIBLE}]+)(?!\p{{M}})|.\p{{M}}{{0,30}}", regex.DOTALL)


@dataclass(slots=True, frozen=True)
class Folded:
    """A text in its two readable forms; `offsets` is None where they map one to one onto the text as printed."""

    printed_text: str
    plain: str
    search: str
    offsets: array | None = None

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """The span of the printed text behind a span of `plain` or `search`."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def fold(text: str) -> Folded:
    """`text` in its readable forms, with the map back."""
    text, printed = _without_surrogates(text), text
    if _is_plain(text):
        return Folded(printed, plain := _replace_each(text, _SPACES), search_form(plain))
    composed, offsets = _compose(text)
    return Folded(printed, plain := _replace_each(composed, _SPACES), search_form(plain), offsets)


#: so many texts are looked at together: hardly any holds what must be composed
_AT_ONCE = 100


def _is_plain(text: str) -> bool:
    """Whether each letter of a text is drawn, and composed."""
    return unicodedata.is_normalized("NFC", text) and not any(c in text for c in _INVISIBLE)


def fold_lines(texts: list[str]) -> tuple[str, str, list[int], dict[int, array]]:
    """Many texts folded as one, which takes a quarter of the time: `plain` and `search` of all, with a line break between them; the
    length of each there; by its number, the `offsets` of each that has some.

    >>> fold_lines(["Hoà", "Ý kiến"])[1:]
    ('hòa\\ný kiến', [3, 6], {})
    """
    plain, offsets = list(texts), {}
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        for i, text in enumerate(some if not _is_plain("\n".join(some)) else (), first):
            if not _is_plain(text):
                folded = fold(text)
                plain[i] = folded.plain
                if folded.offsets is not None:
                    offsets[i] = folded.offsets
    joined = _replace_each(_without_surrogates("\n".join(plain)), _SPACES)
    return joined, search_form(joined), list(map(len, plain)), offsets


def _compose(text: str) -> tuple[str, array[int]]:
    """`text` in NFC without what is drawn as nothing, and where each of its code points stood."""
    parts: list[str] = []
    offsets = array("q")
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        if cluster[1] and unicodedata.is_normalized("NFC", cluster[1]):
            parts.append(cluster[1])
            offsets.extend(range(start, end))
            continue
        # letters such as the ohm sign are composed one by one, so that each keeps its place
        for at, letter in enumerate(cluster[1], start) if cluster[1] else ((start, cluster[0]),):
            composed = "" if letter in _INVISIBLE else unicodedata.normalize("NFC", letter)
            parts.append(composed)
            offsets.extend(repeat(at, len(composed)))
    offsets.append(len(text))
    return "".join(parts), offsets


def _replace_each(text: str, simple: dict[str, str]) -> str:
    """`text` with each of the letters in `simple` replaced; one at a time, as most texts hold hardly any of them."""
    for odd, plain in simple.items():
        text = text.replace(odd, plain)
    return text


def _without_surrogates(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 holds, as replacement characters; as long as before."""
    try:
        text.encode("utf-32-le")  # refuses them too, four times sooner
    except UnicodeEncodeError:
        return regex.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return text


def strip_marks(text: str) -> str:
    """Letters without tones and accents; đ stays.

    >>> strip_marks("Đảm bảo")
    'Đam bao'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def search_form(plain: str) -> str:
    """The form in which words are looked up: lower case, one spelling; as long as `plain`.

    >>> search_form("Đại uý Thuý, QUÝ I, tỷ đồng")
    'đại úy thúy, quý i, tỉ đồng'
    """
    return _short_form(plain) if len(plain) <= _SHORT else _folded_form(plain)


def search_forms(words: Iterable[str]) -> list[str]:
    """`search_form` of each word, folded as one text: a thousand words take four times as long one by one."""
    return search_form("\n".join(words)).split("\n")


def words_form(text: str) -> str:
    """The words of a name or title, folded, without the marks between them: the form in which two are compared.

    >>> words_form("Luật “Bảo vệ môi trường”") == words_form("luật bảo vệ môi  trường")
    True
    """
    return " ".join(_WORDS.findall(search_form(text)))


def _folded_form(plain: str) -> str:
    lower = plain.lower()
    if len(lower) != len(plain):  # "İ" lowers to two code points
        lower = "İ".join(part.lower() for part in plain.split("İ"))
    folded = _replace_each(lower, _MARKS) if len(lower) > _SHORT or not _MARKS.keys().isdisjoint(lower) else lower
    if "o" in folded:
        folded = _OPEN_OA.sub(_early_tone, folded)
    if "u" in folded:
        folded = _OPEN_UY.sub(_early_tone, folded)
    if not _Y_TO_I.keys().isdisjoint(folded):
        for y, i in _Y_TO_I.items():
            if y in folded:
                folded = _FINAL_Y[y].sub(i, folded)
    return folded


_WORDS = re.compile(r"[^\W_]+")
#: names and offices are asked for again and again
_SHORT = 60
_short_form = lru_cache(maxsize=8192)(_folded_form)


def _early_tone(match: re.Match[str]) -> str:
    return _TONES[match[0]]
