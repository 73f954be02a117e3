"""Places as shown: the tree of units with their figures, names without a unit, names that stay ambiguous, places abroad."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from helpers.analysis.place_tree import COUNTRY
from helpers.present.charts import plot_ranked
from helpers.present.display import Column, Figure, Group, Note, Table
from helpers.present.facts_view import figure_items
from helpers.present.numbers import format_edtf
from helpers.present.report import Report

#: one step of the tree: a space that neither a browser nor a typesetter drops
_INDENT = "\u2003"
#: up to so many articles a unit shows all its figures
FEW_ARTICLES = 10
#: letters that a note beside a name may have on one line
_LINE = 30
_UNITS = ("province", "district", "commune")


def show_place_tree(report: Report, *, branch: str = "vietnam", at_most: int = 40) -> Table | Note:
    """The units of Vietnam (or, `beyond`, of the world) below those that held them, with the figures about each.

    Where there are more than `at_most`, those with figures of their own stand first, then those in most articles; what stands
    above them is shown too, and the rest is counted where it would stand.
    """
    nodes = _nodes(report, branch)
    if nodes.empty:
        return Note(report.say(f"no_places_{branch}"))
    shown = _choose(nodes, at_most)
    left_out = _left_out(nodes, shown)
    rows = [_node_row(report, node, left_out) for node in nodes[nodes["node_id"].isin(shown)].itertuples()]
    columns = [
        Column("place", report.say("place_name"), head=True, vietnamese=True), Column("figures", report.say("place_figures")),
        Column("articles", report.say("n_articles"), number=True), Column("mentions", report.say("n_mentions"), number=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    if not any(row["figures"] for row in rows):
        columns = [c for c in columns if c.name != "figures"]
    n_left = len(nodes) - len(shown)
    note = report.say("tree_rule", shown=report.number(len(shown)), n=report.number(len(nodes))) if n_left else ""
    return report.show_table(
        rows, columns, title=_title(report, nodes, branch), table_id=f"tbl-places-{branch}", note=note, rows_are="place"
    )


def _nodes(report: Report, branch: str) -> pd.DataFrame:
    nodes = report.tables["place_nodes"]
    return nodes[nodes["branch"] == branch].reset_index(drop=True)


def _title(report: Report, nodes: pd.DataFrame, branch: str) -> str:
    """How many units, and which is named most: one of the gazetteer, so no private name."""
    units = nodes[nodes["place_id"].notna() & (nodes["place_id"] != COUNTRY)]
    top = units.loc[units["n_mentions"].idxmax()] if len(units) else nodes.iloc[0]
    n = report.number(units.loc[units["n_mentions"] > 0, "place_id"].nunique())
    return report.say(f"tree_title_{branch}", n=n, name=top["name"], times=report.number(top["n_mentions"]))


def _choose(nodes: pd.DataFrame, at_most: int) -> set[str]:
    """The nodes to show, with all above them."""
    has_figures = nodes["fact_ids"].str.len() > 0
    ranked = nodes.assign(has_figures=has_figures).sort_values(
        ["has_figures", "n_articles", "n_mentions"], ascending=False, kind="stable"
    )
    parents = dict(zip(nodes["node_id"], nodes["parent_node"], strict=True))
    shown: set[str] = set()
    for node_id in ranked["node_id"].head(at_most):
        while isinstance(node_id, str) and node_id not in shown:
            shown.add(node_id)
            node_id = parents.get(node_id)
    return shown


def _left_out(nodes: pd.DataFrame, shown: set[str]) -> dict[str, tuple[int, int]]:
    """Shown node -> how many nodes below it are not shown, and the mentions of these."""
    parents = dict(zip(nodes["node_id"], nodes["parent_node"], strict=True))
    counted: dict[str, tuple[int, int]] = {}
    hidden = nodes[~nodes["node_id"].isin(shown)]
    for node_id, n in zip(hidden["node_id"], hidden["n_mentions"], strict=True):
        above = parents[node_id]
        while isinstance(above, str) and above not in shown:
            above = parents[above]
        if isinstance(above, str):
            places, mentions = counted.get(above, (0, 0))
            counted[above] = places + 1, mentions + int(n)
    return counted


def _node_row(report: Report, node, left_out: dict[str, tuple[int, int]]) -> dict:
    name = Markup("{}").format(node.name)
    if node.mention_ids:
        name = report.evidence.link(_shown_name(report, node), node.mention_ids[0])
    notes = (
        Markup('<small lang="{}">{}</small>').format(report.language, note) for note in _notes(report, node, left_out)
    )
    return {
        "place": _step(node.depth, [name, *notes]),
        "articles": report.number(node.n_articles) if node.n_articles else "–",
        "mentions": report.number(node.n_mentions) if node.n_mentions else "–",
        "figures": _figures(report, node), "reference": report.evidence.cite(node.mention_ids, limit=3),
    }  # fmt: skip


def _step(depth: int, lines: Iterable[Markup]) -> Markup:
    """Lines of one step of the tree: a page indents them by their class, paper by spaces."""
    spaces = Markup('<span class="spaces">{}</span>').format(_INDENT * depth) if depth else Markup("")
    joined = Markup("<br>").join(spaces + line for line in lines)
    return Markup('<span class="step step-{}">{}</span>').format(depth, joined) if depth else joined


def _notes(report: Report, node, left_out: dict[str, tuple[int, int]]) -> list[str]:
    """What must be known of a unit beside its name: since when, until when and what then, what is not shown."""
    found = []
    unit = report.units.get(node.place_id) if isinstance(node.place_id, str) else None
    if unit:
        history = unit_history(report, unit, n_names=1)
        found += [history] if len(history) <= _LINE else history.split("; ")
    elif node.level in _UNITS:
        found.append(report.say("not_in_gazetteer"))
    if not node.mention_ids and not node.fact_ids and not node.inferred_fact_ids:
        found.append(report.say("only_above"))
    if node.node_id in left_out:
        n, times = left_out[node.node_id]
        found.append(report.say("left_out_below", n=report.number(n), times=report.number(times)))
    return [note for note in found if note]


def unit_history(report: Report, unit: dict, *, n_names: int = 2) -> str:
    """Since when a unit is, until when it was and what it became; empty for one that is as it was."""
    if not unit["valid_to"]:
        return (
            report.say("unit_since", day=format_edtf(unit["valid_from"], report.language)) if unit["valid_from"] else ""
        )
    day = format_edtf(unit["valid_to"], report.language)
    names = [report.unit_name(i) for i in unit["became"]]
    own = report.unit_name(unit["place_id"])
    names = [report.say("new_unit", name=name) if name == own else name for name in names]
    shown = ", ".join(names[:n_names])
    if len(names) > n_names:
        shown = report.say("and_more", names=shown, n=report.number(len(names) - n_names))
    until = report.say("unit_until", day=day)
    return f"{until}; {report.say('change_' + unit['change'], names=shown)}" if shown and unit["change"] else until


def _figures(report: Report, node) -> Markup:
    """The figures about a unit: those that the text states for it, then those whose place was inferred."""
    few = len(report.tables["articles"]) <= FEW_ARTICLES
    stated = _listed(report, node.fact_ids, limit=20 if few else 3)
    inferred = _listed(report, node.inferred_fact_ids, limit=20 if few else 2)
    if not stated and not inferred:
        return Markup("")
    head = [Markup("<small>{}</small>").format(report.say("figures_inferred"))] if inferred else []
    return Markup('<span class="items">{}</span>').format(Markup("<br>").join([*stated, *head, *inferred]))


def _listed(report: Report, fact_ids: list[str], *, limit: int) -> list[Markup]:
    """Figures as links, those stated most often first; beyond `limit` their number."""
    if not fact_ids:
        return []
    facts = report.facts_by_id.loc[fact_ids]
    # a count says more of a place than an age or a distance, and a number of nothing says least
    says = (facts["subject"] != "").astype(int) + ~facts["kind"].isin(("measure", "rank"))
    order = ["says", "n_articles", "n_mentions"]
    facts = facts.assign(says=says).sort_values(order, ascending=False, kind="stable")
    items = figure_items(report, facts.head(limit), by_place=True, n_words=10)
    more = len(facts) - limit
    return (
        [*items, Markup("<small>{}</small>").format(report.say("more_figures", n=report.number(more)))]
        if more > 0
        else items
    )


def articles_of(mention_ids: list[str]) -> list[str]:
    """The articles that mentions stand in, each once, in their order."""
    return list(dict.fromkeys(m.rsplit(":", 2)[0] for m in mention_ids))


def _shown_name(report: Report, node) -> str:
    """The name of a node; that of a street or a site may be a private person's, that of a unit is the unit's."""
    if isinstance(node.place_id, str):
        return node.name
    return report.privacy.hide_all(articles_of(node.mention_ids), node.name)


def show_province_chart(report: Report, *, at_least: int = 4, at_most: int = 15) -> Figure | None:
    """Bars: the articles that name each province or anything in it; nothing where there are fewer than `at_least`."""
    nodes = _nodes(report, "vietnam")
    provinces = nodes[(nodes["depth"] == 0) & (nodes["level"] == "province")]
    if len(provinces) < at_least:
        return None
    names = [_name_on_chart(report, p.name, p.place_id) for p in provinces.itertuples()]
    counts = pd.Series(provinces["n_articles_below"].to_numpy(dtype=float), index=names)
    counts = counts.sort_values(ascending=False, kind="stable")
    top, n = str(counts.index[0]), report.number(len(report.tables["articles"]))
    rows = "; ".join(f"{name}: {report.number(v)}" for name, v in counts.items())
    unit = report.say("provinces_unit", shown=report.number(min(at_most, len(counts))), n=report.number(len(counts)))
    axes = plot_ranked(counts.head(at_most), unit=unit, show=report.number, point=top)
    title = report.say("provinces_title", name=top, k=report.number(counts.iloc[0]), n=n)
    return report.show_figure(
        axes, title=title, alt=report.say("provinces_alt", rows=rows), details="tbl-places-vietnam"
    )


def _name_on_chart(report: Report, name: str, place_id: str) -> str:
    """A province's name; one of before and one of after the reform may share it, but not their ground."""
    since = report.units[place_id]["valid_from"]
    return f"{name} ({report.say('unit_since', day=format_edtf(since, report.language))})" if since else name


