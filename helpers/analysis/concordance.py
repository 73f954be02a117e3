"""Concordance (KWIC): every place where a phrase stands, with the words around it.

    >>> lines = find_lines([Passage("A", 1, "A:0", 0, "Đảm bảo an ninh, đảm bảo an toàn.")], compile_search("dam bao"))
    >>> [(line.left, line.keyword, line.right) for line in lines]
    [('', 'Đảm bảo', 'an ninh, đảm bảo an toàn.'), ('Đảm bảo an ninh,', 'đảm bảo', 'an toàn.')]

A phrase typed without tones finds every tone (`dam bao` finds `đảm bảo`); one typed with tones finds these in any spelling
(`hoá`, `hóa`). Patterns are regular expressions over the text so folded; each text has a time limit, so that a pattern that
never ends is stopped and said to be one.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
import regex

from helpers.normalize import fold, strip_marks

#: characters shown on each side; seconds that a pattern may take for one text, and for all of them
WIDTH, SECONDS_EACH, SECONDS = 60, 1.0, 30.0
MAX_PATTERN = 500
SORTS = ("text", "left", "right")
_WORD = regex.compile(r"\w+")
#: what a pattern means as letters: not `\W`, `\p{L}`
_WRITTEN = regex.compile(r"\\[pP]\{[^}]*\}|\\.|\p{L}+")
#: grave, acute, tilde, hook above, dot below
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_D = str.maketrans("đĐ", "dd")


class SearchError(ValueError):
    """A phrase or pattern that can't be searched for; the message names the mend."""


@dataclass(frozen=True)
class Passage:
    """A sentence: where its text begins in the article."""

    doc_id: str
    paragraph: int
    sent_id: str
    start: int
    text: str


@dataclass(frozen=True)
class Search:
    """What is searched for, ready; `keeps_tones`: tones must be as typed."""

    pattern: regex.Pattern
    asked: str
    keeps_tones: bool


@dataclass(frozen=True)
class Line:
    """One place: `start` and `end` count code points of the article as received."""

    doc_id: str
    paragraph: int
    sent_id: str
    start: int
    end: int
    left: str
    keyword: str
    right: str


def strip_tones(search: str) -> str:
    """A search form without any mark, as long as before: what people type without a Vietnamese keyboard.

    >>> strip_tones("đảm bảo trật tự")
    'dam bao trat tu'
    """
    return "".join(map(_bare, search))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    bare = strip_marks(letter).translate(_D)
    return bare if len(bare) == 1 else letter


def compile_search(asked: str, *, is_regex: bool = False, exact_tones: bool | None = None) -> Search:
    """A phrase or regular expression made ready.

    Args:
        exact_tones: whether tones must be as typed; None: they must if any is typed.
    Raises:
        SearchError: nothing to search for, or a pattern that is none.
    """
    form = fold(asked).search if not is_regex else unicodedata.normalize("NFC", asked)
    if not form.strip():
        raise SearchError("nothing to search for: write a word or phrase, such as 'đảm bảo'")
    if len(form) > MAX_PATTERN:
        raise SearchError(f"{len(form)} characters are too many to search for: write {MAX_PATTERN} at most")
    keeps_tones = exact_tones if exact_tones is not None else strip_tones(form.lower()) != form.lower()
    if is_regex:
        form = _WRITTEN.sub(_fold_written, form)
    if not keeps_tones:
        form = strip_tones(form)
    return Search(_compile(form if is_regex else _phrase(form), asked), asked, keeps_tones)


def _fold_written(found: regex.Match) -> str:
    """Letters folded as the text is; escapes and the capitals of `(?P<…>` stay."""
    written = found[0]
    return written if written[0] == "\\" or (written.isascii() and not written.islower()) else fold(written).search


def _phrase(form: str) -> str:
    """A phrase as a pattern: whole words, any white space between."""
    words = r"\s+".join(map(regex.escape, form.split()))
    before = r"(?<!\w)" if form.strip()[0].isalnum() else ""
    return f"{before}{words}" + (r"(?!\w)" if form.strip()[-1].isalnum() else "")


