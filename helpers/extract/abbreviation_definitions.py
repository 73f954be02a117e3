"""Abbreviations that a text explains itself: the words before a bracket, or in it, whose initials they are.

    >>> [(d.key, d.expansion) for d in find_definitions("công tác quốc phòng - an ninh (QP-AN)", Words())]
    [('QPAN', 'quốc phòng - an ninh')]
    >>> [(d.key, d.expansion) for d in find_definitions("cấp CCCD (căn cước công dân)", Words())]
    [('CCCD', 'căn cước công dân')]

Each capital must begin a word, from the last to the first; only words such as `và`, `của` (abbreviation_words.csv) may stand
between. Names of persons are never learned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.abbreviation_sites import Site, bare, find_sites, is_roman, key_of
from helpers.extract.names import name_words
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("abbreviation_words", surface=TEXT, role=Column(values=("link", "cue")), note=NOTE)

#: how far before a bracket the words may begin
LOOK_BACK, MAX_WORDS = 120, 16
MAX_LETTERS = 12

_BRACKET = late(regex.compile, r"\(([^()\n]{2,120})\)")
_WORD = late(regex.compile, r"[\p{L}\p{N}]+")
#: what may stand between two words of an expansion, and between the last of them and the bracket
_GAP = late(regex.compile, r"[ ,\-–&\"“”/]*")
_LETTER = late(regex.compile, r"\p{Lu}\p{Ll}*")


@dataclass(slots=True, frozen=True)
class Definition:
    """An abbreviation with its expansion as printed, and where that stands."""

    key: str
    surface: str
    expansion: str
    start: int
    end: int


@dataclass(slots=True, frozen=True)
class Words:
    """Words of the lexicon that decide what is an expansion."""

    links: frozenset[str] = frozenset()
    cues: tuple[str, ...] = ()
    family_names: frozenset[str] = frozenset()


@lru_cache(maxsize=4)
def definition_words(lexicon: Lexicon) -> Words:
    """Links and family names without accents; cues in search form."""
    rows = lexicon.entries("abbreviation_words")
    links = frozenset(bare(r["surface"]) for r in rows if r["role"] == "link")
    cues = tuple(search_form(r["surface"]) for r in rows if r["role"] == "cue")
    return Words(links, cues, frozenset(map(bare, name_words(lexicon).families)))


def expansion_form(expansion: str, links: Collection[str] = ()) -> str:
    """What the spellings of one expansion share: its words without links.

    >>> expansion_form("Giáo dục và Đào tạo", {"va"}), expansion_form("Giáo dục - đào tạo", {"va"})
    ('giáo dục đào tạo', 'giáo dục đào tạo')
    """
    return " ".join(w for w in _WORD.findall(search_form(expansion)) if bare(w) not in links)


def find_definitions(plain: str, words: Words) -> Iterator[Definition]:
    """Abbreviations explained with brackets in `plain`, in either order, as the text goes."""
    for bracket in _BRACKET.finditer(plain):
        found = _before_bracket(plain, bracket, words) or _in_bracket(plain, bracket, words.links)
        if found and not _is_name(found, words.family_names):
            yield found


def _before_bracket(plain: str, bracket: regex.Match[str], known: Words) -> Definition | None:
    """`quốc phòng - an ninh (QP-AN)`, `(viết tắt là UBND)`, `Ủy ban nhân dân tỉnh (UBND tỉnh)`, `Bộ Công an (Bộ CA)`."""
    site = next(iter(find_sites(bracket[1])), None)
    if site is None or not _may_be_learned(site.surface):
        return None
    end = bracket.start()
    rest = bracket[1][site.end :].strip(" ”\"'")
    if rest and rest[0] not in ",;:–-":
        # the words after the abbreviation stand before the bracket too
        before = plain[max(0, end - LOOK_BACK) : end].rstrip()
        if not search_form(before).endswith(" " + search_form(rest)):
            return None
        end = end - (min(LOOK_BACK, end) - len(before)) - len(rest)
    words = _words_before(plain, end)
    n_taken = _align([bare(w[0]) for w in words], _initials(site.surface), known.links)
    if n_taken is None or not _may_lead(bracket[1][: site.start], words[:-n_taken], known.cues):
        return None
    return _definition(plain, site, words[-n_taken][1], words[-1][2])


def _may_lead(printed: str, before: Sequence[tuple[str, int, int]], cues: tuple[str, ...]) -> bool:
    """Whether an abbreviation may follow these words in its bracket: none, `viết tắt là`, or what is before its expansion."""
    lead = search_form(printed.strip(" “\"'"))
    if not lead or lead.endswith(cues):
        return True
    n_words = len(lead.split())
    return [search_form(w[0]) for w in before[-n_words:]] == lead.split()


def _in_bracket(plain: str, bracket: regex.Match[str], links: Collection[str]) -> Definition | None:
    """`CCCD (căn cước công dân)`, `HĐQT (Hội đồng quản trị, nhiệm kỳ 2020-2025)`."""
    start = max(0, bracket.start() - 40)
    before = plain[start : bracket.start()].rstrip()
    site = next((s for s in find_sites(before) if s.end == len(before)), None)
    if site is None or not _may_be_learned(site.surface):
        return None
    words = _words_after(plain, bracket.start(1), bracket.end(1))
    # a comma may end the expansion, or stand in it ("phòng cháy, chữa cháy")
    ends = [i + 1 for i, w in enumerate(words) if plain[w[2]] in ",;:)"]
    for n_words in ends:
        if _align([bare(w[0]) for w in words[:n_words]], _initials(site.surface), links) == n_words:
            return _definition(plain, site, words[0][1], words[n_words - 1][2])
    return None


def _may_be_learned(surface: str) -> bool:
    letters = key_of(surface)
    return 2 <= len(letters) <= MAX_LETTERS and "." not in letters and not is_roman(letters)


def _initials(surface: str) -> list[str]:
    """How the words must begin: `NQ-ThU` gives n, q, th, u."""
    return [bare(m[0]) for m in _LETTER.finditer(surface)]


def _words_before(plain: str, end: int) -> list[tuple[str, int, int]]:
    """The words before `end` as far as nothing but commas and dashes parts them, in reading order."""
    start = max(0, end - LOOK_BACK)
    start = max(start, *(plain.rfind(mark, start, end) + 1 for mark in "().;:\n"))
    words = [(m[0], *m.span()) for m in _WORD.finditer(plain, start, end)][-MAX_WORDS:]
    if words and words[0][1] == start and start and plain[start - 1].isalnum():
        del words[0]  # cut by the window
    kept, next_start = [], end
    for word in reversed(words):
        if not _GAP.fullmatch(plain, word[2], next_start):
            break
        kept.append(word)
        next_start = word[1]
    return kept[::-1]


def _words_after(plain: str, start: int, end: int) -> list[tuple[str, int, int]]:
    kept: list[tuple[str, int, int]] = []
    at = start
    for m in _WORD.finditer(plain, start, end):
        if len(kept) == MAX_WORDS or not _GAP.fullmatch(plain, at, m.start()):
            break
        kept.append((m[0], *m.span()))
        at = m.end()
    return kept


def _align(words: Sequence[str], initials: Sequence[str], links: Collection[str]) -> int | None:
    """How many of the last words have these initials in this order, links left out; None if they don't.

    >>> _align(["nganh", "giao", "duc", "va", "đao", "tao"], ["g", "d", "đ", "t"], {"va"})
    5
    """
    waiting = {len(initials)}
    for n_taken, word in enumerate(reversed(words), 1):
        still: set[int] = set()
        for left in waiting:
            if _begins(word, initials[left - 1]):
                if left == 1:
                    return n_taken
                still.add(left - 1)
            if word in links and left < len(initials):
                still.add(left)
        if not still:
            return None
        waiting = still
    return None


def _begins(word: str, initial: str) -> bool:
    # "TW" is trung ương: the only sound that has no letter of its own
    return word.startswith(initial) or (initial == "w" and word == "uong")


def _definition(plain: str, site: Site, start: int, end: int) -> Definition:
    expansion = " ".join(plain[start:end].split())
    if expansion.isupper():  # a line in capitals tells nothing of capitals
        expansion = expansion.lower()
    return Definition(key_of(site.surface), site.surface, expansion, start, end)


def _is_name(found: Definition, family_names: Collection[str]) -> bool:
    """Whether an expansion may be a person's name, which nobody is to read in a list: `Trần Văn Mẫu (TVM)`."""
    words = found.expansion.split()
    if not all(w[0].isupper() for w in words):
        return False
    return len(words) < 3 or (len(words) <= 4 and bare(words[0]) in family_names)
