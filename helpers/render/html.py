"""Pages: what the nbconvert template `report` needs to make one self-contained HTML file.

    c.TemplateExporter.extra_template_basedirs = [str(TEMPLATES)]
    c.TemplateExporter.template_name = "report"
    c.TemplateExporter.filters = FILTERS

With these lines the stock HTMLExporter gives the page. The template asks for the cells as HTML
and passes them through `finish_page`; its steps are in html_body.py and html_parts.py, charts are
cleaned in html_svg.py.
Nothing here runs a notebook. nbconvert parses the page once more after us (its own search for missing
alt texts), so small charts are quick pages.
"""

import base64
import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from helpers.render import html_body as steps
from helpers.render import html_parts as parts
from helpers.render.html_language import mark_drawing, mark_vietnamese
from helpers.render.html_svg import clean_svg, replace_svgs

TEMPLATES = Path(__file__).parent / "templates"
SVG = "image/svg+xml"


@dataclass(frozen=True)
class Page:
    """What the template prints; `heading_html`, `contents_html` and `body` are HTML, the rest is text."""

    language: str
    words: dict[str, str]
    title: str
    heading_html: str
    subtitle: str
    byline: str
    date: str
    authors: list[str]
    facts: list[tuple[str, str]]
    note: str
    running_head: str
    other_language_href: str
    contents: list[tuple[int, str, str]]
    contents_html: str
    body: str


@cache
def interface_words() -> dict[str, dict[str, str]]:
    """The words the page itself says, by language."""
    return tomllib.loads((TEMPLATES / "report" / "words.toml").read_text(encoding="utf-8"))


def words_for(language: str) -> dict[str, str]:
    """Words for `en-GB` are those of `en`; of a language we do not have, the English ones."""
    words = interface_words()
    return words.get(language.split("-")[0], words["en"])


class ReportMarkdown(MarkdownWithMath):
    """nbconvert's markdown, with footnotes."""

    DEFAULT_PLUGINS = (*MarkdownWithMath.DEFAULT_PLUGINS, "footnotes")


class ReportRenderer(IPythonRenderer):
    """nbconvert's renderer, with math shown as its source: typesetting it would need a script."""

    def inline_math(self, body: str) -> str:
        """`$x^2$` as code; "$5 và $10" is money, and its `$` stay."""
        if body != body.strip():
            return f"${self.escape_html(body)}$"
        return f'<code class="math">{self.escape_html(body)}</code>'

    def block_math(self, body: str) -> str:
        """A formula on its own line, as source."""
        return f'<code class="math display">{self.escape_html(body.strip())}</code>'

    def latex_environment(self, name: str, body: str) -> str:
        r"""The inside of `\begin{align} … \end{align}`, as source."""
        return self.block_math(body)

    def _html_embed_images(self, html: str) -> str:
        """Embed picture by picture: nbconvert parses the whole piece, and inline HTML comes in pieces,
        so `<a href="#x">` came back as `<a href="#x"></a>`, a link with nothing in it."""
        embed = super()._html_embed_images
        return re.sub(r"<img\b[^>]*>", lambda image: embed(image[0]), html)


@pass_context
def report_markdown(context: Any, source: str) -> str:
    """Filter: a cell's markdown as HTML; local pictures are taken into the page."""
    renderer = ReportRenderer(
        escape=False,
        exclude_anchor_links=True,  # ids and ¶ are set later, on all headings alike
        embed_images=True,
        path=context.get("resources", {}).get("metadata", {}).get("path", ""),
        attachments=context.get("cell", {}).get("attachments", {}),
    )
    return ReportMarkdown(renderer=renderer).render(source)


def figure_html(output: Any, mime: str) -> str:
    """Filter: a chart or picture as a figure, with the alt text, caption and source of its metadata."""
    about = output.get("metadata", {}).get(mime) or {}
    alt = escape(str(about.get("alt") or ""))
    if mime == SVG:
        picture = f'<div class="plot" role="img" aria-label="{alt}">{output["data"][mime]}</div>'
    else:
        sizes = "".join(f' {side}="{int(about[side])}"' for side in ("width", "height") if about.get(side))
        data = "".join(output["data"][mime].split())
        picture = f'<img class="plot" alt="{alt}"{sizes} src="data:{mime};base64,{data}">'
    caption = escape(str(about.get("caption") or ""))
    source = escape(str(about.get("source") or ""))
    caption = f"<strong>{caption}</strong> " if caption else ""
    source = f'<span class="source">{source}</span>' if source else ""
    evidence = f' <span class="source">{about["evidence"]}</span>' if about.get("evidence") else ""
    caption = f"<figcaption>{caption}{source}{evidence}</figcaption>" if caption or source or evidence else ""
    name = f' id="{escape(str(about["id"]))}"' if about.get("id") else ""
    kind = "chart" if mime == SVG else "chart picture"
    return f'<figure class="{kind}"{name}>{picture}{caption}</figure>'


