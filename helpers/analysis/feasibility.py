"""Which whole numbers can stand behind a printed percentage.

    >>> smallest_pairs(26.82, decimals=2, direction="decrease", n=3)
    [(179, 131), (220, 161), (261, 191)]
    >>> fits(155, 26.82, decimals=2, direction="decrease"), fits(179, 26.82, decimals=2, direction="decrease")
    (False, True)

A percentage of change says that (before - after) / before lies where it would be printed so: rounded, or cut, which some
offices do. Counts are whole numbers, so that most of them can't give it.
"""

from __future__ import annotations

from math import ceil, floor

#: numbers before the change up to which pairs are looked for
MOST = 20_000


def _shares(percent: float, decimals: int, *, is_cut: bool) -> tuple[float, float]:
    """The half-open range of shares that are printed as `percent`."""
    step = 10.0**-decimals
    low = percent if is_cut else percent - step / 2
    return low / 100, (low + step) / 100


def _whole_between(low: float, high: float) -> int | None:
    """The smallest whole number in [low, high), None if there is none."""
    found = ceil(low - 1e-9)
    return found if found < high - 1e-12 else None


def smallest_pairs(
    percent: float, *, decimals: int, direction: str, n: int = 4, is_cut: bool = False
) -> list[tuple[int, int]]:
    """The `n` smallest pairs (before, after) of whole numbers that change by `percent`; fewer if none are left below MOST."""
    low, high = _shares(percent, decimals, is_cut=is_cut)
    sign = -1 if direction == "decrease" else 1
    pairs: list[tuple[int, int]] = []
    for before in range(1, MOST):
        change = _whole_between(before * low, before * high)
        if change is not None and (change or not percent) and (sign > 0 or change <= before):
            pairs.append((before, before + sign * change))
            if len(pairs) == n:
                break
    return pairs


def fits(count: int, percent: float, *, decimals: int, direction: str) -> bool:
    """Whether a count can be the number before or after the change, be the percentage rounded or cut."""
    for is_cut in (False, True):
        low, high = _shares(percent, decimals, is_cut=is_cut)
        if _whole_between(count * low, count * high) is not None:
            return True  # the number before
        if direction == "decrease":
            if high < 1 and _any_whole(count / (1 - low), count / (1 - high)):
                return True
        elif _any_whole(count / (1 + high), count / (1 + low)):
            return True
    return False


def _any_whole(low: float, high: float) -> bool:
    return floor(high + 1e-9) >= ceil(low - 1e-9)
