"""Calendar arithmetic for dates as articles give them: years understood, parts of years, EDTF strings.

Everything resolves against the article's own date, at the precision it is known, and never against today. EDTF:
https://www.loc.gov/standards/datetime/ (ISO 8601-2). Weeks, half years, decades and centuries are written as intervals
(`1990/1999`, not `199X`): every reader of intervals understands them, and both ends can be compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


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
        >>> Published.parse("2023-13"), Published.parse("2023-02-31")
        (None, None)
        """
        parts = (edtf or "").split("-")
        if not (1 <= len(parts) <= 3 and all(p.isdecimal() for p in parts) and len(parts[0]) == 4):
            return None
        year, month, day = [*map(int, parts), 1, 1][:3]
        return Published(*map(int, parts)) if is_day(year, month, day) else None

    @property
    def last_day(self) -> datetime.date:
        """The last day that the date may stand for."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or days_in_month(self.year, month))

    @property
    def first_day(self) -> datetime.date:
        """The first day that the date may stand for."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def exact_day(self) -> datetime.date | None:
        """The day itself; None where only month or year is known."""
        return self.first_day if self.day else None


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _MONTH_DAYS[month - 1]


def is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day: 31/2 is none, 29/2 is one in leap years.

    >>> is_day(2023, 2, 29), is_day(2024, 2, 29)
    (False, True)
    """
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= days_in_month(year, month)


def is_day_of_some_year(month: int, day: int) -> bool:
    """Whether a year may have such a day: 29/2 yes, 31/4 no."""
    return is_day(2024, month, day)


def nearest(
    days: Iterable[datetime.date | None], published: Published, *, forward: bool = False
) -> datetime.date | None:
    """The day of `days` that an article means: the last one not after it, or the first one not before it if `forward`.

    >>> nearest([datetime.date(2023, 9, 2), datetime.date(2024, 9, 2)], Published(2024, 5))
    datetime.date(2023, 9, 2)
    """
    known = [d for d in days if d]
    if forward:
        return min((d for d in known if d >= published.first_day), default=None)
    return max((d for d in known if d <= published.last_day), default=None)


def year_of_day(month: int, day: int, published: Published | None, *, forward: bool = False) -> int | None:
    """The year that an article leaves out: the nearest past day, the nearest coming one if the words point forward.

    >>> year_of_day(12, 15, Published(2023, 12)), year_of_day(12, 28, Published(2024, 1))
    (2023, 2023)
    """
    if published is None:
        return None
    if forward:
        step, year = 1, published.year + ((month, day) < (published.month or 1, published.day or 1))
    else:
        step, year = -1, published.year - ((month, day) > (published.month or 12, published.day or 31))
    # 29/2 may be missing from seven years in a row
    return next((y for y in range(year, year + 9 * step, step) if is_day(y, month, day)), None)


def year_of_month(month: int, published: Published | None, *, forward: bool = False) -> int | None:
    """The year of a month named without one, as `year_of_day`; the article's own month is past and to come.

    >>> year_of_month(5, Published(2024, 5, 20), forward=True), year_of_month(6, Published(2024, 5, 20))
    (2024, 2023)
    """
    if published is None or not 1 <= month <= 12:
        return None
    own = published.month or (1 if forward else 12)
    return published.year + (month < own if forward else -(month > own))


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


def decade(year: int) -> str:
    """EDTF interval of the ten years from `year` on.

    >>> decade(1990)
    '1990/1999'
    """
    return f"{year}/{year + 9}"


def century(number: int) -> str:
    """EDTF interval of a century: the twenty-first begins with 2001.

    >>> century(21), century(20)
    ('2001/2100', '1901/2000')
    """
    return f"{number * 100 - 99:04d}/{number * 100:04d}"


def before_common_era(number: int) -> str:
    """EDTF interval of a century before the common era, whose years count down; 0000 is its last year.

    >>> before_common_era(3)
    '-0299/-0200'
    """
    last = number * 100 - 100
    return f"-{last + 99:04d}/{-last:05d}" if last else "-0099/0000"


def full_year(two_digits: int, published: Published | None) -> int:
    """The year behind '91 or '17: the last one with these digits, up to ten years ahead of the article.

    >>> full_year(91, Published(2017)), full_year(17, Published(2017))
    (1991, 2017)
    """
    latest = (published.year if published else 2030) + 10
    return latest - (latest - two_digits) % 100


def shift_days(published: Published | None, days: int) -> str | None:
    """The day `days` from the article's own, None unless that is known to the day."""
    own = published.exact_day if published else None
    try:
        return (own + datetime.timedelta(days=days)).isoformat() if own else None
    except OverflowError:
        return None


def shift_months(published: Published | None, months: int, *, n_months: int = 1) -> str | None:
    """The month (or, with `n_months` 3, the quarter) `months` from the article's own; None unless its month is known.

    >>> shift_months(Published(2024, 1), -1), shift_months(Published(2024, 1), -3, n_months=3)
    ('2023-12', '2023-36')
    """
    if published is None or published.month is None:
        return None
    year, month = divmod(published.year * 12 + published.month - 1 + months, 12)
    return quarter(year, month // 3 + 1) if n_months == 3 else f"{year:04d}-{month + 1:02d}"


def shift_weeks(
    published: Published | None, weeks: int, *, first: int = 0, last: int = 6, span: bool = True
) -> str | None:
    """The week `weeks` from the article's own, Monday to Sunday, or its days `first` to `last`, or one of them.

    >>> shift_weeks(Published(2024, 5, 20), -1), shift_weeks(Published(2024, 5, 20), 0, first=2, span=False)
    ('2024-05-13/2024-05-19', '2024-05-22')
    """
    own = published.exact_day if published else None
    if own is None:
        return None
    try:
        monday = own + datetime.timedelta(days=7 * weeks - own.weekday())
        ends = [(monday + datetime.timedelta(days=d)).isoformat() for d in (first, last if span else first)]
    except OverflowError:
        return None
    return "/".join(ends) if span else ends[0]


def nearest_weekday(weekday: int, published: Published | None, *, forward: bool = False) -> str | None:
    """The last such weekday up to the article's own day, or the next one after it if `forward`; Monday is 0.

    >>> nearest_weekday(4, Published(2024, 5, 20)), nearest_weekday(0, Published(2024, 5, 20), forward=True)
    ('2024-05-17', '2024-05-27')
    """
    own = published.exact_day if published else None
    if own is None:
        return None
    return shift_days(published, (weekday - own.weekday() - 1) % 7 + 1 if forward else -((own.weekday() - weekday) % 7))
