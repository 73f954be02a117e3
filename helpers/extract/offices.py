"""Functions and the offices they belong to: `Phó Giám đốc` + `Công an tỉnh`, `Đội trưởng` + `Đội an ninh
(Công an …)`.

An office starts with a head word (office_heads.csv) and goes on over names, level words (tỉnh, phường) and
what specifies it, until a verb (phrase_stops.csv), a mark, or the next person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.person_cues import FUNCTION, HONORIFIC, RANK, Cue, Cues
from helpers.extract.span import Reading
from helpers.extract.word_lookup import Phrases
from helpers.extract.word_patterns import compile_any
from helpers.lexicon import NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

# "never": private wherever it stands in an office's name, as in "phòng kinh doanh Công ty X"
define("office_heads", surface=TEXT, public=Column(values=(*YES_NO, "never")), note=NOTE)
define("phrase_stops", surface=TEXT, note=NOTE)
define("office_joints", surface=TEXT, note=NOTE)

MAX_WORDS = 24
MAX_LENGTH = 130
#: longest stretch between a function and its holder's name that is taken whole
MAX_GAP = 90
# possessive throughout: nothing is tried twice
_GAP_WORDS = late(
    regex.compile,
    r"(?:(?>[\p{L}\p{N}&'’]++(?:[-/][\p{L}\p{N}]++)*+)\.?+(?=[\p{L} ),]|$)[ ]?+|\([^()\n]{1,30}+\)[ ]?+|-[ ]|,[ ](?=\p{Lu}|huyện |tỉnh |thị xã |quận |thành phố )){1,24}+,?+[ ]?+",
)
_OWNER = late(regex.compile, r" (?:của |thuộc |- ?|\()")
_SMALL = late(regex.compile, r"(?<![\p{L}\p{N}])\p{Ll}+")
_IN_NAMES = frozenset(
    ("tối", "giao", "tin", "tiếp", "của", "trong", "trên", "tổ", "tuyên", "ban", "về", "nhân", "công", "phòng")
)
_LINKS = ("đảng ", "thuộc ", "của ", "về ", "phụ trách ", "chuyên ", "cao cấp ", "kinh tế ", "an ninh ", "đối ngoại ")
_LEVELS = frozenset("tỉnh huyện xã phường quận tp tp. tx tx. thành phố thị trấn cấp".split())
_CAPITAL_THEN_SMALL = late(regex.compile, r"\p{Lu}\p{L}*\s\p{Ll}")
_WORD = regex.compile(r"\p{Lu}{1,3}\.(?=\s?\p{Lu})|[\p{L}\p{N}][\p{L}\p{N}\p{M}&/'’.]*(?<![.])(?:-\p{L}+)*")
_GAP = regex.compile(r"[ ]?\(|\s-\s|[ ]{1,2}|-(?=\p{Lu})|,\s|\)(?=\s)|(?<=\.)")
_PLACE = late(
    regex.compile,
    r"((?:[Tt]ỉnh|[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị trấn|TP\.?|TX\.?)\s?"
    r"(?:\p{Lu}[\p{L}'’]*|\d+)(?:\s(?:-\s)?\p{Lu}[\p{Ll}'’]*){0,3})\)?$",
)


@dataclass(slots=True)
class Office:
    """A function with its organisation, as spans; `public` says whether it makes its holder public."""

    function: tuple[int, int]
    organisation: tuple[int, int] | None
    public: bool
    membership: bool

    @property
    def end(self) -> int:
        return max(self.function[1], self.organisation[1] if self.organisation else 0)


@dataclass(frozen=True)
class _OfficeWords:
    """Heads of organisations' names and whether their officers are public; words that end or join a name."""

    heads: Phrases
    public: dict[str, bool]
    #: heads that make an office private wherever they stand in its name
    private: regex.Pattern[str]
    stops: Phrases
    joints: Phrases
    #: stops of one word that stand in no organisation's name
    verbs: frozenset[str]


@lru_cache(maxsize=4)
def _office_words(lexicon: Lexicon) -> _OfficeWords:
    rows = lexicon.entries("office_heads")
    public = {search_form(r["surface"]): r["public"] == "yes" for r in rows}
    return _OfficeWords(
        heads=Phrases(public),
        public=public,
        private=compile_any(r["surface"] for r in rows if r["public"] == "never"),
        stops=Phrases(lexicon.surfaces("phrase_stops")),
        joints=Phrases(lexicon.surfaces("office_joints")),
        verbs=frozenset(w for w in lexicon.surfaces("phrase_stops") if " " not in w and w not in _IN_NAMES),
    )


def starts_with_stop(search: str, at: int, *, lexicon: Lexicon) -> bool:
    """Whether a word stands at `at` that ends a title: mostly what a person does (`khai`, `bị`, `cho`)."""
    return _office_words(lexicon).stops.end_at(search, at) > 0


def joint_end(search: str, at: int, *, lexicon: Lexicon) -> int:
    """Where a name that `và` joins at `at` ends: `Bộ Giáo dục [và Đào tạo]`; 0 if another begins there."""
    return _office_words(lexicon).joints.end_at(search, at + 4) if search.startswith(" và ", at) else 0


