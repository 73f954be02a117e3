"""The shape of a person's name: a run of capitalised words, cut where something else begins.

Chủ tịch UBND huyện Đắk Song [Nguyễn Văn Mẫu]; Thượng tá [Hoàng Trọng Thịnh] Phó Trưởng Công an; [H'Hen Niê]

A run is read only where a name may start: after a cue, at a family name, before an age.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.person_cues import FUNCTION, HONORIFIC, PRIVATE, RANK, Cues
from helpers.extract.span import Reading
from helpers.extract.word_search import WordList
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("family_names", surface=TEXT, ambiguous=AMBIGUOUS, note=NOTE)
define("foreign_names", surface=TEXT, kind=Column(values=("given", "family", "end")), note=NOTE)
define("middle_names", surface=TEXT, note=NOTE)
define("given_words", surface=TEXT, note=NOTE)
define("countries", surface=TEXT, note=NOTE)
define("glued_words", surface=TEXT, note=NOTE)
define("not_people", surface=TEXT, always=Column(values=YES_NO), note=NOTE)

MAX_TOKENS = 5
_INITIALS = r"(?:(?:\p{Lu}[hrg]?h?\.){2,6}\p{Lu}\p{Ll}+|(?:\p{Lu}[hrg]?h?\.){1,6}(?:\p{Lu}(?!\p{L}))?)"
_WORD = r"\p{Lu}\p{L}*(?:['’]\p{L}+)*(?:-\p{L}+)*"
_PARTICLE = r"(?:al|el|bin|ibn|van|von|de|da|di|del|der|dos|la|le)(?=[\ -]\p{Lu})(?:-\p{Lu}\p{L}*)?"
_RUN = late(regex.compile, rf"(?:{_INITIALS}|{_WORD})(?:\ {{1,2}}(?:{_INITIALS}|{_WORD}|{_PARTICLE})){{0,9}}")
# most runs are plain words: `re` is twice as fast on them
CAPITALS = "".join(c for c in map(chr, (*range(0x250), *range(0x1E00, 0x1F00))) if c.isupper())
_PLAIN_RUN = re.compile(rf"[{CAPITALS}][^\W\d_]*(?: [{CAPITALS}][^\W\d_]*){{0,9}}")
#: what may follow the plain part of a run that goes on
_GOES_ON = frozenset(("van", "von", "bin", "ibn", "de ", "da ", "di ", "del", "der", "dos", "la ", "le ", "al-", "al ",
                      "el-", "el "))  # fmt: skip
_FOREIGN = re.compile(r" ([A-Z][a-z]{2,})(?!\w)")
_MEDICAL = late(regex.compile, r"\ (?:tế|sĩ|sỹ|tá|dược|học|khoa)(?!\p{L})")
_FOREIGN_REACH = 80
# A Vietnamese syllable without its tone: `Trump`, `Biden`, `Rơ` are told from `Hà`, `Lan`.
_SYLLABLE = regex.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?[aăâeêioôơuưy]{1,3}(?:ch?|m|ng?|nh|p|t)?",
    regex.I,
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: what names of the Central Highlands start with: "H'Mẫu Niê", "K'Mẫu"
_MINORITY_STARTS = ("h'", "k'")
_MARKS_IN_NAMES = frozenset((".", "'", "’", "-"))
#: longest walk back from a family name to the start of its run
_MAX_BACK = 5


class Name:
    """Words that may be a person's name: their spans, and the words folded."""

    __slots__ = ("end", "folded", "start", "words")

    def __init__(self, words: list[tuple[int, int]], folded: list[str]):
        self.words, self.folded = words, folded
        self.start, self.end = words[0][0], words[-1][1]

    def part(self, first: int, last: int | None = None) -> Name:
        """The name without the words outside `first:last`."""
        return Name(self.words[first:last], self.folded[first:last])


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
    countries: frozenset[str]
    #: names given abroad; families whose name stands first (Park, Wang); words that end a firm's or a place's name
    foreign_given: frozenset[str]
    foreign_families: frozenset[str]
    foreign_ends: frozenset[str]
    #: a family or foreign name and the space after it
    anchors: WordList


