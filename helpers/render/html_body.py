"""The body of a page, step by step: safe, in order, numbered, with links that arrive.

Each step changes the tree it is given (the one place where that is cheaper than a new value) and does one
thing. The order matters and is `finish_page`'s in html.py. Charts are not in the tree: they stand
as `<x-svg>` and are put back as strings at the end.
"""

import re
from html import escape
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from helpers.normalize import strip_marks

ACTIVE_TAGS = ("noscript", "link", "meta", "base", "iframe", "object", "embed", "template", "title")
LOADING_ATTRIBUTES = ("src", "srcset", "poster", "background", "data", "action", "formaction", "ping")
PLAIN_SCHEMES = ("http", "https", "mailto", "tel", "")
REMOTE_CSS = re.compile(r"@import[^;]*;?|url\([^)]*\)", re.I)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_BACKLINKS = 9  # a sentence cited on every page would else have a longer list than text


def tags(tree: BeautifulSoup, *names: str) -> list[Tag]:
    """Every tag of the page, or those with one of `names`, in order; bs4's own search is slower."""
    found, node = [], next(iter(tree.contents), None)  # the page itself is not in the chain of elements
    while node is not None:
        if isinstance(node, Tag) and (not names or node.name in names):
            found.append(node)
        node = node.next_element
    return found


def has_class(tag: Tag, name: str) -> bool:
    """True if `name` is one of the tag's classes."""
    return name in tag.get("class", ())


def bearers(tree: BeautifulSoup) -> dict[str, Tag]:
    """The first bearer of each id."""
    found: dict[str, Tag] = {}
    for tag in tags(tree):
        if tag.attrs and "id" in tag.attrs:
            found.setdefault(str(tag["id"]), tag)
    return found


def remove_active_content(tree: BeautifulSoup, note: str) -> None:
    """No script, no frame and nothing that would be fetched; an output that was only script says so."""
    for script in tags(tree, "script"):
        output = script.find_parent("div", class_="output")
        script.extract()
        empty = output is not None and not output.find(["table", "img", "x-svg"])
        if empty and not output.get_text().strip():
            output.append(new_tag(tree, "p", note, class_="note"))
    for tag in tags(tree, *ACTIVE_TAGS):
        tag.decompose()
    for tag in tags(tree):
        make_passive(tag)
    for picture in tags(tree, "img"):
        if not picture.get("src"):
            picture.replace_with(f"[{picture.get('alt') or '…'}]")


def make_passive(tag: Tag) -> None:
    """Take away handlers, remote addresses and links that are not plain links."""
    if tag.name == "style" and tag.string:
        tag.string = REMOTE_CSS.sub("", tag.string)
    for name in list(tag.attrs):
        value = str(tag.attrs[name]).strip()
        remote = name in LOADING_ATTRIBUTES and not value.startswith("data:image/")
        if name.startswith("on") or remote:
            del tag.attrs[name]
        elif name == "style":
            tag.attrs[name] = REMOTE_CSS.sub("", value)
        elif name.endswith("href") and url_scheme(value) not in PLAIN_SCHEMES:
            del tag.attrs[name]


def url_scheme(url: str) -> str:
    """The scheme in lower case, "" of a relative address; browsers ignore blanks inside `java script:`."""
    head, colon, _ = re.sub(r"[\s\x00-\x1f]", "", url).partition(":")
    return head.lower() if colon and not re.search(r"[/?#]", head) else ""


def new_tag(tree: BeautifulSoup, name: str, text: str = "", **attributes: str) -> Tag:
    """A tag made from words; `class_` and `aria_label` stand for the names Python cannot write."""
    tag = tree.new_tag(name, attrs={k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()})
    if text:
        tag.string = text
    return tag


def gather_footnotes(tree: BeautifulSoup, title: str) -> None:
    """Notes of all cells as one numbered list at the end; each cell's markdown began anew at 1."""
    gathered = new_tag(tree, "ol")
    for section in tags(tree, "section"):
        if not has_class(section, "footnotes"):
            continue
        cell = section.find_parent("div", class_="markdown") or section.parent
        for item in section.select("li[id^=fn-]"):
            number = str(len(gathered.find_all("li", recursive=False)) + 1)
            old = item["id"].removeprefix("fn-")
            backs = item.select("a.footnote")
            for turn, sup in enumerate(cell.select(f'sup[id="fnref-{old}"]'), 1):
                sup["id"] = f"note-ref-{number}" + (f"-{turn}" if turn > 1 else "")
                sup.a["href"], sup.a.string = f"#note-{number}", number
            for back in backs:
                back["href"], back["class"] = f"#note-ref-{number}", ["back"]
            item["id"] = f"note-{number}"
            gathered.append(item.extract())
        section.decompose()
    if gathered.li:
        end = new_tag(tree, "section", class_="footnotes")
        end.extend([new_tag(tree, "h2", title), gathered])
        tree.append(end)


