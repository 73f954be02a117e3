"""What stands left and right of a name: rank, honorific, private role, age, functions with their
organisations.
"""

from __future__ import annotations

import regex

from helpers.extract.names import Name
from helpers.extract.offices import Office, read_organisation
from helpers.extract.person_cues import FUNCTION, HONORIFIC, PRIVATE, RANK, Cue
from helpers.extract.person_offices import before_post, read_office_before, skip_back
from helpers.extract.person_search import Search, Sides
from helpers.patterns import late

MAX_OFFICES = 4
_AGE = regex.compile(
    r"\s?[,(-]?\s?\(?\s?(?:(?:sn|sinh năm|sinh ngày|sinh|s\.n\.?)\s?:?\s?\d"
    r"|(?:khoảng |hơn |gần )?\d{1,3}(?:\s?-\s?\d{1,3})? tuổi|\d{2}t(?!\p{L}))"
)
_ORIGIN = regex.compile(
    r"\s?[,(]\s?\(?(?:cùng |đều |hiện )?(?:trú|ngụ|quê(?! hương)|hktt|thường trú|tạm trú|nguyên quán)(?!\p{L})"
)
_DETAIL_END = late(regex.compile, r"[^,;()\n.]{0,60}")
_ASIDE = late(
    regex.compile,
    r"\s?\((?:bìa|ngồi|đứng|thứ|áo|giữa|bên|trái|phải|ngoài cùng|cầm|người|hàng|ảnh|clip|đeo|mặc)"
    r"[^()\n]{0,40}\)",
)
_LINK = (
    r"(?:được |vừa được |đã được )?(?:(?:tín nhiệm |nhân dân tín nhiệm )?bầu (?:làm|giữ chức|giữ chức vụ|là)|bổ nhiệm (?:làm|giữ chức|giữ chức vụ)"
    r"|(?:điều |điều động |phân công |đề bạt |luân chuyển |chỉ định )?(?:về |lên |sang )?(?:giữ chức vụ|giữ chức danh|giữ chức|làm)|là)"
)
_LINKED = late(
    regex.compile,
    r"(?:(?P<verb>nguyên là|hiện là|hiện đang là|đang là|khi đó là|lúc đó là|vốn là|nay là|với vai trò là|"
    rf"với tư cách là|đồng thời là|{_LINK})|nguyên|cựu|hiện|kiêm|quyền|với vai trò|với tư cách|vị)\s",
)
_ROLE_JOINT = late(regex.compile, r"(?:\s(?:gồm có|gồm|là|tên là|tên|trên là|này là|khác là))?\s?:?$")
ROLE_JOINT_ENDS = (":", " là", " gồm", " có", " tên")
_NEXT_OFFICE = late(regex.compile, r"\s?[,;-]\s?(?:đồng thời là |hiện là |kiêm |nguyên )?|\s(?:kiêm|và)\s")
#: what the details after a name start with: an age, a year of birth, where somebody lives
_DETAILS = (" (", ", ", " -", "(", ",", "-", " sinh", " sn", " s.n", " khoảng", " hơn", " gần", *(f" {d}" for d in range(10)))  # fmt: skip
_MARKS = frozenset("-,(:")
_BLANKS = frozenset(" \n")
#: words a link from a name to its function starts with
_LINK_STARTS = ("là ", "làm ", "giữ ", "được ", "vừa được ", "đã được ", "nguyên ", "hiện ", "kiêm ", "với ", "cựu ",
                "đang ", "về ", "lên ", "sang ", "khi đó ", "lúc đó ", "vốn ", "nay ", "đồng thời ", "quyền ", "vị ")  # fmt: skip
_UP_TO_MARK = late(regex.compile, r"[^,;.:()\n]*")
_TO_OTHERS = (" với ", " cho ", " của ", " gửi ", " gặp ", " tới ", " đến ", " lời ", " cáo ", " trước ", " xin ")
_FOLLOWING_NAME = late(regex.compile, r"\s(\p{Lu}\p{Ll}*)\s\p{Lu}")
#: "tự xưng là Đại úy X", "giả danh cán bộ X": who says so is none
_PRETENCE = late(
    regex.compile, r"(?:giả danh|tự xưng|mạo danh|giả làm|tự nhận|mạo nhận|giả mạo|đóng giả|xưng là|lấy danh)"
)
_PRETENCE_REACH = 45


