"""Whether a run of capitalised words is a person's name, by what stands beside it and by its own shape.

ông [Mẫu]: an honorific before; [Nguyễn Văn Mẫu]: a family name and two more words; [Lộc] (SN 1983): an age after
"""

from __future__ import annotations

from helpers.extract.names import MAX_TOKENS, Name, NameWords, is_foreign, is_vietnamese
from helpers.extract.offices import is_head, starts_with_stop
from helpers.extract.person_cues import Cue
from helpers.extract.person_search import Search, Sides
from helpers.extract.span import STRONG, USUAL, WEAK

Rule = tuple[str, int]


def cut_family(at: Search, name: Name, sides: Sides) -> Name:
    """The name within a run that starts with a place: `Hà Nội Hoàng Trung Mẫu`, `Trưởng thôn Tân Lập Trần Thị Mẫu`."""
    folded, words = name.folded, at.words
    if len(folded) < 3 or (sides.is_direct and not sides.has_office_before):
        return name
    is_family_first = folded[0] in words.families
    for i in range(1, len(folded) - 1):
        if len(folded) - i > MAX_TOKENS or folded[i] not in words.families:
            continue
        # "Vạn Lý Trường Thành" holds no Lý Trường Thành
        is_sure = folded[i + 1] in ("văn", "thị") or (folded[i] in words.sure_families and folded[i - 1] in words.glued)
        if sides.has_office_before:
            is_sure = is_sure or (folded[i] in words.sure_families and len(folded) - i >= 3)
            if is_sure and not (is_family_first and i == 1):
                return name.part(i)
        elif (
            is_sure
            and (folded[i] in words.sure_families or folded[i + 1] == "thị")
            and not (is_family_first and i == 1)
        ):
            return name.part(i)
        # "Phan" is a commune's name, too, but "Phan Văn Mẫu" a person's
        if at.is_place(" ".join(folded[:i])) and not (is_family_first and i == 1):
            return name.part(i)
    return name


def explain(at: Search, name: Name, sides: Sides) -> Rule | None:
    """The rule by which a run is a person's name, and how surely; None if it is not."""
    folded, words = name.folded, at.words
    joined, n = " ".join(folded), len(folded)
    if joined in words.never or n > MAX_TOKENS or _is_of_many(at, name):
        return None
    if sides.honorific and f"{at.search[sides.honorific.start : sides.honorific.end]} {joined}" in words.never:
        return None  # "núi Bà Đen"
    if joined in words.countries and not (sides.honorific or sides.academic or sides.rank):
        return None  # "Thủ tướng Đức"; but "ông Đức"
    sure, family = folded[0] in words.sure_families, folded[0] in words.families
    full = family and n >= 2
    if sides.rank:
        return "rank_before_name", STRONG
    if sides.is_direct and sides.has_office_before:
        return _explain_office(at, name, sides, full=full)
    if sides.honorific and n == 1 and _is_part_of_name(at, sides.honorific):
        return None
    if sides.academic and not sides.honorific and n == 1 and not _ends_phrase(at, name):
        return None  # "Thạc sĩ Xây dựng"
    if sides.honorific or sides.academic:
        return ("honorific_before_name", STRONG) if n <= 4 or sure else None
    if sides.private and not sides.is_direct:
        is_named = full and (sure or n >= 3) and not sides.is_blocked and not at.is_place(joined)
        return ("role_after_name", USUAL) if is_named and joined not in words.not_alone else None
    if sides.private:
        is_vague = sides.private.entry["kind"] == "relation" or not is_vietnamese(joined)
        if n == 1 and is_vague and not sides.has_age and not _is_initials(at, name, sides.private):
            return None  # "một lái xe Uber", "thiếu nữ Hà thành"
        if folded[-1] in words.countries and is_foreign(folded):
            return None  # "nạn nhân Rwanda Ibuka France": an organisation
        if n == 3 and folded[1] in words.middles and not at.is_place(joined):
            return "role_before_name", STRONG  # "vợ chồng Phi Thanh Mẫu"
        is_sure = sides.has_age or (
            # "người dân Đồng Tâm": of a place
            (full and (sure or n > 2 or not at.is_place(joined)))
            if sides.private.entry["name_only"] == "yes"
            else (full or not at.is_place(joined))
        )
        return ("role_before_name", STRONG) if is_sure else None
    if sides.has_office_before and joined not in words.not_alone and (full or (n >= 2 and is_foreign(folded))):
        is_place = at.is_large_place(joined) if sure and not sides.is_blocked else at.is_place(joined)
        is_named = not (sides.is_blocked and is_place) if n >= 3 else not (sides.is_blocked or is_place)
        return ("office_before_name", STRONG) if is_named else None
    if sides.is_blocked or joined in words.not_alone:
        return None
    return _explain_shape(at, name, joined, sides)


