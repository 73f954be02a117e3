"""The brief: one page of what was read, each line with its reference; all from tables, nothing written by hand.

Of each part the page holds so many lines, so that it stays one printed page for a thousand articles; what the first parts
do not need, the last two may use. A part that leaves something out says how much, and links to where all of it stands.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable

import pandas as pd
from markupsafe import Markup

from helpers.analysis.main_facts import main_plans, main_results
from helpers.present.agreement_view import hide_in, say_row, told_in
from helpers.present.display import Block, Note
from helpers.present.facts_view import figure_text, scope_text
from helpers.present.groups import choose_groups
from helpers.present.inference_view import by_body
from helpers.present.people_view import document_of
from helpers.present.report import Report
from helpers.present.voices_view import voice_limits

N_CONFLICTS, N_LIMITS, N_QUESTIONS = 3, 5, 5
#: printed lines of each part of the page, and letters of a line; a page number that follows a reference takes some more
ROOM = {"results": 11, "plans": 4, "conflicts": 4, "limits": 8, "questions": 8}
_LINE, _PAGE_NUMBER = 90, 7
#: words of what is counted, and letters of a sentence, that a line of the brief holds
_SUBJECT, _SAID = 14, 200
#: what cannot be concluded, the gravest first; a conflict of names has its own part
_LIMITS = (
    "change_without_base", "share_without_base", "unclear_scope", "open_cutoff", "different_unit", "undivided_total",
    "month_precision",
)  # fmt: skip
_QUESTIONS = (
    "ask_name", "ask_value", "ask_part", "ask_date", "ask_base_of_change", "ask_base_of_share", "ask_purpose", "ask_place",
    "ask_cutoff", "ask_division",
)  # fmt: skip


def show_main_results(report: Report) -> Block | Note:
    """What happened: the results that most articles tell, then the largest of each kind, by place and period."""
    lines, n_shown = _results(report)
    if not lines:
        return Note(report.say("no_results"))
    n = report.finding_values["n_results"]
    left_out = report.say("brief_more_results", shown=report.number(n_shown), n=n)
    return _listing(lines, _small(left_out, "tbl-figures") if n != report.number(n_shown) else None)


def show_main_plans(report: Report) -> Block | Note:
    """What is planned, apart from results."""
    lines, n_shown = _plans(report)
    if not lines:
        return Note(report.say("no_plans"))
    n = report.finding_values["n_plans"]
    left_out = report.say("brief_more_plans", shown=report.number(n_shown), n=n)
    return _listing(lines, _small(left_out, "tbl-figures-planned") if n != report.number(n_shown) else None)


def show_main_conflicts(report: Report) -> Block | Note:
    """What conflicts: both sides of each contradiction, and why it is one."""
    groups = report.rows("agreements", agreement="contradicted")
    if groups.empty:
        return Note(report.say("brief_no_conflicts"))
    lines, n_shown = _conflicts(report)
    return _listing(lines, _more(report, "brief_more_conflicts", len(groups) - n_shown, "contradictions"))


def show_main_limits(report: Report) -> Block | Note:
    """What cannot be concluded: of each rule the statement about the most important figure, then who was not heard."""
    limits = report.rows("inferences", can=False)
    limits = limits[limits["rule"].isin(_LIMITS)]
    chosen = _foremost(limits, limits["rule"], _LIMITS, report, N_LIMITS)
    voices = [Markup("{}").format(said) for said in voice_limits(report)[:1] if len(report.tables["articles"])]

    def told(n: int) -> list[Markup]:
        return [
            Markup("{} {}").format(
                _cut(say_row(report, f"says_{row.saying}", row), _SAID), report.evidence.cite(row.mention_ids, limit=2)
            )
            for row in report.records(chosen.head(n))
        ]

    room = ROOM["limits"] + _spare(report) // 2 - sum(map(_n_lines, voices))
    lines, n_shown = _fit(told, len(chosen), room)
    if not lines + voices:
        return Note(report.say("no_inferences"))
    return _listing(lines + voices, _more(report, "brief_more_limits", len(limits) - n_shown, "tbl-inferences"))


def show_main_questions(report: Report) -> Block | Note:
    """What is to be asked, and of whom."""
    questions = report.tables["questions"]
    if questions.empty:
        return Note(report.say("no_questions"))
    chosen = _foremost(questions, questions["saying"], _QUESTIONS, report, N_QUESTIONS)

    def asked(n: int) -> list[Markup]:
        return [_asked_of(report, body, rows) for body, rows in by_body(report, chosen.head(n))]

    lines, n_shown = _fit(asked, len(chosen), ROOM["questions"] + math.ceil(_spare(report) / 2))
    return _listing(lines, _more(report, "brief_more_questions", len(questions) - n_shown, "tbl-questions"))


def _results(report: Report) -> tuple[list[Markup], int]:
    facts = main_results(report.tables)
    return _fit(lambda n: _by_scope(report, facts.head(n).sort_index()), len(facts), ROOM["results"])


def _plans(report: Report) -> tuple[list[Markup], int]:
    facts = main_plans(report.tables)
    return _fit(lambda n: _by_scope(report, facts.head(n).sort_index()), len(facts), ROOM["plans"])


def _conflicts(report: Report) -> tuple[list[Markup], int]:
    groups = choose_groups(report.rows("agreements", agreement="contradicted"), "contradicted").head(N_CONFLICTS)

    def told(n: int) -> list[Markup]:
        return [
            Markup('<strong lang="vi">{}</strong>: {}. {} {}').format(
                _cut(hide_in(report, group.mention_ids, group.subject)), _sides(report, group),
                say_row(report, f"reason_{group.reason}", group), report.evidence.cite(group.mention_ids, limit=3),
            )
            for group in report.records(groups.head(n))
        ]  # fmt: skip

    return _fit(told, len(groups), ROOM["conflicts"])


def _spare(report: Report) -> int:
    """Printed lines that the first three parts leave to the last two."""
    parts = {"results": _results(report), "plans": _plans(report), "conflicts": _conflicts(report)}
    return sum(ROOM[part] - max(1, sum(map(_n_lines, lines))) for part, (lines, _) in parts.items())


def _fit(told: Callable[[int], list[Markup]], n: int, room: int) -> tuple[list[Markup], int]:
    """What is told of the most of `n` rows that takes `room` printed lines, of one row in any case; and of how many."""
    for n_shown in range(n, 1, -1):
        lines = told(n_shown)
        if sum(map(_n_lines, lines)) <= room:
            return lines, n_shown
    return (told(1), 1) if n else ([], 0)


def _n_lines(line: Markup) -> int:
    """How many lines the paper needs for a line of the page, about.

    >>> _n_lines(Markup("155 vụ<br>225 cá nhân"))
    2
    """
    parts = str(line).split("<br>")
    return sum(math.ceil((len(Markup(p).striptags()) + _PAGE_NUMBER * p.count("<a ")) / _LINE) for p in parts)


def _asked_of(report: Report, body: str, rows: list) -> Markup:
    asked = [
        Markup("{} {}").format(_cut(say_row(report, row.saying, row), _SAID), report.evidence.cite(row.mention_ids, limit=2))
        for row in rows
    ]  # fmt: skip
    to = Markup("<strong>{}</strong>").format(report.say("brief_to", body=body))
    return Markup("<br>").join([to, *asked]) if len(asked) > 1 else to + Markup(" ") + asked[0]


def _by_scope(report: Report, facts: pd.DataFrame) -> list[Markup]:
    """A line for each place and period, with its figures and their references."""
    scopes: dict[str, list] = {}
    for fact in report.records(facts):
        scopes.setdefault(str(scope_text(report, fact)), []).append(fact)
    lines = []
    for scope, members in scopes.items():
        is_open = members[0].place_id is None and members[0].period is None
        head = Markup("{}").format(report.say("brief_scope_unknown")) if is_open else Markup(_capital(scope))
        told = Markup("; ").join(_figure(report, fact) for fact in members)
        mention_ids = [m for fact in members for m in fact.mention_ids[:2]]
        lines.append(Markup("<strong>{}</strong>: {} {}").format(head, told, report.evidence.cite(mention_ids)))
    return lines


def _capital(scope: str) -> str:
    """Markup whose first letter is a capital: it begins a line.

    >>> _capital('<span lang="vi">huyện Kỳ Anh</span>, 2023')
    '<span lang="vi">Huyện Kỳ Anh</span>, 2023'
    """
    at = scope.find(">") + 1 if scope.startswith("<") else 0
    return scope[:at] + scope[at : at + 1].upper() + scope[at + 1 :]


def _figure(report: Report, fact) -> Markup:
    """A figure, a link to its sentence, with what it counts or what was done."""
    doc_id = document_of(fact.mention_ids[0])
    words = report.privacy.hide(doc_id, fact.subject)
    if fact.kind in ("measure", "money", "percent") and fact.unit:
        words = words.removeprefix(fact.unit).strip()
    if fact.kind == "count" and fact.action and len(words.split()) < 2:  # "155 vụ": of what?
        words += f" ({report.privacy.hide(doc_id, fact.action)})"
    words = report.first_uses.expand(_cut_words(words), doc_id)
    figure = report.evidence.link(figure_text(report, fact), fact.mention_ids[0])
    return Markup('<strong>{}</strong> <span lang="vi">{}</span>').format(figure, words)


def _sides(report: Report, group) -> Markup:
    """What the mentions of a contradiction tell, each once."""
    told = {told_in(report, group, m).striptags(): told_in(report, group, m) for m in group.mention_ids}
    return Markup(" ≠ ").join(list(told.values())[:3])


def _foremost(rows: pd.DataFrame, keys: pd.Series, order: Iterable[str], report: Report, n: int) -> pd.DataFrame:
    """`n` rows: one of each key in their order, then the second of each, of another article if there is one; what is about a
    main result, and says of what, comes first.
    """
    if rows.empty:
        return rows
    main = {m for ids in main_results(report.tables)["mention_ids"] for m in ids}
    said = zip(rows["mention_ids"], rows["values"], strict=True)
    weight = [2 * (not main.isdisjoint(ids)) + _is_named(values) for ids, values in said]
    rank = {key: i for i, key in enumerate(order)}
    sorted_rows = rows.assign(_key=keys.map(rank), _weight=weight).sort_values(
        "_weight", ascending=False, kind="stable"
    )
    article = [document_of(ids[0]) if len(ids) else "" for ids in sorted_rows["mention_ids"]]
    again = sorted_rows.groupby(["_key", pd.Series(article, index=sorted_rows.index)], dropna=False).cumcount()
    sorted_rows = sorted_rows.assign(_again=again).sort_values("_again", kind="stable")
    turn = sorted_rows.groupby("_key").cumcount()
    return sorted_rows.assign(_turn=turn).sort_values(["_turn", "_key"], kind="stable").head(n)[list(rows.columns)]


def _is_named(values: str) -> bool:
    """Whether the values of a row say what its figure is about, or need not."""
    return any(c.isalpha() for c in str(json.loads(values).get("subject", "a")))


def _cut_words(text: str, n: int = _SUBJECT) -> str:
    words = text.split()
    return " ".join(words[:n]) + (" …" if len(words) > n else "")


def _cut(text: str, n: int = _SAID) -> str:
    """`text` cut at a word after `n` letters."""
    return text if len(text) <= n else text[: n + 1].rsplit(" ", 1)[0] + " …"


def _more(report: Report, key: str, n: int, target: str) -> Markup | None:
    """How much the page leaves out, a link to where all of it stands."""
    return _small(report.say(key, n=report.number(n)), target) if n > 0 else None


def _small(words: str, target: str) -> Markup:
    return Markup('<small><a class="elsewhere paged" href="#{}">{}</a></small>').format(target, words)


def _listing(lines: list[Markup], last: Markup | None = None) -> Block:
    items = Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    after = Markup("<p>{}</p>").format(last) if last else Markup("")
    return Block(Markup('<div class="brief"><ul>{}</ul>{}</div>').format(items, after))
