"""Quotes: what a person is reported to have said, in marks (`direct`) or not (`reported`), with speaker and
cue.

    Ông X cho biết: “…”;   “…”, Thượng tá X khẳng định;   a pull quote without marks, its speaker at the end

Quoted words that nobody says (“điểm nóng”, the name of a model, a slogan, a law's text) are none: a quote
has five words or more and a speech verb (speech_verbs.csv) beside it. Marks may be missing: an opening one
holds to the end of its paragraph at most. Speech without marks: reported_speech.py.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from helpers.corpus.document import Paragraph
from helpers.extract.reported_speech import find_reported
from helpers.extract.span import STRONG, USUAL, Mention, Reading, start_of
from helpers.extract.speakers import (
    QUOTING,
    Scene,
    Speaker,
    SpeechVerb,
    find_speaker_before,
    name_by_words,
    quote_fields,
)
from helpers.lexicon import Lexicon
from helpers.patterns import late

MIN_WORDS = 5
BEFORE, AFTER = 260, 150

_OPENING, _CLOSING = "“„«", "”»"
_MARKS = _OPENING + _CLOSING + '"'
_TO_QUOTE = late(regex.compile, r"(?:\s(?:rằng|là|thêm|tiếp|như sau|với\s[^,:.]{2,40}))?\s?[:,]?\s?")
_AFTER_QUOTE = late(regex.compile, r"\s?[,.]?\s?(?:[-,]\s?)?")
_NEXT_SPEECH = late(regex.compile, r"(?:\sthêm|\srằng|\slà)?\s?:")
#: a part of a speech in marks, after an auxiliary: "nói rằng hai bên sẽ “…”"
_TO_PART = late(
    regex.compile,
    r"(?:\s(?:rằng|là))?\s(?:[^\s\":;.]+\s){0,12}?(?:sẽ|đã|đang|phải|cần|là|không|muốn|có thể|rất|vẫn|cũng|tiếp tục)\s?",
)
_PASSIVE = (" được", " bị")
_ACCORDING = late(regex.compile, r"(?:^|\n|[.!?…”\"]\s)theo(?:\slời)?\s")
_STOP = late(regex.compile, r"[.!?…:;\"](?=\s|$)")


def _marks(reading: Reading, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """The quotation marks of a paragraph; `search` has one form for all of them."""
    at = reading.search.find('"', paragraph.start, paragraph.end)
    while at >= 0:
        if (sign := reading.plain[at]) in _MARKS:
            yield at, sign
        at = reading.search.find('"', at + 1, paragraph.end)


def _quoted_spans(reading: Reading, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Outermost spans in marks within a paragraph, marks included; one left open ends at the last mark."""
    depth, start, last_mark = 0, -1, -1
    plain = reading.plain
    for at, sign in _marks(reading, paragraph):
        if depth == 0:
            if sign in _CLOSING and at > paragraph.start and not plain[at - 1].isspace():
                continue  # a closing mark whose opening one is missing
            depth, start = 1, at
        elif sign in _OPENING and plain[start] != '"':
            depth += 1
        elif sign != '"' or plain[start] not in _OPENING:
            depth -= 1
            if depth == 0:
                yield start, at + 1
        last_mark = at
    if depth:
        # “… quê hương “Áo vải, cờ đào”, đồng chí X nói: the outer closing mark is missing
        yield start, last_mark + 1 if last_mark > start else paragraph.end


def _direct(scene: Scene, start: int, end: int, paragraph: Paragraph) -> Mention | None:
    """A quote in marks, with the speech verb before or after it."""
    if len(scene.reading.plain[start + 1 : end - 1].split(None, MIN_WORDS)) < MIN_WORDS:
        return None
    speaker = _said_before(scene, start, paragraph)
    rule = "said_before" if speaker else "said_after"
    speaker = speaker or _said_after(scene, start, end, paragraph)
    if speaker is None:
        rule, speaker = "after_colon", _after_colon(scene, start, end, paragraph)
    return Mention("quote", start, end, rule, quote_fields(speaker, "direct"), STRONG) if speaker else None


def _said_before(scene: Scene, start: int, paragraph: Paragraph) -> Speaker | None:
    """`X cho biết: “…”`: the last speech verb of the sentence stands before the quote, or a colon does."""
    search = scene.reading.search
    low = max(paragraph.start, start - BEFORE)
    sentence = scene.reading.sentence_at(start)
    if sentence and low < sentence.start < start:
        low = sentence.start
    verb = scene.last_verb(low, start)
    if verb is None or search.endswith(_PASSIVE, low, max(low, verb.start - 1)):
        return None
    between = search[verb.end : start]
    if verb.words in QUOTING:
        return _quoted_person(scene, verb.end, start, verb) if between.rstrip().endswith(":") else None
    is_part = verb.words not in scene.words.near_only and _TO_PART.fullmatch(between) is not None
    if is_part and not scene.words.slogan.search(search, verb.end, start):
        speaker = find_speaker_before(scene, low, verb)
        return speaker if speaker.entity_id and scene.reading.plain[start + 1].islower() else None
    if not _TO_QUOTE.fullmatch(between) and (
        verb.words in scene.words.near_only or not between.rstrip().endswith(":") or len(between) > 160
    ):
        return None
    if '"' in between or scene.words.slogan.search(search, max(low, verb.start - 4), start):
        return None  # "với chủ đề: “…”", "ý nghĩa câu nói “…”"
    return find_speaker_before(scene, low, verb)


