"""Counted noun phrases: what stands behind a number.

    >>> text = "225 cá nhân, tổ chức vi phạm; 7/11 tổ dân phố lắp đặt camera"
    >>> phrases = PhraseReader.of(Lexicon.load("vi"))
    >>> phrases.read(text, text, 3).unit, phrases.read(text, text, 34).counted
    ('cá nhân, tổ chức vi phạm', 'tổ dân phố lắp đặt camera')

A unit ends at the first word that opens another part of the sentence (counted_stops.csv); a comma or `và` is passed where
nouns of one class stand on both sides (`xã, phường`). The counted phrase goes on over soft stops (`tổ dân phố lắp đặt
camera`) to the end of its clause.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from helpers.lexicon import NOTE, OPTIONAL, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("counted_nouns", surface=TEXT, **{"class": Column(values=("event", "person", "body", "place", "task", "thing"))},
       unit_id=OPTIONAL, note=NOTE)  # fmt: skip
define("counted_stops", surface=TEXT, strength=Column(values=("hard", "soft", "never", "bridge", "pair")), note=NOTE)

MAX_UNIT_WORDS, MAX_COUNTED_WORDS, MAX_LETTERS = 12, 22, 130
_MARK = re.compile(r"[^\w ,'’&/-]")
#: a number, a mark that stands apart, a comma that no space follows, a quotation mark at the end of a word
_CLAUSE_END = re.compile(r" (?!\w)| \d|,(?! )|[-/](?![^\W\d])|['’](?!\w)|^\d")
_NO_STOP: tuple[str, dict[str, str]] = ("", {})
_QUOTED = re.compile(r" ?[“\"„«]([^“”\"„«»\n]{2,120})[”\"»]")
_QUOTES = frozenset('“"„«')
_NUMBER = late(re.compile, r" \d{1,4}")
#: these tell what is counted apart by a number behind them: `đô thị loại 1`, `hộ dân ở tổ 3`
_GRADES = frozenset("loại cấp nhóm hạng bậc độ đợt số khóa".split())
_NUMBERED = _GRADES | frozenset("tổ khu quận xóm thôn phường".split())
#: these begin a date, with the number behind them
_CALENDAR = frozenset("năm tháng ngày quý".split())
_GRADE = late(
    re.compile,
    r" \d{1,3}(?= *(?:[,;:.!?)…\n](?!\d)|$)| (?:của|ở|tại|trên|trong|và|là|đã|bị|được|theo|có|vào|trở lên)\b)",
)

Noun = tuple[str, str | None]


class Phrase(NamedTuple):
    """What was read behind a number: `unit` as printed from `start` to `unit_end`, its id; the whole counted phrase."""

    unit: str
    start: int
    unit_end: int
    unit_id: str | None
    counted: str | None
    counted_end: int
    #: the class of the head noun, None if it is not in the lexicon
    noun_class: str | None


class PhraseReader:
    """Reads counted phrases with the words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        #: first word -> (words, noun), the longest first
        self._nouns: dict[str, list[tuple[list[str], Noun]]] = {}
        for row in sorted(lexicon.entries("counted_nouns"), key=lambda r: -len(r["surface"].split())):
            words = search_form(row["surface"]).split()
            self._nouns.setdefault(words[0], []).append((words, (row["class"], row["unit_id"] or None)))
        #: word -> (its own strength or "", second word -> strength of the pair)
        self._stops: dict[str, tuple[str, dict[str, str]]] = {}
        for row in lexicon.entries("counted_stops"):
            first, _, second = search_form(row["surface"]).partition(" ")
            own, pairs = self._stops.get(first, ("", {}))
            if second:
                pairs[second] = row["strength"]
            self._stops[first] = (own if second else row["strength"], pairs)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> PhraseReader:
        """The reader of a lexicon, made once."""
        return PhraseReader(lexicon)

    def read(self, plain: str, search: str, at: int) -> Phrase | None:
        """The phrase behind a number that ends at `at`; None where none follows."""
        start = at
        while start < at + 2 and search.startswith(" ", start):
            start += 1
        if search.startswith('"', start) and start > at:  # "1.700 “xe vua”"
            start += 1
        tokens = read_clause(search, start)
        if not tokens:
            return None
        unit_n, counted_n = self._ends(tokens)
        if unit_n == 0:
            return None
        unit_end = counted_end = _end(start, tokens, unit_n)
        if counted_n > unit_n:
            counted_end = _end(start, tokens, counted_n)
        is_numbered = 1 < counted_n == len(tokens) and tokens[-1] in _NUMBERED
        if is_numbered and (grade := _GRADE.match(search, counted_end)):
            counted_end = grade.end()
            if unit_n == counted_n and tokens[-1] in _GRADES:
                unit_end = _end(start, tokens, unit_n - (2 if tokens[-1] == "độ" and unit_n > 2 else 1))
        may_be_quoted = not _QUOTES.isdisjoint(plain[counted_end : counted_end + 2])
        if may_be_quoted and (quoted := _QUOTED.match(plain, counted_end)):
            counted_end = quoted.end()
        counted = plain[start:counted_end] if counted_end > unit_end else None
        noun_class, unit_id = self._head(tokens)
        return Phrase(plain[start:unit_end], start, unit_end, unit_id, counted, counted_end, noun_class)

    def read_clause(self, plain: str, search: str, at: int) -> str | None:
        """What goes on behind a unit to the end of its clause: `thực hiện Nghị quyết 04`; None if nothing does."""
        if not search.startswith(" ", at):
            return None
        tokens = read_clause(search, at + 1)
        n = self._ends(tokens)[1] if tokens else 0
        if n == 0:
            return None
        end = _end(at + 1, tokens, n)
        if tokens[n - 1] == "quyết" and (number := _NUMBER.match(search, end)):  # a document keeps its number
            end = number.end()
        return plain[at + 1 : end]

    def _ends(self, tokens: list[str]) -> tuple[int, int]:
        """(how many words the unit holds, how many the counted phrase); (0, n) where no unit begins."""
        stop, n_words, stops = self._stop(tokens, 0), len(tokens), self._stops
        if stop == "hard":
            return 0, 0
        unit_n = 0 if stop == "soft" and not self._noun_at(tokens, 0) else -1
        n, follows_comma = 1, tokens[0][-1] == ","
        while n < n_words:
            token = tokens[n]
            ends_comma = token[-1] == ","
            word = token[:-1] if ends_comma else token
            if follows_comma or word == "và":
                if not self._joins(tokens, n + (word == "và")):
                    break
                n += 1 + (word == "và")
                follows_comma = tokens[n - 1][-1] == ","
                continue
            if word in stops:
                stop = self._stop(tokens, n)
                if stop == "hard":
                    break
                if stop == "soft":
                    unit_n = n if unit_n < 0 else unit_n
                elif stop in ("never", "bridge"):  # over a bridge the clause goes on, the unit does not
                    unit_n = n if stop == "bridge" and unit_n < 0 else unit_n
                    n += 1
                    ends_comma = tokens[n][-1] == ","
            n += 1
            follows_comma = ends_comma
        if unit_n < 0:
            unit_n = min(n, MAX_UNIT_WORDS)
        return unit_n, max(unit_n, self._trim(tokens, n))

    def _stop(self, tokens: list[str], n: int) -> str:
        """The strength of the stop at word `n`, "" if there is none; that of a pair before that of a word."""
        own, pairs = self._stops.get(tokens[n].rstrip(","), _NO_STOP)
        return (
            pairs.get(tokens[n + 1].rstrip(","), own) if pairs and n + 1 < len(tokens) and tokens[n][-1] != "," else own
        )

    def _trim(self, tokens: list[str], n: int) -> int:
        """A clause cut short leaves no verb behind: `nhiệm vụ trọng tâm được đưa` (ra …)."""
        for tail in (1, 2):
            if tail < n < len(tokens) and self._stops.get(tokens[n - tail], _NO_STOP)[0] == "soft":
                return n - tail
        return n

    def _noun_at(self, tokens: list[str], at: int) -> Noun | None:
        """The longest noun of the lexicon that begins at word `at`; no comma stands inside."""
        nouns = self._nouns.get(tokens[at].rstrip(","))
        if nouns is None:
            return None
        for noun, meaning in nouns:
            last = at + len(noun) - 1
            if last == at or (
                last < len(tokens) and tokens[at:last] == noun[:-1] and tokens[last].rstrip(",") == noun[-1]
            ):
                return meaning
        return None

    def _joins(self, tokens: list[str], at: int) -> bool:
        """Whether the word at `at`, behind a comma or `và`, goes on with what the phrase began with."""
        if at >= len(tokens):
            return False
        last = at - 1 if tokens[at - 1] != "và" else at - 2
        pairs = self._stops.get(tokens[last].rstrip(","), _NO_STOP)[1]
        if pairs.get(tokens[at].rstrip(",")) == "pair":  # "khám, chữa bệnh"
            return True
        after = self._noun_at(tokens, at)
        if after is None or after[1] == "case":  # "155 vụ, 225 …" never joins, nor does "người, vụ"
            return False
        if last and after[0] == "place" and (nearest := self._noun_at(tokens, last)) and nearest[0] == "place":
            return True  # "hội đồng xã, phường"
        head = self._noun_at(tokens, 0)
        if head is None:
            return False
        return (
            head[0] == after[0] != "event"
            or {head[0], after[0]} <= {"person", "body"}
            or (head[0] == "event" and after[0] == "person" and tokens[0] == "lượt")
        )

    def _head(self, tokens: list[str]) -> tuple[str | None, str | None]:
        """(class, unit id) of the noun that heads the phrase."""
        noun = self._noun_at(tokens, 0)
        if noun is None:
            return None, None
        if noun[0] == "person" and len(tokens) > 2 and tokens[1][-1] == "," and self._joins(tokens, 2):
            both = {tokens[0], tokens[2]} == {"cá", "tổ"}
            return noun[0], "individual_or_organisation" if both else None
        return noun


