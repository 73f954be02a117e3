"""Builds the tables from the articles and their corrections, once for each state of articles, corrections, words and code.

    build_tables(root)  ->  Built(folder=root/.cache/tables, rejected=[...])

Nothing is read again while `key.json` beside the tables names the same inputs. Articles are read and stored in batches, by several
processes where there are many: how many there are is no matter of memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pandas as pd

from helpers import store
from helpers.corpus.document import Document
from helpers.corpus.readers import Rejected, list_files, read_paths
from helpers.extract.codebook import load_codebook
from helpers.lexicon import Lexicon
from helpers.schema import DETAILS, TABLES
from helpers.tables import engines
from helpers.tables.abbreviations import abbreviation_rows
from helpers.tables.correction_file import NAME, read_corrections
from helpers.tables.corrections import Corrections, corrected_units, list_problems
from helpers.tables.memos import NAME as MEMOS
from helpers.tables.memos import list_memo_problems, memo_rows
from helpers.tables.passages import StoredPassages
from helpers.tables.rows import Rows, read_document
from helpers.tables.units import unit_rows

#: the tables that each article adds rows to
OF_ARTICLES = ("articles", "paragraphs", "sentences", "mentions", *DETAILS)
#: articles that are held in memory at once
_BATCH = 500
_CODE = ("corpus", "extract", "tables", "normalize.py", "schema.py", "lexicon.py", "store.py")
HELPERS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Built:
    """Where the tables stand, what was refused, and the digest of all they were made from."""

    folder: Path
    key: str
    rejected: list[Rejected]


def digest_files(paths: Iterable[Path], *, root: Path) -> str:
    """SHA-256 over names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(root) if path.is_relative_to(root) else path
        digest.update(str(name).encode("utf-8", "surrogateescape") + b"\0")
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            digest.update(str(error.errno).encode())
    return digest.hexdigest()


def code_digest(parts: Iterable[str] = _CODE) -> str:
    """Digest of the code below helpers/ that `parts` name."""
    files = [
        f
        for part in parts
        for f in ([HELPERS / part] if part.endswith(".py") else sorted((HELPERS / part).rglob("*.py")))
    ]
    return digest_files(files, root=HELPERS)


def tables_key(root: Path, lexicon: Lexicon) -> str:
    """Digest of articles, corrections, notes, words and code."""
    seeds = digest_files([*list_files(root / "seeds"), root / NAME, root / MEMOS], root=root)
    return hashlib.sha256(f"{seeds} {lexicon.digest} {code_digest()}".encode()).hexdigest()


def build_tables(root: Path, *, engine: str = "auto", step: Callable[[int], None] | None = None) -> Built:
    """The tables of the articles in `root`/seeds, built if any input changed.

    Args:
        step: told how many articles are stored, now and then.
    Raises:
        LexiconError: a lexicon can't be used.
    """
    lexicon = Lexicon.load("vi")
    folder, key = root / ".cache" / "tables", tables_key(root, lexicon)
    if store.read_json(folder / "key.json").get("key") != key:
        _build(root, folder, lexicon, engine, step or (lambda n: None))
        store.write_json(folder / "key.json", {"key": key})
    rejected = store.read_table(folder, "rejected").to_dict("records")
    return Built(folder, key, [
        Rejected(r["file"], r["class"], r["reason"], None if pd.isna(r["position"]) else int(r["position"])) for r in rejected
    ])  # fmt: skip


def check_corrections(root: Path) -> list[str]:
    """One line for each correction of `root`/corrections.csv that is malformed, or fits nothing in the articles.

    Raises:
        LexiconError: a lexicon can't be used.
    """
    found = read_corrections(root / NAME)
    if not found.corrections and not found.outcomes:
        return []
    return list_problems(store.read_table(build_tables(root).folder, "corrections"))


def check_memos(root: Path) -> list[str]:
    """One line for each note of `root`/memos.csv that is malformed, or about something that is gone.

    Raises:
        LexiconError: a lexicon can't be used.
    """
    return list_memo_problems(store.read_table(build_tables(root).folder, "memos")) if (root / MEMOS).exists() else []


def _build(root: Path, folder: Path, lexicon: Lexicon, engine: str, step: Callable[[int], None]) -> None:
    (folder / "key.json").unlink(missing_ok=True)  # killed from here on, these are no tables of any state
    rejected: list[Rejected] = []
    corrections = Corrections.open(root, lexicon)
    with store.files_aside(folder) as aside:
        documents = _unique(read_paths([root / "seeds"]), rejected)
        read = engines.run(partial(read_document, lexicon=lexicon), documents, engine=engine)
        places = _store_articles(aside, root, map(corrections.correct, read), step)
        sentences = StoredPassages(aside)
        rows: dict[str, list[dict]] = {"corrections": corrections.finished()}
        rows["themes"] = [{c: getattr(theme, c) for c in TABLES["themes"]} for theme in load_codebook(lexicon).values()]
        rows["memos"] = memo_rows(root, sentences, {theme["theme_id"] for theme in rows["themes"]}, lexicon)
        rows |= abbreviation_rows(sentences, lexicon)
        rows["units"] = unit_rows([*places, *corrected_units(rows)], lexicon)
        rows["rejected"] = [r.as_row() | {"file": _relative(r.file, root)} for r in rejected]
        for name, found in rows.items():
            store.write_table(aside, name, store.make_table(name, found))


def _store_articles(folder: Path, root: Path, parts: Iterator[Rows], step: Callable[[int], None]) -> list[dict]:
    """Stores what is read article by article, a batch at a time; returns the places that they name, each once."""
    n_stored = 0
    places: set[tuple] = set()
    with ExitStack() as files:
        stored = {name: files.enter_context(closing(store.TableWriter(folder, name))) for name in OF_ARTICLES}
        while batch := list(islice(parts, _BATCH)):
            rows = {name: [row for part in batch for row in part.get(name, ())] for name in OF_ARTICLES}
            for n, article in enumerate(rows["articles"], n_stored):
                article["label"], article["source"] = label(n), _relative(article["source"], root)
            places |= {(p["place_id"], p["parent"], tuple(p["candidates"] or ())) for p in rows["places"]}
            for name, file in stored.items():
                file.add(store.make_table(name, rows[name]))
            n_stored += len(batch)
            step(n_stored)
    return [dict(zip(("place_id", "parent", "candidates"), place, strict=True)) for place in places]


def _unique(items: Iterable[Document | Rejected], rejected: list[Rejected]) -> Iterator[Document]:
    """Documents with an id of their own; all else goes to `rejected`, a second of one id too, so that no number is read twice."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Rejected):
            rejected.append(item)
        elif item.doc_id in seen:
            said = f"id {item.doc_id!r} is taken by {seen[item.doc_id]}; give it another"
            rejected.append(Rejected(item.source, "duplicate_id", said))
        else:
            seen[item.doc_id] = item.source
            yield item


def _relative(source: str, root: Path) -> str:
    prefix = str(root) + "/"
    return source[len(prefix) :] if source.startswith(prefix) else source


def label(index: int) -> str:
    """The short name of the n-th article: A, B, …, Z, AA, AB …

    >>> [label(i) for i in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
