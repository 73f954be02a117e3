"""Which sayings must be read as dates and times, and how: tests/cases/dates.csv; and the lunar calendar behind them."""

from __future__ import annotations

import datetime
import itertools

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.dates import propose_dates
from helpers.extract.lunar import lunar_month, lunar_to_solar
from helpers.extract.register import extract_document
from helpers.extract.span import Reading
from helpers.normalize import fold


def _ids(case):
    return f"{case['text'][:36]}|{case['surface']}"


def _dates(text, vi, published=None):
    """What the rules of dates propose, without the rest of the extraction."""
    document = Document("x", text, published=published)
    return propose_dates(Reading(document, fold(text), [], []), vi)


@pytest.mark.parametrize("case", read_cases("dates"), ids=_ids)
def test_date_is_read_as_the_case_says(case, vi):
    document = Document("x", case["text"], published=case["published"] or None)
    found = [m for m in extract_document(document, vi).mentions if m.kind == "date"]
    if not case["surface"]:
        assert [m.surface for m in found] == []
        return
    match = [m for m in found if m.surface == case["surface"]]
    assert match, f"found only {[m.surface for m in found]}"
    fields = match[0].fields
    assert (fields["value"] or "", fields["form"], fields["time"] or "") == (case["value"], case["form"], case["time"])
    assert " ".join(match[0].inferred) == case["inferred"]
    assert bool(fields["reason"]) == (not case["value"] and case["form"] != "clock")


@pytest.mark.parametrize(
    "day",
    "1985-01-21 1990-01-27 1995-01-31 2000-02-05 2005-02-09 2007-02-17 2010-02-14 2015-02-19 2016-02-08 2017-01-28 "
    "2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2030-02-02 "
    "2035-02-08".split(),
)
def test_tet_falls_on_the_day_of_the_vietnamese_calendar(day):
    assert lunar_to_solar(int(day[:4]), 1, 1) == datetime.date.fromisoformat(day)


def test_lunar_months_follow_each_other_without_gap():
    for year in range(1950, 2051):
        months = [lunar_month(year, n, leap=leap) for n in range(1, 13) for leap in (False, True)]
        known = [m for m in months if m]
        assert len(known) in (12, 13)
        assert all((b[0] - a[1]).days == 1 for a, b in itertools.pairwise(known))
        assert all(28 <= (last - first).days <= 29 for first, last in known)
        following = lunar_month(year + 1, 1)
        assert following and (following[0] - known[-1][1]).days == 1


def test_leap_months_stand_where_the_sun_skips_a_term():
    leap = {2020: 4, 2023: 2, 2025: 6, 2028: 5, 2033: 11, 1987: 7}
    assert {y: next(n for n in range(1, 13) if lunar_month(y, n, leap=True)) for y in leap} == leap


def test_what_no_lunar_month_holds_has_no_day():
    assert lunar_to_solar(2024, 12, 30) is None
    assert lunar_to_solar(2024, 13, 1) is None
    assert lunar_to_solar(1500, 1, 1) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ngày 31/2", "no such day"),
        ("ngày 5/13", "no such month"),
        ("tháng 13", "no such month"),
        ("tối 15/12", "the article's own date is unknown"),
        ("hôm qua", "the article's own date is unknown"),
        ("cùng ngày", "what it refers to stands elsewhere"),
    ],
)
def test_a_date_without_value_says_why(text, reason, vi):
    (mention,) = _dates(text, vi)
    assert (mention.fields["value"], mention.fields["reason"]) == (None, reason)


def test_proposed_dates_never_overlap_and_stand_in_order(vi, seeds):
    for extraction in seeds.values():
        found = _dates(extraction.document.text, vi, extraction.document.published)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "unit", ["1/", "1-", "1.", "1:", "1h", "1", "tháng 2 ", "1 tháng ", "năm 2020 ", "2020-", "1, ", "1/1, ", "mùng 1 ",
             "tết ", "thứ hai ", "quý i, ", "năm hai nghìn ", "từ 1 đến ", "1 giờ kém ", "giáp thìn "],
)  # fmt: skip
def test_long_runs_of_one_thing_are_read_to_their_end(unit, vi):
    text = unit * (50_000 // len(unit)) + " ngày 15/6/2021"
    last = _dates(text, vi, "2024-05-20")[-1]
    assert last.fields["value"] == "2021-06-15"


@pytest.mark.parametrize("published", [None, "0001", "9999-12-31", "2024-02-30", "rất lâu"])
def test_odd_publication_dates_never_raise(published, vi):
    text = "Sáng 29/2, tuần sau, tháng 12 năm sau, mùng 1 Tết, Trung thu, thứ Hai tới, hôm kia, quý IV, ngày 30."
    assert len(_dates(text, vi, published)) == 9
