r"""LaTeX mathematics to Typst mathematics, for the commands that notebooks use.

    >>> convert(r"\frac{a}{b}")
    'frac(a, b)'

Only what is known is written: letters, digits, escaped characters and the functions listed in
typst_math_symbols. Anything else raises `UnsupportedMath`, and the caller shows the source as code.
"""

import re
from collections.abc import Iterator

from helpers.render import typst_math_symbols as known
from helpers.render.typst_escape import clean, string

EMPTY = '""'
MAX_DEPTH = 60
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_LINE_BREAK = (r"\\", r"\cr", r"\newline")
_TEXT = ("text", "textrm", "textbf", "textit", "textnormal", "mbox", "hbox", "textsf", "texttt")


class UnsupportedMath(ValueError):
    """A LaTeX construct that has no translation here; the message names it."""


def _tokens(source: str) -> Iterator[str]:
    for match in _TOKEN.finditer(re.sub(r"(?<!\\)%[^\n]*", "", source)):
        token = match.group()
        if token.endswith("*") and len(token) > 2:  # \operatorname* is a command, \alpha* is not
            yield from (token,) if token == r"\operatorname*" else (token[:-1], "*")
        else:
            yield token


def _character(value: str) -> str:
    """One character as itself; escaped, so that Typst gives it no meaning of its own."""
    if value.isascii() and (value.isalnum() or value in "+-=<>"):
        return value
    if value.isascii():
        return "\\" + value
    if value.isalpha() and not ("\u0370" <= value <= "\u03ff" or "\u2100" <= value <= "\u214f"):
        return f"#nbmtext({string(value)})"  # ữ and its like are in the text face only
    return f"\\{value}"


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = list(_tokens(source))
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
        """Everything up to one of `ends`, which is consumed; "" ends at the end of the source."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnsupportedMath("groups are nested too deeply")
        pieces: list[str] = []
        while True:
            self.skip_space()
            token = self.peek()
            if token in ends:
                self.next()
                break
            if not token:
                raise UnsupportedMath("a group is not closed")
            if token == "}":
                raise UnsupportedMath("a brace is closed that was not opened")
            pieces.append(self.scripted())
        self.depth -= 1
        return " ".join(piece for piece in pieces if piece) or EMPTY

    def scripted(self) -> str:
        """An atom with its primes, subscript and superscript."""
        base = EMPTY if self.peek() in ("^", "_", "'") else self.atom()
        scripts: dict[str, list[str]] = {"_": [], "^": []}
        while True:
            self.skip_space()
            token = self.peek()
            if token == "'":
                scripts["^"].append("\\′")
                self.next()
            elif token in ("^", "_"):
                self.next()
                scripts[token].append(self.argument())
            elif token in (r"\limits", r"\nolimits") and base != EMPTY:
                base = f"{'limits' if token == chr(92) + 'limits' else 'scripts'}({base})"
                self.next()
            else:
                break
        if not (scripts["_"] or scripts["^"]):
            return base
        marks = "".join(f"{mark}({' '.join(items)})" for mark, items in scripts.items() if items)
        return f"{base or EMPTY}{marks}"

    def atom(self) -> str:
        token = self.next()
        if token == "{":
            inner = self.sequence("}")
            return f"nbgroup({inner})"
        if token.startswith("\\") and len(token) > 1:
            return self.command(token[1:])
        if token in ("&", "^", "_", "#", "$", "\\"):
            raise UnsupportedMath(f"“{token}” stands where it has no meaning")
        if token == "~":
            return "#h(0.25em)"
        return token if token[0].isdigit() and token.isascii() else _character(token)

    def command(self, name: str) -> str:
        if name in ("left", "right"):
            if name == "right":
                raise UnsupportedMath(r"\right without \left")
            return self.fenced()
        if name == "begin":
            return self.environment()
        if name in known.SPACES:
            return f"#h({known.SPACES[name]})"
        if name in known.IGNORED:
            return ""
        if name in known.SYMBOLS:
            return _character(known.SYMBOLS[name])
        if "\\" + name in known.DELIMITERS:
            return _character(known.DELIMITERS["\\" + name])
        if name in known.FUNCTIONS:
            return f'op("{name}")'
        if name in known.LIMIT_FUNCTIONS:
            return f'op("{name}", limits: #true)'
        return self.function(name)

    def function(self, name: str) -> str:
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return f"frac({self.argument()}, {self.argument()})"
        if name in ("binom", "dbinom", "tbinom"):
            return f"binom({self.argument()}, {self.argument()})"
        if name == "sqrt":
            index, body = self.optional(), self.argument()
            return f"root({index}, {body})" if index else f"sqrt({body})"
        if name in known.ACCENTS:
            return f"accent({self.argument()}, #{string(known.ACCENTS[name])})"
        if name in known.STYLES:
            return f"{known.STYLES[name]}({self.argument()})"
        if name in _TEXT:
            return f"#nbmtext({string(self.text_group())})"
        if name in ("operatorname", "operatorname*"):
            limits = ", limits: #true" if name.endswith("*") else ""
            return f"op({string(self.text_group())}{limits})"
        if name in ("overset", "stackrel", "underset"):
            mark, base = self.argument(), self.argument()
            return f"limits({base}){'_' if name == 'underset' else '^'}({mark})"
        if name in ("overbrace", "underbrace"):
            return self.brace(name)
        if name == "pmod":
            return f'nbgroup(\\( op("mod") {self.argument()} \\))'
        if name in ("bmod", "mod"):
            return 'op("mod")'
        if name == "not":
            return f"cancel({self.argument()})"
        if name in ("label", "tag", "tag*"):
            self.raw_group()
            return ""
        raise UnsupportedMath(f"\\{name}")

    def brace(self, name: str) -> str:
        body = self.argument()
        self.skip_space()
        if self.peek() != ("^" if name == "overbrace" else "_"):
            return f"{name}({body})"
        self.next()
        return f"{name}({body}, {self.argument()})"

    def text_group(self) -> str:
        value = re.sub(r"\\[,;: ]", " ", self.raw_group().replace("~", "\u00a0"))
        value = re.sub(r"\\([$%&#_{}])", r"\1", value)
        if re.search(r"[\\$]", value):
            raise UnsupportedMath("a command inside text")
        return value.replace("{", "").replace("}", "")

    def delimiter(self) -> str:
        self.skip_space()
        token = self.next()
        if token not in known.DELIMITERS:
            raise UnsupportedMath(f"the delimiter “{token}”")
        value = known.DELIMITERS[token]
        return _character(value) if value else ""

    def fenced(self) -> str:
        opening = self.delimiter()
        body = self.sequence(r"\right")
        return f"lr({opening} {body} {self.delimiter()})"

    def environment(self) -> str:
        name = self.raw_group()
        if name in known.PLAIN:
            return self.sequence_to_end(name)
        if name == "array":
            self.raw_group()  # column letters
        if name.startswith("alignat"):
            self.raw_group()
        rows = self.rows(name)
        if name in known.MATRICES:
            delimiter = known.MATRICES[name]
            fence = f'"{delimiter}"' if delimiter else "#none"
            return f"mat(delim: {fence}, {'; '.join(', '.join(row) for row in rows)})"
        if name in ("cases", "dcases", "rcases"):
            return f"cases({', '.join(' & '.join(row) for row in rows)})"
        if name in known.ALIGNED:
            lines = " \\ ".join(" & ".join(row) for row in rows)
            return lines if self.depth <= 1 else f"nbgroup({lines})"
        raise UnsupportedMath(f"the environment {name}")

    def rows(self, name: str) -> list[list[str]]:
        """The cells of an environment up to its \\end."""
        rows: list[list[str]] = [[]]
        while True:
            start = self.position
            rows[-1].append(self.sequence("&", *_LINE_BREAK, r"\end", r"\hline"))
            token = self.tokens[self.position - 1] if self.position > start else ""
            if token in _LINE_BREAK:
                self.optional()  # \\[2pt]
                rows.append([])
            elif token == r"\hline":
                rows[-1].pop()
            elif token == r"\end":
                if self.raw_group() != name:
                    raise UnsupportedMath(f"the environment {name} is not closed")
                break
        if len(rows) > 1 and rows[-1] == [EMPTY]:
            rows.pop()
        return rows

    def sequence_to_end(self, name: str) -> str:
        body = self.sequence(r"\end")
        if self.raw_group() != name:
            raise UnsupportedMath(f"the environment {name} is not closed")
        return body


def _top_level(source: str) -> str:
    """Rows at the top level (`a &= b \\\\ c &= d` without an environment) are an aligned display."""
    parser = _Parser(source)
    rows: list[list[str]] = [[]]
    while True:
        parser.skip_space()
        rows[-1].append(parser.sequence("", "&", *_LINE_BREAK))
        token = parser.tokens[parser.position - 1] if parser.position <= len(parser.tokens) else ""
        if token in _LINE_BREAK:
            rows.append([])
        elif token != "&":
            break
    return " \\ ".join(" & ".join(row) for row in rows)


def convert(source: str) -> str:
    """The Typst mathematics for a LaTeX formula (without its dollar signs).

    Raises:
        UnsupportedMath: the formula uses something unknown; the message says what.
    """
    return _top_level(clean(source).strip())
