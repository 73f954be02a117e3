"""What a figure counts, in the form in which two sayings of it are compared.

    >>> vi = Lexicon.load("vi")
    >>> subject_key("mô hình “Tổ liên gia an toàn PCCC”", vi)
    'mô hình tổ liên gia an toàn phòng cháy chữa cháy'

Folded, without marks, abbreviations written out; `bảo đảm` and `đảm bảo` are one, and what is printed twice by a slip
(`mô hình 12 mô hình`) stands once. Nothing is left out that tells one thing counted from another.
"""

from __future__ import annotations

import re
from functools import lru_cache

from helpers.extract import abbreviations  # noqa: F401  (declares its lexicon)
from helpers.lexicon import Lexicon
from helpers.normalize import search_form
from helpers.patterns import late

_WORD = late(re.compile, r"[^\W_]+(?:[-/.][^\W_]+)*")
_ALIKE = {"bảo đảm": "đảm bảo"}


def subject_key(subject: str, lexicon: Lexicon) -> str:
    """The key of what is counted, `subject` as printed; empty where nothing is."""
    written_out, folded = _written_out(lexicon), search_form(subject)
    words = []
    for found in _WORD.finditer(subject):
        word = folded[slice(*found.span())]
        words.append(written_out.get(word, word) if found[0][-1].isupper() else word)  # "TƯ" is no "tư"
    key = " ".join(words)
    for other, usual in _ALIKE.items():
        key = key.replace(other, usual)
    return _without_stutter(key.split())


def _without_stutter(words: list[str]) -> str:
    """`words` joined; one or two that come again at once stand once: `tội phạm tội phạm` -> `tội phạm`."""
    kept: list[str] = []
    for word in words:
        kept.append(word)
        for n in (1, 2):
            if len(kept) >= 2 * n and kept[-n:] == kept[-2 * n : -n]:
                del kept[-n:]
                break
    return " ".join(kept)


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
