"""An article being searched for people: what every step of the search looks at, and what stands beside a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.corpus.document import Sentence
from helpers.extract.gazetteer import Gazetteer, load_gazetteer, search_key
from helpers.extract.names import NameWords, name_words
from helpers.extract.offices import Office, read_office
from helpers.extract.person_cues import Cue, Cues
from helpers.extract.span import Reading
from helpers.lexicon import Lexicon


@dataclass(slots=True)
class Sides:
    """What stands beside a name. `is_direct`: a cue touches it; `is_blocked`: a word that makes it no
    person's.
    """

    rank: Cue | None = None
    honorific: Cue | None = None
    academic: Cue | None = None
    private: Cue | None = None
    offices: tuple[Office, ...] = ()
    organisation: tuple[int, int] | None = None
    has_age: bool = False
    is_direct: bool = False
    is_blocked: bool = False
    has_office_before: bool = False
    #: a country stands between function and name: `Thủ tướng Nhật Bản X`
    has_country: bool = False
    #: the office of all in a list: `các Phó Chủ tịch UBND tỉnh: X, Y và Z`
    shared_office: Office | None = None
    #: a suspect, victim or witness: private whatever office he holds
    is_masked: bool = False
    #: where the first cue before the name starts
    start: int = -1


@dataclass(slots=True)
class Search:
    """An article being searched for people, in reading order; `used_until`: words taken by the person
    before.
    """

    reading: Reading
    cues: Cues
    lexicon: Lexicon
    used_until: int = 0
    #: the role or office that opens a list, and the sentence of the list: `2 đối tượng gồm X, … và Y, …`
    list_role: tuple[Cue | Office, Sentence | None] | None = None
    words: NameWords = field(init=False)
    plain: str = field(init=False)
    search: str = field(init=False)
    _gazetteer: Gazetteer = field(init=False)

    def __post_init__(self) -> None:
        self.words, self._gazetteer = name_words(self.lexicon), load_gazetteer(self.lexicon)
        self.plain, self.search = self.reading.plain, self.reading.search

    def office(self, cue: Cue, *, limit: int | None = None) -> Office:
        """The function at `cue` with its organisation."""
        return read_office(self.reading, self.cues, cue, lexicon=self.lexicon, limit=limit)

    def is_place(self, folded: str) -> bool:
        """Whether a folded name is a place's."""
        return search_key(folded) in self._gazetteer.by_name

    def is_large_place(self, folded: str) -> bool:
        """Whether a folded name is that of more than a commune."""
        return any(p.level != "commune" for p in self._gazetteer.by_name.get(search_key(folded), ()))
