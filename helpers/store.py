"""The one door through which data is written and read: every file whole or not at all.

Tables are Parquet, checked against schema.TABLES when written; a table that breaks its contract is never stored.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.schema import TABLES, Field

_DTYPES = {"text": "str", "int": "Int64", "float": "Float64", "bool": "boolean", "list": "object"}
_ARROW = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "list": pa.list_(pa.string()),
}


class ContractError(ValueError):
    """A table that does not keep its contract; the message names table, column and the offending values."""


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file whole: aside, synced, renamed. A killed run leaves the old file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


_ASIDE = ".building-"


@contextlib.contextmanager
def files_aside(folder: Path) -> Iterator[Path]:
    """A new folder inside `folder`, for files that are all put in place at the end, or none of them where making them fails."""
    folder.mkdir(parents=True, exist_ok=True)
    _forget_asides(folder)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        yield aside
        _replace_files(folder, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _forget_asides(folder: Path, *, hours: float = 1) -> None:
    """Deletes what killed runs left so long ago: another run may be at work."""
    for path in folder.glob(f"{_ASIDE}*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - hours * 3600:
                shutil.rmtree(path)


def _replace_files(folder: Path, aside: Path) -> None:
    """Moves all files below `aside`, which lies on the same disk, to `folder`, each under its own path."""
    for path in sorted(p for p in aside.rglob("*") if p.is_file()):
        target = folder / path.relative_to(aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)


def write_checked(path: Path, content: bytes) -> None:
    """Writes a file of a cache: whole, under the digest of what it holds."""
    write_bytes(path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)


def read_checked(path: Path) -> bytes | None:
    """What `write_checked` wrote; None if it is missing, cut or changed. A file that is read counts as used."""
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != digest:
            return None
        os.utime(path)
    except OSError:
        return None
    return content


def forget_unused(folder: Path, *, days: float) -> None:
    """Deletes the files of a cache that nobody used for so long."""
    oldest = time.time() - days * 86_400
    for path in folder.glob("*") if folder.is_dir() else ():
        with contextlib.suppress(OSError):  # another run may be at it, too
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink()


def write_json(path: Path, value: object) -> None:
    """Writes JSON that reads well in a diff: sorted keys, one item a line."""
    write_bytes(path, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def read_json(path: Path) -> dict:
    """A JSON file as a dict; empty if it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def make_table(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """A table from rows as dicts, with the types of its contract; missing columns are missing values."""
    return fit_table(name, pd.DataFrame(list(rows), columns=list(TABLES[name])))


def fit_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with the columns of table `name`, in their order and with their types; a column it lacks is missing values."""
    columns = TABLES[name]
    frame = frame.reindex(columns=list(columns)).reset_index(drop=True)
    for column, field in columns.items():
        frame[column] = frame[column].astype(_DTYPES[field.type])
    return frame


def check_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` if it keeps the contract of table `name`. Raises ContractError."""
    import pandera.errors

    try:
        return contract(name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case"]].head(5).to_dict("records")
        said = "; ".join(f"{c['column']}: {c['check']} fails for {c['failure_case']!r}" for c in cases)
        raise ContractError(f"table {name!r}: {said}") from error


@cache
def contract(name: str):
    """The pandera schema of table `name`, made from schema.TABLES."""
    import pandera.pandas as pa_

    def column(field: Field):
        checks = [pa_.Check.isin(field.values)] if field.values else []
        dtype = None if field.type == "list" else _DTYPES[field.type]
        return pa_.Column(dtype, checks=checks, nullable=field.null, unique=field.unique)

    return pa_.DataFrameSchema({c: column(f) for c, f in TABLES[name].items()}, strict=True, ordered=True)


def arrow_table(name: str, frame: pd.DataFrame) -> pa.Table:
    """A table as Arrow, with the types of its contract."""
    return pa.Table.from_pandas(frame, schema=_arrow_schema(name), preserve_index=False)


def _arrow_schema(name: str) -> pa.Schema:
    return pa.schema([pa.field(c, _ARROW[f.type], nullable=True) for c, f in TABLES[name].items()])


class TableWriter:
    """Stores a table part by part as `folder`/`name`.parquet; each part keeps the contract.

    What is unique in each part must be so in all: the caller sees to that (an id holds that of its article).
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._file = pq.ParquetWriter(folder / f"{name}.parquet", _arrow_schema(name), compression="zstd")

    def add(self, frame: pd.DataFrame) -> None:
        """Raises ContractError."""
        self._file.write_table(arrow_table(self.name, check_table(self.name, frame)))

    def close(self) -> None:
        self._file.close()


def write_table(folder: Path, name: str, frame: pd.DataFrame) -> Path:
    """Stores a table that keeps its contract as `folder`/`name`.parquet. Raises ContractError."""
    sink = pa.BufferOutputStream()
    pq.write_table(arrow_table(name, check_table(name, frame)), sink, compression="zstd")
    write_bytes(folder / f"{name}.parquet", sink.getvalue().to_pybytes())
    return folder / f"{name}.parquet"


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """A stored table with the types of its contract. Raises FileNotFoundError naming how to build it."""
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not built yet; run python -m helpers report")
    return typed(name, pq.read_table(path).to_pandas())


def scan_rows(folder: Path, name: str, columns: Sequence[str]) -> Iterator[tuple]:
    """Some columns of a stored table, row by row in their order; never more of it in memory than a part."""
    with pq.ParquetFile(folder / f"{name}.parquet") as file:
        for part in file.iter_batches(columns=list(columns)):
            yield from zip(*(part.column(c).to_pylist() for c in columns), strict=True)


class StoredTables(dict[str, pd.DataFrame]):
    """The tables stored in a folder, each read when it is first asked for: most pages need few of them.

    Raises:
        ContractError: on reading, when the tables were built anew since the others were read: they would not fit.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder, self._state = folder, self._read_state(folder)

    @staticmethod
    def _read_state(folder: Path) -> tuple[object, ...]:
        return tuple(read_json(folder / name).get("key") for name in ("key.json", "derived.json"))

    def __missing__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise KeyError(f"{name!r} is no table; there are {', '.join(TABLES)}")
        if self._read_state(self.folder) != self._state:
            raise ContractError(f"table {name!r}: the tables were built anew meanwhile; run open_report() again")
        self[name] = read_table(self.folder, name)
        return self[name]


def typed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table as it comes from Arrow, with the types of its contract."""
    for column, field in TABLES[name].items():
        if field.type == "list":
            lists = [list(v) if v is not None else [] for v in frame[column]]
            frame[column] = pd.Series(lists, index=frame.index, dtype=object)
        else:
            frame[column] = frame[column].astype(_DTYPES[field.type])
    return frame
