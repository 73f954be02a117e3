"""The two seeds against their full annotation: floors that only rise."""

from __future__ import annotations

import pytest

FIGURES = ("count", "percent", "ratio", "money", "measure", "rank")


def _overlaps(span, mention) -> bool:
    return span[0] < mention.end and mention.start < span[1]


def _articles(gold, seeds):
    for article in gold["articles"]:
        yield article, seeds[article["file"]]


def test_all_38_paragraphs_have_their_role_and_span(gold, seeds):
    got = [(p.role, [p.start, p.end]) for a, e in _articles(gold, seeds) for p in e.paragraphs]
    want = [(p["role"], p["span"]) for a, e in _articles(gold, seeds) for p in a["paragraphs"]]
    assert len(want) == 38
    assert got == want


def test_title_and_month_are_read_from_the_header(gold, seeds):
    for article, extraction in _articles(gold, seeds):
        assert extraction.document.title == article["title"]
        assert extraction.document.published == article["date"]["value"]


def test_what_the_header_says_begins_with_the_title(gold, seeds):
    for article, extraction in _articles(gold, seeds):
        first = extraction.sentences[0]
        assert extraction.document.text[first.start : first.end].startswith(article["title"][:20])


def test_every_figure_date_and_code_is_found_with_its_kind(gold, seeds):
    missed = []
    n = 0
    for article, extraction in _articles(gold, seeds):
        for figure in article["figures"]:
            n += 1
            if not any(m.kind == figure["kind"] and _overlaps(figure["span"], m) for m in extraction.mentions):
                missed.append((figure["id"], figure["surface"]))
    assert n == 41
    assert missed == []


def test_values_units_and_qualifiers_of_figures(gold, seeds):
    for article, extraction in _articles(gold, seeds):
        for figure in article["figures"]:
            if figure["kind"] not in FIGURES:
                continue
            (found,) = [m for m in extraction.mentions if m.kind == figure["kind"] and _overlaps(figure["span"], m)]
            assert found.fields["value"] == pytest.approx(figure["value"]), figure["id"]
            assert (found.fields["qualifier"], found.fields["direction"]) == (
                figure["qualifier"],
                figure["direction"],
            ), figure["id"]
            assert found.fields["mode"] == figure["mode"], figure["id"]
            assert found.fields["base"] == figure["base"], figure["id"]


def test_no_figure_is_invented(gold, seeds):
    for article, extraction in _articles(gold, seeds):
        known = [f["span"] for f in article["figures"]] + [
            m["span"] for d in article["documents"] for m in d["mentions"]
        ]
        invented = [m for m in extraction.mentions if m.kind in FIGURES and not any(_overlaps(s, m) for s in known)]
        assert [m.surface for m in invented] == []


def test_names_are_no_figures(gold, seeds):
    figures = [(e.document.text[m.start - 12 : m.end]) for e in seeds.values() for m in e.mentions if m.kind in FIGURES]
    assert not [f for f in figures if f.endswith(("Đề án 06", "Nghị quyết 04", "Vũng Áng 2"))]


def test_dates_keep_their_precision(seeds):
    values = {
        m.surface: m.fields["value"]
        for e in seeds.values()
        for m in e.mentions
        if m.kind == "date" and m.fields["form"] == "calendar"
    }
    assert values["15/12"] == "2023-12-15"
    assert values["tháng 6/2021"] == "2021-06"
    assert values["15/6/2021"] == "2021-06-15"
    assert values["2021 - 2025"] == "2021/2025"


def test_five_people_and_no_author_among_them(gold, seeds):
    people = {m.entity_id: m for e in seeds.values() for m in e.mentions if m.kind == "person"}
    names = {m.fields["name"] for e in seeds.values() for m in e.mentions if m.kind == "person"}
    assert len(people) == 5
    assert names == {
        "Phạm Thanh Phương",
        "Nguyễn Thanh Phương",
        "Nguyễn Thế Anh",
        "Nguyễn Quốc Trường",
        "Hoàng Mạnh Tùng",
        "Hoàng Trọng Thịnh",
    }
    assert not names & {a["author"]["surface"] for a in gold["articles"]}


def test_the_two_surnames_of_one_officer_are_a_conflict_and_one_person(seeds):
    found = [m for e in seeds.values() for m in e.mentions if m.kind == "person" and "Thanh Phương" in m.surface]
    assert {m.fields["conflict"] for m in found} == {"Phạm Thanh Phương", "Nguyễn Thanh Phương"}
    assert len({m.entity_id for m in found}) == 1


def test_every_surface_stands_where_it_says(seeds):
    for extraction in seeds.values():
        text = extraction.document.text
        assert all(text[m.start : m.end] == m.surface for m in extraction.mentions)
