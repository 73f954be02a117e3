"""The words by which places are found: type words, what may stand between type and name, what denies a place.

huyện [Kỳ Anh]; cửa khẩu quốc tế [Cầu Treo]; Q.[1]; QL[8A]; but not yêu cầu [Bộ Công an], hợp tác
xã [Thạch Hà]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.names import name_words
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late
from helpers.schema import LEVELS

define(
    "place_types", surface=TEXT, type=TEXT, level=Column(values=LEVELS),
    numbered=Column(values=("yes", "no", "only")), capital=AMBIGUOUS, note=NOTE,
)  # fmt: skip
define("place_modifiers", surface=TEXT, level=Column(values=("unit", "site")), note=NOTE)
define("place_type_guards", type=TEXT, before=TEXT, note=NOTE)
define("place_denied_names", surface=TEXT, note=NOTE)
define(
    "place_contexts", surface=TEXT, role=Column(values=("support", "person", "holder", "other", "counted")), note=NOTE
)
define("place_followers", surface=TEXT, note=NOTE)
define("list_heads", surface=TEXT, note=NOTE)
define("place_heads", surface=TEXT, note=NOTE)
define("place_openers", surface=TEXT, note=NOTE)

UNIT_LEVELS = ("province", "district", "commune")
#: marks behind which a sentence begins: at once, or after up to three spaces
_OPENERS = frozenset('.!?…:\n"“‘([•*+')
_ENDS = tuple(".!?…:")


@dataclass(frozen=True, slots=True)
class PlaceType:
    """A type word: `numbered` says whether a number may ("yes") or must ("only") be the name;
    `capital` whether the
    word counts with a capital inside a sentence (Hồ is a family name)."""

    surface: str
    type: str
    level: str
    numbered: str
    capital: bool
    denied_before: frozenset[str]
    is_unit: bool


@dataclass(frozen=True, eq=False)
class PlaceWords:
    """All of a lexicon's words about places, folded and compiled."""

    types: tuple[PlaceType, ...]
    modifiers: regex.Pattern
    unit_modifiers: regex.Pattern
    #: the first words of modifiers
    modifier_words: frozenset[str]
    denied: frozenset[str]
    roles: dict[str, str]
    #: the last words of `roles`
    role_ends: frozenset[str]
    counted: frozenset[str]
    list_heads: frozenset[str]
    heads: frozenset[str]
    #: words that begin a sentence rather than end a name where a small letter follows
    openers: frozenset[str]
    common_areas: frozenset[str]
    #: a common name with the small word behind it that makes it another word: "pháp luật"
    followers: frozenset[str]
    #: the names of those
    followed: frozenset[str]
    families: frozenset[str]
    sure_families: frozenset[str]

    def role_before(self, plain: str, search: str, at: int) -> str | None:
        """The role of the longest known word that ends just before `at`: support, person, holder or other."""
        if at < 2 or search[at - 1] != " ":
            return None
        end = at - 1
        while end and search[end - 1] == " " and end > at - 4:
            end -= 1
        begin = max(0, at - 24)
        if search[search.rfind(" ", begin, end) + 1 : end].lstrip('("') not in self.role_ends:
            return None
        words = search[begin:end].rsplit(" ", 4)[-4:]
        for n in range(len(words), 0, -1):
            word = " ".join(words[-n:]).lstrip('("')
            if role := self.roles.get(word):
                # "Mặt trận Tổ quốc Việt Nam", but "phụ nữ Việt Nam"
                return None if role == "other" and plain[end - len(word)].islower() else role
        return None

    def pass_modifiers(self, plain: str, search: str, at: int, *, is_unit: bool) -> int:
        """Where the name begins behind the modifiers of a type word: `cửa khẩu quốc tế [Cầu Treo]`; `at` if none."""
        space = search.find(" ", at, at + 16)
        if space < 0 or search[at:space] not in self.modifier_words:
            return at
        modifiers = (self.unit_modifiers if is_unit else self.modifiers).match(search, at)
        if modifiers is None:
            return at
        # "cửa khẩu quốc tế Cầu Treo": with a capital the last one is a part of the name.
        last = search.rfind(" ", at, modifiers.end() - 1) + 1
        return last if last > at and plain[last].isupper() and not plain[at].isupper() else modifiers.end()

    def is_denied_type(self, plain: str, search: str, start: int, type_: PlaceType) -> bool:
        """Whether a type word is another word here: `yêu [cầu]`, `[Hồ] Ngọc Mẫu`."""
        if type_.denied_before:
            before = search[max(0, start - 10) : start].rstrip().rsplit(" ", 1)[-1].lstrip('("')
            if before in type_.denied_before:
                return True
        if type_.capital or not plain[start].isupper():
            return False
        # "Hồ Ngọc Mẫu, 38 tuổi": a family name, at the start of a sentence too.
        return type_.surface in self.families or not starts_sentence(plain, start)


