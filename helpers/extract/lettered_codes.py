"""Codes that their own shape tells: document symbols, plates, phones, `PC67`, long strings of digits, net addresses."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from helpers.extract.code_sites import Sites
from helpers.extract.code_words import CodeWords
from helpers.extract.span import STRONG, Mention, Reading
from helpers.patterns import late


def make_code(start: int, end: int, rule: str, strength: int = STRONG) -> Mention:
    """A mention of a code; it has no fields but its span."""
    return Mention("code", start, end, rule, {}, strength)


_SYMBOLED = late(
    regex.compile,
    r"\d{1,7}(?:/\d{2,4})?/\p{Lu}[\p{L}\d]{1,9}(?:\s?[-–]\s?\p{Lu}[\p{L}\d&]{0,11}){0,3}(?:\s\d{1,4}/\p{Lu}{2,4})?",
)
_PARTY_SYMBOL = late(
    regex.compile, r"\d{1,5}-(?:\p{Lu}{1,6}|(?:19|20)\d\d)(?:/\p{Lu}{2,9}(?:-\p{Lu}{2,9})?){1,2}(?!\p{L})"
)


def symboled_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`168/2024/NĐ-CP`, `1880/QĐ-TTg`, `30/NĐ-CP`, `18-NQ/TW`."""
    for pattern, places in ((_SYMBOLED, sites.slashed), (_PARTY_SYMBOL, sites.dashed)):
        for start, _ in places:
            if not reading.plain[start - 1 : start].isalpha() and (m := pattern.match(reading.plain, start)):
                yield make_code(start, m.end(), "symboled_number")


_HOUSE = late(
    regex.compile,
    r"(\d{1,4}[A-Z]?)/(\d{1,4})(?:/(\d{1,4}))?(?:/\d{1,4})?(?![\d/%]|[.,]\d)(?P<street>\s(?:(?:đường|phố|ấp|tổ|khu phố)\s[\p{Lu}\d]|QL|\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}))?",
)


def house_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`60/36/16 phường 7`, `(164/235 Trần Văn Mẫu`: too large for a day, and a street behind two numbers."""
    for start, _ in sites.slashed:
        if m := _HOUSE.match(reading.plain, start):
            first, second, third = m[1], int(m[2]), m[3]
            is_day = first.isdigit() and int(first) <= 31 and second <= 12
            if not is_day and (third or m["street"]) and second < 1800 and not (third and len(third) == 4):
                yield make_code(start, m.start("street") if m["street"] else m.end(), "house_number")


_PLATE = late(
    regex.compile, r"\d{2}\s?-?\s?[\p{Lu}]{1,2}\d?\s?[-–.]?\s?\d{3}[.]?\d{1,2}(?!\d)|\d{2}-\d{2}\p{Lu}(?!\p{L})"
)
_PLATE_CUES = ("bks", "biển ")
_CUED_PLATE = late(
    regex.compile,
    r"(?:số|kiểm soát|(?<=bks|BKS))(?:\s(?:số|xe|là|\p{Lu}\p{L}{1,12})){0,2}\s?:?\s?(?P<plate>[\p{Lu}\d]{1,4}(?:\s?[-–]\s?|\s)\d{2,5}(?:[-.]\d{2,3})?)(?![\p{L}\d])",
)


def plates(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`38A-123.45`, `77C - 016.47`, `84-02D`; any pair of letters and digits behind `biển số`."""
    plain = reading.plain
    for start, end in sites.lettered + sites.dashed:
        if end - start == 2 and (m := _PLATE.match(plain, start)):
            yield make_code(start, m.end(), "plate")
    for cue in _PLATE_CUES:
        at = reading.search.find(cue)
        while at >= 0:
            if m := _CUED_PLATE.match(plain, at + len(cue)):
                yield make_code(*m.span("plate"), "plate")
            at = reading.search.find(cue, at + len(cue))


_PHONE = late(
    regex.compile,
    r"(?:\+84|0)\s?\d{2,3}[.\s-]{0,2}\d{3}[.\s-]?\d{2,4}(?:[.\s-]?\d{2,4})?(?![\d%])|0\d{2,3}(?:[.\s-]\d{2,5}){2,3}(?![\d%])|0\d{2,3}\.\d{3}(?=\.\.|…|\.?x)",
)
_CUED_PHONE = late(regex.compile, r"\d{3,8}(?:[. -]{1,2}\d{2,8}){0,4}(?!\d|[.,]\d|\s?%)")
_GROUPED_PHONE = late(regex.compile, r"\d{2,5}(?:[. -]\d{2,8}){1,4}(?!\d|[.,]\d|\s?%)")
_LANDLINE_TAIL = late(regex.compile, r"\)?[. -]{1,2}\d{1,4}[. ]?\d{3,4}(?:[. ]\d{2,4})?(?![\d%]|[.,]\d)")


