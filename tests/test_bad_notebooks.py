"""Notebooks that raise, run for ever or print without end, and a run that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from test_page_cache import files, project, small  # noqa: F401  (fixtures)
from test_report import page, pdf_text, run_helpers, squeeze

from helpers.render import run as run_module
from helpers.render.execute import CellFailed, execute_here
from helpers.render.jobs import can_fork, run_jobs
from helpers.render.run import build_report

forks = pytest.mark.skipif(not can_fork(), reason="children that can be stopped need fork")


def notebook(*cells: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])


def failure_of(*cells: str, cell_time_limit: float = 1, time_limit: float = 20) -> str:
    """What is told of a notebook of these cells, executed in a child."""

    def work():
        execute_here(notebook(*cells), name="page", parameters={}, cell_time_limit=cell_time_limit)

    (outcome,) = run_jobs([("page", work)], time_limit=time_limit)
    return outcome.failure or ""


@forks
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("def f():\n    return 1 / 0\n\nf()", "page, cell 1: ZeroDivisionError: division by zero\n  cell 1, line 4: f()\n  cell 1, line 2, in f"),
        ("while True:\n    pass", "page, cell 1: not done after 1 seconds (cell_time_limit"),
        ("while True:\n    try:\n        while True: pass\n    except Exception:\n        pass", "cell 1: not done after 1 seconds"),
        ("for i in range(1000):\n    print('x' * 100_000)", "page, cell 1: prints more than 1,000,000 characters\n  cell 1, line 2"),
        ("from IPython.display import HTML\nHTML('x' * 30_000_000)", "page, cell 1: shows more than 20,000,000 characters"),
        ("import os\nos._exit(3)", "page, cell 1: the process died (exit code 3)"),
        ("this is no python", "page, cell 1: SyntaxError"),
    ],
)  # fmt: skip
def test_a_cell_that_fails_is_named_with_the_line(cell, said):
    seconds = 1 if "while" in cell else 120  # only what never ends meets its limit, on a busy machine too
    assert said in failure_of("x = 1", cell, cell_time_limit=seconds, time_limit=200)


@forks
def test_a_cell_that_nothing_interrupts_is_stopped_with_its_notebook():
    said = failure_of("x = 1", "sum(range(10**13))", time_limit=10)
    assert said == "page, cell 1: not done after 10 seconds (time_limit in report.toml)"


def test_a_cell_below_the_limits_is_no_failure():
    done = execute_here(notebook("print('x' * 999_999)"), name="page", parameters={}, cell_time_limit=30)
    assert len(done.cells[0].outputs[0].text) == 1_000_000


def test_a_failed_cell_keeps_what_stood_before_it():
    with pytest.raises(CellFailed, match="page, cell 1: ValueError: so"):
        execute_here(notebook("print(1)", "raise ValueError('so')"), name="page", parameters={})


@forks
def test_the_page_says_what_failed_and_the_others_are_built(project):  # noqa: F811
    path = project / "notebooks" / "06_themes.ipynb"
    changed = nbformat.read(path, as_version=4)
    changed.cells[-1] = nbformat.v4.new_code_cell("for i in range(1000):\n    print('Trần Thị Mẫu' * 10_000)")
    nbformat.write(changed, path)
    done = run_helpers(project, "report")
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("done:")]
    assert "06_themes.ipynb (vi): 06_themes, cell" in said[0] and "prints more than 1,000,000 characters" in said[0]
    assert said[1].strip().endswith("print('Trần Thị Mẫu' * 10_000)")
    shown = page(project, "vi")
    assert "prints more than 1,000,000 characters" in shown.get_text() and shown.select_one("#tbl-figures")
    assert "printsmorethan1,000,000characters" in squeeze(pdf_text(project / "reports" / "report.vi.pdf"))
    # who looks later must be told, too: the files are as new as what they are made from
    checked = run_helpers(project, "report", "--check")
    assert checked.returncode == 1 and "failed: notebooks/06_themes.ipynb (vi); mend it" in checked.stderr


def test_data_that_cannot_be_written_leave_the_old_reports_and_nothing_aside(project, monkeypatch):  # noqa: F811
    before = files(project)

    def fail(report, folder):
        (folder / "findings.csv").parent.mkdir(parents=True, exist_ok=True)
        (folder / "findings.csv").write_text("half", encoding="utf-8")
        raise OSError("no space left on device")

    monkeypatch.setattr(run_module, "write_data", fail)
    (project / "reports" / "data" / "facts.csv").unlink()
    said = build_report(project)
    assert any("no space left on device" in line for line in said)
    assert not list((project / "reports").glob(".building-*"))
    assert files(project).keys() <= before.keys()


@forks
def test_a_killed_run_leaves_the_old_reports_and_no_process(project):  # noqa: F811
    before = files(project)
    path = project / "notebooks" / "06_themes.ipynb"
    changed = nbformat.read(path, as_version=4)
    marker = project / "child.pid"
    changed.cells[-1] = nbformat.v4.new_code_cell(
        f"import os\nopen({str(marker)!r}, 'w').write(str(os.getpid()))\nwhile True: pass"
    )
    nbformat.write(changed, path)
    run = subprocess.Popen([sys.executable, "-m", "helpers", "report"], cwd=project, stderr=subprocess.DEVNULL)
    child = _wait_for(lambda: marker.is_file() and marker.read_text())
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert files(project) == before
    assert _wait_for(lambda: not _is_alive(int(child))), "the notebook runs on without its run"


def _wait_for(condition, seconds: float = 300):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not so after {seconds} seconds")


def _is_alive(pid: int) -> bool:
    try:  # a child that nobody waited for is dead all the same
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
