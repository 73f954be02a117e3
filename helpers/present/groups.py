"""Which groups of agreement the report shows, and where: so that a badge beside a figure leads to its group."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup, escape

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
    """A word in a frame, a link to the sentence or group behind it; it reads without colour."""
    inside = badge_text(word, anchor)
    return Markup('<span class="badge badge-{}" lang="{}">{}</span>').format(agreement, language, inside)


def badge_text(word: str, anchor: str | None) -> Markup:
    """The word of a badge; a link where `anchor` is a sentence of the appendix or a group.

    >>> badge_text("nhắc lại", "ev-A-12-15")
    Markup('<a class="evidence quiet" href="#ev-A-12-15">nhắc lại</a>')
    """
    if not anchor:
        return escape(word)
    kind = "evidence quiet" if anchor.startswith("ev-") else "elsewhere"
    return Markup('<a class="{}" href="#{}">{}</a>').format(kind, anchor, word)
