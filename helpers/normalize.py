"""Two readable forms of a text, and the way back to the text as printed.

    >>> folded = fold("cụ thể hoá, chiến sỹ “điểm nóng”")
    >>> folded.search
    'cụ thể hóa, chiến sĩ "điểm nóng"'

`plain` is NFC with plain spaces; `search` is `plain` in lower case, with one tone-mark placement (hóa), one spelling of
final i/y (sĩ) and plain quotes and dashes. Both have the same length, so a span in one is a span in the other;
`Folded.printed` leads a span back into the text as printed, however that was encoded.
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass

import regex

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "
)
_SPACES |= {
    ord("\t"): " ",
    ord("\r"): " ",
    ord("\v"): " ",
    ord("\f"): " ",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
    ord("\x85"): "\n",
}
#: drawn as nothing: they only break words apart
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MARKS = {ord(c): '"' for c in "“”„‟«»"} | {ord(c): "'" for c in "‘’‚‛′"} | {ord(c): "-" for c in "‐‑‒–—―−"}

_ODD_SPACE = regex.compile("[" + "".join(map(chr, _SPACES)) + "]")
_ODD_MARK = regex.compile("[" + regex.escape("".join(map(chr, _MARKS)), literal_spaces=True) + "]")

# The mark stands on the first vowel of an open oa, oe, uy ("hóa", "khỏe", "thúy"); "quý" keeps it on the y.
_TONES = {
    old: new
    for base, marked in (("oa", "óa òa ỏa õa ọa"), ("oe", "óe òe ỏe õe ọe"), ("uy", "úy ùy ủy ũy ụy"))
    for old, new in zip(
        {"oa": "oá oà oả oã oạ", "oe": "oé oè oẻ oẽ oẹ", "uy": "uý uỳ uỷ uỹ uỵ"}[base].split(),
        marked.split(),
        strict=True,
    )
}
_TONE = regex.compile(r"(?:o[áàảãạéèẻẽẹ]|(?<!q)u[ýỳỷỹỵ])(?!\p{L})")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_FINAL_Y = regex.compile(r"(?<!\p{L})(?:[hklmst]|th)\K[yýỳỷỹỵ](?!\p{L})")
_CLUSTER = regex.compile(r".\p{M}*", regex.DOTALL)


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
    if unicodedata.is_normalized("NFC", text) and not any(c in text for c in _INVISIBLE):
        return Folded(printed, plain := _plain(text), search_form(plain))
    parts, offsets = [], array("q")
    for cluster in _CLUSTER.finditer(text):
        composed = "" if cluster[0] in _INVISIBLE else unicodedata.normalize("NFC", cluster[0])
        parts.append(composed)
        offsets.extend([cluster.start()] * len(composed))
    offsets.append(len(text))
    plain = _plain("".join(parts))
    return Folded(printed, plain, search_form(plain), offsets)


def _plain(text: str) -> str:
    """`text` with every white space but line ends as a space; searching for the odd ones beats translating each letter."""
    return _ODD_SPACE.sub(lambda m: _SPACES[ord(m[0])], text)


def _without_surrogates(text: str) -> str:
    """`text` with lone surrogates, which no UTF-8 holds, as replacement characters; as long as before."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return regex.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return text


def search_form(plain: str) -> str:
    """The form in which words are looked up: lower case, one spelling; as long as `plain`.

    >>> search_form("Đại uý Thuý, QUÝ I, tỷ đồng")
    'đại úy thúy, quý i, tỉ đồng'
    """
    lower = plain.lower()
    if len(lower) != len(plain):  # "İ" lowers to two code points
        lower = "".join(c if len(low := c.lower()) != 1 else low for c in plain)
    marked = _ODD_MARK.sub(lambda m: _MARKS[ord(m[0])], lower)
    folded = _TONE.sub(lambda m: _TONES[m[0]], marked)
    return _FINAL_Y.sub(lambda m: _Y_TO_I[m[0]], folded)
