"""Legal documents an article cites: laws, resolutions, decrees, directives, plans, with number, symbol,
date, issuer.

    Nghị quyết số 04 NQ-ThU ngày 15/6/2021 của Ban Thường vụ Thị ủy Kỳ Anh; Nghị định 168/2024/NĐ-CP;
    Đề án 06; khoản 4 Điều 250 Bộ luật Hình sự; luật Phòng, chống ma túy

A type alone (`Nghị quyết cũng nhằm`) or a word for a policy (`Chủ trương này`) counts only where the
article has named the document it points to; linking.py ties them. `các văn bản chỉ đạo` names none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.document_tails import bind_aliases, blank_fields, read_date, read_tail, words_of_use
from helpers.extract.law_articles import find_article
from helpers.extract.names import name_words
from helpers.extract.span import STRONG, USUAL, Mention, Reading, start_of
from helpers.extract.word_lookup import Phrases
from helpers.extract.word_patterns import any_of
from helpers.extract.word_search import WordList
from helpers.lexicon import NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define(
    "document_types",
    surface=TEXT,
    kind=Column(values=("law", "treaty", "sure", "number")),
    titled=Column(values=YES_NO),
    note=NOTE,
)
define("law_titles", surface=TEXT, note=NOTE)
define("law_abbreviations", surface=TEXT, type=TEXT, title=TEXT, note=NOTE)
define("document_references", surface=TEXT, note=NOTE)

#: words of a title at most: of a law outside law_titles.csv, of a plan
MAX_LAW_WORDS, MAX_TITLE_WORDS = 10, 18

_NUMBER = regex.compile(
    r"\s(?:(?:của\s)?số\s?:?\s?)?(?P<number>\d{1,5}\p{L}?)(?![\p{L}\p{N}%]|[.,]\d)"
    r"(?:/(?P<year>(?:19|20)\d\d)(?!\d)|-(?P<year>(?:19|20)\d\d)(?=/))?"
)
_SYMBOL = late(
    regex.compile,
    r"(?P<separator>\s?[/-]\s?|\s)"
    r"(?P<symbol>\p{Lu}[\p{L}&]{0,9}(?:\d{1,2}(?!\d))?"
    r"(?:\s?[-/]\s?\p{Lu}[\p{L}&]{0,9}(?:\d{1,2}(?!\d)|\s\d{1,4}(?=/))?|\.\p{Lu}\p{L}{0,9}){0,4})",
)
_LAW_YEAR = late(
    regex.compile,
    r"(?:\s(?:số\s)?(?P<number>\d{1,3})/(?P<year>(?:19|20)\d\d)/(?P<symbol>qh\d{1,2}|ubtvqh\d{1,2})"
    r"|\s(?:năm\s)?(?P<year>(?:19|20)\d\d)(?!\d|[/.-]\d))?+"
    r"(?:\s\(sửa đổi(?:, bổ sung)?(?:(?: năm)? (?:19|20)\d\d)?\))?",
)
_NAMED_BY = regex.compile(
    r"\s(?:hội nghị\s)?(?:lần thứ\s[\p{L}\d]{1,8}\s)?"
    r"(?:trung ương|tw|đại hội|bch trung ương|ban chấp hành trung ương)"
    r"(?:\s(?:đại biểu|đảng bộ|đảng|toàn quốc|lần thứ|khóa|tỉnh|huyện|[ivx]{1,6}|\d{1,3}"
    r"|\((?:khóa\s)?[ivx]{1,6}\))(?![\p{L}\d])){0,8}(?:\scủa\sđảng(?!\p{L}))?"
)
_THIS = late(regex.compile, r"\s(?:này|nói trên|trên)(?!\p{L})")


@dataclass(frozen=True)
class _Words:
    """The lexicon's words on documents, ready for search."""

    types: WordList
    rows: list[dict[str, str]]
    titles: Phrases
    title_end: regex.Pattern[str]
    counted: regex.Pattern[str]
    after_number: regex.Pattern[str]
    bare_start: regex.Pattern[str]
    bare_within: regex.Pattern[str]
    no_law: regex.Pattern[str]
    office: regex.Pattern[str]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    rows = {search_form(r["surface"]): r for r in lexicon.entries("document_types")}
    rows |= {search_form(w): {"kind": "policy"} for w in lexicon.surfaces("document_references")}
    rows |= {search_form(r["surface"]): {**r, "kind": "abbreviation"} for r in lexicon.entries("law_abbreviations")}

    def use(name: str) -> str:
        return any_of(words_of_use(lexicon, name))

    return _Words(
        types=WordList(rows, is_whole=True),
        rows=list(rows.values()),
        titles=Phrases(lexicon.surfaces("law_titles")),
        # "Hiệp định thương mại tự do": not the "do" that gives a reason
        title_end=late(regex.compile, rf"[,.;:()\"\n]|(?<!\btự)\s{use('title_end')}"),
        counted=late(regex.compile, rf"\s{use('counted')}"),
        after_number=late(regex.compile, rf"\s?(?:$|[,.;:()\"\n/-])|\s{use('after_number')}|\snăm\s\d"),
        bare_start=late(regex.compile, rf"\s{use('bare_start')}"),
        bare_within=late(regex.compile, rf"\s?[,.;:)\n…]|$|\s{use('bare_within')}"),
        no_law=late(regex.compile, rf"{use('no_law')}\s$"),
        office=late(regex.compile, rf"{use('office')}\s$"),
    )


