"""Dates and times, resolved against the article's own date.

    >>> from helpers.corpus.document import Document
    >>> from helpers.extract.register import open_reading
    >>> reading = open_reading(Document("x", "Hội nghị diễn ra sáng 7/11, tổng kết quý I/2023.", published="2023-11"), Lexicon.load("vi"))
    >>> [(m.fields["value"], m.inferred) for m in propose_dates(reading, Lexicon.load("vi"))]
    [('2023-11-07', ('year',)), ('2023-33', ())]

One pass over the text finds the anchors: a digit before a sign or word that dates have (`7/`, `8h`), a year, a word that
begins a date (`tháng `, `hôm qua`, `tết`). Each kind of anchor has its rules, in the order in which they are asked; the first
that reads something there decides, and the reading goes on behind it. So the proposals of this module never overlap.

A shape alone (`7/11`) is proposed weakly: where a figure has its own cue (`7/11 tổ dân phố`), the figure stands. What no
calendar holds (31/2) is given without a value, with the `reason`. Dates read from a number have the form calendar, named days
and stretches without a year (`hôm qua`, `Tết Nguyên đán`) the form relative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from helpers.extract.clock import american_time, clock_in_words, clock_time, join_times_with_days
from helpers.extract.date_numbers import BELOW_HUNDRED
from helpers.extract.date_text import DateText, DateWords, Rule
from helpers.extract.day_dates import day_of_month, full_date, iso_date
from helpers.extract.feast_days import feast_day, feasts, tet
from helpers.extract.lunar_dates import full_moon, named_year, sexagenary_names, small_lunar_day
from helpers.extract.month_dates import half_year, month, month_and_year, months, part_of_year, quarters
from helpers.extract.relative_dates import (
    elsewhere,
    name_weekdays,
    period,
    period_names,
    relative_day,
    same_period,
    season,
    weekday,
)
from helpers.extract.span import Mention, Reading
from helpers.extract.word_search import Hit, WordList
from helpers.extract.worded_days import lone_day, worded_date
from helpers.extract.year_dates import (
    bare_year,
    century_date,
    named_decade,
    old_span,
    old_year,
    year,
    year_in_words,
    year_span,
)
from helpers.lexicon import Lexicon
from helpers.normalize import search_forms

_DIGITS = "0123456789"


def _after_digit(*signs: str) -> tuple[str, ...]:
    return tuple(d + sign for d in _DIGITS for sign in signs)


def _digits_start(search: str, at: int) -> int:
    """Where the one or two digits that hold the one at `at` begin; -1 where there are more."""
    if not search[at - 1 : at].isdecimal():
        return at
    return -1 if search[at - 2 : at - 1].isdecimal() else at - 1


@dataclass(frozen=True, slots=True)
class Anchors:
    """Strings that begin a date, and the rules asked there. `digits`: the rules are given the start of the digits;
    `word`: the string begins a word (`glued`: a digit may stand right before it), and `whole` that it ends one as well."""

    surfaces: tuple[str, ...]
    rules: tuple[Rule, ...]
    digits: bool = False
    word: bool = True
    whole: bool = False
    glued: bool = False


def _anchors(lexicon: Lexicon) -> Iterator[Anchors]:
    """The register: what begins a date, and by which rules it is read."""
    words = DateWords.of(lexicon).by_role
    numbers = tuple(f"{w} giờ" for w, n in BELOW_HUNDRED.items() if n <= 24)
    yield Anchors(_after_digit("/", "/ "), (full_date, month_and_year, day_of_month), digits=True)
    yield Anchors(_after_digit("-", " -", ".", " /"), (full_date, day_of_month), digits=True)
    yield Anchors(_after_digit("h", "g", ":", " h", " g", " giờ"), (clock_time,), digits=True)
    yield Anchors(_after_digit("pm", "am", " pm", " am"), (american_time,), digits=True)
    yield Anchors(tuple(str(y) for y in range(1800, 2200)), (iso_date, year_span, year, bare_year), word=False)
    yield Anchors(tuple(str(y) for y in range(1000, 1800)), (old_span,), word=False)
    yield Anchors(tuple(f"năm {d}" for d in _DIGITS), (old_year,))
    yield Anchors(("năm một", "năm hai"), (year_in_words,))
    yield Anchors(("tháng ", "thg "), (part_of_year, worded_date, months, month), glued=True)
    yield Anchors(("quý ",), (part_of_year, quarters))
    yield Anchors(("nửa đầu", "nửa cuối", "nửa sau"), (half_year,), whole=True)
    yield Anchors(("ngày ",), (small_lunar_day, lone_day))
    yield Anchors(("thập niên ", "thập kỉ ", "những năm ", "các năm "), (named_decade,))
    yield Anchors(("thế kỉ ",), (century_date,))
    yield Anchors(numbers, (clock_in_words,), whole=True)
    yield Anchors(("mùng ", "mồng "), (small_lunar_day,))
    yield Anchors(("rằm",), (full_moon,), whole=True)
    yield Anchors(("tết",), (tet,), whole=True)
    yield Anchors(tuple(feasts(lexicon)), (partial(feast_day, known=feasts(lexicon)),), whole=True)
    yield Anchors(tuple(sexagenary_names(lexicon)), (named_year,), whole=True)
    yield Anchors(("cùng kì",), (same_period,), whole=True)
    yield Anchors(tuple(words["day"]), (relative_day,), whole=True)
    yield Anchors(tuple(words["elsewhere"]), (elsewhere,), whole=True)
    yield Anchors(tuple(words["season"]), (season,), whole=True)
    yield Anchors(tuple(words["weekday"]), (weekday,), whole=True)
    yield Anchors(tuple(period_names(lexicon)), (period,), whole=True)


class DateReader:
    """The anchors of one lexicon, and the reading of a text with them."""

    def __init__(self, lexicon: Lexicon):
        self._kinds: list[Anchors] = []
        surfaces: list[str] = []
        for kind in _anchors(lexicon):
            surfaces += kind.surfaces
            self._kinds += [kind] * len(kind.surfaces)
        self.anchors = WordList(search_forms(surfaces), is_free=True)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> DateReader:
        """The reader of a lexicon, made once."""
        return DateReader(lexicon)

    def read(self, text: DateText, anchors: Iterable[Hit]) -> list[Mention]:
        """The dates of a text in which its anchors were found, in reading order."""
        found: list[Mention] = []
        free = 0  # where the last date ended
        for kind, at, end in self._sites(text.search, anchors):
            if at < free:
                continue
            for rule in kind.rules:
                mention = rule(text, at, end)
                if mention is not None and mention.start >= free:
                    text.last, free = mention, mention.end
                    found.append(mention)
                    break
        return found

    def _sites(self, search: str, anchors: Iterable[Hit]) -> Iterable[tuple[Anchors, int, int]]:
        """(kind, start, end) of the anchors, from left to right, the longer first where two begin together."""
        kinds = self._kinds
        sites = []
        for pattern, at, end in anchors:
            kind = kinds[pattern]
            if kind.digits:
                if (at := _digits_start(search, at)) < 0:
                    continue
            elif kind.word:
                before = search[at - 1 : at]
                if before.isalpha() or (before.isdecimal() and not kind.glued):
                    continue
                if kind.whole and search[end : end + 1].isalnum():
                    continue
            elif search[at - 1 : at].isdecimal() or search[end : end + 1].isdecimal():
                continue
            sites.append((at, -end, pattern))
        sites.sort()
        return [(kinds[pattern], at, -end) for at, end, pattern in sites]


#: words before a date that narrow it, and belong to it: "đầu năm 2020", "cuối tháng 5"
_SIDES = ("đầu ", "giữa ", "cuối ")
_WIDENED = frozenset(("year", "month", "decade", "century", "quarter"))


def _widen(search: str, mention: Mention) -> None:
    """Takes `đầu`, `giữa`, `cuối` into the span; the value stays the whole year or month."""
    for side in _SIDES:
        at = mention.start - len(side)
        if at >= 0 and search.startswith(side, at) and not search[at - 1 : at].isalnum():
            mention.start = at


def date_anchors(lexicon: Lexicon) -> WordList:
    """The words and signs that dates and times are found by."""
    return DateReader.of(lexicon).anchors


def propose_dates(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All proposals for dates and times of a document, in reading order; spans may overlap figures, never each other."""
    text = DateText.of(reading, lexicon)
    reader = DateReader.of(lexicon)
    found = reader.read(text, reading.find_words(reader.anchors))
    for mention in found:
        if mention.rule in _WIDENED:
            _widen(reading.search, mention)
    name_weekdays(found)
    if any(m.fields["form"] == "clock" for m in found):
        join_times_with_days(text, found)
    return found
