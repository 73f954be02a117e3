"""Who says a figure, of which place and period: read from the mentions around it, once they stand.

A figure inside a quote is its speaker's. Place: the first place that the sentence names before the figure (its subject),
else the one unit that title and lead name. Period: a date in the sentence before the figure, else the year that opened the
section (`Năm 2023, …`). What the sentence does not say is marked inferred; what two readings fit is left out.
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from helpers.extract.span import FIGURE_KINDS, Mention, Reading

#: a date behind these is what a figure is compared with, not when it was counted
_COMPARED = regex.compile(r"(?:so với|cùng kì)[^.,;]{0,20}$")
_UNITS = ("province", "district", "commune")
_FRAME_ROLES = ("body", "lead")


def attribute(reading: Reading, mentions: list[Mention]) -> None:
    """Sets `speaker`, `speaker_id`, `place_id`, `period` of the figures; changes the mentions given."""
    figures = [m for m in mentions if m.kind in FIGURE_KINDS]
    if not figures:
        return
    quotes = [m for m in mentions if m.kind == "quote"]
    places = [m for m in mentions if m.kind == "place" and m.fields.get("place_id") and m.fields.get("level") in _UNITS]
    dates = [m for m in mentions if m.kind == "date" and m.fields.get("form") == "calendar" and m.fields.get("value")]
    own_place, frames = _own_place(reading, places), _frames(reading, dates)
    for figure in figures:
        _set_speaker(figure, quotes)
        if figure.kind != "rank":
            _set_place(reading, figure, places, own_place)
            _set_period(reading, figure, dates, frames)


def _set_speaker(figure: Mention, quotes: list[Mention]) -> None:
    quote = next((q for q in quotes if q.start <= figure.start and figure.end <= q.end), None)
    figure.fields["speaker"] = quote.fields.get("speaker") if quote else None
    figure.fields["speaker_id"] = quote.fields.get("speaker_id") if quote else None


def _own_place(reading: Reading, places: list[Mention]) -> str | None:
    """The lowest unit that title and lead name, if they name one such unit only."""
    opening = [p.end for p in reading.paragraphs if p.role in ("header", "lead")]
    named = [m for m in places if opening and m.start < max(opening)]
    for level in reversed(_UNITS):
        ids = {m.fields["place_id"] for m in named if m.fields["level"] == level}
        if ids:
            return str(ids.pop()) if len(ids) == 1 else None
    return None


def _set_place(reading: Reading, figure: Mention, places: list[Mention], own_place: str | None) -> None:
    sentence = reading.sentence_at(figure.start)
    named = [m for m in places if sentence and sentence.start <= m.start < figure.start]
    if named:
        figure.fields["place_id"] = named[0].fields["place_id"]
    elif own_place:
        figure.fields["place_id"] = own_place
        figure.inferred = (*figure.inferred, "place_id")


def _frames(reading: Reading, dates: list[Mention]) -> list[tuple[int, str]]:
    """(position, period) of the years that open a paragraph and so a section."""
    starts = {p.start: p for p in reading.paragraphs if p.role in _FRAME_ROLES}
    frames = []
    for m in dates:
        at = m.start - (5 if reading.search[max(0, m.start - 6) : m.start].endswith("trong ") else 0)
        if m.rule in ("year", "year_span", "part_of_year") and any(
            s <= m.start <= s + 7 for s in (at, m.start) if s in starts
        ):
            frames.append((m.start, str(m.fields["value"])))
    return sorted(frames)


def _set_period(reading: Reading, figure: Mention, dates: list[Mention], frames: list[tuple[int, str]]) -> None:
    sentence = reading.sentence_at(figure.start)
    own = [
        m for m in dates
        if sentence and sentence.start <= m.start < figure.start and m.rule in ("year", "part_of_year", "quarter", "month", "year_span")
        and not _COMPARED.search(reading.search, max(0, m.start - 24), m.start)
    ]  # fmt: skip
    if own:
        figure.fields["period"] = own[-1].fields["value"]
        figure.inferred = (*figure.inferred, *(("period",) if own[-1].inferred else ()))
        return
    at = bisect_right(frames, (figure.start, "~")) - 1
    if at >= 0:
        figure.fields["period"] = frames[at][1]
        figure.inferred = (*figure.inferred, "period")
