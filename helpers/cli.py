"""One thin command line over everything. Heavy libraries are imported by the command that needs them.

Exit codes: 0 all went well; 1 some of the work failed, one clear line each on standard error; 2 wrong usage.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict

import click

from helpers.corpus.document import Document
from helpers.corpus.readers import Rejected, read_paths
from helpers.lexicon import Lexicon, LexiconError
from helpers.settings import FILTERS, SettingsError, check_names, find_root, parameters

_EPILOGS = {
    "extract": 'Examples:\n\n  python -m helpers extract seeds\n\n  echo \'{"id": "1", "text": "bắt 35 đối tượng"}\' | python -m helpers extract -',
    "documents": "Examples:\n\n  python -m helpers documents seeds\n\n  python -m helpers documents my-articles --rejected refused.jsonl",
    "explain": 'Example:\n\n  python -m helpers explain "Đến nay có 7/11 tổ dân phố lắp camera." --date 2023-07',
    "agreements": "Examples:\n\n  python -m helpers agreements seeds\n\n  python -m helpers agreements seeds --language vi",
    "inferences": "Example:\n\n  python -m helpers inferences seeds",
    "questions": "Example:\n\n  python -m helpers questions seeds --language vi",
    "concordance": "Examples:\n\n  python -m helpers concordance 'tổ liên gia' seeds\n\n  python -m helpers concordance 'dam bao' seeds --sort right\n\n  python -m helpers concordance --regex '\\d+ mô hình' seeds --json",
    "diff": "Examples:\n\n  cp -r reports before; make report; python -m helpers diff before reports\n\n  python -m helpers diff before reports --page changes.html --exit-code",
    "compare-corrections": "Example:\n\n  python -m helpers compare-corrections corrections.csv from-hanh.csv",
    "report": "Examples:\n\n  python -m helpers report\n\n  python -m helpers report --check\n\n  python -m helpers report --param place='thị xã Kỳ Anh' --param language=vi\n\n  python -m helpers report --each place\n\n  python -m helpers report --only 02_quantities",
    "compare-coding": "Examples:\n\n  python -m helpers compare-coding hanh.csv lan.csv\n\n  python -m helpers compare-coding hanh.csv",
}


@click.group(
    epilog='Examples:\n\n  python -m helpers report\n\n  python -m helpers extract seeds\n\n  python -m helpers explain "giảm 26,82%"'
)
def main() -> None:
    """Reads Vietnamese press articles and builds the report in which every number leads to its sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> None:
    """The command line, with one clear line for what a user can mend."""
    try:
        main()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except LexiconError as error:  # most words are read when a sentence first asks for them
        click.echo(f"lexicon: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has seen enough: `extract … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(rejected: Rejected) -> None:
    click.echo(f"refused: {rejected}", err=True)


def _load_lexicon() -> Lexicon:
    try:
        return Lexicon.load("vi")
    except LexiconError as error:
        click.echo(f"lexicon: {error}", err=True)
        sys.exit(1)


@main.command(epilog=_EPILOGS["documents"])
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--rejected", "rejected_file", type=click.Path(dir_okay=False), help="Write refused inputs there as JSON lines."
)
def documents(paths: tuple[str, ...], rejected_file: str | None) -> None:
    """Print what is read in files and folders, a JSON object a document."""
    n_rejected = 0
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(open(rejected_file, "w", encoding="utf-8")) if rejected_file else sys.stderr
        for item in read_paths(paths):
            if isinstance(item, Rejected):
                n_rejected += 1
                print(json.dumps(item.as_row(), ensure_ascii=False), file=out)
            else:
                print(json.dumps(_document_row(item), ensure_ascii=False))
    sys.exit(1 if n_rejected else 0)


def _document_row(document: Document) -> dict[str, object]:
    names = ("doc_id", "source", "title", "published", "author", "encoding", "repairs")
    return {n: getattr(document, n) for n in names} | {"text": unicodedata.normalize("NFC", document.text)}


@main.command(epilog=_EPILOGS["extract"])
@click.argument("paths", nargs=-1, required=True)
def extract(paths: tuple[str, ...]) -> None:
    """Print the mentions in articles as JSON lines; `-` reads JSON lines {"id", "text", "date"?}."""
    from helpers.extract.jsonl import extract_lines, mention_lines
    from helpers.extract.register import extract_document

    lexicon, n_rejected = _load_lexicon(), 0
    for path in paths:
        if path == "-":
            for line in extract_lines(sys.stdin.buffer, lexicon):
                if isinstance(line, Rejected):
                    n_rejected += 1
                    _complain(line)
                else:
                    print(line)
            continue
        for item in read_paths([path]):
            if isinstance(item, Rejected):
                n_rejected += 1
                _complain(item)
                continue
            for line in mention_lines(extract_document(item, lexicon)):
                print(line)
    sys.exit(1 if n_rejected else 0)


