"""Where documents are read: in this process, or in several. The tables are the same."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
ENGINES = ("auto", "serial", "processes")
_CHUNK = 16
#: so many inputs are sooner read here than by processes that have to be started
_FEW = 64
_PR_SET_PDEATHSIG = 1


def run(function: Callable[[In], Out], inputs: Iterable[In], *, engine: str = "auto") -> Iterator[Out]:
    """`function` of each input, in the order of the inputs.

    Args:
        engine: auto: several processes for many inputs, where this process can be forked and may have children.
    Raises:
        ValueError: there is no such engine; the message names those there are.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    waiting = iter(inputs)
    if engine == "auto":
        first = list(islice(waiting, _FEW + 1))
        waiting, is_many = chain(first, waiting), len(first) > _FEW
        may_fork = sys.platform == "linux" and not multiprocessing.current_process().daemon
        engine = "processes" if is_many and may_fork and (os.cpu_count() or 1) > 1 else "serial"
    if engine == "serial":
        yield from map(function, waiting)
        return
    # forked, a process has the words at once; elsewhere it has to load them
    context = multiprocessing.get_context("fork") if sys.platform == "linux" else None
    with ProcessPoolExecutor(os.cpu_count(), context, initializer=die_with, initargs=(os.getpid(),)) as pool:
        # a bounded window: a million inputs are never all in memory
        while window := list(islice(waiting, _CHUNK * 4 * (os.cpu_count() or 1))):
            yield from pool.map(function, window, chunksize=_CHUNK)


def die_with(parent: int) -> None:
    """Lets the system end this process when its parent is killed: one that runs for ever would stay."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError, TypeError):  # not Linux
        return
    if os.getppid() != parent:
        os._exit(1)
