"""How sure the reading is, as shown: what was refused, what the articles leave open, how firmly each kind was read, reprints."""

from __future__ import annotations

from helpers.present.corpus_view import show_rejected
from helpers.present.display import Column, Note, Table
from helpers.present.report import Report
from helpers.schema import DETAIL_OF, FIGURE_KINDS, KINDS

#: strengths of schema mentions: told by a cue of its own, by its usual form, by its form alone
_STRONG, _WEAK = 3, 1


def show_refused(report: Report) -> Table | Note:
    """The files that could not be read, each with its reason."""
    return show_rejected(report) or Note(report.say("none_refused", n=report.number(len(report.tables["articles"]))))


def show_unknown(report: Report) -> Table:
    """What articles leave open, or name so that it may be several things: how much of how much."""
    t = report.tables
    speakers = t["voices"]["kind"] == "unnamed"
    places = t["places"]["place_id"].isna()
    asked = {
        "articles_no_date": t["articles"]["published"].isna(), "facts_no_period": t["facts"]["period"].isna(),
        "facts_no_place": t["facts"]["place_id"].isna(), "dates_no_value": t["dates"]["value"].isna(),
        "places_not_found": places & (t["places"]["candidates"].str.len() == 0), "places_several": t["places"]["candidates"].str.len() > 1,
        "voices_unnamed": speakers, "abbreviations_unknown": t["abbreviations"]["expansion"].isna(),
    }  # fmt: skip
    rows = [
        {"what": report.say(f"unknown_{name}"), "n": report.number(int(is_open.sum())), "of": report.number(len(is_open)), "share": report.percent(is_open.mean())}
        for name, is_open in asked.items() if len(is_open)
    ]  # fmt: skip
    columns = [
        Column("what", report.say("left_open"), head=True), Column("n", report.say("n_open"), number=True),
        Column("of", report.say("n_all"), number=True), Column("share", report.say("share"), number=True),
    ]  # fmt: skip
    return report.show_table(rows, columns, title=report.say("unknown_title"), table_id="tbl-unknown")


def show_sureness(report: Report) -> Table | Note:
    """For each kind of mention: how many were read by a cue of their own, how many by their form alone, what was inferred."""
    mentions = report.tables["mentions"]
    mentions = mentions[mentions["kind"] != "theme"]  # words of a list are there or not
    if mentions.empty:
        return Note(report.say("no_results"))
    groups = {"figures": mentions["kind"].isin(FIGURE_KINDS)} | {
        k: mentions["kind"] == k for k in KINDS if k not in FIGURE_KINDS and k in DETAIL_OF
    }
    rows = []
    for kind, is_kind in groups.items():
        of_kind = mentions[is_kind]
        if of_kind.empty:
            continue
        weak = of_kind[of_kind["strength"] == _WEAK]
        rows.append({
            "kind": report.say("mention_figures" if kind == "figures" else f"mention_{kind}"), "n": report.number(len(of_kind)),
            "strong": report.percent((of_kind["strength"] == _STRONG).mean()), "weak": report.percent(len(weak) / len(of_kind)),
            "inferred": report.percent((of_kind["inferred"].str.len() > 0).mean()),
            "example": report.evidence.cite(weak["mention_id"], limit=2),
        })  # fmt: skip
    columns = [
        Column("kind", report.say("kind_read"), head=True), Column("n", report.say("n_read"), number=True),
        Column("strong", report.say("by_cue"), number=True), Column("weak", report.say("by_form"), number=True),
        Column("inferred", report.say("partly_inferred"), number=True), Column("example", report.say("weak_examples")),
    ]  # fmt: skip
    share = (mentions["strength"] == _WEAK).mean()
    return report.show_table(
        rows, columns, title=report.say("sureness_title", share=report.percent(share)), table_id="tbl-sureness"
    )


def show_reprints(report: Report, *, at_most: int = 20) -> Table | Note:
    """Articles that print one text, which counts once; a note where there is none."""
    texts = report.tables["texts"]
    twice = texts[texts["text_id"].duplicated(keep=False)]
    if twice.empty:
        return Note(report.say("no_reprints", n=report.number(len(texts))))
    titles = dict(zip(report.tables["articles"]["doc_id"], report.tables["articles"]["title"], strict=True))
    groups = [list(g["doc_id"]) for _, g in twice.groupby("text_id", sort=False)]
    rows = [
        {
            "articles": ", ".join(report.labels[d] for d in group),
            "title": report.privacy.hide(group[0], titles[group[0]]),
        }
        for group in groups[:at_most]
    ]
    columns = [
        Column("title", report.say("title"), head=True, vietnamese=True), Column("articles", report.say("articles_of_text")),
    ]  # fmt: skip
    title = report.say("reprints_title", n=report.number(len(twice)), texts=report.number(len(groups)))
    return report.show_table(rows, columns, title=title, table_id="tbl-reprints")
