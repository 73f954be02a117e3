"""Addresses, read from the larger unit back to what stands before it.

    [Xuân Yên], huyện Nghi Xuân; ở [Lưu Vệ], Quảng Xương; số 38 [Hàng Da], phường Hàng Bông; tại [Muju], Hàn Quốc

A name that the gazetteer holds needs a mark before it, one that nobody knows a preposition or a smaller unit, a street
its house number.
"""

from __future__ import annotations

import regex

from helpers.extract.gazetteer import Gazetteer, search_key
from helpers.extract.place_hits import NAME, Hit
from helpers.extract.place_words import PlaceWords
from helpers.patterns import late

MAX_NAME_WORDS, MAX_LISTED = 5, 20
_IN_LIST = late(regex.compile, r",\ (?:và\ )?|\ và\ ")
_REACH = 48
#: words behind which an unknown name beside a known one is a place
_PLACED = frozenset(("tại", "ở", "trú", "ngụ", "quê", "quán", "thuộc", "chỉ", "bàn"))
#: those behind which no person's name stands
_AT = frozenset(("tại", "ở"))
#: words before a house number
_NUMBERED = frozenset((*_PLACED, "số", "nhà", "sạn", "hàng", "quán", "tiệm", "nghỉ", "đường", "phố"))
_DASHES = (" - ", " – ")
_LEVEL_BELOW = {"country": "district", "province": "commune", "district": "commune", "commune": "village"}
#: what may close a word that begins a run: ở (Lưu Vệ
_OPENING = '\n("“'


