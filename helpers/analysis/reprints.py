"""Which articles print each other's text: what a reprint says again confirms nothing."""

from __future__ import annotations

from helpers.database import Database, put_rows

#: shorter sentences are everybody's: "Vụ việc đang được điều tra làm rõ."
MIN_LETTERS = 60
#: share of an article's long sentences, by letters, that another must have for the two to be one text
SAME_TEXT = 0.5
#: a sentence in more articles than this is a formula, no sign of a reprint
MAX_ARTICLES = 20

_PAIRS = f"""
WITH long AS (
    SELECT DISTINCT doc_id, hash(lower(text)) AS said, length(text) AS n FROM sentences WHERE length(text) >= {MIN_LETTERS}
), shared AS (
    SELECT said FROM long GROUP BY said HAVING count(*) BETWEEN 2 AND {MAX_ARTICLES}
), totals AS (
    SELECT doc_id, sum(n) AS n FROM long GROUP BY doc_id
)
SELECT a.doc_id, b.doc_id FROM shared JOIN long a USING (said) JOIN long b USING (said)
JOIN totals ta ON ta.doc_id = a.doc_id JOIN totals tb ON tb.doc_id = b.doc_id
WHERE a.doc_id < b.doc_id GROUP BY a.doc_id, b.doc_id, ta.n, tb.n HAVING sum(a.n) >= {SAME_TEXT} * least(ta.n, tb.n)
"""


def find_reprints(db: Database) -> None:
    """Makes table `texts` (doc_id, text_id): articles with one text_id print one text. Needs `articles`, `sentences`."""
    above: dict[str, str] = {}

    def root(doc_id: str) -> str:
        while (parent := above.get(doc_id, doc_id)) != doc_id:
            above[doc_id] = above.get(parent, parent)
            doc_id = parent
        return doc_id

    for a, b in db.execute(_PAIRS).fetchall():
        above[max(root(a), root(b))] = min(root(a), root(b))
    put_rows(db, "reprints", {"doc_id": "text", "text_id": "text"}, [(doc_id, root(doc_id)) for doc_id in above])
    db.execute(
        "CREATE OR REPLACE TEMP TABLE texts AS SELECT doc_id, coalesce(r.text_id, doc_id) AS text_id "
        "FROM articles LEFT JOIN reprints r USING (doc_id)"
    )
