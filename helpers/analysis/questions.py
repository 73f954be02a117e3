"""Questions to send: what is missing, to whom, once each.

Whom to ask: the body of whoever said it, or of the person in question; else the body of that place which the article
names most; else the people's committee of the place; else those who published the article. A body is named with its place where
exactly one fits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from helpers.analysis.issuing_bodies import Body, Place, name_in_full
from helpers.database import Database, rows_of

#: rule of an inference, or reason of a contradiction -> the words of the question
ASKED = {
    "share_without_base": "ask_base_of_share", "change_without_base": "ask_base_of_change", "open_cutoff": "ask_cutoff",
    "undivided_total": "ask_division", "unclear_purpose": "ask_purpose", "unclear_place": "ask_place",
    "name_conflict": "ask_name",
}  # fmt: skip
ASKED_OF_GROUP = {
    "other_value": "ask_value",
    "other_value_of_event": "ask_value",
    "part_above_whole": "ask_part",
    "change_does_not_fit": "ask_change",
    "other_date": "ask_date",
}

_WHERE = """
SELECT m.mention_id, m.doc_id, m.sent_id, m.start, coalesce(q.speaker_id, m.entity_id) AS who, q.place_id FROM mentions m
LEFT JOIN quantities q USING (mention_id) WHERE m.mention_id IN (SELECT unnest(?))
"""
_BODIES = """
SELECT m.doc_id, o.name, o.place_id FROM organisations o JOIN mentions m USING (mention_id)
WHERE m.doc_id IN (SELECT unnest(?)) ORDER BY m.doc_id, m.start
"""
_SPEAKERS = """
SELECT m.entity_id, arg_max(p.organisation, length(p.organisation)) AS organisation
FROM people p JOIN mentions m USING (mention_id)
WHERE p.organisation IS NOT NULL AND p.public AND m.doc_id IN (SELECT unnest(?)) GROUP BY m.entity_id
"""
# Only units of Việt Nam, whose ids are numbers: London has no "UBND".
_PLACES = """
SELECT place_id, coalesce(max(type), '') AS type, arg_max(name, (type IS NOT NULL, name)) AS name, max(level) AS level FROM places
WHERE level IN ('province', 'district', 'commune') AND place_id IS NOT NULL AND place_id SIMILAR TO '[0-9].*' GROUP BY place_id
"""
_CHUNK = 2000


def find_questions(db: Database, inferences: list[dict]) -> Iterator[dict]:
    """Rows for table `questions`: each missing base, scope, cut-off or conflict is asked once."""
    asked = [(ASKED[row["saying"]], row) for row in inferences if row["saying"] in ASKED and not row["can"]]
    groups = "SELECT reason, subject, \"values\", mention_ids FROM agreements WHERE agreement = 'contradicted' ORDER BY agreement_id"
    asked += [(ASKED_OF_GROUP[g["reason"]], g) for g in rows_of(db, groups) if g["reason"] in ASKED_OF_GROUP]
    for i in range(0, len(asked), _CHUNK):
        yield from _address(db, asked[i : i + _CHUNK])


def _address(db: Database, asked: list[tuple[str, dict]]) -> Iterator[dict]:
    firsts = [row["mention_ids"][0] for _, row in asked if row["mention_ids"]]
    where = {w["mention_id"]: w for w in rows_of(db, _WHERE, [firsts])}
    docs = sorted({w["doc_id"] for w in where.values()})
    bodies: dict[str, list[Body]] = {}
    for body in rows_of(db, _BODIES, [docs]):
        bodies.setdefault(body["doc_id"], []).append(Body(body["name"], body["place_id"]))
    speakers = {s["entity_id"]: s["organisation"] for s in rows_of(db, _SPEAKERS, [docs])}
    places = {p["place_id"]: Place(p["type"], p["name"], p["level"]) for p in rows_of(db, _PLACES)}
    for saying, row in asked:
        at = where.get(row["mention_ids"][0]) if row["mention_ids"] else None
        values = json.loads(row["values"]) | {
            "subject": row.get("subject") or json.loads(row["values"]).get("subject", "")
        }
        yield {
            "question_id": f"{saying}:{row['mention_ids'][0] if row['mention_ids'] else ''}",
            "to": _body(at, bodies, speakers, places) if at else None, "saying": saying,
            "values": json.dumps(values, ensure_ascii=False, sort_keys=True), "mention_ids": row["mention_ids"],
        }  # fmt: skip


def _body(at: dict, bodies: dict[str, list[Body]], speakers: dict[str, str], places: dict[str, Place]) -> str | None:
    """The body to ask about a figure; None where the article names none."""
    of_article = bodies.get(at["doc_id"], [])
    if at["who"] in speakers:
        return name_in_full(speakers[at["who"]], of_article, places)
    of_place = Counter(b.name for b in of_article if at["place_id"] and b.place_id == at["place_id"])
    if of_place:
        return name_in_full(of_place.most_common(1)[0][0], of_article, places)
    return f"UBND {places[at['place_id']].printed}" if at["place_id"] in places else None
