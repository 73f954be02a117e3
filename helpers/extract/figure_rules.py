"""What a number may be, in the order in which rules win: a rank, a multiple, a share, a sum, a measure, a count."""

from __future__ import annotations

import re
from collections.abc import Callable

import regex

from helpers.extract.candidates import Candidate, make_quantity
from helpers.extract.phrases import Phrase
from helpers.extract.span import STRONG, USUAL, WEAK, Mention
from helpers.extract.units import UnitHit
from helpers.patterns import late

_RANK_WORDS = frozenset("thứ khóa hạng loại độ top tốp giải kì lần".split())
_RANK_BEFORE = late(
    re.compile,
    r"(?<!\w)(?P<head>lần thứ|đứng thứ|xếp thứ|vị trí thứ|thứ|khóa|hạng|loại|mức độ|cấp độ|top|tốp|giải|nhiệm kì|(?<![\d.,] )lần) $",
)
_RANKED_NOUN = late(
    re.compile,
    r"(?P<noun>phiên họp|kì họp|hội nghị|đại hội(?: đại biểu)?(?: toàn quốc)?|cuộc họp|liên hoan|giải thưởng|diễn đàn|"
    r"trường hợp|nạn nhân|bị can|đối tượng|nghi phạm|người|vụ|ca|ngày|tuần|tháng|năm|con|cuộc|chuyến|đợt|trận|quốc gia|nước|tỉnh|"
    r"mục tiêu|nhiệm vụ|giải pháp|vấn đề|điểm|bước|nội dung|nguyên nhân|lý do|tổ|nhóm|bàn|cháu|đứa con|bé|xe|tầng|thẻ|lớp|nhà|"
    r"vòng|hiệp|phần|chương|thế hệ|nhiệm kì|thành phố|đơn vị|địa phương|xã) (?:lần )?thứ $",
)
_WEEKDAY_AFTER = late(re.compile, r",? (?:chủ nhật|tuần|ngày|hàng tuần|hằng tuần|và chủ nhật|và thứ)\b")


def ranked(c: Candidate) -> Mention | None:
    """`lần thứ 8`, `đô thị loại 1`, `top 50`, `con thứ hai`: a place in an order; not `thứ bảy` of the week."""
    if not c.before or c.before[-1] not in _RANK_WORDS or c.high is not None or not 0 <= c.low < 10_000:
        return None
    m = _RANK_BEFORE.search(c.left)
    if not m or c.low != int(c.low):
        return None
    head = m["head"]
    if c.unit is not None and c.unit.kind == "measure" and not head.endswith("thứ"):  # "nhiệm kỳ 5 năm", "loại 5 tấn"
        return None
    begin, span = c.start - len(c.left), m.span("head")
    if head.endswith("thứ"):
        noun = _RANKED_NOUN.search(c.left)
        may_be_weekday = head == "thứ" and 2 <= c.low <= 7 and c.plain[c.start] not in "IVX"
        if may_be_weekday and (noun is None or noun["noun"] == "ngày" or _WEEKDAY_AFTER.match(c.search, c.end)):
            # "thứ hai", "ngày thứ 7": a day of the week as often as a rank, and no count
            return Mention("code", c.start, c.end, "day_of_week", {}, USUAL)
        span = noun.span("noun") if noun else (span[0], span[0] + 3) if head == "lần thứ" else (0, 0)
    unit = c.printed(begin + span[0], begin + span[1]) or None
    return make_quantity(c, "rank", "ranked", unit=unit, strength=STRONG, noun_class="rank")


_TIMES = re.compile(r" ?lần\b")
_MULTIPLE_BEFORE = late(
    re.compile, r"(?<!\w)(?:cao |tăng |bằng )?(?:gấp|bằng|tăng|giảm)(?: (?:hơn|gần|khoảng|tới|đến|lên))? $"
)


