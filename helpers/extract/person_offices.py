"""The function whose organisation reaches up to a name: `Chủ tịch UBND tỉnh X`, `các Phó Giám đốc Sở Y tế: X, Y`."""

from __future__ import annotations

from helpers.extract.names import Name, strip_country
from helpers.extract.offices import Office, may_hold_office
from helpers.extract.person_cues import Cue
from helpers.extract.person_search import Search, Sides

#: how far before a name its function may start: `Phó Chủ tịch … UBND tỉnh … X`
OFFICE_REACH = 130
#: before an office that several hold: "các đồng chí Phó Chủ tịch UBND tỉnh: X, Y"
_SEVERAL = ("các ", "các đồng chí ", "các ông ", "các bà ", "các vị ", "những ", "hai ", "ba ", "bốn ", "2 ", "3 ",
            "4 ")  # fmt: skip


def skip_back(search: str, position: int, *, over_comma: bool) -> int:
    """Where the words before `position` end; a rank or honorific may stand after a comma or dash: `Giám
    đốc, Đại tá X`.
    """
    end = position
    while end and search[end - 1] == " " and position - end < 3:
        end -= 1
    if over_comma and end > 1 and search[end - 1] in ",-":
        end -= 1
        while end and search[end - 1] == " ":
            end -= 1
    return end


def before_post(at: Search, name: Name, end: int) -> int:
    """Where an envoy's title ends before the country he is sent to: `Đại sứ Nga [tại Việt Nam] X`."""
    start = strip_country(name, at.words).start
    post = at.search.rfind(" tại ", max(0, start - 40), start)
    return post if post > 0 and at.search[post + 5 : start].strip() in at.words.countries else end


def read_office_before(at: Search, sides: Sides, end: int) -> None:
    """`Chủ tịch UBND tỉnh X`: a function whose organisation reaches up to the name."""
    search = at.search
    is_list = end > 0 and search[end - 1] == ":"
    end -= is_list
    if not end or search[end - 1] in ".;:!?\n" or not at.cues.has_function_before(end, within=OFFICE_REACH):
        return
    for cue in at.cues.functions_before(end, within=OFFICE_REACH):
        if cue.start < at.used_until or cue.end > end or _is_broken(search, cue.end, end):
            return
        if not may_hold_office(at.plain, cue.end, end, lexicon=at.lexicon):
            continue
        is_shared = search.endswith(_SEVERAL, 0, cue.start)
        if is_list and not is_shared:
            continue
        office = _office_up_to(at, cue, end)
        if office is not None and not (cue.entry["public"] == "no" and "," in search[end - 1 : end + 1]):
            # "Trao đổi với phóng viên báo Mẫu, ông X": the reporter is another
            sides.offices, sides.has_office_before, sides.start = (office,), True, cue.start
            sides.shared_office = office if is_shared else None
            return


def _office_up_to(at: Search, cue: Cue, end: int) -> Office | None:
    """The office whose name reaches from its function to `end`; a place in brackets may stand in between."""
    search, limits = at.search, [end]
    if search[end - 1] == ")" and (opening := search.rfind("(", cue.end, end)) > 0:
        # "Bí thư Huyện ủy X (Hà Tĩnh) Trần Văn Mẫu"
        limits.insert(0, skip_back(search, opening, over_comma=False))
    for limit in limits:
        office = at.office(cue, limit=limit)
        if office.organisation and search[office.organisation[1] : limit].strip() in ("", ","):
            return office
    return None


def _is_broken(search: str, start: int, end: int) -> bool:
    """Whether a sentence or a part of it ends between two places; not in "TP. X"."""
    if search.find(";", start, end) != -1 or search.find("\n", start, end) != -1:
        return True
    stop = search.find(". ", start, end)
    while stop != -1:
        if search[max(start, stop - 2) : stop] not in ("tp", "tx", "tt"):
            return True
        stop = search.find(". ", stop + 1, end)
    return False
