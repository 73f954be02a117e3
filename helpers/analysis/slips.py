"""Slips: what was misprinted, with what was meant; the text itself stays as published.

    >>> [(s.surface, s.meant, s.why) for s in find_in("Công tác đàm bảo an toàn của của ngừơi dân")]
    [('đàm bảo', 'đảm bảo', 'tone'), ('của của', 'của', 'doubled'), ('ngừơi', 'người', 'spelling')]

Two ways lead to one: slips.csv lists misprints that are words all the same (`đàm bảo`); rules find words said twice, and
spellings that no Vietnamese syllable has, in lower case between words that are syllables. slip_guards.csv says beside which
words the same letters are sound: `tọa đàm bảo vệ môi trường`. Another spelling of an abbreviation that the article writes
otherwise (QPAN beside QP-AN) is a variant, no error. `bảo đảm` and `đảm bảo` are both sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from helpers.analysis.mended_words import mend_word
from helpers.analysis.syllables import is_syllable, respell
from helpers.database import Database, put_rows, rows_of
from helpers.lexicon import NOTE, OPTIONAL, TEXT, Column, Lexicon, define
from helpers.normalize import fold, search_form
from helpers.schema import SLIPS

define("slips", surface=TEXT, meant=TEXT, why=Column(values=SLIPS), note=NOTE)
define("slip_guards", surface=TEXT, before=OPTIONAL, after=OPTIONAL, note=NOTE)
define("undoubled_words", surface=TEXT, note=NOTE)

_WORD = re.compile(r"[^\W_]+")
#: marks that make the word beside them part of an address, a code, a transliterated name
_JOINTS = frozenset("-–./@'’_&+:\\")
#: a spelling is a variant where the article writes another at least so many times as often
_TIMES = 3


class Slip(NamedTuple):
    """Where a slip stands in its sentence, what was meant (None: not clear) and how it is told."""

    start: int
    end: int
    surface: str
    meant: str | None
    why: str


class _Word(NamedTuple):
    start: int
    end: int
    text: str  # in lower case
    search: str
    is_low: bool  # printed in lower case
    follows: bool  # one space parts it from the word before


@cache
def _listed() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word -> the listed slips that begin with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in Lexicon.load("vi").entries("slips"):
        words = tuple(search_form(row["surface"]).split())
        found.setdefault(words[0], []).append((words, row["meant"], row["why"]))
    return {first: sorted(rows, key=lambda r: -len(r[0])) for first, rows in found.items()}


@cache
def _guards() -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]], frozenset[str]]:
    """(surface, word before), (surface, word after), and surfaces that are always sound."""
    rows = [{k: search_form(v) for k, v in r.items()} for r in Lexicon.load("vi").entries("slip_guards")]
    return (
        frozenset((r["surface"], r["before"]) for r in rows if r["before"]),
        frozenset((r["surface"], r["after"]) for r in rows if r["after"]),
        frozenset(r["surface"] for r in rows if not r["before"] and not r["after"]),
    )


@cache
def _undoubled() -> frozenset[str]:
    return frozenset(map(search_form, Lexicon.load("vi").surfaces("undoubled_words")))


def find_in(sentence: str) -> list[Slip]:
    """The slips of a sentence in reading order, none within another."""
    folded = fold(sentence)
    if not _may_hold(_WORD.findall(folded.search)):
        return []
    words = _words(folded.plain, folded.search)
    found: list[Slip] = []
    ends = 0
    for i in range(len(words)):
        for rule in (_find_listed, _find_doubled, _find_unreadable):
            hit = rule(words, i, folded.plain)
            if hit is not None and words[i].start >= ends:
                last, meant, why = hit
                ends = words[last].end
                start, end = folded.printed(words[i].start, ends)
                found.append(Slip(start, end, sentence[start:end], meant, why))
                break
    return found


def _may_hold(words: list[str]) -> bool:
    """Whether any rule can apply to a sentence: most are passed over for a tenth of what reading them takes."""
    pairs = list(pairwise(words))
    return (
        any(a == b for a, b in pairs)
        or any(a == b for a, b in zip(pairs, pairs[2:], strict=False))
        or any(a == b for a, b in zip(pairs, pairs[3:], strict=False))
        or not _listed_firsts().isdisjoint(words)
        or not _listed_firsts().isdisjoint(pairs)
        or any(map(_is_odd, words))
    )


@cache
def _listed_firsts() -> frozenset:
    """The listed slips of one word, and the first two words of the others."""
    listed = [words for rows in _listed().values() for words, _, _ in rows]
    return frozenset([w[0] for w in listed if len(w) == 1] + [w[:2] for w in listed if len(w) > 1])


@lru_cache(maxsize=65536)
def _is_odd(word: str) -> bool:
    return not word.isascii() and not is_syllable(word)


def _words(plain: str, search: str) -> list[_Word]:
    words: list[_Word] = []
    at = -1
    for match in _WORD.finditer(plain):
        start, end = match.span()
        text = match[0]
        low = text.lower()
        if len(low) != len(text):
            low = text
        words.append(_Word(start, end, low, search[start:end], low == text, start == at + 1 and plain[at] == " "))
        at = end
    return words


def _run(words: list[_Word], first: int, last: int) -> bool:
    """Whether words stand side by side, with a space between and no mark."""
    return 0 <= first <= last < len(words) and all(words[i].follows for i in range(first + 1, last + 1))


def _is_guarded(words: list[_Word], first: int, last: int) -> bool:
    """Whether the words around make what stands there sound."""
    before, after, always = _guards()
    surface = " ".join(w.search for w in words[first : last + 1])
    return (
        surface in always
        or (first > 0 and words[first].follows and (surface, words[first - 1].search) in before)
        or (last + 1 < len(words) and words[last + 1].follows and (surface, words[last + 1].search) in after)
    )


def _find_listed(words: list[_Word], i: int, plain: str) -> tuple[int, str | None, str] | None:
    for listed, meant, why in _listed().get(words[i].search, ()):
        last = i + len(listed) - 1
        if not _run(words, i, last) or tuple(w.search for w in words[i : last + 1]) != listed:
            continue
        is_name = (
            all(not w.is_low for w in words[i : last + 1]) and not plain[words[i].start : words[last].end].isupper()
        )
        if meant[0].isupper() != is_name or (len(listed) == 1 and _is_joined(words[i], plain)):
            continue  # "Quốc Phong" is a name; "Hà Tỉnh" is to be one
        if not _is_guarded(words, i, last):
            return last, meant, why
    return None


def _find_doubled(words: list[_Word], i: int, plain: str) -> tuple[int, str | None, str] | None:
    """A word, or two, said twice; or what is counted on both sides of its number: `mô hình 12 mô hình`."""
    first = words[i]
    if first.search in _undoubled() and _run(words, i, i + 1):
        again = words[i + 1]
        if again.search == first.search and again.is_low and not _is_guarded(words, i, i + 1):
            before_is_same = i > 0 and words[i - 1].search == first.search
            return None if before_is_same else (i + 1, plain[first.start : first.end], "doubled")
    if i + 2 >= len(words) or first.search != words[i + 2].search or not _run(words, i, i + 3):
        return _find_number_between(words, i, plain)
    pair = words[i : i + 4]
    same = pair[1].search == pair[3].search and first.search != pair[1].search
    # "hẹn tới hẹn tới hẹn lui" goes on
    same = same and not (_run(words, i + 3, i + 4) and words[i + 4].search == first.search)
    same = same and not (_run(words, i - 1, i) and words[i - 1].search == pair[1].search)
    if same and all(w.is_low and is_syllable(w.text) for w in pair) and not _is_guarded(words, i, i + 3):
        return i + 3, plain[first.start : pair[1].end], "doubled"
    return None


def _find_number_between(words: list[_Word], i: int, plain: str) -> tuple[int, str | None, str] | None:
    if i + 3 >= len(words) or words[i].search != words[i + 3].search:
        return None
    if not (_run(words, i, i + 4) and words[i + 2].text.isdigit()):
        return None
    five = words[i : i + 5]
    follower = words[i + 5].text if _run(words, i + 4, i + 5) else ""
    # "khu vực 1 khu vực 2" counts on
    if five[1].search != five[4].search or follower.isdigit() or not all(w.is_low for w in five):
        return None
    return i + 4, plain[five[2].start : five[4].end], "doubled"


def _find_unreadable(words: list[_Word], i: int, plain: str) -> tuple[int, str | None, str] | None:
    """A word in lower case that can't be read, between words that can."""
    word = words[i]
    if word.text.isascii() or is_syllable(word.text) or _is_joined(word, plain) or not word.text.isalpha():
        return None
    around = [words[j] for j in (i - 1, i + 1) if 0 <= j < len(words)]
    if not around or not all(is_syllable(w.text) or w.text.isdigit() for w in around) or _is_guarded(words, i, i):
        return None
    if not word.is_low:  # of words in capitals most are names: only what one sure step mends
        meant = respell(word.text)
        return (i, _as_printed(meant, plain[word.start]), "spelling") if meant and i == 0 else None
    mended = mend_word(word.text)
    return (i, mended.meant, mended.why) if mended else None


