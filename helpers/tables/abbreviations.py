"""Rows of the tables `abbreviations` and `abbreviation_uses`: what the articles together abbreviate, and where.

    rows |= abbreviation_rows(StoredPassages(folder), lexicon)

A use has an id like that of a mention, so that it can be cited like one. Spellings (QP-AN, QPAN) are one abbreviation; one with
several expansions has none here, they are all in `candidates`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from helpers.extract.abbreviation_sites import Site
from helpers.extract.abbreviations import LEXICON, Abbreviation, Documents, find_conflicts, find_in_full, read_corpus
from helpers.lexicon import Lexicon

Row = dict[str, object]


def abbreviation_rows(documents: Documents, lexicon: Lexicon) -> dict[str, list[Row]]:
    """The rows of both tables, from the sentences of each article; an abbreviation used most often stands first."""
    read = read_corpus(documents, lexicon)
    # written out in no article that abbreviates it: perhaps in another
    every = [a for found in read.values() for a in found]
    in_full = {a.abbreviation_id for a in every if a.written_out}
    lacking = {a.expansion: a for a in every if a.expansion and a.abbreviation_id not in in_full}
    elsewhere = find_in_full(documents, lacking)
    cited = {doc_id for doc_id, found in read.items() if found} | {doc_id for doc_id, _ in elsewhere.values()}
    starts = {doc_id: array("q", (start for start, _ in passages)) for doc_id, passages in documents if doc_id in cited}
    uses = [
        row
        for doc_id, found in read.items()
        for abbreviation in found
        for row in _use_rows(doc_id, abbreviation, starts[doc_id])
    ]
    for expansion, (doc_id, site) in elsewhere.items():
        uses += _use_rows(doc_id, replace(lacking[expansion], uses=(), written_out=site), starts[doc_id])
    return {"abbreviations": _abbreviations(read, uses, find_conflicts(read, lexicon)), "abbreviation_uses": uses}


def _use_rows(doc_id: str, abbreviation: Abbreviation, starts: Sequence[int]) -> Iterable[Row]:
    """The uses in one document, and the place where it writes the abbreviation out."""

    def row(site: Site, role: str) -> Row:
        # two abbreviations may stand for what one place writes out: NƠXH, NOXH
        kind = role if role == "abbreviation" else f"{role}-{abbreviation.abbreviation_id}"
        return {
            "mention_id": f"{doc_id}:{site.start}-{site.end}:{kind}", "doc_id": doc_id, "start": site.start, "end": site.end,
            "surface": site.surface, "sent_id": f"{doc_id}:{bisect_right(starts, site.start) - 1}",
            "abbreviation_id": abbreviation.abbreviation_id,
            "role": role, "expansion": abbreviation.expansion, "whence": abbreviation.whence,
        }  # fmt: skip

    yield from (row(use, "abbreviation") for use in abbreviation.uses)
    if abbreviation.written_out:
        yield row(abbreviation.written_out, "expansion")


def _abbreviations(
    read: dict[str, list[Abbreviation]], uses: list[Row], conflicts: dict[str, tuple[str, ...]]
) -> list[Row]:
    known: dict[str, list[Abbreviation]] = defaultdict(list)
    for abbreviation in (a for found in read.values() for a in found):
        known[abbreviation.abbreviation_id].append(abbreviation)
    of_id: dict[str, list[Row]] = defaultdict(list)
    for use in uses:
        of_id[str(use["abbreviation_id"])].append(use)
    rows = [_row(i, found, of_id[i], conflicts.get(i, ())) for i, found in known.items()]
    return sorted(rows, key=lambda r: (-int(str(r["n_uses"])), str(r["abbreviation_id"])))


def _row(abbreviation_id: str, found: list[Abbreviation], uses: list[Row], conflict: tuple[str, ...]) -> Row:
    # the lexicon's spelling, where it is known: articles write "Giáo dục và Đào tạo" in many ways
    spelled = sorted(found, key=lambda a: a.whence != LEXICON)[0].expansion
    expansion = None if conflict else spelled
    printed = [u for u in uses if u["role"] == "abbreviation"]
    return {
        "abbreviation_id": abbreviation_id, "surfaces": list(dict.fromkeys(u["surface"] for u in printed)),
        "expansion": expansion, "candidates": list(conflict) or [spelled],
        "whence": sorted({a.whence for a in found if a.whence}), "n_uses": len(printed),
        "n_articles": len({u["doc_id"] for u in printed}), "mention_ids": [u["mention_id"] for u in printed],
        "expansion_ids": [u["mention_id"] for u in uses if u["role"] == "expansion"],
    }  # fmt: skip
