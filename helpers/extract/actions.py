"""What was done with the things counted: the verbs in front of a number (`phát hiện, điều tra, xử lý 155 vụ`).

A bare noun says little (155 cases of what?): the verbs tell two counts of one noun apart. They stand in
lexicons/vi/counted_actions.csv.
"""

from __future__ import annotations

from helpers.lexicon import NOTE, OPTIONAL, TEXT, Lexicon, define
from helpers.normalize import search_form

#: outcome: what those counted are after it: `làm chết 145 người` counts the dead
define("counted_actions", surface=TEXT, outcome=OPTIONAL, note=NOTE)

#: between a verb and its number: "thu giữ được hơn 20", "bắt trên 5"
_PASSED = frozenset("được hơn gần trên dưới khoảng tới đến cả chừng thêm tổng cộng số có các".split())
_MAX_PASSED, _MAX_VERBS, _REACH = 3, 4, 80


class ActionReader:
    """Finds the verbs of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        #: last word -> all words, the longest first
        self._verbs: dict[str, list[list[str]]] = {}
        for surface in sorted(lexicon.surfaces("counted_actions"), key=len, reverse=True):
            words = search_form(surface).split()
            self._verbs.setdefault(words[-1], []).append(words)

    def read(self, before: list[str], plain: str, search: str, start: int) -> str | None:
        """The verbs in front of the number at `start`, as printed; None where none of the words `before` governs it."""
        at = len(before)
        while at and len(before) - at < _MAX_PASSED and before[at - 1] in _PASSED:
            at -= 1
        if not at or before[at - 1] not in self._verbs:
            return None
        begin = max(search.rfind("\n", 0, start) + 1, start - _REACH)
        words = search[begin:start].rstrip().split(" ")
        at = len(words)
        while at and len(words) - at < _MAX_PASSED and words[at - 1] in _PASSED:
            at -= 1
        end = at
        for _ in range(_MAX_VERBS):
            size = self._verb_before(words, at)
            if size == 0:
                break
            at -= size
            # "phát hiện, xử lý", "phát hiện và xử lý": one chain of verbs
            if at and words[at - 1] == "và" and self._verb_before(words, at - 1):
                at -= 1
            elif not (at and words[at - 1].endswith(",") and self._verb_before(words, at)):
                break
        if at == end:
            return None
        first = begin + sum(len(w) + 1 for w in words[:at])
        return plain[first : begin + len(" ".join(words[:end]))].rstrip(",")

    def _verb_before(self, words: list[str], at: int) -> int:
        """How many words the verb has that ends before word `at`; 0 if none does. A comma may stand behind it."""
        if at == 0:
            return 0
        last = words[at - 1].rstrip(",").lstrip("(")
        for verb in self._verbs.get(last, ()):
            if len(verb) <= at and words[at - len(verb) : at - 1] == verb[:-1]:
                return len(verb)
        return 0
