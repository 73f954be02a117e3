"""Jobs in forked children: each starts warm from what this process has imported, and a crash costs one job."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

# by the pipe that a child answers on: the job's name, the child, and when its time is over
_Running = dict[Connection, tuple[str, BaseProcess, float]]


@dataclass(frozen=True)
class Outcome:
    """What became of a job: its value, or the reason why there is none."""

    name: str
    value: object = None
    failure: str | None = None


def can_fork() -> bool:
    """Whether children can start from this process' memory (Linux; on macOS its libraries forbid it)."""
    return (
        "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux"
        if hasattr(os, "uname")
        else False
    )


def run_jobs(
    jobs: Sequence[tuple[str, Callable[[], object]]], *, time_limit: float, n_parallel: int | None = None
) -> Iterator[Outcome]:
    """Runs (name, function) jobs, several at once; yields outcomes as they come.

    Without fork they run one after the other in this process, without a time limit of ours.
    """
    if not can_fork():
        for name, function in jobs:
            try:
                yield Outcome(name, function())
            except Exception as error:
                yield Outcome(name, failure=_say(error))
        return
    context = multiprocessing.get_context("fork")
    waiting = list(jobs)
    running: _Running = {}
    limit = n_parallel or os.cpu_count() or 1
    while waiting or running:
        while waiting and len(running) < limit:
            name, function = waiting.pop(0)
            receiver, sender = context.Pipe(duplex=False)
            child: BaseProcess = context.Process(target=_work, args=(function, sender), daemon=True)
            child.start()
            sender.close()
            running[receiver] = (name, child, time.monotonic() + time_limit)
        # wait() returns some of what it is given, but is typed for sockets too
        for receiver in cast(list[Connection], wait(list(running), timeout=0.2)):
            name, child, _ = running.pop(receiver)
            try:
                value, failure = pickle.loads(receiver.recv_bytes())
            except EOFError:
                child.join()
                value, failure = None, f"the process died (exit code {child.exitcode})"
            child.join()
            yield Outcome(name, value, failure)
        for receiver, (name, child, deadline) in list(running.items()):
            if time.monotonic() > deadline:
                child.kill()
                child.join()
                del running[receiver]
                yield Outcome(name, failure=f"not done after {time_limit:g} seconds (time_limit in report.toml)")


def _work(function: Callable[[], object], sender: Connection) -> None:
    try:
        reply: tuple[object, str | None] = (function(), None)
    except BaseException as error:
        reply = (None, _say(error))
    sender.send_bytes(pickle.dumps(reply))
    sender.close()
    # no clean-up of what was inherited: threads and handlers belong to the parent
    os._exit(0)


def _say(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    if isinstance(error, (ValueError, RuntimeError, OSError)):
        return text
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({last[0].filename}:{last[0].lineno})" if last else ""
    return f"{type(error).__name__}: {text}{where}"
