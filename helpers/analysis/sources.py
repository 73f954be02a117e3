"""Sources: of what kind a speaker is, by the words of the office or by the words that name the speaker.

    >>> source_kind("Đội trưởng Đội an ninh (Công an thị xã)"), source_kind("Bộ Công an"), source_kind("Sở Y tế")
    ('police', 'police', 'government')

The words stand in source_kinds.csv. Where an office names two kinds, the first counts: "Bí thư Huyện ủy, Chủ tịch UBND
huyện" is the Party. A generic word (`sở`, `phòng`) counts only where no other word does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from helpers.lexicon import NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.schema import OFFICIAL_SOURCES, SOURCES

define("source_kinds", surface=TEXT, kind=Column(values=SOURCES), generic=Column(values=YES_NO), note=NOTE)


@cache
def _words(generic: str) -> dict[tuple[str, ...], str]:
    rows = Lexicon.load("vi").entries("source_kinds")
    return {tuple(search_form(r["surface"]).split()): r["kind"] for r in rows if r["generic"] == generic}


@cache
def _longest(generic: str) -> int:
    return max(map(len, _words(generic)), default=0)


def source_kind(*phrases: str | None) -> str | None:
    """The kind of source that the first of `phrases` names that names any; None if none does.

    Within a phrase the first name counts, the longest of those that begin there.

    >>> source_kind("cán bộ kỹ thuật"), source_kind("một người dân"), source_kind("Phòng 2", "Kiểm sát viên")
    (None, 'citizen', 'court_prosecutor')
    """
    split = [_split(phrase) for phrase in phrases if phrase]
    for folded, _ in split:
        if kind := _first(folded, range(len(folded)), "no"):
            return kind
    for folded, heads in split:
        if kind := _first(folded, heads, "yes"):
            return kind
    return None


def _split(phrase: str) -> tuple[list[str], list[int]]:
    """The words of a phrase as folded, and which of them may be a generic name.

    "sở" in "cơ sở" is no office: a generic word opens the phrase or has a capital letter.
    """
    printed = "".join(c if c.isalnum() else " " for c in phrase).split()
    heads = [i for i, word in enumerate(printed) if i == 0 or word[0].isupper()]
    return [search_form(word) for word in printed], heads


def _first(folded: list[str], starts: Iterable[int], generic: str) -> str | None:
    known, longest = _words(generic), _longest(generic)
    for start in starts:
        for size in range(min(longest, len(folded) - start), 0, -1):
            if kind := known.get(tuple(folded[start : start + size])):
                return kind
    return None


def person_kind(function: str | None, organisation: str | None, *, public: bool) -> str:
    """The kind of source that a person is, by organisation and function.

    Someone without public office is a citizen, unless the words name a firm, a school or what else is no office of state;
    someone in an office that the words don't tell is `other_office`.

    >>> person_kind("Bộ trưởng", "Bộ Công an", public=True), person_kind("bị can, nguyên cán bộ", "Công an", public=False)
    ('police', 'citizen')
    >>> person_kind("luật sư", None, public=False), person_kind(None, None, public=True)
    ('expert', 'other_office')
    """
    kind = source_kind(organisation, function)
    if public:
        return kind or "other_office"
    return kind if kind and kind not in OFFICIAL_SOURCES else "citizen"
