"""The Typst PDF exporter: does the reader of the PDF get what the notebook holds, and nothing breaks it?"""

import hashlib
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import nbformat
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_output
from traitlets.config import Config

from helpers.render.typst import TypstCompileError, TypstExporter, TypstPDFExporter
from helpers.render.typst_escape import clean, string
from helpers.render.typst_math import UnsupportedMath, convert
from helpers.render.typst_table_layout import choose_layout
from helpers.render.typst_tables import alignments, read_grid


def _load_notebooks():
    path = Path(__file__).parent / "notebooks" / "make_notebooks.py"
    spec = importlib.util.spec_from_file_location("make_notebooks", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = _load_notebooks()
EXPORTER = TypstPDFExporter()


def export(nb, exporter=EXPORTER, **metadata):
    """The PDF and the warnings of an export."""
    resources = {"metadata": {"name": "notebook", "path": "", **metadata}}
    pdf, resources = exporter.from_notebook_node(nb, resources)
    return pdf, resources["warnings"]


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def fold(text: str) -> str:
    """Text without the line ends and hyphens that the page put in."""
    return " ".join(text.replace("\ufffe", "").replace("\u00a0", " ").split())


def pdf_text(pdf: bytes) -> str:
    return fold(" ".join(page_texts(pdf)))


def text_of(*cells, **metadata) -> str:
    pdf, warnings = export(made.notebook(*cells, **metadata))
    assert not warnings
    return pdf_text(pdf)


def structure(pdf: bytes) -> list[tuple[str, str | None]]:
    """Structure types of the tagged PDF in reading order, each with its alternative description."""
    found, document = [], pikepdf.open(io.BytesIO(pdf))

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), str(node.Alt) if "/Alt" in node else None))
            if "/K" in node:
                walk(node.K)

    walk(document.Root.StructTreeRoot.K)
    return found


def outline_titles(pdf: bytes) -> list[tuple[int, str]]:
    document = pypdfium2.PdfDocument(pdf)
    return [(item.level, item.get_title()) for item in document.get_toc()]


def link_targets(pdf: bytes) -> tuple[list[str], int]:
    """External addresses, and the number of links inside the document."""
    external, internal = [], 0
    document = pikepdf.open(io.BytesIO(pdf))
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            action = annotation.get("/A", {})
            if "/URI" in action:
                external.append(str(action.URI))
            elif "/Dest" in annotation or "/D" in action:
                internal += 1
    return external, internal


# ---- every kind of notebook


@pytest.mark.parametrize("name", sorted(made.NOTEBOOKS))
def test_every_notebook_becomes_a_pdf(name):
    pdf, warnings = export(made.NOTEBOOKS[name]())
    assert pdf.startswith(b"%PDF-")
    assert bool(warnings) == (name in made.MEANT_TO_WARN), warnings
    assert len(pypdfium2.PdfDocument(pdf)) >= 1


@pytest.mark.parametrize("name", sorted(made.NOTEBOOKS))
def test_nothing_is_set_outside_the_page(name):
    pdf, _ = export(made.NOTEBOOKS[name]())
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left > 50 and right < width - 50, text.get_text_bounded(left, bottom, right, top)
            assert bottom > 20 and top < height - 20


# ---- the PDF as a document


