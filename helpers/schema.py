"""Every table and every code of the project, as plain data. Nothing is defined twice: contracts are made from this."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "count", "percent", "ratio", "money", "measure", "rank",
    "date", "code", "person", "organisation", "place", "document", "programme", "quote", "theme",
)  # fmt: skip
FIGURE_KINDS = KINDS[:6]
ROLES = ("header", "lead", "body", "caption", "pullquote", "byline")
QUALIFIERS = ("exact", "approx", "more_than", "less_than", "at_least", "at_most", "range")
DIRECTIONS = ("none", "increase", "decrease")
ASPECTS = ("count", "cumulative", "share", "change")
MODES = ("done", "task", "aim")
AGREEMENTS = ("single", "repeated", "confirmed", "contradicted", "incomparable")
LEVELS = ("country", "region", "province", "district", "commune", "village", "street", "site")
DATE_FORMS = ("calendar", "clock", "relative")
QUOTE_FORMS = ("direct", "reported")


@dataclass(frozen=True)
class Field:
    """A column. `type`: text, int, float, bool or list (of text); `null`: may be missing; `values`: the only ones allowed."""

    type: str
    null: bool = False
    values: tuple[str, ...] = ()
    unique: bool = False
    note: str = ""


ID = Field("text")
TEXT, TEXT_ = Field("text"), Field("text", null=True)
INT, INT_ = Field("int"), Field("int", null=True)
FLOAT_ = Field("float", null=True)
BOOL = Field("bool")
LIST = Field("list")
