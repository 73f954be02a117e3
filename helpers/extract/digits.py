"""Runs of digits with separators: what number they write.

A dot groups thousands and a comma parts decimals, unless the document plainly does the opposite.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import regex

from helpers.patterns import late

#: a run of digits with the separators between them; `re` looks for it quickly if it begins with one digit, not with many
RUN = re.compile(r"\d\d*+(?:[.,]\d++)*+")
#: plain whatever the document does: "1,234,567", "1,234.5"
_COMMA_GROUPED = late(regex.compile, r"[1-9]\d{0,2}(?:,\d{3})+(?:(?<=,\d{3},\d{3})|\.\d+)(?!\d)(?:\.\d+)?")
_COMMA_GROUPS = late(regex.compile, r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DOT_GROUPS = late(regex.compile, r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL = regex.compile(r"\d+[.,]\d+")


def parse_digits(digits: str, *, comma_groups: bool = False) -> float:
    """The value of a run of digits with separators. Raises OverflowError when too large for a float, ValueError when the
    separators make no number.

    >>> [parse_digits(s) for s in ("1.040", "26,82", "2.356.700", "1.5", ",77", "0.125")]
    [1040.0, 26.82, 2356700.0, 1.5, 0.77, 0.125]
    >>> parse_digits("2,450", comma_groups=True)
    2450.0
    """
    if digits.isdecimal():
        value = float(digits)
    else:
        if not digits.isascii():
            digits = "".join(str(unicodedata.decimal(c, c)) for c in digits)
        groups, decimals = (",", ".") if comma_groups else (".", ",")
        first, *others = digits.split(decimals)[0].split(groups)
        if others and first and first[0] != "0" and len(first) < 4 and all(len(g) == 3 for g in others):
            digits = digits.replace(groups, "")
        elif _COMMA_GROUPED.fullmatch(digits):
            digits = digits.replace(",", "")
        value = float(digits.replace(",", "."))
    if value == float("inf"):
        raise OverflowError(digits[:20])
    return value


def uses_comma_groups(search: str) -> bool:
    """Whether a document plainly groups thousands with commas: "1,234,567", "1,234.5", or "2,450 hộ" where decimals have
    a dot; a document with dotted groups ("1.040") or decimal commas ("1,5") does not."""
    return groups_by_comma(RUN.findall(search), search)


def groups_by_comma(runs: Iterable[str], search: str) -> bool:
    """Whether the runs of digits of a text group by commas; a text that is nothing but "123,000" says nothing."""
    commas = dots = decimals = weak = 0
    for run in runs:
        if run.isdecimal():
            continue
        head, mark, tail = run.partition("," if "," in run else ".")
        if not _DECIMAL.fullmatch(run):
            commas += bool(_COMMA_GROUPED.fullmatch(run) or _COMMA_GROUPS.fullmatch(run))
            dots += bool(_DOT_GROUPS.fullmatch(run))
        elif mark == "." and len(tail) == 3 and len(head) < 4 and head[0] != "0":
            dots += 1
        elif mark == "," and len(tail) == 3 and len(head) < 4 and head[0] != "0":
            commas += tail == "000" and search.strip() != run
            weak += 1
        elif mark == ",":
            dots += 1
        else:
            decimals += len(tail) < 3
    return commas > dots or (not dots and weak > 0 and decimals >= 2)