@lru_cache(maxsize=4)
def ends_phrase(lexicon: Lexicon) -> frozenset[str]:
    """The words that no noun phrase goes on over: the hard stops of counted_stops.csv."""
    return frozenset(search_form(r["surface"]) for r in lexicon.entries("counted_stops") if r["strength"] == "hard")


def read_clause(search: str, start: int) -> list[str]:
    """The words from `start` to the end of their clause, with their commas, at most as many as a phrase may hold.

    They stood one space apart: a number, a double space or any mark but a comma ends the clause.
    """
    # cut first: how much is read never depends on how long the line is
    cut = _MARK.search(search, start, start + MAX_LETTERS)
    clause = search[start : cut.start() if cut else start + MAX_LETTERS].rstrip(" ,")
    is_cut = cut is not None or start + MAX_LETTERS >= len(search)
    letters = clause.replace(", ", "").replace(" ", "")
    if (not letters.isalpha() or "  " in clause) and (end := _CLAUSE_END.search(clause)):  # seldom
        clause, is_cut = clause[: end.start()].rstrip(" ,"), True
    if not clause[:1].isalpha():
        return []
    tokens = clause.split(" ", MAX_COUNTED_WORDS)
    if len(tokens) > MAX_COUNTED_WORDS or not is_cut:
        tokens.pop()  # the last may be cut in two
    elif tokens[-1] in _CALENDAR and _NUMBER.match(search, start + len(clause)):  # "120 vụ năm 2022"
        tokens.pop()
    return tokens


def _end(start: int, tokens: list[str], n: int) -> int:
    """Where the first `n` words end that begin at `start`, without a comma behind the last."""
    return start + len(" ".join(tokens[:n]).rstrip(","))