def show_unplaced(report: Report, *, at_most: int = 40) -> Table | Note:
    """Names that no text ties to a unit, by level; of different articles they may be different places."""
    nodes = _nodes(report, "no_unit")
    if nodes.empty:
        return Note(report.say("no_places_no_unit"))
    chosen = nodes.sort_values(["n_articles", "n_mentions"], ascending=False, kind="stable").head(at_most)
    levels = ("province", "district", "commune", "village", "street", "site")
    rows, last = [], None
    for node in sorted(chosen.itertuples(), key=lambda n: levels.index(n.level) if n.level in levels else len(levels)):
        label = report.say(
            "level_unknown_unit"
            if node.level in _UNITS
            else f"level_{node.level}"
            if node.level in levels
            else "level_site"
        )
        rows.append({
            "group": Group(label) if label != last else None,
            "place": report.evidence.link(_shown_name(report, node), node.mention_ids[0]),
            "articles": report.number(node.n_articles), "mentions": report.number(node.n_mentions),
            "reference": report.evidence.cite(node.mention_ids, limit=3),
        })  # fmt: skip
        last = label
    columns = [
        Column("place", report.say("place_name"), head=True, vietnamese=True), Column("articles", report.say("n_articles"), number=True),
        Column("mentions", report.say("n_mentions"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    note = _rule(report, len(chosen), len(nodes))
    title = report.say("no_unit_title", n=report.number(len(nodes)))
    return report.show_table(rows, columns, title=title, table_id="tbl-places-no-unit", note=note, rows_are="place")


def _rule(report: Report, shown: int, n: int) -> str:
    return report.say("list_rule", shown=report.number(shown), n=report.number(n)) if shown < n else ""


def show_ambiguous_places(report: Report, *, at_most: int = 40, n_candidates: int = 5) -> Table | Note:
    """Names that may mean several units, with all they may mean; none is chosen."""
    nodes = _nodes(report, "ambiguous")
    if nodes.empty:
        return Note(report.say("no_ambiguous"))
    chosen = nodes.sort_values(["n_articles", "n_mentions"], ascending=False, kind="stable").head(at_most)
    rows = [
        {
            "name": report.evidence.link(_shown_name(report, p), p.mention_ids[0]),
            "candidates": _candidates(report, p.candidates, n_candidates), "articles": report.number(p.n_articles),
            "mentions": report.number(p.n_mentions), "reference": report.evidence.cite(p.mention_ids, limit=3),
        }
        for p in chosen.itertuples()
    ]  # fmt: skip
    columns = [
        Column("name", report.say("name_as_printed"), head=True, vietnamese=True), Column("candidates", report.say("candidates")),
        Column("articles", report.say("n_articles"), number=True), Column("mentions", report.say("n_mentions"), number=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say("ambiguous_title", n=report.number(len(nodes)))
    return report.show_table(
        rows, columns, title=title, table_id="tbl-ambiguous", note=_rule(report, len(chosen), len(nodes))
    )


def _candidates(report: Report, place_ids: list[str], limit: int) -> Markup:
    lines = []
    for place_id in place_ids[:limit]:
        line = Markup('<span lang="vi">{}</span>').format(report.unit_path(place_id))
        if history := unit_history(report, report.units[place_id], n_names=1):
            line += Markup(" <small>({})</small>").format(history)
        lines.append(line)
    if len(place_ids) > limit:
        lines.append(
            Markup("<small>{}</small>").format(report.say("more_candidates", n=report.number(len(place_ids) - limit)))
        )
    return Markup("<br>").join(lines)
