"""Abbreviations that articles use, with what they stand for and whence that is known.

    "hội nghị tổng kết công tác QP-AN … nhiệm vụ QPAN"  ->  QPAN: quốc phòng - an ninh (lexicon), 2 uses

An article that explains an abbreviation is believed for its own text. Elsewhere the lexicon and the other articles are asked;
where they know more than one expansion and the article writes out none of them, all are listed and none is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from helpers.extract.abbreviation_definitions import Definition, definition_words, expansion_form, find_definitions
from helpers.extract.abbreviation_sites import Site, find_sites, key_of, part_site
from helpers.extract.span import Reading
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import fold, search_form

define("abbreviations", surface=TEXT, expansion=TEXT, note=NOTE)

LEXICON, THIS_ARTICLE, OTHER_ARTICLE = "lexicon", "this_article", "other_article"
#: so short an abbreviation (ĐB, TS) means another thing in the next article
MIN_SHARED_LETTERS = 3

#: a stretch of a document's text and where it begins
Passage = tuple[int, str]
#: ids with passages; walked more than once, so it can be no iterator
Documents = Iterable[tuple[str, Sequence[Passage]]]
#: key -> expansions, one spelling of each
Expansions = Mapping[str, tuple[str, ...]]


@dataclass(slots=True, frozen=True)
class Abbreviation:
    """An abbreviation in one document.

    `expansion` is None where there are several `candidates`; `whence` is lexicon, this_article or other_article. `uses` are
    spans of the text as printed, in its spellings; `written_out` is where the document first has the expansion in full.
    """

    abbreviation_id: str
    expansion: str | None
    whence: str | None
    candidates: tuple[str, ...]
    uses: tuple[Site, ...]
    written_out: Site | None = None

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The spellings as printed, the first first."""
        return tuple(dict.fromkeys(use.surface for use in self.uses))


@dataclass(frozen=True)
class _Words:
    """The lexicon by key; `ids` gives abbreviations of one expansion (TW, T.Ư) one id; `spelled` finds expansions in full."""

    links: frozenset[str]
    expansions: dict[str, tuple[str, ...]]
    ids: dict[str, str]
    spelled: AhoCorasick
    forms: tuple[str, ...]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    links = definition_words(lexicon).links
    rows = [(key_of(r["surface"]), r["expansion"]) for r in lexicon.entries("abbreviations")]
    expansions: dict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for key, expansion in rows:
        form = expansion_form(expansion, links)
        expansions[key].append(expansion)
        first.setdefault(form, key)
        spelled |= dict.fromkeys(_spellings(expansion), form)
    ids = {key: first[expansion_form(found[0], links)] for key, found in expansions.items() if len(found) == 1}
    found = {key: tuple(of_key) for key, of_key in expansions.items()}
    return _Words(links, found, ids, AhoCorasick(list(spelled)), tuple(spelled.values()))


def _spellings(expansion: str) -> set[str]:
    """How an expansion may be written out: `quốc phòng - an ninh`, `quốc phòng, an ninh`, `quốc phòng an ninh` …"""
    printed = search_form(expansion)
    joined = [printed.replace(" - ", joint).replace(", ", joint) for joint in (" ", ", ", " - ", "-", " và ")]
    return {printed, *joined}


def learn_definitions(passages: Iterable[Passage], lexicon: Lexicon) -> list[Definition]:
    """What a document explains itself, in brackets; offsets count code points of the text as printed."""
    words, found = definition_words(lexicon), []
    for offset, text in passages:
        if "(" not in text:
            continue
        folded = fold(text)
        for definition in find_definitions(folded.plain, words):
            start, end = folded.printed(definition.start, definition.end)
            found.append(replace(definition, start=start + offset, end=end + offset))
    return found


def read_abbreviations(reading: Reading, lexicon: Lexicon, elsewhere: Expansions | None = None) -> list[Abbreviation]:
    """The abbreviations of one document, in the order of their first use; `elsewhere`: what other documents explain."""
    passages = [(0, reading.document.text)]
    return _read(passages, lexicon, learn_definitions(passages, lexicon), elsewhere or {})


def read_corpus(documents: Documents, lexicon: Lexicon) -> dict[str, list[Abbreviation]]:
    """The abbreviations of each document; what one explains is known in all others. The documents are walked twice."""
    learned = {doc_id: learn_definitions(passages, lexicon) for doc_id, passages in documents}
    shared = (d for found in learned.values() for d in found if len(d.key) >= MIN_SHARED_LETTERS)
    elsewhere = _by_key(shared, _words(lexicon).links)
    return {doc_id: _read(passages, lexicon, learned[doc_id], elsewhere) for doc_id, passages in documents}


