"""Voices: who speaks in each article, how many words and which figures are theirs, and the share of each kind of source."""

from __future__ import annotations

import pandas as pd

from helpers.analysis.sources import person_kind, source_kind
from helpers.schema import SOURCES

#: where an article speaks; a headline repeats what stands below
_ROLES = ("lead", "body", "caption", "pullquote")

Tables = dict[str, pd.DataFrame]


def find_voices(tables: Tables) -> list[dict]:
    """Rows for table `voices`: one an article and speaker, with the quotes and the facts that are theirs, in reading order."""
    quotes = _quotes(tables)
    voices = quotes.groupby(["doc_id", "key"], sort=False).agg(
        speaker=("speaker", "first"), entity_id=("speaker_id", "first"), n_quotes=("mention_id", "size"),
        n_words=("n_words", "sum"), n_direct_words=("n_direct_words", "sum"), quote_ids=("mention_id", list),
    )  # fmt: skip
    if voices.empty:
        return []
    facts = _spoken_facts(tables).groupby(["doc_id", "key"])["fact_id"].agg(list)
    voices["fact_ids"] = facts
    voices = voices.reset_index()
    voices["fact_ids"] = [ids if isinstance(ids, list) else [] for ids in voices["fact_ids"]]
    voices["n_facts"] = voices["fact_ids"].str.len()
    voices["voice_id"] = voices["doc_id"] + ":voice-" + (voices.groupby("doc_id").cumcount() + 1).astype(str)
    return _with_kinds(tables, voices).to_dict("records")


def _key(frame: pd.DataFrame) -> pd.Series:
    """Who speaks: the article's person, else the words that name the speaker."""
    return frame["speaker_id"].fillna(frame["speaker"]).fillna("")


def _quotes(tables: Tables) -> pd.DataFrame:
    columns = ["mention_id", "doc_id", "start", "surface"]
    quotes = tables["quotes"].merge(tables["mentions"][columns], on="mention_id").sort_values(["doc_id", "start"])
    n_words = quotes["surface"].str.split().str.len()
    n_direct = n_words.where(quotes["form"] == "direct", 0)
    return quotes.assign(key=_key(quotes), n_words=n_words, n_direct_words=n_direct)


def _spoken_facts(tables: Tables) -> pd.DataFrame:
    """Facts that a speaker states, with who it is."""
    said = tables["quantities"]
    said = said[said["voice"] == "speaker"][["mention_id", "speaker", "speaker_id"]]
    facts = tables["facts"].loc[tables["facts"]["voice"] == "speaker", ["fact_id", "mention_ids"]]
    facts = facts.explode("mention_ids").rename(columns={"mention_ids": "mention_id"})
    facts = facts.merge(said, on="mention_id").drop_duplicates("fact_id")
    facts = facts.merge(tables["mentions"][["mention_id", "doc_id"]], on="mention_id")
    return facts.assign(key=_key(facts))


def _with_kinds(tables: Tables, voices: pd.DataFrame) -> pd.DataFrame:
    """`voices` with person_id, public and kind."""
    persons = tables["persons"][["person_id", "kind", "entity_ids"]].explode("entity_ids")
    persons = persons.rename(columns={"entity_ids": "entity_id", "kind": "person_kind"})
    voices = voices.merge(persons.dropna(subset="entity_id"), on="entity_id", how="left")
    voices["public"] = voices["person_id"].notna()
    private = _private_kinds(tables, voices.loc[voices["entity_id"].notna() & ~voices["public"], "entity_id"])
    words = {s: source_kind(s) or "unnamed" for s in voices["speaker"].dropna().unique()}
    by_words = voices["speaker"].map(words).where(voices["entity_id"].isna()).astype(object)
    kind = voices["person_kind"].astype(object).fillna(voices["entity_id"].map(private)).fillna(by_words)
    return voices.assign(kind=kind.fillna("unnamed"))


def _private_kinds(tables: Tables, entity_ids: pd.Series) -> dict[str, str]:
    """Kind of source of people without public office, by what the article says of them."""
    people = tables["people"].merge(tables["mentions"][["mention_id", "entity_id"]], on="mention_id")
    people = people[people["entity_id"].isin(entity_ids)].groupby("entity_id")[["function", "organisation"]].first()
    return {
        entity_id: person_kind(*(v if isinstance(v, str) else None for v in (function, organisation)), public=False)
        for entity_id, function, organisation in people.itertuples()
    }


def share_voices(tables: Tables) -> pd.DataFrame:
    """A row a kind of source that speaks, most words first, and last the newspaper itself (kind `newspaper`).

    Columns: n_articles, n_speakers, n_quotes, n_words, n_facts; `mention_ids` are the quotes and, for the newspaper, the
    figures. Words are those of lead, body, captions and pull quotes; what is nobody's speech is the newspaper's own.
    """
    voices, facts, paragraphs = tables["voices"], tables["facts"], tables["paragraphs"]
    voices = voices.assign(who=voices["person_id"].fillna(voices["voice_id"]))
    shares = voices.groupby("kind").agg(
        n_articles=("doc_id", "nunique"), n_speakers=("who", "nunique"), n_quotes=("n_quotes", "sum"),
        n_words=("n_words", "sum"), n_facts=("n_facts", "sum"), mention_ids=("quote_ids", _joined),
    )  # fmt: skip
    shares = shares.reset_index().astype({"kind": object})
    order = shares["kind"].map(SOURCES.index)
    shares = shares.assign(order=order).sort_values(["n_words", "order"], ascending=[False, True]).drop(columns="order")
    n_all = int(paragraphs.loc[paragraphs["role"].isin(_ROLES), "n_words"].sum())
    spoken = {f for ids in voices["fact_ids"] for f in ids}
    own = facts.loc[~facts["fact_id"].isin(spoken), "mention_ids"]
    newspaper = {
        "kind": "newspaper", "n_articles": len(tables["articles"]), "n_speakers": 0, "n_quotes": 0,
        "n_words": max(0, n_all - int(shares["n_words"].sum())), "n_facts": len(own), "mention_ids": [ids[0] for ids in own],
    }  # fmt: skip
    return pd.concat([shares, pd.DataFrame([newspaper])], ignore_index=True)


def _joined(lists: pd.Series) -> list[str]:
    return [i for ids in lists for i in ids]