def _compile(pattern: str, asked: str) -> regex.Pattern:
    try:
        found = regex.compile(pattern, regex.IGNORECASE)
    except regex.error as error:
        raise SearchError(
            f"{asked!r} is no regular expression: {error}; mend it there, put a backslash before a sign that is meant as such, or "
            "search for it as a phrase (without --regex)"
        ) from None
    except (OverflowError, RecursionError, MemoryError):
        raise SearchError(f"{asked!r} is too large a pattern; shorten its repeats") from None
    return found


def passages_of(tables: dict[str, pd.DataFrame]) -> list[Passage]:
    """The sentences of a corpus, in the order of its articles."""
    names = ("doc_id", "paragraph", "sent_id", "start", "text")
    columns = (tables["sentences"][name] for name in names)
    return [Passage(d, int(p), i, int(s), t) for d, p, i, s, t in zip(*columns, strict=True)]


def find_lines(passages: Iterable[Passage], search: Search, *, sort: str = "text", width: int = WIDTH) -> list[Line]:
    """Every place of what is searched for.

    Args:
        sort: `text` (as they stand), `left` (by the words before, the nearest first) or `right` (by the words after).
    Raises:
        SearchError: the pattern takes too long. ValueError: no such order.
    """
    if sort not in SORTS:
        raise ValueError(f"sort {sort!r}; write {', '.join(SORTS)}")
    lines = list(_lines(passages, search, width))
    if sort == "left":
        return sorted(lines, key=lambda line: (_last_if_none(_words(line.left)[::-1]), line.doc_id, line.start))
    if sort == "right":
        return sorted(lines, key=lambda line: (_last_if_none(_words(line.right)), line.doc_id, line.start))
    return lines


def _last_if_none(words: list[str]) -> tuple[bool, list[str]]:
    """A sort key: lines that end with the sentence come last."""
    return not words, words


def _words(text: str) -> list[str]:
    return [_in_alphabet(word) for word in _WORD.findall(fold(text).search)]


@lru_cache(maxsize=20_000)
def _in_alphabet(word: str) -> str:
    """A word that sorts as in a Vietnamese dictionary: its letters (a ă â b … d đ e ê), then its tones.

    >>> sorted(["vì", "về", "ve", "da", "đá", "du"], key=_in_alphabet)
    ['da', 'du', 'đá', 've', 'về', 'vì']
    """
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(c for c in parts if c not in _TONES).replace("đ", "d\u0331")
    return f"{letters} {''.join(c for c in parts if c in _TONES)}"


def _lines(passages: Iterable[Passage], search: Search, width: int) -> Iterator[Line]:
    begin = time.monotonic()
    for passage in passages:
        folded = fold(passage.text)
        text = folded.search if search.keeps_tones else strip_tones(folded.search)
        left = SECONDS - (time.monotonic() - begin)
        try:
            if left <= 0:
                raise TimeoutError
            spans = [m.span() for m in search.pattern.finditer(text, timeout=min(SECONDS_EACH, left))]
        except TimeoutError:
            raise SearchError(
                f"{search.asked!r} takes too long on {passage.sent_id}: it may match one text in very many ways; avoid a repeat "
                "inside a repeat, such as (a+)+, or search for a phrase"
            ) from None
        for start, end in spans:
            if start < end:
                yield _line(passage, *folded.printed(start, end), width)


def _line(passage: Passage, start: int, end: int, width: int) -> Line:
    text = passage.text
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width and " " in before:  # whole words
        before = before.split(" ", 1)[1]
    if end + width < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0]
    at = passage.start
    return Line(passage.doc_id, passage.paragraph, passage.sent_id, at + start, at + end,
                " ".join(before.split()), text[start:end], " ".join(after.split()))  # fmt: skip


def show_line(line: Line, width: int = WIDTH) -> str:
    """A line for a terminal, the keywords below each other: article, paragraph, and the words around."""
    return f"{line.doc_id} P{line.paragraph}\t{line.left:>{width}}  {line.keyword}  {line.right}"
