"""Numbers as a reader expects them: 1.040 and 26,82 in Vietnamese, 1,040 and 26.82 in English."""

from __future__ import annotations

_BIG = {"vi": ((1e9, "tỷ"), (1e6, "triệu")), "en": ((1e9, "billion"), (1e6, "million"))}
_SIGNS = {"more_than": "> ", "less_than": "< ", "at_least": "≥ ", "at_most": "≤ ", "approx": "≈ "}


def format_number(value: float, language: str, *, digits: int = 2) -> str:
    """`value` with the separators of `language`, at most `digits` decimals, none that are zero.

    >>> format_number(1040, "vi"), format_number(26.82, "vi"), format_number(1040.5, "en")
    ('1.040', '26,82', '1,040.5')
    """
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.replace(",", " ").replace(".", ",").replace(" ", ".")


def format_amount(value: float, language: str) -> str:
    """A sum in its reader's scale words.

    >>> format_amount(2e10, "vi"), format_amount(1.5e6, "en"), format_amount(400000, "vi")
    ('20 tỷ', '1.5 million', '400.000')
    """
    for scale, word in _BIG[language]:
        if abs(value) >= scale:
            return f"{format_number(value / scale, language, digits=3)} {word}"
    return format_number(value, language)


def format_figure(kind: str, value: float, high: float | None, *, qualifier: str, direction: str, language: str) -> str:
    """A figure as shown in tables: sign of its qualifier, range or ratio, direction as an arrow.

    >>> format_figure("percent", 26.82, None, qualifier="exact", direction="decrease", language="vi")
    '↓ 26,82 %'
    >>> format_figure("ratio", 7, 11, qualifier="exact", direction="none", language="en")
    '7/11'
    """
    show = format_amount if kind == "money" else format_number
    text = show(value, language)
    if high is not None:
        text += ("/" if kind == "ratio" else "–") + show(high, language)
    arrow = {"increase": "↑ ", "decrease": "↓ "}.get(direction, "")
    return arrow + _SIGNS.get(qualifier, "") + text + (" %" if kind == "percent" else "")


def format_edtf(edtf: str | None, language: str) -> str:
    """A date or period as it is read; unknown parts stay out.

    >>> format_edtf("2023-12", "vi"), format_edtf("2021/2025", "en"), format_edtf("2017-33", "vi")
    ('12/2023', '2021–2025', 'quý 1/2017')
    >>> format_edtf("{2025-04-03,2025-04-05}", "vi"), format_edtf("-0178", "en")
    ('3/4/2025, 5/4/2025', '179 BC')
    """
    if not edtf:
        return ""
    if edtf.startswith("{"):
        return ", ".join(format_edtf(part, language) for part in edtf.strip("{}").split(","))
    if edtf.startswith("-"):  # there is a year 0: -0178 is 179 before the common era
        return f"{1 - int(edtf)} {'TCN' if language == 'vi' else 'BC'}"
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return f"{format_edtf(first, language)}–{format_edtf(last, language) if last != '..' else ''}"
    parts = edtf.split("T")[0].split("-")
    if len(parts) == 2 and parts[1].isdigit() and 33 <= int(parts[1]) <= 36:
        number = int(parts[1]) - 32
        return f"quý {number}/{parts[0]}" if language == "vi" else f"Q{number} {parts[0]}"
    if language == "vi":
        return "/".join(str(int(p)) if i else p for i, p in reversed(list(enumerate(parts))) if p.isdigit())
    return "-".join(parts)
