"""The report as its readers get it: built in a copy of the project, opened, and followed from number to sentence."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup, NavigableString
from chromium import CHROMIUM, dump_dom, with_scripts
from conftest import ROOT

from helpers.render.html_language import is_vietnamese

LANGUAGES = ("vi", "en")
FILES = [f"report.{lang}.{suffix}" for lang in LANGUAGES for suffix in ("html", "pdf")]
#: names of nobody, borne in the planted article by people without public function
PRIVATE = ("Lò Thị Nhãn", "Cao Bá Thửng", "Mùa A Khoai")
#: somebody in public office, who speaks of one of them
OFFICER = "Hà Văn Mẫu"
PLANTED = f""" date 2024-03 Bắt giữ {PRIVATE[1]} cùng 12 gói ma túy

Công an huyện Kỳ Anh vừa bắt giữ đối tượng {PRIVATE[1]} (35 tuổi, trú xã Kỳ Giang) cùng 12 gói ma túy.

Theo điều tra, đối tượng {PRIVATE[1]} đã bán ma túy cho bị can {PRIVATE[2]}, sinh năm 1990, trong 3 tháng qua. Nạn nhân {PRIVATE[0]}, 14 tuổi, đã được đưa về gia đình an toàn sau khi lực lượng chức năng vào cuộc.

Đại úy {OFFICER}, Đội trưởng Đội Cảnh sát giao thông Công an huyện Kỳ Anh, cho biết: “Đối tượng {PRIVATE[1]} khai nhận đã nhiều lần mua bán ma túy trên địa bàn huyện”.

Chị {PRIVATE[0]} cho biết: “Gia đình tôi rất biết ơn các chiến sĩ công an đã giúp đỡ kịp thời”. Vụ việc đang được tiếp tục điều tra làm rõ.

Theo Quyết định số 15/QĐ-UBND ngày 2/3/2024 của UBND huyện Kỳ Anh về việc xử phạt {PRIVATE[2]}, mô hình “Gia đình {PRIVATE[0]} giúp bạn” tạm dừng ở đường {PRIVATE[1]}.

