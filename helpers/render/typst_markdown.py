"""Markdown to one HTML tree, so that prose, raw HTML and outputs share a single writer.

Raw HTML in a cell may open a tag before a word and close it after (`<span lang="vi">…</span>`),
which a markdown AST shows as two unrelated scraps. The text is therefore written as HTML first
and parsed as a whole, as a browser would. Mathematics and footnotes pass through as elements of
their own (`nb-math`, `nb-noteref`, `nb-note`); rules for `$` are those of nbconvert's HTML export.
"""

import re
from functools import lru_cache
from html import escape

from lxml import etree, html
from mistune import HTMLRenderer, import_plugin
from nbconvert.filters.markdown_mistune import MarkdownWithMath, MathInlineParser

from helpers.render.typst_escape import clean

PLUGINS = (
    "strikethrough", "table", "mistune.plugins.table.table_in_list", "mistune.plugins.table.table_in_quote",
    "url", "task_lists", "def_list", "footnotes",
)  # fmt: skip


class TreeRenderer(HTMLRenderer):
    """mistune's HTML with mathematics, footnotes and code languages as plain attributes."""

    def __init__(self) -> None:
        super().__init__(escape=False, allow_harmful_protocols=True)

    def block_code(self, code: str, info: str | None = None) -> str:
        language = (info or "").split()[:1]
        name = re.sub(r"[^\w+#.-]", "", language[0]) if language else ""
        return f'<pre><code class="language-{escape(name)}">{escape(code)}</code></pre>\n'

    def block_math(self, body: str) -> str:
        return f'<nb-math display="block">{escape(body)}</nb-math>'

    def inline_math(self, body: str) -> str:
        return f"<nb-math>{escape(body)}</nb-math>"

    def latex_environment(self, name: str, body: str) -> str:
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return f'<nb-math display="block">{escape(source)}</nb-math>'

    def footnote_ref(self, key: str, index: int) -> str:
        return f'<nb-noteref note="{index}"></nb-noteref>'

    def footnotes(self, text: str) -> str:
        return text

    def footnote_item(self, text: str, key: str, index: int) -> str:
        return f'<nb-note note="{index}">{text}</nb-note>'


@lru_cache(maxsize=1)
def _markdown() -> MarkdownWithMath:
    renderer = TreeRenderer()
    plugins = [import_plugin(name) for name in PLUGINS]
    markdown = MarkdownWithMath(renderer, inline=MathInlineParser(hard_wrap=False), plugins=plugins)
    # The footnote plugin registers its own HTML methods over ours; ours must win.
    for name in ("footnote_ref", "footnotes", "footnote_item"):
        renderer._BaseRenderer__methods.pop(name, None)
    return markdown


def parse_html(source: str) -> html.HtmlElement:
    """The `body` of an HTML fragment; anything that is not well formed is mended as browsers do."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    data = f"<!DOCTYPE html><html><body>{clean(source)}</body></html>".encode()
    try:
        document = html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        document = html.document_fromstring(b"<html><body></body></html>")
    body = document.find("body")
    return body if body is not None else html.Element("body")


def parse_markdown(source: str) -> html.HtmlElement:
    """The tree of a markdown cell."""
    return parse_html(_markdown().render(clean(source)))
