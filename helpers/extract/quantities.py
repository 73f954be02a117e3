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

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import regex

from helpers.extract.candidates import Candidate, make_quantity, read_phrase
from helpers.extract.context import ContextReader
from helpers.extract.figure_rules import RANK_BEFORE, RULES, is_number, rank_unit
from helpers.extract.numerals import Number, find_numbers, uses_comma_groups
from helpers.extract.phrases import PhraseReader
from helpers.extract.span import STRONG, USUAL, Mention, Reading
from helpers.lexicon import Lexicon

_RANGE = regex.compile(r"\s{0,2}(-|đến|tới)\s{0,2}(?:(?:dưới|hơn|gần|khoảng|trên)\s)?$")
_RATIO = regex.compile(r"(?<![\p{L}\d/.,-])(\d{1,6})/(\d{1,6})(?![\d/]|[.,]\d)")
_ROMAN = regex.compile(r"(?<![\p{L}\d])(?P<head>lần thứ|thứ|khóa|hạng|loại|cấp)\s(?P<roman>[ivx]{1,6})(?![\p{L}\d])")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_DOUBLED = regex.compile(r"(?<!\p{L})gấp\s(?:hơn\s|gần\s|khoảng\s)?(?P<word>đôi|rưỡi|ba|bốn|năm|mười)(?!\p{L}|\slần)")
_DOUBLED_VALUES = {"đôi": 2.0, "rưỡi": 1.5, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "mười": 10.0}

# a number, its start and end, its low and high value, and whether two numbers were joined in it
_Figure = tuple[Number, int, int, float, float | None, bool]


def _ratios(reading: Reading, phrases: PhraseReader, context: ContextReader) -> Iterator[Mention]:
    """`7/11 tổ dân phố`: part and whole; weak where nothing that is counted follows."""
    for m in _RATIO.finditer(reading.search):
        number = Number(m.start(), m.end(), float(m[1]), float(m[2]), "digits")
        c = Candidate(reading, number, m.start(), m.end(), float(m[1]), float(m[2]), False, phrases, context)
        unit = phrases.read_unit(reading.search, m.end())
        if unit and unit[3] in ("measure", "percent"):
            mention = make_quantity(
                c, "ratio", "part_and_whole", unit=reading.plain[unit[0] : unit[1]], unit_id=unit[2], strength=STRONG
            )
        else:
            phrase = read_phrase(c)
            if phrase is None or (phrase.noun_class is None and max(c.low, c.high or 0) <= 31 and (c.high or 0) <= 12):
                continue
            mention = make_quantity(c, "ratio", "part_and_whole", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
                                noun_class=phrase.noun_class, strength=STRONG if phrase.noun_class else USUAL)  # fmt: skip
        mention.fields["qualifier"] = (
            "exact" if mention.fields["qualifier"] == "approx" else mention.fields["qualifier"]
        )
        yield mention


def _roman_ranks(reading: Reading, phrases: PhraseReader, context: ContextReader) -> Iterator[Mention]:
    """`khóa XII`, `lần thứ XIII`, `loại III`."""
    for m in _ROMAN.finditer(reading.search):
        roman = m["roman"]
        if not reading.plain[m.start("roman") : m.end("roman")].isupper():
            continue
        values = [_ROMAN_VALUES[ch] for ch in roman]
        value = float(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
        number = Number(m.start("roman"), m.end("roman"), value)
        c = Candidate(reading, number, *m.span("roman"), value, None, False, phrases, context)
        if before := RANK_BEFORE.search(c.left()):
            yield make_quantity(c, "rank", "ranked", unit=rank_unit(c, before), strength=STRONG, noun_class="rank")


def _doubled(reading: Reading, phrases: PhraseReader, context: ContextReader) -> Iterator[Mention]:
    """`tăng gần gấp đôi`: a multiple in a word."""
    for m in _DOUBLED.finditer(reading.search):
        value = _DOUBLED_VALUES[m["word"]]
        number = Number(*m.span("word"), value, None, "words")
        c = Candidate(reading, number, *m.span("word"), value, None, False, phrases, context)
        mention = make_quantity(c, "ratio", "multiplied", strength=STRONG, aspect="change")
        if regex.search(
            r"(?<!\p{L})tăng\s(?:hơn\s|gần\s|khoảng\s)?$", reading.search[max(0, m.start() - 14) : m.start()]
        ):
            mention.fields["direction"] = "increase"
            outer = context.qualifier(reading.search, m.start(), m.end(), noun_class=None)
            if mention.fields["qualifier"] == "exact":
                mention.fields["qualifier"] = outer
        yield mention


def _join_ranges(numbers: list[Number], reading: Reading, phrases: PhraseReader) -> list[_Figure]:
    """Numbers, two joined where they are the ends of a range (`20 đến 25`, `100.000 - 120.000`, `3 km đến dưới 5`)."""
    joined: list[_Figure] = []
    i = 0
    while i < len(numbers):
        first = numbers[i]
        second = numbers[i + 1] if i + 1 < len(numbers) else None
        if second and (ends := _range_ends(first, second, reading.search, phrases)):
            joined.append((replace(first, scale=max(first.scale, second.scale)), first.start, second.end, *ends, True))
            i += 2
        else:
            joined.append((first, first.start, first.end, first.low, first.high, False))
            i += 1
    return joined


def _range_ends(first: Number, second: Number, search: str, phrases: PhraseReader) -> tuple[float, float] | None:
    gap = search[first.end : second.start]
    if len(gap) > 30 or "\n" in gap:
        return None
    unit = phrases.read_unit(search, first.end)
    if unit and unit[1] <= second.start:
        # "3 km đến dưới 5", "400.000 đồng đến 500.000 đồng/m3": the same unit, or none behind the second
        second_unit = phrases.read_unit(search, second.end)
        if second_unit and second_unit[2] != unit[2]:
            return None
        gap = search[unit[1] : second.start]
    if not (m := _RANGE.fullmatch(gap)) or (m[1] == "-" and unit and unit[1] <= second.start):
        return None
    low, high = first.low, second.high if second.high is not None and second.written != "vague" else second.low
    if second.written == "vague" and second.high is not None:
        high = second.high
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale  # "5 - 7 tỷ"
    return (low, high) if low < high else None


def propose_quantities(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All proposals for figures of a document, in the order in which rules win among equals."""
    phrases, context = PhraseReader.of(lexicon), ContextReader.of(lexicon)
    numbers = find_numbers(reading.search, lexicon, comma_groups=uses_comma_groups(reading.search))
    found = [m for find in (_ratios, _roman_ranks, _doubled) for m in find(reading, phrases, context)]
    for number, start, end, low, high, is_range in _join_ranges(numbers, reading, phrases):
        c = Candidate(reading, number, start, end, low, high, is_range, phrases, context)
        if number.written == "words" and not is_number(c):
            continue
        mention = next((m for rule in RULES if (m := rule(c))), None)
        if mention:
            found.append(mention)
    _share_predicates(found, reading)
    return found


def _share_predicates(found: list[Mention], reading: Reading) -> None:
    """`11 xã, phường và 6 cơ quan, đơn vị, trường học đạt chuẩn`: what is said of the second count holds for the first."""
    counts = sorted((m for m in found if m.rule == "counted_things"), key=lambda m: m.start)
    for first, second in pairwise(counts):
        unit, more = first.fields["unit"], second.fields["counted"]
        joined = reading.plain[first.end : second.start].strip() == f"{unit} và"
        if joined and more and first.fields["counted"] is None and more.startswith(str(second.fields["unit"])):
            first.fields["counted"] = unit + more[len(str(second.fields["unit"])) :]
