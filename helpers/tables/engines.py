"""Where documents are read: in this process, or in several. The tables are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")
ENGINES = ("serial", "processes")
_CHUNK = 16


def run(function: Callable[[In], Out], inputs: Iterable[In], *, engine: str = "serial") -> Iterator[Out]:
    """`function` of each input, in the order of the inputs.

    Raises:
        ValueError: there is no such engine; the message names those there are.
    """
    if engine == "serial":
        yield from map(function, inputs)
    elif engine == "processes":
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
            waiting = iter(inputs)
            # a bounded window: a million inputs are never all in memory
            while window := list(islice(waiting, _CHUNK * 4 * (os.cpu_count() or 1))):
                yield from pool.map(function, window, chunksize=_CHUNK)
    else:
        raise ValueError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
