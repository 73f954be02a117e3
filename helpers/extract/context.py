"""What the words around a number say of it: qualifier, direction, base of comparison, mode.

All looks are bounded and stay inside the sentence; the words stand in qualifiers.csv and directions.csv.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from helpers.extract.span import Reading
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("qualifiers", surface=TEXT, qualifier=Column(values=("approx", "more_than", "less_than", "at_least", "at_most")),
       side=Column(values=("before", "after")), note=NOTE)  # fmt: skip
define("directions", surface=TEXT, direction=Column(values=("increase", "decrease")), note=NOTE)

_REACH = 48
_BETWEEN = (
    r"(?:\s(?:thêm|lên|xuống|còn|về|tới|đến|được|bình quân|trung bình|tương ứng|cả|ít nhất|tối thiểu|tối đa|"
    r"không quá|mạnh|nhẹ|lần lượt|từ|thêm được|chỉ còn|xuống còn|lên đến|lên tới|là))"
)
_REACHED = regex.compile(r"(?<!\p{L})(?:còn|xuống|lên|tới|đến|là)(?!\p{L})")
_ONE_OF = regex.compile(r"(?:một trong|nhóm)\s$")
_PLACE_CLASS = "place"
_ROUND = regex.compile(r"(?:chục|trăm|nghìn|ngàn|triệu|tỉ)")
_BASE_AFTER = regex.compile(
    r"[^.;()\n]{0,90}?(?<!\p{L})so\s(?:với\s)?(?P<base>[^,.;()\n]{3,80}?)(?=\s(?:và|đạt|nhưng|trong đó|tăng|giảm|là|đã)(?!\p{L})|\s?[,.;()\n]|$|\s?[-–]\s)"
)
_BASE_BEFORE = regex.compile(r"(?:^|[.;:]\s)so\svới\s(?P<base>[^,.;()\n]{3,60}),[^.;\n]{0,200}$")
_PLAN = regex.compile(
    r"\s?%\s?(?P<base>(?:kế hoạch|nghị quyết|nq|chỉ tiêu|dự toán|kh)(?:\s(?:năm|tỉnh|huyện|giao|đề ra|\d{4}))*)(?!\p{L})"
)

_AIM = regex.compile(
    r"(?<!\p{L})(?:phấn đấu|mục tiêu|quyết tâm|chỉ tiêu (?:chủ yếu|đề ra|năm)|đặt ra mục tiêu|hướng tới|nhằm đạt|kỳ vọng|dự kiến đạt|kì vọng)(?!\p{L})"
)
_TASK = regex.compile(
    r"(?<!\p{L})(?:cần|phải|sẽ|yêu cầu|đề nghị|kiến nghị|nhiệm vụ trọng tâm|các nhóm nhiệm vụ|thời gian tới|dự kiến|chưa có|chưa đủ|còn thiếu|tiếp tục (?:triển khai|thực hiện))(?!\p{L})"
)
_DONE = regex.compile(
    r"(?<!\p{L})(?:đã|được|đạt được|xây dựng được|đến nay|hiện có|hiện nay|phát hiện|bắt giữ|thu giữ|xử lí|xử phạt)(?!\p{L})"
)


class ContextReader:
    """Reads the surroundings of numbers with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        rows = lexicon.entries("qualifiers")
        self.qualifiers = {search_form(r["surface"]): r["qualifier"] for r in rows}
        before = sorted((search_form(r["surface"]) for r in rows if r["side"] == "before"), key=len, reverse=True)
        after = sorted((search_form(r["surface"]) for r in rows if r["side"] == "after"), key=len, reverse=True)
        words = "|".join(map(regex.escape, before))
        self._before = regex.compile(rf"(?<!\p{{L}})(?P<word>{words})\s{{0,2}}\(?$")
        self._after = regex.compile(rf"[^,.;()\d\n]{{0,40}}?\s(?P<word>{'|'.join(after)})(?!\p{{L}})")
        self.directions = {search_form(r["surface"]): r["direction"] for r in lexicon.entries("directions")}
        verbs = "|".join(map(regex.escape, sorted(self.directions, key=len, reverse=True)))
        self._verb = regex.compile(
            rf"(?<!\p{{L}})(?P<verb>{verbs}){_BETWEEN}{{0,3}}(?:\s{{1,2}}(?:{words}))?\s{{1,2}}(?:số\s\p{{L}}{{2,8}}\s(?:chết|bị thương)\s)?$"
        )

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> ContextReader:
        """The reader of a lexicon, made once."""
        return ContextReader(lexicon)

    def qualifier(self, search: str, start: int, end: int, *, noun_class: str | None) -> str:
        """The qualifier of the number at [start, end)."""
        line = search.rfind("\n", max(0, start - _REACH), start) + 1
        left = search[max(line, start - _REACH) : start]
        m = self._before.search(left)
        if m:
            word = m["word"]
            if word == "trên" and noun_class == _PLACE_CLASS:  # on 3 roads, not more than 3
                return "exact"
            if word == "cả" and not _ROUND.search(search[start:end]):  # "cả 3 tiêu chí": all three
                return "exact"
            if word in ("gần", "quá") and left[: m.start()].endswith(("khu vực ", "ở ")):
                return "exact"
            return self.qualifiers[word]
        if m := self._after.match(search, end):
            return self.qualifiers[m["word"]]
        return "exact"

    def direction(self, search: str, start: int) -> tuple[str, bool]:
        """(direction, whether the figure is the level reached): the verb of change on which the number hangs."""
        left = search[max(0, start - _REACH) : start]
        left = left[left.rfind("\n") + 1 :]
        m = self._verb.search(left)
        if not m:
            return "none", False
        between = left[m.end("verb") :]
        reached = bool(_REACHED.search(m["verb"] + between))
        return self.directions[m["verb"]], reached

    def base(self, reading: Reading, start: int, end: int) -> str | None:
        """What the figure is compared with, as printed."""
        search, plain = reading.search, reading.plain
        if m := _PLAN.match(search, end):
            return plain[m.start("base") : m.end("base")]
        if m := _BASE_AFTER.match(search, end, min(len(search), end + 190)):
            return plain[m.start("base") : m.end("base")]
        sentence = reading.sentence_at(start)
        if sentence and (m := _BASE_BEFORE.search(search, max(sentence.start, start - 240), start)):
            return plain[m.start("base") : m.end("base")]
        return None

    def mode(self, reading: Reading, start: int, *, noun_class: str | None) -> str:
        """Whether the figure is a result (done), asked for (task), or striven for (aim)."""
        sentence = reading.sentence_at(start)
        left = reading.search[max(sentence.start if sentence else 0, start - 260) : start]
        if noun_class == "task" and _ONE_OF.search(left):
            return "task"
        last = {name: max((m.start() for m in cue.finditer(left)), default=-1) for name, cue in _MODES}
        name = max(last, key=lambda k: last[k])
        return name if last[name] >= 0 else "done"


_MODES = (("done", _DONE), ("task", _TASK), ("aim", _AIM))
