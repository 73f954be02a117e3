"""Time and memory of set phrases: made-up articles on disk, as long as news articles are, counted.

    python tests/bench/phrases.py 100000     ->  {"phrases": …, "seconds": …, "peak_mb": …}

An article is 32 sentences of some 25 syllables, put together from pieces of two to five syllables; few pieces are frequent, most
are rare, as words are. Each third sentence holds a formula. Names, places and figures are one word in twelve.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

N_SENTENCES, N_PIECES_EACH = 32, 7
N_PIECES, N_FORMULAS = 200_000, 400
_ONSETS = "b c ch d đ g gi h kh l m n nh p ph qu r s t th tr v x".split()
_RIMES = "a ai am an ang anh ao ap at ay âm ân ât âu ê em en eo iên iêng iêu in inh o oa oan ôi ôn ông ơi ơn u ua uân ui ung ươi ương ưu".split()


def make_pieces() -> tuple[list[str], list[str]]:
    """Pieces of sentences, and formulas."""
    chance = np.random.default_rng(1)
    syllables = [onset + rime for onset in _ONSETS for rime in _RIMES]

    def run(least: int, most: int) -> str:
        # the square makes some syllables frequent
        return " ".join(syllables[int(len(syllables) * x**2)] for x in chance.random(chance.integers(least, most + 1)))

    return [run(2, 5) for _ in range(N_PIECES)], [run(4, 8) for _ in range(N_FORMULAS)]


def write_tables(folder: Path, n: int, pieces: list[str], formulas: list[str]) -> None:
    """Parquet files of the tables that set phrases are found in, of `n` articles; written in parts, so that memory stays flat."""
    chance = np.random.default_rng(2)
    writers: dict[str, pq.ParquetWriter] = {}
    for begin in range(0, n, 2000):
        size = min(2000, n - begin)
        # of all pieces the k-th is chosen about 1/k as often as the first
        chosen = (len(pieces) ** chance.random((size * N_SENTENCES, N_PIECES_EACH))).astype(int) - 1
        formula = (len(formulas) ** chance.random(size * N_SENTENCES)).astype(int) - 1
        own: dict[str, list] = {"sentences": [], "mentions": [], "paragraphs": [], "articles": []}
        for a in range(size):
            _add_article(own, f"d{begin + a:07d}", a * N_SENTENCES, chosen, formula, pieces, formulas)
        for name, rows in own.items():
            table = pa.Table.from_pylist(rows)
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()


def _add_article(own: dict[str, list], doc_id: str, first: int, chosen, formula, pieces, formulas) -> None:
    at = 0
    for i in range(N_SENTENCES):
        words = [pieces[k] for k in chosen[first + i]]
        if i % 3 == 0:
            words[3] = formulas[formula[first + i]]
        text = f"{words[0].capitalize()} {' '.join(words[1:4])}, {' '.join(words[4:])} {i + 2} vụ."
        own["sentences"].append(
            {"sent_id": f"{doc_id}:{i}", "doc_id": doc_id, "paragraph": 0, "start": at, "text": text}
        )
        for begin, end, kind in ((len(text) - 6, len(text) - 1, "count"), (0, len(words[0]), "place")):
            own["mentions"].append({"doc_id": doc_id, "start": at + max(0, begin), "end": at + end, "kind": kind})
        at += len(text) + 1
    own["paragraphs"].append({"doc_id": doc_id, "paragraph": 0, "role": "body"})
    own["articles"].append({"doc_id": doc_id})


def main(n: int, folder: Path) -> None:
    """Finds the set phrases of the tables in `folder`, and prints what it took."""
    from helpers.analysis.reprints import find_reprints
    from helpers.analysis.set_phrases import find_set_phrases
    from helpers.database import open_database

    tables = ("articles", "sentences", "paragraphs", "mentions")
    with open_database({name: folder / f"{name}.parquet" for name in tables}, folder=folder) as db:
        find_reprints(db)
        start = time.perf_counter()
        find_set_phrases(db, folder=folder)
        took = time.perf_counter() - start
        ((n_phrases,),) = db.execute("SELECT count(*) FROM set_phrases").fetchall()
        ((n_syllables,),) = db.execute("SELECT sum(n_syllables)::BIGINT FROM sentence_news").fetchall()
    print(json.dumps({
        "articles": n, "syllables": n_syllables, "phrases": n_phrases, "seconds": round(took, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 3:
        write_tables(Path(sys.argv[2]), int(sys.argv[1]), *make_pieces())
    elif len(sys.argv) > 2:
        main(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            for arguments in ([sys.argv[1], made, "write"], [sys.argv[1], made]):  # writing takes memory of its own
                subprocess.run([sys.executable, __file__, *arguments], check=True)
