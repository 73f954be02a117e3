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

from helpers.tables.engines import die_with


@dataclass
class _Child:
    """A job that runs: its process, when its time is over, and where it said it was."""

    name: str
    process: BaseProcess
    deadline: float
    where: str = ""


# by the pipe that a child answers on
_Running = dict[Connection, _Child]
#: in a child: the pipe to its parent
_to_parent: Connection | None = None


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
    jobs: Sequence[tuple[str, Callable[[], object]]],
    *,
    time_limit: float,
    n_parallel: int | None = None,
    may_fork: bool = False,
) -> Iterator[Outcome]:
    """Runs (name, function) jobs, several at once; yields outcomes as they come.

    Args:
        may_fork: the jobs may have processes of their own.

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
            process: BaseProcess = context.Process(
                target=_work, args=(function, sender, os.getpid()), daemon=not may_fork
            )
            process.start()
            sender.close()
            running[receiver] = _Child(name, process, time.monotonic() + time_limit)
        # wait() returns some of what it is given, but is typed for sockets too
        for receiver in cast(list[Connection], wait(list(running), timeout=0.2)):
            child = running[receiver]
            try:
                reply, failure = pickle.loads(receiver.recv_bytes())
                if isinstance(reply, _Where):
                    child.where = reply.said
                    continue
            except EOFError:
                child.process.join()
                reply, failure = None, f"{child.where}the process died (exit code {child.process.exitcode})"
            del running[receiver]
            child.process.join()
            yield Outcome(child.name, reply, failure)
        for receiver, child in list(running.items()):
            if time.monotonic() > child.deadline:
                child.process.kill()
                child.process.join()
                del running[receiver]
                said = f"{child.where}not done after {time_limit:g} seconds (time_limit in report.toml)"
                yield Outcome(child.name, failure=said)


@dataclass(frozen=True)
class _Where:
    said: str


def say_where(said: str) -> None:
    """In a job: where it is, told if it dies or is stopped there. Elsewhere: nothing."""
    if _to_parent is not None:
        _to_parent.send_bytes(pickle.dumps((_Where(said), None)))


def _work(function: Callable[[], object], sender: Connection, parent: int) -> None:
    global _to_parent
    _to_parent = sender
    die_with(parent)
    try:
        reply: tuple[object, str | None] = (function(), None)
    except BaseException as error:
        reply = (None, _say(error))
    try:
        sender.send_bytes(pickle.dumps(reply))
        sender.close()
    except OSError:  # the parent is gone
        os._exit(1)
    # no clean-up of what was inherited: threads and handlers belong to the parent
    os._exit(0)


def _say(error: BaseException) -> str:
    text = str(error) or type(error).__name__
    if isinstance(error, (ValueError, RuntimeError, OSError)):
        return text
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" ({last[0].filename}:{last[0].lineno})" if last else ""
    return f"{type(error).__name__}: {text}{where}"
