"""Builds the report: every notebook executed once per language, one merged notebook per language, exported twice.

    build_report(root)  ->  lines that say what failed (none: all is well)

One process imports once; tables, notebooks and exports run in children forked from it. Outputs are written whole at the end, so
that a killed run leaves the old ones. `reports/data/manifest.json` says what they were made from.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from helpers import store
from helpers.present.numbers import format_edtf
from helpers.present.report import Report, open_report
from helpers.present.wording import say
from helpers.render.data_files import write_data
from helpers.render.execute import execute_here, read_notebook
from helpers.render.jobs import Outcome, can_fork, run_jobs
from helpers.render.merge import merge_notebooks
from helpers.render.preprocess import check_prose
from helpers.settings import Settings, load_settings
from helpers.tables.build import HELPERS, build_tables, check_corrections, code_digest, digest_files, tables_key

_CODE = (
    "corpus",
    "extract",
    "tables",
    "analysis",
    "present",
    "render",
    "normalize.py",
    "schema.py",
    "lexicon.py",
    "store.py",
)
_ASSETS = ("*.j2", "*.css", "*.js", "*.toml", "*.typ", "*.mplstyle", "*.json")


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


def report_key(settings: Settings) -> str:
    """Digest of everything the report is made from: articles, words, code, notebooks, settings."""
    from helpers.lexicon import Lexicon

    root = settings.root
    notebooks = digest_files(sorted((root / "notebooks").glob("*.ipynb")), root=root)
    assets = digest_files(sorted(f for pattern in _ASSETS for f in HELPERS.rglob(pattern)), root=HELPERS)
    toml = digest_files([root / "report.toml"], root=root)
    parts = (tables_key(root, Lexicon.load("vi")), code_digest(_CODE), notebooks, assets, toml)
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def input_digests(settings: Settings) -> dict[str, dict[str, str]]:
    """What a build was made from beside the articles, file by file: tells `diff` the cause of a change."""

    def of(files: Iterable[Path], root: Path) -> dict[str, str]:
        return {
            str(f.relative_to(root)): hashlib.sha256(f.read_bytes()).hexdigest()[:16]
            for f in sorted(files)
            if f.is_file()
        }

    root = settings.root
    return {
        "lexicon": of((HELPERS / "lexicons" / "vi").iterdir(), HELPERS), "rule": of(HELPERS.rglob("*.py"), HELPERS),
        "correction": of([root / "corrections.csv"], root),
    }  # fmt: skip


def check_report(root: Path) -> list[str]:
    """One line for each output that is missing or stale, and each correction that fits nothing; builds no output."""
    settings = load_settings(root)
    folder = settings.root / "reports"
    manifest = store.read_json(folder / "data" / "manifest.json")
    problems = []
    current = manifest.get("key") == report_key(settings)
    for output in outputs(settings):
        path = folder / output.name
        if not path.is_file():
            problems.append(f"missing: reports/{output.name}; run make report")
        elif not current or manifest.get("files", {}).get(output.name) != hashlib.sha256(path.read_bytes()).hexdigest():
            problems.append(f"stale: reports/{output.name}; run make report")
    for name in manifest.get("data", ()) if manifest else ():
        if not (folder / "data" / name).is_file():
            problems.append(f"missing: reports/data/{name}; run make report")
    return [*problems, *check_corrections(settings.root)]


def build_report(root: Path) -> list[str]:
    """Builds all outputs below `root`/reports; returns a line for each thing that failed."""
    settings = load_settings(root)
    # taken before anything is read: what changes while the report is built makes it stale
    key = report_key(settings)
    _warm_up()
    problems: list[str] = []
    with _progress(1 + len(settings.pages) * len(settings.languages) + len(outputs(settings))) as step:
        built = _one("tables", lambda: _build_tables(settings), settings)
        step("tables")
        if built.failure:
            return [f"tables: {built.failure}"]
        problems += cast(list[str], built.value)
        pages = _execute_all(settings, step, problems)
        files = _export_all(settings, pages, step, problems)
    folder = settings.root / "reports"
    for name, content in files.items():
        store.write_bytes(folder / name, content)
    data = _one(
        "data", lambda: write_data(open_report(settings.languages[0], root=settings.root), folder / "data"), settings
    )
    if data.failure:
        problems.append(f"reports/data: {data.failure}")
    store.write_json(folder / "data" / "manifest.json", {
        "key": key, "data": data.value or [], "inputs": input_digests(settings),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    })  # fmt: skip
    return problems


def _build_tables(settings: Settings) -> list[str]:
    """Builds the tables, facts and findings too; returns a line for each input or correction that could not be used."""
    problems = [f"refused: {r}" for r in build_tables(settings.root).rejected]
    problems += check_corrections(settings.root)
    if open_report(settings.languages[0], root=settings.root).tables["articles"].empty:
        problems.append("seeds/: no article that can be read; put one there")
    return problems


def _warm_up() -> None:
    """Imports what the children need, once. Nothing here may start a thread."""
    import IPython.core.interactiveshell  # noqa: F401
    import nbconvert  # noqa: F401
    import pandera.pandas  # noqa: F401

    from helpers.present import charts
    from helpers.render import html, typst  # noqa: F401

    charts.load_style()
    import matplotlib.pyplot  # noqa: F401


def _one(name: str, function, settings: Settings) -> Outcome:
    return next(iter(run_jobs([(name, function)], time_limit=settings.time_limit * 10)))


def _execute_all(settings: Settings, step, problems: list[str]) -> dict[tuple[str, str], object]:
    """(page, language) -> executed notebook, or the reason it failed."""
    jobs = [
        (f"{page} {lang}", lambda page=page, lang=lang: _execute(settings, page, lang))
        for page in settings.pages for lang in settings.languages
    ]  # fmt: skip
    done: dict[tuple[str, str], object] = {}
    for outcome in run_jobs(jobs, time_limit=settings.time_limit):
        page, lang = outcome.name.split(" ")
        step(outcome.name)
        if outcome.failure:
            problems.append(f"notebooks/{page}.ipynb ({lang}): {outcome.failure}")
        done[page, lang] = outcome.failure or outcome.value
    return done


def _execute(settings: Settings, page: str, language: str):
    path = settings.root / "notebooks" / f"{page}.ipynb"
    notebook = read_notebook(path)
    check_prose(notebook, open_report(language, root=settings.root), page)
    if can_fork():
        return execute_here(notebook, name=page, parameters={"language": language})
    import os

    from nbclient import NotebookClient

    os.environ["REPORT_LANGUAGE"] = language
    return NotebookClient(
        notebook, timeout=int(settings.time_limit), resources={"metadata": {"path": str(path.parent)}}
    ).execute()


def _merge(settings: Settings, language: str, pages: dict):
    from nbformat.v4 import new_markdown_cell, new_notebook

    notebooks = []
    for page in settings.pages:
        found = pages[page, language]
        if isinstance(found, str):  # the page says itself that it is missing
            reason = found.replace("<", "‹").replace(">", "›").replace("[[", "&#91;[")  # no finding to fill in
            found = new_notebook(
                cells=[new_markdown_cell(f"# {page}\n\n{say(language, 'page_failed', reason=reason)}")]
            )
        notebooks.append(found)
    report = open_report(language, root=settings.root)
    return merge_notebooks(notebooks, title=settings.title[language], metadata=_metadata(settings, report))


def _metadata(settings: Settings, report: Report) -> dict:
    """What the exporters put on the title page."""
    language, values = report.language, report.finding_values
    dates = sorted(d for d in report.tables["articles"]["published"].dropna())
    period = " – ".join(dict.fromkeys(format_edtf(d, language) for d in dates[:1] + dates[-1:])) or report.say(
        "period_unknown"
    )
    other = next((lang for lang in settings.languages if lang != language), None)
    summary = [
        [report.say("summary_articles"), values["n_articles"]], [report.say("summary_period"), period],
        [report.say("summary_figures"), values["n_figures"]], [report.say("summary_facts"), values["n_facts"]],
        [report.say("summary_conflicts"), values["n_contradicted"]],
    ]  # fmt: skip
    about = {"subtitle": settings.subtitle.get(language, ""), "summary": summary, "note": report.say("note_title"),
             "running_head": settings.title[language]}  # fmt: skip
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


def _export_all(settings: Settings, pages: dict, step, problems: list[str]) -> dict[str, bytes]:
    # merged in the child: merging reads tables, and this process must not start their threads before it forks
    jobs = [(o.name, lambda o=o: _export(_merge(settings, o.language, pages), o)) for o in outputs(settings)]
    files: dict[str, bytes] = {}
    for outcome in run_jobs(jobs, time_limit=settings.time_limit * 5):
        step(outcome.name)
        if outcome.failure:
            problems.append(f"reports/{outcome.name}: {outcome.failure}")
        else:
            exported = cast(tuple[bytes, list[str]], outcome.value)
            files[outcome.name] = exported[0]
            for warning in exported[1]:
                click.echo(f"warning: reports/{outcome.name}: {warning}", err=True)
    return files


def _export(notebook, output: Output) -> tuple[bytes, list[str]]:
    """The file, and what the exporter had to leave out or replace."""
    from nbconvert.exporters import HTMLExporter

    from helpers.render.config import report_config
    from helpers.render.typst import TypstPDFExporter

    exporter_class = HTMLExporter if output.suffix == "html" else TypstPDFExporter
    exporter = exporter_class(config=report_config(output.language))
    body, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": "report", "path": ""}})
    return body.encode() if isinstance(body, str) else body, list(resources.get("warnings", ()))


class _progress:
    """A progress bar on a terminal, a plain line a step elsewhere."""

    def __init__(self, n_steps: int):
        self._plain = not sys.stderr.isatty()
        self._bar = (
            None
            if self._plain
            else click.progressbar(length=n_steps, label="report", file=sys.stderr, item_show_func=lambda s: s or "")
        )

    def __enter__(self):
        if self._bar is not None:
            self._bar.__enter__()
        return self._step

    def _step(self, name: str) -> None:
        if self._bar is None:
            click.echo(f"done: {name}", err=True)
        else:
            self._bar.update(1, name)

    def __exit__(self, *error):
        if self._bar is not None:
            self._bar.__exit__(*error)
