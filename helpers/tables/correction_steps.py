"""A correction at one place of an article, and what becomes of it: applied, needless, or the reason why it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from helpers.tables.correction_file import Correction, CorrectionError, Outcome
from helpers.tables.correction_sites import Row

#: kind, start, end, theme
Key = tuple[str, int, int, str]


@dataclass(slots=True)
class CorrectedMention:
    """A mention while it is corrected: its row, the row of its own table, and the fields that corrections set."""

    row: Row
    fields: Row
    stated: dict[str, object] = field(default_factory=dict)
    is_gone: bool = False

    @property
    def is_added(self) -> bool:
        return self.row["rule"] == "correction"


@dataclass(slots=True)
class Step:
    """A correction at one place, and what became of it."""

    correction: Correction
    key: Key
    sentence: Row
    value: object = None
    said: CorrectionError | None = None
    status: str = "applied"
    was: str | None = None
    mention: CorrectedMention | None = None
    hidden: tuple[str, ...] = ()


def failed(correction: Correction, error: CorrectionError, step: Step | None = None) -> Outcome:
    status = "orphan" if error.reason.startswith("no_") else "invalid"
    place = (step.key[1], step.key[2]) if step else (None, None)
    return Outcome(correction.line, correction.cells(), status, error.reason, str(error), start=place[0], end=place[1])


def by_line(steps: Iterable[Step]) -> Iterable[list[Step]]:
    lines: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        lines[step.correction.line].append(step)
    return lines.values()


def outcome_of(steps: list[Step]) -> Outcome:
    """What became of one line, which `copy` all may apply to several places."""
    first = next((s for s in steps if s.said), None) or next((s for s in steps if s.status == "applied"), steps[0])
    if first.said:
        return failed(first.correction, first.said, first)
    mention = first.mention
    row: Row = mention.row if mention and not mention.is_gone else {"start": first.key[1], "end": first.key[2]}
    # what lost letters stays masked where it stood
    start, end = (first.key[1], first.key[2]) if first.hidden else (row["start"], row["end"])
    return Outcome(
        first.correction.line, first.correction.cells(), first.status, was=first.was, mention_id=row.get("mention_id"), start=start,
        end=end, hidden=tuple(dict.fromkeys(h for s in steps for h in s.hidden)),
    )  # fmt: skip


def disagree(steps: list[Step], about: str) -> None:
    if len({s.correction.line for s in steps}) > 1:
        said = f"{named(steps)} disagree about {about}; keep one"
    else:
        said = f"the line says two things about {about}; give each its line"
    for step in steps:
        step.said = CorrectionError("disagree", said)


def named(steps: Iterable[Step]) -> str:
    """The lines of corrections; one that is only tried has none yet."""
    lines = sorted({s.correction.line for s in steps})
    old = ", ".join(str(n) for n in lines if n > 0)
    new = "the new correction" if lines[0] < 0 else ""
    return " and ".join(filter(None, (f"line{'s' if ',' in old else ''} {old}" if old else "", new)))


def private_names(mention: CorrectedMention, surface: str) -> tuple[str, ...]:
    """The name of somebody without public office, which stays masked although no mention covers it any more."""
    if mention.row["kind"] != "person" or mention.fields.get("public"):
        return ()
    return tuple(dict.fromkeys(n for n in (surface, mention.fields.get("name")) if n))
