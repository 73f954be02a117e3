"""Speakers: who says what a speech verb reports, a person of the article or the words before the verb."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from helpers.extract.person_cues import titles
from helpers.extract.span import Mention, Reading, start_of
from helpers.extract.word_patterns import any_of, compile_any, last_match
from helpers.extract.word_search import WordList
from helpers.lexicon import NOTE, TEXT, YES_NO, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("speech_verbs", surface=TEXT, reported=Column(values=YES_NO), near_only=Column(values=YES_NO), note=NOTE)
define("speaker_words", surface=TEXT, note=NOTE)
define("speaker_trims", surface=TEXT, side=Column(values=("before", "after", "speech", "noun", "self")), note=NOTE)
define("slogan_words", surface=TEXT, note=NOTE)

MAX_SPEAKER_WORDS = 14
#: how many persons back an office may have been named
REACH = 40
#: how many persons back a pronoun may reach over one who is addressed otherwise
NEAR = 5

_CLAUSE = late(regex.compile, r"[,;:.!?…()\"“”]\s+|\s-\s|\s(?:và|khi|rằng)\s|^")
_AROUND = ' ,-–—:;("“”\n'


#: verbs whose object speaks: "AFP dẫn lời ông X"
QUOTING = frozenset(("dẫn lời", "trích lời", "trích dẫn lời"))


@dataclass(slots=True)
class Speaker:
    """Who speaks: the name or words printed, the person's entity id, the speech verb."""

    name: str | None
    entity_id: str | None
    cue: str | None

    @staticmethod
    def of(person: Mention, verb: SpeechVerb | None) -> Speaker:
        """A person of the article."""
        return Speaker(str(person.fields["name"]), person.entity_id, verb.words if verb else None)


class SpeechVerb(NamedTuple):
    """A speech verb of the text, as folded; `is_reported`: it may open speech without marks."""

    start: int
    end: int
    words: str
    is_reported: bool


def quote_fields(speaker: Speaker, form: str) -> dict[str, object]:
    """The columns of a quote."""
    return {"speaker": speaker.name, "speaker_id": speaker.entity_id, "form": form, "cue": speaker.cue}


@dataclass(frozen=True)
class SpeechWords:
    """The lexicon's words about speaking; `near_only` verbs are nouns or do other work too (`đề nghị`, `báo
    cáo`).
    """

    verbs: WordList
    reported: tuple[bool, ...]
    near_only: frozenset[str]
    pronoun: regex.Pattern[str]
    slogan: regex.Pattern[str]
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    opens_speech: regex.Pattern[str]
    #: `Đó là chia sẻ của X` behind a quote; words by which a speaker means himself
    said_by: regex.Pattern[str]
    self: regex.Pattern[str]
    #: `theo lời khai của X`: the same nouns, anywhere
    noun: regex.Pattern[str]
    #: functions, and what people are called in the news: `theo bác sĩ X`
    titles: frozenset[str]

    def find_verbs(self, reading: Reading) -> list[SpeechVerb]:
        """All speech verbs, in their order, the longest first where several begin."""
        found = sorted([(start, -end, number) for number, start, end in reading.find_words(self.verbs)])
        return [
            SpeechVerb(start, -minus_end, reading.search[start:-minus_end], self.reported[number])
            for start, minus_end, number in found
        ]


@lru_cache(maxsize=4)
def _speech_words(lexicon: Lexicon) -> SpeechWords:
    rows, trims = lexicon.entries("speech_verbs"), lexicon.entries("speaker_trims")
    verbs: dict[str, bool] = {}
    for row in rows:  # "lý giải" and "lí giải" are one
        form = search_form(row["surface"])
        verbs[form] = verbs.get(form, False) or row["reported"] == "yes"

    def trim(side: str) -> str:
        return any_of(r["surface"] for r in trims if r["side"] == side)

    return SpeechWords(
        verbs=WordList(verbs, is_whole=True),
        reported=tuple(verbs.values()),
        near_only=frozenset(search_form(r["surface"]) for r in rows if r["near_only"] == "yes"),
        pronoun=compile_any(lexicon.surfaces("speaker_words")),
        slogan=compile_any(lexicon.surfaces("slogan_words")),
        before=late(regex.compile, rf"(?:{trim('before')}\s|(?:nói về|về|tại|trao đổi với)\s[^,]{{1,60}},\s)"),
        after=late(regex.compile, rf"\s{trim('after')}$"),
        said_by=late(
            regex.compile,
            rf"\s?[.,]?\s(?:-\s)?(?:(?:đó|đây|trên) là\s)?(?:những\s)?(?:lời\s)?{trim('noun')}\s(?:[^.:;]{{0,24}}\s)?của\s",
        ),
        titles=titles(lexicon),
        noun=compile_any(r["surface"] for r in trims if r["side"] == "noun"),
        self=compile_any(r["surface"] for r in trims if r["side"] == "self"),
        opens_speech=late(regex.compile, rf"\s?(?:,|:|\srằng|\slà)\s|\s(?={trim('speech')}\s)"),
    )


