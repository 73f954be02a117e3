"""Set phrases: the runs of three and more syllables that independent articles share; and how much news a sentence holds.

A phrase is what at least two articles that don't print each other's text say in the same syllables (`least_texts` says in how many
it must stand in a larger corpus, where more is repeated by chance), each of its ends bound to the rest far beyond chance. Of two
phrases the longer is taken. It holds no figure, date, name, place or document, begins and ends with no word that only joins
(set_phrase_edges.csv), and may run across a comma if two syllables stand on either side. It cuts no word in two: "bảo vệ an"
is none before "ninh", as "an ninh" is a firmer bond than "vệ an".

A run of more than MAX_SYLLABLES that two texts share is no formula but copied from the other or from one source: it is counted
apart, and its words are no evidence for a phrase. The density of news of a sentence is the share of its syllables that tell: figures, dates, names, places, documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.analysis.corpus_tokens import Tokens, read_tokens
from helpers.database import Database, put_arrays, put_rows
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("set_phrase_edges", surface=TEXT, side=Column(values=("start", "end", "both")), note=NOTE)

MIN_SYLLABLES, MAX_SYLLABLES = 3, 12
#: log-likelihood ratio beyond which two words stand together not by chance (p < 0.001)
MIN_ASSOCIATION = 10.83
#: so many uses of a phrase are cited, each of another article
MAX_CITED = 6
_MIX, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1342543DE82EF95)
#: so many n-grams are sorted at once
_PART = 2_000_000
#: of position, n-gram, uses, texts, association
_SORTS = (np.int32, np.int32, np.int32, np.int32, np.float32)


def least_texts(n_texts: int) -> int:
    """In how many independent texts a phrase must stand: two of up to a hundred, more of more.

    >>> [least_texts(n) for n in (2, 300, 2000, 100_000)]
    [2, 3, 9, 63]
    """
    return max(2, round(n_texts**0.5 / 5))


@dataclass
class _Level:
    """The uses of one length that may be of a phrase, by the syllable they begin with."""

    n: int
    at: np.ndarray
    gram: np.ndarray
    n_uses: np.ndarray
    n_texts: np.ndarray
    association: np.ndarray


def _group(grams: np.ndarray, at: np.ndarray, tokens: Tokens) -> Iterator[tuple[np.ndarray, ...]]:
    """The positions `at` of n-grams, a part after the other, each with the number of its n-gram, its uses and its texts."""
    n_parts = len(at) // _PART + 1
    first = 0
    for part in range(n_parts):
        chosen = at if n_parts == 1 else at[(grams[at] >> np.uint64(40)) % np.uint64(n_parts) == part]
        keys = grams[chosen]
        order = np.argsort(keys, kind="stable")
        chosen, keys = chosen[order], keys[order]
        if not len(keys):
            continue
        opens = np.r_[True, keys[1:] != keys[:-1]]
        group = np.cumsum(opens) - 1
        text = tokens.text_of_sentence[tokens.sentence[chosen]]
        # positions of a group rise, and so do their texts: each change is another text
        other = opens | np.r_[True, text[1:] != text[:-1]]
        n_uses, n_texts = np.bincount(group), np.bincount(group, weights=other).astype(np.int64)
        yield chosen, group + first, n_uses[group], n_texts[group]
        first += int(group[-1]) + 1


def _copied(tokens: Tokens) -> np.ndarray:
    """Which syllables stand in a run of more than MAX_SYLLABLES within a sentence that another text has too."""
    n = MAX_SYLLABLES + 1
    held = np.zeros(len(tokens), bool)
    last = len(tokens) - n + 1
    if last <= 0:
        return held
    grams = np.zeros(last, np.uint64)
    for i in range(n):
        grams = grams * _STEP + (tokens.word[i : last + i].astype(np.uint64) + np.uint64(1)) * _MIX
    starts = np.flatnonzero(tokens.sentence[:last] == tokens.sentence[n - 1 :]).astype(np.int32)
    depth = np.zeros(len(tokens) + 1, np.int8)
    for at, _, _, n_texts in _group(grams, starts, tokens):
        shared = at[n_texts > 1]
        depth[shared] += 1
        depth[shared + n] -= 1
    return np.cumsum(depth[:-1], dtype=np.int8) > 0


def _levels(tokens: Tokens, least: int) -> Iterator[_Level]:
    """The n-grams of three, four … syllables that stand in enough texts: each begins and ends with a shorter one that does."""
    size = len(tokens)
    grams = (tokens.word.astype(np.uint64) + np.uint64(1)) * _MIX
    of_word = np.bincount(tokens.word)
    uses = of_word[tokens.word].astype(np.uint32)
    bond = np.zeros(size + 1, np.float32)  # between each syllable and the one before
    alive = tokens.stretch >= 0
    for n in range(2, MAX_SYLLABLES + 1):
        last = size - n + 1
        if last <= 0:
            return
        fits = alive[:last] & alive[1 : last + 1] & (tokens.stretch[:last] == tokens.stretch[n - 1 :])
        starts = np.flatnonzero(fits).astype(np.int32)
        grams[:last] = grams[:last] * _STEP + (tokens.word[n - 1 :].astype(np.uint64) + np.uint64(1)) * _MIX
        parts = []
        for at, gram, n_uses, n_texts in _group(grams, starts, tokens):
            ends = of_word[tokens.word[at]], of_word[tokens.word[at + n - 1]]
            association = _association(n_uses, uses[at], uses[at + 1], *ends, size)
            if n == 2:
                bond[at + 1] = association
            kept = n_texts >= least
            found = (at, gram, n_uses, n_texts, association)
            parts.append([column[kept].astype(sort) for column, sort in zip(found, _SORTS, strict=True)])
        if not sum(len(part[0]) for part in parts):
            return
        at, gram, n_uses, n_texts, association = (np.concatenate(column) for column in zip(*parts, strict=True))
        if n >= MIN_SYLLABLES:
            phrase = (association >= MIN_ASSOCIATION) & _is_whole(tokens, at, n, bond)
            yield _Level(n, at[phrase], gram[phrase], n_uses[phrase], n_texts[phrase], association[phrase])
        alive = np.zeros(size, bool)
        alive[at] = True
        uses = np.zeros(size, np.uint32)
        uses[at] = n_uses


def _association(
    both: np.ndarray, front: np.ndarray, back: np.ndarray, first: np.ndarray, last: np.ndarray, size: int
) -> np.ndarray:
    """How firmly the weaker end of n-grams is bound to the rest: the log-likelihood ratio; 0 where they are rarer than by chance."""
    return np.minimum(_log_likelihood(both, front, last, size), _log_likelihood(both, first, back, size))


def _log_likelihood(both: np.ndarray, a: np.ndarray, b: np.ndarray, size: int) -> np.ndarray:
    k11 = both.astype(float)
    k12, k21 = np.maximum(a - k11, 0), np.maximum(b - k11, 0)
    k22 = np.maximum(size - k11 - k12 - k21, 0)
    total = k11 + k12 + k21 + k22
    said = np.zeros_like(k11)
    for cell, row, column in (
        (k11, k11 + k12, k11 + k21),
        (k12, k11 + k12, k12 + k22),
        (k21, k21 + k22, k11 + k21),
        (k22, k21 + k22, k12 + k22),
    ):
        expected = np.maximum(row * column / total, 1e-12)
        said += np.where(cell > 0, cell * np.log(np.maximum(cell, 1e-12) / expected), 0)
    return np.where(k11 * total > (k11 + k12) * (k11 + k21), 2 * said, 0)


@cache
def _edges(side: str) -> frozenset[str]:
    rows = Lexicon.load("vi").entries("set_phrase_edges")
    return frozenset(search_form(r["surface"]) for r in rows if r["side"] in (side, "both"))


def _is_whole(tokens: Tokens, at: np.ndarray, n: int, bond: np.ndarray) -> np.ndarray:
    """Which n-grams begin and end where a phrase may, there where they stand."""
    no_start, no_end = (np.array([w in _edges(side) for w in tokens.words]) for side in ("start", "end"))
    whole = ~no_start[tokens.word[at]] & ~no_end[tokens.word[at + n - 1]]
    for i in (1, n - 1):  # a mark after one syllable, or before the last
        whole &= ~tokens.is_marked[at + i]
    # a mark parts words, however often they stand together
    before = np.where(tokens.is_marked[at], 0, bond[at])
    after = np.where(tokens.is_marked[np.minimum(at + n, len(tokens) - 1)], 0, bond[at + n])
    return whole & (before <= bond[at + 1]) & (after <= bond[at + n - 1])


@dataclass
class _Chosen:
    """Where phrases stand, none within another, in reading order: first syllable, length, which row of its level says more."""

    at: np.ndarray
    n: np.ndarray
    row: np.ndarray


def _choose(levels: list[_Level], tokens: Tokens) -> _Chosen:
    """Phrases in the text, the longest first, of equals the one in more texts; each stands so in several texts."""
    taken = np.zeros(len(tokens), bool)
    parts = [np.zeros((3, 0), np.int64)]
    for level in reversed(levels):
        rows = np.flatnonzero(~taken[level.at] & ~taken[level.at + level.n - 1])
        found = []
        for row in rows[np.lexsort((level.at[rows], -level.n_texts[rows]))].tolist():
            at = int(level.at[row])
            if not taken[at : at + level.n].any():
                taken[at : at + level.n] = True
                found.append(row)
        kept = _in_texts(level, np.array(found, dtype=np.int64), tokens)
        for row in set(found).difference(kept.tolist()):  # free for shorter phrases
            taken[level.at[row] : level.at[row] + level.n] = False
        parts.append(np.stack([level.at[kept], np.full(len(kept), level.n), kept]))
    at, n, row = np.concatenate(parts, axis=1).astype(np.int64)
    order = np.argsort(at)
    return _Chosen(at[order], n[order], row[order])


def _in_texts(level: _Level, rows: np.ndarray, tokens: Tokens) -> np.ndarray:
    """Those of the rows of a level whose n-gram stands in two texts by these rows alone."""
    grams, group = np.unique(level.gram[rows], return_inverse=True)
    texts = tokens.text_of_sentence[tokens.sentence[level.at[rows]]]
    pairs = np.unique(np.stack([group, texts]), axis=1)
    return rows[np.bincount(pairs[0].astype(np.int64), minlength=len(grams))[group] >= 2] if len(rows) else rows


def find_set_phrases(db: Database) -> None:
    """Makes tables `set_phrases`, `set_phrase_uses`, `sentence_news`. Needs sentences, paragraphs, mentions, texts."""
    tokens = read_tokens(db)
    copied = _copied(tokens)
    tokens.stretch[copied] = -1
    least = least_texts(tokens.n_texts)
    levels = list(_levels(tokens, least)) if tokens.n_texts > 1 else []
    chosen = _choose(levels, tokens)
    edges = np.zeros(len(tokens) + 1, np.int8)
    np.add.at(edges, chosen.at, 1)
    np.add.at(edges, chosen.at + chosen.n, -1)
    taken = np.cumsum(edges[:-1], dtype=np.int8) > 0
    _put_phrases(db, tokens, levels, chosen)
    flags = {"n_syllables": slice(None), "n_told": tokens.is_told, "n_set": taken, "n_copied": copied & ~tokens.is_told}
    _put_news(db, tokens, flags, chosen)


_USES = {"phrase": "int", "sentence": "int", "start": "int", "end": "int"}
_CITED = """
CREATE OR REPLACE TEMP TABLE set_phrase_uses AS
WITH closed AS (
    SELECT u.phrase, u.sentence, u.start, n.doc_id, n.sent_id, s.text, u.start - n.start AS first,
        u."end" - n.start + (regexp_matches(s.text[u.start - n.start + 1 : u."end" - n.start], '[“"][^”"]*$')
            AND s.text[u."end" - n.start + 1] IN ('”', '"'))::BIGINT AS last
    FROM cited_uses u JOIN numbered_sentences n USING (sentence) JOIN sentences s USING (sent_id)
)
SELECT doc_id || ':' || start || '-' || start + last - first || ':set' AS use_id, phrase, doc_id, start, start + last - first AS "end", sent_id,
    text[first + 1 : last] AS surface, sentence
