"""How a mention was read: as what, by which rule, in whose words. An evidence card says so beside the sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from helpers.present.privacy import Privacy


class ReadingNotes:
    """What the report says of how its mentions were read, private names masked."""

    def __init__(self, tables: dict[str, pd.DataFrame], privacy: Privacy, say):
        self._privacy, self._say = privacy, say
        mentions = tables["mentions"]
        self._row = dict(zip(mentions["mention_id"], range(len(mentions)), strict=True))
        self._columns = [mentions[c].array for c in ("kind", "rule", "doc_id", "start", "end")]
        figures, quotes = tables["quantities"], tables["quotes"]
        self._voices = dict(zip(figures["mention_id"], figures["voice"], strict=True))
        self._speakers = {
            i: name
            for frame in (figures, quotes)
            for i, name in zip(frame["mention_id"], frame["speaker"], strict=True)
            if isinstance(name, str)
        }
        self._quotes = self._quotes_of_documents(quotes["mention_id"])

    def _quotes_of_documents(self, quote_ids: Iterable[str]) -> dict[str, list[tuple[int, int, str]]]:
        """doc_id -> start, end and id of its quotes."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for i in quote_ids:
            _, _, doc_id, start, end = self._read(i)
            found.setdefault(doc_id, []).append((int(start), int(end), i))
        return found

    def _read(self, mention_id: str) -> list:
        """Kind, rule, document, start and end of a mention."""
        row = self._row[mention_id]
        return [column[row] for column in self._columns]

    def attributes(self, mention_ids: Iterable[str]) -> Markup:
        """The note on the mentions of one span as attributes of its mark; nothing of what no rule read.

        `data-as="số đếm" data-rule="counted_things" data-who="bài báo"`
        """
        read = [i for i in mention_ids if i in self._row]
        if not read:
            return Markup("")
        kinds = dict.fromkeys(self._say(f"mention_{self._read(i)[0]}") for i in read)
        rules = dict.fromkeys(self._read(i)[1] for i in read)
        return Markup(' data-as="{}" data-rule="{}" data-who="{}"').format(
            ", ".join(kinds), ", ".join(rules), self._who(read[0])
        )

    def _who(self, mention_id: str) -> str:
        """Who says it: a speaker by name where it may be printed, else the newspaper or the caption."""
        _, _, doc_id, start, end = self._read(mention_id)
        said_in = [i for a, b, i in self._quotes.get(doc_id, ()) if a <= start and end <= b]
        for i in (mention_id, *said_in):
            if i in self._speakers:
                return self._privacy.hide(doc_id, self._speakers[i])
        voice = self._voices.get(mention_id, "speaker" if said_in else "newspaper")
        return self._say(f"voice_{voice}")
