"""Facts: mentions that state the same thing, counted once.

Two mentions of one article are one fact when subject, kind, value, unit, qualifier, direction, mode, place and period agree;
a mention whose place or period was only inferred joins one that states it. The body's 12 and the caption's 12 are one fact
with two sources. Facts of different articles stay apart here.
"""

from __future__ import annotations

import pandas as pd

from helpers.normalize import search_form
from helpers.schema import VOICES

_MARKS = str.maketrans("", "", "\"'()[]")


def subject_key(subject: str) -> str:
    """The form in which subjects are compared: folded, without quotation marks.

    >>> subject_key('mô hình “Tổ liên gia an toàn PCCC”') == subject_key('mô hình "Tổ liên gia an toàn PCCC"')
    True
    """
    return " ".join(search_form(subject).translate(_MARKS).split())


def group_facts(quantities: pd.DataFrame, mentions: pd.DataFrame) -> list[dict]:
    """The facts behind the figures, as rows for table `facts`, in reading order.

    `agreement` is `single`, or `repeated` (again in the same article).

    Args:
        quantities: table `quantities`. mentions: table `mentions`.
    """
    figures = quantities.merge(mentions[["mention_id", "doc_id", "start", "kind", "inferred"]], on="mention_id")
    figures = figures.astype(object).where(figures.notna(), None)
    groups: dict[tuple, list] = {}
    for figure in figures.sort_values(["doc_id", "start"]).itertuples(index=False):
        groups.setdefault(_statement(figure), []).append(figure)
    return [_fact(group) for group in groups.values()]


def _statement(figure) -> tuple:
    """What two mentions must share to state the same."""
    return (
        figure.doc_id, figure.kind, subject_key(_subject(figure)), figure.value, figure.value_high,
        figure.unit_id or figure.unit, figure.qualifier, figure.direction, figure.aspect, figure.mode, figure.place_id,
    )  # fmt: skip


def _subject(figure) -> str:
    return figure.counted or figure.unit or ""


def _fact(group: list) -> dict:
    """One fact of its mentions; the one that states most itself speaks for it."""
    best = min(group, key=lambda f: (len(f.inferred), f.start))
    columns = ("kind", "value", "value_high", "unit", "unit_id", "action", "qualifier", "direction", "base", "aspect", "mode",
               "speaker", "place_id")  # fmt: skip
    return {
        **{c: getattr(best, c) for c in columns}, "fact_id": f"fact:{best.mention_id}", "subject": _subject(best),
        "period": best.period or next((f.period for f in group if f.period), None),
        "voice": best.voice if best.voice == "speaker" else min((f.voice for f in group), key=VOICES.index),
        "n_mentions": len(group), "n_articles": len({f.doc_id for f in group}),
        "agreement": "repeated" if len(group) > 1 else "single", "mention_ids": [f.mention_id for f in group],
    }  # fmt: skip