def starts_sentence(plain: str, at: int) -> bool:
    """Whether a capital at `at` may be due to its position alone.

    >>> starts_sentence("Đi. Về", 4), starts_sentence("Đi Về", 3), starts_sentence("- Về", 2), starts_sentence("a - Về", 4)
    (True, False, False, True)
    """
    if at == 0:
        return True
    last = plain[at - 1]
    if last in _OPENERS:
        return True
    if not last.isspace():
        return False
    before = plain[max(0, at - 4) : at]
    if "\n" in before or before.rstrip()[-1:] in _ENDS:
        return True
    return at > 2 and plain[at - 2] in "-–" and plain[at - 3].isspace()


def ends_line(plain: str, at: int) -> bool:
    """Whether nothing but a full stop stands between `at` and the end of the line.

    >>> ends_line("Minh Anh.", 8), ends_line("Berlin, Đức. Ông", 11)
    (True, False)
    """
    rest = plain[at : at + 4].lstrip(" .")
    return rest[:1] == "\n" or (not rest and at + 4 >= len(plain))


@lru_cache(maxsize=4)
def place_words(lexicon: Lexicon) -> PlaceWords:
    """The place words of a lexicon; the same object each time."""
    guards: dict[str, set[str]] = {}
    for row in lexicon.entries("place_type_guards"):
        guards.setdefault(search_form(row["type"]), set()).add(search_form(row["before"]))
    types = tuple(
        PlaceType(
            search_form(row["surface"]), row["type"], row["level"], row["numbered"], row["capital"] == "yes",
            frozenset(guards.get(search_form(row["surface"]), ())), row["level"] in UNIT_LEVELS,
        )
        for row in lexicon.entries("place_types")
    )  # fmt: skip
    names = name_words(lexicon)
    contexts = lexicon.entries("place_contexts")
    followers = list(map(search_form, lexicon.surfaces("place_followers")))
    roles = {search_form(row["surface"]): row["role"] for row in contexts if row["role"] != "counted"}
    return PlaceWords(
        types=types,
        modifiers=_alternatives(lexicon, ("site", "unit")),
        unit_modifiers=_alternatives(lexicon, ("unit",)),
        modifier_words=frozenset(search_form(m).split(" ")[0] for m in lexicon.surfaces("place_modifiers")),
        denied=frozenset(map(search_form, lexicon.surfaces("place_denied_names"))),
        roles=roles,
        role_ends=frozenset(role.rsplit(" ", 1)[-1] for role in roles),
        counted=frozenset(search_form(row["surface"]) for row in contexts if row["role"] == "counted"),
        list_heads=frozenset(map(search_form, lexicon.surfaces("list_heads"))),
        heads=frozenset(map(search_form, lexicon.surfaces("place_heads"))),
        openers=frozenset(map(search_form, lexicon.surfaces("place_openers"))),
        common_areas=frozenset(
            search_form(row["surface"]) for row in lexicon.entries("place_areas") if row["common"] == "yes"
        ),
        followers=frozenset(followers),
        followed=frozenset(follower.rsplit(" ", 1)[0] for follower in followers),
        families=names.families,
        sure_families=names.sure_families,
    )


def _alternatives(lexicon: Lexicon, levels: tuple[str, ...]) -> regex.Pattern:
    rows = [search_form(r["surface"]) for r in lexicon.entries("place_modifiers") if r["level"] in levels]
    words = "|".join(regex.escape(w) for w in sorted(rows, key=len, reverse=True))
    return late(regex.compile, rf"(?:(?:{words})\ ){{1,3}}")
