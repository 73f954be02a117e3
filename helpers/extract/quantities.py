"""Quantities: a number, its unit and what it counts, found in Vietnamese news text.

    >>> from helpers.corpus.document import Document
    >>> from helpers.extract.register import open_reading
    >>> vi = Lexicon.load("vi")
    >>> reading = open_reading(Document("x", "Năm 2023 bắt giữ hơn 35 đối tượng."), vi)
    >>> [(m.fields["value"], m.fields["unit"], m.fields["qualifier"]) for m in propose_quantities(reading, vi)][-1:]
    [(35.0, 'đối tượng', 'more_than')]

Numbers are found once (numerals.py); the rules say, in order, what each may be. A ratio such as 7/11 competes with a date
for its span: see span.resolve_overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter

from helpers.extract.candidates import Candidate, Opened, make_quantity, open_candidate
from helpers.extract.coordination import share_between_neighbours
from helpers.extract.figure_rules import RULES, ranked
from helpers.extract.numerals import Number, find_numbers
from helpers.extract.span import STRONG, USUAL, Mention, Reading
from helpers.extract.spelled_numbers import SpelledNumbers
from helpers.extract.units import UnitHit, UnitReader
from helpers.extract.wholes import link_wholes
from helpers.lexicon import Lexicon
from helpers.patterns import late

_RANGE = late(re.compile, r"[ \t]{0,2}(-|đến|tới|và)[ \t]{0,2}(?:(?:dưới|hơn|gần|khoảng|trên) )?$")
_IS_RATIO = late(re.compile, r"\b(?:tỉ lệ|tỉ số|tỉ trọng)(?: là| đạt| chiếm| khoảng|:){0,2} $")
_SLASH = late(re.compile, r"/(?=\d)")
#: what is parted into fractions
_PARTED = ("số ", "tổng ", "lượng ", "phần ", "mức ", "quân số")
_WHOLE = late(re.compile, r"(\d{1,6})(?![\d/]|[.,]\d)")
_PART = late(re.compile, r"(?<![\w/.,-])\d{1,6}$")
_IN_WORDS = late(re.compile, r" trong (?:tổng số |số |tổng |cả )?")
_NUMBERED_UNITS = ("q.", "p.")
_ROMAN = re.compile(r"[IVX]{1,6}(?!\w)")
#: last letters of thứ, khóa, hạng, loại, nhiệm kỳ
_RANK_ENDS = frozenset("ứagiỳì")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_FIRST_RANKS = {"thứ nhất": 1.0, "hạng nhất": 1.0, "thứ nhì": 2.0, "hạng nhì": 2.0}
_DOUBLED = late(re.compile, r"gấp (?:hơn |gần |khoảng )?(?P<word>đôi|rưỡi|ba|bốn|năm|mười)(?!\w| lần)")
_GROWS = late(re.compile, r"\btăng (?:hơn |gần |khoảng )?$")
_DOUBLED_VALUES = {"đôi": 2.0, "rưỡi": 1.5, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "mười": 10.0}

# a number, its start and end, its low and high value, and as what two numbers were joined in it: "range", "ratio" or ""
_Figure = tuple[Number, int, int, float, float | None, str]
Spans = Sequence[tuple[int, int]]


def _slashed_ratios(opened: Opened, claimed: Spans) -> Iterator[Mention]:
    """`7/11 tổ dân phố`: part and whole; weak where nothing that is counted follows."""
    search = opened.reading.search
    held = iter(claimed)
    span = next(held, None)
    for slash in _SLASH.finditer(search):
        at = slash.start()
        while span is not None and span[1] <= at:
            span = next(held, None)
        if (span is not None and span[0] <= at) or not search[at - 1 : at].isdigit():
            continue
        begin = max(0, at - 7)
        if (first := _PART.search(search[begin:at])) and (second := _WHOLE.match(search, at + 1)):
            start, end, part, whole = begin + first.start(), second.end(), float(first[0]), float(second[0])
            number = Number(start, end, part, whole, "digits")
            c = open_candidate(opened, number, start, end, part, whole)
            yield from _ratio(c, is_day_shaped=max(part, whole) <= 31 and whole <= 12)


def _ratio(c: Candidate, *, is_day_shaped: bool) -> Iterator[Mention]:
    if c.unit and c.unit.kind in ("measure", "percent"):
        unit = c.printed(c.unit.start, c.unit.end)
        mention = make_quantity(c, "ratio", "part_and_whole", unit=unit, unit_id=c.unit.unit_id, strength=STRONG)
        if c.low > (c.high or 0):  # "tốc độ 78/50 km/h", "huyết áp 110/70 mmHg": two values, no part of a whole
            mention.fields["aspect"] = None
    elif phrase := c.phrase():
        is_fraction = c.search.startswith(_PARTED, phrase.start) and c.low < (c.high or 0)  # "2/3 số hộ"
        if phrase.noun_class is None and is_day_shaped and not is_fraction:
            return
        mention = make_quantity(c, "ratio", "part_and_whole", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
                                noun_class=phrase.noun_class,
                                strength=STRONG if phrase.noun_class or is_fraction else USUAL)  # fmt: skip
    elif _IS_RATIO.search(c.left):  # "tỷ lệ là 100/2"
        mention = make_quantity(c, "ratio", "part_and_whole", strength=STRONG)
    else:
        return
    if mention.fields["qualifier"] == "approx":
        mention.fields["qualifier"] = "exact"
    yield mention


def _roman_ranks(opened: Opened) -> Iterator[Mention]:
    """`khóa XII`, `lần thứ XIII`, `loại III`."""
    plain, search = opened.reading.plain, opened.reading.search
    for initial in (" I", " V", " X"):
        at = plain.find(initial)
        while at >= 0:
            if search[at - 1] in _RANK_ENDS and (m := _ROMAN.match(plain, at + 1)):
                values = [_ROMAN_VALUES[letter] for letter in m[0]]
                value = float(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
                c = open_candidate(opened, Number(*m.span(), value), *m.span(), value, None)
                if rank := ranked(c):
                    yield rank
            at = plain.find(initial, at + 1)


def _first_ranks(opened: Opened) -> Iterator[Mention]:
    """`lần thứ nhất`, `hạng nhì`: words that are no numbers elsewhere (thống nhất, nhất là)."""
    search = opened.reading.search
    for phrase, value in _FIRST_RANKS.items():
        at = search.find(phrase)
        while at >= 0:
            start, end = at + phrase.index("nh"), at + len(phrase)
            # "Thứ nhất, …" opens a list of reasons
            if not search[end : end + 1].isalnum() and (
                not phrase.startswith("thứ") or search[at - 2 : at].strip().isalpha()
            ):
                c = open_candidate(opened, Number(start, end, value, None, "words"), start, end, value, None)
                if rank := ranked(c):
                    yield rank
            at = search.find(phrase, end)


def _doubled(opened: Opened) -> Iterator[Mention]:
    """`tăng gần gấp đôi`: a multiple in a word."""
    search = opened.reading.search
    at = search.find("gấp ")
    while at >= 0:
        if (m := _DOUBLED.match(search, at)) and not search[at - 1 : at].isalnum():
            value = _DOUBLED_VALUES[m["word"]]
            c = open_candidate(opened, Number(*m.span("word"), value, None, "words"), *m.span("word"), value, None)
            mention = make_quantity(c, "ratio", "multiplied", strength=STRONG, aspect="change")
            if grows := _GROWS.search(search, max(0, at - 16), at):
                mention.fields["direction"] = "increase"
                if mention.fields["qualifier"] == "exact":
                    qualifier = opened.readers.context.qualifier
                    mention.fields["qualifier"] = qualifier(search, grows[0].split(), *m.span("word"))
            yield mention
        at = search.find("gấp ", at + 4)


def _join_numbers(numbers: list[Number], search: str, units: UnitReader) -> list[_Figure]:
    """Numbers, two joined where they are the ends of a range (`20 đến 25`, `100.000 - 120.000`, `3 km đến dưới 5`) or a part
    and its whole (`ba trong năm`)."""
    joined: list[_Figure] = []
    i, n = 0, len(numbers)
    while i < n:
        first = numbers[i]
        if i + 1 < n and (second := numbers[i + 1]).start - first.end <= 30:
            joint, ends = "range", _range_ends(first, second, search, units)
            if ends is None:
                joint, ends = "ratio", _part_of(first, second, search)
            if ends is not None:
                number = replace(first, scale=max(first.scale, second.scale))
                joined.append((number, first.start, second.end, *ends, joint))
                i += 2
                continue
        joined.append((first, first.start, first.end, first.low, first.high, ""))
        i += 1
    return joined


def _part_of(first: Number, second: Number, search: str) -> tuple[float, float] | None:
    """(3, 5) of `ba trong năm`; "một trong 8 nhiệm vụ" counts the eight."""
    lone = first.high is None and second.high is None and first.scale == second.scale == 1
    if not lone or first.low > second.low or (first.low == 1 and first.written == "words"):
        return None
    return (first.low, second.low) if _IN_WORDS.fullmatch(search[first.end : second.start]) else None


def _range_ends(first: Number, second: Number, search: str, units: UnitReader) -> tuple[float, float] | None:
    gap = search[first.end : second.start]
    if "\n" in gap or not ("-" in gap or "đến" in gap or "tới" in gap or "và" in gap):
        return None
    unit, second_unit = units.read(search, first.end), None
    if unit and unit.end <= second.start:
        # "3 km đến dưới 5", "400.000 đồng đến 500.000 đồng/m3": the same unit, or none behind the second
        second_unit = units.read(search, second.end)
        if second_unit and second_unit.unit_id != unit.unit_id:
            return _mixed_range(first, second, search, unit, second_unit, units)
        gap = search[unit.end : second.start]
    m = _RANGE.fullmatch(gap)
    if m is None:
        return None
    if m[1] == "và" and not search.endswith("giữa ", 0, first.start):
        return None
    if m[1] == "-" and unit and unit.end <= second.start and second_unit is None:
        return None
    low, high = first.low, second.high if second.high is not None else second.low
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale  # "5 - 7 tỷ"
    return (low, high) if low < high else None


def _mixed_range(
    first: Number, second: Number, search: str, unit: UnitHit, second_unit: UnitHit, units: UnitReader
) -> tuple[float, float] | None:
    """(0.5, 3) of `từ sáu tháng đến ba năm`: both ends in the second unit."""
    dimension, factor = units.factor(unit.unit_id)
    second_dimension, second_factor = units.factor(second_unit.unit_id)
    gap = search[unit.end : second.start].strip()
    if dimension != second_dimension or gap not in ("đến", "tới") or not search.endswith("từ ", 0, first.start):
        return None
    low, high = round(first.low * factor / second_factor, 9), second.low
    return (low, high) if low < high and second.high is None else None


def propose_quantities(reading: Reading, lexicon: Lexicon, claimed: Spans = ()) -> list[Mention]:
    """All proposals for figures of a document, in the order in which rules win among equals.

    `claimed`: spans that dates and codes hold beyond doubt, in reading order; numbers inside them are left alone.
    """
    opened = Opened.of(reading, lexicon)
    search, ones = reading.search, opened.readers.ones
    ratios = list(_slashed_ratios(opened, claimed))
    sure = [(m.start, m.end) for m in ratios if m.strength == STRONG]
    held = sorted([*claimed, *sure]) if sure else claimed
    beginnings = reading.find_words(SpelledNumbers.of(lexicon).beginnings)
    numbers = find_numbers(search, lexicon, comma_groups=None, claimed=held, plain=reading.plain, hits=beginnings)
    found = [*ratios, *_roman_ranks(opened), *_first_ranks(opened), *_doubled(opened)]
    joined = _join_numbers(numbers, search, opened.readers.units)
    for (number, start, end, low, high, joint), behind in zip_longest(joined, joined[1:]):
        if number.low == 1 and number.written == "words" and ones.is_article(search, start, end):
            continue
        if search.endswith(_NUMBERED_UNITS, 0, start) and not search[start - 3 : start - 2].isalnum():
            continue  # "Q.2", "P. 5": a district, a ward
        c = open_candidate(opened, number, start, end, low, high, is_range=joint == "range",
                           following=behind[0] if behind and not behind[-1] else None)  # fmt: skip
        if joint == "ratio":
            found.extend(_ratio(c, is_day_shaped=False))
            continue
        for rule in RULES:
            if mention := rule(c):
                found.append(mention)
                break
    found.sort(key=attrgetter("start"))
    figures = [m for m in found if m.kind != "code"]
    share_between_neighbours(figures, reading)
    link_wholes(figures, search)
    return found
