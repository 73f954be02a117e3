"""Themes over time and place as shown: whether a share changed, of which years the text tells, what is said where."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.analysis.theme_changes import MIN_ARTICLES, MIN_MONTHS, find_changes
from helpers.analysis.theme_links import MANY_YEARS, years_of_themes
from helpers.analysis.theme_shares import NO_THEME, share_places
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.numbers import format_edtf
from helpers.present.report import Report
from helpers.present.theme_charts import plot_theme_grid
from helpers.present.themes_view import (
    FEW_ARTICLES,
    article_shares,
    cell_text,
    share_text,
    theme_label,
    theme_order,
)

#: of many articles a unit is shown if so many name it: one article more or less moves its share by a fifth at most
LEAST_ARTICLES = 5
_LEVELS = ("province", "district", "commune")


def show_theme_changes(report: Report) -> Table | Note:
    """The months from which a theme's share is another, or why none was looked for."""
    month_of = {i: d[:7] for i, d in report.published.items() if len(d) >= 7}
    found = find_changes(article_shares(report), month_of)
    base = {
        "articles": report.number(found.n_articles),
        "months": report.number(found.n_months),
        "tried": report.number(found.n_tried),
    }
    if found.reason:
        needed = {"least_months": report.number(MIN_MONTHS), "least_articles": report.number(MIN_ARTICLES)}
        return Note(report.say(f"theme_changes_{found.reason}", **base, **needed))
    if not found.changes:
        return Note(report.say("theme_changes_none", **base))
    rows = [
        {
            "theme": theme_label(report, c.theme_id), "month": format_edtf(c.month, report.language),
            "before": f"{share_text(report, c.before)} ({report.number(c.n_before)})",
            "after": f"{share_text(report, c.after)} ({report.number(c.n_after)})", "p": _p(report, c.p),
        }
        for c in found.changes
    ]  # fmt: skip
    columns = [Column("theme", report.say("theme"), head=True), Column("month", report.say("theme_from_month")),
               Column("before", report.say("theme_before"), number=True), Column("after", report.say("theme_after"), number=True),
               Column("p", report.say("theme_p"), number=True)]  # fmt: skip
    title = report.say(
        "theme_changes_title", n=report.number(len(rows)), theme=rows[0]["theme"], month=rows[0]["month"], **base
    )
    note = report.say("theme_changes_note", **base)
    return report.show_table(rows, columns, title=title, table_id="tbl-theme-changes", note=note)


def _p(report: Report, p: float) -> str:
    return report.number(round(p, 2)) if p >= 0.01 else f"< {report.number(0.01)}"


def show_theme_years(report: Report, *, n_themes: int = 12, n_years: int = 10) -> Figure | Note:
    """A grid of themes by the years that their sentences tell of, apart from when articles were published."""
    years = years_of_themes(report.tables)
    if years.empty:
        return Note(report.say("no_theme_years"))
    known = [t for t in theme_order(report) if t in set(years["theme_id"])]
    counts = years.pivot_table(index="theme_id", columns="year", values="n_sentences", aggfunc="sum", fill_value=0)
    counts = counts.reindex(known[:n_themes])
    single = [y for y in counts.columns if y != MANY_YEARS]
    early = single[:-n_years]
    shown = counts[single[len(early) :]].copy()
    if early:
        shown.insert(0, report.say("theme_years_before", year=single[len(early)]), counts[early].sum(axis=1))
    if MANY_YEARS in counts:
        shown[report.say("theme_many_years")] = counts[MANY_YEARS]
    shown = shown.set_axis([theme_label(report, i) for i in shown.index], axis=0)
    totals = (
        years[years["year"] != MANY_YEARS]
        .groupby("year")["mention_ids"]
        .agg(lambda lists: len({i for ids in lists for i in ids}))
    )
    top = str(totals.idxmax()) if len(totals) else report.say("theme_many_years")
    title = report.say("theme_years_title", year=top, published=_published(report))
    n = report.number(int(counts.to_numpy().sum()))
    axes = plot_theme_grid(shown, unit=report.say("theme_years_unit", n=n), show=lambda v: report.number(v))
    rows = "; ".join(
        f"{theme}: " + ", ".join(f"{y} {report.number(v)}" for y, v in row.items() if v)
        for theme, row in shown.iterrows()
    )
    return report.show_figure(
        axes, title=title, alt=report.say("theme_grid_alt", answer=title, rows=rows), details="tbl-theme-words"
    )