@pytest.mark.parametrize("language", ["vi", "en"])
def test_report_is_a_tagged_document_with_metadata(language):
    pdf, _ = export(made.report(language, n_evidence=30))
    document = pikepdf.open(io.BytesIO(pdf))
    assert str(document.Root.Lang) == language
    assert bool(document.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in document.Root
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == made.WORDS[language]["title"]
        assert metadata["dc:creator"] == ["Tổ dữ liệu"]
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "2"
    kinds = [kind for kind, _ in structure(pdf)]
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/Link"} <= set(kinds)


def test_every_picture_has_its_description():
    pdf, _ = export(made.report("vi", n_evidence=30))
    descriptions = [alt for kind, alt in structure(pdf) if kind == "/Figure"]
    assert descriptions == [made.WORDS["vi"]["alt"]] * 9


def test_outline_holds_chapters_and_sections():
    pdf, _ = export(made.report("en", n_evidence=30))
    titles = outline_titles(pdf)
    words = made.WORDS["en"]
    assert [title for level, title in titles if level == 0] == [*words["questions"], words["appendix"]]
    assert (1, words["sub"][0]) in titles
    assert words["title"] not in [title for _, title in titles]  # the title is no chapter of itself


def test_heading_levels_are_never_skipped():
    pdf, _ = export(made.multiple_titles())
    assert outline_titles(pdf) == [(0, "First"), (1, "Far below"), (0, "Second"), (1, "Under second")]


def test_the_same_notebook_gives_the_same_bytes():
    first, _ = export(made.report("vi", n_evidence=20))
    second, _ = export(made.report("vi", n_evidence=20), TypstPDFExporter())
    assert first == second
    other, _ = export(made.report("vi", n_evidence=21))
    assert first != other


def test_same_bytes_in_another_process(tmp_path):
    path = tmp_path / "one.ipynb"
    path.write_text(json.dumps(made.single_chapter()), encoding="utf-8")
    script = (
        "import hashlib, sys; from helpers.render.typst import TypstPDFExporter as E; "
        "pdf, _ = E().from_filename(sys.argv[1]); print(hashlib.sha256(pdf).hexdigest()); "
        "print([name for name in ('matplotlib', 'pandas') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    digest, heavy = run.stdout.splitlines()
    assert digest == hashlib.sha256(EXPORTER.from_filename(str(path))[0]).hexdigest()
    assert heavy == "[]"


def test_title_page_only_for_a_report():
    report = page_texts(export(made.report("vi", n_evidence=5))[0])
    assert "214" in report[0] and made.WORDS["vi"]["note"][:20] in fold(report[0])
    assert "Mục lục" in report[1] and "Mục lục" not in report[0]
    single = page_texts(export(made.single_chapter())[0])
    assert "Bao nhiêu vụ đã được đăng?" in fold(single[0]) and "Theo huyện" in single[0]


def test_contents_only_from_three_headings():
    assert "Contents" in text_of("# T", "## a", "## b", "## c")
    assert "Contents" not in text_of("# T", "## a", "## b")


def test_title_comes_from_metadata_then_heading_then_file_name():
    def title(nb, **metadata):
        with pikepdf.open(io.BytesIO(export(nb, **metadata)[0])).open_metadata() as found:
            return found["dc:title"]

    assert title(made.notebook("# Heading", title="Metadata")) == "Metadata"
    assert title(made.notebook("# Heading")) == "Heading"
    assert title(made.notebook("words"), name="file_name") == "file_name"


def test_language_default_and_region():
    def language(**metadata):
        document = pikepdf.open(io.BytesIO(export(made.notebook("x", **metadata))[0]))
        return str(document.Root.Lang)

    assert language() == "en"
    assert language(language="vi") == "vi"
    assert language(language="en-GB") == "en-GB"
    assert language(language="python") == "en"  # a programming language, in old notebooks


# ---- text


LETTERS = "ữ ặ ề ỹ đ Ữ Ặ Ề Ỹ Đ ẵ ỗ ợ ụ ị ẽ"


@pytest.mark.parametrize(
    "cell",
    [
        f"{LETTERS}",
        f"**{LETTERS}** *{LETTERS}*",
        f"`{LETTERS}`",
        f"```\n{LETTERS}\n```",
        f"| a |\n|---|\n| {LETTERS} |",
        f'<span lang="vi">{LETTERS}</span>',
        unicodedata.normalize("NFD", LETTERS),
        made.code("1", new_output("stream", text=unicodedata.normalize("NFD", LETTERS))),
    ],
)
def test_vietnamese_letters_extract_in_nfc(cell):
    text = text_of(cell, language="vi")
    assert LETTERS in text
    assert unicodedata.is_normalized("NFC", text)


def test_chart_text_extracts_and_is_in_the_sans_face():
    pdf, _ = export(made.notebook(made.code("c", _svg_output(LETTERS))))
    assert LETTERS in pdf_text(pdf)
    assert b"DejaVuSans" in _font_names(pdf)


@pytest.mark.parametrize("family", ["Arial", "Helvetica, sans-serif", "'No Such Face', 'DejaVu Sans'"])
def test_chart_in_an_unknown_face_falls_back_to_ours(family):
    pdf, warnings = export(made.notebook(made.code("c", _svg_output(LETTERS, family))))
    assert not warnings and LETTERS in pdf_text(pdf)
    names = _font_names(pdf)
    assert b"DejaVuSans" in names and b"STIX" not in names and b"LastResort" not in names


def _svg_output(words: str, family: str = "'DejaVu Sans'"):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="40pt" viewBox="0 0 300 40">'
        f'<text x="5" y="20" style="font-size: 10px; font-family: {family}">{words}</text></svg>'
    )
    return made.display({"image/svg+xml": svg}, **{"image/svg+xml": {"alt": "letters"}})


def _font_names(pdf: bytes) -> bytes:
    document = pikepdf.open(io.BytesIO(pdf))
    return b" ".join(
        str(o.get("/BaseFont", "")).encode() for o in document.objects if isinstance(o, pikepdf.Dictionary)
    )


# Bidirectional text is stored in the order it is shown, so it is compared letter by letter.
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("#$@*_\\`/][}{\"'~<>=-+|^&%!?.,:;()\n\t "),
        st.sampled_from("ữặềỹđ abc 0123"),
        st.sampled_from("🎉🚓中한עم\u200b\u00ad\u202e\ufeff\x00\x07\x1b\u2028\ue000\ufffe\ud800"),
        st.characters(max_codepoint=0x2FFF),
    ),
    max_size=60,
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _letters(text: str) -> list[str]:
    """The marks that must survive: no white space, no format characters, compatibility forms unified."""
    kept = (
        c
        for c in unicodedata.normalize("NFKD", text)
        if unicodedata.category(c) not in ("Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Cn", "Me", "Mc")
    )
    return sorted(kept)


