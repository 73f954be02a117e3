"""Arrays put aside on disk, block by block: counting a corpus holds one block of it in memory."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np


class PutAside:
    """Arrays by name and number of their block, in files that vanish with this object.

    >>> with PutAside() as aside:
    ...     aside.put("word", np.array([3, 1, 2]))
    ...     aside.get("word", 0).tolist(), aside.get("word", 0, 1, 2).tolist()
    ([3, 1, 2], [1])
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder, self._files = folder, ExitStack()
        self._file: dict[str, IO[bytes]] = {}
        self._blocks: dict[str, list[tuple[int, int, np.dtype]]] = {}

    def __enter__(self) -> PutAside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def put(self, name: str, array: np.ndarray) -> None:
        """Writes the array of the next block under a name."""
        if name not in self._file:
            made = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  (closed with the others)
            self._file[name] = self._files.enter_context(made)
            self._blocks[name] = []
        file = self._file[name]
        file.seek(0, 2)
        self._blocks[name].append((file.tell(), len(array), array.dtype))
        file.write(np.ascontiguousarray(array).data)

    def get(self, name: str, block: int, first: int = 0, last: int | None = None) -> np.ndarray:
        """The array of a block, or a part of it."""
        at, size, kind = self._blocks[name][block]
        last = size if last is None else min(last, size)
        self._file[name].seek(at + first * kind.itemsize)
        return np.frombuffer(self._file[name].read(max(0, last - first) * kind.itemsize), dtype=kind)

    def forget(self, *names: str) -> None:
        """Frees the disk of arrays that are needed no more."""
        for name in names:
            if name in self._file:
                self._file.pop(name).close()
                del self._blocks[name]
