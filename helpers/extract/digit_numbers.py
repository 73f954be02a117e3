"""Numbers in digits in a text: the runs that are numbers, with their scale words and signs.

    >>> reader = DigitReader.of(Lexicon.load("vi"))
    >>> [(n.low, n.digits) for n in reader.find("1.040 vụ, 26,82%, 2 tỉ rưỡi đồng, 1tr5, PC67")]
    [(1040.0, '1.040'), (26.82, '26,82'), (2500000000.0, '2'), (1500000.0, '1')]

Nothing but digits is looked for at each place of a text; what stands beside a run is told by a letter or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import regex

from helpers.extract.digits import RUN, groups_by_comma, parse_digits
from helpers.extract.number_neighbours import sign_before
from helpers.extract.number_words import Number, word_table
from helpers.extract.spelled_numbers import SpelledNumbers
from helpers.lexicon import Lexicon
from helpers.patterns import late

_INFINITE = float("inf")
_MONEY = r"\s?(?:đồng|đ|vnđ|vnd|usd|đô|euro|eur|ndt|\$|€)(?!\p{L})"
_MONEY_AFTER = late(regex.compile, _MONEY)
_CURRENCY_BEFORE = late(
    regex.compile, r"(?r)(?<![^\W\d_])(?:usd|vnd|vnđ|eur|gbp|cny|jpy|krw|thb|sgd|hkd|aud|cad|inr|aed|myr|rs|rm)"
)
#: "1tr5", "100k", "1,2m": short scale words right behind the digits
_SHORT = late(regex.compile, r"(?P<scale>k|tr|m|g)(?P<tenth>\d{1,3})?(?![^\W_])(?! ?[/²³])")
_SHORT_SCALES = {"k": 1e3, "tr": 1e6, "m": 1e6, "g": 1e9}
_COUNTED_SHORT = late(regex.compile, r" (?:lượt|người|view|like|follow|sub|fan|bài|đồng|tin)")
#: "1 250 000", "50 000": groups parted by spaces
_SPACED = late(regex.compile, r"(?: \d{3})++(?![\d.,]\d|\d)")
#: "đạt 17, 25 tiêu chí": a space slipped in behind the separator
_SLIPPED_DECIMAL = late(regex.compile, r", (\d{1,3})(?![\d.,/])(?= ?%| \p{L})")
_SLIPPED_GROUP = late(regex.compile, r"\. (\d{3})(?![\d.,/])(?= \p{L})")
_BEFORE_DECIMAL = frozenset("đạt còn là giá tăng giảm hơn gần trên khoảng chiếm".split())
_BEFORE_GROUP = _BEFORE_DECIMAL | frozenset("có được với cho cấp tặng thu hút tổng hỗ trợ bắt xử lý".split())
#: behind these a minus sign touches its digits: "xuống -5", "từ -2 đến -1"
_BEFORE_MINUS = frozenset("từ đến tới xuống còn là mức dưới khoảng đạt trên bằng giá trị".split())
#: last letters of what may be a sign before a number: "âm 5", "trừ 5"
_SIGN_ENDS = frozenset(("âm", "rừ"))
#: nothing more is read behind these
_ENDS = frozenset("\n)/-:;\"'")
_DEGREES = late(regex.compile, r" ?(?:°|º|độ(?!\p{L})|%)")
_TENTH = late(regex.compile, rf" (\d)(?=$|[,;.)\n]|{_MONEY})(?![.,]\d)")
_EMERGENCY = frozenset(("113", "114", "115"))


class DigitReader:
    """Finds the numbers in digits, with the scale words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        table = word_table(lexicon)
        self._scales = {w: value for w, (value, role) in table.items() if role == "scale"}
        #: the three letters behind the space behind digits that something more may be read from; and the words of two
        heads = [w for w, (_, role) in table.items() if role in ("scale", "point")]
        self._short = frozenset(w for w in heads if len(w) < 3)
        self._firsts = frozenset(
            {w[:3] for w in heads} | {" " + w[:2] for w in self._scales} | {f"{i:03}" for i in range(1000)}
        )
        points = "|".join(w for w, (_, role) in table.items() if role == "point")
        #: "2 chấm 23"
        self._decimals = late(regex.compile, rf" (?:{points}) (\d{{1,9}})(?![\d.,/])")
        halves = "|".join(w for w, (_, role) in table.items() if role == "half")
        #: "3 nghìn tỉ", "31nghìn", "2 tỉ rưỡi"; not "5 triệu chứng"
        none: dict[str, list[str]] = {}
        for word, _, rest in (idiom.partition(" ") for idiom in SpelledNumbers.of(lexicon).idioms):
            none.setdefault(word, []).append(regex.escape(rest))
        words = "|".join(rf"{w}(?! (?:{'|'.join(none.get(w, ['-']))})(?![^\W\d_]))" for w in self._scales)
        scale = rf"(?:{words})(?![^\W\d_])"
        self._scale_after = late(
            regex.compile,
            rf" {{0,2}}(?P<scale>{scale})(?: {{1,2}}(?P<second>{scale}))?(?P<half> (?:{halves})(?![^\W\d_]))?",
        )

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> DigitReader:
        """The reader of a lexicon, made once."""
        return DigitReader(lexicon)

    def find(
        self,
        search: str,
        plain: str | None = None,
        claimed: Sequence[tuple[int, int]] = (),
        comma_groups: bool | None = False,
    ) -> list[Number]:
        """The numbers in digits of a text in search form, in reading order; digits too large for a float are left out.

        Args:
            plain: tells `1,2M` from `1,2m`. claimed: sorted spans, runs inside which are left out.
            comma_groups: None to tell it from the runs themselves.
        """
        runs: Iterable[re.Match[str]] = RUN.finditer(search)
        if comma_groups is None:
            runs = list(runs)
            comma_groups = groups_by_comma([m[0] for m in runs], search)
        found: list[Number] = []
        add, firsts, short, text = found.append, self._firsts, self._short, search + "    "
        free = covered = i = 0
        n_claimed = len(claimed)
        smallest = 0.0  # the smallest scale of the number before, which a smaller one may join; 0 if it has none
        for run in runs:
            start, end = run.span()
            if i < n_claimed or covered:
                while i < n_claimed and claimed[i][0] <= start:
                    covered = max(covered, claimed[i][1])
                    i += 1
                if end <= covered:
                    continue
            before, after = text[start - 1], text[end]
            if (
                before != " " and (before.isalpha() or before == "_") and not _follows_currency(search, start)
            ) or start < free:
                continue
            digits = run[0]
            try:
                value = float(digits) if digits.isdecimal() else parse_digits(digits, comma_groups=comma_groups)
            except (OverflowError, ValueError):
                found += _listed(digits, start)
                continue
            if value == _INFINITE:
                continue
            number = Number(start, end, value, None, "digits", 1.0, digits)
            if after == " ":
                following = text[end + 1 : end + 4]
                if (following in firsts or following[:2] in short) and (
                    not following[0].isdigit() or _read_spaced(number, search)
                ):
                    self._read_scale(number, search, plain)
            elif after in _ENDS:
                pass
            elif after == "%":
                _mend_percent(number)
            elif after.isalpha():
                if not self._read_scale(number, search, plain):
                    continue
            elif text[end + 1] == " " and text[end + 2].isdigit() and _read_slipped(number, search):
                self._read_scale(number, search, plain)
            if before == " ":
                if text[start - 3 : start - 1] in _SIGN_ENDS or start == 2:
                    _read_sign(number, search, before)
                if smallest and start == found[-1].end + 1 and (joined := _join(found[-1], number, smallest, search)):
                    found[-1], smallest, free = joined, number.scale, number.end
                    continue
            elif before in "-,.":
                _read_sign(number, search, before)
            smallest = 0.0
            if number.end != end:
                free = number.end
                if number.scale > 1:
                    smallest = number.scale
            add(number)
        return found

    def _read_scale(self, number: Number, search: str, plain: str | None) -> bool:
        """Reads the scale behind a number into it; False where letters show that it is no number (`4K`, `vàng 24k`)."""
        m = self._scale_after.match(search, number.end)
        if m is None and number.digits.isdecimal() and (decimals := self._decimals.match(search, number.end)):
            number.low = float(f"{number.digits}.{decimals[1]}")
            number.end = decimals.end()
            m = self._scale_after.match(search, number.end)
        if m is None:
            return search[number.end : number.end + 1] == " " or _read_short(number, search, plain)
        word, second, half = m.group("scale", "second", "half")
        last = number.scale = self._scales[word]
        if second:
            last = self._scales[second]
            number.scale *= last
        number.low = _times(number.low, number.scale)
        number.end = end = m.end()
        if half:
            number.low += last / 2
        elif last >= 1000 and search[end + 1 : end + 2].isdigit() and (tenth := _TENTH.match(search, end)):  # "2 tỉ 5"
            number.low += int(tenth[1]) * last / 10
            number.end = tenth.end(1)
        return True


