"""People: the names of persons in the news, with rank, honorific, function and organisation.

The span is the name alone. A name is taken where something beside it says so (a rank, an honorific, a
function, a private role, an age), or where its own shape does (a common family name and two more words).
`public` is true where a rank or function makes it so; it is false for whoever the article calls a suspect, a
victim or a witness, or says to be arrested, charged or tried, whatever office he holds or held.
"""

from __future__ import annotations

from collections import Counter

import regex

from helpers.extract.names import Name, cut_run, find_sites, is_foreign, read_run, strip_country
from helpers.extract.offices import Office, place_in, starts_with_stop
from helpers.extract.person_cues import HONORIFIC, Cues
from helpers.extract.person_masks import MASKED_KINDS, is_masked
from helpers.extract.person_offices import OFFICE_REACH
from helpers.extract.person_search import Search, Sides
from helpers.extract.person_shapes import cut_family, explain, may_act
from helpers.extract.person_sides import (
    ROLE_JOINT_ENDS,
    is_pretended,
    read_left,
    read_right,
)
from helpers.extract.short_names import find_short_names
from helpers.extract.span import STRONG, Mention, Reading, start_of
from helpers.lexicon import Lexicon
from helpers.patterns import late

_CREDIT = late(
    regex.compile,
    r"(?:ảnh|tin|bài|clip|video|nguồn|thực hiện|tác giả|đồ họa|biên tập|thơ)\s?:\s?(?:\p{L}+ )?$"
    r"|\((?:ảnh|theo)\s$",
)
_SENTENCE_END = late(regex.compile, r"[.!?…/”\"]\s+$")
_REST_OF_BYLINE = late(regex.compile, r"[\s\-,&]*(?:\p{Lu}[\p{L}.]*[\s\-,&]*){0,3}(?:\([^()\n]{0,30}\))?\W*$")
_JOINTS = frozenset((", ", "à ", "- ", "; "))
_LIST_BEFORE = late(
    regex.compile, r"(?:\s\p{Lu}\p{Ll}+){1,5}(?:(?:,|;|\s-|\svà)(?:\s[\p{Lu}\d]\p{L}*){1,5}){0,8}(?:,|;|\s-|\svà)\s$"
)
_SMALL_NAME = late(regex.compile, r"\s(\p{Ll}+(?:\s\p{Ll}+){1,3})\s?[-,]\s?")
#: a name so near to the end may be the author's
_BYLINE_REACH = 60


