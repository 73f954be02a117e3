"""Two analysts' corrections side by side: how often they say the same, per kind, beyond what chance would give.

    for row in compare_files(Path("an.csv"), Path("binh.csv")).rows: print(row)

What is compared are decisions: one for each field of a mention that either file corrects. A file that says nothing of it left
what the rules read (`as read`); one that deletes the mention decides so for every field. What neither touches is in no file and
isn't counted, so agreement here is about what somebody found wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.schema import KINDS
from helpers.tables.correction_file import Correction, passage_form, read_corrections

AS_READ, DELETED, ADDED = "as read", "deleted", "added"
#: the words a decision is about, and the field
_Item = tuple[tuple, str]
_Decided = dict[_Item, tuple[str, Correction]]


@dataclass(frozen=True)
class Compared:
    """`rows`: a dict a kind (what=agreement), one over all, one a disagreement; `problems`: lines that could not be read."""

    rows: list[dict]
    problems: list[str]


def compare_files(first: Path, second: Path) -> Compared:
    """Agreement of two files of corrections, kind by kind, and what they disagree about, with both lines."""
    read = [read_corrections(path) for path in (first, second)]
    problems = [f"{path}:{o.line}: {o.said}" for path, f in zip((first, second), read, strict=True) for o in f.outcomes]
    a, b = (_decisions(found.corrections) for found in read)
    of_kind: dict[str, list[tuple[str, str]]] = defaultdict(list)
    quarrels = []
    for item in sorted({*a, *b}, key=lambda i: (i[0][:-1], KINDS.index(i[0][-1]), i[1])):
        said = _decided(a, item), _decided(b, item)
        of_kind[item[0][-1]].append((said[0][0], said[1][0]))
        if said[0][0] != said[1][0]:
            quarrels.append(_quarrel(item, said))
    rows = [_agreement(kind, of_kind[kind]) for kind in KINDS if kind in of_kind]
    rows.append(_agreement("all", [pair for pairs in of_kind.values() for pair in pairs]))
    return Compared([*rows, *quarrels], problems)


def _decisions(corrections: Sequence[Correction]) -> _Decided:
    """What a file decides, by mention and field; the field of a mention deleted or added is empty."""
    decided: _Decided = {}
    for c in corrections:
        if c.action == "delete":
            decided[c.place, ""] = DELETED, c
            continue
        if c.action == "add":
            decided[c.place, ""] = ADDED, c
        if c.field:
            decided[c.place, c.field] = _alike(c.value), c
    return decided


def _alike(value: str) -> str:
    """A value in the form in which two are compared: 156 and 156.0 are one."""
    try:
        return repr(float(value)) if value.isascii() and len(value) < 16 else passage_form(value)
    except ValueError:
        return passage_form(value)


def _decided(decided: _Decided, item: _Item) -> tuple[str, Correction | None]:
    whole = decided.get((item[0], ""))
    if whole and whole[0] == DELETED:
        return whole
    return decided.get(item, (AS_READ, None))


def _agreement(kind: str, pairs: Sequence[tuple[str, str]]) -> dict:
    n_agree = sum(x == y for x, y in pairs)
    return {
        "what": "agreement", "kind": kind, "n": len(pairs), "n_agree": n_agree,
        "agreement": round(n_agree / len(pairs), 4) if pairs else None, "kappa": cohens_kappa(pairs),
    }  # fmt: skip


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance of two raters, (observed − expected) / (1 − expected); None where chance alone explains all.

    >>> cohens_kappa([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15)
    0.4
    >>> cohens_kappa([("yes", "yes")] * 3), cohens_kappa([])
    (None, None)

    Source: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37–46.
    """
    n = len(pairs)
    observed = sum(x == y for x, y in pairs)
    first, second = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    # in whole numbers, so that agreement as by chance is exactly 0
    expected = sum(count * second[category] for category, count in first.items())
    if n == 0 or expected == n * n:
        return None
    return round((observed * n - expected) / (n * n - expected), 4)


def _quarrel(item: _Item, said: Sequence[tuple[str, Correction | None]]) -> dict:
    (place, field) = item
    doc_id, sentence, copy, surface, occurrence, kind = place
    row = {
        "what": "disagreement", "kind": kind, "doc_id": doc_id, "sentence": sentence, "copy": copy or None, "surface": surface,
        "occurrence": occurrence, "field": field or None,
    }  # fmt: skip
    for name, (decision, line) in zip(("first", "second"), said, strict=True):
        cells = {"line": line.line} | line.cells() if line else None
        row[name] = {"decision": decision, "row": cells}
    return row
