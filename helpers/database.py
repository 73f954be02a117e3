"""The tables opened for questions in SQL, out of core: notebooks' numbers cost the same on two articles and on a million."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Union

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.store import arrow_table

_TYPES = {
    "text": pa.string(),
    "key": pa.uint64(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.string()),
}
#: what a grouping may keep in memory; the rest goes to the disk
MEMORY = "600MB"

Database = duckdb.DuckDBPyConnection
Source = Union[pd.DataFrame, Path]  # noqa: UP007  (pandas has no types of its own to join)


def open_database(sources: Mapping[str, Source], *, folder: Path | None = None) -> Database:
    """A database with a view on each table.

    Args:
        sources: name of a table -> its Parquet file, or the table itself. folder: where to put what memory can't hold.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": "1",
        "memory_limit": MEMORY,
        "preserve_insertion_order": "false",
    }
    if folder is not None:
        settings["temp_directory"] = str(folder / "spill")
    db = duckdb.connect(":memory:", config=settings)
    for name, source in sources.items():
        if isinstance(source, Path):
            db.read_parquet(str(source)).create_view(name)
        else:
            db.register(name, arrow_table(name, source))
    return db


def rows_of(db: Database, question: str, values: list | None = None) -> Iterator[dict]:
    """The rows that answer a question in SQL, as dicts, a few thousand at a time; ask nothing else of `db` meanwhile."""
    answer = db.execute(question, values)
    names = [column[0] for column in answer.description]
    while rows := answer.fetchmany(5000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


def parts_of(db: Database, question: str, *, by: str, n_bytes: int) -> Iterator[pa.Table]:
    """The rows that answer a question, in parts of about `n_bytes` or more; rows with one value of column `by`, by which they are
    ordered, stay together. Ask nothing else of `db` meanwhile."""
    held: list[pa.RecordBatch] = []
    size, enough = 0, n_bytes
    for batch in db.sql(question).to_arrow_reader(10_000):
        held.append(batch)
        size += batch.nbytes
        if size < enough:
            continue
        rows = pa.Table.from_batches(held).combine_chunks()
        values = rows[by].to_numpy()
        n_whole = int(np.searchsorted(values, values[-1]))  # of the last value there may be more
        if n_whole:
            yield rows.slice(0, n_whole)
            held, size, enough = rows.slice(n_whole).to_batches(), 0, n_bytes
        else:
            held, enough = rows.to_batches(), 2 * size
    if held:
        yield pa.Table.from_batches(held)


def put_rows(db: Database, name: str, columns: Mapping[str, str], rows: list[tuple]) -> None:
    """Makes a table of the database from rows that Python worked out; `columns`: name -> text, int, float, bool, list (of text) or key (a
    hash)."""
    arrays = [pa.array([row[i] for row in rows], type=_TYPES[kind]) for i, kind in enumerate(columns.values())]
    db.register(f"_{name}", pa.table(arrays, names=list(columns)))
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _{name}")
    db.unregister(f"_{name}")


def put_arrays(db: Database, name: str, columns: Mapping[str, np.ndarray]) -> None:
    """Makes a table of the database from arrays that are equally long."""
    db.register(f"_{name}", pa.table(dict(columns)))
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _{name}")
    db.unregister(f"_{name}")
