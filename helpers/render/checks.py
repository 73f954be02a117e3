"""What an analyst must mend before a report is right, one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from nbformat import NotebookNode

from helpers.lexicon import FILES, Lexicon, LexiconError
from helpers.present.report import Report, open_report
from helpers.present.wording import load_wording
from helpers.render.execute import read_notebook
from helpers.render.prose import FINDING, check_numbers
from helpers.settings import Settings, SettingsError, load_settings
from helpers.tables.build import check_corrections, check_memos

MAX_CODE_CELLS, MAX_LINES = 15, 8
_TEMPLATE = "_template.ipynb"
_FORBIDDEN = (
    (re.compile(r"^\s*(?:def|class)\s", re.M), "defines something; move it to helpers/"),
    (re.compile(r"^\s*(?:import re|from re)\b|\bre\.(?:sub|search|findall|compile)\(", re.M), "uses a regular expression; move it to helpers/"),
    (re.compile(r"\.plot\(|\bplt\.|\bmatplotlib\b|\.plot\.\w+\("), "draws without alt text; show it with report.show_figure(axes, title=…, alt=…)"),
    (re.compile(r"""["'][^"'\n]*(?:\.csv|\.parquet|\.json|\.\./)[^"'\n]*["']"""), "names a path; load a table of the report"),
    (re.compile(r"^\s*[%!]", re.M), "is a command of JupyterLab, which a page doesn't know; delete it"),
)  # fmt: skip


#: `![](x.png)`, and <img> with no alt or an empty one
_PICTURE_WITHOUT_ALT = re.compile(r"""!\[\s*\]\(|<img\b(?![^>]*\balt\s*=\s*["'][^"'])[^>]*>""", re.I)


def check_project(root: Path) -> list[str]:
    """One line for each thing to mend in settings, lexicons, wording, corrections, notes and notebooks."""
    try:
        settings = load_settings(root)
    except SettingsError as error:
        return [str(error)]
    broken_words = _check_lexicons()
    problems = [*broken_words, *_check_wording(settings)]
    if not broken_words:  # what is read with broken words says nothing of corrections, notes and numbers
        problems += [*check_corrections(settings.root), *check_memos(settings.root)]
    for page in settings.pages:
        path = settings.root / "notebooks" / f"{page}.ipynb"
        if not path.is_file():
            problems.append(f"report.toml: page {page!r} has no notebooks/{page}.ipynb; add it or delete its name")
    numbers = _Numbers(settings, readable=not broken_words)
    for path in sorted((settings.root / "notebooks").glob("*.ipynb")):
        problems += check_notebook(path, settings, numbers)
    return problems


def _check_lexicons() -> list[str]:
    import helpers.analysis.derive
    import helpers.extract.register  # noqa: F401  (these declare every lexicon file)
    from helpers.extract.codebook import load_codebook

    lexicon, problems = Lexicon.load("vi"), []
    for name in FILES:
        try:
            lexicon.entries(name)
        except LexiconError as error:
            problems.append(str(error))
    try:
        load_codebook(lexicon)
    except LexiconError as error:
        problems.append(str(error))
    return problems


def _check_wording(settings: Settings) -> list[str]:
    problems = []
    words = {}
    for language in settings.all_languages:
        try:
            words[language] = load_wording(language)
        except FileNotFoundError:
            problems.append(
                f"report.toml: language {language!r} has no helpers/present/wording/{language}.toml; add it"
            )
    for language, found in words.items():
        for key in sorted({k for other in words.values() for k in other} - set(found)):
            problems.append(f"helpers/present/wording/{language}.toml: {key} is missing; add it")
    return problems


def check_notebook(path: Path, settings: Settings, numbers: _Numbers | None = None) -> list[str]:
    """One line for each rule of notebooks that one breaks: thin, stripped, in every language, no number typed."""
    try:
        notebook = read_notebook(path)
    except ValueError as error:
        return [f"notebooks/{error}; restore it or delete it"]
    code = [(i, c) for i, c in enumerate(notebook.cells) if c.cell_type == "code"]
    prose = [(i, c) for i, c in enumerate(notebook.cells) if c.cell_type == "markdown"]
    found = [*_check_code(code), *_check_prose(prose, settings, numbers or _Numbers(settings))]
    if path.name != _TEMPLATE:
        found += _check_titles(prose, settings.root / "notebooks" / _TEMPLATE)
        found += _same_titles(prose)
    return [f"notebooks/{path.name}{', cell ' + str(i) if i is not None else ''}: {said}" for i, said in found]


