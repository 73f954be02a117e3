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
from helpers.analysis.names import find_name_agreements
from helpers.analysis.pairs import find_pairs
from helpers.analysis.persons import join_persons
from helpers.analysis.place_tree import list_nodes
from helpers.analysis.programmes import list_programmes
from helpers.analysis.questions import find_questions
from helpers.analysis.reprints import find_reprints
from helpers.analysis.set_phrases import find_set_phrases
from helpers.analysis.slips import find_slips
from helpers.analysis.theme_shares import list_shares
from helpers.analysis.voices import find_voices
from helpers.database import Database, Source, open_database
from helpers.lexicon import Lexicon
from helpers.schema import DERIVED, TABLES

Tables = dict[str, pd.DataFrame]

#: table -> what makes it of the tables that stand above it and those that were read
_MAKERS: dict[str, Callable[[Tables], pd.DataFrame | list[dict]]] = {
    "persons": join_persons, "voices": find_voices, "pairs": find_pairs, "place_nodes": list_nodes,
    "cited_documents": list_documents, "programme_names": list_programmes, "theme_shares": list_shares,
    "findings": define_findings,
}  # fmt: skip
#: what the derived tables are made from
STATED = (
    "articles", "paragraphs", "sentences", "mentions", "quantities", "dates", "people", "legal_documents", "organisations", "places",
)  # fmt: skip


#: facts in reading order, with what their groups say of them
_FACTS = """
WITH groups AS (
    SELECT unnest(fact_ids) AS fact_id, agreement FROM agreements WHERE agreement <> 'repeated'
), said AS (
    SELECT fact_id, list(agreement) AS said FROM groups GROUP BY fact_id
)
SELECT f.* REPLACE (CASE WHEN list_contains(s.said, 'contradicted') THEN 'contradicted'
    WHEN list_contains(s.said, 'confirmed') THEN 'confirmed'
    WHEN f.agreement = 'single' AND s.fact_id IS NOT NULL THEN 'incomparable' ELSE f.agreement END AS agreement)
FROM facts f LEFT JOIN said s USING (fact_id) ORDER BY f.doc_id, f.start, f.fact_id
"""

#: in what order the tables of the wording stand
_WORDING = {
    "texts": "SELECT * FROM texts ORDER BY doc_id",
    "slips": 'SELECT * FROM slips ORDER BY doc_id, start, "end"',
    "set_phrases": "SELECT * FROM set_phrases ORDER BY n_texts * (n_syllables - 2) DESC, phrase_id",
    "set_phrase_uses": "SELECT * FROM set_phrase_uses ORDER BY doc_id, start",
    "sentence_news": "SELECT * FROM sentence_news ORDER BY doc_id, start",
}


def derive_tables(folder: Path, key: str, lexicon: Lexicon) -> store.StoredTables:
    """The tables that stand in a folder, with those of schema.DERIVED.

    Args:
        key: digest of all that the derived ones are made from.
    """
    if store.read_json(folder / "derived.json").get("key") != key:
        sources = {name: folder / f"{name}.parquet" for name in (*STATED, "abbreviation_uses")}
        found = store.StoredTables(folder)
        found.update(derive(sources, lexicon, folder=folder))
        found.update(read_wording(sources, folder=folder))
        for name, make in _MAKERS.items():
            made = make(found)
            found[name] = store.fit_table(name, made if isinstance(made, pd.DataFrame) else pd.DataFrame(made))
        for name in DERIVED:
            store.write_table(folder, name, found[name])
        store.write_json(folder / "derived.json", {"key": key})
    return store.StoredTables(folder)


def derive(sources: Mapping[str, Source], lexicon: Lexicon, *, folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """The tables facts, agreements, inferences and questions of what was read.

    Args:
        sources: the tables read, or their files. folder: where to put what memory can't hold.
    """
    with open_database(sources, folder=folder) as db:
        group_facts(db)
        find_agreements(db)
        find_name_agreements(db, lexicon)
        inferences = _unique(find_inferences(db, lexicon), "inference_id")
        questions = _unique(find_questions(db, inferences), "question_id")
        return {
            "facts": _read(db, "facts", _FACTS), "agreements": _read(db, "agreements", "SELECT * FROM agreements ORDER BY agreement_id"),
            "inferences": store.make_table("inferences", inferences), "questions": store.make_table("questions", questions),
        }  # fmt: skip


def read_wording(sources: Mapping[str, Source], *, folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """The tables of how articles are worded and printed: slips, set phrases, what of each sentence tells.

    Args:
        sources: the tables read, or their files. folder: where to put what memory can't hold.
    """
    with open_database(sources, folder=folder) as db:
        find_reprints(db)
        find_slips(db)
        find_set_phrases(db, folder=folder)
        return {name: _read(db, name, question) for name, question in _WORDING.items()}


def _unique(rows: Iterable[dict], key: str) -> list[dict]:
    """The rows, each id once: one figure asks one question."""
    return list({row[key]: row for row in rows}.values())


def _read(db: Database, table: str, question: str) -> pd.DataFrame:
    """The answer to a question as a table that keeps its contract."""
    return store.typed(table, db.sql(question).to_arrow_table().select(list(TABLES[table])).to_pandas())
