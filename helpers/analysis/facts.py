"""Facts: mentions that state the same thing, counted once.

Two mentions of one article are one fact when subject, kind, value, unit, qualifier, direction, mode, place and period agree;
a mention whose place or period was only inferred joins one that states it. The body's 12 and the caption's 12 are one fact
with two sources. Facts of different articles stay apart here.
"""

from __future__ import annotations

import pandas as pd

from helpers.normalize import search_form

_SAME = ["doc_id", "kind", "subject_key", "value", "value_high", "unit_key", "qualifier", "direction", "aspect", "mode"]
_MARKS = str.maketrans("", "", "\"'()[]")


def subject_key(subject: str) -> str:
    """The form in which subjects are compared: folded, without quotation marks.

    >>> subject_key('mô hình “Tổ liên gia an toàn PCCC”') == subject_key('mô hình "Tổ liên gia an toàn PCCC"')
    True
    """
    return " ".join(search_form(subject).translate(_MARKS).split())


def group_facts(quantities: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The facts behind the figures, in reading order.

    Args:
        quantities: table `quantities`. mentions: table `mentions`.
    Returns:
        Rows for table `facts`; `agreement` is `single` or `repeated` (again in the same article).
    """
    figures = quantities.merge(mentions[["mention_id", "doc_id", "start", "kind", "inferred"]], on="mention_id")
    if figures.empty:
        return pd.DataFrame()
    figures["subject"] = figures["counted"].fillna(figures["unit"]).fillna("")
    figures["subject_key"] = [subject_key(s) for s in figures["subject"]]
    figures["unit_key"] = figures["unit_id"].fillna(figures["unit"]).fillna("")
    figures["place_key"] = figures["place_id"].fillna("")
    figures["n_inferred"] = [len(i) for i in figures["inferred"]]
    facts = []
    for _, same in figures.groupby(_SAME, dropna=False, sort=False):
        for _, group in same.groupby("place_key", sort=False):
            facts.append(_fact(group.sort_values(["n_inferred", "start"])))
    frame = pd.DataFrame(facts).sort_values(["doc_id", "start"]).drop(columns=["doc_id", "start"])
    return frame.reset_index(drop=True)


def _fact(group: pd.DataFrame) -> dict:
    best = group.iloc[0]
    columns = [
        "kind",
        "subject",
        "value",
        "value_high",
        "unit",
        "unit_id",
        "qualifier",
        "direction",
        "base",
        "aspect",
        "mode",
    ]
    return {
        "fact_id": f"fact:{best['mention_id']}", **{c: best[c] for c in columns},
        "speaker": best["speaker"],
        "period": group["period"].dropna().iloc[0] if group["period"].notna().any() else None,
        "place_id": best["place_id"], "n_mentions": len(group), "n_articles": group["doc_id"].nunique(),
        "agreement": "repeated" if len(group) > 1 else "single",
        "mention_ids": group.sort_values("start")["mention_id"].tolist(),
        "doc_id": best["doc_id"], "start": int(group["start"].min()),
    }  # fmt: skip
