"""What stands in the sentences of a theme: its figures, the people in office named or speaking there, the years it is told of.

    facts_of_themes(tables)     ->  theme_id, fact_id                 figures nearest to words of the theme
    people_of_themes(tables)    ->  theme_id, person_id, n_quoted, n_named, mention_ids
    years_of_themes(tables)     ->  theme_id, year, n_sentences, mention_ids

A person may belong to several themes, as a sentence may. The years are those that the text tells, not those in which
articles were published.
"""

from __future__ import annotations

import pandas as pd

from helpers.analysis.periods import days_of
from helpers.analysis.theme_shares import Tables

#: stands for a stretch longer than a year
MANY_YEARS = "many"
#: before the year in which somebody was born, which tells of a person, not of what happened
_BIRTH = ("sinh", "sn")


def _theme_sentences(tables: Tables) -> pd.DataFrame:
    """theme_id, sent_id, doc_id, start, mention_id: one row a sentence and theme, at its first words."""
    mentions = tables["mentions"][["mention_id", "doc_id", "sent_id", "start"]]
    hits = tables["theme_hits"][["mention_id", "theme_id"]].merge(mentions, on="mention_id")
    hits = hits[hits["sent_id"].notna()].sort_values(["doc_id", "start"], kind="stable")
    return hits.drop_duplicates(["sent_id", "theme_id"])


def facts_of_themes(tables: Tables) -> pd.DataFrame:
    """theme_id, fact_id, each pair once, in the order of the articles: the theme whose words stand nearest to a figure.

    A sentence that lists a dozen figures has several themes, and each figure its own; where two are as near, it has both.
    """
    figures = (
        tables["facts"][["fact_id", "mention_ids"]].explode("mention_ids").rename(columns={"mention_ids": "mention_id"})
    )
    mentions = tables["mentions"][["mention_id", "doc_id", "sent_id", "start", "end"]]
    figures = figures.merge(mentions, on="mention_id").dropna(subset="sent_id")
    hits = tables["theme_hits"][["mention_id", "theme_id"]].merge(mentions, on="mention_id")
    pairs = figures.merge(hits[["theme_id", "sent_id", "start", "end"]], on="sent_id", suffixes=("", "_hit"))
    after, before = pairs["start_hit"] - pairs["end"], pairs["start"] - pairs["end_hit"]
    pairs = pairs.assign(gap=pd.concat([after, before], axis=1).max(axis=1).clip(lower=0))
    pairs = pairs[pairs["gap"] == pairs.groupby("mention_id")["gap"].transform("min")]
    return pairs[["theme_id", "fact_id"]].drop_duplicates().reset_index(drop=True)


def people_of_themes(tables: Tables) -> pd.DataFrame:
    """One row a theme and person in office: the theme's sentences inside their quotes, and those that name them outside.

    Columns: theme_id, person_id, n_quoted, n_named, n_articles; `mention_ids` are quotes first, then names. The most quoted first.
    """
    sentences = _theme_sentences(tables).rename(columns={"mention_id": "hit_id"})
    met = pd.concat([_quoted(tables, sentences), _named(tables, sentences)])
    # who speaks in a sentence of the theme isn't counted as named in it too
    met = met.drop_duplicates(["theme_id", "person_id", "sent_id"])
    people = met.groupby(["theme_id", "person_id"], sort=False, as_index=False).agg(
        n_quoted=("is_quoted", "sum"), n_sentences=("sent_id", "size"), n_articles=("doc_id", "nunique"),
        mention_ids=("mention_id", lambda ids: list(dict.fromkeys(ids))),
    )  # fmt: skip
    people = people.assign(n_named=people["n_sentences"] - people["n_quoted"])
    order = ["n_quoted", "n_named", "n_articles"]
    return people.sort_values(order, ascending=False, kind="stable").drop(columns="n_sentences").reset_index(drop=True)


_MET = ["theme_id", "person_id", "sent_id", "doc_id", "mention_id", "is_quoted"]


def _quoted(tables: Tables, sentences: pd.DataFrame) -> pd.DataFrame:
    """The theme's sentences whose words stand inside a quote of somebody in office."""
    voices = tables["voices"].loc[tables["voices"]["person_id"].notna(), ["person_id", "quote_ids"]]
    quotes = voices.explode("quote_ids").rename(columns={"quote_ids": "mention_id"})
    quotes = quotes.merge(tables["mentions"][["mention_id", "doc_id", "start", "end"]], on="mention_id")
    joined = sentences.merge(quotes, on="doc_id", suffixes=("", "_quote"))
    inside = joined[(joined["start"] >= joined["start_quote"]) & (joined["start"] < joined["end"])]
    return inside.assign(is_quoted=True)[_MET]


