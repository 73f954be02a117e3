"""Neighbours that belong together: pairs that stand side by side more often than their frequencies explain.

    joined = join_words(stream, words)         # what the lexicon knows, the longest first
    joined = join_collocations(joined, stops)  # what the corpus itself shows, the strongest first

Two measures decide, as each alone errs: normalised pointwise mutual information favours what is rare, the log-likelihood ratio
what is frequent. A pair is joined where it is stronger than the pairs that overlap it, so `liên hợp quốc` is not left as
`hợp quốc`; a second and third pass join what was joined, up to MAX_JOINED syllables.

Source: G. Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction (2009); T. Dunning, Accurate methods for
the statistics of surprise and coincidence (1993).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from helpers.analysis.term_words import Phrase

MIN_NPMI, MIN_G2, MAX_JOINED, N_PASSES = 0.3, 10.83, 4, 3
#: of two syllables one may be a stop word if they are hardly ever apart: `hàng không`, not `người đã`
MIN_NPMI_OF_STOPS = 0.5
#: syllables worked on at once: memory holds the pairs of one block
_BLOCK = 4_000_000


@dataclass(frozen=True)
class Stream:
    """Units one after the other, -1 a break. `units`: number -> its syllables; text n ends at `ends[n]`."""

    ids: np.ndarray
    ends: np.ndarray
    units: list[Phrase]


def least_count(n_syllables: int) -> int:
    """How often a pair must stand in a corpus to be counted as one: more in a larger one, where chance repeats more.

    >>> least_count(2_000), least_count(100_000), least_count(50_000_000)
    (3, 4, 6)
    """
    return max(3, int(math.log10(max(n_syllables, 1))) - 1)


def _blocks(stream: Stream) -> Iterator[tuple[int, int]]:
    """Parts of the stream that end where a text does."""
    start = 0
    while start < len(stream.ids):
        end = int(stream.ends[np.searchsorted(stream.ends, min(start + _BLOCK, len(stream.ids)))])
        yield start, end
        start = end


# --- what the lexicon knows ---


def join_words(stream: Stream, words: Iterable[Phrase]) -> Stream:
    """The stream with known words joined: the longest first, then from left to right."""
    numbers = {unit[0]: i for i, unit in enumerate(stream.units)}
    known = sorted(w for w in words if all(s in numbers for s in w))
    if not known or not len(stream.ids):
        return stream
    tries = _Tries([[numbers[s] for s in w] for w in known], len(stream.units))
    parts = [
        _replace(block, *_free(*tries.find(block)), len(stream.units))
        for block in (stream.ids[a:b] for a, b in _blocks(stream))
    ]
    return _rebuilt(stream, parts, [*stream.units, *known])


class _Tries:
    """Words as paths of numbers: state * width + number -> next state, looked up for all positions at once."""

    def __init__(self, words: list[list[int]], width: int):
        self._width = width
        steps: dict[int, int] = {}
        ends: dict[int, int] = {}
        for n, word in enumerate(words):
            state = 0
            for number in word:
                state = steps.setdefault(state * width + number, len(steps) + 1)
            ends[state] = n
        self._keys = np.array(sorted(steps), dtype=np.int64)
        self._states = np.array([steps[k] for k in self._keys.tolist()], dtype=np.int64)
        self._word = np.full(len(steps) + 1, -1, dtype=np.int64)
        self._word[list(ends)] = list(ends.values())
        self._longest = max(map(len, words))

    def find(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(start, length, word) of every hit, also overlapping ones."""
        at = np.flatnonzero(np.isin(ids, self._keys[self._keys < self._width]))
        state = np.zeros(len(at), dtype=np.int64)
        found = []
        for n in range(self._longest):
            inside = at + n < len(ids)
            at, state = at[inside], state[inside]
            number = ids[at + n].astype(np.int64)
            key = state * self._width + number
            place = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
            goes_on = (self._keys[place] == key) & (number >= 0)
            at, state = at[goes_on], self._states[place[goes_on]]
            is_word = self._word[state] >= 0
            found.append((at[is_word], np.full(int(is_word.sum()), n + 1), self._word[state[is_word]]))
        starts, lengths, words = (np.concatenate(column) for column in zip(*found, strict=True))
        return starts, lengths, words


