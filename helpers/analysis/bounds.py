"""What a printed figure leaves open: `hơn 20 tỷ` is anything above, `gần 500` a little less, `20 tỷ` may be 20,3 rounded.

>>> can_agree(Said(20.0, qualifier="more_than"), Said(25.0)), can_agree(Said(12.0), Said(13.0))
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

#: how far `khoảng`, `gần` may be off
APPROX = 0.1
#: a number with at least so many zeros at its end may be rounded, by at most this share of it
_ROUND_ZEROS = 2
_ROUNDING = 0.025


@dataclass(frozen=True, slots=True)
class Said:
    """A figure as printed: its value in the base of its unit, and what its words leave open."""

    value: float
    value_high: float | None = None
    qualifier: str = "exact"


def bounds(said: Said) -> tuple[float, float]:
    """The lowest and highest value that a figure allows; the bounds of `hơn`, `dưới` count as allowed."""
    low, high = said.value, said.value if said.value_high is None else said.value_high
    if said.qualifier in ("more_than", "at_least"):
        return low, inf
    if said.qualifier in ("less_than", "at_most"):
        return -inf, high
    if said.qualifier == "approx":
        return low * (1 - APPROX), high * (1 + APPROX)
    half = min(_rounding(low) / 2, _ROUNDING * abs(low)) if said.value_high is None else 0.0
    return low - half, high + half


def _rounding(value: float) -> float:
    """The last place to which a number may be rounded: 0 of 1.040, 100 of 1.500; 1 bn of 20 bn.

    >>> _rounding(1040.0), _rounding(1500.0), _rounding(20e9)
    (0.0, 100.0, 1000000000.0)
    """
    if not value or value != int(value):
        return 0.0
    digits = str(int(abs(value)))
    kept = digits.rstrip("0")
    zeros = len(digits) - len(kept)
    if zeros < _ROUND_ZEROS:
        return 0.0
    # "20 tỉ": two digits are said
    return 10.0 ** (zeros - (zeros % 3 if zeros > 3 else 0))


def can_agree(a: Said, b: Said) -> bool:
    """Whether some value fits both."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    return low_a <= high_b and low_b <= high_a