def multiplied(c: Candidate) -> Mention | None:
    """`gấp 2,4 lần`, `tăng hơn 363,77 lần`: a multiple of something."""
    if (
        c.search.startswith(("lần", " lần"), c.end)
        and _TIMES.match(c.search, c.end)
        and _MULTIPLE_BEFORE.search(c.left)
    ):
        return make_quantity(c, "ratio", "multiplied", unit="lần", strength=STRONG, aspect="change")
    return None


#: "số vụ trộm cắp giảm 12,5%", "tỉ lệ hộ nghèo còn 3,2%": what is measured stands before its verb, from the last mark on
_MEASURED = late(
    regex.compile,
    r"(?:^|[.,;:()\n\"]\s?|\s(?:và|với|trong đó|làm|nên|thì|có)\s)"
    r"(?P<noun>(?:số|tỉ lệ|tỉ suất|tổng số|lượng|tổng|mức|tốc độ|doanh thu|thu nhập|thu ngân sách|sản lượng|kim ngạch|giá trị|chỉ số|"
    r"tai nạn|tội phạm|tệ nạn|án|vụ|đơn|tin báo|hộ|giá)(?:\s\p{L}+){1,12}?)"
    r"\s(?:đã\s|đều\s|cũng\s|chỉ\s|được\s|tiếp tục\s)?(?:kéo giảm|giảm|tăng|đạt|chiếm|còn|là|xuống|lên|ước đạt|hạ)"
    r"(?:\s(?:xuống|lên|còn|là|đạt|trên|hơn|gần|khoảng|dưới|tới|đến|bình quân|chỉ))*\s$",
)
_ABOUT = late(re.compile, r" về ")


def _measured_before(c: Candidate) -> str | None:
    """What a percentage measures, where the text says it before."""
    found = list(_MEASURED.finditer(c.search, max(0, c.start - 110), c.start, overlapped=True))
    return c.printed(*found[-1].span("noun")) if found else None  # the last one is the nearest


def in_percent(c: Candidate) -> Mention | None:
    """`26,82%`, `5 phần trăm`, `điểm phần trăm`."""
    if c.unit is None or c.unit.kind != "percent":
        return None
    phrase = c.readers.phrases.read(c.plain, c.search, c.unit.end)
    if phrase is None and (about := _ABOUT.match(c.search, c.unit.end)):  # "giảm 10,4% về số vụ"
        phrase = c.readers.phrases.read(c.plain, c.search, about.end() - 1)
    counted = (phrase.counted or phrase.unit) if phrase else _measured_before(c)
    printed = "%" if c.unit.unit_id == "percent" else c.printed(c.unit.start, c.unit.end)
    return make_quantity(
        c, "percent", "in_percent", unit=printed, unit_id=c.unit.unit_id, counted=counted, strength=STRONG
    )


#: currency signs and codes in front of a sum
_SIGNS = {
    "vn$": "vnd", "vnd": "vnd", "vnđ": "vnd", "đ": "vnd", "₫": "vnd", "us$": "usd", "usd": "usd", "$": "usd", "€": "eur", "eur": "eur",
    "£": "gbp", "gbp": "gbp", "¥": "jpy", "jpy": "jpy", "hk$": "hkd", "hkd": "hkd", "s$": "sgd", "sgd": "sgd", "a$": "aud",
    "aud": "aud", "cad": "cad", "inr": "inr", "rs": "inr", "₹": "inr", "₩": "krw", "krw": "krw", "rm": "myr", "aed": "aed",
    "chf": "chf", "₽": "rub", "฿": "thb", "thb": "thb", "₱": "php", "₪": "ils", "nt$": "twd", "cny": "cny", "rmb": "cny",
}  # fmt: skip
_SIGN_BEFORE = late(
    regex.compile, rf"(?<!\p{{L}})(?P<sign>{'|'.join(map(regex.escape, sorted(_SIGNS, key=len, reverse=True)))}) ?$"
)
_GLUED_SIGNS = "$€£¥₫₹₩₽฿₱₪"
_SPENDS = late(re.compile, r"(?<!\w)(?:tốn|hết|giá|phí|tiền|trả|chi|nộp|thưởng|phạt|thiệt hại|lương)\b[^.;,]{0,20}$")
_COUNTRY = late(re.compile, r" (?:việt nam|lào|mĩ|úc|hồng kông|singapore|đài loan|canada)\b")
_PRICED = late(
    regex.compile,
    r"(?<!\p{L})(?P<noun>(?:tổng\s)?(?:trị giá|giá trị|số tiền|thu ngân sách|kinh phí|doanh thu|thu nhập|thiệt hại|tổng thu|"
    r"tổng số tiền|vốn đầu tư|tổng vốn)[\p{L}\s]{0,60}?)(?:\s(?:là|đạt|trên|hơn|gần|khoảng|ước|ước tính|đạt trên))*\s$",
)


