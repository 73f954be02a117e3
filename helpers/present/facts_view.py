"""Facts as shown: the table in which every figure leads to its sentence, and the chart of what shares one unit."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.analysis.main_facts import foremost_facts
from helpers.present.charts import plot_ranked
from helpers.present.display import Column, Figure, Group, Note, Table
from helpers.present.facets import Facets
from helpers.present.numbers import format_edtf, format_figure
from helpers.present.report import Report


def show_facts(
    report: Report,
    facts: pd.DataFrame,
    *,
    title: str,
    table_id: str,
    empty: str = "no_results",
    by_subject: bool = False,
    at_most: int = 120,
) -> Table | Note:
    """A table of facts: the figure, what it counts, its base, where and when, who says so, the reference to its sentence.

    A table longer than `at_most` holds the foremost facts, and says by which rule and where all of them stand.

    Args:
        facts: rows of table `facts`. title, empty: keys of the wording. by_subject: grouped by what is counted, the subject
            with most facts first; else in the order of the articles.
    """
    if facts.empty:
        return Note(report.say(empty))
    n_facts = len(facts)
    facts = foremost_facts(facts, at_most)
    columns = [
        Column("figure", report.say("figure"), number=True), Column("what", report.say("what"), head=True, vietnamese=True),
        Column("base", report.say("base"), vietnamese=True), Column("scope", report.say("scope")),
        Column("speaker", report.say("speaker")), Column("reference", report.say("reference")),
    ]  # fmt: skip
    if not facts["aspect"].isin(("change", "share")).any() and facts["base"].isna().all():
        columns = [c for c in columns if c.name != "base"]
    facets = Facets(report)
    if by_subject:
        rows = [
            {"group": group if i == 0 else None, "facets": facets.of_fact(fact), **_fact_row(report, fact)}
            for group, members in _subjects(report, facts)
            for i, fact in enumerate(members)
        ]
    else:
        rows = [{"facets": facets.of_fact(fact), **_fact_row(report, fact)} for fact in facts.itertuples()]
    note = report.say("facts_rule", shown=report.number(len(facts)), n=report.number(n_facts))
    title = report.say(title, n=report.number(n_facts))
    note = note if len(facts) < n_facts else ""
    return report.show_table(rows, columns, title=title, table_id=table_id, note=note, rows_are="fact")


def _subjects(report: Report, facts: pd.DataFrame) -> list[tuple[Group, list]]:
    """Facts under what they count: one group a counted noun that several share, then the other kinds of figures."""
    counts = facts[facts["kind"] == "count"]
    heads = counts["unit"].fillna("").str.lower().str.split().str[0].fillna("")
    heads = heads.where(heads.map(heads.value_counts()) > 1, "")
    groups = []
    for head in sorted(set(heads), key=lambda h: (h == "", -int((heads == h).sum()), h)):
        members = list(counts[heads == head].itertuples())
        label = _head_word(counts[heads == head]) if head else ""
        groups.append((Group(label, vietnamese=True) if label else Group(report.say("kind_count")), members))
    for kind in ("money", "percent", "ratio", "measure", "rank"):
        members = list(facts[facts["kind"] == kind].itertuples())
        if members:
            groups.append((Group(report.say(f"kind_{kind}")), members))
    return groups


def _fact_row(report: Report, fact) -> dict:
    mention_id, language = fact.mention_ids[0], report.language
    doc_id = mention_id.rsplit(":", 2)[0]

    def printed(text: object) -> str:
        return report.privacy.hide(doc_id, text) if isinstance(text, str) else ""

    subject = report.first_uses.expand(printed(fact.subject), doc_id)
    if fact.kind == "measure":  # the unit stands with the figure
        subject = subject.removeprefix(f"{fact.unit} ")
    what = report.evidence.as_printed(subject, mention_id)
    if isinstance(fact.action, str) and fact.kind == "count" and len(fact.subject.split()) < 2:  # "155 vụ": of what?
        action = report.evidence.as_printed(printed(fact.action), mention_id)
        what += Markup("<br><small>({})</small>").format(action)
    if whole := report.wholes.get(mention_id):
        what += Markup('<br><small lang="{}">{}</small>').format(language, report.say("part_of", whole=printed(whole)))
    if badge := report.badge(fact):
        what += Markup("<br>") + badge
    base = report.evidence.as_printed(printed(fact.base), mention_id)
    if not base and fact.aspect == "change":
        base = Markup('<small lang="{}">{}</small>').format(language, report.say("no_base"))
    period = format_edtf(fact.period if isinstance(fact.period, str) else None, language)
    inferred = report.inferred[mention_id]
    return {
        "figure": report.evidence.link(figure_text(report, fact), mention_id, of=fact.mention_ids), "what": what, "base": base,
        "scope": _scope(report, report.place_name(fact.place_id), period, inferred),
        "speaker": Markup('<span lang="vi">{}</span>').format(printed(fact.speaker)) if isinstance(fact.speaker, str) else report.say(f"voice_{fact.voice}"),
        "reference": report.evidence.cite(fact.mention_ids),
    }  # fmt: skip


def figure_text(report: Report, fact) -> str:
    """The figure of a fact with its signs; money and measures with their unit. An arrow says by how much, not to what."""
    direction = fact.direction if fact.aspect == "change" else "none"
    high = None if pd.isna(fact.value_high) else float(fact.value_high)
    text = format_figure(
        fact.kind, float(fact.value), high, qualifier=fact.qualifier, direction=direction, language=report.language
    )
    return f"{text} {fact.unit}" if fact.kind in ("money", "measure") and isinstance(fact.unit, str) else text


def figure_items(report: Report, facts: pd.DataFrame, *, by_place: bool = False, n_words: int = 8) -> list[Markup]:
    """The figures of `facts`, each a link to its sentence, with what it counts.

    Args:
        by_place: the sentence is the one that states the place, where one does.
    """
    items = []
    for fact in facts.itertuples():
        stated = [m for m in fact.mention_ids if "place_id" not in report.inferred[m]] if by_place else []
        mention_id = (stated or fact.mention_ids)[0]
        doc_id = mention_id.rsplit(":", 2)[0]
        words = report.privacy.hide(doc_id, fact.subject).split()
        short = report.first_uses.expand(" ".join(words[:n_words]), doc_id) + (" …" if len(words) > n_words else "")
        figure = report.evidence.link(figure_text(report, fact), mention_id, of=fact.mention_ids)
        if fact.kind in ("money", "measure", "percent"):  # the unit stands with the figure
            short = short.removeprefix(f"{fact.unit}").strip()
        short = report.evidence.as_printed(short, mention_id)
        items.append(figure + Markup(' <span lang="vi">{}</span>').format(short) if short else figure)
    return items


def figure_links(report: Report, facts: pd.DataFrame, *, limit: int = 4) -> Markup:
    """The figures of `facts` with what they count, each a link to its sentence; beyond `limit` their number."""
    shown = figure_items(report, facts.head(limit), n_words=6)
    if len(facts) > limit:
        shown.append(Markup("+{}").format(len(facts) - limit))
    return Markup("<br>").join(shown)


def scope_text(report: Report, fact) -> Markup:
    """Place and period of a fact on one line: `thị xã Kỳ Anh, 2023`; what the text does not say is marked."""
    period = format_edtf(fact.period if isinstance(fact.period, str) else None, report.language)
    scope = _scope(report, report.place_name(fact.place_id), period, report.inferred[fact.mention_ids[0]])
    return Markup(", ").join(scope.split(Markup("<br>")))


def _scope(report: Report, place: str, period: str, inferred: list[str]) -> Markup:
    """Where and when; what the sentence does not say is marked, what nothing says is called so."""
    note = Markup(" <small>({})</small>").format(report.say("inferred"))
    where = Markup('<span lang="vi">{}</span>').format(place) if place else Markup("")
    when = Markup("{}").format(period)
    if place and period and {"place_id", "period"} <= set(inferred):
        return where + ", " + when + note
    where += note if place and "place_id" in inferred else ""
    when += note if period and "period" in inferred else ""
    return Markup("<br>").join(filter(None, (where, when))) or Markup("<small>{}</small>").format(
        report.say("not_stated")
    )


def show_ranked_counts(report: Report, *, at_least: int = 3) -> Figure | Note:
    """Bars of the counts that share one unit and one place: the pair with most of them. A note where none has `at_least`."""
    facts = report.facts(mode="done", kinds=("count",))
    facts = facts[(facts["aspect"] == "count") & facts["unit_id"].notna() & facts["place_id"].notna()]
    groups = [g for _, g in facts.groupby(["unit_id", "place_id"], sort=False) if g["subject"].nunique() >= at_least]
    if not groups:
        return Note(report.say("no_ranked"))
    group = max(groups, key=len)
    unit, place = _head_word(group), report.place_name(group["place_id"].iloc[0])
    labels = [_without_head(report, f.subject, unit, f.mention_ids[0]) for f in group.itertuples()]
    values = pd.Series(group["value"].astype(float).to_numpy(), index=labels)
    ids = dict(zip(reversed(labels), reversed(group["mention_ids"].tolist()), strict=True))
    values = values[~values.index.duplicated()]
    top = str(values.idxmax())
    title = report.say("ranked_title", n=len(values), unit=unit, value=report.number(values.max()), subject=top)
    rows = "; ".join(f"{label}: {report.number(v)}" for label, v in values.sort_values(ascending=False).items())
    axes = plot_ranked(values, unit=report.say("ranked_unit", unit=unit, place=place), show=report.number, point=top)
    ranked = values.sort_values(ascending=False, kind="stable")
    cited = [(report.number(v), ids[label]) for label, v in ranked.items()]
    return report.show_figure(axes, title=title, alt=report.say("ranked_alt", unit=unit, rows=rows), cited=cited)


def _head_word(group: pd.DataFrame) -> str:
    """The words with which all subjects begin: `mô hình`."""
    split = [str(s).split() for s in group["subject"]]
    shared = []
    for words in zip(*split, strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    return " ".join(shared) or str(group["unit"].iloc[0])


def _without_head(report: Report, subject: str, unit: str, mention_id: str) -> str:
    rest = subject[len(unit) :].strip() if subject.startswith(unit) else subject
    return report.privacy.hide(mention_id.rsplit(":", 2)[0], rest or subject)
