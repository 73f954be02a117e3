"""The places of the articles as a tree: each below the unit that held it at the article's date.

    list_nodes(tables)  ->  rows for table `place_nodes`, parents before children, the most named branch first

A commune named by articles from before and after July 2025 has two nodes: below its district, and below its province.
Facts stand with the unit that the text names for them, apart from those whose place was only inferred, and are never
added up to the unit above. A name that may mean several units is a node of its own, with its candidates.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.schema import FIGURE_KINDS

Tables = dict[str, pd.DataFrame]

#: what the tree of units starts from; no unit's node stands below it
COUNTRY = "VN"
_JOINT = ">"


def list_nodes(tables: Tables) -> pd.DataFrame:
    """The nodes, with their mentions and facts."""
    if tables["places"].empty:
        return pd.DataFrame()
    paths = _Paths(tables["units"])
    places, facts = _placed_mentions(tables, paths), _placed_facts(tables, paths)
    places["node"] = _node_ids(places, paths)
    facts["node"] = _node_ids(facts, paths)
    nodes = pd.concat([_group_mentions(places), _only_facts(facts, set(places["node"]))], ignore_index=True)
    nodes = pd.concat([nodes, _only_above(nodes["node"], paths)], ignore_index=True)
    nodes = nodes.merge(_group_facts(facts), on="node", how="left")
    nodes = _describe(nodes, paths)
    nodes["n_articles_below"] = _articles_below(places[["doc_id", "node"]], nodes)
    nodes = nodes.iloc[_reading_order(nodes).argsort(kind="stable")].reset_index(drop=True)
    return nodes.assign(node_id=_nameless_ids(nodes))


class _Paths:
    """The units above each unit; a parent that the article's date decides is given with it."""

    def __init__(self, units: pd.DataFrame):
        self.units = units.astype(object).where(units.notna(), None).set_index("place_id").to_dict("index")
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def path(self, place_id: str, parent: str) -> tuple[str, ...]:
        """The ids from the top to `place_id`, without the country."""
        if (path := self._known.get((place_id, parent))) is None:
            ids, at = [place_id], parent
            while at and at != COUNTRY and at not in ids:
                ids.insert(0, at)
                at = self.units.get(at, {}).get("parent_id") or ""
            path = self._known[place_id, parent] = tuple(ids)
        return path

    def is_below_country(self, path: tuple[str, ...]) -> bool:
        return path[0] == COUNTRY or self.units.get(path[0], {}).get("parent_id") == COUNTRY

    def name(self, place_id: str, said: object = None) -> str:
        """The name of a unit with its type, as articles say it or else as the gazetteer has it."""
        unit = self.units[place_id]
        kind = said if isinstance(said, str) else unit["type"]
        return f"{kind} {unit['name']}" if kind else unit["name"]


def _placed_mentions(tables: Tables, paths: _Paths) -> pd.DataFrame:
    """Mentions of places with `own` (unit or name), `above` (the unit it stands in, if any) and `candidates` as a text."""
    columns = ["mention_id", "doc_id", "surface", "inferred", "entity_id"]
    mentions = tables["mentions"]
    places = mentions.loc[mentions["kind"] == "place", columns].merge(tables["places"], on="mention_id")
    own = places["place_id"].fillna(places["entity_id"]).fillna(places["mention_id"])
    return places.assign(
        own=own, above=places["parent"].fillna(""), candidates=places["candidates"].str.join(" ").fillna("")
    )


def _placed_facts(tables: Tables, paths: _Paths) -> pd.DataFrame:
    """Facts with a place: its unit, and whether any of their mentions states it."""
    facts = tables["facts"]
    facts = facts.loc[facts["place_id"].notna(), ["fact_id", "place_id", "mention_ids"]].assign(candidates="")
    figures = tables["mentions"][tables["mentions"]["kind"].isin(FIGURE_KINDS)]
    unstated = set(figures.loc[figures["inferred"].str.join(" ").str.contains("place_id", regex=False), "mention_id"])
    first = facts["mention_ids"].str[0]
    places = tables["mentions"][["mention_id", "doc_id"]].merge(
        tables["places"].loc[tables["places"]["place_id"].notna(), ["mention_id", "place_id", "parent"]],
        on="mention_id",
    )
    held = places.drop_duplicates(["doc_id", "place_id"])[["doc_id", "place_id", "parent"]]
    facts = facts.assign(
        doc_id=first.str.rsplit(":", n=2).str[0],
        is_stated=facts["mention_ids"].map(lambda ids: not unstated.issuperset(ids)).astype(bool),
    )
    facts = facts.merge(held, on=["doc_id", "place_id"], how="left")
    usual = facts["place_id"].map(lambda i: paths.units.get(i, {}).get("parent_id") or "")
    return facts.assign(own=facts["place_id"], above=facts["parent"].fillna(usual).fillna(""))