def of_money(c: Candidate) -> Mention | None:
    """`20 tỷ đồng`, `$10`, `100.000 đồng/giờ`, `2 đô 23 xu`; `122 triệu trên chiếu bạc` where the scale stands alone."""
    unit = c.unit
    if unit and unit.kind == "money":
        end = unit.end
        if country := _COUNTRY.match(c.search, end):
            end = country.end()
        value, stop = _with_smaller_unit(c, unit)
        counted = _priced_before(c) or c.readers.phrases.read_clause(c.plain, c.search, end)
        return make_quantity(c, "money", "of_money", unit=c.printed(unit.start, end), unit_id=unit.unit_id, strength=STRONG,
                             counted=counted, value=value, end=stop)  # fmt: skip
    if c.before and (c.before[-1] in _SIGNS or c.left[-1] in _GLUED_SIGNS) and (m := _SIGN_BEFORE.search(c.left)):
        begin = c.start - len(c.left) + m.start("sign")
        return make_quantity(c, "money", "signed_money", unit=c.printed(begin, c.start).strip(), unit_id=_SIGNS[m["sign"]],
                             strength=STRONG)  # fmt: skip
    if unit is None and c.number.scale >= 1e6:
        phrase = c.phrase()
        if (phrase is None or phrase.noun_class is None) and (
            (c.number.scale >= 1e9 and c.before) or _SPENDS.search(c.left)
        ):
            return make_quantity(c, "money", "bare_money")
    return None


_LINK = late(re.compile, r",? (?:và )?|")


def _with_smaller_unit(c: Candidate, unit: UnitHit) -> tuple[float | list[float], int]:
    """(value, end) of a figure that goes on in a smaller unit: `12 năm 9 tháng`, `2 đô 23 xu`, `1m75`, `3 giờ rưỡi`."""
    if c.high is not None:
        return c.value, c.end
    if c.search.startswith(" rưỡi", unit.end):
        return c.low + 0.5, unit.end + 5
    units, more = c.readers.units, c.following
    if unit.unit_id == "metre" and unit.end < len(c.search) and c.search[unit.end].isdigit():
        digits = _GLUED_DIGITS.match(c.search, unit.end)
        return (c.low + float("0." + digits[0]), digits.end()) if digits else (c.value, c.end)
    if more is None or more.high is not None or more.low >= 1000 or not 0 <= more.start - unit.end <= 5:
        return c.value, c.end
    if not _LINK.fullmatch(c.search, unit.end, more.start):
        return c.value, c.end
    smaller = units.read(c.search, more.end)
    dimension, factor = units.factor(unit.unit_id)
    if smaller is None:
        # "1 mét 75", "hai đô 23"
        has_cents = unit.unit_id == "metre" or (unit.kind == "money" and unit.unit_id != "vnd")
        is_hundredth = has_cents and 10 <= more.low < 100 and not c.search[more.end : more.end + 2].strip().isalpha()
        return (c.low + more.low / 100, more.end) if is_hundredth else (c.value, c.end)
    small_dimension, small_factor = units.factor(smaller.unit_id)
    if dimension != small_dimension or small_factor >= factor or more.low * small_factor >= factor:
        return c.value, c.end
    parts = _CALENDAR_PARTS.get((unit.unit_id, smaller.unit_id)) or factor / small_factor
    return c.low + more.low / parts, more.end


