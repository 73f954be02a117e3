"""Reads the organisations of a document from left to right: head, field or name, level and
place, the larger one.

[Chi bộ [Đội An ninh - [Công an TX Kỳ Anh]]]: the whole is the mention; [Công an xã Kỳ Lợi], [Kỳ
Hà] and [Kỳ Hoa]
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from helpers.extract.organisation_fields import FieldReader
from helpers.extract.organisation_words import Head
from helpers.extract.places import nearest_unit
from helpers.extract.span import Mention
from helpers.normalize import search_form
from helpers.schema import LEVELS

_LEVEL_WORD = regex.compile(
    r"(tỉnh|thành phố|tp|thị xã|tx|huyện|quận|thị trấn|xã|phường|trung ương|quốc gia|tw)(?![\p{L}\p{N}])"
)
_NO_LEVEL = regex.compile(
    r"(?:,| và|/) ?(?:xã|phường|huyện|thị|quận|thành|tỉnh)(?!\p{L})| (?:hội|đội|viên|nào|ủy|đoàn)(?!\p{L})"
)
_PLURAL = regex.compile(r"(?:các|những|[2-9]|\d\d|hai|ba|bốn|năm)\ ")
_LINK = regex.compile(r"\s[-–]\s|,\s|\s\(|\s(?:thuộc|của)\s|\s")
_JOINT = regex.compile(r",\s|\s[-–]\s|\svà\s")
_CANONICAL_LEVEL = {"tp": "thành phố", "tx": "thị xã", "tw": "trung ương"}
_LEVELS = {
    "tỉnh": "province",
    **dict.fromkeys(("thành phố", "thị xã", "huyện", "quận"), "district"),
    **dict.fromkeys(("thị trấn", "xã", "phường"), "commune"),
    **dict.fromkeys(("trung ương", "quốc gia"), "country"),
}
_PARTY_LEVELS = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "thị": "thị xã", "quận": "quận"}
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


class OrganisationReader(FieldReader):
    """Reads the organisations of one document from left to right."""

    def read(self) -> list[Organisation]:
        """All organisations, none within another but the parts of a list."""
        result: list[Organisation] = []
        at = 0
        for start in sorted(self.heads):
            if start < at:
                continue
            organisation = self.parse(start)
            if organisation is None:
                continue
            organisation = self.with_parent(organisation)
            if not self.is_named(organisation):
                continue
            result.append(organisation)
            result += self.siblings(organisation)
            at = organisation.end
        return self.joined(result)

    def parse(self, start: int, depth: int = 0) -> Organisation | None:
        """The organisation whose head stands at `start`, without the one it belongs to."""
        end, head = self.heads[start]
        organisation = Organisation(start, end, head, search_form(head.type), head.level)
        if head.follow == "none":
            if (
                head.level == "country"
                and (place := self.place_from(self.gap(end)))
                and place.fields["level"] == "country"
            ):
                # "Chính phủ Colombia": another country's
                organisation.place, organisation.end = place, place.end
                organisation.key += f" {place.entity_id}"
            return organisation
        if head.follow in ("unit", "topic") and depth < 3 and self.gap(end) in self.heads:
            inner = self.parse(self.gap(end), depth + 1)
            if inner and (head.follow == "unit" or inner.head.type in self.words.parents) and not inner.bare:
                return self.nested(organisation, inner, "head_of_unit")
        if head.follow in ("topic", "name", "unit", "number"):
            topic_end = self.topic_end(end, head)
            if topic_end > end:
                organisation.end = topic_end
                organisation.key += " " + self.search[end + 1 : topic_end].replace("-", " ")
            elif head.follow in ("topic", "name", "number"):
                at = self.place_at.get(self.gap(end))
                if head.follow != "name" or at is None:
                    return None
        return self.with_place(organisation)

    def nested(self, outer: Organisation, inner: Organisation, rule: str) -> Organisation:
        """`outer` as a part of `inner`."""
        closing = 1 if rule == "head_in_unit" and self.plain[inner.start - 1 : inner.start] == "(" else 0
        end = inner.end + closing if self.plain[inner.end : inner.end + closing] == ")" else inner.end
        return Organisation(
            outer.start, end, outer.head, f"{outer.key} | {inner.key}", inner.level or outer.level,
            inner.place, inner.place_inferred, inner.level_word, False, rule,
        )  # fmt: skip

    def with_place(self, organisation: Organisation) -> Organisation:
        """With the level word or the place that follows, or the one that the head implies."""
        start = self.gap(organisation.end)
        if organisation.head.type.endswith("cấp cao") and self.search.startswith("tại ", start):
            start += len("tại ")
        if start > 0 and (place := self.place_from(start)):
            organisation.place = place
            organisation.end = place.end
            organisation.level = self.level_of(organisation.head, place)
            organisation.key += f" {place.entity_id}"
            return organisation
        word = _LEVEL_WORD.match(self.search, start) if start > 0 else None
        if word and self.is_level(word.end()):
            canonical = _CANONICAL_LEVEL.get(word[1], word[1])
            organisation.level_word = canonical
            organisation.end = word.end()
            organisation.level = _LEVELS[canonical]
            self.infer_place(organisation, canonical)
        elif organisation.head.follow == "party":
            self.infer_place(organisation, _PARTY_LEVELS[search_form(organisation.head.type).split(" ")[0]])
        elif organisation.head.follow in ("place", "unit"):
            organisation.bare = organisation.end == self.heads[organisation.start][0]
        return organisation

    def place_from(self, start: int) -> Mention | None:
        """The place that begins at `start`, or the first of a plural: `Công an các huyện Kỳ Anh,
        Cẩm Xuyên`."""
        i = self.place_at.get(start)
        if i is None and (plural := _PLURAL.match(self.search, start)):
            level = _LEVEL_WORD.match(self.search, plural.end())
            i = self.place_at.get(level.end() + 1) if level else None
        if i is None or self.places[i].fields["level"] in ("village", "street"):
            return None
        return self.places[i]

    def is_level(self, end: int) -> bool:
        """Whether a level word stands for the article's own unit, not at the head of a list of
        levels or a compound."""
        return not _NO_LEVEL.match(self.search, end)

    def infer_place(self, organisation: Organisation, word: str) -> None:
        words = ("tỉnh", "thành phố") if word == "tỉnh" else (word,)
        place = next((p for w in words if (p := nearest_unit(w, organisation.start, self.places))), None)
        if place is not None:
            organisation.place, organisation.place_inferred = place, True
            organisation.key += f" {place.entity_id}"
        else:
            organisation.key += f" {word}"

    def level_of(self, head: Head, place: Mention) -> str | None:
        level = place.fields["level"]
        return head.level if head.level and head.follow != "topic" else level if level in LEVELS else head.level

    def with_parent(self, organisation: Organisation) -> Organisation:
        """Joined with the organisation it is a part of: `Đội An ninh - Công an TX Kỳ Anh`."""
        if organisation.head.type not in self.words.parts or (organisation.place and not organisation.place_inferred):
            return organisation
        link = _LINK.match(self.plain, organisation.end)
        if link is None or link.end() not in self.heads:
            return organisation
        parent = self.parse(link.end())
        if parent is None or parent.bare or parent.head.type not in self.words.parents:
            return organisation
        if link[0].startswith(",") and not self.may_belong(organisation, parent):
            return organisation
        return self.nested(organisation, self.with_parent(parent), "head_in_unit")

    def may_belong(self, part: Organisation, parent: Organisation) -> bool:
        # "Phòng Cảnh sát ma túy, Công an huyện Hương Sơn" are two: a phòng is of the province, an đội of the
        # district.
        if part.head.type in ("Phòng", "Cơ quan CSĐT", "Văn phòng"):
            return parent.level in ("province", "country") or part.head.type != "Phòng"
        return part.head.type in ("Đội", "Chi bộ", "Tổ") and parent.level in ("district", "commune")

    def is_named(self, organisation: Organisation) -> bool:
        """Whether a head without place or field names one organisation here."""
        before = self.search[max(0, organisation.start - 24) : organisation.start].rstrip().split(" ")[-2:]
        role = self.words.guards.get(" ".join(before).lstrip('("')) or self.words.guards.get(
            before[-1].lstrip('("') if before else ""
        )
        if role == "other":
            return False
        if organisation.place or organisation.level_word:
            return not (role == "plural" and not organisation.place)
        if role or self.is_many(organisation.end):
            return False
        printed = self.plain[organisation.start]
        if organisation.bare:
            return printed.isupper() and organisation.head.follow == "place"
        return True

    def is_many(self, end: int) -> bool:
        # "Công an các phường": no list of names follows
        return bool(self.gap(end) > 0 and _PLURAL.match(self.search, self.gap(end)))

    def siblings(self, first: Organisation) -> list[Organisation]:
        """The further ones of a list that shares its head: `Công an xã Kỳ Lợi, Kỳ Hà, Kỳ Hoa`."""
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

    def joined(self, organisations: list[Organisation]) -> list[Organisation]:
        """With heads that share the place of the next one: `HĐND, UBND tỉnh`, `Thường trực, Ban
        Thường vụ Thị ủy`."""
        by_start = {o.start: o for o in organisations}
        for start, (end, head) in self.heads.items():
            joint = _JOINT.match(self.plain, end) if head.type in _SHARING else None
            following = by_start.get(joint.end()) if joint else None
            alone = start not in by_start or by_start[start].bare
            if alone and following and (following.place or following.level_word):
                by_start[start] = self.sharing(start, end, head, following)
        return sorted(by_start.values(), key=lambda o: o.start)

    def sharing(self, start: int, end: int, head: Head, following: Organisation) -> Organisation:
        """The organisation of `head` in the unit or at the place of the one that follows."""
        _, _, unit = following.key.partition(" | ")
        place = following.place.entity_id if following.place else following.level_word
        key = f"{search_form(head.type)} | {unit}" if unit else f"{search_form(head.type)} {place}"
        return Organisation(
            start, end, head, key, following.level, following.place, True, following.level_word,
            rule="shared_place",
        )  # fmt: skip
