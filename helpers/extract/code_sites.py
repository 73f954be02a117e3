"""Where a code may stand: the runs of digits of a text, sorted once by their neighbours, for the rules of codes.py.

Most numbers of an article are figures and dates; one look at the characters and the word beside them tells which rule has
anything to say, so that no pattern is tried at every letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from helpers.extract.code_words import CodeWords, Head
from helpers.patterns import late

_RUN = late(regex.compile, r"\d+")
#: a word with a capital that ends where the digits begin: "Win32"
_WORD_TO = late(regex.compile, r"(?:^|[\s(])\p{Lu}\p{Ll}{1,6}$")
#: longer runs than this may be phones, identity numbers and the like
_SHORT = 8
#: how far back the word before a number is looked for
_REACH = 26
#: digits beyond which no figure is read, however they are grouped
_MOST_DIGITS = 15

Span = tuple[int, int]


class Sites(NamedTuple):
    """Runs of digits, each by what stands beside it; the head or the start of the word before belongs to some."""

    headed: list[tuple[int, int, Head]]
    named: list[tuple[int, int, int]]
    lettered: list[Span]
    slashed: list[Span]
    dashed: list[Span]
    listed: list[Span]
    typed: list[Span]
    long: list[Span]
    quoted: list[Span]


def find_sites(plain: str, search: str, words: CodeWords, claimed: Sequence[Span] = ()) -> Sites:
    """The runs of digits of a text, in the lists of the rules that look at them; `claimed` spans, sorted, are left out."""
    sites = Sites([], [], [], [], [], [], [], [], [])
    no_names, lettered, slashed, dashed, long = words.no_names, sites.lettered, sites.slashed, sites.dashed, sites.long
    group, n_digits = 0, 0  # start and length of numbers such as 1.000.000
    free = i = 0
    n_claimed = len(claimed)
    for run in _RUN.finditer(plain):
        start, end = run.span()
        while i < n_claimed and claimed[i][0] <= start:
            free, i = claimed[i][1], i + 1
        if end <= free:
            continue
        left, right = plain[start - 1] if start else "\n", plain[end : end + 1]
        if left in ".," and plain[start - 2 : start - 1].isdigit():
            n_digits += end - start
            if right not in ".," and (n_digits > _MOST_DIGITS or plain.count(".", group, end) == 3):
                long.append((group, end))
            continue
        group, n_digits = start, end - start
        if n_digits > 2 and (n_digits > _SHORT or plain[start] == "0"):
            long.append((start, end))
        if right in ".," and plain[end + 1 : end + 2].isdigit() and not left.isupper():
            continue
        if right == "/" and left != "/":
            slashed.append((start, end))
        elif right == "-":
            dashed.append((start, end))
        if left == " ":
            if right.isupper():
                lettered.append((start, end))
            begin = search.rfind(" ", start - _REACH if start > _REACH else 0, start - 1) + 1 or max(0, start - _REACH)
            word = search[begin : start - 1]
            if word not in no_names or plain[begin].isupper():
                _sort_spaced(plain, search, words, sites, start, end, begin, word)
        elif left.isalpha():
            _sort_glued(plain, search, words, sites, start, end)
        elif left in "/-–.:+,":
            if not plain[start - 2 : start - 1].isdigit():
                _sort_joined(plain, search, words, sites, start, end)
        else:
            _sort_marked(plain, sites, start, end, left)
    return sites


def _sort_spaced(
    plain: str, search: str, words: CodeWords, sites: Sites, start: int, end: int, begin: int, word: str
) -> None:
    """A number behind a space: the word before says most (`thôn 5`, `Vũng Áng 2`, `chữa cháy 1. Huy động`)."""
    if "\n" in word:
        begin += word.rindex("\n") + 1
        word = search[begin : start - 1]
    if word in words.heads and (head := words.head_before(search, word, start - 1)):
        sites.headed.append((start, end, head))
        # "KCN Biên Hòa 2" ends in no head: one word of a longer name
        if plain[begin].isupper() and (head.number == "closed" or _follows_capital(plain, begin)):
            sites.named.append((start, end, begin))
    elif not word.isalpha():
        _sort_behind_mark(plain, search, words, sites, start, end, begin, word)
        return
    elif not plain[begin : start - 1].islower() and (word not in words.no_names or _follows_capital(plain, begin)):
        sites.named.append((start, end, begin))
    if end - start > 2:
        return
    if search[end + 1 : end + 3] in words.kind_starts:
        sites.typed.append((start, end))
    elif plain[end : end + 1] in ".)" and plain[end + 2 : end + 3].isupper():
        sites.listed.append((start, end))


def _follows_capital(plain: str, begin: int) -> bool:
    """Whether the word before the one at `begin` has a capital: it and its neighbour are one name."""
    before = plain[max(0, begin - 9) : begin].split()
    return bool(before) and before[-1][0].isupper() and before[-1][-1].isalpha()


def _sort_behind_mark(
    plain: str, search: str, words: CodeWords, sites: Sites, start: int, end: int, begin: int, word: str
) -> None:
    """A number behind a word with marks: `(thôn 5`, `Mã số: 38`, `… phòng cháy. 2. Cấm …`, `bản R'Chai 2`."""
    last = word[-1:]
    if last in ".:;!?\"'/" or not word:
        if end - start <= 2 and plain[end : end + 1] in ".)/,":
            sites.listed.append((start, end))
        if last != ":":
            return
    bare = word.lstrip("(\"'[*,;").rstrip(":")
    stop = begin + word.find(bare) + len(bare)
    if bare in words.heads and (head := words.head_before(search, bare, stop)):
        sites.headed.append((start, end, head))
    elif last.isalpha() and plain[stop - len(bare)].isupper():
        sites.named.append((start, end, stop - len(bare)))
    elif last.isalpha() and search[end + 1 : end + 3] in words.kind_starts:
        sites.typed.append((start, end))


def _sort_glued(plain: str, search: str, words: CodeWords, sites: Sites, start: int, end: int) -> None:
    """A number that touches the letter before: `PC67`, `km73`."""
    if (
        plain[start - 1].isupper()
        or plain[end : end + 1].isupper()
        or _WORD_TO.search(plain[max(0, start - 8) : start])
    ):
        sites.lettered.append((start, end))
    _sort_head(search, words, sites, start, end, start)


def _sort_joined(plain: str, search: str, words: CodeWords, sites: Sites, start: int, end: int) -> None:
    """A number behind a mark that touches a letter: `Covid-19`, `Su-27`, `Q.7`, `+84`."""
    before = plain[start - 2 : start - 1]
    if plain[start - 1] == "+" and plain.startswith("84", start):
        sites.long.append((start - 1, end))
    elif plain[start - 1] in "-–./:" and before.isalpha():
        if plain[start - 1] in "-–/":
            sites.lettered.append((start, end))
        _sort_head(search, words, sites, start, end, start if plain[start - 1] == "." else start - 1)


def _sort_head(search: str, words: CodeWords, sites: Sites, start: int, end: int, stop: int) -> None:
    """A number that touches the word before it, which may be a head: `km73`, `Q.7`, `lớp:12`."""
    tokens = search[max(0, stop - 12) : stop].split()
    word = tokens[-1].lstrip("(\"'[,;.").rsplit("-", 1)[-1] if tokens else ""
    if word in words.heads and (head := words.head_before(search, word, stop)):
        sites.headed.append((start, end, head))


def _sort_marked(plain: str, sites: Sites, start: int, end: int, left: str) -> None:
    """A number at the start of a line or behind a bracket or quotation mark: `1. `, `(2)`, `"4 tại chỗ"`."""
    right = plain[end : end + 1]
    if end - start <= 2 and left in "\n(" and right in ".)/,":
        sites.listed.append((start, end))
    elif left in "\"“‘'”":
        sites.quoted.append((start, end))
    if right.isupper():
        sites.lettered.append((start, end))