@QUIET
@given(NASTY)
@example('#let x = 1; #read("/etc/passwd") $ x $ @y <z> */ // [ ] ] } `')
@example('"); #panic("out") //')
@example("\\u{41}\\")
@example("\ud800 lone \udfff surrogates")
def test_no_text_can_become_typst(nasty):
    nb = made.notebook(
        made.code(
            "1",
            new_output("stream", text=nasty),
            new_output("error", ename="E", evalue="", traceback=[nasty]),
        ),
        made.code(
            "2",
            made.display({"text/html": f"<p>{_html(nasty)}</p><table><tr><td>{_html(nasty)}</td></tr></table>"}),
        ),
    )
    for cell in nb.cells:
        cell.source = ""
    pdf, _ = EXPORTER.from_notebook_node(nb, {"metadata": {"name": "N", "path": ""}})
    expected = _letters(clean(nasty.split("\x1b")[0]))
    if "\x1b" in nasty or "\r" in nasty:  # terminal codes: only that it compiles
        return
    # pdfium calls a hyphen before a line end U+FFFE
    shown = _letters("".join(page_texts(pdf)).replace("\ufffe", "-"))
    for letter in expected:
        assert letter in shown


def _html(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "replace").decode()


PLAIN = st.text(st.sampled_from("#$@*_\\`/][}{\"'~<>=-+|^&%!?,:;()ữặềỹđabc019 "), min_size=1, max_size=80)


@QUIET
@given(PLAIN)
def test_plain_text_extracts_exactly(value):
    nb = made.notebook(made.code("", made.display({"text/html": f"<p>A{_html(value)}Z</p>"})))
    pdf, warnings = export(nb)
    assert not warnings
    shown = re.sub(r"\s", "", page_texts(pdf)[0])
    assert "A" + re.sub(r"\s", "", unicodedata.normalize("NFC", value)) + "Z" in shown


@QUIET
@given(NASTY)
def test_any_markdown_compiles(source):
    nb = made.notebook("x")
    nb.cells[0].source = source.encode("utf-8", "replace").decode()
    pdf, _ = export(nb)
    assert pdf.startswith(b"%PDF-")


@QUIET
@given(st.text(st.sampled_from(r"\{}[]^_&$#%~ ab12+-=(),;'|<>"), max_size=40))
@example(r"\frac{a}{b}")
@example(r"\left( x \right]")
@example(r"\begin{matrix} a & b \\ c \end{matrix}")
def test_any_formula_is_set_or_refused(source):
    try:
        convert(source)
    except UnsupportedMath:
        return
    pdf, _ = export(made.notebook(made.code("", made.display({"text/latex": f"$${source}$$"}))))
    assert pdf.startswith(b"%PDF-")


def test_hostile_notebook_shows_its_text_and_reads_no_file():
    text = pdf_text(export(made.hostile())[0])
    assert '#read("/etc/passwd")' in text and "root:" not in text