@lru_cache(maxsize=4)
def name_words(lexicon: Lexicon) -> NameWords:
    """What the lexicon knows of names."""
    families = {search_form(r["surface"]): r["ambiguous"] for r in lexicon.entries("family_names")}
    foreign = [(search_form(r["surface"]), r["kind"]) for r in lexicon.entries("foreign_names")]
    abroad = [surface for surface, kind in foreign if kind != "end"]
    denied = [(search_form(r["surface"]), r["always"]) for r in lexicon.entries("not_people")]
    return NameWords(
        families=frozenset(families),
        sure_families=frozenset(f for f, ambiguous in families.items() if ambiguous == "no"),
        middles=frozenset(map(search_form, lexicon.surfaces("middle_names"))),
        given_words=frozenset(map(search_form, lexicon.surfaces("given_words"))),
        glued=frozenset(map(search_form, lexicon.surfaces("glued_words"))),
        never=frozenset(surface for surface, always in denied if always == "yes"),
        not_alone=frozenset(surface for surface, always in denied if always == "no"),
        countries=frozenset(map(search_form, lexicon.surfaces("countries"))),
        foreign_given=frozenset(surface for surface, kind in foreign if kind == "given"),
        foreign_families=frozenset(surface for surface, kind in foreign if kind == "family"),
        foreign_ends=frozenset(surface for surface, kind in foreign if kind == "end"),
        # free: "hiệu trưởngLê Thị Mẫu"
        anchors=WordList(dict.fromkeys((*(f"{n} " for n in (*families, *abroad)), *_MINORITY_STARTS)), is_free=True),
    )


@lru_cache(maxsize=8192)
def is_vietnamese(word: str) -> bool:
    """Whether `word` is built like a Vietnamese syllable.

    >>> is_vietnamese("Nguyễn"), is_vietnamese("Trump")
    (True, False)
    """
    kept = unicodedata.normalize("NFD", word.lower())
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", "".join(c for c in kept if c not in _TONES))))


def find_sites(reading: Reading, cues: Cues, words: NameWords) -> list[int]:
    """Where names may start, in reading order: after a cue, at a family name, before an age."""
    plain, sites = reading.plain, set(cues.sites)
    ends = cues.ends
    for _, start, end in reading.find_words(words.anchors):
        if not plain[start].isupper() or start in sites or not plain[end : end + 2].lstrip()[:1].isupper():
            continue
        if (
            start > 1
            and plain[start - 1] == " "
            and not plain[plain.rfind(" ", max(0, start - 16), start - 1) + 1].islower()
        ):
            start = run_start(plain, start, ends)
        sites.add(start)
    for end in cues.ages:
        start = plain.rfind(" ", max(0, end - 24), end) + 1
        if plain[start].isupper():
            sites.add(run_start(plain, start, ends))
    for cue in cues.functions:
        # a foreign name after a function and its organisation: "Chủ tịch Ủy ban Cứu trợ (UCQ) John Sample"
        if cue.entry["public"] != "no":
            for word in _FOREIGN.finditer(plain, cue.end, cue.end + _FOREIGN_REACH):
                if not is_vietnamese(word[1]):
                    sites.add(run_start(plain, word.start(1), ends))
    return sorted(sites)


def run_start(plain: str, start: int, ends: dict[int, tuple[int, int]]) -> int:
    """Where the run of capitalised words starts that holds the word at `start`; a cue ends it."""
    for _ in range(_MAX_BACK):
        if start < 2 or plain[start - 1] != " ":
            break
        at = start - 1 - (plain[start - 2] == " ")
        if not plain[at - 1].isalpha():
            break
        low = max(0, at - 16)
        before = max(plain.rfind(" ", low, at), plain.rfind("\n", low, at)) + 1
        if not plain[before].isupper():
            break
        word = plain[before:at]
        if not word or at in ends or not word[0].isupper() or not (word.isalpha() or "-" in word):
            break
        if len(word) > 1 and word.isupper() and not plain[start : start + 2].isupper():
            break  # "UBND TP Lê Văn Mẫu"
        start = before
    return start


def read_run(plain: str, search: str, start: int) -> Name | None:
    """The run of capitalised words at `start`, as words."""
    run = _PLAIN_RUN.match(plain, start)
    if run is None:
        return None
    end = run.end()
    mark = plain[end : end + 1]
    if mark in _MARKS_IN_NAMES or (
        mark == " " and (plain[end + 1 : end + 4] in _GOES_ON or plain.startswith(" ", end + 1))
    ):
        longer = _RUN.match(plain, start)
        end = longer.end() if longer else end
    folded, words = search[start:end].split(" "), []
    at = start
    for word in folded:
        stop = at + len(word)
        words.append((at, stop))
        at = stop + 1
    if "" in folded:  # two spaces
        words, folded = [span for span in words if span[0] < span[1]], [word for word in folded if word]
    return Name(words, folded)


