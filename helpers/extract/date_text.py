"""A text opened for the rules of dates.py: its words, the article's own date, and looks at what stands beside a date.

Rules are functions `rule(text, at, end)`: `at` and `end` bound the anchor that called them (`7/`, `tháng `, `2023`); they
give a Mention or None. All looks are bounded: at the words just before, or by a pattern that is matched at one position.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from helpers.extract.calendar import Published, full_year, is_day, is_day_of_some_year, year_of_day
from helpers.extract.date_numbers import match_year_words
from helpers.extract.span import STRONG, Mention, Reading
from helpers.lexicon import NOTE, NUMBER, TEXT, Column, Lexicon, define
from helpers.normalize import search_form
from helpers.patterns import late

ROLES = (
    "part", "day_cue", "day_link", "day", "elsewhere", "shift", "weekday", "season", "count", "forward", "past",
    "year_cue", "month_cue", "rate", "class", "stem", "branch",
)  # fmt: skip
define("date_words", surface=TEXT, role=Column(values=ROLES), value=Column(empty=True), note=NOTE)
define("feasts", surface=TEXT, calendar=Column(values=("solar", "lunar")), month=NUMBER, day=NUMBER, note=NOTE)

YEAR = r"(?:1[89]|20|21)\d\d"
#: nothing that would make another number of the digits before
NO_MORE = r"(?![\d%]|[.,]\d)"
UNKNOWN_DATE = "the article's own date is unknown"
UNKNOWN_DAY = "the article's own day is unknown"
ELSEWHERE = "what it refers to stands elsewhere"
NO_DAY, NO_MONTH = "no such day", "no such month"
RECURRING = "it comes again and again"

_YEAR_BEHIND = late(
    re.compile,
    rf"(?:\s?,)?\s(?:của\s)?năm\s(?:(?P<year>{YEAR})(?![\d/%]|[.,]\d)|(?P<word>nay|ngoái|kia|trước|sau|tới)(?![^\W\d_]))|\s(?P<this>này)(?![^\W\d_])",
)
_YEAR_WORD = late(re.compile, r",?\snăm\s(?!\d)")
_SHORT_YEAR = late(re.compile, r"(?:,?\snăm\s|/)(\d\d)(?!\w|[./-]\d|,\d| \w)")
_YEAR_SHIFT = {"nay": 0, "ngoái": -1, "trước": -1, "kia": -2, "sau": 1, "tới": 1}
_COMING = late(re.compile, r"\s(?:sắp\s)?tới(?:\sđây)?(?![^\W\d_]|\s(?:\d|ngày|hết|cuối|đầu|tháng|năm|nay))")
_GONE = late(re.compile, r"\s(?:vừa\s(?:qua|rồi)|đã qua)(?![^\W\d_])")
_WORD = late(re.compile, r"[^\W\d_]{1,12}")
_CLAUSE_ENDS = (". ", "; ", ": ", "\n")
_RIGHT_BEFORE = frozenset(("", "ngày", "tháng", "mùng", "rằm"))


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The words of date_words.csv by role, in search form."""

    by_role: dict[str, dict[str, str]]
    #: words and pairs of words that end right before a day written with digits; those that only go with a slash
    day_cues: frozenset[str]
    day_links: frozenset[str]
    year_cues: frozenset[str]
    counts: frozenset[str]
    month_cues: frozenset[str]
    #: what is counted by the month or day: "tháng 2 lần" is a rate
    rates: frozenset[str]
    #: words that speak of what is to come (True) or gone (False), and their last words
    tense: dict[str, bool]
    tense_ends: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4)
    def of(lexicon: Lexicon) -> DateWords:
        """The words of a lexicon, made once."""
        by_role: dict[str, dict[str, str]] = {role: {} for role in ROLES}
        for row in lexicon.entries("date_words"):
            by_role[row["role"]][search_form(row["surface"])] = row["value"]
        tense = dict.fromkeys(by_role["past"], False) | dict.fromkeys(by_role["forward"], True)
        return DateWords(
            by_role,
            frozenset([*by_role["day_cue"], *by_role["part"], *by_role["weekday"], *_civil_feast_ends(lexicon)]),
            frozenset(by_role["day_link"]),
            frozenset(by_role["year_cue"]),
            frozenset(by_role["count"]),
            frozenset(by_role["month_cue"]),
            frozenset(by_role["rate"]),
            tense,
            frozenset(phrase.split()[-1] for phrase in tense),
        )


def _civil_feast_ends(lexicon: Lexicon) -> frozenset[str]:
    """The last two words of civil feasts, which may stand right before their day: `Quốc tế Lao động 1/5`."""
    names = (search_form(r["surface"]).split() for r in lexicon.entries("feasts") if r["calendar"] == "solar")
    return frozenset(" ".join(name[-2:]) for name in names) - {"việt nam"}


