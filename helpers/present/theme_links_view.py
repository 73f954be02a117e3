"""Figures by theme and people by theme as shown: which numbers and which voices belong to each."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.analysis.theme_links import facts_of_themes, people_of_themes
from helpers.present.display import Column, Note, Table
from helpers.present.facts_view import figure_items
from helpers.present.people_view import document_of, office_text
from helpers.present.report import Report
from helpers.present.themes_view import theme_label, theme_order


def show_theme_figures(report: Report, *, n_themes: int = 14, n_figures: int = 5) -> Table | Note:
    """For each theme the figures that stand nearest to its words: those that most articles state, then what says most."""
    pairs, facts = facts_of_themes(report.tables), report.tables["facts"]
    if pairs.empty:
        return Note(report.say("no_theme_figures"))
    # "20 bánh heroin" says more of a theme than "4 người", and a count more than an age or a distance
    says = facts["subject"].str.split().str.len().clip(upper=3) + ~facts["kind"].isin(("measure", "rank"))
    ranked = facts.assign(says=says).sort_values(["n_articles", "says", "n_mentions"], ascending=False, kind="stable")
    counted = pairs["theme_id"].value_counts()
    rows = []
    for theme_id in [t for t in theme_order(report) if t in counted.index][:n_themes]:
        of_theme = ranked[ranked["fact_id"].isin(pairs.loc[pairs["theme_id"] == theme_id, "fact_id"])]
        items = figure_items(report, of_theme.head(n_figures), n_words=8)
        if len(of_theme) > n_figures:
            items.append(
                Markup("<small>{}</small>").format(
                    report.say("more_figures", n=report.number(len(of_theme) - n_figures))
                )
            )
        rows.append({
            "theme": theme_label(report, theme_id), "n": report.number(len(of_theme)),
            "figures": Markup('<span class="items">{}</span>').format(Markup("<br>").join(items)),
            "reference": report.evidence.cite([ids[0] for ids in of_theme["mention_ids"].head(n_figures)], limit=3),
        })  # fmt: skip
    columns = [Column("theme", report.say("theme"), head=True), Column("n", report.say("theme_n_facts"), number=True),
               Column("figures", report.say("figures"), wide=True), Column("reference", report.say("reference"))]  # fmt: skip
    title = report.say(
        "theme_figures_title", theme=theme_label(report, str(counted.index[0])), top=report.number(counted.iloc[0]),
        n=report.number(pairs["fact_id"].nunique()), all=report.number(len(facts)),
    )  # fmt: skip
    return report.show_table(rows, columns, title=title, table_id="tbl-theme-figures")


def show_theme_people(report: Report, *, n_themes: int = 14, n_people: int = 3) -> Table | Note:
    """For each theme who in public office speaks in its sentences, and who is named in them."""
    people = people_of_themes(report.tables)
    if people.empty:
        return Note(report.say("no_theme_people"))
    persons = report.tables["persons"].set_index("person_id")
    rows = []
    for theme_id in [t for t in theme_order(report) if t in set(people["theme_id"])][:n_themes]:
        of_theme = people[people["theme_id"] == theme_id]
        rows.append({
            "theme": theme_label(report, theme_id),
            "speaking": _names(report, of_theme, persons, "n_quoted", n_people), "named": _names(report, of_theme, persons, "n_named", n_people),
            "reference": report.evidence.cite([i for ids in of_theme["mention_ids"].head(n_people) for i in ids], limit=3),
        })  # fmt: skip
    columns = [
        Column("theme", report.say("theme"), head=True), Column("speaking", report.say("theme_speaking"), vietnamese=True),
        Column("named", report.say("theme_named"), vietnamese=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    if not (people["n_named"] > 0).any():
        columns = [c for c in columns if c.name != "named"]
    n_themes_of = (
        people[people["n_quoted"] > 0]
        .groupby("person_id")["theme_id"]
        .nunique()
        .sort_values(ascending=False, kind="stable")
    )
    if n_themes_of.empty:
        title = report.say("theme_people_title_silent", n=report.number(people["person_id"].nunique()))
    else:
        top = persons.loc[n_themes_of.index[0]]
        title = report.say("theme_people_title", name=_shown(report, top), n=report.number(n_themes_of.iloc[0]),
                           themes=report.number(people["theme_id"].nunique()))  # fmt: skip
    return report.show_table(
        rows, columns, title=title, table_id="tbl-theme-people", note=report.say("theme_people_note")
    )


def _shown(report: Report, person: pd.Series) -> str:
    """The name as it may be shown."""
    return report.privacy.hide_name(document_of(person["name_ids"][0]), person["names"][0])


def _names(report: Report, people: pd.DataFrame, persons: pd.DataFrame, column: str, limit: int) -> Markup | str:
    """Names with their office and the number of sentences, each a link to the first."""
    found = people[people[column] > 0].sort_values(column, ascending=False, kind="stable")
    items = []
    for p in found.head(limit).itertuples():
        person = persons.loc[p.person_id]
        link = report.evidence.link(_shown(report, person), p.mention_ids[0])
        items.append(
            link
            + Markup(" ({})<br><small>{}</small>").format(
                report.number(getattr(p, column)), office_text(report, person)
            )
        )
    if len(found) > limit:
        items.append(Markup("+{}").format(len(found) - limit))
    return Markup("<br>").join(items) or "–"
