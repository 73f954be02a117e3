"""How articles are printed and worded, as shown: misprints, set phrases, where the news stands."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

from helpers.present.charts import plot_stacked
from helpers.present.corpus_view import in_one_bar
from helpers.present.display import Column, Figure, Group, Note, Table
from helpers.present.privacy import MASK
from helpers.present.report import Report
from helpers.present.slip_marks import underlined

_PARTS = ("n_told", "n_set", "n_copied", "n_rest")
#: paragraphs with fewer syllables say too little of either kind
LEAST_SYLLABLES = 20
#: letters of a paragraph that are shown
_SHOWN = 260


def show_slips(report: Report, *, at_most: int = 40) -> Table | Note:
    """A row for each misprint: as printed, what was meant, how they differ, where.

    Args:
        at_most: slips shown; all stand in data/slips.csv.
    """
    slips = report.tables["slips"]
    if slips.empty:
        return Note(report.say("no_slips"))
    shown = slips.sort_values("why", key=lambda why: why == "variant", kind="stable").head(at_most)
    rows = [
        {
            "printed": report.evidence.link(report.privacy.hide(s.doc_id, s.surface), s.slip_id),
            "meant": Markup('<span lang="vi">{}</span>').format(report.privacy.hide(s.doc_id, s.meant)) if s.meant else report.say("slip_open"),
            "why": report.say(f"slip_{s.why}"), "reference": report.evidence.cite([s.slip_id]),
        }
        for s in report.records(shown)
    ]  # fmt: skip
    columns = [
        Column("printed", report.say("as_printed_column"), head=True, vietnamese=True), Column("meant", report.say("meant")),
        Column("why", report.say("slip_kind")), Column("reference", report.say("reference")),
    ]  # fmt: skip
    n_variants = int((slips["why"] == "variant").sum())
    title = report.say("slips_title", n=report.number(len(slips) - n_variants), variants=report.number(n_variants))
    note = report.say("slips_some", shown=report.number(len(rows))) if len(rows) < len(slips) else ""
    return report.show_table(rows, columns, title=title, table_id="tbl-slips", note=note)


def show_set_phrases(report: Report, *, at_most: int = 20) -> Table | Note:
    """The phrases that most and longest are shared; a note where fewer than two texts can share any.

    Args:
        at_most: phrases shown; all stand in data/set_phrases.csv.
    """
    n_texts = report.tables["texts"]["text_id"].nunique()
    if n_texts < 2:
        return Note(report.say("phrases_need_two"))
    phrases = report.tables["set_phrases"]
    if phrases.empty:
        return Note(report.say("no_set_phrases", n=report.number(n_texts)))
    rows = [
        {
            "phrase": report.privacy.hide_all([use.rsplit(":", 2)[0] for use in p.use_ids], p.phrase), "texts": p.n_texts,
            "uses": p.n_uses, "reference": report.evidence.cite(p.use_ids, limit=3),
        }
        for p in report.records(phrases.head(at_most))
    ]  # fmt: skip
    columns = [
        Column("phrase", report.say("set_phrase"), head=True, vietnamese=True), Column("texts", report.say("in_texts"), number=True),
        Column("uses", report.say("times_used"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say("set_phrases_title", n=report.number(len(phrases)), texts=report.number(n_texts))
    note = report.say("set_phrases_some", shown=report.number(len(rows))) if len(rows) < len(phrases) else ""
    few = report.say("few_texts_share") if n_texts < 10 else ""
    return report.show_table(rows, columns, title=title, table_id="tbl-set-phrases", note=f"{note} {few}".strip())


def _counted(report: Report, by: list[str]) -> pd.DataFrame:
    """Syllables that tell, that stand in set phrases, that are copied, and the rest, of each article or paragraph."""
    columns = ["n_syllables", *_PARTS[:-1]]
    counted = report.tables["sentence_news"].groupby(by, sort=False)[columns].sum().astype(int)
    return counted.assign(n_rest=counted["n_syllables"] - counted[list(_PARTS[:-1])].sum(axis=1))


def show_news_shares(report: Report, *, at_most: int = 20) -> Figure | Note:
    """How much of each article tells something, and how much is set phrases."""
    counted = _counted(report, ["doc_id"])
    if counted.empty:
        return Note(report.say("no_results"))
    total = counted.sum()
    order = [d for d in report.labels if d in counted.index]
    counted = counted.loc[order].rename(index=lambda d: f"{report.say('article')} {report.labels[d]}")
    counted = in_one_bar(report, counted, at_most)
    shares = counted[list(_PARTS)].div(counted["n_syllables"], axis=0)
    parts = [c for c in _PARTS if c != "n_copied" or shares[c].any()]
    shares = shares[parts]
    names = {c: report.say(f"part_{c}") for c in parts}
    title = report.say(
        "news_title",
        told=report.percent(total["n_told"] / total["n_syllables"]),
        set=report.percent(total["n_set"] / total["n_syllables"]),
    )
    rows = "; ".join(
        f"{i}: " + ", ".join(f"{names[c]} {report.percent(v)}" for c, v in row.items()) for i, row in shares.iterrows()
    )
    axes = plot_stacked(shares, unit=report.say("news_unit"), show=report.percent, labels=names)
    return report.show_figure(axes, title=title, alt=report.say("news_alt", rows=rows), details="tbl-news")


def show_news_paragraphs(report: Report, *, at_most: int = 4) -> Table | Note:
    """The paragraphs with the most news in their syllables, and those with the most formula; set phrases marked in their text."""
    counted = _counted(report, ["doc_id", "paragraph"])
    counted = counted[counted["n_syllables"] >= LEAST_SYLLABLES].reset_index()
    if counted.empty:
        return Note(report.say("no_results"))
    counted["told"] = counted["n_told"] / counted["n_syllables"]
    counted["set"] = (counted["n_set"] + counted["n_copied"]) / counted["n_syllables"]
    fullest = counted.sort_values("told", ascending=False, kind="stable").head(at_most)
    rest = counted.drop(fullest.index)
    emptiest = rest[rest["set"] > rest["told"]].sort_values("set", ascending=False, kind="stable").head(at_most)
    rows = [
        {
            "group": Group(report.say(which)) if i == 0 else None, "text": _paragraph(report, p.doc_id, p.paragraph), "told": report.percent(p.told),
            "set": report.percent(p.set), "reference": _reference(report, p.doc_id, p.paragraph),
        }
        for which, chosen in (("most_news", fullest), ("most_formula", emptiest)) for i, p in enumerate(report.records(chosen))
    ]  # fmt: skip
    columns = [
        Column("text", report.say("paragraph_begins"), vietnamese=True, wide=True),
        Column("told", report.say("part_n_told"), number=True), Column("set", report.say("part_n_set"), number=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say(
        "paragraphs_title",
        n=report.number(int((counted["set"] > counted["told"]).sum())),
        all=report.number(len(counted)),
    )
    return report.show_table(
        rows, columns, title=title, table_id="tbl-news", note=report.say("news_defined", least=LEAST_SYLLABLES)
    )


def _reference(report: Report, doc_id: str, paragraph: int) -> Markup:
    """The reference to a paragraph: to a mention in it, if any."""
    sentences = report.tables["sentences"]
    of = sentences[(sentences["doc_id"] == doc_id) & (sentences["paragraph"] == paragraph)]
    mentions = report.tables["mentions"]
    found = mentions[mentions["sent_id"].isin(of["sent_id"])].sort_values("start")["mention_id"].head(1).tolist()
    return report.evidence.cite(found) if found else escape(f"[{report.labels[doc_id]} P{paragraph}]")


def _paragraph(report: Report, doc_id: str, paragraph: int) -> Markup:
    """The beginning of a paragraph as printed, set phrases marked, private names masked."""
    sentences = report.tables["sentences"]
    of = sentences[(sentences["doc_id"] == doc_id) & (sentences["paragraph"] == paragraph)].merge(
        report.tables["sentence_news"][["sent_id", "set_spans"]], on="sent_id"
    )
    shown, n_letters = [], 0
    for s in of.sort_values("start").itertuples():
        shown.append(_marked(report, s, _SHOWN - n_letters))
        n_letters += len(s.text) + 1
        if n_letters >= _SHOWN:
            break
    return Markup(" ").join(shown)


def _marked(report: Report, sentence, room: int) -> Markup:
    """A sentence, at most `room` letters of it, with its set phrases marked."""
    text, base = sentence.text, sentence.start
    end = len(text) if len(text) <= room else max(text.rfind(" ", 0, max(room, 1)), 0)
    slips = report.evidence.slips.spans(sentence.sent_id, base)
    spans = [(int(a) - base, int(b) - base, "set") for a, b in (s.split("-") for s in sentence.set_spans)]
    masks = [(a, b, "mask") for a, b in report.privacy.spans_in(sentence.doc_id, text, base)]
    out, at = [], 0
    for a, b, sort in sorted(spans + masks):
        if a < at or b > end:
            continue
        inside = MASK if sort == "mask" else f'<em class="set">{underlined(text, a, b, slips)}</em>'
        out += [underlined(text, at, a, slips), inside]
        at = b
    out.append(underlined(text, at, end, slips))
    return Markup("".join(out) + (" …" if end < len(text) else ""))
