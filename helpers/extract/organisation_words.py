"""The words of organisations: heads, fields they deal with, and what tells a generic use from a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from helpers.extract.names import name_words
from helpers.lexicon import AMBIGUOUS, NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.schema import LEVELS

define(
    "organisation_heads", surface=TEXT, type=TEXT,
    follow=Column(values=("place", "party", "topic", "name", "number", "unit", "none")),
    level=Column(values=LEVELS, empty=True), capital=Column(values=("yes", "no", "only")), note=NOTE,
)  # fmt: skip
define("organisation_topics", surface=TEXT, continues=AMBIGUOUS, verb=AMBIGUOUS, note=NOTE)
define("organisation_guards", surface=TEXT, role=Column(values=("generic", "plural", "other")), note=NOTE)
define("organisation_stops", surface=TEXT, note=NOTE)
define("organisation_links", type=TEXT, role=Column(values=("part", "parent", "both")), note=NOTE)


@dataclass(frozen=True, slots=True)
class Head:
    """A head word. `follow` says what comes after it: a level or place, a field, a proper name,
    a number, another
    organisation ("unit"), nothing; "party" heads hold their level (Tỉnh ủy). `capital`: yes, no,
    only (in capitals)."""

    surface: str
    type: str
    follow: str
    level: str | None
    capital: str


@dataclass(frozen=True, eq=False)
class OrganisationWords:
    """A lexicon's words about organisations, folded and compiled."""

    heads: tuple[Head, ...]
    automaton: AhoCorasick
    #: field -> whether it may stand in small letters: after another field, after the head
    topics: dict[str, tuple[bool, bool]]
    topic_words: dict[str, int]
    topic_ends: frozenset[str]
    guards: dict[str, str]
    stops: frozenset[str]
    parts: frozenset[str]
    parents: frozenset[str]
    families: frozenset[str]


def _most_words(topics: Iterable[str]) -> dict[str, int]:
    """First word of a field -> most words of one that starts so."""
    most: dict[str, int] = {}
    for topic in topics:
        words = topic.split(" ")
        first = words[0].rstrip(",")
        most[first] = max(most.get(first, 0), len(words))
    return most


@lru_cache(maxsize=4)
def organisation_words(lexicon: Lexicon) -> OrganisationWords:
    """The organisation words of a lexicon; the same object each time."""
    heads = tuple(
        Head(search_form(r["surface"]), r["type"], r["follow"], r["level"] or None, r["capital"])
        for r in lexicon.entries("organisation_heads")
    )
    topics = {
        search_form(r["surface"]): (r["continues"] == "yes", r["verb"] == "no")
        for r in lexicon.entries("organisation_topics")
    }
    links = {r["type"]: r["role"] for r in lexicon.entries("organisation_links")}
    return OrganisationWords(
        heads=heads,
        automaton=AhoCorasick([h.surface for h in heads], implementation=Implementation.DFA),
        topics=topics,
        topic_words=_most_words(topics),
        topic_ends=frozenset(" ".join(t.split(" ")[-2:]) for t in topics if " " in t),
        guards={search_form(r["surface"]): r["role"] for r in lexicon.entries("organisation_guards")},
        stops=frozenset(map(search_form, lexicon.surfaces("organisation_stops"))),
        parts=frozenset(t for t, role in links.items() if role != "parent"),
        parents=frozenset(t for t, role in links.items() if role != "part"),
        families=name_words(lexicon).sure_families,
    )
