"""Days, months and years written in words, and Roman numerals, as dates use them.

    >>> DAY_WORDS["ba mươi mốt"], MONTH_WORDS["mười hai"], read_roman("xxi"), match_year_words("hai nghìn không trăm linh ba", 0)
    (31, 12, 21, (2003, 28))

All in search form (normalize.search_form).
"""

from __future__ import annotations

import re

from helpers.patterns import late

_ONES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: behind a ten: "hai mươi mốt", "hai mươi tư", "mười lăm"
_ENDINGS = {1: ("một", "mốt"), 4: ("bốn", "tư"), 5: ("lăm", "nhăm"), 7: ("bảy", "bẩy")}
_TENS = {10: ("mười",), 20: ("hai mươi", "hăm"), 30: ("ba mươi",)} | {
    n * 10: (f"{_ONES[n]} mươi",) for n in range(4, 10)
}


def _below_hundred() -> dict[str, int]:
    """Every spelling of 1 to 99."""
    words = {w: n for n, w in enumerate(_ONES) if w} | {"tư": 4, "bẩy": 7}
    for ten, heads in _TENS.items():
        for head in heads:
            words[head] = ten
            words |= {f"{head} {end}": ten + n for n in range(1, 10) for end in _ENDINGS.get(n, (_ONES[n],))}
    return words


BELOW_HUNDRED = _below_hundred()
#: with the clipped "hai mốt", "hai tư", "hai lăm"
DAY_WORDS = {w: n for w, n in BELOW_HUNDRED.items() if n <= 31} | {
    f"hai {end}": 20 + n for n in (1, 4, 5) for end in _ENDINGS[n] if end != _ONES[n]
}
#: the words of months; giêng and chạp are months of the lunar calendar
LUNAR_MONTHS = {"giêng": 1, "chạp": 12}
MONTH_WORDS = {w: n for w, n in BELOW_HUNDRED.items() if n <= 12 and w != "bốn"} | LUNAR_MONTHS
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
            "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}  # fmt: skip

MONTH = r"(?:\d{1,2}(?!\d)|" + "|".join(sorted(MONTH_WORDS, key=lambda w: (-len(w), w))) + r")(?![^\W\d_])"

_ROMAN = late(re.compile, r"(x{0,2})(ix|iv|v?i{0,3})")
_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_DIGIT_WORDS = {w: n for n, w in enumerate(_ONES) if w} | {"không": 0, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}


def _two_digits() -> dict[str, int]:
    """The last two digits of a year as they are spoken: "hai mươi ba", "hai ba", "tám tư", "linh chín"."""
    words = {w: n for w, n in BELOW_HUNDRED.items() if n >= 10}
    for ones, n in _DIGIT_WORDS.items():
        words |= {f"{link} {ones}": n for link in ("linh", "lẻ", "không")}
        words |= {f"{tens} {ones}": 10 * m + n for m, tens in enumerate(_ONES) if tens}
    return words


TWO_DIGITS = _two_digits()
_THOUSANDS = late(re.compile, r"(một|hai)\s(?:nghìn|ngàn)(?:\s(\w{2,5})\străm)?(?=\s|$|[,.;:)])")
_CENTURY_WORDS = {f"{a} {b}": 10 * m + n for a, m in (("một", 1), ("hai", 2)) for b, n in _DIGIT_WORDS.items()}


def read_roman(numeral: str) -> int | None:
    """1 to 29 from a Roman numeral in lower case; None from anything else.

    >>> read_roman("xx"), read_roman("iv"), read_roman("vx")
    (20, 4, None)
    """
    m = _ROMAN.fullmatch(numeral)
    return (len(m[1]) * 10 + _UNITS[m[2]]) or None if m else None


def match_words(text: str, at: int, table: dict[str, int]) -> tuple[int, int] | None:
    """(value, end) of the longest entry of `table` (of up to three words) that stands at `at`.

    >>> match_words("ba mươi tháng tư", 0, DAY_WORDS)
    (30, 7)
    """
    words = text[at : at + 18].replace("\n", " ").split(" ")[:3]
    for n in range(len(words), 0, -1):
        phrase = " ".join(words[:n]).rstrip(",.;:)")
        if phrase in table and not text[at + len(phrase) : at + len(phrase) + 1].isalpha():
            return table[phrase], at + len(phrase)
    return None


def words_ending(text: str, end: int, table: dict[str, int]) -> tuple[int, int] | None:
    """(value, start) of the longest entry of `table` (of up to three words) that ends at `end`.

    >>> words_ending("ngày ba mươi tháng tư", 12, DAY_WORDS)
    (30, 5)
    """
    words = text[max(0, end - 18) : end].replace("\n", " ").split(" ")[-3:]
    for n in range(len(words)):
        phrase = " ".join(words[n:])
        if phrase in table:
            return table[phrase], end - len(phrase)
    return None


def match_year_words(text: str, at: int) -> tuple[int, int] | None:
    """(year, end) of a year in words at `at`, as a number or digit by digit.

    >>> match_year_words("hai nghìn không trăm linh năm, khi", 0), match_year_words("một chín bảy lăm", 0)
    ((2005, 29), (1975, 16))
    """
    if m := _THOUSANDS.match(text, at):
        hundreds = _DIGIT_WORDS.get(m[2]) if m[2] else 0
        if hundreds is None:
            return None
        year, end = BELOW_HUNDRED[m[1]] * 1000 + hundreds * 100, m.end()
        tail = match_words(text, end + 1, TWO_DIGITS) if text[end : end + 1] == " " else None
        if tail:
            return year + tail[0], tail[1]
        # "hai nghìn" alone is a number, not the year 2000
        return (year, end) if m[2] else None
    head = match_words(text, at, _CENTURY_WORDS)
    if head is None or not 17 <= head[0] <= 21 or text[head[1] : head[1] + 1] != " ":
        return None
    tail = match_words(text, head[1] + 1, TWO_DIGITS)
    return (head[0] * 100 + tail[0], tail[1]) if tail else None
