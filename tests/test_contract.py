"""`extract` as others script against it: schema, examples, streams, bad lines."""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest
from conftest import ROOT, TESTS

EXAMPLES = [json.loads(line) for line in (TESTS / "cases" / "contract.jsonl").read_text(encoding="utf-8").splitlines()]
SCHEMA = json.loads((TESTS / "cases" / "contract.schema.json").read_text(encoding="utf-8"))
FIGURES_DATES_CODES = ("count", "percent", "ratio", "money", "measure", "rank", "date", "code")
#: spelled freely, or compared by overlap
_FREE = ("doc_id", "start", "end", "surface", "entity_id", "candidates")


def run_extract(lines: bytes, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "helpers", "extract", *(arguments or ("-",))], input=lines, capture_output=True, cwd=ROOT
    )


@pytest.fixture(scope="module")
def printed() -> dict[str, list[dict]]:
    lines = "".join(json.dumps(e["input"], ensure_ascii=False) + "\n" for e in EXAMPLES)
    done = run_extract(lines.encode())
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, list[dict]] = {e["input"]["id"]: [] for e in EXAMPLES}
    for line in done.stdout.decode().splitlines():
        found[json.loads(line)["doc_id"]].append(json.loads(line))
    return found


def _meet(a: dict, b: dict) -> bool:
    return a["kind"] == b["kind"] and a["start"] < b["end"] and b["start"] < a["end"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["input"]["id"])
def test_example_is_printed_as_the_contract_says(example, printed):
    found = printed[example["input"]["id"]]
    for mention in found:
        jsonschema.validate(mention, SCHEMA)
        assert example["input"]["text"][mention["start"] : mention["end"]] == mention["surface"]
    for wanted in example["mentions"]:
        got = next((m for m in found if _meet(m, wanted)), None)
        assert got, f"{wanted['kind']} {wanted['surface']!r} is missing"
        assert {k: got.get(k) for k in wanted if k not in _FREE} == {k: v for k, v in wanted.items() if k not in _FREE}
        assert len(got.get("candidates") or []) == len(wanted.get("candidates", got.get("candidates") or []))
    extra = [
        m["surface"]
        for m in found
        if m["kind"] in FIGURES_DATES_CODES and not any(_meet(m, w) for w in example["mentions"])
    ]
    assert extra == []


def test_mentions_of_one_thing_share_an_entity_id(printed):
    ids = {m["surface"]: m["entity_id"] for m in printed["x9"] if m["kind"] == "document"}
    assert len(ids) == 2 and len(set(ids.values())) == 1


def test_a_bad_line_is_reported_with_its_number_and_the_rest_goes_on():
    done = run_extract(
        b'{"id": "a", "text": "b\xe1\xba\xaft 35 \xc4\x91\xe1\xbb\x91i t\xc6\xb0\xe1\xbb\xa3ng"}\nnot json\n{"id": "c"}\n{"id": "d", "text": "12 v\xe1\xbb\xa5"}\n'
    )
    assert done.returncode == 1
    assert [json.loads(line)["doc_id"] for line in done.stdout.decode().splitlines()] == ["a", "d"]
    said = done.stderr.decode()
    assert [line.split(":")[1] for line in said.splitlines()] == [" line 2", " line 3"]


def test_odd_ids_and_texts_pass_unchanged():
    rows = [{"id": "", "text": "12 vụ"}, {"id": "a/b\n", "text": "\ud800 12 vụ"}, {"id": 7, "text": "12 vu\u0323"}]
    done = run_extract("".join(json.dumps(r) + "\n" for r in rows).encode())
    assert done.returncode == 0, done.stderr.decode()
    assert [
        json.loads(line)["doc_id"] for line in done.stdout.decode().splitlines() if json.loads(line)["kind"] == "count"
    ] == ["", "a/b\n", "7"]


def test_offsets_count_code_points_of_the_text_as_given():
    text = "Thu giư\u0303 12 vu\u0323, 5 ngươ\u031b\u0300i"  # decomposed letters
    done = run_extract(json.dumps({"id": "n", "text": text}).encode())
    for m in map(json.loads, done.stdout.decode().splitlines()):
        assert text[m["start"] : m["end"]] == m["surface"]


def test_the_light_commands_import_no_table_library():
    code = (
        "import sys; from helpers.cli import main\n"
        "try: main(['explain', 'bắt 35 đối tượng'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'pyarrow', 'matplotlib', 'nbconvert'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_an_unknown_command_is_wrong_usage():
    done = subprocess.run([sys.executable, "-m", "helpers", "extrakt"], capture_output=True, cwd=ROOT)
    assert done.returncode == 2
