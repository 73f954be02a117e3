"""Numbers as Vietnamese writes them: digits, words, scale words, vague words.

    >>> [(n.low, n.high) for n in find_numbers("1.040 vụ, 26,82%, 2 tỷ rưỡi đồng, hàng chục người".lower().replace("ỷ", "ỉ"))]
    [(1040.0, None), (26.82, None), (2500000000.0, None), (10.0, 99.0)]

Everything here works on the search form (normalize.search_form: lower case, `tỉ`). A dot groups thousands and a comma
parts decimals, unless the document plainly does the opposite (`comma_groups`). Number words are composed here; which words
there are stands in lexicons/vi/number_words.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.lexicon import NOTE, NUMBER, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

_FIRST_ROLES = ("digit", "ten", "part", "sign", "scale")
ROLES = ("digit", "tail", "ten", "tens", "scale", "link", "half", "part", "point", "sign")
define("number_words", surface=TEXT, value=NUMBER, role=Column(values=ROLES), note=NOTE)


#: (value, role) of number words
Tokens = list[tuple[float, str]]


@dataclass(slots=True, frozen=True)
class Number:
    """A number expression with its scale word. `high` is set for vague words (hàng chục) and spoken ranges (hai ba);
    `written`: digits, words or vague; `scale`: the factor of the scale word, 1 if none."""

    start: int
    end: int
    low: float
    high: float | None = None
    written: str = "digits"
    scale: float = 1.0
    digits: str = ""


SCALES = {"chục": 10.0, "trăm": 100.0, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỉ": 1e9}
_SCALE = r"(?:nghìn|ngàn|triệu|tỉ|vạn|trăm|chục)(?!\p{L})"
_DIGITS = r"(?:\d{1,3}(?:\.\d{3})++(?!\d)(?:,\d++)?|\d{1,3}(?:,\d{3}){2,}+(?!\d)(?:\.\d++)?|\d++(?:[.,]\d++)?|(?<![\d,.]),\d++)"
#: digits, then up to two scale words or an attached k, tr, m, and "rưỡi"
_NUMBER = regex.compile(
    rf"(?<![\p{{L}}\d_])(?P<digits>{_DIGITS})"
    rf"(?:\s{{0,2}}(?P<scale>{_SCALE}(?:\s{_SCALE})?)|(?P<short>k|tr|m|g)(?![\p{{L}}\d])(?!\s?[/²³])|(?<!\d[.,]\d{{0,9}})(?=\d))?"
    rf"(?P<half>\srưỡi(?!\p{{L}}))?"
)
_SHORT = {"k": 1e3, "tr": 1e6, "m": 1e6, "g": 1e9}
#: "17, 25 tiêu chí", "21, 218 tỷ": a space slipped in behind the decimal comma
_SLIPPED = regex.compile(
    rf"(?:(?<=(?:đạt|còn|là|giá|tăng|giảm|hơn|gần|trên|khoảng|chiếm)\s{{1,2}})(?P<a>\d{{1,3}}),\s(?P<b>\d{{1,3}})(?=\s?%|\s{_SCALE}|\s\p{{L}}))"
)
_VAGUE_HEAD = r"(?:hàng|vài|mấy|dăm|cả|vài ba|đôi ba)"
_VAGUE = regex.compile(rf"(?<!\p{{L}})(?P<head>{_VAGUE_HEAD})\s(?P<scales>{_SCALE}(?:\s{_SCALE}){{0,2}})")
#: hàng chục is two digits, hàng trăm three …: from the scale to just under the next
_HEADS = {"vài": (2, 9), "mấy": (2, 9), "dăm": (5, 6), "vài ba": (2, 3), "đôi ba": (2, 3)}


_COMMA_GROUPED = regex.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?")
_COMMA_GROUPS = regex.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DOT_GROUPS = regex.compile(r"(?!0)\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def parse_digits(digits: str, *, comma_groups: bool = False) -> float:
    """The value of a run of digits with separators. Raises OverflowError when too large for a float.

    >>> [parse_digits(s) for s in ("1.040", "26,82", "2.356.700", "1.5", ",77", "0.125")]
    [1040.0, 26.82, 2356700.0, 1.5, 0.77, 0.125]
    >>> parse_digits("2,450", comma_groups=True)
    2450.0
    """
    if digits.isdecimal():
        pass
    elif _COMMA_GROUPED.fullmatch(digits) or (comma_groups and _COMMA_GROUPS.fullmatch(digits)):
        digits = digits.replace(",", "")
    elif _DOT_GROUPS.fullmatch(digits) and not comma_groups:
        digits = digits.replace(".", "")
    value = float(digits.replace(",", "."))
    if value == float("inf"):
        raise OverflowError(digits[:20])
    return value


def uses_comma_groups(search: str) -> bool:
    """Whether a document plainly groups thousands with commas: "1,234,567" or several "2,450 hộ" with "1.5" decimals."""
    if regex.search(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3}){2,}(?![\d,])", search):
        return True
    grouped = len(regex.findall(r"(?<![\d.,])[1-9]\d{0,2},000(?![\d,])", search))
    dotted = len(regex.findall(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.])", search))
    return grouped >= 1 and dotted == 0


def find_numbers(search: str, lexicon: Lexicon | None = None, *, comma_groups: bool = False) -> list[Number]:
    """All number expressions of a text in search form, in reading order, none overlapping.

    Digits that are too large for a float are left out: they are codes.
    """
    lexicon = lexicon or Lexicon.load("vi")
    found = sorted(
        [*_slipped(search), *_vague(search), *_written_digits(search, comma_groups), *_written_words(search, lexicon)],
        key=lambda n: (n.start, -n.end),
    )
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return _join_compounds(search, kept)


def _written_digits(search: str, comma_groups: bool) -> Iterator[Number]:
    for m in _NUMBER.finditer(search):
        try:
            value = parse_digits(m["digits"], comma_groups=comma_groups)
        except (OverflowError, ValueError):
            continue
        end, scale = m.end("digits"), 1.0
        if m["scale"]:
            for word in m["scale"].split():
                scale *= SCALES[word]
            end = m.end("scale")
        elif m["short"] and (m["short"] in ("k", "tr") or _is_money_after(search, m.end("short"))):
            scale, end = _SHORT[m["short"]], m.end("short")
        half = 0.0
        if m["half"] and scale > 1:
            half, end = scale / 2, m.end("half")
        yield Number(m.start(), end, value * scale + half, scale=scale, digits=m["digits"])


def _is_money_after(search: str, at: int) -> bool:
    return bool(regex.match(r"\s?(?:đồng|đ|vnđ|vnd|usd|đô|euro|\$|€)(?!\p{L})", search[at : at + 8]))


def _slipped(search: str) -> Iterator[Number]:
    for m in _SLIPPED.finditer(search):
        end, scale = m.end("b"), 1.0
        if word := regex.match(rf"\s({_SCALE})", search[end : end + 8]):
            scale, end = SCALES[word[1]], end + word.end()
        yield Number(m.start(), end, float(f"{m['a']}.{m['b']}") * scale, scale=scale, digits=f"{m['a']},{m['b']}")


def _vague(search: str) -> Iterator[Number]:
    for m in _VAGUE.finditer(search):
        words = m["scales"].split()
        scale = 1.0
        for word in words:
            scale *= SCALES[word]
        if m["head"] == "cả":
            yield Number(m.start(), m.end(), scale, written="vague", scale=scale)
        elif m["head"] == "hàng":
            first = SCALES[words[0]]
            yield Number(m.start(), m.end(), scale, (first * 10 - 1) * (scale / first), "vague", scale)
        else:
            low, high = _HEADS[m["head"]]
            yield Number(m.start(), m.end(), low * scale, high * scale, "vague", scale)


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> tuple[dict[str, tuple[float, str]], regex.Pattern]:
    table = {search_form(r["surface"]): (float(r["value"]), r["role"]) for r in lexicon.entries("number_words")}
    word = "|".join(sorted(table, key=len, reverse=True))
    firsts = "".join(sorted({w[0] for w in table}))
    return table, regex.compile(
        rf"(?<![\p{{L}}\d])(?=[{firsts}])(?:{word})(?!\p{{L}})(?:\s(?:{word})(?!\p{{L}})){{0,40}}"
    )


def _written_words(search: str, lexicon: Lexicon) -> Iterator[Number]:
    table, pattern = _words(lexicon)
    for m in pattern.finditer(search):
        words = m[0].split()
        # trim what can't begin or end a number ("năm trăm lẻ", "rưỡi")
        first = next((i for i, w in enumerate(words) if table[w][1] in _FIRST_ROLES), None)
        if first is None:
            continue
        words_used, value, high, scale = compose_words(words[first:], table)
        if words_used == 0:
            continue
        start = m.start() + sum(len(w) + 1 for w in words[:first])
        end = start + sum(len(w) + 1 for w in words[first : first + words_used]) - 1
        yield Number(start, end, value, high, "words", scale)


def compose_words(words: list[str], table: dict[str, tuple[float, str]]) -> tuple[int, float, float | None, float]:
    """(how many words were used, value, high end of a spoken range or None, largest scale) of the number at the front.

    A lone digit behind a scale word is a tenth of that scale (`năm trăm tư` 540, `hai triệu tư` 2400000); two rising
    digits side by side are a range (`hai ba` 2 to 3). Nothing used: no number begins here.
    """
    tokens = [table[w] for w in words]
    sign, at = (-1.0, 1) if tokens[0][1] == "sign" else (1.0, 0)
    if spoken := _spoken_range(tokens, at):
        return spoken
    if at < len(tokens) and tokens[at][1] == "part":
        return at + 1, sign * tokens[at][0], None, 1.0
    end, value, top = _read_number(tokens, at)
    if end == at:
        return 0, 0.0, None, 1.0
    if end + 1 < len(tokens) and tokens[end][1] == "point" and top == 1.0:
        end, value, top = _read_decimals(tokens, end, value)
    return end, sign * value, None, top


def _role(tokens: Tokens, at: int) -> str:
    return tokens[at][1] if at < len(tokens) else ""


def _scale(tokens: Tokens, at: int) -> float:
    """The scale word at `at` if it is thousand or more, else 0."""
    return tokens[at][0] if _role(tokens, at) == "scale" and tokens[at][0] >= 1000 else 0.0


def _spoken_range(tokens: Tokens, at: int) -> tuple[int, float, float, float] | None:
    if _role(tokens, at) != "digit" or _role(tokens, at + 1) != "digit" or _role(tokens, at + 2) == "digit":
        return None
    low, high = tokens[at][0], tokens[at + 1][0]
    if not 0 < low < high <= low + 2:
        return None
    end, factor = at + 2, 1.0
    while _role(tokens, end) in ("scale", "tens"):
        factor, end = factor * tokens[end][0], end + 1
    return end, low * factor, high * factor, factor


def _read_number(tokens: Tokens, at: int) -> tuple[int, float, float]:
    """(end, value, largest scale) of groups below a thousand with their scales; end == at where there is none."""
    total, last, top = 0.0, 0.0, 1.0
    while True:
        linked = bool(total) and _role(tokens, at) == "link"
        end, group, lone, group_top = _read_below_thousand(tokens, at + linked)
        if end == at + linked:
            if total or linked or not (scale := _scale(tokens, at)):
                return at, total, top
            group, end, lone = 1.0, at, False  # "nghìn rưỡi", "triệu": one is understood
        scale = _scale(tokens, end)
        if not scale:
            # "hai triệu tư", "một nghìn hai": a lone digit is a tenth of the scale before it
            clipped = lone and last >= 1000 and not linked
            return end, total + (group * last / 10 if clipped else group), max(top, group_top)
        total = total + group * scale if not last or scale < last else (total + group) * scale
        last, top, at = scale, max(top, scale), end + 1
        while scale := _scale(tokens, at):  # "nghìn tỷ": a scale of a scale
            if scale <= last:
                return at, total, top
            total, last, top, at = total * scale, scale, max(top, total * scale), at + 1
        if _role(tokens, at) == "half":
            return at + 1, total + last / 2, top


def _read_below_thousand(tokens: Tokens, at: int) -> tuple[int, float, bool, float]:
    """(end, value, whether it is a lone digit, largest scale) of hundreds, tens and ones."""
    if _role(tokens, at) in ("digit", "scale"):
        hundred = at + (tokens[at][1] == "digit")
        if _is_hundred(tokens, hundred):
            value, end = (tokens[at][0] if hundred > at else 1.0) * 100, hundred + 1
            if _role(tokens, end) == "half":
                return end + 1, value + 50, False, 100.0
            if _role(tokens, end) == "link" and _role(tokens, end + 1) in ("digit", "tail", "ten"):
                after, rest, _ = _read_below_hundred(tokens, end + 1)
                return after, value + rest, False, 100.0
            after, rest, lone = _read_below_hundred(tokens, end)
            return after, value + rest * (10 if lone else 1), False, 100.0
    end, value, lone = _read_below_hundred(tokens, at)
    return end, value, lone, 10.0 if value >= 10 else 1.0


def _read_below_hundred(tokens: Tokens, at: int) -> tuple[int, float, bool]:
    """(end, value, whether it is a lone digit) of tens and ones; (at, 0, False) where there is none."""
    role, next_role = _role(tokens, at), _role(tokens, at + 1)
    if role == "ten" or (role == "digit" and next_role == "tens"):
        value, end = (10.0, at + 1) if role == "ten" else (tokens[at][0] * 10, at + 2)
    elif role == "digit" and next_role == "tail":  # "hai mốt", "ba lăm"
        return at + 2, tokens[at][0] * 10 + tokens[at + 1][0], False
    elif next_role == "scale" and role == "digit" and tokens[at + 1][0] == 10:  # "hai chục"
        return at + 2, tokens[at][0] * 10, False
    elif role == "scale" and tokens[at][0] == 10:
        return at + 1, 10.0, False
    elif role in ("digit", "tail"):
        return at + 1, tokens[at][0], True
    else:
        return at, 0.0, False
    # "hai mươi mốt", "mười lăm"; but in "hai mươi ba trăm" the ba belongs to trăm
    if (
        _role(tokens, end) in ("digit", "tail")
        and _role(tokens, end + 1) != "tens"
        and not _is_hundred(tokens, end + 1)
    ):
        return end + 1, value + tokens[end][0], False
    return end, value, False


def _is_hundred(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens[at] == (100.0, "scale")


def _read_decimals(tokens: Tokens, at: int, whole: float) -> tuple[int, float, float]:
    """(end, value, scale) behind the point word at `at`: digit by digit, or as a number (`ba phẩy mười bốn`)."""
    end, digits = at + 1, ""
    while _role(tokens, end) == "digit" and _role(tokens, end + 1) not in ("tens", "tail"):
        digits, end = digits + str(int(tokens[end][0])), end + 1
    if not digits:
        end, value, _ = _read_below_hundred(tokens, at + 1)
        digits = str(int(value)) if end > at + 1 else ""
    if not digits:
        return at, whole, 1.0
    value = whole + (-1 if whole < 0 else 1) * float("0." + digits)
    scale = 1.0
    while _role(tokens, end) == "scale":
        scale, end = scale * tokens[end][0], end + 1
    return end, value * scale, scale


def _join_compounds(search: str, numbers: list[Number]) -> list[Number]:
    """ "20 tỷ 500 triệu" is one number; so is a sign in front of digits ("âm 5")."""
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if (
            last
            and last.written == "digits"
            and number.written == "digits"
            and 1 < number.scale < last.scale
            and search[last.end : number.start] == " "
            and last.high is None
        ):
            joined[-1] = Number(last.start, number.end, last.low + number.low, None, "digits", last.scale, last.digits)
        else:
            joined.append(number)
    return joined
