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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

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
    """The stream with known words joined: the longest first, then from left to right. What is given is used up."""
    numbers = {unit[0]: i for i, unit in enumerate(stream.units)}
    known = sorted(w for w in words if all(s in numbers for s in w))
    if not known or not len(stream.ids):
        return stream
    tries = _Tries([[numbers[s] for s in w] for w in known], len(stream.units))
    n = len(stream.units)
    return _rebuilt(stream, lambda block: _replace(block, *_free(*tries.find(block)), n), [*stream.units, *known])


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
        opens = np.zeros(self._width + 1, dtype=bool)  # the last place: -1, a break
        opens[self._keys[self._keys < self._width]] = True
        at = np.flatnonzero(opens[ids])
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
    order = np.lexsort((-lengths, starts))
    starts, lengths, words = starts[order], lengths[order], words[order]
    reach = np.r_[0, np.maximum.accumulate(starts + lengths)[:-1]] if len(starts) else starts
    crosses = starts < reach
    crosses[:-1] |= crosses[1:] & (starts[1:] < (starts + lengths)[:-1])
    # most hits stand alone; of a cluster also those count that a hit before the last one reaches
    crosses |= np.r_[starts[1:] < np.maximum(reach, starts + lengths)[:-1], False] & (reach > starts)
    kept = ~crosses
    taken: set[int] = set()
    for i in sorted(np.flatnonzero(crosses).tolist(), key=lambda i: (-lengths[i], starts[i])):
        places = range(starts[i], starts[i] + lengths[i])
        if taken.isdisjoint(places):
            taken.update(places)
            kept[i] = True
    return starts[kept], lengths[kept], words[kept]


def _replace(
    ids: np.ndarray, starts: np.ndarray, lengths: np.ndarray, words: np.ndarray, first: int
) -> tuple[np.ndarray, np.ndarray]:
    """(the block with one number for each hit, which of its old positions are gone)."""
    is_gone = np.zeros(len(ids), dtype=bool)
    for n in range(1, int(lengths.max(initial=1))):
        is_gone[starts[lengths > n] + n] = True
    out = ids.copy()
    out[starts] = first + words
    return out[~is_gone], is_gone


def _rebuilt(
    stream: Stream, replace: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]], units: list[Phrase]
) -> Stream:
    """The stream with each block replaced, in its own memory; texts end so much earlier as units were joined in them."""
    ends, blocks = stream.ends.copy(), list(_blocks(stream))
    at = 0
    for a, b in blocks:
        out, gone = replace(stream.ids[a:b])
        here = slice(*np.searchsorted(stream.ends, [a, b], side="right").tolist())
        ends[here] -= a - at + np.cumsum(gone)[stream.ends[here] - a - 1]
        stream.ids[at : at + len(out)] = out
        at += len(out)
    return Stream(stream.ids[:at], ends, units)


# --- what the corpus shows ---


def join_collocations(stream: Stream, stops: frozenset[Phrase]) -> Stream:
    """The stream with its collocations joined, N_PASSES times. What is given is used up."""
    if not stream.units:
        return stream
    n_least = least_count(int((stream.ids >= 0).sum()))
    first_new = 0
    for n_pass in range(N_PASSES):
        keys, scores = _strong_pairs(stream, stops, n_least, first_new)
        if not len(keys):
            break
        n = len(stream.units)
        pairs = zip((keys // n).tolist(), (keys % n).tolist(), strict=True)
        units = [*stream.units, *(stream.units[a] + stream.units[b] for a, b in pairs)]
        stream = _rebuilt(stream, partial(_join_pairs, keys=keys, scores=scores, n_units=n), units)
        # the second pass finds pairs that stronger ones stood over; the last looks only around what was joined
        first_new = n if n_pass else 0
    return stream


def _strong_pairs(
    stream: Stream, stops: frozenset[Phrase], n_least: int, first_new: int
) -> tuple[np.ndarray, np.ndarray]:
    """(first * n + second, its NPMI) of the pairs that belong together; one of the two is `first_new` or a later unit."""
    n_units = len(stream.units)
    counts = np.zeros(n_units, dtype=np.int64)
    size = np.array([len(u) for u in stream.units], dtype=np.int8)
    is_stop = np.array([u in stops for u in stream.units], dtype=bool)
    # "không gian" is a word, "không gian và" none: what holds a stop word at an edge goes no further
    closes = np.array([u in stops or u[:1] in stops or u[-1:] in stops for u in stream.units], dtype=bool)
    keys, n_both = np.empty(0, np.int64), np.empty(0, np.int64)
    for a, b in _blocks(stream):
        ids = stream.ids[a:b]
        counts += np.bincount(ids[ids >= 0], minlength=n_units)
        first, second = ids[:-1], ids[1:]
        may = (first >= 0) & (second >= 0)
        if not may.any():
            continue
        may &= ~(is_stop[first] & is_stop[second])
        if first_new:
            may &= (first >= first_new) | (second >= first_new)
        may &= (size[first] + size[second] <= MAX_JOINED) & (first != second)
        may &= ~(closes[first] | closes[second]) | (size[first] + size[second] == 2)
        pairs, n = np.unique(first[may].astype(np.int64) * n_units + second[may], return_counts=True)
        keys, n_both = _sum_counts(np.concatenate([keys, pairs]), np.concatenate([n_both, n]))
    often = n_both >= n_least
    keys, n_both = keys[often], n_both[often]
    first, second = keys // n_units, keys % n_units
    n_first, n_second, n_all = counts[first], counts[second], float(counts.sum())
    scores = npmi(n_both, n_first, n_second, n_all)
    least = np.where(is_stop[first] | is_stop[second], MIN_NPMI_OF_STOPS, MIN_NPMI)
    strong = (scores >= least) & (log_likelihood(n_both, n_first, n_second, n_all) >= MIN_G2)
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
    # most positions fall at a glance: neither unit belongs to any strong pair; -1, a break, looks up the last place
    opens, closes = np.zeros(n_units + 1, dtype=bool), np.zeros(n_units + 1, dtype=bool)
    opens[keys // n_units] = closes[keys % n_units] = True
    at = np.flatnonzero(opens[ids[:-1]] & closes[ids[1:]])
    key = ids[at].astype(np.int64) * n_units + ids[at + 1]
    place = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    is_strong = keys[place] == key
    at, place = at[is_strong], place[is_strong]
    kept = _strongest(at, scores[place])
    return _replace(ids, at[kept], np.full(len(kept), 2), place[kept], n_units)


def _strongest(at: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Which pairs stay, where those at neighbouring positions share a unit: the stronger, of equals the first.

    >>> _strongest(np.array([3, 4, 5, 9]), np.array([0.4, 0.6, 0.5, 0.3])).tolist()
    [1, 3]
    """
    left, taken = np.arange(len(at)), [np.empty(0, dtype=np.int64)]
    for _ in range(4):
        if not len(left):
            break
        score, touches = scores[left], np.diff(at[left]) == 1
        best = np.ones(len(left), dtype=bool)
        best[:-1] &= ~touches | (score[:-1] >= score[1:])
        best[1:] &= ~touches | (score[1:] > score[:-1])
        gone = best.copy()
        gone[:-1] |= touches & best[1:]
        gone[1:] |= touches & best[:-1]
        taken.append(left[best])
        left = left[~gone]
    return np.sort(np.concatenate(taken))
