"""Pairs: which people in office, organisations, documents and places stand together more often than chance would have it.

Together: in one sentence, and a person also in the sentences that quote them. Left out is what a pair would say of itself: a
name inside another (Kỳ Anh in Công an thị xã Kỳ Anh), an organisation with its own place or the one above, a person with the
own office, two places, and sentences that only list (more than MAX_NODES names). People without public office never appear.

Expected by chance: n(A) · n(B) / sentences. Association: Dunning's log-likelihood ratio G², which stays fair where counts are
small. Counted block by block of sentences, so that memory holds one block of pairs and not all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.analysis.persons import folded
from helpers.schema import NODES

MAX_NODES = 12
#: pairs kept, the strongest first
MAX_PAIRS = 200
#: sentences given as evidence for a pair
MAX_EVIDENCE = 20
#: from so many articles on a pair must stand in three sentences of two articles
LARGE = 20
#: one chance in twenty, for one pair
MIN_ASSOCIATION = 3.84
_BLOCK = 200_000
#: the Party and the State stand together in set phrases
_STATE = ("đảng", "nhà nước", "chính phủ", "quốc hội")

Tables = dict[str, pd.DataFrame]


def find_pairs(tables: Tables) -> list[dict]:
    """Rows for table `pairs`, the strongest first; what counts as strong depends on the number of articles."""
    present = _present(tables)
    if present.empty:
        return []
    counted = _strongest(_count(present), present, tables)
    counted = counted[~_says_nothing(counted, present, tables)].head(MAX_PAIRS)
    return _rows(counted, present)


# --- who is where ---


def _present(tables: Tables) -> pd.DataFrame:
    """One row a node and sentence, in the order of the sentences: sent, node (numbers), kind, name, mention_id …"""
    kinds = (_people(tables), _organisations(tables), _documents(tables), _places(tables))
    found = pd.concat([k for k in kinds if not k.empty] or [pd.DataFrame(columns=["sent_id"])], ignore_index=True)
    sentences = tables["sentences"]
    # a sentence printed again in another article counts once
    found = found[found["sent_id"].isin(sentences.loc[~sentences["text"].duplicated(), "sent_id"])]
    if found.empty:
        return found
    found = found.drop_duplicates(["sent_id", "key"])
    # numbers in place of texts: what is joined below stays small
    codes = {"node": "key", "place_code": "place", "doc": "doc_id"}
    found = found.assign(**{code: pd.factorize(found[column])[0] for code, column in codes.items()})
    found["is_place"], found["is_state"] = found["kind"] == "place", found["about"] == "state"
    found["tells"] = found["kind"].isin(("person", "document"))
    order = pd.Series(np.arange(len(sentences)), index=sentences["sent_id"])
    found["sent"] = found["sent_id"].map(order)
    n_nodes = found.groupby("sent")["node"].transform("size")
    return found[n_nodes <= MAX_NODES].sort_values("sent", kind="stable").reset_index(drop=True)


def _mentions(tables: Tables, kind: str, table: str) -> pd.DataFrame:
    columns = ["mention_id", "doc_id", "start", "end", "sent_id", "surface", "entity_id"]
    mentions = tables["mentions"]
    return tables[table].merge(mentions.loc[mentions["kind"] == kind, columns], on="mention_id")


def _nodes(rows: pd.DataFrame, kind: str, **columns: pd.Series | str | None) -> pd.DataFrame:
    kept = rows[["mention_id", "doc_id", "start", "end", "sent_id"]]
    return kept.assign(**{"place": None, "about": None, "office": None, **columns}, kind=kind)


def _people(tables: Tables) -> pd.DataFrame:
    persons = tables["persons"][["person_id", "entity_ids", "names", "unit", "organisation"]].explode("entity_ids")
    persons = persons.rename(columns={"entity_ids": "entity_id"})
    units = _mentions(tables, "organisation", "organisations").drop_duplicates("entity_id").set_index("entity_id")
    persons["place"] = persons["unit"].map(units["place_id"])
    named = _mentions(tables, "person", "people")[["mention_id", "doc_id", "start", "end", "sent_id", "entity_id"]]
    rows = pd.concat([named, _quoted_sentences(tables)], ignore_index=True).merge(persons, on="entity_id")
    key, name = rows["person_id"], rows["names"].str[0]
    return _nodes(
        rows, "person", key=key, name=name, place=rows["place"], about=rows["unit"], office=rows["organisation"]
    )


def _quoted_sentences(tables: Tables) -> pd.DataFrame:
    """One row a sentence of a quote: the quote's mention, and the person whose words it holds."""
    quotes = _mentions(tables, "quote", "quotes").drop(columns=["entity_id", "sent_id"])
    quotes = quotes[quotes["speaker_id"].notna()].rename(columns={"speaker_id": "entity_id"})
    sentences = tables["sentences"][["doc_id", "sent_id", "start", "end"]]
    found = quotes.merge(sentences, on="doc_id", suffixes=("", "_of_sentence"))
    found = found[(found["start_of_sentence"] < found["end"]) & (found["end_of_sentence"] > found["start"])]
    # the quote is no name: nothing lies inside it as one name lies in another
    return found[["mention_id", "doc_id", "sent_id", "entity_id"]].assign(start=-1, end=-1)


