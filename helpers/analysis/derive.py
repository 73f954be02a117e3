"""Tables that follow from those that were read: facts and findings, made once for each state of the others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import store
from helpers.analysis.facts import group_facts
from helpers.analysis.findings import define_findings
from helpers.schema import DERIVED


def derive_tables(folder: Path, key: str, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """`tables` with facts and findings.

    Args:
        folder: where tables stand. key: digest of all that facts and findings are made from.
    """
    if store.read_json(folder / "derived.json").get("key") != key:
        facts = store.make_table("facts", group_facts(tables["quantities"], tables["mentions"]))
        findings = store.make_table("findings", define_findings(tables | {"facts": facts}))
        for name, frame in zip(DERIVED, (facts, findings), strict=True):
            store.write_table(folder, name, frame)
        store.write_json(folder / "derived.json", {"key": key})
    return tables | {name: store.read_table(folder, name) for name in DERIVED}