def propose_people(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """People named in the article, in reading order; later short mentions included."""
    cues = Cues(reading, lexicon)
    at = Search(reading, cues, lexicon)
    bylines = [(p.start, p.end) for p in reading.paragraphs if p.role == "byline"]
    found: list[Mention] = []
    reach = 0
    for site in find_sites(reading, cues, at.words):
        if site < reach or (bylines and any(a <= site < b for a, b in bylines)):
            continue
        mention = _read_name(at, site)
        if mention is not None:
            found.append(mention)
            reach = mention.end
    _cut_glued(at, found)
    found += _small_names(at)
    found += find_short_names(at, found, bylines)
    return sorted(found, key=start_of)


def _read_name(at: Search, site: int) -> Mention | None:
    """The person whose name starts in the run at `site`; None if there is none."""
    run = read_run(at.plain, at.search, site)
    name = cut_run(at.plain, run, at.cues, at.words) if run else None
    if name is None or not _is_likely(at, name) or _is_credit(at, name.start):
        return None
    sides = read_left(at, name)
    cut = cut_family(at, name, sides)
    if cut is not name:
        name, sides = cut, read_left(at, cut)
    if not (sides.honorific or sides.academic):
        stripped = strip_country(name, at.words)
        sides.has_country, name = stripped is not name, stripped
    name = _trim_glued(at, name)
    if not sides.is_direct and _is_byline(at, name):
        return None
    end = name.end if sides.is_blocked else read_right(at, name, sides)
    sides.is_blocked = sides.is_blocked or _continues_blocked_list(at, name, sides)
    found = explain(at, name, sides)
    if found is None:
        return None
    at.used_until = end
    sides.is_masked = is_masked(at, sides, end)
    inherited = _inherit_role(at, name, sides)
    return Mention("person", name.start, name.end, found[0], _fields(at, name, sides), found[1], inherited)


def _is_likely(at: Search, name: Name) -> bool:
    """Whether a closer look is worth it: a cue, an age, or a shape that may be a name's."""
    first, folded = name.start - 1, name.folded
    if first in at.cues.ends or (first > 0 and at.plain[first] == " " and first - 1 in at.cues.ends):
        return True
    if len(folded) >= 3:
        return True
    following = at.search[name.end : name.end + 2]
    if following[:1] in ("(", ",") or following[1:] in ("(", "-") or at.search.startswith(" sinh ", name.end):
        return True
    if len(folded) == 2 and folded[0] in at.words.sure_families:
        return (
            at.cues.has_function_before(name.start, within=OFFICE_REACH)
            or at.search.endswith(ROLE_JOINT_ENDS, 0, first)
            or may_act(at, name)
        )
    return len(folded) >= 2 and is_foreign(folded)


def _trim_glued(at: Search, name: Name) -> Name:
    """Without the next sentence's first word after the name: `Trần Đình Mẫu Qua kiểm tra`."""
    n = len(name.words)
    least = 2 if is_foreign(name.folded[:2]) else 3
    while n > least and name.folded[n - 1] in at.words.glued and not _ends_name(at, name.words[n - 1][1]):
        n -= 1
    return name.part(0, n) if n < len(name.words) else name


def _ends_name(at: Search, end: int) -> bool:
    """Whether a mark or a verb follows: then the last word is the given name (`Nguyễn Văn Đồng cho biết`)."""
    following = at.search[end : end + 2]
    return (
        not following.startswith(" ")
        or following[1:] in ("", "(", "-")
        or starts_with_stop(at.search, end + 1, lexicon=at.lexicon)
    )


def _is_credit(at: Search, start: int) -> bool:
    before = at.search[max(0, start - 24) : start]
    if before.endswith((" ông ", " bà ")):
        return False  # "Ảnh: Ông X tại tòa"
    return (":" in before or "(" in before) and bool(_CREDIT.search(before))


def _inherit_role(at: Search, name: Name, sides: Sides) -> tuple[str, ...]:
    """Gives a later name of a list the role or office that opens it: `2 đối tượng gồm X, sinh năm … và Y`;
    `các Phó Chủ tịch: X, Y`.
    """
    if opened := sides.private if sides.is_direct else sides.shared_office:
        at.list_role = opened, at.reading.sentence_at(name.start)
        return ()
    if at.list_role is None or sides.is_direct or sides.has_office_before or sides.private:
        return ()
    role, sentence = at.list_role
    if sentence is None or not sentence.start <= name.start < sentence.end:
        return ()
    if not sides.has_age and at.plain[name.start - 2 : name.start] not in _JOINTS:
        return ()
    has_office = bool(sides.offices)
    if isinstance(role, Office):
        sides.offices = sides.offices or (role,)
    else:
        sides.private = role  # whoever holds an office, too: "bị cáo X, … và Y (nguyên Đội trưởng)"
        sides.is_masked = sides.is_masked or role.entry["kind"] in MASKED_KINDS
    return () if has_office else ("function",)


def _continues_blocked_list(at: Search, name: Name, sides: Sides) -> bool:
    """`các phường Hàng Bài, Tràng Tiền, Lê Đại Hành`: what follows a street or ward in a list is one too."""
    if sides.is_direct or sides.has_age or sides.offices:
        return False
    plain = at.plain
    if plain[name.start - 2 : name.start] not in _JOINTS:
        return False
    head = _LIST_BEFORE.search(plain, max(0, name.start - 120), name.start)
    # "Phó Chủ tịch UBND tỉnh X, Y": a list that opens with a person is one of people
    return head is not None and head.start() >= at.used_until and at.cues.is_blocked(head.start())


def _is_byline(at: Search, name: Name) -> bool:
    """A name after the last sentence: the author's."""
    plain = at.plain
    if len(plain) - name.end > _BYLINE_REACH or not _REST_OF_BYLINE.match(plain, name.end):
        return False
    is_last = not plain[name.end :].strip(" \n)")
    return is_last or bool(_SENTENCE_END.search(plain, max(0, name.start - 4), name.start))


def _fields(at: Search, name: Name, sides: Sides) -> dict[str, object]:
    plain = at.plain
    office = _main_office(sides.offices)
    span = office.organisation if office else sides.organisation
    organisation = plain[span[0] : span[1]] if span else None
    function = plain[slice(*office.function)] if office else None
    if function is None and sides.private and sides.private.entry["kind"] != "relation":
        function = plain[sides.private.start : sides.private.end]
    honorific = sides.honorific or sides.academic
    is_public = sides.rank is not None or any(o.public for o in sides.offices)
    return {
        "name": " ".join(plain[name.start : name.end].split()),
        "rank": plain[sides.rank.start : sides.rank.end] if sides.rank else None,
        "honorific": plain[honorific.start : honorific.end] if honorific else None,
        "function": function,
        "organisation": organisation,
        "place": place_in(organisation) if organisation else None,
        "public": is_public and not sides.is_masked and not is_pretended(at, sides),
        # read by linking.py, which makes all mentions of such a person private
        "masked": sides.is_masked,
    }


def _main_office(offices: tuple[Office, ...]) -> Office | None:
    """The first office that is more than a seat: `TUV, Phó Chủ tịch UBND tỉnh` is a Phó Chủ tịch."""
    return next((o for o in offices if not o.membership), offices[0] if offices else None)


def _small_names(at: Search) -> list[Mention]:
    """A name printed in small letters between its honorific and its function: `đồng chí trần văn mẫu - Chủ
    tịch UBND`.
    """
    found, search = [], at.search
    position = search.find("đồng chí ")
    while position != -1:
        small = _SMALL_NAME.match(at.plain, position + 8)
        cue = at.cues.longest_starting(position, HONORIFIC)
        if small and cue and search[small.start(1) : small.end(1)].split()[0] in at.words.sure_families:
            name = Name([small.span(1)], [search[slice(*small.span(1))]])
            sides = Sides(honorific=cue, is_direct=True, start=position)
            read_right(at, name, sides)
            if sides.offices:
                found.append(Mention("person", name.start, name.end, "small_letters", _fields(at, name, sides), STRONG))
        position = search.find("đồng chí ", position + 9)
    return found


def _cut_glued(at: Search, found: list[Mention]) -> None:
    """`Đối tượng Trần Đình Mẫu Qua kiểm tra`: a caption glued to a sentence; the name without its last word
    is known.
    """
    search, glued = at.search, at.words.glued
    known = Counter(search[m.start : m.end] for m in found)
    for mention in found:
        words = search[mention.start : mention.end].split()
        shorter = " ".join(words[:-1])
        is_glued = len(words) >= 4 and (words[-1] in glued or known[shorter] > known[" ".join(words)])
        if is_glued and shorter in known and search.startswith(shorter, mention.start):
            mention.end = mention.start + len(shorter)
            mention.fields["name"] = " ".join(str(mention.fields["name"]).split()[:-1])