def _explain_office(at: Search, name: Name, sides: Sides, *, full: bool) -> Rule | None:
    """A name that a function touches: `Thủ tướng [John Sample]`, `ca sĩ [Mỹ Mẫu]`."""
    folded, joined, n = name.folded, " ".join(name.folded), len(name.folded)
    if full or sides.has_age or (sides.has_country and 2 <= n <= 3 and not at.is_place(joined)):
        return "function_before_name", STRONG
    if is_foreign(folded):
        is_one_enough = n >= 2 or (sides.offices[0].public and not at.plain[name.start : name.end].isupper())
        return ("function_before_name", STRONG) if is_one_enough and not is_head(folded[0], at.lexicon) else None
    if at.is_place(joined) or is_head(joined, at.lexicon) or is_head(folded[0], at.lexicon):
        return None
    is_trade = (
        not sides.offices[0].public and n == 2 and (folded[0] in at.words.middles or folded[0] in at.words.families)
    )
    if is_trade or (n >= 3 and folded[1] in at.words.middles):
        return "function_before_name", STRONG  # "ca sĩ Mỹ Mẫu"
    return None


def _explain_shape(at: Search, name: Name, joined: str, sides: Sides) -> Rule | None:
    """A name without a cue before it."""
    words, folded, n = at.words, name.folded, len(name.folded)
    sure, family = folded[0] in words.sure_families, folded[0] in words.families
    if folded[0] in ("đoàn", "hồ") and at.is_place(" ".join(folded[1:])):
        return None  # "đại biểu X (Đoàn Đồng Nai)"
    if at.is_place(joined):
        return None
    if n >= 3 and not sure and (folded[0] == "y" or folded[-1] in words.glued) and at.is_place(_without_odd(folded)):
        return None  # "Đại học Y Hà Nội", "Đồng Tâm Buổi công bố"
    if n >= 3 and (sure or (family and folded[1] == "thị")):
        return "full_name", USUAL
    if sides.offices and family and 2 <= n <= 4:
        return "function_after_name", USUAL
    if sides.has_age and n <= 4:
        return "age_after_name", USUAL
    if family and 3 <= n <= 4 and folded[1] in words.middles:
        return "full_name", WEAK
    if sure and n == 2 and may_act(at, name):
        return "repeated_name", WEAK
    is_highland = folded[0] == "y" or folded[0].startswith(("h'", "k'"))
    if is_highland and 2 <= n <= 4 and folded[-1] in words.families:
        return "full_name", USUAL  # "Y Mẫu Êban", "H'Mẫu Niê": the family name stands last
    if _is_named_abroad(folded, words):
        return "foreign_name", USUAL
    return None


def _is_named_abroad(folded: list[str], words: NameWords) -> bool:
    """Whether words are built like a foreigner's full name: `Diego Mauradona`, `Park Hae Mau`, `Wang Mauqiang`."""
    n, last = len(folded), folded[-1]
    if not 2 <= n <= 4 or last in words.foreign_ends or last in words.countries or last in words.glued:
        return False
    if not is_foreign(folded):
        return False
    if folded[0] in words.foreign_given:
        return True
    return folded[0] in words.foreign_families and ("-" in folded[1] or n == 3 or len(last) > 4)


def _without_odd(folded: list[str]) -> str:
    """Without the `y` before a place's name, or the word after it that starts a sentence."""
    return " ".join(folded[1:] if folded[0] == "y" else folded[:-1])


def _is_of_many(at: Search, name: Name) -> bool:
    """Whether a name is a clan's: `Nguyễn Phước Tộc`, `Trần Mẫu tộc`."""
    return name.folded[-1] == "tộc" or at.search[name.end : name.end + 5].rstrip(" ,.;:)") == " tộc"


def _is_initials(at: Search, name: Name, role: Cue) -> bool:
    """Whether letters stand for a private person's name: `bệnh nhân N.Q.T.`, `đối tượng tên Tr.`; no `nhà A.`"""
    dots = name.folded[0].count(".")
    is_role = role.entry["kind"] != "relation" or role.entry["name_only"] == "no"
    return dots > 1 or (dots == 1 and (is_role or at.search.startswith("tên ", role.start)))


def _is_part_of_name(at: Search, honorific: Cue) -> bool:
    """Whether "Anh" is no honorific: within a sentence, with a capital, before one word (`cú sút của Anh Mẫu`)."""
    before = at.plain[max(0, honorific.start - 2) : honorific.start]
    return at.plain.startswith("Anh", honorific.start) and before[:1].isalpha() and before[1:] == " "


def _ends_phrase(at: Search, name: Name) -> bool:
    """Whether a mark or what a person does follows a name."""
    following = at.search[name.end : name.end + 2]
    return not following[1:].isalpha() or starts_with_stop(at.search, name.end + 1, lexicon=at.lexicon)


def may_act(at: Search, name: Name) -> bool:
    """Whether a name of two words is told of as a person: named twice, and what it does follows (`Trương Mẫu khai`)."""
    if not starts_with_stop(at.search, name.end + 1, lexicon=at.lexicon):
        return False
    printed = at.plain[name.start : name.end]
    return at.plain.find(printed, name.end) != -1 or at.plain.find(printed, 0, name.start) != -1