def is_head(folded: str, lexicon: Lexicon) -> bool:
    """Whether a word begins an organisation's name: `Giám đốc [Sở]`."""
    return folded in _office_words(lexicon).public


def read_office(reading: Reading, cues: Cues, cue: Cue, *, lexicon: Lexicon, limit: int | None = None) -> Office:
    """The office of a function `cue`; its organisation ends at `limit` at the latest (where the holder's
    name starts).
    """
    words, search = _office_words(lexicon), reading.search
    start = _tail_head(search[cue.start : cue.end], lexicon)
    if not start and limit is not None and limit - cue.end < 2:
        return Office((cue.start, cue.end), None, cue.entry["public"] == "yes", cue.entry["membership"] == "yes")
    begin = cue.start + start if start else _skip_gap(search, cue.end)
    head_end = words.heads.end_at(search, begin)
    organisation, has_public_head = None, False
    if head_end:
        end = _office_end(reading, cues, begin, lexicon=lexicon, limit=limit, after=cue.end)
        if end > max(cue.end, begin) or (not start and end > begin):
            organisation, has_public_head = (begin, end), words.public[search[begin:head_end]]
    if limit is not None and (organisation is None or search[organisation[1] : limit].strip(" ,")):
        whole = _up_to_name(reading, cues, cue.end if not start else begin, limit, words)
        if whole is not None:
            organisation, has_public_head = whole, has_public_head or (not head_end and cue.entry["public"] == "yes")
    public = cue.entry["public"]
    is_public = public == "yes" or (public == "by_office" and has_public_head)
    if is_public and organisation and not has_public_head:
        is_public = not head_end or words.public[search[begin:head_end]]
    if is_public and organisation and words.private.search(search, *organisation):
        is_public = False
    if is_public and organisation and _belongs_to_private(search, organisation[1], words):
        is_public = False
    return Office((cue.start, cue.end), organisation, is_public, cue.entry["membership"] == "yes")


def _belongs_to_private(search: str, end: int, words: _OfficeWords) -> bool:
    """Whether an office is said to be a firm's: `Trưởng đoàn tư vấn của Công ty X`."""
    owner = _OWNER.match(search, end)
    head_end = words.heads.end_at(search, owner.end()) if owner else 0
    return owner is not None and head_end > 0 and not words.public[search[owner.end() : head_end]]


def may_hold_office(plain: str, start: int, end: int, *, lexicon: Lexicon) -> bool:
    """Whether only an organisation's name may stand between a function and a person: no verb does."""
    return _office_words(lexicon).verbs.isdisjoint(plain[start:end].split())


def _up_to_name(reading: Reading, cues: Cues, start: int, limit: int, words: _OfficeWords) -> tuple[int, int] | None:
    """All between a function and its holder's name, where it may be an organisation or a field.

    Bộ trưởng [Tài nguyên và Môi trường] X; Chủ tịch [Ủy ban Cứu trợ quốc tế (UCQ)] X; thượng nghị sĩ [đảng Dân chủ] X
    """
    plain, search = reading.plain, reading.search
    begin = _skip_gap(search, start) - (search.startswith(" (", start))
    if not 1 < limit - begin <= MAX_GAP or not _GAP_WORDS.fullmatch(plain, begin, limit):
        return None
    if plain[begin].islower() and not (words.heads.end_at(search, begin) or search.startswith(_LINKS, begin)):
        return None
    for word in _SMALL.finditer(plain, begin, limit):
        at = word.start()
        if words.stops.end_at(search, at) and not words.joints.end_at(search, at):
            return None
    if any(at in cues.starts and _is_person_cue(cues, at) for at in range(begin, limit) if plain[at - 1] == " "):
        return None
    for link in ("thuộc ", "của "):
        if search.startswith(link, begin):
            begin += len(link)
    return begin, begin + len(plain[begin:limit].rstrip(" ,"))


def _is_person_cue(cues: Cues, at: int) -> bool:
    return cues.longest_starting(at, RANK, FUNCTION, HONORIFIC) is not None


@lru_cache(maxsize=2048)
def _tail_head(function: str, lexicon: Lexicon) -> int:
    """Where the organisation starts within a function: `Trưởng Công an phường` is of `Công an phường`; else 0."""
    if not function.startswith(("trưởng ", "phó ", "quyền trưởng ")) or function.endswith(("thường trực", "phụ trách")):
        return 0
    heads = _office_words(lexicon).heads
    at = function.find(" ")
    while at != -1:
        if heads.end_at(function, at + 1) == len(function):
            return at + 1
        at = function.find(" ", at + 1)
    return 0


def _skip_gap(search: str, at: int) -> int:
    if search.startswith(" (", at) or search.startswith(" - ", at):
        return at + 2 + search.startswith(" - ", at)
    while at < len(search) and search[at] == " ":
        at += 1
    return at


