"""Two nbconvert preprocessors: prose takes its numbers from findings, and the evidence is appended.

`[[n_articles]]` in a markdown cell becomes the finding's value, linked to its entry in the appendix. A finding that does not
exist, a stale value and a typed number stop the build, with notebook, cell and both values (prose.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Unicode

from helpers.present.display import Column, make_table
from helpers.present.report import Report, open_report
from helpers.render.prose import FINDING, ProseError, check_numbers, fill_value

_EVIDENCE = re.compile(r'href=\\?"#(ev-[A-Z]+-\d+-\d+)')
_FINDING_LINK = re.compile(r'href="#finding-(\w+)"')
#: mentions listed with a finding in the appendix
_SHOWN = 6


@lru_cache(maxsize=4)
def _report(language: str) -> Report:
    return open_report(language or None)


class _ReportPreprocessor(Preprocessor):
    language = Unicode("", help="Language of the report; default: REPORT_LANGUAGE, then report.toml.").tag(config=True)

    @property
    def report(self) -> Report:
        return _report(self.language)


class FillFindings(_ReportPreprocessor):
    """Fills `[[finding_id]]` in prose, says which language the page is in, and leaves out the code."""

    def __call__(self, nb: NotebookNode, resources: dict):
        return self.preprocess(nb, resources)

    def preprocess(self, nb: NotebookNode, resources: dict):
        if not _is_ours(nb):
            return nb, resources
        nb.metadata.language = self.report.language
        name = resources.get("metadata", {}).get("name", "notebook")
        if "report" not in nb.metadata:  # a merged report's pages were checked one by one
            check_prose(nb, self.report, name)
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = FINDING.sub(self._fill, cell.source)
            else:  # readers see what a cell shows, not how; notebooks that aren't ours keep their code
                cell.metadata["transient"] = {"remove_source": True}
        return nb, resources

    def _fill(self, match: re.Match[str]) -> str:
        value = fill_value(match[1], match[2], self.report.finding_values)
        return str(Markup('<a class="evidence" href="#finding-{}">{}</a>').format(match[1], value))


def check_prose(nb: NotebookNode, report: Report, name: str) -> None:
    """Looks at every number in the prose of one page, before it is filled in.

    Raises:
        ProseError: a number is typed or stale, or a finding unknown; the message begins with notebook and cell.
    """
    others = set(report.settings.all_languages) - {report.language}
    for i, cell in enumerate(nb.cells):
        if cell.cell_type != "markdown" or others & set(cell.metadata.get("tags", ())):
            continue
        for said in check_numbers(cell.source, report.finding_values, report.finding_labels):
            raise ProseError(f"{name}, cell {i}: {said}")


class AppendEvidence(_ReportPreprocessor):
    """Appends the findings named and the sentences cited, each once."""

    def __call__(self, nb: NotebookNode, resources: dict):
        return self.preprocess(nb, resources)

    def preprocess(self, nb: NotebookNode, resources: dict):
        texts = list(_texts(nb))
        findings = dict.fromkeys(f for text in texts for f in _FINDING_LINK.findall(text))
        anchors = {a for text in texts for a in _EVIDENCE.findall(text)}
        if not findings and not anchors:
            return nb, resources
        level = "##" if _has_one_title(nb) else "#"
        say = self.report.say
        if findings:
            table = self._findings_table(list(findings))
            anchors |= set(_EVIDENCE.findall(table))
            nb.cells.append(new_markdown_cell(f"{level} {say('findings_title')}\n\n{say('findings_intro')}\n\n{table}"))
        listing = self.report.evidence.appendix(anchors)
        nb.cells.append(new_markdown_cell(f"{level} {say('evidence_title')}\n\n{say('evidence_intro')}\n\n{listing}"))
        return nb, resources

    def _findings_table(self, finding_ids: list[str]) -> str:
        report = self.report
        defined = report.tables["findings"].set_index("finding_id")
        rows = []
        for finding_id in finding_ids:
            row = defined.loc[finding_id]
            cited = report.evidence.cite(row["mention_ids"], limit=_SHOWN)
            whole = Markup("<small>{}</small>").format(report.source) if not row["mention_ids"] else cited
            rows.append({
                "finding": Markup('<span id="finding-{}">{}</span>').format(finding_id, row[f"label_{report.language}"]),
                "value": report.finding_values[finding_id], "evidence": whole,
            })  # fmt: skip
        columns = [Column("finding", report.say("finding"), head=True), Column("value", report.say("value"), number=True),
                   Column("evidence", report.say("evidence"))]  # fmt: skip
        html = make_table(
            rows, columns, title=str(escape(report.say("findings_title"))), table_id="tbl-findings", rows_are="finding"
        ).html
        return re.sub(r"\n\s*\n", "\n", html)


def _texts(nb: NotebookNode):
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", ()):
            html = output.get("data", {}).get("text/html")
            if html:
                yield html if isinstance(html, str) else "".join(html)
            notes = output.get("metadata", {}).values()
            yield from (v["evidence"] for v in notes if isinstance(v, dict) and isinstance(v.get("evidence"), str))


def _is_ours(nb: NotebookNode) -> bool:
    """Whether the notebook works with a report: others keep their own language."""
    return any("open_report" in cell.source for cell in nb.cells if cell.cell_type == "code")


def _has_one_title(nb: NotebookNode) -> bool:
    """Whether the notebook has one title above its sections, as ours have."""
    titles = sum(len(re.findall(r"^# ", cell.source, re.M)) for cell in nb.cells if cell.cell_type == "markdown")
    return titles == 1
