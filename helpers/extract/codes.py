"""Codes: numbers that name things and count nothing (documents, plates, roads, units, list numbers, project names).

Proposed in the layer of the figures, so that `Đề án 06` or `Vũng Áng 2` never becomes a count.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from helpers.extract.span import STRONG, USUAL, Mention, Reading
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import search_form

define("numbered_heads", surface=TEXT, note=NOTE)


class NumberedHeads(NamedTuple):
    """The words that number things, as a pattern that ends where the number begins, and how far it reaches back."""

    before: regex.Pattern
    reach: int


_HEADED_NUMBER = regex.compile(
    r"(?<![\d.,/])(?<!\p{L}(?=[ivx]))(?:\d{1,5}[a-zđ]?(?:\s?\+\s?\d{1,3}|/\d{1,4}[a-z]?){0,3}|(?<=\s)[ivx]{1,5})"
    r"(?![\p{L}\d]|[.,]\d|\s?%|\s(?:nghìn|ngàn|triệu|tỉ|tháng)(?!\p{L}))"
)


def _code(start: int, end: int, rule: str, strength: int = STRONG) -> Mention:
    return Mention("code", start, end, rule, {}, strength)


_SYMBOLED = regex.compile(
    r"(?<![\p{L}\d/])\d{1,5}(?:/\d{2,4})?/(?=[\p{Lu}Đ])[\p{Lu}][\p{L}\d]{1,9}(?:\s?[-–]\s?[\p{Lu}][\p{L}\d&]{0,11}){0,3}(?:\s\d{1,4}/[\p{Lu}]{2,4})?"
)


def symboled_numbers(reading: Reading, heads: NumberedHeads) -> Iterator[Mention]:
    """`168/2024/NĐ-CP`, `1880/QĐ-TTg`, `30/NĐ-CP`."""
    for m in _SYMBOLED.finditer(reading.plain):
        yield _code(*m.span(), "symboled_number")


def numbered_names(reading: Reading, heads: NumberedHeads) -> Iterator[Mention]:
    """`Đề án 06`, `thôn 5`, `Ban Chỉ đạo 389`, `quốc lộ 8A`: the head word numbers its things."""
    for m in _HEADED_NUMBER.finditer(reading.search):
        start, end = m.span()
        # only what stands before numbers is looked at: they are few
        if not heads.before.search(reading.search, max(0, start - heads.reach), start):
            continue
        # a Roman number is printed in capitals and stands apart: not the i of "phối"
        if m[0][0].isdigit() or (reading.plain[start:end].isupper() and reading.plain[start - 1] == " "):
            yield _code(start, end, "numbered_name")


_PLATE = regex.compile(
    r"(?<![\p{L}\d])\d{2}\s?[\p{Lu}]{1,2}\d?\s?[-–.]?\s?\d{3}[.]?\d{1,2}(?!\d)|(?<![\p{L}\d])\d{2}-\d{2}[\p{Lu}](?!\p{L})"
)
_FOREIGN_PLATE = regex.compile(
    r"(?:BKS|biển số|biển kiểm soát|BS)(?:\s\p{Lu}\p{L}{1,12})?\s:?\s?(?P<plate>[\p{Lu}\d]{1,4}\s?[-–]\s?\d{3,5})"
)
_PHONE = regex.compile(
    r"(?<![\p{L}\d./])(?:\+84|0)\s?\d{2,3}[.\s-]?\d{3}[.\s-]?\d{2,4}(?!\d)"
    r"|(?<=(?:điện thoại|đt|sđt|hotline|đường dây nóng|tổng đài|số máy)[\s:]{1,3}(?:số\s)?)\d{3,4}(?:[.\s]\d{3,4}){0,2}(?!\d)", regex.I,
)  # fmt: skip
_LONG = regex.compile(r"(?<![\p{L}\d.,])(?:\d{9,400}|0\d{5,8}|\d{1,400}(?=\d{400}))\d*+(?![.,]\d)")
_LETTERED = regex.compile(
    r"(?<![\p{L}\d])[\p{Lu}][\p{L}]{0,7}-?\d{1,5}[\p{Lu}]?(?:[-/.]\d{1,4})?(?![\p{L}\d])|(?<![\p{L}\d.,/])\d{1,4}[\p{Lu}]{1,3}\d{0,4}(?:-\d{1,3}[\p{Lu}]?)?(?![\p{L}\d²³])"
)
_URL = regex.compile(r"(?:https?://|www\.)\S{1,300}|[\p{L}\d.-]{1,60}@[\p{L}\d.-]{2,60}")
_UNITS_AFTER = regex.compile(r"\d{1,4}(?:KW|MW|KV|HA|KM|KG|TB|GB|MB|USD|VND|VNĐ|EUR|M|G|K|L|V|W|A|C|T)\d?$")


def lettered_numbers(reading: Reading, heads: NumberedHeads) -> Iterator[Mention]:
    """`PC67`, `C06`, `QL8A`, `38A-123.45`, phone numbers, addresses on the net, long digit strings."""
    plain = reading.plain
    for m in _PLATE.finditer(plain):
        yield _code(*m.span(), "plate")
    for m in _FOREIGN_PLATE.finditer(plain):
        yield _code(*m.span("plate"), "plate")
    for m in _PHONE.finditer(plain):
        yield _code(*m.span(), "phone")
    for m in _LONG.finditer(plain):
        yield _code(*m.span(), "long_number")
    for m in _LETTERED.finditer(plain):
        if any(c.isdigit() for c in m[0]) and not _UNITS_AFTER.match(m[0]):
            yield _code(*m.span(), "lettered_number")
    for m in _URL.finditer(plain) if "www." in plain or "://" in plain or "@" in plain else ():
        for digits in regex.finditer(r"\d+", m[0]):
            yield _code(m.start() + digits.start(), m.start() + digits.end(), "net_address")


_LIST = regex.compile(r"(?:(?<=\n)|^|(?<=[.:;?!”\"]\s))[ \t]{0,3}(?P<number>\d{1,2}|[ivxIVX]{1,4})(?=[.)]\s|/\s)")
_RUNNING_LIST = regex.compile(r"(?<=\p{Ll}\s)(?P<number>\d{1,2})(?=[.)]\s\p{Lu})")
_NAMED = regex.compile(
    r"(?:(?<![\p{L}\d])\p{Lu}[\p{L}’']{0,12}\s(?:(?:-\s)?\p{Lu}[\p{L}’']{0,12}\s){1,4}|(?<=[\p{Ll},;(]\s)\p{Lu}[\p{L}]{1,12}\s|(?<![\p{L}\d])\p{Lu}{2,8}\s)"
    r"(?P<number>\d{1,5}|[IVX]{1,5})(?![\p{L}\d%]|[.,/-]\d|\s?%)"
)
_SCALE_OR_DATE = regex.compile(
    r"\s?(?:nghìn|ngàn|triệu|tỉ|vạn|trăm|tháng|năm|đồng|usd|giờ|phút|ngày|m2|m3|km|kg|ha|-\s?\d|và\s\d|đến\s\d|/)"
)


def numbers_in_names(reading: Reading, heads: NumberedHeads) -> Iterator[Mention]:
    """`Vũng Áng 2`, `xã Sơn Kim 1`, `CSND II`, `MT 1018`; and list numbers at the head of a line or sentence."""
    numbers = set()
    for m in _LIST.finditer(reading.plain):
        numbers.add(m["number"])
        yield _code(m.start("number"), m.end("number"), "list_number")
    for m in _RUNNING_LIST.finditer(reading.plain):  # "… chữa cháy 1. Huy động … 2. Trong …": a list run into one line
        if str(int(m["number"]) + 1) in numbers:
            yield _code(m.start("number"), m.end("number"), "list_number")
    for m in _NAMED.finditer(reading.plain):
        if _SCALE_OR_DATE.match(reading.search, m.end()):
            continue
        roman = not m["number"].isdigit()
        # "Hà Tĩnh 2 vụ ma túy": a counted noun behind it (USUAL to STRONG figures) wins over the name
        year = m["number"].isdigit() and 1800 <= int(m["number"]) <= 2199
        if not year:
            yield _code(m.start("number"), m.end("number"), "number_in_name", STRONG if roman else USUAL)


_SHORT_NUMBER = regex.compile(r"(?<![\d.,/])(?:24/(?:24|7)(?:/7)?(?!\d)|\d{1,4}(?![\d.,/%]))")
_TYPE_BEFORE = regex.compile(
    r"(?<!\p{L})(?:xe|ô tô|ôtô|oto|nhà|địa phương|chính quyền|hộp|máy|loại|dịch vụ công(?: trực tuyến)?|vàng)\s(?:\p{L}{2,6}\s)?$"
)
_TYPE_AFTER = regex.compile(r"\s(?:chỗ|bánh|cấp|tầng|số|gác|trong 1)(?!\p{L})|k(?!\p{L})")
_LEVEL_BEFORE = regex.compile(r"(?<!\p{L})(?:mức độ|cấp độ|cấp)\s$")
_LEVEL_AFTER = regex.compile(r"\s(?:và|,)\s?\d")
_NETWORK_BEFORE = regex.compile(r"(?<!\p{L})(?:mạng|công nghệ|sóng|internet)\s$")


def numbers_in_types(reading: Reading, heads: NumberedHeads) -> Iterator[Mention]:
    """`xe 4 chỗ`, `chính quyền 2 cấp`, `vàng 24k`, `24/7`, `mạng 5G`: part of what a kind of thing is called."""
    search = reading.search
    for m in _SHORT_NUMBER.finditer(search):
        start, end = m.span()
        left = search[max(0, start - 32) : start]
        is_type = "/" in m[0] or (_TYPE_AFTER.match(search, end) and _TYPE_BEFORE.search(left))
        is_level = len(m[0]) == 1 and _LEVEL_AFTER.match(search, end) and _LEVEL_BEFORE.search(left)
        if is_type or is_level:
            yield _code(start, end, "number_in_type")
        elif search[end : end + 1] == "g" and m[0] in "23456" and _NETWORK_BEFORE.search(left):
            yield _code(start, end + 1, "number_in_type")


RULES = (symboled_numbers, numbered_names, lettered_numbers, numbers_in_names, numbers_in_types)


@lru_cache(maxsize=4)
def _heads(lexicon: Lexicon) -> NumberedHeads:
    surfaces = sorted(lexicon.surfaces("numbered_heads"), key=len, reverse=True)
    words = "|".join(regex.escape(search_form(w)) for w in surfaces)
    return NumberedHeads(
        # "số" names unless it stands in "con số", "trong số", "tổng số", "một số"
        regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?:{words})\s?(?:số\s:?\s?|số:\s?|-\s?)?"
            r"|(?<!(?:con|trong|tổng|một|ngoài|trên|thêm|vô|đa|thiểu|hệ|tỉ|tham)\s)số\s?:?\s?)$"
        ),
        max(map(len, surfaces)) + 8,
    )


def propose_codes(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All proposals for codes; where a figure has a counted noun of its own, it outranks a number in a name."""
    heads = _heads(lexicon)
    return [m for rule in RULES for m in rule(reading, heads)]