def _organisations(tables: Tables) -> pd.DataFrame:
    rows = _mentions(tables, "organisation", "organisations")
    name, kind = folded(rows["name"]), folded(rows["type"])
    has_unit = rows["place_id"].notna() | (rows["level"] == "country")
    # "Công an" alone may be any; "Sở Xây dựng" without its province is one of this article
    rows, name = rows[has_unit | (name != kind)], name[has_unit | (name != kind)]
    has_unit = rows["place_id"].notna() | (rows["level"] == "country")
    key = rows["entity_id"].where(has_unit, rows["doc_id"] + ":" + rows["entity_id"])
    names = zip(rows["name"], rows["place"], strict=True)
    shown = [f"{n} ({p})" if isinstance(p, str) and p.split()[-1] not in n else n for n, p in names]
    about = name.isin(_STATE).map({True: "state", False: None})
    return _nodes(rows, "organisation", key=key, name=shown, place=rows["place_id"], about=about)


def _documents(tables: Tables) -> pd.DataFrame:
    rows = _mentions(tables, "document", "legal_documents")
    # 168/2024/NĐ-CP is one paper everywhere; "Nghị quyết 04" is one of its article
    symbol = folded(rows["number"].str.lstrip("0") + "/" + rows["year"].astype("str") + "/" + rows["symbol"])
    key = symbol.where(rows["number"].notna() & rows["year"].notna() & rows["symbol"].notna(), rows["entity_id"])
    return _nodes(rows, "document", key=key, name=rows["name"].fillna(rows["surface"]))


def _places(tables: Tables) -> pd.DataFrame:
    rows = _mentions(tables, "place", "places")
    rows = rows[rows["place_id"].notna() & (rows["level"] != "country")]
    name = (rows["type"] + " " + rows["name"]).fillna(rows["name"])
    return _nodes(rows, "place", key="place:" + rows["place_id"], name=name, place=rows["place_id"])


# --- who is with whom ---


