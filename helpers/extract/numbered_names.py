"""Numbers behind what they number: `Đề án 06`, `quận 3, 5 và 10`, `xã Sơn Kim 1`, `CSND II`; and the numbers of lists."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from helpers.extract.code_sites import Sites
from helpers.extract.code_words import CodeWords
from helpers.extract.lettered_codes import make_code
from helpers.extract.span import USUAL, Mention, Reading
from helpers.patterns import late

_NUMBER = regex.compile(
    r"\d{1,5}[a-zđ]?(?:\s?\+\s?\d{1,3}|/\d{1,4}[a-z]?){0,3}(?![\p{L}\d]|[.,]\d|\s?%|\s(?:nghìn|ngàn|triệu|tỉ|vạn)(?!\p{L}))"
)
_NEXT = regex.compile(
    r"(?:\s?[,;]\s?(?:và\s)?|\s(?:và|hoặc|hay|đến|tới)\s(?:số\s)?|\s?-\s?)(?P<number>\d{1,5}[a-zđ]?(?P<more>(?:/\d{1,4}){0,3}))"
    r"(?![\p{L}\d]|[.,/-]\d|\s?%)"
)
_MOST_IN_ROW = 40


_NAMING = ("sure", "usual", "closed", "document")


def numbered_names(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`Đề án 06`, `thôn 5`, `Ban Chỉ đạo 389`, `quốc lộ 8A`; the numbers that go on from one: `quận 3, 5 và 10`."""
    plain, search = reading.plain, reading.search
    done = 0
    for start, _, head in sites.headed:
        if start < done or head.number not in _NAMING:
            continue
        m = _NUMBER.match(search, start)
        if (
            m is None
            or (head.number == "closed" and ("/" in m[0] or _is_year(m[0])))
            or not words.is_name(plain, search, m.end(), head.number)
        ):
            continue
        yield make_code(start, m.end(), "numbered_name")
        for mention in _numbers_in_row(plain, search, words, m.end(), "/" in m[0]):
            done = mention.end
            yield mention


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and 1800 <= int(number) <= 2199


def _numbers_in_row(plain: str, search: str, words: CodeWords, end: int, slashed: bool) -> Iterator[Mention]:
    """The numbers of the same things behind the first: `quận 3, 5, 6 và 10`, `cấp 8 - 9`; not `quận 1, 3 người`."""
    for _ in range(_MOST_IN_ROW):
        m = _NEXT.match(search, end)
        if m is None or (m["more"] and not slashed) or words.is_counted(plain, search, m.end()):
            return
        # a further number decides nothing by itself: "quận 3, 5, 6 bàn" ends before the 6
        if not words.is_closed(plain, search, m.end()):
            return
        yield make_code(m.start("number"), m.end(), "numbered_name")
        end = m.end()


_AFTER_NAME = late(
    regex.compile, r"\d{1,5}(?![\p{L}\d%]|[.,/-]\d|\s?%|\s(?!(?:19|20)\d\d(?!\d)|\d{1,2}[h:])\d|\s-\s\d)"
)
_ROMAN = late(regex.compile, r"[IVX]{1,6}(?![\p{L}\d%]|[.,/-]\d|\.\p{L})")
_SENTENCE_START = frozenset("\n.:!?\"“”‘'•*(+")


