"""Later, short mentions of a person named in full: `ông Ân`, `Thống khai`, `Thanh Phương`.

A given name alone is taken only where the article names its bearer in full, and where the word is not one
that often starts a sentence or stands in another name (given_words.csv: Anh, Trường, Bình).
"""

from __future__ import annotations

from helpers.extract.names import run_start
from helpers.extract.offices import starts_with_stop
from helpers.extract.person_cues import FUNCTION
from helpers.extract.person_search import Search
from helpers.extract.span import USUAL, Mention
from helpers.normalize import search_form


def find_short_names(at: Search, people: list[Mention], bylines: list[tuple[int, int]]) -> list[Mention]:
    """Runs that repeat a full name in `people`, or its last word or words, without a cue of their own."""
    plain, search = at.plain, at.search
    full, endings, last_words = _names(at, people)
    taken = {m.end for m in people}
    found: list[Mention] = []
    for word in last_words:
        position = plain.find(word)
        while position != -1:
            end = position + len(word)
            start = _start(at, position, end) if end not in taken else None
            if start is not None:
                key = search[start:end]
                is_known = key in full or (key in endings and (" " in key or _stands_alone(at, start, end)))
                if is_known and not _is_other(at, start, end, bylines):
                    taken.add(end)
                    found.append(Mention("person", start, end, "short_name", _blank(plain[start:end]), USUAL))
            position = plain.find(word, end)
    return found + _families_abroad(at, people, taken)


def _families_abroad(at: Search, people: list[Mention], taken: set[int]) -> list[Mention]:
    """`Chủ tịch Tập`, `Tổng thống Moon`: abroad a family name that stands first is enough after an office."""
    found: list[Mention] = []
    firsts = {at.plain[p.start : p.end].split()[0] for p in people if " " in at.plain[p.start : p.end]}
    for first in firsts:
        if not first.isalpha() or search_form(first) in at.words.sure_families:
            continue
        position = at.plain.find(f" {first} ") + 1
        while position > 0:
            end = position + len(first)
            cue = at.cues.ending(position - 1)
            is_alone = end not in taken and not at.plain[end + 1 : end + 2].isupper()
            if is_alone and cue is not None and cue.kind == FUNCTION and cue.entry["public"] == "yes":
                taken.add(end)
                fields = _blank(first) | {"function": at.plain[cue.start : cue.end], "public": True}
                found.append(Mention("person", position, end, "short_name", fields, USUAL))
            position = at.plain.find(f" {first} ", end) + 1
    return found


def _names(at: Search, people: list[Mention]) -> tuple[set[str], set[str], set[str]]:
    """The folded full names, their endings, and the last words of both as they may be printed."""
    full: set[str] = set()
    endings: set[str] = set()
    last_words: set[str] = set()
    for person in people:
        parts = at.search[person.start : person.end].split()
        if len(parts) == 1:
            continue
        full.add(" ".join(parts))
        endings.update([" ".join(parts[i:]) for i in range(1, len(parts))])
        last = at.plain[person.start : person.end].split()[-1]
        last_words.add(last)
        if last.isupper():
            last_words.add(last.capitalize())
    return full, endings, last_words


def _start(at: Search, position: int, end: int) -> int | None:
    """Where the run starts that ends with the word at `position`; None if the word goes on or is not the run's last."""
    plain = at.plain
    if position and plain[position - 1].isalnum():
        return None
    following = plain[end : end + 2]
    if following[:1].isalnum() or (following[:1] == " " and following[1:].isupper()):
        return None
    return run_start(plain, position, at.cues.ends)


def _is_other(at: Search, start: int, end: int, bylines: list[tuple[int, int]]) -> bool:
    """Whether a run names something else: a street, a country, the author."""
    before = start - 1 if start and at.plain[start - 1] == " " else start
    if at.cues.is_blocked(before) or at.search[start:end] in at.words.countries:
        return True
    return any(a <= start < b for a, b in bylines)


def _stands_alone(at: Search, start: int, end: int) -> bool:
    plain, search = at.plain, at.search
    before = search[start - 1 : start]
    if before != " " and before not in '"(':
        return False
    if end < len(plain) and plain[end] in "-/&":
        return False
    if search[start:end] not in at.words.given_words:
        return True
    # "Trường", "Anh", "Chính" (phủ) are words too: taken only before what a person does, never first in a sentence
    sentence = at.reading.sentence_at(start)
    is_first = sentence is None or start == sentence.start or plain[max(0, start - 2) : start - 1] in '.!?:;"“…'
    return not is_first and starts_with_stop(search, end + 1, lexicon=at.lexicon)


def _blank(name: str) -> dict[str, object]:
    return {
        "name": " ".join(name.split()), "rank": None, "honorific": None, "function": None,
        "organisation": None, "place": None, "public": False,
    }  # fmt: skip
