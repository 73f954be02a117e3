"""A place name found in a text, and how a name is matched with the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.gazetteer import Gazetteer, Place, is_key, search_key
from helpers.extract.names import CAPITALS
from helpers.extract.span import Reading
from helpers.patterns import late

_TOKEN = r"(?:\p{Lu}\.(?=\p{Lu}\p{Ll}))?\p{Lu}[\p{L}\p{M}]*(?:['’]\p{L}+)*(?:-\p{Lu}\p{L}*)*(?:(?<=\p{Lu})\d{1,3}(?![\p{L}\d]))?"
#: capitalised words, with a number at the end: Sơn Kim 1, Gò Nổi A; "nông trường" heads the names of some
#: towns
NAME = regex.compile(
    rf"(?:Nông trường|{_TOKEN})(?:\ (?:{_TOKEN}"
    r"|\d{1,2}(?:\p{L}(?!\p{L}))?(?![\p{L}\d/%]|[.,]\d))){0,6}"
)
# most names are plain words: `re` is thrice as fast on them
_PLAIN_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{0,6}}")
_MARKS_IN_NAMES = frozenset(".'’-")
NUMBER = regex.compile(r"(?:số )?\d{1,4}(?:\p{L}(?!\p{L}))?(?![\d/%]|[.,]\d)(?!\p{L})", regex.I)
_DASHED = late(regex.compile, r"\s?[-–]\s?(?=\p{Lu})")
MAX_NAME_TOKENS = 7
#: letters of a text whose longest name is kept
MAX_CACHED = 80


@dataclass(slots=True, eq=False)
class Hit:
    """A place named in the text.

    `found` holds the units of that name at a fitting level; `above` is the hit that follows as
    its parent (`xã Kỳ Hoa,
    thị xã Kỳ Anh`) and `below` the hits it is the parent of (`named`
    then keeps all units of the name); `first` is the head of the list it stands in; `bare` says
    that it has no type word, so that the article decides whether it is a place at all; `support`
    is the role of the
    words before it. On resolution `possible` takes what existed then, `places` what is meant.
    """

    start: int
    name_start: int
    end: int
    key: str
    type: str | None
    level: str
    found: Sequence[Place]
    rule: str
    inferred: tuple[str, ...] = ()
    bare: bool = False
    support: str | None = None
    first: Hit | None = None
    above: Hit | None = None
    below: tuple[Hit, ...] = ()
    named: Sequence[Place] = ()
    possible: Sequence[Place] = ()
    places: Sequence[Place] = ()


def name_end(plain: str, at: int) -> int:
    """Where the NAME at `at` ends; 0 if there is none."""
    if run := _PLAIN_NAME.match(plain, at):
        end = run.end()
        mark = plain[end : end + 1]
        goes_on = mark in _MARKS_IN_NAMES or (mark != " " and not mark.isascii()) or mark.isdigit()
        if mark == " ":
            following = plain[end + 1 : end + 2]
            goes_on = following.isupper() or following.isdigit() or plain.startswith("Nông trường", at)
        if not goes_on:
            return end
    name = NAME.match(plain, at)
    return name.end() if name else 0


def longest_name(
    reading: Reading, gazetteer: Gazetteer, at: int, limit: int, levels: tuple[str, ...]
) -> tuple[int, str, list[Place]]:
    """End, key and units of the longest name of the gazetteer that starts at `at` and stands at
    one of `levels`."""
    folded = reading.folded
    if "-" in folded.search[limit : limit + 2] and (dashed := _DASHED.match(folded.plain, limit)):
        # "Bà Rịa - Vũng Tàu", "Thừa Thiên - Huế" are one name.
        more = NAME.match(folded.plain, dashed.end())
        end, key, found = name_in(gazetteer, at, folded.search[at : more.end() if more else limit], levels)
        if end > limit and key in gazetteer.dashed:
            return end, key, found
    return name_in(gazetteer, at, folded.search[at:limit], levels)


def name_in(gazetteer: Gazetteer, at: int, text: str, levels: tuple[str, ...]) -> tuple[int, str, list[Place]]:
    """`longest_name` among the beginnings of `text`, which stands at `at`."""
    n, key, found = (_longest if len(text) < MAX_CACHED else _longest.__wrapped__)(gazetteer, text, levels)
    return at + n, key, found


@lru_cache(maxsize=1 << 14)
def _longest(gazetteer: Gazetteer, text: str, levels: tuple[str, ...]) -> tuple[int, str, list[Place]]:
    # The same names come again and again, within an article and from one to the next.
    end = len(text)
    words = text.split(" ")
    key_of = str if is_key(text) else search_key
    for n in range(len(words), 0, -1):
        if n <= MAX_NAME_TOKENS:
            named = gazetteer.by_name.get(key := key_of(text[:end]), ())
            if found := [p for p in named if p.level in levels]:
                return end, key, found
        end -= len(words[n - 1]) + 1
    return 0, "", []
