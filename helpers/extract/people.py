"""People: the names of persons in the news, with rank, honorific, function and organisation.

The span is the name alone. A name is taken where something beside it says so (a rank, an honorific, a
function, a private role, an age), or where its own shape does (a common family name and two more words).
`public` is true where a rank or function makes it so; suspects, victims and other private persons are
false.
"""

from __future__ import annotations

import regex

from helpers.extract.gazetteer import load_gazetteer, search_key
from helpers.extract.names import (
    MAX_TOKENS,
    Name,
    countries,
    cut_family,
    find_runs,
    is_vietnamese,
    name_words,
)
from helpers.extract.offices import Office, place_in, starts_with_stop
from helpers.extract.person_cues import BLOCKER, HONORIFIC, Cues
from helpers.extract.person_sides import Search, Sides, read_left, read_right
from helpers.extract.short_names import find_short_names
from helpers.extract.span import STRONG, USUAL, WEAK, Mention, Reading
from helpers.lexicon import Lexicon

_CREDIT = regex.compile(
    r"(?:ảnh|tin|bài|clip|video|nguồn|thực hiện|tác giả|đồ họa|biên tập|thơ)\s?:\s?(?:\p{L}+ )?$"
    r"|\((?:ảnh|theo)\s$"
)
_SENTENCE_END = regex.compile(r"[.!?…/”\"]\s+$")
_REST_OF_BYLINE = regex.compile(r"[\s\-,&]*(?:\p{Lu}[\p{L}.]*[\s\-,&]*){0,3}(?:\([^()\n]{0,30}\))?\W*$")
_JOINTS = frozenset((", ", "à ", "- ", "; "))
_LIST_BEFORE = regex.compile(
    r"(?:\s\p{Lu}\p{L}+){1,5}(?:(?:,|;|\s-|\svà)(?:\s[\p{Lu}\d]\p{L}*){1,5}){0,8}(?:,|;|\s-|\svà)\s$"
)
_SMALL_NAME = regex.compile(r"\s(\p{Ll}+(?:\s\p{Ll}+){1,3})\s?[-,]\s?")


def _explain(at: Search, name: Name, sides: Sides) -> tuple[str, int] | None:
    """The rule by which a run of capitalised words is a person's name, and how surely; None if it is not."""
    folded = [at.reading.search[a:b] for a, b in name.words]
    joined, n, words = " ".join(folded), len(folded), at.words
    if sides.honorific and f"{at.reading.search[sides.honorific.start : sides.honorific.end]} {joined}" in words.never:
        return None  # "núi Bà Đen"
    if joined in words.never or n > MAX_TOKENS:
        return None
    if joined in countries(at.lexicon) and not (sides.honorific or sides.academic or sides.rank):
        return None  # "Thủ tướng Đức"; but "ông Đức"
    sure, family = folded[0] in words.sure_families, folded[0] in words.families
    full = family and n >= 2
    if sides.rank:
        return "rank_before_name", STRONG
    if sides.is_direct and sides.has_office_before:
        foreign = n >= 2 and not all(map(is_vietnamese, folded))
        by_middle = n >= 3 and folded[1] in words.middles and not _is_place(at, joined)
        return ("function_before_name", STRONG) if full or foreign or by_middle or sides.has_age else None
    if sides.honorific or sides.academic:
        return ("honorific_before_name", STRONG) if n <= 4 or sure else None
    if sides.private:
        if n == 1 and not sides.has_age and (sides.private.entry["kind"] == "relation" or not is_vietnamese(joined)):
            return None  # "một lái xe Uber", "thiếu nữ Hà thành"
        is_sure = full or sides.has_age or (sides.private.entry["name_only"] == "no" and not _is_place(at, joined))
        return ("role_before_name", STRONG) if is_sure else None
    if sides.has_office_before and full and joined not in words.not_alone:
        return ("office_before_name", STRONG) if n >= 3 or not (sides.is_blocked or _is_place(at, joined)) else None
    if sides.is_blocked or joined in words.not_alone:
        return None
    return _explain_shape(at, folded, sides)


