"""Sums: which facts may be added up, and why others may not.

    total = add_up(facts, units)        # rows of table `facts`; Total or Refusal
    list_sums(facts, units)             # what a corpus would tempt one to add, each with its answer

Only results of one counted thing in one unit are added, each with a known place and period: over places that hold no part
of each other within one period, or over periods that share no day in one place. `12 mô hình dân vận khéo` and `12 mô hình
"Tổ liên gia an toàn PCCC"` are not 24 of anything; a province and its district would count the district twice.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.analysis.periods import overlapping

#: words of a subject from which it says what is counted: "vụ" alone does not
_DEFINITE = 2
#: columns of `facts` that decide
_READ = [
    "fact_id", "kind", "subject", "subject_key", "value", "value_high", "unit", "unit_id", "qualifier", "direction", "aspect", "mode",
    "period", "place_id", "agreement",
]  # fmt: skip


Row = dict[str, Any]


@dataclass(frozen=True)
class Total:
    """What the facts come to. `qualifier`: `at_least` where one of them is a lower bound, and so on."""

    value: float
    value_high: float | None
    qualifier: str
    fact_ids: list[str]

    is_total = True


@dataclass(frozen=True)
class Refusal:
    """Why the facts are not added. `reason` is a code that wording has as refusal_…, with `values`."""

    reason: str
    fact_ids: list[str]
    values: dict[str, object] = field(default_factory=dict)

    is_total = False

    @property
    def values_json(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, sort_keys=True)


def add_up(facts: pd.DataFrame, units: pd.DataFrame) -> Total | Refusal:
    """The sum of facts, or the first reason against it.

    Args:
        facts: rows of table `facts`. units: table `units`, which says what lies in what.
    """
    return _add(_records(facts), containers(units))


def _records(facts: pd.DataFrame) -> list[Row]:
    """The rows as dicts; what is missing is None. Groups are small and many: a frame for each would take most of the time."""
    read = facts[_READ].astype(object)
    return read.where(read.notna(), None).to_dict("records")


def _add(facts: Sequence[Row], above: dict[str, list[str]]) -> Total | Refusal:
    ids = [f["fact_id"] for f in facts]
    for rule in (_few, _no_results, _not_counts, _several_subjects, _several_units, _vague, _torn):
        if found := rule(facts):
            return Refusal(found[0], ids, found[1])
    if found := _scope(facts, above):
        return Refusal(found[0], ids, found[1])
    return Total(*_sum(facts), ids)


Found = tuple[str, dict[str, object]] | None


def _few(facts: Sequence[Row]) -> Found:
    return ("few", {}) if len(facts) < 2 else None


def _no_results(facts: Sequence[Row]) -> Found:
    planned = next((f for f in facts if f["mode"] != "done"), None)
    return ("planned", {"subject": planned["subject"]}) if planned else None


def _not_counts(facts: Sequence[Row]) -> Found:
    """Shares, changes, cumulative figures, ranks; durations and other measures, which have no aspect."""
    first: dict[str, object] = {}
    for f in facts:
        aspect = f["aspect"] if f["direction"] == "none" else "change"
        if aspect == "count" and f["kind"] not in ("count", "money"):
            aspect = None
        first.setdefault(aspect or "no_count", f["subject"])
    return next(((a, {"subject": first[a]}) for a in ("change", "share", "cumulative", "no_count") if a in first), None)


def _several_subjects(facts: Sequence[Row]) -> Found:
    subjects: dict[str, str] = {}
    for f in facts:
        subjects.setdefault(f["subject_key"], f["subject"])
    different = list(subjects.values())
    if len(different) < 2:
        return None
    return "other_subject", {"first": different[0], "second": different[1], "n": len(different)}


def _several_units(facts: Sequence[Row]) -> Found:
    units: dict[tuple[str, str], str] = {}
    for f in facts:  # a unit unknown to the lexicon goes by its word
        units.setdefault((f["kind"], f["unit_id"] or f["unit"] or ""), f["unit"] or "")
    different = list(units.values())
    return ("other_unit", {"first": different[0], "second": different[1]}) if len(different) > 1 else None


def _vague(facts: Sequence[Row]) -> Found:
    first = facts[0]
    return ("vague", {"subject": first["subject"]}) if len(first["subject_key"].split()) < _DEFINITE else None


def _torn(facts: Sequence[Row]) -> Found:
    torn = next((f for f in facts if f["agreement"] == "contradicted"), None)
    return ("torn", {"subject": torn["subject"]}) if torn else None


def _scope(facts: Sequence[Row], above: dict[str, list[str]]) -> Found:
    """Places and periods: all known, one of the two shared, the other different and nowhere one within another."""
    places, periods = ([f[c] for f in facts if f[c] is not None] for c in ("place_id", "period"))
    if pair := _nested(list(dict.fromkeys(places)), above):
        return "place_within", {"places": list(pair)}
    if len(places) < len(facts):
        return "place_untold", {}
    if len(periods) < len(facts):
        return "period_untold", {}
    one_place, one_period = len(set(places)) == 1, len(set(periods)) == 1
    if one_place and not (one_period and len(facts) > 1):
        shared = overlapping(list(dict.fromkeys(periods)))
        if shared:
            return "period_within", {"first_period": shared[0], "second_period": shared[1]}
        return ("same_scope", {}) if len(set(periods)) < len(facts) else None
    if not one_period:
        return "mixed_scope", {}
    return ("same_scope", {}) if len(set(places)) < len(facts) else None


def _nested(places: list[str], above: dict[str, list[str]]) -> tuple[str, str] | None:
    """Two of the places of which one lies in the other, or in what became of it: (inner, outer)."""
    if len(places) < 2:
        return None
    known = set(places)
    for place in places:
        for outer in _all_above(place, above):
            if outer in known and outer != place:
                return place, outer
    return None


def containers(units: pd.DataFrame) -> dict[str, list[str]]:
    """place_id -> the units it lies in, before and since 2025, and those it became a part of."""
    found = {}
    columns = (units[c] for c in ("place_id", "parent_id", "later_parent_id", "became"))
    for place_id, parent, later, became in zip(*columns, strict=True):
        found[place_id] = [p for p in (parent, later, *became) if isinstance(p, str)]
    return found


def _all_above(place: str, above: dict[str, list[str]]) -> Iterator[str]:
    seen, waiting = {place}, [place]
    while waiting:
        for outer in above.get(waiting.pop(), ()):
            if outer not in seen:
                seen.add(outer)
                waiting.append(outer)
                yield outer


def _sum(facts: Sequence[Row]) -> tuple[float, float | None, str]:
    """Value, high end and qualifier of a sum: as open as its parts."""
    low = math.fsum(float(f["value"]) for f in facts)
    said = {f["qualifier"] for f in facts}
    if any(f["value_high"] is not None for f in facts):
        return low, math.fsum(float(f["value"] if f["value_high"] is None else f["value_high"]) for f in facts), "range"
    if said == {"exact"}:
        return low, None, "exact"
    if said <= {"exact", "more_than", "at_least"}:
        return low, None, "at_least"
    if said <= {"exact", "less_than", "at_most"}:
        return low, None, "at_most"
    return low, None, "approx"


def list_sums(facts: pd.DataFrame, units: pd.DataFrame) -> list[Total | Refusal]:
    """What results of a corpus seem to add up to: totals first, then refusals, each with most facts first.

    Tried: one subject over places or over periods; what is left of a subject; the subjects of one unit, place and period.
    """
    results = facts[(facts["mode"] == "done") & (facts["aspect"] == "count") & facts["kind"].isin(("count", "money"))]
    results = results[results["subject_key"].str.count(" ") >= _DEFINITE - 1]
    unit_key = results["kind"] + " " + results["unit_id"].fillna(results["unit"]).fillna("")
    results = results[_READ].assign(unit_key=unit_key).astype(object)
    above = containers(units)
    subject = ["unit_key", "subject_key"]
    tried: dict[tuple[str, ...], Total | Refusal] = {}
    summed: set[str] = set()
    for keys, other in (([*subject, "period"], "place_id"), ([*subject, "place_id"], "period")):
        known = results[results["place_id"].notna() & results["period"].notna()]
        for answer in _each(known, keys, above, several=other):
            tried.setdefault(tuple(sorted(answer.fact_ids)), answer)
            summed.update(answer.fact_ids if answer.is_total else ())
    left = results[~results["fact_id"].isin(summed)]
    counts = left[left["unit_id"].notna() & left["place_id"].notna() & (left["kind"] == "count")]
    alike = _each(counts, ["unit_key", "place_id", "period"], above, several="subject_key")
    for answer in (*_each(left, subject, above), *alike):
        tried.setdefault(tuple(sorted(answer.fact_ids)), answer)
    return sorted(tried.values(), key=lambda a: (not a.is_total, -len(a.fact_ids)))


def _each(
    facts: pd.DataFrame, keys: list[str], above: dict[str, list[str]], *, several: str = "fact_id"
) -> Iterator[Total | Refusal]:
    """An answer for each group of facts that differ in column `several`."""
    groups = facts.groupby(keys, dropna=False)
    facts = facts[groups[several].transform("nunique") > 1]
    records = _records(facts)
    members: dict[int, list[Row]] = {}
    for number, record in zip(facts.groupby(keys, sort=False, dropna=False).ngroup(), records, strict=True):
        members.setdefault(number, []).append(record)
    yield from (_add(group, above) for group in members.values())
