"""Inline SVG: smaller, harmless, with ids that do not clash in a page of many charts.

    >>> clean_svg('<svg><metadata>m</metadata><g id="a"><path id="p" d="M 1.23456 2"/></g></svg>', "f1-")
    '<svg aria-hidden="true" focusable="false"><path d="M1.23 2"/></svg>'

matplotlib numbers its elements anew in each chart (`id="axes_1"`), writes six decimals and a style for
`*` that would reach out of the chart into the page. Charts are handled as strings: building a tree of
them costs more than all the rest of the page.
"""

import re
from collections.abc import Callable

# metadata, prolog and comments are for editors; <style> in an inline SVG applies to the whole page
NOISE = re.compile(r"<\?.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->|<metadata\b.*?</metadata>|<style\b.*?</style>", re.S)
ACTIVE = re.compile(
    r"<(script|foreignObject|iframe)\b.*?(?:</\1>|/>)|\son\w+\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.S | re.I
)
REMOTE = re.compile(r"\s(?:xlink:)?(?:href|src)\s*=\s*([\"'])(?!#|data:image/).*?\1", re.S)
ID = re.compile(r"\sid=([\"'])(.*?)\1")
REFERENCE = re.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)|href=[\"']#([^\"']+)[\"']")
SPOKEN = re.compile(r"\s(?:aria-[a-z]+|focusable|role)=([\"']).*?\1")
GROUP = re.compile(r"<g\b([^>]*?)(/?)>|</g>")
LONG_NUMBER = re.compile(r"(\d+\.\d\d)\d+")
PATH_DATA = re.compile(r"\sd=\"([^\"]*)\"")
FONT_FAMILY = re.compile(r"(style=\"[^\"]*?)font-family: [^;\"]*;? ?")  # the page's own, see page.css
NO_TURN = re.compile(r"\stransform=\"rotate\(-?0 [^)]*\)\"")
TAG = re.compile(r"<[a-zA-Z][^>]*>")
SVG_TAG = re.compile(r"<svg\b[^>]*>")
BETWEEN_TAGS = re.compile(r">\s+<(?!/?tspan)")  # a space between two <tspan> is a word space
# a white figure or axes patch would stand as a plate on the page's paper, and as a bright one at night
PLATE = re.compile(
    r"(<g id=\"(?:figure|axes)_\d+\">\s*<g id=\"patch_\d+\">\s*<path\b[^>]*?style=\"fill: )#f{6}\b", re.I
)
SVG_EDGE = re.compile(r"<svg\b|</svg\s*>")


def rename_ids(svg: str, prefix: str) -> str:
    """`svg` where ids that are referred to carry `prefix`, and the others are gone."""
    used = {first or second for first, second in REFERENCE.findall(svg)}

    def new_id(match: re.Match[str]) -> str:
        return f' id="{prefix}{match[2]}"' if match[2] in used else ""

    def new_reference(match: re.Match[str]) -> str:
        return f"url(#{prefix}{match[1]})" if match[1] else f'href="#{prefix}{match[2]}"'

    return REFERENCE.sub(new_reference, ID.sub(new_id, svg))


def drop_bare_groups(svg: str) -> str:
    """`svg` without the `<g>` that carry no attribute: each one is a node to parse, style and print."""
    bare: list[bool] = []

    def keep_or_drop(match: re.Match[str]) -> str:
        if match[0] == "</g>":
            return "" if bare and bare.pop() else match[0]
        if match[2]:
            return match[0]
        bare.append(not match[1].strip())
        return "" if bare[-1] else match[0]

    return GROUP.sub(keep_or_drop, svg)


def short_path(match: re.Match[str]) -> str:
    """Path data on one line: `M 0 288 \\nL 504 288` is `M0 288L504 288`."""
    data = re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(match[1].split()))
    return f' d="{data}"'


def shorten_tag(match: re.Match[str]) -> str:
    """A tag with two decimals and short paths; text between tags is never touched ("3.14159")."""
    tag = FONT_FAMILY.sub(r"\1", LONG_NUMBER.sub(r"\1", match[0]))
    return PATH_DATA.sub(short_path, NO_TURN.sub("", tag))


def hide_from_readers(match: re.Match[str]) -> str:
    """The opening `<svg>` that a screen reader passes over: the figure around it has the words."""
    return '<svg aria-hidden="true" focusable="false"' + SPOKEN.sub("", match[0])[len("<svg") :]


def clean_svg(svg: str, prefix: str) -> str:
    """`svg` for a place in a page; ids begin with `prefix`."""
    svg = PLATE.sub(r"\1none", REMOTE.sub("", ACTIVE.sub("", NOISE.sub("", svg))))
    svg = drop_bare_groups(rename_ids(svg, prefix))
    svg = SVG_TAG.sub(hide_from_readers, TAG.sub(shorten_tag, svg), count=1)
    return BETWEEN_TAGS.sub("><", svg).strip()


def replace_svgs(page: str, replace: Callable[[str], str]) -> str:
    """`page` with each outermost `<svg>…</svg>` replaced; one that is not closed is left as it is."""
    parts, start, depth, done = [], 0, 0, 0
    for edge in SVG_EDGE.finditer(page):
        if edge[0] == "<svg":
            start, depth = (edge.start() if depth == 0 else start), depth + 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts += [page[done:start], replace(page[start : edge.end()])]
                done = edge.end()
    return "".join([*parts, page[done:]])
