"""Numbers as Vietnamese writes them: digits, words, scale words, vague words.

    >>> text = search_form("1.040 vụ, 26,82%, 2 tỷ rưỡi đồng, hàng chục người, năm nay hai lăm vụ")
    >>> [(n.low, n.high) for n in find_numbers(text)]
    [(1040.0, None), (26.82, None), (2500000000.0, None), (10.0, 99.0), (25.0, None)]

Everything here works on the search form (normalize.search_form: lower case, `tỉ`). Digits are found by digit_numbers.py
and read by digits.py; words are found by spelled_numbers.py and composed by number_words.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from helpers.extract.digit_numbers import DigitReader
from helpers.extract.digits import parse_digits, uses_comma_groups
from helpers.extract.number_words import Number, compose_words
from helpers.extract.spelled_numbers import SpelledNumbers
from helpers.extract.word_search import Hit
from helpers.lexicon import Lexicon
from helpers.normalize import search_form

__all__ = ["Number", "compose_words", "find_numbers", "parse_digits", "search_form", "uses_comma_groups"]

_start = attrgetter("start")


def find_numbers(
    search: str,
    lexicon: Lexicon | None = None,
    *,
    comma_groups: bool | None = False,
    claimed: Sequence[tuple[int, int]] = (),
    plain: str | None = None,
    hits: Iterable[Hit] | None = None,
) -> list[Number]:
    """All number expressions of a text in search form, in reading order, none overlapping.

    Digits that are too large for a float are left out: they are codes. Words that are no numbers (năm nay, ba mẹ, một số)
    are left out, too; `một` as an article is not.

    Args:
        comma_groups: whether commas group thousands (`uses_comma_groups`); None to tell it here, from the same look.
        claimed: sorted spans of dates and codes; a number that lies inside one is left out.
        plain: the text with its capitals, as long as `search`; shows names (`Ba Vì`, `ông Tư`) and `1,2M`.
        hits: where `SpelledNumbers.beginnings` stand, if they were looked for already.
    """
    lexicon = lexicon or Lexicon.load("vi")
    digits = DigitReader.of(lexicon).find(search, plain, claimed, comma_groups)
    words = SpelledNumbers.of(lexicon).find(search, plain, digits, hits)
    if claimed and words:
        words = _unclaimed(words, claimed)
    if not words:
        return digits
    numbers = sorted(digits + words, key=_start)
    return _joined(search, numbers) if any(n.scale >= 1000 for n in words) else numbers


def _unclaimed(numbers: list[Number], claimed: Sequence[tuple[int, int]]) -> list[Number]:
    """The numbers that lie in no claimed span."""
    kept, i, covered = [], 0, 0
    for number in numbers:
        while i < len(claimed) and claimed[i][0] <= number.start:
            covered = max(covered, claimed[i][1])
            i += 1
        if number.end > covered:
            kept.append(number)
    return kept


def _joined(search: str, numbers: list[Number]) -> list[Number]:
    """`numbers`, in which `2 tỉ năm trăm triệu` is one."""
    kept: list[Number] = []
    for number in numbers:
        last = kept[-1] if kept else None
        if (
            last
            and number.written == "words"
            and last.written == "digits"
            and 1 < number.scale < last.scale
            and number.scale >= 1000
            and number.start == last.end + 1
            and search[last.end] == " "
            and number.high is None
        ):
            kept[-1] = Number(last.start, number.end, last.low + number.low, None, "digits", last.scale, last.digits)
        else:
            kept.append(number)
    return kept
