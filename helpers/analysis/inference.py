"""What may be concluded from the figures of the articles, and what may not: one rule a name, each with its reason.

A row says `can` or not, which rule, and the numbers that belong into its words (present/wording has these, in both
languages). Nothing here knows any article: a rule looks at facts, at the words around them, at dates and places.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import regex

from helpers.analysis.changes import Change, told_changes
from helpers.analysis.feasibility import fits, smallest_pairs
from helpers.database import Database, rows_of
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import search_form

define("whole_nouns", surface=TEXT, note=NOTE)

#: counts below this fit too many percentages to say anything
_FEW = 20
_LISTED = 6
#: "cá nhân, tổ chức vi phạm", "xã, phường", "cán bộ và chiến sĩ": several kinds in one number
_KINDS = regex.compile(r"\p{Ll}+(?: \p{Ll}+){0,2}, (?!tổng |trị giá |với |trong |gồm )\p{Ll}")
#: "với 7.061 tỉ đồng, chiếm 71,4% tổng nợ": the part is told, so the whole can be worked out
_PART_TOLD = regex.compile(r"\d[^.;]{0,60}(?:chiếm|tương đương|bằng|đạt|\()[^.;]{0,20}$")
_NAMED = regex.compile(r"[“\"]\p{L}|\s\p{Lu}\p{Ll}")
#: a sum that goes on to a second purpose: "20 tỷ đồng đầu tư xây dựng … và đầu tư mua sắm …"
_SECOND_PURPOSE = regex.compile(
    r"^[^;.]{0,200}?\bvà (?:đầu tư|mua sắm|xây dựng|sửa chữa|hỗ trợ|trang bị|nâng cấp|cải tạo|lắp đặt|mua|xây|tặng|trao)\b"
)

_FACTS = """
SELECT f.fact_id, f.kind, f.subject, f.value, f.value_high, f.qualifier, f.direction, f.base, f.aspect, f.mode, f.period,
    f.place_id, f.unit, f.mention_ids, g.mention_id, g.start - s.start AS at, g.doc_id, g.sent_id, m.surface, m.end - s.start AS ends,
    s.text AS sentence, g.whole_id, a.published
FROM facts f JOIN grouped g ON g.mention_id = f.mention_ids[1] JOIN mentions m ON m.mention_id = g.mention_id
LEFT JOIN sentences s ON s.sent_id = g.sent_id JOIN articles a ON a.doc_id = g.doc_id
WHERE g.strength > 1 AND (f.kind IN ('percent', 'ratio') OR f.qualifier IN ('more_than', 'at_least') OR f.kind = 'money'
    OR (f.kind = 'count' AND f.mode = 'done' AND f.subject LIKE '%,%'))
ORDER BY f.doc_id, f.start
"""

_COUNTS_BESIDE = f"""
SELECT p.fact_id, c.fact_id AS count_id, c.value, c.subject, c.mention_ids[1] AS mention_id
FROM facts p JOIN grouped gp ON gp.mention_id = p.mention_ids[1]
JOIN grouped gc ON gc.sent_id = gp.sent_id JOIN facts c ON c.fact_key = gc.fact_key
WHERE p.kind = 'percent' AND p.aspect = 'change' AND c.kind = 'count' AND c.aspect = 'count' AND c.mode = 'done'
    AND c.qualifier = 'exact' AND c.value_high IS NULL AND c.value >= {_FEW} AND c.value = floor(c.value)
ORDER BY p.doc_id, p.start, gc.start
"""

_CUTOFFS = f"""
SELECT g.doc_id, f.period, a.published, count(*) AS n, list(g.mention_id ORDER BY g.start)[:{_LISTED}] AS mention_ids,
    list(f.fact_id ORDER BY g.start)[:{_LISTED}] AS fact_ids
FROM facts f JOIN grouped g USING (fact_key) JOIN articles a ON a.doc_id = g.doc_id
WHERE f.mode = 'done' AND f.kind <> 'rank' AND a.published IS NOT NULL AND f.period IS NOT NULL AND length(f.period) <= 7
    AND left(a.published, length(f.period)) = f.period AND length(a.published) > length(f.period)
