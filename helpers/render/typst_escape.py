"""Text to Typst source that cannot be anything but text.

    >>> string('a "quoted" \\\\ word')
    '"a \\\\"quoted\\\\" \\\\\\\\ word"'
    >>> text("#let x = 1")
    '#"#let x = 1";'

Every word of a notebook reaches Typst as a string literal, never as markup, so no character
has a meaning there. What no page can show (control characters, half a surrogate pair,
private-use code points, which PDF/A refuses) is dropped or replaced first: see `clean`.
"""

import re
import unicodedata

REPLACEMENT = "\ufffd"
LONG_WORD = 32  # characters; a longer run without a break may not fit a line
LONG_CELL_WORD = 18  # the same in a table
LONG_WORD_STEP = 6

# Line and paragraph separators are white space for us; tab and newline stay as they are.
_SEPARATORS = re.compile("[\r\u2028\u2029\u0085\x0b\x0c]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
_UNSHOWABLE = re.compile(
    "[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPECIAL = re.compile('[\\\\"\n\t\r\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]')


def strip_ansi(value: str) -> str:
    """`value` without terminal colour and cursor codes."""
    return _ANSI.sub("", value)


def clean(value: str) -> str:
    """`value` in NFC with only what can be shown: the text that the PDF will give back.

    >>> clean("bị\\x00 cáo \\ud800")
    'bị cáo �'
    """
    value = _SEPARATORS.sub("\n", value.replace("\r\n", "\n"))
    value = _UNSHOWABLE.sub(REPLACEMENT, _INVISIBLE.sub("", value))
    return unicodedata.normalize("NFC", value)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{{{ord(character):x}}}"


def string(value: str) -> str:
    """A Typst string literal."""
    return f'"{_SPECIAL.sub(_escape, clean(value))}"'


def text(value: str, *, long_word: int = LONG_WORD) -> str:
    """Markup that shows `value` literally; very long words may break between any two letters."""
    if not value:
        return ""
    pieces = []
    for word in re.split(rf"(\S{{{long_word},}})", value):
        if len(word) < long_word or " " in word:
            pieces.append(word)
            continue
        # An empty box is a place to break that leaves no character in the text.
        starts = range(0, len(word), LONG_WORD_STEP)
        pieces.append("\0".join(word[start : start + LONG_WORD_STEP] for start in starts))
    parts = "".join(pieces).split("\0")
    return "#box();".join(f"#{string(part)};" for part in parts if part)


def array(items: list[str]) -> str:
    """A Typst array of source items; one item needs its comma, or it is only a parenthesis."""
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