def _published(report: Report) -> str:
    dates = sorted(d for d in report.published.values() if d)
    return "–".join(dict.fromkeys(format_edtf(d, report.language) for d in dates[:1] + dates[-1:])) or report.say(
        "period_unknown"
    )


def show_theme_places(report: Report, *, n_themes: int = 12, n_places: int = 8) -> Figure | Table | Note:
    """What is spoken of in the paragraphs that name a unit: of a few articles a table of units, of many a grid of themes by unit."""
    is_few = len(report.tables["articles"]) <= FEW_ARTICLES
    least = 1 if is_few else LEAST_ARTICLES
    for level in _LEVELS:
        shares = share_places(report.tables, level)
        shares = shares[shares["n_articles"] >= least]
        units = list(shares["place_id"].unique())
        if len(units) > 1:
            return (
                _table(report, shares, units[:n_places], level)
                if is_few
                else _grid(report, shares, units[:n_places], n_themes)
            )
    return Note(report.say("no_theme_places", least=report.number(least)))


def _table(report: Report, shares: pd.DataFrame, units: Sequence[str], level: str) -> Table:
    rows = []
    for place_id in units:
        of_unit = shares[shares["place_id"] == place_id].sort_values("share", ascending=False, kind="stable")
        themes = of_unit[of_unit["theme_id"] != NO_THEME].head(3)
        none = of_unit.loc[of_unit["theme_id"] == NO_THEME, "share"].sum()
        rows.append({
            "place": report.unit_name(place_id),
            "themes": "; ".join(f"{theme_label(report, t)} {share_text(report, s)}" for t, s in zip(themes["theme_id"], themes["share"], strict=True)),
            "none": share_text(report, none), "articles": report.number(of_unit["n_articles"].iloc[0]),
            "paragraphs": report.number(of_unit["n_paragraphs"].iloc[0]),
            "reference": report.evidence.cite(of_unit["mention_ids"].iloc[0], limit=3),
        })  # fmt: skip
    columns = [
        Column("place", report.say("place_name"), head=True, vietnamese=True), Column("themes", report.say("theme_most")),
        Column("none", report.say("no_theme"), number=True), Column("articles", report.say("n_articles"), number=True),
        Column("paragraphs", report.say("paragraphs"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    theme, share = shares.loc[shares["theme_id"] != NO_THEME, ["theme_id", "share"]].iloc[0]
    title = report.say(
        "theme_places_title", place=rows[0]["place"], theme=theme_label(report, theme), share=share_text(report, share),
        level=report.say(f"theme_level_{level}"),
    )  # fmt: skip
    return report.show_table(
        rows, columns, title=title, table_id="tbl-theme-places", note=report.say("theme_places_note")
    )


def _grid(report: Report, shares: pd.DataFrame, units: Sequence[str], n_themes: int) -> Figure:
    n_articles = shares.drop_duplicates("place_id").set_index("place_id")["n_articles"]
    wide = shares.pivot_table(index="theme_id", columns="place_id", values="share", fill_value=0.0)
    rows = [*theme_order(report)[:n_themes], NO_THEME]
    wide = wide.reindex(index=rows, columns=list(units)).astype(float).fillna(0.0)
    named = wide.set_axis([theme_label(report, i) for i in rows], axis=0)
    named = named.set_axis([f"{report.unit_name(u)} ({report.number(n_articles[u])})" for u in units], axis=1)
    themes = named.iloc[:-1]
    theme, place = themes.stack().idxmax()
    title = report.say(
        "theme_places_grid_title",
        theme=theme,
        place=place.rsplit(" (", 1)[0],
        share=share_text(report, themes.at[theme, place]),
    )
    axes = plot_theme_grid(named, unit=report.say("theme_places_unit"), show=cell_text, apart=1)
    rows_text = "; ".join(
        f"{t}: " + ", ".join(f"{p} {share_text(report, v)}" for p, v in row.items()) for t, row in named.iterrows()
    )
    return report.show_figure(
        axes, title=title, alt=report.say("theme_grid_alt", answer=title, rows=rows_text), details="tbl-theme-words"
    )