@dataclass(slots=True)
class _Walk:
    """A walk along an organisation's name, word by word."""

    reading: Reading
    cues: Cues
    words: _OfficeWords
    stop_at: int
    is_before_name: bool
    previous: str = ""
    n_capitals: int = 0
    is_named: bool = False
    is_bracketed: bool = False

    def ends_before(self, at: int, word_end: int) -> bool:
        """Whether the name ends before the word at `at`: a verb, a function, a person, what no name goes on
        with.
        """
        plain, search = self.reading.plain, self.reading.search
        is_small, head = plain[at].islower(), self.words.heads.end_at(search, at)
        if is_small and (stop := self.words.stops.end_at(search, at)) and head <= stop:
            return not self.words.joints.end_at(search, at)
        if at in self.cues.starts and (
            self.cues.longest_starting(at, RANK, FUNCTION) or (is_small and self.cues.longest_starting(at, HONORIFIC))
        ):
            return True
        word = search[at:word_end]
        if word == "và":
            return not self._joins(word_end + 1)
        is_common = is_small and word not in _LEVELS and not head
        return is_common and (self.previous in _LEVELS or (self.is_named and word != "về"))

    def take(self, at: int, word_end: int, *, is_first: bool) -> int:
        """Takes the word at `at`, a head of several words whole; where it ends."""
        plain, search = self.reading.plain, self.reading.search
        head = self.words.heads.end_at(search, at)
        # "Quân khu 1 thay mặt", "Công an Hà Tĩnh thông tin": after a name or number no small word belongs
        self.n_capitals = self.n_capitals + 1 if plain[at].isupper() and not head else 0
        is_place = self.previous in _LEVELS and plain[at].isupper()
        self.is_named = self.is_named or (not is_first and (self.n_capitals >= 2 or plain[at].isdigit() or is_place))
        end = max(word_end, head) if head <= self.stop_at else word_end
        if end == word_end and plain[at].islower():
            joint = self.words.joints.end_at(search, at)  # "hàng không" holds no "không"
            end = joint if word_end < joint <= self.stop_at else end
        self.previous = search[at:end].rpartition(" ")[2]
        return end

    def pass_gap(self, end: int) -> tuple[int, int] | None:
        """Where the name ends with the marks after `end`, and where its next word starts; None if it ends
        at `end`.
        """
        gap = _GAP.match(self.reading.plain, end, self.stop_at)
        if not gap:
            return None
        mark, following = gap[0].strip(), gap.end()
        if mark == ")":
            if not self.is_bracketed:
                return None
            self.is_bracketed, end, following = False, gap.end(), gap.end() + 1
        elif mark and not self._starts_parent(following):
            # "UBND tỉnh Thừa Thiên - Huế X": before a holder's name the dash is the place's own
            is_dash = self.is_before_name and mark not in ",("
            if not (is_dash and self.reading.plain[following : following + 1].isupper()):
                return None
        self.is_bracketed = self.is_bracketed or mark == "("
        self.is_named = self.is_named and not mark
        return end, following

    def _joins(self, at: int) -> bool:
        """Whether `và` goes on with the same name: `Giáo dục và Đào tạo`, `cứu nạn và cứu hộ`."""
        plain, search = self.reading.plain, self.reading.search
        if self.words.joints.end_at(search, at):
            return True
        return not self.words.heads.end_at(search, at) and bool(_CAPITAL_THEN_SMALL.match(plain, at))

    def _starts_parent(self, at: int) -> bool:
        return self.reading.plain[at : at + 1].isupper() and self.words.heads.end_at(self.reading.search, at) > 0


def _office_end(reading: Reading, cues: Cues, start: int, *, lexicon: Lexicon, limit: int | None, after: int) -> int:
    """Where the organisation ends that starts at `start`; words before `after` are the function's own."""
    plain = reading.plain
    stop_at = min(len(plain), start + MAX_LENGTH, limit if limit is not None else len(plain))
    walk = _Walk(reading, cues, _office_words(lexicon), stop_at, is_before_name=limit is not None)
    end = at = start
    for n in range(MAX_WORDS):
        word = _WORD.match(plain, at, stop_at)
        if not word or (n and at >= after and walk.ends_before(at, word.end())):
            break
        end = walk.take(at, word.end(), is_first=not n)
        passed = walk.pass_gap(end)
        if passed is None:
            break
        end, at = passed
    return end + (walk.is_bracketed and plain.startswith(")", end))


def read_organisation(reading: Reading, cues: Cues, start: int, *, lexicon: Lexicon) -> tuple[int, int] | None:
    """The organisation that starts at `start`, without a function: `Đại tá X (Công an tỉnh)`."""
    if not reading.plain[start : start + 1].isupper() or not _office_words(lexicon).heads.end_at(reading.search, start):
        return None
    return start, _office_end(reading, cues, start, lexicon=lexicon, limit=None, after=start)


def place_in(organisation: str) -> str | None:
    """The place name at the end of an organisation's name, with its type word.

    >>> place_in("Công an TX Kỳ Anh"), place_in("Sở Công Thương")
    ('TX Kỳ Anh', None)
    """
    found = _PLACE.search(organisation)
    return found[1] if found else None
