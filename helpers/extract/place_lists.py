"""Lists of places that share the type word of the first: `xã [Kỳ Lợi], [Kỳ Hà] và [Kỳ Hoa]`,
`các thôn [1], [2] và [3]`.

A list ends where the next name is no sibling: in `xã [Xuân Yên], Nghi Xuân` the second holds the first.
"""

from __future__ import annotations

import regex

from helpers.extract.gazetteer import Gazetteer, search_key
from helpers.extract.place_hits import NUMBER, Hit, longest_name, name_end, name_in
from helpers.extract.place_words import UNIT_LEVELS, PlaceWords
from helpers.extract.span import Reading

MAX_LIST_ITEMS = 60
_NEXT_IN_LIST = regex.compile(r"\s?[,;]\s(?:và )?|\svà\s|\s?[-–]\s?|\s?/\s?")
_LIST_MARKS = frozenset((", ", "; ", " v", " -", "- ", " /", "/ ", " ,", " ;"))


class PlaceLists:
    """Reads the lists of one document."""

    def __init__(self, reading: Reading, words: PlaceWords, gazetteer: Gazetteer) -> None:
        self.reading, self.words, self.gazetteer = reading, words, gazetteer
        self.plain, self.search = reading.folded.plain, reading.folded.search

    def is_denied_name(self, tokens: list[str]) -> bool:
        return any(" ".join(tokens[:n]) in self.words.denied for n in (1, 2, 3))

    def rest_of_list(self, first: Hit, *, is_unit: bool) -> list[Hit]:
        """The further names of the list that `first` heads: `xã Kỳ Lợi, Kỳ Hà và Kỳ Hoa`."""
        if not is_unit:
            return []
        plural = "" if first.bare else self.plural_before(first.start)
        if first.level == "street" and plural == "giữa":
            plural = ""  # "giữa đường Quang Trung" is in the middle of it
        if plural and not plural.isdigit():
            first.start, first.inferred = first.name_start, ("type",)
        items: list[Hit] = []
        at = first.end
        while len(items) < MAX_LIST_ITEMS and self.search[at : at + 2] in _LIST_MARKS:
            gap = _NEXT_IN_LIST.match(self.plain, at)
            if gap is None:
                break
            item = self.list_item(gap.end(), first)
            if item is None or (gap[0].strip() in ("-", "–", "/") and not item.found):
                break
            items.append(item)
            at = item.end
        if items and plural.isdigit():
            # "ở 2 tỉnh Nghệ An, Hà Tĩnh"; but "Ban Chỉ đạo 389 tỉnh Hà Tĩnh"
            first.start, first.inferred = first.name_start, ("type",)
        return items

    def plural_before(self, start: int) -> str:
        """The word of number before a type word: các, hai, 3; else nothing."""
        before = self.search[max(0, start - 12) : start].rstrip().rsplit(" ", 1)[-1].lstrip('("')
        return before if before in self.words.list_heads or (before.isdigit() and len(before) < 3) else ""

    def list_item(self, at: int, first: Hit) -> Hit | None:
        limit = name_end(self.plain, at)
        if not limit:
            return self.list_number(at, first) if first.rule == "number_as_name" else None
        end, key, found = longest_name(self.reading, self.gazetteer, at, limit, (first.level,))
        if not found:
            return self.unknown_item(at, limit, first)
        if end != limit:
            whole_end, _, _ = name_in(self.gazetteer, at, self.search[at:limit], UNIT_LEVELS)
            if whole_end > end or " " not in key:
                return None  # "xã An Thạnh - Mỏ Cày Nam": the district, not the commune Mỏ Cày
        higher = [p for p in self.gazetteer.by_name[key] if p.level in UNIT_LEVELS and p.level != first.level]
        above = {a for p in first.found for a in self.gazetteer.ancestors(p)}
        if any(p.place_id in above or p.level == "province" for p in higher):
            return None  # "xã Xuân Yên, Nghi Xuân": the second holds the first
        if first.level == "commune" and first.found:
            parents = {p.parent_id for p in first.found}
            found = [p for p in found if p.parent_id in parents]
        return self.item(at, end, key, found, first) if found else None

    def unknown_item(self, at: int, end: int, first: Hit) -> Hit | None:
        """An unknown name amid a list that is plainly one of communes, villages or streets: `các thôn
        Đông Hà, Bắc Hà`."""
        tokens = self.search[at:end].split(" ")
        if first.inferred and first.level == "street" and 1 < len(tokens) < 5:
            return self.item(at, end, search_key(self.search[at:end]), [], first)  # named after people, often
        if not first.inferred or first.level not in ("commune", "village") or not 2 <= len(tokens) <= 3:
            return None
        key = search_key(self.search[at:end])
        if tokens[0] in self.words.sure_families or self.is_denied_name(tokens) or key in self.gazetteer.by_name:
            return None
        return self.item(at, end, key, [], first)

    def list_number(self, at: int, first: Hit) -> Hit | None:
        number = NUMBER.match(self.plain, at)
        if number is None or first.level == "street":
            return None
        end = number.end()
        if self.plain[end : end + 1] not in ("", ",", ".", ")", ";", "\n") and not self.search.startswith(" và ", end):
            return None
        key = number[0].lower()
        return self.item(
            at, end, key, [p for p in self.gazetteer.by_name.get(key, ()) if p.level == first.level], first
        )

    def item(self, at: int, end: int, key: str, found: list, first: Hit) -> Hit:
        return Hit(at, at, end, key, first.type, first.level, found, "shared_type", ("type",), first=first)
