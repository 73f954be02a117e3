"""Executed pages to files: one merged notebook per language, exported twice.

What was exported before from the same notebook, tables and code is taken from the cache.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode

from helpers import store
from helpers.present.numbers import format_edtf
from helpers.present.report import Report, open_report
from helpers.present.wording import say
from helpers.render.config import report_config
from helpers.render.merge import merge_notebooks
from helpers.render.page_cache import digest_of, folder_of
from helpers.render.typst import TypstPDFExporter
from helpers.settings import Settings


@dataclass(frozen=True)
class Output:
    """One file of the report: language and format."""

    language: str
    suffix: str

    @property
    def name(self) -> str:
        return f"report.{self.language}.{self.suffix}"


def outputs(settings: Settings) -> list[Output]:
    """All files that a build writes below reports/, apart from data/."""
    return [Output(lang, suffix) for lang in settings.languages for suffix in ("html", "pdf")]


def make_output(
    settings: Settings, output: Output, pages: Mapping[tuple[str, str], object], code: str
) -> tuple[bytes, list[str]]:
    """The file, and what the exporter had to leave out or replace.

    Args:
        pages: (page, language) -> executed notebook, or why there is none. code: digest of what makes a file of a notebook.
    """
    report = open_report(output.language, root=settings.root)
    merged = _merge(settings, report, pages)
    key = digest_of("export", output.name, json.dumps(merged, ensure_ascii=False, sort_keys=True), report.key, code)
    path = folder_of(settings) / f"{key}.{output.suffix}"
    if (kept := store.read_checked(path)) is not None:
        said, _, content = kept.partition(b"\n")
        return content, json.loads(said)
    content, warnings = export_notebook(merged, output)
    store.write_checked(path, json.dumps(warnings).encode() + b"\n" + content)
    return content, warnings


def _merge(settings: Settings, report: Report, pages: Mapping[tuple[str, str], object]) -> NotebookNode:
    notebooks: list[NotebookNode] = []
    for page in settings.pages:
        found = pages[page, report.language]
        notebooks.append(_failed_page(page, found, report) if isinstance(found, str) else cast(NotebookNode, found))
    # what is said in another language must not make this one new
    others = set(settings.all_languages) - {report.language}
    for i, notebook in enumerate(notebooks):
        cells = [cell for cell in notebook.cells if not others & set(cell.metadata.get("tags", ()))]
        notebooks[i] = NotebookNode(notebook, cells=cells)
    return merge_notebooks(notebooks, title=_title(settings, report), metadata=_metadata(settings, report))


def _failed_page(page: str, failure: str, report: Report) -> NotebookNode:
    """The page says itself that it is missing, and why: names of private people may stand in an error, too."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    shown = report.privacy.hide_all(report.tables["articles"]["doc_id"], failure)
    reason, *lines = (
        shown.replace("<", "‹").replace(">", "›").replace("[[", "&#91;[").splitlines()
    )  # no finding to fill in
    behind = (
        ["", "~~~text", *(line.replace("~~~", "~").replace("&#91;[", "[ [") for line in lines), "~~~"] if lines else []
    )
    text = "\n".join([f"# {page}", "", say(report.language, "page_failed", reason=reason), *behind])
    return new_notebook(cells=[new_markdown_cell(text)])


def _title(settings: Settings, report: Report) -> str:
    """The report's title, with the choice of articles behind it."""
    chosen = [c["names"][report.language] for c in report.selection.get("chosen", ())]
    title = settings.title[report.language]
    return title if settings.own_title or not chosen else f"{title}: {', '.join(chosen)}"


def _metadata(settings: Settings, report: Report) -> dict:
    """What the exporters put on the title page."""
    language, values = report.language, report.finding_values
    dates = sorted(d for d in report.tables["articles"]["published"].dropna())
    period = " – ".join(dict.fromkeys(format_edtf(d, language) for d in dates[:1] + dates[-1:])) or report.say(
        "period_unknown"
    )
    other = next((lang for lang in settings.languages if lang != language), None)
    n_articles = values["n_articles"]
    if report.selection:
        n_articles = report.say("chosen_of", n=n_articles, all=report.number(report.selection["n_all"]))
    summary = [
        *([report.say(f"chosen_{c['parameter']}"), c["names"][language]] for c in report.selection.get("chosen", ())),
        [report.say("summary_articles"), n_articles], [report.say("summary_period"), period],
        [report.say("summary_figures"), values["n_figures"]], [report.say("summary_facts"), values["n_facts"]],
        [report.say("summary_confirmed"), values["n_confirmed"]],
        [report.say("summary_conflicts"), values["n_contradicted"]],
    ]  # fmt: skip
    about = {"subtitle": settings.subtitle.get(language, ""), "summary": summary, "note": report.say("note_title"),
             "running_head": _title(settings, report)}  # fmt: skip
    if other:
        about |= {
            "other_language_href": f"report.{other}.html",
            "other_language": other,
            "other_language_label": report.say("language_link"),
        }
    return {
        "language": language,
        "report": about,
        "date": format_edtf(dates[-1], language) if dates else "",
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    }


class _PageExporter(HTMLExporter):
    """HTMLExporter without its second look at the page: it would parse all of it to add alt texts that are there."""

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw):
        resources = self._init_resources(resources)
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer")
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        data_types = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", data_types)
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


def export_notebook(notebook, output: Output) -> tuple[bytes, list[str]]:
    """The file, and what the exporter had to leave out or replace."""
    exporter_class = _PageExporter if output.suffix == "html" else TypstPDFExporter
    exporter = exporter_class(config=report_config(output.language))
    body, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": "report", "path": ""}})
    return body.encode() if isinstance(body, str) else body, list(resources.get("warnings", ()))