def find_conflicts(found: Mapping[str, Iterable[Abbreviation]], lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Abbreviation id -> its expansions, where documents have more than one; spellings of one expansion are one."""
    links = _words(lexicon).links
    expansions: dict[str, dict[str, str]] = defaultdict(dict)
    for abbreviation in (a for of_document in found.values() for a in of_document):
        for expansion in abbreviation.candidates:
            expansions[abbreviation.abbreviation_id].setdefault(expansion_form(expansion, links), expansion)
    return {i: tuple(of_id.values()) for i, of_id in expansions.items() if len(of_id) > 1}


def find_in_full(documents: Documents, expansions: Iterable[str]) -> dict[str, tuple[str, Site]]:
    """Expansion -> the first document that writes it out, and where; those that none does are left out."""
    spelled = {spelling: expansion for expansion in expansions for spelling in _spellings(expansion)}
    automaton, of_spelling = AhoCorasick(list(spelled)), tuple(spelled.values())
    found: dict[str, tuple[str, Site]] = {}
    for doc_id, passages in documents if spelled else ():
        for offset, text in passages:
            folded = fold(text)
            for expansion, start, end in _in_full(folded.search, automaton, of_spelling):
                found.setdefault(expansion, (doc_id, _printed(text, *folded.printed(start, end), offset)))
    return found


def _by_key(definitions: Iterable[Definition], links: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for d in definitions:
        found[d.key].setdefault(expansion_form(d.expansion, links), d.expansion)
    return {key: tuple(forms.values()) for key, forms in found.items()}


def _read(
    passages: Sequence[Passage], lexicon: Lexicon, learned: Sequence[Definition], elsewhere: Expansions
) -> list[Abbreviation]:
    words = _words(lexicon)
    here = _by_key(learned, words.links)
    known = {*words.expansions, *elsewhere, *here}
    uses: dict[str, list[Site]] = defaultdict(list)
    written_out = {
        expansion_form(d.expansion, words.links): Site(d.expansion, d.start, d.end) for d in reversed(learned)
    }
    for offset, text in passages:
        folded = fold(text)
        for site in (part for whole in find_sites(folded.plain) for part in part_site(folded.plain, whole, known)):
            uses[key_of(site.surface)].append(_printed(text, *folded.printed(site.start, site.end), offset))
        for form, start, end in _in_full(folded.search, words.spelled, words.forms):
            written_out.setdefault(form, _printed(text, *folded.printed(start, end), offset))
    sources = ((THIS_ARTICLE, here), (LEXICON, words.expansions), (OTHER_ARTICLE, elsewhere))
    read = [_explain(key, of_key, sources, written_out, words) for key, of_key in uses.items()]
    return sorted(_join(read), key=lambda a: a.uses[0].start)


def _printed(text: str, start: int, end: int, offset: int) -> Site:
    return Site(text[start:end], start + offset, end + offset)


def _in_full(search: str, spelled: AhoCorasick, meant: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """What spellings that stand in a text mean, and where; whole words only."""
    for which, start, end in spelled.find_matches_as_indexes(search, overlapping=True):
        if not (search[max(0, start - 1) : start].isalnum() or search[end : end + 1].isalnum()):
            yield meant[which], start, end


def _explain(
    key: str,
    uses: Iterable[Site],
    sources: Iterable[tuple[str, Expansions]],
    written_out: Mapping[str, Site],
    words: _Words,
) -> Abbreviation:
    """The expansion of one key: the article's own, or the only one that is known, or the only one that it writes out."""
    candidates: dict[str, tuple[str, str]] = {}
    for whence, expansions in sources:
        for expansion in expansions.get(key, ()):
            candidates.setdefault(expansion_form(expansion, words.links), (expansion, whence))
        if whence == THIS_ARTICLE and candidates:
            break
    if len(candidates) > 1 and len(in_full := [form for form in candidates if form in written_out]) == 1:
        candidates = {in_full[0]: (candidates[in_full[0]][0], THIS_ARTICLE)}
    form, (expansion, whence) = next(iter(candidates.items()))
    listed = tuple(expansion for expansion, _ in candidates.values())
    if len(candidates) > 1:
        return Abbreviation(key, None, None, listed, tuple(uses))
    return Abbreviation(words.ids.get(key, key), expansion, whence, listed, tuple(uses), written_out.get(form))


def _join(read: Iterable[Abbreviation]) -> list[Abbreviation]:
    """Abbreviations with one id and one expansion as one: `TW` and `T.Ư`."""
    joined: dict[tuple[str, tuple[str, ...]], Abbreviation] = {}
    for one in read:
        key = (one.abbreviation_id, one.candidates)
        if other := joined.get(key):
            one = replace(other, uses=tuple(sorted((*other.uses, *one.uses), key=lambda use: use.start)))
        joined[key] = one
    return list(joined.values())
