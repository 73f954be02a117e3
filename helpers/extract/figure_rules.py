"""What a number may be, in the order in which rules win: a rank, a multiple, a share, a sum, a measure, a count."""

from __future__ import annotations

from collections.abc import Callable

import regex

from helpers.extract.candidates import Candidate, make_quantity, read_phrase
from helpers.extract.phrases import Phrase
from helpers.extract.span import STRONG, USUAL, WEAK, Mention

_PER_YEAR_PART = regex.compile(r"\s(?:đầu|cuối|giữa)\snăm(?!\p{L})")
RANK_BEFORE = regex.compile(
    r"(?<!\p{L})(?P<head>lần thứ|đứng thứ|xếp thứ|vị trí thứ|thứ|khóa|hạng|loại|mức độ|cấp độ|top|tốp|giải)\s$"
)


def ranked(c: Candidate) -> Mention | None:
    """`lần thứ 8`, `đô thị loại 1`, `top 50`: a place in an order."""
    m = RANK_BEFORE.search(c.left())
    if not m or c.high is not None or c.low != int(c.low) or c.low > 1000:
        return None
    if m["head"] in ("thứ", "loại") and c.number.written == "words" and m["head"] == "thứ" and 2 <= c.low <= 7:
        return None  # "thứ hai", "thứ bảy": a day of the week as often as a rank
    unit = rank_unit(c, m)
    return make_quantity(c, "rank", "ranked", unit=unit, strength=STRONG, noun_class="rank")


def rank_unit(c: Candidate, m: regex.Match) -> str | None:
    """What is ranked: `phiên họp` before `lần thứ 8`, else the word that ranks."""
    head = m["head"]
    if head.endswith("thứ"):
        start = max(0, c.start - 40)
        noun = regex.search(
            r"(?P<noun>phiên họp|kỳ họp|hội nghị|đại hội(?: đại biểu)?(?: toàn quốc)?|cuộc họp|kì họp|liên hoan|giải thưởng|diễn đàn)\s(?:lần\s)?thứ\s$",
            c.search[start : c.start],
        )
        return c.reading.plain[start + noun.start("noun") : start + noun.end("noun")] if noun else None
    at = c.start - len(m[0].rstrip()) - 1
    return c.reading.plain[at : at + len(head)].strip()


_MULTIPLE_BEFORE = regex.compile(
    r"(?<!\p{L})(?P<verb>gấp|cao gấp|tăng gấp|bằng|tăng|giảm|gấp hơn|gấp gần|gấp khoảng)\s(?:hơn\s|gần\s|khoảng\s|tới\s|đến\s|lên\s)?$"
)


def multiplied(c: Candidate) -> Mention | None:
    """`gấp 2,4 lần`, `tăng hơn 363,77 lần`: a multiple of something."""
    m = _MULTIPLE_BEFORE.search(c.left())
    if not m:
        return None
    unit = regex.match(r"\s?(lần)(?!\p{L})", c.search[c.end : c.end + 6])
    if unit:
        return make_quantity(c, "ratio", "multiplied", unit="lần", strength=STRONG, aspect="change")
    return None


def in_percent(c: Candidate) -> Mention | None:
    """`26,82%`, `5 phần trăm`, `điểm phần trăm`."""
    unit = c.phrases.read_unit(c.search, c.end)
    if not unit or unit[3] != "percent":
        return None
    phrase = c.phrases.read(c.reading.plain, c.search, unit[1])
    counted = (phrase.counted or phrase.unit) if phrase else None
    printed = "%" if unit[2] == "percent" else c.reading.plain[unit[0] : unit[1]]
    return make_quantity(c, "percent", "in_percent", unit=printed, unit_id=unit[2], counted=counted, strength=STRONG)