Trần Mẫu
"""


def copy_project(folder: Path) -> Path:
    """The project without what is built or set up."""
    root = folder / "project"
    names = (".venv", ".git", ".cache", "__pycache__", ".*_cache", ".hypothesis", "tests", "docs")
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*names))
    shutil.rmtree(root / "reports", ignore_errors=True)
    return root


def run_helpers(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("good"))
    done = run_helpers(root, "report")
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    return root


@pytest.fixture(scope="session")
def troubled(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess]:
    """A project with private people, an empty file, a malformed header, and a notebook that raises."""
    root = copy_project(tmp_path_factory.mktemp("troubled"))
    (root / "seeds" / "planted.txt").write_text(PLANTED, encoding="utf-8")
    (root / "seeds" / "empty.txt").write_bytes(b"")
    (root / "seeds" / "wrong.txt").write_text(" date 2023-13 Tiêu đề\n\nThân bài.", encoding="utf-8")
    for name, cell, source in (("06_themes", -1, "1 / 0"), ("04_places", 0, "# Có 999 địa danh nào?")):
        path = root / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[cell].source = source
        nbformat.write(notebook, path)
    return root, run_helpers(root, "report")


def page(root: Path, language: str) -> BeautifulSoup:
    return BeautifulSoup((root / "reports" / f"report.{language}.html").read_text(encoding="utf-8"), "html.parser")


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(document[i].get_textpage().get_text_range() for i in range(len(document)))


def squeeze(text: str) -> str:
    """Text without white space: where a PDF breaks its lines says nothing."""
    return re.sub(r"\s+", "", text)


def test_four_reports_and_their_data_are_written(built):
    assert sorted(p.name for p in (built / "reports").iterdir() if p.is_file()) == sorted(FILES)
    assert {p.name for p in (built / "reports" / "data").iterdir()} == {
        "agreements.csv", "articles.csv", "corrections.csv", "documents.csv", "facts.csv", "findings.csv", "findings.json", "inferences.csv",
        "manifest.json", "memos.csv", "mentions.csv", "pairs.csv", "people.csv", "places.csv", "programmes.csv", "questions.csv",
        "set_phrases.csv", "slips.csv", "theme_shares.csv", "voices.csv",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_leads_to_its_sentence_as_printed(built, language):
    soup = page(built, language)
    texts = [p.read_text(encoding="utf-8") for p in sorted((built / "seeds").glob("*.txt"))]
    numbers = [a for a in soup.select("table.report td.num a.evidence")]
    assert len(numbers) >= 20
    for link in numbers:
        mark = soup.find(id=link["href"][1:])
        assert mark is not None and mark.name == "mark", link
        sentence = mark.find_parent("blockquote").get_text()
        assert any(sentence in text for text in texts)
        if link.find_parent(class_="badge"):
            continue  # "none": a sum that is refused; its sentence says why
        digits = re.search(r"\d+", link.get_text())[0]
        assert digits in mark.get_text().replace(".", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_figures_is_without_a_link(built, language):
    for table in page(built, language).select("#tbl-figures, #tbl-figures-planned"):
        rows = [row for row in table.select("tbody tr") if not row.select_one("th[scope=rowgroup]")]
        assert rows
        for row in rows:
            assert row.select_one("td.num a.evidence"), row
            assert row.select("td")[-1].select("a.evidence"), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_prose_lead_to_their_definition(built, language):
    soup = page(built, language)
    assert "[[" not in soup.select_one("main").get_text()
    links = soup.select('main p a[href^="#finding-"]')
    assert links
    values = {
        r["finding_id"]: r["value"]
        for r in json.loads((built / "reports/data/findings.json").read_text(encoding="utf-8"))
    }
    for link in links:
        finding_id = link["href"].removeprefix("#finding-")
        assert link.get_text() == values[finding_id]
        assert soup.find(id=f"finding-{finding_id}")


def test_both_languages_have_the_same_numbers(built):
    vi, en = (
        [
            (t["id"], [c.get_text() for c in t.select("td.num")])
            for t in page(built, lang).select("table.report[id]")
            if t["id"] == "tbl-figures"
        ]
        for lang in LANGUAGES
    )
    digits = [[re.sub(r"\D", "", c) for c in cells] for _, cells in (vi[0], en[0])]
    assert digits[0] == digits[1] and vi[0][0] == en[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_of_one_language_only(built, language):
    text = page(built, language).get_text()
    assert ("Điều gì mâu thuẫn?" in text) == (language == "vi")
    assert ("What conflicts?" in text) == (language == "en")


def test_a_trend_is_withheld_and_the_page_says_why(built):
    assert "Không vẽ biểu đồ xu hướng" in page(built, "vi").get_text()
    assert "No trend is drawn" in page(built, "en").get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_names_of_the_conflict_are_shown_with_their_sentences(built, language):
    shown = page(built, language).select_one("#contradictions section")
    cards = shown.select(".cards > div")
    assert [c.select_one("strong").get_text() for c in cards] == ["Phạm Thanh Phương", "Nguyễn Thanh Phương"]
    for card in cards:  # side by side, each with its sentence, the name marked
        assert card.select_one("mark").get_text() == card.select_one("strong").get_text()
        assert card.select_one("a.evidence:not(.quiet)")
    reason = {"vi": "Cùng chức vụ nhưng khác tên.", "en": "Same office, but another name."}[language]
    assert reason in shown.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_stand_with_what_they_said_and_the_figures_they_gave(built, language):
    soup = page(built, language)
    rows = {r.select_one("a").get_text(): r for r in soup.select("#tbl-people tbody tr") if r.select("a")}
    assert len(rows) == 5
    tung = rows["Hoàng Mạnh Tùng"]
    assert "Đại uý, Trưởng Công an phường Hưng Trí" in tung.get_text()
    assert [a.get_text() for a in tung.select("td:nth-of-type(2) a")] == ["7/11"]
    for row in rows.values():
        for link in row.select("td:first-of-type a.evidence.quiet"):
            sentence = soup.find(id=link["href"][1:]).find_parent("blockquote").get_text()
            assert link.get_text().strip("“”…") in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_only_public_authorities_speak(built, language):
    soup = page(built, language)
    rows = [[c.get_text() for c in r.select("th, td")] for r in soup.select("#tbl-voices tbody tr")]
    assert [r[1:3] for r in rows] == [["4", "5"], ["1", "1"], ["–", "–"]]
    said = {"vi": "cả 6 lời dẫn đều là của công an", "en": "all 6 quotes are by police"}[language]
    notes = [n.get_text() for n in soup.select(".note")]
    assert sum(said in n for n in notes) == 1
    assert said in soup.select(".brief")[3].get_text()


def test_every_vietnamese_word_of_the_english_page_says_its_language(built):
    soup = page(built, "en")
    unmarked = []
    for text in soup.body.find_all(string=True):
        if type(text) is NavigableString and any(map(is_vietnamese, text.split())):
            bearer = text.find_parent(lang=True)
            if bearer["lang"] != "vi" and text.find_parent(["script", "style"]) is None:
                unmarked.append(str(text))
    assert unmarked == []
    wrong = {w for tag in soup.select("main span[lang=vi]") for w in tag.get_text().split()}
    assert not wrong & {"the", "of", "and", "in", "by", "that", "fell", "place:"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_leads_to_its_sentences(built, language):
    soup = page(built, language)
    rows = soup.select("#tbl-pairs tbody tr")
    pairs = {tuple(r.select_one(f"{cell} a").get_text() for cell in ("th", "td")) for r in rows}
    assert ("Nguyễn Thế Anh", "Nghị quyết 04") in pairs
    for row in rows:
        assert all(soup.find(id=a["href"][1:]) for a in row.select("a.evidence"))
        assert row.select("td")[-1].select("a.evidence")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_titled_and_outlined(built, language):
    with pikepdf.open(built / "reports" / f"report.{language}.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 6
        xmp = bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8", "replace")
        assert "pdfuaid" in xmp


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_holds_the_sentences_exactly_in_nfc(built, language):
    text = squeeze(pdf_text(built / "reports" / f"report.{language}.pdf"))
    for probe in (
        "phát hiện, điều tra, xử lý 155 vụ, 225 cá nhân, tổ chức vi phạm; kéo giảm 26,82% số vụ tội phạm tội về trật tự xã hội",
        "Đến nay, có 7/11 tổ dân phố lắp đặt mô hình camera an ninh.",
        "đặc biệt" if language == "xx" else "sự đồng thuận của Nhân dân",
        "đầu tư hơn 20 tỷ đồng đầu tư xây dựng trụ sở làm việc Công an xã Kỳ Lợi, Kỳ Hà, Kỳ Hoa",
    ):
        assert squeeze(probe) in text, probe


def test_pdf_references_carry_the_page_of_their_sentence(built):
    document = pypdfium2.PdfDocument(built / "reports" / "report.vi.pdf")
    pages = [squeeze(document[i].get_textpage().get_text_range()) for i in range(len(document))]
    brief = " ".join(document[i].get_textpage().get_text_range() for i in range(6))
    numbers = [int(n) for n in re.findall(r"\[A\s*P9\]\s*tr\.\s*(\d+)", brief)]
    assert numbers
    for n in set(numbers):
        # each of the paragraph's figures has its own mark, perhaps on the next page
        assert any(probe in pages[n - 1] for probe in ("Mở7đợt", "155vụ", "26,82%", "100%côngdân")), n


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("vi", "Điều gì đã xảy ra?", "và 5 câu hỏi khác"), ("en", "What happened?", "and 5 more questions")],
)
def test_the_brief_is_one_page(built, language, first, last):
    document = pypdfium2.PdfDocument(built / "reports" / f"report.{language}.pdf")
    pages = [squeeze(document[i].get_textpage().get_text_range()) for i in range(len(document))]
    assert [i for i, text in enumerate(pages) if squeeze(last) in text] == [
        [i for i, text in enumerate(pages) if squeeze(first) in text][-1]
    ]


def test_charts_are_letters_not_pictures_of_letters(built):
    text = squeeze(pdf_text(built / "reports" / "report.vi.pdf"))
    assert squeeze("tổ liên gia tự quản về an ninh trật tự") in text
    for svg in page(built, "vi").select("main figure svg"):
        assert svg.select("text")


def test_every_chart_says_its_answer_in_words(built):
    for language in LANGUAGES:
        pictures = page(built, language).select("figure [role=img]")
        assert len(pictures) >= 4
        assert all(len(p["aria-label"]) > 40 for p in pictures)


def test_every_chart_leads_to_the_sentences_of_its_numbers(built):
    for language in LANGUAGES:
        whole = page(built, language)
        captions = whole.select("main figure.chart figcaption")
        assert len(captions) >= 4
        for caption in captions:
            targets = [a["href"][1:] for a in caption.select("a")]
            assert targets and all(whole.find(id=target) for target in targets)
    text = squeeze(pdf_text(built / "reports" / "report.vi.pdf"))
    assert re.search(r"Dẫnchứng:78\[BP18\]tr\.\d+;", text)
    assert len(re.findall(r"Dẫnchứng:bảngchitiếttr\.\d+", text)) >= 4


def test_the_same_input_gives_the_same_bytes(built):
    before = {name: hashlib.sha256((built / "reports" / name).read_bytes()).hexdigest() for name in FILES}
    shutil.rmtree(built / ".cache")
    assert run_helpers(built, "report").returncode == 0
    assert before == {name: hashlib.sha256((built / "reports" / name).read_bytes()).hexdigest() for name in FILES}


def test_check_names_what_is_missing_or_stale_and_builds_nothing(built, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(built, root)
    assert run_helpers(root, "report", "--check").returncode == 0
    (root / "reports" / "report.en.pdf").unlink()
    done = run_helpers(root, "report", "--check")
    assert (done.returncode, done.stderr.splitlines()) == (1, ["missing: reports/report.en.pdf; run make report"])
    seed = next((root / "seeds").glob("000*.txt"))
    seed.write_text(seed.read_text(encoding="utf-8").replace("155 vụ", "156 vụ"), encoding="utf-8")
    done = run_helpers(root, "report", "--check")
    assert done.returncode == 1 and "stale: reports/report.vi.html" in done.stderr
    assert not (root / "reports" / "report.en.pdf").exists()


def test_stock_nbconvert_gives_the_same_page(built):
    environment = {**os.environ, "REPORT_LANGUAGE": "vi"}
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "notebooks/02_quantities.ipynb", "--output-dir", "out"],
        cwd=built, capture_output=True, text=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    stock = BeautifulSoup((built / "out" / "02_quantities.html").read_text(encoding="utf-8"), "html.parser")
    ours = page(built, "vi")
    table = stock.select_one("#tbl-figures")
    assert [r.get_text("|") for r in table.select("tbody tr")] == [
        r.get_text("|") for r in ours.select_one("#tbl-figures").select("tbody tr")
    ]
    assert "[[" not in stock.select_one("main").get_text()
    for link in table.select("a.evidence"):
        assert stock.find(id=link["href"][1:]) is not None


def test_typstpdf_is_an_exporter_that_nbconvert_knows(built, tmp_path):
    path = tmp_path / "foreign.ipynb"
    cells = [
        nbformat.v4.new_markdown_cell("# Một sổ tay khác\n\nCâu có **chữ đậm** và $x^2$."),
        nbformat.v4.new_code_cell("1 + 1"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "typstpdf", str(path)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Mộtsổtaykhác" in squeeze(pdf_text(tmp_path / "foreign.pdf"))


# --- ten numbers, picked blindly, each followed to its sentence as a reader would ---

NUMBER = re.compile(r"[↓↑≈<>≥≤ ]*\d[\d.,/–-]*(?: ?%| tỷ đồng| billion đồng| năm)?")
FOLLOW = """addEventListener("load", () => {
  const links = [...document.querySelectorAll("main a.evidence, main p a[href^='#finding-']")];
  const said = [PICKED].map((at) => {
    links[at].click();
    const body = document.querySelector("#card-body"), now = body.querySelector(".now");
    return [links[at].textContent, now ? now.textContent : "", body.textContent];
  });
  document.documentElement.setAttribute("data-out", JSON.stringify(said));
});"""


def digits(text: str) -> list[str]:
    """The numbers of a text, whatever separates their digits: 26,82 and 26.82 are both 2682."""
    return [re.sub(r"\D", "", number) for number in re.findall(r"\d+(?:[.,]\d+)*", text)]


def seeds_text(root: Path) -> str:
    return squeeze(" ".join(p.read_text(encoding="utf-8") for p in sorted((root / "seeds").glob("*.txt"))))


def ten_of(numbers: list) -> list:
    """Ten of the report's numbers, the same at each run."""
    assert len(numbers) > 100
    return random.Random(20240131).sample(numbers, 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_numbers_lead_to_their_sentence_in_the_appendix(built, language):
    soup, printed = page(built, language), seeds_text(built)
    links = soup.select("main a.evidence, main p a[href^='#finding-']")
    for link in ten_of([a for a in links if NUMBER.fullmatch(a.get_text())]):
        target = soup.find(id=link["href"][1:])
        row = target.find_parent("tr")
        if row is None:  # a figure of an article
            marks = [target]
        else:  # a number of the report: it stands in the row with what it rests on
            assert link.get_text() == row.select_one("td.num").get_text()
            marks = [soup.find(id=a["href"][1:]) for a in row.select("a.evidence")]
            assert marks or row.select("td")[-1].get_text().strip()
        for mark in marks:
            assert squeeze(mark.find_parent("blockquote").get_text()) in printed
        if row is None:
            assert set(digits(link.get_text())) <= set(digits(target.get_text())), link


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: pages not tried in a browser")
@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_numbers_open_a_card_with_their_sentence(built, language, tmp_path):
    soup, printed = page(built, language), seeds_text(built)
    links = soup.select("main a.evidence, main p a[href^='#finding-']")
    figures = [n for n, a in enumerate(links) if NUMBER.fullmatch(a.get_text()) and a["href"].startswith("#ev-")]
    picked = ten_of(figures)
    html = (built / "reports" / f"report.{language}.html").read_text(encoding="utf-8")
    path = tmp_path / "page.html"
    path.write_text(with_scripts(html, FOLLOW.replace("PICKED", ", ".join(map(str, picked)))), encoding="utf-8")
    for at, (number, marked, card) in zip(picked, json.loads(dump_dom(path).html["data-out"]), strict=True):
        assert number == links[at].get_text() and set(digits(number)) <= set(digits(marked)), number
        sentence = soup.find(id=links[at]["href"][1:]).find_parent("blockquote").get_text()
        assert sentence in card and squeeze(sentence) in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_numbers_lead_to_their_sentence_on_paper(built, language):
    path, printed = built / "reports" / f"report.{language}.pdf", seeds_text(built)
    document, links = pypdfium2.PdfDocument(path), []
    with pikepdf.open(path) as pdf:
        at_page = {p.objgen: i for i, p in enumerate(pdf.pages)}
        for number, sheet in enumerate(pdf.pages):
            text = document[number].get_textpage()
            for link in sheet.get("/Annots", []):
                shown = " ".join(text.get_text_bounded(*map(float, link.Rect)).split())
                goal = link.get("/Dest") or link.get("/A", {}).get("/D")
                if isinstance(goal, pikepdf.Array) and NUMBER.fullmatch(shown):
                    links.append((shown, at_page[goal[0].objgen], float(goal[2]), float(goal[3])))
    for shown, goal_page, x, y in ten_of(links):
        sheet = document[goal_page].get_textpage()
        width = document[goal_page].get_width()
        # from the mark to the end of its line, and the two lines below, where it may break
        words = [sheet.get_text_bounded(x - 1, y - 13, width, y), sheet.get_text_bounded(0, y - 43, width, y - 14)]
        if "[" in words[0] or "2023" in words[0]:  # a row of the report's own numbers, with references or source
            assert set(digits(shown)) <= set(digits(words[0])), (shown, words)
        else:
            assert digits(" ".join(words))[: len(digits(shown))] == digits(shown), (shown, words)
            assert squeeze(words[0]) in printed, (shown, words)


# --- what goes wrong ---


def test_bad_input_is_named_with_the_mend_and_the_rest_is_built(troubled):
    root, done = troubled
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("done:")]
    assert any(
        "seeds/empty.txt" in line and "empty" not in line.split(":")[0] and "nothing in it" in line for line in said
    )
    assert any("seeds/wrong.txt" in line and "2023-13" in line and "write 2023" in line for line in said)
    assert any("06_themes" in line and "ZeroDivisionError" in line and "cell" in line for line in said)
    typed = next(line for line in said if "04_places" in line)
    assert "04_places, cell 0: the number '999' is typed; the finding n_places is " in typed and "(vi)" in typed
    assert all((root / "reports" / name).is_file() for name in FILES)
    text = page(root, "vi").get_text()
    assert "12" in text and "06_themes" in text and "'999' is typed" in text and "write [[n_places]]" in text
    assert {r.get_text() for r in page(root, "vi").select("#tbl-rejected tbody th")} == {
        "seeds/empty.txt",
        "seeds/wrong.txt",
    }


