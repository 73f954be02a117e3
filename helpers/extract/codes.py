"""Codes: numbers that name things and count nothing (documents, plates, roads, units, list numbers, project names).

    >>> from helpers.corpus.document import Document
    >>> from helpers.extract.register import open_reading
    >>> vi = Lexicon.load("vi")
    >>> reading = open_reading(Document("x", "Phòng PC67 kiểm tra 3 xe ở thôn 5, xã Sơn Kim 1."), vi)
    >>> found = sorted(propose_codes(reading, vi), key=lambda m: m.start)
    >>> [(reading.plain[m.start : m.end], m.rule) for m in found]
    [('PC67', 'lettered_number'), ('5', 'numbered_name'), ('1', 'number_in_name')]

Proposed in the layer of the figures, so that `Đề án 06` or `Vũng Áng 2` never becomes a count. The runs of digits are sorted
once by what stands beside them (code_sites.py); each rule looks at its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from helpers.extract.code_sites import Sites, Span, find_sites
from helpers.extract.code_words import CodeWords
from helpers.extract.lettered_codes import (
    account_numbers,
    house_numbers,
    lettered_numbers,
    long_numbers,
    net_addresses,
    phones,
    plates,
    symboled_numbers,
)
from helpers.extract.numbered_names import list_numbers, numbered_names, numbers_in_names
from helpers.extract.numbered_types import coordinates, numbers_in_slogans, numbers_in_types, scores
from helpers.extract.span import Mention, Reading
from helpers.lexicon import Lexicon

#: among equals the first wins
RULES: tuple[Callable[[Reading, Sites, CodeWords], Iterator[Mention]], ...] = (
    symboled_numbers, numbered_names, house_numbers, plates, phones, account_numbers, long_numbers, lettered_numbers, net_addresses,
    list_numbers, numbers_in_names, numbers_in_types, numbers_in_slogans, scores, coordinates,
)  # fmt: skip


def propose_codes(reading: Reading, lexicon: Lexicon, claimed: Sequence[Span] = ()) -> list[Mention]:
    """All proposals for codes; where a figure has a counted noun of its own, it outranks a number in a name.

    `claimed`: spans that dates hold beyond doubt, in reading order; digits inside them are left alone.
    """
    words = CodeWords.of(lexicon)
    sites = find_sites(reading.plain, reading.search, words, claimed)
    return [m for rule in RULES for m in rule(reading, sites, words)]
