"""Which of the overlapping mentions stand: the definition, word for word, against the quicker way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.corpus.document import Document
from helpers.extract.register import open_reading
from helpers.extract.span import LAYERS, Mention, overlaps, resolve_overlaps

MENTION = st.builds(
    lambda kind, start, length, strength: Mention(kind, start, start + length, "rule", {}, strength),
    st.sampled_from(["count", "date", "money", "person", "place", "document"]),
    st.integers(0, 40), st.integers(1, 9), st.sampled_from([1, 2, 3]),
)  # fmt: skip


def _resolve_one_by_one(proposals: list[Mention]) -> list[Mention]:
    """The strong before the weak, the long before the short, the early proposal before the late."""
    kept: list[Mention] = []
    for m in sorted(proposals, key=lambda m: (-m.strength, m.start - m.end)):
        if not any(LAYERS[m.kind] == LAYERS[other.kind] and overlaps(m, other) for other in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: (m.start, -m.end))


@settings(deadline=None)
@given(st.lists(MENTION, max_size=20))
def test_overlaps_are_resolved_as_defined(proposals):
    assert [id(m) for m in resolve_overlaps(iter(proposals))] == [id(m) for m in _resolve_one_by_one(proposals)]


def test_a_place_in_the_text_has_its_sentence_and_paragraph(vi):
    reading = open_reading(Document("x", "Tít một.\n\nCâu hai. Câu ba."), vi)
    found = [reading.sentence_at(at) for at in (0, 7, 8, 9, 10, 18, 19, 26, 27)]
    assert [s and s.index for s in found] == [0, 0, None, None, 1, None, 2, None, None]
    paragraphs = [reading.paragraph_at(at) for at in (3, 8, 20)]
    assert [p and p.index for p in paragraphs] == [0, None, 1]