def document_types(lexicon: Lexicon) -> WordList:
    """The words that documents are found by."""
    return _words(lexicon).types


@dataclass(slots=True)
class _Search:
    """One article being searched for documents."""

    reading: Reading
    words: _Words
    lexicon: Lexicon


def _type_words(at: _Search) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Words for documents, the longest where several start together; not those in an office's name (`Bộ Kế
    hoạch`).
    """
    search, last_end = at.reading.search, -1
    for start, minus_end, which in sorted([(a, -b, which) for which, a, b in at.reading.find_words(at.words.types)]):
        if start < last_end:
            continue
        last_end = end = -minus_end
        if not at.words.office.search(search, max(0, start - 14), start):
            yield start, end, at.words.rows[which]


def _law(at: _Search, start: int, end: int, *, is_listed: bool = True) -> Mention | None:
    """A law by its title, with the article before it: `khoản 4 Điều 250 Bộ luật Hình sự`, `Luật Nhà ở
    2023`.
    """
    search, plain = at.reading.search, at.reading.plain
    if at.words.no_law.search(search, max(0, start - 14), start):
        return None
    title_end = end
    if search[start:end] != "hiến pháp":
        title = _known_title_end(at, end) if is_listed else 0
        is_printed = plain[start].isupper() or plain[end + 1 : end + 2].isupper()
        if title and (is_printed or title - end > 8):
            title_end = title
        elif plain[end + 1 : end + 2].isupper():
            title_end = _title_end(at, end, most=MAX_LAW_WORDS if is_listed else MAX_TITLE_WORDS)
        if title_end <= end or (is_listed and not title and _is_of_country(search[end:title_end], at.lexicon)):
            return None
    elif plain[start].islower():
        return None  # "sửa đổi hiến pháp", of any country
    fields = blank_fields(plain[start:end])
    fields["name"] = " ".join(plain[start:title_end].split())
    return _with_article(at, start, title_end, fields, "law_title")


def _known_title_end(at: _Search, end: int) -> int:
    """Where a title of law_titles.csv ends behind a type that ends at `end`, after `về` or not; 0 if there is none."""
    search = at.reading.search
    if not search[end : end + 1].isspace():
        return 0
    behind = end + 1 + (3 if search.startswith("về", end + 1) and search[end + 3 : end + 4].isspace() else 0)
    return at.words.titles.end_at(search, behind) or at.words.titles.end_at(search, end + 1)


def _is_of_country(title: str, lexicon: Lexicon) -> bool:
    """Whether a title is a country's name: `luật Việt Nam` is the law of any kind."""
    words, countries = title.split()[:3], name_words(lexicon).countries
    return any(" ".join(words[:n]) in countries for n in range(1, len(words) + 1))


def _abbreviated_law(at: _Search, start: int, end: int, row: dict[str, str]) -> Mention | None:
    """`Điều 173 BLHS`."""
    if not at.reading.plain[start:end].isupper():
        return None
    fields = blank_fields(row["type"])
    fields["name"] = f"{row['type']} {row['title']}"
    mention = _with_article(at, start, end, fields, "law_abbreviation")
    mention.inferred = ("name",)
    return mention


def _with_article(at: _Search, start: int, end: int, fields: dict[str, object], rule: str) -> Mention:
    year = _LAW_YEAR.match(at.reading.search, end)
    assert year is not None  # the pattern fits an empty text too
    if year["year"]:
        fields["year"] = int(year["year"])
        fields["number"], fields["symbol"] = year["number"], year["symbol"] and year["symbol"].upper()
        end = year.end()
    else:
        end = read_date(at.reading, year.end(), fields)
    return Mention("document", find_article(at.reading.search, start), end, rule, fields, STRONG)


def _title_end(at: _Search, start: int, *, most: int) -> int:
    """Where a title ends that starts after `start`: at a mark, a verb, or after `most` words."""
    search = at.reading.search
    limit = min(len(search), start + 160)
    stop = at.words.title_end.search(search, start + 1, limit)
    words = list(regex.finditer(r"\S+", search[start : stop.start() if stop else limit]))
    return start + (words[min(most, len(words)) - 1].end() if words else 0)


def _numbered(at: _Search, start: int, end: int, row: dict[str, str]) -> Mention | None:
    """A type with its number: `Nghị quyết số 04 NQ-ThU ngày 15/6/2021`, `Đề án 06`, `chỉ thị số 17`."""
    search, plain = at.reading.search, at.reading.plain
    number = _NUMBER.match(search, end)
    if not number:
        return None
    symbol = _SYMBOL.match(plain, number.end())
    if symbol and not (symbol["separator"].strip() or "-" in symbol["symbol"] or "/" in symbol["symbol"]):
        symbol = None
    if not ("số" in number[0] or symbol or number["year"]) and not _may_stand_bare(at, start, number, row):
        return None
    fields = blank_fields(plain[start:end])
    fields["number"] = plain[slice(*number.span("number"))]
    fields["year"] = int(number["year"]) if number["year"] else None
    fields["symbol"] = regex.sub(r"\s?([-/])\s?", r"\1", symbol["symbol"]) if symbol else None
    name_end = symbol.end() if symbol else number.end()
    fields["name"] = " ".join(plain[start:name_end].split())
    span_end = read_date(at.reading, name_end, fields)
    read_tail(at.reading, span_end, fields, lexicon=at.lexicon)
    return Mention("document", find_article(search, start), span_end, "numbered", fields, STRONG)


def _may_stand_bare(at: _Search, start: int, number: regex.Match[str], row: dict[str, str]) -> bool:
    """Whether a number without `số` or symbol is a document's: `Đề án 06`, not `kế hoạch 5 năm` or `thông
    báo 5 vụ`.
    """
    search = at.reading.search
    if at.words.counted.match(search, number.end()) and not number["number"].startswith("0"):
        return False
    is_capital = at.reading.plain[start].isupper()
    return row["kind"] == "sure" or (is_capital and bool(at.words.after_number.match(search, number.end())))


def _named_resolution(at: _Search, start: int, end: int) -> Mention | None:
    """`Nghị quyết Trung ương 4 khóa XII`, `Nghị quyết Đại hội XIII của Đảng`."""
    if at.reading.search[start:end] != "nghị quyết" or not at.reading.plain[start].isupper():
        return None
    named = _NAMED_BY.match(at.reading.search, end)
    if named is None:
        return None
    fields = blank_fields(at.reading.plain[start:end])
    fields["name"] = " ".join(at.reading.plain[start : named.end()].split())
    return Mention("document", start, named.end(), "named_resolution", fields, USUAL)


def _titled(at: _Search, start: int, end: int) -> Mention | None:
    """A plan by its title, the type with a capital within a sentence: `Đề án xây dựng huyện … đạt chuẩn
    NTM`.
    """
    plain, search = at.reading.plain, at.reading.search
    sentence = at.reading.sentence_at(start)
    is_inside = (
        sentence is not None and start > sentence.start and plain[max(0, start - 2) : start].strip(' "(:“') != ""
    )
    if not (is_inside and plain[start].isupper() and plain[end : end + 1] == " "):
        return None
    if at.words.bare_within.match(search, end) or at.words.bare_start.match(search, end):
        return None
    title_end = _title_end(at, end, most=MAX_TITLE_WORDS)
    if len(plain[end:title_end].split()) < 2:
        return None
    fields = blank_fields(plain[start:end])
    fields["name"] = " ".join(plain[start:title_end].split())
    return Mention("document", start, title_end, "titled", fields, USUAL)


def _read_document(at: _Search, start: int, end: int, row: dict[str, str]) -> Mention | None:
    if row["kind"] == "policy":
        return None
    if row["kind"] == "abbreviation":
        return _abbreviated_law(at, start, end, row)
    if row["kind"] == "law":
        return _law(at, start, end) or _numbered(at, start, end, row)
    if row["kind"] == "treaty":
        treaty = _law(at, start, end, is_listed=False)
        return treaty or _numbered(at, start, end, row) or _titled(at, start, end)
    titled = _titled if row["titled"] == "yes" else _named_resolution
    return _numbered(at, start, end, row) or titled(at, start, end)


def _pointing(at: _Search, start: int, end: int, row: dict[str, str], named: set[str]) -> Mention | None:
    """A type alone or a word for a policy that points back: `Nghị quyết cũng nhằm`, `Chủ trương này`."""
    plain, search = at.reading.plain, at.reading.search
    if row["kind"] == "policy":
        return Mention("document", start, end, "policy_word", blank_fields(None)) if named else None
    if search[start:end] not in named or at.words.no_law.search(search, max(0, start - 14), start):
        return None
    sentence = at.reading.sentence_at(start)
    ends = at.words.bare_start if sentence and start == sentence.start else at.words.bare_within
    # a small letter is the verb's or the common noun's ("quyết định đầu tư")
    if _THIS.match(search, end) or (plain[start].isupper() and ends.match(search, end)):
        return Mention("document", start, end, "bare_type", blank_fields(plain[start:end]))
    return None


def propose_documents(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Documents the article cites, in reading order."""
    at = _Search(reading, _words(lexicon), lexicon)
    found: list[Mention] = []
    alone: list[tuple[int, int, dict[str, str]]] = []
    last_end = -1
    for start, end, row in _type_words(at):
        if start < last_end:
            continue
        mention = _read_document(at, start, end, row)
        if mention:
            found.append(mention)
            last_end = mention.end
        else:
            alone.append((start, end, row))
    if not found:
        return []
    found = sorted(found + bind_aliases(reading, found), key=start_of)
    first_named: dict[str, int] = {}
    for mention in found:
        first_named.setdefault(search_form(str(mention.fields["type"])), mention.start)
    for start, end, row in alone:
        named = {kind for kind, first in first_named.items() if first < start}
        if mention := _pointing(at, start, end, row, named):
            found.append(mention)
    return sorted(found, key=start_of)
