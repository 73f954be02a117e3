"""Topics that the corpus shows by itself, as shown: their terms, articles and stability, and which theme covers them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup

from helpers.analysis.corpus_topics import CorpusTopics, covers
from helpers.analysis.theme_shares import NO_THEME
from helpers.analysis.topic_choice import DISSOLVES
from helpers.analysis.topics import LEAST_TEXTS
from helpers.present.cited import span_id
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.report import Report
from helpers.present.theme_charts import plot_theme_grid
from helpers.present.themes_view import article_shares, base_text, cell_text, share_text, theme_label

_TERMS, _ARTICLES, _MOST_THEMES = 7, 2, 14


def show_topics(report: Report) -> Table | Note:
    """The topics, the largest first: terms, share of the articles, how stable, whether a theme covers it, the nearest articles."""
    found = report.topics
    if found is None:
        return _too_few(report)
    topics, covered = found.topics, covers(found.topics.of_text, _shares(report))
    doc_ids, n_texts = list(report.tables["articles"]["doc_id"]), len(topics.of_text)
    rows = []
    for topic, size in enumerate(topics.sizes.tolist()):
        theme = covered["theme_id"].iat[topic]
        cited = filter(None, (_opening(report, doc_ids[i]) for i in found.nearest(topic, _ARTICLES)))
        is_loose = found.stability[topic] < DISSOLVES
        rows.append({
            "topic": str(topic + 1), "terms": _terms(found, topic), "share": share_text(report, size / n_texts),
            "stability": report.number(round(float(found.stability[topic]), 2)) + (f" ({report.say('topic_dissolves')})" if is_loose else ""),
            "theme": theme_label(report, theme) if theme else Markup("<em>{}</em>").format(report.say("no_theme_covers")),
            "reference": report.evidence.cite(cited, limit=_ARTICLES),
        })  # fmt: skip
    columns = [
        Column("topic", report.say("topic"), head=True), Column("terms", report.say("topic_terms"), vietnamese=True, wide=True),
        Column("share", report.say("share_of_articles"), number=True), Column("stability", report.say("stability"), number=True),
        Column("theme", report.say("covering_theme")), Column("reference", report.say("nearest_articles")),
    ]  # fmt: skip
    return report.show_table(
        rows, columns, title=_answer(report, found, covered), table_id="tbl-topics", note=_how_many(report, found)
    )


def show_topic_map(report: Report) -> Figure | Note:
    """Themes by topics: how much of each topic's articles belongs to each theme, and to none."""
    found = report.topics
    if found is None:
        return Note(report.say("no_topic_map"))
    shares = _shares(report)
    means = shares.groupby(found.topics.of_text).mean().T
    themes = means.drop(index=NO_THEME, errors="ignore")
    rows = themes.max(axis=1).sort_values(ascending=False, kind="stable").index[:_MOST_THEMES]
    grid = pd.concat([themes.loc[rows], means.reindex([NO_THEME]).fillna(0.0)])
    named = grid.set_axis([theme_label(report, i) for i in grid.index]).set_axis(
        [str(t + 1) for t in grid.columns], axis=1
    )
    title = _answer(report, found, covers(found.topics.of_text, shares))
    axes = plot_theme_grid(named, unit=report.say("topic_map_unit", base=base_text(report)), show=cell_text, apart=1)
    told = "; ".join(
        f"{theme}: " + ", ".join(f"{topic}: {share_text(report, v)}" for topic, v in row.items() if v >= 0.1)
        for theme, row in named.iterrows() if (row >= 0.1).any()
    )  # fmt: skip
    return report.show_figure(
        axes, title=title, alt=report.say("topic_map_alt", answer=title, rows=told), details="tbl-topics"
    )


def _too_few(report: Report) -> Note:
    n = len(report.tables["articles"])
    return Note(report.say("too_few_for_topics", n=report.number(n), least=report.number(LEAST_TEXTS)))


def _shares(report: Report) -> pd.DataFrame:
    """Articles by themes, in the order of `articles`."""
    shares = article_shares(report).pivot_table(index="doc_id", columns="theme_id", values="share", fill_value=0.0)
    return shares.reindex(report.tables["articles"]["doc_id"]).fillna(0.0).astype(float)


def _terms(found: CorpusTopics, topic: int) -> str:
    topics = found.topics
    return ", ".join(topics.terms.labels[column] for column in topics.terms_of(topic, _TERMS))


def _answer(report: Report, found: CorpusTopics, covered: pd.DataFrame) -> str:
    largest = found.topics.sizes[0] / len(found.topics.of_text)
    first = ", ".join(_terms(found, 0).split(", ")[:3])
    n_open = int(covered["theme_id"].isna().sum())
    return report.say("topics_title", n=report.number(found.topics.n_topics), terms=first, share=share_text(report, largest),
                      open=report.number(n_open))  # fmt: skip


def _how_many(report: Report, found: CorpusTopics) -> str:
    """Which numbers of topics were tried, and how stable each was."""
    tried = found.choice.tried
    numbers = ", ".join(
        f"{int(r.n_topics)}: {report.number(round(float(r.stability), 2))}"
        for r in tried.itertuples()
        if np.isfinite(r.stability)
    )
    return report.say("topics_tried", tried=numbers, chosen=report.number(found.choice.n_topics))


def _opening(report: Report, doc_id: str) -> str | None:
    """The first sentence in which an article speaks, as something to cite."""
    at = report.openings.get(doc_id)
    return span_id(doc_id, *at) if at else None
