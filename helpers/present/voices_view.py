"""Voices as shown: how much room the articles give to each kind of source, and who is not heard."""

from __future__ import annotations

import pandas as pd

from helpers.analysis.voices import share_voices
from helpers.present.charts import plot_ranked
from helpers.present.display import Column, Figure, Note, Table
from helpers.present.report import Report
from helpers.schema import OFFICIAL_SOURCES

#: who a reader would expect to hear beside the offices of the state
_EXPECTED = ("citizen", "company", "expert", "association")


def _shares(report: Report) -> tuple[pd.DataFrame, pd.Series]:
    """The kinds of source that speak, and the newspaper's own row."""
    shares = share_voices(report.tables)
    return shares[:-1], shares.iloc[-1]


def _name(report: Report, kind: str) -> str:
    return report.say(f"source_{kind}")


def show_voice_chart(report: Report) -> Figure | Note:
    """Bars: words quoted of each kind of source."""
    spoken, _ = _shares(report)
    if spoken.empty:
        return Note(report.say("no_voices"))
    values = pd.Series(spoken["n_words"].astype(float).to_numpy(), index=[_name(report, k) for k in spoken["kind"]])
    total, top = float(values.sum()), str(values.index[0])
    base = {"words": report.number(total), "quotes": report.number(spoken["n_quotes"].sum())}
    rows = "; ".join(f"{kind}: {report.number(n)}" for kind, n in values.items())
    axes = plot_ranked(values, unit=report.say("voices_unit", **base), show=report.number, point=top)
    title = report.say("voices_title", source=top, share=report.percent(values.iloc[0] / total), **base)
    return report.show_figure(axes, title=title, alt=report.say("voices_alt", rows=rows), details="tbl-voices")


def show_voice_shares(report: Report) -> Table | Note:
    """A row a kind of source: how many speak, their quotes, words and figures; last what the newspaper says itself."""
    spoken, own = _shares(report)
    n_quoted = int(spoken["n_words"].sum())
    n_words = n_quoted + int(own["n_words"])
    n_facts = int(spoken["n_facts"].sum()) + int(own["n_facts"])
    if not n_words:
        return Note(report.say("no_voices"))
    rows = [
        {
            "source": _name(report, s.kind), "speakers": report.number(s.n_speakers),
            "quotes": report.number(s.n_quotes), "words": report.number(s.n_words),
            "share": _percent(report, s.n_words / n_quoted), "facts": report.number(s.n_facts),
            "reference": report.evidence.cite(s.mention_ids, limit=3),
        }
        for s in spoken.itertuples()
    ]  # fmt: skip
    rows.append({
        "source": _name(report, "newspaper"), "speakers": "–", "quotes": "–", "words": report.number(own["n_words"]),
        "share": "–", "reference": report.evidence.cite(own["mention_ids"], limit=3),
        "facts": report.number(own["n_facts"]),
    })  # fmt: skip
    columns = [
        Column("source", report.say("source_kind"), head=True),
        *(Column(c, report.say(f"voice_{c}"), number=True) for c in ("speakers", "quotes", "words", "share", "facts")),
        Column("reference", report.say("reference")),
    ]  # fmt: skip
    title = report.say(
        "voice_shares_title", own=report.percent(own["n_words"] / n_words), words=report.number(n_words), quoted=report.number(n_quoted),
        quotes=report.number(spoken["n_quotes"].sum()), facts=report.number(n_facts), articles=report.number(own["n_articles"]),
    )  # fmt: skip
    return report.show_table(rows, columns, title=title, table_id="tbl-voices")


def _percent(report: Report, share: float) -> str:
    return report.percent(share) if share >= 0.01 or not share else f"< {report.percent(0.01)}"


def show_voice_limits(report: Report) -> Note:
    """Who is heard and who is not, in words: whether only offices speak, which sources are missing, what stays unclear."""
    return Note(" ".join(voice_limits(report)))


def voice_limits(report: Report) -> list[str]:
    """Sentences that say who is heard and who is not, the most important first."""
    spoken, _ = _shares(report)
    if spoken.empty:
        return [report.say("no_voices")]
    n_words, n_quotes = int(spoken["n_words"].sum()), int(spoken["n_quotes"].sum())
    official = spoken[spoken["kind"].isin(OFFICIAL_SOURCES)]
    others = spoken[~spoken["kind"].isin((*OFFICIAL_SOURCES, "unnamed"))]
    unnamed = spoken[spoken["kind"] == "unnamed"]
    said = []
    if len(official) == len(spoken):
        kinds = "; ".join(_lower(_name(report, k)) for k in official["kind"])
        said.append(report.say("voices_only_official", quotes=report.number(n_quotes), kinds=kinds))
    else:
        n_official = int(official["n_words"].sum())
        share = report.percent(n_official / n_words)
        values = {"official": report.number(n_official), "words": report.number(n_words), "share": share}
        said.append(report.say("voices_official_share", **values))
        if not others.empty:
            top = others.iloc[0]
            name, share = _lower(_name(report, top["kind"])), report.percent(top["n_words"] / n_words)
            said.append(report.say("voices_other_share", source=name, share=share, n=report.number(top["n_words"])))
    if missing := [_lower(_name(report, k)) for k in _EXPECTED if k not in set(spoken["kind"])]:
        said.append(report.say("voices_missing", kinds="; ".join(missing)))
    if not unnamed.empty:
        share = report.percent(unnamed["n_words"].sum() / n_words)
        said.append(report.say("voices_unnamed", n=report.number(unnamed["n_quotes"].sum()), share=share))
    return said


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
