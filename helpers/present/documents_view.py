"""Documents as shown: one line each, when articles cite them, and where articles give one document two dates."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.citation_times import Times, count_times
from helpers.present.display import Column, Figure, Group, Note, Table
from helpers.present.groups import make_badge
from helpers.present.numbers import format_edtf
from helpers.present.places_view import FEW_ARTICLES, articles_of
from helpers.present.report import MONTHS_FOR_TREND, Report
from helpers.present.time_charts import plot_times

_MANY = 3  # dates of articles, from which on the first and the last are given


def show_documents(report: Report, *, at_most: int = 40) -> Table | Note:
    """A row a document, by kind: issuer, date and subject as stated, how often, when and by which articles it is cited.

    Where there are more than `at_most`, those in most articles are shown.
    """
    documents = report.tables["cited_documents"]
    if documents.empty:
        return Note(report.say("no_documents"))
    chosen = documents.head(at_most)
    rows = []
    for kind, members in _by_kind(chosen):
        rows += [
            {"group": Group(kind, vietnamese=True) if i == 0 else None, **_document_row(report, d)}
            for i, d in enumerate(members)
        ]
    columns = [
        Column("name", report.say("document"), head=True, vietnamese=True), Column("issued", report.say("issued")),
        Column("articles", report.say("n_articles"), number=True), Column("mentions", report.say("n_mentions"), number=True),
        Column("when", report.say("cited_when")), Column("reference", report.say("reference")),
    ]  # fmt: skip
    top = documents.iloc[0]
    title = report.say(
        "documents_title", n=report.number(len(documents)), name=hide_shared(report, top["mention_ids"], top["name"]),
        articles=report.number(top["n_articles"]), times=report.number(top["n_mentions"]),
    )  # fmt: skip
    note = report.say("list_rule", shown=report.number(len(chosen)), n=report.number(len(documents)))
    return report.show_table(
        rows, columns, title=title, table_id="tbl-documents", note=note if len(chosen) < len(documents) else ""
    )


def hide_shared(report: Report, mention_ids: list[str], text: str) -> str:
    """`text` of a work without the private names of any article that names the work."""
    return report.privacy.hide_all(articles_of(mention_ids), text)


def _by_kind(documents: pd.DataFrame) -> list[tuple[str, list]]:
    """Documents by kind, the kind in most articles first; of a kind in their order."""
    kinds = documents["type"].fillna("").str.lower()
    order = documents.groupby(kinds)["n_articles"].sum().sort_values(ascending=False, kind="stable").index
    return [(kind.capitalize() or "–", list(documents[kinds == kind].itertuples())) for kind in order]


def _document_row(report: Report, d) -> dict:
    first = articles_of(d.mention_ids)[0]
    name = report.evidence.link(hide_shared(report, d.mention_ids, d.name), d.mention_ids[0])
    if isinstance(d.subject, str):
        subject = report.first_uses.expand(hide_shared(report, d.mention_ids, d.subject), first)
        name += Markup("<br><small>{}</small>").format(subject)
    if not d.is_sure:
        name += Markup('<br><small lang="{}">{}</small>').format(report.language, report.say("perhaps_several"))
    few = len(report.tables["articles"]) <= FEW_ARTICLES
    return {
        "name": name, "issued": _issued(report, d), "articles": report.number(d.n_articles),
        "mentions": report.number(d.n_mentions), "when": _when(report, d.mention_ids),
        "reference": report.evidence.cite(d.mention_ids, limit=20 if few else 4, each=few),
    }  # fmt: skip


def _issued(report: Report, d) -> Markup:
    """By whom and when; two dates that exclude each other are both given."""
    issuer = hide_shared(report, d.mention_ids, d.issuer) if isinstance(d.issuer, str) else ""
    lines = [Markup('<span lang="vi">{}</span>').format(issuer)] if issuer else []
    if d.dates:
        lines.append(_torn(report, d))
    elif isinstance(d.issued_on, str):
        lines.append(Markup("{}").format(format_edtf(d.issued_on, report.language)))
    elif not pd.isna(d.year):
        lines.append(Markup("{}").format(d.year))
    return Markup("<br>").join(lines) or Markup("<small>{}</small>").format(report.say("not_stated"))


def _torn(report: Report, d) -> Markup:
    dates = zip(d.dates, d.date_ids, strict=True)
    links = [report.evidence.link(format_edtf(date, report.language), i) for date, i in dates]
    anchor = report.evidence.first_anchor(d.date_ids)
    badge = make_badge("contradicted", report.say("date_conflict"), language=report.language, anchor=anchor)
    return Markup(" ≠ ").join(links) + Markup(" ") + badge


def _when(report: Report, mention_ids: list[str]) -> str:
    """The dates of the citing articles, oldest first; of many the first and the last."""
    published = report.published
    dates = sorted({d for i in articles_of(mention_ids) if (d := published[i])})
    shown = [format_edtf(d, report.language) for d in dates]
    if len(shown) > _MANY:
        return f"{shown[0]} – {shown[-1]}"
    return ", ".join(shown) or report.say("no_date")


def show_date_conflicts(report: Report) -> Table | Note:
    """Documents to which articles give dates that exclude each other: all of them, each with its sentence; none is chosen."""
    documents = report.tables["cited_documents"]
    torn = documents[documents["dates"].str.len() > 0]
    if torn.empty:
        return Note(report.say("no_date_conflicts"))
    rows = [
        {
            "name": report.evidence.link(hide_shared(report, d.mention_ids, d.name), d.mention_ids[0]),
            "dates": _torn(report, d), "reference": report.evidence.cite(d.date_ids),
        }
        for d in torn.itertuples()
    ]  # fmt: skip
    columns = [Column("name", report.say("document"), head=True, vietnamese=True), Column("dates", report.say("dates_given")),
               Column("reference", report.say("reference"))]  # fmt: skip
    title = report.say("date_conflicts_title", n=report.number(len(rows)))
    return report.show_table(rows, columns, title=title, table_id="tbl-date-conflicts")


def show_document_times(report: Report, *, n_documents: int = 12) -> Figure | Table | Note:
    """When articles cite documents: a chart of those cited most, gaps shown; a table where too few periods have articles."""
    documents = report.tables["cited_documents"]
    if documents.empty:
        return Note(report.say("no_documents"))
    times = count_times(documents, report.published, n_documents=n_documents)
    if times is None:
        return Note(report.say("no_article_dates"))
    if int((times.n_articles > 0).sum()) < MONTHS_FOR_TREND:
        return _times_table(report, times)
    names = [hide_shared(report, d.mention_ids, d.name) for d in documents.head(len(times.citing)).itertuples()]
    shown = times.citing.set_axis(names, axis=0)
    periods = [format_edtf(p, report.language) for p in times.citing.columns]
    axes = plot_times(shown.set_axis(periods, axis=1), times.n_articles.to_numpy(), unit=report.say(
        f"times_unit_{times.unit}", undated=report.number(times.n_undated)), show=report.number)  # fmt: skip
    rows = "; ".join(
        f"{name}: " + ", ".join(f"{p} {report.number(v)}" for p, v in zip(periods, row, strict=True) if v)
        for name, row in zip(names, times.citing.to_numpy(), strict=True)
    )
    return report.show_figure(
        axes,
        title=_times_title(report, times, names[0]),
        alt=report.say("times_alt", rows=rows),
        details="tbl-documents",
    )


def _times_title(report: Report, times: Times, name: str) -> str:
    n_cited, n_read = int((times.citing.iloc[0] > 0).sum()), int((times.n_articles > 0).sum())
    unit = report.say(f"times_{times.unit}")
    return report.say("times_title", name=name, k=report.number(n_cited), n=report.number(n_read), unit=unit)


def _times_table(report: Report, times: Times) -> Table:
    """A row a period with its articles; periods in a row without any stand in one line, so that gaps are seen."""
    rows, gap = [], []
    for period in [*times.citing.columns, None]:
        if period is not None and not times.n_articles[period]:
            gap.append(period)
            continue
        if gap:
            between = "–".join(dict.fromkeys(format_edtf(p, report.language) for p in (gap[0], gap[-1])))
            rows.append({"period": between, "articles": "0", "documents": "–", "mentions": "–",
                         "reference": report.say("no_articles_then")})  # fmt: skip
            gap = []
        if period is not None:
            ids = times.mention_ids.get(period, [])
            rows.append({
                "period": format_edtf(period, report.language), "articles": report.number(times.n_articles[period]),
                "documents": report.number(times.n_documents.get(period, 0)), "mentions": report.number(len(ids)),
                "reference": report.evidence.cite(ids, limit=20),
            })  # fmt: skip
    if times.n_undated:
        rows.append({"period": report.say("no_date"), "articles": report.number(times.n_undated), "documents": "", "mentions": "", "reference": ""})  # fmt: skip
    columns = [
        Column("period", report.say("published"), head=True), Column("articles", report.say("n_articles"), number=True),
        Column("documents", report.say("documents_cited"), number=True), Column("mentions", report.say("n_mentions"), number=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    n = report.number(int((times.n_articles > 0).sum()))
    return report.show_table(
        rows, columns, title=report.say("times_table_title", n=n), table_id="tbl-document-times",
        note=report.say("times_table_note", needed=MONTHS_FOR_TREND),
    )  # fmt: skip