GROUP BY g.doc_id, f.period, a.published ORDER BY g.doc_id, f.period
"""

_GROUPS = """
SELECT reason, subject, fact_ids, mention_ids FROM agreements WHERE reason IN ('other_name', 'same_value_other_place')
ORDER BY agreement_id
"""

_OWN_PLACES = """
WITH told AS (
    SELECT g.doc_id, f.place_id, count(*) AS n, arg_min(g.mention_id, g.start) AS mention_id, arg_min(f.fact_id, g.start) AS fact_id
    FROM facts f JOIN grouped g USING (fact_key) WHERE f.place_id IS NOT NULL AND f.mode = 'done' GROUP BY g.doc_id, f.place_id
), own AS (
    SELECT *, row_number() OVER (PARTITION BY doc_id ORDER BY n DESC, mention_id) AS i FROM told
)
SELECT place_id, count(*) AS n_articles, min(mention_id) AS mention_id, min(fact_id) AS fact_id FROM own WHERE i = 1
GROUP BY place_id ORDER BY n_articles DESC, mention_id
"""


def inference_row(
    rule: str, can: bool, saying: str, mention_ids: Iterable[str], fact_ids: Iterable[str] = (), **values: Any
) -> dict:
    """One row of table `inferences`; `saying` names the words that state it."""
    mentions, facts = list(dict.fromkeys(mention_ids)), list(dict.fromkeys(fact_ids))
    return {
        "inference_id": f"{saying}:{(mentions or facts or [''])[0] or values.get('doc_id', '')}", "rule": rule, "can": can,
        "saying": saying, "values": json.dumps(values, ensure_ascii=False, sort_keys=True), "fact_ids": facts,
        "mention_ids": mentions,
    }  # fmt: skip


def find_inferences(db: Database, lexicon: Lexicon) -> Iterator[dict]:
    """Rows for table `inferences`. Needs tables `facts` and `agreements`."""
    whole = tuple(f"{search_form(noun)} " for noun in lexicon.surfaces("whole_nouns"))
    beside = {
        fact_id: list(counts) for fact_id, counts in groupby(rows_of(db, _COUNTS_BESIDE), key=lambda c: c["fact_id"])
    }
    changes = told_changes(db)
    known = {change.percent["fact_id"] for change in changes}
    yield from filter(None, map(_before, changes))
    for fact in list(rows_of(db, _FACTS)):
        if fact["fact_id"] in known:  # its counts are told
            continue
        for rule in (_share, _change, _ratio, _bound, _undivided, _purpose):
            yield from rule(fact)
        if (
            fact["kind"] == "percent"
            and fact["aspect"] == "change"
            and f"{search_form(fact['subject'])} ".startswith(whole)
        ):
            yield from _feasible(fact, beside.get(fact["fact_id"], []))
    for cutoff in rows_of(db, _CUTOFFS):
        yield inference_row("open_cutoff", False, "open_cutoff", cutoff["mention_ids"], cutoff["fact_ids"],
                            period=cutoff["period"], published=cutoff["published"], n=cutoff["n"])  # fmt: skip
    for group in list(rows_of(db, _GROUPS)):
        yield from _of_group(group)
    yield from _units(list(rows_of(db, _OWN_PLACES)))
    months = "SELECT doc_id, published FROM articles WHERE length(published) IN (4, 7) ORDER BY doc_id"
    for article in rows_of(db, months):
        yield inference_row(
            "month_precision", False, "month_precision", [], doc_id=article["doc_id"], published=article["published"]
        )


def _share(fact: dict) -> Iterator[dict]:
    """`100% công dân có đủ điều kiện`: of how many is not told, and it is not of a wider group."""
    if fact["kind"] != "percent" or fact["aspect"] != "share" or fact["whole_id"] or _holds_count(fact["base"]):
        return
    before = (fact["sentence"] or "")[: fact["at"]]
    if any(c.isalpha() for c in fact["subject"]) and not _PART_TOLD.search(before):
        yield inference_row("share_without_base", False, "share_without_base", fact["mention_ids"], [fact["fact_id"]],
                            value=fact["value"], subject=fact["subject"])  # fmt: skip


def _change(fact: dict) -> Iterator[dict]:
    """`giảm 26,82%`: a ratio, no counts."""
    if (
        fact["kind"] != "percent"
        or fact["aspect"] != "change"
        or _holds_count(fact["base"])
        or fact["value_high"] is not None
    ):
        return
    values = {"value": fact["value"], "subject": fact["subject"], "direction": fact["direction"], "base": fact["base"]}
    sign = {"decrease": -1, "increase": 1}.get(fact["direction"])
    if sign and fact["qualifier"] == "exact":
        ratio = round(1 + sign * fact["value"] / 100, 6)
        yield inference_row(
            "change_without_base",
            True,
            "change_as_ratio",
            fact["mention_ids"],
            [fact["fact_id"]],
            ratio=ratio,
            **values,
        )
    yield inference_row(
        "change_without_base", False, "change_without_base", fact["mention_ids"], [fact["fact_id"]], **values
    )


def _holds_count(base: str | None) -> bool:
    """Whether the base of comparison gives a number of its own, not only a year: `so với 225 vụ`."""
    words = regex.sub(r"(?:năm|tháng|quý|ngày)\s\d[\d/]*|\b(?:19|20)\d\d\b", "", base or "")
    return bool(regex.search(r"\d", words))


def _before(change: Change) -> dict | None:
    """`155 vụ, tăng 12,3%`: 138 before; or that no whole number rises so to 155."""
    count, percent = change.count, change.percent
    about = {
        "value": percent["value"],
        "direction": percent["direction"],
        "subject": count["subject"],
        "count": count["value"],
    }
    ids, facts = ([f[key] for f in change.figures] for key in ("mention_id", "fact_id"))
    if change.before is None:
        return (
            None
            if change.by
            else inference_row(
                "whole_number_feasibility", True, "other_series", ids, facts, counts=[count["value"]], **about
            )
        )
    low, high = change.before
    if low != high:
        return inference_row("whole_number_feasibility", True, "count_between", ids, facts, low=low, high=high, **about)
    return inference_row("whole_number_feasibility", True, "count_before", ids, facts, before=low, **about)


def _ratio(fact: dict) -> Iterator[dict]:
    """`7/11 tổ dân phố`: 63,6%, and 4 without."""
    part, whole = fact["value"], fact["value_high"]
    if fact["kind"] == "ratio" and fact["aspect"] == "share" and whole and 0 <= part <= whole and whole > 1:
        yield inference_row("ratio_share", True, "ratio_share", fact["mention_ids"], [fact["fact_id"]], part=part, whole=whole,
                            rest=whole - part, percent=round(100 * part / whole, 2), subject=fact["subject"])  # fmt: skip


def _feasible(fact: dict, counts: list[dict]) -> Iterator[dict]:
    """Which counts can stand behind a change, and which of those beside it can't."""
    decimals = len(fact["surface"].replace(".", ",").partition(",")[2])
    if (
        fact["direction"] not in ("increase", "decrease")
        or fact["qualifier"] != "exact"
        or not decimals
        or fact["value"] <= 0
    ):
        return
    how = {"decimals": decimals, "direction": fact["direction"]}
    if pairs := smallest_pairs(fact["value"], **how):
        yield inference_row("whole_number_feasibility", True, "smallest_pairs", fact["mention_ids"], [fact["fact_id"]],
                            value=fact["value"], pairs=pairs, cut=smallest_pairs(fact["value"], is_cut=True, **how),
                            subject=fact["subject"])  # fmt: skip
    others = [c for c in counts if not fits(int(c["value"]), fact["value"], **how)]
    if others:
        yield inference_row("whole_number_feasibility", True, "other_series", [*fact["mention_ids"], *(c["mention_id"] for c in others)],
                            [fact["fact_id"], *(c["count_id"] for c in others)], value=fact["value"],
                            counts=[c["value"] for c in others], subject=fact["subject"])  # fmt: skip


