"""Quantities: a number, its unit and what it counts, found in Vietnamese news text.

    >>> from helpers.corpus.document import Document
    >>> from helpers.extract.register import open_reading
    >>> vi = Lexicon.load("vi")
    >>> reading = open_reading(Document("x", "Năm 2023 bắt giữ hơn 35 đối tượng."), vi)
    >>> [(m.fields["value"], m.fields["unit"], m.fields["qualifier"]) for m in propose_quantities(reading, vi)][-1:]
    [(35.0, 'đối tượng', 'more_than')]

Numbers are found once (numerals.py); the rules say, in order, what each may be. A ratio such as 7/11 competes with a date
for its span: see span.resolve_overlaps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import regex

from helpers.extract.context import ContextReader
from helpers.extract.numerals import Number, find_numbers, uses_comma_groups
from helpers.extract.phrases import Phrase, PhraseReader
from helpers.extract.span import STRONG, USUAL, WEAK, Mention, Reading
from helpers.lexicon import Lexicon

_RANGE = regex.compile(r"\s{0,2}(-|đến|tới)\s{0,2}(?:(?:dưới|hơn|gần|khoảng|trên)\s)?$")
_RATIO = regex.compile(r"(?<![\p{L}\d/.,-])(\d{1,6})/(\d{1,6})(?![\d/]|[.,]\d)")
_PER_YEAR_PART = regex.compile(r"\s(?:đầu|cuối|giữa)\snăm(?!\p{L})")


@dataclass(slots=True)
class _Candidate:
    """A number, or a range of two, with the text around it opened for the rules."""

    reading: Reading
    number: Number
    start: int
    end: int
    low: float
    high: float | None
    is_range: bool
    phrases: PhraseReader
    context: ContextReader

    @property
    def search(self) -> str:
        return self.reading.search

    def left(self, size: int = 24) -> str:
        text = self.search[max(0, self.start - size) : self.start]
        return text[text.rfind("\n") + 1 :]

    @property
    def value(self):
        return self.low if self.high is None else [self.low, self.high]


def _quantity(c: _Candidate, kind: str, rule: str, *, unit=None, unit_id=None, counted=None, strength=USUAL,
              noun_class=None, value=None, end=None, aspect=None) -> Mention:  # fmt: skip
    end = end or c.end
    direction, reached = c.context.direction(c.search, c.start)
    qualifier = c.context.qualifier(c.search, c.start, end, noun_class=noun_class)
    if c.is_range:
        qualifier = "range"
    elif c.number.written == "vague" or (c.high is not None and not c.is_range):
        qualifier = "approx" if qualifier == "exact" else qualifier
    if aspect is None and kind in ("count", "percent", "ratio"):
        change = direction != "none" and not reached
        aspect = "change" if change else "share" if kind in ("percent", "ratio") else "count"
    base = c.context.base(c.reading, c.start, end) if kind != "rank" and (aspect in ("change", "share") or direction != "none") else None
    fields = {
        "value": c.value if value is None else value, "unit": unit, "unit_id": unit_id, "counted": counted,
        "qualifier": qualifier, "direction": direction, "aspect": aspect, "base": base,
        "mode": c.context.mode(c.reading, c.start, noun_class=noun_class), "period": None, "place_id": None, "speaker": None,
    }  # fmt: skip
    return Mention(kind, c.start, end, rule, fields, strength)


_RANK_BEFORE = regex.compile(
    r"(?<!\p{L})(?P<head>lần thứ|đứng thứ|xếp thứ|vị trí thứ|thứ|khóa|hạng|loại|mức độ|cấp độ|top|tốp|giải)\s$"
)
_ROMAN = regex.compile(r"(?<![\p{L}\d])(?P<head>lần thứ|thứ|khóa|hạng|loại|cấp)\s(?P<roman>[ivx]{1,6})(?![\p{L}\d])")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def ranked(c: _Candidate) -> Mention | None:
    """`lần thứ 8`, `đô thị loại 1`, `top 50`: a place in an order."""
    m = _RANK_BEFORE.search(c.left())
    if not m or c.high is not None or c.low != int(c.low) or c.low > 1000:
        return None
    if m["head"] in ("thứ", "loại") and c.number.written == "words" and m["head"] == "thứ" and 2 <= c.low <= 7:
        return None  # "thứ hai", "thứ bảy": a day of the week as often as a rank
    unit = _rank_unit(c, m)
    return _quantity(c, "rank", "ranked", unit=unit, strength=STRONG, noun_class="rank")


_RANK_NOUN = regex.compile(r"(?P<noun>(?:[\p{L}]+\s){1,4})lần\s(?:thứ\s)?$")


def _rank_unit(c: _Candidate, m) -> str | None:
    head = m["head"]
    if head.endswith("thứ"):
        start = max(0, c.start - 40)
        noun = regex.search(r"(?P<noun>phiên họp|kỳ họp|hội nghị|đại hội(?: đại biểu)?(?: toàn quốc)?|cuộc họp|kì họp|liên hoan|giải thưởng|diễn đàn)\s(?:lần\s)?thứ\s$", c.search[start : c.start])
        return c.reading.plain[start + noun.start("noun") : start + noun.end("noun")] if noun else None
    at = c.start - len(m[0].rstrip()) - 1
    return c.reading.plain[at : at + len(head)].strip()


_MULTIPLE_BEFORE = regex.compile(r"(?<!\p{L})(?P<verb>gấp|cao gấp|tăng gấp|bằng|tăng|giảm|gấp hơn|gấp gần|gấp khoảng)\s(?:hơn\s|gần\s|khoảng\s|tới\s|đến\s|lên\s)?$")


_DOUBLED = regex.compile(r"(?<!\p{L})gấp\s(?:hơn\s|gần\s|khoảng\s)?(?P<word>đôi|rưỡi|ba|bốn|năm|mười)(?!\p{L}|\slần)")
_DOUBLED_VALUES = {"đôi": 2.0, "rưỡi": 1.5, "ba": 3.0, "bốn": 4.0, "năm": 5.0, "mười": 10.0}


def multiplied(c: _Candidate) -> Mention | None:
    """`gấp 2,4 lần`, `tăng hơn 363,77 lần`: a multiple of something."""
    m = _MULTIPLE_BEFORE.search(c.left())
    if not m:
        return None
    unit = regex.match(r"\s?(lần)(?!\p{L})", c.search[c.end : c.end + 6])
    if unit:
        return _quantity(c, "ratio", "multiplied", unit="lần", strength=STRONG, aspect="change")
    return None


def in_percent(c: _Candidate) -> Mention | None:
    """`26,82%`, `5 phần trăm`, `điểm phần trăm`."""
    unit = c.phrases.read_unit(c.search, c.end)
    if not unit or unit[3] != "percent":
        return None
    phrase = c.phrases.read(c.reading.plain, c.search, unit[1])
    counted = (phrase.counted or phrase.unit) if phrase else None
    printed = "%" if unit[2] == "percent" else c.reading.plain[unit[0] : unit[1]]
    return _quantity(c, "percent", "in_percent", unit=printed, unit_id=unit[2], counted=counted, strength=STRONG)


_SIGN_BEFORE = regex.compile(r"(?<![\p{L}])(?P<sign>vn\$|us\$|usd|vnd|vnđ|eur|\$|€|£|¥)\s?$")
_SIGNS = {"vn$": "vnd", "vnd": "vnd", "vnđ": "vnd", "us$": "usd", "usd": "usd", "$": "usd", "€": "eur", "eur": "eur", "£": "gbp", "¥": "jpy"}
_SIGN_AFTER = regex.compile(r"\s?(?P<sign>\$|€|£|¥)")


def of_money(c: _Candidate) -> Mention | None:
    """`20 tỷ đồng`, `$10`, `100.000 đồng/giờ`; `122 triệu trên chiếu bạc` where the scale stands alone."""
    unit = c.phrases.read_unit(c.search, c.end)
    plain = c.reading.plain
    if unit and unit[3] == "money":
        unit = _longer_currency(c, unit)
        return _quantity(c, "money", "of_money", unit=plain[unit[0] : unit[1]], unit_id=unit[2], strength=STRONG, counted=_counted_before(c) or c.phrases.read_clause(plain, c.search, unit[1]))
    if m := _SIGN_BEFORE.search(c.left(5)):
        return _quantity(c, "money", "of_money", unit=plain[c.start - len(m[0]) : c.start].strip(), unit_id=_SIGNS[m["sign"]], strength=STRONG)
    if m := _SIGN_AFTER.match(c.search, c.end):
        return _quantity(c, "money", "of_money", unit=m["sign"], unit_id=_SIGNS[m["sign"]], strength=STRONG)
    spends = regex.search(r"(?<!\p{L})(?:tốn|hết|giá|phí|tiền|trả|chi|nộp|thưởng|phạt|thiệt hại|lương)(?!\p{L})[^.;,]{0,20}$", c.left(40))
    if c.number.scale >= 1e6 and (unit is None) and (not (p := _phrase(c)) or p.noun_class is None) and (spends or c.number.scale >= 1e9):
        return _quantity(c, "money", "bare_money", unit_id=None, strength=USUAL)
    return None


def _longer_currency(c: _Candidate, unit):
    m = regex.match(r"\s(?:việt nam|lào|mĩ)(?!\p{L})", c.search[unit[1] : unit[1] + 10])
    return (unit[0], unit[1] + m.end(), unit[2], unit[3]) if m and unit[2] in ("vnd", "lak", "usd") else unit


def _counted_before(c: _Candidate) -> str | None:
    """What a sum is the price or amount of: `tổng trị giá hàng hóa`, the noun phrase in front."""
    sentence = c.reading.sentence_at(c.start)
    left = c.search[max(sentence.start if sentence else 0, c.start - 110) : c.start]
    m = regex.search(r"(?<!\p{L})(?P<noun>(?:tổng\s)?(?:trị giá|giá trị|số tiền|thu ngân sách|kinh phí|doanh thu|thu nhập|thiệt hại|tổng thu|tổng số tiền|vốn đầu tư|tổng vốn)[\p{L}\s]{0,60}?)(?:\s(?:là|đạt|trên|hơn|gần|khoảng|ước|ước tính|đạt trên))*\s$", left)
    if not m:
        return None
    at = c.start - len(left) + m.start("noun")
    return c.reading.plain[at : at + len(m["noun"])].strip()


def of_measure(c: _Candidate) -> Mention | None:
    """`98 kg ma túy`, `45km`, `35 tuổi`, `12 năm 9 tháng tù`; not the `6 tháng đầu năm` of the calendar."""
    unit = c.phrases.read_unit(c.search, c.end)
    if not unit or unit[3] != "measure":
        return None
    start, end, unit_id, _ = unit
    if unit_id in ("month", "year", "day", "week", "quarter") and _PER_YEAR_PART.match(c.search, end):
        return None
    if unit_id == "degree" and c.low > 400:
        return None
    if unit_id in ("quarter", "yen_weight", "degree", "usd", "cubic_metre") and regex.match(r"\s\p{L}", c.search[end : end + 2]) and unit_id != "cubic_metre":
        return None
    value, stop, printed = c.value, c.end, c.reading.plain[start:end]
    if c.high is None and (m := _SMALLER.match(c.search, end)) and (unit_id, m["unit"]) in _PARTS:
        value = c.low + int(m["n"]) / _PARTS[unit_id, m["unit"]]
        stop = m.end("n")
    if unit_id in ("year", "month") and (m := regex.match(r"\stù(?:\sgiam)?(?!\p{L})", c.search[end : end + 10])):
        printed = c.reading.plain[start : end + m.end()]
    counted = None
    if unit_id in ("year", "month", "day", "hour", "minute", "week"):  # "2 năm thực hiện Nghị quyết 04"
        after = c.phrases.read_clause(c.reading.plain, c.search, end)
        counted = f"{printed} {after}" if after else None
    elif unit_id != "year_of_age":
        phrase = c.phrases.read(c.reading.plain, c.search, end)
        counted = f"{printed} {phrase.unit}" if phrase and phrase.start - end <= 1 else None
    return _quantity(c, "measure", "of_measure", unit=printed, unit_id=unit_id, counted=counted, strength=STRONG, value=value, end=stop)


_SMALLER = regex.compile(r"\s(?P<n>\d{1,2})\s(?P<unit>tháng|phút|giây|ngày|tuần)(?!\p{L})")
_PARTS = {("year", "tháng"): 12, ("hour", "phút"): 60, ("minute", "giây"): 60, ("day", "giờ"): 24}


def _phrase(c: _Candidate) -> Phrase | None:
    return c.phrases.read(c.reading.plain, c.search, c.end)


def counted_things(c: _Candidate) -> Mention | None:
    """`155 vụ`, `225 cá nhân, tổ chức vi phạm`: a number and what it counts."""
    phrase = _phrase(c)
    if c.number.written == "words" and not _word_counts(c, phrase):
        return None
    if phrase is None:
        return _quantity(c, "count", "bare_number", strength=WEAK) if c.number.written != "words" else None
    if c.number.written == "digits" and phrase.start == c.end and phrase.noun_class is None and len(phrase.unit.split()[0]) < 2:
        return None
    strength = STRONG if phrase.noun_class else USUAL
    return _quantity(
        c, "count", "counted_things", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
        noun_class=phrase.noun_class, strength=strength,
    )  # fmt: skip


_EVIDENCE = ("vụ", "khẩu", "viên", "gói", "túi", "bánh", "chiếc", "con dao", "khẩu súng", "quả", "lô", "thùng", "trường hợp", "chuyên án", "mô hình")
#: "một" is an article unless it counts what was seized or happened
_ONE_COUNTS = regex.compile(r"(?:giữ|bắt|phát hiện|chỉ có|xảy ra|tịch thu|được)\s$")
_NAME_BEFORE = regex.compile(r"\p{Lu}\p{L}*\s$")
_NO_COUNT_BEFORE = regex.compile(r"(?<!\p{L})(?:thứ|tháng|năm|lúc|ông|bà|anh|chị|em|bé|cháu|chú|bác|cô|thằng|con|lão|nhà|hôm|lần)\s$")


#: alone these are no numbers: "không đội mũ", "tỷ lệ", "tư nhân", "nửa đêm"
_NEVER_ALONE = frozenset("không tỉ triệu vạn nửa trăm nghìn ngàn âm trừ tư".split())
_YEAR_BEFORE = regex.compile(r"(?:\d|hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|mỗi|hằng|hàng|trong|từ|cả)\s$")


def _is_number(c: _Candidate) -> bool:
    """Whether words that may be a number are one: not the năm of "50 năm Ngày Giải phóng" or "mỗi năm"."""
    word = c.search[c.start : c.end]
    if word in _NEVER_ALONE:
        return False
    return not (word == "năm" and _YEAR_BEFORE.search(c.left(8)))


def _word_counts(c: _Candidate, phrase: Phrase | None) -> bool:
    """Whether number words count something here: `năm người` does, `năm nay`, `ba mẹ`, `tư nhân` do not."""
    if _NO_COUNT_BEFORE.search(c.left(8)) or c.reading.plain[c.start].isupper() and _NAME_BEFORE.search(c.reading.plain[max(0, c.start - 12) : c.start]):
        return False
    many = " " in c.search[c.start : c.end] and c.number.scale >= 1 and c.low >= 11
    if phrase is None or (phrase.noun_class is None and not many):
        return False
    if c.low == 1 and c.high is None:
        return phrase.unit.lower().startswith(_EVIDENCE) and bool(_ONE_COUNTS.search(c.left(16)))
    return True


RULES: tuple[Callable[[_Candidate], Mention | None], ...] = (
    ranked, multiplied, in_percent, of_money, of_measure, counted_things,
)  # fmt: skip


def _ratios(reading: Reading, phrases: PhraseReader, context: ContextReader):
    """`7/11 tổ dân phố`: part and whole; weak where nothing that is counted follows."""
    for m in _RATIO.finditer(reading.search):
        number = Number(m.start(), m.end(), float(m[1]), float(m[2]), "digits")
        c = _Candidate(reading, number, m.start(), m.end(), float(m[1]), float(m[2]), False, phrases, context)
        unit = phrases.read_unit(reading.search, m.end())
        if unit and unit[3] in ("measure", "percent"):
            mention = _quantity(c, "ratio", "part_and_whole", unit=reading.plain[unit[0] : unit[1]], unit_id=unit[2], strength=STRONG)
        else:
            phrase = _phrase(c)
            if phrase is None or (phrase.noun_class is None and max(c.low, c.high or 0) <= 31 and (c.high or 0) <= 12):
                continue
            mention = _quantity(c, "ratio", "part_and_whole", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
                                noun_class=phrase.noun_class, strength=STRONG if phrase.noun_class else USUAL)  # fmt: skip
        mention.fields["qualifier"] = "exact" if mention.fields["qualifier"] == "approx" else mention.fields["qualifier"]
        yield mention


def _roman_ranks(reading: Reading, phrases: PhraseReader, context: ContextReader):
    """`khóa XII`, `lần thứ XIII`, `loại III`."""
    for m in _ROMAN.finditer(reading.search):
        roman = m["roman"]
        if not reading.plain[m.start("roman") : m.end("roman")].isupper():
            continue
        values = [_ROMAN_VALUES[ch] for ch in roman]
        value = float(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))
        number = Number(m.start("roman"), m.end("roman"), value)
        c = _Candidate(reading, number, *m.span("roman"), value, None, False, phrases, context)
        if before := _RANK_BEFORE.search(c.left()):
            yield _quantity(c, "rank", "ranked", unit=_rank_unit(c, before), strength=STRONG, noun_class="rank")


def _doubled(reading: Reading, phrases: PhraseReader, context: ContextReader):
    """`tăng gần gấp đôi`: a multiple in a word."""
    for m in _DOUBLED.finditer(reading.search):
        value = _DOUBLED_VALUES[m["word"]]
        number = Number(*m.span("word"), value, None, "words")
        c = _Candidate(reading, number, *m.span("word"), value, None, False, phrases, context)
        mention = _quantity(c, "ratio", "multiplied", strength=STRONG, aspect="change")
        if regex.search(r"(?<!\p{L})tăng\s(?:hơn\s|gần\s|khoảng\s)?$", reading.search[max(0, m.start() - 14) : m.start()]):
            mention.fields["direction"] = "increase"
            outer = context.qualifier(reading.search, m.start(), m.end(), noun_class=None)
            if mention.fields["qualifier"] == "exact":
                mention.fields["qualifier"] = outer
        yield mention


def _join_ranges(numbers: list[Number], reading: Reading, phrases: PhraseReader) -> list[tuple[Number, int, int, float, float | None, bool]]:
    """Numbers, two joined where they are the ends of a range (`20 đến 25`, `100.000 - 120.000`, `3 km đến dưới 5`)."""
    joined = []
    i = 0
    while i < len(numbers):
        first = numbers[i]
        second = numbers[i + 1] if i + 1 < len(numbers) else None
        ends = second and _range_ends(first, second, reading.search, phrases)
        if ends:
            joined.append((replace(first, scale=max(first.scale, second.scale)), first.start, second.end, *ends, True))
            i += 2
        else:
            joined.append((first, first.start, first.end, first.low, first.high, False))
            i += 1
    return joined


def _range_ends(first: Number, second: Number, search: str, phrases: PhraseReader) -> tuple[float, float] | None:
    gap = search[first.end : second.start]
    if len(gap) > 30 or "\n" in gap:
        return None
    unit = phrases.read_unit(search, first.end)
    if unit and unit[1] <= second.start:
        # "3 km đến dưới 5", "400.000 đồng đến 500.000 đồng/m3": the same unit, or none behind the second
        second_unit = phrases.read_unit(search, second.end)
        if second_unit and second_unit[2] != unit[2]:
            return None
        gap = search[unit[1] : second.start]
    if not (m := _RANGE.fullmatch(gap)) or (m[1] == "-" and unit and unit[1] <= second.start):
        return None
    low, high = first.low, second.high if second.high is not None and second.written != "vague" else second.low
    if second.written == "vague" and second.high is not None:
        high = second.high
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale  # "5 - 7 tỷ"
    return (low, high) if low < high else None


def propose_quantities(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All proposals for figures of a document, in the order in which rules win among equals."""
    phrases, context = PhraseReader.of(lexicon), ContextReader.of(lexicon)
    numbers = find_numbers(reading.search, lexicon, comma_groups=uses_comma_groups(reading.search))
    found = [m for find in (_ratios, _roman_ranks, _doubled) for m in find(reading, phrases, context)]
    for number, start, end, low, high, is_range in _join_ranges(numbers, reading, phrases):
        c = _Candidate(reading, number, start, end, low, high, is_range, phrases, context)
        if number.written == "words" and not _is_number(c):
            continue
        mention = next((m for rule in RULES if (m := rule(c))), None)
        if mention:
            found.append(mention)
    _share_predicates(found, reading)
    return found


def _share_predicates(found: list[Mention], reading: Reading) -> None:
    """`11 xã, phường và 6 cơ quan, đơn vị, trường học đạt chuẩn`: what is said of the second count holds for the first."""
    counts = sorted((m for m in found if m.rule == "counted_things"), key=lambda m: m.start)
    for first, second in zip(counts, counts[1:], strict=False):
        unit, more = first.fields["unit"], second.fields["counted"]
        joined = reading.plain[first.end : second.start].strip() == f"{unit} và"
        if joined and more and first.fields["counted"] is None and more.startswith(str(second.fields["unit"])):
            first.fields["counted"] = unit + more[len(str(second.fields["unit"])) :]
