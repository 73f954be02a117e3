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

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from helpers.analysis.corpus_tokens import IS_COPIED, IS_MARKED, IS_TOLD, Tokens, read_tokens
from helpers.analysis.ngrams import Grams, count_grams, mark_copied
from helpers.analysis.put_aside import PutAside
from helpers.database import Database, put_arrays, put_rows
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form

define("set_phrase_edges", surface=TEXT, side=Column(values=("start", "end", "both")), note=NOTE)

MIN_SYLLABLES, MAX_SYLLABLES = 3, 12
#: log-likelihood ratio beyond which two words stand together not by chance (p < 0.001)
MIN_ASSOCIATION = 10.83
#: so many uses of a phrase are cited, each of another article
MAX_CITED = 6


def least_texts(n_texts: int) -> int:
    """In how many independent texts a phrase must stand: two of up to a hundred, more of more.

    >>> [least_texts(n) for n in (2, 300, 2000, 100_000)]
    [2, 3, 9, 63]
    """
    return max(2, round(n_texts**0.5 / 5))


def find_set_phrases(db: Database, *, folder: Path | None = None) -> None:
    """Makes tables `set_phrases`, `set_phrase_uses`, `sentence_news`. Needs sentences, paragraphs, mentions, texts.

    Args:
        folder: where to put what memory can't hold.
    """
    with PutAside(folder) as aside:
        tokens = read_tokens(db, aside)
        mark_copied(tokens, MAX_SYLLABLES + 1)
        levels = _levels(tokens) if tokens.n_texts > 1 else []
        taken = _choose(levels, tokens)
        _put_phrases(db, tokens, levels)
        _put_news(db, tokens, taken)


@cache
def _edges(side: str) -> frozenset[str]:
    rows = Lexicon.load("vi").entries("set_phrase_edges")
    return frozenset(search_form(r["surface"]) for r in rows if r["side"] in (side, "both"))


def _levels(tokens: Tokens) -> list[Grams]:
    """The n-grams of three, four … syllables, with where they are whole put aside: `phrase_at_3`, `phrase_3` …"""
    levels = []
    least = least_texts(tokens.n_texts)
    no_start, no_end = (np.array([w in _edges(side) for w in tokens.words]) for side in ("start", "end"))
    for grams in count_grams(tokens, least, MAX_SYLLABLES):
        may = (grams.n_texts >= least) & (grams.association >= MIN_ASSOCIATION)
        may &= ~no_start[grams.first] & ~no_end[grams.last]
        for block in range(tokens.n_blocks):
            at, gram = tokens.aside.get("at", block), tokens.aside.get("gram", block)
            if grams.n == 2:
                bond = np.zeros(len(tokens.aside.get("word", block)) + 1, np.float32)
                bond[at + 1] = grams.association[gram]
                tokens.aside.put("bond", bond)
                continue
            at, gram = at[may[gram]], gram[may[gram]]
            whole = _is_whole(at, grams.n, tokens.aside.get("flags", block), tokens.aside.get("bond", block))
            tokens.aside.put(f"phrase_at_{grams.n}", at[whole])
            tokens.aside.put(f"phrase_{grams.n}", gram[whole])
        if grams.n >= MIN_SYLLABLES:
            levels.append(grams)
    return levels


def _is_whole(at: np.ndarray, n: int, flags: np.ndarray, bond: np.ndarray) -> np.ndarray:
    """Which n-grams begin and end where a phrase may, there where they stand; `bond`: between a syllable and the one before."""
    is_marked = np.r_[(flags & IS_MARKED) > 0, False]
    # a mark after one syllable, or before the last
    whole = ~is_marked[at + 1] & ~is_marked[at + n - 1]
    # a mark parts words, however often they stand together
    before = np.where(is_marked[at], 0, bond[at])
    after = np.where(is_marked[at + n], 0, bond[at + n])
    return whole & (before <= bond[at + 1]) & (after <= bond[at + n - 1])


def _choose(levels: list[Grams], tokens: Tokens) -> list[bytearray]:
    """Phrases in the text, the longest first, of equals the one in more texts; each stands so in several texts.

    Puts aside `chosen_3`, `chosen_at_3` …; returns for each block which syllables are in one.
    """
    aside = tokens.aside
    sizes = [len(aside.get("flags", block)) for block in range(tokens.n_blocks)]
    taken = [bytearray(size) for size in sizes]
    for grams in reversed(levels):
        n, n_texts = grams.n, np.zeros(len(grams), np.int32)
        for block, own in enumerate(taken):
            at, gram = aside.get(f"phrase_at_{n}", block), aside.get(f"phrase_{n}", block)
            is_taken = np.array(own, dtype=bool)
            free = np.flatnonzero(~is_taken[at] & ~is_taken[at + n - 1])
            order = free[np.lexsort((at[free], -grams.n_texts[gram[free]].astype(np.int64)))]
            rows = order[_fill(own, at[order].tolist(), n)]
            at, gram = at[rows], gram[rows]
            pairs = np.unique(gram.astype(np.int64) << 32 | aside.get("text", block)[at])
            np.add.at(n_texts, pairs >> 32, 1)
            aside.put(f"filled_at_{n}", at)
            aside.put(f"filled_{n}", gram)
        for block, own in enumerate(taken):
            at, gram = aside.get(f"filled_at_{n}", block), aside.get(f"filled_{n}", block)
            kept = n_texts[gram] >= 2
            for first in at[~kept].tolist():  # free for shorter phrases
                own[first : first + n] = bytes(n)
            aside.put(f"chosen_at_{n}", at[kept])
            aside.put(f"chosen_{n}", gram[kept])
        aside.forget(*(f"{name}_{n}" for name in ("phrase_at", "phrase", "filled_at", "filled")))
    return taken


