"""The words of organisations: heads, fields they deal with, and what tells a generic use from a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from helpers.extract.names import name_words
from helpers.extract.word_search import WordList
from helpers.lexicon import AMBIGUOUS, FILES, NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.schema import LEVELS

define(
    "organisation_heads", surface=TEXT, type=TEXT,
    follow=Column(values=("place", "party", "topic", "name", "number", "unit", "none")),
    level=Column(values=LEVELS, empty=True), capital=Column(values=("yes", "no", "only", "field")), note=NOTE,
)  # fmt: skip
define("organisation_topics", surface=TEXT, continues=AMBIGUOUS, verb=AMBIGUOUS, note=NOTE)
define("organisation_introducers", surface=TEXT, type=TEXT, unknown=AMBIGUOUS, note=NOTE)
# Declared directly: `define` has a parameter `name` of its own.
FILES["organisation_names"] = {"surface": TEXT, "name": TEXT, "type": TEXT, "alone": AMBIGUOUS, "note": NOTE}
define("organisation_guards", surface=TEXT, role=Column(values=("generic", "plural", "other", "word")), note=NOTE)
define("organisation_stops", surface=TEXT, begins=AMBIGUOUS, note=NOTE)
define("organisation_links", type=TEXT, role=Column(values=("part", "parent", "both")), note=NOTE)


@dataclass(frozen=True, slots=True)
class Head:
    """A head word. `follow` says what comes after it: a level or place, a field, a proper name,
    a number, another
    organisation ("unit"), nothing; "party" heads hold their level (Tỉnh ủy). `capital`: yes, no,
    only (in capitals), field (in small letters where a capital follows: `sở Y tế`)."""

    surface: str
    type: str
    follow: str
    level: str | None
    capital: str
    #: the type in search form: what the spellings of one organisation share
    key: str = ""


class KnownName(NamedTuple):
    """An organisation known by its name as printed; `alone` says whether the name needs no introducer."""

    surface: str
    name: str
    type: str
    alone: bool


@dataclass(frozen=True, eq=False)
class OrganisationWords:
    """A lexicon's words about organisations, folded and compiled."""

    heads: tuple[Head, ...]
    head_surfaces: frozenset[str]
    names: tuple[KnownName, ...]
    #: words that introduce names nobody knows, with the type of what they introduce
    openers: tuple[str, ...]
    #: heads, then names, then openers with a space behind them
    surfaces: WordList
    #: word before a name -> type of what it introduces, whether names that nobody knows count too
    introducers: dict[str, tuple[str, bool]]
    introducer_ends: frozenset[str]
    #: field -> whether it may stand in small letters: after another field, after the head
    topics: dict[str, tuple[bool, bool]]
    topic_words: dict[str, list[str]]
    topic_ends: frozenset[str]
    guards: dict[str, str]
    guard_ends: frozenset[str]
    #: words that end like a head in small letters: "trụ sở"
    other_words: frozenset[str]
    #: words that begin no name, and those that don't belong to the capital before them
    stops: frozenset[str]
    small_stops: frozenset[str]
    parts: frozenset[str]
    parents: frozenset[str]
    families: frozenset[str]


def _by_first_word(topics: Iterable[str]) -> dict[str, list[str]]:
    """First word of a field -> the fields that start so, the longest first."""
    fields: dict[str, list[str]] = {}
    for topic in sorted(topics, key=len, reverse=True):
        fields.setdefault(topic.split(" ", 1)[0].rstrip(","), []).append(topic)
    return fields


@lru_cache(maxsize=4)
def organisation_words(lexicon: Lexicon) -> OrganisationWords:
    """The organisation words of a lexicon; the same object each time."""
    heads = tuple(
        Head(
            search_form(r["surface"]), r["type"], r["follow"], r["level"] or None, r["capital"], search_form(r["type"])
        )
        for r in lexicon.entries("organisation_heads")
    )  # fmt: skip
    names = tuple(
        KnownName(r["surface"], r["name"], r["type"], r["alone"] == "yes")
        for r in lexicon.entries("organisation_names")
    )
    introducers = {
        search_form(r["surface"]): (r["type"], r["unknown"] == "yes")
        for r in lexicon.entries("organisation_introducers")
    }
    openers = [word for word, (_, unknown) in introducers.items() if unknown]
    topics = {
        search_form(r["surface"]): (r["continues"] == "yes", r["verb"] == "no")
        for r in lexicon.entries("organisation_topics")
    }
    guards = lexicon.entries("organisation_guards")
    links = {r["type"]: r["role"] for r in lexicon.entries("organisation_links")}
    return OrganisationWords(
        heads=heads,
        head_surfaces=frozenset(h.surface for h in heads),
        names=names,
        openers=tuple(introducers[word][0] for word in openers),
        surfaces=WordList(
            [*(h.surface for h in heads), *(search_form(n.surface) for n in names), *(f"{word} " for word in openers)]
        ),
        introducers=introducers,
        introducer_ends=frozenset(word.rsplit(" ", 1)[-1] for word in introducers),
        topics=topics,
        topic_words=_by_first_word(topics),
        topic_ends=frozenset(" ".join(t.split(" ")[-2:]) for t in topics if " " in t),
        guards={search_form(r["surface"]): r["role"] for r in guards if r["role"] != "word"},
        guard_ends=frozenset(search_form(r["surface"]).rsplit(" ", 1)[-1] for r in guards if r["role"] != "word"),
        other_words=frozenset(search_form(r["surface"]) for r in guards if r["role"] == "word"),
        stops=frozenset(
            search_form(r["surface"]) for r in lexicon.entries("organisation_stops") if r["begins"] == "yes"
        ),
        small_stops=frozenset(map(search_form, lexicon.surfaces("organisation_stops"))),
        parts=frozenset(t for t, role in links.items() if role != "parent"),
        parents=frozenset(t for t, role in links.items() if role != "part"),
        families=name_words(lexicon).sure_families,
    )
