"""Places with their type before them, and lists that share a type.

    xã [Kỳ Lợi], [Kỳ Hà] và [Kỳ Hoa]; các huyện [Phong Điền], [Phú Vang]; tổ dân phố [5]; Cụm
    công nghiệp thị trấn Vân Canh

Nothing is resolved here: a hit carries every unit that bears its name (place_resolution.py chooses).
"""

from __future__ import annotations

import regex

from helpers.extract.gazetteer import search_key
from helpers.extract.names import is_vietnamese
from helpers.extract.place_hits import NAME, NUMBER, Hit, longest_name, name_end, name_in
from helpers.extract.place_lists import PlaceLists
from helpers.extract.place_words import UNIT_LEVELS, PlaceType, ends_line, starts_sentence
from helpers.patterns import late

MAX_SITE_WORDS = 5
MAX_UNKNOWN_WORDS = 4
_STREET_NUMBER = late(regex.compile, r"(?:số )?\d{1,4}(?:[./]\d{1,2})?(?:\p{L}(?!\p{L}))?(?![\d%\p{L}])", regex.I)
_DASH = late(regex.compile, r"\s?[-–]\s?(?=\p{Lu})")
#: middle names that no place has
_MIDDLE = ("thị", "văn")
_SMALL_WORD = late(regex.compile, r"(?:\ \p{Ll}+){1,2}")
#: words that end a name with a small one: Quốc gia
_COMPOUNDS = {"quốc": " gia", "trung": " ương"}
_ALLEYS = frozenset(("hẻm", "ngõ", "ngách", "kiệt"))
_STREET_OF_ALLEY = late(regex.compile, rf"\ (?:(?:đường|phố|ngõ|hẻm|kiệt)\ (?:\d{{1,4}}\ )?)?{NAME.pattern}")
#: types whose name may be two ends: cao tốc Mỹ Thuận - Cần Thơ
_LINES = frozenset(("cao tốc", "đại lộ", "đường ô tô", "đường cao tốc", "dự án", "kênh", "tuyến đường", "đường sắt"))
#: type words that need a known name: "của TP. Theo báo cáo", "TT Huyện ủy"
_ABBREVIATED = frozenset(("tt", "tp", "tx"))
#: type words whose number must end the phrase: "tổ 3, phường X" is a place, "tổ 3 người" a team
_COUNTED = frozenset(("tổ", "khu", "khu vực", "khối"))