def test_string_literal_escapes():
    assert string('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'
    assert clean("a\x00\x1bb\ud800c\ue000") == "ab\ufffdc\ufffd"


def test_letters_without_a_face_are_logged_and_can_be_searched():
    pdf, warnings = export(made.emoji())
    assert any("U+1F389" in warning and "placeholder" in warning for warning in warnings)
    assert "中国" in pdf_text(pdf)


# ---- markdown


def test_inline_marks_leave_only_their_words():
    text = text_of("Một **đậm** *nghiêng* ~~gạch~~ `mã` H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd><br>dòng hai")
    assert "Một đậm nghiêng gạch mã H2O x2 Ctrl dòng hai" in text


def test_white_space_is_folded_across_tags():
    assert "a b c d" in text_of("<p>a <b> b</b>\n\n <i>c </i>  d</p>")
    assert "ab" in text_of("<p>a<b>b</b></p>") and "a b" not in text_of("<p>a<b>b</b></p>")


def test_lists_nest_and_count():
    pdf, _ = export(made.notebook("- một\n  - hai\n\n3. ba\n4. bốn\n\n- [ ] mở\n- [x] xong"))
    kinds = [kind for kind, _ in structure(pdf)]
    assert kinds.count("/L") == 4
    text = pdf_text(pdf)
    assert "3. ba 4. bốn" in text and "☐ mở" in text and "☑ xong" in text and "1. ba" not in text


def test_footnotes_stand_on_their_page_and_count_through_cells():
    pdf, warnings = export(made.many_footnotes())
    text = pdf_text(pdf)
    assert not warnings
    assert "Ghi chú số 14" in text and "Một ghi chú khác." in text and "Đoạn hai của ghi chú." in text
    assert "[^" not in text
    assert [kind for kind, _ in structure(pdf)].count("/Note") == 15


def test_links():
    pdf, warnings = export(made.internal_links())
    assert not warnings
    external, internal = link_targets(pdf)
    assert not external and internal >= 4
    external, _ = link_targets(
        export(made.notebook("[a](https://example.org/x) [b](javascript:alert(1)) [c](file.csv)"))[0]
    )
    assert external == ["https://example.org/x"]


def test_link_without_target_is_plain_text_and_logged():
    pdf, warnings = export(made.dangling_links())
    assert link_targets(pdf) == ([], 0)
    assert "nowhere and 155" in pdf_text(pdf) and len(warnings) == 2
    assert "p." not in pdf_text(pdf)


def test_target_in_a_part_that_is_not_shown_is_no_error():
    nb = made.notebook(
        "[a](#hidden) [b](#gone)",
        '<script id="hidden">x</script><table><caption id="gone"></caption></table>',
    )
    assert "a b" in pdf_text(export(nb)[0])


@pytest.mark.parametrize(("language", "word"), [("vi", "tr."), ("en", "p.")])
def test_evidence_link_names_the_page_of_its_target(language, word):
    pdf, _ = export(made.report(language, n_evidence=120))
    pages = [fold(page) for page in page_texts(pdf)]
    shown = re.search(rf"(?:phát hiện|reported) 150 {re.escape(word)} (\d+)", " ".join(pages))
    page = int(shown[1])
    quote = made.WORDS[language]["quote"].format(mark="150")
    assert quote in pages[page - 1]
    assert quote not in pages[page - 2]


def test_other_internal_links_name_no_page():
    text = text_of("[plain](#here)", '<span id="here">here</span>')
    assert "p. 1" not in text


def test_title_is_a_link_target():
    pdf, warnings = export(made.notebook('# The title <a id="top"></a>\n\n[up](#top) [name](#The-title)', "## a"))
    assert not warnings and link_targets(pdf) == ([], 2)


def test_small_paper_holds_its_tables():
    pdf, _ = export(made.wide_table(10), TypstPDFExporter(paper="a5"))
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        assert all(left > 50 and right < page.get_size()[0] - 50 for left, _, right, _ in boxes)


def test_headings_with_marks_and_ids():
    nb = made.notebook("# T", '## A *slanted* `code` <a id="x"></a> head[^1]\n\n[to](#x)\n\n[^1]: note', "## B", "## C")
    pdf, warnings = export(nb)
    assert not warnings and (0, "A slanted code head") in [(n, t.strip()) for n, t in outline_titles(pdf)]
    assert "note" in pdf_text(pdf)


def test_lang_spans_are_tagged():
    pdf, _ = export(made.notebook('English <span lang="vi">tiếng Việt</span> again', language="en"))
    document = pikepdf.open(io.BytesIO(pdf))
    spans = {str(o.Lang) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Lang" in o}
    streams = b"".join(page.Contents.read_bytes() for page in document.pages).replace(b" ", b"")
    assert "vi" in spans or b"/Lang(vi)" in streams


def test_formulas_carry_their_source_and_unknown_ones_are_shown_as_code():
    pdf, warnings = export(made.mathematics())
    descriptions = [alt for kind, alt in structure(pdf) if kind == "/Formula"]
    assert not warnings and r"\frac{a}{b} + \sqrt[3]{x_i^2}" in descriptions
    assert "$5 and 10 dollars" in pdf_text(pdf)
    pdf, warnings = export(made.unknown_math())
    assert len(warnings) == 2 and r"\foo{x}" in pdf_text(pdf)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x_i^2", "x_(i)^(2)"),
        (r"\frac12", "frac(1, 2)"),
        (r"\sqrt[3]{x}", "root(3, x)"),
        (r"a, b", r"a \, b"),
        (r"\text{nếu }x", '#nbmtext("nếu ") x'),
        (r"\hat{x}", 'accent(x, #"\u0302")'),
        (r"a \not= b", r"a \≠ b"),
        (r"{n \choose k}", "nbgroup(binom(n, k))"),
        (r"x \xrightarrow{n} y", r"x limits(stretch(\→))^(n) y"),
        (r"\textcolor{red}{x}", "x"),
        (r"\substack{i \\ j}", "mat(delim: #none, i; j)"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", 'mat(delim: "(", a, b; c, d)'),
    ],
)
def test_latex_to_typst(latex, expected):
    assert convert(latex) == expected


@pytest.mark.parametrize("latex", [r"\foo", "x_", "{a", r"\left( a", r"\begin{a}b\end{c}", "#", r"\read{x}", r"a}"])
def test_latex_that_is_refused(latex):
    with pytest.raises(UnsupportedMath):
        convert(latex)


def test_lines_of_a_display_stand_below_each_other_at_their_signs():
    pdf, _ = export(made.notebook("$$\\begin{aligned} aaaaaaaa &= b \\\\ &= c \\end{aligned}$$"))
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    signs = [text.get_charbox(i)[0] for i in range(text.count_chars()) if text.get_text_range(i, 1) == "="]
    assert len(signs) == 2 and abs(signs[0] - signs[1]) < 0.5


def test_a_formula_wider_than_the_line_gets_smaller():
    pdf, warnings = export(made.notebook("$$" + " + ".join(f"x_{{{i}}}" for i in range(60)) + "$$"))
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    edges = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1) == "+"]
    assert not warnings and len(edges) == 59 and max(box[2] for box in edges) < page.get_size()[0] - 80


