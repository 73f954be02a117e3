"""What stands beside a person's name and says that it is one: ranks, honorifics, functions, private roles.

    Đại tá [rank] X - Phó Giám đốc [function] Công an tỉnh; ông [honorific] X; đối tượng [private role] X

A `blocker` is a word after which a name is a street's, a school's or a place's (đường, Trường THCS, xã).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation

from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form

define("ranks", surface=TEXT, service=Column(values=("army", "both")), note=NOTE)
define("honorifics", surface=TEXT, kind=Column(values=("person", "comrade", "academic", "religious")), note=NOTE)
define("functions", surface=TEXT, public=Column(values=("yes", "no", "by_office")),
       membership=Column(values=YES_NO), note=NOTE)  # fmt: skip
define(
    "private_roles",
    surface=TEXT,
    kind=Column(values=("suspect", "victim", "witness", "relation", "citizen")),
    name_only=AMBIGUOUS,
    note=NOTE,
)
define("name_blockers", surface=TEXT, note=NOTE)

RANK, HONORIFIC, FUNCTION, PRIVATE, BLOCKER = "rank", "honorific", "function", "private", "blocker"
_FILES = ((RANK, "ranks"), (HONORIFIC, "honorifics"), (FUNCTION, "functions"), (PRIVATE, "private_roles"),
          (BLOCKER, "name_blockers"))  # fmt: skip


#: no cue is longer; punctuation that may cling to its first or last word
MAX_LENGTH = 44
_NO_LETTER = regex.compile(r"[^\p{L}]+")
_PUNCTUATION_OR_SPACE = " \n()\"'[]:;,.!?…-/*"
_PUNCTUATION = "()\"'[]:;,.!?…-/*"


@dataclass(slots=True)
class Cue:
    """A word or phrase beside a name; `entry` is its row in the lexicon."""

    kind: str
    start: int
    end: int
    entry: dict[str, str]


class Cues:
    """The cues of one text. Functions are found beforehand, the others looked up where a name stands."""

    def __init__(self, search: str, lexicon: Lexicon):
        self._search = search
        self._words = _cue_words(lexicon)
        self._ending: dict[int, list[Cue]] = {}
        self._starting: dict[int, list[Cue]] = {}
        self.functions = _outermost(self._find_functions())
        self._function_starts = [c.start for c in self.functions]
        #: the words cues start with
        self.first_words = self._words.first

    def ending(self, end: int) -> list[Cue]:
        """All cues that end at `end`."""
        found = self._ending.get(end)
        if found is None:
            found = self._ending[end] = self._look_back(end)
        return found

    def longest_ending(self, end: int, *kinds: str) -> Cue | None:
        """The longest cue of these kinds that ends at `end`."""
        return longest(self.ending(end), kinds)

    def longest_starting(self, start: int, *kinds: str) -> Cue | None:
        """The longest cue of these kinds that starts at `start`."""
        found = self._starting.get(start)
        if found is None:
            found = self._starting[start] = self._look_ahead(start)
        return longest(found, kinds) if found else None

    def functions_before(self, end: int, *, within: int) -> list[Cue]:
        """Functions that start in the `within` code points before `end`, the nearest first."""
        high = bisect_left(self._function_starts, end)
        low = bisect_left(self._function_starts, end - within)
        return self.functions[max(low, high - 4) : high][::-1]

    def _look_back(self, end: int) -> list[Cue]:
        search, words = self._search, self._words
        low = max(0, end - MAX_LENGTH)
        space = max(search.rfind(" ", low, end), search.rfind("\n", low, end), low - 1)
        last = search[space + 1 : end].lstrip(_PUNCTUATION)
        found: list[Cue] = []
        if last not in words.endings and last.rpartition(".")[2] not in words.endings:
            return found
        surface = ""
        for part in reversed(search[low:end].split()):
            surface = f"{part} {surface}" if surface else part
            plain = surface.lstrip(_PUNCTUATION)
            if plain not in words.endings:
                plain = plain.rpartition(".")[2]  # "thị trấn.Đồng chí X": a space is missing
                if plain not in words.endings:
                    break
            if plain in words.meanings and search.endswith(plain, low, end):
                start = end - len(plain)
                found += [Cue(kind, start, end, row) for kind, row in words.meanings[plain]]
            if plain != surface:
                break
        return found

    def _look_ahead(self, start: int) -> list[Cue]:
        search, words = self._search, self._words
        high = start + MAX_LENGTH
        space = search.find(" ", start, high)
        found: list[Cue] = []
        if search[start : space if space > 0 else high].rstrip(_PUNCTUATION) not in words.beginnings:
            return found
        surface = ""
        for part in search[start:high].split():
            surface = f"{surface} {part}" if surface else part
            plain = surface if surface in words.beginnings else surface.rstrip(_PUNCTUATION)
            if plain not in words.beginnings:
                break
            if plain in words.meanings and search.startswith(plain, start):
                found += [Cue(kind, start, start + len(plain), row) for kind, row in words.meanings[plain]]
            if plain != surface:
                break
        return found

    def _find_functions(self) -> list[Cue]:
        search, length = self._search, len(self._search)
        return [
            Cue(FUNCTION, start, end, self._words.functions[which])
            for which, start, end in self._words.automaton.find_matches_as_indexes(search, overlapping=True)
            if not (start and search[start - 1].isalnum()) and not (end < length and search[end].isalnum())
        ]

    def touches(self, start: int) -> bool:
        """Whether the word before `start` may end a cue other than a blocker."""
        search = self._search
        low = max(0, start - 16)
        space = search.rfind(" ", low, max(0, start - 1))
        last = search[max(low, space + 1) : start].strip(_PUNCTUATION_OR_SPACE)
        if last in self._words.before_names:
            return True
        # "\nÔng X", "thị trấn.Đồng chí X", "TS. X"
        return not last.isalpha() and not self._words.before_names.isdisjoint(_NO_LETTER.split(last))


@dataclass(slots=True, frozen=True)
class _CueWords:
    """All cues by surface, and the word sequences they begin and end with."""

    meanings: dict[str, list[tuple[str, dict[str, str]]]]
    beginnings: frozenset[str]
    endings: frozenset[str]
    first: frozenset[str]
    before_names: frozenset[str]
    automaton: AhoCorasick
    functions: list[dict[str, str]]


@lru_cache(maxsize=4)
def _cue_words(lexicon: Lexicon) -> _CueWords:
    meanings: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for kind, name in _FILES:
        for row in lexicon.entries(name):
            meanings.setdefault(search_form(row["surface"]), []).append((kind, row))
    parts = [surface.split() for surface in meanings]
    beginnings = frozenset(" ".join(p[:n]) for p in parts for n in range(1, len(p) + 1))
    endings = frozenset(" ".join(p[n:]) for p in parts for n in range(len(p)))
    first = frozenset(p[0] for p in parts)
    before_names = frozenset(
        surface.rpartition(" ")[2] for surface, uses in meanings.items() if any(kind != BLOCKER for kind, _ in uses)
    )
    rows = list(lexicon.entries("functions"))
    automaton = AhoCorasick([search_form(r["surface"]) for r in rows], implementation=Implementation.DFA)
    return _CueWords(meanings, beginnings, endings, first, before_names, automaton, rows)


def longest(cues: list[Cue], kinds: tuple[str, ...]) -> Cue | None:
    """The longest of `cues` that is of one of `kinds`."""
    found = None
    for cue in cues:
        if cue.kind in kinds and (found is None or cue.end - cue.start > found.end - found.start):
            found = cue
    return found


def _outermost(functions: list[Cue]) -> list[Cue]:
    """Functions that lie within no longer one: `Chủ tịch` in `Phó Chủ tịch` is none."""
    kept: list[Cue] = []
    for cue in sorted(functions, key=lambda c: (c.start, -c.end)):
        if not kept or cue.end > kept[-1].end:
            kept.append(cue)
    return kept
