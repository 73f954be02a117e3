"""Whatever can be cited, found by its id or by where it stands, each with its sentence; read when it is first asked for.

A report cites a small part of its mentions: of two thousand articles, with a hundred thousand mentions, some hundreds a page.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

import pandas as pd

#: tables of what else is cited, beside mentions -> the column with its id
_OTHERS = {"abbreviation_uses": "mention_id", "slips": "slip_id", "set_phrase_uses": "use_id"}

_SPAN = ":span"


def anchor(label: str, start: int, end: int) -> str:
    """The id under which the appendix marks a mention."""
    return f"ev-{label}-{start}-{end}"


def span_id(doc_id: str, start: int, end: int) -> str:
    """The id of any words of a sentence, as if they were a mention: what a search found, a term."""
    return f"{doc_id}:{start}-{end}{_SPAN}"


class Cited(NamedTuple):
    """A mention with the sentence it stands in."""

    doc_id: str
    label: str
    paragraph: int
    start: int
    end: int
    sent_id: str
    sent_start: int
    text: str


class CitedMentions:
    """The mentions of a corpus that stand in a sentence."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        names = ["mention_id", "doc_id", "start", "end", "sent_id"]
        others = [tables[name].rename(columns={key: "mention_id"})[names] for name, key in _OTHERS.items()]
        mentions = pd.concat([tables["mentions"][names], *others], ignore_index=True)
        mentions = mentions[mentions["sent_id"].notna()].reset_index(drop=True)
        sentences, articles = tables["sentences"], tables["articles"]
        # one by one, values of an array are read a hundred times as fast as rows of a frame
        self._mention = {c: mentions[c].array for c in names}
        self._sentence = {c: sentences[c].array for c in ("sent_id", "doc_id", "paragraph", "start", "text")}
        self._row = dict(zip(mentions["mention_id"], range(len(mentions)), strict=True))
        self._sentence_row = dict(zip(sentences["sent_id"], range(len(sentences)), strict=True))
        self._rows_of = mentions.groupby("doc_id", sort=False).indices
        self._labels = dict(zip(articles["doc_id"], articles["label"], strict=True))
        self._doc_ids = dict(zip(articles["label"], articles["doc_id"], strict=True))
        self._found: dict[str, Cited] = {}
        self._ids_by_anchor: dict[str, dict[str, list[str]]] = {}

    def get(self, mention_id: str) -> Cited | None:
        """A mention; None where it stands in no sentence."""
        if mention_id not in self._found:
            if (row := self._row.get(mention_id)) is None:
                return self._words(mention_id)
            doc_id, start, end, sent_id = (self._mention[c][row] for c in ("doc_id", "start", "end", "sent_id"))
            at = self._sentence_row[sent_id]
            paragraph, sent_start, text = (self._sentence[c][at] for c in ("paragraph", "start", "text"))
            label = self._labels[doc_id]
            self._found[mention_id] = Cited(
                doc_id, label, int(paragraph), int(start), int(end), sent_id, int(sent_start), text
            )
        return self._found[mention_id]

    def _words(self, span: str) -> Cited | None:
        """Words that are no mention, by their `span_id`."""
        doc_id, _, place = span.removesuffix(_SPAN).rpartition(":")
        start, _, end = place.partition("-")
        if not span.endswith(_SPAN) or doc_id not in self._sentences_of or not (start.isdecimal() and end.isdecimal()):
            return None
        starts, rows = self._sentences_of[doc_id]
        at = rows[max(0, bisect_right(starts, int(start)) - 1)]
        sent_id, _, paragraph, sent_start, text = (column[at] for column in self._sentence.values())
        if not sent_start <= int(start) < int(end) <= sent_start + len(text):
            return None
        found = Cited(
            doc_id, self._labels[doc_id], int(paragraph), int(start), int(end), sent_id, int(sent_start), text
        )
        return self._found.setdefault(span, found)

    @cached_property
    def _sentences_of(self) -> dict[str, tuple[list[int], list[int]]]:
        """doc_id -> where its sentences start, and their rows."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for row, (doc_id, start) in enumerate(zip(self._sentence["doc_id"], self._sentence["start"], strict=True)):
            starts, rows = found.setdefault(doc_id, ([], []))
            starts.append(int(start))
            rows.append(row)
        return found

    def __getitem__(self, mention_id: str) -> Cited:
        if (found := self.get(mention_id)) is None:
            raise KeyError(f"{mention_id!r} stands in no sentence")
        return found

    def at(self, name: str) -> list[str]:
        """The ids of what stands at an anchor; where no mention does, of the words there."""
        label, *place = name.removeprefix("ev-").rsplit("-", 2)
        if label not in self._ids_by_anchor:
            found: dict[str, list[str]] = {}
            for row in self._rows_of.get(self._doc_ids.get(label, ""), ()):
                name_of_row = anchor(label, int(self._mention["start"][row]), int(self._mention["end"][row]))
                found.setdefault(name_of_row, []).append(self._mention["mention_id"][row])
            self._ids_by_anchor[label] = found
        if found_at := self._ids_by_anchor[label].get(name):
            return found_at
        words = f"{self._doc_ids.get(label, '')}:{'-'.join(place)}{_SPAN}"
        return [words] if self._words(words) else []