# ---- outputs and pictures


def test_an_output_that_only_scripts_draw_is_named():
    view = made.display({"application/vnd.plotly.v1+json": {"data": []}})
    pdf, warnings = export(made.notebook("x", made.code("fig", view), language="vi"))
    assert len(warnings) == 1 and "[Kết quả này chỉ xem được trong sổ tay]" in pdf_text(pdf)


def test_words_with_formulas_among_them_in_a_latex_output():
    latex = made.display({"text/latex": "Giá trị là $x = 3$.", "text/plain": "?"})
    pdf, warnings = export(made.notebook(made.code("x", latex)))
    assert not warnings and "Giá trị là" in pdf_text(pdf) and "$" not in pdf_text(pdf)


def test_pictures_take_the_share_of_the_line_that_they_ask_for():
    source, _ = TypstExporter().from_notebook_node(
        made.notebook(f'<img src="data:image/png;base64,{made.png()}" alt="a" width="50%">\n\n'
                      f'<img src="data:image/png;base64,{made.png()}" alt="b" style="max-width: 9px; width: 40px">')
    )  # fmt: skip
    assert 'alt: "a", width: 212.5pt' in source and 'alt: "b", width: 30.0pt' in source


def test_outputs_show_their_best_form():
    text = pdf_text(export(made.outputs())[0])
    assert "xin chào xanh" in text and "UserWarning: cẩn thận" in text and "ValueError: sai" in text
    assert "[0;31m" not in text and "\x1b" not in text
    assert "100%" in text and "10% " not in text and "50%" not in text
    assert '"khóa": [' in text and "đậm và" in text and "IntSlider" in text


