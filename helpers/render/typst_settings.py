"""The settings of a document, and the line of Typst that tells the template about them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from nbformat import NotebookNode

from helpers.render.typst_escape import array, string
from helpers.render.typst_inline import TextArea
from helpers.render.typst_wording import wording

# Stands for "no date": the same input must give the same bytes on any day.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MIN_HEADINGS_FOR_CONTENTS = 3


# Width and height in points; an unknown paper is reckoned as the smallest.
PAPERS = {
    "a3": (842, 1191),
    "a4": (595, 842),
    "a5": (420, 595),
    "us-letter": (612, 792),
    "us-legal": (612, 1008),
}
MARGINS = (170, 202)  # both sides, top and bottom, as in typst_template.typ


@dataclass(frozen=True)
class Settings:
    """What the exporter's traits decide."""

    language: str = ""
    paper: str = "a4"
    text_fonts: tuple[str, ...] = ("Libertinus Serif", "DejaVu Sans")
    sans_fonts: tuple[str, ...] = ("DejaVu Sans", "Libertinus Serif")
    mono_fonts: tuple[str, ...] = ("DejaVu Sans Mono", "DejaVu Sans", "Libertinus Serif")
    contents_depth: int = 2
    justify: bool = True
    include_input: bool = True
    include_output: bool = True
    include_markdown: bool = True
    include_code_cell: bool = True
    include_raw: bool = True
    include_input_prompt: bool = False
    include_output_prompt: bool = False
    raw_mimetypes: tuple[str, ...] = ("", "text/plain", "text/markdown", "text/html")
    priority: tuple[str, ...] = ()


def find_language(metadata: NotebookNode, settings: Settings) -> tuple[str, str | None]:
    """Language and region; old notebooks keep their programming language under the same name."""
    for value in (settings.language, metadata.get("language", "")):
        if match := re.fullmatch(r"([a-zA-Z]{2})(?:[-_]([a-zA-Z]{2}))?", str(value)):
            return match[1].lower(), match[2] and match[2].upper()
    return "en", None


def find_stamp(date: str) -> datetime:
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", date)
    try:
        return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC) if match else EPOCH
    except ValueError:
        return EPOCH


def text_area(paper: str) -> TextArea:
    """The room for text on a page of `paper`, upright and turned."""
    width, height = PAPERS.get(paper, PAPERS["a5"])
    return TextArea(width - MARGINS[0], height - MARGINS[1], height - MARGINS[0])


def _face(name: str) -> str:
    """A face for Typst. DejaVu Sans Mono has no ề, only ê with an accent beside it: it is not asked."""
    if name != "DejaVu Sans Mono":
        return string(name)
    return f'(name: {string(name)}, covers: regex("[^\\u{{300}}-\\u{{36f}}\\u{{1ea0}}-\\u{{1ef9}}]"))'


def _dictionary(items: dict[str, str]) -> str:
    return "(" + "".join(f"{string(key)}: {value}, " for key, value in items.items()) + ")"


def _facts(report: dict) -> str:
    """The lines of the title page as pairs of strings."""
    pairs = [[*map(str, pair), "", ""][:2] for pair in report.get("summary") or [] if isinstance(pair, list | tuple)]
    return array([array([string(part) for part in pair]) for pair in pairs])


def _names(authors: object) -> list[str]:
    """Names of nbformat's list of authors; plain strings are names as well."""
    entries = authors if isinstance(authors, list) else []
    names = [str(entry.get("name") or "") if isinstance(entry, dict) else str(entry) for entry in entries]
    return [name.strip() for name in names if name.strip()]


def write_configuration(
    metadata: NotebookNode, settings: Settings, *, title: str, is_title_shown: bool, n_headings: int
) -> str:
    """The Typst line that tells the template about one document."""
    language, region = find_language(metadata, settings)
    report = metadata.get("report")
    has_report = isinstance(report, dict)
    report = report if has_report else {}
    note, subtitle = report.get("note"), report.get("subtitle")
    fonts = {"body": settings.text_fonts, "sans": settings.sans_fonts, "mono": settings.mono_fonts}
    values = {
        "title": string(title),
        "subtitle": string(str(subtitle)) if subtitle else "none",
        "authors": array([string(name) for name in _names(metadata.get("authors"))]),
        "date": string(str(metadata.get("date", ""))),
        "stamp": "auto",
        "lang": string(language),
        "region": string(region) if region else "none",
        "paper": string(settings.paper),
        "justify": str(settings.justify).lower(),
        # Vietnamese syllables are never divided.
        "hyphenate": "false" if language == "vi" else "auto",
        # Off, so that a letter no chosen face has is an error that names it: see typst_compile.
        "fallback": 'sys.inputs.at("fallback", default: "no") == "yes"',
        "report": f"(summary: {_facts(report)}, note: {string(str(note)) if note else 'none'})"
        if has_report
        else "none",
        "running-head": string(str(report.get("running_head") or title)),
        "show-title": str(is_title_shown).lower(),
        "contents": str(n_headings >= MIN_HEADINGS_FOR_CONTENTS).lower(),
        "contents-depth": str(settings.contents_depth),
        "words": _dictionary({key: string(value) for key, value in wording(language).items()}),
        **{name: array([_face(face) for face in faces]) for name, faces in fonts.items()},
    }
    return "#let cfg = " + _dictionary(values)
