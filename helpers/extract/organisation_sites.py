"""Where the heads of organisations stand, and the names that are known as they are printed.

[Sở] Nông nghiệp và Phát triển nông thôn; [Công ty] TNHH Hưng Nghiệp Formosa; [TTXVN]; tờ [Pravda Mẫu]
"""

from __future__ import annotations

import regex

from helpers.extract.names import is_vietnamese
from helpers.extract.organisation_words import Head, KnownName, OrganisationWords
from helpers.extract.places import PlacesByType
from helpers.extract.span import Mention, Reading
from helpers.patterns import late

#: Cơ quan Cảnh sát điều tra (CSĐT) Công an tỉnh
_SHORT_FORM = late(regex.compile, r"\((?:\p{Lu}|\d){2,8}\)\ (?=[\p{Lu}\p{Ll}])")


class SiteReader:
    """The heads and names of one document."""

    def __init__(self, reading: Reading, words: OrganisationWords, places: list[Mention]) -> None:
        self.reading, self.words = reading, words
        self.plain, self.search = reading.plain, reading.search
        self.places = places
        self.by_type = PlacesByType(places)
        self.place_starts = [m.start for m in places]
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
            if start > 1 and search[start - 1] in "&-/" and search[start - 2].isalnum() and plain[start:end].isupper():
                continue  # "73/2014/QĐ-UBND", "GD&ĐT"
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
            # "CA TP.HCM", but "CA BỆNH 323"
            following = plain[end + 1 : end + 12].split(" ", 1)[0]
            is_title = following.isupper() and is_vietnamese(following) and end + 1 not in self.place_at
            return plain[start:end].isupper() and not is_title
        if head.capital == "field":
            is_field = plain[end + 1 : end + 2].isupper() or head.type == "Khoa"  # "khoa hồi sức Bệnh viện Mẫu"
            if plain[end : end + 1] != " " or not is_field or end + 1 in self.place_at:
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
            if not (is_variant and len(printed) > 3 and (name.alone or self.introducer(start))):
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
            if end < 1 or self.plain[end] != " " or not self.plain[end - 1].isalnum():
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
