"""The settings of report.toml, checked."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path


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
    mask_public_names: bool = False


def find_root(start: Path | None = None) -> Path:
    """The folder of report.toml at or above `start`. Raises SettingsError."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "report.toml").is_file():
            return folder
    raise SettingsError(f"no report.toml in {here} or above; run this inside the project")


def load_settings(root: Path | None = None) -> Settings:
    """The settings of the project around `root`. Raises SettingsError."""
    folder = find_root(root)
    path = folder / "report.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}; mend that line") from error
    if unknown := set(values) - {"languages", "pages", "title", "subtitle", "time_limit", "mask_public_names"}:
        raise SettingsError(f"{path}: unknown setting {', '.join(sorted(unknown))}; delete it or mend its spelling")
    try:
        languages = tuple(values["languages"])
        settings = Settings(
            folder, languages, tuple(values["pages"]), values["title"], values.get("subtitle", {}),
            float(values.get("time_limit", 120)), bool(values.get("mask_public_names", False)),
        )  # fmt: skip
        missing = [lang for lang in languages if lang not in settings.title]
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(
            f"{path}: {error!s} is missing or of the wrong kind; see the project's own report.toml"
        ) from error
    if missing:
        raise SettingsError(f"{path}: no title for {', '.join(missing)}; add it under [title]")
    return settings


def choose_language(settings: Settings, language: str | None = None) -> str:
    """`language`, else the environment's REPORT_LANGUAGE, else the first one. Raises SettingsError if unknown."""
    chosen = language or os.environ.get("REPORT_LANGUAGE") or settings.languages[0]
    if chosen not in settings.languages:
        raise SettingsError(f"language {chosen!r}: report.toml has {', '.join(settings.languages)}")
    return chosen