class TypedPlaces(PlaceLists):
    """Reads one document from type word to type word."""

    organisation_heads: frozenset[str] = frozenset()

    def find(self, type_words: list[tuple[int, int, PlaceType]]) -> list[Hit]:
        """The hits of the type words of a document, in reading order."""
        hits: list[Hit] = []
        waiting: tuple[int, int, PlaceType] | None = None
        for i, (start, at, type_) in enumerate(type_words):
            if hits and start < hits[-1].end:
                continue
            following = type_words[i + 1] if i + 1 < len(type_words) and type_words[i + 1][0] <= at else None
            if following and type_.type == "dự án" and self.plain[start] == "d":
                continue  # "dự án [cầu Bến Thủy]": what is built, not the building
            is_head = following and following[0] == at and self.names_other(type_, following)
            hit = None if is_head else self.named(start, at, type_)
            if hit is None:
                # "Cụm công nghiệp thị trấn Vân Canh": the site takes the unit's name.
                waiting = (start, at, type_) if type_.level == "site" else None
                continue
            if waiting and waiting[1] == start:
                hit = self.site_at_unit(*waiting, hit)
            waiting = None
            hits.append(hit)
            hits += self.rest_of_list(hit, is_unit=type_.level != "site")
        return hits

    def names_other(self, type_: PlaceType, following: tuple[int, int, PlaceType]) -> bool:
        """Whether the type word behind another heads the name: `nút giao [QL1]`, but `phố [Xã Đàn]`."""
        if type_.level == "street":
            at, _, other = following
            if other.surface[-1] == "." or other.surface in _ABBREVIATED:
                return True  # "cao tốc TP.HCM"
            is_name = self.plain[at].isupper() and other.numbered != "only" and " " not in other.surface
            return other.level == "street" and not is_name
        return type_.level == "site"

    def named(self, start: int, at: int, type_: PlaceType) -> Hit | None:
        """The place of the type word at `start` whose name begins at `at`."""
        if not self.plain[at : at + 1].isupper():
            return self.numbered(start, at, type_)
        end = name_end(self.plain, at)
        if not end or type_.numbered == "only":
            return None
        if type_.is_unit:
            return self.unit(start, at, type_, end)
        return None if self.is_part_of_name(start, at, type_) else self.site(start, at, type_, end)

    def numbered(self, start: int, at: int, type_: PlaceType) -> Hit | None:
        number = (_STREET_NUMBER if type_.level == "street" else NUMBER).match(self.plain, at)
        if number is None or type_.numbered == "no":
            return None
        if type_.level == "site" and at != start + len(type_.surface) + 1:
            return None  # "khu dân cư đường số 49"
        end = number.end()
        if type_.surface in _COUNTED and self.plain[end : end + 1] not in (",", ")", ""):
            return None
        if type_.level == "village" and self.is_counted(end):
            return None  # "mỗi thôn 3 người"
        if type_.is_unit and (name := NAME.match(self.plain, end + 1)) and self.plain[end] == " ":
            # "phường 2 Bảo Lộc"
            whole_end, key, found = name_in(self.gazetteer, at, self.search[at : name.end()], (type_.level,))
            if whole_end > end:
                return Hit(start, at, whole_end, key, type_.type, type_.level, found, "type_and_name")
        if type_.type in _ALLEYS and (street := _STREET_OF_ALLEY.match(self.plain, end)):
            end = street.end()  # "ngõ 117 Trần Cung"
            if self.begins_sentence([last := street[0].rsplit(" ", 1)[-1].lower()], end):
                end -= len(last) + 1
        key = self.search[at:end].removeprefix("số ")
        found = [p for p in self.gazetteer.by_name.get(key, ()) if p.level == type_.level] if type_.is_unit else []
        return Hit(start, at, end, key, type_.type, type_.level, found, "number_as_name")

    def is_whole_line(self, start: int, end: int) -> bool:
        """Whether a capitalised name is all that stands in its line."""
        if not (self.plain[start].isupper() and starts_sentence(self.plain, start)):
            return False
        return ends_line(self.plain, end)

    def begins_sentence(self, tokens: list[str], end: int) -> bool:
        """Whether the last word of a run begins a new sentence: `đường Lê Lợi [Theo] ghi nhận`, a full stop being lost."""
        return (
            tokens[-1] in self.words.openers
            and self.plain[end : end + 1] == " "
            and self.plain[end + 1 : end + 2].islower()
        )

    def heads_body(self, word: str, end: int) -> bool:
        """Whether a name's last word begins the head of a body: `nhà khách [Tỉnh] ủy`."""
        following = self.search[end + 1 : end + 12].split(" ", 1)[0].rstrip(",.;)")
        return self.plain[end + 1 : end + 2].islower() and f"{word} {following}" in self.organisation_heads

    def is_counted(self, end: int) -> bool:
        """Whether the word behind a number says that it counts."""
        return self.search[end + 1 : end + 12].split(" ", 1)[0].rstrip(",.;)") in self.words.counted

    def is_part_of_name(self, start: int, at: int, type_: PlaceType) -> bool:
        # "Cầu Giấy", "Chợ Mới", "Sông Công": the type word belongs to the unit's name.
        if not self.plain[start].isupper() or at != start + len(type_.surface) + 1:
            return False
        run = NAME.match(self.plain, start)
        return run is not None and name_in(self.gazetteer, start, self.search[start : run.end()], UNIT_LEVELS)[0] > at

    def unit(self, start: int, at: int, type_: PlaceType, limit: int) -> Hit | None:
        """A unit of the gazetteer, or one unknown to it."""
        levels = ("province", "district") if type_.type == "thành phố" else (type_.level,)
        end, key, found = longest_name(self.reading, self.gazetteer, at, limit, levels)
        if end > limit and not any(p.type == type_.type or p.level == "province" for p in found):
            # "xã Xuân Trường - Đà Lạt": the phường of that name is another unit
            end, key, found = name_in(self.gazetteer, at, self.search[at:limit], levels)
        tokens = self.search[at:limit].split(" ")
        if not found and (small := _SMALL_WORD.match(self.plain, limit)) and len(tokens) == 1:
            # "thành phố Hà nội", printed so
            end, key, found = longest_name(self.reading, self.gazetteer, at, small.end(), levels)
        if type_.surface == "p." and len(key) == 1 and not self.plain.startswith(",", end):
            return None  # "P.V": the reporter
        n_found = len(key.split(" ")) if found else 0
        rest = tokens[n_found:]
        is_whole = not rest or n_found > 1 or rest[0] in self.words.families or rest[0][0].isdigit()
        if found and (is_whole or self.begins_sentence(rest, limit)):
            level = type_.level if any(p.level == type_.level for p in found) else found[0].level
            return Hit(start, at, end, key, type_.type, level, found, "type_and_name")
        if self.is_no_unit(start, at, type_, tokens):
            return None
        end = self.unknown_end(at, tokens)
        return Hit(
            start,
            at,
            end,
            search_key(self.search[at:end]),
            type_.type,
            type_.level,
            [],
            "type_and_unknown_name",
        )

    def is_no_unit(self, start: int, at: int, type_: PlaceType, tokens: list[str]) -> bool:
        """Whether capitalised words after a unit's type word are something else than a unit the
        gazetteer lacks."""
        if self.is_denied_name(tokens):
            return True
        if tokens[0] in self.words.families and (len(tokens) >= 3 or type_.level == "province"):
            return True  # "Chủ tịch UBND tỉnh Trần Anh Mẫu": a person follows
        if (
            (type_.type == "tỉnh" and len(tokens) < 2 and is_vietnamese(tokens[0]))
            or type_.surface[-1] == "."
            or type_.surface in _ABBREVIATED
        ):
            return True
        if any(p.level == "region" for p in self.gazetteer.by_name.get(" ".join(tokens), ())):
            return True  # "các tỉnh Tây Nguyên"
        printed = self.plain[at : at + len(tokens[0])]
        return len(printed) > 1 and printed.isupper() and self.plain[start].islower()  # "xã NTM"

    def unknown_end(self, at: int, tokens: list[str]) -> int:
        n = min(len(tokens), MAX_UNKNOWN_WORDS)
        if n > 1 and n == len(tokens) and self.begins_sentence(tokens, at + len(" ".join(tokens))):
            n -= 1
        for i in range(1, n):
            rest = tokens[i + 1 : i + 2]
            is_name = rest and (tokens[i] in self.words.sure_families or rest[0] in _MIDDLE)
            if is_name and tokens[i] in self.words.families and (i > 1 or len(tokens) > 3):
                n = i  # "thôn Tân Lập Thân Thị Mẫu"
                break
        return at + len(" ".join(tokens[:n]))

    def site(self, start: int, at: int, type_: PlaceType, limit: int) -> Hit | None:
        """A village, a road, a site: named as printed."""
        tokens = self.search[at:limit].split(" ")
        if len(tokens) > 1 and tokens[-1].isdecimal() and self.is_counted(limit):
            tokens.pop()  # "đảo Lý Sơn 30 hải lý"
        if self.begins_sentence(tokens, limit):
            tokens.pop()
        if not tokens:
            return None
        if type_.level not in ("street", "village") and self.is_denied_name(tokens):
            return None  # a street may be called "Đội Cấn", a hamlet "Hội"
        printed = self.plain[at : at + len(tokens[0])]
        if len(printed) == 1 and self.plain.startswith("/", at + 1):
            return None  # "tàu biển M/S"
        if type_.level == "village" and len(printed) > 1 and printed.isupper() and self.plain[start].islower():
            return None  # "khối EU"
        if len(tokens) == 1 and " " not in type_.surface and self.is_whole_line(start, limit):
            return None  # "Đình Thi" signs the article
        if type_.surface == "kênh" and tokens[0].isalpha() and not is_vietnamese(tokens[0]):
            return None  # "kênh NBC News", but "kênh N1"
        if type_.surface == "căn cứ" and is_vietnamese(tokens[0]):
            return None  # "căn cứ Nghị định"
        if self.heads_body(tokens[-1], limit):
            tokens.pop()  # "ký túc xá Đại học Mẫu"
        if not tokens:
            return None
        if type_.type == "dự án" and len(tokens) == 1 and at == start + len(type_.surface) + 1:
            return None  # "dự án PPP", "Dự án Xây dựng cầu vượt": what is done, not where
        n = min(len(tokens), MAX_SITE_WORDS)
        end = self.unknown_end(at, tokens) if type_.level == "village" else at + len(" ".join(tokens[:n]))
        if (rest := _COMPOUNDS.get(tokens[-1])) and n == len(tokens) and self.search.startswith(rest, end):
            end += len(rest)  # "Trung tâm Hội nghị Quốc gia"
        dash = _DASH.match(self.plain, end) if type_.surface in _LINES else None
        if dash and (other_end := NAME.match(self.plain, dash.end())):
            end = other_end.end()
        key = search_key(self.search[at:end])
        if type_.surface == "đường" and any(p.level == "country" for p in self.gazetteer.by_name.get(key, ())):
            return None  # "đường Thái Lan": sugar
        return Hit(start, at, end, key, type_.type, type_.level, [], "type_and_name")

    def site_at_unit(self, start: int, name_start: int, type_: PlaceType, unit: Hit) -> Hit:
        key = search_key(self.search[name_start : unit.end])
        return Hit(start, name_start, unit.end, key, type_.type, type_.level, [], "site_at_unit")
