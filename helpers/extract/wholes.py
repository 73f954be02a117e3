"""Parts and wholes: which figure says of how many another one is a part.

    923,835 tỷ đồng/1.010 tỷ đồng        155 vụ, trong đó có 20 vụ trọng án        60 trong tổng số 155 hộ

The part's field `whole` is the span of the whole; a part greater than its whole is linked as well, for others to wonder at.
"""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.extract.span import Mention
from helpers.patterns import late

_MAX_GAP = 90
_SLASH = late(re.compile, r" ?/ ?(?:tổng (?:số )?)?$")
_OF = late(re.compile, r"(?:trong|trên|/) ?(?:tổng số|số|tổng cộng|tổng) $")
_OF_THEM = late(
    re.compile, r",? ?\(?(?:trong đó|trong số đó|trong số này)(?: có| gồm|,)* (?:(?:hơn|gần|khoảng|trên) )?$"
)
_AND = late(re.compile, r"(?:,| và|;)(?: có)? $")
_KINDS = frozenset(("count", "money", "measure"))


def link_wholes(figures: list[Mention], search: str) -> None:
    """Sets `whole` of the figures that are said to be part of a neighbour; `figures` in reading order."""
    of_them: Mention | None = None
    for first, second in pairwise(figures):
        gap = search[first.end : second.start] if second.start - first.end <= _MAX_GAP else "\n"
        if first.kind != second.kind or "\n" in gap or first.kind not in _KINDS:
            of_them = None
        elif of_them is None and not ("/" in gap or "trong" in gap or "trên" in gap):
            continue
        elif _OF_THEM.search(gap) and _same_unit(first, second):
            of_them = first
            second.fields["whole"] = [first.start, first.end]
        elif of_them is not None and _AND.search(gap) and _same_unit(of_them, second) and "." not in gap:
            second.fields["whole"] = [of_them.start, of_them.end]
        elif _is_part(first, second, gap):
            first.fields["whole"] = [second.start, second.end]
            of_them = None
        else:
            of_them = None


def _is_part(first: Mention, second: Mention, gap: str) -> bool:
    unit = str(first.fields["unit"] or "").lower()
    if _SLASH.fullmatch(gap.removeprefix(" ").removeprefix(unit)) or _SLASH.fullmatch(gap):
        return first.kind != "count" or _same_unit(first, second) or not unit
    return bool(_OF.search(gap)) and _same_unit(first, second)


def _same_unit(first: Mention, second: Mention) -> bool:
    """Whether two figures count the same things: one unit id, or one head noun."""
    if first.fields["unit_id"] is not None and first.fields["unit_id"] == second.fields["unit_id"]:
        return True
    heads = [str(m.fields["unit"] or "").lower().split()[:1] for m in (first, second)]
    return heads[0] == heads[1]
