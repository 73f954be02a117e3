"""People as shown: who holds which office, whose words are quoted, and where one office has two names."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.charts import plot_ranked
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.report import Report


def _public_people(report: Report) -> pd.DataFrame:
    """One row a named person in public office: names, rank, function, organisation, the mentions behind them."""
    people = report.tables["people"].merge(report.tables["mentions"], on="mention_id").sort_values(["doc_id", "start"])
    if people.empty or report.settings.mask_public_names:
        return people.head(0)
    rows = []
    for entity_id, group in people.groupby("entity_id", sort=False):
        if not group["public"].any():
            continue
        full = group[group["name"].str.split().str.len() == group["name"].str.split().str.len().max()]
        rows.append({
            "entity_id": entity_id, "doc_id": group["doc_id"].iloc[0], "names": list(dict.fromkeys(full["name"])),
            **{c: _longest(group[c]) for c in ("rank", "function", "organisation")}, "mention_ids": list(full["mention_id"]),
            "conflict": bool(group["conflict"].notna().any()),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _longest(column: pd.Series) -> str:
    return max((str(v) for v in column.dropna()), key=len, default="")


def _n_quoted_words(report: Report) -> dict[str, int]:
    """Speaker -> words quoted directly."""
    quotes = report.tables["quotes"].merge(report.tables["mentions"], on="mention_id")
    quotes = quotes[(quotes["form"] == "direct") & quotes["speaker"].notna()]
    return quotes.assign(n=quotes["surface"].str.split().str.len()).groupby("speaker")["n"].sum().to_dict()


def _office(person) -> str:
    function, organisation = person.function, person.organisation
    # "Trưởng Công an" and "Công an phường Hưng Trí" overlap in one word or more: say it once
    for size in range(len(organisation.split()), 0, -1):
        head = " ".join(organisation.split()[:size])
        if function.endswith(head):
            return function + organisation[len(head) :]
    return f"{function} {organisation}".strip()


def show_people(report: Report) -> Table | Note:
    """People in public office, in the order of the articles, with what they said and where they are named."""
    people = _public_people(report)
    if people.empty:
        return Note(report.say("no_office", n=report.finding_values["n_private_people"]))
    spoken = _n_quoted_words(report)
    rows = []
    for p in people.itertuples():
        name = report.evidence.link(p.names[0], p.mention_ids[0])
        for other in p.names[1:]:
            badge = Markup(' <span class="badge badge-contradicted" lang="{}">{}</span>').format(
                report.language, report.say("conflict")
            )
            name += (
                Markup('<br><small lang="{}">{}</small>').format(report.language, report.say("also_named", name=other))
                + badge
            )
        n_words = sum(spoken.get(n, 0) for n in p.names)
        rows.append({
            "name": name, "function": Markup("{}{}").format(f"{p.rank}, " if p.rank else "", _office(p)),
            "quoted": report.say("n_words", n=report.number(n_words)) if n_words else "–",
            "reference": report.evidence.cite(p.mention_ids),
        })  # fmt: skip
    columns = [
        Column("name", report.say("name"), head=True, vietnamese=True), Column("function", report.say("function"), vietnamese=True),
        Column("quoted", report.say("quoted_words"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    return report.show_table(
        rows, columns, title=report.say("people_title", n=report.number(len(rows))), table_id="tbl-people"
    )


def show_conflicts(report: Report) -> Table | Note:
    """Where one article gives two names for one office: both, with both sentences; none is chosen."""
    people = _public_people(report)
    torn = people[people["conflict"]] if not people.empty else people
    if torn.empty:
        return Note(report.say("no_conflicts"))
    rows = [
        {
            "function": f"{p.rank + ', ' if p.rank else ''}{_office(p)}",
            "name": Markup(" ≠ ").join(
                report.evidence.link(n, m) for n, m in zip(p.names, p.mention_ids, strict=False)
            ),
            "reference": report.evidence.cite(p.mention_ids),
        }
        for p in torn.itertuples()
    ]
    columns = [Column("function", report.say("function"), head=True, vietnamese=True), Column("name", report.say("name"), vietnamese=True),
               Column("reference", report.say("reference"))]  # fmt: skip
    return report.show_table(
        rows, columns, title=report.say("conflicts_title", n=report.number(len(rows))), table_id="tbl-conflicts"
    )


def show_voices(report: Report) -> Figure | Note:
    """Bars: words quoted directly from each person in public office."""
    people = _public_people(report)
    spoken = _n_quoted_words(report)
    named = {n for names in people.get("names", ()) for n in names}
    values = pd.Series({n: float(w) for n, w in spoken.items() if n in named})
    if values.empty:
        return Note(report.say("no_voices"))
    top = str(values.idxmax())
    rows = "; ".join(f"{n}: {report.number(v)}" for n, v in values.sort_values(ascending=False).items())
    axes = plot_ranked(values, unit=report.say("voices_unit"), show=report.number, point=top)
    return report.show_figure(
        axes,
        title=report.say("voices_title", name=top, n=report.number(values.max())),
        alt=report.say("voices_alt", rows=rows),
    )
