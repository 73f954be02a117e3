"""The articles cited before a document's name: `điểm a, b khoản 2 Điều 173 và khoản 1 Điều 51 [Bộ luật Hình sự]`."""

from __future__ import annotations

import regex

from helpers.patterns import late

#: longest chain of articles
REACH = 160

_NEXT = r"\s?(?:,|và|-)\s?"
_POINTS = rf"(?:các\s)?điểm\s\p{{L}}\d?(?:{_NEXT}(?:điểm\s)?\p{{L}}\d?(?!\p{{L}})){{0,6}},?\s"
_CLAUSES = rf"(?:các\s)?khoản\s\d{{1,2}}(?:{_NEXT}(?:khoản\s)?\d{{1,2}}){{0,6}},?\s(?:và\s)?(?:của\s)?"
_ARTICLES = rf"(?:các\s)?điều\s\d{{1,3}}\p{{L}}?(?:{_NEXT}(?:điều\s)?\d{{1,3}}\p{{L}}?(?!\p{{L}})){{0,8}}"
_UNIT = rf"(?:(?:{_POINTS})?{_CLAUSES}){{0,3}}{_ARTICLES}"
_CHAIN = late(
    regex.compile, rf"(?<!\p{{L}}){_UNIT}(?:\s?(?:,|;|và)\s?(?:các\s)?{_UNIT}){{0,4}}\s?,?\s(?:-\s)?(?:của\s)?$"
)


def find_article(search: str, start: int) -> int:
    """Where the articles start that stand right before `start`; `start` itself if there are none.

    >>> find_article("theo khoản 4 điều 250 bộ luật hình sự", 22)
    5
    """
    low = max(0, start - REACH)
    if "điều " not in search[low:start]:
        return start
    chain = _CHAIN.search(search, low, start)
    return chain.start() if chain else start