def script_hash(element: str) -> str:
    """Filter: `sha256-…` of what stands inside a script element, as the page's policy names it."""
    content = str(element).partition(">")[2].rpartition("</script>")[0]
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def contents_html(headings: list[tuple[int, str, str]]) -> str:
    """The headings as a list of links, h3 under its h2."""
    items, depth = [], 1
    for level, name, text in headings:
        if level > depth:
            items.append("<ol><li>" * (level - depth))
        else:
            items.append("</li></ol>" * (depth - level) + "</li><li>")
        items.append(f'<a href="#{escape(name)}">{escape(text)}</a>')
        depth = level
    return "".join(items) + "</li></ol>" * (depth - 1)


def finish_tree(tree: BeautifulSoup, title: str, words: dict[str, str]) -> str:
    """All steps on the cells, in order; returns the HTML of the document's title."""
    steps.remove_active_content(tree, words["interactive"])
    heading_html = steps.take_title(tree, title)
    steps.gather_footnotes(tree, words["notes"])
    steps.nest_headings(tree)
    steps.make_ids_unique(tree)
    jupyter_names = steps.name_headings(tree)
    parts.number_captions(tree, words["figure"], words["table"])
    parts.mend_tables(tree, words["table"])
    parts.mend_figures(tree, words["no_description"])
    parts.name_blocks(tree, words["output"])
    steps.mend_links(tree, jupyter_names)
    steps.link_back(tree, words["back"])
    parts.name_extras(tree)
    steps.mark_lead(tree)
    for wrapper in steps.tags(tree, "div"):
        if steps.has_class(wrapper, "markdown") or steps.has_class(wrapper, "output"):
            wrapper.unwrap()
    return heading_html


def plain(text_html: str) -> str:
    """HTML as one line of text."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", text_html)).split())


def finish_page(cells_html: str, notebook: Any, resources: Any) -> Page:
    """Filter: the rendered cells as a page, with all that the template says about it."""
    about = notebook.metadata
    report = about.get("report") or {}
    language = str(about.get("language") or resources.get("language_code") or "en")
    words = words_for(language)
    charts: list[str] = []

    def set_aside(svg: str) -> str:
        charts.append(mark_drawing(clean_svg(svg, f"c{len(charts) + 1}-"), language))
        return f'<x-svg n="{len(charts)}"></x-svg>'

    tree = BeautifulSoup(replace_svgs(cells_html, set_aside), "html.parser")
    file_name = str((resources.get("metadata") or {}).get("name") or "")
    heading_html = finish_tree(tree, str(about.get("title") or ""), words) or escape(file_name)
    headings = steps.list_headings(tree)
    mark_vietnamese(tree, language)
    steps.add_permalinks(tree, words["permalink"])
    body = re.sub(r'<x-svg n="(\d+)"></x-svg>', lambda match: charts[int(match[1]) - 1], str(tree))
    title = str(about.get("title") or plain(heading_html))
    authors = [str(author.get("name", "")) for author in about.get("authors") or []]
    date = str(about.get("date") or "")
    return Page(
        language=language,
        words=words,
        title=title,
        heading_html=heading_html,
        subtitle=str(report.get("subtitle") or ""),
        byline=" · ".join(part for part in [", ".join(authors), date] if part),
        date=date,
        authors=authors,
        facts=[(str(label), str(value)) for label, value in report.get("summary") or []],
        note=str(report.get("note") or ""),
        running_head=str(report.get("running_head") or title),
        other_language_href=str(report.get("other_language_href") or ""),
        contents=headings,
        contents_html=contents_html(headings),
        body=body,
    )


FILTERS = {
    "report_markdown": report_markdown,
    "figure_html": figure_html,
    "script_hash": script_hash,
    "finish_page": finish_page,
}
