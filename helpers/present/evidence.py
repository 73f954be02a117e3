"""From a number to its sentence: references, and the appendix that holds the sentences as printed.

A reference reads `[A P9]`: article A, paragraph 9 of the text as received (0 is the header line). It links to the sentence
in the appendix, where the mention is marked. But for the mask of private names a quotation is byte-equal to its source.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup, escape

from helpers.present.numbers import format_edtf
from helpers.present.privacy import MASK, Privacy


def anchor(label: str, start: int, end: int) -> str:
    """The id under which the appendix marks a mention."""
    return f"ev-{label}-{start}-{end}"


class Evidence:
    """The mentions of a corpus with their sentences, ready to be cited."""

    def __init__(self, tables: dict[str, pd.DataFrame], privacy: Privacy, language: str, say):
        articles = tables["articles"].set_index("doc_id")
        sentences = tables["sentences"].set_index("sent_id")
        mentions = tables["mentions"]
        joined = mentions[mentions["sent_id"].notna()]
        joined = joined.assign(
            label=joined["doc_id"].map(articles["label"].to_dict()),
            **{c: joined["sent_id"].map(sentences[source].to_dict())
               for c, source in (("paragraph", "paragraph"), ("text", "text"), ("sent_start", "start"))},
        )  # fmt: skip
        self._mentions = joined.set_index("mention_id")
        self._by_anchor = {
            anchor(r.label, r.start, r.end): i
            for i, r in zip(self._mentions.index, self._mentions.itertuples(), strict=True)
        }
        self._articles, self._privacy, self._language, self._say = articles, privacy, language, say
        self._roles = tables["paragraphs"].set_index(["doc_id", "paragraph"])["role"]

    def href(self, mention_id: str) -> str | None:
        """The link to a mention's sentence; None where it stands in none."""
        if mention_id not in self._mentions.index:
            return None
        row = self._mentions.loc[mention_id]
        return "#" + anchor(row["label"], row["start"], row["end"])

    def link(self, text: str, mention_id: str, *, quiet: bool = True) -> Markup:
        """`text` as a link to a mention's sentence; a quiet one carries no page number on paper."""
        href = self.href(mention_id)
        if href is None:
            return escape(text)
        kind = "evidence quiet" if quiet else "evidence"
        return Markup('<a class="{}" href="{}">{}</a>').format(kind, href, text)

    def cite(self, mention_ids: Iterable[str], *, limit: int = 4) -> Markup:
        """References such as `[A P9] [B P18]`, one for each paragraph; beyond `limit` their number."""
        seen: dict[tuple[str, int], str] = {}
        for mention_id in mention_ids:
            if mention_id in self._mentions.index:
                row = self._mentions.loc[mention_id]
                seen.setdefault((row["label"], int(row["paragraph"])), mention_id)
        shown = [self.link(f"[{label} P{p}]", m, quiet=False) for (label, p), m in list(seen.items())[:limit]]
        more = Markup(" +{}").format(len(seen) - limit) if len(seen) > limit else Markup("")
        return Markup(" ").join(shown) + more

    def appendix(self, anchors: Iterable[str]) -> str:
        """The sentences behind `anchors` as an HTML list, in the order of the articles; unknown anchors are left out."""
        wanted = sorted(
            {self._by_anchor[a] for a in anchors if a in self._by_anchor},
            key=lambda m: (*self._mentions.loc[m, ["label", "start"]],),
        )
        by_sentence: dict[str, list[str]] = {}
        for mention_id in wanted:
            by_sentence.setdefault(self._mentions.loc[mention_id, "sent_id"], []).append(mention_id)
        entries = [self._entry(ids) for ids in by_sentence.values()]
        return '<ol class="evidence-list">\n' + "\n".join(entries) + "\n</ol>"

    def _entry(self, mention_ids: list[str]) -> str:
        first = self._mentions.loc[mention_ids[0]]
        article = self._articles.loc[first["doc_id"]]
        title = self._privacy.hide(first["doc_id"], article["title"])
        date = article["published"]
        parts = [
            f"<strong>[{first['label']} P{first['paragraph']}]</strong>",
            f'<span lang="vi">{escape(title)}</span>',
            escape(format_edtf(date, self._language) if isinstance(date, str) else self._say("no_date")),
            escape(self._say(f"role_{self._roles.get((first['doc_id'], first['paragraph']), 'body')}")),
        ]
        quotation = self._marked(first, [self._mentions.loc[m] for m in mention_ids])
        return (
            f'<li id="s-{first["label"]}-{first["sent_start"]}"><p class="ref">{" · ".join(map(str, parts))}</p>'
            f'<blockquote lang="vi">{quotation}</blockquote></li>'
        )

    def _marked(self, first: pd.Series, rows: list[pd.Series]) -> str:
        """The sentence with its mentions marked and private names masked."""
        text, base = first["text"], int(first["sent_start"])
        events: list[tuple[int, int, str]] = [
            (max(0, a - base), min(len(text), b - base), MASK)
            for a, b in self._privacy.spans(first["doc_id"], base, base + len(text))
        ]
        out, at = [], 0
        marks = sorted({(int(r["start"]) - base, int(r["end"]) - base) for r in rows})
        ends_at = 0
        for start, end in marks:
            name = anchor(first["label"], start + base, end + base)
            if start < ends_at:  # inside a mark already open: only a place to land
                out.append(f'<span id="{name}"></span>')
                continue
            out.append(_hidden(text, at, start, events))
            out.append(f'<mark id="{name}">{_hidden(text, start, end, events)}</mark>')
            at = ends_at = end
        out.append(_hidden(text, at, len(text), events))
        return "".join(out)


def _hidden(text: str, start: int, end: int, masks: list[tuple[int, int, str]]) -> str:
    """text[start:end], escaped, with masked spans replaced."""
    out, at = [], start
    for a, b, mask in masks:
        if b <= at or a >= end:
            continue
        out += [str(escape(text[at : max(at, a)])), mask]
        at = min(b, end)
    out.append(str(escape(text[at:end])))
    return "".join(out)