def _fill(taken: bytearray, at: list[int], n: int) -> list[int]:
    """Takes the places that are free, one after the other; which they were. What is taken is at least as long."""
    full, found = b"\1" * n, []
    for row, first in enumerate(at):
        if not taken[first] and not taken[first + n - 1]:
            taken[first : first + n] = full
            found.append(row)
    return found


_USES = ("phrase", "sentence", "start", "end")
_COUNTED = {
    "phrase": "int",
    "phrase_id": "text",
    "n_syllables": "int",
    "n_uses": "int",
    "n_texts": "int",
    "association": "float",
}
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
    SELECT sentence, list(start || '-' || "end" ORDER BY start) AS set_spans FROM chosen_uses GROUP BY sentence
)
SELECT n.sent_id, n.doc_id, n.paragraph, n.start, c.n_syllables, c.n_told, c.n_set, c.n_copied, coalesce(s.set_spans, []) AS set_spans
FROM counted_syllables c JOIN numbered_sentences n USING (sentence) LEFT JOIN spans s USING (sentence)
"""


@dataclass
class _Uses:
    """Phrases as they stand in a block, in reading order: first syllable, length, number of the phrase."""

    at: np.ndarray
    n: np.ndarray
    phrase: np.ndarray


def _uses_of(tokens: Tokens, levels: list[Grams], block: int) -> _Uses:
    parts = [np.zeros((3, 0), np.int64)]
    first = 0
    for grams in levels:
        at, gram = (tokens.aside.get(f"{name}_{grams.n}", block) for name in ("chosen_at", "chosen"))
        parts.append(np.stack([at, np.full(len(at), grams.n), gram.astype(np.int64) + first]))
        first += len(grams)
    at, n, phrase = np.concatenate(parts, axis=1)
    order = np.argsort(at)
    return _Uses(at[order], n[order], phrase[order])


def _put_phrases(db: Database, tokens: Tokens, levels: list[Grams]) -> None:
    """The phrases with what is counted of them, the first use of each in some articles, and where all stand."""
    firsts = np.cumsum([0, *map(len, levels)])
    n_cited = np.zeros(firsts[-1], np.uint8)
    phrases: list[tuple] = []
    cited, spans = [], []
    for block in range(tokens.n_blocks):
        uses = _uses_of(tokens, levels, block)
        word, sentence, text, start, length = (
            tokens.aside.get(c, block) for c in ("word", "sentence", "text", "start", "length")
        )
        ends = uses.at + uses.n - 1
        found = np.stack([uses.phrase, sentence[uses.at], start[uses.at], start[ends].astype(np.int64) + length[ends]])
        spans.append(found[1:].astype(np.int32))
        rows = _first_in_texts(uses.phrase, text[uses.at])
        rank = _rank(uses.phrase[rows])
        told = n_cited[uses.phrase[rows]] + rank
        for row in rows[told == 0].tolist():
            level = int(np.searchsorted(firsts, uses.phrase[row], side="right")) - 1
            grams, gram = levels[level], uses.phrase[row] - firsts[level]
            words = " ".join(tokens.words[w] for w in word[uses.at[row] : ends[row] + 1])
            counted = (int(grams.n_uses[gram]), int(grams.n_texts[gram]), float(grams.association[gram]))
            phrases.append((int(uses.phrase[row]), words, grams.n, *counted))
        rows = rows[told < MAX_CITED]
        np.add.at(n_cited, uses.phrase[rows], 1)
        cited.append(found[:, rows])
    none = np.zeros((4, 0), np.int32)
    put_arrays(db, "cited_uses", dict(zip(_USES, np.concatenate([none, *cited], axis=1), strict=True)))
    put_arrays(db, "chosen_uses", dict(zip(list(_USES)[1:], np.concatenate([none[1:], *spans], axis=1), strict=True)))
    put_rows(db, "counted_phrases", _COUNTED, phrases)
    db.execute(_CITED)
    db.execute(_PHRASES)


def _first_in_texts(phrase: np.ndarray, text: np.ndarray) -> np.ndarray:
    """The rows in which a phrase stands for the first time in a text, by phrase and text."""
    order = np.lexsort((text, phrase))  # stable: of one text in reading order
    phrase, text = phrase[order], text[order]
    return order[np.r_[True, (phrase[1:] != phrase[:-1]) | (text[1:] != text[:-1])][: len(order)]]


def _rank(ordered: np.ndarray) -> np.ndarray:
    """The how manieth row of its value each is."""
    opens = np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)]
    at = np.arange(len(ordered))
    return at - np.maximum.accumulate(np.where(opens, at, 0))


def _put_news(db: Database, tokens: Tokens, taken: list[bytearray]) -> None:
    """How many syllables of each sentence there are, tell, stand in set phrases, are copied."""
    counts = np.zeros((4, tokens.n_sentences), np.int32)
    for block, own in enumerate(taken):
        sentence, flags = tokens.aside.get("sentence", block), tokens.aside.get("flags", block)
        is_told, is_copied = ((flags & flag) > 0 for flag in (IS_TOLD, IS_COPIED))
        is_any = np.ones(len(flags), bool)
        columns = (is_any, is_told, np.frombuffer(own, dtype=bool), is_copied & ~is_told)
        for row, chosen in zip(counts, columns, strict=True):
            found = np.bincount(sentence[chosen])
            row[: len(found)] += found.astype(np.int32)
    held = np.flatnonzero(counts[0])
    names = ("n_syllables", "n_told", "n_set", "n_copied")
    counted = dict(zip(names, (row[held] for row in counts), strict=True))
    put_arrays(db, "counted_syllables", {"sentence": held, **counted})
    db.execute(_NEWS)
