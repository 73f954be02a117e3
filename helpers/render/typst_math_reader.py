"""LaTeX mathematics as tokens, read one after another: groups, arguments, options, single characters."""

import re
from collections.abc import Iterator

from helpers.render.typst_escape import string

EMPTY = '""'
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)


class UnsupportedMath(ValueError):
    """A LaTeX construct that has no translation here; the message names it."""


def tokens_of(source: str) -> Iterator[str]:
    for match in _TOKEN.finditer(re.sub(r"(?<!\\)%[^\n]*", "", source)):
        token = match.group()
        if token.endswith("*") and len(token) > 2:  # \operatorname* is a command, \alpha* is not
            yield from (token,) if token == r"\operatorname*" else (token[:-1], "*")
        else:
            yield token


def character(value: str) -> str:
    """One character as itself; escaped, so that Typst gives it no meaning of its own."""
    if value.isascii() and (value.isalnum() or value in "+-=<>"):
        return value
    if value.isascii():
        return "\\" + value
    if value.isalpha() and not ("\u0370" <= value <= "\u03ff" or "\u2100" <= value <= "\u214f"):
        return f"#nbmtext({string(value)})"  # ữ and its like are in the text face only
    return f"\\{value}"


class Reader:
    """What every construct needs: the next token, groups and arguments."""

    def __init__(self, source: str) -> None:
        self.tokens = list(tokens_of(source))
        self.position = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.position += 1
        return token

    def skip_space(self) -> None:
        while self.peek().isspace():
            self.position += 1

    def raw_group(self) -> str:
        """The source between two braces, unread: for \\text and names of environments."""
        self.skip_space()
        if self.next() != "{":
            raise UnsupportedMath("a brace is missing")
        depth = 1
        pieces: list[str] = []
        while token := self.next():
            depth += (token == "{") - (token == "}")
            if not depth:
                return "".join(pieces)
            pieces.append(token)
        raise UnsupportedMath("a brace is not closed")

    def argument(self) -> str:
        """One argument: a group, or the single token that follows."""
        self.skip_space()
        token = self.peek()
        if not token or token in ("}", "&", "^", "_"):
            raise UnsupportedMath("an argument is missing")
        if token[0].isdigit() and len(token) > 1:  # x^12 is x^1 followed by 2
            self.tokens[self.position : self.position + 1] = [token[0], token[1:]]
        if token == "{":
            self.next()
            return self.sequence("}")
        return self.atom() or EMPTY

    def optional(self) -> str | None:
        self.skip_space()
        if self.peek() != "[":
            return None
        self.next()
        return self.sequence("]")

    def sequence(self, *ends: str) -> str:
        raise NotImplementedError

    def atom(self) -> str:
        raise NotImplementedError
