"""What changed between two builds: findings and facts that are new, gone or different, each with its cause.

Read from what every build leaves in `reports/data`. Facts are known again by what they state and where, not by their place in the
text, so that a paragraph put in front changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pandas as pd

from helpers import store

#: what a fact states, without its value
_SUBJECT = ("kind", "subject", "unit", "direction", "aspect", "mode", "place_id", "period")
_VALUE = ("value", "value_high", "qualifier", "agreement")


class NoBuildError(ValueError):
    """A folder that holds no build; the message names it and the mend."""


class Build:
    """The data of one build."""

    def __init__(self, folder: Path) -> None:
        data = folder / "data" if (folder / "data").is_dir() else folder
        self.manifest = store.read_json(data / "manifest.json")
        try:
            tables = {
                name: pd.read_csv(data / f"{name}.csv", dtype=str, keep_default_na=False)
                for name in ("facts", "findings", "articles")
            }
        except (OSError, ValueError) as error:
            raise NoBuildError(
                f"{folder}: no build there ({error}); give a reports folder, or its data folder"
            ) from error
        self.articles = dict(zip(tables["articles"]["doc_id"], tables["articles"].get("digest", ""), strict=True))
        self.findings = {row["finding_id"]: row for row in tables["findings"].to_dict("records")}
        self.facts: dict[tuple, list[dict]] = {}
        for row in tables["facts"].to_dict("records"):
            row["docs"] = sorted({m.rsplit(":", 2)[0] for m in row["mention_ids"].split()})
            self.facts.setdefault((tuple(row["docs"]), *(row.get(c, "") for c in _SUBJECT)), []).append(row)

    def inputs(self, kind: str) -> dict[str, str]:
        """File -> digest of the lexicons, the code or the corrections."""
        return self.manifest.get("inputs", {}).get(kind, {})


def compare(old: Build, new: Build) -> dict:
    """What changed, as plain data; every list is empty when nothing did."""
    changed = {kind: _changed(old.inputs(kind), new.inputs(kind)) for kind in ("correction", "lexicon", "rule")}
    articles = _changed(old.articles, new.articles)
    facts = list(_facts(old, new, set(articles), changed))
    return {
        "inputs": {"article": articles, **changed},
        "findings": list(_findings(old, new, facts, articles, changed)), "facts": facts,
    }  # fmt: skip


def _changed(old: dict[str, str], new: dict[str, str]) -> list[str]:
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _cause(docs: list[str], articles: set[str], changed: dict[str, list[str]]) -> str:
    """article, correction, lexicon, rule, or several where the two builds differ in more than one."""
    if not articles.isdisjoint(docs):
        return "article"
    return " or ".join(kind for kind, files in changed.items() if files) or "other articles"


def _facts(old: Build, new: Build, articles: set[str], changed: dict[str, list[str]]) -> Iterator[dict]:
    for key in [*old.facts, *(k for k in new.facts if k not in old.facts)]:
        before, after = old.facts.get(key, []), new.facts.get(key, [])
        gone, came = _unmatched(before, after), _unmatched(after, before)
        for was, now in zip(gone, came, strict=False):
            yield _fact("changed", was, now, articles, changed)
        for was in gone[len(came) :]:
            yield _fact("gone", was, None, articles, changed)
        for now in came[len(gone) :]:
            yield _fact("new", None, now, articles, changed)


def _unmatched(these: list[dict], those: list[dict]) -> list[dict]:
    """The facts that have no equal among the others."""
    left = Counter(_said(row) for row in those)
    found = []
    for row in these:
        if left[_said(row)]:
            left[_said(row)] -= 1
        else:
            found.append(row)
    return found


def _said(row: dict) -> tuple[str, ...]:
    return tuple(str(row.get(c, "")) for c in _VALUE)


def _fact(what: str, was: dict | None, now: dict | None, articles: set[str], changed: dict[str, list[str]]) -> dict:
    row = now or was or {}
    return {
        "what": what, "subject": row["subject"], "documents": row["docs"], "old": _shown(was), "new": _shown(now),
        "cause": _cause(row["docs"], articles, changed), "fact_id": row["fact_id"],
    }  # fmt: skip


def _shown(row: dict | None) -> dict[str, str] | None:
    return {c: row[c] for c in _VALUE if row.get(c)} if row else None


def _findings(
    old: Build, new: Build, facts: list[dict], articles: list[str], changed: dict[str, list[str]]
) -> Iterator[dict]:
    causes = [cause for cause, _ in Counter(f["cause"] for f in facts).most_common()]
    for finding_id in [*old.findings, *(i for i in new.findings if i not in old.findings)]:
        was, now = old.findings.get(finding_id), new.findings.get(finding_id)
        if was and now and was["value"] == now["value"]:
            continue
        cause = ("article" if articles else "") or (causes[0] if causes else "") or _cause([], set(), changed)
        yield {
            "what": "changed" if was and now else "gone" if was else "new", "finding": finding_id,
            "label": (now or was or {}).get("label_en", ""), "old": was["value"] if was else None,
            "new": now["value"] if now else None, "cause": cause,
        }  # fmt: skip


def is_empty(found: dict) -> bool:
    """Whether nothing changed that a reader sees."""
    return not found["findings"] and not found["facts"]


def as_json(found: dict) -> str:
    """The comparison as JSON that reads well."""
    return json.dumps(found, ensure_ascii=False, indent=1)


def as_page(found: dict, old: str, new: str) -> str:
    """The comparison as one HTML page that needs nothing else."""

    def value(side: object) -> str:
        if isinstance(side, dict):
            return " ".join(str(v) for v in side.values())
        return "–" if side is None else str(side)

    def table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
        if not rows:
            return f"<h2>{escape(title)}</h2><p>Nothing changed.</p>"
        cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        heads = "".join(f'<th scope="col">{escape(h)}</th>' for h in head)
        return f"<h2>{escape(title)} ({len(rows)})</h2><table><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>"

    findings = [(f["what"], f["label"], value(f["old"]), value(f["new"]), f["cause"]) for f in found["findings"]]
    facts = [
        (f["what"], f["subject"], value(f["old"]), value(f["new"]), ", ".join(f["documents"]), f["cause"])
        for f in found["facts"]
    ]
    inputs = [(kind, name) for kind, names in found["inputs"].items() for name in names]
    body = (
        table("Findings", ("", "finding", "before", "now", "cause"), findings)
        + table("Facts", ("", "what is counted", "before", "now", "articles", "cause"), facts)
        + table("What the builds were made from", ("kind", "changed"), inputs)
    )
    return _PAGE.format(title=escape(f"{old} → {new}"), body=body)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>What changed: {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }} th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; }}
main {{ overflow-x: auto; }}
</style></head><body><main><h1>What changed</h1><p>{title}</p>{body}</main></body></html>
"""
