"""Number words: how words such as `hai triệu ba trăm nghìn` make one value.

    >>> table = word_table(Lexicon.load("vi"))
    >>> compose_words("hai mươi mốt nghìn không trăm mười một".split(), table)
    (8, 21011.0, None, 1000.0)

Which words there are stands in lexicons/vi/number_words.csv; where they stand in a text is spelled_numbers.py's task.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.lexicon import NOTE, NUMBER, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

ROLES = ("digit", "tail", "ten", "clipped", "tens", "scale", "link", "half", "part", "point", "over", "sign", "vague")
define("number_words", surface=TEXT, value=NUMBER, role=Column(values=ROLES), note=NOTE)


@dataclass(slots=True)
class Number:
    """A number expression with its scale word. `high` is set for vague words (hàng chục) and spoken ranges (hai ba);
    `written`: digits, words or vague; `scale`: the factor of the scale word, 1 if none; `digits`: as printed."""

    start: int
    end: int
    low: float
    high: float | None = None
    written: str = "digits"
    scale: float = 1.0
    digits: str = ""


class Word(NamedTuple):
    """What a number word is worth, and what it does in a number."""

    value: float
    role: str


class Value(NamedTuple):
    """What was read: the index behind the last word used, the value, the largest scale word."""

    end: int
    value: int | float
    scale: float = 1.0
    #: it is one digit, which counts as a tenth of the scale before it
    is_lone: bool = False


Words = dict[str, Word]
_NO_WORD = Word(0, "")
#: "không chín một hai": so many digits in a row are a telephone number
_MOST_DIGITS = 2
#: a sum of scales, largest first: (value, the scale that it was multiplied by)
_Parts = list[tuple[int, int]]


@lru_cache(maxsize=4)
def word_table(lexicon: Lexicon) -> Words:
    """Number word in search form -> value and role; whole phrases (`vài ba`) too."""
    return {
        search_form(row["surface"]): Word(float(row["value"]), row["role"]) for row in lexicon.entries("number_words")
    }


def compose_words(words: list[str], table: Words, *, counts: bool = True) -> tuple[int, float, float | None, float]:
    """(words used, value, high end of a spoken range or None, largest scale) of the number at the front of `words`.

    A lone digit behind a scale word is a tenth of that scale (`năm trăm tư` 540, `hai triệu tư` 2400000); neighbouring
    digits side by side are a range (`hai ba người` 2 to 3), others are tens and ones (`bốn ba` 43). Nothing used: no
    number begins here. `counts`: something that is counted follows; without, two digits are tens and ones.
    """
    tokens = [Word(*table[w]) for w in words]
    sign, at = (-1, 1) if _role(tokens, 0) == "sign" else (1, 0)
    if _is_telephone(tokens, at):
        return 0, 0.0, None, 1.0
    if spoken := _spoken_range(tokens, at, counts):
        return spoken
    if _role(tokens, at) == "part":
        end, factor = _scales(tokens, at + 1)
        return end, sign * tokens[at].value * factor, None, float(factor)
    found = _read_number(tokens, at)
    if found.end == at:
        return 0, 0.0, None, 1.0
    found = _read_behind(tokens, at, found)
    return found.end, float(sign * found.value), None, float(found.scale)


def _read_behind(tokens: list[Word], at: int, found: Value) -> Value:
    """`found` with what may follow a number: decimals, a denominator, a half."""
    role = _role(tokens, found.end)
    if role == "point":
        return _read_decimals(tokens, found)
    if role == "over" and _role(tokens, found.end + 1) in ("digit", "tail", "ten"):
        below = _read_below_hundred(tokens, found.end + 1)
        return Value(below.end, found.value / below.value) if below.value else found
    if role == "half" and found.scale <= 10:  # "ba rưỡi"
        return Value(found.end + 1, found.value + 0.5)
    if role == "part" and found.value == 1:  # "một nửa"
        return Value(found.end + 1, 0.5)
    return found


def _role(tokens: list[Word], at: int) -> str:
    return tokens[at].role if at < len(tokens) else ""


def _value(tokens: list[Word], at: int) -> int:
    return int(tokens[at].value)


def _thousands(tokens: list[Word], at: int) -> int:
    """The scale word at `at` if it is thousand or more, else 0."""
    return int(tokens[at].value) if _role(tokens, at) == "scale" and tokens[at].value >= 1000 else 0


def _scales(tokens: list[Word], at: int) -> tuple[int, int]:
    """(end, product) of the scale words from `at` on; at most three are read."""
    factor, end = 1, at
    while end < at + 3 and _role(tokens, end) in ("scale", "tens"):
        factor, end = factor * _value(tokens, end), end + 1
    return end, factor


def _is_telephone(tokens: list[Word], at: int) -> bool:
    return all(_role(tokens, i) == "digit" for i in range(at, at + _MOST_DIGITS + 1))


def _spoken_range(tokens: list[Word], at: int, counts: bool) -> tuple[int, float, float, float] | None:
    """`hai ba người`, `năm sáu nghìn`, `năm bảy lần`, `chín mười ngày`; None where it is no range."""
    if _role(tokens, at) != "digit" or _role(tokens, at + 1) not in ("digit", "ten"):
        return None
    low, high = tokens[at].value, tokens[at + 1].value
    if not low or _role(tokens, at + 2) in ("digit", "tail", "ten"):
        return None
    if high != low + 1 and (low, high) != (5, 7):
        return None
    end, factor = _scales(tokens, at + 2)
    if factor == 1 and not counts:
        return None
    return end, low * factor, high * factor, float(factor)


def _read_number(tokens: list[Word], at: int) -> Value:
    """Groups below a thousand with their scales; end == at where there is none."""
    parts: _Parts = []
    last, top = 0, 1.0
    while True:
        linked = bool(parts) and _role(tokens, at) == "link"
        group = _read_below_thousand(tokens, at + linked, inside=bool(parts))
        if group.end == at + linked:
            if parts or not _thousands(tokens, at):
                break
            group = Value(at, 1)  # "nghìn rưỡi", "triệu": one is understood
        scale = _thousands(tokens, group.end)
        top = max(top, group.scale)
        if not scale:
            if parts and not group.value:
                break  # "hai triệu không"
            # "hai triệu tư", "một nghìn hai": a lone digit is a tenth of the scale before it
            clipped = group.is_lone and parts and not linked
            parts.append((int(group.value) * last // 10 if clipped else int(group.value), 1))
            at = group.end
            break
        if parts and scale == parts[-1][1]:
            break  # "hai triệu ba triệu": two numbers
        _add_scaled(parts, int(group.value), scale, scale)
        at, last = group.end + 1, scale
        while (scale := _thousands(tokens, at)) and (scale > last or scale == last == 10**9):  # "nghìn tỉ", "tỉ tỉ"
            unit = parts[-1][1]
            if unit * scale > 10**18:
                break
            _add_scaled(parts, 0, scale, scale * (unit if len(parts) == 1 or parts[-2][1] > scale else 1))
            at, last = at + 1, scale
        top = max(top, float(parts[-1][1]))
        if _role(tokens, at) == "half":
            parts.append((last // 2, 1))
            at += 1
            break
    return Value(at, sum(value for value, _ in parts), top)


def _add_scaled(parts: _Parts, group: int, scale: int, unit: int) -> None:
    """Adds `group` times `scale`; what was said in smaller scales is multiplied, too (`ba nghìn hai trăm tỉ`)."""
    while parts and parts[-1][1] <= scale and not (group and parts[-1][1] == scale):
        group += parts.pop()[0]
    parts.append((group * scale, unit))


def _read_below_thousand(tokens: list[Word], at: int, *, inside: bool) -> Value:
    """Hundreds, tens and ones; end == at where there are none."""
    hundred = at + (_role(tokens, at) == "digit")
    if not _is_hundred(tokens, hundred):
        return _read_below_hundred(tokens, at)
    value, end = (_value(tokens, at) if hundred > at else 1) * 100, hundred + 1
    if _role(tokens, end) == "half":
        return Value(end + 1, value + 50, 100.0)
    linked = _role(tokens, end) == "link" and _role(tokens, end + 1) in ("digit", "tail", "ten")
    rest = _read_below_hundred(tokens, end + linked)
    if rest.end == end + linked or (rest.is_lone and not rest.value):
        return Value(end, value, 100.0)
    return Value(rest.end, value + rest.value * (10 if rest.is_lone and not linked else 1), 100.0)


def _read_below_hundred(tokens: list[Word], at: int) -> Value:
    """Tens and ones; end == at where there are none."""
    role, behind = _role(tokens, at), _role(tokens, at + 1)
    if role == "digit" and behind == "tens":
        value, end = _value(tokens, at) * 10, at + 2
    elif role == "ten":
        value, end = _value(tokens, at), at + 1
    elif role == "clipped" and behind in ("digit", "tail"):  # "hăm hai"
        return Value(at + 2, _value(tokens, at) + _value(tokens, at + 1), 10.0)
    elif role == "digit" and _value(tokens, at) > 1 and _is_one_of_tens(tokens, at + 1):  # "hai mốt", "bốn ba"
        return Value(at + 2, _value(tokens, at) * 10 + _value(tokens, at + 1), 10.0)
    elif role == "digit" and behind == "scale" and _value(tokens, at + 1) == 10:  # "hai chục"
        return _half_of_ten(tokens, at + 2, _value(tokens, at) * 10)
    elif role == "scale" and _value(tokens, at) == 10:
        return _half_of_ten(tokens, at + 1, 10)
    elif role in ("digit", "tail"):
        return Value(at + 1, _value(tokens, at), is_lone=True)
    else:
        return Value(at, 0)
    # "hai mươi mốt", "mười lăm"; but in "hai mươi ba trăm" the ba belongs to trăm
    if _is_one_of_tens(tokens, end):
        return Value(end + 1, value + _value(tokens, end), 10.0)
    return Value(end, value, 10.0)


def _half_of_ten(tokens: list[Word], at: int, value: int) -> Value:
    return Value(at + 1, value + 5, 10.0) if _role(tokens, at) == "half" else Value(at, value, 10.0)


def _is_one_of_tens(tokens: list[Word], at: int) -> bool:
    """Whether the word at `at` is the ones behind tens: a digit from one to nine, no `ba` of `ba trăm`, `ba mươi`."""
    return (
        _role(tokens, at) in ("digit", "tail")
        and _value(tokens, at) > 0
        and _role(tokens, at + 1) != "tens"
        and not (_role(tokens, at + 1) == "scale" and tokens[at + 1].value <= 100)
    )


def _is_hundred(tokens: list[Word], at: int) -> bool:
    return at < len(tokens) and tokens[at] == (100.0, "scale")


def _read_decimals(tokens: list[Word], whole: Value) -> Value:
    """`whole` with the decimals behind its point word: digit by digit, or as a number (`ba phẩy mười bốn`)."""
    end, digits = whole.end + 1, ""
    while _role(tokens, end) in ("digit", "tail") and _role(tokens, end + 1) != "tens" and len(digits) < 40:
        digits, end = digits + str(_value(tokens, end)), end + 1
    rest = _read_below_hundred(tokens, end)
    if rest.scale >= 10 and rest.end > end:
        digits, end = digits + str(int(rest.value)), rest.end
    if not digits:
        return whole
    scale = 1
    if whole.scale <= 100:  # "hai phẩy năm triệu"
        end, scale = _scales(tokens, end)
    return Value(end, int(f"{int(whole.value)}{digits}") * scale / 10 ** len(digits), max(whole.scale, scale))
