"""The report's own words: one file a language, the same keys in each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def load_wording(language: str) -> dict[str, str]:
    """All words of `language`. Raises FileNotFoundError if the report has no such language."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def say(language: str, key: str, /, **values: object) -> str:
    """The wording `key` with `values` filled in. Raises KeyError for an unknown key."""
    return load_wording(language)[key].format(**values)
