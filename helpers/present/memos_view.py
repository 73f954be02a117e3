"""Notes of analysts as shown: what each is about, who wrote it and when; those whose passage is gone first, never dropped."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.display import Column, Note, Table
from helpers.present.numbers import format_edtf
from helpers.present.privacy import MASK
from helpers.present.report import Report
from helpers.present.themes_view import theme_label

_ORDER = ("invalid", "orphan", "kept")


def show_memos(report: Report, *, at_most: int = 60) -> Table | Note:
    """A row a note of memos.csv: those that must be mended, then by theme. All stand in data/memos.csv."""
    memos = report.tables["memos"]
    if memos.empty:
        return Note(report.say("no_memos"))
    ordered = memos.assign(state=memos["status"].map(_ORDER.index)).sort_values(
        ["state", "theme", "line"], kind="stable"
    )
    rows = [
        {
            "about": _about(report, m), "text": _text(report, m),
            "who": Markup("{}<br><small>{}</small>").format(_hide(report, m, m.who), _day(report, m)),
        }
        for m in report.records(ordered.head(at_most))
    ]  # fmt: skip
    columns = [Column("about", report.say("memo_about"), head=True), Column("text", report.say("memo_text"), wide=True),
               Column("who", report.say("memo_who"))]  # fmt: skip
    wrong = int((memos["status"] != "kept").sum())
    title = report.say(
        "memos_title" if wrong else "memos_title_sound", n=report.number(len(memos)), wrong=report.number(wrong)
    )
    return report.show_table(rows, columns, title=title, table_id="tbl-memos")


def _about(report: Report, memo) -> Markup:
    """The theme and the sentence that a note is about; as the analyst wrote them where they are gone."""
    parts: list[Markup | str] = []
    known = set(report.tables["themes"]["theme_id"])
    if memo.theme:
        parts.append(theme_label(report, memo.theme) if memo.theme in known else _hide(report, memo, memo.theme))
    if memo.sent_id:
        parts.append(_reference(report, memo))
    elif memo.sentence:
        parts.append(Markup('<span lang="vi">“{}”</span>').format(_hide(report, memo, memo.sentence)))
    if memo.status != "kept":
        state = report.say(f"memo_{memo.status}")
        badge = Markup('<span class="badge badge-contradicted">{}</span>').format(state)
        parts.append(badge + Markup(" {}").format(report.say(f"memo_{memo.reason}", line=memo.line)))
    return Markup("<br>").join(parts)


def _reference(report: Report, memo) -> Markup:
    """The reference to a sentence: by a word of the note's theme in it, else by whatever was read there."""
    mentions = report.tables["mentions"]
    inside = mentions[mentions["sent_id"] == memo.sent_id]
    if inside.empty:
        sentence = report.rows("sentences", sent_id=memo.sent_id).iloc[0]
        return Markup("[{} P{}]").format(report.article_labels[sentence["doc_id"]], int(sentence["paragraph"]))
    own = inside[inside["mention_id"].str.endswith(f":theme:{memo.theme}")]
    return report.evidence.cite([(own if len(own) else inside)["mention_id"].iloc[0]])


def _day(report: Report, memo) -> str:
    return format_edtf(memo.when, report.language) if memo.when and memo.status != "invalid" else memo.when or ""


def _text(report: Report, memo) -> str:
    return _hide(report, memo, memo.text or "")


def _hide(report: Report, memo, text: str | None) -> str:
    """What an analyst typed without the names of private people, known from an article or not."""
    shown = report.privacy.hide_typed(memo.doc_id or "", text or "")
    public = {name for names in report.tables["persons"]["names"] for name in names}
    for name in sorted(set(memo.hidden) - public, key=len, reverse=True):
        shown = shown.replace(name, MASK)
    return shown


def memo_data(report: Report) -> pd.DataFrame:
    """The notes as a data file: no sentence, no private name."""
    rows = [
        {
            "line": m.line, "theme": _hide(report, m, m.theme), "article": report.article_labels.get(m.doc_id, ""), "sentence_id": m.sent_id,
            "who": _hide(report, m, m.who), "when": m.when, "text": _text(report, m), "status": m.status, "reason": m.reason,
        }
        for m in report.records(report.tables["memos"])
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["line", "theme", "article", "sentence_id", "who", "when", "text", "status", "reason"]
    )
