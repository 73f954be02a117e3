"""Units and counted noun phrases: what stands behind a number.

    >>> text = "225 cá nhân, tổ chức vi phạm; 7/11 tổ dân phố lắp đặt camera"
    >>> nouns = PhraseReader.of(Lexicon.load("vi"))
    >>> nouns.read(text, text, 3).unit, nouns.read(text, text, 35).unit
    ('cá nhân, tổ chức vi phạm', 'tổ dân phố')

A unit ends at the first word that opens another part of the sentence (counted_stops.csv); a comma or `và` is passed where
nouns of one class stand on both sides (`xã, phường`). The counted phrase goes on over soft stops (`tổ dân phố lắp đặt
camera`) to the end of its clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.lexicon import AMBIGUOUS, NOTE, NUMBER, OPTIONAL, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("units", unit_id=TEXT, kind=Column(values=("percent", "money", "measure", "count")), dimension=TEXT, factor=NUMBER,
       label_vi=TEXT, label_en=TEXT, note=NOTE)  # fmt: skip
define("unit_surfaces", surface=TEXT, unit_id=TEXT, ambiguous=AMBIGUOUS, note=NOTE)
define("counted_nouns", surface=TEXT, **{"class": Column(values=("event", "person", "body", "place", "task", "thing"))},
       unit_id=OPTIONAL, note=NOTE)  # fmt: skip
define("counted_stops", surface=TEXT, strength=Column(values=("hard", "soft", "never", "bridge")), note=NOTE)

MAX_UNIT_WORDS, MAX_COUNTED_WORDS = 12, 24
_WORD = regex.compile(r"[\p{L}\p{M}\d][\p{L}\p{M}\d'’&]*(?:[-–/](?=\p{L})[\p{L}\p{M}\d]+)*")
_QUOTED = regex.compile(r"[“\"„«]([^“”\"„«»\n]{2,120})[”\"»]")
_COMMA = regex.compile(r"\s?,\s?")


@dataclass(slots=True, frozen=True)
class Phrase:
    """What was read behind a number: `unit` as printed up to `unit_end`, its id and kind; the whole counted phrase."""

    unit: str
    start: int
    unit_end: int
    unit_id: str | None
    kind: str
    counted: str | None
    counted_end: int
    #: the class of the head noun, None if it is not in the lexicon
    noun_class: str | None = None


class PhraseReader:
    """Reads units and phrases with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        kinds = {row["unit_id"]: row["kind"] for row in lexicon.entries("units")}
        self.units = {
            search_form(r["surface"]): (r["unit_id"], kinds[r["unit_id"]]) for r in lexicon.entries("unit_surfaces")
        }
        longest = sorted(self.units, key=len, reverse=True)
        per = r"(?:\s?/\s?(?:\d{1,4}\s?)?[\p{L}]{1,8}\d?(?:\s\p{L}{1,8}(?=\s?/))?)"
        self.unit_pattern = regex.compile(
            rf"\s{{0,2}}(?P<unit>(?:{'|'.join(map(regex.escape, longest))})(?![\p{{L}}\d²³])(?P<per>{per}{{1,2}})?)"
        )
        self.nouns = {
            search_form(r["surface"]): (r["class"], r["unit_id"] or None) for r in lexicon.entries("counted_nouns")
        }
        self.max_noun = max(len(n.split()) for n in self.nouns)
        self.hard, self.soft, self.never, self.bridges = (
            {tuple(search_form(r["surface"]).split()) for r in lexicon.entries("counted_stops") if r["strength"] == s}
            for s in ("hard", "soft", "never", "bridge")
        )

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> PhraseReader:
        """The reader of a lexicon, made once."""
        return PhraseReader(lexicon)

    def read_unit(self, search: str, at: int) -> tuple[int, int, str, str] | None:
        """(start, end, unit_id, kind) of a unit of measure, money or share right behind a number at `at`."""
        m = self.unit_pattern.match(search, at)
        if not m:
            return None
        name = m["unit"][: len(m["unit"]) - len(m["per"] or "")]
        unit_id, kind = self.units[name]
        return m.start("unit"), m.end("unit"), unit_id, kind

    def read(self, plain: str, search: str, at: int) -> Phrase | None:
        """The phrase behind a number that ends at `at`; None where none follows."""
        start = at
        while start < len(search) and search[start] == " " and start - at < 3:
            start += 1
        # as many words as may belong to the phrase, and no more: long lines cost nothing
        words = list(self._words(plain, search, start))
        if not words:
            return None
        unit_n = self._end(words, search, soft_ends=True)
        if unit_n == 0:
            return None
        counted_n = max(unit_n, self._trim(words, self._end(words, search, soft_ends=False)))
        unit_end, counted_end = words[unit_n - 1][1], words[counted_n - 1][1]
        noun_class, unit_id = self._head(words)
        counted = plain[start:counted_end] if counted_n > unit_n else None
        if (
            quoted := _QUOTED.match(plain, counted_end + (plain[counted_end : counted_end + 1] == " "))
        ) and counted_end < quoted.start() + 2:
            counted_end = quoted.end()
            counted = plain[start:counted_end]
        return Phrase(plain[start:unit_end], start, unit_end, unit_id, "count", counted, counted_end, noun_class)

    def read_clause(self, plain: str, search: str, at: int) -> str | None:
        """What goes on behind a unit to the end of its clause: `thực hiện Nghị quyết 04`; None if nothing does."""
        start = at + (search[at : at + 1] == " ")
        words = list(self._words(plain, search, start)) if start > at else []
        n = self._end(words, search, soft_ends=False)
        if n and words[n - 1][2] == "quyết":  # a document keeps its number
            number = regex.compile(r"\s\d{1,4}").match(search, words[n - 1][1])
            return plain[start : number.end() if number else words[n - 1][1]]
        return plain[start : words[n - 1][1]] if n else None

    def _words(self, plain: str, search: str, start: int):
        """(start, end, folded word, joined by a comma) up to the end of the clause."""
        at, comma = start, False
        for _ in range(MAX_COUNTED_WORDS):
            m = _WORD.match(search, at)
            if not m:
                return
            if m[0][0].isdigit() and at == start:
                return
            yield m.start(), m.end(), m[0], comma
            at, comma = m.end(), False
            if search[at : at + 1] == " ":
                at += 1 + (search[at : at + 2] == "  ")
            elif (c := _COMMA.match(search, at)) and c.end() > at:
                at, comma = c.end(), True
            else:
                return

    def _end(self, words: list[tuple[int, int, str, bool]], search: str, *, soft_ends: bool) -> int:
        """How many words the phrase holds."""
        limit = MAX_UNIT_WORDS if soft_ends else MAX_COUNTED_WORDS
        n = 0
        while n < len(words) and n < limit:
            _, _, word, comma = words[n]
            if n and (comma or word == "và"):
                if not self._joins(words, n + (word == "và")):
                    return n
                n += 1 + (word == "và")
                continue
            if n and n + 1 < len(words) and not words[n + 1][3]:
                pair = (word, words[n + 1][2])
                if pair in self.never or (not soft_ends and pair in self.bridges):
                    n += 2
                    continue
            if n and (
                word[0].isdigit()
                or self._stops(words, n, self.hard)
                or (soft_ends and self._stops(words, n, self.soft))
            ):
                return n
            if n == 0 and (
                self._stops(words, n, self.hard)
                or (soft_ends and self._stops(words, n, self.soft) and not self._is_noun(words, 0))
            ):
                return 0
            n += 1
        return n

    def _trim(self, words, n: int) -> int:
        """A clause cut short leaves no verb behind: `nhiệm vụ trọng tâm được đưa` (ra …)."""
        for tail in (1, 2):
            if n > tail and (words[n - tail][2],) in self.soft and n < len(words):
                return n - tail
        return n

    @staticmethod
    def _stops(words, n: int, stops: set[tuple[str, ...]]) -> bool:
        one = (words[n][2],)
        return one in stops or (n + 1 < len(words) and not words[n + 1][3] and (*one, words[n + 1][2]) in stops)

    def _is_noun(self, words, at: int) -> bool:
        return self._noun_at(words, at) is not None

    def _noun_at(self, words, at: int) -> tuple[str, str | None] | None:
        """The longest noun of the lexicon that begins at word `at`."""
        for size in range(min(self.max_noun, len(words) - at), 0, -1):
            if any(w[3] for w in words[at + 1 : at + size]):
                continue
            if noun := self.nouns.get(" ".join(w[2] for w in words[at : at + size])):
                return noun
        return None

    def _joins(self, words, at: int) -> bool:
        """Whether the noun at `at` goes on with the one the phrase began with."""
        if at >= len(words) or words[at][2][0].isdigit():
            return False
        head, after = self._noun_at(words, 0), self._noun_at(words, at)
        if not (head and after):
            return False
        if after[1] == "case":  # "155 vụ, 225 …" never joins, nor does "người, vụ"
            return False
        bodies = {"person", "body"}
        return (
            head[0] == after[0] != "event"
            or {head[0], after[0]} <= bodies
            or (head[0] == "event" and after[0] == "person" and words[0][2] == "lượt")
        )

    def _head(self, words) -> tuple[str | None, str | None]:
        noun = self._noun_at(words, 0)
        if not noun:
            return None, None
        if (
            noun[0] == "person"
            and len(words) > 2
            and words[0][2:3]
            and any(w[3] for w in words[1:4])
            and self._joins(words, 2)
        ):
            return noun[0], "individual_or_organisation" if {words[0][2], words[2][2]} == {"cá", "tổ"} else None
        return noun
