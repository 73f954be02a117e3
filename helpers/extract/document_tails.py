"""What stands behind a cited document's number: its date, its issuer, its subject, the short name it is
given.

Nghị quyết số 04 NQ-ThU [ngày 15/6/2021] của [Ban Thường vụ Thị ủy Kỳ Anh] về [tăng cường …] (gọi tắt là
[Nghị quyết 04])
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import regex

from helpers.extract.offices import joint_end
from helpers.extract.span import STRONG, Mention, Reading
from helpers.extract.word_patterns import any_of
from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.patterns import late

_ENDS = ("issuer_end", "subject_end", "clause_start", "title_end", "counted", "after_number")
_BARE = ("bare_start", "bare_within", "no_law", "office")
define("document_words", surface=TEXT, use=Column(values=_ENDS + _BARE), note=NOTE)

MAX_ALIASES = 500
ALIAS_REACH = 320

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ISSUED = late(
    regex.compile,
    rf",?\s(?:(?:ban hành |kí )?ngày\s)?(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?{_YEAR}"
    rf"|,?\sngày\s(?P<day>\d{{1,2}})\stháng\s(?P<month>\d{{1,2}})\snăm\s{_YEAR}"
    rf"|,?\snăm\s{_YEAR}",
)
_ALIAS = late(
    regex.compile,
    r"\((?:sau đây\s|dưới đây\s)?(?:được\s)?(?:gọi|viết)\s(?:chung\s|tắt\s)?là:?\s"
    r"\"?(?P<alias>[^()\n\"]{3,60})\"?\)",
)


@dataclass(frozen=True)
class _Tails:
    issuer: regex.Pattern[str]
    subject: regex.Pattern[str]


def blank_fields(kind: str | None) -> dict[str, object]:
    """The columns of a document of which only the type is known."""
    empty = dict.fromkeys(("number", "symbol", "year", "issuer", "issued_on", "subject", "name"))
    return {"type": kind, **empty}


def words_of_use(lexicon: Lexicon, use: str) -> list[str]:
    """The words of document_words.csv that have this use."""
    return [row["surface"] for row in lexicon.entries("document_words") if row["use"] == use]


@lru_cache(maxsize=4)
def _tails(lexicon: Lexicon) -> _Tails:
    issuer_end = any_of(words_of_use(lexicon, "issuer_end"))
    subject_end = any_of(words_of_use(lexicon, "subject_end"))
    clause = any_of(words_of_use(lexicon, "clause_start"))
    return _Tails(
        # before "và": the issuer's own capitals are checked in read_tail
        issuer=late(
            regex.compile,
            rf",?\s(?:do|của)\s(?P<issuer>\p{{L}}[^\n.;:()\"]{{1,90}}?)(?=\s{issuer_end}|\svà\s|[,.;:()\"\n]|$)",
        ),
        subject=late(
            regex.compile,
            rf",?\s(?:ban hành\s)?(?:về(?:\sviệc)?|v/v)\s(?P<subject>[^\n.;()\"]{{4,240}}?)"
            rf"(?=\s{subject_end}|[.;()\"\n]|,\s{clause}|$)"
            # "phê duyệt Đề án …": what is decided is the subject
            rf"|,?\s(?P<subject>(?:phê duyệt|sửa đổi|thành lập)\s[^\n.;()\"]{{4,240}}?)(?=\s{subject_end}|[,.;()\"\n]|$)",
        ),
    )


def read_date(reading: Reading, at: int, fields: dict[str, object]) -> int:
    """Adds `issued_on` and `year` to `fields`; where the date ends, `at` if there is none. An impossible
    date is passed.
    """
    issued = _ISSUED.match(reading.search, at)
    if not issued:
        return at
    parts = [int(p) for p in (issued["year"], issued["month"], issued["day"]) if p]
    if len(parts) == 1 or (1 <= parts[1] <= 12 and 1 <= parts[2] <= 31):
        fields["issued_on"] = "-".join(f"{p:02d}" for p in parts)
        fields["year"] = fields["year"] or parts[0]
    return issued.end()


def read_tail(reading: Reading, at: int, fields: dict[str, object], *, lexicon: Lexicon) -> None:
    """Adds issuer and subject, in either order."""
    tails = _tails(lexicon)
    for _ in range(2):
        if not fields["issuer"] and (found := tails.issuer.match(reading.search, at)):
            start, at = found.span("issuer")
            while joint := joint_end(reading.search, at, lexicon=lexicon):
                at = joint  # "Bộ Giáo dục và Đào tạo"
            if reading.plain[start].isupper():
                fields["issuer"] = " ".join(reading.plain[start:at].split())
        elif not fields["subject"] and (found := tails.subject.match(reading.search, at)):
            start, at = found.span("subject")
            fields["subject"] = " ".join(reading.plain[start:at].split())


def _number_by_alias(owner: Mention, alias: Mention) -> None:
    """`Đề án phát triển dữ liệu dân cư (gọi tắt là Đề án 06)`: the short name tells the number."""
    same_type = str(owner.fields["type"]).lower() == str(alias.fields["type"]).lower()
    if same_type and not owner.fields["number"]:
        owner.fields["number"] = alias.fields["number"]
        owner.inferred = (*owner.inferred, "number")


def bind_aliases(reading: Reading, found: list[Mention]) -> list[Mention]:
    """Short names that the article binds: `(gọi tắt là Đề án)`, and where they stand again."""
    aliases: list[Mention] = []
    starts, bound_names = [m.start for m in found], set()
    for bound in _ALIAS.finditer(reading.search) if "(" in reading.search else ():
        i = bisect_right(starts, bound.start()) - 1
        owner = found[i] if i >= 0 and bound.start() - found[i].end < ALIAS_REACH else None
        alias, at = reading.plain[slice(*bound.span("alias"))], bound.start("alias")
        if owner is not None and i + 1 < len(found) and found[i + 1].start == at:
            _number_by_alias(owner, found[i + 1])
        if owner is None or alias in bound_names:
            continue
        bound_names.add(alias)
        while at != -1 and len(aliases) < MAX_ALIASES:
            i = bisect_right(starts, at) - 1
            if i < 0 or found[i].end <= at:
                aliases.append(Mention("document", at, at + len(alias), "short_name", dict(owner.fields), STRONG))
            at = reading.plain.find(alias, at + len(alias))
    return aliases
