"""Themes as shown: how many sentences of each article a theme holds, and the words that led to it."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.charts import plot_heat
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.report import Report


def _hits(report: Report) -> pd.DataFrame:
    """Theme mentions with their sentence, article letter and the theme's label."""
    hits = report.tables["theme_hits"].merge(report.tables["mentions"], on="mention_id")
    labels = report.tables["themes"].set_index("theme_id")[f"label_{report.language}"]
    articles = report.tables["articles"].set_index("doc_id")["label"]
    return hits.assign(theme=hits["theme_id"].map(labels), article=hits["doc_id"].map(articles))


def _sentence_shares(report: Report) -> pd.DataFrame:
    """Share of each article's sentences by theme: rows themes, columns articles, the most frequent theme first."""
    hits = _hits(report).drop_duplicates(["sent_id", "theme_id"])
    counts = hits.pivot_table(index="theme", columns="article", values="sent_id", aggfunc="nunique", fill_value=0)
    articles = report.tables["articles"].set_index("label")
    counts = counts.reindex(columns=list(articles.index), fill_value=0)
    shares = counts / articles["n_sentences"].astype(float)
    return shares.loc[shares.max(axis=1).sort_values(ascending=False, kind="stable").index]


def show_theme_map(report: Report, *, n_themes: int = 14, n_articles: int = 12) -> Figure | Note:
    """A heat map of the most frequent themes by article."""
    if report.tables["theme_hits"].empty:
        return Note(report.say("no_themes"))
    shares = _sentence_shares(report).iloc[:n_themes, :n_articles]
    top = shares.index[0]
    label = shares.loc[top].idxmax()
    rows = "; ".join(
        f"{theme}: " + ", ".join(f"{a} {report.percent(v)}" for a, v in row.items()) for theme, row in shares.iterrows()
    )
    shown = shares.rename(columns=lambda a: f"{report.say('article')} {a}")
    axes = plot_heat(shown, unit=report.say("heat_unit"), show=report.percent)
    title = report.say("heat_title", theme=top, share=report.percent(shares.loc[top, label]), label=label)
    return report.show_figure(axes, title=title, alt=report.say("heat_alt", rows=rows))


def show_theme_words(report: Report, *, n_themes: int = 14, n_words: int = 4) -> Table | Note:
    """For each theme the words that led to it most often, and where they stand."""
    hits = _hits(report)
    if hits.empty:
        return Note(report.say("no_themes"))
    rows = []
    for theme in list(_sentence_shares(report).index)[:n_themes]:
        of_theme = hits[hits["theme"] == theme].sort_values(["article", "start"])
        words = pd.Series([t for terms in of_theme["terms"] for t in terms]).value_counts(sort=True)
        shown = ", ".join(f"{w} ({n})" if n > 1 else w for w, n in list(words.items())[:n_words])
        rows.append({
            "theme": theme, "words": Markup("{}").format(shown), "n": of_theme["sent_id"].nunique(),
            "reference": report.evidence.cite(of_theme.drop_duplicates("sent_id")["mention_id"], limit=3),
        })  # fmt: skip
    columns = [Column("theme", report.say("theme"), head=True), Column("words", report.say("words_found"), vietnamese=True),
               Column("n", report.say("sentences"), number=True), Column("reference", report.say("reference"))]  # fmt: skip
    return report.show_table(rows, columns, title=report.say("words_found"), table_id="tbl-theme-words")