def _check_titles(prose: list[tuple[int, NotebookNode]], template: Path) -> Iterator[tuple[int, str]]:
    """Titles that say what those of the template say."""
    copied = (
        {c.source.strip() for c in read_notebook(template).cells if c.source.startswith("# ")}
        if template.is_file()
        else set()
    )
    for i, cell in prose:
        if cell.source.strip() in copied:
            yield i, f"{cell.source.strip()[2:]!r} is the template's title; write the question of this page"


def _same_titles(prose: list[tuple[int, NotebookNode]]) -> Iterator[tuple[int, str]]:
    """A title that is the same in every language: one is not translated yet."""
    titles = [(i, c.source.strip()) for i, c in prose if c.source.startswith("# ")]
    for (_, above), (i, title) in pairwise(titles):
        if title == above:
            yield i, f"{title[2:]!r} is also the title in the other language; translate it"


def _check_code(code: list[tuple[int, NotebookNode]]):
    if len(code) > MAX_CODE_CELLS:
        yield None, f"{len(code)} code cells, at most {MAX_CODE_CELLS}; move work to helpers/"
    if not any("parameters" in c.metadata.get("tags", ()) for _, c in code):
        yield None, "no cell tagged parameters; copy it from _template.ipynb"
    for i, cell in code:
        if cell.get("outputs") or cell.get("execution_count"):
            yield i, "outputs or counts are left in; make fix clears them"
        n_lines = len(cell.source.splitlines())
        if n_lines > MAX_LINES:
            yield i, f"{n_lines} lines, at most {MAX_LINES}; move work to helpers/"
        for pattern, said in _FORBIDDEN:
            if pattern.search(cell.source):
                yield i, said


class _Numbers:
    """The findings of a project in its languages, read when first asked for."""

    def __init__(self, settings: Settings, *, readable: bool = True) -> None:
        self._settings, self._readable = settings, readable

    @cached_property
    def _report(self) -> Report:
        return open_report(self._settings.all_languages[0], root=self._settings.root)

    def check(self, prose: str, language: str) -> Iterator[str]:
        """A line for each number in prose that is typed, stale or of no finding."""
        if not self._readable or (not any(c.isdigit() for c in prose) and not FINDING.search(prose)):
            return
        report = replace(self._report, language=language)
        yield from check_numbers(prose, report.finding_values, report.finding_labels)


def _check_prose(prose: list[tuple[int, NotebookNode]], settings: Settings, numbers: _Numbers):
    yield from _lacking_twins(prose, settings.all_languages)
    for i, cell in prose:
        languages = [lang for lang in settings.all_languages if lang in cell.metadata.get("tags", ())]
        if not languages:
            yield i, f"prose without a language; tag it {' or '.join(settings.all_languages)}"
        if _PICTURE_WITHOUT_ALT.search(cell.source):
            yield i, "a picture has no alt text; write what it shows: ![what it shows](file)"
        for said in numbers.check(cell.source, (languages or settings.all_languages)[0]):
            yield i, said


def _lacking_twins(prose: list[tuple[int, NotebookNode]], languages: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Prose cells stand in rounds, one cell in each language; the cells of a round that is not whole."""
    told: dict[str, int] = {}
    rounds = [told]
    for i, cell in prose:
        language = next((lang for lang in languages if lang in cell.metadata.get("tags", ())), None)
        if language is None:
            continue
        if language in told or len(told) == len(languages):
            told = {}
            rounds.append(told)
        told[language] = i
    for told in rounds:
        if told and (missing := [lang for lang in languages if lang not in told]):
            yield max(told.values()), f"no cell in {', '.join(missing)} beside it; write one and tag it"
