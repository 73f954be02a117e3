"""Places named without a type word, where the gazetteer knows the name.

    [Hà Tĩnh]; tại [Kỳ Anh] (Hà Tĩnh); quê ở xã Xuân Yên, [Nghi Xuân]; but not ông [Cao Hòa Bình]

Names of provinces, districts and countries are looked for everywhere; names of communes only
where the article gives
their type elsewhere or their parent beside them: too many of them are people's names and common words.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.extract.gazetteer import Gazetteer, load_gazetteer, search_key
from helpers.extract.names import is_vietnamese
from helpers.extract.organisation_words import OrganisationWords, organisation_words
from helpers.extract.place_chains import AddressChains
from helpers.extract.place_hits import NAME, Hit
from helpers.extract.place_sites import BareName, Sites, bare_name, bare_name_of, find_sites, site_words
from helpers.extract.place_words import PlaceWords, ends_line, starts_sentence
from helpers.extract.span import Reading
from helpers.extract.typed_places import TypedPlaces
from helpers.lexicon import Lexicon

MAX_TYPED_NAMES = 200
_IMPLIED_TYPES = {"huyện": "huyện", "thị": "thị xã", "quận": "quận", "tỉnh": "tỉnh", "thành": "thành phố"}
#: at the start of a sentence an address or a common noun, whatever the article is about
_WORDS_FIRST = frozenset(("anh", "ý", "áo", "viên", "bỉ"))
#: there a person as likely, if the article does not name the country elsewhere
_NAMES_FIRST = frozenset(("nga", "đức"))
#: words behind which even the name of a person in the article is a country's
_AT = ("tại ", " ở ", "nước ", "người ", "sang ")
_DIRECTIONS = frozenset(("bắc", "nam", "đông", "tây"))


class BarePlaces(AddressChains):
    """Reads one document for names that stand alone."""

    def __init__(self, typed: TypedPlaces, organisations: OrganisationWords, hits: list[Hit]) -> None:
        self.typed, self.topic_ends = typed, organisations.topic_ends
        self.organisation_heads = organisations.head_surfaces
        self.words: PlaceWords = typed.words
        self.gazetteer: Gazetteer = typed.gazetteer
        self.plain, self.search = typed.plain, typed.search
        self.hits = hits
        self.given_names: set[str] = set()
        self.taken = bytearray(len(self.plain))
        for hit in hits:
            self.take(hit)

    def take(self, hit: Hit) -> None:
        self.taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)

    def find(self, sites: Sites) -> list[Hit]:
        """The hits, unordered; some may turn out to be no places."""
        found: list[Hit] = []
        taken = self.taken
        for start in sorted(sites.names):
            end, name = sites.names[start]
            if not (taken[start] or taken[end - 1]):
                self.add(start, end, name, found)
        for start, end in (*self.repeated(), *self.supported(sites.supported)):
            self.add_span(start, end, found)
        for start in sites.supported:
            for item in self.listed_from(start):
                found.append(item)
                self.take(item)
        waiting = [*self.hits, *found]
        while waiting:
            n_before = len(found)
            self.add_before(waiting.pop(), found)
            waiting += found[n_before:]
        return self.settle_common(found)

    def is_word(self, start: int, end: int) -> bool:
        search = self.search
        return not (start and search[start - 1].isalnum()) and not (end < len(search) and search[end].isalnum())

    def add_span(self, start: int, end: int, found: list[Hit]) -> None:
        if not (self.taken[start] or self.taken[end - 1]) and (
            name := bare_name(self.gazetteer, self.search[start:end])
        ):
            self.add(start, end, name, found)

    def add(self, start: int, end: int, name: BareName, found: list[Hit]) -> None:
        hit = self.hit(start, end, name)
        if hit:
            found.append(hit)
            self.take(hit)
            if hit.level in ("commune", "district") and hit.rule == "bare_unit":
                for item in self.typed.rest_of_list(hit, is_unit=hit.level == "commune"):
                    if not self.taken[item.start]:
                        item.bare, item.rule, item.inferred = True, "bare_unit", ()
                        found.append(item)
                        self.take(item)

    def add_before(self, parent: Hit, found: list[Hit]) -> None:
        """Adds what stands before a place as a part of it."""
        if parent.level in ("district", "province") and (span := self.name_before(parent)):
            self.add_span(*span, found)
        elif parent.level in ("country", "province", "district", "commune") and (hit := self.unknown_before(parent)):
            found.append(hit)
            self.take(hit)

    def hit(self, start: int, end: int, name: BareName) -> Hit | None:
        """The hit of a name that fills its run of capitalised words, or stands at its edge as far as can be
        explained."""
        plain, is_free = self.plain, True
        if plain[end : end + 1] == " ":
            if name.rule == "bare_area" and name.key in self.words.followed and self.is_other_word(end, name.key):
                return None
            is_free = not plain[end + 1 : end + 2].isupper() or self.ends_free(start, end, name)
        follows_word = start > 1 and plain[start - 1] == " "
        if follows_word and name.level in ("district", "commune") and self.follows_house_number(start, end):
            return Hit(start, start, end, name.key, None, "street", [], "house_number")
        if follows_word and is_free:
            is_free = bool(self.taken[start - 2]) or self.starts_free(start)
            if is_free and name.key in self.words.common_areas and self.signs(start, end):
                return None
        if not (is_free and (name.rule == "bare_area" or self.has_capitals(start, end))):
            if name.key in self.words.common_areas:
                self.note_person(start, name.key)
            return None
        support = None
        if follows_word:
            if implied := self.implied_type(start):
                name = bare_name_of(name.key, [p for p in name.places if p.type == implied] or name.places)
            support = self.words.role_before(plain, self.search, start)
        return Hit(start, start, end, name.key, None, name.level, name.places, name.rule, (), True, support)

    def signs(self, start: int, end: int) -> bool:
        """Whether a name closes a line behind another capital, as its writer's does: `Minh Tam – Lan [Anh]`."""
        if not (self.plain[start - 2].isalnum() and ends_line(self.plain, end)):
            return False
        at = self.plain.rfind(" ", 0, start - 1) + 1
        return self.plain[at].isupper() and self.search[at : start - 1] not in self.words.roles

    def has_capitals(self, start: int, end: int) -> bool:
        """Whether each word of a name has a capital, as those of areas ("Anh quốc") need not."""
        printed = self.plain[start:end]
        if printed.istitle():
            return True
        return all(word[:1].isupper() or word[:1].isdigit() or word[:1] in "-–" for word in printed.split(" "))

    def implied_type(self, start: int) -> str | None:
        # "Huyện ủy Hương Khê": the district, not the town of that name.
        if self.search[max(0, start - 3) : start] not in ("ủy ", "àn "):
            return None
        words = self.search[max(0, start - 12) : start].split(" ")[-3:-1]
        return _IMPLIED_TYPES.get(words[0])

    def is_other_word(self, end: int, key: str) -> bool:
        """Whether the word behind a name makes it another: `Pháp luật`, `New York Times`."""
        return f"{key} {self.search[end + 1 : end + 10].split(' ', 1)[0].rstrip('.,;:')}" in self.words.followers

    def ends_free(self, start: int, end: int, name: BareName) -> bool:
        """Whether no longer name goes on behind: not `[Hà Nam] Tiến`, but `tỉnh [Hà Nam] Lê Văn Mẫu`."""
        plain = self.plain
        if self.taken[end + 1]:
            return True
        following = plain[end + 1 : end + 40].split(" ", 2)
        if following[0].isupper() and len(following[0]) > 1:
            return True
        is_opener = self.search[end + 1 : end + 1 + len(following[0])] in self.words.openers
        if is_opener and len(following) > 1 and following[1][:1].islower():
            return True  # "TP.HCM Cũng theo": a full stop got lost
        if name.rule == "bare_province" and plain[start - 1 : start] in ("", "\n"):
            return len(following) > 1 and following[1][:1].islower()  # a dateline: "Khánh Hòa Trước ngày"
        if name.rule == "bare_area":
            # "Thủ tướng Anh Theresa May", "Trung Quốc Tập Cận Bình"; but "Đức Mẹ", "Phi Anh"
            return " " in name.key or not (is_vietnamese(name.key) and is_vietnamese(following[0].rstrip(".,;:)\"'")))
        is_family = self.search[end + 1 : end + 1 + len(following[0])] in self.words.families
        return is_family and len(following) > 1 and following[1][:1].isupper()

    def note_person(self, start: int, key: str) -> None:
        """Notes that a name of a country is a person's given name in this article: `Trần Thị [Nga]`."""
        end = start - 1
        for _ in range(3):
            at = self.plain.rfind(" ", max(0, end - 12), end) + 1
            if not at or not self.plain[at].isupper() or self.plain[end : end + 1] != " ":
                return
            if self.search[at:end] in self.words.sure_families:
                self.given_names.add(key)
            end = at - 1

    def settle_common(self, found: list[Hit]) -> list[Hit]:
        """Without the names of countries that are other words here: `Nga cho biết` counts where the article has `của Nga`,
        and no person of that name."""
        common = self.words.common_areas
        sure, at_start = set(), []
        for hit in found:
            if hit.rule == "bare_area" and hit.key in common:
                is_person = hit.key in self.given_names and not self.search.endswith(_AT, 0, hit.start)
                if is_person or hit.support in ("person", "other"):
                    hit.support = "person"
                elif (
                    hit.support == "support"
                    or self.plain[hit.start - 1 : hit.start] + self.plain[hit.end : hit.end + 1] == "()"
                    or not starts_sentence(self.plain, hit.start)
                ):
                    sure.add(hit.key)
                else:
                    at_start.append(hit)
        dropped = {
            id(hit) for hit in at_start if hit.key in _WORDS_FIRST or (hit.key in _NAMES_FIRST and hit.key not in sure)
        }
        return [hit for hit in found if id(hit) not in dropped]

    def starts_free(self, start: int) -> bool:
        """Whether the name is not the end of a longer one: not `Trương [Hòa Bình]`, but `Báo [Hà Tĩnh]`."""
        plain, search = self.plain, self.search
        if not plain[start - 2].isalnum():
            return True
        at = plain.rfind(" ", 0, start - 1) + 1
        word = search[at : start - 1]
        if not plain[at].isupper() or word in self.words.heads:
            return True
        if len(word) > 1 and plain[at : start - 1].isupper():
            # "UBND Hà Tĩnh", "UBND TPHCM"; but "HOÀNG ANH"
            return not (plain[start : start + 3].isupper() and is_vietnamese(word))
        before = search[plain.rfind(" ", 0, max(0, at - 1)) + 1 : at - 1] if at > 1 else ""
        if f"{before} {word}" in self.topic_ends:
            return True  # "Sở Công Thương Hà Tĩnh"
        if word in _DIRECTIONS and before == "phía":
            return True
        if self.words.roles.get(word) == "support" and starts_sentence(plain, at):
            return True  # "Theo Mỹ", "Tại Anh"
        return word not in self.words.families and starts_sentence(plain, at)

    def repeated(self) -> Iterator[tuple[int, int]]:
        """Where names that the article types elsewhere stand alone."""
        names = {
            self.search[h.name_start : h.end]
            for h in self.hits
            if h.found and len(h.key) > 2 and not h.key[0].isdigit()
        }
        for name in sorted(names, key=lambda n: (-len(n), n))[:MAX_TYPED_NAMES]:
            at = self.search.find(name)
            while at >= 0:
                end = at + len(name)
                if not self.taken[at] and self.plain[at].isupper() and self.is_word(at, end):
                    yield at, end
                at = self.search.find(name, end)

    def supported(self, starts: list[int]) -> Iterator[tuple[int, int]]:
        """Where a name of the gazetteer fills the words after a preposition: `trú tại Kỳ Khang`."""
        for start in starts:
            if not self.taken[start] and (span := self.whole_name(start)):
                yield span

    def whole_name(self, start: int) -> tuple[int, int] | None:
        run = NAME.match(self.plain, start)
        if run is None or " " not in run[0] or run[0].startswith("Nông trường"):
            return None
        words = self.search[start : run.end()]
        is_family = words.split(" ", 1)[0] in self.words.sure_families
        return run.span() if not is_family and search_key(words) in self.gazetteer.by_name else None


def find_places(reading: Reading, lexicon: Lexicon) -> list[Hit]:
    """Every place name of a document, typed and bare."""
    words, gazetteer = site_words(lexicon), load_gazetteer(lexicon)
    sites = find_sites(reading, words)
    typed = TypedPlaces(reading, words.words, gazetteer)
    typed.organisation_heads = organisation_words(lexicon).head_surfaces
    hits = typed.find(sites.type_words)
    return hits + BarePlaces(typed, organisation_words(lexicon), hits).find(sites)