def _bytes_of(path: Path) -> bytes:
    """All that a file says, with what a PDF packs unpacked."""
    raw = path.read_bytes()
    if path.suffix != ".pdf":
        return raw
    parts = [raw, pdf_text(path).encode()]
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                try:
                    parts.append(item.read_bytes())
                except (pikepdf.PdfError, zlib.error):
                    parts.append(item.read_raw_bytes())
            elif isinstance(item, pikepdf.Dictionary):
                parts += [str(v).encode("utf-8", "replace") for v in item.values() if isinstance(v, pikepdf.String)]
    return b"\n".join(parts)


def test_private_names_stand_nowhere_under_reports(troubled):
    root, _ = troubled
    found = []
    for path in sorted(p for p in (root / "reports").rglob("*") if p.is_file()):
        content = _bytes_of(path)
        text = squeeze(content.decode("utf-8", "ignore"))
        for name in PRIVATE:
            forms = {name.encode(), name.encode("utf-16-be"), name.upper().encode(), json.dumps(name)[1:-1].encode()}
            if any(f in content for f in forms) or squeeze(name).lower() in text.lower():
                found.append((path.name, name))
    assert found == []
    assert "▢▢▢" in page(root, "vi").get_text()
    assert squeeze("bị can ▢▢▢, sinh năm 1990, trong 3 tháng qua") in squeeze(page(root, "vi").get_text())


