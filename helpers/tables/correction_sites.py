"""Where in an article a correction applies: its sentence, found by its words, and the span of the surface in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from helpers.normalize import fold
from helpers.tables.correction_file import Correction, CorrectionError, passage_form

Row = dict
Span = tuple[int, int]


class Sentences:
    """The sentences of one article, found by their words however they are spaced."""

    def __init__(self, rows: list[Row]):
        self.rows = sorted(rows, key=lambda row: row["start"])
        self._index = {row["sent_id"]: i for i, row in enumerate(self.rows)}
        self._starts = [row["start"] for row in self.rows]
        self._passages: dict[str, _Passage] = {}

    @cached_property
    def _by_words(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(passage_form(row["text"]), []).append(row)
        return found

    def find(self, correction: Correction) -> list[Row]:
        """The sentences that a correction is about: one, or all equal ones. Raises CorrectionError."""
        copies = self._by_words.get(passage_form(correction.sentence), [])
        if not copies:
            raise CorrectionError(
                "no_sentence", "the article has no such sentence; copy it as it is printed, or delete the line"
            )
        if correction.copy == "all":
            return copies
        if not correction.copy:
            if len(copies) > 1:
                numbers = ", ".join(str(n + 1) for n in range(len(copies)))
                said = f"the sentence stands {len(copies)} times in the article; write in column copy which: {numbers} or all"
                raise CorrectionError("two_places", said)
            return copies
        number = int(correction.copy)
        if number > len(copies):
            said = f"the sentence stands {len(copies)} times in the article, copy is {number}; write a smaller one"
            raise CorrectionError("no_sentence", said)
        return [copies[number - 1]]

    def copy_of(self, row: Row) -> str:
        """The cell `copy` of a sentence: its number among equal ones, empty where it is the only one."""
        copies = self._by_words[passage_form(row["text"])]
        return "" if len(copies) == 1 else str([c["sent_id"] for c in copies].index(row["sent_id"]) + 1)

    def spans(self, row: Row, surface: str, *, kind: str) -> list[Span]:
        """Where a surface begins in a sentence; a quote may end in a later one."""
        wanted = passage_form(surface)
        found = self._passage(row).spans(wanted)
        if found or kind != "quote":
            return found
        at = self._index[row["sent_id"]]
        parts, length = [], 0
        for following in self.rows[at:]:
            parts.append(following)
            length += len(following["text"])
            if following is not row and length > len(wanted) + len(row["text"]):
                break
        return [span for span in _Passage(parts).spans(wanted) if span[0] < row["end"]]

    def at(self, position: int) -> Row | None:
        """The sentence that holds a position."""
        i = bisect_right(self._starts, position)
        return self.rows[i - 1] if i and position < self.rows[i - 1]["end"] else None

    def printed(self, start: int, end: int, sentence: Row) -> str:
        """The text of a span that begins in `sentence`, as printed; between sentences a space stands for what parts them."""
        parts = [sentence]
        while parts[-1]["end"] < end and self._index[parts[-1]["sent_id"]] + 1 < len(self.rows):
            parts.append(self.rows[self._index[parts[-1]["sent_id"]] + 1])
        return " ".join(p["text"][max(0, start - p["start"]) : end - p["start"]] for p in parts if p["start"] < end)

    def _passage(self, row: Row) -> _Passage:
        if row["sent_id"] not in self._passages:
            self._passages[row["sent_id"]] = _Passage([row])
        return self._passages[row["sent_id"]]


class _Passage:
    """Sentences one after another with single spaces, and where each letter stands in the article."""

    def __init__(self, rows: list[Row]):
        letters: list[str] = []
        self._places: list[Span] = []
        for row in rows:
            folded = fold(row["text"])
            for i, letter in enumerate(folded.plain):
                start, end = folded.printed(i, i + 1)
                if letter.isspace():
                    if not letters or letters[-1] == " ":
                        continue
                    letter = " "
                letters.append(letter)
                self._places.append((row["start"] + start, row["start"] + end))
            if letters and letters[-1] != " ":
                letters.append(" ")
                self._places.append((row["end"], row["end"]))
        self._text = "".join(letters)

    def spans(self, wanted: str) -> list[Span]:
        """Where the words stand: first as whole words and numbers, then inside others ("5" in "155")."""
        if not wanted:
            return []
        whole: list[Span] = []
        inside: list[Span] = []
        at = self._text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            span = self._places[at][0], self._places[end - 1][1]
            (whole if _parts(self._text, at) and _parts(self._text, end) else inside).append(span)
            at = self._text.find(wanted, at + 1)
        return whole + inside


def _parts(text: str, at: int) -> bool:
    """Whether a word or number ends at `at`: not within 26,82 nor within a word.

    >>> [_parts("26,82 kg", i) for i in (0, 2, 3, 5)]
    [True, False, False, True]
    """
    if at <= 0 or at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if left.isalpha() and right.isalpha():
        return False
    if left.isdigit() and right.isdigit():
        return False
    marks = ".,"
    if right in marks:
        return not (left.isdigit() and text[at + 1 : at + 2].isdigit())
    return not (left in marks and right.isdigit() and text[at - 2 : at - 1].isdigit())
