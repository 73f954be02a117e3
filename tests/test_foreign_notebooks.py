"""Other people's notebooks as PDFs: is every word there, tagged and inside the page, as in nbconvert's own PDF?

Run this file alone with `-rP` to see the figures of docs/typst-exporter.md.
"""

import importlib.util
import io
import json
import re
import statistics
import unicodedata
import warnings
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html
from nbconvert.exporters.html import HTMLExporter
from traitlets.config import Config

from helpers.render.typst import TypstPDFExporter


def _load(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TESTS = Path(__file__).parent
foreign = _load(TESTS / "notebooks" / "foreign.py")
webpdf = _load(TESTS / "webpdf.py")
NAMES = sorted(foreign.FOREIGN)
#: what the log must say of a notebook; of any other it says nothing
WARNED = {
    "right_to_left_and_cjk": ["no face has"],
    "emoji_and_symbols": ["no face has"],
    "html_and_entities": ["no face has 漢"],
    "format_3": ["image without description"],
    "widgets_without_state": ["output of type"],
    "plotly_and_bokeh": ["output of type"],
    "unknown_macros": ["formula shown as code"] * 5,
}
FORMULAS = {"formulas", "latex_outputs", "unknown_macros", "headings_of_all_levels", "markdown_tables"}
#: LaTeX source and placeholders of scripts: the words of one side only
NOT_COMPARED = {"formulas", "latex_outputs", "unknown_macros", "plotly_and_bokeh", "widgets_without_state", "empty"}
#: the words that stand in only one of the two, and why: (in the HTML only, in the PDF only)
DIFFERENT: dict[str, tuple[str, str]] = {
    "displays_of_other_kinds": ("IPython core display object", "khóa null sâu text true đúng"),  # JSON is shown
    "html_and_entities": ("Press frames no one", "Table"),  # what a form, a frame would offer
    "lists_of_all_kinds": ("", "1 2 3 4 10 11"),  # numbers of items are no text in HTML
    "odd_metadata": ("", "1 2023 Nhóm dữ liệu"),  # authors and date
    "pictures_of_matplotlib": (
        "",
        "0 1 2 3 4 5 6 8 10 số vụ trộm cắp Vũ Quang được nhắc nhiều nhất " + " ".join(foreign.DISTRICTS),
    ),
    "links_and_anchors": ("", "1With footnote1"),  # a note's number beside a word
    "progress_and_colours": (" ".join(map(str, range(5, 100, 5))) + " 8 http org", ""),  # a bar's earlier states
    "raw_cells": ("reStructured text", "markdown"),  # raw cells of another format, of ours
}
#: what the PDF writes itself: contents, captions, numbers of pages and footnotes
PAGE_WORDS = {"Contents", "Mục", "lục", "Table", "Figure", "Biểu", "Hình", *map(str, range(50))}
OUTPUTS_ONLY = Config({"TemplateExporter": {"exclude_input_prompt": True, "exclude_output_prompt": True}})


def _read(exporter, name: str):
    resources = {"metadata": {"name": name, "path": ""}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbconvert's, about formats and missing descriptions
        return exporter.from_file(io.StringIO(json.dumps(foreign.FOREIGN[name]())), resources)


@cache
def ours(name: str) -> tuple[bytes, list[str]]:
    """The PDF of a notebook, and what the log said."""
    pdf, resources = _read(TypstPDFExporter(), name)
    return pdf, resources["warnings"]


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


@cache
def page_words(name: str) -> str:
    """What stock HTML says, without styles, scripts and the pilcrow of its headings."""
    tree = lxml_html.document_fromstring(_read(HTMLExporter(config=OUTPUTS_ONLY), name)[0])
    for element in tree.xpath("//style | //script | //head | //a[@class='anchor-link']"):
        element.drop_tree()
    return " ".join(tree.xpath("//text()"))


def words(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", re.sub("[\ufffe\u00ad\u200b-\u200f\u202a-\u202e]", "", text))
    return set(re.findall(r"\w+", folded))


def recall(wanted: str, found: str) -> tuple[float, set[str]]:
    """The share of distinct words of `wanted` that stand in `found`, line ends apart; and those that don't."""
    one_run = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", found))
    asked = {w for w in (re.sub(r"[\W_]", "", word) for word in words(wanted)) if w}
    # text that runs to the left is stored as it is shown
    lost = {word for word in asked if word not in one_run and word[::-1] not in one_run}
    return 1 - len(lost) / max(len(asked), 1), lost


def structure(pdf: bytes) -> list[tuple[str, str | None]]:
    document = pikepdf.open(io.BytesIO(pdf))
    return [
        (str(o.S), str(o.Alt) if "/Alt" in o else None)
        for o in document.objects
        if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o
    ]


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_lost_is_warned_of(name):
    said, expected = ours(name)[1], WARNED.get(name, [])
    assert len(said) == len(expected) and all(word in line for word, line in zip(expected, said, strict=True)), said


@pytest.mark.parametrize("name", NAMES)
def test_pdf_is_tagged_and_every_picture_and_formula_described(name):
    pdf, _ = ours(name)
    document = pikepdf.open(io.BytesIO(pdf))
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1" and metadata["pdfaid:part"] == "2" and metadata["dc:title"]
    assert all(alt for kind, alt in structure(pdf) if kind in ("/Figure", "/Formula"))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_leaves_the_room_of_the_page(name):
    for number, page in enumerate(pypdfium2.PdfDocument(ours(name)[0])):
        width, height = page.get_size()
        for thing in page.get_objects(max_depth=1):
            left, bottom, right, top = thing.get_bounds()
            assert left > 79 and right < width - 80, (number, left, right)
            assert bottom > 20 and top < height - 20, (number, bottom, top)


@pytest.mark.parametrize("name", NAMES)
def test_text_extracts_in_nfc(name):
    assert all(unicodedata.is_normalized("NFC", page) for page in pages(ours(name)[0]))


@pytest.mark.parametrize("name", [n for n in NAMES if n not in NOT_COMPARED])
def test_every_word_of_the_notebook_is_in_the_pdf_and_none_beside(name):
    pdf = " ".join(pages(ours(name)[0]))
    there, lost = recall(page_words(name), pdf)
    back, added = recall(pdf, page_words(name))
    print(f"{name}: {there:.4f} of the notebook's words in the PDF, {back:.4f} of the PDF's in the notebook")
    gone, new = (set(side.split()) for side in DIFFERENT.get(name, ("", "")))
    assert lost <= gone and added <= new | PAGE_WORDS, (lost - gone, added - new)


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_formulas_are_set_as_formulas(name):
    text = " ".join(pages(ours(name)[0]))
    assert "rgb(" not in text and ("\\" in text) == (name == "unknown_macros")


def test_charts_are_vector_and_their_words_can_be_searched():
    text = " ".join(pages(ours("pictures_of_matplotlib")[0]))
    assert text.count("Vũ Quang được nhắc nhiều nhất") == 2 and text.count("số vụ trộm cắp") == 2  # bitmaps have none


def test_the_same_bytes_twice():
    assert _read(TypstPDFExporter(), "styler_over_groups")[0] == ours("styler_over_groups")[0]


@pytest.mark.skipif(bool(webpdf.MISSING), reason=webpdf.MISSING)
def test_compared_with_webpdf_page_by_page():
    """Every word on each page that the browser prints is in ours, in hardly more pages."""
    backs, more = [], []
    for name in NAMES:
        if name in NOT_COMPARED:
            continue
        browser, _ = _read(webpdf.ChromiumPDFExporter(config=OUTPUTS_ONLY), name)
        pdf, _ = ours(name)
        text, printed = " ".join(pages(pdf)), pages(browser)
        gone = {"0", "00", "typed", *DIFFERENT.get(name, ("", ""))[0].split()}  # an audio player, an input field
        lost = {word for page in printed for word in recall(page, text)[1]} - gone
        backs.append(recall(text, " ".join(printed))[0])
        more.append(len(pages(pdf)) / len(printed))
        print(
            f"{name}: pages {len(pages(pdf))}/{len(printed)}, their words missing in ours {len(lost)}, "
            f"our words in theirs {backs[-1]:.3f}, kB {len(pdf) // 1000}/{len(browser) // 1000}"
        )
        assert not lost, (name, lost)
    print(f"of our words in theirs: median {statistics.median(backs):.3f}, least {min(backs):.3f}")
    assert statistics.median(more) <= 1 and max(more) <= 3  # a browser cuts off what is wider than its page
