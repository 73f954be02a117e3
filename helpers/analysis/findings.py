"""Findings: each published number, defined once.

A finding has an id (`[[n_articles]]` in a notebook's prose), a label in both languages, a value and the mentions behind it.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

Tables = dict[str, pd.DataFrame]


def _figures(tables: Tables) -> pd.DataFrame:
    return tables["mentions"][tables["mentions"]["mention_id"].isin(tables["quantities"]["mention_id"])]


def _people(tables: Tables, *, public: bool) -> pd.DataFrame:
    people = tables["people"].merge(tables["mentions"][["mention_id", "entity_id", "doc_id", "start"]], on="mention_id")
    is_public = people.groupby("entity_id")["public"].transform("any")
    return people[is_public == public].sort_values(["doc_id", "start"]).drop_duplicates("entity_id")


def _facts(tables: Tables, **same) -> list[str]:
    facts = tables["facts"]
    for column, value in same.items():
        facts = facts[facts[column].isin(value if isinstance(value, tuple) else (value,))]
    return [m for ids in facts["mention_ids"] for m in ids[:1]]


def _kind(tables: Tables, kind: str) -> list[str]:
    found = tables["mentions"][tables["mentions"]["kind"] == kind]
    return found.drop_duplicates("entity_id")["mention_id"].tolist()


def _conflicts(tables: Tables) -> list[str]:
    people = tables["people"].merge(tables["mentions"][["mention_id", "entity_id"]], on="mention_id")
    torn = people[people["conflict"].notna() & people["public"]].drop_duplicates(["entity_id", "name"])
    return torn["mention_id"].tolist()


#: id -> (label vi, label en, unit, the mentions counted)
_COUNTS: dict[str, tuple[str, str, Callable[[Tables], list[str]]]] = {
    "n_figures": ("con số đọc được", "figures read", lambda t: _figures(t)["mention_id"].tolist()),
    "n_facts": ("dữ kiện khác nhau", "distinct facts", lambda t: _facts(t)),
    "n_results": ("kết quả được nêu", "results reported", lambda t: _facts(t, mode="done")),
    "n_plans": ("nhiệm vụ, mục tiêu có số", "tasks and aims with a number", lambda t: _facts(t, mode=("task", "aim"))),
    "n_repeated": ("dữ kiện được nhắc lại", "facts stated more than once", lambda t: _facts(t, agreement="repeated")),
    "n_changes": ("con số so sánh", "figures of change", lambda t: _facts(t, aspect="change")),
    "n_shares": ("tỷ lệ", "shares", lambda t: _facts(t, aspect="share")),
    "n_public_people": ("người có chức vụ được nêu tên", "people in public office named", lambda t: _people(t, public=True)["mention_id"].tolist()),
    "n_private_people": ("người không có chức vụ (không in tên)", "people without public office (not named)", lambda t: _people(t, public=False)["mention_id"].tolist()),
    "n_places": ("địa danh", "places", lambda t: _kind(t, "place")),
    "n_legal_documents": ("văn bản được dẫn", "documents cited", lambda t: _kind(t, "document")),
    "n_quotes": ("lời dẫn", "quotations", lambda t: t["quotes"]["mention_id"].tolist()),
    "n_name_conflicts": ("tên mâu thuẫn trong một bài", "conflicting names in one article", _conflicts),
}  # fmt: skip


def define_findings(tables: Tables) -> list[dict]:
    """Rows for table `findings`, from the tables that were built and `facts`."""
    rows = [
        _row("n_articles", "bài báo", "articles", len(tables["articles"]), []),
        _row("n_authors", "tác giả ghi tên", "authors named", tables["articles"]["author"].nunique(), []),
    ]
    for finding_id, (label_vi, label_en, find) in _COUNTS.items():
        mention_ids = find(tables)
        # two names for one person are one conflict
        value = len(mention_ids) // 2 if finding_id == "n_name_conflicts" else len(mention_ids)
        rows.append(_row(finding_id, label_vi, label_en, value, mention_ids))
    return rows


def _row(finding_id: str, label_vi: str, label_en: str, value: int, mention_ids: list[str]) -> dict:
    return {
        "finding_id": finding_id, "label_vi": label_vi, "label_en": label_en, "value": str(value), "unit": None,
        "qualifier": "exact", "fact_ids": [], "mention_ids": mention_ids,
    }  # fmt: skip
