"""Reads the organisations of a document from left to right: head, field or name, level and
place, the larger one.

[Chi bộ [Đội An ninh - [Công an TX Kỳ Anh]]]: the whole is the mention; [Công an xã Kỳ Lợi], [Kỳ
Hà] and [Kỳ Hoa]
"""

from __future__ import annotations

import regex

from helpers.extract.organisation_fields import LEVEL_LETTERS, LEVEL_WORD, PROJECT_NUMBER
from helpers.extract.organisation_lists import ListReader
from helpers.extract.organisation_names import HOME, Organisation
from helpers.extract.organisation_words import Head
from helpers.extract.span import Mention
from helpers.patterns import late
from helpers.schema import LEVELS

_NO_LEVEL = late(
    regex.compile,
    r"(?:,| và|/) ?(?:xã|phường|huyện|thị|quận|thành|tỉnh)(?!\p{L})| (?:hội|đội|viên|nào|ủy|đoàn)(?!\p{L})",
)
_LINK = late(regex.compile, r"\s[-–]\s|,\s|\s\(|\s(?:thuộc|của)\s|\s")
#: a number alone only where the phrase ends behind it: "Bệnh viện Chợ Rẫy 2 ca"
_CAMPUS = late(regex.compile, r"\ (?:\(?(?:cơ sở|số)\ \d{1,2}\b\)?|\d(?=[,.;:)]|$|\n|\ (?:để|và|cơ)\b))")
#: Phòng Cảnh sát hình sự (PC45), Công an tỉnh
_CODE = late(regex.compile, r"\ \(\p{Lu}{1,4}-?\d{2,3}\)(?=[, ])")
_CANONICAL_LEVEL = {"tp": "thành phố", "tx": "thị xã", "tw": "trung ương"}
_LEVELS = {
    "tỉnh": "province",
    **dict.fromkeys(("thành phố", "thị xã", "huyện", "quận"), "district"),
    **dict.fromkeys(("thị trấn", "xã", "phường"), "commune"),
    **dict.fromkeys(("trung ương", "quốc gia"), "country"),
}
_PARTY_LEVELS = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "thị": "thị xã", "quận": "quận"}
#: heads that are followed by a name of their own
_NAMED = frozenset(("Công ty", "Công ty TNHH", "Công ty CP", "Tổng công ty", "Tập đoàn", "Bệnh viện", "DNTN"))


class OrganisationReader(ListReader):
    """Reads the organisations of one document from left to right."""

    def read(self) -> list[Organisation]:
        """All organisations, none within another but the parts of a list."""
        result: list[Organisation] = []
        at = 0
        for start in sorted({*self.heads, *self.names, *self.introduced}):
            if start < at:
                continue
            organisation = self.headed(start)
            if organisation is None or self.is_known(start, organisation):
                organisation = self.known(start) or organisation or self.unknown(start)
            if organisation is None:
                continue
            result.append(organisation)
            result += self.siblings(organisation)
            at = organisation.end
        return self.with_short_names(self.joined(result))

    def is_known(self, start: int, organisation: Organisation) -> bool:
        """Whether the name at `start` is known as it stands: `Ngân hàng Thế giới [Jim Mẫu]`."""
        if start not in self.names:
            return False
        end, name = self.names[start]
        return end > organisation.end or (" " in name.surface and organisation.place is None)

    def headed(self, start: int) -> Organisation | None:
        """The organisation whose head stands at `start`, with the one it belongs to."""
        if start not in self.heads or (organisation := self.parse(start)) is None:
            return None
        organisation = self.with_parent(organisation)
        if organisation.head.type == "Khoa" and organisation.rule == "head_and_place":
            return None  # every hospital has its "khoa Cấp cứu"
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
        if head.follow in ("unit", "topic") and depth < 3 and self.gap(end) in self.heads and head.type != "Khoa":
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
                if (
                    at is None
                    and head.type == "Ban Quản lý"
                    and (number := PROJECT_NUMBER.match(self.plain, self.gap(end)))
                ):
                    organisation.end = number.end()
                    organisation.key += " " + number[0]
                    return organisation
                if at is None or not (head.follow == "name" or head.type == "Ban Quản lý"):
                    return None
        return self.with_campus(self.with_place(organisation))

    def with_campus(self, organisation: Organisation) -> Organisation:
        """With the number of the house among several of one hospital or school: `Bệnh viện Bạch Mai [cơ sở 2]`."""
        if organisation.head.level != "site" or not (campus := _CAMPUS.match(self.search, organisation.end)):
            return organisation
        organisation.key += campus[0].replace("cơ sở ", "")
        organisation.end = campus.end()
        place = self.place_from(self.gap(organisation.end))
        if organisation.place is None and place is not None and place.fields["type"] is None:
            return self.with_place(organisation)  # "cơ sở 2 Hà Nam", but "cơ sở 2 xã Kim Chung" is where it stands
        return organisation

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
            if self.is_of_name(organisation, place):
                organisation.end = place.end  # "Công ty Cầu Vồng"
                return organisation
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
        elif self.search.startswith(HOME, organisation.end) and self.plain[organisation.end + 1].isupper():
            organisation.end += len(HOME)  # no place of its own: the name's last words
        elif organisation.head.follow == "party":
            self.infer_place(organisation, _PARTY_LEVELS[organisation.head.key.split(" ")[0]])
        elif organisation.head.follow in ("place", "unit"):
            organisation.bare = organisation.end == self.heads[organisation.start][0]
        return organisation

    def is_of_name(self, organisation: Organisation, place: Mention) -> bool:
        """Whether what reads as a site is the body's own name: `Bệnh viện [Chợ Rẫy]`."""
        if organisation.head.type not in _NAMED or place.rule != "type_and_name" or place.fields["level"] != "site":
            return False
        return self.plain[place.start].isupper()

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
        code = _CODE.match(self.plain, organisation.end)
        link = _LINK.match(self.plain, code.end() if code else organisation.end)
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
        if part.head.type == "Khoa":
            return parent.head.type in ("Bệnh viện", "Bệnh viện Đa khoa", "Trường Đại học", "Trung tâm Y tế")
        if part.head.type in ("Phòng", "Cơ quan CSĐT", "Văn phòng"):
            return parent.level in ("province", "country") or part.head.type != "Phòng"
        return part.head.type in ("Đội", "Chi bộ", "Tổ") and parent.level in ("district", "commune")

    def is_named(self, organisation: Organisation) -> bool:
        """Whether a head without place or field names one organisation here."""
        role = self.role_before(organisation.start)
        if role == "other":
            return False
        if organisation.head.follow == "name" and self.is_generic(organisation, role):
            return False
        if organisation.place or organisation.level_word:
            return not (role == "plural" and not organisation.place)
        if self.is_plural_of_names(organisation, role):
            return True
        if role or self.is_many(organisation.end):
            return False
        printed = self.plain[organisation.start]
        if organisation.bare:
            return printed.isupper() and organisation.head.follow == "place"
        return True

    def is_generic(self, organisation: Organisation, role: str | None) -> bool:
        """Whether small letters alone say what kind of body it is: `một công ty bảo hiểm`, `các công ty du lịch Việt Nam`."""
        end = organisation.place.start if organisation.place else organisation.end
        if not self.plain[organisation.start : end].islower() or organisation.head.level == "site":
            return False
        return organisation.place is None or role == "plural"
