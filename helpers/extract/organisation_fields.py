"""Where the heads of organisations stand, and how far the field or name behind a head goes.

Sở [Nông nghiệp và Phát triển nông thôn]; Phòng [PC45]; Công ty [TNHH Hưng Nghiệp Formosa]; Quân khu [4]
"""

from __future__ import annotations

import regex

from helpers.extract.names import is_vietnamese
from helpers.extract.organisation_words import Head, KnownName, OrganisationWords
from helpers.extract.places import PlacesByType
from helpers.extract.span import Mention, Reading

MAX_TOPICS = 7
LEVEL_WORD = regex.compile(
    r"(tỉnh|thành phố|tp|thị xã|tx|huyện|quận|thị trấn|xã|phường|trung ương|quốc gia|tw)(?![\p{L}\p{N}])"
)
PLURAL = regex.compile(r"(?:các|những|[2-9]|\d\d|hai|ba|bốn|năm)\ ")
PLURAL_LETTERS, LEVEL_LETTERS = frozenset("cn23456789hb1"), frozenset("thqxp")
_NAME_TOKEN = regex.compile(r"(?:\p{Lu}[\p{L}\p{N}&'’.-]*|\d{1,4}[\p{L}-]*)(?<![.-])")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d&.-]*(?:\ &\ \p{Lu}+)?(?<![.&-])(?!\p{L})")
_UP_TO_SHORT_FORM = regex.compile(r"(?P<words>(?:\ \p{L}{1,9}){1,6})\ \(\p{Lu}[\p{Lu}&-]{2,9}\)")
#: Cơ quan Cảnh sát điều tra (CSĐT) Công an tỉnh
_SHORT_FORM = regex.compile(r"\((?:\p{Lu}|\d){2,8}\)\ (?=[\p{Lu}\p{Ll}])")
_NUMBER = regex.compile(r"(?:số\ )?(?:\d{1,4}|[IVX]{1,5})(?!\p{L}|[/\d])")
_FIELD_ENDS = frozenset(("", *" \n,.;:)(\"'"))
_TOPIC_LINK = regex.compile(r"(?:và|về|&|-|–) ")
#: heads that need two words of name: "Trường Chinh", "Trường Sơn" are none
_TWO_WORDS = frozenset(("trường", "báo", "đại học"))


class FieldReader:
    """The heads of one document, and what stands behind them."""

    def __init__(self, reading: Reading, words: OrganisationWords, places: list[Mention]) -> None:
        self.reading, self.words = reading, words
        self.plain, self.search = reading.plain, reading.search
        self.places = places
        self.by_type = PlacesByType(places)
        self.place_at = {m.start: i for i, m in enumerate(places)}
        #: start -> (end, name) of the names that are known as they stand
        self.names: dict[int, tuple[int, KnownName]] = {}
        #: start of a name -> type, where a word introduces what nobody knows: "tờ Marca"
        self.introduced: dict[int, str] = {}
        self.heads = self._find_heads()

    def _find_heads(self) -> dict[int, tuple[int, Head]]:
        search, plain, heads = self.search, self.plain, self.words.heads
        n_heads, n_names, behind = len(heads), len(heads) + len(self.words.names), f"{search} "
        found: dict[int, tuple[int, Head]] = {}
        for i, start, end in self.reading.find_words(self.words.surfaces):
            if i >= n_names:
                if plain[end : end + 1].isupper():
                    self.introduced[end] = self.words.openers[i - n_names]
                continue
            if behind[end].isalnum():
                continue
            if i >= n_heads:
                self.note_name(start, end, self.words.names[i - n_heads])
                continue
            head = heads[i]
            capital = head.capital
            is_upper = plain[start].isupper()
            if (
                capital != "no"
                and not (is_upper and capital != "only")
                and not self.is_printed_as_head(start, end, head)
            ):
                continue
            if (start not in found or found[start][0] < end) and (" " in head.surface or not self.ends_person(start)):
                found[start] = (end, head)
        return found

    def is_printed_as_head(self, start: int, end: int, head: Head) -> bool:
        """Whether a head that wants a capital has it, or may do without it here."""
        plain = self.plain
        if head.capital == "only":
            return plain[start:end].isupper()
        if head.capital == "field":
            if plain[end : end + 1] != " " or not plain[end + 1 : end + 2].isupper() or end + 1 in self.place_at:
                return False
            before = self.search.rfind(" ", max(0, start - 10), start - 1) + 1 if start > 1 else 0
            return self.search[before:end].lstrip('("\n') not in self.words.other_words  # "trụ sở Công an"
        # "chính phủ Thái Lan": another country's
        return head.level == "country" and " " in head.surface and self.is_abroad(end + 1)

    def is_abroad(self, start: int) -> bool:
        i = self.place_at.get(start)
        return (
            i is not None and self.places[i].fields["level"] == "country" and self.places[i].fields["place_id"] != "VN"
        )

    def note_name(self, start: int, end: int, name: KnownName) -> None:
        """Keeps a known name where it is printed as such, and introduced if it must be."""
        printed = self.plain[start:end]
        if printed != name.surface:
            # "Mobifone", "Liên hợp quốc"; but "is" and "ap" are no bodies
            is_variant = printed[0].isupper() and printed.casefold() == name.surface.casefold()
            if not (is_variant and name.alone and len(printed) > 3):
                return
        if not name.alone and self.introducer(start) is None:
            return
        if start not in self.names or self.names[start][0] < end:
            self.names[start] = (end, name)

    def introducer(self, start: int) -> tuple[str, bool] | None:
        """What the words just before `start` introduce: `tờ [Marca]`, `Ảnh: [Reuters]`."""
        end = start
        while end and self.search[end - 1] in ' "(:' and start - end < 4:
            end -= 1
        begin = max(0, end - 16)
        last = self.search.rfind(" ", begin, end) + 1
        if end == start or self.search[last:end].lstrip('("\n/') not in self.words.introducer_ends:
            return None
        words = self.search[begin:end].lstrip('("').split(" ")[-3:]
        found = (self.words.introducers.get(" ".join(words[-n:]).lstrip('("\n')) for n in (3, 2, 1))
        return next((f for f in found if f), None)

    def ends_person(self, start: int) -> bool:
        # "Nguyễn Quốc Trường - Đội trưởng": the last word of a person's name.
        end = start - 1
        for _ in range(3):
            if end < 1 or self.plain[end] != " ":
                return False
            at = self.plain.rfind(" ", max(0, end - 12), end) + 1
            if not self.plain[at].isupper():
                return False
            if self.search[at:end] in self.words.families:
                return True
            end = at - 1
        return False

    def gap(self, end: int) -> int:
        """Where the next word begins: behind one space, or an abbreviation in brackets; -1 at a mark."""
        if self.search[end : end + 1] != " ":
            return -1
        if self.search[end + 1 : end + 2] == "(" and (short := _SHORT_FORM.match(self.plain, end + 1)):
            return short.end()
        return end + 1

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
                stop = (
                    None if linked.end() in self.heads else self.one_topic(linked.end(), head, first=False, linked=True)
                )
            if stop is None:
                break
            n_words += self.search.count(" ", start, stop) + 1
            at = stop
            if head.follow == "name" and (place := self.place_after_field(at)):
                at = place
                break
        return end if head.surface in _TWO_WORDS and n_words < 2 and head.follow == "name" else at

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
        if acronym := _ACRONYM.match(self.plain, start):
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