def test_scripts_are_never_shown():
    text = pdf_text(export(made.scripts())[0])
    assert "alert" not in text and "Figure(interactive)" in text


def test_pictures_are_embedded_and_captions_numbered():
    pdf, warnings = export(made.images())
    assert not warnings
    text = pdf_text(pdf)
    assert "Figure 1. Its caption" in text and "Figure 2. Teal box" in text and "Figure 3" not in text
    descriptions = [alt for kind, alt in structure(pdf) if kind == "/Figure"]
    assert descriptions == ["a chart", "dot", "teal", "two bars", "a very wide picture"]


def test_local_pictures_are_read_only_beside_the_notebook(tmp_path):
    import base64

    (tmp_path / "in").mkdir()
    for place in ("in/a.png", "b.png"):
        (tmp_path / place).write_bytes(base64.b64decode(made.png()))
    nb = made.notebook("![inside](a.png)\n\n![outside](../b.png)")
    pdf, warnings = export(nb, path=str(tmp_path / "in"))
    assert [alt for kind, alt in structure(pdf) if kind == "/Figure"] == ["inside"]
    assert len(warnings) == 1 and "../b.png" in warnings[0] and "[outside]" in pdf_text(pdf)


def test_picture_without_description_gets_a_neutral_one_and_a_warning():
    nb = made.notebook("x", made.code("1", made.display({"image/png": made.png()})), language="vi")
    pdf, warnings = export(nb)
    assert [alt for kind, alt in structure(pdf) if kind == "/Figure"] == ["Hình không có mô tả"]
    assert warnings == ["cell 1: image without description (alt)"]


def test_caption_stands_in_for_a_missing_description():
    output = made.display({"image/png": made.png()}, **{"image/png": {"caption": "Số vụ giảm"}})
    pdf, warnings = export(made.notebook(made.code("1", output)))
    assert not warnings and [alt for kind, alt in structure(pdf) if kind == "/Figure"] == ["Số vụ giảm"]


def test_damaged_pictures_are_replaced_by_their_words():
    pdf, warnings = export(made.missing_pictures())
    assert "[gone]" in pdf_text(pdf) and "[far]" in pdf_text(pdf)
    assert sum("image not shown" in warning for warning in warnings) == 6


# ---- tables


def test_head_rows_repeat_on_each_page():
    pdf, _ = export(made.long_table())
    pages = page_texts(pdf)
    assert len(pages) >= 3 and all("Tên đầu" in page for page in pages)
    assert sum(bool(re.search(r"Biểu 1 ?\. Bảng dài", fold(page))) for page in pages) == 1


def test_caption_above_source_below():
    text = pdf_text(export(made.report("en", n_evidence=5))[0])
    assert re.search(r"Table 1\. Cases by district District Cases .*? Source: 214 newspaper articles", text)


def test_wide_tables_turn_the_page_then_divide():
    pages = pypdfium2.PdfDocument(export(made.wide_table(40))[0])
    assert any(page.get_size()[0] > page.get_size()[1] for page in pages)
    text = pdf_text(export(made.wide_table(40))[0])
    assert "phần 2/3" in text and text.count("Kỳ Anh") == 3 and all(f"cột {i} " in text + " " for i in range(40))
    narrow = pypdfium2.PdfDocument(export(made.wide_table(5))[0])
    assert all(page.get_size()[0] < page.get_size()[1] for page in narrow)


def _grid(source: str):
    from helpers.render.typst_markdown import parse_html

    return read_grid(parse_html(source).find("table"))


