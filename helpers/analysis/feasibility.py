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


def prints_as(change: int, before: int, percent: float, *, decimals: int) -> bool:
    """Whether `change` out of `before` is printed as `percent`, rounded or cut.

    >>> prints_as(8, 52, 15.38, decimals=2), prints_as(8, 50, 15.38, decimals=2)
    (True, False)
    """
    shares = (_shares(percent, decimals, is_cut=is_cut) for is_cut in (False, True))
    return any(low <= change / before + 1e-12 and change / before < high for low, high in shares)


def befores(after: int, percent: float, *, decimals: int, direction: str) -> tuple[int, int] | None:
    """The lowest and highest whole number that becomes `after` by such a change, rounded or cut; None if none does.

    >>> befores(44, 15.38, decimals=2, direction="decrease"), befores(45, 15.38, decimals=2, direction="decrease")
    ((52, 52), None)
    """
    sign = -1 if direction == "decrease" else 1
    low, high = _shares(percent, decimals, is_cut=False)[0], _shares(percent, decimals, is_cut=True)[1]
    if high >= 1 and sign < 0:
        return None
    first, last = sorted((after / (1 + sign * low), after / (1 + sign * high)))
    fitting = [n for n in (*range(floor(first), min(ceil(first) + 3, ceil(last) + 1)), *range(max(floor(last) - 2, floor(first)), ceil(last) + 1))
               if n > 0 and prints_as(sign * (after - n), n, percent, decimals=decimals)]  # fmt: skip
    return (min(fitting), max(fitting)) if fitting else None


def _any_whole(low: float, high: float) -> bool:
    return floor(high + 1e-9) >= ceil(low - 1e-9)