def _times(value: float, scale: float) -> float:
    """`value` times `scale`, without the dust of binary fractions: 2,3 triệu is 2300000."""
    product = value * scale
    return product if value.is_integer() else round(product, 6)


def _follows_currency(search: str, start: int) -> bool:
    return _CURRENCY_BEFORE.match(search, max(0, start - 4), start) is not None


def _listed(digits: str, start: int) -> Iterator[Number]:
    """The whole numbers of `1,2,3`, which stand in a list; nothing of `1.2.3`, which numbers a section."""
    if "." not in digits and len(digits) < 60:
        for part in digits.split(","):
            yield Number(start, start + len(part), float(part), None, "digits", 1.0, part)
            start += len(part) + 1


def _read_short(number: Number, search: str, plain: str | None) -> bool:
    """Reads k, tr, M, G into a number; False where they name a thing (`4K`, `mạng 5G`, `vàng 24K`)."""
    m = _SHORT.match(search, number.end)
    if m is None:
        return True
    mark, end = m["scale"], m.end("scale")
    if m["tenth"] and mark in ("m", "g"):
        return True  # "5m2"
    whole = (
        len(search) < 40
        and search.rstrip(" ").endswith(search[number.start : m.end()])
        and not search[: number.start].strip(" -,.")
    )
    sure = (
        whole
        or bool(_MONEY_AFTER.match(search, m.end()) or _COUNTED_SHORT.match(search, m.end()))
        or search[number.start - 1 : number.start] == "$"
    )
    if mark in ("m", "g"):  # metres and grams, but for capitals: "1,2M", "3M lượt xem"
        upper = plain is not None and plain[number.end] == mark.upper()
        if not upper or not (sure or (mark == "m" and "," in number.digits)):
            return not (upper and mark == "g")
    elif mark == "k" and m["tenth"] and not sure:
        return False  # a plate: "37K1"
    elif mark == "k" and not sure and (number.low < 10 or "vàng " in search[max(0, number.start - 10) : number.start]):
        return "," in number.digits
    number.scale = _SHORT_SCALES[mark]
    number.low = _times(number.low, number.scale)
    number.end = end
    if m["tenth"]:
        number.low += int(m["tenth"]) * number.scale / 10 ** len(m["tenth"])
        number.end = m.end()
    return True


