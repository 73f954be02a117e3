"""A notebook to one Typst source and its pictures: settings, template, then cell after cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from lxml import html
from nbformat import NotebookNode

from helpers.render import typst_outline as outline
from helpers.render.typst_escape import clean, string
from helpers.render.typst_html import Writer
from helpers.render.typst_inline import Shared, plain_text
from helpers.render.typst_markdown import parse_html, parse_markdown
from helpers.render.typst_outputs import OutputWriter, merge_streams
from helpers.render.typst_settings import Settings, find_language, find_stamp, text_area, write_configuration
from helpers.render.typst_wording import wording


@dataclass
class Source:
    """The Typst text, its pictures, and where each cell begins in it."""

    text: str
    files: dict[str, bytes]
    stamp: datetime
    cell_lines: list[tuple[int, int]] = field(default_factory=list)  # (line, cell index)

    def cell_at(self, line: int) -> int | None:
        """The index of the cell that wrote `line` (counted from 1)."""
        return next((cell for start, cell in reversed(self.cell_lines) if start <= line), None)


@lru_cache(maxsize=1)
def _template() -> str:
    return Path(__file__).with_name("typst_template.typ").read_text(encoding="utf-8")


def _is_kept(cell: NotebookNode, settings: Settings) -> bool:
    kinds = {
        "markdown": settings.include_markdown,
        "code": settings.include_code_cell,
        "raw": settings.include_raw
        and (cell.metadata.get("raw_mimetype", cell.metadata.get("format", "")) in settings.raw_mimetypes),
    }
    return kinds.get(cell.cell_type, False)


class DocumentWriter:
    """Writes one notebook; `warn` receives each thing that the PDF will not show as the notebook does."""

    def __init__(
        self,
        nb: NotebookNode,
        settings: Settings,
        *,
        name: str,
        folder: Path | None,
        warn: Callable[[str], None],
    ):
        self.nb, self.settings, self.name = nb, settings, name
        language, _ = find_language(nb.metadata, settings)
        self.cell: int | None = None
        self._warn = warn
        self.shared = Shared(wording(language), self.warn, folder, settings.sans_fonts[0], text_area(settings.paper))
        self.trees: dict[int, html.HtmlElement] = {}

    def warn(self, message: str) -> None:
        self._warn(f"cell {self.cell}: {message}" if self.cell is not None else message)

    def parse(self) -> None:
        for index, cell in enumerate(self.nb.cells):
            if not _is_kept(cell, self.settings):
                continue
            if cell.cell_type == "markdown" or (
                cell.cell_type == "raw" and cell.metadata.get("raw_mimetype") == "text/markdown"
            ):
                self.trees[index] = parse_markdown(cell.source)
            elif cell.cell_type == "raw" and cell.metadata.get("raw_mimetype") == "text/html":
                self.trees[index] = parse_html(cell.source)

    def output_ids(self) -> list[str]:
        """The ids in outputs: those of charts stand in metadata, those of tables in the HTML."""
        names = []
        for cell in self.nb.cells:
            for output in cell.get("outputs", ()):
                for value in output.get("metadata", {}).values():
                    names += [str(value["id"])] if isinstance(value, dict) and value.get("id") else []
                names += re.findall(
                    r"""\bid\s*=\s*["']([^"']+)["']""", "".join(output.get("data", {}).get("text/html", ""))
                )
        return names

    def output_links(self) -> list[html.HtmlElement]:
        """The internal links of outputs and of charts' evidence, parsed: their targets need labels too."""
        outputs = [o for c in self.nb.cells for o in c.get("outputs", ())]
        htmls = ["".join(o.get("data", {}).get("text/html", "")) for o in outputs]
        htmls += [
            str(v["evidence"])
            for o in outputs
            for v in o.get("metadata", {}).values()
            if isinstance(v, dict) and v.get("evidence")
        ]
        return [
            parse_html(" ".join(links)) for h in htmls if (links := re.findall(r"""<a\b[^>]*href=["']#[^>]*>""", h))
        ]

    def code_cell(self, cell: NotebookNode, writer: Writer) -> str:
        parts = [*self.code_input(cell), *self.code_outputs(cell, writer)]
        turned = "#nblandscape[\n"
        if len(parts) > 1 and parts[1].startswith(turned):  # the input goes to the turned page with its table
            parts[:2] = [turned + parts[0] + "\n" + parts[1].removeprefix(turned)]
        return "\n".join(parts)

    def prompt(self, word: str, cell: NotebookNode) -> str:
        count = cell.get("execution_count") or " "
        return f"#nbprompt({string(self.shared.words[word] + f' [{count}]')})"

    def code_input(self, cell: NotebookNode) -> list[str]:
        is_removed = cell.metadata.get("transient", {}).get("remove_source", False)
        if not self.settings.include_input or is_removed or not cell.source.strip():
            return []
        kernel, info = self.nb.metadata.get("kernelspec", {}), self.nb.metadata.get("language_info", {})
        language = str(kernel.get("language") or info.get("name") or "python").lower()
        body = f"#nbinput({string(clean(cell.source).strip(chr(10)))}, {string(language)})"
        return [self.prompt("input", cell) + "\n" + body if self.settings.include_input_prompt else body]

    def code_outputs(self, cell: NotebookNode, writer: Writer) -> list[str]:
        if not self.settings.include_output:
            return []
        writers, parts = OutputWriter(writer, list(self.settings.priority)), []
        for output in merge_streams(cell.get("outputs", [])):
            body = writers.output(output)
            if body and self.settings.include_output_prompt and output.output_type == "execute_result":
                body = self.prompt("output", cell) + "\n" + body
            parts += [body] if body else []
        return parts

    def cell_body(self, index: int, cell: NotebookNode) -> str:
        writer = Writer(self.shared, attachments=cell.get("attachments"), scope=str(index))
        tree = self.trees.get(index)
        if tree is not None:
            writer.notes = {note.get("note"): note for note in tree.iter("nb-note")}
            body = writer.paragraphs(tree)
            wanted = (self.shared.labels.get(e.get("id") or "") for e in tree.iter() if isinstance(e.tag, str))
            writer.pending += [w for w in dict.fromkeys(wanted) if w and w not in self.shared.placed]
            self.shared.placed.update(writer.pending)
        elif cell.cell_type == "code":
            body = self.code_cell(cell, writer)
        elif cell.cell_type == "raw" and cell.source.strip():
            body = f"#nboutput({string(cell.source)})"
        else:
            body = ""
        # A target in something that is not shown still needs a place, or its link would be an error.
        return body + writer.flush()

    def write(self) -> Source:
        self.parse()
        trees = list(self.trees.values())
        markdown = [
            self.trees[i] for i, cell in enumerate(self.nb.cells) if i in self.trees and cell.cell_type == "markdown"
        ]
        title_heading = outline.take_title(markdown)
        headings = outline.find_headings(trees)
        first = next((plain_text(h) for h in headings if h.tag == "h1"), "")
        title = (
            " ".join(clean(str(self.nb.metadata.get("title") or "")).split()) or first or clean(self.name) or "Notebook"
        )
        if title_heading is not None:
            shown_title = plain_text(title_heading)
            headings.remove(title_heading)
            title_ids = outline.heading_names(title_heading)
            title_heading.drop_tree()
            title = title if self.nb.metadata.get("title") else shown_title
        else:
            title_ids = []
        outline.set_levels(headings)
        everything = trees + self.output_links()
        self.shared.labels = outline.collect_labels(everything, headings, [*self.output_ids(), *title_ids])
        title_labels = [self.shared.labels[name] for name in title_ids if name in self.shared.labels]
        self.shared.placed.update(title_labels)
        is_title_shown = title_heading is not None or bool(self.nb.metadata.get("title"))
        configuration = write_configuration(
            self.nb.metadata,
            self.settings,
            title=title,
            is_title_shown=is_title_shown,
            n_headings=len(headings),
        )
        head = [
            configuration, _template(), "#show: nbdocument",
            *(f"#nbanchor({string(label)})" for label in dict.fromkeys(title_labels)),
        ]  # fmt: skip
        return self.assemble(head)

    def assemble(self, head: list[str]) -> Source:
        date = str(self.nb.metadata.get("date", ""))
        parts, lines = list(head), []
        line = sum(part.count("\n") + 1 for part in parts) + 1
        for index, cell in enumerate(self.nb.cells):
            if not _is_kept(cell, self.settings):
                continue
            self.cell = index
            body = self.cell_body(index, cell)
            if body:
                lines.append((line, index))
                parts.append(f"// cell {index}\n{body}\n")
                line += parts[-1].count("\n") + 1
        self.cell = None
        unplaced = [label for label in dict.fromkeys(self.shared.labels.values()) if label not in self.shared.placed]
        parts += [f"#nbanchor({string(label)})" for label in unplaced if not label.startswith("heading-")]
        return Source("\n".join(parts) + "\n", self.shared.files, find_stamp(date), lines)


def write_document(
    nb: NotebookNode, settings: Settings, *, name: str, folder: Path | None, warn: Callable[[str], None]
) -> Source:
    """The Typst source of a notebook; `folder` is where its pictures may lie."""
    return DocumentWriter(nb, settings, name=name, folder=folder, warn=warn).write()
