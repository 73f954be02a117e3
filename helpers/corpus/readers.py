"""Readers: from files to documents, chosen by suffix and content. Nothing read is changed but for its encoding.

`read_paths` yields a `Document` or a `Rejected` for every input, in a stable order: accepted + refused = inputs.
A reader is a function of (bytes, source) that yields documents; a new format is one function and one line in READERS.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

from helpers.corpus.document import Document
from helpers.patterns import late

MAX_BYTES = 64 * 1024 * 1024
_HEADER = late(regex.compile, r"[ \t]{0,8}date[ \t]+(\S+)(?:[ \t]+(\S[^\n]*))?")
_EDTF = late(re.compile, r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(slots=True)
class Rejected:
    """An input that was refused. `position`: line of a JSONL file, byte of a broken encoding; None for the whole."""

    file: str
    reason_class: str
    reason: str
    position: int | None = None

    def __str__(self) -> str:
        many = self.file.endswith((".jsonl", ".ndjson")) and self.position is not None
        return f"{self.file}{f', line {self.position}' if many else ''}: {self.reason}"

    def as_row(self) -> dict:
        return {"file": self.file, "class": self.reason_class, "reason": self.reason, "position": self.position}


class RejectedInput(ValueError):
    """Raised by a reader: the input can't be used; says why and how to mend it."""

    def __init__(self, reason_class: str, reason: str, position: int | None = None):
        super().__init__(reason)
        self.reason_class, self.position = reason_class, position


def spell(path: str | os.PathLike) -> str:
    """A path as text: bytes that are not UTF-8 as %XX, and so a percent sign before two hex digits too."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(f"%{ord(c) - 0xDC00:02X}" if 0xDC80 <= ord(c) <= 0xDCFF else c for c in os.fsdecode(raw))


def read_paths(paths: Iterable[str | os.PathLike]) -> Iterator[Document | Rejected]:
    """Documents and refusals of files and folders (walked, sorted; hidden files and manifest.csv left out)."""
    for path in paths:
        yield from _read_path(Path(path))


def list_files(path: Path, *, onerror: Callable[[OSError], object] | None = None) -> list[Path]:
    """The input files that `path` stands for, sorted by their path; folders that can't be read go to `onerror`."""
    if not path.is_dir():
        return [path]
    found = []
    for folder, folders, names in os.walk(path, onerror=onerror):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(folder, n) for n in names if not n.startswith(".") and n != "manifest.csv"]
    return sorted(found, key=lambda p: os.fsencode(p))


def _read_path(path: Path) -> Iterator[Document | Rejected]:
    if not path.exists():
        yield Rejected(spell(path), "missing", "no such file or folder; check the spelling")
        return
    closed: list[OSError] = []
    files = list_files(path, onerror=closed.append)
    ids = _document_ids(files, path if path.is_dir() else path.parent)
    for file in files:
        yield from read_file(file, doc_id=ids[file])
    for error in closed:
        reason = f"{error.strerror or error}; check that it is a folder you may read"
        yield Rejected(spell(error.filename), "unreadable", reason)


def _document_ids(files: list[Path], root: Path) -> dict[Path, str]:
    """The file's stem; the path below the given folder where stems clash."""
    stems: dict[str, int] = {}
    for file in files:
        stems[file.stem] = stems.get(file.stem, 0) + 1
    return {f: spell(f.stem if stems[f.stem] == 1 else f.relative_to(root)) for f in files}


def read_file(path: Path, *, doc_id: str | None = None) -> Iterator[Document | Rejected]:
    """The documents of one file. Never raises: what can't be read is a `Rejected`."""
    source = spell(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        yield Rejected(source, "unknown_format", f"files end in {', '.join(READERS)}; convert or rename it")
        return
    try:
        if path.stat().st_size > MAX_BYTES and reader is not read_jsonl:
            raise RejectedInput("too_large", f"over {MAX_BYTES >> 20} MB: not one article; split it")
        yield from reader(path, source, doc_id or spell(path.stem))
    except RejectedInput as error:
        yield Rejected(source, error.reason_class, str(error), error.position)
    except OSError as error:
        yield Rejected(source, "unreadable", f"{error.strerror or error}; check that it is a file you may read")


def decode(raw: bytes) -> tuple[str, str, list[str]]:
    """Text, encoding and repairs of an article's bytes. Raises RejectedInput."""
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise RejectedInput("empty", "nothing in it; delete it or put the article there")
    repairs = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, repairs = raw[3:], ["byte order mark removed"]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), "utf-16", ["read as UTF-16"]
        except UnicodeDecodeError as error:
            raise RejectedInput("encoding", "broken UTF-16; save it as UTF-8", error.start) from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RejectedInput("encoding", f"not UTF-8 at byte {error.start}; save it as UTF-8", error.start) from None
    if "\x00" in text:
        raise RejectedInput("binary", "holds null bytes: no text; give the article's text", text.index("\x00"))
    if not text.strip():
        raise RejectedInput("empty", "only white space in it; delete it or put the article there")
    return text, "utf-8", repairs