def _bound(fact: dict) -> Iterator[dict]:
    """`hơn 20 tỷ`: at least so much, no upper bound."""
    if fact["qualifier"] in ("more_than", "at_least") and fact["aspect"] != "change" and fact["kind"] != "rank":
        yield inference_row("lower_bound", True, "lower_bound", fact["mention_ids"], [fact["fact_id"]], surface=fact["surface"],
                            value=fact["value"], unit=fact["unit"], subject=fact["subject"])  # fmt: skip


def _undivided(fact: dict) -> Iterator[dict]:
    """`225 cá nhân, tổ chức vi phạm`: how many of each is not told."""
    if (
        fact["kind"] == "count"
        and fact["mode"] == "done"
        and fact["value"] > 1
        and fact["value_high"] is None
        and _KINDS.match(fact["subject"])
    ):
        yield inference_row("undivided_total", False, "undivided_total", fact["mention_ids"], [fact["fact_id"]],
                            value=fact["value"], subject=fact["subject"])  # fmt: skip


def _purpose(fact: dict) -> Iterator[dict]:
    """A sum with two purposes behind it: of both, or of the first?"""
    if (
        fact["kind"] == "money"
        and fact["mode"] == "done"
        and fact["sentence"]
        and _SECOND_PURPOSE.match(fact["sentence"][fact["ends"] :])
    ):
        yield inference_row("unclear_scope", False, "unclear_purpose", fact["mention_ids"], [fact["fact_id"]],
                            surface=fact["surface"], unit=fact["unit"], subject=fact["subject"])  # fmt: skip


def _of_group(group: dict) -> Iterator[dict]:
    """What a conflict or an unclear scope forbids."""
    reason = group["reason"]
    if reason == "other_name":
        yield inference_row("name_conflict", False, "name_conflict", group["mention_ids"], subject=group["subject"])
    elif reason == "same_value_other_place" and _NAMED.search(group["subject"]):
        yield inference_row(
            "unclear_scope", False, "unclear_place", group["mention_ids"], group["fact_ids"], subject=group["subject"]
        )


def _units(places: list[dict]) -> Iterator[dict]:
    """Articles of different places: no sum, no trend over them together."""
    if len(places) > 1:
        first = places[:_LISTED]
        yield inference_row("different_unit", False, "different_unit", [p["mention_id"] for p in first], [p["fact_id"] for p in first],
                            places=[p["place_id"] for p in first], n=len(places))  # fmt: skip
