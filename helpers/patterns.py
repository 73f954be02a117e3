"""Patterns that are compiled when they are first tried.

    >>> word = late(re.compile, "[a-z]+")
    >>> word.match("công an")[0]
    'c'

A pattern takes a millisecond to compile and there are hundreds, most of them for what few articles hold. Those that
every article needs are compiled at import, in the usual way.
"""

from __future__ import annotations

import re  # noqa: F401  (doctest)
from collections.abc import Callable
from typing import TypeVar, cast

_Pattern = TypeVar("_Pattern")
_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


class _Late:
    """Stands in for a pattern: once one method was asked for, all are the compiled pattern's own."""

    def __init__(self, compile_it: Callable[..., object], pattern: str, flags: int) -> None:
        self.pattern, self._flags, self._compile = pattern, flags, compile_it

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:  # copying and the like ask for more
            raise AttributeError(name)
        compiled = self._compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(self, name)


def late(compile_it: Callable[..., _Pattern], pattern: str, flags: int = 0) -> _Pattern:
    """What `compile_it` (`re.compile`, `regex.compile`) makes of a pattern, made when it is first used."""
    return cast(_Pattern, _Late(compile_it, pattern, flags))
