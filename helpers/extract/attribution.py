"""Who says a figure, of which place and period: read from the mentions around it, once they stand.

A figure inside a quote is its speaker's, one in a caption the caption's, any other the newspaper's. Place: the one right behind
what is counted (`12 mô hình tại phường X`), else the first place that the sentence names before the figure (its subject),
else the one unit that title and lead name. Period: the date right behind what is counted (`120 vụ năm 2022`), else one in the sentence
before the figure, else one behind it (`155 vụ được phát hiện trong năm 2023`), else the year that opened the section (`Năm 2023, …`).
What the sentence does not say is marked inferred; what two readings fit is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from helpers.corpus.document import Sentence
from helpers.extract.span import FIGURE_KINDS, Mention, Reading
from helpers.patterns import late

#: a date behind these is what a figure is compared with, not when it was counted
_COMPARED = re.compile(r"(?:so(?: với)?|cùng kì|kế hoạch|nghị quyết|đến)[^.,;]{0,20}$")
#: a date behind these, right after a figure, says when it was counted
_WITHIN = late(re.compile, r"[^.;\d\n]{0,60}\b(?:trong|vào|của) (?:năm |tháng |quý |ngày |giai đoạn )?")
#: what stands between what is counted and its place
_AT = re.compile(r"[\s\"')]{0,3}(?:(?:tại|ở|của|thuộc|trên địa bàn|ở địa bàn)\s)?")
#: what stands between what is counted and its time
_IN_TIME = re.compile(r"[\s\"')]{0,3}(?:(?:trong|vào|của)\s)?")
_OF = late(re.compile, r"\s(?:tại|ở|của|thuộc|trên địa bàn)\s$")
_UNITS = ("province", "district", "commune")
_FIGURES = frozenset(FIGURE_KINDS)
_FRAME_ROLES = ("body", "lead")
_REACH = 24


def attribute(reading: Reading, mentions: list[Mention]) -> None:
    """Sets `voice`, `speaker`, `speaker_id`, `place_id`, `period` of the figures; changes the mentions, which are given
    in reading order.
    """
    of_kind: dict[str, list[Mention]] = {}
    for mention in mentions:
        of_kind.setdefault(mention.kind, []).append(mention)
    if _FIGURES.isdisjoint(of_kind):
        return
    figures = [m for m in mentions if m.kind in _FIGURES]
    quotes, papers = _Stretches(of_kind.get("quote", ())), _Stretches(of_kind.get("document", ()))
    places = [m for m in of_kind.get("place", ()) if m.fields.get("place_id") and m.fields.get("level") in _UNITS]
    dates = [
        m for m in of_kind.get("date", ())
        if m.fields.get("form") == "calendar" and m.fields.get("value") and not papers.around(m)
        and not _COMPARED.search(reading.search, max(0, m.start - _REACH), m.start)
    ]  # fmt: skip
    place_starts, date_starts = [m.start for m in places], [m.start for m in dates]
    own_place, frames = _own_place(reading, places), _frames(reading, dates)
    for figure in figures:
        sentence = reading.sentence_at(figure.start)
        _set_voice(reading, figure, sentence, quotes)
        if figure.kind != "rank":
            _set_place(reading, figure, sentence, places, place_starts, own_place)
            _set_period(reading, figure, sentence, dates, date_starts, frames)


class _Stretches:
    """Mentions in reading order, asked for the one that holds another."""

    def __init__(self, mentions: Sequence[Mention]):
        self._mentions, self._starts = mentions, [m.start for m in mentions]

    def around(self, mention: Mention) -> Mention | None:
        """The one nearest before `mention` that holds it whole."""
        if not (at := bisect_right(self._starts, mention.start)):
            return None
        at -= 1
        for candidate in self._mentions[max(0, at - 1) : at + 1]:  # one may stand inside another
            if candidate.end >= mention.end and candidate is not mention:
                return candidate
        return None


def _set_voice(reading: Reading, figure: Mention, sentence: Sentence | None, quotes: _Stretches) -> None:
    quote, fields = quotes.around(figure), figure.fields
    fields["speaker"] = quote.fields.get("speaker") if quote else None
    fields["speaker_id"] = quote.fields.get("speaker_id") if quote else None
    is_caption = sentence is not None and reading.paragraphs[sentence.paragraph].role == "caption"
    fields["voice"] = "speaker" if fields["speaker"] else "caption" if is_caption else "newspaper"


def _own_place(reading: Reading, places: list[Mention]) -> str | None:
    """The lowest unit that title and lead name, if they name one such unit only."""
    opening = max((p.end for p in reading.paragraphs if p.role in ("header", "lead")), default=0)
    named = [m for m in places if m.start < opening]
    for level in reversed(_UNITS):
        ids = {m.fields["place_id"] for m in named if m.fields["level"] == level}
        if ids:
            return str(ids.pop()) if len(ids) == 1 else None
    return None


def _set_place(
    reading: Reading, figure: Mention, sentence: Sentence | None, places: list[Mention], starts: list[int],
    own_place: str | None,
) -> None:  # fmt: skip
    if behind := _place_behind(reading, figure, places, starts):
        figure.fields["place_id"] = behind.fields["place_id"]
        return
    at = bisect_left(starts, sentence.start) if sentence else len(starts)
    if at < len(starts) and starts[at] < figure.start:
        figure.fields["place_id"] = places[at].fields["place_id"]
    elif own_place:
        figure.fields["place_id"] = own_place
        figure.inferred = (*figure.inferred, "place_id")


def _place_behind(reading: Reading, figure: Mention, places: list[Mention], starts: list[int]) -> Mention | None:
    """The place right behind what a figure counts, or at its end: `12 mô hình [tại phường X]`."""
    if not (end := _counted_end(reading, figure)):
        return None
    at = bisect_left(starts, end)
    if at and places[at - 1].end == end and _OF.search(reading.search, figure.end, starts[at - 1]):
        return places[at - 1]
    if at == len(starts) or starts[at] - end > _REACH:  # more than the pattern may hold
        return None
    return places[at] if _AT.fullmatch(reading.search, end, starts[at]) else None


def _counted_end(reading: Reading, figure: Mention) -> int | None:
    """Where the words end that say what a figure counts, if they stand right behind it: `12 mô hình`, `79 %`, `79%`."""
    counted = figure.fields.get("counted") or figure.fields.get("unit") or ""
    for start in (figure.end + 1, figure.end):
        if counted and reading.plain.startswith(counted, start):
            return start + len(counted)
    return None


def _frames(reading: Reading, dates: list[Mention]) -> list[tuple[int, str]]:
    """(position, period) of the years that open a paragraph and so a section."""
    starts = {p.start for p in reading.paragraphs if p.role in _FRAME_ROLES}
    frames = []
    for m in dates:
        opening = m.start - (5 if reading.search[max(0, m.start - 6) : m.start].endswith("trong ") else 0)
        if m.rule in ("year", "year_span", "part_of_year") and not starts.isdisjoint(range(opening - 7, m.start + 1)):
            frames.append((m.start, str(m.fields["value"])))
    return frames


def _set_period(
    reading: Reading, figure: Mention, sentence: Sentence | None, dates: list[Mention], starts: list[int],
    frames: list[tuple[int, str]],
) -> None:  # fmt: skip
    at = bisect_left(starts, figure.start)
    if sentence:
        date = _date_behind(reading, figure, dates, starts)
        if date is None and at and starts[at - 1] >= sentence.start:
            date = dates[at - 1]
        if date is None and at < len(dates) and starts[at] < sentence.end:
            within = _WITHIN.fullmatch(reading.search, figure.end, min(starts[at], figure.end + _REACH + 60))
            date = dates[at] if within else None
        if date:
            figure.fields["period"] = date.fields["value"]
            figure.inferred = (*figure.inferred, *(("period",) if date.inferred else ()))
            return
    at = bisect_right(frames, (figure.start, "~")) - 1
    if at >= 0:
        figure.fields["period"] = frames[at][1]
        figure.inferred = (*figure.inferred, "period")


def _date_behind(reading: Reading, figure: Mention, dates: list[Mention], starts: list[int]) -> Mention | None:
    """The date right behind what a figure counts, `120 vụ [năm 2022]`, `120 vụ ([năm 2022])`; behind a change it is the base."""
    if figure.fields.get("aspect") == "change" or not (end := _counted_end(reading, figure)):
        return None
    at = bisect_left(starts, end)
    if at == len(starts) or starts[at] - end > _REACH:  # more than the pattern may hold
        return None
    if reading.search.startswith(" (", end) and starts[at] == end + 2:  # but "40 vụ (năm 2022: 35 vụ)"
        return dates[at] if reading.search.startswith(")", dates[at].end) else None
    return dates[at] if _IN_TIME.fullmatch(reading.search, end, starts[at]) else None
