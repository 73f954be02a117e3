"""Later, short mentions of a person named in full: `ông Ân`, `Thống khai`, `Thanh Phương`.

A given name alone is taken only where the article names its bearer in full, and where the word is not one
that often starts a sentence or stands in another name (given_words.csv: Anh, Trường, Bình).
"""

from __future__ import annotations

from helpers.extract.names import countries, name_words
from helpers.extract.offices import starts_with_stop
from helpers.extract.person_cues import BLOCKER, Cues
from helpers.extract.span import USUAL, Mention, Reading
from helpers.lexicon import Lexicon


def find_short_names(
    reading: Reading, runs: list[tuple[int, int]], people: list[Mention], *, cues: Cues, lexicon: Lexicon
) -> list[Mention]:
    """Runs that repeat the last word or words of a full name in `people`, without a cue of their own."""
    search = reading.search
    endings = _endings(search, people)
    if not endings:
        return []
    taken = {m.start for m in people}
    found = []
    for start, end in runs:
        if start in taken or search[start:end] not in endings:
            continue
        if cues.longest_ending(start - 1, BLOCKER) or search[start:end] in countries(lexicon):
            continue
        if " " not in search[start:end] and not _stands_alone(reading, start, end, lexicon=lexicon):
            continue
        found.append(Mention("person", start, end, "short_name", _blank(reading.plain[start:end]), USUAL))
    return found


def _endings(search: str, people: list[Mention]) -> set[str]:
    endings: set[str] = set()
    for person in people:
        parts = search[person.start : person.end].split()
        endings.update(" ".join(parts[i:]) for i in range(1, len(parts)))
    return endings


def _stands_alone(reading: Reading, start: int, end: int, *, lexicon: Lexicon) -> bool:
    plain, search = reading.plain, reading.search
    before = search[start - 1 : start]
    if before != " " and before not in '"(':
        return False
    if end < len(plain) and plain[end] in "-/&":
        return False
    sentence = reading.sentence_at(start)
    at_start = sentence is None or start == sentence.start or plain[max(0, start - 2) : start - 1] in '.!?:;"“…'
    if search[start:end] in name_words(lexicon).given_words:
        # "Trường", "Anh", "Chính" (phủ) are words too: taken only before what a person does, never first
        # in a sentence
        return not at_start and starts_with_stop(search, end + 1, lexicon=lexicon)
    return True


def _blank(name: str) -> dict[str, object]:
    return {
        "name": " ".join(name.split()), "rank": None, "honorific": None, "function": None,
        "organisation": None, "place": None, "public": False,
    }  # fmt: skip
