"""Dates and times, resolved against the article's own date.

    >>> from helpers.corpus.document import Document
    >>> from helpers.extract.register import open_reading
    >>> reading = open_reading(Document("x", "Hội nghị diễn ra sáng 7/11, tổng kết quý I/2023.", published="2023-11"), Lexicon.load("vi"))
    >>> [(m.fields["value"], m.inferred) for m in propose_dates(reading, Lexicon.load("vi"))]
    [('2023-11-07', ('year',)), ('2023-33', ())]

A shape alone (`7/11`) is proposed weakly: where a figure has its own cue (`7/11 tổ dân phố`), the figure stands. What no
calendar holds (31/2) is given without a value, with the `reason`.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from helpers.extract.calendar import (
    Published,
    is_day,
    months_of_year,
    quarter,
    shift_days,
    year_of_day,
    year_of_month,
)
from helpers.extract.span import STRONG, USUAL, WEAK, Mention, Reading
from helpers.lexicon import Lexicon

_L, _R = r"(?<![\p{L}\d])", r"(?![\p{L}\d])"
_YEAR = r"(?:1[89]|20|21)\d\d"
_DAY_CUE = (
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|khuya|hôm|mùng|mồng|rạng sáng|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|vào|nay|qua|"
    r"tuần|lễ)"
)
_PART_OF_DAY = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya)"
_WORD_MONTH = {"giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
               "mười một": 11, "mười hai": 12, "chạp": 12}  # fmt: skip
_WORD_COUNT = {"ba": 3, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
}
_FORWARD = regex.compile(
    r"(?<!\p{L})(?:sẽ|trước|chậm nhất|đến hết|từ nay|dự kiến|sắp|tới đây|phấn đấu|hoàn thành (?:vào|trước)|kể từ|có hiệu lực)(?!\p{L})"
)
_LUNAR = regex.compile(r"\s?(?:\(?âm lịch|al\b)")


def _date(
    start: int, end: int, rule: str, value: str | None, *, strength=STRONG, form="calendar", inferred=(), **more
) -> Mention:
    fields = {"value": value, "form": form, "time": None, "reason": None, **more}
    return Mention("date", start, end, rule, fields, strength, tuple(inferred))


def _points_forward(reading: Reading, at: int) -> bool:
    """Whether the words of the clause before `at` speak of what is to come."""
    clause = regex.split(r"[.;:]\s|\n", reading.search[max(0, at - 60) : at])[-1]
    return bool(_FORWARD.search(clause))


def _resolve_day(reading: Reading, day: int, month: int, at: int) -> tuple[str | None, tuple[str, ...], str | None]:
    """(EDTF, inferred, reason) of a day without a year."""
    published = Published.parse(reading.document.published)
    year = year_of_day(month, day, published, forward=_points_forward(reading, at))
    if year:
        return f"{year}-{month:02d}-{day:02d}", ("year",), None
    return None, (), "the article's own date is unknown" if is_day(2024, month, day) else "no such day"


_FULL = regex.compile(rf"(?<![\p{{L}}\d/,])(?<!\d[.-])(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?({_YEAR})(?![\d/])")
_WORDED = regex.compile(
    rf"(?<!\d)(\d{{1,2}})[\s,]{{1,2}}tháng\s(\d{{1,2}})(?!\d)(?:[\s,]{{1,2}}(?:năm\s)?({_YEAR})(?!\d))?"
)


def full_dates(reading: Reading) -> Iterator[Mention]:
    """`15/6/2021`, `22-1-2019`, `1.1.2016`, `15 tháng 6 năm 2021`."""
    for m in _FULL.finditer(reading.search):
        day, month, year = int(m[1]), int(m[3]), int(m[4])
        if is_day(year, month, day):
            lunar = bool(_LUNAR.match(reading.search, m.end()))
            yield _date(
                *m.span(),
                "full_date",
                None if lunar else f"{year}-{month:02d}-{day:02d}",
                reason="lunar" if lunar else None,
            )
        else:
            yield _date(*m.span(), "full_date", None, reason="no such day")
    for m in _WORDED.finditer(reading.search):
        day, month = int(m[1]), int(m[2])
        if m[3]:
            good = is_day(int(m[3]), month, day)
            value = f"{m[3]}-{month:02d}-{day:02d}" if good else None
            yield _date(*m.span(), "worded_date", value, reason=None if good else "no such day")
        elif is_day(2024, month, day):
            value, inferred, reason = _resolve_day(reading, day, month, m.start())
            yield _date(*m.span(), "worded_date", value, inferred=inferred, reason=reason)


_DAY_SPAN = regex.compile(
    rf"(?<![\d/.,])(\d{{1,2}})\s?(-|đến|tới|và|,)\s?(?:ngày\s)?(\d{{1,2}})([/.-])(\d{{1,2}})(?:\4({_YEAR}))?(?![\d/%])(?!\.\d)"
)


def day_spans(reading: Reading) -> Iterator[Mention]:
    """`từ ngày 1 đến 6-7`, `3 - 5/9`, `hai ngày 3 và 4.4`: the first day leaves its month out."""
    for m in _DAY_SPAN.finditer(reading.search):
        first, last, month = int(m[1]), int(m[3]), int(m[5])
        cued = bool(
            regex.search(r"(?:ngày|sáng|chiều|tối|đêm|từ|lễ)\s$", reading.search[max(0, m.start() - 6) : m.start()])
        )
        if not (1 <= first < last and is_day(2024, month, last)) or not (cued or (m[4] == "/" and m[2] in "-đếntới")):
            continue
        if m[4] in ".-" and not regex.search(r"ngày\s$", reading.search[max(0, m.start() - 6) : m.start()]):
            continue
        inferred: tuple[str, ...] = ()
        year: int | None = int(m[6]) if m[6] else None
        if year is None:
            published = Published.parse(reading.document.published)
            year = year_of_day(month, last, published, forward=_points_forward(reading, m.start()))
            inferred = ("year",) if year else ()
        if year is None or not is_day(year, month, first):
            yield _date(*m.span(), "day_span", None, reason="the article's own date is unknown")
            continue
        days = [f"{year}-{month:02d}-{d:02d}" for d in (first, last)]
        value = "{" + ",".join(days) + "}" if m[2] in "và," and last - first > 1 else "/".join(days)
        yield _date(*m.span(), "day_span", value, inferred=inferred, strength=STRONG if cued else USUAL)


_DAY_MONTH = regex.compile(r"(?<![\p{L}\d/.,+])(?<!\d-)(\d{1,2})\s?([/.-])\s?(\d{1,2})(?![\d/%+])(?![.,-]\d)(?!\p{L})")
_DOTTED_OK = regex.compile(rf"(?<!\p{{L}})(?:{_DAY_CUE}(?:\s(?:nay|qua))?|ngày (?:thứ \p{{L}}+)?)\s*[(,]?\s?$")
_SLASH_CUE = regex.compile(
    rf"(?:(?<!\p{{L}}){_DAY_CUE}|(?<!\p{{L}})(?:từ|đến|tới|hết|trước|sau|dịp|kỷ niệm|kỉ niệm|và))\s*\(?$|\($"
)


def days_of_month(reading: Reading) -> Iterator[Mention]:
    """`sáng 15/12`, `ngày 6-7`, `chiều 22.4`; a bare `7/11` weakly."""
    for m in _DAY_MONTH.finditer(reading.search):
        day, month = int(m[1]), int(m[3])
        if not is_day(2024, month, day):
            if (
                is_day(2024, 1, day)
                and m[2] == "/"
                and month <= 12
                and regex.search(r"ngày\s$", reading.search[max(0, m.start() - 5) : m.start()])
            ):
                yield _date(*m.span(), "day_of_month", None, reason="no such day")
            continue
        before = reading.search[max(0, m.start() - 14) : m.start()]
        if m[2] == "/":
            cued = bool(_SLASH_CUE.search(before))
            strength = STRONG if cued else WEAK
        elif _DOTTED_OK.search(before) and " " not in m[0]:
            strength = STRONG
        else:
            continue
        if _LUNAR.match(reading.search, m.end()):
            yield _date(*m.span(), "day_of_month", None, strength=STRONG, reason="lunar")
            continue
        value, inferred, reason = _resolve_day(reading, day, month, m.start())
        yield _date(*m.span(), "day_of_month", value, strength=strength, inferred=inferred, reason=reason)


_MONTH = regex.compile(
    rf"{_L}tháng\s(\d{{1,2}}|giêng|chạp)(?!\d)(?:(?:\s?[/.-]\s?|\s|,\snăm\s|\snăm\s)({_YEAR})(?!\d)|\s(?:năm\s)(nay|ngoái))?(?![\d.,]\d)"
)
_BARE_MONTH = regex.compile(rf"(?<![\d/.,\p{{L}}-])(\d{{1,2}})/({_YEAR})(?![\d/])")


def months(reading: Reading) -> Iterator[Mention]:
    """`tháng 6/2021`, `tháng 12.2025`, `tháng 10`, `6/2021`."""
    published = Published.parse(reading.document.published)
    for m in _MONTH.finditer(reading.search):
        month = _WORD_MONTH.get(m[1]) or int(m[1])
        if not 1 <= month <= 12:
            yield _date(*m.span(), "month", None, reason="no such month")
            continue
        year, inferred = (int(m[2]), ()) if m[2] else (None, ("year",))
        if year is None and published:
            year = published.year if m[3] == "nay" else published.year - 1 if m[3] == "ngoái" else None
            year = year or year_of_month(month, published, forward=_points_forward(reading, m.start()))
        value = f"{year}-{month:02d}" if year and m[1] not in ("giêng", "chạp") else None
        reason = None if value else "lunar" if m[1] in ("giêng", "chạp") else "the article's own date is unknown"
        yield _date(*m.span(), "month", value, inferred=inferred if value else (), reason=reason)
    for m in _BARE_MONTH.finditer(reading.search):
        if 1 <= int(m[1]) <= 12:
            yield _date(*m.span(), "month_and_year", f"{m[2]}-{int(m[1]):02d}")


_QUARTER = regex.compile(
    rf"{_L}quý\s(i{{1,3}}|iv|[1-4]|một|hai|ba|tư|bốn)(?![\p{{L}}\d])(?:(?:\s?[/.-]\s?|\s(?:năm\s)?|,\snăm\s)({_YEAR})(?!\d))?(?:\snăm\s(nay|ngoái))?"
)


def quarters(reading: Reading) -> Iterator[Mention]:
    """`quý I/2025`, `quý 2 năm 2020`, `quý III`."""
    published = Published.parse(reading.document.published)
    for m in _QUARTER.finditer(reading.search):
        number = _QUARTERS[m[1]]
        if m[2]:
            yield _date(*m.span(), "quarter", quarter(int(m[2]), number))
            continue
        year = None
        if published:
            year = published.year - (m[3] == "ngoái")
            # the quarter still to come this year was the last year's, unless the words point forward
            begins = (number - 1) * 3 + 1
            if not m[3] and begins > (published.month or 12) and not _points_forward(reading, m.start()):
                year -= 1
        reason = None if year else "the article's own date is unknown"
        yield _date(
            *m.span(),
            "quarter",
            quarter(year, number) if year else None,
            inferred=("year",) if year else (),
            reason=reason,
        )


_PART = regex.compile(
    rf"{_L}(\d{{1,2}}|{'|'.join(sorted(_WORD_COUNT, key=len, reverse=True))})\stháng\s(?:(đầu|cuối)\snăm(?:\snăm)?(?:\s({_YEAR})(?!\d)|\s(nay|ngoái))?|(?:của\s)?năm\s({_YEAR})(?!\d))"
)


def parts_of_years(reading: Reading) -> Iterator[Mention]:
    """`6 tháng đầu năm 2017`, `9 tháng năm 2019`: the first months of a year, or the last."""
    published = Published.parse(reading.document.published)
    for m in _PART.finditer(reading.search):
        n = _WORD_COUNT.get(m[1]) or int(m[1])
        if not 1 <= n <= 12:
            continue
        year = int(m[3] or m[5]) if m[3] or m[5] else published and published.year - (m[4] == "ngoái")
        value = months_of_year(year, n, at_end=m[2] == "cuối") if year else None
        inferred = () if (m[3] or m[5]) or not year else ("year",)
        yield _date(
            *m.span(),
            "part_of_year",
            value,
            inferred=inferred,
            reason=None if value else "the article's own date is unknown",
        )


_YEAR_SPAN = regex.compile(rf"(?<![\d/.,\p{{L}}-])({_YEAR})\s?(-|/)\s?({_YEAR}|\d\d)(?![\d/%]|[.,]\d)")
_YEAR_WORD = regex.compile(rf"{_L}năm\s({_YEAR})(?!\d|[.,]\d)")
_YEAR_BARE = regex.compile(rf"(?<![\d/.,\p{{L}}+-])(?<!\d\s)({_YEAR})(?![\d/%\p{{L}}²³+]|[.,-]\d)")
_YEAR_CUE = regex.compile(
    r"(?:sinh|sn|s\.n|cùng kỳ|cùng kì|so với|từ|đến|tới|trong|trước|sau|vào|hết|đầu|cuối|giữa|nhiệm vụ|kế hoạch|nhiệm kỳ|nhiệm kì|giai đoạn|"
    r"khóa|mùa|dịp|tết|năm học|và|nguyên đán \p{L}+ \p{L}+|giáp thìn|world cup|euro|sea games|tháng \d{1,2}|luật [\p{L}, ]{2,30}|\(|[-–])\s?$"
)


def years(reading: Reading) -> Iterator[Mention]:
    """`năm 2022`, `giai đoạn 2021 - 2025`, `cùng kỳ 2016`; a bare 2017 weakly."""
    spans = []
    for m in _YEAR_SPAN.finditer(reading.search):
        first, last = int(m[1]), int(m[3]) if len(m[3]) == 4 else int(m[1][:2] + m[3])
        if first < last <= first + 100 and (len(m[3]) == 4 or m[2] == "-"):
            spans.append(m.span())
            yield _date(*m.span(), "year_span", f"{first}/{last}")
    for m in _YEAR_WORD.finditer(reading.search):
        yield _date(*m.span(), "year", m[1])
    for m in _YEAR_BARE.finditer(reading.search):
        if any(a <= m.start() < b for a, b in spans):
            continue
        cued = _YEAR_CUE.search(reading.search[max(0, m.start() - 24) : m.start()])
        yield _date(*m.span(), "bare_year", m[1], strength=USUAL if cued else WEAK)


_CLOCK = regex.compile(
    r"(?<![\p{L}\d/.,])(\d{1,2})(?:\s?(giờ|h|g)(?![\p{L}])\s?(?:(\d{1,2})(?!\d|[.,]\d)\s?(?:phút|['’])?|(rưỡi|kém\s(?:\d{1,2}|mười lăm|mười|năm)))?|(:)(\d\d)(?!\d))"
)
_CLOCK_CUE = regex.compile(r"(?:lúc|hồi|vào khoảng|đến khoảng|đến|từ|trước|sau|vào|khung giờ|gần|khoảng)\s{1,2}$")
_CLOCK_SURE = regex.compile(r"(?:lúc|hồi|vào|khung giờ)\s{1,2}(?:khoảng\s|gần\s|hơn\s)?$")
_CLOCK_AFTER = regex.compile(rf"\s?,?\s?(?:{_PART_OF_DAY}|ngày|hôm|cùng ngày|cùng đêm|nay)(?!\p{{L}})")
_NOON = {"chiều": 12, "tối": 12, "đêm": 12, "khuya": 12}


def clock_times(reading: Reading) -> Iterator[Mention]:
    """`8h30`, `14 giờ 30 phút`, `3 giờ sáng`, `11 giờ kém 15`; `2 giờ` without a cue is a time span."""
    search = reading.search
    for m in _CLOCK.finditer(search):
        hour, minute = int(m[1]), int(m[3] or m[6] or 0)
        if hour > 24 or minute > 59:
            continue
        before = search[max(0, m.start() - 18) : m.start()]
        after = _CLOCK_AFTER.match(search, m.end())
        has_minutes = bool(m[3] or m[6] or m[4])
        if m[2] in ("h", "g") and " " in m[0].split(m[2])[0] and not after:
            continue
        if not has_minutes and not (after or _CLOCK_SURE.search(before) or (m[2] == "h" and _CLOCK_CUE.search(before))):
            continue
        if m[2] == "g" and not (m[3] and len(m[3]) == 2):
            continue
        if (
            m[2] == "giờ"
            and has_minutes
            and not m[4]
            and "phút" not in m[0]
            and not (after or _CLOCK_CUE.search(before))
        ):
            continue
        if m[4]:
            minute = 30
            if m[4] != "rưỡi":
                word = m[4].split(maxsplit=1)[1]
                late = {"mười lăm": 15, "mười": 10, "năm": 5}.get(word) or int(word)
                hour, minute = (hour - 1) % 24, 60 - late if late <= 59 else 0
        part = after[0].strip(" ,") if after else ""
        if part in _NOON and hour < 12 and not (part in ("đêm", "khuya") and hour < 6):
            hour += 12
        elif part in ("đêm", "khuya") and hour == 12:
            hour = 0
        yield _date(*m.span(), "clock_time", None, form="clock", time=f"{hour % 24:02d}:{minute:02d}")


_RELATIVE = regex.compile(
    rf"{_L}(?:({_PART_OF_DAY}|hôm)\s(nay|qua|kia|mai)|(năm|tháng|tuần|quý)\s(nay|ngoái|trước|này|sau|tới|qua)|(ngày mai)|(cùng ngày)|(cùng kì)(?!\s(?:năm|\d)))(?!\p{{L}})"
)
_DAY_SHIFT = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}


def relative_dates(reading: Reading) -> Iterator[Mention]:
    """`sáng nay`, `hôm qua`, `năm ngoái`, `cùng kỳ`."""
    published = Published.parse(reading.document.published)
    for m in _RELATIVE.finditer(reading.search):
        value, reason = None, "the article's own day is unknown"
        if m[1]:
            value = shift_days(published, _DAY_SHIFT[m[2]])
        elif m[5]:
            value = shift_days(published, 1)
        elif m[3] == "năm" and published:
            value = str(published.year + {"nay": 0, "này": 0, "ngoái": -1, "trước": -1, "qua": -1}.get(m[4], 1))
        elif m[3] == "tháng" and published and published.month and m[4] in ("này", "trước", "tới", "sau"):
            month = published.year * 12 + published.month - 1 + {"này": 0, "trước": -1}.get(m[4], 1)
            value = f"{month // 12}-{month % 12 + 1:02d}"
        elif m[6] or m[7]:
            reason = "what it refers to stands elsewhere"
        inferred = ("value",) if value else ()
        yield _date(
            *m.span(),
            "relative_date",
            value,
            strength=USUAL,
            form="relative",
            inferred=inferred,
            reason=None if value else reason,
        )


RULES = (
    full_dates, day_spans, days_of_month, months, quarters, parts_of_years, years, clock_times, relative_dates,
)  # fmt: skip


def propose_dates(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """All proposals for dates and times of a document; spans may overlap each other and figures."""
    return [m for rule in RULES for m in rule(reading)]
