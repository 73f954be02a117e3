"""The report's own words: one file a language, the same keys in each."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from helpers.settings import SettingsError


class UnknownWording(KeyError):
    """No language file has the key; the message says where words are added."""

    def __str__(self) -> str:
        return f"no wording {self.args[0]!r}; add it to each file in helpers/present/wording/"


@cache
def load_wording(language: str) -> dict[str, str]:
    """All words of `language`.

    Raises:
        FileNotFoundError: the report has no such language.
        SettingsError: its file is no TOML; the message names file and line.
    """
    path = Path(__file__).parent / f"{language}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}; mend that line") from error


def say(language: str, key: str, /, **values: object) -> str:
    """The wording `key` with `values` filled in. Raises UnknownWording."""
    words = load_wording(language)
    if key not in words:
        load_wording.cache_clear()  # a notebook's kernel lives on while words are added
        words = load_wording(language)
    if key not in words:
        raise UnknownWording(key)
    return words[key].format(**values)
