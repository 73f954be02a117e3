"""The few facts that a brief names: those of most independent articles, then the largest of each kind in turn.

Numbers of different units have no order among each other: 20 tỷ đồng is not more than 155 vụ. So the largest count, the largest
sum, the largest share take turns. What is contradicted is no main result; it stands with the conflicts.
"""

from __future__ import annotations

import pandas as pd

MAIN_RESULTS, MAIN_PLANS = 10, 3
_KINDS = ("count", "money", "percent", "ratio", "measure")
#: what measures of results measure; a duration, an age, a voltage says what something is like
_MEASURED = ("mass", "area", "volume", "length")


def main_results(tables: dict[str, pd.DataFrame], n: int = MAIN_RESULTS) -> pd.DataFrame:
    """The `n` main results among the facts, the foremost first."""
    return _choose(tables, ("done",), n)


def main_plans(tables: dict[str, pd.DataFrame], n: int = MAIN_PLANS) -> pd.DataFrame:
    """The `n` main tasks and aims with a number, the foremost first."""
    return _choose(tables, ("task", "aim"), n)


def _choose(tables: dict[str, pd.DataFrame], modes: tuple[str, ...], n: int) -> pd.DataFrame:
    facts = tables["facts"].reset_index(drop=True)
    wanted = facts["mode"].isin(modes) & facts["kind"].isin(_KINDS) & ~_is_doubtful(tables)
    chosen = facts[wanted & _says_of_what(facts)]
    chosen = chosen[(chosen["kind"] != "measure") | _measures_result(chosen, tables["quantities"])]
    # the firmest say most; a figure without a place or a period says little by itself
    open_scope = _open_scope(chosen)
    order = pd.DataFrame({
        "texts": -chosen["n_texts"], "scope": open_scope.eq(2), "turn": _turns(chosen, open_scope),
        "told": -chosen["n_mentions"], "open": open_scope,
    })  # fmt: skip
    return chosen.loc[order.sort_values(list(order), kind="stable").index[:n]]


def foremost_facts(facts: pd.DataFrame, n: int) -> pd.DataFrame:
    """The `n` facts of a long list that are worth printing, in reading order; all of a list no longer than that.

    First what most independent articles tell, then what says of which thing, place and time it is, then the largest of each
    kind in turn.
    """
    if len(facts) <= n:
        return facts
    open_scope = _open_scope(facts)
    order = pd.DataFrame({
        "texts": -facts["n_texts"], "vague": ~_says_of_what(facts), "open": open_scope, "turn": _turns(facts, open_scope),
    })  # fmt: skip
    return facts.loc[order.sort_values(list(order), kind="stable").index[:n]].sort_index()


def _open_scope(facts: pd.DataFrame) -> pd.Series:
    """How much of place and period a fact leaves open: 0, 1 or 2."""
    return facts["place_id"].isna().astype(int) + facts["period"].isna()


def _turns(facts: pd.DataFrame, open_scope: pd.Series) -> pd.Series:
    """The rank of a fact among those of its kind and scope, the largest first."""
    return facts["value"].astype(float).groupby([facts["kind"], open_scope]).rank(method="first", ascending=False)


def _is_doubtful(tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Whether articles contradict a fact, or it is one number told of two places and nowhere else."""
    groups, facts = tables["agreements"], tables["facts"].reset_index(drop=True)
    unclear = groups.loc[groups["reason"] == "same_value_other_place", "fact_ids"].explode()
    is_unclear = (facts["agreement"] == "incomparable") & facts["fact_id"].isin(unclear)
    return is_unclear | (facts["agreement"] == "contradicted")


def _says_of_what(facts: pd.DataFrame) -> pd.Series:
    """Whether a fact says what it counts, or what was done: `155 vụ` does where `phát hiện, xử lý` stands before it."""
    is_count = facts["kind"] == "count"
    is_counted = (facts["subject_key"].str.count(" ") > 0) & (is_count | (facts["subject"] != facts["unit"]))
    return is_counted | (facts["action"].notna() & is_count)


def _measures_result(facts: pd.DataFrame, quantities: pd.DataFrame) -> pd.Series:
    """Whether a fact measures how much there is of something."""
    known = quantities.loc[quantities["dimension"].isin(_MEASURED), "mention_id"]
    return facts["mention_ids"].str[0].isin(known)
