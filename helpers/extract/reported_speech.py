"""Speech without marks: `X nhấn mạnh, …`, and its rest after a caption that stands in between.

Taken only where a person of the article is the verb's subject: nothing but the office stands between name
and verb.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.corpus.document import Sentence
from helpers.extract.span import USUAL, Mention
from helpers.extract.speakers import Scene, Speaker, quote_fields
from helpers.normalize import search_form
from helpers.schema import SILENT_ROLES

MIN_WORDS = 5
#: how far into its sentence a source is named: "Theo Thượng tá X"
SOURCE_REACH = 70


def _is_subject(speaker: Mention, gap: str) -> bool:
    """Whether the words between a name and the verb are only the speaker's office."""
    words = [str(speaker.fields[c]) for c in ("function", "organisation") if speaker.fields.get(c)]
    for phrase in words:
        gap = gap.replace(search_form(phrase), " ")
    return len(gap.split()) <= 6 or (bool(words) and len(gap) < 90 and gap.rstrip().endswith(","))


def _read_sentence(scene: Scene, sentence: Sentence) -> Mention | None:
    people = scene.people_in(sentence.start, sentence.end)
    if not people:
        return None
    search = scene.reading.search
    verb = scene.first_verb(people[0].end, sentence.end, reported=True)
    joint = scene.words.opens_speech.match(search, verb.end) if verb else None
    if not verb or not joint or len(search[joint.end() : sentence.end].split(None, MIN_WORDS)) < MIN_WORDS:
        return None
    speaker = next(p for p in reversed(people) if p.start < verb.start)
    if not _is_subject(speaker, search[speaker.end : verb.start]):
        return None
    fields = quote_fields(Speaker.of(speaker, verb), "reported")
    return Mention("quote", joint.end(), sentence.end, "reported_speech", fields, USUAL)


def _read_source(scene: Scene, sentence: Sentence) -> Mention | None:
    """`Theo ông X, Chủ tịch UBND xã, toàn xã có …`: what a person is named as the source of."""
    search = scene.reading.search
    if not search.startswith(("theo ", "cũng theo ", "vẫn theo "), sentence.start):
        return None
    people = scene.people_in(sentence.start, min(sentence.end, sentence.start + SOURCE_REACH))
    if not people or "," in search[sentence.start : people[0].start]:
        return None
    source = people[0]
    before = search[search.find("theo ", sentence.start) + 5 : source.start]
    if not (
        _is_office(source, before, most=0) or before.strip() in scene.words.titles or scene.words.noun.search(before)
    ):
        return None  # "Theo chân ông X, chúng tôi …"
    comma = search.find(", ", source.end, sentence.end)
    if comma < 0 or not _is_office(source, search[source.end : comma]):
        return None
    while (after := search.find(", ", comma + 2, sentence.end)) > 0 and _is_office(source, search[source.end : after]):
        comma = after  # "Theo ông X, Chủ tịch UBND xã, …"
    if len(search[comma + 2 : sentence.end].split(None, MIN_WORDS)) < MIN_WORDS:
        return None
    fields = quote_fields(Speaker(str(source.fields["name"]), source.entity_id, "theo"), "reported")
    return Mention("quote", comma + 2, sentence.end, "according_to", fields, USUAL)


def _is_office(person: Mention, gap: str, *, most: int = 2) -> bool:
    """Whether words beside a name are its bearer's rank, honorific or office, and `most` others."""
    for column in ("organisation", "function", "rank", "honorific"):
        if phrase := person.fields.get(column):
            gap = gap.replace(search_form(str(phrase)), " ")
    return len(gap.replace(",", " ").replace("-", " ").split()) <= most


def _continue(scene: Scene, reported: Mention) -> Mention | None:
    """The rest of a speech after a caption: a paragraph of demands that starts without a subject of its
    own.
    """
    paragraphs = scene.reading.paragraphs
    paragraph = scene.reading.paragraph_at(reported.start)
    if paragraph is None or reported.end < paragraph.end:
        return None
    after = paragraph.index + 1
    while after < len(paragraphs) and paragraphs[after].role == "caption":
        after += 1
    if after == paragraph.index + 1 or after >= len(paragraphs) or paragraphs[after].role != "body":
        return None
    rest = paragraphs[after]
    if scene.people_in(rest.start, rest.end) or ";" not in scene.reading.plain[rest.start : rest.end]:
        return None
    rule, fields = "reported_speech_continued", dict(reported.fields)
    return Mention("quote", rest.start, rest.end, rule, fields, USUAL, ("speaker",))


def _source_sentences(scene: Scene) -> Iterator[Sentence]:
    """The sentences that may start with a source: those that hold a person and "theo"."""
    search, seen = scene.reading.search, -1
    for person in scene.people:
        sentence = scene.reading.sentence_at(person.start)
        if sentence is not None and sentence.index != seen and "theo " in search[sentence.start : sentence.start + 12]:
            seen = sentence.index
            yield sentence


def find_reported(scene: Scene, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Speech without marks outside the `taken` spans of quotes."""
    reading = scene.reading
    # a text of one paragraph is read as a header, but is no headline
    silent = SILENT_ROLES if len(reading.paragraphs) > 1 else ()
    touched = {s.index for a, b in taken for s in (reading.sentence_at(a), reading.sentence_at(b - 1)) if s}
    read_up_to = 0
    for verb in scene.verbs:
        if not verb.is_reported or verb.start < read_up_to or (sentence := reading.sentence_at(verb.start)) is None:
            continue
        read_up_to = sentence.end
        if sentence.index in touched or reading.paragraphs[sentence.paragraph].role in silent:
            continue
        if reported := _read_sentence(scene, sentence):
            touched.add(sentence.index)
            yield reported
            if rest := _continue(scene, reported):
                yield rest
    for sentence in _source_sentences(scene):
        is_read = sentence.index in touched or reading.paragraphs[sentence.paragraph].role in silent
        if not is_read and (source := _read_source(scene, sentence)):
            yield source
