"""Which sayings must be read as figures, and how: tests/cases/quantities.csv and figure_fields.csv."""

from __future__ import annotations

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.register import extract_document
from helpers.extract.span import FIGURE_KINDS


def _ids(case):
    return f"{case['text'][:36]}|{case['surface']}"


@pytest.mark.parametrize("case", read_cases("quantities"), ids=_ids)
def test_figure_is_read_as_the_case_says(case, vi):
    found = [m for m in extract_document(Document("x", case["text"]), vi).mentions if m.kind in FIGURE_KINDS]
    if not case["surface"]:
        assert [m.surface for m in found] == []
        return
    match = [m for m in found if m.surface == case["surface"]]
    assert match, f"found only {[m.surface for m in found]}"
    fields = match[0].fields
    value = [float(case["value"]), float(case["value_high"])] if case["value_high"] else float(case["value"])
    assert (match[0].kind, fields["value"]) == (case["kind"], pytest.approx(value))
    unit = fields["unit"] or ""
    # a longer unit says more, not other: "vụ" and "vụ tai nạn"
    assert unit == case["unit"] or unit.startswith(case["unit"] + " "), unit
    assert (fields["qualifier"], fields["direction"]) == (case["qualifier"], case["direction"])


@pytest.mark.parametrize(
    "case", read_cases("figure_fields"), ids=lambda c: f"{c['text'][:36]}|{c['surface']}|{c['field']}"
)
def test_what_the_words_around_say(case, vi):
    """One field of one figure; an empty value means that the text does not say."""
    text = case["text"].replace("\\n", "\n")
    found = [m for m in extract_document(Document("x", text), vi).mentions if m.kind in FIGURE_KINDS]
    match = [m for m in found if m.surface == case["surface"]]
    assert match, f"found only {[m.surface for m in found]}"
    value = match[0].fields.get(case["field"])
    if case["field"] == "whole" and value:
        value = text[value[0] : value[1]]
    if isinstance(value, float):
        assert value == pytest.approx(float(case["value"]))
    else:
        assert (value or "") == case["value"]
