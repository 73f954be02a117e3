"""Paragraphs with roles, and sentences.

A newspaper's copy marks no captions and no pull quotes: they stand between the paragraphs of the body. They are told by
form: a caption says what is seen, in one sentence without a link to what was said before; a pull quote ends with its
speaker; a byline is a name alone at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

from helpers.corpus.document import Paragraph, Sentence
from helpers.corpus.sentences import split_sentences
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import Folded
from helpers.patterns import late

define("openers", surface=TEXT, note=NOTE)

MAX_CAPTION_WORDS = 40
MAX_BYLINE_WORDS = 8

# a readable text (Folded.plain) has no white space but these two
_BLANK_LINE = re.compile(r"\n *\n[ \n]*")
_NEWLINE = late(re.compile, r"\n[ \n]*")
_IN_PICTURE = late(regex.compile, r"(?<![^\s(])trong ảnh\s*:", regex.I)
_CREDIT = late(regex.compile, r"[.)\s…-]\(?(?:ảnh|nguồn ảnh|đồ họa|clip|video)\s*:\s*[^:;]{2,40}\)?\.?$", regex.I)
#: the colon of a credit stands at most so far from the end, its words begin at most so far before it
_CREDIT_TAIL, _CREDIT_HEAD = 48, 24
_SEEN_AT = late(regex.compile, 
    r"\((?:bìa (?:phải|trái)|(?:đứng |ngồi |hàng )?(?:thứ \p{L}+ |thứ \d+ |ngoài cùng |đầu tiên |giữa)[^()]{0,24}|"
    r"ngoài cùng|giữa|áo \p{L}+|cầm \p{L}+ \p{L}+)[^()]{0,20}\)", regex.I,
)  # fmt: skip
_BYLINE_MARK = late(
    regex.compile, r"(?:bài|ảnh|tin|bài, ảnh|bài và ảnh|thực hiện|nguồn|tác giả)\s*(?:và ảnh\s*)?:|theo\s", regex.I
)
_TITLE_WORD = late(regex.compile, r"\p{Lu}[\p{L}\p{M}.'’-]*|[-–—&,]|và|\p{Lu}\.")
_SIGNATURE = late(regex.compile, 
    r"[.!?…][”\"]?\s+((?i:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý)|ông|bà|đồng chí|anh|chị|ths\.?|ts\.?|bác sĩ|luật sư)"
    r"\s+[^.!?:;“”\"]{5,120})$",
)  # fmt: skip
#: a signature with the mark before it is at most so long
_SIGNATURE_TAIL = 180
_RESULT = late(
    regex.compile,
    r"(?<!\p{L})(?:đã|sẽ|cần|phải|yêu cầu|đề nghị|cho biết|nhấn mạnh|khẳng định|cho rằng|chia sẻ)(?!\p{L})",
)
_NAME = late(regex.compile, r"\s\p{Lu}")
_SPEECH = late(regex.compile, r"[:;“]|(?<!\p{L})(?:cho hay|khẳng định|nhấn mạnh)(?!\p{L})")


def read_structure(folded: Folded, *, has_byline: bool, lexicon: Lexicon) -> tuple[list[Paragraph], list[Sentence]]:
    """Paragraphs and sentences of a text; spans count code points of `folded.plain`.

    `has_byline` False: the source names its author elsewhere, so that a short last line is not taken for one.
    """
    text = folded.plain
    blocks = list(_split_blocks(text))
    spans = [split_sentences(text, start, end) for start, end in blocks]
    roles = _assign_roles(_Blocks(text, blocks, spans), openers=_openers(lexicon), has_byline=has_byline)
    paragraphs = [Paragraph(i, *block, role) for i, (block, role) in enumerate(zip(blocks, roles, strict=True))]
    placed = ((i, span) for i, of_block in enumerate(spans) for span in of_block)
    return paragraphs, [Sentence(n, i, start, end) for n, (i, (start, end)) in enumerate(placed)]


def _split_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Spans between blank lines; a text without any is parted at its line ends."""
    breaks = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _NEWLINE
    at = 0
    for gap in breaks.finditer(text):
        yield from _block(text, at, gap.start())
        at = gap.end()
    yield from _block(text, at, len(text))


def _block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # Only the end is trimmed: the header line's leading space belongs to it as received.
    if block := text[start:end].rstrip():
        yield start, start + len(block)