def speech_verbs(lexicon: Lexicon) -> WordList:
    """The verbs that speech is found by."""
    return _speech_words(lexicon).verbs


@dataclass(slots=True)
class Scene:
    """An article with its people in reading order, and the words about speaking."""

    reading: Reading
    words: SpeechWords
    people: list[Mention]
    starts: list[int]
    verbs: list[SpeechVerb]
    verb_starts: list[int]

    @staticmethod
    def of(reading: Reading, lexicon: Lexicon, people: list[Mention]) -> Scene:
        """The scene of an article; `people` in any order."""
        words = _speech_words(lexicon)
        ordered = sorted(people, key=start_of)
        verbs = words.find_verbs(reading)
        return Scene(reading, words, ordered, [m.start for m in ordered], verbs, [v.start for v in verbs])

    def people_in(self, start: int, end: int) -> list[Mention]:
        """People named from `start` to `end`."""
        return self.people[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def last_before(self, position: int) -> Mention | None:
        """The person named last before `position`."""
        i = bisect_left(self.starts, position)
        return self.people[i - 1] if i else None

    def stands_for(self, pronoun: str, position: int) -> Mention | None:
        """The person whom a pronoun before `position` stands for: the last one, or the last one addressed so where
        another is in between (`anh Mẫu … cháu Thử … anh nói`).
        """
        last, word = self.last_before(position), pronoun.split(" ")[0]
        called = search_form(str(last.fields.get("honorific") or "")) if last else ""
        if last is None or not called or called == word:
            return last
        before = bisect_left(self.starts, position)
        for person in reversed(self.people[max(0, before - NEAR) : before]):
            if search_form(str(person.fields.get("honorific") or "")) == word:
                return person
        return last

    def first_verb(self, start: int, end: int, *, reported: bool = False) -> SpeechVerb | None:
        """The first speech verb within; with `reported` the first that may open speech without marks."""
        for verb in self._verbs_from(start, end):
            if verb.is_reported or not reported:
                return verb
        return None

    def last_verb(self, start: int, end: int) -> SpeechVerb | None:
        """The last speech verb within, read from the left: `cho biết thêm` holds no other."""
        last, at = None, start
        for verb in self._verbs_from(start, end):
            if verb.start >= at:
                last, at = verb, verb.end
        return last

    def _verbs_from(self, start: int, end: int) -> Iterator[SpeechVerb]:
        for i in range(bisect_left(self.verb_starts, start), bisect_left(self.verb_starts, end)):
            if self.verbs[i].end <= end:
                yield self.verbs[i]


def find_speaker_before(scene: Scene, low: int, verb: SpeechVerb) -> Speaker:
    """The person named before a verb in its sentence (which starts at `low`), or who a pronoun stands for,
    or the words.
    """
    search, plain = scene.reading.search, scene.reading.plain
    clause = last_match(_CLAUSE, search, low, verb.start)
    clause_start = clause.end() if clause else low
    people = scene.people_in(low, verb.start)
    if people and people[-1].start >= clause_start:
        return Speaker.of(people[-1], verb)
    phrase = search[clause_start : verb.start].strip()
    pronoun = scene.words.pronoun.match(phrase)
    if pronoun and len(phrase) - pronoun.end() < 12 and (person := scene.stands_for(pronoun[0], verb.start)):
        return Speaker.of(person, verb)
    if people:
        return Speaker.of(people[-1], verb)
    for part in reversed(_CLAUSE.split(search[low:clause_start])):
        pronoun = scene.words.pronoun.match(part.strip())
        if pronoun and (person := scene.stands_for(pronoun[0], verb.start)):
            return Speaker.of(person, verb)  # "Nhìn con, anh liên tục ngất xỉu, gào khóc: “…”"
    return name_by_words(scene, plain[clause_start : verb.start], verb)


def name_by_words(scene: Scene, words: str, verb: SpeechVerb) -> Speaker:
    """The words before the verb; the person whose office they name, where the article has one (`Bộ trưởng
    nói`).
    """
    words = _trim(scene, words.strip(_AROUND))
    folded = search_form(words)
    before = bisect_left(scene.starts, verb.start)
    for person in reversed(scene.people[max(0, before - REACH) : before]):
        function = search_form(str(person.fields.get("function") or ""))
        organisation = search_form(str(person.fields.get("organisation") or ""))
        if function and folded in (function, f"{function} {organisation}".strip()):
            return Speaker.of(person, verb)
    return Speaker(words if 0 < len(words.split()) <= MAX_SPEAKER_WORDS else None, None, verb.words)


def _trim(scene: Scene, words: str) -> str:
    """Without what leads on to a speaker (`Trong khi đó`) or from it to the verb (`cũng`, `đã`)."""
    folded = search_form(words)
    start = lead.end() if (lead := scene.words.before.match(folded)) else 0
    end = len(words)
    while tail := scene.words.after.search(folded, start, end):
        end = tail.start()
    return words[start:end].strip(_AROUND)
