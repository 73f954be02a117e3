"""Does the reader get one whole, safe, readable page? Structure with bs4, behaviour in headless chromium."""

import base64
import hashlib
import json
import re
import tomllib
from itertools import pairwise

import nbformat
import pytest
from bs4 import BeautifulSoup
from chromium import AXE, CHROMIUM, axe_violations, dump_dom, with_scripts
from nbconvert import HTMLExporter
from traitlets.config import Config

from helpers.render import html as html_page
from helpers.render.html_svg import clean_svg, replace_svgs

v4 = nbformat.v4
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: pages not tried in a browser")
needs_axe = pytest.mark.skipif(
    CHROMIUM is None or not AXE.is_file(), reason="no chromium or no axe-core here: npm ci --prefix tests/browser"
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CHART = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "x" "http://www.w3.org/x.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 40 20" onload="alert(1)">
 <metadata>when it was drawn</metadata><defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="figure_1"><g id="patch_1"><path d="M 0 20
L 40 20
z
" style="fill: #ffffff"/></g><g id="axes_1"><g id="tick_1"><path id="m1" d="M 0 0"/>
 <use xlink:href="#m1" x="1.234567" clip-path="url(#p1)"/>
 <text style="font-size: 10px; font-family: 'X'">đảm bảo 3.14159</text></g></g></g>
 <defs><clipPath id="p1"><rect width="40" height="20"/></clipPath></defs>
</svg>"""
TABLE = """<table id="tbl-{n}" class="report"><caption><strong>Số vụ theo phường {n}</strong>
<span class="source">Nguồn: 3 bài báo</span></caption>
<thead><tr><th></th><th scope="col" class="num">Số vụ</th></tr></thead>
<tbody><tr><th scope="row">Hoành Sơn</th><td class="num"><a class="evidence" href="#ev-A9-1">155</a></td></tr>
<tr><th scope="row">Kỳ Xuân</th>
<td class="num"><a class="evidence" href="#ev-none">12</a></td></tr></tbody></table>"""
LONG = (
    '<table id="tbl-long" class="report" data-rows="place"><caption><strong>Số vụ theo xã</strong></caption>'
    '<thead><tr><th scope="col">Xã</th><th scope="col">Số vụ</th></tr></thead><tbody>{rows}</tbody></table>'
)
LONG_ROW = (
    '<tr data-place="{place}" data-time="{year}"><th scope="row" lang="vi">{name}</th><td class="num">{n}</td></tr>'
)
LONG_GROUP = '<tr><th scope="rowgroup" colspan="2">{place}</th></tr>'
APPENDIX = """## Phụ lục

<ol class="evidence-list"><li id="s-A9-1"><p class="ref">[A9 P2] Bình yên ở Hoành Sơn, 2023-12</p>
<blockquote lang="vi">Công an đã xử lý <mark id="ev-A9-1" data-as="số đếm" data-rule="counted_things" data-who="bài báo">155</mark> vụ,
góp phần đảm bảo an ninh.</blockquote></li>
<li id="s-A9-2"><p class="ref">[A9 P3] Bình yên ở Hoành Sơn</p><blockquote lang="vi">Ông Lê Hữu Phước nói về
<mark id="ev-A9-2">7/11</mark> tổ dân phố.</blockquote></li></ol>"""


def shown(mime: str, data: str, **about: str) -> nbformat.NotebookNode:
    """A code cell whose one output is `data`."""
    output = v4.new_output("display_data", {mime: data, "text/plain": "…"}, metadata={mime: about})
    return v4.new_code_cell("show(x)", outputs=[output])


def long_table() -> str:
    """Twenty rows in two groups, of two places and two years."""
    rows = []
    for n in range(20):
        place = "huyện Đông" if n < 10 else "huyện Đoài"
        rows += [LONG_GROUP.format(place=place)] if n in (0, 10) else []
        rows += [
            LONG_ROW.format(place=place, year=2023 + n % 2, name=f"xã Đảm Bảo {n}" if n < 4 else f"xã Số {n}", n=n)
        ]
    return LONG.format(rows="".join(rows))


def report_notebook(language: str = "vi") -> nbformat.NotebookNode:
    """A small report in the shape of the real ones: two chapters, charts, tables, notes, appendix."""
    chapter = (
        '## Báo nêu gì?\n\nĐã xử lý <a href="#ev-A9-1" class="evidence">**155** vụ</a>[^1], '
        "xem [giới hạn](#gioi-han), [mục sau](#Báo-nêu-gì?) và [chỗ không có](#khong-co).\n\n### Giới hạn\n\n"
        'Thiếu tháng 2. <span lang="vi">tuần tra</span>\n\n[^1]: Nghị định số 168/2024/NĐ-CP.'
    )
    cells = [v4.new_markdown_cell("# Con số *kiểm tra được*\n\nBa bài báo, hai câu.")]
    for n in (1, 2):
        about = {"alt": "Hoành Sơn nhiều nhất.", "caption": f"Hoành Sơn nhiều nhất {n}", "source": "3 bài"}
        cells += [v4.new_markdown_cell(chapter), shown("image/svg+xml", CHART, id=f"fig-{n}", **about)]
        cells += [shown("text/html", TABLE.format(n=n))]
    cells.append(shown("text/html", long_table()))
    cells.append(v4.new_markdown_cell(APPENDIX))
    report = {"subtitle": "Đọc bằng máy", "summary": [["bài đã đọc", 3]], "note": "Không phải thống kê.",
              "running_head": "An ninh qua báo", "other_language_href": "report.en.html"}  # fmt: skip
    metadata = {"title": "Con số kiểm tra được", "language": language, "report": report}
    return v4.new_notebook(cells=cells, metadata=metadata)


def foreign_notebook() -> nbformat.NotebookNode:
    """Somebody else's notebook, with what we would not write ourselves."""
    frame = (
        '<div><style scoped>.dataframe th{color:red}</style><table border="1" class="dataframe"><thead>'
        '<tr style="text-align: right;"><th></th><th>tên</th><th>x</th></tr></thead><tbody>'
        '<tr><th rowspan="2">0</th><td>a</td><td>1.5</td></tr><tr><td>b</td><td>-2</td></tr>'
        "</tbody></table></div>"
    )
    text = (
        "# One\n\n$e^x$ costs $5 and $10 ![r](https://example.org/x.png) [site](https://example.org)\n\n"
        "<a href='java\nscript:alert(1)' onclick='x()'>bad</a> <script>alert(1)</script>"
        "<iframe src='https://example.org'></iframe><p style=\"background:url(https://example.org/b.png)\">p</p>"
    )
    traceback = ["\x1b[31mZeroDivisionError\x1b[39m: <b>"]
    error = v4.new_output("error", ename="E", evalue="e", traceback=traceback)
    stream = v4.new_output("stream", name="stdout", text="<3 rows>\n")
    cells = [
        v4.new_markdown_cell(text),
        v4.new_code_cell("1 / 0  # a comment", outputs=[stream, error]),
        v4.new_markdown_cell("# Two\n\n#### Deep\n\n- [x] done\n\n## Two and a half\n\n[to two](#Two)"),
        shown("text/html", frame),
        shown("text/html", "<div id='d'><script src='https://cdn.example.org/p.js'></script></div>"),
        shown("application/javascript", "alert(1)"),
        shown("image/png", PIXEL, alt="a dot", width=3),
        shown("image/png", PIXEL),
        shown("text/html", "<p>tree</p>" + CHART + CHART),
    ]
    return v4.new_notebook(cells=cells)


def export(notebook: nbformat.NotebookNode, **settings: object) -> str:
    """The page that nbconvert's own HTMLExporter makes with our configuration."""
    config = Config()
    config.TemplateExporter.extra_template_basedirs = [str(html_page.TEMPLATES)]
    config.TemplateExporter.template_name = "report"
    config.TemplateExporter.filters = {name: f"helpers.render.html.{name}" for name in html_page.FILTERS}
    config.HTMLExporter.update(settings)
    return HTMLExporter(config=config).from_notebook_node(notebook, {"metadata": {"name": "so_tay"}})[0]


@pytest.fixture(scope="module")
def report() -> str:
    return export(report_notebook(), exclude_input=True)


@pytest.fixture(scope="module")
def foreign() -> str:
    return export(foreign_notebook())


@pytest.fixture(params=["report", "foreign"])
def page(request: pytest.FixtureRequest) -> BeautifulSoup:
    return BeautifulSoup(request.getfixturevalue(request.param), "html.parser")


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


# ---- what every page keeps


def test_a_page_has_one_h1_and_no_skipped_level(page):
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_links_inside_arrive(page):
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.select("a[href^='#']")} <= set(ids)
    references = set(re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", str(page.find_all("svg"))))
    assert {first or second for first, second in references} <= set(ids)


def test_tables_have_scoped_heads_and_named_regions(page):
    for head in page.find_all("th"):
        assert head.get("scope") and head.get_text().strip()
    for table in page.find_all("table"):
        region = table.parent
        name = region.get("aria-label") or page.find(id=region["aria-labelledby"]).get_text()
        assert region["role"] == "region" and region["tabindex"] == "0" and name.strip()


def test_pictures_have_words(page):
    assert all(image["alt"] for image in page.find_all("img"))
    for drawing in page.select("main svg"):
        assert drawing["aria-hidden"] == "true" and drawing.find_parent(role="img")["aria-label"]


def test_nothing_is_fetched(page):
    for tag in page.find_all(True):
        for name in ("src", "srcset", "data", "poster", "background", "action"):
            assert tag.get(name, "data:").startswith("data:"), tag
        assert "url(" not in str(tag.get("style", "")) and not any(key.startswith("on") for key in tag.attrs)
    assert [link["href"] for link in page.find_all("link")] == ["data:,"]
    assert not page.find_all(["iframe", "object", "embed", "base"])
    assert not re.search(r"@import|url\(", "".join(style.get_text() for style in page.find_all("style")))


def test_the_policy_allows_the_one_script_and_no_other(page):
    (script,) = page.find_all("script")
    digest = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    assert "unsafe-eval" not in policy and policy.count("unsafe-inline") == 1 and "http" not in policy


def test_no_positive_tabindex_and_landmarks_are_there(page):
    assert all(tag["tabindex"] in ("0", "-1") for tag in page.select("[tabindex]"))
    assert all(page.find(name) for name in ("header", "nav", "main", "footer"))
    assert page.select_one("a.skip")["href"] == "#main" and page.find("body").find("a")["class"] == ["skip"]


# ---- our report


def test_title_language_and_facts_stand_in_the_opening(report):
    page = soup(report)
    assert page.html["lang"] == "vi" and page.title.string == "Con số kiểm tra được"
    assert str(page.h1) == "<h1>Con số <em>kiểm tra được</em></h1>"
    assert page.select_one(".facts dd").get_text() == "3"
    assert "Không phải thống kê." in page.select_one(".caveat").get_text()
    assert page.select_one("header a[hreflang=en]")["href"] == "report.en.html"
    assert page.select_one("p.lead").get_text() == "Ba bài báo, hai câu."
    assert 'class="code"' not in report


def test_captions_are_numbered_each_kind_through_the_document(report):
    numbers = [tag.get_text() for tag in soup(report).select(".number")]
    assert numbers == ["Hình 1.", "Biểu 1.", "Hình 2.", "Biểu 2.", "Biểu 3."]
    english = [tag.get_text() for tag in soup(export(report_notebook("en"))).select(".number")]
    assert english == ["Figure 1.", "Table 1.", "Figure 2.", "Table 2.", "Table 3."]


def test_a_picture_without_caption_gets_no_number(foreign):
    assert not soup(foreign).select(".number")


def test_evidence_links_keep_their_text_and_lead_there_and_back(report):
    page = soup(report)
    links = page.select("main a.evidence")
    assert [link.get_text() for link in links] == ["155 vụ", "155", "155 vụ", "155"]
    backs = page.select("#s-A9-1 .backlinks a")
    assert [back["href"][1:] for back in backs] == [link["id"] for link in links]
    assert not page.select("#s-A9-2 .backlinks")


def test_a_link_without_target_is_plain_text(report):
    page = soup(report)
    assert "#ev-none" not in report and "#khong-co" not in report
    assert "chỗ không có" in page.main.get_text() and "12" in page.select_one("#tbl-1").get_text()


def test_headings_repeat_with_ids_of_their_own_and_jupyter_names_still_work(report):
    page = soup(report)
    assert [tag["id"] for tag in page.select("main h2, main h3")] == [
        "bao-neu-gi", "gioi-han", "bao-neu-gi-2", "gioi-han-2", "phu-luc", "chu-thich"]  # fmt: skip
    assert page.find("a", string="mục sau")["href"] == "#bao-neu-gi"
    side = [link.get_text() for link in page.select("nav.side a")]
    assert side[:3] == ["Báo nêu gì?", "Giới hạn", "Báo nêu gì?"]


def test_notes_of_all_cells_are_one_list(report):
    page = soup(report)
    assert [sup.get_text() for sup in page.select("sup.footnote-ref")] == ["1", "2"]
    assert [item["id"] for item in page.select(".footnotes li")] == ["note-1", "note-2"]
    assert "[^1]" not in page.main.get_text()


def test_vietnamese_words_keep_their_language(report):
    assert soup(report).find("span", lang="vi", string="tuần tra")


def test_vietnamese_words_in_an_english_page_are_marked_and_others_are_not(report):
    text = "Now in phường Sông Trí; 3 of “an ninh trật tự” are stated.\n\n`ghi chú` by Kỳ Anh, Café no."
    page = soup(export(v4.new_notebook(cells=[v4.new_markdown_cell(text)], metadata={"language": "en"})))
    marked = [tag.get_text() for tag in page.main.select("span[lang=vi]")]
    assert marked[:4] == ["phường Sông Trí", "an ninh trật tự", "ghi chú", "Kỳ Anh"]
    assert "Now in phường Sông Trí; 3 of “an ninh trật tự” are stated." in page.main.get_text()
    assert page.code.decode() == '<code><span lang="vi">ghi chú</span></code>'
    assert not [tag for tag in soup(report).main.select("span[lang=vi]") if tag.get_text() != "tuần tra"]


def test_the_page_is_small(report):
    page = soup(report)
    assert len(page.style.string.encode()) + len(page.script.string.encode()) < 60_000


# ---- somebody else's notebook


def test_foreign_title_is_the_first_h1_and_the_second_is_a_chapter(foreign):
    page = soup(foreign)
    assert page.h1.get_text() == "One" and page.html["lang"] == "en"
    assert [(tag.name, tag.contents[0]) for tag in page.select("main h2, main h3")] == [
        ("h2", "Two"), ("h3", "Deep"), ("h3", "Two and a half")]  # fmt: skip
    assert page.find("a", string="to two")["href"] == "#two"


def test_a_notebook_without_heading_is_named_by_its_file():
    page = soup(export(v4.new_notebook(cells=[v4.new_markdown_cell("Chỉ có chữ.")])))
    assert page.h1.get_text() == "so_tay" and not page.select("nav")


def test_a_title_in_the_metadata_is_text_and_not_markup():
    title = "A <b> & <script>x</script>"
    page = soup(export(v4.new_notebook(cells=[v4.new_markdown_cell("chữ")], metadata={"title": title})))
    assert page.h1.get_text() == title and len(page.find_all("script")) == 1


def test_code_streams_and_errors_are_shown_as_text(foreign):
    page = soup(foreign)
    assert "1 / 0" in page.select_one(".code").get_text() and page.select_one(".code .c1")
    assert page.select_one("pre.stream").get_text() == "<3 rows>\n"
    assert page.select_one("pre.error .ansi-red-fg").get_text() == "ZeroDivisionError"


def test_foreign_script_and_script_links_are_gone(foreign):
    page = soup(foreign)
    assert "alert(1)" not in page.main.decode() and "bad" in page.main.get_text()
    assert page.find("a", href="https://example.org")["rel"] and "[r]" in page.main.get_text()
    assert page.main.get_text().count(html_page.words_for("en")["interactive"]) == 2


def test_a_plain_frame_gets_numbers_to_the_right_and_no_stripes_of_its_own(foreign):
    table = soup(foreign).select_one("table.dataframe")
    assert [cell.get_text() for cell in table.select("td.num")] == ["1.5", "-2"]
    assert not table.has_attr("border") and table.find("th", string="0")["scope"] == "rowgroup"


def test_math_is_source_and_money_is_money(foreign):
    page = soup(foreign)
    assert page.select_one("code.math").get_text() == "e^x" and "costs $5 and $10" in page.main.get_text()


# ---- charts as strings


def test_a_chart_is_cleaned_and_its_words_are_untouched():
    svg = clean_svg(CHART, "c1-")
    assert svg.startswith("<svg") and "đảm bảo 3.14159" in svg
    assert 'x="1.23"' in svg and 'd="M0 20L40 20z' in svg and ">\n" not in svg
    assert 'id="c1-m1"' in svg and 'href="#c1-m1"' in svg and "url(#c1-p1)" in svg and "fill: none" in svg
    for gone in ("metadata", "<style", "DOCTYPE", "<?xml", "onload", "figure_1", "font-family"):
        assert gone not in svg


def test_a_white_bar_is_no_background():
    bar = '<svg><g id="patch_9"><path style="fill: #ffffff"/></g></svg>'
    assert "fill: #ffffff" in clean_svg(bar, "c1-")


def test_nested_and_unclosed_drawings_are_taken_whole_or_left():
    assert replace_svgs("a<svg><svg></svg></svg>b<svg>c</svg>", lambda svg: "X") == "aXbX"
    assert replace_svgs("a<svg>b", lambda svg: "X") == "a<svg>b"


# ---- words and colours


def test_every_word_of_the_page_is_there_in_each_language():
    words = tomllib.loads((html_page.TEMPLATES / "report" / "words.toml").read_text(encoding="utf-8"))
    template = (html_page.TEMPLATES / "report" / "index.html.j2").read_text(encoding="utf-8")
    used = set(re.findall(r"\bw\.(\w+)", template))
    assert set(words["vi"]) == set(words["en"]) and used <= set(words["en"])
    assert html_page.words_for("en-GB") == words["en"] == html_page.words_for("fr")


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(letter * 2 for letter in colour)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_enough_contrast_in_both_schemes():
    css = (html_page.TEMPLATES / "report" / "page.css").read_text(encoding="utf-8")
    blocks = re.findall(r"color-scheme: (?:light|dark);\s*(--paper: [^}]*--good[^}]*)}", css)
    schemes = [dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6})\b", block)) for block in blocks]
    assert len(schemes) == 3
    light, dark, chosen_dark = schemes
    assert dark == chosen_dark
    for scheme in (light, dark):
        grounds = ("paper", "tint", "card")
        pairs = [(text, ground) for text in ("ink", "muted", "link", "accent") for ground in grounds]
        pairs += [(name, f"{name}-bg") for name in ("good", "bad", "warn", "calm", "new")]
        pairs += [("ink", "warn-bg"), ("mark-ink", "mark")]
        low = {pair: contrast(scheme[pair[0]], scheme[pair[1]]) for pair in pairs}
        assert {pair: value for pair, value in low.items() if value < 4.5} == {}


