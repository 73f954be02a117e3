"""Persons: who holds public office, once over all articles.

Two articles name one person where name, function and unit (an organisation with its place, or one of the country's own)
agree; the name alone joins nobody. Offices of which a country has one or few need no place (national_offices.csv). Within an article mentions were linked when it was read: later short ones, and two names
for one office, which stay a conflict.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.analysis.sources import person_kind
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

# offices of a country: `Phó Thủ tướng` names its unit itself, `Bộ trưởng` with the words that follow
define("national_offices", surface=TEXT, unit=Column(values=("country", "organisation")), note=NOTE)

Tables = dict[str, pd.DataFrame]


@cache
def _national_offices() -> dict[str, str]:
    return {search_form(row["surface"]): row["unit"] for row in Lexicon.load("vi").entries("national_offices")}


def folded(texts: pd.Series) -> pd.Series:
    """Each text in its search form; every different text is folded once."""
    return texts.map({t: search_form(t) for t in texts.dropna().unique()})


def public_mentions(tables: Tables) -> pd.DataFrame:
    """Mentions of everybody who holds a public office in the article, in reading order."""
    columns = ["mention_id", "entity_id", "doc_id", "start", "surface"]
    people = tables["people"].merge(tables["mentions"][columns], on="mention_id").sort_values(["doc_id", "start"])
    return people[people.groupby("entity_id")["public"].transform("max").astype(bool)]


def unit_of(tables: Tables, people: pd.DataFrame) -> pd.Series:
    """The unit of each row's organisation: the article's own organisation of that name, where its place is known."""
    known = tables["organisations"].merge(
        tables["mentions"][["mention_id", "doc_id", "surface", "entity_id"]], on="mention_id"
    )
    known = known[known["place_id"].notna() | (known["level"] == "country")]
    known = known.assign(key=folded(known["surface"])).drop_duplicates(["doc_id", "key"])[
        ["doc_id", "key", "entity_id"]
    ]
    asked = people[["doc_id"]].assign(key=folded(people["organisation"]))
    found = asked.merge(known, on=["doc_id", "key"], how="left")["entity_id"]
    return pd.Series(found.to_numpy(), index=people.index)


def join_persons(tables: Tables) -> list[dict]:
    """Rows for table `persons`: those named most first."""
    people = public_mentions(tables)
    if people.empty:
        return []
    entities = _describe(people)
    entities["unit"] = unit_of(tables, entities)
    keys = _person_keys(entities)
    entities = entities.assign(person_id=keys)
    persons = entities.groupby("person_id", sort=False).agg(
        unit=("unit", "first"),
        conflict=("conflict", "max"),
        n_articles=("doc_id", "nunique"),
        entity_ids=("entity_id", list),
    )
    for column in ("rank", "function", "organisation"):
        persons[column] = _most_frequent(entities, "person_id", column)
    mentions = people.assign(person_id=people["entity_id"].map(dict(zip(entities["entity_id"], keys, strict=True))))
    full = mentions[_is_full(mentions)]
    names = full.assign(key=folded(full["name"])).drop_duplicates(["person_id", "key"]).groupby("person_id")
    persons["names"], persons["name_ids"] = names["name"].agg(list), names["mention_id"].agg(list)
    persons["mention_ids"] = full.groupby("person_id")["mention_id"].agg(list)
    persons["n_mentions"] = mentions.groupby("person_id").size()
    # "Tổng thống X, Tòa phúc thẩm …": a national office has no unit below the country
    is_national = persons["function"].map({f: _is_national(f) for f in persons["function"].dropna().unique()})
    persons.loc[is_national.fillna(False).astype(bool), ["organisation", "unit"]] = None
    offices = zip(persons["function"], persons["organisation"], strict=True)
    persons["kind"] = [person_kind(_text(f), _text(o), public=True) for f, o in offices]
    persons = persons.reset_index().sort_values(["n_articles", "n_mentions"], ascending=False, kind="stable")
    return persons.to_dict("records")


def _describe(people: pd.DataFrame) -> pd.DataFrame:
    """One row an article's person: what the mentions say of rank and office most often, and the first full name."""
    entities = people.drop_duplicates("entity_id")[["entity_id", "doc_id"]].set_index("entity_id")
    for column in ("rank", "function", "organisation"):
        entities[column] = _most_frequent(people, "entity_id", column)
    full = people[_is_full(people)].drop_duplicates("entity_id").set_index("entity_id")
    entities["name"] = full["name"]
    entities["conflict"] = people.groupby("entity_id")["conflict"].count() > 0
    return entities.reset_index()


def _most_frequent(rows: pd.DataFrame, key: str, column: str) -> pd.Series:
    """The most frequent text of `column` for each `key`; of several the longest."""
    said = rows.groupby([key, column], sort=False).size().rename("n").reset_index()
    said = said.assign(size=said[column].str.len()).sort_values(["n", "size"], ascending=False, kind="stable")
    return said.drop_duplicates(key).set_index(key)[column]


def _is_full(people: pd.DataFrame) -> pd.Series:
    """Whether a mention has the most words of all that name the person in its article."""
    n_words = people["name"].str.split().str.len()
    return n_words == n_words.groupby(people["entity_id"]).transform("max")


def _person_keys(entities: pd.DataFrame) -> pd.Series:
    """The same key for rows that agree in name, function and unit; its own where the function or unit is open."""
    name, function = folded(entities["name"]), folded(entities["function"])
    national = function.map(_national_offices())
    # the unit of a national office is the country, whatever organisation stands beside it; "Quốc phòng" is a Bộ trưởng's
    ministry = "ministry:" + folded(entities["organisation"]).str.removeprefix("bộ ")
    unit = entities["unit"].where(national.isna(), ministry.where(national == "organisation", "country"))
    is_sure = function.notna() & unit.notna() & (name.str.split().str.len() >= 2)
    function = function.str.removesuffix(" chính phủ")
    # a column without any text has no type of text
    function, unit = function.astype(name.dtype), unit.astype(name.dtype)
    groups = (name + "|" + function + "|" + unit).where(is_sure, entities["entity_id"])
    return entities.groupby(groups.to_numpy(), sort=False)["entity_id"].transform("first")


def _is_national(function: str) -> bool:
    return _national_offices().get(search_form(function)) == "country"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
