"""A sentence with its mentions under it and the rule that made each: the first tool for a wrong number."""

from __future__ import annotations

from helpers.corpus.document import Document
from helpers.extract.register import extract_document, open_reading, propose_all
from helpers.extract.span import LAYERS, Mention, overlaps
from helpers.lexicon import Lexicon

_SHOWN = ("value", "unit", "unit_id", "counted", "action", "dimension", "base_value", "whole", "qualifier", "direction", "aspect", "base", "mode", "period", "voice", "time", "reason",
          "name", "rank", "function", "organisation", "public", "type", "level", "place_id", "candidates", "number", "symbol",
          "issued_on", "speaker", "form", "theme_id", "terms")  # fmt: skip
_DULL: tuple[object, ...] = (None, "none", "exact", "newspaper", [], ())


def explain(text: str, lexicon: Lexicon, *, published: str | None = None) -> str:
    """The text and, for each mention, where it stands, what it means, its rule and what it won against.

    >>> print(explain("Có 7/11 tổ dân phố lắp camera.", Lexicon.load("vi"), published="2023-07").splitlines()[2])
       7/11  ratio  by part_and_whole (strong)
    """
    document = Document("text", text, published=published)
    extraction = extract_document(document, lexicon)
    proposals = propose_all(open_reading(document, lexicon), lexicon)
    lines = [text, "".join(_underline(text, extraction.mentions)).rstrip()]
    for m in extraction.mentions:
        lines.append(f"   {m.surface}  {m.kind}  by {m.rule} ({_strength(m)})")
        shown = [f"{k}={m.fields[k]!r}" for k in _SHOWN if k in m.fields and m.fields[k] not in _DULL]
        if shown:
            lines.append("       " + "  ".join(shown))
        if m.inferred:
            lines.append("       not in the text, inferred: " + ", ".join(m.inferred))
        for lost in proposals:
            if (
                overlaps(lost, m)
                and LAYERS[lost.kind] == LAYERS[m.kind]
                and (lost.start, lost.end, lost.kind, lost.rule) != (m.start, m.end, m.kind, m.rule)
            ):
                lines.append(
                    f"       not {lost.kind} by {lost.rule} ({_strength(lost)}): {text[lost.start : lost.end]}"
                )
    if not extraction.mentions:
        lines.append("   no mention found")
    return "\n".join(lines)


def _strength(mention: Mention) -> str:
    return {3: "strong", 2: "usual", 1: "weak"}.get(mention.strength, str(mention.strength))


def _underline(text: str, mentions: list[Mention]) -> list[str]:
    marks = [" "] * len(text)
    for m in mentions:
        if m.kind not in ("theme", "quote"):
            marks[m.start : m.end] = "~" * (m.end - m.start)
    return marks
