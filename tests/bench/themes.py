"""Speed of themes: the scan for phrases, the assignment once they are found, and both from text on; and of shares over a corpus.

python tests/bench/themes.py articles/ more.jsonl
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd

from helpers.analysis.theme_changes import find_changes
from helpers.analysis.theme_shares import list_shares
from helpers.corpus.document import Document
from helpers.corpus.readers import read_paths
from helpers.extract.register import open_reading
from helpers.extract.themes import propose_themes, theme_phrases
from helpers.extract.word_search import WordList
from helpers.lexicon import Lexicon

N_PHRASES, N_ARTICLES, N_SENTENCES = 2000, 20_000, 20


def best_seconds(function: Callable[[], object], n: int = 5) -> float:
    """The shortest of some runs, after one that warms up."""
    function()
    times = []
    for _ in range(n):
        begin = time.perf_counter()
        function()
        times.append(time.perf_counter() - begin)
    return min(times)


def bench_assignment(documents: list[Document], lexicon: Lexicon) -> None:
    """MB a second on one core."""
    size = sum(len(d.text.encode()) for d in documents) / 1e6
    readings = [open_reading(d, lexicon) for d in documents]
    phrases = _many_phrases([r.search for r in readings], theme_phrases(lexicon)[0])
    # without the shared search each list is looked for by itself: what themes alone cost
    alone = [replace(r, word_search=None) for r in readings]
    steps = {
        f"scan, {len(phrases.surfaces)} phrases": lambda: [phrases.find(r.search) for r in readings],
        "assignment, words found": lambda: [propose_themes(r, lexicon) for r in readings],
        "scan and assignment": lambda: [propose_themes(r, lexicon) for r in alone],
        "text to themes alone": lambda: [
            propose_themes(replace(open_reading(d, lexicon), word_search=None), lexicon) for d in documents
        ],
    }
    for name, step in steps.items():
        print(f"themes: {name:26s} {size / best_seconds(step):8.2f} MB/s")


def _many_phrases(texts: list[str], known: WordList) -> WordList:
    """The codebook's phrases, filled up with the rarest pairs of words of the texts."""
    pairs = Counter(" ".join(pair) for text in texts for pair in pairwise(text.split()) if all(map(str.isalpha, pair)))
    rare = [pair for pair, _ in reversed(pairs.most_common()) if pair not in set(known.surfaces)]
    return WordList([*known.surfaces, *rare[: N_PHRASES - len(known.surfaces)]], is_whole=True)


def bench_shares() -> None:
    """Shares and change points of an invented corpus."""
    n = N_ARTICLES * N_SENTENCES
    at = pd.Series(range(n))
    doc_ids = (at // N_SENTENCES).astype(str)
    sent_ids, mention_ids = "s" + at.astype(str), "m" + at.astype(str)
    tables = {
        "articles": pd.DataFrame({"doc_id": [str(i) for i in range(N_ARTICLES)]}),
        "paragraphs": pd.DataFrame({"doc_id": doc_ids, "paragraph": at % N_SENTENCES, "role": "body"}),
        "sentences": pd.DataFrame({"sent_id": sent_ids, "doc_id": doc_ids, "paragraph": at % N_SENTENCES}),
        "mentions": pd.DataFrame({"mention_id": mention_ids, "doc_id": doc_ids, "sent_id": sent_ids, "start": at}),
        "theme_hits": pd.DataFrame({"mention_id": mention_ids, "theme_id": "t" + (at % 29).astype(str), "weight": 1.0}),
    }
    begin = time.perf_counter()
    shares = list_shares(tables)
    took = time.perf_counter() - begin
    begin = time.perf_counter()
    find_changes(shares, {str(i): f"20{10 + i % 10}-{1 + i % 12:02d}" for i in range(N_ARTICLES)})
    print(
        f"themes: shares of {N_ARTICLES:,d} articles {took:8.2f} s; change points {time.perf_counter() - begin:.2f} s"
    )


def bench_themes(paths: list[Path], *, at_most: int = 400) -> None:
    """All of it, on the articles of `paths`."""
    bench_assignment([d for d in read_paths(paths) if isinstance(d, Document)][:at_most], Lexicon.load("vi"))
    bench_shares()


if __name__ == "__main__":
    bench_themes([Path(p) for p in sys.argv[1:]] or [Path(__file__).parents[2] / "seeds"])
