"""What the cell `value` of a correction says, checked against its field; and what a mention has that nobody states.

parse_value("count", "period", "2023-12", lexicon)   ->  "2023-12"
parse_value("count", "value", "26,82", lexicon)      ->  CorrectionError: write a decimal point
"""

from __future__ import annotations

import math

from helpers.extract.calendar import is_day
from helpers.extract.codebook import load_codebook
from helpers.extract.gazetteer import load_gazetteer
from helpers.extract.units import UnitReader
from helpers.lexicon import Lexicon
from helpers.schema import DETAIL_OF, DETAILS, Field
from helpers.tables.correction_file import CorrectionError

_EDTF = {("date", "value"), ("document", "issued_on")}
_TRUTH = {"true": True, "false": False}
_SHARES = ("percent", "ratio")
_COUNTED = ("count", "money", "measure")
#: fields that an added mention must be given: they have no usual value
REQUIRED = {"quantities": "value", "dates": "value", "theme_hits": "theme_id"}
_OPENING = '“"«„'


def parse_value(kind: str, name: str, text: str, lexicon: Lexicon) -> object:
    """The value that a cell gives a field; None from an empty one. Raises CorrectionError with the mend."""
    if name == "surface":
        if not text:
            raise CorrectionError("bad_row", "surface set to nothing; write the words, or delete the mention")
        return text
    field = DETAILS[DETAIL_OF[kind]][name]
    if not text:
        if field.type == "list":
            return []
        if not field.null:
            raise CorrectionError("bad_row", f"{name} can't be empty; write {_wanted(field)}")
        return None
    value = _typed(field, name, text)
    if (kind, name) in _EDTF or name == "period":
        if not is_edtf(text):
            raise CorrectionError(
                "bad_row", f"{name} {text!r} is no date; write 2023, 2023-12, 2023-12-31 or 2021/2025"
            )
    elif name == "place_id" and text not in load_gazetteer(lexicon).places:
        raise CorrectionError("bad_row", f"place_id {text!r} is no unit; take one from helpers/lexicons/vi/places.csv")
    elif name == "unit_id" and not UnitReader.of(lexicon).factor(text)[0]:
        raise CorrectionError("bad_row", f"unit_id {text!r} is no unit; take one from helpers/lexicons/vi/units.csv")
    elif name == "theme_id" and text not in load_codebook(lexicon):
        known = ", ".join(load_codebook(lexicon))
        raise CorrectionError("bad_row", f"theme_id {text!r} is no theme; write one of {known}")
    return value


def _typed(field: Field, name: str, text: str) -> object:
    said = f"{name} is {text[:80]!r}; write {_wanted(field)}"
    if field.values and text not in field.values:
        raise CorrectionError("bad_row", said)
    try:
        if field.type == "float":
            number = float(text)
            if not math.isfinite(number) or "_" in text:
                raise ValueError
            return number
        if field.type == "int":
            return int(text)
        if field.type == "bool":
            return _TRUTH[text.lower()]
    except (ValueError, KeyError, OverflowError):
        raise CorrectionError("bad_row", said) from None
    if field.type == "list":
        return [part.strip() for part in text.split(";") if part.strip()]
    return text


def _wanted(field: Field) -> str:
    if field.values:
        return f"one of {', '.join(field.values)}"
    return {
        "float": "a number with a decimal point, such as 26.82", "int": "a whole number", "bool": "true or false",
    }.get(field.type, "a text")  # fmt: skip


def show_value(value: object) -> str:
    """A value as a cell of the file holds it; parse_value reads it back.

    >>> [show_value(v) for v in (26.82, 12.0, None, True, ["a", "b"])]
    ['26.82', '12', '', 'true', 'a; b']
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def is_edtf(text: str) -> bool:
    """Whether a text is a date or period as this project writes them.

    >>> [is_edtf(t) for t in ("2023", "2017-33", "2021/2025", "2021-06-15/..", "2023-12-15T08:30:00", "{2025-04-03,2025-05}")]
    [True, True, True, True, True, True]
    >>> [is_edtf(t) for t in ("15/6/2021", "2023-13", "2023-02-31", "../..", "năm 2023", "")]
    [False, False, False, False, False, False]
    """
    if text.startswith("{") and text.endswith("}"):
        return all(_is_date(part.strip()) for part in text[1:-1].split(","))
    ends = text.split("/")
    if len(ends) > 2 or (len(ends) == 2 and ends == ["..", ".."]):
        return False
    return all(_is_date(end) or (end == ".." and len(ends) == 2) for end in ends)


def _is_date(text: str) -> bool:
    day, _, clock = text.partition("T")
    if clock or text.endswith("T"):
        hours = clock.split(":")
        sizes = zip(hours, (23, 59, 59), strict=False)
        if len(hours) not in (2, 3) or not all(len(h) == 2 and _digits(h) and int(h) <= most for h, most in sizes):
            return False
    parts = day.removeprefix("-").split("-")
    if not (1 <= len(parts) <= 3 and all(map(_digits, parts)) and len(parts[0]) == 4):
        return False
    if any(len(part) != 2 for part in parts[1:]):
        return False
    if len(parts) == 2 and 33 <= int(parts[1]) <= 36:
        return not clock
    year, month, number = [*map(int, parts), 1, 1][:3]
    return is_day(max(year, 1), month, number) and (not clock or len(parts) == 3)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def usual_fields(kind: str, surface: str, role: str) -> dict[str, object]:
    """The fields of an added mention before a correction sets them."""
    table = DETAIL_OF.get(kind)
    if table is None:
        return {}
    fields: dict[str, object] = {c: [] if f.type == "list" else None for c, f in DETAILS[table].items()}
    if table == "quantities":
        aspect = "share" if kind in _SHARES else "count" if kind in _COUNTED else None
        voice = "caption" if role == "caption" else "newspaper"
        fields |= {
            "qualifier": "exact",
            "direction": "none",
            "aspect": aspect,
            "mode": "done",
            "voice": voice,
            "subject_key": "",
        }
        fields |= {"unit": "%", "unit_id": "percent"} if kind == "percent" else {}
    elif table == "dates":
        fields["form"] = "calendar"
    elif table == "quotes":
        fields["form"] = "direct" if surface.startswith(tuple(_OPENING)) else "reported"
    elif table == "theme_hits":
        fields |= {"terms": [surface.lower()], "weight": 1.0}
    if table == "people":
        fields["public"] = False
    if "name" in fields:
        fields["name"] = surface
    return fields
