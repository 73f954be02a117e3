"""The words around a number that tell a name from a figure: `thôn 5`, `tổ 3 người`, `con số 5`.

    >>> words = CodeWords.of(Lexicon.load("vi"))
    >>> text = "tổ 3 người ở tổ 3 phường Bến Mới"
    >>> [words.is_counted(text, text, at) for at in (4, 17)]
    [True, False]

A head (numbered_heads.csv) says what the numbers behind it are:

- `sure`: names, even before a word that is counted (`quốc lộ 8`)
- `usual`: names, unless a word that is counted follows (`tổ 3`, but `tổ 3 người`)
- `closed`: names only where what follows can't be counted (`kỳ 2:`, `cấp 3 của`; not `cấp 3 bằng khen`)
- `document`: as `closed`, and a year may follow (`quyết định 26/2017`)
- `score`, `phone`, `account`, `slogan`: the shape of the number decides
- `none`: no names, whatever a part of it may say (`con số 5`)
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

NUMBERS = ("sure", "usual", "closed", "document", "score", "phone", "account", "slogan", "none")
define("numbered_heads", surface=TEXT, number=Column(values=NUMBERS), note=NOTE)
define("figure_words", surface=TEXT, kind=Column(values=("scale", "unit", "time", "place", "noun", "free")), note=NOTE)
define("code_followers", surface=TEXT, note=NOTE)
define("numbered_kinds", surface=TEXT, follower=TEXT, note=NOTE)

_TRIMS = ".,;:)!?\"'”…"
_SHUT = frozenset(",;:)\"'”’…-–—]\n!?")


class Head(NamedTuple):
    """Words that stand before a number, and what the number is then."""

    surface: str
    number: str


class CodeWords(NamedTuple):
    """The lexicons of codes by the word that is looked up."""

    heads: dict[str, list[Head]]
    no_names: frozenset[str]
    figure_words: dict[str, str]
    followers: frozenset[str]
    kinds: dict[str, list[str]]
    kind_starts: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> CodeWords:
        """The words of `lexicon`, in the form in which texts are searched."""
        heads: dict[str, list[Head]] = {}
        for row in lexicon.entries("numbered_heads"):
            surface = search_form(row["surface"])
            heads.setdefault(surface.split()[-1], []).append(Head(surface, row["number"]))
        for entries in heads.values():
            entries.sort(key=lambda head: -len(head.surface))
        # most numbers stand behind such words: "năm 2023", "có 3"
        no_names = frozenset(
            w for w, entries in heads.items() if all(h.surface == w and h.number == "none" for h in entries)
        )
        kinds: dict[str, list[str]] = {}
        for row in lexicon.entries("numbered_kinds"):
            kinds.setdefault(search_form(row["follower"]), []).append(search_form(row["surface"]))
        return CodeWords(
            {word: entries for word, entries in heads.items() if word not in no_names},
            no_names,
            {search_form(row["surface"]): row["kind"] for row in lexicon.entries("figure_words")},
            frozenset(search_form(word) for word in lexicon.surfaces("code_followers")),
            kinds,
            frozenset(follower[:2] for follower in kinds),
        )

    def head_before(self, search: str, word: str, stop: int) -> Head | None:
        """The longest head that ends at `stop` with `word`: "con số" before "số"."""
        for head in self.heads.get(word, ()):
            start = stop - len(head.surface)
            if head.surface == word or (
                search.startswith(head.surface, max(0, start))
                and start >= 0
                and not search[start - 1 : start].isalpha()
            ):
                return head
        return None

    def is_counted(self, plain: str, search: str, end: int) -> bool:
        """Whether the number that ends at `end` counts what follows: `3 người`, `2 tỷ`, `5%`; not `5 xã Bến Mới`."""
        rest = search[end : end + 28]
        if not rest or rest[0] not in " %":
            return False
        words = rest.split()
        if not words or words[0][0] == "%":
            return bool(words)
        word = words[0].rstrip(_TRIMS).partition("/")[0]  # "15 ngày/lần"
        kind = self.figure_words.get(word)
        if len(word) < len(words[0]):
            return kind is not None
        if len(words) > 1 and (longer := self.figure_words.get(f"{word} {words[1].rstrip(_TRIMS)}")):
            word, kind = f"{word} {words[1].rstrip(_TRIMS)}", longer
        if kind is None or kind == "free" or _is_titled(plain, end + 1):
            return False
        after = end + len(word) + 2
        if kind in ("time", "place") and search[after : after + 1].isdigit():  # "thôn 5 tổ 3", but "8 năm 3 tháng"
            return kind == "time" and not search[after : after + 4][: 4 if word == "năm" else 1].isdigit()
        return kind != "place" or not plain[after : after + 1].isupper() or plain[end + 1].isupper()

    def is_closed(self, plain: str, search: str, end: int) -> bool:
        """Whether nothing that could be counted follows `end`: a mark, a name, `của`."""
        right = plain[end : end + 2]
        if not right or right[0] in _SHUT or right in (". ", ".", ".\n", "./", "..", "/ "):
            return not right[1:].isdigit() or right[0] in "-–"
        if right[0] != " ":
            return False
        if not right[1:].isalpha():
            return not right[1:].isdigit()
        word = _WORD.match(search, end + 1)
        shown = plain[word.start() : word.end()] if word else ""
        if shown[:1].isupper() and not (len(shown) > 1 and shown.isupper()):
            return True
        if word is None:
            return False
        if word[0] in self.followers or (shown.isupper() and word[0] not in self.figure_words):
            return True
        # "128 đường Bến Xuân": the next place of an address
        return self.figure_words.get(word[0]) == "place" and plain[word.end() + 1 : word.end() + 2].isupper()

    def is_name(self, plain: str, search: str, end: int, number: str) -> bool:
        """Whether a number behind a head of this kind names its thing, seen from what follows."""
        if not search[end - 1].isdigit():  # "lớp 4a", "vàng 24k"
            return True
        if m := _RANGE.match(search, end):  # "cấp 8 - 9", but "trong vòng 2 - 3 năm"
            end = m.end()
        elif search[end : end + 1] == "-" and search[end + 1 : end + 2].isdigit():
            return number == "sure"
        if number in ("closed", "document"):
            return self.is_closed(plain, search, end) and not self.is_counted(plain, search, end)
        return number == "sure" or not self.is_counted(plain, search, end)


def _is_titled(plain: str, at: int) -> bool:
    """Whether a word with a capital stands at `at`, not one in capitals as in a headline."""
    return plain[at : at + 1].isupper() and not plain[at + 1 : at + 2].isupper()


_RANGE = regex.compile(r"(?:\s?-\s?|\sđến\s)\d{1,5}(?!\d|[.,]\d|/|-\d)")
_WORD = late(regex.compile, r"\p{L}{1,12}")