# ---- in a browser

PROBE = """addEventListener("load", () => {
  const out = {}, $ = (s) => document.querySelector(s);
  const all = (s) => [...document.querySelectorAll(s)].map((element) => element.textContent);
  const key = (name, on) => on.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true}));
  const box = $("#search-box"), type = (text) => { box.value = text; box.dispatchEvent(new Event("input")); };
  const link = $("main a.evidence"), card = $("#card");
  out.closed = card.hidden; link.focus(); link.click();
  out.open = !card.hidden; out.said = $("#card-body").textContent;
  out.marks = $("#card-body .reading").textContent;
  out.marked = $("#card-body .now").textContent;
  out.focusIn = document.activeElement === card; out.copiedIds = $("#card-body [id]") !== null;
  out.appendix = $("#card-link").getAttribute("href");
  key("Escape", card); out.closedAgain = card.hidden; out.focusBack = document.activeElement === link;
  const number = document.createElement("a"), row = $("#tbl-long tbody tr:nth-child(2)");
  row.id = "number"; number.href = "#number"; number.className = "evidence"; $("main").append(number); number.click();
  out.number = [$("#card-title").textContent, $("#card-body .card-name").textContent]; key("Escape", card);
  const bar = $(".filter"), line = bar.querySelector("input"), menus = [...bar.querySelectorAll("select")];
  const left = () => [...$("#tbl-long").tBodies[0].rows].filter((row) => !row.hidden);
  const narrow = (text) => { line.value = text; line.dispatchEvent(new Event("input")); };
  narrow("dam bao"); out.left = left().map((row) => row.textContent);
  out.leftSaid = bar.querySelector("[role=status]").textContent;
  narrow("khôngcógì"); out.noneLeft = left().length + bar.querySelector("[role=status]").textContent;
  narrow(""); out.allLeft = left().length; out.menus = menus.map((menu) => [...menu.options].map((o) => o.value));
  menus[0].value = "huyện Đoài"; menus[0].dispatchEvent(new Event("change"));
  menus[1].value = "2023"; menus[1].dispatchEvent(new Event("change")); out.chosen = left().length;
  out.filters = document.querySelectorAll(".filter").length;
  type("xa dam bao 2"); $("#search-hits a").click(); out.unfiltered = left().length;
  out.found = document.activeElement.textContent;
  type("dam bao an"); out.hits = all("#search-hits a");
  out.folded = $("#search-hits mark").textContent;
  type("hoanh son"); out.kinds = all("#search-hits small").map((kind) => kind.split(" ·")[0]);
  type("hữu phước"); out.sentence = all("#search-hits a");
  type("uu phuoc"); out.inside = all("#search-hits a");
  type("khôngcógì"); out.none = $("#search-status").textContent;
  $("#theme").click(); const first = document.documentElement.dataset.theme;
  $("#theme").click(); out.themes = [first, document.documentElement.dataset.theme].sort().join();
  document.documentElement.setAttribute("data-out", JSON.stringify(out));
});"""


