"""The data beside the reports: finding → facts → mentions → document, start, end. No article, no private name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import store
from helpers.present.evidence import anchor
from helpers.present.report import Report


def write_data(report: Report, folder: Path) -> list[str]:
    """Writes findings, facts, figures and articles as CSV, findings also as JSON; returns the file names."""
    frames = {
        "findings": _lists_joined(report.tables["findings"]), "facts": _facts(report),
        "mentions": _mentions(report), "articles": _articles(report),
    }  # fmt: skip
    names = []
    for name, frame in frames.items():
        store.write_bytes(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n").encode())
        names.append(f"{name}.csv")
    rows = report.tables["findings"].to_dict("records")
    store.write_json(
        folder / "findings.json",
        [{k: v if isinstance(v, list) or pd.notna(v) else None for k, v in r.items()} for r in rows],
    )
    return [*names, "findings.json"]


def _lists_joined(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{c: [" ".join(v) for v in frame[c]] for c in ("fact_ids", "mention_ids") if c in frame})


def _facts(report: Report) -> pd.DataFrame:
    facts = report.tables["facts"]
    documents = [ids[0].rsplit(":", 2)[0] for ids in facts["mention_ids"]]
    hidden = {
        column: [report.privacy.hide(d, t) if isinstance(t, str) else t for d, t in zip(documents, facts[column], strict=True)]
        for column in ("subject", "speaker", "base", "unit")
    }  # fmt: skip
    return _lists_joined(facts.assign(**hidden))


def _mentions(report: Report) -> pd.DataFrame:
    """Figures and dates with their places in the text; surfaces are what the article prints there."""
    mentions = report.tables["mentions"]
    chosen = mentions[mentions["kind"].isin(("count", "percent", "ratio", "money", "measure", "rank", "date"))]
    labels = report.tables["articles"].set_index("doc_id")["label"]
    chosen = chosen.merge(report.tables["sentences"][["sent_id", "paragraph"]], on="sent_id", how="left")
    chosen["anchor"] = [
        anchor(labels[d], a, b) for d, a, b in zip(chosen["doc_id"], chosen["start"], chosen["end"], strict=True)
    ]
    chosen["inferred"] = [" ".join(i) for i in chosen["inferred"]]
    return chosen.drop(columns=["entity_id", "sent_id", "strength"])


def _articles(report: Report) -> pd.DataFrame:
    articles = report.tables["articles"].drop(columns=["notes"])
    return articles.assign(
        title=[report.privacy.hide(d, t) for d, t in zip(articles["doc_id"], articles["title"], strict=True)]
    )
