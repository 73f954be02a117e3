"""Numbers in prose: taken from findings, never typed.

    [[n_facts]]      the finding's value
    [[n_facts=22]]   the same, where the sentence holds for 22 only: it is stale as soon as the value is another

A number that is typed is told with the finding that owns it: by its words ("23 dữ kiện"), else by its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

FINDING = re.compile(r"\[\[(\w+)(?:=([^\[\]]*))?\]\]")
#: a number typed into prose: two digits or more that are no year, no document's number and no list number
_TYPED = re.compile(
    r"(?<![\w\[(./-])\d+(?:[.,]\d+)*\s?%|(?<![\w\[(./-])(?!(?:19|20)\d\d\b)(?:\d{2,}|\d(?=[.,]\d))(?:[.,]\d+)*(?![\w\])/])"
)
_DIGIT = re.compile(r"(?<![\w\[(./,-])\d(?=\s+\w)")
#: what is quoted or named: in brackets, as code, a bold reference
_NAMES = re.compile(r"\([^)]*\)|`[^`]*`|\*\*\[[^\]]*\]\*\*|\[\[[^\]]*\]\]")
_WORDS = 2


class ProseError(ValueError):
    """Prose names a finding that nothing defines, holds a stale value or a typed number."""


def fill_value(finding_id: str, expected: str | None, values: Mapping[str, str]) -> str:
    """The value of a finding as printed.

    Raises:
        ProseError: there is no such finding, or the prose expects another value.
    """
    if finding_id not in values:
        near = ", ".join(get_close_matches(finding_id, sorted(values), n=4, cutoff=0.4))
        said = f"nearest are {near}; " if near else ""
        raise ProseError(f"[[{finding_id}]] is no finding; {said}reports/data/findings.csv lists all")
    value = values[finding_id]
    if expected is not None and expected.strip() != value:
        raise ProseError(
            f"[[{finding_id}={expected}]] is stale: the prose says {expected.strip()!r}, the finding is {value!r}; "
            f"read the sentence again, then write [[{finding_id}={value}]]"
        )
    return value


def check_numbers(prose: str, values: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[str]:
    """A line for each number in prose that is typed, stale or of no finding."""
    yield from typed_numbers(prose, values, labels)
    for match in FINDING.finditer(prose):
        try:
            fill_value(match[1], match[2], values)
        except ProseError as error:
            yield str(error)


def typed_numbers(prose: str, values: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[str]:
    """A line for each number typed into prose, with the finding that owns it and its value.

    Args:
        values: finding id -> its value as printed. labels: finding id -> what it counts, in the language of the prose.
    """
    text = _NAMES.sub(" ", prose)
    for match in _TYPED.finditer(text):
        yield _told(match[0], _owner(text[match.end() :], labels) or _of_value(match[0], values), values)
    for match in _DIGIT.finditer(text):
        if owner := _owner(text[match.end() :], labels):
            yield _told(match[0], owner, values)


def _told(typed: str, owner: str | None, values: Mapping[str, str]) -> str:
    if owner is None:
        return f"the number {typed!r} is typed; write a finding: [[finding_id]]"
    return f"the number {typed!r} is typed; the finding {owner} is {values[owner]!r}: write [[{owner}]]"


def _owner(after: str, labels: Mapping[str, str]) -> str | None:
    """The finding that counts what stands behind a number: its whole label, else the first words of one."""
    words = re.findall(r"\w+", after.lower())[:12]
    found = None
    for finding_id, label in labels.items():
        own = re.findall(r"\w+", label.lower())
        if words[: len(own)] == own:
            return finding_id
        if found is None and words[:_WORDS] == own[:_WORDS]:
            found = finding_id
    return found


def _of_value(typed: str, values: Mapping[str, str]) -> str | None:
    bare = typed.rstrip("% \u00a0")
    return next((i for i, value in values.items() if value.lstrip("-") == bare), None)
