"""Shares of themes: from the sentence to the paragraph, the article, the period and the place.

    sentences = share_sentences(tables)                       # each sentence shares 1 out among its themes
    roll_up(sentences, ["doc_id"])                            # each article, the mean of its sentences
    mean_shares(roll_up(sentences, ["doc_id"]), periods)      # each period, the mean of its articles

A sentence weighs as much as any other of its article and an article as much as any other of its group: neither a long sentence
nor a long article counts for more. What holds no theme is a share of its own (`NO_THEME`), so the shares of anything make 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.analysis.place_tree import COUNTRY

Tables = dict[str, pd.DataFrame]

#: stands for the theme of what has none
NO_THEME = ""
#: where an article speaks; a headline repeats what stands below, a byline says nothing
ROLES = ("lead", "body", "caption", "pullquote")


def list_shares(tables: Tables) -> pd.DataFrame:
    """Rows for table `theme_shares`: one an article and theme, with the mentions that led to it; last what has no theme."""
    shares = roll_up(share_sentences(tables), ["doc_id"])
    hits = tables["theme_hits"].merge(tables["mentions"][["mention_id", "doc_id", "start"]], on="mention_id")
    hits = hits.sort_values(["doc_id", "theme_id", "start"], kind="stable")
    shares = shares.merge(_lists(hits, ["doc_id", "theme_id"]), on=["doc_id", "theme_id"], how="left")
    shares["mention_ids"] = [ids if isinstance(ids, list) else [] for ids in shares["mention_ids"]]
    order = {doc_id: n for n, doc_id in enumerate(tables["articles"]["doc_id"])}
    shares = shares.assign(order=shares["doc_id"].map(order), has_none=shares["theme_id"] == NO_THEME)
    shares = shares.sort_values(["order", "has_none", "share", "theme_id"], ascending=[True, True, False, True])
    return shares.assign(theme_id=shares["theme_id"].where(~shares["has_none"], None)).drop(
        columns=["order", "has_none"]
    )


def _lists(ordered: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The mentions of each group as a list; groups stand together. A hundred times as fast as `agg(list)` on small groups."""
    firsts = ordered.drop_duplicates(by)
    positions = pd.Series(range(len(ordered)), index=ordered.index)[firsts.index].tolist()
    ids = ordered["mention_id"].tolist()
    lists = [ids[a:b] for a, b in zip(positions, [*positions[1:], len(ids)], strict=False)]
    return firsts[by].assign(mention_ids=lists)


def share_sentences(tables: Tables) -> pd.DataFrame:
    """One row a sentence and theme: sent_id, doc_id, paragraph, theme_id, share; the shares of a sentence make 1."""
    sentences = tables["sentences"][["sent_id", "doc_id", "paragraph"]]
    speaking = tables["paragraphs"].loc[tables["paragraphs"]["role"].isin(ROLES), ["doc_id", "paragraph"]]
    sentences = sentences.merge(speaking, on=["doc_id", "paragraph"])
    hits = tables["theme_hits"].merge(tables["mentions"][["mention_id", "sent_id"]], on="mention_id")
    # a theme that an analyst added has no weight of its own: it counts as one word
    hits = hits.assign(share=hits["weight"].astype(float).fillna(1.0))
    of_theme = hits.groupby(["sent_id", "theme_id"], as_index=False)["share"].sum()
    of_theme["share"] /= of_theme.groupby("sent_id")["share"].transform("sum")
    shares = sentences.merge(of_theme, on="sent_id", how="left")
    return shares.assign(theme_id=shares["theme_id"].astype(object).fillna(NO_THEME), share=shares["share"].fillna(1.0))


def roll_up(sentences: pd.DataFrame, parts: Sequence[str]) -> pd.DataFrame:
    """The mean of the sentences of each part of the corpus, one row a part and theme, with `n_sentences` of the part.

    Args:
        sentences: of share_sentences. parts: columns that name the part: doc_id, or doc_id and paragraph.
    """
    parts = list(parts)
    n_sentences = sentences.drop_duplicates("sent_id").groupby(parts).size().rename("n_sentences").reset_index()
    sums = sentences.groupby([*parts, "theme_id"], as_index=False)["share"].sum().merge(n_sentences, on=parts)
    return sums.assign(share=sums["share"] / sums["n_sentences"])