def phones(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`0912.345.678`, `(0239) 3.855.123`; `tổng đài 111`, `hotline: 1900 6789` for the word before."""
    plain = reading.plain
    for start, end in sites.long:
        m = _PHONE.match(plain, start)
        if m is None and plain[start] == "0" and end - start <= 4:
            m = _LANDLINE_TAIL.match(plain, end)
        if m:
            yield make_code(start, m.end(), "phone")
    for start, _, head in sites.headed:
        cued = _GROUPED_PHONE if head.surface.startswith("đt") else _CUED_PHONE if head.number == "phone" else None
        if cued and (m := cued.match(plain, start)) and not _counts(reading, words, m.end()):
            yield make_code(start, m.end(), "phone")


def _counts(reading: Reading, words: CodeWords, end: int) -> bool:
    return words.is_counted(reading.plain, reading.search, end)


_ACCOUNT = late(regex.compile, r"\p{Lu}?\d{4,20}(?:[. -]\d{2,8}){0,6}(?!\d|[.,]\d|\s?%)")


def account_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`số tài khoản 1020 1000 1234`, `CCCD: 0421…`; not `tài khoản 1500 USD`."""
    for start, _, head in sites.headed:
        m = _ACCOUNT.match(reading.plain, start) if head.number == "account" else None
        if m and not _counts(reading, words, m.end()):
            yield make_code(start, m.end(), "account_number")


def long_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """Strings of digits that nobody counts with: `281234567`, and all of more than 15 digits."""
    plain = reading.plain
    for start, end in sites.long:
        digits = sum(map(str.isdigit, plain[start:end])) if end - start < 60 else end - start
        if digits > 15:
            yield make_code(start, end, "long_number")
        elif (
            not plain[end - digits : end].isdigit()
            or plain[start - 1 : start].isalpha()
            or (plain[end : end + 1] in ".," and plain[end + 1 : end + 2].isdigit())
        ):
            continue
        elif (digits >= 9 or (digits >= 6 and plain[start] == "0")) and not _counts(reading, words, end):
            yield make_code(start, end, "long_number")


_LETTERED = late(
    regex.compile,
    r"(?:\p{Ll}?\p{Lu}\p{L}{0,11}(?:[-/]\p{Lu}{1,3})?-?\d{1,5}|\d{1,4}\p{Lu}{1,3}\d{0,4})(?:\p{Lu}{1,3}\d{0,5}){0,2}"
    r"(?:[-/.]\p{Lu}{0,2}\d{1,4}\p{Lu}?|\+\d{1,3}){0,2}(?![\p{L}\d²³])",
)
_UNIT_AFTER = late(
    regex.compile,
    r"\d{1,4}(?:KW|MW|KV|HA|KM|KG|CM|MM|TB|GB|MB|USD|VND|VNĐ|EUR|M|G|K|L|V|W|A|C|T|Đ|TR|TỶ|TỈ|(?:[KCM]?M)[23]|H\d{1,2})$",
)
#: "5G" and "4K" are what a kind of thing is called; "40K" is a sum
_NETWORK = late(regex.compile, r"[2-6]G|[248]K")
_CURRENCIES = frozenset("usd vnd vnđ eur gbp cny jpy us đ năm tháng ngày quý".split())
_YEAR_TAIL = late(regex.compile, r"\p{L}{2,8}-(?:19|20)\d\d$")


def lettered_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`PC67`, `C06`, `QL8A`, `12A1`, `A/H5N1`, `Covid-19`, `K77+025`; not `300KV`, `USD100`."""
    plain, last = reading.plain, 0
    for start, _ in sites.lettered:
        if start < last:
            continue
        begin = _token_start(plain, start)
        m = _LETTERED.match(plain, begin)
        if m is None and (part := max(plain.rfind("-", begin, start - 1), plain.rfind("/", begin, start - 1)) + 1):
            begin, m = part, _LETTERED.match(plain, part)
        if not m or m.end() <= start or _is_unit(m[0]):
            continue
        last = m.end()
        yield make_code(begin, last, "lettered_number")


def _token_start(plain: str, at: int) -> int:
    """Where the letters begin that touch the number at `at`: the A of `A/H5N1`, the C of `Covid-19`."""
    start = at
    while at - start < 16 and start and (plain[start - 1].isalpha() or (plain[start - 1] in "-/" and start > 1)):
        if plain[start - 1] in "-/" and not plain[start - 2].isalpha():
            break
        start -= 1
    return start


def _is_unit(token: str) -> bool:
    letters = token.rstrip("0123456789").rstrip("-") if token[0].isalpha() else ""
    return bool(
        (_UNIT_AFTER.match(token) and not _NETWORK.fullmatch(token))
        or letters.lower() in _CURRENCIES
        or _YEAR_TAIL.match(token)
    )


_NET_ANCHORS = ("://", "www.", "@")
_TAIL = late(regex.compile, r"[^\s\d]{0,300}(?:(?P<digits>\d{1,300})[^\s\d]{0,300}){0,40}")
_RUN = late(regex.compile, r"\d+")
_IP = late(regex.compile, r"\d{1,3}(?:\.\d{1,3}){3}")


def net_addresses(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """The numbers in addresses on the net: `http://bao.example:88/tin123`, `lan12@bao.example`, `192.168.1.1`."""
    plain = reading.plain
    for anchor in _NET_ANCHORS:
        done, at = 0, plain.find(anchor)
        while at >= 0:
            start, end = _address(plain, at, done)
            for digits in _RUN.finditer(plain, start, end):
                yield make_code(*digits.span(), "net_address")
            done = max(end, at + 1)
            at = plain.find(anchor, done)
    for start, end in sites.long:
        # four groups are a sum as often: 1.000.000.000
        if (
            "." in plain[start:end]
            and "ip" in reading.search[max(0, start - 16) : start]
            and _IP.fullmatch(plain, start, end)
        ):
            yield make_code(start, end, "net_address")


def _address(plain: str, at: int, done: int) -> tuple[int, int]:
    """The address around the anchor at `at`, as far as 60 characters before it and 300 behind."""
    before = plain[max(done, at - 60) : at].split()
    start = at - len(before[-1]) if before and not plain[at - 1 : at].isspace() else at
    behind = plain[at : at + 300].split(None, 1)
    return start, at + len(behind[0]) if behind else at