_SIGN_BEFORE = regex.compile(r"(?<![\p{L}])(?P<sign>vn\$|us\$|usd|vnd|vnđ|eur|\$|€|£|¥)\s?$")
_SIGNS = {
    "vn$": "vnd",
    "vnd": "vnd",
    "vnđ": "vnd",
    "us$": "usd",
    "usd": "usd",
    "$": "usd",
    "€": "eur",
    "eur": "eur",
    "£": "gbp",
    "¥": "jpy",
}
_SIGN_AFTER = regex.compile(r"\s?(?P<sign>\$|€|£|¥)")


def of_money(c: Candidate) -> Mention | None:
    """`20 tỷ đồng`, `$10`, `100.000 đồng/giờ`; `122 triệu trên chiếu bạc` where the scale stands alone."""
    unit = c.phrases.read_unit(c.search, c.end)
    plain = c.reading.plain
    if unit and unit[3] == "money":
        unit = _longer_currency(c, unit)
        return make_quantity(
            c,
            "money",
            "of_money",
            unit=plain[unit[0] : unit[1]],
            unit_id=unit[2],
            strength=STRONG,
            counted=_counted_before(c) or c.phrases.read_clause(plain, c.search, unit[1]),
        )
    if m := _SIGN_BEFORE.search(c.left(5)):
        return make_quantity(
            c,
            "money",
            "of_money",
            unit=plain[c.start - len(m[0]) : c.start].strip(),
            unit_id=_SIGNS[m["sign"]],
            strength=STRONG,
        )
    if m := _SIGN_AFTER.match(c.search, c.end):
        return make_quantity(c, "money", "of_money", unit=m["sign"], unit_id=_SIGNS[m["sign"]], strength=STRONG)
    spends = regex.search(
        r"(?<!\p{L})(?:tốn|hết|giá|phí|tiền|trả|chi|nộp|thưởng|phạt|thiệt hại|lương)(?!\p{L})[^.;,]{0,20}$", c.left(40)
    )
    if (
        c.number.scale >= 1e6
        and (unit is None)
        and (not (p := read_phrase(c)) or p.noun_class is None)
        and (spends or c.number.scale >= 1e9)
    ):
        return make_quantity(c, "money", "bare_money", unit_id=None, strength=USUAL)
    return None


def _longer_currency(c: Candidate, unit: tuple[int, int, str, str]) -> tuple[int, int, str, str]:
    m = regex.match(r"\s(?:việt nam|lào|mĩ)(?!\p{L})", c.search[unit[1] : unit[1] + 10])
    return (unit[0], unit[1] + m.end(), unit[2], unit[3]) if m and unit[2] in ("vnd", "lak", "usd") else unit


def _counted_before(c: Candidate) -> str | None:
    """What a sum is the price or amount of: `tổng trị giá hàng hóa`, the noun phrase in front."""
    sentence = c.reading.sentence_at(c.start)
    left = c.search[max(sentence.start if sentence else 0, c.start - 110) : c.start]
    m = regex.search(
        r"(?<!\p{L})(?P<noun>(?:tổng\s)?(?:trị giá|giá trị|số tiền|thu ngân sách|kinh phí|doanh thu|thu nhập|thiệt hại|tổng thu|tổng số tiền|vốn đầu tư|tổng vốn)[\p{L}\s]{0,60}?)(?:\s(?:là|đạt|trên|hơn|gần|khoảng|ước|ước tính|đạt trên))*\s$",
        left,
    )
    if not m:
        return None
    at = c.start - len(left) + m.start("noun")
    return c.reading.plain[at : at + len(m["noun"])].strip()


def of_measure(c: Candidate) -> Mention | None:
    """`98 kg ma túy`, `45km`, `35 tuổi`, `12 năm 9 tháng tù`; not the `6 tháng đầu năm` of the calendar."""
    unit = c.phrases.read_unit(c.search, c.end)
    if not unit or unit[3] != "measure":
        return None
    start, end, unit_id, _ = unit
    if unit_id in ("month", "year", "day", "week", "quarter") and _PER_YEAR_PART.match(c.search, end):
        return None
    if unit_id == "degree" and c.low > 400:
        return None
    if unit_id in ("quarter", "yen_weight", "degree") and regex.match(r"\s\p{L}", c.search[end : end + 2]):
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
    return make_quantity(
        c,
        "measure",
        "of_measure",
        unit=printed,
        unit_id=unit_id,
        counted=counted,
        strength=STRONG,
        value=value,
        end=stop,
    )