def _pairs_of(present: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Rows of `present` joined within their sentences, some sentences at a time: suffixes _a and _b, the smaller node first."""
    columns = ["sent", "node", "doc", "place_code", "is_place", "is_state", "tells", "start", "end"]
    numbers = present[columns].reset_index(names="row")
    starts = np.arange(0, len(present), _BLOCK)
    # a block ends where a sentence does
    edges = [0, *(int(present["sent"].searchsorted(present["sent"].iat[s])) for s in starts[1:]), len(present)]
    for a, b in pairwise(edges):
        block = numbers.iloc[a:b]
        joined = block.merge(block, on="sent", suffixes=("_a", "_b"))
        yield joined[joined["node_a"] < joined["node_b"]]


def _speaks(pairs: pd.DataFrame) -> pd.Series:
    """Whether it says something that both stand in one sentence."""
    two_places = pairs["is_place_a"] & pairs["is_place_b"]
    nested = (pairs["start_a"] < pairs["end_b"]) & (pairs["start_b"] < pairs["end_a"])
    same_place = (pairs["place_code_a"] >= 0) & (pairs["place_code_a"] == pairs["place_code_b"])
    own_place = same_place & (pairs["is_place_a"] | pairs["is_place_b"])
    set_phrase = (pairs["is_state_a"] | pairs["is_state_b"]) & ~(pairs["tells_a"] | pairs["tells_b"])
    return ~(two_places | nested | own_place | set_phrase)


def _count(present: pd.DataFrame) -> pd.DataFrame:
    """Pairs with n_sentences and n_articles."""
    blocks = []
    for joined in _pairs_of(present):
        joined = joined[_speaks(joined)]
        by_article = joined.groupby(["node_a", "node_b", "doc_a"]).size().rename("n_sentences").reset_index()
        blocks.append(by_article)
    # a block may end within an article
    by_article = pd.concat(blocks).groupby(["node_a", "node_b", "doc_a"], as_index=False)["n_sentences"].sum()
    found = by_article.groupby(["node_a", "node_b"])["n_sentences"].agg(n_sentences="sum", n_articles="size")
    return found.reset_index()


def _strongest(pairs: pd.DataFrame, present: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Pairs that stand together more than by chance, the strongest first, with `expected` and `association`."""
    n_with = present.groupby("node").size()
    a, b, both = pairs["node_a"].map(n_with), pairs["node_b"].map(n_with), pairs["n_sentences"]
    n = float(tables["sentences"]["text"].nunique())
    pairs = pairs.assign(expected=a * b / n, association=log_likelihood(both, a, b, n))
    often = pairs["n_sentences"] > pairs["expected"]
    if len(tables["articles"]) >= LARGE:
        often &= (pairs["association"] >= MIN_ASSOCIATION) & (pairs["n_sentences"] >= 3) & (pairs["n_articles"] >= 2)
        pairs = pairs[often]
    else:  # too few sentences for a test: everybody in office, and what stands together twice
        people = present.loc[present["kind"] == "person", "node"].unique()
        has_person = pairs["node_a"].isin(people) | pairs["node_b"].isin(people)
        pairs = pairs[has_person | (often & (pairs["n_sentences"] >= 2))]
    order = ["association", "n_sentences", "node_a", "node_b"]
    # what says nothing is looked for among these only
    return pairs.sort_values(order, ascending=[False, False, True, True]).head(10 * MAX_PAIRS)


def log_likelihood(both: pd.Series, a: pd.Series, b: pd.Series, n: float) -> pd.Series:
    """G² of a table of two by two: sentences with both, with A, with B, and all.

    >>> ten, hundred = pd.Series([10.0]), pd.Series([100.0])
    >>> [float(log_likelihood(ten, a, a, 1000.0).round(1).iat[0]) for a in (ten, hundred)]
    [112.0, 0.0]

    Source: T. Dunning, Accurate methods for the statistics of surprise and coincidence (1993).
    """
    cells = ((both, a, b), (a - both, a, n - b), (b - both, n - a, b), (n - a - b + both, n - a, n - b))
    total = pd.Series(0.0, index=both.index)
    for observed, row, column in cells:
        observed, expected = observed.astype(float).clip(lower=0.0), row * column / n
        seen = observed > 0
        total += np.where(seen, observed * np.log(observed.where(seen, 1.0) / expected.where(seen, 1.0)), 0.0)
    return 2 * total.clip(lower=0.0)


def _says_nothing(pairs: pd.DataFrame, present: pd.DataFrame, tables: Tables) -> pd.Series:
    """Whether one of two names only says where the other belongs: a person's own unit, a place's own province."""
    known = tables["places"].dropna(subset=["place_id", "parent"]).drop_duplicates("place_id")
    above = dict(zip(known["place_id"], known["parent"], strict=True))
    columns = ["node", "key", "kind", "name", "place", "about", "office"]
    asked = present[present["node"].isin(pd.unique(pairs[["node_a", "node_b"]].to_numpy().ravel()))]
    rows = asked.drop_duplicates("node")[columns].itertuples(index=False)
    nodes = {node: Node(*rest) for node, *rest in rows}
    ends = [(nodes[a], nodes[b]) for a, b in zip(pairs["node_a"], pairs["node_b"], strict=True)]
    return pd.Series([_belongs(a, b, above) or _belongs(b, a, above) for a, b in ends], index=pairs.index, dtype=bool)


class Node(NamedTuple):
    """One end of a pair. `about`: the unit of a person; `office`: its name as printed."""

    key: str
    kind: str
    name: str
    place: str | None
    about: str | None
    office: str | None


def _belongs(one: Node, other: Node, above: dict[str, str]) -> bool:
    """Whether `other` is where `one` belongs."""
    if other.kind == "place" and isinstance(one.place, str) and above.get(one.place) == other.place:
        return True
    if one.kind != "person" or other.kind not in ("organisation", "place"):
        return False
    if one.about == other.key:
        return True
    if not isinstance(one.office, str):
        return False
    office, name = one.office.lower(), other.name.lower()
    return name in office or office in name


def _rows(pairs: pd.DataFrame, present: pd.DataFrame) -> list[dict]:
    """Rows for table `pairs` with the mentions behind them, the more telling end first: a person before a place."""
    at = _places_of(pairs, present)
    rows = []
    for number, pair in enumerate(pairs.itertuples(), start=1):
        found = present.loc[at[pair.node_a, pair.node_b, "a"]], present.loc[at[pair.node_a, pair.node_b, "b"]]
        first, second = sorted(found, key=lambda end: NODES.index(end["kind"].iat[0]))
        rows.append({
            "pair_id": f"pair:{number}", "n_sentences": pair.n_sentences, "n_articles": pair.n_articles,
            "expected": pair.expected, "association": pair.association, **_end("first", first), **_end("second", second),
        })  # fmt: skip
    return rows


def _end(name: str, found: pd.DataFrame) -> dict:
    """The columns of one end of a pair; it is called as its first mention there calls it."""
    return {
        name: found["name"].iat[0],
        f"{name}_kind": found["kind"].iat[0],
        f"{name}_ids": found["mention_id"].tolist(),
    }


def _places_of(pairs: pd.DataFrame, present: pd.DataFrame) -> dict[tuple[int, int, str], list[int]]:
    """(node, node, end) -> the rows of `present` at which that end of the pair stands, MAX_EVIDENCE at most."""
    wanted = present[present["node"].isin(pd.unique(pairs[["node_a", "node_b"]].to_numpy().ravel()))]
    kept = pairs.set_index(["node_a", "node_b"]).index
    found: dict[tuple[int, int, str], list[int]] = {}
    for joined in _pairs_of(wanted):
        joined = joined[_speaks(joined) & pd.MultiIndex.from_frame(joined[["node_a", "node_b"]]).isin(kept)]
        joined = joined[joined.groupby(["node_a", "node_b"]).cumcount() < MAX_EVIDENCE]
        for a, b, row_a, row_b in joined[["node_a", "node_b", "row_a", "row_b"]].itertuples(index=False):
            for end, row in (("a", row_a), ("b", row_b)):
                found.setdefault((a, b, end), []).append(row)
    return {key: rows[:MAX_EVIDENCE] for key, rows in found.items()}
