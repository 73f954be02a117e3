"""Builds the report: every notebook executed once per language, one merged notebook per language, exported twice.

    build_report(root)  ->  lines that say what failed (none: all is well)

One process imports once; tables, notebooks and exports run in children forked from it. What is known from before is not made
again (page_cache.py). Outputs are written aside and put in place at the end, so that a killed run leaves the old ones. `reports/data/manifest.json` says what they were made from.
"""

from __future__ import annotations

import hashlib
import math
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import click

from helpers import store
from helpers.present.report import open_report
from helpers.render.assemble import make_output, outputs
from helpers.render.data_files import write_data
from helpers.render.jobs import Outcome, run_jobs
from helpers.render.page_cache import drop_old
from helpers.render.pages import Pages, execute_pages
from helpers.settings import Settings, SettingsError, load_settings
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
#: seconds without a word, while articles are read
_QUIET = 10
_ASSETS = ("*.j2", "*.css", "*.js", "*.toml", "*.typ", "*.mplstyle", "*.json")


def report_key(settings: Settings) -> str:
    """Digest of everything the report is made from: articles, words, code, notebooks, settings."""
    from helpers.lexicon import Lexicon

    root = settings.root
    notebooks = digest_files(sorted((root / "notebooks").glob("*.ipynb")), root=root)
    assets = digest_files(sorted(f for pattern in _ASSETS for f in HELPERS.rglob(pattern)), root=HELPERS)
    toml = digest_files([root / "report.toml"], root=root)
    about = str((sorted(settings.filters.items()), settings.languages, sorted(settings.title.items())))
    parts = (tables_key(root, Lexicon.load("vi")), code_digest(_CODE), notebooks, assets, toml, about)
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


def check_report(root: Path, *, folder: Path | None = None) -> list[str]:
    """One line for each output that is missing or stale, and each correction that fits nothing; builds no output."""
    settings = load_settings(root)
    folder = folder or settings.root / "reports"
    shown = folder.relative_to(settings.root) if folder.is_relative_to(settings.root) else folder
    manifest = store.read_json(folder / "data" / "manifest.json")
    problems = []
    current = manifest.get("key") == report_key(settings)
    for output in outputs(settings):
        path = folder / output.name
        if not path.is_file():
            problems.append(f"missing: {shown}/{output.name}; run make report")
        elif not current or manifest.get("files", {}).get(output.name) != hashlib.sha256(path.read_bytes()).hexdigest():
            problems.append(f"stale: {shown}/{output.name}; run make report")
    problems += [f"failed: {name}; mend it, then run make report" for name in manifest.get("failed", ()) if current]
    for name in manifest.get("data", ()) if manifest else ():
        if not (folder / "data" / name).is_file():
            problems.append(f"missing: {shown}/data/{name}; run make report")
    return [*problems, *check_corrections(settings.root)]


def build_report(root: Path, *, only: str | None = None, folder: Path | None = None) -> list[str]:
    """Builds all outputs below `folder`, by default `root`/reports; returns a line for each thing that failed.

    Args:
        only: a page, `02_quantities` or `02`; the others are as they were last executed, if with the same tables.
    Raises:
        SettingsError: a setting or a parameter can't be used.
    """
    settings = load_settings(root)
    folder = folder or settings.root / "reports"
    if only is not None and only not in settings.pages:
        found = [page for page in settings.pages if only and page.startswith(only)]
        if len(found) != 1:
            raise SettingsError(f"--only {only!r}: report.toml has the pages {', '.join(settings.pages)}")
        (only,) = found
    # taken before anything is read: what changes while the report is built makes it stale
    key = report_key(settings)
    with _progress(1 + len(settings.pages) * len(settings.languages) + len(outputs(settings))) as step:
        built = _one("tables", lambda: _build_tables(settings), may_fork=True)
        step("tables")
        if built.failure:
            return [f"tables: {built.failure}"]
        tables_key, refused, problems = cast(tuple[str, str, list[str]], built.value)
        if refused:
            raise SettingsError(refused)
        pages, stale = execute_pages(settings, tables_key, only=only, step=step, problems=problems)
        files = _export_all(settings, pages, step, problems)
    if stale:
        click.echo(
            f"as last executed, though their code changed since: {', '.join(stale)}; make report executes them",
            err=True,
        )
    # without the reason, which may stand in another order next time: the same input gives the same bytes
    failed = sorted({p.split(": ")[0] for p in problems if p.startswith("notebooks/")})
    written = _one("data", lambda: _write(settings, folder, files, "" if stale else key, failed))
    if written.failure:
        problems.append(f"reports/data: {written.failure}")
    drop_old(settings)
    return problems


def _write(settings: Settings, folder: Path, files: Mapping[str, bytes], key: str, failed: list[str]) -> None:
    """Writes everything aside, then moves it all to its place: a run that fails or is killed leaves the old reports."""
    with store.files_aside(folder) as aside:
        for name, content in files.items():
            store.write_bytes(aside / name, content)
        report = open_report(settings.languages[0], root=settings.root)
        old = store.read_json(folder / "data" / "manifest.json")
        made_from = hashlib.sha256(
            f"{report.key} {code_digest(_CODE)} {sorted(report.settings.languages)}".encode()
        ).hexdigest()
        data = old.get("data", {})
        if old.get("data_key") != made_from or data != _digests(folder / "data", data):
            data = _digests(aside / "data", write_data(report, aside / "data"))
        store.write_json(aside / "data" / "manifest.json", {
            "key": key, "failed": failed, "data": data, "data_key": made_from, "inputs": input_digests(settings), "parameters": settings.filters, "selection": report.selection,
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        })  # fmt: skip


def _digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """File -> SHA-256 of what it holds; a file that is missing is left out."""
    return {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names if (folder / n).is_file()}


def _build_tables(settings: Settings) -> tuple[str, str, list[str]]:
    """Builds the tables, facts and findings too; returns their key, a parameter that fits nothing, and a line for each input or
    correction that could not be used."""
    told = time.monotonic()

    def step(n_articles: int) -> None:
        nonlocal told
        if time.monotonic() > told + _QUIET:
            told = time.monotonic()
            click.echo(f"read so far: {n_articles} articles", err=True)

    problems = [f"refused: {r}" for r in build_tables(settings.root, step=step).rejected]
    problems += check_corrections(settings.root)
    try:
        report = open_report(settings.languages[0], root=settings.root)
    except SettingsError as error:
        return "", str(error), problems
    if report.tables["articles"].empty:
        problems.append("seeds/: no article that can be read; put one there")
    return report.key, "", problems


def _one(name: str, function, *, may_fork: bool = False) -> Outcome:
    # no time limit: it takes as long as there are articles, and nothing of an analyst's runs here
    return next(iter(run_jobs([(name, function)], time_limit=math.inf, may_fork=may_fork)))


def _export_all(settings: Settings, pages: Pages, step, problems: list[str]) -> dict[str, bytes]:
    assets = digest_files(sorted(f for pattern in _ASSETS for f in HELPERS.rglob(pattern)), root=HELPERS)
    code = f"{code_digest(_CODE)} {assets} {settings}"
    # merged in the child: merging reads tables, and this process must not start their threads before it forks
    jobs = [(o.name, lambda o=o: make_output(settings, o, pages, code)) for o in outputs(settings)]
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
