"""Corrections of words that follow one another: where a chain of them ends, and that none leads back to itself."""

from __future__ import annotations

from helpers.tables.correction_file import CorrectionError
from helpers.tables.correction_steps import CorrectedMention, Key, Step, named


def refuse_cycles(
    targets: dict[Key, Key], by_key: dict[Key, list[Step]], mentions: dict[Key, CorrectedMention]
) -> None:
    """Takes out of `targets` what leads back to where it begins, and lets its corrections say so."""
    seen: set[Key] = set()
    for begin in list(targets):
        path: dict[Key, int] = {}
        at = begin
        while at in targets and at not in seen:
            seen.add(at)
            path[at] = len(path)
            at = targets[at]
        if at in path:
            ring = list(path)[path[at] :]
            steps = [s for key in ring for s in by_key[key]]
            if len(ring) == 1:
                for step in steps:
                    step.status, step.mention = "needless", mentions.get(ring[0])
            else:
                said = f"{named(steps)} lead back to where they begin; delete one of them"
                for step in steps:
                    step.said = CorrectionError("cycle", said)
            for key in ring:
                targets.pop(key, None)


def end_of(key: Key, targets: dict[Key, Key]) -> Key:
    while key in targets:
        key = targets[key]
    return key


def sources_first(targets: dict[Key, Key]) -> list[Key]:
    """Spans in the order in which a chain of corrections runs through them."""
    begins = set(targets) - set(targets.values())
    order: dict[Key, None] = {}
    for at in sorted(begins):
        while at in targets and at not in order:
            order[at] = None
            at = targets[at]
    return list(order)
