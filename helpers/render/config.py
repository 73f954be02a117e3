"""How nbconvert is set up for the report: the same for `make report` and for stock `jupyter nbconvert` in a checkout."""

from __future__ import annotations

from traitlets.config import Config

from helpers.render.html import FILTERS, TEMPLATES
from helpers.settings import SettingsError, choose_language, find_root, load_settings


def checkout_config() -> Config:
    """report_config inside a checkout of the project, nothing elsewhere. Raises SettingsError for settings that can't be used."""
    try:
        find_root()
    except SettingsError:
        return Config()
    return report_config()


def report_config(language: str | None = None) -> Config:
    """nbconvert's configuration for one language. Raises SettingsError."""
    settings = load_settings()
    language = choose_language(settings, language)
    others = set(settings.all_languages) - {language}
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = others | {"remove-cell"}
    for exporter in ("HTMLExporter", "TypstExporter", "TypstPDFExporter"):
        config[exporter].preprocessors = [
            "helpers.render.preprocess.FillFindings", "helpers.render.preprocess.AppendEvidence",
        ]  # fmt: skip
        # once, after all preprocessors: each check of a whole report takes as long as a preprocessor
        config[exporter].optimistic_validation = True
    config.FillFindings.language = language
    config.AppendEvidence.language = language
    config.HTMLExporter.template_name = "report"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.filters = FILTERS
    config.ExecutePreprocessor.timeout = int(settings.time_limit)
    return config
