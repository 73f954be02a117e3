"""Number words in a text: where they stand, and which of them are numbers.

    >>> reader = SpelledNumbers.of(Lexicon.load("vi"))
    >>> text = "năm nay có hai mươi lăm người, ba mẹ và hàng chục tư nhân"
    >>> [(text[n.start : n.end], n.low) for n in reader.find(text)]
    [('hai mươi lăm', 25.0), ('hàng chục', 10.0)]

A word such as năm (five, year), ba (three, father), tư (four, private) is a number only in company. Which company says what
stands in lexicons/vi/number_idioms.csv; all words are looked up at once, so a false hit costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import regex

from helpers.extract.number_neighbours import SHORT_TEXT, is_all, is_name, sign_before, word_before
from helpers.extract.number_words import Number, compose_words, word_table
from helpers.extract.word_search import Hit, WordList
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

define("number_idioms", surface=TEXT, reading=Column(values=("none", "number")), note=NOTE)

#: what stands before a word; both are one pattern, so that the "hai" of "phai" is never seen
_BEFORE = (" ", "\n", "(", '"', "-", "/")
#: the many phrases are looked for only there, to keep the automaton small
_BEFORE_IDIOMS = (" ", "\n")
_FIRST_WORD = late(regex.compile, r"[^\W\d_]+")
_NEXT_WORD = regex.compile(r" {1,3}([^\W\d_]+)")
#: so many words at most make one number: 999 999 999 999 999 has 33; most have few, and are read first
_MOST_WORDS, _FEW_WORDS = 48, 8
#: before "năm người": what is counted is no group of five, but every year
_YEAR_BEFORE = frozenset("mỗi hàng hằng nhiều những các từng quanh suốt mọi đầu cuối giữa hết vài mấy".split())
_SPANS_OF_TIME = frozenset("ngày đêm tháng tuần giờ phút giây lần".split())
#: "năm sáu người", "năm bảy lần", "năm mốt"; but "năm hai", "năm một nghìn chín trăm"
_AFTER_FIVE = frozenset("sáu bảy bẩy mốt lăm nhăm".split())
#: low and high end of vague words before or without a scale word
_ENDS = {"vài": (2, 9), "mấy": (2, 9), "đôi": (2, 3), "dăm": (5, 6), "vài ba": (2, 3), "đôi ba": (2, 3), "dăm ba": (3, 5), "dăm bảy": (5, 7)}  # fmt: skip
#: last letters of the sign words âm and trừ
_SIGN_ENDS = frozenset("mừ")
#: vague only before a scale word: "hàng người", "đôi giày", "đá dăm" are not
_NEED_SCALE = frozenset("hàng cả mấy đôi dăm".split())


class SpelledNumbers:
    """Finds the number words of one lexicon."""

    def __init__(self, lexicon: Lexicon):
        self._table = word_table(lexicon)
        readings = {search_form(r["surface"]): r["reading"] for r in lexicon.entries("number_idioms")}
        self.idioms = frozenset(s for s, reading in readings.items() if reading == "none")
        self._phrases = frozenset(s for s, reading in readings.items() if reading == "number")
        #: what is a number by itself: hai is, and chục; năm, tỉ, nửa, tư, không are not
        self._lone = {
            word: value
            for word, (value, role) in self._table.items()
            if (role in ("digit", "ten") and value and word != "năm") or (role == "scale" and value == 10)
        }
        self._sole = frozenset(self._lone) - {"bốn"}
        #: what may stand behind the first word of a number, and its first two letters
        self._goes_on = frozenset(
            w for w, (_, role) in self._table.items() if role not in ("vague", "sign", "clipped")
        ) | {"mấy"}
        self._beginnings = frozenset(
            {w[:2] for w in self._goes_on} | {" " + w[:1] for w in ("", *self._goes_on)} | {"  "}
        )
        single = {word for word, (_, role) in self._table.items() if role != "vague"}
        firsts = dict.fromkeys(self._first_words())
        places = [(before, s) for before in _BEFORE for s in firsts]
        places += [(before, s) for before in _BEFORE_IDIOMS for s in readings if s not in firsts]
        #: of each pattern: whether the phrase counts for nothing; its number word if it is no more than one; how far
        #: behind its start the number begins; whether it is a number even if it stands alone
        self._patterns = [
            (s in self.idioms, s if s in single else "", self._offset(s), s in self._phrases) for _, s in places
        ]
        self.beginnings = WordList(before + s for before, s in places)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> SpelledNumbers:
        """The reader of a lexicon, made once."""
        return SpelledNumbers(lexicon)

    def _first_words(self) -> Iterator[str]:
        """The words and pairs of words that may begin a number."""
        of_role: dict[str, list[str]] = {}
        for word, (_, role) in self._table.items():
            of_role.setdefault(role, []).append(word)
        for word, (value, role) in self._table.items():
            if role in ("ten", "scale", "part") or (role == "digit" and value):
                yield word
            elif role == "vague":  # "vài người" is vague; "hàng người", "mấy người", "cả người" are no number
                yield from (f"{word} {s}" for s in (*of_role["scale"], *of_role["tens"]))
                if word not in _NEED_SCALE:
                    yield word
            elif role == "digit":  # "không phẩy năm", not "không đội mũ"
                yield from (f"{word} {s}" for s in (*of_role["point"], "trăm"))
            elif role == "clipped":
                yield from (f"{word} {s}" for s in (*of_role["digit"], *of_role["tail"]))

    def _offset(self, surface: str) -> int:
        """Where in a phrase its number begins: `hơn nửa` 4, `một vài trăm` 4."""
        words = surface.split()
        roles = [self._table[word].role if word in self._table else "" for word in words]
        is_number = [bool(role) and role not in ("sign", "link", "over", "point") for role in roles]
        first = is_number.index(True) if True in is_number else 0
        if roles[1:] == ["vague", "scale"]:
            first = 1
        return len(" ".join(words[:first])) + bool(first)

    def find(
        self,
        search: str,
        plain: str | None = None,
        digits: Sequence[Number] = (),
        hits: Iterable[Hit] | None = None,
    ) -> list[Number]:
        """The numbers in words of a text in search form, in reading order.

        Args:
            plain: shows names by their capitals. digits: the numbers in digits, whose scale words are theirs.
            hits: where `beginnings` stand, if they were looked for already.
        """
        found: list[Number] = []
        free, i, n_digits = 0, 0, len(digits)
        patterns, lone, follows = self._patterns, self._lone, _NEXT_WORD.match
        beginnings, goes_on, sole = self._beginnings, self._goes_on, self._sole
        passed = -1
        places = [(at, -end, index) for index, at, end in (self.beginnings.find(search) if hits is None else hits)]
        places.sort()
        for at, end, index in places:
            if at < passed:
                continue  # of those that begin together the longest was looked at, and the next begins behind it
            passed = end = -end
            at += 1  # behind the mark before the word
            if at < free:
                continue
            ends_word = not search[end : end + 1].isalnum()
            idiom, word, offset, alone = patterns[index]
            if idiom and ends_word:
                free = end
                continue
            is_one = False
            if word:
                if not ends_word:
                    continue
                # most words are told from number words by two letters
                following = follows(search, end) if search[end + 1 : end + 3] in beginnings else None
                is_one = (
                    following is None
                    or following[1] not in goes_on
                    # "hai năm": years, unless more follows ("năm mươi") or it is a range ("bốn năm người")
                    or (following[1] == "năm" and word in sole and search[end + 5 : end + 7] not in beginnings)
                )
                if is_one and word not in lone and len(search) > SHORT_TEXT:
                    continue
            start = at + offset
            if offset and self._goes_with_next(search, start, end):  # "những thứ tư liệu"
                continue
            if i < n_digits:
                while i < n_digits and digits[i].end <= start:
                    i += 1
                if i < n_digits and digits[i].start <= start:
                    continue
            if is_one:
                number = self._read_one(word, search, start, end, False, plain)
            else:
                number = self._read(search, start, alone and ends_word, plain)
            if number:
                found.append(number)
                free = number.end
            elif not is_one:
                free = self._end_of_telephone(search, start)
        if not found and not digits and len(search) <= SHORT_TEXT and (word := search.strip()) in self._table:
            start = search.index(word)
            number = self._read_one(word, search, start, start + len(word), False, plain)
            return [number] if number and self._table[word].role in ("digit", "tail", "ten", "scale") else []
        return found

    def _goes_with_next(self, search: str, start: int, end: int) -> bool:
        """Whether a number word belongs to the word behind it (`tư liệu`); `thứ ba là` opens no list, as `ba là` does."""
        following = _NEXT_WORD.match(search, end)
        if following is None or following[1] == "là":
            return False
        return f"{search[start:end]} {following[1]}" in self.idioms

    def _end_of_telephone(self, search: str, start: int) -> int:
        """Where the digits end that are too many for a number (`không chín một hai ba`); 0 if there are none."""
        words, ends = self._words_from(search, start, _FEW_WORDS)
        is_digit = [self._table[word].role == "digit" for word in words]
        return ends[is_digit.index(False) - 1 if False in is_digit else -1] if is_digit[:3] == [True] * 3 else 0

    def _read(self, search: str, start: int, alone: bool, plain: str | None) -> Number | None:
        """The number that begins at `start`; None if the words are none. `alone`: one ambiguous word is enough."""
        words, ends = self._words_from(search, start, _FEW_WORDS)
        if not words:
            return None
        if self._table[words[0]].role == "vague":
            return self._read_vague(words, start, ends, alone)
        if words[0] == "năm" and self._is_number(word_before(search, start)):
            return None  # "ba năm sáu tháng"
        used, low, high, scale = self._compose(words, search, ends)
        if used > 3 and len(words) == _FEW_WORDS:
            words, ends = self._words_from(search, start, _MOST_WORDS)
            used, low, high, scale = self._compose(words, search, ends)
        if used < 2:
            return (
                self._read_one(words[0], search, start, ends[0], alone, plain) if used or words[0] == "mươi" else None
            )
        end = ends[used - 1]
        signed = sign_before(search, start, end)
        if signed < start:
            return Number(signed, end, -low, None if high is None else -high, "words", scale)
        if high is None and self._table[words[used - 1]].role in ("ten", "tens") and search.startswith(" mấy ", end):
            return Number(start, end + 4, low + 1, low + 9, "vague", scale)  # "hai mươi mấy năm"
        return Number(start, end, low, high, "words", scale)

    def _compose(self, words: list[str], search: str, ends: list[int]) -> tuple[int, float, float | None, float]:
        """What compose_words reads in `words`, without years and nots."""
        words = self._without_years(words, search, ends)
        counts = bool(words) and _NEXT_WORD.match(search, ends[len(words) - 1]) is not None
        return compose_words(words, self._table, counts=counts) if words else (0, 0.0, None, 1.0)

    def _read_one(self, word: str, search: str, start: int, end: int, alone: bool, plain: str | None) -> Number | None:
        """The number of one word that begins at `start`; None if it is none."""
        value, role = self._table[word]
        if word == "năm":
            alone = not self._is_year(search, start, end, alone)
        if not (alone or word in self._lone or (role != "part" and is_all(search, start, end))):
            return None
        if plain is not None and plain[start].isupper() and is_name(plain, search, start, end):
            return None
        if role == "ten" and search.startswith(" mấy ", end):
            return Number(start, end + 4, value + 1, value + 9, "vague")
        if search[start - 2 : start - 1] in _SIGN_ENDS and (signed := sign_before(search, start, end)) < start:
            return Number(signed, end, -value, None, "words")
        scale = value if role == "scale" else 1.0
        return Number(start, end, value, None, "vague" if word in ("chục", "mươi") else "words", scale)

    def _words_from(self, search: str, start: int, most: int) -> tuple[list[str], list[int]]:
        """The number words from `start` on, at `most` so many, and where each ends; up to one that goes with its neighbour
        (`tư nhân`)."""
        words: list[str] = []
        ends: list[int] = []
        first = _FIRST_WORD.match(search, start)
        word, end = (first[0], first.end()) if first else ("", start)
        while word in self._table and len(words) < most:
            following = _NEXT_WORD.match(search, end)
            if words and following and following[1] not in self._table and f"{word} {following[1]}" in self.idioms:
                break
            words.append(word)
            ends.append(end)
            if not following:
                break
            word, end = following[1], following.end()
        return words, ends

    def _without_years(self, words: list[str], search: str, ends: list[int]) -> list[str]:
        """`words` up to a năm that is a year (`hai năm`, `ba nghìn năm`) or a không that is a not (`hai không`)."""
        if "năm" not in words and "không" not in words:
            return words
        roles = [self._table[w].role for w in words] + [""]
        for i, word in enumerate(words):
            if word == "không":
                is_number = words[i + 1 : i + 2] == ["trăm"] or roles[i + 1] == "point"
                if "point" in roles[:i]:
                    is_number = roles[i + 1] == "digit" or not _NEXT_WORD.match(search, ends[i])
                if not is_number:
                    return words[: max(i, 1)]
            elif word == "năm" and (
                self._is_year_behind(words, roles, i, search, ends[i]) if i else _is_class(words, roles)
            ):
                return words[: max(i, 1)]
        return words

    def _is_year_behind(self, words: list[str], roles: list[str], i: int, search: str, end: int) -> bool:
        """Whether the năm behind a number word is the year that is counted."""
        before, behind = roles[i - 1], roles[i + 1]
        scale = self._table[words[i + 1]].value if behind == "scale" else 0
        following = _NEXT_WORD.match(search, end)
        if "point" in roles[:i]:  # "ba phẩy hai năm nữa"; but "không phẩy năm", "một phẩy hai ba không năm"
            return roles[i - 2] == "point" and words[i - 1] != "không" and not behind and following is not None
        if before == "digit":  # "bốn năm người", "bốn năm trăm"
            is_range = scale or behind == "digit" or (following and f"năm {following[1]}" in self._phrases)
            return not (words[i - 1] == "bốn" and is_range)
        if before in ("ten", "tens", "clipped"):
            return scale < 1000
        if before == "scale" and self._table[words[i - 1]].value == 100:
            return not (behind in ("tens", "tail") or scale >= 1000 or (behind == "digit" and words[i + 1] != "một"))
        if before == "scale":
            return not (behind in ("tens", "tail") or scale)
        return search[end : end + 2].strip().isdigit()  # "một phần năm 2023"

    def _is_year(self, search: str, start: int, end: int, alone: bool) -> bool:
        """Whether a lone năm is a year: it is, unless what follows is counted, or it counts years (`năm năm`)."""
        if is_all(search, start, end):
            return False
        if search[end + 1 : end + 2].isdigit():  # "xếp hạng năm 2014"
            return True
        before = word_before(search, start)
        following = _NEXT_WORD.match(search, end)
        if not following or not (alone or following[1] == "năm"):
            return not alone
        if before == "trong":
            if self._is_number(word_before(search, start - 6)):  # "ba trong năm đối tượng"
                return False
            return alone and following[1] not in _SPANS_OF_TIME
        return before in _YEAR_BEFORE or self._is_number(before)

    def _is_number(self, word: str) -> bool:
        """Whether a word may end a number."""
        return word.isdigit() or (
            word in self._table and self._table[word].role in ("digit", "tail", "ten", "tens", "scale")
        )

    def _read_vague(self, words: list[str], start: int, ends: list[int], alone: bool) -> Number | None:
        """`hàng chục`, `hàng trăm triệu`, `mấy chục nghìn`, `vài ba`, `dăm bảy trăm`."""
        head, used = words[0], 1
        if len(words) > 1 and f"{head} {words[1]}" in self._table:
            head, used = f"{head} {words[1]}", 2
        scale, first, count = 1.0, 1.0, used
        for value, role in map(self._table.__getitem__, words[used : used + 3]):
            if role not in ("scale", "tens"):
                break
            scale, first, count = scale * value, (value if count == used else first), count + 1
        end = ends[count - 1]
        if count == used and head in _NEED_SCALE and not alone:
            return None
        if head == "cả":
            return Number(start, end, scale, None, "vague", scale)
        if head == "hàng":  # two digits for hàng chục, three for hàng trăm, of what follows
            return Number(start, end, scale, (first * 10 - 1) * (scale / first), "vague", scale)
        low, high = _ENDS[head]
        return Number(start, end, low * scale, high * scale, "vague", scale)


def _is_class(words: list[str], roles: list[str]) -> bool:
    """Whether the năm in front is a year with its number: `sinh viên năm hai`, `năm một nghìn chín trăm`."""
    return roles[1] in ("digit", "tail", "ten") and words[1] not in _AFTER_FIVE
