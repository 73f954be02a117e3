"""Which groups of agreement the report shows, and where: so that a badge beside a figure leads to its group."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

#: groups shown of each kind, those with most mentions first; data/agreements.csv has all
AT_MOST = {"contradicted": 20, "confirmed": 30, "repeated": 40, "incomparable": 30}


def choose_groups(agreements: pd.DataFrame, agreement: str) -> pd.DataFrame:
    """The groups of one kind that are shown."""
    groups = agreements[agreements["agreement"] == agreement]
    if len(groups) <= AT_MOST[agreement]:
        return groups
    return groups.sort_values("n_mentions", ascending=False, kind="stable").head(AT_MOST[agreement])


def group_anchor(group, labels: dict[str, str]) -> str:
    """The id of a group on its page.

    Args:
        group: a row of table `agreements`. labels: doc_id -> the letter of the article.
    """
    doc_id, place, _ = group.mention_ids[0].rsplit(":", 2)
    return f"{group.agreement}-{group.about}-{labels[doc_id]}-{place.partition('-')[0]}"


def fact_anchors(tables: dict[str, pd.DataFrame]) -> dict[str, dict[str, str]]:
    """fact_id -> kind of agreement -> where the group of the fact is shown."""
    labels = dict(zip(tables["articles"]["doc_id"], tables["articles"]["label"], strict=True))
    found: dict[str, dict[str, str]] = {}
    for agreement in AT_MOST:
        for group in choose_groups(tables["agreements"], agreement).itertuples():
            for fact_id in group.fact_ids:
                found.setdefault(fact_id, {}).setdefault(agreement, group_anchor(group, labels))
    return found


def make_badge(agreement: str, word: str, *, language: str, anchor: str | None = None) -> Markup:
    """A word in a frame, a link where the group is shown; it reads without colour."""
    inside = (
        Markup('<a class="elsewhere" href="#{}">{}</a>').format(anchor, word) if anchor else Markup("{}").format(word)
    )
    return Markup('<span class="badge badge-{}" lang="{}">{}</span>').format(agreement, language, inside)
