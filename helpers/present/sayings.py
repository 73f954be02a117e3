"""What the analysis found, in words: why mentions agree or don't, what may be concluded, what is to be asked.

>>> say_code("en", "says_ratio_share", '{"part": 7.0, "whole": 11.0, "rest": 4.0, "percent": 63.64, "subject": "tổ dân phố"}')
'7 of 11 “tổ dân phố” are 63.64 %; 4 are without.'
"""

from __future__ import annotations

import json
from collections.abc import Callable

from helpers.present.numbers import format_amount, format_edtf, format_number
from helpers.present.wording import load_wording

_DATES = ("period", "published", "first_period", "second_period")
_ARROW = " → "


def say_code(
    language: str, key: str, values: str = "{}", *, place_name: Callable[[str], str] = str, **more: object
) -> str:
    """The wording `key` with the values of a row filled in, numbers and dates as the language writes them.

    Args:
        values: JSON, as tables keep it. place_name: id of a place -> its name. more: values beside those.
    """
    known = json.loads(values) | more
    shown = {name: _show(language, name, value, place_name) for name, value in known.items()}
    words = load_wording(language)
    if "subject" in shown and not any(c.isalpha() for c in shown["subject"]):  # "tăng 8,4%": of what stands elsewhere
        shown["subject"] = words["untold_subject"]
    if "base" in shown and not shown["base"]:
        shown["base"] = words["untold_base"]
    if "direction" in known:
        shown["direction"] = words[f"direction_{known['direction']}"]
    return words[key].format(**shown)


def _show(language: str, name: str, value: object, place_name: Callable[[str], str]) -> str:
    if value is None:
        return ""
    if name in _DATES:
        return format_edtf(str(value), language)
    if name == "places":
        return "; ".join(filter(None, (place_name(str(place)) for place in value)))  # type: ignore[attr-defined]
    if isinstance(value, list):
        return "; ".join(_show(language, "", item, place_name) if not isinstance(item, list)
                         else _ARROW.join(format_number(float(n), language) for n in item) for item in value)  # fmt: skip
    if isinstance(value, int | float):
        digits = 4 if name == "ratio" else 2
        return (
            format_amount(float(value), language)
            if abs(value) >= 1e6
            else format_number(float(value), language, digits=digits)
        )
    return str(value)
