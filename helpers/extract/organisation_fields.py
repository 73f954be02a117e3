"""How far the field or name behind the head of an organisation goes.

Sở [Nông nghiệp và Phát triển nông thôn]; Phòng [PC45]; Công ty [TNHH Hưng Nghiệp Formosa]; Quân khu [4]
"""

from __future__ import annotations

import regex

from helpers.extract.names import is_vietnamese
from helpers.extract.organisation_sites import SiteReader
from helpers.extract.organisation_words import Head
from helpers.extract.span import Mention
from helpers.patterns import late

MAX_TOPICS, MAX_BRIDGED = 7, 6
LEVEL_WORD = late(
    regex.compile, r"(tỉnh|thành phố|tp|thị xã|tx|huyện|quận|thị trấn|xã|phường|trung ương|quốc gia|tw)(?![\p{L}\p{N}])"
)
PLURAL = regex.compile(r"(?:các|những|[2-9]|\d\d|hai|ba|bốn|năm)\ ")
PLURAL_LETTERS, LEVEL_LETTERS = frozenset("cn23456789hb1"), frozenset("thqxp")
_NAME_TOKEN = regex.compile(r"(?:\p{Lu}[\p{L}\p{N}&'’.-]*|\d{1,4}[\p{L}-]*)(?<![.-])")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d&.-]*(?:\ &\ \p{Lu}+)?(?<![.&-])(?!\p{L})")
_UP_TO_SHORT_FORM = late(regex.compile, r"(?P<words>(?:\ \p{L}{1,9}){1,6})\ \(\p{Lu}[\p{Lu}&-]{2,9}\)")
#: Bệnh viện E, Bệnh viện 108, Bệnh viện 19-8
_HOSPITAL_MARK = late(regex.compile, r"(?:[A-Z]|\d{2,3}|\d{1,2}[-/.]\d{1,2})(?![\p{L}\d%]|[-./,]\d)")
_NUMBER = late(regex.compile, r"(?:số\ )?(?:\d{1,4}|[IVX]{1,5})(?!\p{L}|[/\d])")
#: Ban Quản lý dự án 6, not: Ban Quản lý dự án 6 người
PROJECT_NUMBER = late(regex.compile, r"\d{1,3}(?=[,.;)\n]|$|\ \(|\ (?:và|đã|thuộc)\b)")
_FIELD_ENDS = frozenset(("", *" \n,.;:)(\"'"))
_TOPIC_LINK = regex.compile(r"(?:và|về|&|-|–) ")
#: heads that need two words of name: "Trường Chinh", "Trường Sơn" are none
_TWO_WORDS = frozenset(("trường", "báo", "đại học"))