def take_title(tree: BeautifulSoup, fallback: str) -> str:
    """Inner HTML of the document's title, "" when nothing names it.

    A first heading that is the only h1 is taken out of the tree; one of several h1 only where
    `fallback` (the title in the metadata) is empty: else it is a chapter.
    """
    levels = [heading.name for heading in tags(tree, *HEADINGS)]
    if levels[:1] == ["h1"] and (not fallback or levels.count("h1") == 1):
        return tags(tree, "h1")[0].extract().decode_contents()
    return escape(fallback)


def nest_headings(tree: BeautifulSoup) -> None:
    """Headings from h2 on with no level left out; what stood on one level stays on one level."""
    open_levels: list[int] = []
    for heading in tags(tree, *HEADINGS):
        level = int(heading.name[1])
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading.name = f"h{min(len(open_levels) + 1, 6)}"


def slug(text: str) -> str:
    """`Ai được nhắc?` is `ai-duoc-nhac`: an address that survives being pasted anywhere."""
    plain = strip_marks(text.lower().replace("đ", "d"))
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "section"


def name_headings(tree: BeautifulSoup) -> dict[str, str]:
    """Give each heading an id; returns Jupyter's names of them (`Ai-được-nhắc?`) with our ids."""
    taken = set(bearers(tree))
    jupyter_names: dict[str, str] = {}
    for heading in tags(tree, *HEADINGS):
        text = heading.get_text()
        if not heading.get("id"):
            heading["id"] = free_id(slug(text), taken)
        jupyter_names.setdefault("-".join(text.split()), str(heading["id"]))
    return jupyter_names


def free_id(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` …; the answer is added to `taken`."""
    name, turn = wanted, 1
    while name in taken:
        turn += 1
        name = f"{wanted}-{turn}"
    taken.add(name)
    return name


def make_ids_unique(tree: BeautifulSoup) -> None:
    """The first bearer keeps an id, so links go where they went; empty ids go."""
    taken: set[str] = set()
    for tag in tags(tree):
        if tag.attrs.get("id"):
            tag["id"] = free_id(str(tag["id"]), taken)
        else:
            tag.attrs.pop("id", None)


def mend_links(tree: BeautifulSoup, jupyter_names: dict[str, str]) -> None:
    """A link inside the page arrives, or it is plain text."""
    ids = {"main", *bearers(tree)}
    for link in tags(tree, "a"):
        href = link.get("href")
        if href is None and not link.get("id"):
            link.unwrap()
        elif href and href.startswith("#") and href[1:] not in ids:
            named = unquote(href[1:])
            target = named if named in ids else jupyter_names.get(named)
            if target:
                link["href"] = f"#{target}"
            else:
                link.name, link.attrs = "span", {}
        elif href and not href.startswith("#"):
            link["rel"] = "noopener noreferrer"


def link_back(tree: BeautifulSoup, label: str) -> None:
    """Under each evidence sentence, links to the places in the report that cite it."""
    citations: dict[int, list[Tag]] = {}
    items: dict[int, Tag] = {}
    by_id = bearers(tree)
    for link in tags(tree, "a"):
        target = by_id.get(link.get("href", "")[1:]) if has_class(link, "evidence") else None
        item = target.find_parent("li") if target is not None and target.name != "li" else target
        if item is not None and item.find_parent("ol", class_="evidence-list"):
            items[id(item)] = item
            citations.setdefault(id(item), []).append(link)
    number = 0
    for key, links in citations.items():
        line = new_tag(tree, "p", f"{label} ", class_="backlinks")
        for turn, link in enumerate(links[:MAX_BACKLINKS], 1):
            number += 1
            link["id"] = link.get("id") or f"cite-{number}"
            arrow = new_tag(tree, "a", f"↑{turn}", href=f"#{link['id']}", aria_label=f"{label} {turn}")
            line.extend([arrow, " "])
        items[key].append(line)


def add_permalinks(tree: BeautifulSoup, label: str) -> None:
    """A ¶ at the end of every heading; its name says which heading."""
    for heading in tags(tree, *HEADINGS):
        name = f"{label}: {heading.get_text().strip()}"
        anchor = new_tag(tree, "a", "¶", class_="permalink", href=f"#{heading['id']}", aria_label=name)
        heading.append(anchor)


def mark_lead(tree: BeautifulSoup) -> None:
    """The paragraph between the title and the first heading opens the report."""
    first = next(iter(tags(tree, "p", *HEADINGS, "table", "figure", "pre", "ul", "ol")), None)
    if first is not None and first.name == "p" and not first.get("class"):
        first["class"] = ["lead"]


def list_headings(tree: BeautifulSoup) -> list[tuple[int, str, str]]:
    """Level, id and text of every h2 and h3, in order."""
    found = tags(tree, "h2", "h3")
    return [(int(h.name[1]), str(h["id"]), " ".join(h.get_text().split())) for h in found]
