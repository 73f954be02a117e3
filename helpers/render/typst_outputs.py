"""Code cells to Typst: the input, streams, errors, and the best form of each rich output."""

import json
import re
from typing import Any

from lxml.html import HtmlElement
from nbformat import NotebookNode

from helpers.render.typst_escape import clean, string, strip_ansi, text
from helpers.render.typst_html import Writer
from helpers.render.typst_images import PT_PER_CSS_PX, ImageError, decode_base64
from helpers.render.typst_markdown import parse_html, parse_markdown

IMAGES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
MAX_JSON = 4000  # characters of a JSON output that are shown


def _joined(value: str | list[str]) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _terminal(value: str) -> str:
    """What a terminal would show at the end: no colours, only the last state of a progress bar."""
    lines = strip_ansi(value).replace("\r\n", "\n").split("\n")
    return clean("\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines)).strip("\n").rstrip()


def _is_shown(tree: HtmlElement) -> bool:
    """Whether an HTML output says anything without its scripts."""
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    if tags & {"img", "svg"}:
        return True
    unseen = " or ".join(f"ancestor::{tag}" for tag in ("script", "style", "noscript", "audio", "video", "iframe"))
    words = tree.xpath(f"//text()[not({unseen})]")
    return bool("".join(words).strip())


class OutputWriter:
    """Writes the outputs of one code cell; `priority` names the preferred mime types, best first."""

    def __init__(self, writer: Writer, priority: list[str]) -> None:
        self.writer = writer
        self.priority = priority
        self.warn = writer.shared.warn

    def output(self, output: NotebookNode) -> str:
        if output.output_type == "stream":
            value = _terminal(_joined(output.text))
            name = "nbstderr" if output.get("name") == "stderr" else "nboutput"
            return f"#{name}({string(value)})" if value else ""
        if output.output_type == "error":
            lines = output.get("traceback") or [f"{output.get('ename', '')}: {output.get('evalue', '')}".strip(" :")]
            value = _terminal("\n".join(lines))
            return f"#nberror({string(value)})" if value else ""
        return self.rich(output)

    def rich(self, output: NotebookNode) -> str:
        """The first form, in order of priority, that can be shown."""
        data = output.get("data", {})
        names = [name for name in self.priority if name in data]
        # `vnd.` is the data of a widget or chart that a script would draw: nothing to read.
        names += [n for n in data if n.endswith("+json") and n not in names and not n.startswith("application/vnd.")]
        for name in names:
            if name == "text/plain" and not _joined(data[name]).strip():
                continue
            body = self.form(name, data[name], output.get("metadata", {}))
            if body is not None:
                return body
        if not data:
            return ""
        self.warn(f"output of type {', '.join(sorted(data))} is not shown")
        return f"#par[#nbgrey[{text('[' + self.writer.shared.words['only_in_notebook'] + ']')}]]"

    def form(self, name: str, value: Any, metadata: dict) -> str | None:
        if name in IMAGES:
            return self.image(name, _joined(value), metadata)
        if name == "text/html":
            tree = parse_html(_joined(value))
            return self.writer.paragraphs(tree) if _is_shown(tree) else None
        if name == "text/markdown":
            return self.writer.paragraphs(parse_markdown(_joined(value)))
        if name == "text/latex":
            return self.latex(_joined(value))
        if name == "application/json" or name.endswith("+json"):
            return self.json(value)
        if name == "text/plain":
            return f"#nboutput({string(_terminal(_joined(value)))})"
        return None

    def latex(self, value: str) -> str:
        body = value.strip()
        if "$" in body and not body.startswith(("$", "\\[", "\\begin")):  # words with formulas among them
            return self.writer.paragraphs(parse_markdown(body))
        body = re.sub(r"^\$\$?|\$\$?$|^\\\[|\\\]$", "", body).strip()
        return self.writer.paragraphs(parse_html(f'<nb-math display="block">{_escaped(body)}</nb-math>'))

    def json(self, value: Any) -> str:
        try:
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        except (TypeError, ValueError):
            shown = str(value)
        return f"#nboutput({string(shown[:MAX_JSON] + ('…' if len(shown) > MAX_JSON else ''))})"

    def image(self, mime: str, value: str, metadata: dict) -> str | None:
        notes = {
            **{k: v for k, v in metadata.items() if isinstance(v, str | int | float)},
            **(metadata.get(mime) or {}),
        }
        caption, source = clean(str(notes.get("caption") or "")), clean(str(notes.get("source") or ""))
        alt = " ".join(clean(str(notes.get("alt") or caption)).split())
        try:
            is_text = mime == "image/svg+xml" and "<" in value[:2000]
            picture = self.writer.picture(value.encode("utf-8", "replace") if is_text else decode_base64(value))
        except ImageError as error:
            self.warn(f"image not shown: {error}")
            return f"#par[#nbgrey[{text('[' + (alt or self.writer.shared.words['missing_image']) + ']')}]]"
        width, height = (
            float(side) * PT_PER_CSS_PX if isinstance(side := notes.get(name), int | float) and side > 0 else None
            for name in ("width", "height")
        )
        call = self.writer.image_call(picture, alt, width=width, height=height)
        label = self.writer.shared.labels.get(str(notes.get("id") or ""))
        if label in self.writer.shared.placed:
            label = None
        elif label:
            self.writer.shared.placed.add(label)
        note = text(source)
        if evidence := str(notes.get("evidence") or ""):
            note += "#linebreak()" + self.writer.inline(parse_html(evidence))
        return self.writer.figure_call(call, text(caption), source=note, label=label)


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;")


def merge_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs with neighbouring pieces of one stream joined."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else NotebookNode(output_type="")
        is_same = output.output_type == last.output_type and output.get("name") == last.get("name")
        if is_same and output.output_type == "stream":
            merged[-1] = NotebookNode({**last, "text": _joined(last.text) + _joined(output.text)})
        else:
            merged.append(output)
    return merged
