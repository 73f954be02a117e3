"""Whom the article shows as a suspect, a victim or a witness: they are private whatever office they hold or held.

bị cáo X, nguyên Đội trưởng; khởi tố, bắt tạm giam X, Phó Giám đốc Sở; X, Chủ tịch UBND xã, bị bắt
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.person_search import Search, Sides
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("accusing_words", surface=TEXT, side=Column(values=("before", "after")), note=NOTE)

#: private roles that hide their bearer
MASKED_KINDS = frozenset(("suspect", "victim", "witness"))
#: how far before a name an accusing verb starts
_REACH = 44
#: between the verb and the name: "khởi tố đối với X", "bắt các ông X"
_TO = (" đối với", " các", " thêm", " ông", " bà", ":", ",")
_SUFFERS_REACH = 20
_SUFFERS = regex.compile(r"\)?,?(?: (?:đã|vừa|cũng|hiện|đang|mới|từng|cùng|đều)){0,2} bị ")


@dataclass(frozen=True)
class _Accusing:
    #: what is done to the accused, before the name, and after it and "bị"
    before: tuple[str, ...]
    after: tuple[str, ...]


@lru_cache(maxsize=4)
def _accusing_words(lexicon: Lexicon) -> _Accusing:
    rows = [(search_form(r["surface"]), r["side"]) for r in lexicon.entries("accusing_words")]
    return _Accusing(
        before=tuple(f" {word}" for word, side in rows if side == "before"),
        after=tuple(word for word, _ in rows),
    )


def is_masked(at: Search, sides: Sides, end: int) -> bool:
    """Whether a person is a suspect, victim or witness, by his role or by what is done to him; his offices end at
    `end`.
    """
    if sides.private is not None and sides.private.entry["kind"] in MASKED_KINDS:
        return True
    words = _accusing_words(at.lexicon)
    before = " " + at.search[max(0, sides.start - _REACH) : sides.start].rstrip()
    if before.endswith(_TO):
        for link in _TO:
            before = before.removesuffix(link).rstrip()
    if before.endswith(words.before):
        return True
    if at.search.find(" bị ", end, end + _SUFFERS_REACH) < 0:
        return False
    verb = _SUFFERS.match(at.search, end)
    return verb is not None and at.search.startswith(words.after, verb.end())
