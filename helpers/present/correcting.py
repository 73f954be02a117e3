"""Corrections made in a notebook: shows a mention with its sentence and writes the line of corrections.csv.

    correct(report, mention_id)                                          # what is read there, and which fields it has
    correct(report, mention_id, value=156, why="misprinted in the table")
    delete_mention(report, mention_id, why="a house number")
    add_mention(report, "Đến nay có 7/11 tổ dân phố lắp camera.", "7/11", kind="ratio", why="…", doc_id="…", value=7, value_high=11)

What could not be applied is refused with the reason, and nothing is written. The report at hand stays as it is: open_report()
again, or `make report`, applies the file.
"""

from __future__ import annotations

import datetime
import getpass
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from markupsafe import Markup, escape

from helpers.lexicon import Lexicon
from helpers.present.report import Report
from helpers.schema import CORRECTION, DETAIL_OF
from helpers.tables.correction_file import (
    NAME,
    Correction,
    CorrectionError,
    check_cells,
    editable_fields,
    line_of,
    passage_form,
    read_corrections,
    write_corrections,
)
from helpers.tables.correction_sites import Sentences
from helpers.tables.correction_values import show_value
from helpers.tables.corrections import try_corrections


class CorrectionRefused(ValueError):
    """A correction that could not be applied; the message says why and what to do instead."""


@dataclass(frozen=True)
class Shown:
    """A mention with its sentence, as a cell shows it, and the lines that were written of it."""

    before: str
    surface: str
    after: str
    kind: str
    fields: dict[str, str]
    written: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in self.fields.items())
        written = "".join(f"<pre>{escape(line)}</pre>" for line in self.written)
        sentence = Markup('<p lang="vi">{}<mark>{}</mark>{}</p>').format(self.before, self.surface, self.after)
        return f"{sentence}<table><caption>{escape(self.kind)}</caption>{rows}</table>{written}"

    def __repr__(self) -> str:
        fields = "  ".join(f"{k}={v!r}" for k, v in self.fields.items())
        said = f"{self.before}[{self.surface}]{self.after}\n{self.kind}  {fields}"
        return "\n".join([said, *(f"written: {line}" for line in self.written)])


def correct(report: Report, mention_id: str, /, *, why: str = "", who: str | None = None, **fields: object) -> Shown:
    """Shows a mention with its sentence; with fields, writes a correction for each and shows what stands there then.

    Args:
        why: the reason, wanted with any field. who: by default the git user, else the user of this machine. fields: those of
            the kind; surface changes the words; None says that the text does not tell.
    Raises:
        CorrectionRefused: the message says why, and nothing is written.
    """
    bound = _bound(report, mention_id)
    if not fields:
        return _shown(report, mention_id)
    lines = [bound | {"action": "set", "field": f, "value": show_value(_plain(v))} for f, v in fields.items()]
    return _write(report, lines, why, who, mention_id)


def delete_mention(report: Report, mention_id: str, /, *, why: str, who: str | None = None) -> Shown:
    """Writes that the words are no mention. Raises CorrectionRefused."""
    line = _bound(report, mention_id) | {"action": "delete", "field": "", "value": ""}
    if line["kind"] == "theme":
        line |= {"field": "theme_id", "value": mention_id.rsplit(":", 1)[1]}
    return _write(report, [line], why, who, mention_id)


def add_mention(
    report: Report, sentence: str, surface: str, /, *, kind: str, why: str, doc_id: str = "", occurrence: int = 1,
    copy: str = "", who: str | None = None, **fields: object,
) -> Shown:  # fmt: skip
    """Writes a mention that the rules missed.

    Args:
        sentence: as printed, or the sent_id. surface: the words in it. doc_id: may be left out where one article alone has
            the sentence. fields: those of the kind; a figure and a date need a value.
    Raises:
        CorrectionRefused: the message says why, and nothing is written.
    """
    sentences = report.tables["sentences"]
    given = sentences["sent_id"] == sentence
    if given.any():
        row = sentences[given].iloc[0]
        sentence, doc_id = row["text"], row["doc_id"]
        copy = copy or Sentences(_sentences(report, doc_id)).copy_of(row.to_dict())
    if not doc_id:
        wanted = passage_form(sentence)
        having = sentences.loc[[passage_form(t) == wanted for t in sentences["text"]], "doc_id"].unique()
        if len(having) != 1:
            raise CorrectionRefused(f"{len(having)} articles have this sentence; name one: doc_id=…")
        doc_id = having[0]
    bound = {
        "doc_id": doc_id, "sentence": passage_form(sentence), "copy": copy, "surface": passage_form(surface),
        "occurrence": str(occurrence), "kind": kind,
    }  # fmt: skip
    values = [(name, show_value(_plain(v))) for name, v in fields.items()] or [("", "")]
    lines = [
        bound | {"action": "set" if i else "add", "field": field, "value": value}
        for i, (field, value) in enumerate(values)
    ]
    return _write(report, lines, why, who, None)