class FieldReader(SiteReader):
    """Reads what stands behind the heads of one document."""

    def place_from(self, start: int) -> Mention | None:
        """The place that begins at `start`, or the first of a plural: `Công an các huyện Kỳ Anh,
        Cẩm Xuyên`."""
        i = self.place_at.get(start)
        if (
            i is None
            and self.search[start : start + 1] in PLURAL_LETTERS
            and (plural := PLURAL.match(self.search, start))
        ):
            level = LEVEL_WORD.match(self.search, plural.end())
            i = self.place_at.get(level.end() + 1) if level else None
        if i is None or self.places[i].fields["level"] in ("village", "street"):
            return None
        return self.places[i]

    def topic_end(self, end: int, head: Head) -> int:
        """Where what follows the head as its field or name ends."""
        at = end
        if head.follow == "number":
            number = _NUMBER.match(self.plain, self.gap(end)) if self.gap(end) > 0 else None
            return number.end() if number else end
        if head.follow == "name" and self.gap(end) in self.names:
            return self.names[self.gap(end)][0]  # "báo New York Times"
        n_words = 0
        for _ in range(MAX_TOPICS):
            start = self.gap(at)
            if not 0 < start < len(self.plain) or (start in self.place_at and (head.follow != "name" or at > end)):
                break
            stop = self.one_topic(start, head, first=at == end)
            if stop is None and at > end and (linked := _TOPIC_LINK.match(self.search, start, len(self.search) - 1)):
                ends = linked.end() in self.heads or self.search.startswith("ảnh:", linked.end())  # "A.F.C - Ảnh: CTV"
                stop = None if ends else self.one_topic(linked.end(), head, first=False, linked=True)
                if stop and linked[0] == "và " and head.follow == "name" and self.begins_word(linked.end(), stop):
                    stop = None  # "Tập đoàn Mẫu và Giám đốc"
            if stop is None:
                stop = self.bridge_end(start, head, is_capital=self.plain[end - len(head.surface)].isupper())
            if stop is None:
                break
            n_words += self.search.count(" ", start, stop) + 1
            at = stop
            if head.follow == "name" and (place := self.place_after_field(at)):
                at = place
                break
        return end if head.surface in _TWO_WORDS and n_words < 2 and head.follow == "name" else at

    def begins_word(self, start: int, end: int) -> bool:
        """Whether one capitalised word behind a link goes on in small letters: it begins a phrase of its own."""
        return (
            " " not in self.plain[start:end]
            and self.plain[end : end + 1] == " "
            and self.plain[end + 1 : end + 2].islower()
        )

    def bridge_end(self, start: int, head: Head, *, is_capital: bool) -> int | None:
        """The end of fields in small letters that lead to a proper name, a place or a level: `Công ty [sản xuất thương
        mại] Đại Nam`, `Ban Quản lý [công trình giao thông] tỉnh`; None where they lead nowhere."""
        at, is_name = start, head.follow == "name"
        for _ in range(MAX_BRIDGED):
            field_end = self.small_field(at, with_verbs=is_name)
            if field_end is None:
                return None
            at = self.gap(field_end)
            if at < 0 and self.search.startswith(", ", field_end):
                at = field_end + 2
                continue
            if not 0 < at < len(self.plain):
                return None
            if at in self.place_at:
                return field_end if is_capital or not is_name else None
            if is_name and self.plain[at].isupper() and at not in self.heads:
                word = self.search[at : at + 12].split(" ", 1)[0]
                return None if word in self.words.families or word in self.words.stops else field_end
            if not is_name and LEVEL_WORD.match(self.search, at):
                return field_end
            if link := _TOPIC_LINK.match(self.search, at):
                at = link.end()
        return None

    def small_field(self, start: int, *, with_verbs: bool) -> int | None:
        """The end of the longest field in small letters at `start`."""
        space = self.search.find(" ", start, start + 24)
        word = self.search[start : space if space > 0 else start + 24].rstrip(",.;:)")
        if not self.plain[start].islower():
            return None
        for topic in self.words.topic_words.get(word, ()):
            end = start + len(topic)
            if self.search.startswith(topic, start) and self.search[end : end + 1] in _FIELD_ENDS:
                after_field, after_head = self.words.topics[topic]
                if with_verbs or after_field or after_head:
                    return end
        return None

    def place_after_field(self, end: int) -> int | None:
        """The end of the words in small letters that part a company's field from its place: `Vận tải [ô tô] Hà Tĩnh`."""
        at = end
        for _ in range(2):
            space = self.search.find(" ", at + 1, at + 12)
            if space < 0 or self.search[at] != " " or not self.plain[at + 1].islower():
                return None
            word = self.search[at + 1 : space]
            if word in self.words.small_stops or not word.isalpha():
                return None
            at = space
            if at + 1 in self.place_at and self.places[self.place_at[at + 1]].fields["type"] is None:
                return at
        return None

    def one_topic(self, start: int, head: Head, *, first: bool, linked: bool = False) -> int | None:
        """The end of one field (or one word of a proper name) that begins at `start`."""
        is_capital = self.plain[start].isupper()
        space = self.search.find(" ", start, start + 24)
        word = self.search[start : space if space > 0 else start + 24].rstrip(",.;:)")
        for topic in self.words.topic_words.get(word, ()):
            topic_end = start + len(topic)
            if (
                self.search.startswith(topic, start)
                and self.search[topic_end : topic_end + 1] in _FIELD_ENDS
                and (is_capital or self.may_go_on(topic, head, first, linked))
            ):
                return topic_end
        if first and is_capital and head.follow == "topic" and self.is_foreign(start, word, head):
            return start + len(word)
        if first and head.type == "Bệnh viện" and (mark := _HOSPITAL_MARK.match(self.plain, start)):
            return None if self.search[mark.end() + 1 : mark.end() + 7] == "giường" else mark.end()
        may_be_acronym = is_capital and not self.plain[start + 1 : start + 2].islower()
        if may_be_acronym and (acronym := _ACRONYM.match(self.plain, start)):
            return acronym.end() if acronym.end() - start > 1 else None
        if is_capital and (end := self.compound_end(start, word, head, first=first)):
            return end
        if head.follow == "name" and not (start in self.place_at or start in self.heads or word in self.words.stops):
            token = _NAME_TOKEN.match(self.plain, start)
            return token.end() if token and (is_capital or not first) else None
        return None

    def is_foreign(self, start: int, word: str, head: Head) -> bool:
        """Whether a name from abroad follows a head: `Viện [Lowy]`, not `bộ Orion`."""
        if " " not in head.surface and self.plain[start - len(head.surface) - 1].islower():
            return False
        return (
            word.isalpha()
            and not self.plain[start : start + len(word)].isupper()
            and not (is_vietnamese(word) or start in self.place_at)
        )

    def end_before_short_form(self, end: int) -> int:
        """Where a name ends that goes on in small letters up to its short form: `Viện Nghiên cứu [chiến lược quốc tế] (IISS)`."""
        if self.search.find(" (", end, end + 40) < 0 or not (rest := _UP_TO_SHORT_FORM.match(self.plain, end)):
            return end
        return end if not self.words.small_stops.isdisjoint(rest["words"].split(" ")) else rest.end("words")

    def compound_end(self, start: int, word: str, head: Head, *, first: bool) -> int | None:
        """The end of a field that no lexicon holds: a capital and the small word that belongs to it, `[Giám định] [Pháp y]`,
        `[Gang thép] [Hưng nghiệp] Formosa`; None where a person or another name begins."""
        if word in self.words.families or word in self.words.stops or start in self.place_at or start in self.heads:
            return None
        if first and " " not in head.surface and head.follow == "topic":
            at = start - len(head.surface) - 1  # "Phòng Tổ Danh" is a person, "đội Thành phố" no body
            if self.plain[at].islower() or (
                at > 1
                and self.plain[at - 1] == " "
                and self.plain[at - 2].isalpha()
                and self.plain[self.plain.rfind(" ", 0, at - 1) + 1].isupper()
            ):
                return None
        end = start + len(word)
        if (
            not is_vietnamese(word)
            or self.plain[start : end + 1] != self.plain[start] + self.search[start + 1 : end] + " "
        ):
            return None
        second = self.search[end + 1 : end + 12].split(" ", 1)[0]
        small = second.rstrip(",.;:)(\"'")
        if not small or not self.plain[end + 1].islower() or small in self.words.small_stops or not small.isalpha():
            return None
        end += 1 + len(small)
        after = self.gap(end) if small == second else -1
        closed = after < 0 or after >= len(self.plain) or after in self.place_at
        if not closed:
            following = self.search[after : after + 12].split(" ", 1)[0]
            closed = following in self.words.small_stops and following != "và"
        goes_on = not closed and (self.plain[after].isupper() or self.search.startswith(("và ", "- ", "& "), after))
        if goes_on and after in self.heads and head.follow == "name":
            return None  # "Công ty Hưng Phát kiện Công ty …"
        if head.follow == "name":
            return end if goes_on else None  # "Bệnh viện Bạch Mai gồm"
        return end if closed or goes_on or " " in head.surface else None

    def may_go_on(self, topic: str, head: Head, first: bool, linked: bool) -> bool:
        # In small letters a field follows its head ("Đội an ninh") or a link; else only what can't be a verb:
        # "Sở NN-PTNT kiểm tra DNTN" ends at the abbreviation.
        after_field, after_head = self.words.topics[topic]
        return linked or after_field or (first and after_head and (head.capital != "no" or " " in head.surface))
