"""Programmes, movements and models: the inventory over all articles.

    list_programmes(tables)  ->  rows for table `programme_names`, the one in most articles first

One name is one programme, whatever its head word, marks and capitals; names that an article uses for one programme stay
together; all others stay apart: "tổ liên gia tự quản" is not "Tổ liên gia an toàn PCCC". A đề án that is cited as a document
stands here too. A count is one of the programme where it stands right before the name.
"""

from __future__ import annotations

import pandas as pd

from helpers.normalize import search_form

Tables = dict[str, pd.DataFrame]

#: the kind of document that is also a programme
SCHEME = "đề án"
#: letters between a count and the name it counts: a space, a space and an opening mark
_GAPS = (1, 2)


def programme_key(name: str, kind: str | None) -> str:
    """What makes two names one: neither marks nor case nor the head word.

    >>> programme_key('Mô hình "Dân vận khéo"', "mô hình") == programme_key("dân vận khéo", None)
    True
    """
    words = " ".join("".join(c if c.isalnum() else " " for c in search_form(name)).split())
    return words.removeprefix(search_form(kind or "")).strip() or words


def list_programmes(tables: Tables) -> pd.DataFrame:
    """The programmes, with every mention of each."""
    named = _named(tables)
    if named.empty:
        return pd.DataFrame()
    ids = _join_names(named["entity_id"], named["key"])
    named = named.assign(programme_id=ids)
    by_programme = named.groupby("programme_id", sort=False)
    found = pd.DataFrame({
        "name": by_programme["name"].first(), "is_document": by_programme["is_document"].any(),
        "n_mentions": by_programme.size(), "n_articles": by_programme["doc_id"].nunique(),
        "mention_ids": by_programme["mention_id"].agg(list),
    }).reset_index()  # fmt: skip
    lists = {"types": _distinct(named, "type"), "spellings": _distinct(named, "name"),
             "count_ids": _counts(tables, named), "place_ids": _places(tables, named)}  # fmt: skip
    for column, values in lists.items():
        found[column] = [values.get(i, []) for i in found["programme_id"]]
    best = _fullest(named)
    found["name"] = found["programme_id"].map(best).fillna(found["name"])
    return found.sort_values(["n_articles", "n_mentions", "name"], ascending=[False, False, True], kind="stable")


def _named(tables: Tables) -> pd.DataFrame:
    """Mentions of programmes, and of documents that are schemes."""
    schemes = tables["legal_documents"]
    schemes = schemes[schemes["type"].str.lower().eq(SCHEME).fillna(False)]
    both = pd.concat([
        tables["programmes"][["mention_id", "name", "type"]].assign(is_document=False),
        schemes[["mention_id", "name", "type"]].assign(is_document=True),
    ])  # fmt: skip
    mentions = tables["mentions"][["mention_id", "doc_id", "start", "sent_id", "surface", "entity_id"]]
    named = mentions.merge(both, on="mention_id")
    named["name"] = named["name"].fillna(named["surface"])
    named["type"] = named["type"].str.lower()
    named["entity_id"] = named["entity_id"].fillna(named["mention_id"])
    distinct = named[["name", "type"]].drop_duplicates()
    keys = [programme_key(n, k if isinstance(k, str) else None) for n, k in distinct.itertuples(index=False)]
    return named.merge(distinct.assign(key=keys), on=["name", "type"], how="left")


def _join_names(entity_ids: pd.Series, keys: pd.Series) -> list[str]:
    """One id for all names that are one programme: they share a key, or an article that uses them as one."""
    leader: dict[str, str] = {}

    def find(item: str) -> str:
        while leader.setdefault(item, item) != item:
            leader[item] = item = leader[leader[item]]
        return item

    pairs = pd.DataFrame({"entity": entity_ids, "key": keys})
    for entity, key in pairs.drop_duplicates().itertuples(index=False):
        first, second = find(f"key:{key}"), find(f"entity:{entity}")
        leader[max(first, second, key=lambda i: (i.startswith("entity:"), i))] = min(
            first, second, key=lambda i: (i.startswith("entity:"), i)
        )
    return [f"programme:{find(f'key:{key}').removeprefix('key:')}" for key in keys]


def _distinct(named: pd.DataFrame, column: str) -> dict[str, list[str]]:
    """Programme -> the different values of a column, the most frequent first."""
    counted = named.groupby(["programme_id", column], sort=False).size().sort_values(ascending=False, kind="stable")
    pairs = counted.reset_index()
    return pairs.groupby("programme_id", sort=False)[column].agg(list).to_dict()


def _fullest(named: pd.DataFrame) -> dict[str, str]:
    """Programme -> the name used most; of those used alike the one that says most."""
    counted = named.groupby(["programme_id", "name"], sort=False).size().rename("n").reset_index()
    counted = counted.assign(size=counted["name"].str.len())
    best = counted.sort_values(["n", "size"], ascending=False, kind="stable").drop_duplicates("programme_id")
    return dict(zip(best["programme_id"], best["name"], strict=True))


def _counts(tables: Tables, named: pd.DataFrame) -> dict[str, list[str]]:
    """Programme -> the counts right before its name: `78 mô hình tổ liên gia tự quản`."""
    mentions = tables["mentions"]
    counts = mentions.loc[mentions["kind"] == "count", ["mention_id", "doc_id", "end"]]
    counts = counts.rename(columns={"mention_id": "count_id"})
    begun = [named.assign(end=named["start"] - gap)[["doc_id", "end", "programme_id", "start"]] for gap in _GAPS]
    found = pd.concat(begun).merge(counts, on=["doc_id", "end"])
    return found.groupby("programme_id", sort=False)["count_id"].agg(list).to_dict()


def _places(tables: Tables, named: pd.DataFrame) -> dict[str, list[str]]:
    """Programme -> the units named in a sentence with it, the most frequent first."""
    mentions = tables["mentions"]
    here = mentions.loc[mentions["sent_id"].isin(named["sent_id"].dropna()), ["mention_id", "sent_id"]]
    units = here.merge(
        tables["places"].loc[tables["places"]["place_id"].notna(), ["mention_id", "place_id"]], on="mention_id"
    )
    found = (
        named[["programme_id", "sent_id"]]
        .drop_duplicates()
        .merge(units[["sent_id", "place_id"]].drop_duplicates(), on="sent_id")
    )
    return _distinct(found, "place_id")
