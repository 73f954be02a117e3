"""Agreement as shown: contradictions side by side, what independent articles confirm, what is only repeated, what can't be
compared, and which mentions were joined though they leave something open."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.display import Block, Column, Note, Table
from helpers.present.facts_view import figure_text, scope_text
from helpers.present.groups import choose_groups, make_badge
from helpers.present.numbers import format_edtf
from helpers.present.people_view import document_of
from helpers.present.places_view import articles_of
from helpers.present.report import Report
from helpers.present.sayings import say_code

#: sentences of one contradiction that stand side by side; the others are cited
_SIDE_BY_SIDE = 4


def hide_in(report: Report, mention_ids: list[str], text: str) -> str:
    """`text` made of the words of these mentions' articles, without the private names of any."""
    return report.privacy.hide_all(articles_of(mention_ids), text)


def say_row(report: Report, key: str, row) -> str:
    """The wording of a row of `agreements`, `inferences` or `questions`, private names masked."""
    return hide_in(report, row.mention_ids, say_code(report.language, key, row.values, place_name=report.place_name))


def show_contradictions(report: Report) -> Block | Note:
    """Each contradiction: what it is about, why it is one, and its sentences side by side."""
    groups = report.rows("agreements", agreement="contradicted")
    if groups.empty:
        return Note(report.say("no_contradictions", n=report.number(len(report.tables["articles"]))))
    shown = choose_groups(groups, "contradicted")
    note = _rule(report, shown, groups, "agreements")
    source = Markup('<p><span class="source">{}</span></p>').format(f"{note} {report.source}".strip())
    sections = [_contradiction(report, group) for group in report.records(shown)]
    return Block(Markup('<div id="contradictions">{}</div>').format(Markup("").join([*sections, source])))


def _contradiction(report: Report, group) -> Markup:
    cards = [
        Markup('<div><p><strong lang="vi">{}</strong> {}</p><blockquote>{}</blockquote></div>').format(
            told_in(report, group, mention_id), report.evidence.cite([mention_id]), report.evidence.passage(mention_id)
        )
        for mention_id in group.mention_ids[:_SIDE_BY_SIDE]
    ]
    more = group.mention_ids[_SIDE_BY_SIDE:]
    rest = (
        Markup("<p>{} {}</p>").format(report.say("also_told_in"), report.evidence.cite(more, limit=8)) if more else ""
    )
    return Markup('<section id="{}"><p>{} <strong lang="vi">{}</strong><br>{}</p><div class="cards">{}</div>{}</section>').format(
        report.group_anchor(group), _badge(report, group), _subject(report, group), say_row(report, f"reason_{group.reason}", group),
        Markup("").join(cards), rest,
    )  # fmt: skip


def _badge(report: Report, group) -> Markup:
    anchor = report.evidence.first_anchor(group.mention_ids)
    return make_badge(
        group.agreement, report.say(f"agreement_{group.agreement}"), language=report.language, anchor=anchor
    )


def _subject(report: Report, group) -> str:
    """What a group is about, abbreviations written out where the page uses them first."""
    subject = group.subject if any(c.isalpha() for c in group.subject) else report.say("untold_subject")
    return report.first_uses.expand(hide_in(report, group.mention_ids, subject), document_of(group.mention_ids[0]))


def told_in(report: Report, group, mention_id: str) -> Markup:
    """What one mention says of a group's subject, a link to it: the figure, the name or the day."""
    return report.evidence.link(_told(report, group, mention_id), mention_id)


def _told(report: Report, group, mention_id: str) -> str:
    if group.about == "office":
        return report.privacy.hide_name(document_of(mention_id), report.told(mention_id, "people", "name"))
    if group.about == "document":
        return format_edtf(report.told(mention_id, "legal_documents", "issued_on"), report.language)
    fact = report.fact_of(mention_id)
    return figure_text(report, fact) if fact is not None else "–"


def _rule(report: Report, shown: pd.DataFrame, groups: pd.DataFrame, file: str) -> str:
    """By what rule rows were left out; nothing where none were."""
    if len(shown) == len(groups):
        return ""
    return report.say("groups_rule", shown=report.number(len(shown)), n=report.number(len(groups)), file=f"{file}.csv")