def _plain(value: object) -> object:
    """A value given in Python as the file's cells are made from it."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value) if abs(value) < 10**15 else str(value)
    return value


def _sentences(report: Report, doc_id: str) -> list[dict]:
    sentences = report.tables["sentences"]
    return sentences[sentences["doc_id"] == doc_id].to_dict("records")


def _mention(report: Report, mention_id: str) -> dict:
    mentions = report.tables["mentions"]
    found = mentions[mentions["mention_id"] == mention_id]
    if found.empty:
        raise CorrectionRefused(f"no mention {mention_id!r} in this report; take an id from report.tables['mentions']")
    return found.iloc[0].to_dict()


def _bound(report: Report, mention_id: str) -> dict[str, str]:
    """The cells that bind a line to a mention."""
    mention = _mention(report, mention_id)
    sentences = Sentences(_sentences(report, mention["doc_id"]))
    sentence = sentences.at(int(mention["start"]))
    if sentence is None:
        raise CorrectionRefused(f"{mention['surface']!r} stands in no sentence; a correction is bound to one")
    surface = passage_form(mention["surface"])
    spans = sentences.spans(sentence, surface, kind=mention["kind"])
    span = (int(mention["start"]), int(mention["end"]))
    if span not in spans:
        raise CorrectionRefused(
            f"{mention['surface']!r} is not found in its sentence as printed; write the line by hand"
        )
    return {
        "doc_id": mention["doc_id"], "sentence": passage_form(sentence["text"]), "copy": sentences.copy_of(sentence),
        "surface": surface, "occurrence": str(spans.index(span) + 1), "kind": mention["kind"],
    }  # fmt: skip


def _write(report: Report, lines: list[dict[str, str]], why: str, who: str | None, mention_id: str | None) -> Shown:
    """Writes lines after a trial on the article; those of the same field of the same words are replaced."""
    if not why.strip():
        raise CorrectionRefused("say why: a correction without a reason can't be judged by others")
    path = report.settings.root / NAME
    about = {"who": who or _user(report.settings.root), "when": datetime.date.today().isoformat(), "why": why}
    known = read_corrections(path)
    if broken := next((o for o in known.outcomes if o.reason == "bad_file"), None):
        raise CorrectionRefused(f"{NAME}:{broken.line}: {broken.said}")
    made: list[Correction] = []
    for line in lines:
        cells = [" ".join((line | about)[c].split()) for c in CORRECTION]
        try:
            made.append(check_cells(-1 - len(made), cells))
        except CorrectionError as error:
            raise CorrectionRefused(str(error)) from None
    keys = {(c.place, c.action, c.field) for c in made}
    replaced = {c.line for c in known.corrections if (c.place, c.action, c.field) in keys}
    kept = [c for c in known.corrections if c.doc_id == made[0].doc_id and c.line not in replaced]
    rows = _try(report, [*kept, *made])
    write_corrections(path, made, replaced=replaced)
    return _after(rows, made, mention_id)


def _try(report: Report, corrections: list[Correction]) -> tuple[dict, dict]:
    """The article with these corrections, and the outcome of each new one. Raises CorrectionRefused where one fails."""
    doc_id = corrections[-1].doc_id
    articles = report.tables["articles"]
    source = articles.loc[articles["doc_id"] == doc_id, "source"]
    if source.empty:
        raise CorrectionRefused(f"no article {doc_id!r} in this report")
    tried = try_corrections(report.settings.root / source.iloc[0], doc_id, corrections, Lexicon.load("vi"))
    if tried is None:
        raise CorrectionRefused(f"{source.iloc[0]} is gone or holds no article {doc_id!r} now; open the report again")
    rows, outcomes = tried
    for outcome in outcomes:
        if outcome.line < 0 and outcome.reason:
            raise CorrectionRefused(outcome.said)
        if outcome.line < 0 and outcome.status == "needless":
            raise CorrectionRefused("the rules read it so already; nothing was written")
    return rows, {o.line: o for o in outcomes}


def _after(tried: tuple[dict, dict], made: list[Correction], mention_id: str | None) -> Shown:
    rows, outcomes = tried
    lines = tuple(map(line_of, made))
    mention_id = outcomes[made[0].line].mention_id
    mention = next((m for m in rows["mentions"] if m["mention_id"] == mention_id), None)
    if mention is None:
        return Shown(made[0].sentence, "", "", f"{made[0].kind}: {made[0].action} {made[0].surface}", {}, lines)
    detail: dict = next(
        (r for r in rows.get(DETAIL_OF.get(mention["kind"], ""), ()) if r["mention_id"] == mention_id), {}
    )
    return _show(mention, detail, rows["sentences"], lines)


def _shown(report: Report, mention_id: str) -> Shown:
    mention = _mention(report, mention_id)
    detail: dict = {}
    if table := DETAIL_OF.get(mention["kind"]):
        frame = report.tables[table]
        detail = frame[frame["mention_id"] == mention_id].iloc[0].to_dict()
    return _show(mention, detail, _sentences(report, mention["doc_id"]), ())


def _show(mention: dict, detail: dict, sentences: list[dict], lines: tuple[str, ...]) -> Shown:
    sentence = Sentences(sentences).at(int(mention["start"]))
    text, base = (sentence["text"], sentence["start"]) if sentence else (mention["surface"], mention["start"])
    start, end = int(mention["start"]) - base, int(mention["end"]) - base
    fields = {
        f: show_value(None if detail[f] is pd.NA else detail[f])
        for f in editable_fields(mention["kind"])
        if f in detail
    }
    return Shown(text[:start], text[start:end], text[end:], mention["kind"], fields, lines)


def _user(root: Path) -> str:
    """The user's name as git has it, else as this machine has it."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], cwd=root, capture_output=True, text=True, timeout=5)
        if name := asked.stdout.strip():
            return name
    except (OSError, subprocess.SubprocessError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise CorrectionRefused("this machine doesn't know who you are; say who=…") from None
