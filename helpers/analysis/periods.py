"""Periods as the first and the last day they may hold, and whether two of them share a day.

>>> days_of("2023-02"), days_of("2023-33"), days_of("2021/2025")
(('2023-02-01', '2023-02-31'), ('2023-01-01', '2023-03-31'), ('2021-01-01', '2025-12-31'))
"""

from __future__ import annotations

#: after every day that is written with four digits of year
_EVER = "9999-12-31"
_FIRST_QUARTER, _LAST_QUARTER = 33, 36


def days_of(edtf: str | None) -> tuple[str, str] | None:
    """First and last day of a period, as strings that compare; None where it is unknown or no single stretch of time.

    A month ends on its 31st: no day is left out.
    """
    if not edtf or edtf[0] in "-{[":
        return None
    first, slash, last = edtf.partition("/")
    start, end = _stretch(first), _stretch(last) if slash else None
    if not slash:
        return start
    if start is None or (end is None and last != ".."):
        return None
    return start[0], end[1] if end else _EVER


def _stretch(part: str) -> tuple[str, str] | None:
    numbers = part.split("T")[0].split("-")
    if not (1 <= len(numbers) <= 3 and all(n.isdigit() for n in numbers) and len(numbers[0]) == 4):
        return None
    year = numbers[0]
    if len(numbers) == 1:
        return f"{year}-01-01", f"{year}-12-31"
    if len(numbers) == 3:
        return part[:10], part[:10]
    month = int(numbers[1])
    if _FIRST_QUARTER <= month <= _LAST_QUARTER:
        last = 3 * (month - _FIRST_QUARTER + 1)
        return f"{year}-{last - 2:02d}-01", f"{year}-{last:02d}-31"
    if month > 12:  # a season or half-year: within its year
        return f"{year}-01-01", f"{year}-12-31"
    return f"{part}-01", f"{part}-31"


def overlapping(periods: list[str]) -> tuple[str, str] | None:
    """Two of the periods that share a day, or one that is unknown with itself; None where all stand apart.

    >>> overlapping(["2022", "2023-02", "2023"]), overlapping(["2022", "2023"])
    (('2023', '2023-02'), None)
    """
    stretches = []
    for period in periods:
        if (days := days_of(period)) is None:
            return period, period
        stretches.append((*days, period))
    latest = None
    for stretch in sorted(stretches, key=lambda s: (s[0], _later(s[1]))):
        if latest and stretch[0] <= latest[1]:
            return latest[2], stretch[2]
        latest = stretch
    return None


def _later(day: str) -> tuple[int, ...]:
    """Sorts the longer of two periods that begin on one day first."""
    return tuple(-int(n) for n in day.split("-"))