def test_spans_are_resolved_and_cut_to_the_table():
    grid = _grid("<table><tr><th rowspan=99>a</th><td colspan=2>b</td></tr><tr><td>1</td><td>2</td></tr></table>")
    places = [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells]
    assert places == [(0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2")]


def test_columns_of_numbers_are_set_right():
    rows = (
        "<tr><td>Kỳ Anh</td><td>1.250,5</td><td>12%</td><td>A1</td></tr>"
        "<tr><td>Vũ Quang</td><td>NaN</td><td>–</td><td>7</td></tr>"
    )
    assert alignments(_grid(f"<table>{rows}</table>")) == ["left", "right", "right", "left"]
    said = '<tr><td class="num">nhiều</td><td>2023-12-15</td></tr>'
    assert alignments(_grid(f"<table>{said}</table>")) == ["right", "left"]


def test_all_first_rows_of_head_cells_are_the_head():
    grid = _grid(
        "<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><th>d</th></tr><tr><th>e</th><td>1</td></tr></table>"
    )
    assert grid.n_head == 2
    assert _grid("<table><tr><th>a</th></tr><tr><th>b</th></tr></table>").n_head == 0


def test_numbers_of_a_styler_stand_right():
    rows = "".join(f'<tr><th>{u}</th><td class="data row0 col0">{i}</td></tr>' for i, u in enumerate(made.UNITS))
    source, _ = TypstExporter().from_notebook_node(made.notebook(made.html_cell(f"<table>{rows}</table>")))
    assert "(left, right,)" in source and 'align: left, [#"0"' not in source


def test_small_table_keeps_its_natural_width():
    layout = choose_layout(_grid("<table><tr><td>a</td><td>1</td></tr></table>"), 425)
    assert layout.widths is None and not layout.is_landscape and layout.parts == [[0, 1]]


# ---- options


def test_options_of_nbconvert_are_honoured():
    nb = made.outputs()
    config = Config({"TemplateExporter": {"exclude_input": True}})
    without, _ = export(nb, TypstPDFExporter(config=config))
    assert "print(" in pdf_text(export(nb)[0]) and "print(" not in pdf_text(without)
    no_output, _ = export(nb, TypstPDFExporter(exclude_output=True))
    assert "xin chào xanh" not in pdf_text(no_output)
    prompts, _ = export(nb, TypstPDFExporter(exclude_input_prompt=False))
    assert "In [1]" in pdf_text(prompts) and "In [1]" not in pdf_text(export(nb)[0])


def test_tagged_cells_are_removed_or_hidden():
    text = pdf_text(export(made.hidden_cells())[0])
    assert "SECRET" not in text and "removed output" not in text
    assert "kept output" in text and "raw text is kept" in text and "latexonly" not in text


def test_own_tags_through_configuration():
    nb = made.notebook("vi only", "en only")
    nb.cells[0].metadata["tags"] = ["vi"]
    exporter = TypstPDFExporter(config=Config({"TagRemovePreprocessor": {"remove_cell_tags": ["vi"]}}))
    text = pdf_text(export(nb, exporter)[0])
    assert "en only" in text and "vi only" not in text


def test_unknown_face_is_a_logged_warning():
    exporter = TypstPDFExporter(text_fonts=["No Such Face", "Libertinus Serif"])
    pdf, warnings = export(made.notebook("words"), exporter)
    assert any("no such face" in warning.lower() for warning in warnings) and "words" in pdf_text(pdf)


def test_refused_document_names_the_cell():
    exporter = TypstPDFExporter(paper="no-such-paper")
    with pytest.raises(TypstCompileError, match="paper"):
        export(made.notebook("x"), exporter)
    # A PNG whose head is sound and whose picture data is not.
    import base64

    data = bytearray(base64.b64decode(made.png()))
    data[45:80] = b"\0" * 35
    output = made.display({"image/png": base64.b64encode(bytes(data)).decode()}, **{"image/png": {"alt": "x"}})
    with pytest.raises(TypstCompileError, match="cell 1"):
        export(made.notebook("text", made.code("", output)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_after_compiling_is_refused_and_does_not_hang():
    nb = made.only_code()
    export(nb)
    child = os.fork()
    if not child:
        try:
            export(nb)
            os._exit(1)
        except TypstCompileError:
            os._exit(0)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_source_exporter_gives_typst_and_pictures():
    source, resources = TypstExporter().from_notebook_node(made.images())
    assert "#show: nbdocument" in source and resources["output_extension"] == ".typ"
    assert {Path(name).suffix for name in resources["outputs"]} == {".png", ".svg"}


def test_exporter_describes_itself_to_jupyterlab():
    assert TypstPDFExporter.export_from_notebook == "PDF via Typst"
    assert TypstPDFExporter.output_mimetype == "application/pdf" and EXPORTER.file_extension == ".pdf"


def test_from_filename_and_command_line_shape(tmp_path):
    path = tmp_path / "báo cáo.ipynb"
    nbformat.write(made.single_chapter(), path)
    pdf, resources = EXPORTER.from_filename(str(path))
    assert pdf.startswith(b"%PDF-") and resources["output_extension"] == ".pdf"
