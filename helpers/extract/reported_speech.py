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

MIN_WORDS = 5


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


def find_reported(scene: Scene, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Speech without marks outside the `taken` spans of quotes."""
    reading = scene.reading
    # a text of one paragraph is read as a header, but is no headline
    silent = ("header", "byline") if len(reading.paragraphs) > 1 else ()
    touched = {s.index for a, b in taken for s in (reading.sentence_at(a), reading.sentence_at(b - 1)) if s}
    read_up_to = 0
    for verb in scene.verbs:
        if not verb.is_reported or verb.start < read_up_to or (sentence := reading.sentence_at(verb.start)) is None:
            continue
        read_up_to = sentence.end
        if sentence.index in touched or reading.paragraphs[sentence.paragraph].role in silent:
            continue
        if reported := _read_sentence(scene, sentence):
            yield reported
            if rest := _continue(scene, reported):
                yield rest
