"""N-grams of a corpus that many texts share, counted block by block: time grows with the corpus, memory with what is shared.

An n-gram can stand in so many texts only if the two shorter ones in it do, so each length looks only where the one before was
found. Blocks hold whole texts: the texts of an n-gram in all blocks are the sum of those in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from helpers.analysis.corpus_tokens import BEGINS, IS_COPIED, IS_OUTSIDE, Tokens

_MIX, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1342543DE82EF95)
#: so many hashes, or n-grams not yet joined with those of other blocks, are held at once
_PART = 4_000_000


@dataclass
class Grams:
    """N-grams of one length, in the order of `key`: that of the n-gram without its last word, and that word."""

    n: int
    key: np.ndarray
    n_uses: np.ndarray
    n_texts: np.ndarray
    n_back: np.ndarray  # uses of the n-gram without its first word
    first: np.ndarray
    last: np.ndarray
    association: np.ndarray

    def __len__(self) -> int:
        return len(self.key)


@dataclass
class _Groups:
    """Equal keys: each once in order; to which a row belongs; how many rows and texts it has; one row of it."""

    key: np.ndarray
    group: np.ndarray
    n_uses: np.ndarray
    n_texts: np.ndarray
    row: np.ndarray


def _opens(ordered: np.ndarray) -> np.ndarray:
    """Where in an ordered array another value begins."""
    return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.zeros(0, np.int64)


def _group(keys: np.ndarray, text: np.ndarray) -> _Groups:
    """Groups rows by key; the texts of the rows rise."""
    size = len(keys)
    if not size:
        none = np.zeros(0, np.int64)
        return _Groups(keys, none, none, none, none)
    bits = np.uint64(size.bit_length())
    if int(keys.max()).bit_length() + int(bits) <= 64:  # key and row in one number: sorted ten times as fast
        packed = keys << bits | np.arange(size, dtype=np.uint64)
        packed.sort()
        row = (packed & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int32)
        ordered = packed >> bits
    else:
        row = np.argsort(keys, kind="stable").astype(np.int32)
        ordered = keys[row]
    opens = _opens(ordered)
    said = text[row]
    other = np.r_[True, said[1:] != said[:-1]]
    other[opens] = True
    n_uses = np.diff(np.r_[opens, size])
    group = np.empty(size, np.int32)
    group[row] = np.repeat(np.arange(len(opens), dtype=np.int32), n_uses)
    return _Groups(ordered[opens], group, n_uses, np.add.reduceat(other, opens, dtype=np.int64), row[opens])


class _Sum:
    """The n-grams of all blocks: key, uses, texts, uses of the n-gram without its first word."""

    def __init__(self) -> None:
        kinds = (np.uint64, np.uint32, np.uint32, np.uint32)
        self._parts = [tuple(np.zeros(0, kind) for kind in kinds)]
        self._waiting = 0

    def add(self, *columns: np.ndarray) -> None:
        """The n-grams of another block, in the order of their keys."""
        self._parts.append(tuple(c.astype(own.dtype) for c, own in zip(columns, self._parts[0], strict=True)))
        self._waiting += len(columns[0])
        if self._waiting > max(_PART, len(self._parts[0][0])):
            self.total()

    def total(self) -> tuple[np.ndarray, ...]:
        """All of them, each once."""
        if len(self._parts) > 1:
            key, n_uses, n_texts, n_back = (np.concatenate(column) for column in zip(*self._parts, strict=True))
            order = np.argsort(key, kind="stable")
            key = key[order]
            opens = _opens(key)
            if len(opens):
                n_uses, n_texts = (np.add.reduceat(c[order], opens, dtype=np.uint32) for c in (n_uses, n_texts))
            self._parts, self._waiting = [(key[opens], n_uses, n_texts, n_back[order[opens]])], 0
        return self._parts[0]


def mark_copied(tokens: Tokens, n: int) -> None:
    """Flags the syllables that stand in a run of `n` within a sentence that another text has too."""
    aside = tokens.aside
    for block in range(tokens.n_blocks):
        word, starts = aside.get("word", block), _runs(aside.get("sentence", block), n)
        hashes = np.zeros(max(0, len(word) - n + 1), np.uint64)
        for i in range(n if len(hashes) else 0):
            hashes = hashes * _STEP + (word[i : len(hashes) + i].astype(np.uint64) + np.uint64(1)) * _MIX
        found = _group(hashes[starts], aside.get("text", block)[starts])
        aside.put("run", found.group)
        # what two texts of a block share stands twice
        aside.put("hash", np.repeat(found.key, np.minimum(found.n_texts, 2)))
    shared = _twice(tokens)
    for block in range(tokens.n_blocks):
        hashes, flags = aside.get("hash", block), aside.get("known", block).copy()
        is_shared = _is_in(hashes[_opens(hashes)], shared)[aside.get("run", block)]
        at = _runs(aside.get("sentence", block), n)[is_shared]
        depth = np.zeros(len(flags) + 1, np.int32)
        np.add.at(depth, at, 1)
        np.add.at(depth, at + n, -1)
        flags[np.cumsum(depth[:-1]) > 0] |= IS_COPIED
        aside.put("flags", flags)
    aside.forget("hash", "run", "known")


def _runs(sentence: np.ndarray, n: int) -> np.ndarray:
    """Where `n` syllables of one sentence begin."""
    return (
        np.flatnonzero(sentence[: len(sentence) - n + 1] == sentence[n - 1 :]) if len(sentence) >= n else sentence[:0]
    )


def _twice(tokens: Tokens) -> np.ndarray:
    """The hashes that stand twice in the blocks, a part of all hashes after the other."""
    aside = tokens.aside
    n_parts = tokens.size // _PART + 1
    edges = np.array([part * (2**64 // n_parts) for part in range(1, n_parts)], dtype=np.uint64)
    cuts = []
    for block in range(tokens.n_blocks):
        hashes = aside.get("hash", block)
        cuts.append([0, *np.searchsorted(hashes, edges).tolist(), len(hashes)])
    found = [np.zeros(0, np.uint64)]
    for part in range(n_parts):
        hashes = np.concatenate(
            [found[0][:0], *(aside.get("hash", b, cut[part], cut[part + 1]) for b, cut in enumerate(cuts))]
        )
        hashes.sort()
        again = hashes[1:][hashes[1:] == hashes[:-1]]
        found.append(again[_opens(again)])
    return np.concatenate(found)


def _is_in(values: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    at = np.searchsorted(ordered, values)
    found = at < len(ordered)
    found[found] = ordered[at[found]] == values[found]
    return found


def count_grams(tokens: Tokens, least: int, longest: int) -> Iterator[Grams]:
    """The n-grams of two, three … syllables in stretches; those of two all, of the longer ones what may be in `least` texts.

    For each block `at` and `gram` are put aside: where they stand, and which they are; valid until the next length is asked for.
    """
    aside = tokens.aside
    n_words = np.uint64(max(1, len(tokens.words)))
    n_uses, first = tokens.of_word, np.arange(len(tokens.words), dtype=np.int32)
    for n in range(2, longest + 1):
        total = _Sum()
        for block in range(tokens.n_blocks):
            at, shorter, after = _stand_side_by_side(tokens, block, n)
            word = aside.get("word", block)
            keys = shorter.astype(np.uint64) * n_words + word[at + n - 1].astype(np.uint64)
            found = _group(keys, aside.get("text", block)[at])
            total.add(found.key, found.n_uses, found.n_texts, n_uses[after[found.row]])
            aside.put("new_at", at)
            aside.put("group", found.group)
            aside.put("key", found.key)
        key, uses, texts, n_back = total.total()
        before = (key // n_words).astype(np.int64)
        ends = first[before], (key % n_words).astype(np.int32)
        bound = _association(uses, (n_uses[before], n_back), tuple(tokens.of_word[w] for w in ends), tokens.size)
        grams = Grams(n, key, uses, texts, n_back, *ends, bound)
        aside.forget("at", "gram", "kept_at", "kept")
        kept = np.flatnonzero(texts >= least)
        place = np.full(len(key), -1, np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        for block in range(tokens.n_blocks):
            at = aside.get("new_at", block)
            gram = np.searchsorted(key, aside.get("key", block))[aside.get("group", block)].astype(np.int32)
            aside.put("at", at)
            aside.put("gram", gram)
            held = place[gram] >= 0
            aside.put("kept_at", at[held])
            aside.put("kept", place[gram[held]])
        aside.forget("new_at", "group", "key")
        yield grams
        if not len(kept):
            return
        n_uses, first = uses[kept], ends[0][kept]


def _stand_side_by_side(tokens: Tokens, block: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where two shorter n-grams that are shared enough make one of `n` syllables; which they are."""
    aside = tokens.aside
    if n == 2:
        flags = aside.get("flags", block)
        free = (flags & (IS_OUTSIDE | IS_COPIED)) == 0
        at = np.flatnonzero(free[:-1] & free[1:] & ((flags[1:] & BEGINS) == 0)).astype(np.int32)
        word = aside.get("word", block)
        return at, word[at], word[at + 1]
    at, gram = aside.get("kept_at", block), aside.get("kept", block)
    beside = np.flatnonzero(at[1:] == at[:-1] + 1)
    return at[beside], gram[beside], gram[beside + 1]


def _association(both: np.ndarray, parts: tuple, ends: tuple, size: int) -> np.ndarray:
    """How firmly the weaker end of n-grams is bound to the rest: the log-likelihood ratio; 0 where they are rarer than by chance.

    Args:
        parts: uses without the last word, without the first. ends: uses of the first word, of the last.
    """
    bound = np.zeros(len(both), np.float32)
    for at in range(0, len(both), _PART // 4):
        of = slice(at, at + _PART // 4)
        (front, back), (first, last) = ((one[of], other[of]) for one, other in (parts, ends))
        ways = ((front, last), (first, back))
        bound[of] = np.minimum(*(_log_likelihood(both[of], a, b, size) for a, b in ways))
    return bound


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