def read_left(at: Search, name: Name) -> Sides:
    """Ranks, honorifics, private roles and functions before a name, the nearest first."""
    sides, search, cues = Sides(), at.search, at.cues
    position = sides.start = name.start
    for _ in range(6):
        end = skip_back(search, position, over_comma=sides.rank is not None or sides.honorific is not None)
        found = cues.ending(end) if end in cues.ends else None
        if found is None and search.endswith(ROLE_JOINT_ENDS, 0, end):
            found = _role_of_list(at, end)  # "nạn nhân là X", "nạn nhân là Thượng úy X"
        if position == name.start and found is None:
            # a number before is an address's: "hẻm 1740 Lê Văn Mẫu"
            sides.is_blocked = (end > 0 and search[end - 1].isdigit()) or cues.is_blocked(end)
        if found is None or found.start < at.used_until or _is_guarded(at, found):
            break
        if position == name.start:
            sides.is_blocked = False
        if found.kind == FUNCTION and search[end : end + 1] == "," and _is_spoken_to(search, found):
            break
        sides.is_direct, sides.start = True, found.start
        if found.kind == FUNCTION:
            sides.offices, sides.has_office_before = (at.office(found, limit=end),), True
            if sides.honorific and search.startswith("anh ", sides.honorific.start):
                sides.honorific = None  # "Thủ tướng Anh Theresa May": the country
            return sides
        _put(sides, found)
        position = found.start
    read_office_before(at, sides, before_post(at, name, end) if position == name.start else end)
    return sides


def _is_spoken_to(search: str, function: Cue) -> bool:
    """Whether a function before a comma is another's: `Trao đổi với phóng viên, ông X nói`."""
    return function.entry["public"] == "no" or search.endswith(_TO_OTHERS, 0, function.start)


def _is_guarded(at: Search, cue: Cue) -> bool:
    """Whether a cue is the end of another word, or names a place: `trẻ em`, `rạch Ông Mẫu`."""
    if cue.kind not in (HONORIFIC, PRIVATE) or not cue.start or cue.end - cue.start > 8:
        return False
    if at.cues.may_be_guarded(cue) and (guard := at.cues.guard_before(cue.end)) is not None and not guard[0]:
        return True
    if cue.kind != HONORIFIC or not at.plain[cue.start].isupper():
        return False
    return at.plain[cue.start - 2 : cue.start - 1].isalpha() and at.cues.is_blocked(cue.start)


def _role_of_list(at: Search, end: int) -> Cue | None:
    """`2 đối tượng gồm X`, `nạn nhân là X`: a private role with a joint before the name."""
    joint = _ROLE_JOINT.search(at.search, max(0, end - 14), end)
    found = at.cues.ending(joint.start()) if joint else None
    if found is None or found.kind != PRIVATE:
        return None
    return found


def _put(sides: Sides, cue: Cue) -> None:
    if cue.kind == RANK:
        sides.rank = sides.rank or cue
    elif cue.kind == PRIVATE:
        # "bị hại tên X": the role says more than the word that leads to the name
        is_vague = sides.private is not None and sides.private.entry["kind"] == "relation" != cue.entry["kind"]
        sides.private = cue if is_vague else sides.private or cue
    elif cue.entry["kind"] == "academic":
        sides.academic = sides.academic or cue
    else:
        sides.honorific = sides.honorific or cue


def is_pretended(at: Search, sides: Sides) -> bool:
    """Whether a rank or function is only claimed: `tự xưng là Đại úy X`."""
    return bool(_PRETENCE.search(at.search, max(0, sides.start - _PRETENCE_REACH), sides.start)) and (
        ". " not in at.search[max(0, sides.start - _PRETENCE_REACH) : sides.start]
    )


