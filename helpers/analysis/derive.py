"""Tables that follow from those that were read, made once for each state of the others.

Facts, what they make of each other, what may be concluded, what is to be asked; what groups mentions over all articles
(places, documents, programmes); and the findings that are published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from helpers import store
from helpers.analysis.agreement import find_agreements
from helpers.analysis.cited_documents import list_documents
from helpers.analysis.facts import group_facts
from helpers.analysis.findings import define_findings
from helpers.analysis.inference import find_inferences
from helpers.analysis.names import name_agreements
from helpers.analysis.pairs import find_pairs
from helpers.analysis.persons import join_persons
from helpers.analysis.place_tree import list_nodes
from helpers.analysis.programmes import list_programmes
from helpers.analysis.questions import find_questions
from helpers.analysis.voices import find_voices
from helpers.database import Database, Source, open_database
from helpers.lexicon import Lexicon
from helpers.schema import DERIVED, TABLES

Tables = dict[str, pd.DataFrame]

#: table -> what makes it of the tables that stand above it and those that were read
_MAKERS: dict[str, Callable[[Tables], pd.DataFrame | list[dict]]] = {
    "persons": join_persons, "voices": find_voices, "pairs": find_pairs, "place_nodes": list_nodes,
    "cited_documents": list_documents, "programme_names": list_programmes, "findings": define_findings,
}  # fmt: skip
#: what the derived tables are made from
STATED = (
    "articles", "paragraphs", "sentences", "mentions", "quantities", "people", "legal_documents", "organisations", "places",
)  # fmt: skip


def derive_tables(
    folder: Path, key: str, tables: Mapping[str, pd.DataFrame], lexicon: Lexicon
) -> dict[str, pd.DataFrame]:
    """`tables` with those of schema.DERIVED.

    Args:
        folder: where tables stand. key: digest of all that the derived ones are made from.
    """
    if store.read_json(folder / "derived.json").get("key") != key:
        found = dict(tables) | derive({name: folder / f"{name}.parquet" for name in STATED}, lexicon, folder=folder)
        for name, make in _MAKERS.items():
            made = make(found)
            found[name] = store.fit_table(name, made if isinstance(made, pd.DataFrame) else pd.DataFrame(made))
        for name in DERIVED:
            store.write_table(folder, name, found[name])
        store.write_json(folder / "derived.json", {"key": key})
    return dict(tables) | {name: store.read_table(folder, name) for name in DERIVED}


def derive(sources: Mapping[str, Source], lexicon: Lexicon, *, folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """The tables facts, agreements, inferences and questions of what was read.

    Args:
        sources: the tables read, or their files. folder: where to put what memory can't hold.
    """
    with open_database(sources, folder=folder) as db:
        group_facts(db)
        agreements = _unique([*find_agreements(db), *name_agreements(db, lexicon)], "agreement_id")
        inferences = _unique(find_inferences(db, agreements, lexicon), "inference_id")
        questions = _unique(find_questions(db, inferences, agreements), "question_id")
        return {
            "facts": _read_facts(db, agreements), "agreements": store.make_table("agreements", agreements),
            "inferences": store.make_table("inferences", inferences), "questions": store.make_table("questions", questions),
        }  # fmt: skip


def _unique(rows: Iterable[dict], key: str) -> list[dict]:
    """The rows, each id once: one figure asks one question."""
    return list({row[key]: row for row in rows}.values())


def _read_facts(db: Database, agreements: list[dict]) -> pd.DataFrame:
    """The facts in reading order, with what their groups say of them."""
    columns = ", ".join(f'"{c}"' for c in TABLES["facts"])
    rows = db.sql(f"SELECT {columns} FROM facts ORDER BY doc_id, start, fact_id").to_arrow_table()
    frame = store.typed("facts", rows.to_pandas())
    groups = {
        kind: {f for g in agreements if g["agreement"] == kind for f in g["fact_ids"]}
        for kind in ("contradicted", "incomparable")
    }
    frame.loc[frame["fact_id"].isin(groups["contradicted"]), "agreement"] = "contradicted"
    frame.loc[frame["fact_id"].isin(groups["incomparable"]) & (frame["agreement"] == "single"), "agreement"] = (
        "incomparable"
    )
    return frame