def _free(starts: np.ndarray, lengths: np.ndarray, words: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The hits that stay when the longest win, then the first."""
    order = np.lexsort((starts, -lengths))
    ends_at = int((starts + lengths).max(initial=0))
    taken = bytearray(ends_at + 1)
    kept = []
    for i, start, length in zip(order.tolist(), starts[order].tolist(), lengths[order].tolist(), strict=True):
        # a hit taken before is at least as long: it covers an end of any it overlaps
        if not (taken[start] or taken[start + length - 1]):
            taken[start : start + length] = b"\1" * length
            kept.append(i)
    keep = np.sort(np.array(kept, dtype=np.int64))
    keep = keep[np.argsort(starts[keep], kind="stable")]
    return starts[keep], lengths[keep], words[keep]


def _replace(
    ids: np.ndarray, starts: np.ndarray, lengths: np.ndarray, words: np.ndarray, first: int
) -> tuple[np.ndarray, np.ndarray]:
    """(the block with one number for each hit, which of its old positions are gone)."""
    steps = np.zeros(len(ids) + 1, dtype=np.int32)
    np.add.at(steps, starts + 1, 1)
    np.add.at(steps, starts + lengths, -1)
    is_gone = np.cumsum(steps[:-1]) > 0
    out = ids.copy()
    out[starts] = first + words
    return out[~is_gone], is_gone


def _rebuilt(stream: Stream, parts: list[tuple[np.ndarray, np.ndarray]], units: list[Phrase]) -> Stream:
    """A stream of the blocks, whose texts end so much earlier as units were joined in them."""
    ids, ends = np.concatenate([p for p, _ in parts]), np.empty_like(stream.ends)
    offset = 0
    for (a, b), (_, gone) in zip(_blocks(stream), parts, strict=True):
        here = (stream.ends > a) & (stream.ends <= b)
        at = stream.ends[here]
        ends[here] = at - offset - np.cumsum(gone)[at - a - 1]
        offset += int(gone.sum())
    return Stream(ids, ends, units)


# --- what the corpus shows ---


def join_collocations(stream: Stream, stops: frozenset[str]) -> Stream:
    """The stream with its collocations joined, N_PASSES times."""
    if not stream.units:
        return stream
    n_least = least_count(int((stream.ids >= 0).sum()))
    for _ in range(N_PASSES):
        keys, scores = _strong_pairs(stream, stops, n_least)
        if not len(keys):
            break
        n = len(stream.units)
        parts = [_join_pairs(stream.ids[a:b], keys, scores, n) for a, b in _blocks(stream)]
        pairs = zip((keys // n).tolist(), (keys % n).tolist(), strict=True)
        stream = _rebuilt(stream, parts, [*stream.units, *(stream.units[a] + stream.units[b] for a, b in pairs)])
    return stream


def _strong_pairs(stream: Stream, stops: frozenset[str], n_least: int) -> tuple[np.ndarray, np.ndarray]:
    """(first * n + second, its NPMI) of the pairs that belong together."""
    n_units = len(stream.units)
    counts = np.zeros(n_units, dtype=np.int64)
    size = np.array([len(u) for u in stream.units], dtype=np.int8)
    is_stop = np.array([len(u) == 1 and u[0] in stops for u in stream.units], dtype=bool)
    keys, n_both = np.empty(0, np.int64), np.empty(0, np.int64)
    for a, b in _blocks(stream):
        ids = stream.ids[a:b]
        counts += np.bincount(ids[ids >= 0], minlength=n_units)
        first, second = ids[:-1], ids[1:]
        may = (first >= 0) & (second >= 0)
        may &= (size[first] + size[second] <= MAX_JOINED) & (first != second)
        may &= ~(is_stop[first] | is_stop[second]) | (size[first] + size[second] == 2)
        pairs, n = np.unique(first[may].astype(np.int64) * n_units + second[may], return_counts=True)
        keys, n_both = _sum_counts(np.concatenate([keys, pairs]), np.concatenate([n_both, n]))
    often = n_both >= n_least
    keys, n_both = keys[often], n_both[often]
    first, second = keys // n_units, keys % n_units
    n_first, n_second, n_all = counts[first], counts[second], float(counts.sum())
    scores = npmi(n_both, n_first, n_second, n_all)
    strong = (scores >= np.where(is_stop[first] | is_stop[second], MIN_NPMI_OF_STOPS, MIN_NPMI)) & (
        log_likelihood(n_both, n_first, n_second, n_all) >= MIN_G2
    )
    return keys[strong], scores[strong]


def _sum_counts(keys: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each key once, with the sum of its counts."""
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    firsts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return keys[firsts], np.add.reduceat(counts, firsts)


def npmi(both: np.ndarray, first: np.ndarray, second: np.ndarray, n: float) -> np.ndarray:
    """Normalised pointwise mutual information: 1 never apart, 0 as by chance."""
    p = both / n
    return np.log(both * n / (first.astype(float) * second)) / -np.log(np.minimum(p, 1 - 1e-12))


def log_likelihood(both: np.ndarray, first: np.ndarray, second: np.ndarray, n: float) -> np.ndarray:
    """G² of the two-by-two table of two units that stand side by side."""
    first, second, both = first.astype(float), second.astype(float), both.astype(float)
    cells = ((both, first * second), (first - both, first * (n - second)), (second - both, (n - first) * second),
             (n - first - second + both, (n - first) * (n - second)))  # fmt: skip
    total = np.zeros(len(both))
    for seen, product in cells:
        seen = np.maximum(seen, 0.0)
        total += np.where(seen > 0, seen * np.log(np.maximum(seen, 1e-300) * n / np.maximum(product, 1e-300)), 0.0)
    return 2 * total


def _join_pairs(ids: np.ndarray, keys: np.ndarray, scores: np.ndarray, n_units: int) -> tuple[np.ndarray, np.ndarray]:
    """A block with the strong pairs joined, each where it is stronger than those it overlaps."""
    key = ids[:-1].astype(np.int64) * n_units + ids[1:]
    place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    is_strong = (keys[place] == key) & (ids[:-1] >= 0) & (ids[1:] >= 0)
    score = np.where(is_strong, scores[place], -1.0)
    taken = np.zeros(len(score), dtype=bool)
    for _ in range(4):
        best = (score > 0) & (score >= np.r_[score[1:], -1.0]) & (score > np.r_[-1.0, score[:-1]])
        at = np.flatnonzero(best)
        if not len(at):
            break
        taken[at] = True
        for beside in (at - 1, at, at + 1):
            score[beside[(beside >= 0) & (beside < len(score))]] = -1.0
    starts = np.flatnonzero(taken)
    return _replace(ids, starts, np.full(len(starts), 2), place[starts], n_units)