def read_right(at: Search, name: Name, sides: Sides) -> int:
    """Adds age, private role and functions after a name to `sides`; where they end."""
    search, position = at.search, name.end
    # most names go on with a verb: no detail, no office
    if search.startswith(_DETAILS, position):
        position = _read_details(search, position, sides)
    if sides.has_office_before and not _is_trade(sides.offices[0]):
        return position
    mark_end = _after_mark(search, position)
    link = None
    start = mark_end
    if start not in at.cues.starts and search.startswith(_LINK_STARTS, start):
        link = _LINKED.match(search, start)
        start = link.end() if link else start
    found = at.cues.starting(start) if start in at.cues.starts else None
    has_mark = bool(search[position:mark_end].strip())
    if found is None or found.kind not in (FUNCTION, PRIVATE):
        if has_mark and (sides.rank or sides.honorific):
            sides.organisation = read_organisation(at.reading, at.cues, start, lexicon=at.lexicon)
        return position
    if not _fits_mark(at, found, is_marked=has_mark or (link is not None and link["verb"] is not None)):
        return position
    if found.kind == PRIVATE:
        if sides.private is None or sides.private.entry["kind"] == "relation":
            sides.private = found  # "hộ gia đình: X (thân nhân liệt sĩ)"
        return found.end
    offices, end = _read_offices(at, found)
    # "Bác sĩ X, Chi cục trưởng …": the office after the name says more than the trade before it
    sides.offices = offices if any(o.public for o in offices) or not sides.offices else sides.offices
    return end


def _read_details(search: str, position: int, sides: Sides) -> int:
    """Where age, year of birth, origin and asides after a name end."""
    for _ in range(4):
        if "(" in search[position : position + 2] and (aside := _ASIDE.match(search, position)):
            position = aside.end()
        elif detail := _AGE.match(search, position) or _ORIGIN.match(search, position):
            sides.has_age = True
            detail_end = _DETAIL_END.match(search, detail.end())
            assert detail_end is not None  # the pattern fits an empty text too
            position = detail_end.end()
            position += search.startswith(")", position)
        else:
            break
    return position


def _after_mark(search: str, position: int) -> int:
    """Where the word starts after a name, and after a mark if there is one."""
    at = position
    while search[at : at + 1] in _BLANKS and at < len(search):
        at += 1
    if search[at : at + 1] in _MARKS:
        at += 1
        while search[at : at + 1] in _BLANKS and at < len(search):
            at += 1
    return at


def _is_trade(office: Office) -> bool:
    return not office.public and office.organisation is None


def _fits_mark(at: Search, cue: Cue, *, is_marked: bool) -> bool:
    """Without a mark only a full function stands after a name: `Thượng tá X Phó Trưởng Công an TX Kỳ Anh`."""
    plain = at.plain
    if _is_before_name(at, cue.end):
        return False  # "ông A, Phó Chủ tịch Trần Văn B"
    if is_marked:
        return True
    if plain[cue.start - 1] == "\n" or cue.kind == PRIVATE or at.office(cue).organisation is None:
        return False
    words = plain[cue.start : cue.end]
    return " " in words and (words[0].isupper() or cue.entry["public"] == "yes")


def _read_offices(at: Search, cue: Cue | None) -> tuple[tuple[Office, ...], int]:
    offices: list[Office] = []
    while cue is not None and len(offices) < MAX_OFFICES:
        office = at.office(cue)
        if offices and (_is_before_name(at, office.end) or _holds_name(at, cue.end, office.end)):
            break  # "ông A, Giám đốc Công ty B, Giám đốc Sở Y tế Trần Văn C": the next person's
        offices.append(office)
        joint = _NEXT_OFFICE.match(at.search, office.end)
        cue = at.cues.longest_starting(joint.end(), FUNCTION) if joint else None
    return tuple(offices), offices[-1].end


def _is_before_name(at: Search, end: int) -> bool:
    following = _FOLLOWING_NAME.match(at.plain, end)
    return following is not None and (following[1].lower() in at.words.families or following[1] in ("A", "Y"))


def _holds_name(at: Search, start: int, end: int) -> bool:
    """Whether a full name stands from `start` to a little behind `end`, before the next mark."""
    part = _UP_TO_MARK.match(at.plain, start, end + 40)
    words = part[0].split() if part else []
    return any(
        words[i].lower() in at.words.sure_families
        and words[i + 1].lower() in at.words.middles
        and all(w[0].isupper() for w in words[i : i + 3])
        for i in range(len(words) - 2)
    )
