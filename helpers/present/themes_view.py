"""Themes as shown: the share of each theme by article or by month, what has no theme, and the words that led to each."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.analysis.theme_shares import NO_THEME, corpus_shares, mean_shares
from helpers.present.charts import plot_ranked
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.numbers import format_edtf
from helpers.present.report import Report
from helpers.present.theme_charts import plot_theme_grid

#: up to so many articles each is shown; more are shown by month or, over a long time, by year
FEW_ARTICLES = 12
MOST_MONTHS = 24


def article_shares(report: Report) -> pd.DataFrame:
    """Table `theme_shares`, what has no theme under NO_THEME."""
    shares = report.tables["theme_shares"]
    return shares.assign(
        theme_id=shares["theme_id"].astype(object).fillna(NO_THEME), share=shares["share"].astype(float)
    )


def theme_label(report: Report, theme_id: str) -> str:
    """A theme's name in the report's language."""
    labels = dict(
        zip(report.tables["themes"]["theme_id"], report.tables["themes"][f"label_{report.language}"], strict=True)
    )
    return labels.get(theme_id, report.say("no_theme"))


def theme_order(report: Report) -> list[str]:
    """The themes that were found, the most frequent of the corpus first."""
    return [theme_id for theme_id in corpus_shares(article_shares(report)).index if theme_id != NO_THEME]


def share_text(report: Report, share: float) -> str:
    """A share as whole percent; one that is small but there is no zero."""
    return report.percent(share) if share >= 0.005 or not share else f"< {report.percent(0.01)}"


def cell_text(share: float) -> str:
    """A share in a cell under "%"."""
    return str(round(100 * share)) if share >= 0.005 else "<1"


def base_text(report: Report) -> str:
    """Sentences and articles that shares are taken of."""
    each = report.tables["theme_shares"].drop_duplicates("doc_id")
    return report.say("theme_base", n=report.number(each["n_sentences"].sum()), articles=report.number(len(each)))


def show_theme_map(report: Report, *, n_themes: int = 14) -> Figure | Note:
    """Of a few articles a grid of themes by article; of many by month or year, or bars where their dates are unknown."""
    shares = article_shares(report)
    if not theme_order(report):
        return Note(report.say("no_themes"))
    if shares["doc_id"].nunique() <= FEW_ARTICLES:
        labels = {i: f"{report.say('article')} {label}" for i, label in report.article_labels.items()}
        return _grid(report, shares, labels, [labels[i] for i in shares["doc_id"].unique()], n_themes, "article")
    unit, periods = publication_periods(report)
    if len(periods) < 2:
        return _bars(report, shares, n_themes)
    size = 7 if unit == "month" else 4
    months = {i: d[:size] for i, d in report.published.items() if len(d) >= size}
    return _grid(report, shares, months, periods, n_themes, unit)


def publication_periods(report: Report) -> tuple[str, list[str]]:
    """`month` or `year`, and all of them from the first to the last with an article; none where no date is known."""
    dates = sorted(d[:7] for d in report.published.values() if len(d) >= 7)
    years = sorted(d[:4] for d in report.published.values() if d)
    if dates and len(dates) * 2 > len(report.published):
        months = [str(p) for p in pd.period_range(dates[0], dates[-1], freq="M")]
        if len(months) <= MOST_MONTHS:
            return "month", months
    if not years:
        return "year", []
    return "year", [str(y) for y in range(int(years[0]), int(years[-1]) + 1)]


def _grid(
    report: Report, shares: pd.DataFrame, group_of: dict[str, str], columns: list[str], n_themes: int, by: str
) -> Figure:
    """Themes by articles, months or years; the last row is what has no theme."""
    means = mean_shares(shares, group_of)
    n_articles = shares.drop_duplicates("doc_id")["doc_id"].map(group_of).value_counts().reindex(columns, fill_value=0)
    rows = [*theme_order(report)[:n_themes], NO_THEME]
    means = means.reindex(index=rows, columns=columns).astype(float).fillna(0.0)
    gaps = [x for x, n in enumerate(n_articles) if not n]
    shown = [c if by == "article" else f"{format_edtf(c, report.language)} ({n})" for c, n in n_articles.items()]
    named = means.set_axis([theme_label(report, i) for i in rows], axis=0).set_axis(shown, axis=1)
    axes = plot_theme_grid(
        named, unit=report.say(f"theme_unit_{by}", base=base_text(report)), show=cell_text, apart=1, gaps=gaps
    )
    values = "; ".join(
        f"{theme}: "
        + ", ".join(f"{c} {share_text(report, v)}" for x, (c, v) in enumerate(row.items()) if x not in gaps)
        for theme, row in named.iterrows()
    )
    alt = report.say("theme_grid_alt", answer=_answer(report, shares), rows=values)
    if gaps:
        alt += " " + report.say("theme_gaps", periods=", ".join(format_edtf(columns[x], report.language) for x in gaps))
    return report.show_figure(axes, title=_answer(report, shares), alt=alt, details="tbl-theme-words")


def _answer(report: Report, shares: pd.DataFrame) -> str:
    """The most frequent theme, and how much has none."""
    means = corpus_shares(shares)
    top = next(i for i in means.index if i != NO_THEME)
    return report.say(
        "theme_map_title", theme=theme_label(report, top), share=share_text(report, means[top]),
        none=share_text(report, means.get(NO_THEME, 0.0)),
    )  # fmt: skip


def _bars(report: Report, shares: pd.DataFrame, n_themes: int) -> Figure:
    means = corpus_shares(shares)
    top = means.drop(index=NO_THEME, errors="ignore").head(n_themes)
    bars = top.set_axis([theme_label(report, i) for i in top.index])
    unit = report.say("theme_unit_corpus", base=base_text(report))
    axes = plot_ranked(bars, unit=unit, show=lambda v: share_text(report, v), point=str(bars.index[0]))
    rows = "; ".join(f"{theme}: {share_text(report, v)}" for theme, v in bars.items())
    alt = report.say("theme_grid_alt", answer=_answer(report, shares), rows=rows)
    return report.show_figure(axes, title=_answer(report, shares), alt=alt, details="tbl-theme-words")


def show_theme_words(report: Report, *, n_themes: int = 14, n_words: int = 4) -> Table | Note:
    """For each theme the words that led to it most often, and where they stand."""
    hits = report.tables["theme_hits"].merge(report.tables["mentions"], on="mention_id")
    themes = theme_order(report)
    if hits.empty or not themes:
        return Note(report.say("no_themes"))
    articles = {doc_id: n for n, doc_id in enumerate(report.tables["articles"]["doc_id"])}
    hits = hits.assign(order=hits["doc_id"].map(articles)).sort_values(["order", "start"], kind="stable")
    rows = []
    for theme_id in themes[:n_themes]:
        of_theme = hits[hits["theme_id"] == theme_id]
        words = pd.Series([t for terms in of_theme["terms"] for t in terms], dtype=object).value_counts(sort=True)
        shown = ", ".join(f"{w} ({n})" if n > 1 else w for w, n in list(words.items())[:n_words])
        rows.append({
            "theme": theme_label(report, theme_id), "words": Markup("{}").format(shown),
            "n": report.number(of_theme["sent_id"].nunique()), "articles": report.number(of_theme["doc_id"].nunique()),
            "reference": report.evidence.cite(of_theme.drop_duplicates("sent_id")["mention_id"], limit=3),
        })  # fmt: skip
    columns = [Column("theme", report.say("theme"), head=True), Column("words", report.say("words_found"), vietnamese=True, wide=True),
               Column("n", report.say("sentences"), number=True), Column("articles", report.say("n_articles"), number=True),
               Column("reference", report.say("reference"))]  # fmt: skip
    n_words_found = len({t for terms in hits["terms"] for t in terms})
    title = report.say(
        "theme_words_title",
        words=report.number(n_words_found),
        themes=report.number(len(themes)),
        base=base_text(report),
    )
    return report.show_table(rows, columns, title=title, table_id="tbl-theme-words")