@lru_cache(maxsize=4)
def _openers(lexicon: Lexicon) -> regex.Pattern:
    words = "|".join(regex.escape(w) for w in sorted(lexicon.surfaces("openers"), key=len, reverse=True))
    return late(regex.compile, rf"(?:{words})(?!\p{{L}})", regex.I)


class _Blocks:
    """The blocks of a text, looked at without copying them; most are too long for what is asked."""

    def __init__(self, text: str, spans: list[tuple[int, int]], sentences: list[list[tuple[int, int]]]) -> None:
        self.text, self.spans, self.sentences = text, spans, sentences

    def block(self, i: int) -> str:
        return self.text[slice(*self.spans[i])].strip()

    def holds(self, i: int, sign: str) -> bool:
        return self.text.find(sign, *self.spans[i]) >= 0

    def n_words(self, i: int) -> int:
        return len(self.block(i).split())

    def has_more_words(self, i: int, n: int) -> bool:
        """Whether block `i` has more than `n` words; the spaces in its first part nearly always tell."""
        start, end = self.spans[i]
        tells = min(end, start + 16 * n)
        n_spaces = self.text.count(" ", start, tells)
        if n_spaces > n and self.text.find("  ", start, tells) < 0:
            return True
        if tells == end and n_spaces + self.text.count("\n", start, end) < n:
            return False
        return self.n_words(i) > n


def _assign_roles(blocks: _Blocks, *, openers: regex.Pattern, has_byline: bool) -> list[str]:
    n = len(blocks.spans)
    roles = ["header", "lead"][:n] + ["body"] * (n - 2)
    last = n - 1
    while has_byline and last >= 2 and _is_byline(blocks, last):
        roles[last] = "byline"
        last -= 1
    for i in range(2, last + 1):
        if _is_caption(blocks, i, openers=openers):
            roles[i] = "caption"
        elif i >= last - 1 and _is_pullquote(blocks, i):
            roles[i] = "pullquote"
    return roles


def _is_byline(blocks: _Blocks, i: int) -> bool:
    if blocks.has_more_words(i, MAX_BYLINE_WORDS) or (block := blocks.block(i))[-1] in "!?;:,":
        return False
    return bool(_BYLINE_MARK.match(block)) or (block[-1] != "." and all(map(_TITLE_WORD.match, block.split())))


def _is_pullquote(blocks: _Blocks, i: int) -> bool:
    start, end = blocks.spans[i]
    if blocks.text[end - 1] in '.…”"':
        return False
    return bool(_SIGNATURE.search(blocks.text, max(start, end - _SIGNATURE_TAIL), end))


def _is_caption(blocks: _Blocks, i: int, *, openers: regex.Pattern) -> bool:
    if _tells_picture(blocks, i):
        return True
    if len(blocks.sentences[i]) != 1 or blocks.has_more_words(i, MAX_CAPTION_WORDS):
        return False
    block = blocks.block(i)
    n_words = len(block.split())
    # A sub-heading has no full stop either, but says nothing seen: it is short, without a name in it.
    ends = block[-1] in ".…!?"
    if n_words < 3 or (ends and n_words > 30) or (not ends and n_words <= 9 and not _NAME.search(block)):
        return False
    if _SPEECH.search(block) or _RESULT.search(block.lower()) or openers.match(block):
        return False
    around = {max(1, i - 1), i, min(i + 1, len(blocks.spans) - 1)} - {i}
    return any(blocks.has_more_words(j, n_words) for j in around)


def _tells_picture(blocks: _Blocks, i: int) -> bool:
    """Whether a block says that it is about a picture: `Ảnh: …` at its end, `(bìa phải)`, `Trong ảnh: …`."""
    start, end = blocks.spans[i]
    has_bracket, colon = blocks.holds(i, "("), blocks.text.rfind(":", start, end)
    if not (has_bracket or colon >= 0) or blocks.has_more_words(i, 2 * MAX_CAPTION_WORDS):
        return False
    if has_bracket and _SEEN_AT.search(blocks.text, start, end):
        return True
    if colon < 0:
        return False
    if colon >= end - _CREDIT_TAIL and _CREDIT.search(blocks.text, max(start, colon - _CREDIT_HEAD), end):
        return True
    return bool(_IN_PICTURE.search(blocks.text, start, end))
