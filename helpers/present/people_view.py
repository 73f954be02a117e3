"""People as shown: who holds which office, what they say and which figures they give, and where one office has two names."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.display import Column, Group, Note, Table
from helpers.present.facts_view import figure_links
from helpers.present.groups import make_badge
from helpers.present.report import Report
from helpers.schema import SOURCES

#: words of a quote that are printed
_OPENING = 14
_MARKS = '“”„‟«»"'


def document_of(mention_id: str) -> str:
    """The article of a mention.

    >>> document_of("a:b:12-20:person")
    'a:b'
    """
    return mention_id.rsplit(":", 2)[0]


def show_people(report: Report, *, at_most: int = 40, n_quotes: int = 2) -> Table | Note:
    """People in public office under the kind of their office: what they said, the figures they gave, where they are named.

    Args:
        at_most: people shown, those first who say most; all stand in data/people.csv. n_quotes: quotes shown of each.
    """
    persons = report.tables["persons"]
    if persons.empty:
        return Note(report.say("no_office", n=report.finding_values["n_private_people"]))
    said = _said(report)
    people = persons.merge(said, on="person_id", how="left")
    people[["n_words", "n_facts"]] = people[["n_words", "n_facts"]].fillna(0)
    order = ["n_words", "n_facts", "n_articles", "n_mentions"]
    chosen = people.sort_values(order, ascending=False, kind="stable").head(at_most)
    chosen = chosen.sort_values("kind", key=lambda kinds: kinds.map(SOURCES.index), kind="stable")
    quotes, facts = _quotes(report, chosen, n_quotes), _facts(report, chosen)
    rows, shown = [], None
    for p in chosen.itertuples():
        group = Group(report.say(f"source_{p.kind}")) if p.kind != shown else None
        rows.append({"group": group, **_person_row(report, p, quotes, facts)})
        shown = p.kind
    columns = [
        Column("name", report.say("person"), head=True, vietnamese=True), Column("quoted", report.say("quoted_words"), wide=True),
        Column("figures", report.say("figures_given")), Column("reference", report.say("named_in")),
    ]  # fmt: skip
    key = "people_title" if len(rows) == len(persons) else "people_title_some"
    values = {"n": len(persons), "shown": len(rows), "quoted": int((people["n_words"] > 0).sum())}
    title = report.say(key, **{k: report.number(v) for k, v in values.items()})
    return report.show_table(rows, columns, title=title, table_id="tbl-people", rows_are="person")


def _said(report: Report) -> pd.DataFrame:
    """One row a person who speaks, over all articles: quote_ids, fact_ids, n_words, n_facts."""
    voices = report.tables["voices"]
    voices = voices[voices["person_id"].notna()]
    return voices.groupby("person_id", sort=False, as_index=False).agg(
        quote_ids=("quote_ids", lambda lists: [i for ids in lists for i in ids]),
        fact_ids=("fact_ids", lambda lists: [i for ids in lists for i in ids]),
        n_words=("n_words", "sum"), n_facts=("n_facts", "sum"),
    )  # fmt: skip


def _quotes(report: Report, people: pd.DataFrame, n_quotes: int) -> dict[str, tuple[str, str]]:
    """mention_id -> text and form of the quotes that will be shown."""
    wanted = [i for ids in people["quote_ids"] if isinstance(ids, list) for i in ids[:n_quotes]]
    mentions = report.tables["mentions"]
    texts = mentions.loc[mentions["mention_id"].isin(wanted), ["mention_id", "surface"]]
    texts = texts.merge(report.tables["quotes"][["mention_id", "form"]], on="mention_id")
    return {i: (text, form) for i, text, form in texts.itertuples(index=False)}


def _facts(report: Report, people: pd.DataFrame) -> pd.DataFrame:
    """The facts that these people state."""
    wanted = [i for ids in people["fact_ids"] if isinstance(ids, list) for i in ids]
    facts = report.tables["facts"]
    return facts[facts["fact_id"].isin(wanted)]


def _person_row(report: Report, person, quotes: dict[str, tuple[str, str]], facts: pd.DataFrame) -> dict:
    quote_ids = person.quote_ids if isinstance(person.quote_ids, list) else []
    fact_ids = person.fact_ids if isinstance(person.fact_ids, list) else []
    spoken = [_quote(report, i, *quotes[i]) for i in quote_ids if i in quotes]
    if len(quote_ids) > len(spoken):
        spoken.append(Markup('<small lang="{}">{}</small>').format(
            report.language, report.say("more_quotes", n=report.number(len(quote_ids) - len(spoken)))
        ))  # fmt: skip
    office = Markup("<br><small>{}</small>").format(office_text(report, person))
    return {
        "name": _names(report, person) + office, "quoted": Markup("<br>").join(spoken) or "–",
        "figures": figure_links(report, facts[facts["fact_id"].isin(fact_ids)]) or "–",
        "reference": report.evidence.cite(person.mention_ids, limit=3),
    }  # fmt: skip


def _names(report: Report, person) -> Markup:
    """The name, or all that one article gives for the office, each a link to its sentence."""
    names = [
        report.evidence.link(report.privacy.hide_name(document_of(i), n), i)
        for n, i in zip(person.names, person.name_ids, strict=True)
    ]
    if not person.conflict:
        return names[0]
    badge = make_badge(
        "contradicted",
        report.say("conflict"),
        language=report.language,
        anchor=report.evidence.first_anchor(person.name_ids),
    )
    return Markup(" ≠ ").join(names) + Markup(" ") + badge


def office_text(report: Report, person) -> str:
    """Rank, function and organisation as the articles print them."""
    rank, function, organisation = (
        v if isinstance(v, str) else "" for v in (person.rank, person.function, person.organisation)
    )
    # "Trưởng Công an" and "Công an phường Hưng Trí" overlap in one word or more: say it once
    words = organisation.split()
    overlap = next((n for n in range(len(words), 0, -1) if function.endswith(" ".join(words[:n]))), 0)
    office = " ".join((function, *words[overlap:])).strip()
    # any of the person's articles may be the one that prints it so
    doc_ids = [document_of(i) for i in person.mention_ids]
    shown = report.privacy.hide_all(doc_ids, f"{rank}, {office}" if rank and office else rank or office)
    return report.first_uses.expand(shown[:1].upper() + shown[1:], doc_ids[0])


def _quote(report: Report, mention_id: str, text: str, form: str) -> Markup:
    """The first words of a quote, a link to where it stands, its length and reference."""
    # masked before it is cut: half a name would be a name
    words = report.privacy.hide(document_of(mention_id), text).strip(_MARKS + " ").split()
    opening = " ".join(words[:_OPENING])
    opening = opening.rstrip(" .,;:…") + "…" if len(words) > _OPENING else opening
    said = f"“{opening}”" if form == "direct" else opening
    length = report.say(f"n_words_{form}", n=report.number(len(text.split())))
    return Markup('<span lang="vi">{}</span> <small lang="{}">({})</small> {}').format(
        report.evidence.link(said, mention_id), report.language, length, report.evidence.cite([mention_id])
    )
