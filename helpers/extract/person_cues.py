"""What stands beside a person's name and says that it is one: ranks, honorifics, functions, private roles.

    Đại tá [rank] X - Phó Giám đốc [function] Công an tỉnh; ông [honorific] X; đối tượng [private role] X

All cues of a text are found in one pass; a name then asks for what ends before it and what starts after it. A
`blocker` is a word after which a name is a street's, a school's or a place's (đường, Trường THCS, xã); a guard is a
word that only ends like a blocker or an honorific (môi trường, trẻ em).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import regex

from helpers.extract.span import Reading
from helpers.extract.word_search import WordList
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

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
define("cue_guards", surface=TEXT, note=NOTE)

RANK, HONORIFIC, FUNCTION, PRIVATE = "rank", "honorific", "function", "private"
_FILES = ((RANK, "ranks"), (HONORIFIC, "honorifics"), (FUNCTION, "functions"), (PRIVATE, "private_roles"))
#: how a year of birth, and an age, starts after a name: "Lộc (SN 1983)", "Lộc (35 tuổi)"
_BIRTHS = (" (sn", " (s.n", ", sn ", ", sinh ", " (sinh ", " sinh năm ", " sinh ngày ")
_YEARS = " tuổi"
_BIRTH, _AGED = -1, -2
_BEFORE_YEARS = late(regex.compile, r" ?[,(] ?(?:khoảng |gần |hơn )?\d{1,3}$")
#: what may stand before a cue of one word ("\nÔng X", "thị trấn.Đồng chí X"): "ông" alone is met in every "không"
_LEADS = (" ", "\n", "(", '"', "'", "-", "/", ".", ",", ":", "[", "*")
_TRAILS = " ,:;)"
_OPENING = "([\"'-/,.:;"


@dataclass(slots=True)
class Cue:
    """A word or phrase beside a name; `entry` is its row in the lexicon."""

    kind: str
    start: int
    end: int
    entry: dict[str, str]


class Cues:
    """The cues of one text."""

    __slots__ = ("_entries", "_function_starts", "_guards", "_search", "ages", "ends", "functions", "sites", "starts")

    def __init__(self, reading: Reading, lexicon: Lexicon):
        words = _cue_words(lexicon)
        self._search, self._entries, self._guards = reading.search, words.entries, words.before
        #: where a cue ends -> (start, number of its entry), where it starts -> (end, number): the longest of each
        self.ends: dict[int, tuple[int, int]] = {}
        self.starts: dict[int, tuple[int, int]] = {}
        #: the capitalised words right after cues, and the ends of what an age follows: a name may be there
        self.sites: list[int] = []
        self.ages: list[int] = []
        self.functions = self._outermost(self._scan(reading, words))
        self._function_starts = [c.start for c in self.functions]

    def _scan(self, reading: Reading, words: _CueWords) -> list[tuple[int, int, int]]:
        """Fills the maps; gives the functions as (start, -end, number)."""
        patterns, is_function = words.patterns, words.is_function
        ends, starts, sites = self.ends, self.starts, self.sites
        functions: list[tuple[int, int, int]] = []
        search, plain = f"{self._search}\n\n", f"{reading.plain}\n\n"
        for number, start, end in reading.find_words(words.surfaces):
            which, is_phrase = patterns[number]
            if is_phrase:
                if which < 0:
                    self._add_age(which, start)
                    continue
                # a phrase is looked for without its neighbours
                if search[end].isalnum() or search[start - 1].isalnum():
                    continue
            else:
                start += 1
                end -= 1
            # matches come in the order of their ends, of those that share one the longest first
            if end not in ends:
                ends[end] = start, which
            starts[start] = end, which
            if which in is_function:
                functions.append((start, -end, which))
            if plain[end + 1].isupper():
                sites.append(end + 1)
            elif plain[end + 1] == " " and plain[end + 2].isupper():
                sites.append(end + 2)
        return functions

    def _add_age(self, which: int, start: int) -> None:
        if which == _AGED:
            before = _BEFORE_YEARS.search(self._search, max(0, start - 14), start)
            if before is None:
                return
            start = before.start()
        self.ages.append(start)

    def _outermost(self, functions: list[tuple[int, int, int]]) -> list[Cue]:
        """Functions that lie within no longer one: `Chủ tịch` in `Phó Chủ tịch` is none."""
        kept: list[Cue] = []
        reach = -1
        for start, minus_end, which in sorted(functions):
            if -minus_end > reach:
                reach = -minus_end
                kept.append(Cue(FUNCTION, start, reach, self._entries[which][1]))
        return kept

    def ending(self, end: int) -> Cue | None:
        """The longest cue that ends at `end`."""
        found = self.ends.get(end)
        if found is None:
            return None
        kind, row = self._entries[found[1]]
        return Cue(kind, found[0], end, row)

    def starting(self, start: int) -> Cue | None:
        """The longest cue that starts at `start`."""
        found = self.starts.get(start)
        if found is None:
            return None
        kind, row = self._entries[found[1]]
        return Cue(kind, start, found[0], row)

    def longest_starting(self, start: int, *kinds: str) -> Cue | None:
        """The longest cue that starts at `start`, if it is of one of these kinds."""
        found = self.starts.get(start)
        if found is None:
            return None
        kind, row = self._entries[found[1]]
        return Cue(kind, start, found[0], row) if kind in kinds else None

    def functions_before(self, end: int, *, within: int) -> list[Cue]:
        """Functions that start in the `within` code points before `end`, the nearest first."""
        high = bisect_left(self._function_starts, end)
        low = bisect_left(self._function_starts, end - within)
        return self.functions[max(low, high - 4) : high][::-1]

    def has_function_before(self, end: int, *, within: int) -> bool:
        """Whether a function starts in the `within` code points before `end`."""
        at = bisect_left(self._function_starts, end)
        return at > 0 and self._function_starts[at - 1] >= end - within

    def may_be_guarded(self, cue: Cue) -> bool:
        """Whether the last word of a cue ends a blocker or guard, too."""
        return self._search[cue.start : cue.end].rpartition(" ")[2] in self._guards

    def guard_before(self, end: int) -> tuple[bool, int] | None:
        """The longest blocker or guard that ends at `end`: whether it blocks a name, and where it starts.

        "đường " in "trên đường X" blocks; in "chặng đường X" it does not.
        """
        search = self._search
        at = end
        while at and search[at - 1] in ' "':
            at -= 1
        low = max(0, at - 16)
        last = search[max(search.rfind(" ", low, at), search.rfind("\n", low, at), low - 1) + 1 : at].lstrip(_OPENING)
        for surface, blocks in self._guards.get(last, ()):
            start = at - len(surface)
            if search.startswith(surface, max(0, start)) and not (start > 0 and search[start - 1].isalnum()):
                return blocks, start
        return None

    def is_blocked(self, end: int) -> bool:
        """Whether a blocker ends at `end`."""
        found = self.guard_before(end)
        return found is not None and found[0]


@lru_cache(maxsize=4)
def titles(lexicon: Lexicon) -> frozenset[str]:
    """Functions and private roles, folded: what may stand before a name in `theo bác sĩ X`."""
    return frozenset(map(search_form, (*lexicon.surfaces("functions"), *lexicon.surfaces("private_roles"))))


@dataclass(slots=True, frozen=True)
class _CueWords:
    """All cues by number; blockers and guards by their last word, the longest first."""

    entries: list[tuple[str, dict[str, str]]]
    is_function: frozenset[int]
    #: number of a pattern -> number of its entry, and whether it is a phrase, looked for without its neighbours
    patterns: list[tuple[int, bool]]
    surfaces: WordList
    before: dict[str, list[tuple[str, bool]]]


def cue_list(lexicon: Lexicon) -> WordList:
    """The cues of a lexicon."""
    return _cue_words(lexicon).surfaces


@lru_cache(maxsize=4)
def _cue_words(lexicon: Lexicon) -> _CueWords:
    entries = [(kind, row) for kind, name in _FILES for row in lexicon.entries(name)]
    surfaces: list[str] = []
    patterns: list[tuple[int, bool]] = []
    for which, (kind, row) in enumerate(entries):
        surface = search_form(row["surface"])
        if " " in surface:
            surfaces.append(surface)
            patterns.append((which, True))
            continue
        # "X, TUV, Phó Chủ tịch"; an honorific goes on with a name
        trails = _TRAILS if kind in (FUNCTION, PRIVATE) else " "
        for lead, trail in product(_LEADS, trails):
            surfaces.append(f"{lead}{surface}{trail}")
            patterns.append((which, False))
    for surface in (*_BIRTHS, _YEARS):
        surfaces.append(surface)
        patterns.append((_AGED if surface == _YEARS else _BIRTH, True))
    before: dict[str, list[tuple[str, bool]]] = {}
    for name, blocks in (("name_blockers", True), ("cue_guards", False)):
        for surface in map(search_form, lexicon.surfaces(name)):
            before.setdefault(surface.rpartition(" ")[2], []).append((surface, blocks))
    for guards in before.values():
        guards.sort(key=lambda guard: -len(guard[0]))
    return _CueWords(
        entries,
        frozenset(i for i, (kind, _) in enumerate(entries) if kind == FUNCTION),
        patterns,
        WordList(surfaces),
        before,
    )
