"""What follows from corrected fields: ids, keys by which sayings are compared, base values, who is one person with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from helpers.extract.gazetteer import load_gazetteer
from helpers.extract.subjects import subject_key
from helpers.extract.units import UnitReader
from helpers.lexicon import Lexicon
from helpers.normalize import search_form
from helpers.schema import DETAIL_OF, TABLES
from helpers.tables.correction_sites import Row, Sentences

#: a mention's row, the row of its own table, and the fields that corrections state
Corrected = tuple[Row, Row, dict[str, object]]


def settle_rows(
    mentions: list[Corrected], gone: set[str], rows: dict[str, list[Row]], sentences: Sentences, lexicon: Lexicon
) -> dict[str, list[Row]]:
    """The tables of mentions of one article, settled; changes the rows in `mentions`.

    Args:
        mentions: all that stand, in reading order. gone: ids of those deleted. rows: the article's tables as read.
    """
    published = next((a["published"] for a in rows.get("articles", ())), None)
    for row, fields, stated in mentions:
        if stated or row["rule"] == "correction":
            _settle(row, fields, stated, published, lexicon)
    _settle_people([m for m in mentions if m[0]["kind"] == "person"])
    speakers = {search_form(f["name"]): r["entity_id"] for r, f, _ in mentions if r["kind"] == "person" and f["name"]}
    renamed: dict[str, str] = {}
    for row, fields, stated in mentions:
        if stated or row["rule"] == "correction":
            _settle_speaker(row, fields, stated, speakers)
            sentence = sentences.at(row["start"])
            row["sent_id"] = sentence["sent_id"] if sentence else None
            renamed[row["mention_id"]] = row["mention_id"] = _mention_id(row, fields)
    entities = {row["entity_id"] for row, _, _ in mentions}
    tables: dict[str, list[Row]] = {"mentions": [row for row, _, _ in mentions]}
    for row, fields, _ in mentions:
        if table := DETAIL_OF.get(row["kind"]):
            _follow(fields, renamed, gone, entities)
            tables.setdefault(table, []).append(
                {"mention_id": row["mention_id"]} | {c: fields.get(c) for c in TABLES[table] if c != "mention_id"}
            )
    return {table: [] for table in set(DETAIL_OF.values()) if table in rows} | tables


def _mention_id(row: Row, fields: Row) -> str:
    mention_id = f"{row['doc_id']}:{row['start']}-{row['end']}:{row['kind']}"
    return f"{mention_id}:{fields['theme_id']}" if row["kind"] == "theme" else mention_id


def _settle(row: Row, fields: Row, stated: dict[str, object], published: str | None, lexicon: Lexicon) -> None:
    """Fields of one mention that follow from those stated; what is stated is inferred no more."""
    row["inferred"] = [name for name in row["inferred"] if name not in stated]
    table = DETAIL_OF.get(row["kind"])
    if table == "quantities":
        fields["subject_key"] = subject_key(
            fields.get("counted") or fields.get("unit") or "", fields.get("action"), lexicon
        )
        is_one = fields.get("unit_id") and fields.get("value_high") is None
        units = UnitReader.of(lexicon)
        fields["dimension"], fields["base_value"] = (
            units.base_value(fields["unit_id"], fields["value"]) if is_one else (None, None)
        )
    elif table == "dates" and stated.get("value"):
        fields["reason"] = None
    elif table == "places" and "place_id" in stated:
        _settle_place(row, fields, stated, published, lexicon)
    elif table == "legal_documents" and row["entity_id"] is None:
        row["entity_id"] = f"{row['doc_id']}:document-at-{row['start']}"


def _settle_place(row: Row, fields: Row, stated: dict[str, object], published: str | None, lexicon: Lexicon) -> None:
    place = load_gazetteer(lexicon).places.get(str(stated["place_id"]))
    row["entity_id"] = f"place:{place.place_id}" if place else None
    following: Row = (
        {"candidates": [], "level": place.level, "parent": place.parent_on(published) or None} if place else {}
    )
    fields |= {name: value for name, value in following.items() if name not in stated}


def _settle_people(people: list[Corrected]) -> None:
    """Who is whom after names were corrected; a person is private as soon as a correction says so of one mention."""
    by_name: dict[str, str] = {}
    for row, fields, stated in people:
        if row["entity_id"] and "name" not in stated:
            by_name.setdefault(search_form(fields["name"] or ""), row["entity_id"])
    conflicting = {row["entity_id"] for row, fields, _ in people if fields.get("conflict")}
    for row, fields, stated in people:
        if "name" in stated or row["entity_id"] is None:
            known = by_name.get(search_form(fields["name"]))
            # another name in a person told by two names is a name of that person; else it is somebody else's
            if known or row["entity_id"] not in conflicting:
                row["entity_id"] = known or f"{row['doc_id']}:person-at-{row['start']}"
                by_name[search_form(fields["name"])] = row["entity_id"]
    by_entity: dict[str, list[Corrected]] = defaultdict(list)
    for person in people:
        by_entity[person[0]["entity_id"]].append(person)
    for entity, mentions in by_entity.items():
        if any(stated.get("public") is False for _, _, stated in mentions):
            for _, fields, _ in mentions:
                fields["public"] = False
        if entity in conflicting:
            names = list(dict.fromkeys(fields["name"] for _, fields, _ in mentions))
            for _, fields, _ in mentions:
                fields["conflict"] = next((n for n in names if search_form(n) != search_form(fields["name"])), None)


def _settle_speaker(row: Row, fields: Row, stated: dict[str, object], speakers: dict[str, str]) -> None:
    if "speaker" not in stated:
        return
    speaker = fields.get("speaker")
    fields["speaker_id"] = speakers.get(search_form(str(speaker))) if speaker else None
    if "voice" in fields and "voice" not in stated and fields["voice"] != "caption":
        fields["voice"] = "speaker" if speaker else "newspaper"


def _follow(fields: Row, renamed: dict[str, str], gone: set[str], entities: Iterable[str]) -> None:
    """Lets a row speak of other mentions by the ids that they have now, and of none that is gone."""
    if whole := fields.get("whole_id"):
        fields["whole_id"] = None if whole in gone else renamed.get(whole, whole)
    if (speaker := fields.get("speaker_id")) and speaker not in entities:
        fields["speaker_id"] = None
