"""Mentions as JSON lines: the contract that others script against (docs/extract.md).

A figure's `value` is a number, [low, high] for a range or a vague word, [part, whole] for a ratio.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from helpers.corpus.document import Document
from helpers.corpus.readers import Rejected, RejectedInput, parse_line
from helpers.extract.register import Extraction, extract_document
from helpers.extract.span import Mention
from helpers.lexicon import Lexicon

#: a line longer than this is refused unread, so that memory stays flat
MAX_LINE_BYTES = 64 * 1024 * 1024


def mention_row(document: Document, mention: Mention) -> dict:
    """One mention as it is printed; fields that do not apply are left out."""
    row = {
        "doc_id": document.doc_id, "kind": mention.kind, "start": mention.start, "end": mention.end,
        "surface": mention.surface, "rule": mention.rule,
    }  # fmt: skip
    if mention.inferred:
        row["inferred"] = list(mention.inferred)
    if mention.entity_id is not None:
        row["entity_id"] = mention.entity_id
    return row | mention.fields


def mention_lines(extraction: Extraction) -> Iterator[str]:
    """The mentions of a document, one JSON object each."""
    for mention in extraction.mentions:
        # a lone surrogate in the text is printed as its escape: the line stays valid UTF-8
        line = json.dumps(mention_row(extraction.document, mention), ensure_ascii=False)
        yield line.encode("utf-8", "backslashreplace").decode() if not line.isascii() and _has_surrogate(line) else line


def _has_surrogate(line: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in line)


def extract_lines(lines: Iterable[bytes], lexicon: Lexicon) -> Iterator[str | Rejected]:
    """For each JSON line of input its mentions, or a `Rejected` with its number; nothing is kept between lines."""
    for n, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            if len(raw) > MAX_LINE_BYTES:
                raise RejectedInput("too_large", f"a line of over {MAX_LINE_BYTES >> 20} MB is no article; split it")
            document = parse_line(raw)
        except RejectedInput as error:
            yield Rejected(f"line {n}", error.reason_class, str(error), n)
        else:
            yield from mention_lines(extract_document(document, lexicon))
