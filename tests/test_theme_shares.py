"""Themes over articles, months and places: what shares are taken of, when a change may be told, what belongs to a theme."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from corpora import open_corpus
from lxml import etree

from helpers.analysis.theme_changes import MIN_ARTICLES, MIN_MONTHS, find_changes
from helpers.analysis.theme_links import MANY_YEARS, facts_of_themes, people_of_themes, years_of_themes
from helpers.analysis.theme_shares import NO_THEME, corpus_shares, mean_shares, roll_up, share_places, share_sentences
from helpers.present import (
    show_memos,
    show_theme_changes,
    show_theme_figures,
    show_theme_map,
    show_theme_people,
    show_theme_places,
    show_theme_words,
    show_theme_years,
)
from helpers.present.display import Figure, Note, Table
from helpers.present.report import Report

SHOWN = (
    show_theme_map, show_theme_words, show_theme_changes, show_theme_years, show_theme_places, show_theme_figures,
    show_theme_people, show_memos,
)  # fmt: skip
DRUGS = "Xã tập huấn phòng, chống ma túy."
FIRE = "Xe chữa cháy dập tắt đám cháy."
PLAIN = "Chiều nay trời nắng nhẹ."


def article(*sentences: str, date: str = "2024-05", title: str = "Chuyện ở xã") -> str:
    return f" date {date} {title}\n\n{' '.join(sentences)}\n"


def shares_of(report: Report) -> pd.DataFrame:
    shares = report.tables["theme_shares"]
    return shares.assign(
        theme_id=shares["theme_id"].astype(object).fillna(NO_THEME), share=shares["share"].astype(float)
    )


# --- shares ---


def test_an_article_counts_once_however_long_it_is(tmp_path):
    report = open_corpus(tmp_path, {"a": article(DRUGS, PLAIN), "b": article(*[FIRE] * 40, date="2024-06")})
    shares = shares_of(report)
    assert shares.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1, 1])
    assert corpus_shares(shares).to_dict() == pytest.approx({"fire_rescue": 0.5, "drugs": 0.25, NO_THEME: 0.25})


def test_a_sentence_is_shared_out_among_its_themes_and_headlines_do_not_count(tmp_path):
    report = open_corpus(tmp_path, {"a": article("Camera an ninh ghi lại vụ cháy.", title="Ma túy, ma túy, ma túy")})
    shares = share_sentences(report.tables)
    assert dict(zip(shares["theme_id"], shares["share"], strict=True)) == {"cameras": 0.5, "fire_rescue": 0.5}
    assert roll_up(shares, ["doc_id", "paragraph"])["share"].tolist() == [0.5, 0.5]


def test_a_month_is_the_mean_of_its_articles(tmp_path):
    texts = {"a": article(DRUGS), "b": article(PLAIN, PLAIN, PLAIN), "c": article(FIRE, date="2024-07")}
    report = open_corpus(tmp_path, texts)
    months = mean_shares(shares_of(report), {i: d[:7] for i, d in report.published.items()})
    assert months["2024-05"].to_dict() == pytest.approx({"drugs": 0.5, NO_THEME: 0.5, "fire_rescue": 0})
    assert months["2024-07"]["fire_rescue"] == 1 and "2024-06" not in months


def test_places_are_told_of_by_the_paragraphs_that_name_them_or_what_lies_in_them(tmp_path):
    text = (
        article("Tại huyện Kỳ Anh, tỉnh Hà Tĩnh, xã tập huấn phòng, chống ma túy.")
        + f"\n{FIRE}\n\nỞ tỉnh Nghệ An trời nắng.\n"
    )
    shares = share_places(open_corpus(tmp_path, {"a": text}).tables, "province")
    by_name = {i: dict(zip(g["theme_id"], g["share"], strict=True)) for i, g in shares.groupby("place_id")}
    assert {"drugs": 1.0} in by_name.values() and {NO_THEME: 1.0} in by_name.values() and len(by_name) == 2
    assert shares["n_articles"].tolist() == [1, 1] and shares["n_paragraphs"].tolist() == [1, 1]


# --- changes ---


def series(n_months: int, a_month: int, level) -> tuple[pd.DataFrame, dict[str, str]]:
    """Articles of some months; `level(month)` is the chance that one is about drugs."""
    chance, rows, month_of = random.Random(7), [], {}
    for month in range(n_months):
        for i in range(a_month):
            doc_id = f"{month}-{i}"
            month_of[doc_id] = f"2024-{month + 1:02d}"
            share = 0.5 if chance.random() < level(month) else 0.0
            rows += [(doc_id, "drugs", share), (doc_id, NO_THEME, 1 - share)]
    return pd.DataFrame(rows, columns=["doc_id", "theme_id", "share"]), month_of


def test_a_planted_change_is_found_at_its_month():
    found = find_changes(*series(10, 12, lambda month: 0.1 if month < 6 else 0.7))
    (change,) = found.changes
    assert (change.theme_id, change.month) == ("drugs", "2024-07") and change.before < change.after and change.p < 0.05


def test_no_change_is_found_where_there_is_none():
    found = find_changes(*series(10, 12, lambda _: 0.3))
    assert found.reason is None and found.n_tried == 1 and found.changes == ()


@pytest.mark.parametrize(
    ("n_months", "a_month", "reason"),
    [(0, 0, "undated"), (1, 50, "few_months"), (MIN_MONTHS - 1, 50, "few_months"), (MIN_MONTHS, 2, "few_articles"),
     (MIN_MONTHS, 2 * MIN_ARTICLES // MIN_MONTHS, None)],
)  # fmt: skip
def test_too_few_articles_are_refused_with_the_reason(n_months, a_month, reason):
    assert find_changes(*series(n_months, a_month, lambda _: 0.5)).reason == reason


# --- what belongs to a theme ---


def test_a_figure_belongs_to_the_theme_whose_words_stand_nearest(tmp_path):
    text = article("Xã lắp 12 camera an ninh, trong khi công an bắt 35 đối tượng về ma túy.", PLAIN)
    tables = open_corpus(tmp_path, {"a": text}).tables
    value = tables["facts"].set_index("fact_id")["value"]
    found = {(t, value[f]) for t, f in facts_of_themes(tables).itertuples(index=False)}
    assert ("cameras", 12) in found and ("cameras", 35) not in found and ("drugs", 12) not in found


def test_the_text_tells_of_years_apart_from_publication_births_and_documents(tmp_path):
    text = article(
        "Năm 2022, công an thu giữ ma túy.", "Giai đoạn 2021-2025, huyện phòng chống ma túy.",
        "Đối tượng Lê Văn Tý (SN 1986) tàng trữ ma túy.", "Nghị định số 57/2022/NĐ-CP ngày 25/8/2020 nêu chất ma túy.",
    )  # fmt: skip
    years = years_of_themes(open_corpus(tmp_path, {"a": text}).tables)
    drugs = years[years["theme_id"] == "drugs"]
    assert dict(zip(drugs["year"], drugs["n_sentences"], strict=True)) == {"2022": 1, MANY_YEARS: 1}


def test_people_of_a_theme_hold_an_office_and_speaking_is_told_from_being_named(tmp_path):
    text = article(
        "Thượng tá Trần Văn Mẫu, Trưởng Công an huyện, cho biết: “Chúng tôi lắp camera an ninh ở mọi xã”.",
        "Ông Lê Văn Tý nghiện ma túy.", "Thiếu tá Phạm Thị Lụa, Phó Trưởng Công an huyện, dự tập huấn chữa cháy.",
    )  # fmt: skip
    report = open_corpus(tmp_path, {"a": text})
    people = people_of_themes(report.tables).merge(report.tables["persons"][["person_id", "names"]], on="person_id")
    found = {(p.theme_id, p.names[0], p.n_quoted, p.n_named) for p in people.itertuples()}
    assert ("cameras", "Trần Văn Mẫu", 1, 0) in found and ("fire_rescue", "Phạm Thị Lụa", 0, 1) in found
    assert not [p for p in found if p[1] == "Lê Văn Tý"]
    shown = show_theme_people(report).html
    assert "Trần Văn Mẫu" in shown and "Lê Văn Tý" not in shown


# --- shown: none, one, two, many ---

TEXTS = {
    "none": {}, "empty": {"a": article(PLAIN)}, "one": {"a": article(DRUGS, "Năm 2023 xã có 12 camera an ninh.", PLAIN)},
    "two": {"a": article(DRUGS), "b": article(FIRE, "Tại tỉnh Hà Tĩnh và tỉnh Nghệ An có mưa lũ.", date="2024-08")},
    "undated": {f"{i:02}": f"Chuyện {i}\n\n{DRUGS if i % 2 else FIRE}\n" for i in range(14)},
    "months": {f"{i:02}": article(DRUGS if i % 2 else FIRE, date=f"2024-{(1, 2, 5)[i % 3]:02}") for i in range(14)},
    "years": {f"{i:02}": article(DRUGS if i % 2 else FIRE, date=str(2014 + i % 5)) for i in range(14)},
}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("corpus", TEXTS)
def test_every_corpus_is_shown_or_told_why_not(tmp_path, corpus, language):
    report = open_corpus(tmp_path, TEXTS[corpus], language)
    shown = {show.__name__: show(report) for show in SHOWN}
    for name, output in shown.items():
        if isinstance(output, Note):
            assert len(output.text.split()) > 3, name
        elif isinstance(output, Figure):
            assert output.alt.strip().startswith(output.caption) and "nan" not in output.alt, name
        else:
            assert isinstance(output, Table) and "<caption>" in output.html and "nan" not in output.html.lower(), name
    if corpus in ("none", "empty"):
        assert all(isinstance(output, Note) for name, output in shown.items() if name != "show_theme_places")
    else:
        assert isinstance(shown["show_theme_map"], Figure)


def test_the_map_says_its_base_and_how_much_has_no_theme(tmp_path):
    figure = show_theme_map(open_corpus(tmp_path, {"a": article(DRUGS, PLAIN, PLAIN, PLAIN)}, "en"))
    assert (
        figure.caption
        == "Most is said of “Drugs”: 25\u00a0% of an article’s sentences on average; without any theme: 75\u00a0%"
    )
    assert "base: articles: 1, sentences: 4" in " ".join(
        " ".join(etree.fromstring(figure.svg.encode()).itertext()).split()
    )


def test_a_month_without_articles_is_a_gap(tmp_path):
    figure = show_theme_map(open_corpus(tmp_path, TEXTS["months"], "en"))
    assert "No article: 2024-03, 2024-04." in figure.alt and "2024-03 (0) 0" not in figure.alt


def test_too_few_months_are_told_with_how_many_there_are(tmp_path):
    note = show_theme_changes(open_corpus(tmp_path, TEXTS["two"], "en"))
    assert "only 2 months" in note.text and f"where {MIN_MONTHS} are needed" in note.text
