"""Inference as shown: what may be concluded and what may not, which sums hold, and what is to be asked of whom."""

from __future__ import annotations

import json

import pandas as pd
from markupsafe import Markup

from helpers.analysis.sums import list_sums
from helpers.present.agreement_view import hide_in, say_row
from helpers.present.display import Column, Group, Note, Table
from helpers.present.facts_view import figure_items, scope_text
from helpers.present.groups import make_badge
from helpers.present.numbers import format_figure
from helpers.present.report import Report
from helpers.present.sayings import say_code
from helpers.schema import INFERENCE_RULES


def show_inferences(report: Report, *, a_rule: int = 12) -> Table | Note:
    """By rule, what may be concluded and what may not, each with its sentences; of a rule at most `a_rule` statements."""
    inferences = report.tables["inferences"]
    if inferences.empty:
        return Note(report.say("no_inferences"))
    rows: list[dict] = []
    for rule in INFERENCE_RULES:
        found = inferences[inferences["rule"] == rule]
        heading = f"{report.say(f'rule_{rule}')}. {report.say(f'why_{rule}')}"
        if len(found) > a_rule:
            heading += f" {report.say('rule_some', shown=report.number(a_rule), n=report.number(len(found)))}"
        shown = found.sort_values("can", ascending=False, kind="stable").head(a_rule)
        rows += [
            {"group": Group(heading) if i == 0 else None, **_inference_row(report, row)}
            for i, row in enumerate(report.records(shown))
        ]
    columns = [
        Column("can", report.say("may_one")), Column("statement", report.say("statement"), wide=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    can = int(inferences["can"].astype(bool).sum())
    title = report.say("inferences_title", can=report.number(can), cannot=report.number(len(inferences) - can))
    note = report.say("whole_in", file="inferences.csv") if len(rows) < len(inferences) else ""
    return report.show_table(rows, columns, title=title, table_id="tbl-inferences", note=note)


def _inference_row(report: Report, row) -> dict:
    kind, word = ("confirmed", "can") if row.can else ("contradicted", "cannot")
    return {
        "can": make_badge(
            kind, report.say(word), language=report.language, anchor=report.evidence.first_anchor(row.mention_ids)
        ),
        "statement": say_row(report, f"says_{row.saying}", row),
        "reference": report.evidence.cite(row.mention_ids, limit=6) or _article(report, row),
    }  # fmt: skip


def _article(report: Report, row) -> str:
    """The article that a statement without a mention is about."""
    doc_id = json.loads(row.values).get("doc_id")
    return f"[{report.labels[doc_id]}]" if doc_id in report.labels else ""


def show_questions(report: Report, *, at_most: int = 40) -> Table | Note:
    """The questions to send, under the body to ask: that with most questions first, the newspaper last."""
    questions = report.tables["questions"]
    if questions.empty:
        return Note(report.say("no_questions"))
    groups, newspaper = by_body(report, questions), report.say("to_newspaper")
    rows: list[dict] = []
    for body, members in groups:
        rows += [
            {
                "group": Group(body, vietnamese=body != newspaper) if i == 0 else None, "question": say_row(report, row.saying, row),
                "reference": report.evidence.cite(row.mention_ids, limit=6),
            }
            for i, row in enumerate(members)
        ]  # fmt: skip
    columns = [Column("question", report.say("question"), wide=True), Column("reference", report.say("reference"))]
    title = report.say("questions_title", n=report.number(len(rows)), bodies=report.number(len(groups)))
    note = "" if len(rows) <= at_most else " ".join((
        report.say("first_of", shown=report.number(at_most), n=report.number(len(rows))), report.say("whole_in", file="questions.csv")
    ))  # fmt: skip
    return report.show_table(rows[:at_most], columns, title=title, table_id="tbl-questions", note=note)


def by_body(report: Report, questions: pd.DataFrame) -> list[tuple[str, list]]:
    """Questions by the body to ask, its name as it may be shown; the newspaper is asked last."""
    found: dict[str, list] = {}
    for row in report.records(questions):
        body = hide_in(report, row.mention_ids, row.to) if isinstance(row.to, str) else ""
        found.setdefault(body, []).append(row)
    ordered = sorted(found.items(), key=lambda item: (not item[0], -len(item[1])))
    return [(body or report.say("to_newspaper"), rows) for body, rows in ordered]


def show_sums(report: Report, *, at_most: int = 12) -> Table | Note:
    """Which results add up and which do not, with the reason: totals first."""
    answers = list_sums(report.tables["facts"], report.tables["units"])
    if not answers:
        return Note(report.say("no_sums"))
    rows = [_sum_row(report, answer) for answer in answers[:at_most]]
    columns = [
        Column("facts", report.say("would_add")), Column("total", report.say("total"), number=True),
        Column("reason", report.say("reason"), wide=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    n_totals = sum(a.is_total for a in answers)
    values = {"n": len(answers), "totals": n_totals, "refused": len(answers) - n_totals}
    title = report.say("sums_title", **{k: report.number(v) for k, v in values.items()})
    note = (
        report.say("first_of", shown=report.number(at_most), n=report.number(len(answers)))
        if len(answers) > at_most
        else ""
    )
    return report.show_table(rows, columns, title=title, table_id="tbl-sums", note=note)


def _sum_row(report: Report, answer) -> dict:
    facts = report.facts_by_id.loc[answer.fact_ids]
    shown = facts.head(6)
    mention_ids = [ids[0] for ids in facts["mention_ids"]]
    scopes = [Markup(" <small>({})</small>").format(scope_text(report, fact)) for fact in report.records(shown)]
    items = figure_items(report, shown, n_words=10)
    if len(set(scopes)) == 1:  # said once, at the end
        scopes = [Markup("")] * (len(items) - 1) + scopes[-1:]
    lines = [item + scope for item, scope in zip(items, scopes, strict=True)]
    if len(facts) > len(shown):
        lines.append(Markup("+{}").format(len(facts) - len(shown)))
    if answer.is_total:
        first = facts.iloc[0]
        total = format_figure(first["kind"], answer.value, answer.value_high, qualifier=answer.qualifier, direction="none",
                              language=report.language)  # fmt: skip
        reason = report.say("sum_holds")
    else:
        anchor = report.evidence.first_anchor(mention_ids)
        total = make_badge("incomparable", report.say("no_sum"), language=report.language, anchor=anchor)
        reason = say_code(report.language, f"refusal_{answer.reason}", answer.values_json, place_name=report.place_name)
    return {
        "facts": Markup('<span class="items">{}</span>').format(Markup("<br>").join(lines)), "total": total,
        "reason": hide_in(report, mention_ids, reason), "reference": report.evidence.cite(mention_ids, limit=4),
    }  # fmt: skip