@needs_browser
def test_card_search_and_theme_work_in_a_browser(report, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(with_scripts(report, PROBE), encoding="utf-8")
    out = json.loads(dump_dom(path).html["data-out"])
    assert out["closed"] and out["open"] and out["focusIn"] and out["closedAgain"] and out["focusBack"]
    assert "Công an đã xử lý 155 vụ,\ngóp phần đảm bảo an ninh." in out["said"] and out["marked"] == "155"
    assert not out["copiedIds"] and out["appendix"] == "#ev-A9-1"
    assert len(out["hits"]) == 1 and out["folded"] == "đảm bảo an"
    assert set(out["kinds"]) == {"Dòng bảng", "Hình"}  # the title of an article is not in each of its sentences
    assert len(out["sentence"]) == 1 and out["sentence"][0].startswith("Câu trong bài · [A9 P3]")
    assert out["inside"] == []  # a word is found from its beginning on
    assert out["marks"] == "Đọc làsố đếmAi nêubài báoQuy tắccounted_things"
    assert out["number"] == ["Con số của báo cáo", "xã Đảm Bảo 0"]
    assert out["left"] == ["huyện Đông", *(f"xã Đảm Bảo {n}{n}" for n in range(4))]
    assert out["leftSaid"] == "còn 4 trong 20 dòng" and out["noneLeft"] == "0còn 0 trong 20 dòng"
    assert out["allLeft"] == 22 and out["menus"] == [["", "huyện Đoài", "huyện Đông"], ["", "2023", "2024"]]
    assert out["chosen"] == 6 and out["filters"] == 1  # a group's line and five rows
    assert out["unfiltered"] == 22 and out["found"] == "xã Đảm Bảo 22"
    assert out["none"] == "Không thấy gì khớp" and out["themes"] == "dark,light"


@needs_browser
def test_without_script_nothing_is_missing_and_nothing_useless_is_shown(report, tmp_path):
    path = tmp_path / "page.html"
    # the policy with no hash is a browser that runs no script
    path.write_text(re.sub(r"script-src 'sha256-[^']+'", "script-src 'none'", report), encoding="utf-8")
    page = dump_dom(path)
    assert "js" not in (page.html.get("class") or [])
    assert page.select_one("#ev-A9-1").get_text() == "155"
    assert page.select_one("nav.side a")["href"] == "#bao-neu-gi"
    assert "html:not(.js) .needs-js" in page.style.string
    assert all("needs-js" in tag["class"] for tag in page.select(".search, #theme"))


@needs_browser
def test_a_script_that_came_in_with_a_notebook_does_not_run(report, tmp_path):
    path = tmp_path / "page.html"
    stranger = '<script>document.documentElement.dataset.stranger = "ran"</script></body>'
    path.write_text(report.replace("</body>", stranger), encoding="utf-8")
    page = dump_dom(path)
    assert "js" in page.html["class"] and not page.html.has_attr("data-stranger")


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["report", "foreign"])
def test_axe_finds_nothing_wrong(name, dark, request, tmp_path):
    # the red heads are the foreign notebook's own
    page = request.getfixturevalue(name).replace("color:red", "")
    assert axe_violations(page, tmp_path, dark=dark, width=390 if dark else 1280) == []


@needs_axe
def test_axe_would_find_something(report, tmp_path):
    broken = report.replace('scope="row"', 'scope="nowhere"').replace('<html lang="vi">', "<html>")
    assert {"html-has-lang", "scope-attr-valid"} <= {rule for rule, *_ in axe_violations(broken, tmp_path)}
