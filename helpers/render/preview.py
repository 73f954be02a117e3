"""A page's prose as readers will see it, for the notebook in which it is written."""

from __future__ import annotations

from helpers.present.report import open_report
from helpers.render.execute import read_notebook
from helpers.render.prose import FINDING, check_numbers
from helpers.settings import Settings


def preview_page(settings: Settings, page: str, language: str) -> str:
    """Markdown of the prose cells in `language`, each number with its id as a tooltip; what must be mended stands on top."""
    report = open_report(language, root=settings.root)
    notebook = read_notebook(settings.root / "notebooks" / f"{page}.ipynb")
    values, labels, parts, wrong = report.finding_values, report.finding_labels, [], []
    for i, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            shown = next((x for x in cell.source.splitlines() if "show_" in x and "import" not in x), "")
            parts.append(f"`{shown}`" if shown else "")
        elif language in cell.metadata.get("tags", ()):
            wrong += [f"- cell {i}: {said}" for said in check_numbers(cell.source, values, labels)]
            parts.append(
                FINDING.sub(lambda m: f'<span title="{m[1]}">**{values.get(m[1], m[0])}**</span>', cell.source)
            )
    mend = ["> **To mend**", *(f"> {line}" for line in wrong), ""] if wrong else []
    return "\n\n".join(["\n".join(mend), *(part for part in parts if part)]).strip() + "\n"
