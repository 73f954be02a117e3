"""What a figure counts, in the form in which two sayings of it are compared.

    >>> vi = Lexicon.load("vi")
    >>> subject_key("mô hình “Tổ liên gia an toàn PCCC”", None, vi)
    'mô hình tổ liên gia an toàn phòng cháy chữa cháy'

Folded, without marks, abbreviations written out; words of one meaning are one (lexicons/vi/subject_synonyms.csv: `người tử
vong`, `người chết`), and what is printed twice by a slip (`mô hình 12 mô hình`) stands once. Those counted behind a verb that
says what became of them are counted as that: `làm chết 145 người` and `145 người chết`. Nothing is left out that tells one
thing counted from another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from helpers.extract import abbreviations, actions  # noqa: F401  (they declare their lexicons)
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

_WORD = late(re.compile, r"[^\W_]+(?:[-/.][^\W_]+)*")

define("subject_synonyms", surface=TEXT, usual=TEXT, note=NOTE)


def subject_key(subject: str, action: str | None, lexicon: Lexicon) -> str:
    """The key of what is counted, `subject` as printed behind the verbs of `action`; empty where nothing is."""
    written_out, folded = _written_out(lexicon), search_form(subject)
    words = []
    for found in _WORD.finditer(subject):
        word = folded[slice(*found.span())]
        words.append(written_out.get(word, word) if found[0][-1].isupper() else word)  # "TƯ" is no "tư"
    usual, outcomes = _usual(lexicon), _outcomes(lexicon)
    words = _without_stutter(_in_usual_words(words, usual))
    outcome = outcomes.get(search_form(action)) if action else None
    return " ".join([*words, *outcome] if outcome and words and words[-len(outcome) :] != outcome else words)


def _in_usual_words(words: list[str], usual: dict[tuple[str, ...], list[str]]) -> list[str]:
    """`words` with each synonym, the longest first, as its usual words: `người bị thiệt mạng` -> `người chết`."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        for n in (3, 2, 1):
            if found := usual.get(tuple(words[at : at + n])):
                kept += found
                at += n
                break
        else:
            kept.append(words[at])
            at += 1
    return kept


def _without_stutter(words: list[str]) -> list[str]:
    """`words`; one or two that come again at once stand once: `tội phạm tội phạm` -> `tội phạm`."""
    kept: list[str] = []
    for word in words:
        kept.append(word)
        for n in (1, 2):
            if len(kept) >= 2 * n and kept[-n:] == kept[-2 * n : -n]:
                del kept[-n:]
                break
    return kept


@lru_cache(maxsize=4)
def _written_out(lexicon: Lexicon) -> dict[str, str]:
    """Abbreviations, folded, that stand for one thing only -> what they stand for, folded."""
    meanings: dict[str, set[str]] = {}
    for row in lexicon.entries("abbreviations"):
        meanings.setdefault(search_form(row["surface"]), set()).add(search_form(row["expansion"]))
    return {
        short: " ".join(_WORD.findall(next(iter(full))))
        for short, full in meanings.items()
        if len(full) == 1 and " " not in short
    }


@lru_cache(maxsize=4)
def _usual(lexicon: Lexicon) -> dict[tuple[str, ...], list[str]]:
    """Words of a synonym, folded -> the usual words."""
    return {
        tuple(search_form(row["surface"]).split()): search_form(row["usual"]).split()
        for row in lexicon.entries("subject_synonyms")
    }


@lru_cache(maxsize=4)
def _outcomes(lexicon: Lexicon) -> dict[str, list[str]]:
    """Verbs, folded -> what those counted behind them are."""
    return {
        search_form(row["surface"]): search_form(row["outcome"]).split()
        for row in lexicon.entries("counted_actions")
        if row["outcome"]
    }
