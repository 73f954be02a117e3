"""Marks of misprints: a quotation stays as published; what is misprinted in it is underlined, and what was meant stands beside it.

Both can be found: the sentence holds the words as printed, its note and `data-meant` the right spelling.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from helpers.present.privacy import Privacy

Span = tuple[int, int, str]


class SlipMarks:
    """The slips of a report by sentence, private names masked."""

    def __init__(self, slips: pd.DataFrame, privacy: Privacy, language: str, say):
        self._language, self._say = language, say
        self._of_sentence: dict[str, list] = {}
        self._meant: dict[str, str | None] = {}
        for slip in slips.itertuples():
            self._of_sentence.setdefault(slip.sent_id, []).append(slip)
            self._meant[slip.slip_id] = privacy.hide(slip.doc_id, slip.meant) if isinstance(slip.meant, str) else None
        self._hide = privacy.hide

    def spans(self, sent_id: str, base: int) -> list[Span]:
        """The slips of a sentence that stands at `base`, counted from there, each with the tag that opens its mark."""
        return [(s.start - base, s.end - base, self._opening(s)) for s in self._of_sentence.get(sent_id, ())]

    def _opening(self, slip) -> str:
        meant = self._meant[slip.slip_id]
        found = Markup(' data-meant="{}"').format(meant) if meant else ""
        return f'<u class="slip" title="{escape(self.said(slip))}"{found}>'

    def mark(self, text: str, sent_id: str) -> Markup:
        """Words of a sentence that stand elsewhere, such as what a figure counts: the slips in them underlined."""
        spans = []
        for slip in self._of_sentence.get(sent_id, ()):
            at = text.find(slip.surface)
            end = at + len(slip.surface)
            if at >= 0 and not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
                spans.append((at, end, self._opening(slip)))
        return Markup(underlined(text, 0, len(text), sorted(spans)))

    def badge(self, sent_id: str) -> Markup:
        """A mark that a sentence is printed as published, misprints and all; nothing where it has none."""
        slips = self._of_sentence.get(sent_id, ())
        if not slips:
            return Markup("")
        said = "; ".join(map(self.said, slips))
        return Markup(' <span class="badge badge-slip" lang="{}" title="{}">{}</span>').format(
            self._language, said, self._say("as_printed")
        )

    def notes(self, sent_id: str) -> list[str]:
        """What is misprinted in a sentence and what was meant, each once."""
        return list(dict.fromkeys(map(self.said, self._of_sentence.get(sent_id, ()))))

    def said(self, slip) -> str:
        meant = self._meant[slip.slip_id]
        printed = self._hide(slip.doc_id, slip.surface)
        if not meant:
            return self._say("slip_unclear", printed=printed)
        return self._say("slip_variant_note" if slip.why == "variant" else "slip_meant", printed=printed, meant=meant)


def underlined(text: str, start: int, end: int, slips: list[Span]) -> str:
    """text[start:end], escaped, the slips in it underlined; of one that crosses an edge the part within."""
    out, at = [], start
    for first, last, opening in slips:
        a, b = max(first, at), min(last, end)
        if a < b:
            out += [str(escape(text[at:a])), opening, str(escape(text[a:b])), "</u>"]
            at = b
    out.append(str(escape(text[at:end])))
    return "".join(out)