@main.command(epilog=_EPILOGS["explain"])
@click.argument("text", nargs=-1, required=True)
@click.option("--date", "published", help="The article's own date: 2023, 2023-12 or 2023-12-31.")
def explain(text: tuple[str, ...], published: str | None) -> None:
    """Print a sentence with its mentions and the rule that made each."""
    from helpers.corpus.readers import RejectedInput, check_date
    from helpers.extract.explain import explain as explain_text

    if published:
        try:
            check_date(published)
        except RejectedInput as error:
            raise click.BadParameter(str(error), param_hint="--date") from None
    click.echo(explain_text(" ".join(text), _load_lexicon(), published=published))


_LANGUAGE = click.option(
    "--language", type=click.Choice(("vi", "en")), default="en", show_default=True, help="Of the words."
)


@main.command(epilog=_EPILOGS["agreements"])
@click.argument("paths", nargs=-1, required=True)
@_LANGUAGE
def agreements(paths: tuple[str, ...], language: str) -> None:
    """Print what articles repeat, confirm and contradict, a JSON object for each group of mentions."""
    _print_derived(paths, "agreements", language)


@main.command(epilog=_EPILOGS["inferences"])
@click.argument("paths", nargs=-1, required=True)
@_LANGUAGE
def inferences(paths: tuple[str, ...], language: str) -> None:
    """Print what may be concluded from the articles' figures and what may not, a JSON object each."""
    _print_derived(paths, "inferences", language)


@main.command(epilog=_EPILOGS["questions"])
@click.argument("paths", nargs=-1, required=True)
@_LANGUAGE
def questions(paths: tuple[str, ...], language: str) -> None:
    """Print what is missing and whom to ask, a JSON object for each question."""
    _print_derived(paths, "questions", language)


def _print_derived(paths: tuple[str, ...], table: str, language: str) -> None:
    from helpers.present.found import found_lines
    from helpers.tables.rows import read_document

    lexicon, n_rejected = _load_lexicon(), 0
    articles = []
    for item in read_paths(paths):
        if isinstance(item, Rejected):
            n_rejected += 1
            _complain(item)
        else:
            articles.append(read_document(item, lexicon))
    for line in found_lines(articles, lexicon, table, language):
        print(line)
    sys.exit(1 if n_rejected else 0)


@main.command(epilog=_EPILOGS["concordance"])
@click.argument("phrase")
@click.argument("paths", nargs=-1, required=True)
@click.option("--regex", "is_regex", is_flag=True, help="PHRASE is a regular expression.")
@click.option("--sort", type=click.Choice(("text", "left", "right")), default="text", show_default=True,
              help="As they stand; by the words before; by the words after.")  # fmt: skip
