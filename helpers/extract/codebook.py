"""The codebook: which themes there are, and the words by which a sentence is told to be about one.

    >>> load_codebook(Lexicon.load("vi"))["drugs"].label_en
    'Drugs'

`lexicons/vi/themes.toml` holds one table a theme; the table's name is the theme's id. Analysts own the file,
so every slip is answered with file, line and the mend. Words are kept as written and looked up folded
(normalize.search_form).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from helpers.extract.word_search import WordList
from helpers.lexicon import Lexicon, LexiconError
from helpers.normalize import search_form
from helpers.patterns import late

TEXT_KEYS = ("label_vi", "label_en", "definition_vi", "definition_en")
LIST_KEYS = ("include", "exclude", "unless", "near", "examples")
KEYS = (*TEXT_KEYS, "parent", *LIST_KEYS, "note")
NEAR_KEYS = ("words", "with")

_ID = late(regex.compile, r"[a-z][a-z0-9_]{1,39}")
# Letters and digits, joined by single spaces or the marks that stand in terms ("qp - an", "phòng, chống").
_WORD = late(regex.compile, r"(?=.*\p{L}.)[\p{L}\p{M}\p{N}]+(?:(?:, | - |[ /&-])[\p{L}\p{M}\p{N}]+)*")


@dataclass(frozen=True, slots=True)
class NearGroup:
    """Ambiguous words, each of which counts only where one of `neighbours` stands in the same sentence."""

    words: tuple[str, ...]
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One entry of the codebook.

    `include` words tell the theme by themselves, `exclude` phrases cancel such a word that stands inside
    them, `unless` words cancel the theme in their sentence, `near` words need a neighbour.
    """

    theme_id: str
    label_vi: str
    label_en: str
    definition_vi: str
    definition_en: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    unless: tuple[str, ...]
    near: tuple[NearGroup, ...]
    examples: tuple[str, ...]
    parent: str | None = None
    note: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words that may tell the theme."""
        return (*self.include, *(word for group in self.near for word in group.words))


Codebook = Mapping[str, Theme]
_Entry = dict[str, Any]  # a theme's table as TOML gives it


@dataclass(frozen=True)
class _Source:
    """The file as text, to say in which line an entry stands."""

    path: Path
    lines: list[str]

    def error(self, theme_id: str, needle: str, message: str) -> LexiconError:
        """An error at the last line of the theme's table that holds `needle`; at its head if there is none.

        The search for a word passes over labels and definitions: `label_vi = "Ma túy"` is not at fault.
        """
        start, end = self._table(theme_id)
        is_word = needle.startswith('"')
        inside = [
            i
            for i in range(start, end)
            if needle and needle in self.lines[i] and not (is_word and self.lines[i].lstrip().startswith(TEXT_KEYS))
        ]
        return LexiconError(f"{self.path}:{(inside or [start])[-1] + 1}: {message}")

    def _table(self, theme_id: str) -> tuple[int, int]:
        head = late(regex.compile, rf"\s*\[\s*[\"']?{regex.escape(theme_id)}[\"']?\s*\]")
        start = next((i for i, line in enumerate(self.lines) if head.match(line)), 0)
        following = (i for i in range(start + 1, len(self.lines)) if self.lines[i].startswith("["))
        return start, next(following, len(self.lines))


def _check_entry(source: _Source, theme_id: str, entry: object) -> _Entry:
    """The entry, once its id, its keys and their types are right."""
    if not isinstance(entry, dict):
        raise source.error(theme_id, theme_id, f"{theme_id!r} is in no theme; put it under a [theme_id] line")
    if not _ID.fullmatch(theme_id):
        raise source.error(theme_id, "", f"bad id {theme_id!r}; write a-z, digits and _, as in [fire_rescue]")
    for key in entry:
        if key not in KEYS:
            raise source.error(theme_id, key, f"{theme_id}: unknown key {key!r}; allowed: {', '.join(KEYS)}")
    for key in (*TEXT_KEYS, "parent", "note"):
        value = entry.get(key, "" if key in ("parent", "note") else None)
        if not isinstance(value, str) or (key in TEXT_KEYS and not value.strip()):
            raise source.error(theme_id, key, f'{theme_id}: {key} is missing or no text; write {key} = "..."')
    for key in LIST_KEYS:
        if not isinstance(entry.get(key, []), list):
            raise source.error(theme_id, key, f"{theme_id}: {key} is no list; write {key} = [...]")
    return entry


def _check_strings(source: _Source, theme_id: str, key: str, values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise source.error(theme_id, key, f'{theme_id}: {key} must list texts; write {key} = ["...", "..."]')
    return tuple(values)


def _read_words(source: _Source, theme_id: str, key: str, values: object) -> tuple[str, ...]:
    words = _check_strings(source, theme_id, key, values)
    for word in words:
        if not _WORD.fullmatch(word):
            raise source.error(
                theme_id, f'"{word}"', f"{theme_id}: bad word {word!r} in {key}; "
                "write plain words of two letters or more, single spaces, no patterns"
            )  # fmt: skip
    return words


def _read_near(source: _Source, theme_id: str, groups: list) -> Iterator[NearGroup]:
    for group in groups:
        if not isinstance(group, dict) or set(group) != set(NEAR_KEYS) or not all(group.values()):
            unknown = [key for key in group if key not in NEAR_KEYS] if isinstance(group, dict) else []
            raise source.error(
                theme_id,
                (*unknown, "near")[0],
                f'{theme_id}: bad near entry; write {{ words = ["..."], with = ["..."] }}',
            )
        yield NearGroup(*(_read_words(source, theme_id, key, group[key]) for key in NEAR_KEYS))


def _read_theme(source: _Source, theme_id: str, table: object) -> Theme:
    entry = _check_entry(source, theme_id, table)
    theme = Theme(
        theme_id,
        **{key: entry[key].strip() for key in TEXT_KEYS},
        include=_read_words(source, theme_id, "include", entry.get("include", [])),
        exclude=_read_words(source, theme_id, "exclude", entry.get("exclude", [])),
        unless=_read_words(source, theme_id, "unless", entry.get("unless", [])),
        near=tuple(_read_near(source, theme_id, entry.get("near", []))),
        examples=_check_strings(source, theme_id, "examples", entry.get("examples", [])),
        parent=entry.get("parent") or None,
        note=entry.get("note", ""),
    )
    if not theme.words:
        raise source.error(theme_id, "", f"{theme_id}: no words; fill include or near, or delete the theme")
    if not theme.examples:
        raise source.error(theme_id, "", f"{theme_id}: no example; add a sentence that shows the theme")
    return theme


def _check_exclude(source: _Source, theme: Theme) -> None:
    words = WordList(map(search_form, theme.words), is_whole=True)
    for phrase in theme.exclude:
        if not words.find(search_form(phrase)):
            message = f"{theme.theme_id}: exclude {phrase!r} holds no word of the theme, so it cancels nothing; "
            raise source.error(theme.theme_id, f'"{phrase}"', f"{message}write the longer phrase or delete it")


def _check_words_once(source: _Source, themes: Mapping[str, Theme]) -> None:
    """An include word tells one theme; near words may serve two, as their neighbours tell which."""
    owner: dict[str, str] = {}
    for theme in themes.values():
        own: set[str] = set()
        for word in (*theme.words, *theme.exclude):
            if (form := search_form(word)) in own:
                message = f"{theme.theme_id}: {word!r} stands twice; delete one"
                raise source.error(theme.theme_id, f'"{word}"', message)
            own.add(form)
        for word in theme.include:
            owner.setdefault(search_form(word), theme.theme_id)
    for theme in themes.values():
        for word in theme.words:
            if (other := owner.get(search_form(word), theme.theme_id)) != theme.theme_id:
                raise source.error(
                    theme.theme_id, f'"{word}"', f"{theme.theme_id}: {word!r} is a word of {other} too; "
                    "keep it in one theme, or give it neighbours in both (near)"
                )  # fmt: skip


def _check_parents(source: _Source, themes: Mapping[str, Theme]) -> None:
    for theme in themes.values():
        line, at = [theme.theme_id], theme
        while at.parent:
            if at.parent not in themes:
                message = f"{at.theme_id}: unknown parent {at.parent!r}; allowed: {', '.join(themes)}"
                raise source.error(at.theme_id, "parent", message)
            if at.parent in line:
                way = " -> ".join((*line, at.parent))
                message = f"{at.theme_id}: theme cycle {way}; delete one parent"
                raise source.error(at.theme_id, "parent", message)
            line.append(at.parent)
            at = themes[at.parent]


@lru_cache(maxsize=8)
def load_codebook(lexicon: Lexicon) -> Codebook:
    """The themes in the order of the file, by id. Raises LexiconError with file, line and mend."""
    entries = lexicon.toml("themes")
    path = lexicon.folder / "themes.toml"
    source = _Source(path, path.read_text(encoding="utf-8").splitlines())
    if not entries:
        raise LexiconError(f"{path}:1: no theme; add a table [theme_id] with {', '.join(KEYS)}")
    themes = {theme_id: _read_theme(source, theme_id, entry) for theme_id, entry in entries.items()}
    for theme in themes.values():
        _check_exclude(source, theme)
    _check_words_once(source, themes)
    _check_parents(source, themes)
    return themes