@dataclass(slots=True)
class DateText:
    """What the rules read of one document; `last` is the mention that the rules gave before."""

    search: str
    plain: str
    published: Published | None
    words: DateWords
    last: Mention | None = None

    @staticmethod
    def of(reading: Reading, lexicon: Lexicon) -> DateText:
        """Opens a document."""
        return DateText(
            reading.search, reading.plain, Published.parse(reading.document.published), DateWords.of(lexicon)
        )

    def words_before(self, at: int) -> tuple[str, str]:
        """(last word, last two words) before `at`; spaces, commas and an open bracket between are passed over.

        "vào sáng nay (" gives ("nay", "sáng nay").
        """
        parts = self.search[max(0, at - 18) : at].rstrip(" (,").split()[-2:]
        if not parts:
            return "", ""
        last = parts[-1].rpartition("(")[2].lstrip("\"'")
        return last, f"{parts[0]} {last}" if len(parts) == 2 else last

    def is_before(self, at: int, cues: frozenset[str]) -> bool:
        """Whether one of `cues` (of one or two words) ends right before `at`."""
        one, two = self.words_before(at)
        return one in cues or two in cues

    def is_counted(self, at: int) -> bool:
        """Whether the word at `at` is counted by the word before: `3 năm qua`, `mỗi năm`, `những năm`."""
        if self.search[at - 1 : at] != " " or self.search[at - 2 : at - 1] in (",", "("):
            return False
        one, two = self.words_before(at)
        if one[-1:].isdigit():
            return two.split(" ")[0] not in self.words.by_role["class"]
        return one in self.words.counts or two in self.words.counts

    def word_behind(self, end: int) -> str:
        """The word after a space behind `end`; "" where none follows."""
        if self.search[end : end + 1] != " ":
            return ""
        m = _WORD.match(self.search, end + 1)
        return m[0] if m else ""

    def points_forward(self, at: int, end: int | None = None) -> bool:
        """Whether the words around a date speak of what is to come: the nearest word that tells decides."""
        if end is not None and self.search[end : end + 1] == " ":
            if _COMING.match(self.search, end):
                return True
            if _GONE.match(self.search, end):
                return False
        start = max(0, at - 60)
        start = max(start, *(self.search.rfind(mark, start, at) for mark in _CLAUSE_ENDS))
        words = self.search[start:at].replace(",", "").split()
        tense, last_words = self.words.tense, self.words.tense_ends
        if last_words.isdisjoint(words):
            return False
        for i in range(len(words) - 1, -1, -1):
            if words[i] not in last_words:
                continue
            for n in range(min(3, i + 1), 0, -1):
                phrase = " ".join(words[i - n + 1 : i + 1])
                # "trước ngày 15/2" looks ahead, "tuần trước" doesn't
                if phrase in tense and (phrase != "trước" or " ".join(words[i + 1 :]) in _RIGHT_BEFORE):
                    return tense[phrase]
        return False

    def spelled_year(self, end: int) -> tuple[int | None, int]:
        """(year, end) of `năm hai nghìn không trăm hai mươi ba`, `năm 99`, `/99` behind a month; (None, end) if none."""
        if short := _SHORT_YEAR.match(self.search, end):
            return full_year(int(short[1]), self.published), short.end()
        if words := _YEAR_WORD.match(self.search, end):
            return match_year_words(self.search, words.end()) or (None, end)
        return None, end

    def year_behind(self, end: int) -> tuple[int | None, int, tuple[str, ...]]:
        """(year, end, inferred) of `năm 2023`, `năm ngoái` behind a day or month that ends at `end`; (None, end, ()) if none."""
        if self.search[end : end + 1] not in (" ", ","):
            return None, end, ()
        m = _YEAR_BEHIND.match(self.search, end)
        if m is None:
            return None, end, ()
        if m["year"]:
            return int(m["year"]), m.end(), ()
        if self.published is None:
            return None, end, ()
        if m["this"]:
            return self.published.year, end, ("year",)
        return self.published.year + _YEAR_SHIFT[m["word"]], m.end(), ("year",)


#: a rule: (the text, start and end of its anchor) -> what it reads there
Rule = Callable[[DateText, int, int], Mention | None]


def date_mention(rule: str, start: int, end: int, value: str | None, *, strength: int = STRONG, form: str = "calendar",
                 inferred: Iterable[str] = (), time: str | None = None, reason: str | None = None) -> Mention:  # fmt: skip
    """A date or time; `reason` says why there is no value and is dropped where there is one."""
    fields = {"value": value, "form": form, "time": time, "reason": None if value else reason}
    return Mention("date", start, end, rule, fields, strength, tuple(inferred) if value or form == "clock" else ())


def iso(year: int, month: int, day: int) -> str:
    """EDTF of a day."""
    return f"{year:04d}-{month:02d}-{day:02d}"


def resolve_day(
    text: DateText, month: int, day: int, year: int | None, *, at: int, end: int
) -> tuple[str | None, tuple[str, ...], str | None]:
    """(EDTF, inferred, reason) of a day; `year` None to tell it from the article's own date."""
    if year is not None:
        good = is_day(year, month, day)
        return (iso(year, month, day), (), None) if good else (None, (), NO_DAY)
    if not is_day_of_some_year(month, day):
        return None, (), NO_DAY if 1 <= month <= 12 else NO_MONTH
    if text.published is None:
        return None, (), UNKNOWN_DATE
    year = year_of_day(month, day, text.published, forward=text.points_forward(at, end))
    return (iso(year, month, day), ("year",), None) if year else (None, (), UNKNOWN_DATE)


def day_of(mention: Mention) -> datetime.date | None:
    """The single day that a mention means, if it means one."""
    value = mention.fields["value"]
    if value is None or len(value) != 10 or "/" in value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None
