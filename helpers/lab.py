"""What makes work in JupyterLab pleasant: `%load_ext helpers.lab` in a cell, or in every notebook that `make lab` opens.

    %preview                    the page at hand with its numbers filled in, in the language of the report
    %preview 02_quantities en   another page, in English

After a change below helpers/ the next cell runs the new code (IPython's autoreload).
"""

from __future__ import annotations

from pathlib import Path

from helpers.settings import SettingsError, choose_language, find_root, load_settings


def preview(page: str = "", language: str | None = None):
    """The prose of a page with each `[[finding]]` filled in, to be shown in the notebook; what is wrong in it stands on top.

    Args:
        page: the name of a notebook, `02_quantities` or only `02`; the brief if none is given.
        language: one of report.toml's; None takes REPORT_LANGUAGE or the first.
    """
    from IPython.display import Markdown

    from helpers.render.preview import preview_page

    settings = load_settings(find_root())
    return Markdown(preview_page(settings, _find_page(settings.root, page), choose_language(settings, language)))


def _find_page(root: Path, page: str) -> str:
    names = sorted(path.stem for path in (root / "notebooks").glob("[!_]*.ipynb"))
    page = page.removesuffix(".ipynb").removeprefix("notebooks/")
    found = [name for name in names if name == page] or [name for name in names if name.startswith(page)]
    if not found:
        raise SettingsError(f"no page {page!r}; there are {', '.join(names)}")
    return found[0]


def load_ipython_extension(shell) -> None:
    """Reloads changed helpers, and adds `%preview`."""
    import os

    shell.run_line_magic("load_ext", "autoreload")
    shell.run_line_magic("autoreload", "2")

    def preview_magic(line: str):
        words = line.split()
        languages = [w for w in words if w in load_settings(find_root()).all_languages]
        pages = [w for w in words if w not in languages]
        # the notebook at hand, as JupyterLab names it to its kernel
        at_hand = Path(os.environ.get("JPY_SESSION_NAME", "")).stem
        return preview(pages[0] if pages else at_hand, languages[0] if languages else shell.user_ns.get("language"))

    preview_magic.__doc__ = preview.__doc__
    shell.register_magic_function(preview_magic, "line", "preview")
