"""Where a text may hold an abbreviation: runs of capitals, as printed, and the key that joins their spellings.

    >>> [site.surface for site in find_sites("công tác QP-AN, QPAN tại TX Kỳ Anh (PC67)")]
    ['QP-AN', 'QPAN', 'TX']
    >>> key_of("GD&ĐT"), key_of("GD - ĐT"), key_of("T.Ư")
    ('GDĐT', 'GDĐT', 'T.Ư')

Plates, codes of units (`PC67`, `29C-123.45`) and initials of persons (`N.V.T`) are no sites.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.normalize import strip_marks
from helpers.patterns import late

# Bounded all over, and nothing has to follow what is optional: a match never goes back.
_SITE = late(
    regex.compile,
    r"(?<![\p{L}\p{N}@#])\p{Lu}(?:\p{Ll}{0,2}\p{Lu}\p{L}{0,14}(?:(?:[./]| ?[-–&] ?)\p{Lu}\p{L}{0,8}){0,5}|\.\p{Lu}(?![\p{L}.]))",
)
_PART = late(regex.compile, r"\p{L}+")
_INITIAL = late(regex.compile, r"\p{Lu}\.\p{Lu}")
_ROMAN = late(regex.compile, r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# What can be read as one syllable may be a plain word where all is printed in capitals: "ĐẦU TƯ", "CA SĨ".
_SYLLABLE = late(
    regex.compile,
    r"(?:ngh?|[cgknpt]h|qu|gi|tr|[bcdđghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?",
    regex.IGNORECASE,
)
#: the letter Eth looks like Đ and is often typed for it
_ETH = str.maketrans("Ð", "Đ")


@dataclass(slots=True, frozen=True)
class Site:
    """A run of capitals; `start`, `end` count code points of the text it was found in."""

    surface: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """`word` in lower case without accents; đ stays.

    >>> bare("Ủy"), bare("Đường")
    ('uy', 'đuong')
    """
    return strip_marks(word.lower())


@lru_cache(maxsize=4096)
def key_of(surface: str) -> str:
    """What the spellings of one abbreviation share: its letters, in their case; initials keep their dot."""
    surface = surface.translate(_ETH)
    return surface if _INITIAL.fullmatch(surface) else "".join(c for c in surface if c.isalpha())


def is_roman(surface: str) -> bool:
    """Whether capitals read as a number: `XIII`."""
    return _ROMAN.fullmatch(surface) is not None


def find_sites(plain: str) -> Iterator[Site]:
    """Runs of capitals in reading order; joined ones (`UBND-HĐND`) as one site."""
    for match in _SITE.finditer(plain):
        start, end = match.span()
        if not _is_torn(plain, start, end):
            yield Site(match[0], start, end)


def _is_torn(plain: str, start: int, end: int) -> bool:
    """Whether a run is part of something else: a plate, a code, initials, an address."""
    after, next_one = plain[end : end + 1], plain[end + 1 : end + 2]
    if after.isalnum() or after == "@" or (after and after in "-./" and next_one.isdigit()):
        return True
    # "N.V.TS": the letters before the dot are initials
    return (
        start > 1
        and plain[start - 1] == "."
        and plain[start - 2].isupper()
        and not plain[start - 3 : start - 2].isalpha()
    )


def part_site(plain: str, site: Site, known: Collection[str]) -> Iterator[Site]:
    """The abbreviations with a `known` key in a site, the longest first from the left."""
    if key_of(site.surface) in known:
        if not _is_plain_word(plain, site):
            yield site
        return
    if site.start > 1 and plain[site.start - 1] in "/-" and plain[site.start - 2].isdigit():
        return  # the symbol of a document, "76/2014/TT-BTC": known as a whole or not at all
    parts = [p.span() for p in _PART.finditer(plain, site.start, site.end)]
    if "." in site.surface and any((word := plain[a:b]).isupper() and key_of(word) not in known for a, b in parts):
        return  # "TP.HCM", "VOV.VN": one name
    at = 0
    while at < len(parts):
        for last in range(len(parts), at, -1):
            start, end = parts[at][0], parts[last - 1][1]
            piece = Site(plain[start:end], start, end)
            if key_of(piece.surface) in known and not _is_plain_word(plain, piece):
                yield piece
                at = last - 1
                break
        at += 1


def _is_plain_word(plain: str, site: Site) -> bool:
    """Whether capitals stand for a word of a line in capitals: the TƯ in "VỐN ĐẦU TƯ", not the ANTT in "GIỮ VỮNG ANTT"."""
    if not _SYLLABLE.fullmatch(bare(site.surface)):
        return False
    before = plain[max(0, site.start - 12) : site.start].split(" ")
    after = plain[site.end : site.end + 12].split(" ")
    neighbours = (
        before[-2] if len(before) > 1 and not before[-1] else "",
        after[1] if len(after) > 1 and not after[0] else "",
    )
    return any(len(n) > 1 and n.isupper() and _SYLLABLE.match(bare(n)) is not None for n in neighbours)
