"""Every page executed in every language, as far as its outputs are not known from before."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import cast

from nbformat import NotebookNode

from helpers.present.report import open_report
from helpers.render import page_cache
from helpers.render.execute import execute_here, read_notebook
from helpers.render.jobs import can_fork, run_jobs
from helpers.render.preprocess import check_prose
from helpers.settings import Settings

#: (page, language) -> the executed notebook, or why there is none
Pages = dict[tuple[str, str], object]


def execute_pages(
    settings: Settings, tables_key: str, *, only: str | None, step: Callable[[str], None], problems: list[str]
) -> tuple[Pages, list[str]]:
    """The pages; what failed is added to `problems`.

    Args:
        only: the page to execute; others are as they were last executed with these tables, even if their code changed since.
    Returns:
        The pages, and the names of those whose code changed since they were executed.
    """
    done: Pages = {}
    keys: dict[tuple[str, str], tuple[str, int]] = {}
    stale: list[str] = []
    jobs: list[tuple[str, Callable[[], object]]] = []
    for page in settings.pages:
        for language in settings.languages:
            try:
                notebook = read_notebook(settings.root / "notebooks" / f"{page}.ipynb")
            except ValueError as error:
                _fail(done, problems, page, language, str(error))
                continue
            key = page_cache.page_key(notebook, settings, language, tables_key)
            n_cells = len(page_cache.code_cells(notebook))
            if page_cache.load_outputs(notebook, settings, key):
                done[page, language] = notebook
                keys[page, language] = key, n_cells
                continue
            latest = (
                page_cache.latest_key(settings, page, language, tables_key, n_cells)
                if only not in (None, page)
                else None
            )
            if latest and page_cache.load_outputs(notebook, settings, latest):
                done[page, language] = notebook
                stale.append(f"{page} ({language})")
                continue
            jobs.append((f"{page} {language}", partial(_execute, settings, page, language, key)))
            keys[page, language] = key, n_cells
    warm_up(is_executing=bool(jobs))
    jobs.sort(key=lambda job: job[0].split(" ")[0] != only)
    ready = dict(done)
    if ready:
        jobs.append(("prose", partial(_check_prose, settings, ready)))
    for outcome in run_jobs(jobs, time_limit=settings.time_limit):
        if outcome.name == "prose":
            for (page, language), failure in cast(dict, outcome.value or {}).items():
                _fail(done, problems, page, language, failure)
                keys.pop((page, language), None)
            if outcome.failure:
                problems.append(f"notebooks: {outcome.failure}")
            continue
        page, language = outcome.name.split(" ")
        step(outcome.name)
        if outcome.failure:
            _fail(done, problems, page, language, outcome.failure)
            keys.pop((page, language), None)
        else:
            done[page, language] = outcome.value
    for (page, language), (key, n_cells) in keys.items():
        page_cache.keep_latest(settings, page, language, tables_key, key, n_cells)
    return done, stale


def _fail(done: Pages, problems: list[str], page: str, language: str, failure: str) -> None:
    problems.append(f"notebooks/{page}.ipynb ({language}): {failure}".replace("\n", "\n    "))
    done[page, language] = failure


def warm_up(*, is_executing: bool) -> None:
    """Imports what the children need, once. Nothing here may start a thread."""
    import nbconvert  # noqa: F401

    from helpers.render import html, typst  # noqa: F401

    if is_executing:
        import IPython.core.interactiveshell  # noqa: F401

        from helpers.present import charts

        charts.load_style()
        import matplotlib.pyplot  # noqa: F401


def _check_prose(settings: Settings, ready: Pages) -> dict[tuple[str, str], str]:
    """What is wrong in the prose of pages that need not be executed."""
    failures = {}
    reports = {language: open_report(language, root=settings.root) for language in settings.languages}
    for (page, language), notebook in ready.items():
        try:
            check_prose(cast(NotebookNode, notebook), reports[language], page)
        except ValueError as error:
            failures[page, language] = str(error)
    return failures


def _execute(settings: Settings, page: str, language: str, key: str) -> NotebookNode:
    path = settings.root / "notebooks" / f"{page}.ipynb"
    notebook = read_notebook(path)
    check_prose(notebook, open_report(language, root=settings.root), page)
    if can_fork():
        notebook = execute_here(
            notebook, name=page, parameters={"language": language}, cell_time_limit=settings.cell_time_limit
        )
    else:
        from nbclient import NotebookClient

        os.environ["REPORT_LANGUAGE"] = language
        about = {"metadata": {"path": str(path.parent)}}
        notebook = NotebookClient(notebook, timeout=int(settings.cell_time_limit), resources=about).execute()
    page_cache.keep_outputs(notebook, settings, key)
    # as it will be read from the cache: a rebuild must give the same bytes
    page_cache.load_outputs(notebook, settings, key)
    return notebook
