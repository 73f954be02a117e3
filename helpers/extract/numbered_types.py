"""Numbers that belong to what a thing is called (`xe 4 chỗ`, `24/7`), scores of games, and coordinates on a map."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from helpers.extract.code_sites import Sites
from helpers.extract.code_words import CodeWords
from helpers.extract.lettered_codes import make_code
from helpers.extract.span import Mention, Reading
from helpers.patterns import late

_FOLLOWER = late(regex.compile, r"\s(\p{L}+(?:\s1)?)(?!\p{L})")
#: around the clock
_ALWAYS_OPEN = late(regex.compile, r"24/(?:24|7)(?:/7)?(?![\d/])")
#: what stands between `xe` and `4 chỗ`: "xe khách giường nằm 45 chỗ"; but "xe chở 45 chỗ" says how many
_BREAKS = frozenset("có chở với được chứa hơn gồm chạy cao từ đến và gần khoảng trên dưới".split())
_DRUGS = ("heroin", "hê", "cần", "ma", "thuốc", "nghi")
_LEVELS = late(regex.compile, r"(?P<first>\d)(?:\s(?:và|hoặc)|,|\s?-)\s?(?P<second>\d)(?![\p{L}\d%]|[.,/]\d)")
#: as in "công nghiệp 4.0"; not "điểm 4.0", "nặng 4.0 kg"
_AGE_WORDS = frozenset("nghiệp mạng nghệ nguyên đại lịch số dục tế chính thời web hóa".split())
_SLOGAN = late(regex.compile, r"\d{1,2}\s\p{L}[^\"'\n]{1,40}(?=[\"'])")
_DIGITS = late(regex.compile, r"\d{1,2}")


def numbers_in_types(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`xe 4 chỗ`, `chính quyền 2 cấp`, `2 trong 1`, `24/7`, `công nghiệp 4.0`: part of what a kind of thing is called."""
    search = reading.search
    for start, _ in sites.slashed:
        if m := _ALWAYS_OPEN.match(search, start):
            yield make_code(start, m.end(), "number_in_type")
    for start, end in sites.typed:
        if _is_type(search, words, start, end):
            yield make_code(start, end, "number_in_type")
    for start, _, head in sites.headed:
        if head.surface.endswith("độ") and (m := _LEVELS.match(search, start)):
            yield make_code(*m.span("first"), "number_in_type")
            yield make_code(*m.span("second"), "number_in_type")
    at = search.find(" 4.0")
    while at >= 0:
        if not _AGE_WORDS.isdisjoint(search[max(0, at - 8) : at].split()[-1:]):
            yield make_code(at + 1, at + 4, "number_in_type")
        at = search.find(" 4.0", at + 1)


