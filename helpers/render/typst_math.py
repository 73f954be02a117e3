r"""LaTeX mathematics to Typst mathematics, for the commands that notebooks use.

    >>> convert(r"\frac{a}{b}")
    'frac(a, b)'

Only what is known is written: letters, digits, escaped characters and the functions listed in
typst_math_symbols. Anything else raises `UnsupportedMath`, and the caller shows the source as code.
"""

import re

from helpers.render import typst_math_symbols as known
from helpers.render.typst_escape import clean, string
from helpers.render.typst_math_reader import EMPTY, Reader, UnsupportedMath, character

MAX_DEPTH = 60
_LINE_BREAK = (r"\\", r"\cr", r"\newline")
_TEXT = ("text", "textrm", "textbf", "textit", "textnormal", "mbox", "hbox", "textsf", "texttt")


class _Parser(Reader):
    """Writes what the reader gives."""

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
            if token in (r"\choose", r"\over"):  # what stands before and after it, in the same group
                self.next()
                kind = "binom" if token == r"\choose" else "frac"
                before, after = " ".join(filter(None, pieces)) or EMPTY, self.sequence(*ends)
                self.depth -= 1
                return f"{kind}({before}, {after})"
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
        return token if token[0].isdigit() and token.isascii() else character(token)

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
            return character(known.SYMBOLS[name])
        if "\\" + name in known.DELIMITERS:
            return character(known.DELIMITERS["\\" + name])
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
        if name in known.ARROWS:
            below, above = self.optional(), self.argument()
            return f"limits(stretch({character(known.ARROWS[name])}))^({above})" + (f"_({below})" if below else "")
        if name in ("color", "textcolor"):  # set in the colour of the text, as everything
            self.raw_group()
            return self.argument() if name == "textcolor" else ""
        if name in ("phantom", "hphantom", "vphantom"):
            return f"#hide($ {self.argument()} $.body)"
        if name == "hspace":
            return self.space()
        if name == "substack":
            return self.stacked()
        if name in ("mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose", "mathpunct"):
            return f"nbgroup({self.argument()})"
        if name == "pmod":
            return f'nbgroup(\\( op("mod") {self.argument()} \\))'
        if name in ("bmod", "mod"):
            return 'op("mod")'
        if name == "not":
            self.skip_space()
            if self.peek() in known.NEGATED:
                return character(known.NEGATED[self.next()])
            return f"cancel({self.argument()})"
        if name in ("label", "tag", "tag*"):
            self.raw_group()
            return ""
        raise UnsupportedMath(f"\\{name}")

    def space(self) -> str:
        """The space of \\hspace{…}: em, ex and lengths that Typst knows too."""
        match = re.fullmatch(r"(-?\d{0,3}(?:\.\d{1,3})?)(em|pt|cm|mm|in)", "".join(self.raw_group().split()))
        if not match or match[1] in ("", "-"):
            raise UnsupportedMath(r"the length of \hspace")
        return f"#h({match[1]}{match[2]})"

    def stacked(self) -> str:
        """The lines of \\substack{a \\\\ b}, one above the other."""
        self.skip_space()
        if self.next() != "{":
            raise UnsupportedMath("a brace is missing")
        lines = [self.sequence("}", *_LINE_BREAK)]
        while self.tokens[self.position - 1] != "}":
            lines.append(self.sequence("}", *_LINE_BREAK))
        return f"mat(delim: #none, {'; '.join(lines)})"

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
        return character(value) if value else ""

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
