"""Programmes, movements and models as shown: the inventory by kind, with counts, places and every sentence."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from helpers.present.display import Column, Group, Note, Table
from helpers.present.documents_view import hide_shared
from helpers.present.facts_view import figure_text
from helpers.present.places_view import FEW_ARTICLES, articles_of
from helpers.present.report import Report

#: first words of a head -> the kind under which it stands; in the order shown
_KINDS = {
    "mô hình": "model", "phong trào": "movement", "cuộc vận động": "drive", "đề án": "scheme", "chiến dịch": "campaign",
    "chương trình": "programme", "đợt cao điểm": "peak", "tháng cao điểm": "peak", "đợt ra quân": "peak",
}  # fmt: skip
MOST_PLACES = 3
_ORDER = (*dict.fromkeys(_KINDS.values()), "other")


def show_programmes(report: Report, *, at_most: int = 60) -> Table | Note:
    """A row a programme, by kind: other spellings, counts stated right before the name, places, articles and mentions.

    Where there are more than `at_most`, those in most articles are shown.
    """
    programmes = report.tables["programme_names"]
    if programmes.empty:
        return Note(report.say("no_programmes"))
    chosen = programmes.head(at_most)
    counts = _counts_of(report, chosen)
    rows, last = [], None
    for p in sorted(chosen.itertuples(), key=lambda p: _ORDER.index(_kind(p.types))):
        kind = _kind(p.types)
        rows.append(
            {
                "group": Group(report.say(f"programmes_{kind}")) if kind != last else None,
                **_row(report, p, counts.get(p.programme_id, [])),
            }
        )
        last = kind
    columns = [
        Column("name", report.say("programme"), head=True, vietnamese=True), Column("counts", report.say("counts_stated")),
        Column("places", report.say("place"), vietnamese=True), Column("articles", report.say("n_articles"), number=True),
        Column("mentions", report.say("n_mentions"), number=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    if not any(row["counts"] for row in rows):
        columns = [c for c in columns if c.name != "counts"]
    n, shown = report.number(len(programmes)), report.number(len(chosen))
    note = report.say("list_rule", shown=shown, n=n) if len(chosen) < len(programmes) else ""
    return report.show_table(
        rows, columns, title=report.say("programmes_title", n=n), table_id="tbl-programmes", note=note
    )


def _kind(types: list[str]) -> str:
    """The kind of the head word used most.

    >>> _kind(["phong trào thi đua", "mô hình"]), _kind(["hội thi"]), _kind([])
    ('movement', 'other', 'other')
    """
    return next((kind for head, kind in _KINDS.items() if types and types[0].startswith(head)), "other")


def _row(report: Report, p, counts: list) -> dict:
    few = len(report.tables["articles"]) <= FEW_ARTICLES
    first = articles_of(p.mention_ids)[0]
    said = report.first_uses.expand(hide_shared(report, p.mention_ids, p.name), first)
    name = report.evidence.link(said, p.mention_ids[0])
    for note in _notes(report, p):
        name += Markup('<br><small lang="{}">{}</small>').format(report.language, note)
    return {
        "name": name, "counts": _counts(report, counts, limit=10 if few else 3), "places": _places(report, p, counts),
        "articles": report.number(p.n_articles), "mentions": report.number(p.n_mentions),
        "reference": report.evidence.cite(p.mention_ids, limit=12 if few else 3, each=few),
    }  # fmt: skip


def _notes(report: Report, p) -> list[str]:
    """Other spellings, other head words, and what is known only by inference."""
    notes = []
    others = list({s.lower(): s for s in p.spellings if s.lower() != p.name.lower()}.values())
    if others:
        names = "; ".join(hide_shared(report, p.mention_ids, s) for s in others[:4])
        notes.append(report.say("also_written", names=names))
    if all("type" in report.inferred[m] for m in p.mention_ids):
        notes.append(report.say("kind_inferred", kind=", ".join(p.types)))
    elif len(p.types) > 1 or _kind(p.types) == "other":
        notes.append(", ".join(p.types))
    if p.is_document:
        notes.append(report.say("also_document"))
    return notes


def _counts(report: Report, counts: list, *, limit: int) -> Markup:
    """The counts, each once a place and with a link to its sentence; the place is named where they differ in it."""
    differ = len({c.place_id for c in counts}) > 1
    shown: dict[tuple[str, object], Markup] = {}
    for count in counts:
        text = figure_text(report, count)
        where = (
            Markup(' <small lang="vi">{}</small>').format(report.place_name(count.place_id)) if differ else Markup("")
        )
        shown.setdefault((text, count.place_id), report.evidence.link(text, count.mention_id) + where)
    items = list(shown.values())
    more = [Markup("<small>+{}</small>").format(len(items) - limit)] if len(items) > limit else []
    return Markup("<br>").join([*items[:limit], *more])


def _places(report: Report, p, counts: list) -> Markup:
    """The places of the counts; where there is none, the units named in a sentence with the programme."""
    found: dict[str, bool] = {}
    for count in counts:
        if isinstance(count.place_id, str):
            is_inferred = "place_id" in report.inferred[count.mention_id]
            found[count.place_id] = found.get(count.place_id, True) and is_inferred
    if not found:
        found = dict.fromkeys((i for i in p.place_ids if i in report.units), False)
    note = Markup(' <small lang="{}">({})</small>').format(report.language, report.say("inferred"))
    names = [Markup("{}").format(report.place_name(i)) + (note if guessed else "") for i, guessed in found.items()]
    more = [Markup("+{}").format(len(names) - MOST_PLACES)] if len(names) > MOST_PLACES else []
    return Markup(", ").join(names[:MOST_PLACES]) + Markup("").join(Markup(" ") + m for m in more)


def _counts_of(report: Report, programmes: pd.DataFrame) -> dict[str, list]:
    """Programme -> its counts, in the order of the articles."""
    pairs = programmes[["programme_id", "count_ids"]].explode("count_ids").dropna()
    pairs = pairs.rename(columns={"count_ids": "mention_id"}).merge(report.tables["quantities"], on="mention_id")
    groups: dict[str, list] = {}
    for count in pairs.assign(kind="count").itertuples():
        groups.setdefault(count.programme_id, []).append(count)
    return groups