def _as_printed(meant: str, first: str) -> str:
    return meant[0].upper() + meant[1:] if first.isupper() else meant


def _is_joined(word: _Word, plain: str) -> bool:
    """Whether a mark joins a word to what stands beside it."""
    before, after = plain[word.start - 1 : word.start], plain[word.end : word.end + 1]
    return before in _JOINTS or (after in _JOINTS and plain[word.end + 1 : word.end + 2].isalnum())


# --- over all articles ---

_SENTENCES = "SELECT sent_id, doc_id, start, text FROM sentences"
#: spellings of one abbreviation in one article, and the one that it mostly uses
_VARIANTS = f"""
WITH spelled AS (
    SELECT doc_id, abbreviation_id, surface, count(*) AS n FROM abbreviation_uses WHERE role = 'abbreviation' GROUP BY ALL
), usual AS (
    SELECT doc_id, abbreviation_id, arg_max(surface, (n, surface)) AS meant, max(n) AS most FROM spelled GROUP BY ALL
)
SELECT u.doc_id, u.start, u."end", u.surface, u.sent_id, usual.meant
FROM abbreviation_uses u JOIN spelled s USING (doc_id, abbreviation_id, surface) JOIN usual USING (doc_id, abbreviation_id)
WHERE u.role = 'abbreviation' AND s.n * {_TIMES} <= usual.most AND lower(u.surface) <> lower(usual.meant)
"""
_COLUMNS = {"slip_id": "text", "doc_id": "text", "start": "int", "end": "int", "sent_id": "text", "surface": "text", "meant": "text",
            "why": "text"}  # fmt: skip
