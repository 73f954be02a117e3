"""People without public function are counted, never named: in everything shown their names stand as ▢▢▢."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pandas as pd
import regex

MASK = "▢▢▢"
Span = tuple[int, int]


class Privacy:
    """Which spans and names must not be shown, by document."""

    def __init__(
        self,
        people: pd.DataFrame,
        mentions: pd.DataFrame,
        corrections: pd.DataFrame | None = None,
        *,
        mask_public: bool = False,
    ):
        named = people.merge(
            mentions[["mention_id", "doc_id", "start", "end", "surface", "entity_id"]], on="mention_id"
        )
        public_names: set[tuple[str, str]] = set()
        if not named.empty:
            # a person is public where any mention gives the office; a later "ông Anh" is the same person
            is_public = named.groupby("entity_id", dropna=False)["public"].transform("any") & (not mask_public)
            public = named[is_public.astype(bool)]
            for column in ("name", "surface"):
                public_names |= set(zip(public["doc_id"], public[column], strict=True))
            named = named[~is_public.astype(bool)]
        self._spans: dict[str, list[Span]] = {}
        names: dict[str, set[str]] = {}
        for row in named.itertuples():
            self._spans.setdefault(row.doc_id, []).append((row.start, row.end))
            names.setdefault(row.doc_id, set()).update({row.surface, row.name})
        if corrections is not None:
            self._hide_corrected(corrections, names, public_names)
        self._full_names = {" ".join(n.split()) for found in names.values() for n in found if " " in n.strip()}
        self._longest = max((n.count(" ") + 1 for n in self._full_names), default=0)
        kept = _place_names(mentions, names)
        self._names = {doc_id: _Names(found, kept.get(doc_id, ())) for doc_id, found in names.items()}
        # a given name alone may be part of any other name (Hòa, Khánh Hòa)
        self._full = {i: _Names(full) for i, found in names.items() if (full := {n for n in found if " " in n.strip()})}
        self._masks_public = mask_public
        self.n_hidden = named["entity_id"].nunique() if not named.empty else 0

    def _hide_corrected(
        self, corrections: pd.DataFrame, names: dict[str, set[str]], public_names: set[tuple[str, str]]
    ) -> None:
        """Keeps masked what a correction would bring to light: a deleted person, a name that an analyst typed."""
        for row in corrections[corrections["doc_id"].notna()].itertuples():
            hidden = {name for name in row.hidden if (row.doc_id, name) not in public_names}
            if hidden:
                names.setdefault(row.doc_id, set()).update(hidden)
            if hidden and row.kind == "person" and row.status == "applied" and not pd.isna(row.start):
                self._spans.setdefault(row.doc_id, []).append((int(row.start), int(row.end)))

    def hide_typed(self, doc_id: str, text: str) -> str:
        """What an analyst wrote about a document, with the names of private persons of it and of all others masked."""
        words = regex.findall(r"\p{L}+|[^\p{L}]+", self.hide(doc_id, text))
        out: list[str] = []
        at = 0
        while at < len(words):
            ends = range(min(len(words), at + 2 * self._longest - 1), at, -1) if words[at][0].isalpha() else ()
            end = next((e for e in ends if " ".join("".join(words[at:e]).split()) in self._full_names), None)
            out.append(MASK if end else words[at])
            at = end or at + 1
        return "".join(out)

    def spans(self, doc_id: str, start: int, end: int) -> list[Span]:
        """Spans to be masked inside [start, end), in reading order."""
        return sorted(s for s in self._spans.get(doc_id, ()) if s[0] < end and s[1] > start)

    def spans_in(self, doc_id: str, text: str, start: int) -> list[Span]:
        """Spans to be masked in `text`, which stands at `start`, counted from there: also where a full name is that of a street
        or stands in any other name.
        """
        known = [
            (max(0, a - start), min(len(text), b - start)) for a, b in self.spans(doc_id, start, start + len(text))
        ]
        full = self._full.get(doc_id)
        others = full.spans(text) if full else []
        return sorted(known + [(a, b) for a, b in others if not any(a < d and c < b for c, d in known)])

    def hide(self, doc_id: str, text: str) -> str:
        """`text` of a document with the names of its private persons masked, wherever it was cut out."""
        names = self._names.get(doc_id)
        return names.mask(text) if names else text

    def hide_all(self, doc_ids: Iterable[str], text: str) -> str:
        """`text` that several documents share, with the names of the private persons of each masked."""
        for names in filter(None, map(self._names.get, dict.fromkeys(doc_ids))):
            text = names.mask(text)
        return text

    def hide_name(self, doc_id: str, name: str) -> str:
        """The name of somebody in public office, masked if all are or if it is a private person's in the document too.

        A part of it may be somebody else's: "ông Hợi" beside "Giám đốc Nguyễn Sinh Hợi".
        """
        names = self._names.get(doc_id)
        return MASK if self._masks_public or (names is not None and names.has(name)) else name


def _place_names(mentions: pd.DataFrame, names: dict[str, set[str]]) -> dict[str, set[str]]:
    """By document the names of units that begin or end like the given name of a private person: `Cần Thơ` beside "anh Cần"."""
    given = {doc_id: words for doc_id, found in names.items() if (words := {n for n in found if " " not in n.strip()})}
    # units of the gazetteer only: a street may be named after the person
    is_unit = (mentions["kind"] == "place") & mentions["entity_id"].str.match(r"place:\d").eq(True)
    units = mentions[is_unit & mentions["doc_id"].isin(given)]
    kept: dict[str, set[str]] = {}
    for doc_id, surface in units[["doc_id", "surface"]].drop_duplicates().itertuples(index=False):
        if len(words := surface.split()) > 1 and not given[doc_id].isdisjoint(words):
            kept.setdefault(doc_id, set()).add(surface)
    return kept


class _Names:
    """Names that are looked for in texts, each as a whole, but not inside one of `kept`.

    Most names are looked for in few texts, so the pattern is made when a text has the first word of one.
    """

    def __init__(self, names: Iterable[str], kept: Iterable[str] = ()):
        self._names, self._kept = tuple(n for n in names if n), tuple(kept)
        self._first = tuple({n.split()[0] for n in self._names if n.strip()})

    @cached_property
    def _pattern(self) -> regex.Pattern:
        spelled = rf"(?<!\p{{L}})(?:{_spelled(self._names)})(?!\p{{L}})"
        if inside := _spelled(self._kept):
            spelled = rf"(?<!\p{{L}})(?:{inside})(?!\p{{L}})(*SKIP)(*FAIL)|{spelled}"
        return regex.compile(spelled)

    def _may_be_in(self, text: str) -> bool:
        return any(word in text for word in self._first)

    def mask(self, text: str) -> str:
        return self._pattern.sub(MASK, text) if self._may_be_in(text) else text

    def spans(self, text: str) -> list[Span]:
        return [m.span() for m in self._pattern.finditer(text)] if self._may_be_in(text) else []

    def has(self, name: str) -> bool:
        return self._may_be_in(name) and self._pattern.fullmatch(name) is not None


def _spelled(names: Iterable[str]) -> str:
    """The names, the longest first; white space inside a name may be printed in any way."""
    longest = sorted(names, key=len, reverse=True)
    return "|".join(r"\s+".join(map(regex.escape, n.split())) for n in longest if n)
