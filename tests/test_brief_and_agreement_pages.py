"""The brief and the page of agreement: what they say of the seeds, of many articles, of few, and with private names."""

from __future__ import annotations

import csv
import re
from itertools import product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from corpora import open_corpus
from markupsafe import Markup

from helpers import present
from helpers.analysis.main_facts import MAIN_PLANS, MAIN_RESULTS, foremost_facts
from helpers.present.brief_view import ROOM, _n_lines
from helpers.present.display import Note
from helpers.present.report import Report, open_report
from helpers.render.data_files import write_data
from helpers.settings import load_settings

BRIEF = (
    present.show_main_results, present.show_main_plans, present.show_main_conflicts, present.show_main_limits,
    present.show_main_questions,
)  # fmt: skip
PAGE = (
    present.show_contradictions, present.show_confirmations, present.show_repetitions, present.show_incomparables,
    present.show_joined, present.show_inferences, present.show_sums, present.show_questions,
)  # fmt: skip
#: what counts groups has the mentions that each lists
GROUPS = ("n_contradicted", "n_confirmed", "n_said_again", "n_incomparable", "n_can", "n_cannot")
PERSON = "Lò Văn Thửng"


@pytest.fixture(scope="module", params=("vi", "en"))
def report(request) -> Report:
    return open_report(request.param, root=ROOT)


