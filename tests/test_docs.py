"""Do the documents tell of what is there? Their links resolve; the paths, commands and targets that they name exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from helpers.cli import main

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "reports" / "README.md"])
IDS = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
#: where a path may be told from: tables say `extract/dates.py` where their text names the folder above
FOLDERS = [ROOT, *(ROOT / f for f in ("helpers", "helpers/lexicons/vi", "helpers/present", "tests/cases", "docs"))]
#: what the reader makes while following, what is built, and other people's files
MADE = re.compile(
    r"(?:seeds/my-article\.txt|notebooks/09_cameras\.ipynb|reports/.*|manifest\.json|(?:my_notebook|my-articles|changes).*|.*A\.csv|B\.csv"
    r"|memos\.csv|hanh\.csv|lan\.csv)$"
)
TARGETS = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code_of(text: str) -> list[str]:
    """What stands between backticks, in a line or a block."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return blocks + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def anchors(path: Path) -> set[str]:
    """The names under which headings are linked to."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(path: Path) -> list[str]:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(path)):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    return broken


def unknown_paths(path: Path) -> list[str]:
    names = {
        name.rstrip("/.,:")
        for code in code_of(text_of(path))
        for name in re.findall(
            r"(?<![\w./*-])[\w.-]*[\w-]+(?:/[\w.-]+)*\.(?:py|csv|toml|ipynb|md|json|typ|txt|yml)\b", code
        )
    }
    return sorted(n for n in names if not MADE.match(n) and not any((folder / n).exists() for folder in FOLDERS))


def unknown_commands(path: Path) -> list[str]:
    code = "\n".join(code_of(text_of(path)))
    helpers = set(re.findall(r"-m helpers ([a-z][a-z-]*)", code)) - set(main.commands)
    makes = set(re.findall(r"\bmake ([a-z]+)", code)) - TARGETS
    return sorted(helpers | makes)


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_links_resolve(path):
    assert not broken_links(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_paths_that_are_named_exist(path):
    assert not unknown_paths(path)


@pytest.mark.parametrize("path", DOCUMENTS, ids=IDS)
def test_commands_that_are_named_are_known(path):
    assert not unknown_commands(path)


def test_a_broken_document_is_told(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One\n\n[a](gone.md) [b](#one) [c](#two) `helpers/gone.py` `make gone` `python -m helpers gone`\n"
    )
    assert broken_links(page) == ["gone.md", "#two"]
    assert unknown_paths(page) == ["helpers/gone.py"] and unknown_commands(page) == ["gone"]


def test_every_table_of_the_schema_is_in_the_architecture():
    from helpers.schema import TABLES

    named = set(re.findall(r"`(\w+)`", text_of(ROOT / "docs" / "architecture.md")))
    assert set(TABLES) <= named


def test_every_setting_of_the_exporter_is_documented():
    from helpers.render.typst import TypstPDFExporter

    own = [name for name, trait in TypstPDFExporter.class_own_traits(config=True).items() if trait.help]
    documented = text_of(ROOT / "docs" / "typst-exporter.md")
    assert own and all(f"`{name}`" in documented for name in own)


# ---- GitHub Actions

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_few(path):
    text = text_of(path)
    workflow = yaml.safe_load(text)
    used = re.findall(r"uses: (\S+)", text)
    assert used and all(re.search(r"@[0-9a-f]{40}$", name) for name in used)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    # what a stranger may write (titles, branches) never becomes part of a script
    scripts = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    assert all("${{" not in script or "matrix.python" in script for script in scripts)


def test_what_may_write_runs_no_code_of_a_pull_request():
    comment = yaml.safe_load(text_of(ROOT / ".github" / "workflows" / "comment.yml"))
    job = comment["jobs"]["comment"]
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert not any("checkout" in step.get("uses", "") for step in job["steps"])
    assert comment[True] == {
        "workflow_run": {"workflows": ["report"], "types": ["completed"]}
    }  # YAML reads `on` as true


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_scripts_of_the_workflows_are_sound_shell():
    for path in WORKFLOWS:
        for job in yaml.safe_load(text_of(path))["jobs"].values():
            for step in job["steps"]:
                if "run" in step and "${{" not in step["run"]:
                    subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)