def numbers_in_slogans(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`phương châm "4 tại chỗ"`, `thông điệp 5K`, `"5 không 3 sạch"`: the numbers of a saying in marks."""
    search = reading.search
    for start, _ in sites.quoted:
        m = _SLOGAN.match(search, start)
        if m is None:
            continue
        before = search[max(0, start - 24) : start - 1].split()
        head = words.head_before(search, before[-1], start - 2) if before else None
        for digits in _DIGITS.finditer(search, start, m.end()):
            if (head and head.number == "slogan") or not _names_figure(search, words, digits.end()):
                yield make_code(*digits.span(), "number_in_type")
    for start, end, head in sites.headed:
        if head.number == "slogan" and end - start == 1 and search[end : end + 1] in " k":
            yield make_code(start, end + (search[end : end + 1] == "k"), "number_in_type")


def _is_type(search: str, words: CodeWords, start: int, end: int) -> bool:
    follower = _FOLLOWER.match(search, end)
    if follower is None or follower[1] not in words.kinds:
        return False
    # "2 xe ôtô chứa 6 bánh heroin"
    if follower[1] == "bánh" and search.startswith(_DRUGS, follower.end(1) + 1):
        return False
    before = search[max(0, start - 40) : start - 1].split()
    for n in range(len(before) - 1, max(-1, len(before) - 6), -1):
        if before[n] in _BREAKS or before[n][-1] in ".,;:":
            return False
        left = " ".join(before[: n + 1]).lstrip("(\"'")
        if any(left == kind or left.endswith(" " + kind) for kind in words.kinds[follower[1]]):
            return len(before) - n < 3 or left.endswith(("xe", "tô", "ôtô"))
    return False


def _names_figure(search: str, words: CodeWords, end: int) -> bool:
    """Whether the word behind `end` is known to be counted, or goes on like a sentence: `"5 trong số`."""
    behind = search[end : end + 12].split()
    word = behind[0].strip("\"',.;:") if behind else ""
    return word in words.figure_words or (word == "trong" and not search.startswith(" trong 1", end))


_SCORE = late(regex.compile, r"(?P<ours>\d{1,2})(?:-|\s-\s)(?P<theirs>\d{1,2})(?![\p{L}\d%]|[.,]\d|/|\s?-\s?\d)")
_FORMATION = late(regex.compile, r"\d(?:-\d){2,3}(?![\p{L}\d/-])")
_SPORT = ("bàn thắng", "trận đấu", "cầu thủ", "bóng đá", "hlv ", "ghi bàn", "đối thủ", "bóng chuyền", "hiệp")
_GAME_WORDS = frozenset("thắng thua hòa dẫn bại gỡ số cuộc quả trước lợi đậm sốc trận trắng".split())
_DAY_WORDS = frozenset("ngày sáng chiều tối đêm trưa lễ dịp từ đến qua hôm nay mai".split())


def scores(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`thắng 3-0`, `tỷ số 2 - 1`, `Hà Tĩnh 1-1`, the line-up `4-2-3-1`; not the days `2-6` nor `chiến thắng 30-4`."""
    search = reading.search
    for start, _, head in sites.headed:
        if head.surface == "tỉ số" and (m := _SCORE.match(search, start)):
            yield make_code(start, m.end(), "score")
    found = []
    for start, _ in sites.dashed:
        if m := _FORMATION.match(search, start):
            found.append(make_code(start, m.end(), "number_in_type"))
        elif (m := _SCORE.match(search, start)) and _is_score(reading, start, int(m["ours"]), int(m["theirs"])):
            found.append(make_code(start, m.end(), "score"))
    if found and any(word in search for word in _SPORT):
        yield from found


def _is_score(reading: Reading, start: int, ours: int, theirs: int) -> bool:
    before = reading.search[max(0, start - 40) : start].split()[-6:]
    if not before or before[-1].strip("(") in _DAY_WORDS or max(ours, theirs) > 30:
        return False
    name = reading.plain[max(0, start - 12) : start].split()
    if name and name[-1][0].isupper():
        return max(ours, theirs) < 12
    return not _GAME_WORDS.isdisjoint(before)


_DEGREES = late(regex.compile, r"(?P<span>\d{1,3}(?:[.,]\d{1,3})?(?:(?:\s?-\s?|\sđến\s)\d{1,3}(?:[.,]\d{1,3})?)?)\s?$")
_ARC = late(
    regex.compile,
    r"(?P<span>\d{1,3}\s?(?:°|độ)\s?\d{1,2}(?:[.,]\d{1,3})?\s?(?:'|phút)(?:\s?\d{1,2}(?:[.,]\d{1,3})?\s?(?:\"|''|giây))?)"
    r"(?=\s?(?:(?:vĩ|kinh)(?!\p{L})|[nsewbđt](?!\p{L})))",
)
_CIRCLES = ("độ vĩ", "độ kinh")


def coordinates(reading: Reading, sites: Sites, words: CodeWords) -> Iterator[Mention]:
    """`17,5 độ vĩ Bắc`, `108,3 - 109,3 độ kinh Đông`, `18°21'30"N`: a place on the map, no temperature."""
    search = reading.search
    for circle in _CIRCLES:
        at = search.find(circle)
        while at >= 0:
            left = max(0, at - 24)
            if m := _DEGREES.search(search[left:at]):
                yield make_code(left + m.start("span"), left + m.end("span"), "coordinate")
            at = search.find(circle, at + 1)
    at = search.find("°")
    while at >= 0:
        left = at
        while left and at - left < 3 and search[left - 1].isdigit():
            left -= 1
        if m := _ARC.match(search, left):
            yield make_code(*m.span("span"), "coordinate")
        at = search.find("°", at + 1)
