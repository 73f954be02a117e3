"""The data beside the reports: finding → facts → mentions → document, start, end. No article, no private name.

Places, documents and programmes stand here whole, also where a page shows only the most named; a mention's id says its
article, start and end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers import store
from helpers.present.cited import anchor
from helpers.present.corrections_view import correction_data
from helpers.present.memos_view import memo_data
from helpers.present.pairs_view import shown_end
from helpers.present.people_view import document_of
from helpers.present.places_view import articles_of
from helpers.present.report import Report
from helpers.present.sayings import say_code
from helpers.schema import FIGURE_KINDS, TABLES

#: kinds of mentions whose surface can't be a name
_PRINTED = (*FIGURE_KINDS, "date")


def write_data(report: Report, folder: Path) -> list[str]:
    """Writes findings (also as JSON), facts, figures, agreements, inferences, questions, articles, people in office, voices,
    pairs, places, documents, programmes, shares of themes, notes, slips, set phrases and corrections as CSV.

    Returns:
        The file names.
    """
    frames = {
        "findings": _lists_joined(_findings(report)), "facts": _facts(report), "agreements": _said(report, "agreements"),
        "inferences": _said(report, "inferences"), "questions": _said(report, "questions"),
        "mentions": _mentions(report), "articles": _articles(report), "people": _people(report), "voices": _voices(report),
        "pairs": _pairs(report),
        "places": _works(report, "place_nodes", ("name",)), "programmes": _works(report, "programme_names", ("name", "spellings")),
        "corrections": correction_data(report), "documents": _works(report, "cited_documents", ("name", "issuer", "subject")),
        "theme_shares": _theme_shares(report), "memos": memo_data(report), "slips": _slips(report),
        "set_phrases": _set_phrases(report),
    }  # fmt: skip
    names = []
    for name, frame in frames.items():
        store.write_bytes(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n").encode())
        names.append(f"{name}.csv")
    rows = _findings(report).to_dict("records")
    store.write_json(
        folder / "findings.json",
        [{k: v if isinstance(v, list) or pd.notna(v) else None for k, v in r.items()} for r in rows],
    )
    return [*names, "findings.json"]


def _findings(report: Report) -> pd.DataFrame:
    """The findings; one that is a single fact is labelled with words of its article."""
    findings = report.tables["findings"]
    labels = {
        column: [
            _hidden(report, mentions, text) if len(facts) == 1 else text
            for text, facts, mentions in zip(findings[column], findings["fact_ids"], findings["mention_ids"], strict=True)
        ]
        for column in ("label_vi", "label_en", "unit")
    }  # fmt: skip
    return findings.assign(**labels)


#: table -> its words in a language: column -> the column with the code, and what stands before it in the wording
_WORDS = {
    "agreements": {"reason": ("reason", "reason_")},
    "inferences": {"statement": ("saying", "says_"), "reason": ("rule", "why_")},
    "questions": {"question": ("saying", "")},
}  # fmt: skip


def _theme_shares(report: Report) -> pd.DataFrame:
    """The shares of each article, themes with their names; the row without a theme is what has none."""
    labels = report.tables["themes"][["theme_id", "label_vi", "label_en"]]
    shares = report.tables["theme_shares"].merge(labels, on="theme_id", how="left")
    shares.insert(0, "article", shares["doc_id"].map(report.article_labels))
    return _lists_joined(shares.drop(columns="doc_id"))


def _said(report: Report, table: str) -> pd.DataFrame:
    """Agreements, inferences or questions with their words in every language, all without private names."""
    frame, shown = report.tables[table], {}
    for column in ("subject", "values", "to"):
        if column in frame:
            shown[column] = [
                _hidden(report, ids, v) for ids, v in zip(frame["mention_ids"], frame[column], strict=True)
            ]
    for language in report.settings.languages:
        for column, (code, before) in _WORDS[table].items():
            rows = zip(frame["mention_ids"], frame[code], frame["values"], strict=True)
            shown[f"{column}_{language}"] = [
                report.privacy.hide_all(articles_of(ids), say_code(language, f"{before}{key}", values, place_name=report.place_name))
                for ids, key, values in rows
            ]  # fmt: skip
    return _lists_joined(frame.assign(**shown).rename(columns={"reason": "reason_code"}))


def _works(report: Report, table: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """A table whose rows many articles share: `columns` without the private names of any of them, lists joined."""
    frame = report.tables[table]
    for column in columns:
        shown = [_hidden(report, ids, value) for ids, value in zip(frame["mention_ids"], frame[column], strict=True)]
        if "place_id" in frame:  # a unit of the gazetteer bears no private name
            shown = [
                name if isinstance(i, str) else s
                for name, i, s in zip(frame[column], frame["place_id"], shown, strict=True)
            ]
        frame = frame.assign(**{column: shown})
    for column in (c for c, field in TABLES[table].items() if field.type == "list"):
        joint = "; " if column in (*columns, "types") else " "
        frame = frame.assign(**{column: [joint.join(v) for v in frame[column]]})
    # keys hold names too
    return frame.drop(columns=[c for c in ("document_id", "programme_id") if c in frame])


def _slips(report: Report) -> pd.DataFrame:
    """Misprints, each with what was meant."""
    slips, hide = report.tables["slips"], report.privacy.hide
    shown = {
        c: [hide(d, v) if isinstance(v, str) else None for d, v in zip(slips["doc_id"], slips[c], strict=True)]
        for c in ("surface", "meant")
    }  # fmt: skip
    return slips.assign(**shown).drop(columns=["sent_id"])


def _set_phrases(report: Report) -> pd.DataFrame:
    """Phrases that articles share, each with some uses."""
    phrases = report.tables["set_phrases"]
    shown = [_hidden(report, ids, p) for ids, p in zip(phrases["use_ids"], phrases["phrase"], strict=True)]
    return _lists_joined(phrases.assign(phrase=shown).drop(columns=["phrase_id"]))


def _hidden(report: Report, mention_ids: list[str], value: object) -> object:
    if isinstance(value, list):
        return [_hidden(report, mention_ids, v) for v in value]
    return report.privacy.hide_all(articles_of(mention_ids), value) if isinstance(value, str) else value


def _lists_joined(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{c: [" ".join(v) for v in frame[c]] for c in frame if c == "joined" or c.endswith("_ids")})


def _facts(report: Report) -> pd.DataFrame:
    facts = report.tables["facts"].drop(columns=["subject_key"])  # the subject says the same, and can be masked
    hidden = {
        column: [_hidden(report, ids, value) for ids, value in zip(facts["mention_ids"], facts[column], strict=True)]
        for column in ("subject", "action", "speaker", "base", "unit", "unit_id")
    }
    return _lists_joined(facts.assign(**hidden))


def _mentions(report: Report) -> pd.DataFrame:
    """Figures and dates, and what findings, agreements and questions count, with their places in the text; misprints and
    set phrases among it, too.

    Surfaces are what the article prints there; of other kinds they are left out, as they may be names.
    """
    mentions = report.tables["mentions"]
    named = {
        i for table in ("findings", "agreements", "inferences", "questions") for ids in report.tables[table]["mention_ids"] for i in ids
    }  # fmt: skip
    mentions = pd.concat([mentions, *_wording(report)], ignore_index=True)
    chosen = mentions[mentions["kind"].isin(_PRINTED) | mentions["mention_id"].isin(named)]
    chosen = chosen.assign(surface=chosen["surface"].where(chosen["kind"].isin(_PRINTED)))
    labels = report.tables["articles"].set_index("doc_id")["label"]
    chosen = chosen.merge(report.tables["sentences"][["sent_id", "paragraph"]], on="sent_id", how="left")
    chosen["anchor"] = [
        anchor(labels[d], a, b) for d, a, b in zip(chosen["doc_id"], chosen["start"], chosen["end"], strict=True)
    ]
    chosen["inferred"] = [" ".join(i) for i in chosen["inferred"]]
    return chosen.drop(columns=["entity_id", "sent_id", "strength"])


def _wording(report: Report) -> Iterator[pd.DataFrame]:
    """Misprints and uses of set phrases, in the form of mentions."""
    for table, id_column, kind in (("slips", "slip_id", "slip"), ("set_phrase_uses", "use_id", "set_phrase")):
        rows = report.tables[table].rename(columns={id_column: "mention_id"})
        if len(rows):
            rows = rows.assign(kind=kind, surface=None, rule=None, inferred=[[]] * len(rows))
            yield rows[["mention_id", "doc_id", "start", "end", "sent_id", "kind", "surface", "rule", "inferred"]]


def _articles(report: Report) -> pd.DataFrame:
    articles = report.tables["articles"].drop(columns=["notes"])
    said = report.tables["sentences"].groupby("doc_id", sort=False)["text"].agg("\n".join)
    digests = {
        doc_id: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16] for doc_id, text in said.items()
    }
    return articles.assign(
        digest=[digests.get(d, "") for d in articles["doc_id"]],
        title=[report.privacy.hide(d, t) for d, t in zip(articles["doc_id"], articles["title"], strict=True)],
    )


def _people(report: Report) -> pd.DataFrame:
    """People in public office over all articles, as far as their names may be shown."""
    persons, privacy = report.tables["persons"], report.privacy
    names = zip(persons["names"], persons["name_ids"], strict=True)
    shown: dict[str, list[str | None]] = {
        "names": ["; ".join(privacy.hide_name(document_of(i), n) for n, i in zip(*p, strict=True)) for p in names]
    }
    for column in ("rank", "function", "organisation"):
        texts = zip(persons[column], persons["mention_ids"], strict=True)
        shown[column] = [privacy.hide_all(map(document_of, ids), t) if isinstance(t, str) else None for t, ids in texts]
    return _lists_joined(persons.assign(**shown).drop(columns=["unit"]))


def _voices(report: Report) -> pd.DataFrame:
    """Who speaks where, by kind of source; the names stand in `people`, words that name a speaker are left out."""
    return _lists_joined(report.tables["voices"].drop(columns=["speaker", "entity_id", "public"]))


def _pairs(report: Report) -> pd.DataFrame:
    """Pairs, their names as far as they may be shown."""
    pairs, shown = report.tables["pairs"], {}
    for end in ("first", "second"):
        ends = zip(pairs[end], pairs[f"{end}_kind"], pairs[f"{end}_ids"], strict=True)
        shown[end] = [shown_end(report, name, kind, ids[0]) for name, kind, ids in ends]
    return _lists_joined(pairs.assign(**shown))
