"""Calendar arithmetic for dates as articles give them: years understood, parts of years, EDTF strings.

Everything resolves against the article's own date, at the precision it is known, and never against today. EDTF:
https://www.loc.gov/standards/datetime/ (ISO 8601-2).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """The article's own date: `year`, and month and day where known."""

    year: int
    month: int | None = None
    day: int | None = None

    @staticmethod
    def parse(edtf: str | None) -> Published | None:
        """From "2023", "2023-12", "2023-12-15"; None from anything else.

        >>> Published.parse("2023-12")
        Published(year=2023, month=12, day=None)
        """
        parts = (edtf or "").split("-")
        if not (1 <= len(parts) <= 3 and all(p.isdigit() for p in parts) and len(parts[0]) == 4):
            return None
        return Published(*map(int, parts))

    @property
    def last_day(self) -> datetime.date:
        """The last day that the date may stand for."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or _days_in(self.year, month))

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)


def _days_in(year: int, month: int) -> int:
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).day


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day: 31/2 is none, 29/2 is one in leap years.

    >>> is_day(2023, 2, 29), is_day(2024, 2, 29)
    (False, True)
    """
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= _days_in(year, month)


def year_of_day(month: int, day: int, published: Published | None, *, forward: bool = False) -> int | None:
    """The year that an article leaves out: the nearest past day, the nearest coming one if the words point forward.

    >>> year_of_day(12, 15, Published(2023, 12)), year_of_day(12, 28, Published(2024, 1))
    (2023, 2023)
    """
    if published is None:
        return None
    if forward:
        years, fits = range(published.year, published.year + 9), lambda d: d >= published.first_day
    else:
        years, fits = range(published.year, published.year - 9, -1), lambda d: d <= published.last_day
    return next((y for y in years if is_day(y, month, day) and fits(datetime.date(y, month, day))), None)


def year_of_month(month: int, published: Published | None, *, forward: bool = False) -> int | None:
    """The year of a month named without one, as `year_of_day`."""
    return year_of_day(month, 1, published, forward=forward) if 1 <= month <= 12 else None


def quarter(year: int, number: int) -> str:
    """EDTF of a quarter: 33 to 36 stand for the first to the fourth.

    >>> quarter(2017, 1)
    '2017-33'
    """
    return f"{year}-{32 + number}"


def months_of_year(year: int, n_months: int, *, at_end: bool = False) -> str:
    """EDTF interval of the first (or last) `n_months` of a year.

    >>> months_of_year(2017, 6), months_of_year(2019, 9, at_end=True)
    ('2017-01/2017-06', '2019-04/2019-12')
    """
    first, last = (13 - n_months, 12) if at_end else (1, n_months)
    return f"{year}-{first:02d}/{year}-{last:02d}"


def shift_days(published: Published | None, days: int) -> str | None:
    """The day `days` from the article's own, None unless that is known to the day."""
    if published is None or published.month is None or not published.day:
        return None
    day = datetime.date(published.year, published.month, published.day) + datetime.timedelta(days=days)
    return day.isoformat()
