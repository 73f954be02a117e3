"""Abbreviations as shown: what the articles abbreviate, what it stands for, whence that is known, and where it stands."""

from __future__ import annotations

from markupsafe import Markup

from helpers.present.display import Column, Note, Table
from helpers.present.groups import make_badge
from helpers.present.report import Report


def show_abbreviations(report: Report, *, at_most: int = 60) -> Table | Note:
    """A row an abbreviation, the most used first; one that stands for two things shows both, and that nothing was chosen."""
    abbreviations = report.tables["abbreviations"]
    if abbreviations.empty:
        return Note(report.say("no_abbreviations"))
    rows = [
        {
            "abbreviation": report.evidence.link(", ".join(a.surfaces), a.mention_ids[0]),
            "expansion": _expansion(report, a), "whence": _whence(report, a), "n": report.number(a.n_uses),
            "reference": report.evidence.cite(a.mention_ids, limit=3),
        }
        for a in abbreviations.head(at_most).itertuples()
    ]  # fmt: skip
    columns = [
        Column("abbreviation", report.say("abbreviation"), head=True, vietnamese=True),
        Column("expansion", report.say("expansion"), vietnamese=True), Column("whence", report.say("expansion_whence")),
        Column("n", report.say("times"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say("abbreviations_title", n=report.number(len(abbreviations)))
    return report.show_table(rows, columns, title=title, table_id="tbl-abbreviations")


def _expansion(report: Report, abbreviation) -> Markup:
    """The expansion as a link to where an article writes it out; all of them with a badge where they differ."""
    doc_id = abbreviation.mention_ids[0].rsplit(":", 2)[0]
    shown = [report.privacy.hide(doc_id, e) for e in abbreviation.candidates if isinstance(e, str)]
    if len(shown) > 1:
        anchor = report.evidence.first_anchor(abbreviation.mention_ids)
        badge = make_badge("contradicted", report.say("several_meanings"), language=report.language, anchor=anchor)
        return Markup(" ≠ ").join(shown) + Markup(" ") + badge
    if len(abbreviation.expansion_ids):
        return report.evidence.link(shown[0], abbreviation.expansion_ids[0])
    return Markup("{}").format(shown[0])


def _whence(report: Report, abbreviation) -> Markup:
    """Whence the expansion is known, and where articles have it in full."""
    said = ", ".join(report.say(f"whence_{w}") for w in abbreviation.whence) or report.say("not_stated")
    if not len(abbreviation.expansion_ids):
        return Markup("{}").format(said)
    cited = report.evidence.cite(abbreviation.expansion_ids, limit=2)
    return Markup("{}<br><small>{} {}</small>").format(said, report.say("written_out"), cited)
