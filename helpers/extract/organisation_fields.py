"""Where the heads of organisations stand, and how far the field or name behind a head goes.

Sở [Nông nghiệp và Phát triển nông thôn]; Phòng [PC45]; Công ty [TNHH Hưng Nghiệp Formosa]; Quân khu [4]
"""

from __future__ import annotations

import regex

from helpers.extract.organisation_words import Head, OrganisationWords
from helpers.extract.span import Mention, Reading

MAX_TOPICS = 7
_NAME_TOKEN = regex.compile(r"(?:\p{Lu}[\p{L}\p{N}&'’.-]*|\d{1,4}[\p{L}-]*)(?<![.-])")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d&.-]*(?:\ &\ \p{Lu}+)?(?<![.&-])(?!\p{L})")
_NUMBER = regex.compile(r"(?:số\ )?(?:\d{1,4}|[IVX]{1,5})(?!\p{L}|[/\d])")
_TOPIC_LINK = regex.compile(r"(?:và|về|&|-|–) ")
#: heads that need two words of name: "Trường Chinh", "Trường Sơn" are none
_TWO_WORDS = frozenset(("trường", "báo", "đại học"))


class FieldReader:
    """The heads of one document, and what stands behind them."""

    def __init__(self, reading: Reading, words: OrganisationWords, places: list[Mention]) -> None:
        self.plain, self.search, self.words = reading.plain, reading.search, words
        self.places = places
        self.place_at = {m.start: i for i, m in enumerate(places)}
        self.heads = self._find_heads()

    def _find_heads(self) -> dict[int, tuple[int, Head]]:
        search, plain = self.search, self.plain
        found: dict[int, tuple[int, Head]] = {}
        for i, start, end in self.words.automaton.find_matches_as_indexes(search, overlapping=True):
            if (start and search[start - 1].isalnum()) or (end < len(search) and search[end].isalnum()):
                continue
            head = self.words.heads[i]
            printed = plain[start:end]
            if " " not in head.surface and self.ends_person(start):
                continue
            if (head.capital == "yes" and not printed[0].isupper()) or (
                head.capital == "only" and not printed.isupper()
            ):
                continue
            if start not in found or found[start][0] < end:
                found[start] = (end, head)
        return found

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
        return end + 1 if self.search[end : end + 1] == " " else -1

    def topic_end(self, end: int, head: Head) -> int:
        """Where what follows the head as its field or name ends."""
        at = end
        if head.follow == "number":
            number = _NUMBER.match(self.plain, self.gap(end)) if self.gap(end) > 0 else None
            return number.end() if number else end
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
        return end if head.surface in _TWO_WORDS and n_words < 2 and head.follow == "name" else at

    def one_topic(self, start: int, head: Head, *, first: bool, linked: bool = False) -> int | None:
        """The end of one field (or one word of a proper name) that begins at `start`."""
        is_capital = self.plain[start].isupper()
        word = self.search[start : start + 24].split(" ", 1)[0].rstrip(",.;:)")
        if most := self.words.topic_words.get(word):
            text = self.search[start : start + 90].split("\n", 1)[0]
            parts = text.split(" ")[:most]
            while parts:
                topic = " ".join(parts)
                plain_topic = topic.rstrip(",.;:)(\"'")
                if plain_topic in self.words.topics and (
                    is_capital or self.may_go_on(plain_topic, head, first, linked)
                ):
                    return start + len(plain_topic)
                parts.pop()
        if acronym := _ACRONYM.match(self.plain, start):
            return acronym.end() if acronym.end() - start > 1 else None
        if head.follow == "name" and not (start in self.place_at or start in self.heads or word in self.words.stops):
            token = _NAME_TOKEN.match(self.plain, start)
            return token.end() if token and (is_capital or not first) else None
        return None

    def may_go_on(self, topic: str, head: Head, first: bool, linked: bool) -> bool:
        # In small letters a field follows its head ("Đội an ninh") or a link; else only what can't be a verb:
        # "Sở NN-PTNT kiểm tra DNTN" ends at the abbreviation.
        after_field, after_head = self.words.topics[topic]
        return linked or after_field or (first and after_head and (head.capital != "no" or " " in head.surface))