def _quoted_person(scene: Scene, start: int, end: int, verb: SpeechVerb) -> Speaker | None:
    """`AFP dẫn lời ông X: “…”`: the person named after the verb, or the words."""
    if people := scene.people_in(start, end):
        return Speaker.of(people[0], verb)
    if saying := scene.first_verb(start, end):
        end = saying.start  # "CNN dẫn lời một nguồn tin cho biết"
    return name_by_words(scene, scene.reading.plain[start:end], verb)


def _after_colon(scene: Scene, start: int, end: int, paragraph: Paragraph) -> Speaker | None:
    """`X lắc đầu: “Tôi …”`, `Theo X: “…”`: a colon, and a person who speaks of himself or is named as the source."""
    search = scene.reading.search
    before = search[max(paragraph.start, start - BEFORE) : start].rstrip()
    if not before.endswith(":") or scene.words.slogan.search(search, max(paragraph.start, start - 40), start):
        return None
    low = max(paragraph.start, start - BEFORE)
    sentence = scene.reading.sentence_at(start)
    if sentence and low < sentence.start < start:
        low = sentence.start
    people = scene.people_in(low, start)
    is_source = _ACCORDING.search(search, max(0, low - 2), start) is not None
    if not (scene.words.self.search(search, start + 1, end) or (is_source and people)):
        return None
    if people:
        return Speaker.of(people[-1], None)
    pronoun = scene.words.pronoun.match(search[low:start].lstrip(" -"))
    person = scene.stands_for(pronoun[0], start) if pronoun else None
    return Speaker.of(person, None) if person else None


def _said_after(scene: Scene, start: int, end: int, paragraph: Paragraph) -> Speaker | None:
    """`“…”, X nói`: a speech verb before the sentence ends, which opens no other quote."""
    search, plain = scene.reading.search, scene.reading.plain
    mark = _AFTER_QUOTE.match(search, end, paragraph.end)
    assert mark is not None  # the pattern fits an empty text too
    high = min(paragraph.end, end + AFTER)
    if said_by := scene.words.said_by.match(search, end, high):
        people = scene.people_in(said_by.end(), said_by.end() + 60)
        return Speaker.of(people[0], None) if people else None
    if stop := _STOP.search(search, mark.end(), high):
        high = stop.start()
    verb = scene.first_verb(mark.end(), high)
    if verb is None or _NEXT_SPEECH.match(search, verb.end):
        return None
    ends_sentence = ("." in mark[0] and "-" not in mark[0]) or (plain[end - 2] in ".!?…" and not mark[0].strip())
    if ends_sentence or scene.words.slogan.search(search, max(paragraph.start, start - 16), start):
        return None
    if verb.words in QUOTING:
        return _quoted_person(scene, verb.end, high, verb)
    if people := scene.people_in(mark.end(), verb.start):
        return Speaker.of(people[-1], verb)
    before_verb = search[mark.end() : verb.start].strip(" ,-")
    if scene.words.pronoun.fullmatch(before_verb) and (person := scene.stands_for(before_verb, end)):
        return Speaker.of(person, verb)
    is_last = high - verb.end < 2 and len(before_verb.split()) <= 4  # "“…?”, chủ tọa hỏi."
    if not before_verb or (verb.words in scene.words.near_only and not is_last) or len(before_verb.split()) > 14:
        return None
    return name_by_words(scene, plain[mark.end() : verb.start], verb)


def _continued(scene: Scene, last: Mention, paragraph: Paragraph) -> Mention | None:
    """The next paragraph of a speech that was left open at the end of its own; captions may stand in between."""
    paragraphs, plain = scene.reading.paragraphs, scene.reading.plain
    spoken = scene.reading.paragraph_at(last.start)
    if spoken is None or last.end != spoken.end or plain[last.end - 1] in _CLOSING + '"':
        return None
    if any(p.role != "caption" for p in paragraphs[spoken.index + 1 : paragraph.index]):
        return None
    start = paragraph.start
    is_opened = plain[start] in _OPENING + '"'
    marks = [at for at, sign in _marks(scene.reading, paragraph) if at > start and (sign in _CLOSING or sign == '"')]
    if not is_opened and (not marks or plain[marks[0]] == '"'):
        return None
    end = marks[0] + 1 if marks else paragraph.end
    return Mention("quote", start, end, "continued", dict(last.fields), USUAL, ("speaker",))


def _pullquote(scene: Scene, paragraph: Paragraph) -> Mention | None:
    """A boxed statement without marks: all before the speaker named at its end."""
    plain = scene.reading.plain
    people = scene.people_in(paragraph.start, paragraph.end)
    if not people:
        return None
    end = max(plain.rfind(mark, paragraph.start, people[-1].start) for mark in '.!?…”"') + 1
    if end <= paragraph.start:
        return None
    fields = quote_fields(Speaker.of(people[-1], None), "direct")
    return Mention("quote", paragraph.start, end, "pull_quote", fields, USUAL)


def find_quotes(reading: Reading, lexicon: Lexicon, people: list[Mention]) -> list[Mention]:
    """Quotes with their speakers, in reading order; `people` are the article's, linked."""
    scene = Scene.of(reading, lexicon, people)
    quotes: list[Mention] = []
    for paragraph in reading.paragraphs:
        if paragraph.role == "pullquote" and (quote := _pullquote(scene, paragraph)):
            quotes.append(quote)
            continue
        if paragraph.role == "body" and quotes and (rest := _continued(scene, quotes[-1], paragraph)):
            quotes.append(rest)
        for start, end in _quoted_spans(reading, paragraph):
            if start >= (quotes[-1].end if quotes else 0) and (quote := _direct(scene, start, end, paragraph)):
                quotes.append(quote)
    quotes += find_reported(scene, [(q.start, q.end) for q in quotes])
    return sorted(quotes, key=start_of)