def _read_spaced(number: Number, search: str) -> bool:
    """Reads the groups of `1 250 000` or `50 000` into a number; False where there are none."""
    digits = number.digits
    if len(digits) > 3 or digits[0] == "0" or not digits.isdecimal() or not (m := _SPACED.match(search, number.end)):
        return False
    groups = m[0].split()
    if (len(groups) == 1 and groups[0] != "000") or len(groups) > 5 or not _EMERGENCY.isdisjoint(groups):
        return False
    number.low = float(digits + "".join(groups))
    number.end = m.end()
    number.digits = digits + m[0]
    return True


def _read_slipped(number: Number, search: str) -> bool:
    """Reads on behind a space that slipped in behind a separator: `đạt 17, 25 tiêu chí`, `cho 1. 250 hộ`."""
    digits, start = number.digits, number.start
    if len(digits) > 3 or not digits.isdecimal() or search[start - 1 : start] != " ":
        return False
    before = search[max(0, start - 8) : start].split()
    if not before:
        return False
    if before[-1] in _BEFORE_DECIMAL and (m := _SLIPPED_DECIMAL.match(search, number.end)):
        number.low = float(f"{digits}.{m[1]}")
    elif before[-1] in _BEFORE_GROUP and digits[0] != "0" and (m := _SLIPPED_GROUP.match(search, number.end)):
        number.low = float(digits + m[1])
    else:
        return False
    number.end = m.end(1)
    number.digits = search[start : number.end].replace(" ", "")
    return True


def _mend_percent(number: Number) -> None:
    """`26.825%`: nobody groups the thousands of a share that is not round."""
    if number.low >= 1000 and number.digits.count(".") == 1 and number.digits[-1] != "0" and "," not in number.digits:
        number.low = float(number.digits)


def _read_sign(number: Number, search: str, before: str) -> None:
    """Reads what stands right before the digits into a number: `âm 5`, `-5°C`, `,77`."""
    start = number.start
    if before == " ":
        signed = sign_before(search, start, number.end)
        if signed < start:
            number.start, number.low = signed, -number.low
        elif start == 2 and search[0] == "-" and _is_rest(search, number.end):
            number.start, number.low = 0, -number.low
    elif before in ",.":
        outer = search[start - 2 : start - 1]
        if (
            (before == "," or _is_rest(search, number.end))
            and outer in ("", " ", "(", "\n", "-")
            and number.digits.isdecimal()
        ):
            number.low = _times(float("0." + number.digits), number.scale)
            number.start, number.digits = start - 1, before + number.digits
            if outer == "-" and start == 2:
                number.start, number.low = 0, -number.low
    elif _is_minus(search, number):
        number.start, number.low = start - 1, -number.low


def _is_rest(search: str, end: int) -> bool:
    """Whether nothing follows."""
    return not search[end : end + 40].strip()


def _is_minus(search: str, number: Number) -> bool:
    """Whether the dash that touches a number is a minus, no bullet, range or dash between words."""
    at = number.start - 1
    if at == 0:
        return _is_rest(search, number.end)
    if search[at - 1] in "(=":
        return True
    if search[at - 1] != " ":
        return False
    before = search[max(0, at - 8) : at].rstrip(" ")
    if not before or before[-1] == "\n":
        return False
    if before.rsplit(None, 1)[-1] in _BEFORE_MINUS:
        return True
    return not before[-1].isdigit() and _DEGREES.match(search, number.end) is not None


def _join(first: Number, second: Number, smallest: float, search: str) -> Number | None:
    """`20 tỉ 500 triệu` as one number, `smallest` being the scale read last; None where they are two."""
    if second.scale >= smallest or first.high is not None:
        return None
    if second.scale == 1 and not (
        smallest == 1000 and second.low < 1000 and second.digits.isdecimal() and _MONEY_AFTER.match(search, second.end)
    ):
        return None
    low = first.low - second.low if first.low < 0 else first.low + second.low
    return Number(first.start, second.end, low, None, "digits", first.scale, first.digits)