def _node_ids(rows: pd.DataFrame, paths: _Paths) -> pd.Series:
    """The id of each row's node: worked out once for each unit and the unit above it."""
    pairs = rows[["own", "above", "candidates"]].astype(object)
    kinds = pairs.drop_duplicates()
    ids = [
        f"{own} {candidates}" if candidates else _JOINT.join(paths.path(own, above))
        for own, above, candidates in kinds.itertuples(index=False)
    ]
    return pairs.merge(kinds.assign(node=ids), on=["own", "above", "candidates"], how="left")["node"].to_numpy()


def _lists(values: pd.Series, codes: np.ndarray, n: int) -> list[list[str]]:
    """The values of each group, in their order."""
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=n))[:-1]
    return [part.tolist() for part in np.split(values.to_numpy(dtype=object)[order], ends)]


def _group_mentions(places: pd.DataFrame) -> pd.DataFrame:
    codes, ids = pd.factorize(places["node"])
    first = places.drop_duplicates("node").reset_index(drop=True)
    # as the articles have it: a commune of then may be a ward of now
    types = (
        places[places["type"].notna()]
        .groupby(["node", "type"], sort=False)
        .size()
        .sort_values(ascending=False, kind="stable")
    )
    types = types.reset_index().drop_duplicates("node").set_index("node")["type"]
    articles = places[["node", "doc_id"]].drop_duplicates().groupby("node", sort=False).size()
    guessed = (places["inferred"].str.len() > 0).astype(int).groupby(places["node"], sort=False).sum()
    return pd.DataFrame({
        "node": ids, "place_id": first["place_id"], "surface": first["surface"], "level": first["level"],
        "type": types.reindex(ids).to_numpy(), "candidates": first["candidates"].str.split(), "n_mentions": np.bincount(codes, minlength=len(ids)),
        "n_articles": articles.reindex(ids).to_numpy(), "n_inferred": guessed.reindex(ids).to_numpy(),
        "mention_ids": _lists(places["mention_id"], codes, len(ids)) if len(ids) else [],
    })  # fmt: skip


def _blank(node_ids: list[str]) -> pd.DataFrame:
    """Nodes that no article names by themselves."""
    return pd.DataFrame({
        "node": node_ids, "place_id": [i.split(_JOINT)[-1] for i in node_ids], "surface": None, "level": None,
        "type": None, "candidates": [[] for _ in node_ids], "n_mentions": 0, "n_articles": 0, "n_inferred": 0,
        "mention_ids": [[] for _ in node_ids],
    }).astype({"n_mentions": int, "n_articles": int, "n_inferred": int})  # fmt: skip


def _only_facts(facts: pd.DataFrame, known: set[str]) -> pd.DataFrame:
    return _blank([i for i in dict.fromkeys(facts["node"]) if i not in known])


def _only_above(node_ids: pd.Series, paths: _Paths) -> pd.DataFrame:
    """The units above others that no article names: without them the tree would fall apart."""
    known: set[str] = set(node_ids)
    missing: dict[str, None] = {}
    for node_id in node_ids:
        while _JOINT in node_id:
            node_id = node_id.rsplit(_JOINT, 1)[0]
            if node_id in known:
                break
            missing[node_id] = None
    return _blank(list(missing))


def _group_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """Node -> the facts whose place is stated, and those whose place is inferred."""
    stated = facts[facts["is_stated"]].groupby("node", sort=False)["fact_id"].agg(list)
    inferred = facts[~facts["is_stated"]].groupby("node", sort=False)["fact_id"].agg(list)
    found = pd.DataFrame({"fact_ids": stated, "inferred_fact_ids": inferred}, dtype=object)
    return found.rename_axis("node").reset_index()


