"""Runs one notebook's cells in this process, collecting outputs as a kernel would.

Called in a forked child (run.py): the child is thrown away with all that the notebook did. Where there is no fork, nbclient
runs the notebook in an ordinary kernel.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output


class CellFailed(RuntimeError):
    """A cell raised; the message names notebook, cell and error."""


class _Stream:
    """stdout or stderr of the cell that runs now, in order with its other outputs."""

    def __init__(self, name: str, outputs: list[NotebookNode], limit: int = 1_000_000):
        self._name, self._outputs, self._left = name, outputs, limit

    def write(self, text: str) -> int:
        if self._left <= 0:
            return len(text)
        if len(text) > self._left:
            text = text[: self._left] + "\n[cut: a cell prints at most a million characters]\n"
        self._left -= len(text)
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == self._name:
            last.text += text
        else:
            self._outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def execute_here(notebook: NotebookNode, *, name: str, parameters: dict[str, object]) -> NotebookNode:
    """The notebook with the outputs of its code cells; `parameters` are set behind the cell tagged `parameters`.

    Raises:
        CellFailed: a cell raised; the cells before it keep their outputs.
    """
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    outputs: list[NotebookNode] = []

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
            outputs.append(new_output("display_data", data=data, metadata=metadata or {}))

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            outputs.append(new_output("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=1))

        def finish_displayhook(self):
            pass

    shell = InteractiveShell(display_pub_class=Publisher, displayhook_class=Hook)
    shell.display_pub, shell.displayhook = Publisher(parent=shell, shell=shell), Hook(parent=shell, shell=shell)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        outputs.clear()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
        # the hook stands in sys only while a cell runs
        hook, sys.displayhook = sys.displayhook, shell.displayhook
        # a failed cell is told as an output, not printed
        shell.showtraceback = lambda *a, **k: None  # type: ignore[method-assign]
        try:
            result = shell.run_cell(cell.source, store_history=False)
        finally:
            sys.displayhook = hook
            sys.stdout, sys.stderr = streams
        cell.outputs = [NotebookNode(o) for o in outputs]
        if not result.success:
            error = result.error_before_exec or result.error_in_exec
            lines = traceback.format_exception(type(error), error, error.__traceback__)
            cell.outputs.append(new_output("error", ename=type(error).__name__, evalue=str(error), traceback=lines))
            index = notebook.cells.index(cell)
            raise CellFailed(f"{name}, cell {index}: {type(error).__name__}: {error}")
        if "parameters" in cell.metadata.get("tags", ()):
            shell.push({k: v for k, v in parameters.items() if k in shell.user_ns})
    return notebook


def read_notebook(path: Path) -> NotebookNode:
    """A notebook file as nbformat 4. Raises ValueError with the file and the reason."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds
        raise ValueError(f"{path.name}: no notebook: {error}") from error
