"""Programmes: models, movements, campaigns and drives, with their name and kind (mô hình, phong trào, đợt
cao điểm …).

    12 mô hình "Tổ liên gia an toàn PCCC"; phong trào toàn dân bảo vệ an ninh Tổ quốc; mô hình dân vận khéo

A name in marks is taken whole, with its commas and dashes. Names that differ are kept apart (`tổ liên gia
tự quản` is not `Tổ liên gia an toàn PCCC`); marks, case and spelling make no difference, and programmes.csv
joins known variants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.span import STRONG, USUAL, Mention, Reading, resolve_overlaps
from helpers.extract.word_patterns import compile_any
from helpers.extract.word_search import WordList
from helpers.lexicon import FILES, NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("programme_heads", surface=TEXT, needs=Column(values=("phrase", "capital", "quoted", "never")), note=NOTE)
define("programme_generic", surface=TEXT, note=NOTE)
define("programme_stops", surface=TEXT, note=NOTE)
# Declared directly: `define` has a parameter `name` of its own.
FILES["programmes"] = {
    "surface": TEXT,
    "name": TEXT,
    "type": TEXT,
    "alone": Column(values=YES_NO),
    "note": NOTE,
}

MAX_WORDS = 12
_QUOTED = regex.compile(
    r"\s?(?::\s?|(?:như|gồm)\s)?(?:\p{L}+\s){0,4}?\s?(?:về\s|có tên\s|mang tên\s)?\"(?P<name>[^\"\n]{4,120})\""
)
_MARKS = late(regex.compile, r"\"(?P<name>[^\"\n]{4,120})\"")
_NEXT_QUOTED = late(regex.compile, r"\s?(?:,|;|và|,\svà)\s\"(?P<name>[^\"\n]{4,120})\"")
_SEVERAL = late(regex.compile, r"(?:các|những|nhiều|một số|hai|ba|bốn|năm|\d{1,3})\s$")
# "phòng, chống ma túy" is one verb
_PHRASE_END = late(regex.compile, r"(?<!\bphòng),|,(?!\schống)|[.;:()\n\"…/]|\s-\s|\s\d")
_WORD = late(regex.compile, r"\S+")


@dataclass(frozen=True)
class _Words:
    surfaces: WordList
    rows: list[tuple[str, dict[str, str]]]
    generic: regex.Pattern
    stops: regex.Pattern


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    rows = [("head", r) for r in lexicon.entries("programme_heads")]
    rows += [("name", r) for r in lexicon.entries("programmes")]
    return _Words(
        WordList([search_form(r["surface"]) for _, r in rows], is_whole=True),
        rows,
        compile_any(lexicon.surfaces("programme_generic")),
        compile_any(lexicon.surfaces("programme_stops")),
    )


def programme_words(lexicon: Lexicon) -> WordList:
    """The words that programmes are found by."""
    return _words(lexicon).surfaces


def _hits(reading: Reading, words: _Words) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    for start, minus_end, which in sorted([(a, -b, which) for which, a, b in reading.find_words(words.surfaces)]):
        yield start, -minus_end, *words.rows[which]


def _quoted_name(reading: Reading, start: int, end: int, needs: str) -> Mention | None:
    """A head with a name in marks: `mô hình "Khu dân cư an toàn PCCC"`."""
    if reading.search.find('"', end, end + 170) < 0:
        return None
    quoted = _QUOTED.match(reading.search, end, min(len(reading.search), end + 170))
    if not quoted or len(quoted["name"].split()) < 2 or reading.plain[quoted.start("name") - 1] == "”":
        return None
    if needs == "quoted" and quoted.start("name") - end > 2:
        return None  # "nhóm thanh niên “bắt vợ”"
    name = reading.plain[slice(*quoted.span("name"))]
    kind = reading.plain[start:end]
    return _mention(start, quoted.end(), "quoted_name", f"{kind} “{name}”", kind, STRONG)


def _quoted_after(reading: Reading, head: tuple[int, int], first: Mention) -> Iterator[Mention]:
    """The other names of a list that shares its head: `các mô hình “A”, “B” và “C”`."""
    start, end = head
    if not (_SEVERAL.search(reading.search, max(0, start - 8), start) or reading.search.startswith(":", end)):
        return
    at, kind = first.end, str(first.fields["type"])
    while found := _NEXT_QUOTED.match(reading.search, at):
        at = found.end()
        name = reading.plain[slice(*found.span("name"))]
        yield _mention(found.start("name") - 1, at, "shared_head", f"{kind} “{name}”", kind, STRONG)


def _phrase_name(reading: Reading, start: int, end: int, words: _Words, needs: str) -> Mention | None:
    """A head with its name in plain words: `mô hình tổ liên gia tự quản về an ninh trật tự`."""
    search, plain = reading.search, reading.plain
    if plain[end : end + 1] != " " or words.generic.match(search, end + 1) or search[end + 1 : end + 2].isdigit():
        return None
    if search[start:end] == "mô hình" and search.endswith(("các ", "những "), 0, start):
        return None  # "thiết lập các mô hình an ninh trật tự": a kind, not a name
    if needs == "capital" and not _is_titled(reading, start, end):
        return None
    stop = _PHRASE_END.search(search, end + 1, min(len(search), end + 110))
    limit = stop.start() if stop else min(len(search), end + 110)
    if verb := words.stops.search(search, end + 1, limit):
        limit = verb.start()
    parts = list(_WORD.finditer(search, end, limit))[:MAX_WORDS]
    if len(parts) < 2:
        return None
    name_end = parts[-1].end()
    kind = plain[start:end]
    return _mention(start, name_end, "head_and_name", " ".join(plain[start:name_end].split()), kind, USUAL)


def _is_titled(reading: Reading, start: int, end: int) -> bool:
    """Whether a common head is part of a title here: a capital within the sentence, or one right after it."""
    plain, sentence = reading.plain, reading.sentence_at(start)
    inside = sentence is not None and start > sentence.start and plain[max(0, start - 2)] not in '.:!?“"'
    return (plain[start].isupper() and inside) or bool(regex.match(r"\s\p{Lu}\p{Ll}+\s\p{Ll}", plain[end : end + 20]))


def _mention(start: int, end: int, rule: str, name: str, kind: str, strength: int) -> Mention:
    fields: dict[str, object] = {"name": name, "type": kind.lower()}
    return Mention("programme", start, end, rule, fields, strength)


def _known_name(reading: Reading, start: int, end: int, row: dict[str, str], heads: dict[int, int]) -> Mention:
    """A programme the lexicon knows, with its head before it or alone."""
    head_start = heads.get(start - 1, -1)
    begin = head_start if head_start >= 0 else start
    kind = reading.plain[begin : start - 1] if head_start >= 0 else row["type"]
    mention = _mention(begin, end, "known_name", " ".join(reading.plain[begin:end].split()), kind, USUAL)
    mention.fields["key"] = row["name"]
    if head_start < 0:
        mention.inferred = ("type",)
    return mention


def _repeated(reading: Reading, found: list[Mention]) -> Iterator[Mention]:
    """A name in marks that the article has introduced with its head: `"Tổ liên gia an toàn PCCC"` alone."""
    known = {
        _key(str(m.fields["name"]), str(m.fields["type"])): m for m in found if m.rule in ("quoted_name", "shared_head")
    }
    for marks in _MARKS.finditer(reading.search) if known else ():
        if first := known.get(_key(marks["name"], "")):
            yield _mention(
                marks.start(),
                marks.end(),
                "repeated_name",
                str(first.fields["name"]),
                str(first.fields["type"]),
                USUAL,
            )


def _key(name: str, kind: str) -> str:
    """What makes two names one: neither marks nor case nor the head word."""
    folded = "".join(c if c.isalnum() else " " for c in search_form(name))
    words = " ".join(folded.split())
    return words.removeprefix(search_form(kind)).strip()


def _number(reading: Reading, found: list[Mention]) -> None:
    ids: dict[str, int] = {}
    for mention in found:
        key = _key(str(mention.fields.pop("key", None) or mention.fields["name"]), str(mention.fields["type"]))
        mention.entity_id = f"{reading.document.doc_id}:programme-{ids.setdefault(key, len(ids) + 1)}"


def _resolve(found: list[Mention]) -> list[Mention]:
    """Of overlapping proposals the one in marks, then the known name, then the longer."""
    strengths = {
        "quoted_name": STRONG + 2,
        "shared_head": STRONG + 2,
        "repeated_name": STRONG + 1,
        "known_name": STRONG,
        "head_and_name": USUAL,
    }
    printed = [m.strength for m in found]
    for mention in found:
        mention.strength = strengths[mention.rule]
    kept = resolve_overlaps(found)
    for mention, strength in zip(found, printed, strict=True):
        mention.strength = strength
    return kept


def _is_vouched(mention: Mention, row: dict[str, str], headed: set[str]) -> bool:
    """Whether a known name may stand: with its head, by itself, or since the article has it with its head."""
    return "type" not in mention.inferred or row["alone"] == "yes" or row["name"] in headed


def propose_programmes(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Programmes and models, in reading order; mentions of one name share an entity id."""
    words = _words(lexicon)
    heads: dict[int, int] = {}
    found: list[Mention] = []
    reach = 0
    known: list[tuple[Mention, dict[str, str]]] = []
    for start, end, sort, row in _hits(reading, words):
        if sort == "name":
            known.append((_known_name(reading, start, end, row, heads), row))
            continue
        if start < reach or row["needs"] == "never":
            reach = max(reach, end)  # "quân đội “…”" holds no "đội"
            continue
        heads[end] = min(start, heads.get(end, start))
        mention = _quoted_name(reading, start, end, row["needs"])
        if mention is None and row["needs"] != "quoted":
            mention = _phrase_name(reading, start, end, words, row["needs"])
        if mention:
            found.append(mention)
            if mention.rule == "quoted_name":
                found += _quoted_after(reading, (start, end), mention)
    headed = {row["name"] for mention, row in known if "type" not in mention.inferred}
    found += [mention for mention, row in known if _is_vouched(mention, row, headed)]
    found += _repeated(reading, found)
    found = _resolve(found)
    _number(reading, found)
    return found
