"""Time and memory of terms and keyness: made-up articles, as long as news articles are, counted one after the other.

    python tests/bench/terms.py 100000     ->  {"terms": …, "seconds": …, "peak_mb": …}

The time without the making of the texts, which is taken by itself first.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from phrases import N_PIECES_EACH, N_SENTENCES, make_pieces

from helpers.analysis.keyness import keyness
from helpers.analysis.terms import count_terms
from helpers.lexicon import Lexicon


def made_up(n: int, pieces: list[str], formulas: list[str]) -> Iterator[str]:
    """`n` articles of N_SENTENCES sentences, each of pieces of which few are frequent; each third holds a formula."""
    chance = np.random.default_rng(2)
    for _ in range(n):
        chosen = (len(pieces) ** chance.random((N_SENTENCES, N_PIECES_EACH))).astype(int) - 1
        formula = (len(formulas) ** chance.random(N_SENTENCES)).astype(int) - 1
        lines = [
            ", ".join((" ".join(pieces[p] for p in row[:4]), " ".join(pieces[p] for p in row[4:]))) for row in chosen
        ]
        yield ".\n".join(line if i % 3 else f"{line}, {formulas[formula[i]]}" for i, line in enumerate(lines))


def main(n: int) -> None:
    """Counts the terms of `n` articles, and which are key to half of them."""
    pieces, formulas = make_pieces()
    begin = time.perf_counter()
    n_bytes = sum(len(text.encode()) for text in made_up(n, pieces, formulas))
    making, begin = time.perf_counter() - begin, time.perf_counter()
    terms = count_terms(made_up(n, pieces, formulas), Lexicon.load("vi"))
    counted = time.perf_counter()
    found = keyness(terms, np.arange(n) % 2 == 0)
    print(json.dumps({
        "articles": n, "mb": round(n_bytes / 1e6), "terms": len(terms.forms), "key": len(found),
        "seconds": round(time.perf_counter() - begin - making, 2), "of which keyness": round(time.perf_counter() - counted, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