_SMALLER = regex.compile(r"\s(?P<n>\d{1,2})\s(?P<unit>tháng|phút|giây|ngày|tuần)(?!\p{L})")
_PARTS = {("year", "tháng"): 12, ("hour", "phút"): 60, ("minute", "giây"): 60, ("day", "giờ"): 24}


def counted_things(c: Candidate) -> Mention | None:
    """`155 vụ`, `225 cá nhân, tổ chức vi phạm`: a number and what it counts."""
    phrase = read_phrase(c)
    if c.number.written == "words" and not _word_counts(c, phrase):
        return None
    if phrase is None:
        return make_quantity(c, "count", "bare_number", strength=WEAK) if c.number.written != "words" else None
    if (
        c.number.written == "digits"
        and phrase.start == c.end
        and phrase.noun_class is None
        and len(phrase.unit.split()[0]) < 2
    ):
        return None
    strength = STRONG if phrase.noun_class else USUAL
    return make_quantity(
        c, "count", "counted_things", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
        noun_class=phrase.noun_class, strength=strength,
    )  # fmt: skip


_EVIDENCE = (
    "vụ",
    "khẩu",
    "viên",
    "gói",
    "túi",
    "bánh",
    "chiếc",
    "con dao",
    "khẩu súng",
    "quả",
    "lô",
    "thùng",
    "trường hợp",
    "chuyên án",
    "mô hình",
)
#: "một" is an article unless it counts what was seized or happened
_ONE_COUNTS = regex.compile(r"(?:giữ|bắt|phát hiện|chỉ có|xảy ra|tịch thu|được)\s$")
_NAME_BEFORE = regex.compile(r"\p{Lu}\p{L}*\s$")
_NO_COUNT_BEFORE = regex.compile(
    r"(?<!\p{L})(?:thứ|tháng|năm|lúc|ông|bà|anh|chị|em|bé|cháu|chú|bác|cô|thằng|con|lão|nhà|hôm|lần)\s$"
)


#: alone these are no numbers: "không đội mũ", "tỷ lệ", "tư nhân", "nửa đêm"
_NEVER_ALONE = frozenset("không tỉ triệu vạn nửa trăm nghìn ngàn âm trừ tư".split())
_YEAR_BEFORE = regex.compile(r"(?:\d|hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|mỗi|hằng|hàng|trong|từ|cả)\s$")


def is_number(c: Candidate) -> bool:
    """Whether words that may be a number are one: not the năm of "50 năm Ngày Giải phóng" or "mỗi năm"."""
    word = c.search[c.start : c.end]
    if word in _NEVER_ALONE:
        return False
    return not (word == "năm" and _YEAR_BEFORE.search(c.left(8)))


def _word_counts(c: Candidate, phrase: Phrase | None) -> bool:
    """Whether number words count something here: `năm người` does, `năm nay`, `ba mẹ`, `tư nhân` do not."""
    if _NO_COUNT_BEFORE.search(c.left(8)) or (
        c.reading.plain[c.start].isupper() and _NAME_BEFORE.search(c.reading.plain[max(0, c.start - 12) : c.start])
    ):
        return False
    many = " " in c.search[c.start : c.end] and c.number.scale >= 1 and c.low >= 11
    if phrase is None or (phrase.noun_class is None and not many):
        return False
    if c.low == 1 and c.high is None:
        return phrase.unit.lower().startswith(_EVIDENCE) and bool(_ONE_COUNTS.search(c.left(16)))
    return True


RULES: tuple[Callable[[Candidate], Mention | None], ...] = (
    ranked, multiplied, in_percent, of_money, of_measure, counted_things,
)  # fmt: skip
