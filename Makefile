# `make report` on a machine with Python 3.11 or newer and nothing else: sets up .venv once, then builds the reports.
# Works with GNU make 3.81. Where there is no make: see README.

VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
# `make report PYTHON=/path/to/python3.12` says which Python .venv is made from; else the first of these that will do.
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python)
FIT := import sys; sys.exit(sys.version_info < (3, 11))
PIP := $(PY) -m pip --disable-pip-version-check -qq install --no-input

.DEFAULT_GOAL := help
.PHONY: help report test lab watch new check fix explain bench lock clean

help:  ## show this list
	@echo "make TARGET, one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1	\2/p' Makefile

report: $(READY)  ## build the reports in reports/ (a part: make report OPTIONS='--param place=...')
	@$(PY) -m helpers report $(OPTIONS)

test: $(READY)  ## run every check of the code: style, types, tests
	@$(PY) -m ruff check --quiet
	@$(PY) -m mypy --no-error-summary
	@$(PY) -m pytest -q --numprocesses auto --dist loadfile

# JupyterLab refuses root unless told, which is the only user in many containers; it asks the network for nothing.
lab: $(READY)  ## open the notebooks in JupyterLab (more options: make lab OPTIONS=--no-browser)
	@PYTHONSTARTUP="$(CURDIR)/tools/jupyter_startup.py" $(PY) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks --LabApp.news_url=None \
	  --LabApp.app_settings_dir="$(CURDIR)/tools/jupyterlab" \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.extension_manager=readonly \
	  $$([ "$$(id -u)" -ne 0 ] || echo --allow-root) $(OPTIONS)

watch: $(READY)  ## rebuild what changed as soon as it does, and show it in the browser
	@$(PY) -m helpers watch

new: $(READY)  ## make a page from the template: make new NOTEBOOK=09_courts QUESTION="..."
	@[ "$$NOTEBOOK" ] || { echo 'which page? make new NOTEBOOK=09_courts QUESTION="..."' >&2; exit 2; }
	@$(PY) -m helpers new --question "$$QUESTION" -- "$$NOTEBOOK"
override NOTEBOOK := $(value NOTEBOOK)
override QUESTION := $(value QUESTION)
export NOTEBOOK QUESTION

check: $(READY)  ## are lexicons, corrections and notebooks sound, and the reports up to date?
	@$(PY) -m helpers check
	@$(PY) -m helpers report --check

fix: $(READY)  ## mend what a machine can: outputs left in notebooks, counts, ids, style
	@$(PY) -m helpers fix

explain: $(READY)  ## show what is found in a sentence, and by which rule: make explain TEXT="..."
	@[ "$$TEXT" ] || { echo 'which sentence? make explain TEXT="..."' >&2; exit 2; }
	@$(PY) -m helpers explain "$$TEXT"
# through the environment, and as typed: a sentence may hold quotes and $
override TEXT := $(value TEXT)
export TEXT

bench: $(READY)  ## time and memory of a report, beside the least that it could take
	@$(PY) tests/bench/bench.py $(TEXT)

lock:  ## pin anew what requirements.in names (needs uv); newest versions: make lock UPGRADE=--upgrade
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 $(UPGRADE) \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt

clean:  ## remove the reports and everything computed, but not .venv
	@[ ! -d reports ] || find reports -mindepth 1 ! -name README.md -delete
	@rm -rf .cache .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info

# Two steps, because an editable install has no hash: first all that is pinned, then this project by itself, built with
# the pinned setuptools.
$(READY): requirements.txt pyproject.toml
	@if $(PY) -c "" 2>/dev/null; then \
	  $(PY) -c "$(FIT)" || { echo "$(VENV) has a Python older than 3.11: remove the folder, then run make again" >&2; exit 1; }; \
	  echo "updating $(VENV)"; \
	else \
	  for python in $(PYTHONS); do $$python -c "$(FIT)" 2>/dev/null && break; python=; done; \
	  [ "$$python" ] || { echo "Python 3.11 or newer is needed; tried: $(PYTHONS). Another one: make PYTHON=/path/to/python3" >&2; exit 1; }; \
	  $$python -c "import ensurepip, venv" 2>/dev/null || { echo "$$python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
	  echo "setting up $(VENV) with $$($$python -V) (once, about a minute)"; \
	  $$python -m venv --clear $(VENV); \
	fi
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q helpers
	@$(PY) -m helpers register >/dev/null
	@touch $@