@click.option("--width", type=click.IntRange(10, 400), default=60, show_default=True, help="Characters on each side.")
@click.option(
    "--tones/--no-tones", default=None, help="Must tones be as typed? If neither is said: where any is typed."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON object for each line, with document, start and end.")
def concordance(
    phrase: str, paths: tuple[str, ...], is_regex: bool, sort: str, width: int, tones: bool | None, as_json: bool
) -> None:
    """Print every place of PHRASE in the articles with the words around it; `dam bao` finds `đảm bảo`, too."""
    from helpers.analysis.concordance import SearchError, compile_search, find_lines, show_line

    try:
        search = compile_search(phrase, is_regex=is_regex, exact_tones=tones)
        refused: list[Rejected] = []
        lines = find_lines(_passages(paths, refused), search, sort=sort, width=width)
    except SearchError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for line in lines:
        print(json.dumps(asdict(line), ensure_ascii=False) if as_json else show_line(line, width))
    if not lines:
        click.echo(f"{phrase!r} stands nowhere in these articles", err=True)
    sys.exit(1 if refused else 0)


def _passages(paths: tuple[str, ...], refused: list[Rejected]) -> Iterator:
    """The sentences of the articles, read one article after the other; `refused` gets what can't be read."""
    from helpers.analysis.concordance import Passage
    from helpers.corpus.structure import read_structure
    from helpers.normalize import fold

    lexicon = _load_lexicon()
    for item in read_paths(paths):
        if isinstance(item, Rejected):
            refused.append(item)
            _complain(item)
            continue
        folded = fold(item.text)
        _, sentences = read_structure(folded, has_byline=item.author is None, lexicon=lexicon)
        for s in sentences:
            start, end = folded.printed(s.start, s.end)
            yield Passage(item.doc_id, s.paragraph, f"{item.doc_id}:{s.index}", start, item.text[start:end])


@main.command(epilog=_EPILOGS["report"])
@click.option("--check", is_flag=True, help="Build nothing; exit 1 naming each stale or missing output.")
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE",
    help="period, place, theme: of which articles; language; title. A part of the articles gets a folder of its own.",
)  # fmt: skip
@click.option("--each", type=click.Choice(FILTERS), help="One report for each value, and a page that lists them.")
@click.option(
    "--only",
    metavar="NOTEBOOK",
    help="Execute this page only, `02_quantities` or `02`; the others stay as they were last executed.",
)
def report(check: bool, params: tuple[str, ...], each: str | None, only: str | None) -> None:
    """Build the report: reports/report.{vi,en}.{html,pdf} and reports/data/."""
    # nbformat's schema checker would build an IRI grammar on import, 0.8 s; no notebook has a field that needs it
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    root, given = find_root(), _parameters(params)
    if each and (check or only or each in given):
        raise click.UsageError(f"--each {each} goes with no --check, no --only and no --param {each}")
    from helpers.render.many import build_each, folder_for
    from helpers.render.register import register_config
    from helpers.render.run import build_report, check_report

    if not check:
        register_config(root)
    with parameters(given):
        if each:
            problems = build_each(root, each, given)
        else:
            folder = folder_for(root, given)
            only = only.removesuffix(".ipynb").removeprefix("notebooks/") if only else None
            problems = check_report(root, folder=folder) if check else build_report(root, only=only, folder=folder)
            if folder.name != "reports" and not check:
                click.echo(f"the report is in {folder.relative_to(root)}/", err=True)
    for problem in problems:
        click.echo(problem, err=True)
    if check and not problems:
        click.echo("reports: up to date")
    sys.exit(1 if problems else 0)


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE as a dict. Raises SettingsError naming the parameters there are."""
    given = {}
    for param in params:
        name, equals, value = param.partition("=")
        check_names([name.strip()], where="--param")
        if not equals or not value.strip():
            raise SettingsError(f"--param {param!r}: write {name.strip()}=VALUE")
        given[name.strip()] = value.strip()
    return given


@main.command(epilog=_EPILOGS["diff"])
@click.argument("old", type=click.Path(exists=True, file_okay=False))
@click.argument("new", type=click.Path(exists=True, file_okay=False))
@click.option("--page", type=click.Path(dir_okay=False), help="Write it as an HTML page, too.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when something changed.")
def diff(old: str, new: str, page: str | None, exit_code: bool) -> None:
    """Print what changed between two builds (their reports folders), with the cause of each change, as JSON."""
    from pathlib import Path

    from helpers import store
    from helpers.render.diff import Build, NoBuildError, as_json, as_page, compare, is_empty

    try:
        found = compare(Build(Path(old)), Build(Path(new)))
    except NoBuildError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(as_json(found))
    if page:
        store.write_bytes(Path(page), as_page(found, old, new).encode())
    sys.exit(1 if exit_code and not is_empty(found) else 0)


@main.command("compare-corrections", epilog=_EPILOGS["compare-corrections"])
@click.argument("first", type=click.Path(exists=True, dir_okay=False))
@click.argument("second", type=click.Path(exists=True, dir_okay=False))
def compare_corrections(first: str, second: str) -> None:
    """Print how far two analysts' corrections agree: a JSON object for each kind, then one for each disagreement."""
    from pathlib import Path

    from helpers.tables.compare_corrections import compare_files

    compared = compare_files(Path(first), Path(second))
    for row in compared.rows:
        print(json.dumps(row, ensure_ascii=False))
    for problem in compared.problems:
        click.echo(problem, err=True)
    sys.exit(1 if compared.problems else 0)


@main.command("compare-coding", epilog=_EPILOGS["compare-coding"])
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def compare_coding(files: tuple[str, ...]) -> None:
    """Print how far coders of themes agree (one coder: with the codebook): a JSON object a theme, then one a disagreement."""
    from pathlib import Path

    from helpers.tables.compare_coding import compare_codings

    compared = compare_codings([Path(file) for file in files], _load_lexicon())
    for row in compared.rows:
        print(json.dumps(row, ensure_ascii=False))
    for problem in compared.problems:
        click.echo(problem, err=True)
    sys.exit(1 if compared.problems else 0)


@main.command()
def register() -> None:
    """Let `jupyter nbconvert` in this checkout use the report's page (done by every report, too)."""
    from helpers.render.register import register_config

    path = register_config(find_root())
    click.echo(f"registered: {path}" if path else "not in a virtual environment: nothing to register")


@main.command()
def check() -> None:
    """Check lexicons, corrections, notebooks and settings; one line for each thing to mend."""
    from helpers.render.checks import check_project

    problems = check_project(find_root())
    for problem in problems:
        click.echo(problem, err=True)
    if not problems:
        click.echo("settings, words, corrections, notes and notebooks: all well")
    sys.exit(1 if problems else 0)


@main.command()
def fix() -> None:
    """Mend in notebooks and code what a machine can: outputs, counts, ids, order, form; say what was done."""
    from helpers.render.mend import mend_notebooks, run_ruff

    root = find_root()
    done = [*mend_notebooks(root), *run_ruff(root)]
    click.echo("\n".join(done) or "nothing to mend")


@main.command()
@click.argument("notebook")
@click.option("--question", default="", help="Its title.")
def new(notebook: str, question: str) -> None:
    """Make a page from notebooks/_template.ipynb and add it to report.toml."""
    from helpers.render.new_page import new_page

    for line in new_page(find_root(), notebook, question):
        click.echo(line)


@main.command()
@click.option("--port", default=0, help="Of the server on 127.0.0.1; by default one that is free.")
def watch(port: int) -> None:
    """Rebuild what changed as soon as it does, and show it in the browser."""
    from helpers.render.watch import watch as watch_project

    watch_project(find_root(), port=port)