def _explain_shape(at: Search, folded: list[str], sides: Sides) -> tuple[str, int] | None:
    """A name without a cue before it."""
    words, n, joined = at.words, len(folded), " ".join(folded)
    sure, family = folded[0] in words.sure_families, folded[0] in words.families
    if folded[0] == "đoàn" and _is_place(at, " ".join(folded[1:])):
        return None  # "đại biểu X (Đoàn Đồng Nai)"
    if sure and n >= 3 and not _is_place(at, joined):
        return "full_name", USUAL
    if sides.offices and family and 2 <= n <= 4 and not _is_place(at, joined):
        return "function_after_name", USUAL
    if sides.has_age and n <= 4 and not _is_place(at, joined):
        return "age_after_name", USUAL
    if family and 3 <= n <= 4 and folded[1] in words.middles and not _is_place(at, joined):
        return "full_name", WEAK
    return None


def _is_place(at: Search, joined: str) -> bool:
    return search_key(joined) in load_gazetteer(at.lexicon).by_name


def _trim(at: Search, name: Name) -> Name:
    """Without a country before (`Tổng thống Mỹ Donald Trump`) and the next sentence's first word after the
    name.
    """
    search, words = at.reading.search, name.words
    while len(words) > 2 and search[slice(*words[0])] in countries(at.lexicon):
        words = words[1:]
    while len(words) > 3 and search[slice(*words[-1])] in at.words.glued and not _ends_name(at, words[-1][1]):
        words = words[:-1]
    return name if words is name.words else Name(words, name.cue if words[0] == name.words[0] else None)


def _ends_name(at: Search, end: int) -> bool:
    """Whether a mark or a verb follows: then the last word is the given name (`Nguyễn Văn Đồng cho biết`)."""
    following = at.reading.search[end : end + 2]
    return (
        not following.startswith(" ")
        or following[1:] in ("", "(", "-")
        or starts_with_stop(at.reading.search, end + 1, lexicon=at.lexicon)
    )


def _is_credit(at: Search, name: Name) -> bool:
    before = at.reading.search[max(0, name.start - 24) : name.start]
    return (":" in before or "(" in before) and bool(_CREDIT.search(before))


def _read_name(at: Search, name: Name) -> Mention | None:
    search = at.reading.search
    if _is_credit(at, name):
        return None
    sides = read_left(at, name)
    name = _trim(at, name)
    if not sides.is_direct and (cut := cut_family(search, name, at.words, lambda s: _is_place(at, s))):
        name = cut
        sides = read_left(at, name)
    if not sides.is_direct and _is_byline(at, name):
        return None
    end = name.end if sides.is_blocked else read_right(at, name, sides)
    sides.is_blocked = sides.is_blocked or _continues_blocked_list(at, name, sides)
    found = _explain(at, name, sides)
    if found is None:
        return None
    at.used_until = end
    inherited = _inherit_role(at, name, sides)
    return Mention("person", name.start, name.end, found[0], _fields(at, name, sides), found[1], inherited)


def _inherit_role(at: Search, name: Name, sides: Sides) -> tuple[str, ...]:
    """Gives a later name of a list the role that opens it: `2 đối tượng gồm X, sinh năm … và Y, sinh năm
    …`.
    """
    if at.list_role is None or sides.is_direct or sides.offices or sides.private or not sides.has_age:
        return ()
    role, sentence = at.list_role
    if sentence is None or not sentence.start <= name.start < sentence.end:
        return ()
    sides.private = role
    return ("function",)


def _continues_blocked_list(at: Search, name: Name, sides: Sides) -> bool:
    """`các phường Hàng Bài, Tràng Tiền, Lê Đại Hành`: what follows a street or ward in a list is one too."""
    if sides.is_direct or sides.has_age or sides.offices:
        return False
    plain = at.reading.plain
    if plain[name.start - 2 : name.start] not in _JOINTS:
        return False
    head = _LIST_BEFORE.search(plain, max(0, name.start - 120), name.start)
    return head is not None and at.cues.longest_ending(head.start(), BLOCKER) is not None


