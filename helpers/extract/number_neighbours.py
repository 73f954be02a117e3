"""What stands beside a number: a sign, a capital that makes it a name, or nothing at all."""

from __future__ import annotations

import regex

from helpers.patterns import late

_LAST_WORD = late(regex.compile, r"(?r)[^\W_]+")
#: behind these a sign word is a sound: "ghi âm ba cuộc"
_SOUND_BEFORE = frozenset("ghi siêu thu phát cách lồng phối tiêu nguyên phụ tái thanh loa dư".split())
#: before these a "trừ" is a sign; elsewhere it means except, or to take away
_MINUS_BEFORE = frozenset("là còn xuống mức đạt bằng".split())
#: so long a text may be a lone number word, and nothing else
SHORT_TEXT = 60
#: a capital behind these makes no name: "giải Ba", "thứ Tư"
_RANK_BEFORE = frozenset("thứ tháng giải hạng lớp quý bậc loại cấp".split())
_SENTENCE_START = frozenset('.!?:;…"(\n-')
#: nothing, or one short word: a unit
_END = late(regex.compile, r" ?\S{0,6}\s*+$")


def sign_before(search: str, start: int, end: int) -> int:
    """Where a sign word right before a number begins (`âm 5`, `trừ ba độ`); `start` if there is none.

    >>> sign_before("xuống âm 5 độ", 9, 10), sign_before("ghi âm 3 cuộc", 7, 8), sign_before("trừ 3 xã vùng cao", 4, 5)
    (6, 7, 4)
    """
    if start >= 3 and search.startswith("âm ", start - 3):
        at = start - 3
        is_sign = word_before(search, at) not in _SOUND_BEFORE and (not at or search[at - 1] in " (\n")
        return at if is_sign else start
    if start >= 4 and search.startswith("trừ ", start - 4):
        at = start - 4
        is_sign = word_before(search, at) in _MINUS_BEFORE or (not at and _END.match(search, end) is not None)
        return at if is_sign else start
    return start


def word_before(search: str, at: int) -> str:
    """The word right before `at`, one space between; "" if there is none."""
    word = _LAST_WORD.search(search, max(0, at - 12), at) if search[at - 1 : at] == " " else None
    return word[0] if word and word.end() == at - 1 else ""


def is_all(search: str, start: int, end: int) -> bool:
    """Whether a span, with a sign word before it, is all there is in a text."""
    return len(search) <= SHORT_TEXT and search.strip() in (search[start:end], f"âm {search[start:end]}")


def is_name(plain: str, search: str, start: int, end: int) -> bool:
    """Whether a lone number word is (part of) a name: `ông Tư`, `Ngã Bảy`; at a sentence's start only `Ba Vì là huyện`."""
    if not plain[start].isupper() or plain[start:end].isupper():
        return False
    before = search[max(0, start - 2) : start].rstrip(" ")
    if before and before[-1] not in _SENTENCE_START and search[start - 1] == " ":
        return word_before(search, start) not in _RANK_BEFORE
    following = plain[end : end + 3]
    return following[:1] == " " and following[1:2].isupper() and not following[2:].isupper()
