"""corrections.csv: one correction a line, bound to the words of an article, read and written so that a diff stays small.

    found = read_corrections(root / "corrections.csv")
    found.corrections, found.outcomes        # the sound ones; the lines that say nothing, each with its mend

Lines before the header may be comments that start with `#`. A correction is bound to the article, the sentence as printed
(white space and the form of its letters don't matter) and the occurrence of a surface in it, never to a position.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers import store
from helpers.normalize import fold
from helpers.schema import CORRECTION, CORRECTION_ACTIONS, DETAIL_OF, DETAILS, KINDS
from helpers.tables.analyst_file import check_day, check_shape, read_text, records

NAME = "corrections.csv"
#: fields that follow from others, or name a position
_FOLLOWING = {"mention_id", "subject_key", "dimension", "base_value", "whole_id", "speaker_id", "conflict"}
_HEAD = (
    "# What the rules misread, set right by hand: one correction a line; it outranks what is read. README says how to make one.\n"
    "# A line is bound to the article, the sentence as printed and the words in it; action: set (a field), delete (no mention), add.\n"
)


class CorrectionError(ValueError):
    """A correction that can't be used: `reason` is one of schema.CORRECTION_REASONS, the message says what to mend."""

    def __init__(self, reason: str, said: str):
        super().__init__(said)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Correction:
    """One line. `copy`: which of several equal sentences of the article (a number, or all); empty where there is one."""

    line: int
    doc_id: str
    sentence: str
    copy: str
    surface: str
    occurrence: int
    kind: str
    action: str
    field: str
    value: str
    who: str
    when: str
    why: str

    @property
    def place(self) -> tuple[str, str, str, str, int, str]:
        """What it is bound to, in a form that two files share."""
        return (
            self.doc_id,
            passage_form(self.sentence),
            self.copy,
            passage_form(self.surface),
            self.occurrence,
            self.kind,
        )

    def cells(self) -> dict[str, str]:
        """Its columns as they stand in the file."""
        cells = {c: str(getattr(self, c)) for c in CORRECTION}
        return cells | {"occurrence": "" if self.occurrence == 1 else str(self.occurrence)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: a row of table `corrections`."""

    line: int
    cells: dict[str, str]
    status: str
    reason: str | None = None
    said: str | None = None
    was: str | None = None
    mention_id: str | None = None
    start: int | None = None
    end: int | None = None
    hidden: tuple[str, ...] = ()

    def as_row(self) -> dict[str, object]:
        cells = {c: self.cells.get(c) or None for c in CORRECTION}
        names = ("line", "status", "reason", "said", "was", "mention_id", "start", "end")
        return cells | {n: getattr(self, n) for n in names} | {"hidden": list(self.hidden)}


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """What a file holds: the corrections that are sound by themselves, and what is wrong with the other lines."""

    corrections: list[Correction]
    outcomes: list[Outcome]


def passage_form(text: str) -> str:
    """A passage without what may differ from one copy to another: composed letters, single spaces.

    >>> passage_form(" bắt  35\\n đối tượng")
    'bắt 35 đối tượng'
    """
    return " ".join(fold(text).plain.split())


def editable_fields(kind: str) -> list[str]:
    """The fields of a kind that a correction may set."""
    table = DETAILS.get(DETAIL_OF.get(kind, ""), {})
    return ["surface", *(name for name in table if name not in _FOLLOWING)]


def read_corrections(path: Path) -> CorrectionFile:
    """The corrections of a file; none where there is no file. Nothing in it raises."""
    found = CorrectionFile([], [])
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        found.outcomes.append(_bad_file(1, f"{error}; save it as UTF-8"))
        return found
    for line, cells in records(text, CORRECTION):
        if isinstance(cells, str):
            found.outcomes.append(_bad_file(line, cells))
            break
        try:
            found.corrections.append(check_cells(line, cells))
        except CorrectionError as error:
            named = dict(zip(CORRECTION, cells, strict=False))
            found.outcomes.append(Outcome(line, named, "invalid", error.reason, str(error)))
    return found


def _bad_file(line: int, said: str) -> Outcome:
    return Outcome(line, {}, "invalid", "bad_file", said)


def check_cells(line: int, cells: list[str]) -> Correction:
    """A correction from the cells of a line. Raises CorrectionError naming the mend."""
    if said := check_shape(cells, CORRECTION):
        raise CorrectionError("bad_row", said)
    row = {name: cell.strip() for name, cell in zip(CORRECTION, cells, strict=True)}
    if row["kind"] not in KINDS:
        raise CorrectionError("bad_row", f"kind is {row['kind']!r}; write one of {', '.join(KINDS)}")
    if row["action"] not in CORRECTION_ACTIONS:
        raise CorrectionError("bad_row", f"action is {row['action']!r}; write one of {', '.join(CORRECTION_ACTIONS)}")
    for name in ("doc_id", "sentence", "surface", "who", "why"):
        if not row[name]:
            raise CorrectionError("bad_row", f"{name} is empty; fill it")
    _check_field(row)
    if row["copy"] != "all" and (row["copy"] and _number(row["copy"]) is None):
        raise CorrectionError("bad_row", f"copy is {row['copy']!r}; write 1, 2 … or all, or leave it empty")
    occurrence = _number(row["occurrence"] or "1")
    if occurrence is None:
        raise CorrectionError("bad_row", f"occurrence is {row['occurrence']!r}; write 1, 2 …; empty is the first")
    if said := check_day(row["when"]):
        raise CorrectionError("bad_row", said)
    return Correction(line=line, **row | {"occurrence": occurrence})  # type: ignore[arg-type]


def _check_field(row: dict[str, str]) -> None:
    """Raises CorrectionError where a line names no field that its kind has."""
    fields, action = editable_fields(row["kind"]), row["action"]
    if action == "set" and not row["field"]:
        raise CorrectionError("bad_row", f"no field to set; write one of {', '.join(fields)}")
    if action == "delete":
        if row["kind"] == "theme" and row["field"] in ("", "theme_id"):
            return
        if row["field"] or row["value"]:
            raise CorrectionError("bad_row", "a deleted mention has no field and no value; leave both empty")
    elif row["field"] and (row["field"] not in fields or (action == "add" and row["field"] == "surface")):
        known = [f for f in fields if action == "set" or f != "surface"]
        said = f"{row['kind']} has no field {row['field']!r} to {action}; write one of {', '.join(known) or 'none'}"
        raise CorrectionError("bad_row", said)
    elif row["value"] and not row["field"]:
        raise CorrectionError("bad_row", f"value {row['value']!r} of no field; name the field")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 and len(text) <= 6 else None


def write_corrections(path: Path, added: Iterable[Correction], *, replaced: Iterable[int] = ()) -> None:
    """Puts corrections into a file, each where it sorts; all other lines stay byte for byte, but for those `replaced`."""
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    if not text.strip():
        text = _HEAD + ",".join(CORRECTION) + "\n"
    gone = set(replaced)
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    entries = [(line, cells) for line, cells in records(text, CORRECTION) if not isinstance(cells, str)]
    starts = [*(line for line, _ in entries), len(lines) + 1]
    head = lines[: starts[0] - 1]
    blocks = [
        (_sort_key(cells), "".join(lines[start - 1 : end - 1]))
        for (start, cells), end in zip(entries, starts[1:], strict=True)
        if start not in gone
    ]
    newline = "\r\n" if "\r\n" in text else "\n"
    for correction in added:
        cells = list(correction.cells().values())
        key = _sort_key(cells)
        at = next((i for i, (other, _) in enumerate(blocks) if other > key), len(blocks))
        blocks.insert(at, (key, _line(cells, newline)))
    store.write_bytes(path, "".join([*head, *(block for _, block in blocks)]).encode())


def _sort_key(cells: list[str]) -> tuple[str, ...]:
    named = dict(zip(CORRECTION, cells, strict=False))
    return tuple(named.get(c, "") for c in CORRECTION)


def line_of(correction: Correction) -> str:
    """A correction as it is written."""
    return _line(list(correction.cells().values()), "")


def _line(cells: list[str], newline: str) -> str:
    # on one line: a diff shows one line a correction
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerow(" ".join(cell.split()) for cell in cells)
    return out.getvalue()