_GLUED_DIGITS = late(re.compile, r"\d{1,2}(?![\d.,])")
#: how many of the smaller make the larger where the factors, seconds, say it less plainly
_CALENDAR_PARTS = {("year", "month"): 12.0}


def _priced_before(c: Candidate) -> str | None:
    """What a sum is the price or amount of: `tổng trị giá hàng hóa`, the noun phrase in front."""
    begin = max(c.opened.begins(c.start)[0], c.start - 110)
    m = _PRICED.search(c.search, begin, c.start)
    return c.printed(m.start("noun"), m.end("noun")).strip() if m else None


_TIME_UNITS = frozenset(("year", "month", "day", "hour", "minute", "week"))
_PART_OF_YEAR = late(re.compile, r" (?:đầu|cuối|giữa) năm\b")
_PRISON = late(re.compile, r" tù\b")


def of_measure(c: Candidate) -> Mention | None:
    """`98 kg ma túy`, `45km`, `35 tuổi`, `12 năm 9 tháng tù`; not the `6 tháng đầu năm` of the calendar."""
    if c.unit is None or c.unit.kind != "measure":
        return None
    start, end, unit_id, _ = c.unit
    if c.number.written == "words" and c.low == 1 and not c.readers.ones.measures(c.before):
        return None
    if unit_id in _TIME_UNITS and _PART_OF_YEAR.match(c.search, end):
        return None
    if (
        unit_id in ("quarter", "yen_weight")
        and c.search[end : end + 1] == " "
        and c.search[end + 1 : end + 2].isalpha()
    ):
        return None
    if unit_id == "degree" and c.low > 400:
        return None
    printed = c.printed(start, end)
    value, stop = _with_smaller_unit(c, c.unit)
    if stop > end and (smaller := c.readers.units.read(c.search, stop)):
        end = smaller.end
    if unit_id in ("year", "month") and _PRISON.search(c.search, start, end + 4):
        term = printed if _PRISON.search(printed) else f"{printed} tù"
        return make_quantity(
            c, "measure", "prison_term", unit=term, unit_id=unit_id, strength=STRONG, value=value, end=stop
        )
    return make_quantity(c, "measure", "of_measure", unit=printed, unit_id=unit_id, counted=_measured(c, c.unit, printed),
                         strength=STRONG, value=value, end=stop)  # fmt: skip


def _measured(c: Candidate, unit: UnitHit, printed: str) -> str | None:
    """What is measured: `kg ma túy`, `năm thực hiện Nghị quyết 04`."""
    if unit.unit_id == "year_of_age":
        return None
    if unit.unit_id in _TIME_UNITS:
        after = c.readers.phrases.read_clause(c.plain, c.search, unit.end)
        return f"{printed} {after}" if after else None
    if not c.search.startswith(" ", unit.end):
        return None
    phrase = c.readers.phrases.read(c.plain, c.search, unit.end)
    return f"{printed} {phrase.unit}" if phrase else None


def counted_things(c: Candidate) -> Mention | None:
    """`155 vụ`, `225 cá nhân, tổ chức vi phạm`: a number and what it counts."""
    if c.number.written == "words":
        return _counted_in_words(c)
    phrase = c.phrase()
    if phrase is None:
        return make_quantity(c, "count", "bare_number", strength=WEAK)
    if phrase.noun_class is None and c.before and c.before[-1] == "cả":  # "cả 2 bỏ chạy"
        return make_quantity(c, "count", "bare_number")
    if phrase.noun_class is None and c.number.written == "digits":
        if phrase.start == c.end and len(phrase.unit.split()[0]) < 2:
            return None
        if (
            not c.is_range and phrase.unit[0].isupper() and phrase.unit[1:2].islower()
        ):  # "25 Vũ Ngọc Phan", "Windows 10 Cloud"
            return Mention("code", c.start, c.end, "number_before_name", {}, USUAL)
    return _count(c, phrase)


