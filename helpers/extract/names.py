"""The shape of a person's name: a run of capitalised words, cut where something else begins.

Chủ tịch UBND huyện Đắk Song [Nguyễn Văn Mẫu]; Thượng tá [Hoàng Trọng Thịnh] Phó Trưởng Công an; [H'Hen Niê]
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.person_cues import FUNCTION, HONORIFIC, PRIVATE, RANK, Cue, Cues
from helpers.extract.span import Reading
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form

define("family_names", surface=TEXT, ambiguous=AMBIGUOUS, note=NOTE)
define("middle_names", surface=TEXT, note=NOTE)
define("given_words", surface=TEXT, note=NOTE)
define("countries", surface=TEXT, note=NOTE)
define("glued_words", surface=TEXT, note=NOTE)
define("not_people", surface=TEXT, always=Column(values=YES_NO), note=NOTE)

MAX_TOKENS = 5
_TOKEN = (
    r"(?:(?:\p{Lu}\.){1,4}(?:\p{Lu}(?!\p{L})\.?|(?=\ \p{Lu}\p{Ll}))"  # N.T.H, John W. Sample
    r"|\p{Lu}\p{L}*(?:['’]\p{L}+)*(?:-\p{Ll}\p{L}*)*)"
)
_RUN = regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_TOKEN}(?:\ {{1,2}}{_TOKEN}){{0,11}}(?![\p{{L}}\p{{N}}])")
_ABBREVIATION = regex.compile(r"\p{Lu}[\p{Lu}.'’]")
#: how an age or a year of birth starts after a name: "Lộc (SN 1983)", "Lộc, 35 tuổi"
_BEFORE_AGE = frozenset(a + b for a in (" (", ", ") for b in "sStT1234567890")
# A Vietnamese syllable without its tone: `Trump`, `Biden`, `Rơ` are told from `Hà`, `Lan`.
_SYLLABLE = regex.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aăâeêioôơuưy]{1,3}(?:ch?|m|ng?|nh|p|t)?",
    regex.I,
)


class Name:
    """A run of capitalised words that may be a person's name: spans of its words, and the cue within the
    run, if any.
    """

    __slots__ = ("cue", "end", "start", "words")

    def __init__(self, words: list[tuple[int, int]], cue: Cue | None = None):
        self.words, self.cue = words, cue
        self.start, self.end = words[0][0], words[-1][1]


@dataclass(slots=True, frozen=True)
class NameWords:
    """The lexicon's words about names, folded."""

    families: frozenset[str]
    sure_families: frozenset[str]
    middles: frozenset[str]
    given_words: frozenset[str]
    glued: frozenset[str]
    never: frozenset[str]
    not_alone: frozenset[str]


@lru_cache(maxsize=4)
def name_words(lexicon: Lexicon) -> NameWords:
    """What the lexicon knows of names."""
    families = {search_form(r["surface"]): r["ambiguous"] for r in lexicon.entries("family_names")}
    return NameWords(
        families=frozenset(families),
        sure_families=frozenset(f for f, ambiguous in families.items() if ambiguous == "no"),
        middles=frozenset(map(search_form, lexicon.surfaces("middle_names"))),
        given_words=frozenset(map(search_form, lexicon.surfaces("given_words"))),
        glued=frozenset(map(search_form, lexicon.surfaces("glued_words"))),
        never=frozenset(search_form(r["surface"]) for r in lexicon.entries("not_people") if r["always"] == "yes"),
        not_alone=frozenset(search_form(r["surface"]) for r in lexicon.entries("not_people") if r["always"] == "no"),
    )


@lru_cache(maxsize=4)
def countries(lexicon: Lexicon) -> frozenset[str]:
    """Countries and peoples, which stand after functions too: `Tổng thống Mỹ`."""
    return frozenset(map(search_form, lexicon.surfaces("countries")))


def is_vietnamese(word: str) -> bool:
    """Whether `word` is built like a Vietnamese syllable.

    >>> is_vietnamese("Nguyễn"), is_vietnamese("Trump")
    (True, False)
    """
    return bool(_SYLLABLE.fullmatch(_plain_vowels(word)))


@lru_cache(maxsize=4096)
def _plain_vowels(word: str) -> str:
    kept = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(c for c in kept if c not in "\u0300\u0301\u0303\u0309\u0323"))


