"""Runs one notebook's cells in this process, collecting outputs as a kernel would.

Called in a forked child (pages.py): the child is thrown away with all that the notebook did. Where there is no fork, nbclient
runs the notebook in an ordinary kernel.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.render.jobs import say_where

#: characters that a cell may print, and that the forms of all it shows may have
MAX_PRINTED, MAX_SHOWN = 1_000_000, 20_000_000
#: lines of a traceback that are told
_MAX_FRAMES = 12
_PROJECT = str(Path(__file__).resolve().parents[2]) + "/"


class CellFailed(RuntimeError):
    """A cell raised; the message names notebook, cell and error, the lines behind it where it was raised."""


class CellStopped(BaseException):
    """A cell takes or prints too much; no `except Exception` of the cell holds it up."""


class _Stream:
    """stdout or stderr of the cell that runs now, in order with its other outputs."""

    def __init__(self, name: str, outputs: list[NotebookNode]):
        self._name, self._outputs, self._left = name, outputs, MAX_PRINTED

    def write(self, text: str) -> int:
        self._left -= len(text)
        if self._left < 0:
            raise CellStopped(f"prints more than {MAX_PRINTED:,} characters")
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


def execute_here(
    notebook: NotebookNode, *, name: str, parameters: dict[str, object], cell_time_limit: float = 0
) -> NotebookNode:
    """The notebook with the outputs of its code cells; `parameters` are set behind the cell tagged `parameters`.

    Args:
        cell_time_limit: seconds that one cell may take; 0 sets no limit.
    Raises:
        CellFailed: a cell raised, took too long or printed too much; the cells before it keep their outputs.
    """
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    outputs: list[NotebookNode] = []

    def show(output: NotebookNode) -> None:
        outputs.append(output)
        if sum(len(v) for o in outputs for v in o.get("data", {}).values() if isinstance(v, str)) > MAX_SHOWN:
            raise CellStopped(f"shows more than {MAX_SHOWN:,} characters")

    class Publisher(DisplayPublisher):
        def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_):
            show(new_output("display_data", data=data, metadata=metadata or {}))

    class Hook(DisplayHook):
        def write_output_prompt(self):
            pass

        def write_format_data(self, format_dict, md_dict=None):
            show(new_output("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=1))

        def finish_displayhook(self):
            pass

    shell = InteractiveShell(display_pub_class=Publisher, displayhook_class=Hook)
    shell.display_pub, shell.displayhook = Publisher(parent=shell, shell=shell), Hook(parent=shell, shell=shell)
    # a failed cell is told as an output, not printed
    shell.showtraceback = lambda *a, **k: None  # type: ignore[method-assign]
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        say_where(f"{name}, cell {index}: ")
        outputs.clear()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
        # the hook stands in sys only while a cell runs
        hook, sys.displayhook = sys.displayhook, shell.displayhook
        try:
            with _limited(cell_time_limit):
                result = shell.run_cell(cell.source, store_history=False)
        finally:
            sys.displayhook = hook
            sys.stdout, sys.stderr = streams
        cell.outputs = [NotebookNode(o) for o in outputs]
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            said = str(error) if isinstance(error, CellStopped) else f"{type(error).__name__}: {error}"
            raise CellFailed("\n".join([f"{name}, cell {index}: {said}", *_frames(error, index)]))
        if "parameters" in cell.metadata.get("tags", ()):
            shell.push({k: v for k, v in parameters.items() if k in shell.user_ns})
    return notebook


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Stops what runs inside after so many seconds; where there is no such signal, the time of the whole notebook counts."""
    if not (seconds and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()):
        yield
        return

    def stop(*_) -> None:
        raise CellStopped(f"not done after {seconds:g} seconds (cell_time_limit in report.toml)")

    before = signal.signal(signal.SIGALRM, stop)
    # again and again: a bare `except:` may have swallowed the first
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _frames(error: BaseException, index: int) -> list[str]:
    """Where the error was raised, from the cell downwards, a line each; files of the project with their path in it."""
    frames = traceback.extract_tb(error.__traceback__)
    start = next((i for i, f in enumerate(frames) if f.filename.startswith("<ipython-input")), len(frames))
    lines = []
    for frame in frames[start:]:
        if frame.filename == __file__:
            continue
        own = frame.filename.startswith("<ipython-input")
        where = f"cell {index}" if own else frame.filename.removeprefix(_PROJECT).split("site-packages/")[-1]
        inside = "" if frame.name == "<module>" else f", in {frame.name}"
        lines.append(f"  {where}, line {frame.lineno}{inside}: {(frame.line or '').strip()}".rstrip(": "))
    return lines if len(lines) <= _MAX_FRAMES else [*lines[:2], "  …", *lines[2 - _MAX_FRAMES :]]


def read_notebook(path: Path) -> NotebookNode:
    """A notebook file as nbformat 4. Raises ValueError with the file and the reason."""
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises many kinds
        # a merge that was left half done
        marks = path.is_file() and b"\n<<<<<<< " in path.read_bytes()
        said = "marks of a merge (<<<<<<<) are left in it" if marks else error
        raise ValueError(f"{path.name}: no notebook: {said}") from error