def crossed(c: Candidate) -> Mention | None:
    """`40x60 cm`, `5 x 20`: two sides of one thing."""
    if "x" not in c.search[c.end : c.end + 2] or c.high is not None or c.number.written != "digits":
        return None
    m = _CROSSED.match(c.search, c.end)
    if m is None:
        return None
    sides = [c.low, float(m["other"].replace(",", "."))]
    unit = c.readers.units.read(c.search, m.end())
    printed = c.printed(unit.start, unit.end) if unit else None
    kind = "measure" if unit and unit.kind == "measure" else "count"
    return make_quantity(
        c,
        kind,
        "crossed",
        unit=printed,
        unit_id=unit.unit_id if unit else None,
        strength=STRONG,
        value=sides,
        end=m.end(),
    )


_CROSSED = late(re.compile, r" ?x ?(?P<other>\d{1,5}(?:,\d{1,3})?)(?![\d.,]\d|\w*x)")


def aged(c: Candidate) -> Mention | None:
    """`độ tuổi 18 - 25`, `ở tuổi 56`: the word stands before."""
    is_age = bool(c.before) and c.before[-1] in _AGE_LINKS and _AGE_BEFORE.search(c.left)
    if not is_age or not 0 < c.low < 130 or c.unit is not None:
        return None
    return make_quantity(c, "measure", "aged", unit="tuổi", unit_id="year_of_age", strength=STRONG)


_AGE_LINKS = frozenset("tuổi từ khoảng là dưới trên".split())
_AGE_BEFORE = late(re.compile, r"\btuổi(?: từ| khoảng| là| dưới| trên)? $")


def _count(c: Candidate, phrase: Phrase) -> Mention:
    strength = STRONG if phrase.noun_class else USUAL
    if strength == USUAL and c.number.written == "digits" and 1900 <= c.low < 2100 and c.number.digits.isdecimal():
        strength = WEAK  # "lễ hội Yên Thử 2017 khai mạc": a year as well
    return make_quantity(
        c, "count", "counted_things", unit=phrase.unit, unit_id=phrase.unit_id, counted=phrase.counted,
        noun_class=phrase.noun_class, strength=strength,
    )  # fmt: skip


_NO_COUNT_BEFORE = frozenset("thứ tháng năm lúc ông bà anh chị em bé cháu chú bác cô thằng con lão nhà hôm lần".split())
_LEVELS_BEFORE = frozenset(("cấp", "lớp"))
_NAME_BEFORE = late(regex.compile, r"\p{Lu}\p{L}*\s$")
#: more often a year, "private": they count only what the lexicon knows as counted
_HOMOGRAPHS = frozenset(("năm", "tư"))


def _counted_in_words(c: Candidate) -> Mention | None:
    """`năm người`, `hai bên`, `hai mươi lăm xã`, `cả hai`; not `năm nay`, `thứ hai`, nor `một` as an article."""
    last = c.before[-1] if c.before else ""
    if last in _LEVELS_BEFORE:  # "trường cấp hai", "học lớp ba"
        return Mention("code", c.start, c.end, "number_in_type", {}, USUAL)
    if last in _NO_COUNT_BEFORE:
        return None
    if c.plain[c.start].isupper() and _NAME_BEFORE.search(c.plain, max(0, c.start - 12), c.start):
        return None
    phrase = c.phrase()
    if phrase is None:
        written = c.search[c.start : c.end]
        is_sure = last == "cả" or " phẩy " in written or c.low < 0
        is_long = (c.low >= 11 or c.low != int(c.low)) and " " in written
        return (
            make_quantity(c, "count", "bare_number", strength=USUAL if is_sure else WEAK)
            if is_sure or is_long
            else None
        )
    if last == "cả" and phrase.noun_class is None:  # "cả hai vẫn chưa về": both of them
        return make_quantity(c, "count", "bare_number")
    if phrase.noun_class is None and c.search[c.start : c.end] in _HOMOGRAPHS:
        return None
    if c.low == 1 and c.high is None and not c.readers.ones.counts(c.before, c.search, phrase):
        return None
    return _count(c, phrase)


RULES: tuple[Callable[[Candidate], Mention | None], ...] = (
    ranked, multiplied, crossed, in_percent, of_money, of_measure, aged, counted_things,
)  # fmt: skip