#: a word of a person's name is no slip
_NAMED = """
DELETE FROM slips WHERE slip_id IN (
    SELECT s.slip_id FROM slips s JOIN mentions m ON m.doc_id = s.doc_id AND m.kind = 'person' AND m.start < s."end" AND s.start < m."end"
)
"""


def find_slips(db: Database) -> None:
    """Makes table `slips` of all sentences. Needs `sentences`, `mentions`, `abbreviation_uses`."""
    rows = [row for sentence in rows_of(db, _SENTENCES) for row in _slips_of(sentence)]
    rows += [
        (f"{v['doc_id']}:{v['start']}-{v['end']}:slip", v["doc_id"], v["start"], v["end"], v["sent_id"], v["surface"], v["meant"], "variant")
        for v in rows_of(db, _VARIANTS)
    ]  # fmt: skip
    put_rows(db, "slips", _COLUMNS, list({row[0]: row for row in rows}.values()))
    db.execute(_NAMED)


def _slips_of(sentence: dict) -> Iterator[tuple]:
    for slip in find_in(sentence["text"]):
        start, end = sentence["start"] + slip.start, sentence["start"] + slip.end
        slip_id = f"{sentence['doc_id']}:{start}-{end}:slip"
        yield (slip_id, sentence["doc_id"], start, end, sentence["sent_id"], slip.surface, slip.meant, slip.why)
