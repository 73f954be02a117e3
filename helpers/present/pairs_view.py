"""Pairs as shown: the people, organisations, documents and places that stand together in sentences, each pair with its sentences."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.analysis.pairs import LARGE
from helpers.present.display import Column, Note, Table
from helpers.present.people_view import document_of
from helpers.present.report import Report


def show_pairs(report: Report, *, at_most: int = 25) -> Table | Note:
    """A row a pair, the strongest first: in how many sentences, and in how many chance would put them.

    Of a few articles nothing can be tested: the table then shows counts alone.
    """
    pairs = report.tables["pairs"]
    if pairs.empty:
        return Note(report.say("no_pairs"))
    is_tested = len(report.tables["articles"]) >= LARGE
    if not is_tested:  # people first, then by count
        order = pairs.assign(no_person=pairs["first_kind"] != "person", fewer=-pairs["n_sentences"])
        pairs = pairs.loc[order.sort_values(["no_person", "fewer"], kind="stable").index]
    rows = [
        {
            "first": _end(report, p.first, p.first_kind, p.first_ids[0]),
            "second": _end(report, p.second, p.second_kind, p.second_ids[0]),
            "sentences": report.number(p.n_sentences),
            "articles": report.number(p.n_articles), "expected": _expected(report, p.expected),
            "association": report.number(round(p.association)), "reference": report.evidence.cite(p.second_ids, limit=3),
        }
        for p in pairs.head(at_most).itertuples()
    ]  # fmt: skip
    measured = ("sentences", "articles", "expected", "association") if is_tested else ("sentences",)
    columns = [
        Column("first", report.say("pair_first"), head=True, vietnamese=True),
        Column("second", report.say("pair_second"), vietnamese=True),
        *(Column(c, report.say(f"pair_{c}"), number=True) for c in measured), Column("reference", report.say("reference")),
    ]  # fmt: skip
    return report.show_table(rows, columns, title=_title(report, pairs.head(at_most), is_tested), table_id="tbl-pairs")


def _title(report: Report, pairs: pd.DataFrame, is_tested: bool) -> str:
    """The strongest pair of many articles, the name with most others of a few."""
    base = {"n": report.number(len(pairs)), "sentences": report.number(report.tables["sentences"]["text"].nunique())}
    if is_tested:
        top = next(pairs.itertuples())
        first = shown_end(report, top.first, top.first_kind, top.first_ids[0])
        second = shown_end(report, top.second, top.second_kind, top.second_ids[0])
        return report.say("pairs_title_tested", **base, first=first, second=second)
    counted = pd.concat([pairs["first"], pairs["second"]]).value_counts(sort=False)
    hub, degree = str(counted.idxmax()), int(counted.max())
    ends = [(p.first, p.first_kind, p.first_ids[0]) for p in pairs.itertuples()]
    ends += [(p.second, p.second_kind, p.second_ids[0]) for p in pairs.itertuples()]
    name = shown_end(report, *next(end for end in ends if end[0] == hub))
    return report.say("pairs_title", **base, name=name, degree=report.number(degree))


def shown_end(report: Report, name: str, kind: str, mention_id: str) -> str:
    """The name as it may be shown."""
    hide = report.privacy.hide_name if kind == "person" else report.privacy.hide
    return hide(document_of(mention_id), name)


def _end(report: Report, name: str, kind: str, mention_id: str) -> Markup:
    shown = report.first_uses.expand(shown_end(report, name, kind, mention_id), document_of(mention_id))
    return Markup('{} <small lang="{}">({})</small>').format(
        report.evidence.link(shown, mention_id), report.language, report.say(f"node_{kind}")
    )


def _expected(report: Report, value: float) -> str:
    return report.number(value) if value >= 0.01 else f"< {report.number(0.01)}"
