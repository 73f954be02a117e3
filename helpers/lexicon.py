"""The words by which articles are read: data that analysts edit, checked when loaded.

Each language has a folder of CSV files (and `themes.toml`) under `helpers/lexicons/`. `FILES` says which columns each
file has and which values a column may take; an error names file, line and the mend. The part before the header may hold
comment lines that start with `#` (source and licence of derived data).

    >>> Lexicon.load("vi").entries("qualifiers")[0]["qualifier"]
    'more_than'
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicons"
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Column:
    """A column of a lexicon file. `values`: the only ones allowed; `number`: must read as one; `empty`: may be left out."""

    values: tuple[str, ...] = ()
    number: bool = False
    empty: bool = False


TEXT, NUMBER, OPTIONAL = Column(), Column(number=True), Column(empty=True)
NOTE = Column(empty=True)
AMBIGUOUS = Column(values=YES_NO)

#: file name without suffix -> column -> what it may hold; the first column is looked up in the text
FILES: dict[str, dict[str, Column]] = {}


class LexiconError(ValueError):
    """A lexicon file that can't be used; the message names file, line and the mend."""


def define(name: str, /, **columns: Column) -> None:
    """Declares the lexicon file `name`.csv; called by the module that reads it, at import."""
    FILES[name] = columns


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All lexicon files of one language. Compared by identity; `digest` says which words it holds."""

    language: str
    folder: Path
    digest: str
    _entries: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict, repr=False)

    @staticmethod
    @cache
    def load(language: str = "vi", folder: Path | None = None) -> Lexicon:
        """The lexicon in `folder`/`language`; the same object each time. Raises LexiconError."""
        here = (folder or FOLDER) / language
        if not here.is_dir():
            raise LexiconError(f"{here}: no such lexicon; make the folder, with the files of {FOLDER / 'vi'}")
        digest = hashlib.sha256()
        for path in sorted(here.iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return Lexicon(language, here, digest.hexdigest())

    def entries(self, name: str) -> tuple[dict[str, str], ...]:
        """The rows of `name`.csv, each a dict column -> text. Raises LexiconError."""
        if name not in self._entries:
            self._entries[name] = tuple(_read_csv(self.folder / f"{name}.csv", FILES[name]))
        return self._entries[name]

    def surfaces(self, name: str) -> list[str]:
        """The first column of `name`.csv."""
        first = next(iter(FILES[name]))
        return [row[first] for row in self.entries(name)]

    def toml(self, name: str) -> dict:
        """`name`.toml as a dict. Raises LexiconError with the line."""
        path = self.folder / f"{name}.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{path}: {error}; mend the entry there") from error

    def __reduce__(self):
        # A worker process loads its own copy: cheaper than sending the rows.
        return Lexicon.load, (self.language, self.folder.parent)


def _read_csv(path: Path, columns: dict[str, Column]) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise LexiconError(f"{path}: missing; make it with the header {','.join(columns)}")
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    n_comments = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(lines[n_comments:])
    header = next(reader, [])
    if header != list(columns):
        raise LexiconError(f"{path}:{n_comments + 1}: header is {','.join(header)}; write {','.join(columns)}")
    rows = list(reader)
    if unicodedata.is_normalized("NFC", text) and _are_sound(rows, columns):
        return (dict(zip(columns, cells, strict=True)) for cells in rows)
    return _check_rows(path, columns, lines, n_comments)


def _are_sound(rows: list[list[str]], columns: dict[str, Column]) -> bool:
    """Whether each cell is as its column wants it and no row stands twice: told by column, in a tenth of the time that
    `_check_rows` takes to say where the fault is."""
    if set(map(len, rows)) != {len(columns)}:
        return False
    by_column = dict(zip(columns, zip(*rows, strict=True), strict=True))
    keys = [cells for name, cells in by_column.items() if name != "note"]
    return len(set(zip(*keys, strict=True))) == len(rows) and all(
        _is_sound(set(cells), columns[name]) for name, cells in by_column.items()
    )


def _is_sound(values: set[str], column: Column) -> bool:
    if set(map(str.strip, values)) != values or ("" in values and not column.empty):
        return False
    return not column.number and (not column.values or values - {""} <= set(column.values))


def _check_rows(path: Path, columns: dict[str, Column], lines: list[str], n_comments: int) -> Iterator[dict[str, str]]:
    """The rows of a file, each checked. Raises LexiconError at the first fault."""
    reader = csv.reader(lines[n_comments:])
    next(reader)  # the header
    seen: dict[tuple[str, ...], int] = {}
    for cells in reader:
        line = reader.line_num + n_comments
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                f"{path}:{line}: {len(cells)} fields, {len(columns)} wanted; put quotes around a text that holds a comma"
            )
        row = dict(zip(columns, cells, strict=True))
        for name, column in columns.items():
            _check_cell(f"{path}:{line}: {name}", row[name], column)
        key = tuple(value for name, value in row.items() if name != "note")
        if key in seen:
            raise LexiconError(f"{path}:{line}: {cells[0]!r} stands in line {seen[key]} already; delete one")
        seen[key] = line
        yield row


def _check_cell(place: str, value: str, column: Column) -> None:
    if value != value.strip() or value != unicodedata.normalize("NFC", value):
        raise LexiconError(f"{place} {value!r} has spaces around it or decomposed letters; write it plainly (NFC)")
    if not value:
        if not column.empty:
            raise LexiconError(f"{place} is empty; fill it")
    elif column.values and value not in column.values:
        raise LexiconError(f"{place} is {value!r}; allowed: {', '.join(column.values)}")
    elif column.number:
        try:
            float(value)
        except ValueError:
            raise LexiconError(f"{place} is {value!r}; write a number with a decimal point") from None