class AddressChains:
    """Reads one document from known places backwards."""

    plain: str
    search: str
    words: PlaceWords
    gazetteer: Gazetteer
    taken: bytearray
    organisation_heads: frozenset[str]

    def name_before(self, parent: Hit) -> tuple[int, int] | None:
        """The span of an untyped name whose parent stands behind it: `Xuân Yên, huyện Nghi Xuân`."""
        end = self.link_before(parent.start)
        if end < 4 or self.taken[end - 1] or not self.plain[end - 1].isalnum():
            return None
        start, before = self.run_before(end, max(0, parent.start - _REACH))
        if start < 0 or not (before in ("", "và") or before in _PLACED):
            return None
        named = self.gazetteer.by_name.get(search_key(self.search[start:end]), ())
        if end - start < 8 and " " not in self.plain[start:end]:
            named = [p for p in named if p.level == "district"]  # "Vinh, Nghệ An"; single syllables are too common
        ids = {p.place_id for p in parent.found}
        return (start, end) if any(ids & self.gazetteer.ancestors(p) for p in named) else None

    def unknown_before(self, parent: Hit) -> Hit | None:
        """The street or the place nobody knows before a larger one: `38 [Hàng Da], phường Hàng Bông`."""
        end = self.link_before(parent.start)
        if end < 4 or self.taken[end - 1] or not self.plain[end - 1].isalnum():
            return None
        start, before = self.run_before(end, max(0, parent.start - _REACH))
        if start < 0:
            return None
        tokens = self.search[start:end].split(" ")
        key = search_key(self.search[start:end])
        if self.is_house_number(before, start):
            return Hit(start, start, end, key, None, "street", [], "house_number") if len(tokens) > 1 else None
        if not (before in _PLACED or self.goes_on(start, parent)) or not self.may_be_place(start, end, tokens, parent):
            return None
        # "ở Lê Chân Mẫu, Hà Nội": a street takes a person's name
        is_person = tokens[0] in self.words.sure_families
        if is_person and before not in _AT:
            return None
        level = "street" if is_person else _LEVEL_BELOW[parent.level]
        return Hit(start, start, end, key, None, level, [], "beside_parent")

    def listed_from(self, start: int) -> list[Hit]:
        """The names nobody knows of a list behind a preposition that holds a known one: `ở Bến Nghé, [Cây Khô], Phú Định`."""
        if (
            self.search[self.search.rfind(" ", max(0, start - 8), start - 1) + 1 : start - 1].lstrip(_OPENING)
            not in _AT
        ):
            return []
        items: list[tuple[int, int]] = []
        at = start
        while len(items) < MAX_LISTED and (run := NAME.match(self.plain, at)):
            tokens = self.search[at : run.end()].split(" ")
            if (
                not 2 <= len(tokens) <= 3
                or tokens[0] in self.words.sure_families
                or not self.is_plain_name(run[0], tokens)
            ):
                return []
            items.append(run.span())
            gap = _IN_LIST.match(self.plain, run.end())
            if gap is None:
                break
            at = gap.end()
        known = [
            bool(self.taken[begin]) or search_key(self.search[begin:end]) in self.gazetteer.by_name
            for begin, end in items
        ]
        if len(items) < 3 or not any(known):
            return []
        return [Hit(b, b, e, search_key(self.search[b:e]), None, "commune", [], "listed")
                for (b, e), is_known in zip(items, known, strict=True) if not is_known]  # fmt: skip

    def is_plain_name(self, printed: str, tokens: list[str]) -> bool:
        """Whether capitalised words are neither an abbreviation nor the head of a body."""
        if any(w.isupper() and len(w) > 1 for w in printed.split(" ")):
            return False
        return not any(" ".join(tokens[:n]) in self.organisation_heads for n in (1, 2, 3))

    def goes_on(self, start: int, parent: Hit) -> bool:
        """Whether a smaller unit stands before: `xóm Hội, [Hạ Lôi], Mê Linh`."""
        return (
            parent.rule != "bare_area" and self.plain.endswith(", ", 0, start) and bool(self.taken[max(0, start - 3)])
        )

    def may_be_place(self, start: int, end: int, tokens: list[str], parent: Hit) -> bool:
        """Whether a run of capitals nobody knows may be a place: neither a person nor a body, nor an abbreviation."""
        if not 1 < len(tokens) + (parent.rule == "bare_area") < 5:
            return False
        if parent.key in self.words.common_areas or any(p.level == "region" for p in parent.found):
            return False
        return self.is_plain_name(self.plain[start:end], tokens)

    def follows_house_number(self, start: int, end: int) -> bool:
        """Whether a name of the gazetteer is a street's here: `trú 157 [Hai Bà Trưng], Phủ Lý`."""
        if not self.plain[start - 2].isalnum() or not self.plain.startswith((", ", " ("), end):
            return False
        at = self.plain.rfind(" ", max(0, start - 12), start - 1) + 1
        return self.is_house_number(self.search[at : start - 1], start)

    def is_house_number(self, before: str, start: int) -> bool:
        """Whether the word before a name is a house number: `số 38 [Hàng Da]`, `ở 12/5B [Lê Lai]`."""
        if not before[:1].isdigit() or len(before) > 9 or not before.replace("/", "").rstrip("abcdefgh").isdecimal():
            return False
        at = start - len(before) - 1
        if at < 2 or self.taken[at]:
            return False
        if self.plain[at - 1] in "(:":
            return True
        return self.search[self.search.rfind(" ", max(0, at - 12), at - 1) + 1 : at - 1].lstrip(_OPENING) in _NUMBERED

    def link_before(self, start: int) -> int:
        """The end of what stands before a mark that leads to a parent: `Xuân Yên[,] huyện`; -1 where there is none."""
        plain, end = self.plain, start
        last = plain[end - 1 : end]
        if last == "(":
            return end - 1 - (plain[end - 2 : end - 1] == " ")
        if last != " ":
            return -1
        if plain[end - 2 : end - 1] == ",":
            return end - 2
        return end - 3 if plain.endswith(_DASHES, 0, end) else -1

    def run_before(self, end: int, least: int) -> tuple[int, str]:
        """Where the capitalised words that end at `end` begin, and the word before them: nothing at a mark; -1 where
        there are none."""
        plain, stop, begin = self.plain, end, -1
        for _ in range(MAX_NAME_WORDS + 1):
            space = plain.rfind(" ", least, stop)
            if space < 0 and least:
                break
            word = plain[space + 1 : stop]
            opened = 0 if word.isalnum() else max(map(word.rfind, _OPENING)) + 1
            token = word[opened:]
            if token[:1].isupper():
                begin = space + 1 + opened
                if opened or space < 1 or not plain[space - 1].isalnum():
                    return begin, ""
            elif begin >= 0 or not token.isdecimal() or len(token) > 2 or opened:
                return (begin, self.search[stop - len(token) : stop]) if begin >= 0 else (-1, "")
            stop = space
        return -1, ""