def mean_shares(shares: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """Themes (rows) by groups (columns): the mean over the articles of each group; 0 where none of them has the theme.

    Args:
        shares: one row an article and theme (doc_id, theme_id, share). group_of: doc_id -> its group; articles without one are
            left out.
    """
    grouped = shares.assign(group=shares["doc_id"].map(group_of))
    grouped = grouped[grouped["group"].notna()]
    n_articles = grouped.groupby("group")["doc_id"].nunique()
    sums = grouped.pivot_table(index="theme_id", columns="group", values="share", aggfunc="sum", fill_value=0.0)
    return sums / n_articles


def corpus_shares(shares: pd.DataFrame) -> pd.Series:
    """The mean over all articles, by theme, the largest first."""
    total = shares.groupby("theme_id")["share"].sum() / max(1, shares["doc_id"].nunique())
    return total.sort_values(ascending=False, kind="stable")


def share_places(tables: Tables, level: str) -> pd.DataFrame:
    """What is spoken of where a unit of a level in Vietnam, or a place in it, is named.

    The paragraphs that name it make the share of an article, as the mean over them; its articles make that of the unit. One row
    a unit and theme: place_id, theme_id, share, n_articles, n_paragraphs; `mention_ids` name it, one a paragraph.
    """
    named = _named_paragraphs(tables, level)
    columns = ["place_id", "theme_id", "share", "n_articles", "n_paragraphs", "mention_ids"]
    if named.empty:
        return pd.DataFrame(columns=columns)
    paragraphs = roll_up(share_sentences(tables), ["doc_id", "paragraph"])
    told = named.merge(paragraphs, on=["doc_id", "paragraph"])
    n_paragraphs = told.groupby(["place_id", "doc_id"])["paragraph"].transform("nunique")
    told = told.assign(share=told["share"] / n_paragraphs)
    known = told.drop_duplicates(["place_id", "doc_id", "paragraph"]).groupby("place_id", sort=False).agg(
        n_articles=("doc_id", "nunique"), n_paragraphs=("paragraph", "size"), mention_ids=("mention_id", list)
    )  # fmt: skip
    sums = (
        told.groupby(["place_id", "theme_id"], as_index=False)["share"].sum().merge(known.reset_index(), on="place_id")
    )
    sums = sums.assign(share=sums["share"] / sums["n_articles"])
    return sums.sort_values(["n_articles", "n_paragraphs", "place_id", "share"], ascending=[False, False, True, False])[
        columns
    ]


def _named_paragraphs(tables: Tables, level: str) -> pd.DataFrame:
    """place_id, doc_id, paragraph, mention_id: the paragraphs that name a unit of `level` or a place in one, each once."""
    places = tables["places"][["mention_id", "place_id", "parent"]]
    mentions = tables["mentions"][["mention_id", "doc_id", "sent_id", "start"]]
    places = places.merge(mentions, on="mention_id").merge(tables["sentences"][["sent_id", "paragraph"]], on="sent_id")
    units = tables["units"].astype(object).where(tables["units"].notna(), None).set_index("place_id")
    levels, parents = units["level"].to_dict(), units["parent_id"].to_dict()

    def unit_of(place_id: object, parent: object) -> str | None:
        # the parent that the article's date decides comes first, then those of the gazetteer
        at = place_id if isinstance(place_id, str) else parent
        path: list[str] = []
        while isinstance(at, str) and at not in path:
            path.append(at)
            at = parent if at == place_id and isinstance(parent, str) else parents.get(at)
        return next((i for i in path if levels.get(i) == level), None) if COUNTRY in path else None

    # a unit is looked up once, however often it is named
    pairs = places[["place_id", "parent"]].drop_duplicates()
    pairs = pairs.assign(unit=[unit_of(*pair) for pair in pairs.itertuples(index=False)])
    places = places.merge(pairs, on=["place_id", "parent"]).sort_values(["doc_id", "start"], kind="stable")
    places = places[places["unit"].notna()].drop_duplicates(["unit", "doc_id", "paragraph"])
    return places.drop(columns="place_id").rename(columns={"unit": "place_id"})[
        ["place_id", "doc_id", "paragraph", "mention_id"]
    ]