def article(number: int, month: int) -> str:
    return f""" date 2024-{month:02d} Chuyện tháng {month}

Năm 2023, trên địa bàn huyện Nghi Xuân (Hà Tĩnh) xảy ra {number} vụ trộm cắp tài sản.

Số vụ trộm cắp tài sản giảm 26,82% so với cùng kỳ; 100% hộ dân có đủ điều kiện được cấp mã. Năm 2024, phấn đấu xây dựng 40 mô hình “Cổng trường an toàn”.

Đối tượng {PERSON} (35 tuổi) bị bắt. Công an huyện Nghi Xuân phạt 225 cá nhân, tổ chức giúp {PERSON}; tặng hơn 5 tỷ đồng xây dựng nhà {PERSON} và mua sắm xe. Đến nay, có 45/40 tổ dân phố lắp đặt mô hình camera an ninh giúp {PERSON}.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Report:
    """Two articles that confirm each other, one that contradicts them; a private person in what they count."""
    articles = {
        "a": article(31, 3), "b": article(31, 3).replace("trên địa bàn", "tại").replace("Chuyện", "Việc"), "c": article(47, 3),
    }  # fmt: skip
    return open_corpus(tmp_path_factory.mktemp("agreement"), articles)


def soup(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_(), "html.parser")


def text_of(shown) -> str:
    return " ".join(soup(shown).get_text(" ").split())


@pytest.mark.parametrize("show", [*BRIEF, *PAGE], ids=lambda f: f.__name__)
def test_every_link_lands(report, show):
    html = show(report)._repr_html_()
    anchors = set(re.findall(r'href="#(ev-[^"]+)"', html))
    appendix = report.evidence.appendix(anchors)
    assert all(f'id="{anchor}"' in appendix for anchor in anchors)
    assert len(re.findall(r'id="([^"]+)"', html)) == len(set(re.findall(r'id="([^"]+)"', html)))


# --- the brief ---


@pytest.mark.parametrize("show", BRIEF, ids=lambda f: f.__name__)
def test_every_line_of_the_brief_has_its_reference(report, show):
    lines = soup(show(report)).select("li")
    assert lines
    for line in lines:
        said = line.get_text()
        assert line.select("a.evidence:not(.quiet)") or any(word in said for word in ("lời dẫn", "quotes")), said


def test_the_main_results_of_the_seeds_stand_in_the_brief(report):
    text = text_of(present.show_main_results(report))
    for figure in ("155", "225", "137", "78", "7/11", "20"):
        assert re.search(rf"(?<![\d/]){re.escape(figure)}(?![\d/])", text), figure
    assert ("26,82" if report.language == "vi" else "26.82") in text
    assert "phát hiện, điều tra, xử lý" in text
    assert " 8 " not in text, "a task is no result"
    assert "8" in text_of(present.show_main_plans(report))


def test_each_figure_of_the_brief_is_a_finding(report):
    findings = report.tables["findings"]
    named = {f for ids in findings.loc[findings["finding_id"].str.startswith("main_"), "fact_ids"] for f in ids}
    for show in (present.show_main_results, present.show_main_plans):
        for link in soup(show(report)).select("li a.evidence.quiet"):
            fact = next(
                f
                for f in named
                if f"#{report.evidence.anchor_of(report.facts_by_id.loc[f, 'mention_ids'][0])}" == link["href"]
            )
            assert fact in named
    row = findings.set_index("finding_id").loc["main_result_4"]
    assert (row["value"], row["unit"], len(row["fact_ids"])) == ("-26.82", "percent", 1)


def test_both_names_and_the_question_about_them_stand_in_the_brief(report):
    assert "Phạm Thanh Phương ≠ Nguyễn Thanh Phương" in text_of(present.show_main_conflicts(report))
    assert "Công an tỉnh Hà Tĩnh" in text_of(present.show_main_questions(report))


def test_a_brief_of_many_articles_is_no_longer(tmp_path):
    crimes = (
        "trộm cắp",
        "cướp giật",
        "đánh bạc",
        "lừa đảo",
        "buôn lậu",
        "gây rối",
        "cho vay nặng lãi",
        "tàng trữ pháo",
    )
    cases = enumerate(product(("Nghi Xuân", "Thạch Hà", "Can Lộc", "Đức Thọ", "Hương Sơn"), crimes))
    articles = {
        f"x{i}": f" date 2024-01 Tin {i}\n\nNăm 2023, huyện {place} (Hà Tĩnh) phạt {100 + i} cá nhân, tổ chức {crime}; số vụ {crime} giảm {i},5% so với cùng kỳ. Năm 2025, phấn đấu xây dựng {i + 2} tổ tự quản phòng chống {crime}.\n"
        for i, (place, crime) in cases
    }
    report = open_corpus(tmp_path, articles)
    assert len(soup(present.show_main_results(report)).select("li a.evidence.quiet")) == MAIN_RESULTS
    assert len(soup(present.show_main_plans(report)).select("li a.evidence.quiet")) <= MAIN_PLANS
    lines = [[str(li) for li in soup(show(report)).select("li")] for show in BRIEF]
    assert sum(_n_lines(Markup(line)) for part in lines for line in part) <= sum(ROOM.values())
    assert all(lines[0:2] + lines[3:])
    assert "Nêu 10 trong" in text_of(present.show_main_results(report))


# --- agreement ---


def test_the_seeds_have_one_contradiction_and_nothing_confirmed(report):
    assert len(soup(present.show_contradictions(report)).select("section")) == 1
    assert isinstance(present.show_confirmations(report), Note)
    assert report.finding_values["n_contradicted"] == "1" and report.finding_values["n_confirmed"] == "0"


def test_what_is_confirmed_or_contradicted_between_articles_is_shown(corpus):
    text = text_of(present.show_contradictions(corpus))
    assert "vụ trộm cắp tài sản" in text and "31" in text and "47" in text
    assert "45/40" in text


def test_badges_beside_figures_lead_to_their_group(report):
    table = soup(
        present.show_facts(report, report.facts(mode="done"), title="all_figures_title", table_id="t", by_subject=True)
    )
    badges = table.select(".badge")
    groups = soup(present.show_repetitions(report)).decode() + soup(present.show_incomparables(report)).decode()
    assert len(badges) == 4  # three told twice, one whose scope is open
    for badge in badges:
        assert badge.get_text() in {report.say("agreement_repeated"), report.say("agreement_incomparable")}
        assert f'id="{badge.a["href"][1:]}"' in groups


def test_repeated_statements_are_folded_and_counted(report):
    details = soup(present.show_repetitions(report)).select_one("details")
    assert len(details.select("li")) == 3 and "3" in details.summary.get_text() and not details.has_attr("open")


def test_questions_stand_under_the_body_to_ask(report):
    bodies = [r.get_text() for r in soup(present.show_questions(report)).select("th[scope=rowgroup]")]
    assert bodies == ["Ban Thường vụ Thị ủy Kỳ Anh", "UBND huyện Kỳ Anh", "Công an tỉnh Hà Tĩnh"]


def test_inferences_stand_by_rule_each_with_its_sentence(report):
    shown = soup(present.show_inferences(report))
    rows = [r for r in shown.select("tbody tr") if not r.select_one("th[scope=rowgroup]")]
    assert len(rows) == len(report.tables["inferences"])
    assert all(r.select("td")[-1].get_text().startswith("[") for r in rows)
    assert {r.select_one(".badge").get_text() for r in rows} == {report.say("can"), report.say("cannot")}


def test_a_mention_joined_though_it_leaves_the_period_open_is_listed(tmp_path):
    text = " date 2024-01 Tin\n\nNăm 2023, huyện Nghi Xuân (Hà Tĩnh) xử lý 48 vụ trộm cắp tài sản.\n\nẢnh: Công an huyện Nghi Xuân xử lý 48 vụ trộm cắp tài sản.\n"
    report = open_corpus(tmp_path, {"a": text})
    facts = report.tables["facts"]
    shown = present.show_joined(report)
    assert isinstance(shown, Note) == (not facts["joined"].str.len().any())
    if not isinstance(shown, Note):
        assert "48" in text_of(shown) and "2023" in text_of(shown)


@pytest.mark.parametrize("show", [*BRIEF, *PAGE], ids=lambda f: f.__name__)
def test_private_names_are_masked(corpus, show):
    assert PERSON.lower() not in show(corpus)._repr_html_().lower()


def test_private_names_stand_in_no_data_file(corpus, tmp_path):
    write_data(corpus, tmp_path)
    names = [PERSON.lower(), PERSON.lower().replace("ử", "u")]
    said = {p.name: p.read_text(encoding="utf-8") for p in Path(tmp_path).iterdir()}
    assert not [name for name, text in said.items() if any(n in text.lower() for n in names)]
    assert (
        "▢▢▢" in said["facts.csv"] and "▢▢▢" in said["inferences.csv"] + said["questions.csv"] + said["agreements.csv"]
    )


def test_findings_lead_to_facts_mentions_and_places_in_the_text(report, tmp_path):
    write_data(report, tmp_path)
    tables = {
        p.stem: list(csv.DictReader(p.read_text(encoding="utf-8").splitlines())) for p in Path(tmp_path).glob("*.csv")
    }
    facts = {f["fact_id"]: f["mention_ids"].split() for f in tables["facts"]}
    mentions = {m["mention_id"]: m for m in tables["mentions"]}
    seeds = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "seeds").glob("*.txt")}
    for finding in tables["findings"]:
        ids = finding["mention_ids"].split()
        if finding["value"] == str(len(own := finding["fact_ids"].split())):  # it counts facts
            assert [m for f in own for m in facts[f]] == ids or finding["finding_id"] in GROUPS
        for i in ids:
            m = mentions[i]
            printed = seeds[m["doc_id"]][int(m["start"]) : int(m["end"])]
            assert printed and m["surface"] in ("", printed)
    values = {f["finding_id"]: f for f in tables["findings"]}
    assert values["n_facts"]["value"] == str(len(values["n_facts"]["fact_ids"].split())) == "22"
    assert len(tables["agreements"]) == 5 and len(tables["questions"]) == 10


@pytest.mark.parametrize("articles", [{}, {"a": "Chuyện nhỏ\n\nMọi việc vẫn như cũ."}], ids=("none", "one"))
def test_without_anything_to_show_each_says_so(tmp_path, articles):
    report = open_corpus(tmp_path, articles)
    for show in (*BRIEF, *PAGE):
        assert text_of(show(report))
    assert all(isinstance(show(report), Note) for show in PAGE)
    assert report.finding_values["n_articles"] == str(len(articles))
    write_data(report, tmp_path / "data")


def test_pages_stand_in_their_order():
    pages = load_settings(ROOT).pages
    assert pages[0] == "00_brief" and pages.index("07_agreement") == pages.index("06_themes") + 1


# --- long lists ---


def test_a_long_list_of_facts_shows_the_foremost_and_says_so(report):
    facts = report.facts(mode="done")
    shown = soup(present.show_facts(report, facts, title="all_figures_title", table_id="t", by_subject=True, at_most=5))
    whole = soup(present.show_facts(report, facts, title="all_figures_title", table_id="t", by_subject=True))
    assert len(shown.select("td.num")) == 5 and len(whole.select("td.num")) == len(facts)
    note = report.say("facts_rule", shown="5", n=report.number(len(facts)))
    assert note in shown.caption.get_text() and note not in whole.caption.get_text()
    assert str(len(facts)) in shown.caption.strong.get_text()


def test_what_two_articles_tell_outranks_what_one_tells(corpus):
    facts = corpus.facts(mode="done")
    for told_twice in facts.index:
        chosen = foremost_facts(facts.assign(n_texts=[1 + (i == told_twice) for i in facts.index]), 1)
        assert list(chosen.index) == [told_twice]


def test_a_long_list_of_dates_holds_each_date_once(corpus):
    html = present.show_dates(corpus, at_most=1).html
    table = soup(present.show_dates(corpus, at_most=1))
    assert "data/mentions.csv" in html and len(table.select("tbody tr")) == 1
    assert len(table.select("tbody td:last-child a")) == 3  # the year stands in three articles
