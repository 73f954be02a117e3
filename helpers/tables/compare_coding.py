"""Sentences coded by theme, by two people or by a person and the codebook: how far they agree, theme by theme, beyond chance.

    for row in compare_codings([Path("hanh.csv"), Path("lan.csv")], Lexicon.load("vi")).rows: print(row)

    coder,doc_id,sentence,theme
    Hạnh,bai-1,"Công an xã tuần tra đêm.",self_managed_groups
    Hạnh,bai-1,"Trời nắng đẹp.",

One line a sentence and theme; a sentence that has none stands once, its theme empty: else nobody could tell "no theme" from "not
read". Two coders are compared on the sentences that both have read; each sentence is one decision a theme, yes or no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from helpers.corpus.document import Document
from helpers.extract.codebook import load_codebook
from helpers.extract.register import open_reading
from helpers.extract.themes import propose_themes
from helpers.lexicon import Lexicon
from helpers.tables.analyst_file import check_shape, read_text, records
from helpers.tables.compare_corrections import cohens_kappa
from helpers.tables.correction_file import passage_form

COLUMNS = ("coder", "doc_id", "sentence", "theme")
#: the name under which the codebook's own assignment is compared
CODEBOOK = "codebook"
#: article and words of a sentence
_Sentence = tuple[str, str]
_Coding = dict[_Sentence, set[str]]


@dataclass(frozen=True)
class Compared:
    """`rows`: for each two coders a dict a theme (what=agreement), one over all, one a disagreement; `problems`: lines at fault."""

    rows: list[dict]
    problems: list[str]


def compare_codings(paths: Sequence[Path], lexicon: Lexicon) -> Compared:
    """Each two coders of the files; with the codebook where one coder stands alone."""
    themes = list(load_codebook(lexicon))
    codings: dict[str, _Coding] = {}
    problems: list[str] = []
    for path in paths:
        found, wrong = _read(path, themes)
        problems += [f"{path}:{line}: {said}" for line, said in wrong]
        for coder, coding in found.items():
            # one name in two files is compared with itself at another time
            codings[coder if coder not in codings else f"{coder} ({path.name})"] = coding
    if len(codings) == 1:
        codings[CODEBOOK] = _assigned(next(iter(codings.values())), lexicon)
    rows = [row for pair in combinations(codings, 2) for row in _compare(pair, codings, themes)]
    return Compared(rows, problems)


def _read(path: Path, themes: Collection[str]) -> tuple[dict[str, _Coding], list[tuple[int, str]]]:
    """coder -> what the file says, and the lines that say nothing, each with its mend."""
    codings: dict[str, _Coding] = defaultdict(lambda: defaultdict(set))
    wrong: list[tuple[int, str]] = []
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError) as error:
        return {}, [(1, f"{error}; save it as UTF-8")]
    for line, cells in records(text, COLUMNS):
        said = cells if isinstance(cells, str) else check_shape(cells, COLUMNS) or _check(cells, themes)
        if said:
            wrong.append((line, said))
            continue
        coder, doc_id, sentence, theme = (cell.strip() for cell in cells)
        codings[coder or path.stem][doc_id, passage_form(sentence)] |= {theme} if theme else set()
    return codings, wrong


def _check(cells: Sequence[str], themes: Collection[str]) -> str | None:
    if not cells[2].strip():
        return "sentence is empty; write it as printed"
    if (theme := cells[3].strip()) and theme not in themes:
        return f"no theme {theme!r} in themes.toml; write one of {', '.join(themes)}, or nothing for a sentence that has none"
    return None


def _assigned(coding: _Coding, lexicon: Lexicon) -> _Coding:
    """What the codebook says of the same sentences, each read by itself."""
    return {
        (doc_id, sentence): {
            str(m.fields["theme_id"])
            for m in propose_themes(open_reading(Document(doc_id, sentence), lexicon), lexicon)
        }
        for doc_id, sentence in coding
    }


def _compare(pair: tuple[str, str], codings: dict[str, _Coding], themes: Sequence[str]) -> Iterator[dict]:
    first, second = (codings[coder] for coder in pair)
    both = [s for s in first if s in second]
    names = dict(zip(("first", "second"), pair, strict=True))
    n_alone = {"n_only_first": len(first) - len(both), "n_only_second": len(second) - len(both)}
    pooled: list[tuple[str, str]] = []
    for theme in themes:
        said = [(_yes(theme in first[s]), _yes(theme in second[s])) for s in both]
        if any("yes" in pair_of for pair_of in said):
            pooled += said
            yield {"what": "agreement", **names, "theme": theme, **_agreement(said)}
    yield {"what": "agreement", **names, "theme": "all", **_agreement(pooled), "n": len(both), **n_alone}
    for doc_id, sentence in both:
        if first[doc_id, sentence] != second[doc_id, sentence]:
            yield {
                "what": "disagreement", **names, "doc_id": doc_id or None, "sentence": sentence,
                "only_first": sorted(first[doc_id, sentence] - second[doc_id, sentence]),
                "only_second": sorted(second[doc_id, sentence] - first[doc_id, sentence]),
            }  # fmt: skip


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _agreement(said: Sequence[tuple[str, str]]) -> dict:
    n_agree = sum(x == y for x, y in said)
    return {
        "n": len(said), "n_first": sum(x == "yes" for x, _ in said), "n_second": sum(y == "yes" for _, y in said),
        "n_both": sum(x == y == "yes" for x, y in said), "agreement": round(n_agree / len(said), 4) if said else None,
        "kappa": cohens_kappa(said),
    }  # fmt: skip