def _named(tables: Tables, sentences: pd.DataFrame) -> pd.DataFrame:
    """The theme's sentences that name somebody in office."""
    persons = (
        tables["persons"][["person_id", "entity_ids"]].explode("entity_ids").rename(columns={"entity_ids": "entity_id"})
    )
    mentions = tables["mentions"]
    people = mentions.loc[mentions["kind"] == "person", ["mention_id", "sent_id", "entity_id"]]
    people = people.merge(persons.dropna(subset="entity_id"), on="entity_id")
    return sentences.merge(people, on="sent_id").assign(is_quoted=False)[_MET]


def years_of_themes(tables: Tables) -> pd.DataFrame:
    """theme_id, year, n_sentences, mention_ids: in how many of a theme's sentences the text tells of a year.

    A sentence counts once for each year it tells of; one that tells of a longer stretch, as of a term of five years, counts for
    MANY_YEARS. What was only inferred from the article's own date and the day of a cited document tell nothing.
    """
    told = pd.concat([_dated(tables), _figure_periods(tables)], ignore_index=True)
    periods = {edtf: _year(edtf) for edtf in told["period"].unique()}
    told = told.assign(year=told["period"].map(periods)).dropna(subset="year")
    told = told.drop_duplicates(["sent_id", "year"])[["sent_id", "year"]]
    pairs = _theme_sentences(tables).merge(told, on="sent_id")
    return pairs.groupby(["theme_id", "year"], as_index=False).agg(
        n_sentences=("sent_id", "nunique"), mention_ids=("mention_id", list)
    )


def _year(edtf: str) -> str | None:
    """The year of a period, MANY_YEARS if it is longer.

    >>> _year("2023-12"), _year("2021/2025"), _year("2023-01/2023-06"), _year("2020/..")
    ('2023', 'many', '2023', 'many')
    """
    days = days_of(edtf)
    if days is None:
        return None
    return days[0][:4] if days[0][:4] == days[1][:4] else MANY_YEARS


def _dated(tables: Tables) -> pd.DataFrame:
    """sent_id, period of the days and periods that the text tells; not those inside the name of a document."""
    mentions = tables["mentions"][["mention_id", "doc_id", "sent_id", "start", "end", "kind"]]
    dates = tables["dates"].loc[
        tables["dates"]["value"].notna() & (tables["dates"]["form"] != "clock"), ["mention_id", "value"]
    ]
    dates = dates.merge(mentions, on="mention_id").dropna(subset="sent_id")
    sentences = tables["sentences"][["sent_id", "start", "text"]].rename(columns={"start": "sent_start"})
    dates = dates.merge(sentences, on="sent_id")
    places = zip(dates["text"], dates["start"], dates["sent_start"], strict=True)
    is_birth = pd.Series([_is_birth(text, start - base) for text, start, base in places], index=dates.index, dtype=bool)
    dates = dates[~is_birth]
    documents = mentions.loc[mentions["kind"] == "document", ["sent_id", "start", "end"]].dropna(subset="sent_id")
    inside = dates.merge(documents, on="sent_id", suffixes=("", "_document"))
    inside = inside[(inside["start"] >= inside["start_document"]) & (inside["end"] <= inside["end_document"])]
    dates = dates[~dates["mention_id"].isin(inside["mention_id"])]
    return dates.rename(columns={"value": "period"})[["sent_id", "period"]]


def _is_birth(text: str, at: int) -> bool:
    """Whether the date at a place of a sentence is somebody's birth.

    >>> _is_birth("Lê Văn Tý (SN 1986, trú tại xã Kỳ Hoa)", 14), _is_birth("sinh ngày 3/4/1990", 10), _is_birth("từ năm 1986", 7)
    (True, True, False)
    """
    return any(word.strip("(") in _BIRTH for word in text[max(0, at - 16) : at].lower().split()[-2:])


def _figure_periods(tables: Tables) -> pd.DataFrame:
    """sent_id, period of the figures whose period the text states."""
    figures = tables["quantities"].loc[tables["quantities"]["period"].notna(), ["mention_id", "period"]]
    figures = figures.merge(tables["mentions"][["mention_id", "sent_id", "inferred"]], on="mention_id")
    is_stated = pd.Series(["period" not in i for i in figures["inferred"]], index=figures.index, dtype=bool)
    return figures.loc[is_stated, ["sent_id", "period"]].dropna(subset="sent_id")
