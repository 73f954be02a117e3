"""What stands left and right of a name: rank, honorific, private role, age, functions with their
organisations.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from helpers.corpus.document import Sentence
from helpers.extract.names import Name, NameWords
from helpers.extract.offices import Office, read_office, read_organisation
from helpers.extract.person_cues import BLOCKER, FUNCTION, HONORIFIC, PRIVATE, RANK, Cue, Cues, longest
from helpers.extract.span import Reading
from helpers.lexicon import Lexicon

MAX_OFFICES = 4
#: how far before a name its function may start: `Phó Chủ tịch … UBND tỉnh … X`
OFFICE_REACH = 130
_BEFORE_NAMES = (RANK, HONORIFIC, FUNCTION, PRIVATE)
_AGE = regex.compile(
    r"\s?[,(-]?\s?\(?\s?(?:(?:sn|sinh năm|sinh ngày|sinh|s\.n\.?)\s?:?\s?\d"
    r"|(?:khoảng |hơn |gần )?\d{1,3}(?:\s?-\s?\d{1,3})? tuổi|\d{2}t(?!\p{L}))"
)
_ORIGIN = regex.compile(
    r"\s?[,(]\s?\(?(?:cùng |đều )?(?:trú|ngụ|quê(?! hương)|hktt|thường trú|tạm trú|nguyên quán)(?!\p{L})"
)
_DETAIL_END = regex.compile(r"[^,;()\n.]{0,60}")
_ASIDE = regex.compile(
    r"\s?\((?:bìa|ngồi|đứng|thứ|áo|giữa|bên|trái|phải|ngoài cùng|cầm|người|hàng|ảnh|clip|đeo|mặc)"
    r"[^()\n]{0,40}\)"
)
_OFFICE_LEAD = regex.compile(
    r"(?P<mark>\s?[-,(:]\s*|\s*\n\s*|\s{1,2})"
    r"(?:(?:nguyên là|nguyên|cựu|hiện là|hiện|đang là|khi đó là|lúc đó là|vốn là|"
    r"nay là|là|kiêm|quyền|với vai trò|với tư cách|giữ chức|đồng thời là|vị)\s)?"
)
_ROLE_JOINT = regex.compile(r"(?:\s(?:gồm có|gồm|là|tên là|tên|trên là|này là|khác là))?\s?:?$")
_ROLE_JOINT_ENDS = (":", " là", " gồm", " có", " tên")
_NEXT_OFFICE = regex.compile(r"\s?[,;-]\s?(?:đồng thời là |hiện là |kiêm |nguyên )?|\s(?:kiêm|và)\s")
_BEFORE_DETAIL = frozenset("(,-skhg0123456789")
_FOLLOWING_NAME = regex.compile(r"\s(\p{Lu}\p{Ll}+)\s\p{Lu}")


@dataclass(slots=True)
class Sides:
    """What stands beside a name. `is_direct`: a cue touches it; `is_blocked`: a word that makes it no
    person's.
    """

    rank: Cue | None = None
    honorific: Cue | None = None
    academic: Cue | None = None
    private: Cue | None = None
    offices: tuple[Office, ...] = ()
    organisation: tuple[int, int] | None = None
    has_age: bool = False
    is_direct: bool = False
    is_blocked: bool = False
    has_office_before: bool = False


@dataclass(slots=True)
class Search:
    """An article being searched for people, in reading order; `used_until`: words taken by the person
    before.
    """

    reading: Reading
    cues: Cues
    words: NameWords
    lexicon: Lexicon
    used_until: int = 0
    #: the role that opens a list, and the sentence of the list: `2 đối tượng gồm X, … và Y, …`
    list_role: tuple[Cue, Sentence | None] | None = None

    def office(self, cue: Cue, *, limit: int | None = None) -> Office:
        """The function at `cue` with its organisation."""
        return read_office(self.reading, self.cues, cue, lexicon=self.lexicon, limit=limit)


def read_left(at: Search, name: Name) -> Sides:
    """Ranks, honorifics, private roles and functions before a name, the nearest first."""
    sides, search = Sides(), at.reading.search
    end = position = name.start
    pending = name.cue if name.cue and not search[name.cue.end : name.start].strip(" .") else None
    for _ in range(6):
        end = _skip_back(search, position, over_comma=bool(sides.rank or sides.honorific))
        touching = at.cues.ending(end)
        found = pending or longest(touching, _BEFORE_NAMES)
        pending = None
        blocker = longest(touching, (BLOCKER,))
        if end and search[end - 1].isdigit() and position == name.start:
            sides.is_blocked = True  # an address: "hẻm 1740 Lê Văn Lương"
        if blocker and not sides.is_direct and (not found or blocker.start < found.start):
            found, sides.is_blocked = None, True
        if found is None and position == name.start and not sides.is_blocked:
            found = _role_of_list(at, end)
            if found:
                at.list_role = found, at.reading.sentence_at(name.start)
        if found is None or found.start < at.used_until:
            break
        sides.is_direct = True
        if found.kind == FUNCTION:
            sides.offices, sides.has_office_before = (at.office(found, limit=found.end),), True
            if sides.honorific and search.startswith("anh ", sides.honorific.start):
                sides.honorific = None  # "Thủ tướng Anh Theresa May": the country
            return sides
        _put(sides, found)
        position = found.start
    _read_office_before(at, sides, end)
    return sides


def _role_of_list(at: Search, end: int) -> Cue | None:
    """`2 đối tượng gồm X`, `nạn nhân là X`: a private role with a joint before the name."""
    if not at.reading.search.endswith(_ROLE_JOINT_ENDS, 0, end):
        return None
    joint = _ROLE_JOINT.search(at.reading.search, max(0, end - 14), end)
    return at.cues.longest_ending(joint.start(), PRIVATE) if joint else None


def _put(sides: Sides, cue: Cue) -> None:
    if cue.kind == RANK:
        sides.rank = sides.rank or cue
    elif cue.kind == PRIVATE:
        sides.private = sides.private or cue
    elif cue.entry["kind"] == "academic":
        sides.academic = sides.academic or cue
    else:
        sides.honorific = sides.honorific or cue


def _skip_back(search: str, position: int, *, over_comma: bool) -> int:
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


def _read_office_before(at: Search, sides: Sides, end: int) -> None:
    """`Chủ tịch UBND tỉnh X`: a function whose organisation reaches up to the name."""
    for cue in at.cues.functions_before(end, within=OFFICE_REACH):
        between = at.reading.search[cue.end : end]
        if cue.start < at.used_until or cue.end > end or ";" in between or ". " in between or "\n" in between:
            return
        office = at.office(cue, limit=end)
        if office.organisation and at.reading.search[office.organisation[1] : end].strip() in ("", ","):
            sides.offices, sides.has_office_before = (office,), True
            return


def read_right(at: Search, name: Name, sides: Sides) -> int:
    """Adds age, private role and functions after a name to `sides`; where they end."""
    search, position = at.reading.search, name.end
    # most names go on with a verb: no detail, no office
    for _ in range(4 if search[position : position + 2].strip()[:1] in _BEFORE_DETAIL else 0):
        if aside := _ASIDE.match(search, position):
            position = aside.end()
        elif detail := _AGE.match(search, position) or _ORIGIN.match(search, position):
            sides.has_age = True
            detail_end = _DETAIL_END.match(search, detail.end())
            assert detail_end is not None  # the pattern fits an empty text too
            position = detail_end.end()
            position += search.startswith(")", position)
        else:
            break
    if sides.has_office_before and not _is_trade(sides.offices[0]):
        return position
    lead = _OFFICE_LEAD.match(search, position)
    if not lead:
        return position
    cue = at.cues.longest_starting(lead.end(), FUNCTION, PRIVATE)
    if cue is None:
        if lead["mark"].strip() and (sides.rank or sides.honorific):
            sides.organisation = read_organisation(at.reading, at.cues, lead.end(), lexicon=at.lexicon)
        return position
    if not _fits_mark(at, lead, cue):
        return position
    if cue.kind == PRIVATE:
        if sides.private is None or sides.private.entry["kind"] == "relation":
            sides.private = cue  # "hộ gia đình: X (thân nhân liệt sĩ)"
        return cue.end
    offices, end = _read_offices(at, cue)
    # "Bác sĩ X, Chi cục trưởng …": the office after the name says more than the trade before it
    sides.offices = offices if any(o.public for o in offices) or not sides.offices else sides.offices
    return end


def _is_trade(office: Office) -> bool:
    return not office.public and office.organisation is None


def _fits_mark(at: Search, lead: regex.Match, cue: Cue) -> bool:
    """Without a mark only a full function stands after a name: `Thượng tá X Phó Trưởng Công an TX Kỳ Anh`."""
    plain = at.reading.plain
    if _is_before_name(at, cue.end):
        return False  # "ông A, Phó Chủ tịch Trần Văn B"
    if lead["mark"].strip():
        return True
    if "\n" in lead["mark"] or cue.kind == PRIVATE or at.office(cue).organisation is None:
        return False
    words = plain[cue.start : cue.end]
    return " " in words and (words[0].isupper() or cue.entry["public"] == "yes")


def _read_offices(at: Search, cue: Cue | None) -> tuple[tuple[Office, ...], int]:
    offices: list[Office] = []
    while cue is not None and len(offices) < MAX_OFFICES:
        office = at.office(cue)
        if offices and _is_before_name(at, office.end):
            break
        offices.append(office)
        joint = _NEXT_OFFICE.match(at.reading.search, office.end)
        cue = at.cues.longest_starting(joint.end(), FUNCTION) if joint else None
    return tuple(offices), offices[-1].end


def _is_before_name(at: Search, end: int) -> bool:
    following = _FOLLOWING_NAME.match(at.reading.plain, end)
    return following is not None and following[1].lower() in at.words.families
