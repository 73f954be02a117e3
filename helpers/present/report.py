"""What a notebook works with: tables, findings, wording and references of one report in one language.

report = open_report()
show_facts(report, report.facts(mode="done"), title="results_title", table_id="tbl-results")
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from helpers import store
from helpers.analysis.derive import derive_tables
from helpers.lexicon import Lexicon
from helpers.present.display import Column, Figure, Note, Table, make_figure, make_table
from helpers.present.evidence import Evidence
from helpers.present.first_use import FirstUses
from helpers.present.groups import fact_anchors, group_anchor, make_badge
from helpers.present.numbers import format_edtf, format_number
from helpers.present.privacy import Privacy
from helpers.present.selection import choose_articles
from helpers.present.wording import say
from helpers.schema import FIGURE_KINDS, SILENT_ROLES
from helpers.settings import Settings, choose_language, load_settings

if TYPE_CHECKING:
    from helpers.analysis.corpus_topics import CorpusTopics
    from helpers.analysis.terms import Terms

#: months with articles about one place from which on a line between them means something
MONTHS_FOR_TREND = 6


def open_report(language: str | None = None, *, root: Path | None = None) -> Report:
    """The report of the project around the working folder; its tables are built if missing or out of date.

    Args:
        language: one of report.toml's; None takes REPORT_LANGUAGE or the first.
    Raises:
        SettingsError: report.toml can't be used. LexiconError: a lexicon can't be used.
    """
    from helpers.tables.build import build_tables, code_digest

    settings = load_settings(root)
    built = build_tables(settings.root)
    lexicon, analysis = Lexicon.load("vi"), code_digest(("analysis",))
    folder, key = built.folder, f"{built.key} {analysis}"
    if settings.filters:
        folder, key = _select(folder, f"{key} {code_digest(('present/selection.py',))}", settings.filters, lexicon)
    tables = derive_tables(folder, key, lexicon)
    return Report(settings, choose_language(settings, language), tables, key)


def _select(folder: Path, key: str, filters: Mapping[str, str], lexicon: Lexicon) -> tuple[Path, str]:
    """Where the tables of the chosen articles stand, and their digest; they are cut out if they are not there."""
    from helpers.tables.selected import write_selected

    key = hashlib.sha256(f"{key} {sorted(filters.items())}".encode()).hexdigest()
    into = folder / "selected" / hashlib.sha256(str(sorted(filters.items())).encode()).hexdigest()[:16]
    if store.read_json(into / "key.json").get("key") != key:
        tables = store.StoredTables(folder)
        choices = choose_articles(tables, filters)
        doc_ids = frozenset.intersection(*(c.doc_ids for c in choices))
        write_selected(folder, into, doc_ids, lexicon)
        chosen = [
            {"parameter": c.parameter, "id": c.id, "names": c.names, "n_articles": len(c.doc_ids)} for c in choices
        ]
        about = {"chosen": chosen, "n_articles": len(doc_ids), "n_all": len(tables["articles"])}
        store.write_json(into / "key.json", {"key": key, "selection": about})
    return into, key


@dataclass
class Report:
    """Tables of one build, with the means to show and cite them in `language`."""

    settings: Settings
    language: str
    tables: dict[str, pd.DataFrame] = field(repr=False)
    key: str = ""

    def say(self, key: str, /, **values: object) -> str:
        """The report's own words, in its language."""
        return say(self.language, key, **values)

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return format_number(float(value), self.language)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percent."""
        return f"{round(100 * share)}\u00a0%"

    @cached_property
    def selection(self) -> dict:
        """Which articles were chosen: `chosen` (parameter, id, names, n_articles), `n_articles` of `n_all`; empty where all are."""
        folder = getattr(self.tables, "folder", None)
        return store.read_json(folder / "key.json").get("selection", {}) if folder else {}

    @cached_property
    def privacy(self) -> Privacy:
        people, mentions, corrections = (self.tables[name] for name in ("people", "mentions", "corrections"))
        return Privacy(people, mentions, corrections, mask_public=self.settings.mask_public_names)

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.tables, self.privacy, self.language, self.say)

    @cached_property
    def sentence_terms(self) -> tuple[list[str], Terms]:
        """(ids of the sentences in which articles speak, their terms): without names of people."""
        from helpers.analysis.terms import count_terms

        ids, texts = self._spoken
        return ids, count_terms(texts, Lexicon.load("vi"), names=self._phrases)

    @cached_property
    def topics(self) -> CorpusTopics | None:
        """The topics of the articles; None where there are too few of them."""
        from helpers.analysis.corpus_topics import find_corpus_topics
        from helpers.analysis.terms import count_terms, join_articles
        from helpers.analysis.topics import LEAST_TEXTS

        if len(self.tables["articles"]) < LEAST_TEXTS:
            return None
        texts = join_articles(self.tables, *self._spoken)
        return find_corpus_topics(count_terms(texts, Lexicon.load("vi"), names=self._phrases))

    @cached_property
    def _phrases(self) -> frozenset[tuple[str, ...]]:
        """Names of places that were read: they stay whole among the terms."""
        from helpers.analysis.term_words import phrases_of

        return phrases_of(sorted(set(self.tables["places"]["name"].dropna())))

    @cached_property
    def _spoken(self) -> tuple[list[str], list[str]]:
        from helpers.analysis.terms import sentences_of

        return sentences_of(self.tables, self.privacy.spans_in)

    @cached_property
    def openings(self) -> dict[str, tuple[int, int]]:
        """doc_id -> start and end of the first sentence in which the article speaks."""
        roles = self.tables["paragraphs"][["doc_id", "paragraph", "role"]]
        spoken = self.tables["sentences"].merge(roles, on=["doc_id", "paragraph"])
        first = spoken[~spoken["role"].isin(SILENT_ROLES)].drop_duplicates("doc_id")
        return dict(zip(first["doc_id"], zip(first["start"], first["end"], strict=True), strict=True))

    @cached_property
    def first_uses(self) -> FirstUses:
        """Writes an abbreviation out where this page uses it first."""
        return FirstUses(self.tables["abbreviations"], self.tables["abbreviation_uses"])

    @cached_property
    def finding_values(self) -> dict[str, str]:
        """finding id -> its value as printed in this language."""
        findings = self.tables["findings"]
        return {
            i: "/".join(self.number(float(part)) for part in v.split("/"))
            for i, v in zip(findings["finding_id"], findings["value"], strict=True)
        }

    @cached_property
    def finding_labels(self) -> dict[str, str]:
        """finding id -> what it counts, in this language."""
        findings = self.tables["findings"]
        return dict(zip(findings["finding_id"], findings[f"label_{self.language}"], strict=True))

    @property
    def source(self) -> str:
        """The source line under every table and chart."""
        dates = sorted(d for d in self.tables["articles"]["published"].dropna())
        period = "–".join(dict.fromkeys(format_edtf(d, self.language) for d in (dates[:1] + dates[-1:]))) or self.say(
            "period_unknown"
        )
        return self.say("source", n=self.number(len(self.tables["articles"])), period=period)

    # --- what to show ---

    def facts(self, *, mode: str | Sequence[str] | None = None, kinds: Sequence[str] = FIGURE_KINDS) -> pd.DataFrame:
        """Facts of some modes and kinds, in reading order, with columns as they are shown."""
        facts = self.tables["facts"]
        facts = facts[facts["kind"].isin(kinds)]
        if mode is not None:
            facts = facts[facts["mode"].isin([mode] if isinstance(mode, str) else list(mode))]
        return facts.reset_index(drop=True)

    @cached_property
    def _place_names(self) -> dict[str, str]:
        """place_id -> name; where an article prints one with its type (huyện Kỳ Anh), that one."""
        places = self.tables["places"]
        known = places[places["place_id"].notna()]
        columns = zip(known["place_id"], known["type"], known["name"], strict=True)
        names: dict[str, str] = {}
        for place_id, kind, name in sorted(columns, key=lambda row: not isinstance(row[1], str)):
            names.setdefault(place_id, f"{kind} {name}" if isinstance(kind, str) else name)
        return names

    def place_name(self, place_id: object) -> str:
        """The name of a unit with its type; empty if it is unknown."""
        if not isinstance(place_id, str):
            return ""
        # a correction may name a unit that no article names
        return self._place_names.get(place_id) or (self.unit_name(place_id) if place_id in self.units else "")

    @cached_property
    def published(self) -> dict[str, str]:
        """doc_id -> date of the article, EDTF; empty if unknown."""
        articles = self.tables["articles"]
        return dict(zip(articles["doc_id"], articles["published"].fillna(""), strict=True))

    @cached_property
    def article_labels(self) -> dict[str, str]:
        """doc_id -> the letter by which the report names the article."""
        articles = self.tables["articles"]
        return dict(zip(articles["doc_id"], articles["label"], strict=True))

    @cached_property
    def units(self) -> dict[str, dict]:
        """place_id -> its row of table `units`; what is missing is None."""
        units = self.tables["units"]
        return units.astype(object).where(units.notna(), None).set_index("place_id", drop=False).to_dict("index")

    def unit_name(self, place_id: str) -> str:
        """The name of a unit with its type, as the gazetteer has it."""
        unit = self.units[place_id]
        return f"{unit['type']} {unit['name']}" if unit["type"] else unit["name"]

    def unit_path(self, place_id: str) -> str:
        """A unit with those above it: `xã Kỳ Hoa, thị xã Kỳ Anh, tỉnh Hà Tĩnh`."""
        path: list[str] = []
        at = place_id
        while at in self.units and at not in path and (at != "VN" or not path):
            path.append(at)
            at = self.units[at]["parent_id"]
        return ", ".join(map(self.unit_name, path))

    @cached_property
    def facts_by_id(self) -> pd.DataFrame:
        return self.tables["facts"].set_index("fact_id", drop=False)

    def rows(self, table: str, **same: object) -> pd.DataFrame:
        """The rows of a table whose columns have these values."""
        frame = self.tables[table]
        for column, value in same.items():
            frame = frame[frame[column] == value]
        return frame

    @staticmethod
    def records(frame: pd.DataFrame) -> Iterable:
        """Rows as named tuples; what is missing is None."""
        return frame.astype(object).where(frame.notna(), None).itertuples(index=False)

    @cached_property
    def _fact_ids(self) -> dict[str, str]:
        facts = self.tables["facts"]
        return {m: i for i, ids in zip(facts["fact_id"], facts["mention_ids"], strict=True) for m in ids}

    def fact_of(self, mention_id: str):
        """The fact that a mention states; None where it states none."""
        fact_id = self._fact_ids.get(mention_id)
        return None if fact_id is None else self.facts_by_id.loc[fact_id]

    def told(self, mention_id: str, table: str, column: str) -> str:
        """What the detail table of a mention's kind says of it."""
        return self._detail(table, column)[mention_id]

    def _detail(self, table: str, column: str) -> dict[str, str]:
        if (table, column) not in self._details:
            frame = self.tables[table]
            self._details[table, column] = dict(zip(frame["mention_id"], frame[column], strict=True))
        return self._details[table, column]

    @cached_property
    def _details(self) -> dict[tuple[str, str], dict[str, str]]:
        return {}

    @cached_property
    def labels(self) -> dict[str, str]:
        """doc_id -> the letter that names the article in references."""
        articles = self.tables["articles"]
        return dict(zip(articles["doc_id"], articles["label"], strict=True))

    @cached_property
    def wholes(self) -> dict[str, str]:
        """mention_id of a part -> the figure that gives its whole, as printed with its unit."""
        parts = self.tables["quantities"][["mention_id", "whole_id"]].dropna()
        wholes = self.tables["quantities"].merge(self.tables["mentions"][["mention_id", "surface"]], on="mention_id")
        printed = {
            w.mention_id: f"{w.surface} {w.unit}" if isinstance(w.unit, str) else w.surface for w in wholes.itertuples()
        }
        pairs = zip(parts["mention_id"], parts["whole_id"], strict=True)
        return {part: printed[whole] for part, whole in pairs if whole in printed}

    @cached_property
    def inferred(self) -> dict[str, list[str]]:
        """mention_id -> the fields that its text does not state."""
        mentions = self.tables["mentions"]
        return dict(zip(mentions["mention_id"], mentions["inferred"], strict=True))

    @cached_property
    def _fact_anchors(self) -> dict[str, dict[str, str]]:
        return fact_anchors(self.tables)

    def group_anchor(self, group) -> str:
        """Where a group of agreement is shown."""
        return group_anchor(group, self.labels)

    def badge(self, fact) -> Markup:
        """How what is told of a fact agrees, a link to its group; nothing where it is told once."""
        if fact.agreement == "single":
            return Markup("")
        anchor = self._fact_anchors.get(fact.fact_id, {}).get(fact.agreement)
        return make_badge(
            fact.agreement, self.say(f"agreement_{fact.agreement}"), language=self.language, anchor=anchor
        )

    def show_table(
        self,
        rows: Iterable[Mapping[str, object]],
        columns: Sequence[Column],
        *,
        title: str,
        table_id: str,
        note: str = "",
        rows_are: str = "",
    ) -> Table:
        """A table with its title and the report's source line; `note`: by what rule rows were left out."""
        source = f"{note} {self.source}".strip()
        return make_table(rows, columns, title=title, source=source, table_id=table_id, rows_are=rows_are)

    def show_figure(
        self, axes, *, title: str, alt: str, details: str = "", cited: Iterable[tuple[str, Iterable[str]]] = ()
    ) -> Figure:
        """A chart with its title, source line, alt text, and the way from its numbers to their sentences.

        Args:
            cited: (number as shown, mentions that state it). details: id of the table that has them where a number has many.
        """
        evidence = Markup("; ").join(Markup("{} {}").format(n, self.evidence.cite(ids, limit=2)) for n, ids in cited)
        if evidence:
            evidence = Markup("{}: {}").format(self.say("reference"), evidence)
        elif details:
            link = Markup('<a class="elsewhere paged" href="#{}">{}</a>').format(details, self.say("chart_table"))
            evidence = Markup("{}: {}").format(self.say("reference"), link)
        return make_figure(axes, alt=alt, caption=title, source=self.source, evidence=str(evidence))

    def show_trend_note(self) -> Note | None:
        """Why no trend is drawn, as long as the articles are too few for one."""
        months = {str(d)[:7] for d in self.tables["articles"]["published"].dropna()}
        if len(months) >= MONTHS_FOR_TREND:
            return None
        n = len(self.tables["articles"])
        return Note(
            self.say("trend_withheld", n=self.number(n), months=self.number(len(months)), needed=MONTHS_FOR_TREND)
        )