FROM closed
"""
#: printed with a small letter where it does not begin a sentence
_PHRASES = """
CREATE OR REPLACE TEMP TABLE set_phrases AS
WITH uses AS (
    SELECT phrase, list(use_id ORDER BY sentence, start) AS use_ids,
        arg_min(surface, (left(surface, 1) <> lower(left(surface, 1)), sentence, start)) AS phrase_printed
    FROM set_phrase_uses GROUP BY phrase
)
SELECT c.phrase_id, u.phrase_printed AS phrase, c.n_syllables, c.n_uses, c.n_texts, c.association, u.use_ids
FROM counted_phrases c JOIN uses u USING (phrase)
"""
_NEWS = """
CREATE OR REPLACE TEMP TABLE sentence_news AS
WITH spans AS (
    SELECT sentence, list(start || '-' || finish ORDER BY start) AS set_spans FROM chosen_uses GROUP BY sentence
)
SELECT n.sent_id, n.doc_id, n.paragraph, n.start, c.n_syllables, c.n_told, c.n_set, c.n_copied, coalesce(s.set_spans, []) AS set_spans
FROM counted_syllables c JOIN numbered_sentences n USING (sentence) LEFT JOIN spans s USING (sentence)
"""


def _put_phrases(db: Database, tokens: Tokens, levels: list[_Level], chosen: _Chosen) -> None:
    """The phrases with what is counted of them, and the first use of each in some articles."""
    level_of = {level.n: level for level in levels}
    number: dict[tuple[int, int], int] = {}  # length and n-gram -> phrase
    phrases: list[tuple] = []
    cited: list[tuple[int, int, int, int]] = []
    texts: list[set[int]] = []
    for at, n, row in zip(chosen.at.tolist(), chosen.n.tolist(), chosen.row.tolist(), strict=True):
        level = level_of[n]
        key = (n, int(level.gram[row]))
        if key not in number:
            number[key] = len(phrases)
            words = " ".join(tokens.words[w] for w in tokens.word[at : at + n])
            phrases.append(
                (len(phrases), words, n, int(level.n_uses[row]), int(level.n_texts[row]), float(level.association[row]))
            )
            texts.append(set())
        text = int(tokens.text_of_sentence[tokens.sentence[at]])
        seen = texts[number[key]]
        if text not in seen and len(seen) < MAX_CITED:
            seen.add(text)
            cited.append((number[key], int(tokens.sentence[at]), int(tokens.start[at]), _end(tokens, at + n - 1)))
    put_rows(db, "cited_uses", _USES, cited)
    columns = {
        "phrase": "int",
        "phrase_id": "text",
        "n_syllables": "int",
        "n_uses": "int",
        "n_texts": "int",
        "association": "float",
    }
    put_rows(db, "counted_phrases", columns, phrases)
    db.execute(_CITED)
    db.execute(_PHRASES)


def _end(tokens: Tokens, at: int) -> int:
    return int(tokens.start[at]) + int(tokens.length[at])


def _put_news(db: Database, tokens: Tokens, flags: dict, chosen: _Chosen) -> None:
    """How many syllables of each sentence tell, stand in set phrases, are copied: what `flags` choose."""
    size = len(tokens.text_of_sentence)
    counts = {name: np.bincount(tokens.sentence[flag], minlength=size) for name, flag in flags.items()}
    held = np.flatnonzero(counts["n_syllables"])
    put_arrays(db, "counted_syllables", {"sentence": held} | {name: c[held] for name, c in counts.items()})
    last = chosen.at + chosen.n - 1
    ends = tokens.start[last].astype(np.int64) + tokens.length[last]
    put_arrays(
        db, "chosen_uses", {"sentence": tokens.sentence[chosen.at], "start": tokens.start[chosen.at], "finish": ends}
    )
    db.execute(_NEWS)
