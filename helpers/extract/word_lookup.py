"""Words and phrases of the lexicon, looked up at one place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.normalize import search_form

_WORD = re.compile(r"\w+")


class Phrases:
    """Phrases by their first word, so that a look-up costs as little among three hundred as among three.

    >>> Phrases(["công an", "công an xã"]).end_at("trưởng công an xã hội", 7)
    17
    """

    __slots__ = ("_by_first",)

    def __init__(self, surfaces: Iterable[str]):
        self._by_first: dict[str, list[str]] = {}
        for surface in sorted(map(search_form, surfaces), key=lambda s: -len(s)):
            first = _WORD.match(surface)
            if first is not None:
                self._by_first.setdefault(first[0], []).append(surface)

    def end_at(self, search: str, at: int) -> int:
        """Where the longest phrase ends that starts at `at`; 0 if there is none."""
        first = _WORD.match(search, at)
        if first is not None:
            for surface in self._by_first.get(first[0], ()):
                if search.startswith(surface, at) and not search[at + len(surface) : at + len(surface) + 1].isalnum():
                    return at + len(surface)
        return 0
