"""nbconvert exporters `typstpdf` and `typst`: an executed notebook as a tagged PDF, or its Typst source.

    jupyter nbconvert --to typstpdf report.ipynb

Compiled in this process by the typst wheel: no TeX, no browser, nothing from the network.
The stages: typst_document (cells in order) → typst_html (elements) → typst_compile (bytes).
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import Bool, Int, List, Unicode
from traitlets.config import Config

from helpers.render.typst_compile import TypstCompileError, compile_pdf, own_families
from helpers.render.typst_document import Source, write_document
from helpers.render.typst_settings import Settings

__all__ = ["TypstCompileError", "TypstExporter", "TypstPDFExporter"]


class TypstExporter(TemplateExporter):
    """The Typst source of a notebook; its pictures are written beside it.

    A TemplateExporter for the sake of its options (`--no-input` and the like); no template is used.
    """

    export_from_notebook = "Typst"
    output_mimetype = "text/x-typst"

    language = Unicode("", help="Language of the document (vi, en-GB, …); default: metadata.language, then en.").tag(
        config=True
    )
    paper = Unicode("a4", help="Paper size as Typst names it (a4, a5, us-letter, …).").tag(config=True)
    text_fonts = List(Unicode(), Settings.text_fonts, help="Faces of the text, in order of choice.").tag(config=True)
    sans_fonts = List(Unicode(), Settings.sans_fonts, help="Faces of labels, and of charts without one.").tag(
        config=True
    )
    mono_fonts = List(Unicode(), Settings.mono_fonts, help="Faces of code, in order of choice.").tag(config=True)
    font_paths = List(Unicode(), help="Folders with more faces; those of the system are never used.").tag(config=True)
    contents_depth = Int(2, min=1, help="Heading levels in the list of contents.").tag(config=True)
    justify = Bool(True, help="Set paragraphs flush on both sides.").tag(config=True)
    exclude_input_prompt = Bool(True, help="Leave out “In [1]”.").tag(config=True)
    exclude_output_prompt = Bool(True, help="Leave out “Out [1]”.").tag(config=True)
    display_data_priority = List(
        Unicode(),
        [
            "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp",
            "text/html", "text/markdown", "text/latex", "application/json", "text/plain",
        ],
        help="Preferred forms of an output, best first.",
    ).tag(config=True)  # fmt: skip

    def _file_extension_default(self) -> str:
        return ".typ"

    @property
    def default_config(self) -> Config:
        ours = Config(
            {
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": {"remove-cell", "remove_cell", "hide-cell"},
                    "remove_input_tags": {"remove-input", "remove_input", "hide-input", "hide_input"},
                    "remove_all_outputs_tags": {"remove-output", "remove_output", "hide-output"},
                },
            }
        )
        config = super().default_config
        config.merge(ours)
        return config

    def settings(self) -> Settings:
        """The traits as plain data."""
        own = own_families(tuple(self.font_paths))

        def faces(chosen: list[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys([*chosen, *own]))

        return Settings(
            language=self.language,
            paper=self.paper,
            text_fonts=faces(self.text_fonts),
            sans_fonts=faces(self.sans_fonts),
            mono_fonts=faces(self.mono_fonts),
            contents_depth=self.contents_depth,
            justify=self.justify,
            include_input=not self.exclude_input,
            include_output=not self.exclude_output,
            include_markdown=not self.exclude_markdown,
            include_code_cell=not self.exclude_code_cell,
            include_raw=not self.exclude_raw,
            include_input_prompt=not self.exclude_input_prompt,
            include_output_prompt=not self.exclude_output_prompt,
            priority=tuple(self.display_data_priority),
        )

    def write_source(self, nb: NotebookNode, resources: Any) -> tuple[Source, Any]:
        """The source, after nbconvert's preprocessors; warnings go to the log and `resources`."""
        # The base class, not TemplateExporter: that one would go on to render a template.
        nb, resources = Exporter.from_notebook_node(self, nb, resources)
        resources["warnings"] = []
        metadata = resources["metadata"]
        path = metadata.get("path", "")
        source = write_document(
            nb,
            self.settings(),
            name=str(metadata.get("name", "") or ""),
            folder=Path(path or ".") if path is not None else None,
            warn=lambda message: self.warn(message, resources),
        )
        return source, resources

    def warn(self, message: str, resources: Any) -> None:
        resources["warnings"].append(message)
        self.log.warning("%s: %s", resources["metadata"].get("name", "notebook"), message)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """The source and resources whose `outputs` are the pictures."""
        source, resources = self.write_source(nb, resources)
        if not isinstance(resources.get("outputs"), dict):
            resources["outputs"] = {}
        resources["outputs"].update(source.files)
        return source.text, resources


class TypstPDFExporter(TypstExporter):
    """A tagged, searchable PDF (PDF/UA-1 and PDF/A-2a) of a notebook."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"

    pdf_standards = List(
        Unicode(), ["ua-1", "a-2a"], help="PDF standards that the compiler must keep, as Typst names them."
    ).tag(config=True)

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:
        """The PDF and resources.

        Raises:
            TypstCompileError: Typst refused the document; the message names the cell.
        """
        source, resources = self.write_source(nb, resources)
        pdf = compile_pdf(
            source,
            standards=list(self.pdf_standards),
            warn=lambda message: self.warn(message, resources),
            font_folders=tuple(self.font_paths),
        )
        return pdf, resources