def _describe(nodes: pd.DataFrame, paths: _Paths) -> pd.DataFrame:
    """`nodes` as table `place_nodes`: what each is called, where it stands, and what stands below."""
    # a name in several senses is no path, though its candidates' ids may follow it
    split = [[i] if c else i.split(_JOINT) for i, c in zip(nodes["node"], nodes["candidates"], strict=True)]
    known = [p[-1] if p[-1] in paths.units else None for p in split]
    level = [paths.units[k]["level"] if k else said for k, said in zip(known, nodes["level"], strict=True)]
    frame = pd.DataFrame({
        "node_id": nodes["node"], "parent_node": [_JOINT.join(p[:-1]) or None for p in split], "depth": [len(p) - 1 for p in split],
        "branch": [_branch(p, c, paths) for p, c in zip(split, nodes["candidates"], strict=True)], "place_id": known,
        "name": [paths.name(k, t) if k else s for k, t, s in zip(known, nodes["type"], nodes["surface"], strict=True)], "level": level,
        "candidates": nodes["candidates"], "n_mentions": nodes["n_mentions"], "n_articles": nodes["n_articles"],
        "n_below": _sums_below(nodes["node"], [len(p) - 1 for p in split], nodes["n_mentions"]), "n_inferred": nodes["n_inferred"],
        **{c: [v if isinstance(v, list) else [] for v in nodes[c]] for c in ("fact_ids", "inferred_fact_ids")},
        "mention_ids": nodes["mention_ids"],
    })  # fmt: skip
    return frame.astype({"depth": int, "n_mentions": int, "n_articles": int, "n_below": int, "n_inferred": int})


def _branch(path: list[str], candidates: list[str], paths: _Paths) -> str:
    if candidates:
        return "ambiguous"
    if path[0] not in paths.units:
        return "no_unit"
    return "vietnam" if paths.is_below_country(tuple(path)) else "beyond"


def _nameless_ids(nodes: pd.DataFrame) -> list[str]:
    """Ids of nodes; what is no unit goes by its first mention, as a street's name may be that of a private person."""
    rows = zip(nodes["node_id"], nodes["parent_node"], nodes["place_id"], nodes["mention_ids"], strict=True)
    return [
        node_id if isinstance(place_id, str) else f"{parent}{_JOINT}{ids[0]}" if isinstance(parent, str) else ids[0]
        for node_id, parent, place_id, ids in rows
    ]


def _sums_below(node_ids: pd.Series, depths: list[int], values: pd.Series) -> np.ndarray:
    """For each node the sum over it and all below, level by level from the bottom."""
    total = pd.Series(values.to_numpy(dtype=float), index=node_ids.to_numpy())
    depth = pd.Series(depths, index=node_ids.to_numpy())
    for level in range(max(depths, default=0), 0, -1):
        here = total[depth == level]
        up = here.groupby(here.index.str.rsplit(_JOINT, n=1).str[0]).sum()
        total[up.index] += up
    return total.to_numpy().astype(int)


def _articles_below(named: pd.DataFrame, nodes: pd.DataFrame) -> np.ndarray:
    """For each node the articles that name it or anything below it."""
    parents = dict(zip(nodes["node_id"], nodes["parent_node"], strict=True))
    seen, total = [], pd.Series(0, index=nodes["node_id"])
    while len(named):
        seen.append(named := named.drop_duplicates())
        named = named.assign(node=named["node"].map(parents)).dropna()
    if seen:
        counted = pd.concat(seen).drop_duplicates().groupby("node").size()
        total[counted.index] = counted
    return total.to_numpy()


def _reading_order(nodes: pd.DataFrame) -> pd.Series:
    """A text for each node by which they sort: branches apart, children behind their parent, the most named first."""
    best = nodes.sort_values(["n_below", "name"], ascending=[False, True], kind="stable").index
    rank = pd.Series(np.arange(len(nodes)), index=best).reindex(nodes.index).map("{:09d}".format)
    order = dict(zip(nodes["node_id"], rank, strict=True))
    for node_id, parent in sorted(
        zip(nodes["node_id"], nodes["parent_node"], strict=True), key=lambda n: n[0].count(_JOINT)
    ):
        if isinstance(parent, str):
            order[node_id] = order[parent] + order[node_id]
    branch = nodes["branch"].map({"vietnam": "0", "beyond": "1", "no_unit": "2", "ambiguous": "3"})
    return branch + nodes["node_id"].map(order).astype(object)
