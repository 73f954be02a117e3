"""The corpus as shown: which articles were read, what they are made of, what could not be read."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.charts import plot_stacked
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.facets import Facets
from helpers.present.numbers import format_edtf
from helpers.present.report import Report

_ROLES = ("body", "caption", "lead", "pullquote", "header")


def show_articles(report: Report) -> Table:
    """A row an article: its letter, title, month, author and how much was read in it."""
    figures = report.tables["mentions"][
        report.tables["mentions"]["mention_id"].isin(report.tables["quantities"]["mention_id"])
    ]
    n_figures, facets = figures.groupby("doc_id").size(), Facets(report)
    rows = [
        {
            "facets": facets.of_article(a), "label": a.label, "title": report.privacy.hide(a.doc_id, a.title),
            "published": format_edtf(a.published, report.language) if isinstance(a.published, str) else report.say("no_date"),
            "author": Markup('<span lang="vi">{}</span>').format(a.author) if isinstance(a.author, str) else report.say("not_stated"),
            "paragraphs": a.n_paragraphs, "sentences": a.n_sentences, "figures": int(n_figures.get(a.doc_id, 0)),
        }
        for a in report.tables["articles"].itertuples()
    ]  # fmt: skip
    # where no article names its author there is nothing to tell
    author = [Column("author", report.say("author"))] if report.tables["articles"]["author"].notna().any() else []
    columns = [
        Column("label", report.say("article")), Column("title", report.say("title"), head=True, vietnamese=True),
        Column("published", report.say("published")), *author,
        *(Column(c, report.say(c), number=True) for c in ("paragraphs", "sentences", "figures")),
    ]  # fmt: skip
    return report.show_table(
        rows,
        columns,
        title=report.say("articles_title", n=report.number(len(rows))),
        table_id="tbl-articles",
        rows_are="article",
    )


def in_one_bar(report: Report, counts: pd.DataFrame, at_most: int) -> pd.DataFrame:
    """Counts with a row an article; of more than `at_most` articles all in one row."""
    if len(counts) <= at_most:
        return counts
    return counts.sum().to_frame(report.say("n_articles_bar", n=report.number(len(counts)))).T


def show_structure(report: Report, *, at_most: int = 20) -> Figure | Note:
    """Words of each article by the role of their paragraph; of more than `at_most` articles all in one bar."""
    paragraphs = report.tables["paragraphs"]
    labels = report.tables["articles"].set_index("doc_id")["label"]
    counted = paragraphs[paragraphs["role"].isin(_ROLES)].pivot_table(
        index="doc_id", columns="role", values="n_words", aggfunc="sum", fill_value=0
    )
    counted = counted.reindex(index=labels.index, columns=[r for r in _ROLES if r in counted], fill_value=0)
    if counted.empty:
        return Note(report.say("no_results"))
    counted.index = [f"{report.say('article')} {labels[d]}" for d in counted.index]
    counted = in_one_bar(report, counted, at_most)
    n_words = int(counted.to_numpy().sum())
    names = {r: report.say(f"role_{r}") for r in counted.columns}
    title = report.say(
        "structure_title", share=report.percent(counted["body"].sum() / n_words), n=report.number(n_words)
    )
    rows = "; ".join(
        f"{i}: " + ", ".join(f"{names[r]} {report.number(v)}" for r, v in row.items()) for i, row in counted.iterrows()
    )
    axes = plot_stacked(counted, unit=report.say("structure_unit"), show=report.number, labels=names)
    return report.show_figure(axes, title=title, alt=report.say("structure_alt", rows=rows), details="tbl-articles")


def show_rejected(report: Report) -> Table | None:
    """A row for each file that could not be read; nothing if all were."""
    rejected = report.tables["rejected"]
    if rejected.empty:
        return None
    columns = [Column("file", report.say("file"), head=True), Column("reason", report.say("reason"))]
    title = report.say("rejected_title", n=report.number(len(rejected)))
    return report.show_table(rejected.to_dict("records"), columns, title=title, table_id="tbl-rejected")


def show_dates(report: Report, *, at_most: int = 60) -> Table | Note:
    """The calendar dates that articles state, as printed and as read.

    Of more than `at_most` those are shown that most articles name.
    """
    dates = report.tables["dates"].merge(report.tables["mentions"], on="mention_id")
    dates = (
        dates[(dates["form"] == "calendar") & dates["value"].notna()]
        .sort_values(["doc_id", "start"])
        .drop_duplicates(["doc_id", "value"])
    )
    n_dates, told = len(dates), {}
    if n_dates > at_most:
        told = dates.groupby("value")["mention_id"].agg(list).to_dict()
        n_dates = len(told)
        dates = dates.drop_duplicates("value").sort_values("value", key=lambda v: -v.map(told).str.len(), kind="stable")
        dates = dates.head(at_most).sort_values("value", kind="stable")
    rows = [
        {
            "date": report.evidence.link(d.surface, d.mention_id),
            "meaning": Markup("{}{}").format(
                format_edtf(d.value, report.language),
                Markup(" <small>({})</small>").format(report.say("inferred")) if "year" in d.inferred else "",
            ),
            "reference": report.evidence.cite(told.get(d.value, [d.mention_id])),
        }
        for d in dates.itertuples()
    ]
    columns = [
        Column("date", report.say("date"), head=True, vietnamese=True),
        Column("meaning", report.say("meaning")),
        Column("reference", report.say("reference")),
    ]
    note = report.say("dates_rule", shown=report.number(len(rows)), n=report.number(n_dates))
    title = report.say("dates_title", n=report.number(n_dates))
    return report.show_table(rows, columns, title=title, table_id="tbl-dates", note=note if len(rows) < n_dates else "")
