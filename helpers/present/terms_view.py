"""Terms as shown: which mark a theme though the codebook lacks them, and a concordance: a phrase with the words around it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from helpers.analysis.concordance import Line, SearchError, compile_search, find_lines, passages_of
from helpers.analysis.theme_terms import key_terms
from helpers.present.cited import span_id
from helpers.present.display import Column, Note, Table
from helpers.present.report import Report
from helpers.present.themes_view import base_text, theme_label, theme_order

#: characters on each side of a line
_WIDTH = 34


def show_key_terms(report: Report, *, n_themes: int = 12, n_terms: int = 4) -> Table | Note:
    """For each theme the terms that its sentences use more than the others and that the codebook does not have."""
    themes = theme_order(report)
    if not themes:
        return Note(report.say("no_themes"))
    sent_ids, terms = report.sentence_terms
    found = key_terms(report.tables, sent_ids, terms, n_each=50)
    if found.empty:
        return Note(report.say("no_key_terms", base=base_text(report)))
    # one syllable is mostly half a word that the corpus is too small to show whole
    is_word = found["label"].str.contains(" ") | (found["label"].str.isupper() & (found["label"].str.len() > 1))
    found = (
        found[~found["in_codebook"].astype(bool) & is_word.astype(bool)].groupby("theme_id", sort=False).head(n_terms)
    )
    if found.empty:
        return Note(report.say("no_key_terms", base=base_text(report)))
    spans = _first_uses(report, found)
    rows = []
    for theme_id in [t for t in themes if (found["theme_id"] == t).any()][:n_themes]:
        own = found[found["theme_id"] == theme_id]
        shown = [
            report.evidence.link(t.label, spans[t.Index]) + Markup(" {}").format(_times(report, t))
            for t in own.itertuples()
        ]
        rows.append({
            "theme": theme_label(report, theme_id), "terms": Markup("; ").join(shown),
            "reference": report.evidence.cite([spans[i] for i in own.index], limit=3),
        })  # fmt: skip
    best = found[found["theme_id"].isin(themes)].sort_values("log_likelihood", ascending=False, kind="stable").iloc[0]
    title = report.say(
        "key_terms_title", term=best["label"], theme=theme_label(report, best["theme_id"]), base=base_text(report)
    )
    columns = [
        Column("theme", report.say("theme"), head=True), Column("terms", report.say("key_terms"), vietnamese=True, wide=True),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    return report.show_table(rows, columns, title=title, table_id="tbl-key-terms", note=report.say("key_terms_note"))


def _times(report: Report, term) -> str:
    """`(×12)`: how many times as frequent as elsewhere; `(only here)` where nothing else has it."""
    if not term.n_rest:
        return f"({report.say('only_here')}: {report.number(term.n_part)})"
    return f"(×{report.number(round(2**term.log_ratio, 1 if term.log_ratio < 3 else 0))})"


def _first_uses(report: Report, found: pd.DataFrame) -> dict[int, str]:
    """Row of `found` -> the words of the theme's first sentence that are the term."""
    wanted = {ids[0] for ids in found["sent_ids"]}
    passages = {p.sent_id: p for p in passages_of(report.tables) if p.sent_id in wanted}
    uses = {}
    for i, term, ids in zip(found.index, found["term"], found["sent_ids"], strict=True):
        passage = passages[ids[0]]
        lines = find_lines([passage], compile_search(term, exact_tones=True))
        start, end = (lines[0].start, lines[0].end) if lines else (passage.start, passage.start + len(passage.text))
        uses[i] = span_id(passage.doc_id, start, end)
    return uses


def show_concordance(
    report: Report, phrase: str | None = None, *, is_regex: bool = False, sort: str = "right", n_lines: int = 12
) -> Table | Note:
    """Every place of a phrase with the words around it; `dam bao` finds `đảm bảo`, too.

    Args:
        phrase: None: the phrase of the codebook that most sentences hold. is_regex: it is a regular expression.
        sort: `text`, `left` or `right`: as they stand, by the words before, by the words after. n_lines: most lines shown.
    """
    phrase = phrase or _commonest(report)
    if phrase is None:
        return Note(report.say("no_results"))
    try:
        lines = find_lines(passages_of(report.tables), compile_search(phrase, is_regex=is_regex), sort=sort)
    except SearchError as error:
        return Note(str(error))
    # who types a private name learns nothing by it, and it is not printed
    lines = [line for line in lines if not report.privacy.spans_in(line.doc_id, line.keyword, line.start)]
    phrase = report.privacy.hide_typed("", phrase)
    if not lines:
        return Note(report.say("phrase_nowhere", phrase=phrase))
    shown = _spread(lines, n_lines)
    columns = [
        Column("left", report.say("words_before"), number=True, vietnamese=True), Column("keyword", report.say("phrase"), head=True, vietnamese=True),
        Column("right", report.say("words_after"), vietnamese=True), Column("reference", report.say("reference")),
    ]  # fmt: skip
    n_articles = len({line.doc_id for line in lines})
    title = report.say(
        "concordance_title", phrase=phrase, n=report.number(len(lines)), articles=report.number(n_articles)
    )
    note = report.say("concordance_rule", shown=report.number(len(shown)), n=report.number(len(lines)), phrase=phrase)
    return report.show_table(
        _rows(report, shown),
        columns,
        title=title,
        table_id="tbl-concordance",
        note=note if len(shown) < len(lines) else "",
    )


def _commonest(report: Report) -> str | None:
    """The phrase of the codebook that most sentences hold; where none does, the commonest phrase at all."""
    words = pd.Series([t for terms in report.tables["theme_hits"]["terms"] for t in terms if " " in t], dtype=object)
    if len(words):
        return str(words.value_counts().index[0])
    _, terms = report.sentence_terms
    phrases = [(-n, form) for n, form in zip(terms.spread.tolist(), terms.forms, strict=True) if " " in form]
    return terms.labels[terms.columns[min(phrases)[1]]] if phrases else None


def _spread(lines: list[Line], n: int) -> list[Line]:
    """`n` lines from all over a sorted list, so that every continuation has its chance; all of a short one."""
    if len(lines) <= n:
        return lines
    return [lines[i * len(lines) // n] for i in range(n)]


def _rows(report: Report, lines: Iterable[Line]) -> list[dict]:
    rows = []
    for line in lines:
        words = span_id(line.doc_id, line.start, line.end)
        left, keyword, right = report.evidence.around(words, _WIDTH)
        rows.append({"left": left, "keyword": keyword, "right": right, "reference": report.evidence.cite([words])})
    return rows
