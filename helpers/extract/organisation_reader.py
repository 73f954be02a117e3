"""Reads the organisations of a document from left to right: head, field or name, level and
place, the larger one.

[Chi bộ [Đội An ninh - [Công an TX Kỳ Anh]]]: the whole is the mention; [Công an xã Kỳ Lợi], [Kỳ
Hà] and [Kỳ Hoa]
"""

from __future__ import annotations

import regex

from helpers.extract.organisation_fields import LEVEL_LETTERS, LEVEL_WORD, PLURAL, PLURAL_LETTERS
from helpers.extract.organisation_names import NameReader, Organisation
from helpers.extract.organisation_words import Head
from helpers.extract.span import Mention
from helpers.schema import LEVELS

_NO_LEVEL = regex.compile(
    r"(?:,| và|/) ?(?:xã|phường|huyện|thị|quận|thành|tỉnh)(?!\p{L})| (?:hội|đội|viên|nào|ủy|đoàn)(?!\p{L})"
)
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


class OrganisationReader(NameReader):
    """Reads the organisations of one document from left to right."""

    def read(self) -> list[Organisation]:
        """All organisations, none within another but the parts of a list."""
        result: list[Organisation] = []
        at = 0
        for start in sorted({*self.heads, *self.names, *self.introduced}):
            if start < at:
                continue
            organisation = self.headed(start)
            if organisation is None or (start in self.names and self.names[start][0] > organisation.end):
                organisation = self.known(start) or organisation or self.unknown(start)
            if organisation is None:
                continue
            result.append(organisation)
            result += self.siblings(organisation)
            at = organisation.end
        return self.with_short_names(self.joined(result))

    def headed(self, start: int) -> Organisation | None:
        """The organisation whose head stands at `start`, with the one it belongs to."""
        if start not in self.heads or (organisation := self.parse(start)) is None:
            return None
        organisation = self.with_parent(organisation)
        return organisation if self.is_named(organisation) else None

    def parse(self, start: int, depth: int = 0) -> Organisation | None:
        """The organisation whose head stands at `start`, without the one it belongs to."""
        end, head = self.heads[start]
        organisation = Organisation(start, end, head, head.key, head.level)
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
                topic_end = self.end_before_short_form(topic_end)
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
        word = (
            LEVEL_WORD.match(self.search, start)
            if start > 0 and self.search[start : start + 1] in LEVEL_LETTERS
            else None
        )
        if word and self.is_level(word.end()):
            canonical = _CANONICAL_LEVEL.get(word[1], word[1])
            organisation.level_word = canonical
            organisation.end = word.end()
            organisation.level = _LEVELS[canonical]
            self.infer_place(organisation, canonical)
        elif organisation.head.follow == "party":
            self.infer_place(organisation, _PARTY_LEVELS[organisation.head.key.split(" ")[0]])
        elif organisation.head.follow in ("place", "unit"):
            organisation.bare = organisation.end == self.heads[organisation.start][0]
        return organisation

    def is_level(self, end: int) -> bool:
        """Whether a level word stands for the article's own unit, not at the head of a list of
        levels or a compound."""
        return not _NO_LEVEL.match(self.search, end)

    def infer_place(self, organisation: Organisation, word: str) -> None:
        words = ("tỉnh", "thành phố") if word == "tỉnh" else (word,)
        place = next((p for w in words if (p := self.by_type.nearest(w, organisation.start))), None)
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
        role = self.role_before(organisation.start)
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
        key = f"{head.key} | {unit}" if unit else f"{head.key} {place}"
        return Organisation(
            start, end, head, key, following.level, following.place, True, following.level_word,
            rule="shared_place",
        )  # fmt: skip