def show_confirmations(report: Report) -> Table | Note:
    """What independent articles tell alike: a row a statement, with what it says and who says so."""
    groups = report.rows("agreements", agreement="confirmed")
    if groups.empty:
        return Note(report.say("no_confirmations", n=report.number(len(report.tables["articles"]))))
    shown = choose_groups(groups, "confirmed")
    rows = [
        {
            "told": _anchored(report, group, told_in(report, group, group.mention_ids[0])), "what": _subject(report, group),
            "mentions": report.number(group.n_mentions), "reference": report.evidence.cite(group.mention_ids, limit=6),
        }
        for group in report.records(shown)
    ]  # fmt: skip
    columns = [
        Column("what", report.say("what_is_told"), head=True, vietnamese=True), Column("told", report.say("figure_or_name")),
        Column("mentions", report.say("n_mentions"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say("confirmations_title", n=report.number(len(groups)))
    note = _rule(report, shown, groups, "agreements")
    return report.show_table(rows, columns, title=title, table_id="tbl-confirmations", note=note)


def _anchored(report: Report, group, content: Markup) -> Markup:
    return Markup('<span id="{}">{}</span>').format(report.group_anchor(group), content)


def show_repetitions(report: Report) -> Block | Note:
    """What one source says again, counted and folded."""
    groups = report.rows("agreements", agreement="repeated")
    if groups.empty:
        return Note(report.say("no_repetitions"))
    shown = choose_groups(groups, "repeated")
    items = [
        Markup('<li id="{}">{} <span lang="vi">{}</span>: {} {}</li>').format(
            report.group_anchor(group), told_in(report, group, group.mention_ids[0]), _without_unit(report, group),
            say_row(report, f"reason_{group.reason}", group), report.evidence.cite(group.mention_ids, limit=6),
        )
        for group in report.records(shown)
    ]  # fmt: skip
    title = report.say("repetitions_title", n=report.number(len(groups)))
    note = _rule(report, shown, groups, "agreements")
    summary = f"{title} {note}".strip()
    return Block(Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(summary, Markup("").join(items)))


def _without_unit(report: Report, group) -> str:
    """The subject after its figure: the unit of a measure stands with the figure."""
    fact = report.fact_of(group.mention_ids[0]) if group.about == "figure" else None
    subject = _subject(report, group)
    return subject.removeprefix(f"{fact.unit} ") if fact is not None and fact.kind == "measure" else subject


def show_incomparables(report: Report) -> Table | Note:
    """Figures of one subject that can't be compared: each with its scope, and the reason."""
    groups = report.rows("agreements", agreement="incomparable")
    if groups.empty:
        return Note(report.say("no_incomparables"))
    shown = choose_groups(groups, "incomparable")
    rows = [
        {
            "what": _anchored(report, group, Markup("{}").format(_subject(report, group))), "told": _told_apart(report, group),
            "reason": say_row(report, f"reason_{group.reason}", group),
            "reference": report.evidence.cite(group.mention_ids, limit=4),
        }
        for group in report.records(shown)
    ]  # fmt: skip
    columns = [
        Column("what", report.say("what_is_told"), head=True, vietnamese=True), Column("told", report.say("figures_and_scopes")),
        Column("reason", report.say("reason"), wide=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say("incomparables_title", n=report.number(len(groups)))
    note = _rule(report, shown, groups, "agreements")
    return report.show_table(rows, columns, title=title, table_id="tbl-incomparable", note=note)


def _told_apart(report: Report, group, *, at_most: int = 5) -> Markup:
    """The different values of a group, each with its place and period."""
    if group.about != "figure":
        return Markup("<br>").join(told_in(report, group, m) for m in group.mention_ids[:at_most])
    seen, lines = set(), []
    for mention_id in group.mention_ids:
        fact = report.fact_of(mention_id)
        if fact is None or fact.fact_id in seen:
            continue
        seen.add(fact.fact_id)
        lines.append(told_in(report, group, mention_id) + Markup(" <small>{}</small>").format(scope_text(report, fact)))
    more = [Markup("+{}").format(len(lines) - at_most)] if len(lines) > at_most else []
    return Markup("<br>").join([*lines[:at_most], *more])


def show_joined(report: Report, *, at_most: int = 30) -> Table | Note:
    """Mentions that leave place or period open and were joined to the one fact of their article that fits."""
    facts = report.tables["facts"]
    joined = facts[facts["joined"].str.len() > 0]
    if joined.empty:
        return Note(report.say("none_joined"))
    rows = [
        {
            "figure": report.evidence.link(figure_text(report, fact), fact.mention_ids[0]),
            "what": hide_in(report, fact.mention_ids, fact.subject), "scope": scope_text(report, fact),
            "open": report.evidence.cite(fact.joined), "reference": report.evidence.cite([m for m in fact.mention_ids if m not in fact.joined]),
        }
        for fact in report.records(joined.head(at_most))
    ]  # fmt: skip
    columns = [
        Column("figure", report.say("figure"), number=True), Column("what", report.say("what"), head=True, vietnamese=True),
        Column("open", report.say("left_open_in")), Column("scope", report.say("joined_to")),
        Column("reference", report.say("told_in")),
    ]  # fmt: skip
    title = report.say("joined_title", n=report.number(sum(map(len, joined["joined"]))))
    note = _rule(report, joined.head(at_most), joined, "facts")
    return report.show_table(rows, columns, title=title, table_id="tbl-joined", note=note)
