"""One document's rows for every table: plain dicts, made in any process."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from helpers.corpus.document import Document
from helpers.extract.register import Extraction, extract_document
from helpers.extract.span import Mention
from helpers.extract.subjects import subject_key
from helpers.lexicon import Lexicon
from helpers.schema import DETAIL_OF, TABLES

Rows = dict[str, list[dict]]


def read_document(document: Document, lexicon: Lexicon) -> Rows:
    """The rows of one document for the tables articles, paragraphs, sentences, mentions and the details."""
    return document_rows(extract_document(document, lexicon), lexicon)


def document_rows(extraction: Extraction, lexicon: Lexicon) -> Rows:
    """As read_document, from what was extracted."""
    document, text = extraction.document, extraction.document.text
    rows: Rows = defaultdict(list)
    bylines = [text[p.start : p.end] for p in extraction.paragraphs if p.role == "byline"]
    rows["articles"].append({
        "doc_id": document.doc_id, "label": "", "source": document.source, "title": document.title or document.doc_id,
        "published": document.published, "author": document.author or ("; ".join(bylines) or None),
        "n_paragraphs": len(extraction.paragraphs), "n_sentences": len(extraction.sentences),
        "n_characters": len(text), "notes": document.notes + document.repairs,
    })  # fmt: skip
    for p in extraction.paragraphs:
        rows["paragraphs"].append({"doc_id": document.doc_id, "paragraph": p.index, "start": p.start, "end": p.end,
                                   "role": p.role, "n_words": len(text[p.start : p.end].split())})  # fmt: skip
    for s in extraction.sentences:
        rows["sentences"].append({"sent_id": f"{document.doc_id}:{s.index}", "doc_id": document.doc_id,
                                  "paragraph": s.paragraph, "start": s.start, "end": s.end, "text": text[s.start : s.end]})  # fmt: skip
    starts = [s.start for s in extraction.sentences]
    for mention in extraction.mentions:
        _add_mention(rows, document, mention, extraction, starts, lexicon)
    return dict(rows)


def _add_mention(
    rows: Rows, document: Document, mention: Mention, extraction: Extraction, starts: list[int], lexicon: Lexicon
) -> None:
    at = bisect_right(starts, mention.start) - 1
    inside = at >= 0 and mention.start < extraction.sentences[at].end
    mention_id = f"{document.doc_id}:{mention.start}-{mention.end}:{mention.kind}"
    if mention.kind == "theme":  # two themes may rest on one phrase
        mention_id += f":{mention.fields['theme_id']}"
    rows["mentions"].append({
        "mention_id": mention_id, "doc_id": document.doc_id, "start": mention.start, "end": mention.end,
        "kind": mention.kind, "surface": mention.surface, "sent_id": f"{document.doc_id}:{at}" if inside else None,
        "rule": mention.rule, "strength": mention.strength, "inferred": list(mention.inferred),
        "entity_id": mention.entity_id,
    })  # fmt: skip
    table = DETAIL_OF.get(mention.kind)
    if table is None:
        return
    fields = dict(mention.fields)
    if table == "quantities":
        fields["subject_key"] = subject_key(
            fields.get("counted") or fields.get("unit") or "", fields.get("action"), lexicon
        )
        if isinstance(fields["value"], list):
            fields["value"], fields["value_high"] = fields["value"]
        if whole := fields.get("whole"):
            fields["whole_id"] = f"{document.doc_id}:{whole[0]}-{whole[1]}:{mention.kind}"
    rows[table].append({"mention_id": mention_id} | {c: fields.get(c) for c in TABLES[table] if c != "mention_id"})
