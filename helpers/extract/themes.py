"""What a sentence is about: themes of the codebook, with the words that led to them.

One mention a theme and phrase-group of a sentence: words of one theme that stand side by side make one span.
Two themes may lie on one phrase (`vận động quần chúng tố giác tội phạm`), so theme mentions do not compete:
add them after `resolve_overlaps`, not before. A denied thing is still spoken of: `không để xảy ra cháy nổ` is
about fire safety.

A hit inside a longer hit gives way: `tội phạm ma túy` tells drugs, whose weight `weigh_parents` gives to
crime. The weights of the mentions of one sentence add up to 1, so a sentence counts once, however many words
it holds, and a document's weights are shares of its sentences, however long it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

import regex

from helpers.corpus.document import Sentence
from helpers.extract.codebook import Codebook, load_codebook
from helpers.extract.span import USUAL, WEAK, Mention, Reading
from helpers.extract.word_search import Hit, WordList
from helpers.lexicon import Lexicon
from helpers.normalize import search_form
from helpers.patterns import late

INCLUDE, NEAR, EXCLUDE = "include_word", "near_word", "exclude_word"
#: between two words of one theme that make one span: "trộm cắp, cướp giật", "cháy, nổ"
_JOIN = late(regex.compile, r"(?:[\s,;/&()\"-]|và|hoặc|hay|cùng|các|loại|vụ){0,6}")


class _Role(NamedTuple):
    """What a phrase does for a theme; `neighbours` and `unless` are numbers of groups of words, -1 for none."""

    theme_id: str
    kind: str
    term: str
    neighbours: int = -1
    unless: int = -1


#: start, end, what the phrase does there
_Hit = tuple[int, int, _Role]


@dataclass(frozen=True, slots=True)
class _Scanner:
    """The codebook made ready to scan: each phrase once, with all it does; the words that must or must not stand
    near one, with the groups they belong to."""

    phrases: WordList
    roles: tuple[tuple[_Role, ...], ...]
    others: WordList
    groups: tuple[frozenset[int], ...]


@lru_cache(maxsize=4)
def _scanner(lexicon: Lexicon) -> _Scanner:
    return _compile(load_codebook(lexicon))


def theme_phrases(lexicon: Lexicon) -> tuple[WordList, WordList]:
    """The phrases of all themes, and the words that some of them need or must not have near."""
    scanner = _scanner(lexicon)
    return scanner.phrases, scanner.others


def _compile(codebook: Codebook) -> _Scanner:
    others: dict[tuple[str, ...], int] = {(): -1}  # themes often share the words that cancel them

    def number_of(words: tuple[str, ...]) -> int:
        return others.setdefault(words, len(others) - 1)

    by_form: dict[str, list[_Role]] = {}
    for theme in codebook.values():
        groups = [(INCLUDE, theme.include, -1), (EXCLUDE, theme.exclude, -1)]
        groups += [(NEAR, group.words, number_of(group.neighbours)) for group in theme.near]
        unless = number_of(theme.unless)
        for kind, words, neighbours in groups:
            for word in words:
                by_form.setdefault(search_form(word), []).append(_Role(theme.theme_id, kind, word, neighbours, unless))
    of_word: dict[str, set[int]] = {}
    for words, number in others.items():
        for word in words:
            of_word.setdefault(search_form(word), set()).add(number)
    return _Scanner(
        phrases=WordList(by_form, is_whole=True),
        roles=tuple(tuple(sorted(roles)) for roles in by_form.values()),
        others=WordList(of_word, is_whole=True),
        groups=tuple(map(frozenset, of_word.values())),
    )


class _Others:
    """The words of a text that themes need or must not have near their phrases."""

    def __init__(self, found: Iterable[Hit], groups: tuple[frozenset[int], ...]) -> None:
        self._hits = sorted([(start, end, groups[number]) for number, start, end in found])
        self._starts = [h[0] for h in self._hits]

    def of_group(self, group: int, sentence: Sentence) -> list[tuple[int, int]]:
        """(start, end) of the words of a group that lie within a sentence."""
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        if first == last:
            return []
        return [
            (start, end) for start, end, groups in self._hits[first:last] if group in groups and end <= sentence.end
        ]


def _hits_by_sentence(
    found: Iterable[Hit], search: str, sentences: list[Sentence], scanner: _Scanner
) -> Iterator[tuple[int, list[_Hit]]]:
    """(sentence number, hits in their order); a phrase that a sentence's end cuts is none."""
    starts = [s.start for s in sentences]
    hits: list[_Hit] = []
    i, ends, following = -1, -1, 0
    for start, end, number in sorted([(start, end, number) for number, start, end in found]):
        if start >= following:
            if hits:
                yield i, hits
            hits = []
            i = bisect_right(starts, start) - 1
            ends = sentences[i].end if i >= 0 else -1
            following = starts[i + 1] if i + 1 < len(starts) else len(search)
        if end <= ends:
            hits += [(start, end, role) for role in scanner.roles[number]]
    if hits:
        yield i, hits


