"""Paragraphs with roles, and sentences.

A newspaper's copy marks no captions and no pull quotes: they stand between the paragraphs of the body. They are told by
form: a caption says what is seen, in one sentence without a link to what was said before; a pull quote ends with its
speaker; a byline is a name alone at the end.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from helpers.corpus.document import Paragraph, Sentence
from helpers.corpus.sentences import split_sentences
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import Folded

define("openers", surface=TEXT, note=NOTE)

MAX_CAPTION_WORDS = 40
MAX_BYLINE_WORDS = 8

_BLANK_LINE = regex.compile(r"\n[^\S\n]*\n\s*")
_NEWLINE = regex.compile(r"\n\s*")
_PICTURE = regex.compile(
    r"(?:^|[\s(])trong ảnh\s*:|[.)\s…-]\(?(?:ảnh|nguồn ảnh|đồ họa|clip|video)\s*:\s*[^:;]{2,40}\)?\.?$"
    r"|\((?:bìa (?:phải|trái)|(?:đứng |ngồi |hàng )?(?:thứ \p{L}+ |thứ \d+ |ngoài cùng |đầu tiên |giữa)[^()]{0,24}|"
    r"ngoài cùng|giữa|áo \p{L}+|cầm \p{L}+ \p{L}+)[^()]{0,20}\)", regex.I,
)  # fmt: skip
_BYLINE_MARK = regex.compile(
    r"(?:bài|ảnh|tin|bài, ảnh|bài và ảnh|thực hiện|nguồn|tác giả)\s*(?:và ảnh\s*)?:|theo\s", regex.I
)
_TITLE_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}.'’-]*|[-–—&,]|và|\p{Lu}\.")
_SIGNATURE = regex.compile(
    r"[.!?…][”\"]?\s+((?:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý)|ông|bà|đồng chí|anh|chị|ths\.?|ts\.?|bác sĩ|luật sư)"
    r"\s+[^.!?:;“”\"]{5,120})$", regex.I,
)  # fmt: skip
_RESULT = regex.compile(
    r"(?<!\p{L})(?:đã|sẽ|cần|phải|yêu cầu|đề nghị|cho biết|nhấn mạnh|khẳng định|cho rằng|chia sẻ)(?!\p{L})"
)
_SPEECH = regex.compile(r"[:;“]|(?<!\p{L})(?:cho hay|khẳng định|nhấn mạnh)(?!\p{L})")


def read_structure(folded: Folded, *, has_byline: bool, lexicon: Lexicon) -> tuple[list[Paragraph], list[Sentence]]:
    """Paragraphs and sentences of a text; spans count code points of `folded.plain`.

    `has_byline` False: the source names its author elsewhere, so that a short last line is not taken for one.
    """
    blocks = list(_split_blocks(folded.plain))
    roles = _assign_roles([folded.plain[a:b] for a, b in blocks], openers=_openers(lexicon), has_byline=has_byline)
    paragraphs = [Paragraph(i, a, b, role) for i, ((a, b), role) in enumerate(zip(blocks, roles, strict=True))]
    spans = [
        (p.index, p.start + a, p.start + b)
        for p in paragraphs
        for a, b in split_sentences(folded.plain[p.start : p.end])
    ]
    return paragraphs, [Sentence(i, p, a, b) for i, (p, a, b) in enumerate(spans)]


def _split_blocks(text: str):
    """Spans between blank lines; a text without any is parted at its line ends."""
    breaks = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _NEWLINE
    at = 0
    for gap in breaks.finditer(text):
        yield from _block(text, at, gap.start())
        at = gap.end()
    yield from _block(text, at, len(text))


def _block(text: str, start: int, end: int):
    # Only the end is trimmed: the header line's leading space belongs to it as received.
    if block := text[start:end].rstrip():
        yield start, start + len(block)


@lru_cache(maxsize=4)
def _openers(lexicon: Lexicon) -> regex.Pattern:
    words = "|".join(regex.escape(w) for w in sorted(lexicon.surfaces("openers"), key=len, reverse=True))
    return regex.compile(rf"(?:{words})(?!\p{{L}})", regex.I)


def _assign_roles(blocks: list[str], *, openers: regex.Pattern, has_byline: bool) -> list[str]:
    n = len(blocks)
    roles = ["header", "lead"][:n] + ["body"] * (n - 2)
    last = n - 1
    while has_byline and last >= 2 and _is_byline(blocks[last]):
        roles[last] = "byline"
        last -= 1
    for i in range(2, last + 1):
        if _is_caption(blocks, i, openers=openers):
            roles[i] = "caption"
        elif i >= last - 1 and _SIGNATURE.search(blocks[i]) and not blocks[i].endswith((".", "…", "”", '"')):
            roles[i] = "pullquote"
    return roles


def _is_byline(block: str) -> bool:
    words = block.split()
    if not words or len(words) > MAX_BYLINE_WORDS or block.rstrip()[-1] in "!?;:,":
        return False
    if _BYLINE_MARK.match(block):
        return True
    return block[-1] != "." and all(_TITLE_WORD.match(w) for w in words)


def _is_caption(blocks: list[str], i: int, *, openers: regex.Pattern) -> bool:
    block = blocks[i].strip()
    if _PICTURE.search(block):
        return len(block.split()) <= 2 * MAX_CAPTION_WORDS
    n_words = len(block.split())
    sentences = list(split_sentences(block))
    if not 3 <= n_words <= MAX_CAPTION_WORDS or len(sentences) != 1:
        return False
    if openers.match(block) or _RESULT.search(block.lower()) or _SPEECH.search(block):
        return False
    # A sub-heading has no full stop either, but says nothing seen: it is short, without a name in it.
    ends = block[-1] in ".…!?"
    if not ends and n_words <= 9 and not regex.search(r"\s\p{Lu}", block):
        return False
    longer = max((len(b.split()) for b in blocks[max(1, i - 1) : i + 2] if b is not blocks[i]), default=0)
    return longer > n_words and (not ends or n_words <= 30)
