"""Rows of table `agreements`: a group of mentions, what they make of each other, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable

from helpers.database import Database, put_rows

#: mentions listed for a group; a subject of a hundred articles is not told by all of them
MAX_LISTED = 12
COLUMNS = {
    "agreement_id": "text", "agreement": "text", "about": "text", "subject": "text", "reason": "text", "values": "text",
    "fact_ids": "list", "n_mentions": "int", "mention_ids": "list",
}  # fmt: skip


def add_groups(db: Database, groups: Iterable[dict]) -> None:
    """Adds rows to table `agreements`, each id once."""
    rows = list({group["agreement_id"]: group for group in groups}.values())
    put_rows(db, "more_groups", COLUMNS, [tuple(row[c] for c in COLUMNS) for row in rows])
    db.execute("INSERT INTO agreements BY NAME SELECT * FROM more_groups")


def group_row(agreement: str, about: str, subject: str, reason: str, mention_ids: Iterable[str], fact_ids: Iterable[str] = (),
              *, n_mentions: int | None = None, **values: object) -> dict:  # fmt: skip
    """One row of table `agreements`; its id follows from what it is about and its first mention."""
    ids = list(dict.fromkeys(mention_ids))
    return {
        "agreement_id": f"{agreement}:{about}:{ids[0]}", "agreement": agreement, "about": about, "subject": subject,
        "reason": reason, "values": json.dumps(values, ensure_ascii=False, sort_keys=True),
        "fact_ids": list(dict.fromkeys(fact_ids)), "n_mentions": n_mentions or len(ids), "mention_ids": ids[:MAX_LISTED],
    }  # fmt: skip
