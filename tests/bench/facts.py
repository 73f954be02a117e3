"""Time and memory of grouping many facts: made-up tables on disk, grouped and compared.

    python tests/bench/facts.py 1000000     ->  {"facts": …, "groups": …, "seconds": …, "peak_mb": …}

Ten figures an article; a fifth is said again in the article, a twentieth in another one, some with another value.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.schema import TABLES
from helpers.store import _ARROW

FIGURES_AN_ARTICLE = 10
_NOUNS = ("vụ trộm cắp tài sản", "đối tượng nghiện ma túy", "mô hình tự quản về an ninh", "trường hợp vi phạm giao thông",
          "vụ cháy", "hộ gia đình cam kết", "camera an ninh được lắp", "lượt người được tuyên truyền")  # fmt: skip


def write_tables(folder: Path, n: int) -> None:
    """Parquet files of the tables that facts are made from, with `n` figures; written in parts, so that memory stays flat."""
    n_articles = max(1, n // FIGURES_AN_ARTICLE)
    writers: dict[str, pq.ParquetWriter] = {}
    for begin in range(0, n_articles, 5000):
        rows: dict[str, list[dict]] = {
            "articles": [],
            "paragraphs": [],
            "sentences": [],
            "mentions": [],
            "quantities": [],
            "dates": [],
            "places": [],
        }
        for a in range(begin, min(begin + 5000, n_articles)):
            _add_article(rows, a)
        for name, own in rows.items():
            table = _arrow(name, own)
            if name not in writers:
                writers[name] = pq.ParquetWriter(folder / f"{name}.parquet", table.schema)
            writers[name].write_table(table)
    for writer in writers.values():
        writer.close()
    for name in ("people", "legal_documents", "organisations"):
        pq.write_table(_arrow(name, []), folder / f"{name}.parquet")


def _arrow(name: str, rows: list[dict]) -> pa.Table:
    columns = TABLES[name]
    kinds = {c: _ARROW[f.type] for c, f in columns.items()}
    return pa.table({c: pa.array([row.get(c) for row in rows], type=kind) for c, kind in kinds.items()})


def _add_article(rows: dict[str, list[dict]], a: int) -> None:
    doc_id, month = f"d{a}", 1 + a % 12
    rows["articles"].append(
        {"doc_id": doc_id, "label": str(a), "source": "", "title": "", "published": f"2023-{month:02}"}
    )
    rows["paragraphs"].append(
        {"doc_id": doc_id, "paragraph": 0, "start": 0, "end": 2000, "role": "body", "n_words": 300}
    )
    _add_event(rows, doc_id, a // 2)
    for i in range(FIGURES_AN_ARTICLE):
        sent_id = f"{doc_id}:{i}"
        # most figures are an article's own; some are told by its neighbour too, some of those with another value
        shared = a // 2 if i == 0 else a
        again = i == 9 or i == 8
        which = 7 if again else i
        noun = f"{_NOUNS[(shared + which) % len(_NOUNS)]} loại {(shared * 7 + which) % 5003}"
        value = float(1 + (shared * 31 + which * 17) % 900) + (1 if i == 0 and a % 40 == 1 else 0)
        text = (
            f"Trong kỳ, địa bàn thứ {shared % 977} ghi nhận {value:.0f} {noun}, theo báo cáo số {a} mục {i} của đơn vị."
        )
        rows["sentences"].append(
            {"sent_id": sent_id, "doc_id": doc_id, "paragraph": 0, "start": i * 200, "end": i * 200 + 190, "text": text}
        )
        mention_id = f"{doc_id}:{i * 200 + 50}-{i * 200 + 53}:count"
        rows["mentions"].append({
            "mention_id": mention_id, "doc_id": doc_id, "start": i * 200 + 50, "end": i * 200 + 53, "kind": "count",
            "surface": f"{value:.0f}", "sent_id": sent_id, "rule": "bench", "strength": 3, "inferred": ["period"] if again else [],
        })  # fmt: skip
        rows["quantities"].append({
            "mention_id": mention_id, "value": value, "unit": noun.split()[0], "counted": noun, "subject_key": noun, "voice": "newspaper",
            "qualifier": "exact", "direction": "none", "aspect": "count", "mode": "done",
            "period": None if again else "2022", "place_id": str(shared % 977),
        })  # fmt: skip


def _add_event(rows: dict[str, list[dict]], doc_id: str, event: int) -> None:
    """A day and a place in the first sentence, which two articles have."""
    day = {"value": f"2022-{1 + event % 12:02}-{1 + event % 28:02}", "form": "calendar"}
    place = {"name": "", "level": "commune", "place_id": str(event % 977)}
    for table, kind, start, fields in (("dates", "date", 2, day), ("places", "place", 20, place)):
        mention_id = f"{doc_id}:{start}-{start + 9}:{kind}"
        rows["mentions"].append({
            "mention_id": mention_id, "doc_id": doc_id, "start": start, "end": start + 9, "kind": kind, "surface": "",
            "sent_id": f"{doc_id}:0", "rule": "bench", "strength": 3, "inferred": [],
        })  # fmt: skip
        rows[table].append({"mention_id": mention_id} | fields)


def main(n: int) -> None:
    """Groups `n` figures into facts, compares them, and prints what it took."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, str(n), folder], check=True)  # its memory is not counted
        from helpers.analysis.agreement import find_agreements
        from helpers.analysis.derive import STATED
        from helpers.analysis.facts import group_facts
        from helpers.database import open_database

        root = Path(folder)
        start = time.perf_counter()
        with open_database({name: root / f"{name}.parquet" for name in STATED}, folder=root) as db:
            group_facts(db)
            grouped = time.perf_counter()
            find_agreements(db)
            agreed = time.perf_counter()
            ((n_facts,),) = db.execute("SELECT count(*) FROM facts").fetchall()
            ((n_groups,),) = db.execute("SELECT count(*) FROM agreements").fetchall()
        print(json.dumps({
            "figures": n, "facts": n_facts, "groups": n_groups, "seconds": round(agreed - start, 2),
            "of which grouping": round(grouped - start, 2), "cpu": round(time.process_time(), 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }))  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 2:
        write_tables(Path(sys.argv[2]), int(sys.argv[1]))
    else:
        main(int(sys.argv[1]))