def check_date(date: str) -> str:
    """`date` if it is a year, month or day that exists. Raises RejectedInput."""
    import datetime

    match = _EDTF.fullmatch(date)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(part) if part else 1 for part in match.groups())
        datetime.date(year, month, day)
    except ValueError:
        raise RejectedInput(
            "malformed_header", f"date {date!r} is no year, month or day; write 2023, 2023-12 or 2023-12-31", 0
        ) from None
    return date


def read_text(path: Path, source: str, doc_id: str) -> Iterator[Document]:
    """An article as plain text: ` date YYYY-MM Title` or a title in its first line, then lead and body."""
    text, encoding, repairs = decode(path.read_bytes())
    yield parse_article(text, doc_id=doc_id, source=source, encoding=encoding, repairs=repairs)


def parse_article(text: str, *, doc_id: str, source: str = "", encoding: str = "utf-8", repairs=()) -> Document:
    """A document from an article's text. Raises RejectedInput for a header whose date is malformed."""
    document = Document(doc_id, text, source, encoding=encoding, repairs=list(repairs))
    if not unicodedata.is_normalized("NFC", text):
        document.repairs.append("letters in decomposed form (NFD): read as composed")
    start = len(text) - len(text.lstrip("\r\n\ufeff"))
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    header = _HEADER.match(line)
    if header:
        document.published, document.has_header = check_date(header[1]), True
        title = (header[2] or "").strip()
        if not title:
            raise RejectedInput("malformed_header", "no title after the date; write ' date YYYY-MM Title'", 0)
        document.title_span = (start + header.start(2), start + header.start(2) + len(title))
    else:
        title = line.strip()
        document.title_span = (start + line.index(title), start + line.index(title) + len(title))
        document.notes.append("no header ' date YYYY-MM Title': first line read as the title, date unknown")
    document.title = title
    return document


def read_jsonl(path: Path, source: str, doc_id: str) -> Iterator[Document | Rejected]:
    """One article a line: {id, title, lead, body, date?} or {id, text, date?}; a bad line is refused alone."""
    with path.open("rb") as lines:
        n = 0
        for n, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                yield parse_line(raw, source=source)
            except RejectedInput as error:
                yield Rejected(source, error.reason_class, str(error), n)
        if n == 0:
            raise RejectedInput("empty", "nothing in it; delete it or put articles there")


def parse_line(raw: bytes, *, source: str = "") -> Document:
    """The document of one JSON line; its text is kept as given. Raises RejectedInput."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise RejectedInput("malformed_json", f"no JSON: {error}") from None
    if not isinstance(row, dict) or "id" not in row or not ("text" in row or "body" in row or "title" in row):
        raise RejectedInput("missing_field", 'an object with "id" and "text" (or "title", "lead", "body") is wanted')
    texts = {k: row.get(k) or "" for k in ("text", "title", "lead", "body")}
    if bad := next((k for k, v in texts.items() if not isinstance(v, str)), None):
        raise RejectedInput("wrong_type", f'"{bad}" is no text; write it as a JSON string')
    if row.get("date") is not None and not isinstance(row["date"], str):
        raise RejectedInput("wrong_type", '"date" is no text; write "2023-12"')
    doc_id = row["id"] if isinstance(row["id"], str) else json.dumps(row["id"])
    text = (
        texts["text"] if "text" in row else "\n\n".join(p for p in (texts["title"], texts["lead"], texts["body"]) if p)
    )
    if not text.strip():
        raise RejectedInput("empty", "no text in it; delete the line or fill it")
    title = texts["title"].strip()
    at = text.find(title) if title else -1
    return Document(
        doc_id, text, source, title,
        published=check_date(row["date"]) if row.get("date") else None,
        title_span=(at, at + len(title)) if at >= 0 else (0, 0),
        notes=[] if row.get("date") else ["no date given"],
    )  # fmt: skip


#: suffix -> reader
READERS = {".txt": read_text, ".text": read_text, ".md": read_text, ".jsonl": read_jsonl, ".ndjson": read_jsonl}
