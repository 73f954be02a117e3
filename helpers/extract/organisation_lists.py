"""Organisations that share words with another: a head, `Công an xã Kỳ Lợi, [Kỳ Hà]`; a place, `[HĐND], UBND tỉnh`.

The words before a head tell one body from many: `các bệnh viện Bạch Mai, [Việt Đức]`, but `các bệnh viện tuyến huyện`.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from helpers.extract.organisation_fields import PLURAL, PLURAL_LETTERS
from helpers.extract.organisation_names import NameReader, Organisation
from helpers.extract.organisation_words import Head
from helpers.extract.place_hits import NAME
from helpers.patterns import late

MAX_SIBLINGS = 20
_IN_LIST = late(regex.compile, r",\s|\svà\s")
_JOINT = late(regex.compile, r",\s|\s[-–]\s|\svà\s")
#: heads that share the place of the next: "HĐND, UBND tỉnh"
_SHARING = frozenset(
    (
        "HĐND",
        "UBND",
        "Đảng ủy",
        "MTTQ",
        "Thường trực",
        "Thường trực HĐND",
        "Ban Thường vụ",
        "Ban Chấp hành",
        "Viện KSND",
    )
)


class ListReader(NameReader):
    """Reads the organisations of one document that stand in lists."""

    def is_plural_of_names(self, organisation: Organisation, role: str | None) -> bool:
        """Whether a plural heads a list of names: `các bệnh viện Bạch Mai, Việt Đức`."""
        name = self.plain[organisation.start + len(organisation.head.surface) + 1 : organisation.end]
        return role == "plural" and organisation.head.follow == "name" and name[:1].isupper()

    def role_before(self, start: int) -> str | None:
        """What the words before a head make of it: generic, plural or other."""
        end = start - 1
        if end < 1 or self.search[end] != " ":
            return None
        at = self.search.rfind(" ", max(0, end - 12), end) + 1
        last = self.search[at:end].lstrip('("\n')
        if last not in self.words.guard_ends:
            return None
        guards = self.words.guards
        before = self.search[self.search.rfind(" ", max(0, at - 12), max(0, at - 1)) + 1 : end]
        return guards.get(before.lstrip('("\n')) or guards.get(last)

    def is_many(self, end: int) -> bool:
        # "Công an các phường": no list of names follows
        start = self.gap(end)
        return start > 0 and self.search[start : start + 1] in PLURAL_LETTERS and bool(PLURAL.match(self.search, start))

    def siblings(self, first: Organisation) -> list[Organisation]:
        """The further ones of a list that shares its head: `Công an xã Kỳ Lợi, Kỳ Hà, Kỳ Hoa`."""
        if self.is_plural_of_names(first, self.role_before(first.start)):
            return self.named_siblings(first)
        if first.place is None or first.place_inferred or first.rule != "head_and_place":
            return []
        result = []
        i = self.place_at[first.place.start] + 1
        while i < len(self.places) and (place := self.places[i]).rule == "shared_type":
            key = first.key.rsplit(" place:", 1)[0] + f" {place.entity_id}"
            type_ = place.fields["type"]
            head = self.plain[first.start : first.start + len(first.head.surface)]
            result.append(
                Organisation(
                    place.start, place.end, first.head, key, place.fields["level"], place, rule="shared_head",
                    name=f"{head} {type_} {place.fields['name']}",
                )
            )  # fmt: skip
            i += 1
        return result

    def named_siblings(self, first: Organisation) -> list[Organisation]:
        """The further names behind a plural head: `các bệnh viện Bạch Mai, [Việt Đức] và [Chợ Rẫy]`."""
        result: list[Organisation] = []
        at = first.end
        while len(result) < MAX_SIBLINGS and (gap := _IN_LIST.match(self.plain, at)):
            start = gap.end()
            name = NAME.match(self.plain, start)
            if name is None or start in self.heads or start in self.names:
                break
            at = name.end()
            key = f"{first.head.key} {self.search[start:at]}"
            result.append(Organisation(start, at, first.head, key, first.level, rule="shared_head"))
        return result

    def joined(self, organisations: list[Organisation]) -> list[Organisation]:
        """With heads that share the place of the next one: `HĐND, UBND tỉnh`, `Thường trực, Ban
        Thường vụ Thị ủy`."""
        by_start = {o.start: o for o in organisations}
        starts = [o.start for o in organisations]
        for start, (end, head) in self.heads.items():
            joint = _JOINT.match(self.plain, end) if head.type in _SHARING else None
            if joint and (i := bisect_left(starts, start)) and organisations[i - 1].end > start:
                continue  # "Ủy ban Trung ương [Mặt trận Tổ quốc Việt Nam], Phòng ..." is a part of the whole
            following = by_start.get(joint.end()) if joint else None
            alone = start not in by_start or by_start[start].bare
            if alone and following and (following.place or following.level_word):
                by_start[start] = self.sharing(start, end, head, following)
        return sorted(by_start.values(), key=lambda o: o.start)

    def sharing(self, start: int, end: int, head: Head, following: Organisation) -> Organisation:
        """The organisation of `head` in the unit or at the place of the one that follows."""
        _, _, unit = following.key.partition(" | ")
        place = following.place.entity_id if following.place else following.level_word
        key = f"{head.key} | {unit}" if unit else f"{head.key} {place}"
        return Organisation(
            start, end, head, key, following.level, following.place, True, following.level_word,
            rule="shared_place",
        )  # fmt: skip
