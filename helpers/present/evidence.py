"""From a number to its sentence: references, and the appendix that holds the sentences as printed.

A reference reads `[A P9]`: article A, paragraph 9 of the text as received (0 is the header line). It links to the sentence
in the appendix, where the mention is marked. But for the mask of private names a quotation is byte-equal to its source.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup, escape

from helpers.present.cited import Cited, CitedMentions, anchor
from helpers.present.correction_marks import CorrectionMarks
from helpers.present.numbers import format_edtf
from helpers.present.privacy import MASK, Privacy
from helpers.present.reading_notes import ReadingNotes
from helpers.present.slip_marks import SlipMarks, Span, underlined

#: letters of a sentence beyond which a passage shows only those around the mention
_LONG_SENTENCE, _AROUND = 420, 190


class Evidence:
    """The mentions of a corpus with their sentences, ready to be cited."""

    def __init__(self, tables: dict[str, pd.DataFrame], privacy: Privacy, language: str, say):
        articles = tables["articles"].set_index("doc_id")
        self._mentions = CitedMentions(tables)
        self._articles, self._privacy, self._language, self._say = articles, privacy, language, say
        self._marks = CorrectionMarks(tables, privacy, language, say)
        self.slips = SlipMarks(tables["slips"], privacy, language, say)
        self._readings = ReadingNotes(tables, privacy, say)
        self._roles = tables["paragraphs"].set_index(["doc_id", "paragraph"])["role"].to_dict()

    def anchor_of(self, mention_id: str) -> str | None:
        """The id under which the appendix marks a mention; None where it stands in no sentence."""
        cited = self._mentions.get(mention_id)
        return anchor(cited.label, cited.start, cited.end) if cited else None

    def first_anchor(self, mention_ids: Iterable[str]) -> str | None:
        """The anchor of the first of these mentions that stands in a sentence."""
        return next(filter(None, map(self.anchor_of, mention_ids)), None)

    def link(self, text: str, mention_id: str, *, of: Iterable[str] = ()) -> Markup:
        """`text` as a link to a mention's sentence, marked where the mention, or one `of` those told with it, was corrected.

        It carries no page number on paper: references do.
        """
        return self._link(text, mention_id) + self._marks.mark([mention_id, *of], anchor=self.anchor_of(mention_id))

    def _link(self, text: str, mention_id: str, *, quiet: bool = True) -> Markup:
        name = self.anchor_of(mention_id)
        if name is None:
            return escape(text)
        kind = "evidence quiet" if quiet else "evidence"
        return Markup('<a class="{}" href="#{}">{}</a>').format(kind, name, text)

    def cite(self, mention_ids: Iterable[str], *, limit: int = 4, each: bool = False) -> Markup:
        """References such as `[A P9] [B P18]`, one for each paragraph; beyond `limit` their number.

        Args:
            each: the further mentions of a paragraph follow its reference, each a link.
        """
        seen: dict[tuple[str, int], list[str]] = {}
        for mention_id in mention_ids:
            if cited := self._mentions.get(mention_id):
                seen.setdefault((cited.label, cited.paragraph), []).append(mention_id)
        shown = []
        for (label, paragraph), found in list(seen.items())[:limit]:
            again = [self._link(self._say("cited_again", n=n), m) for n, m in enumerate(found[1:], 2)]
            further = again if each else []
            shown.append(Markup(" ").join([self._link(f"[{label} P{paragraph}]", found[0], quiet=False), *further]))
        more = Markup(" +{}").format(len(seen) - limit) if len(seen) > limit else Markup("")
        return Markup(" ").join(shown) + more

    def as_printed(self, text: str, mention_id: str) -> Markup:
        """Words of a mention's sentence, what is misprinted in them underlined."""
        cited = self._mentions.get(mention_id)
        return self.slips.mark(text, cited.sent_id) if cited else escape(text)

    def around(self, mention_id: str, width: int) -> tuple[Markup, Markup, Markup]:
        """The words before a mention, itself, and the words behind it in its sentence, whole words of so many letters at most."""
        cited = self._mentions[mention_id]
        text, base = cited.text, cited.sent_start
        start, end = cited.start - base, cited.end - base
        first = text.find(" ", start - width, start) + 1 if start > width else 0
        last = text.rfind(" ", end, end + width) if end + width < len(text) else len(text)
        masks = [(a, b, MASK) for a, b in self._privacy.spans_in(cited.doc_id, text, base)]
        slips = self.slips.spans(cited.sent_id, base)
        cuts = ((min(first, start), start), (start, end), (end, max(last, end)))
        return tuple(Markup(_hidden(text, a, b, masks, slips).strip()) for a, b in cuts)  # type: ignore[return-value]

    def passage(self, mention_id: str) -> Markup:
        """The sentence of a mention with the mention marked, private names masked; of a long one the words around it."""
        cited = self._mentions[mention_id]
        text, base = cited.text, cited.sent_start
        start, end = cited.start - base, cited.end - base
        first, last = _window(text, start, end)
        masks = [(a, b, MASK) for a, b in self._privacy.spans_in(cited.doc_id, text, base)]
        slips = self.slips.spans(cited.sent_id, base)
        before, marked, after = (
            _hidden(text, a, b, masks, slips) for a, b in ((first, start), (start, end), (end, last))
        )
        body = f"{'… ' if first else ''}{before}<mark>{marked}</mark>{after}{' …' if last < len(text) else ''}"
        return Markup('<span lang="vi">') + Markup(body) + Markup("</span>") + self.slips.badge(cited.sent_id)

    def appendix(self, anchors: Iterable[str]) -> str:
        """The sentences behind `anchors` as an HTML list, in the order of the articles; unknown anchors are left out."""
        wanted = [self._mentions[ids[-1]] for a in anchors if (ids := self._mentions.at(a))]
        by_sentence: dict[str, list[Cited]] = {}
        for cited in sorted(wanted, key=lambda c: (len(c.label), c.label, c.start)):
            by_sentence.setdefault(cited.sent_id, []).append(cited)
        entries = [self._entry(cited) for cited in by_sentence.values()]
        return '<ol class="evidence-list">\n' + "\n".join(entries) + "\n</ol>"

    def _entry(self, of_sentence: list[Cited]) -> str:
        first = of_sentence[0]
        article = self._articles.loc[first.doc_id]
        date = article["published"]
        role = self._roles.get((first.doc_id, first.paragraph), "body")
        parts = [
            f"<strong>[{first.label} P{first.paragraph}]</strong>",
            f'<span lang="vi">{escape(self._privacy.hide(first.doc_id, article["title"]))}</span>',
            escape(format_edtf(date, self._language) if isinstance(date, str) else self._say("no_date")),
            escape(self._say(f"role_{role}")),
        ]
        return (
            f'<li id="s-{first.label}-{first.sent_start}"><p class="ref">{" · ".join(map(str, parts))}</p>'
            f'<blockquote lang="vi">{self._marked(of_sentence)}</blockquote>{self._notes(of_sentence)}</li>'
        )

    def _notes(self, of_sentence: list[Cited]) -> str:
        """What is misprinted in a sentence; who corrected what was read in it, when and why."""
        slips = self.slips.notes(of_sentence[0].sent_id)
        printed = [
            Markup('<p class="ref slip-note">{}: {}</p>').format(self._say("as_printed"), "; ".join(slips))
        ] if slips else []  # fmt: skip
        notes = {n: None for cited in of_sentence for n in self._marks.notes(self._ids_at(cited))}
        return "".join([*printed, *(f'<p class="ref correction">{note}</p>' for note in notes)])

    def _ids_at(self, cited: Cited) -> list[str]:
        return self._mentions.at(anchor(cited.label, cited.start, cited.end))

    def _marked(self, of_sentence: list[Cited]) -> str:
        """The sentence with its mentions marked and private names masked."""
        first = of_sentence[0]
        text, base = first.text, first.sent_start
        slips = self.slips.spans(first.sent_id, base)
        events = [(a, b, MASK) for a, b in self._privacy.spans_in(first.doc_id, text, base)]
        out, at = [], 0
        read = {(c.start - base, c.end - base): self._readings.attributes(self._ids_at(c)) for c in of_sentence}
        marks = sorted(read, key=lambda m: (m[0], -m[1]))
        ends_at = 0
        for (start, end), following in zip(marks, [*marks[1:], None], strict=True):
            name = anchor(first.label, start + base, end + base)
            if start < ends_at:  # crosses a mark already open: only a place to land
                out.append(f'<span id="{name}"{read[start, end]}></span>')
                continue
            out.append(_hidden(text, at, start, events, slips))
            if following is not None and following[0] < end and following[1] <= end:
                # a quote around a figure: the figure is marked, the quote a place to land
                out.append(f'<span id="{name}"{read[start, end]}></span>')
                at = start
                continue
            out.append(f'<mark id="{name}"{read[start, end]}>{_hidden(text, start, end, events, slips)}</mark>')
            at = ends_at = end
        out.append(_hidden(text, at, len(text), events, slips))
        return "".join(out)


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around text[start:end] that are shown: all of a sentence that is not long."""
    if len(text) <= _LONG_SENTENCE:
        return 0, len(text)
    first = max(0, start - _AROUND)
    last = min(len(text), end + _AROUND)
    first = text.find(" ", first) + 1 if first else 0
    last = text.rfind(" ", end, last) if last < len(text) and " " in text[end:last] else last
    return min(first, start), last


def _hidden(text: str, start: int, end: int, masks: list[tuple[int, int, str]], slips: list[Span]) -> str:
    """text[start:end], escaped, with masked spans replaced and slips underlined."""
    out, at = [], start
    for a, b, mask in masks:
        if b <= at or a >= end:
            continue
        out += [underlined(text, at, max(at, a), slips), mask]
        at = min(b, end)
    out.append(underlined(text, at, end, slips))
    return "".join(out)
