"""What the words around a number say of it: qualifier, direction, base of comparison, mode, running total.

All looks are bounded: at the few words before a number, at the clause behind it, or at cues that were found once in the
whole text. The words stand in qualifiers.csv, directions.csv and figure_cues.csv.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from helpers.corpus.document import Sentence
from helpers.extract.span import Reading
from helpers.extract.word_search import Hit, WordList
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("qualifiers", surface=TEXT, qualifier=Column(values=("approx", "more_than", "less_than", "at_least", "at_most")),
       side=Column(values=("before", "after")), note=NOTE)  # fmt: skip
define("directions", surface=TEXT, direction=Column(values=("increase", "decrease")), note=NOTE)
define("figure_cues", surface=TEXT, says=Column(values=("done", "task", "aim", "cumulative", "nothing")), note=NOTE)

#: may stand between "tối thiểu", "tối đa" and the number
_BOUND_LINKS = frozenset("là bằng chỉ ở mức đạt phải".split())
#: how many cues before a number are looked at
_MAX_CUES = 6
#: a sentence that opens so goes on with what the one before it said
_GOES_ON = re.compile(r"[^\w\n]{0,3}(?:trong đó|cụ thể|gồm|bao gồm|trong số đó|trong số này|riêng)\b")
_BULLET = re.compile(r"[-+•*·–]|\d{1,2}[.)] ")
_MAX_BULLETS = 20
#: may stand between a verb of change and its number: "tăng thêm khoảng 12", "giảm xuống còn 40"
_BETWEEN = frozenset(
    "thêm lên xuống còn về tới đến được bình quân trung tương ứng cả ít nhất tối thiểu đa không quá mạnh nhẹ lần lượt từ "
    "chỉ là".split()
)
#: of these, the ones that name the level reached and no amount of change
_REACHED = frozenset("còn xuống lên tới đến là".split())
_MAX_BETWEEN = 6
_ROUND = late(re.compile, r"chục|trăm|nghìn|ngàn|triệu|tỉ")
_BASE_AFTER = late(
    re.compile,
    r"[^.;()\n]{0,90}?\bso (?:với )?(?P<base>[^,.;()\n]{3,80}?)"
    r"(?= (?:và|đạt|nhưng|trong đó|tăng|giảm|là|đã)\b| ?[,.;()\n]|$| ?[-–] )",
)
_BASE_BEFORE = late(re.compile, r"(?:^|[.;:] )so với (?P<base>[^,.;()\n]{3,60}),[^.;\n]{0,200}$")
_PLAN = late(
    re.compile,
    r" ?% ?(?P<base>(?:kế hoạch|nghị quyết|nq|chỉ tiêu|dự toán|kh)(?: (?:năm|tỉnh|huyện|giao|đề ra|\d{4}))*)\b",
)

#: last word -> (all words, meaning), the longest first
ByLastWord = dict[str, list[tuple[list[str], str]]]


class Cues(NamedTuple):
    """Where a text says that something is done, asked for, striven for or a running total, in reading order."""

    starts: list[int]
    says: list[str]


class ContextReader:
    """Reads the surroundings of numbers with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        rows = lexicon.entries("qualifiers")
        self._qualifiers = _by_last_word((r["surface"], r["qualifier"]) for r in rows if r["side"] == "before")
        self._after = {search_form(r["surface"]): r["qualifier"] for r in rows if r["side"] == "after"}
        self._after_hints = tuple({f" {surface.split()[0]} " for surface in self._after})
        self._after_pattern = late(
            re.compile, rf"[^,.;()\d\n]{{0,40}}? (?P<word>{'|'.join(map(re.escape, self._after))})\b"
        )
        self._directions = _by_last_word((r["surface"], r["direction"]) for r in lexicon.entries("directions"))
        cues = {search_form(r["surface"]): r["says"] for r in lexicon.entries("figure_cues")}
        self._cue_lengths, self._cue_says = [len(c) for c in cues], list(cues.values())
        self.cues = WordList(cues, is_whole=True)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> ContextReader:
        """The reader of a lexicon, made once."""
        return ContextReader(lexicon)

    def read_cues(self, found: Iterable[Hit]) -> Cues:
        """The cues of a text in which `cues` were found; the longer where two begin at one letter."""
        hits = sorted([(start, -self._cue_lengths[cue], self._cue_says[cue]) for cue, start, _ in found])
        longest = [h for i, h in enumerate(hits) if not i or hits[i - 1][0] != h[0]]
        return Cues([h[0] for h in longest], [h[2] for h in longest])

    def qualifier(self, search: str, before: list[str], start: int, end: int, *, noun_class: str | None = None,
                  is_small_count: bool = False) -> str:  # fmt: skip
        """The qualifier of the number at [start, end) with the words `before` it."""
        if before and before[-1] in self._qualifiers:
            for words, meaning in self._qualifiers[before[-1]]:
                if before[-len(words) :] == words:
                    if words == ["trên"] and is_small_count:  # "on two motorbikes"
                        return "exact"
                    return meaning if self._is_qualifier(search[start:end], words, before, noun_class) else "exact"
        for hint in self._after_hints:
            if search.find(hint, end, end + 56) >= 0 and (m := self._after_pattern.match(search, end)):
                return self._after[m["word"]]
        if before and before[-1] in _BOUND_LINKS:  # "tối thiểu là 15 năm", "tối đa chỉ ở mức 70%"
            at = len(before) - 1
            while at > 0 and len(before) - at < 5 and before[at] in _BOUND_LINKS:
                at -= 1
            for words, meaning in self._qualifiers.get(before[at], ()):
                if before[at + 1 - len(words) : at + 1] == words and meaning in ("at_least", "at_most"):
                    return meaning
        return "exact"

    @staticmethod
    def _is_qualifier(number: str, words: list[str], before: list[str], noun_class: str | None) -> bool:
        word = words[-1]
        if len(words) > 1:
            return True
        if word == "trên":  # on 3 roads, not more than 3
            return noun_class != "place"
        if word == "cả":  # "cả 3 tiêu chí": all three
            return bool(_ROUND.search(number))
        # "khu vực gần 2 trường": near them
        return not (word in ("gần", "quá") and len(before) > 1 and before[-2] in ("vực", "ở"))

    def direction(self, before: list[str]) -> tuple[str, bool]:
        """(direction, whether the figure is the level reached): the verb of change on which the number hangs."""
        at, reached = len(before) - 1, False
        if at > 1 and before[at - 2] == "số" and before[at] in ("chết", "thương"):  # "giảm số người chết 5 %"
            at -= 3
        nearest = max(-1, at - _MAX_BETWEEN)
        while at > nearest:
            word = before[at]
            if word in self._directions:
                for words, meaning in self._directions[word]:
                    if before[at + 1 - len(words) : at + 1] == words:
                        return meaning, reached or not _REACHED.isdisjoint(words)
            if word not in _BETWEEN and word not in self._qualifiers:
                break
            reached = reached or word in _REACHED
            at -= 1
        return "none", False

    def base(self, reading: Reading, start: int, end: int, sentence_start: int) -> str | None:
        """What the figure is compared with, as printed."""
        search, plain = reading.search, reading.plain
        if m := _PLAN.match(search, end):
            return plain[m.start("base") : m.end("base")]
        if search.find("so ", end, end + 120) >= 0 and (m := _BASE_AFTER.match(search, end, end + 190)):
            return plain[m.start("base") : m.end("base")]
        begin = max(sentence_start, start - 240)
        if search.find("so với ", begin, start) >= 0 and (m := _BASE_BEFORE.search(search, begin, start)):
            return plain[m.start("base") : m.end("base")]
        return None

    def mode(self, cues: Cues, start: int, begin: int) -> tuple[str, bool]:
        """(done, task or aim, whether a running total) of a figure at `start`: the last cue behind `begin` decides."""
        mode, is_total = "", False
        last = bisect_left(cues.starts, start) - 1
        for i in range(last, max(-1, last - _MAX_CUES), -1):
            if cues.starts[i] < begin:
                break
            if cues.says[i] == "cumulative":
                is_total = True
            elif cues.says[i] != "nothing":
                mode = mode or cues.says[i]
        return mode or "done", is_total


def statement_start(reading: Reading, sentence: Sentence) -> int:
    """Where the statement begins that holds `sentence`: the sentence before it that it goes on from (`Trong đó, …`), the
    line that announces its list (`Chỉ tiêu năm 2024:` … `- Thu ngân sách …`), else the sentence itself."""
    search, i = reading.search, sentence.index
    if i and _GOES_ON.match(search, sentence.start) and reading.sentences[i - 1].paragraph == sentence.paragraph:
        return reading.sentences[i - 1].start
    if _BULLET.match(search, sentence.start):
        for before in reversed(reading.sentences[max(0, i - _MAX_BULLETS) : i]):
            if search[before.end - 1] == ":":
                return before.start
            if not _BULLET.match(search, before.start):
                break
    return sentence.start


def _by_last_word(rows: Iterable[tuple[str, str]]) -> ByLastWord:
    table: ByLastWord = {}
    for surface, meaning in sorted(rows, key=lambda r: -len(r[0])):
        words = search_form(surface).split()
        table.setdefault(words[-1], []).append((words, meaning))
    return table
