"""The least that a report could take: one process, each import, each code cell in turn, two exports per language.

python tests/bench/floor.py  ->  prints seconds
"""

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()

import matplotlib  # noqa: E402
import nbconvert  # noqa: E402, F401
import nbformat  # noqa: E402
import pandas  # noqa: E402, F401
from nbconvert.exporters import HTMLExporter  # noqa: E402
from nbformat.v4 import new_notebook, new_output  # noqa: E402

from helpers.render.config import report_config  # noqa: E402
from helpers.render.typst import TypstPDFExporter  # noqa: E402
from helpers.settings import load_settings  # noqa: E402

matplotlib.use("agg")


def outputs_of(source: str, names: dict) -> list:
    """Runs a cell; its last expression as an output."""
    *before, last = [source] if source.count("\n") == 0 else source.rsplit("\n", 1)
    if before:
        exec(before[0], names)
    try:
        value = eval(last, names)
    except SyntaxError:
        exec(last, names)
        return []
    if hasattr(value, "_repr_mimebundle_"):
        data, metadata = value._repr_mimebundle_()
        return [new_output("display_data", data=data, metadata=metadata)]
    return [new_output("display_data", data={"text/html": value._repr_html_()})] if value is not None else []


def main() -> None:
    settings = load_settings(Path.cwd())
    for language in settings.languages:
        merged = new_notebook(metadata={"title": settings.title[language], "language": language})
        for page in settings.pages:
            notebook = nbformat.read(settings.root / "notebooks" / f"{page}.ipynb", as_version=4)
            names = {"language": language}
            for cell in notebook.cells:
                if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", ()):
                    cell.outputs = outputs_of(cell.source, names)
            merged.cells += notebook.cells
        for exporter in (HTMLExporter, TypstPDFExporter):
            exporter(config=report_config(language)).from_notebook_node(merged)
    print(json.dumps({"seconds": time.perf_counter() - START}), file=sys.stdout)


if __name__ == "__main__":
    main()
