"""Title, heading levels and link targets of a notebook, worked out before anything is written."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from lxml import html

from helpers.render.typst_inline import HEADINGS, plain_text


def find_headings(trees: Iterable[html.HtmlElement]) -> list[html.HtmlElement]:
    """The headings that make the outline, in reading order; those in table cells are only words."""
    return [
        element
        for tree in trees
        for element in tree.iter(*HEADINGS)
        if plain_text(element) and next(element.iterancestors("table", "nb-note"), None) is None
    ]


def take_title(markdown: list[html.HtmlElement]) -> html.HtmlElement | None:
    """The heading that is the document's title: the only H1, and the first heading of the first cell."""
    headings = find_headings(markdown)
    if not headings or headings[0].tag != "h1" or sum(h.tag == "h1" for h in headings) != 1:
        return None
    title = headings[0]
    return title if markdown and title in set(markdown[0].iter("h1")) else None


def set_levels(headings: list[html.HtmlElement]) -> None:
    """Write `nb-level` on each heading so that no level is skipped, as PDF/UA demands."""
    open_levels: list[int] = []
    for heading in headings:
        level = int(heading.tag[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.set("nb-level", str(len(open_levels)))


def _slugs(heading: html.HtmlElement) -> list[str]:
    """The names under which JupyterLab and GitHub would link to a heading."""
    words = plain_text(heading)
    github = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
    return [words.replace(" ", "-"), github]


def heading_names(heading: html.HtmlElement) -> list[str]:
    """The ids in a heading, and the names that other tools would give it."""
    inner = (e.get("id") or e.get("name") for e in heading.iter() if isinstance(e.tag, str))
    return [*filter(None, inner), *_slugs(heading)]


def collect_labels(
    trees: list[html.HtmlElement],
    headings: list[html.HtmlElement],
    other_ids: Iterable[str],
) -> dict[str, str]:
    """For each id that a link asks for, the Typst label of its place; other ids need none."""
    asked: set[str] = set()
    for tree in trees:
        for link in tree.iter("a"):
            href = (link.get("href") or "").strip()
            if href.startswith("#") and len(href) > 1:
                asked |= {href[1:], unquote(href[1:])}
    labels: dict[str, str] = {}
    for number, heading in enumerate(headings):
        names = [name for name in heading_names(heading) if name in asked and name not in labels]
        if names:
            heading.set("nb-label", f"heading-{number}")
            labels.update(dict.fromkeys(names, f"heading-{number}"))
    for tree in trees:
        for element in tree.iter():
            if isinstance(element.tag, str):
                name = element.get("id") or (element.get("name") if element.tag == "a" else None)
                if name in asked and name not in labels:
                    labels[name] = f"id-{name}"
    for name in other_ids:
        if name in asked:
            labels.setdefault(name, f"id-{name}")
    return labels
