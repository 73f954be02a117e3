"""Corrections as shown: every line of corrections.csv, what it changed, by whom and why, and what came of it."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.correction_marks import CorrectionMarks
from helpers.present.display import Column, Note, Table
from helpers.present.report import Report

#: what must be mended stands first
_ORDER = ("invalid", "orphan", "applied", "needless")


def show_corrections(report: Report, *, at_most: int = 60) -> Table | Note:
    """A row for each correction; a note where there is none.

    Args:
        at_most: corrections shown; all stand in data/corrections.csv.
    """
    corrections = report.tables["corrections"]
    if corrections.empty:
        return Note(report.say("no_corrections"))
    marks = marks_of(report)
    ordered = corrections.sort_values("status", key=lambda s: s.map(_ORDER.index), kind="stable")
    rows = [_row(report, marks, c) for c in ordered.head(at_most).itertuples()]
    n_of = corrections["status"].value_counts()
    title = report.say(
        "corrections_title", n=report.number(len(corrections)), applied=report.number(n_of.get("applied", 0)),
        orphans=report.number(n_of.get("orphan", 0)), invalid=report.number(n_of.get("invalid", 0)),
    )  # fmt: skip
    columns = [
        Column("where", report.say("correction_where")), Column("words", report.say("correction_words"), head=True, vietnamese=True),
        Column("what", report.say("correction_what")), Column("who", report.say("correction_who"), wide=True),
        Column("state", report.say("correction_state")),
    ]  # fmt: skip
    note = report.say("corrections_some", shown=report.number(len(rows))) if len(rows) < len(corrections) else ""
    return report.show_table(rows, columns, title=title, table_id="tbl-corrections", note=note)


def marks_of(report: Report) -> CorrectionMarks:
    """The corrections of a report in words."""
    return CorrectionMarks(report.tables, report.privacy, report.language, report.say)


def _row(report: Report, marks: CorrectionMarks, c) -> dict:
    state = report.say(f"correction_{c.status}")
    if isinstance(c.reason, str):
        badge = Markup('<span class="badge badge-contradicted">{}</span>').format(state)
        state = badge + Markup("<br>{}").format(report.say(f"correction_{c.reason}"))
    by = report.say("correction_who_text", who=marks.hide(c, c.who), when=marks.day(c), why=marks.hide(c, c.why))
    return {
        "where": _where(report, c), "words": marks.words(c), "what": marks.change(c),
        "who": by if marks.day(c) else "", "state": state,
    }  # fmt: skip


def _where(report: Report, c) -> Markup:
    """The reference to the sentence; where there is none any more, the article's letter; the line of the file."""
    line = Markup("<small>{}</small>").format(report.say("correction_line", line=c.line))
    if isinstance(c.mention_id, str) and report.evidence.anchor_of(c.mention_id):
        return report.evidence.cite([c.mention_id]) + Markup("<br>") + line
    labels = report.article_labels
    known = isinstance(c.doc_id, str) and c.doc_id in labels
    place = Markup("{}").format(f"{report.say('article')} {labels[c.doc_id]}") if known else Markup("")
    return place + Markup("<br>") + line if known else line


def correction_data(report: Report) -> pd.DataFrame:
    """The corrections as a data file: no sentence, no private name."""
    marks, labels = marks_of(report), report.article_labels
    rows = [
        {
            "line": c.line, "article": labels.get(c.doc_id, "") if isinstance(c.doc_id, str) else "", "mention_id": c.mention_id,
            "words": marks.words(c), "change": marks.change(c), "who": marks.hide(c, c.who), "when": marks.day(c), "why": marks.hide(c, c.why),
            "status": c.status, "reason": c.reason,
        }
        for c in report.tables["corrections"].itertuples()
    ]  # fmt: skip
    names = ("line", "article", "mention_id", "words", "change", "who", "when", "why", "status", "reason")
    return pd.DataFrame(rows, columns=list(names))
