# Jupyter reads settings from beside Python, not from the folder it runs in: `python -m helpers register` (part of the set-up, and
# of every report) copies this file to .venv/etc/jupyter. Inside a checkout a notebook converted by hand then gives the report's
# page; elsewhere nothing is changed. The language: REPORT_LANGUAGE=en, else the first of report.toml.
from helpers.render.config import checkout_config

c = get_config()  # noqa: F821
c.merge(checkout_config())
