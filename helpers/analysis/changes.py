"""Changes told beside the count: `44 vụ, giảm 8 vụ (15,38%)`, `155 vụ, tăng 12,3%`.

There the number before the change follows, and the parts can be held against each other: 8 of 52 are 15,38 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from helpers.analysis.bounds import Said, bounds
from helpers.analysis.feasibility import befores, prints_as
from helpers.analysis.groups import group_row
from helpers.database import Database, rows_of

#: letters between the figures of one change
_NEAR = 80
#: between a count and its change in per cent: "155 vụ phạm pháp hình sự, tăng 12,3%"
_CHANGED = regex.compile(r"[^.;:()\d]{0,70}?(?:, | \(|\s)(?:đã )?(?:giảm|tăng) ")

#: behind a change in per cent that names its own count: "tăng 60% về số vụ"
_OF_ANOTHER = regex.compile(r"\s?%\s(?:về |đối với )?(?:tổng )?số ")

# The figures of sentences with a change in per cent, in reading order.
_FIGURES = """
SELECT g.sent_id, g.mention_id, f.fact_id, f.subject, m.kind, m.surface, q.value, q.value_high, q.qualifier, q.aspect, q.mode,
    q.direction, split_part(q.subject_key, ' ', 1) AS head, g.start - s.start AS at, m.end - s.start AS ends, s.text AS sentence
FROM grouped g JOIN mentions m USING (mention_id) JOIN quantities q USING (mention_id) JOIN facts f USING (fact_key)
JOIN sentences s ON s.sent_id = g.sent_id
WHERE m.kind IN ('count', 'money', 'percent', 'measure', 'ratio') AND g.sent_id IN (
    SELECT p.sent_id FROM grouped p JOIN quantities c USING (mention_id) JOIN mentions n USING (mention_id)
    WHERE n.kind = 'percent' AND c.aspect = 'change')
ORDER BY g.doc_id, g.start
"""


@dataclass(frozen=True)
class Change:
    """A count with its change in per cent, and in numbers where they are told (`by`)."""

    count: dict
    percent: dict
    by: dict | None

    @property
    def decimals(self) -> int:
        return len(self.percent["surface"].replace(".", ",").partition(",")[2])

    @property
    def before(self) -> tuple[int, int] | None:
        """The lowest and highest whole number before the change; None where none gives such a percentage."""
        count = int(self.count["value"])
        if self.by is None:
            return befores(count, self.percent["value"], decimals=self.decimals, direction=self.percent["direction"])
        by = int(self.by["value"])
        before = count + by if self.by["direction"] == "decrease" else count - by
        fits = before > 0 and prints_as(by, before, self.percent["value"], decimals=self.decimals)
        return (before, before) if fits else None

    @property
    def figures(self) -> list[dict]:
        return [figure for figure in (self.count, self.by, self.percent) if figure]


def told_changes(db: Database) -> list[Change]:
    """The changes that stand beside their counts. Needs what `group_facts` made."""
    found: list[Change] = []
    for _, of_sentence in groupby(rows_of(db, _FIGURES), key=lambda f: f["sent_id"]):
        figures = list(of_sentence)
        found += filter(None, (_change(figures, i) for i in range(len(figures))))
    return found


def misfits(changes: list[Change]) -> Iterator[tuple[dict, list[int]]]:
    """Groups for table `agreements`: numbers of one change of which not all can be true."""
    for change in changes:
        if change.by and change.before is None:
            values = {"count": change.count["value"], "by": change.by["value"], "percent": change.percent["value"]}
            ids, facts = ([f[key] for f in change.figures] for key in ("mention_id", "fact_id"))
            yield (
                group_row(
                    "contradicted", "change", change.count["subject"], "change_does_not_fit", ids, facts, **values
                ),
                [],
            )


def _change(figures: list[dict], i: int) -> Change | None:
    percent = figures[i]
    if percent["kind"] != "percent" or percent["aspect"] != "change" or not _is_plain(percent) or i == 0:
        return None
    if percent["direction"] not in ("increase", "decrease") or _OF_ANOTHER.match(percent["sentence"], percent["ends"]):
        return None
    by = figures[i - 1] if figures[i - 1]["aspect"] == "change" and figures[i - 1]["kind"] == "count" else None
    if by and (
        i == 1 or not _is_plain(by) or by["direction"] != percent["direction"] or percent["at"] - by["ends"] > _NEAR
    ):
        return None
    count = figures[i - 2] if by else figures[i - 1]
    if count["kind"] != "count" or count["aspect"] != "count" or count["mode"] != "done" or not _is_plain(count):
        return None
    changed = by or percent
    gap = count["sentence"][count["ends"] : changed["at"]]
    if len(gap) > _NEAR or not _CHANGED.fullmatch(gap) or (by and by["head"] not in ("", count["head"])):
        return None
    return Change(count, percent, by)


def _is_plain(figure: dict) -> bool:
    """Whether a figure is one number, and a count no rounded one: of `6,2 triệu` no single number before follows."""
    if figure["qualifier"] != "exact" or figure["value_high"] is not None or figure["value"] <= 0:
        return False
    low, high = bounds(Said(figure["value"]))
    return figure["kind"] == "percent" or low == high == int(low)
