"""What one figure's words say of its neighbour: shared predicates, verbs of change, currencies.

11 xã, phường và 6 cơ quan đạt chuẩn        (tăng 22 vụ, với 32 đối tượng)        từ 7 xã còn 3 đơn vị
giảm 8 vụ (15,38%)                          tăng 40 vụ, tương đương 23,53%
"""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.extract.span import Mention, Reading
from helpers.patterns import late

_MAX_GAP = 80
_IN_MILLIONS = late(re.compile, r"triệu|tỉ")
_AND = late(re.compile, r"[^.;()\d\n]{0,40}(?:,| và|, với| với) (?:có )?$")
#: between a change in numbers and the same in per cent
_SAME_CHANGE = late(
    re.compile,
    r"[^.;()\d\n]{0,60}(?: \(|,? (?:tương đương|tương ứng|ứng với|bằng|tức|tức là|hay)(?: với)?)(?: khoảng| gần| hơn| giảm| tăng){0,2} ?$",
)
_LEVEL = late(
    re.compile,
    r"(?P<down>\b(?:xuống )?(?:chỉ )?còn|xuống)(?: khoảng| hơn| gần)? $|(?P<up>\blên(?: đến| tới| thành)?)(?: khoảng| hơn| gần)? $",
)
_RAISES = late(
    re.compile, r"(?:mở rộng|nâng|đẩy|đưa|tăng)\b[^.;,\n]{2,50}\blên(?: đến| tới| thành)?(?: khoảng| hơn| gần)? $"
)


def share_between_neighbours(figures: list[Mention], reading: Reading) -> None:
    """Completes figures from their neighbours; `figures` in reading order, of one document."""
    search = reading.search
    for figure in figures:
        _raise_level(figure, search)
    for first, second in pairwise(figures):
        if second.start - first.end > _MAX_GAP or "\n" in (gap := search[first.end : second.start]):
            continue
        _share_predicate(first, second, reading.plain)
        _share_direction(first, second, gap, search)
        _share_change(first, second, gap)
        if (
            second.rule == "bare_number"
            and first.kind == "money"
            and _IN_MILLIONS.search(search, second.start, second.end)
        ):
            second.kind, second.rule, second.fields["unit_id"] = "money", "bare_money", first.fields["unit_id"]


def _share_predicate(first: Mention, second: Mention, plain: str) -> None:
    """`11 xã, phường và 6 cơ quan, đơn vị, trường học đạt chuẩn`: what is said of the second count holds for the first."""
    if first.rule != "counted_things" or second.rule != "counted_things" or first.fields["counted"] is not None:
        return
    unit, more = str(first.fields["unit"]), second.fields["counted"]
    if more and plain[first.end : second.start].strip() == f"{unit} và" and more.startswith(str(second.fields["unit"])):
        first.fields["counted"] = unit + more[len(str(second.fields["unit"])) :]


def _share_change(first: Mention, second: Mention, gap: str) -> None:
    """A percentage behind a change in numbers says the same change: it is no share."""
    told = (
        second.kind == "percent" and first.kind in ("count", "money", "measure") and first.fields["aspect"] == "change"
    )
    if told and second.fields["direction"] in ("none", first.fields["direction"]) and _SAME_CHANGE.fullmatch(gap):
        second.fields |= {"aspect": "change", "direction": first.fields["direction"]}
        second.fields["base"] = second.fields["base"] or first.fields["base"]


def _share_direction(first: Mention, second: Mention, gap: str, search: str) -> None:
    """One verb of change for two figures in brackets or joined by `và`; the end of `từ 7 xã còn 3 đơn vị`."""
    if second.fields["direction"] != "none" or second.kind == "rank":
        return
    if first.fields["direction"] != "none" and first.fields["aspect"] == "change" and _AND.fullmatch(gap):
        opened = search.rfind("(", max(0, first.start - 40), first.start)
        in_brackets = opened >= 0 and ")" not in search[opened : first.start]
        if in_brackets or gap.rstrip().endswith(" và"):
            second.fields["direction"], second.fields["aspect"] = first.fields["direction"], "change"
            second.fields["base"] = second.fields["base"] or first.fields["base"]
        return
    if not search.endswith("từ ", 0, first.start) or first.kind != second.kind:
        return
    if level := _LEVEL.search(gap):
        second.fields["direction"] = "decrease" if level["down"] else "increase"


def _raise_level(figure: Mention, search: str) -> None:
    """`mở rộng số hộ được cấp nước lên 4.000`: the verb stands before its object."""
    if (
        search.endswith(("lên ", "lên đến ", "lên tới ", "lên thành "), 0, figure.start)
        and figure.fields["direction"] == "none"
        and _RAISES.search(search, max(0, figure.start - 70), figure.start)
    ):
        figure.fields["direction"] = "increase"
