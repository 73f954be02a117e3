"""The Vietnamese lunar calendar: the day of the civil calendar on which a lunar day falls.

    >>> lunar_to_solar(2024, 1, 1)
    datetime.date(2024, 2, 10)

A month begins on the day of the new moon, at UTC+7. The month with the winter solstice is the eleventh; where thirteen new
moons lie between two of these, the first month without a major term (a multiple of 30° of the sun's longitude) is a leap
month and repeats the number before it. UTC+7 sets Tết apart from the Chinese new year now and then (1985, 2007, 2030).

Source: J. Meeus, Astronomical Algorithms (2nd edition): chapter 49 for new moons, chapter 25 for the sun's longitude; the
difference of clock and ephemeris time after F. Espenak and J. Meeus (NASA TP-2006-214141), as a parabola through its values
for 1900 to 2100. Good to a few minutes from 1900 to 2100; before 1968 Vietnam used other time zones by region and decree,
so some days then differ.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from math import floor, radians, sin

FIRST_YEAR, LAST_YEAR = 1900, 2100
#: ordinal of a date = floor(Julian day + 0.5) minus this
_ORDINAL_OFFSET = 1721425
_UTC7 = 7 / 24
_SYNODIC_MONTH = 29.530588861

#: (days, multiples of the sun's anomaly M, the moon's anomaly M', its argument of latitude F, its node, power of E)
_NEW_MOON_TERMS = (
    (-0.40720, 0, 1, 0, 0, 0), (0.17241, 1, 0, 0, 0, 1), (0.01608, 0, 2, 0, 0, 0), (0.01039, 0, 0, 2, 0, 0),
    (0.00739, -1, 1, 0, 0, 1), (-0.00514, 1, 1, 0, 0, 1), (0.00208, 2, 0, 0, 0, 2), (-0.00111, 0, 1, -2, 0, 0),
    (-0.00057, 0, 1, 2, 0, 0), (0.00056, 1, 2, 0, 0, 1), (-0.00042, 0, 3, 0, 0, 0), (0.00042, 1, 0, 2, 0, 1),
    (0.00038, 1, 0, -2, 0, 1), (-0.00024, -1, 2, 0, 0, 1), (-0.00017, 0, 0, 0, 1, 0), (-0.00007, 2, 1, 0, 0, 0),
    (0.00004, 0, 2, -2, 0, 0), (0.00004, 3, 0, 0, 0, 0), (0.00003, 1, 1, -2, 0, 0), (0.00003, 0, 2, 2, 0, 0),
    (-0.00003, 1, 1, 2, 0, 0), (0.00003, -1, 1, 2, 0, 0), (-0.00002, -1, 1, -2, 0, 0), (-0.00002, 1, 3, 0, 0, 0),
    (0.00002, 0, 4, 0, 0, 0),
)  # fmt: skip


def _clock_lag(julian_day: float) -> float:
    """How far clocks are behind ephemeris time [days]: about a minute."""
    century = (julian_day - 2451545.0) / 36525
    return (63.9 + 60 * century + 60 * century * century) / 86400 if century > 0 else (63.9 + 62 * century) / 86400


def _new_moon(k: int) -> float:
    """Julian day (UT) of new moon number `k`, counted from January 2000."""
    t = k / 1236.85
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t + 0.00001238 * t**3)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t - 0.00000227 * t**3)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t
    day = 2451550.09766 + _SYNODIC_MONTH * k + 0.00015437 * t * t - 0.00000015 * t**3
    for size, m, m1, f, n, power in _NEW_MOON_TERMS:
        day += size * eccentricity**power * sin(m * sun + m1 * moon + f * latitude + n * node)
    # the largest of the planetary terms
    day += 0.000325 * sin(radians(299.77 + 0.107408 * k - 0.009173 * t * t))
    return day - _clock_lag(day)


def _sun_longitude(julian_day: float) -> float:
    """The sun's apparent longitude [degrees, 0 to 360) at a Julian day (UT)."""
    t = (julian_day + _clock_lag(julian_day) - 2451545.0) / 36525
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre
    return (longitude - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360


def _first_day(k: int) -> int:
    """Ordinal of the local day of new moon `k`."""
    return floor(_new_moon(k) + 0.5 + _UTC7) - _ORDINAL_OFFSET


def _term(ordinal: int) -> int:
    """Which twelfth of its way the sun is in when a local day begins: 9 from the winter solstice on."""
    return int(_sun_longitude(ordinal + _ORDINAL_OFFSET - 0.5 - _UTC7) // 30)


def _eleventh_month(year: int) -> int:
    """Number of the new moon that begins the month with the winter solstice of `year`."""
    end_of_year = datetime.date(year, 12, 31).toordinal() + _ORDINAL_OFFSET
    k = floor((end_of_year - 2451550.1) / _SYNODIC_MONTH) + 1
    # the month that begins after the solstice day, or on a day that the sun reaches already past it, is the twelfth
    while _first_day(k) > datetime.date(year, 12, 31).toordinal() or _term(_first_day(k)) >= 9:
        k -= 1
    return k


@lru_cache(maxsize=64)
def _months_from_solstice(year: int) -> tuple[tuple[int, bool, int, int], ...]:
    """(number, whether a leap month, first ordinal, ordinal after the last) from month 11 of `year` - 1 to 10 of `year`."""
    first, after = _eleventh_month(year - 1), _eleventh_month(year)
    starts = [_first_day(k) for k in range(first, after + 1)]
    leap = next((i for i in range(1, 13) if _term(starts[i]) == _term(starts[i + 1])), 0) if after - first == 13 else 0
    months = []
    for i in range(after - first):
        number = (10 + i - (1 if leap and i >= leap else 0)) % 12 + 1
        months.append((number, bool(leap) and i == leap, starts[i], starts[i + 1]))
    return tuple(months)


def lunar_month(year: int, month: int, *, leap: bool = False) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of a month of the lunar year that begins with Tết of `year`; None if there is none.

    >>> lunar_month(2023, 2, leap=True)
    (datetime.date(2023, 3, 22), datetime.date(2023, 4, 19))
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    for number, is_leap, start, after in _months_from_solstice(year + (month >= 11)):
        if (number, is_leap) == (month, leap):
            return datetime.date.fromordinal(start), datetime.date.fromordinal(after - 1)
    return None


def lunar_to_solar(year: int, month: int, day: int, *, leap: bool = False) -> datetime.date | None:
    """The civil day of a lunar one; day 0 is the last of its month. None where the month has no such day.

    >>> lunar_to_solar(2007, 1, 1), lunar_to_solar(2024, 12, 30), lunar_to_solar(2024, 12, 0)
    (datetime.date(2007, 2, 17), None, datetime.date(2025, 1, 28))
    """
    ends = lunar_month(year, month, leap=leap)
    if ends is None:
        return None
    found = ends[1] if day == 0 else ends[0] + datetime.timedelta(days=day - 1)
    return found if ends[0] <= found <= ends[1] else None