def find_runs(reading: Reading, cues: Cues, words: NameWords) -> tuple[list[Name], list[tuple[int, int]]]:
    """Runs of capitalised words that may be names, and the spans of all runs.

    A run is worth a closer look if a cue touches it, it holds a family name, or an age seems to follow.
    """
    search, plain, families = reading.search, reading.plain, words.families
    found: list[Name] = []
    runs = [run.span() for run in _RUN.finditer(plain)]
    for start, end in runs:
        tokens = search[start:end].split(" ")
        is_odd = not cues.first_words.isdisjoint(tokens) or _ABBREVIATION.search(plain, start, end)
        is_worth = (
            plain[end : end + 3] in _BEFORE_AGE
            or not families.isdisjoint(tokens)
            or cues.touches(start)
            or plain.startswith(" sinh ", end)
        )
        if is_odd:
            for name in _part(plain, search, _split(plain, start, end), cues, families):
                if is_worth or name.cue:
                    found.append(name)
        elif is_worth:
            found.append(Name(_split(plain, start, end)))
    return found, runs


def _split(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the words of a run."""
    spans, at = [], start
    while (space := plain.find(" ", at, end)) != -1:
        spans.append((at, space))
        at = space + 1 + (plain[space + 1] == " ")
    spans.append((at, end))
    return spans


def _part(
    plain: str, search: str, spans: list[tuple[int, int]], cues: Cues, families: frozenset[str]
) -> Iterator[Name]:
    kept: list[tuple[int, int]] = []
    cue: Cue | None = None
    i = 0
    while i < len(spans):
        a, b = spans[i]
        found = _cue_at(search, spans, i, cues, is_first=not kept)
        if found is not None:
            if kept:
                yield Name(kept, cue)
            kept, cue = [], found
            i = next((j for j in range(i, len(spans)) if spans[j][0] >= found.end), len(spans))
            continue
        is_abbreviation = b - a > 1 and plain[a:b].isupper() and plain[a + 1] not in ".'’"
        if is_abbreviation and not (search[a:b] in families or (kept and plain[slice(*kept[0])].isupper())):
            if kept:  # "Nguyễn Văn Mẫu UBND"; but "NGUYỄN VĂN MẪU"
                yield Name(kept, cue)
            kept, cue = [], None
        else:
            kept.append((a, b))
        i += 1
    if kept:
        yield Name(kept, cue)


def _cue_at(search: str, spans: list[tuple[int, int]], i: int, cues: Cues, *, is_first: bool) -> Cue | None:
    """A cue that starts with word `i` of a run and so parts it."""
    start, end = spans[i]
    found = cues.longest_starting(start, RANK, FUNCTION)
    if found and (is_first or found.end > end):
        return found
    found = cues.longest_starting(start, HONORIFIC, PRIVATE)
    if found is None:
        return None
    if is_first and found.end == end:
        found = cues.longest_ending(end, HONORIFIC, PRIVATE) or found  # "PGS.TS", not "TS"
    if is_first:
        # "Ông Ân": an honorific needs a name after it; "Anh" alone is one
        return found if (len(spans) > i + 1 or found.end > end) else None
    # "... ngày vía Thần Tài Ông Nguyễn Văn Mẫu": a sentence glued to the one before
    if (
        found.end == end
        and found.kind == HONORIFIC
        and len(spans) > i + 2
        and search[start:end] in ("ông", "bà", "chị")
    ):
        return found
    return found if found.end > end and found.kind == PRIVATE else None


def cut_family(search: str, name: Name, words: NameWords, is_place: Callable[[str], bool]) -> Name | None:
    """The name within a run that starts with a place: `Hà Nội Hoàng Trung Mẫu`, `Đắk Song Nguyễn Văn Mẫu`."""
    folded = [search[a:b] for a, b in name.words]
    for i in range(1, len(folded) - 1):
        if len(folded) - i > MAX_TOKENS or folded[i] not in words.families:
            continue
        # "Vạn Lý Trường Thành" holds no Lý Trường Thành
        is_sure = folded[i] in words.sure_families and (folded[i + 1] in ("văn", "thị") or folded[i - 1] in words.glued)
        if is_place(" ".join(folded[:i])) or is_sure:
            return Name(name.words[i:])
    return None