def test_a_quote_is_masked_before_its_first_words_are_cut_out(troubled):
    root, _ = troubled
    row = next(r for r in page(root, "vi").select("#tbl-people tbody tr") if OFFICER in r.get_text())
    assert "“Đối tượng ▢▢▢ khai nhận" in row.get_text()


def test_private_voices_are_counted_and_never_named(troubled):
    root, _ = troubled
    voices = list(csv.DictReader((root / "reports/data/voices.csv").read_text(encoding="utf-8").splitlines()))
    assert [v["n_quotes"] for v in voices if v["kind"] == "citizen"] == ["1"]
    assert OFFICER in (root / "reports/data/people.csv").read_text(encoding="utf-8")
    assert not any(name in (root / "reports/data/people.csv").read_text(encoding="utf-8") for name in PRIVATE)


def test_private_names_are_in_the_callers_own_extract(troubled):
    root, _ = troubled
    done = run_helpers(root, "extract", "seeds/planted.txt")
    people = {m["name"]: m["public"] for m in map(json.loads, done.stdout.splitlines()) if m["kind"] == "person"}
    assert people == dict.fromkeys(PRIVATE, False) | {OFFICER: True}


def test_an_unknown_finding_stops_its_page_with_notebook_cell_and_ids(built, tmp_path):
    path = built / "notebooks" / "zz_unknown.ipynb"
    notebook = nbformat.read(built / "notebooks" / "02_quantities.ipynb", as_version=4)
    notebook.cells[0].source = "# [[n_unheard_of]]"
    nbformat.write(notebook, path)
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", str(path)],
        cwd=built,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    path.unlink()
    assert done.returncode != 0
    assert (
        "zz_unknown, cell 0: [[n_unheard_of]] is no finding" in done.stderr and "findings.csv lists all" in done.stderr
    )


def test_without_any_article_the_report_says_so(tmp_path):
    root = copy_project(tmp_path)
    for path in (root / "seeds").iterdir():
        path.unlink()
    done = run_helpers(root, "report")
    said = [line for line in done.stderr.splitlines() if not line.startswith("done:")]
    assert (done.returncode, said) == (1, ["seeds/: no article that can be read; put one there"])
    assert all((root / "reports" / name).is_file() for name in FILES)


def test_outside_the_project_one_line_says_so(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "report"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "no report.toml" in done.stderr