class _Cover:
    """Spans of phrases that cancel; asks whether a hit lies inside one of them, however many there are."""

    def __init__(self, hits: list[_Hit]) -> None:
        self._starts = [start for start, _, _ in hits]
        self._ends = list(accumulate((end for _, end, _ in hits), max))

    def holds(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and end <= self._ends[i]


def _uncancelled(hits: list[_Hit]) -> list[_Hit]:
    """The hits, in order of their start, that no exclude phrase of their theme holds."""
    excluding: dict[str, list[_Hit]] = {}
    for hit in hits:
        if hit[2].kind == EXCLUDE:
            excluding.setdefault(hit[2].theme_id, []).append(hit)
    covers = {theme_id: _Cover(of_theme) for theme_id, of_theme in excluding.items()}
    return [
        (start, end, role)
        for start, end, role in hits
        if role.kind != EXCLUDE and not (role.theme_id in covers and covers[role.theme_id].holds(start, end))
    ]


def _keep_hits(hits: list[_Hit], sentence: Sentence, others: _Others) -> list[_Hit]:
    """The hits that stand: not cancelled, with the neighbour they need, not inside a longer one."""

    def has_neighbour(start: int, end: int, role: _Role) -> bool:
        # A word is no neighbour of itself: "phạm" in "thủ phạm".
        return any([a >= end or b <= start for a, b in others.of_group(role.neighbours, sentence)])

    if EXCLUDE in [role.kind for _, _, role in hits]:
        hits = _uncancelled(hits)
    standing = [hit for hit in hits if hit[2].kind == INCLUDE or has_neighbour(*hit)]
    if len(standing) > 1:
        standing.sort(key=_in_reading_order)
    kept: list[_Hit] = []
    last, reach = (-1, -1), 0
    for start, end, role in standing:
        is_free = end > reach or (start, end) == last
        if is_free and not (role.unless >= 0 and others.of_group(role.unless, sentence)):
            kept.append((start, end, role))
            last, reach = (start, end), max(reach, end)
    return kept


def _in_reading_order(hit: _Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _join_hits(hits: list[_Hit], search: str) -> list[list[_Hit]]:
    """Hits of one theme, parted into the groups that stand side by side."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        last_end = groups[-1][-1][1] if groups else -1
        if groups and (hit[0] <= last_end or _JOIN.fullmatch(search, last_end, hit[0])):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _make_mentions(hits: list[_Hit], search: str) -> list[Mention]:
    """The mentions of one sentence; their weights add up to 1."""
    if len(hits) == 1:
        return [_make_mention(hits, [hits[0][2].term], 1)]
    by_theme: dict[str, list[_Hit]] = {}
    for hit in hits:
        by_theme.setdefault(hit[2].theme_id, []).append(hit)
    groups = [group for of_theme in by_theme.values() for group in _join_hits(of_theme, search)]
    terms = [list(dict.fromkeys([role.term for _, _, role in group])) for group in groups]
    n_terms = sum(map(len, terms))
    mentions = [_make_mention(group, its_terms, n_terms) for group, its_terms in zip(groups, terms, strict=True)]
    mentions.sort(key=lambda m: (m.start, -m.end))
    return mentions


def _make_mention(group: list[_Hit], terms: list[str], n_terms: int) -> Mention:
    """The mention of hits side by side, which hold `terms` of the `n_terms` of their sentence."""
    start, _, role = group[0]
    fields = {"theme_id": role.theme_id, "terms": terms, "weight": len(terms) / n_terms}
    end = max([end for _, end, _ in group])
    if INCLUDE in [role.kind for _, _, role in group]:
        return Mention("theme", start, end, INCLUDE, fields, USUAL)
    return Mention("theme", start, end, NEAR, fields, WEAK)


def weigh_themes(sentences: Sequence[Sentence], mentions: Iterable[Mention]) -> tuple[dict[str, float], float]:
    """Share of `sentences` by theme, largest first, and the share without any theme; together they make 1.

    `sentences` are those of a document, or of one paragraph; mentions outside them are not counted. Without
    sentences there is nothing to share out: ({}, 0.0).
    """
    if not sentences:
        return {}, 0.0
    starts = [s.start for s in sentences]
    weights: dict[str, float] = {}
    assigned: set[int] = set()
    for m in mentions:
        i = bisect_right(starts, m.start) - 1
        if m.kind == "theme" and i >= 0 and m.start < sentences[i].end:
            assigned.add(i)
            theme_id = str(m.fields["theme_id"])
            weights[theme_id] = weights.get(theme_id, 0.0) + float(m.fields["weight"])
    ranked = sorted(weights.items(), key=lambda w: (-w[1], w[0]))
    n = len(sentences)
    return {theme_id: weight / n for theme_id, weight in ranked}, (n - len(assigned)) / n


def weigh_paragraphs(
    sentences: Sequence[Sentence], mentions: Iterable[Mention]
) -> dict[int, tuple[dict[str, float], float]]:
    """`weigh_themes` of each paragraph, by its index."""
    ordered = sorted((m for m in mentions if m.kind == "theme"), key=lambda m: m.start)
    starts = [m.start for m in ordered]
    weighed = {}
    for index, group in groupby(sentences, key=lambda s: s.paragraph):
        own = list(group)
        inside = slice(bisect_left(starts, own[0].start), bisect_left(starts, own[-1].end))
        weighed[index] = weigh_themes(own, ordered[inside])
    return weighed


def weigh_parents(weights: dict[str, float], lexicon: Lexicon) -> dict[str, float]:
    """`weights` with each theme's share given to its topmost parent, largest first."""
    codebook = load_codebook(lexicon)
    totals: dict[str, float] = {}
    for theme_id, weight in weights.items():
        while parent := codebook[theme_id].parent:
            theme_id = parent
        totals[theme_id] = totals.get(theme_id, 0.0) + weight
    return dict(sorted(totals.items(), key=lambda w: (-w[1], w[0])))


def propose_themes(reading: Reading, lexicon: Lexicon) -> list[Mention]:
    """Theme mentions in reading order, also overlapping ones.

    Fields: `theme_id`, `terms` (the words as the codebook writes them), `weight` (its share of the sentence).
    """
    scanner = _scanner(lexicon)
    search = reading.search
    if any([search.find("\n", p.start, p.end) >= 0 for p in reading.paragraphs]):
        search = search.replace("\n", " ")  # a line end within a paragraph parts no phrase
        found, near = scanner.phrases.find(search), scanner.others.find(search)
    else:
        found, near = reading.find_words(scanner.phrases), reading.find_words(scanner.others)
    others = _Others(near, scanner.groups)
    mentions: list[Mention] = []
    for i, hits in _hits_by_sentence(found, search, reading.sentences, scanner):
        sentence = reading.sentences[i]
        if kept := _keep_hits(hits, sentence, others):
            mentions += _make_mentions(kept, search)
    return mentions
