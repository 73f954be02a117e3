"""Number words: every integer written out reads back exactly."""

from __future__ import annotations

import random

import pytest

from helpers.extract.numerals import find_numbers
from helpers.normalize import search_form

_ONES = "không một hai ba bốn năm sáu bảy tám chín".split()


def _below_thousand(n: int, *, full: bool, southern: bool) -> list[str]:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [_ONES[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones and words:
        words.append("lẻ" if southern else "linh")
    words += ["mười"] if tens == 1 else [_ONES[tens], "mươi"] if tens else []
    if ones:
        words.append(
            "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens
            else "tư" if ones == 4 and tens > 1 and not southern else _ONES[ones]
        )  # fmt: skip
    return words


def write_number(n: int, *, southern: bool = False) -> str:
    """`n` in words, as a schoolbook writes it."""
    if n == 0:
        return "không"
    words: list[str] = []
    billions, rest = divmod(n, 10**9)
    if billions:
        words += [*write_number(billions, southern=southern).split(), "tỷ"]
    for scale, name in ((10**6, "triệu"), (10**3, "ngàn" if southern else "nghìn"), (1, "")):
        group = rest // scale % 1000
        if group:
            words += _below_thousand(group, full=bool(words), southern=southern) + ([name] if name else [])
    return " ".join(words)


def _sample() -> list[int]:
    dice = random.Random(7)
    return [*range(1, 1200), 10**15, *(dice.randrange(10 ** dice.randrange(1, 16)) + 1 for _ in range(3000))]


@pytest.mark.parametrize("southern", [False, True], ids=["northern", "southern"])
def test_every_integer_reads_back(southern):
    wrong = []
    for n in _sample():
        text = search_form(write_number(n, southern=southern))
        found = find_numbers(text)
        if [(f.start, f.end, f.low, f.high) for f in found] != [(0, len(text), float(n), None)]:
            wrong.append((n, text, found))
    assert wrong[:3] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("năm trăm tư", 540), ("hai triệu rưỡi", 2.5e6), ("ba lăm", 35), ("trăm rưỡi", 150), ("một tỷ hai", 1.2e9),
        ("âm năm", -5), ("ba phẩy mười bốn", 3.14), ("hai phẩy năm triệu", 2.5e6), ("nghìn tỷ", 1e12), ("hai chục", 20),
        ("1tr", 1e6), ("100k", 1e5), ("2.356.700", 2356700), ("0,77", 0.77), ("1,5", 1.5),
    ],
)  # fmt: skip
def test_clipped_and_mixed_forms(text, value):
    (found,) = find_numbers(search_form(text))
    assert found.low == pytest.approx(value)


@pytest.mark.parametrize(("text", "low", "high"), [("hai ba", 2, 3), ("ba bốn chục", 30, 40), ("vài trăm", 200, 900)])
def test_spoken_ranges(text, low, high):
    (found,) = find_numbers(search_form(text))
    assert (found.low, found.high) == (low, high)


def test_a_document_that_groups_with_commas_is_read_its_way():
    from helpers.extract.numerals import uses_comma_groups

    text = search_form("Tổng 1,234,567 lượt; riêng tỉnh 2,450 hộ")
    assert uses_comma_groups(text)
    assert [n.low for n in find_numbers(text, comma_groups=True)] == [1234567, 2450]
    assert not uses_comma_groups(search_form("giảm 26,825% và 1.040 vụ"))


def test_digits_too_large_for_a_float_are_left_to_codes():
    assert find_numbers("9" * 400) == []