def numbers_in_names(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`Vũng Áng 2`, `xã Sơn Kim 1`, `iPhone 15`, `SEA Games 31`; `CSND II`, `khu phố IV`."""
    plain, search = reading.plain, reading.search
    tallies = _tallies(plain, sites)
    for start, end, begin in sites.named:
        if start in tallies or not _AFTER_NAME.match(plain, start) or _is_year(plain[start:end]):
            continue
        if (
            words.figure_words.get(search[begin : start - 1]) == "unit" and not plain[begin : start - 1].isupper()
        ):  # "500 kV 2 mạch"
            continue
        # a name of one word at the start of a sentence is any word: "Có 3 vụ"
        if not _is_name(plain, begin, start - 1, in_brackets=plain[end : end + 1] == ")") or words.is_counted(
            plain, search, end
        ):
            continue
        if _is_doubtful(plain[start:end], plain[begin : start - 1]) and not words.is_closed(plain, search, end):
            continue
        yield make_code(start, end, "number_in_name", USUAL)
        yield from _numbers_in_row(plain, search, words, end, False)
    yield from _roman_numbers(plain, search, words)


def _is_doubtful(number: str, word: str) -> bool:
    """Whether a number counts as often as it names behind a Vietnamese word: `Can Lộc 35 …`, not `Boeing 737`."""
    return len(number) > 1 and int(number[:6]) > 12 and not (word.isascii() or word.isupper())


def _is_name(plain: str, begin: int, stop: int, *, in_brackets: bool = False) -> bool:
    """Whether the word from `begin` to `stop` is part of a name."""
    word = plain[begin:stop]
    if "." in word:
        return word.startswith("TP.")
    if len(word) > 1 and not word[1:].islower():  # "QCVN", "iPhone"
        return not (word.isupper() and _is_shouted(plain, begin, stop))
    if not word[0].isupper():
        return False
    before = plain[max(0, begin - 12) : begin].rstrip(" ").removesuffix("-").removesuffix("–").rstrip(" ")
    if not before or before[-1] in _SENTENCE_START:
        return in_brackets and before.endswith("(")
    last = before.split()[-1].lstrip('("“‘')
    return before[-1] in ",;" or before[-1].islower() or last[:1].isupper()


def _is_shouted(plain: str, begin: int, stop: int) -> bool:
    """Whether the word stands in a headline in capitals: `BẮT GIỮ 3 ĐỐI TƯỢNG`."""
    behind = plain[stop + 1 : stop + 24].split()[1:2]
    before = plain[max(0, begin - 10) : begin].split()[-1:]
    return any(len(w) > 1 and w.isupper() and w.isalpha() for w in behind) and any(w.isupper() for w in before)


_TALLY_GAP = late(
    regex.compile, r"[,;]\s(?:và\s)?(?:\p{Lu}\p{L}{1,8}\s){1,3}|\s\p{Ll}{1,6}[,;]\s(?:\p{Lu}\p{L}{1,8}\s){1,3}"
)


def _tallies(plain: str, sites: Sites) -> set[int]:
    """Where numbers stand behind three names or more in a row, each another: `Can Lộc 5, Thạch Hà 7, Cẩm Xuyên 3`."""
    found: set[int] = set()
    row: list[tuple[int, int, str]] = []
    for start, end, begin in sites.named:
        if _is_year(plain[start:end]):
            continue
        name = " ".join(plain[max(0, begin - 9) : start].split()[-2:])
        if row and not (
            start - row[-1][1] < 40 and _TALLY_GAP.fullmatch(plain, row[-1][1], start) and name != row[-1][2]
        ):
            row = []
        row.append((start, end, name))
        # "Sán Chải 1, Nàn Sán 1, Cán Hồ 2" are names
        if len(row) >= 3 and max((int(plain[s:e]) for s, e, _ in row[-3:] if e - s < 9), default=0) > 3:
            found.update(s for s, _, _ in row[-3:])
    return found


def _roman_numbers(plain: str, search: str, words: CodeWords) -> Iterator[Mention]:
    """`CSND II`, `bản Hợp I`, `khu phố IV`; not the V of `Nguyễn Văn V` nor `khóa XV`, which is a rank."""
    for first in (" I", " V", " X"):
        at = plain.find(first)
        while at >= 0:
            m = None if plain[at + 2 : at + 3].islower() else _ROMAN.match(plain, at + 1)
            if m and _names_roman(plain, search, words, at, m):
                yield make_code(*m.span(), "number_in_name")
            at = plain.find(first, at + 1)


def _names_roman(plain: str, search: str, words: CodeWords, at: int, number: regex.Match) -> bool:
    tokens = search[max(0, at - 26) : at].split()
    word = tokens[-1].lstrip("(\"'") if tokens else ""
    if not word:
        return False
    if word in words.no_names:
        return False
    if head := words.head_before(search, word, at):
        return head.number in _NAMING
    begin = at - len(word)
    if number[0] in ("V", "X") and not plain[begin:at].isupper():
        return False
    return plain[at - 1].isalpha() and plain[begin].isupper() and _is_name(plain, begin, at)


def list_numbers(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """The numbers of lists: `1. `, `2) ` at the head of a line or sentence, or run into one line; `I. ` and `(1)`."""
    plain = reading.plain
    found: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    for start, end in sites.listed:
        after = plain[end : end + 2]
        before = plain[max(0, start - 5) : start].rstrip(" \t")[-1:] or "\n"
        if before == "(" or after[:1] == "," or (before not in '\n.:;?!”"' and after[1:] != ""):
            doubtful.append((start, end))
        elif after[:1] in (".", ")", "/") and (after[1:].isspace() or not after[1:]):
            found.append((start, end))
    doubtful = [s for s in doubtful if not _follows_head(reading.search, words, s[0])]
    values = {int(plain[start:end]) for start, end in found + doubtful}
    for start, end in found + [s for s in doubtful if _goes_on(plain, s, values)]:
        yield make_code(start, end, "list_number")
    if m := _ROMAN_LIST.match(plain):
        yield make_code(*m.span(), "list_number")
    at = plain.find("\n")
    while at >= 0:
        if plain[at + 1 : at + 2] in _ROMAN_LETTERS and (m := _ROMAN_LIST.match(plain, at + 1)):
            yield make_code(*m.span(), "list_number")
        at = plain.find("\n", at + 1)


def _follows_head(search: str, words: CodeWords, start: int) -> bool:
    """Whether the word before says what the number is: "đứng thứ 2. Ở trận sau"."""
    before = search[max(0, start - 12) : start].split()
    return bool(before) and (before[-1] in words.heads or before[-1] in words.no_names)


_ROMAN_LETTERS = ("I", "V", "X")
_ROMAN_LIST = late(regex.compile, r"[IVX]{1,5}(?=\.\s)")


def _goes_on(plain: str, span: tuple[int, int], values: set[int]) -> bool:
    """Whether a number that may be a list's has a neighbour: "… chữa cháy 1. Huy động … 2. Trong …"."""
    start, end = span
    value = int(plain[start:end])
    if plain[start - 1 : start] == "(" and plain[end : end + 1] != ")":
        return False
    return bool(values & {value + 1, value - 1}) and plain[end + 1 : end + 2].isspace()
