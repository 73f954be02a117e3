"""The sentences of articles, as those read them who look at all articles: by article, and more than once.

    for doc_id, passages in StoredPassages(folder):   # passages: [(start, text), ...]; that at n is the sentence `doc_id:n`

A stored table is read anew at each walk, so that the text of a million articles is never in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from helpers import store
from helpers.extract.abbreviations import Passage


class StoredPassages:
    """The sentences stored in a folder."""

    def __init__(self, folder: Path):
        self._folder = folder

    def __iter__(self) -> Iterator[tuple[str, list[Passage]]]:
        return _by_article(store.scan_rows(self._folder, "sentences", ("doc_id", "start", "text")))


def passages_of(sentences: Iterable[dict]) -> list[tuple[str, list[Passage]]]:
    """The same of rows of table `sentences`."""
    return list(_by_article((s["doc_id"], s["start"], s["text"]) for s in sentences))


def _by_article(rows: Iterable[tuple]) -> Iterator[tuple[str, list[Passage]]]:
    for doc_id, found in groupby(rows, key=itemgetter(0)):
        yield doc_id, [(start, text) for _, start, text in found]
