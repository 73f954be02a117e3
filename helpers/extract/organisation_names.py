"""Organisations told by their name, not by a head: known ones, those a word introduces, and short names.

    [TTXVN]; [Samsung Việt Nam]; tờ [Pravda Sample]; Viện Nghiên cứu Mẫu ([VNM]), and later [VNM]

Words: organisation_names.csv, organisation_introducers.csv.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import regex

from helpers.extract.names import is_vietnamese
from helpers.extract.organisation_fields import FieldReader
from helpers.extract.organisation_words import Head
from helpers.extract.place_hits import NAME
from helpers.extract.span import Mention
from helpers.patterns import late

MAX_INTRODUCED_WORDS, MAX_SHORT_NAMES = 4, 100
_SHORT_NAME = late(regex.compile, r" \((?:(?:gọi|viết) tắt (?:là )?)?(\p{Lu}(?:[\p{Lu}&-]{1,9}|\p{L}{3,13}))\)")
#: types whose names take the country they act in: "Samsung Việt Nam"
_WITH_COUNTRY = ("Công ty", "Cơ quan nước ngoài")
HOME = " việt nam"


@dataclass(slots=True)
class Organisation:
    """One organisation as read: `key` joins its spellings, `place` is its place mention, `bare`
    one named by its head alone."""

    start: int
    end: int
    head: Head
    key: str
    level: str | None
    place: Mention | None = None
    place_inferred: bool = False
    level_word: str | None = None
    bare: bool = False
    rule: str = "head_and_place"
    name: str | None = None


def _by_start(organisation: Organisation) -> int:
    return organisation.start


class NameReader(FieldReader):
    """Reads the organisations of one document that are told by their name."""

    def known(self, start: int) -> Organisation | None:
        """The organisation known by the name at `start`, with the country it is of: `[Samsung Việt Nam]`."""
        if start not in self.names or self.is_inside_place(start):
            return None
        end, name = self.names[start]
        place = self.place_from(self.gap(end)) if name.type in _WITH_COUNTRY else None
        if place is None and name.type == "Công ty" and self.search.startswith(HOME, end):
            end += len(HOME)  # no place of its own: a longer name's last words
        if place is None and name.type == "Công ty" and self.is_product(end):
            return None
        head = Head(name.surface, name.type, "none", None, "no")
        key = f"{name.name.casefold()} {place.entity_id if place else ''}".strip()
        return Organisation(start, place.end if place else end, head, key, None, place, rule="known_name")

    def is_inside_place(self, start: int) -> bool:
        """Whether a name is a part of a place's: `bản Hang [Kia]`."""
        i = bisect_left(self.place_starts, start) - 1
        return i >= 0 and self.places[i].end > start and self.places[i].fields["level"] != "site"

    def unknown(self, start: int) -> Organisation | None:
        """The organisation that a word introduces by a name nobody knows: `tờ [Pravda Sample]`."""
        if start not in self.introduced or start in self.place_at:
            return None
        name = NAME.match(self.plain, start)
        if name is None or name[0].count(" ") >= MAX_INTRODUCED_WORDS:
            return None
        head = Head(name[0], self.introduced[start], "none", None, "no")
        return Organisation(start, name.end(), head, name[0].casefold(), None, rule="introduced_name")

    def is_product(self, end: int) -> bool:
        """Whether what a maker makes follows its name: `Samsung Galaxy`, `BMW 5-Series`."""
        following = self.plain[end + 1 : end + 14].split(" ", 1)[0] if self.gap(end) > 0 else ""
        if not following[:1].isupper() and not following[:1].isdigit():
            return False
        return following[:1].isdigit() or not is_vietnamese(following.rstrip(".,;:)"))

    def is_short_name(self, start: int, end: int) -> bool:
        """Whether brackets hold a short name: capitals, or one word that is no Vietnamese, and no place: `(Tedi)`."""
        name = self.plain[start:end]
        return name.isupper() or not (start in self.place_at or start in self.names or is_vietnamese(name))

    def with_short_names(self, organisations: list[Organisation]) -> list[Organisation]:
        """With the short names that the article gives: `Viện Nghiên cứu Mẫu ([VNM])`, and where they stand again."""
        bound: dict[str, Organisation] = {}
        for organisation in organisations:
            if not self.plain.startswith(" (", organisation.end) or len(bound) == MAX_SHORT_NAMES:
                continue
            if (short := _SHORT_NAME.match(self.plain, organisation.end)) and self.is_short_name(*short.span(1)):
                bound.setdefault(short[1], organisation)
        if not bound:
            return organisations
        taken = sorted((o.start, o.end) for o in organisations)
        starts = [start for start, _ in taken]
        found: list[Organisation] = []
        for name, owner in bound.items():
            at = self.plain.find(name, owner.end)
            while at >= 0:
                end = at + len(name)
                i = bisect_right(starts, at)
                is_free = not (i and taken[i - 1][1] > at) and not (i < len(taken) and taken[i][0] < end)
                if is_free and not (self.plain[at - 1].isalnum() or self.plain[end : end + 1].isalnum()):
                    found.append(Organisation(at, end, owner.head, owner.key, owner.level, owner.place,
                                              owner.place is not None, rule="short_name"))  # fmt: skip
                at = self.plain.find(name, end)
        return sorted(organisations + found, key=_by_start)