def cut_run(plain: str, name: Name, cues: Cues, words: NameWords) -> Name | None:
    """A run up to where something else begins: a cue, an abbreviation, the next sentence.

    [Hoàng Trọng Thịnh] Phó Trưởng Công an; [Nguyễn Văn Mẫu] UBND; chị [T.] Tuy nhiên
    """
    spans, folded = name.words, name.folded
    text = plain[name.start : name.end]
    if len(spans) < 4 and text.istitle() and text.replace(" ", "").isalpha() and folded[-1] != "y":
        starts = cues.starts
        if not any(a in starts for a, _ in spans):
            return name  # nothing to cut: most names
    first = spans[0]
    if _starts_cue(name, cues):
        return None  # "đồng chí Đại tá X", "Bà mẹ Việt Nam": a name comes after the next cue
    is_abbreviation = first[1] - first[0] > 1 and plain[first[0] : first[1]].isupper()
    is_dotted = "." in folded[0] and not folded[0].startswith("t.ư")
    if is_abbreviation and not is_dotted and not _is_in_capitals(plain, name, words):
        return None  # "UBND tỉnh", "T.Ư Đảng"
    last = len(spans)
    for i, (a, b) in enumerate(spans):
        if i and (a in cues.starts or plain[a:b].isupper()) and _parts(plain, name, i, cues, words):
            last = i
            break
        if plain[b - 1] == "." or (i and plain[b - 2 : b - 1] == "."):
            # "Sally Q. Yates" goes on; "chị Nguyễn Thị T. Tuy nhiên" does not
            following = folded[i + 1] if i + 1 < len(folded) else ""
            if not following or is_vietnamese(following) or (i and is_vietnamese(folded[0])):
                last = i + 1
                break
        if "-" in folded[i] and (hyphen := _hyphen_between(plain, a, b)):
            spans, folded = [*spans[:i], (a, hyphen)], [*folded[:i], folded[i][: hyphen - a]]
            return Name(spans, folded)  # "Bà Rịa-Vũng Tàu"
        if i >= 3 and folded[i] in words.glued and i + 1 < len(spans):
            last = i  # "Trần Văn Mẫu Hiện Công an quận"
            break
    if last == len(spans) and folded[-1] == "y" and last > 1 and _MEDICAL.match(plain, spans[-1][1]):
        last -= 1  # "Sở Y tế"
    return name.part(0, last) if last < len(spans) else name


def _starts_cue(name: Name, cues: Cues) -> bool:
    """Whether a run starts with a rank, a function, or a word such as `Bà`, `Mẹ` and more."""
    start, end = name.words[0]
    cue = cues.starting(start)
    if cue is None:
        return False
    return cue.end > end if cue.kind in (RANK, FUNCTION) else cue.end >= end and len(name.words) > 1


def _hyphen_between(plain: str, start: int, end: int) -> int | None:
    """Where a hyphen joins two Vietnamese names: `Mẫu-Vũng`, no `al-Mau` or `Jong-un`."""
    hyphen = plain.find("-", start, end)
    first, _, second = plain[start:end].partition("-")
    return hyphen if second[:1].isupper() and is_vietnamese(first) and is_vietnamese(second) else None


def _is_in_capitals(plain: str, name: Name, words: NameWords) -> bool:
    """Whether a name is printed in capitals: `NGUYỄN VĂN MẪU`, no `UBND TP`."""
    if len(name.words) > 1 and name.folded[0] in words.families:
        return True
    return name.words[0][1] - name.words[0][0] > 1 and all(is_vietnamese(w) for w in name.folded)


def _parts(plain: str, name: Name, i: int, cues: Cues, words: NameWords) -> bool:
    """Whether word `i` of a run starts something else: a function, an abbreviation, the next sentence's person."""
    a, b = name.words[i]
    is_abbreviation = b - a > 1 and plain[a:b].isupper() and "." not in plain[a:b]
    if is_abbreviation and name.folded[i] not in words.families and not plain[slice(*name.words[0])].isupper():
        return True  # "Nguyễn Văn Mẫu UBND"
    cue = cues.starting(a)
    if cue is not None:
        is_long = cue.end > b
        if cue.kind in (RANK, FUNCTION):
            return is_long or (i >= 2 and cue.end - cue.start > 3)
        if cue.kind == PRIVATE:
            return is_long
        if cue.kind == HONORIFIC and i + 2 < len(name.words):
            # "... ngày vía Thần Tài Ông Nguyễn Văn Mẫu": a sentence glued to the one before
            return is_long or name.folded[i] in ("ông", "bà", "chị")
    return False


def is_foreign(folded: list[str]) -> bool:
    """Whether a word of a name is no Vietnamese syllable."""
    return not all(map(is_vietnamese, folded))


def strip_country(name: Name, words: NameWords) -> Name:
    """Without a country or people before: `Tổng thống Mỹ Donald Trump`; but `Chủ tịch Thái Thanh Mẫu`."""
    folded = name.folded
    for n in (3, 2, 1):
        if len(folded) <= n or " ".join(folded[:n]) not in words.countries:
            continue
        following = folded[n]
        if n > 1 or not is_vietnamese(following) or (folded[0] not in words.families and following in words.families):
            return strip_country(name.part(n), words)
    return name
