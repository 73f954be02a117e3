"""Reports on some of the articles, each in a folder of its own, and the page that lists them.

python -m helpers report --param place="thị xã Kỳ Anh"  ->  reports/place/thi-xa-ky-anh/report.vi.html …
python -m helpers report --each place                   ->  one such folder for each place, and reports/place/index.vi.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, cast

import click
from markupsafe import Markup

from helpers import store
from helpers.present.display import Column, make_table
from helpers.present.numbers import format_number
from helpers.present.report import open_report
from helpers.present.selection import Choice, list_choices, plain
from helpers.present.wording import say
from helpers.render.assemble import Output, export_notebook
from helpers.render.jobs import run_jobs
from helpers.render.run import build_report
from helpers.settings import FILTERS, Settings, SettingsError, load_settings, parameters


class Chosen(NamedTuple):
    """A value that a report is built for: its id, its folder's name, how it reads, and of how many articles it is."""

    id: str
    slug: str
    names: dict[str, str]
    n_articles: int


def folder_for(root: Path, given: Mapping[str, str]) -> Path:
    """Where the report with these parameters stands; the whole report is never written over by a part of it.

    Raises:
        SettingsError: a parameter can't be used; the message names the choices.
    """
    folder = root / "reports"
    for name in FILTERS:
        if name in given:
            chosen, problems = _in_child(root, name, (given[name],))
            if problems:
                raise SettingsError(problems[0])
            folder = folder / name / chosen[0].slug
    return folder


def build_each(root: Path, parameter: str, given: Mapping[str, str]) -> list[str]:
    """A report for each value of `parameter` that articles have, and an index page; returns a line for each thing that failed.

    Values without articles are named, not built. report.toml may name the values, under [each].
    """
    with parameters(given):
        settings = load_settings(root)
        above = folder_for(root, {k: v for k, v in given.items() if k != parameter}) / parameter
        found, problems = _in_child(root, parameter, settings.each.get(parameter, ()))
        built: list[Chosen] = []
        for chosen in found:
            click.echo(f"{parameter}: {chosen.names['vi']} ({chosen.n_articles})", err=True)
            try:
                with parameters({parameter: chosen.id}):
                    failed = build_report(root, folder=above / chosen.slug)
            except SettingsError as error:  # no article of this value is left by another parameter
                problems.append(str(error))
                continue
            problems += [f"{parameter}/{chosen.slug}: {line}" for line in failed]
            built.append(chosen)
        problems += _write_index(settings, parameter, built, above)
    return problems


def _in_child(root: Path, parameter: str, values: tuple[str, ...]) -> tuple[list[Chosen], list[str]]:
    """The values, chosen in a child: reading tables starts threads, after which this process could not fork."""
    outcome = next(iter(run_jobs([(parameter, lambda: _choose(root, parameter, values))], time_limit=3600)))
    if outcome.failure:
        raise SettingsError(outcome.failure)
    return cast(tuple[list[Chosen], list[str]], outcome.value)


def _choose(root: Path, parameter: str, values: tuple[str, ...]) -> tuple[list[Chosen], list[str]]:
    with parameters(
        dict.fromkeys(FILTERS, "")
    ):  # among all articles: a value's folder must not depend on other parameters
        tables = open_report(root=root).tables
    choices, problems = list_choices(tables, parameter, values)
    unique = {choice.id: choice for choice in choices}
    units = tables["units"]
    bare = [plain(name) for name in units["name"]] if parameter == "place" else []
    full = [
        plain(f"{kind} {name}")
        for kind, name in zip(units["type"], units["name"], strict=True)
        if isinstance(kind, str)
    ]
    return [Chosen(c.id, slug(c, bare + full), c.names, len(c.doc_ids)) for c in unique.values()], problems


def slug(choice: Choice, names: list[str]) -> str:
    """The name of a choice's folder. `names`: those of all places with and without type, none with tones.

    >>> slug(Choice("period", "2023-07/2023-12", {}, frozenset()), [])
    '2023-07_2023-12'
    """
    if choice.parameter != "place":
        return re.sub(r"[^a-z0-9.-]+", "_", choice.id.lower()).replace("..", "open")
    full = plain(choice.names["vi"])
    own = next((n for n in sorted(names, key=len) if full.endswith(f" {n}") or full == n), full)
    name = own if names.count(own) == 1 else full if names.count(full) == 1 else f"{full} {choice.id}"
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def _write_index(settings: Settings, parameter: str, built: list[Chosen], folder: Path) -> list[str]:
    """The page that lists the reports, in each language."""
    jobs = [(lang, lambda lang=lang: _index(settings, lang, parameter, built)) for lang in settings.languages]
    problems = []
    for outcome in run_jobs(jobs, time_limit=settings.time_limit):
        if outcome.failure:
            problems.append(f"{parameter}/index.{outcome.name}.html: {outcome.failure}")
        else:
            store.write_bytes(folder / f"index.{outcome.name}.html", cast(bytes, outcome.value))
    return problems


def _index(settings: Settings, language: str, parameter: str, built: list[Chosen]) -> bytes:
    from nbformat.v4 import new_markdown_cell, new_notebook

    rows = [
        {
            "value": Markup('<a href="{}/report.{}.html">{}</a>').format(chosen.slug, language, chosen.names[language]),
            "pdf": Markup('<a href="{}/report.{}.pdf">PDF</a>').format(chosen.slug, language),
            "n": format_number(float(chosen.n_articles), language),
        }
        for chosen in built
    ]
    columns = [
        Column("value", say(language, f"chosen_{parameter}"), head=True, vietnamese=parameter == "place"),
        Column("n", say(language, "index_articles"), number=True), Column("pdf", say(language, "index_pdf")),
    ]  # fmt: skip
    title = f"{settings.title[language]}: {say(language, f'index_{parameter}')}"
    table = make_table(rows, columns, title=say(language, "index_table", n=len(built)), table_id="tbl-index").html
    body = f"# {title}\n\n{say(language, 'index_intro')}\n\n{table}"
    other = next((lang for lang in settings.languages if lang != language), None)
    about = {"subtitle": "", "summary": [], "note": say(language, "note_title"), "running_head": title}
    about |= {"other_language_href": f"index.{other}.html", "other_language": other} if other else {}
    metadata = {"title": title, "language": language, "report": about}
    notebook = new_notebook(cells=[new_markdown_cell(body, id="index")], metadata=metadata)
    return export_notebook(notebook, Output(language, "html"))[0]
