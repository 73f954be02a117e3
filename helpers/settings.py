"""The settings of report.toml, checked, with the parameters of one run.

A parameter is given on the command line (`--param place="thị xã Kỳ Anh"`), in the environment (REPORT_PLACE, so that notebooks
run by hand follow it too) or under [parameters] in report.toml; the first of these that has it counts.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

#: parameters that choose articles
FILTERS = ("period", "place", "theme")
PARAMETERS = (*FILTERS, "language", "title")
_KEYS = {
    "languages", "pages", "title", "subtitle", "time_limit", "cell_time_limit", "mask_public_names", "parameters", "each",
}  # fmt: skip


class SettingsError(ValueError):
    """A setting that can't be used; the message names file, key and the mend."""


@dataclass(frozen=True)
class Settings:
    """What report.toml says; `root` is the folder it stands in."""

    root: Path
    languages: tuple[str, ...]
    pages: tuple[str, ...]
    title: dict[str, str]
    subtitle: dict[str, str]
    time_limit: float = 120.0
    cell_time_limit: float = 60.0
    mask_public_names: bool = False
    #: which articles the report is about: period, place, theme, as given
    filters: dict[str, str] = field(default_factory=dict)
    #: parameter -> the values that `--each` builds a report for
    each: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: whether a title was given for this run
    own_title: bool = False
    #: those of report.toml, also where a report is built in one of them only
    all_languages: tuple[str, ...] = ()


def find_root(start: Path | None = None) -> Path:
    """The folder of report.toml at or above `start`. Raises SettingsError."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "report.toml").is_file():
            return folder
    raise SettingsError(f"no report.toml in {here} or above; run this inside the project")


def load_settings(root: Path | None = None) -> Settings:
    """The settings of the project around `root`, with the parameters of this run. Raises SettingsError."""
    folder = find_root(root)
    path = folder / "report.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}; mend that line") from error
    if unknown := set(values) - _KEYS:
        raise SettingsError(f"{path}: unknown setting {', '.join(sorted(unknown))}; delete it or mend its spelling")
    try:
        languages = tuple(values["languages"])
        settings = Settings(
            folder, languages, tuple(values["pages"]), dict(values["title"]), values.get("subtitle", {}),
            float(values.get("time_limit", 120)), float(values.get("cell_time_limit", 60)),
            bool(values.get("mask_public_names", False)),
            each={name: tuple(map(str, found)) for name, found in values.get("each", {}).items()},
            all_languages=languages,
        )  # fmt: skip
        missing = [lang for lang in languages if lang not in settings.title]
        given = {name: str(value) for name, value in values.get("parameters", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"{path}: {error!s} is missing or of the wrong kind; see the project's own report.toml"
        ) from error
    if missing:
        raise SettingsError(f"{path}: no title for {', '.join(missing)}; add it under [title]")
    for name in settings.each:
        if name not in FILTERS:
            raise SettingsError(f"{path}: [each] {name}: there are {', '.join(FILTERS)}")
    check_names(given, where=f"{path}: [parameters]")
    return _with_parameters(settings, given | _from_environment())


def check_names(names: Iterable[str], *, where: str) -> None:
    """Raises SettingsError for a name that is no parameter."""
    for name in names:
        if name not in PARAMETERS:
            raise SettingsError(f"{where} {name!r} is no parameter; there are {', '.join(PARAMETERS)}")


def _from_environment() -> dict[str, str]:
    """The parameters in the environment. REPORT_LANGUAGE only says which language a notebook run by hand is in."""
    found = {name: os.environ.get(f"REPORT_{name.upper()}", "").strip() for name in (*FILTERS, "title", "languages")}
    if languages := found.pop("languages"):
        found["language"] = languages
    return {name: value for name, value in found.items() if value}


def _with_parameters(settings: Settings, given: Mapping[str, str]) -> Settings:
    settings = replace(settings, filters={name: given[name].strip() for name in FILTERS if given.get(name, "").strip()})
    if language := given.get("language"):
        if language not in settings.languages:
            raise SettingsError(f"language {language!r}: report.toml has {', '.join(settings.languages)}")
        settings = replace(settings, languages=(language,))
    if title := given.get("title"):
        settings = replace(settings, title=dict.fromkeys(settings.title, title), own_title=True)
    return settings


@contextmanager
def parameters(given: Mapping[str, str]) -> Iterator[None]:
    """Settings that are loaded meanwhile, also in the processes started meanwhile, follow these parameters."""
    check_names(given, where="--param")
    names = {f"REPORT_{'LANGUAGES' if name == 'language' else name.upper()}": value for name, value in given.items()}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def choose_language(settings: Settings, language: str | None = None) -> str:
    """`language`, else the environment's REPORT_LANGUAGE, else the first one. Raises SettingsError if unknown."""
    chosen = language or os.environ.get("REPORT_LANGUAGE") or settings.languages[0]
    if chosen not in settings.languages:
        raise SettingsError(f"language {chosen!r}: report.toml has {', '.join(settings.languages)}")
    return chosen
