"""Abbreviations spelled out where a page first prints them: `QP-AN` becomes `QP-AN (quốc phòng - an ninh)`, once.

    first = FirstUses(report.tables["abbreviations"], report.tables["abbreviation_uses"])
    first.expand("công tác QP-AN", doc_id)

For what the report itself prints. Quotations stay as printed, and so does what stands in brackets.
"""

from __future__ import annotations

import pandas as pd
import regex
from markupsafe import Markup

_OPEN, _CLOSE = "“«", "”»"


class FirstUses:
    """What one page has spelled out already; made anew for each page."""

    def __init__(self, abbreviations: pd.DataFrame, uses: pd.DataFrame):
        clear = abbreviations[abbreviations["expansion"].notna()]
        self._anywhere = {
            surface: (row.abbreviation_id, row.expansion) for row in clear.itertuples() for surface in row.surfaces
        }
        known = uses[(uses["role"] == "abbreviation") & uses["expansion"].notna()]
        columns = (known[c] for c in ("doc_id", "surface", "abbreviation_id", "expansion"))
        # an article that explains an abbreviation in its own way is believed, also where others differ
        self._in_document = {(doc_id, surface): (i, e) for doc_id, surface, i, e in zip(*columns, strict=True)}
        surfaces = sorted({s for found in abbreviations["surfaces"] for s in found}, key=len, reverse=True)
        self._pattern = _any_of(surfaces)
        self._spelled_out: set[tuple[str, str]] = set()

    def expand(self, text: str, doc_id: str | None = None) -> str:
        """`text` with the expansion after each abbreviation that the page has not spelled out yet.

        Args:
            doc_id: the article that the text comes from; None where it comes from several.
        Raises:
            TypeError: `text` is markup; it must be expanded before it is escaped.
        """
        if isinstance(text, Markup):
            raise TypeError(f"expand the text before it becomes markup: {str(text)[:60]!r}")
        out, at, quoted, depth = [], 0, False, 0
        for match in self._pattern.finditer(text):
            sign = match[0]
            if sign == '"':
                quoted = not quoted
            elif sign in _OPEN:
                quoted = True
            elif sign in _CLOSE:
                quoted = False
            elif sign in "()":
                depth = depth + 1 if sign == "(" else max(0, depth - 1)
            elif not quoted and (expansion := self._expansion(text, match, doc_id, depth)):
                out += [text[at : match.end()], f" ({expansion})"]
                at = match.end()
        return "".join((*out, text[at:]))

    def _expansion(self, text: str, match: regex.Match[str], doc_id: str | None, depth: int) -> str | None:
        """What to add after an abbreviation; None if nothing is known or the page has it."""
        known = self._in_document.get((doc_id, match[0])) if doc_id is not None else None
        known = known or self._anywhere.get(match[0])
        if known is None or known in self._spelled_out:
            return None
        size, folded = len(known[1]), known[1].lower()
        before = text[max(0, match.start() - size - 2) : match.start()].lower()
        after = text[match.end() : match.end() + size + 2].lower()
        if after == f" ({folded}" or before == f"{folded} (":
            self._spelled_out.add(known)  # the text says it itself
            return None
        if depth:
            return None
        self._spelled_out.add(known)
        return known[1]


def _any_of(surfaces: list[str]) -> regex.Pattern[str]:
    """The marks of quotations, brackets, and abbreviations that are part of nothing longer."""
    words = "|".join(map(regex.escape, surfaces)) or "(?!)"
    joint = r"[-–&./]"
    return regex.compile(
        rf"[“”«»\"()]|(?<![\p{{L}}\p{{N}}@#]|[\p{{L}}\p{{N}}]{joint})(?:{words})(?![\p{{L}}\p{{N}}@]|{joint}[\p{{L}}\p{{N}}])"
    )