def _is_byline(at: Search, name: Name) -> bool:
    """A name after the last sentence: the author's."""
    plain = at.reading.plain
    if len(plain) - name.end > 60 or not _REST_OF_BYLINE.match(plain, name.end):
        return False
    is_last = not plain[name.end :].strip(" \n)")
    return is_last or bool(_SENTENCE_END.search(plain, max(0, name.start - 4), name.start))


def _fields(at: Search, name: Name, sides: Sides) -> dict[str, object]:
    plain = at.reading.plain
    office = _main_office(sides.offices)
    span = office.organisation if office else sides.organisation
    organisation = plain[span[0] : span[1]] if span else None
    function = plain[slice(*office.function)] if office else None
    if function is None and sides.private and sides.private.entry["kind"] != "relation":
        function = plain[sides.private.start : sides.private.end]
    honorific = sides.honorific or sides.academic
    return {
        "name": " ".join(plain[name.start : name.end].split()),
        "rank": plain[sides.rank.start : sides.rank.end] if sides.rank else None,
        "honorific": plain[honorific.start : honorific.end] if honorific else None,
        "function": function,
        "organisation": organisation,
        "place": place_in(organisation) if organisation else None,
        "public": bool(sides.rank) or any(o.public for o in sides.offices),
    }


def _main_office(offices: tuple[Office, ...]) -> Office | None:
    """The first office that is more than a seat: `TUV, Phó Chủ tịch UBND tỉnh` is a Phó Chủ tịch."""
    return next((o for o in offices if not o.membership), offices[0] if offices else None)


def _small_names(at: Search) -> list[Mention]:
    """A name printed in small letters between its honorific and its function: `đồng chí trần văn mẫu - Chủ
    tịch UBND`.
    """
    found, search = [], at.reading.search
    position = search.find("đồng chí ")
    while position != -1:
        small = _SMALL_NAME.match(at.reading.plain, position + 8)
        cue = at.cues.longest_starting(position, HONORIFIC)
        if small and cue and search[small.start(1) : small.end(1)].split()[0] in at.words.sure_families:
            name = Name([small.span(1)])
            sides = Sides(honorific=cue, is_direct=True)
            read_right(at, name, sides)
            if sides.offices:
                found.append(Mention("person", name.start, name.end, "small_letters", _fields(at, name, sides), STRONG))
        position = search.find("đồng chí ", position + 9)
    return found


def _cut_glued(search: str, found: list[Mention]) -> None:
    """`Đối tượng Trần Đình Mẫu Qua kiểm tra`: a caption glued to a sentence; the name without its last word
    is known.
    """
    known = {search[m.start : m.end] for m in found}
    for mention in found:
        words = search[mention.start : mention.end].split()
        shorter = " ".join(words[:-1])
        if len(words) >= 4 and shorter in known and search.startswith(shorter, mention.start):
            mention.end = mention.start + len(shorter)
            mention.fields["name"] = " ".join(str(mention.fields["name"]).split()[:-1])


def propose_people(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """People named in the article, in reading order; later short mentions included."""
    cues = Cues(reading.search, lexicon)
    at = Search(reading, cues, name_words(lexicon), lexicon)
    bylines = [(p.start, p.end) for p in reading.paragraphs if p.role == "byline"]
    names, runs = find_runs(reading, cues, at.words)
    if bylines:
        names = [n for n in names if not any(a <= n.start < b for a, b in bylines)]
        runs = [n for n in runs if not any(a <= n[0] < b for a, b in bylines)]
    found = [mention for name in names if (mention := _read_name(at, name))]
    _cut_glued(reading.search, found)
    found += _small_names(at)
    found += find_short_names(reading, runs, found, cues=cues, lexicon=lexicon)
    return sorted(found, key=lambda m: m.start)
