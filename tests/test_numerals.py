"""Numbers: cases from tests/cases/numbers.csv, and round trips: what is written in words or digits reads back exactly."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from conftest import read_cases

from helpers.extract.numerals import compose_words, find_numbers, parse_digits, uses_comma_groups
from helpers.normalize import fold, search_form

_ONES = "không một hai ba bốn năm sáu bảy tám chín".split()


def _found(text, **options):
    folded = fold(text)
    numbers = find_numbers(folded.search, comma_groups=None, plain=folded.plain, **options)
    return [(folded.plain[n.start : n.end], n.low, n.high) for n in numbers]


@pytest.mark.parametrize("case", read_cases("numbers"), ids=lambda c: f"{c['text'][:36]}|{c['surface'][:20]}")
def test_number_is_read_as_the_case_says(case):
    found = _found(case["text"])
    if not case["surface"]:
        assert found == []
        return
    match = [(low, high) for surface, low, high in found if surface == case["surface"]]
    assert match, f"found only {found}"
    low, high = match[0]
    assert low == pytest.approx(float(case["value"]), rel=1e-12)
    assert high == (float(case["value_high"]) if case["value_high"] else None)


def _below_thousand(n: int, *, full: bool, southern: bool) -> list[str]:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    words = [_ONES[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones and words:
        words.append("lẻ" if southern else "linh")
    words += ["mười"] if tens == 1 else [_ONES[tens], "mươi"] if tens else []
    if ones:
        words.append(
            "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens
            else "tư" if ones == 4 and tens > 1 and not southern else "bẩy" if ones == 7 and southern else _ONES[ones]
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


def _sample(size: int = 3000) -> list[int]:
    dice = random.Random(7)
    return [*range(1200), 10**15, *(dice.randrange(10 ** dice.randrange(1, 16)) + 1 for _ in range(size))]


def _wrong(pairs) -> list:
    """The (text, value) pairs that do not read back as one number that covers the whole text."""
    found = ((text, value, _found(text)) for text, value in pairs)
    return [(text, value, numbers) for text, value, numbers in found if numbers != [(text, value, None)]][:3]


@pytest.mark.parametrize("southern", [False, True], ids=["northern", "southern"])
def test_every_integer_reads_back(southern):
    assert _wrong((write_number(n, southern=southern), float(n)) for n in _sample()) == []


def test_negative_integers_read_back():
    words = [(f"âm {write_number(n)}", -float(n)) for n in _sample(500)[1:]]
    digits = [(f"-{n}", -float(n)) for n in _sample(100)[1:]]
    assert _wrong(words + digits) == []


def _decimals() -> list[tuple[int, str]]:
    dice = random.Random(11)
    return [
        (dice.randrange(10 ** dice.randrange(1, 7)), str(dice.randrange(1, 1000)).zfill(dice.randrange(1, 5)))
        for _ in range(1500)
    ]


def test_decimals_read_back_digit_by_digit():
    assert _wrong((f"{write_number(whole)} phẩy {' '.join(_ONES[int(d)] for d in part)}", float(f"{whole}.{part}"))
                  for whole, part in _decimals()) == []  # fmt: skip


def test_decimals_read_back_as_a_number():
    pairs = [(whole, tens) for whole, _ in _decimals() for tens in (random.Random(whole).randrange(10, 100),)]
    assert (
        _wrong((f"{write_number(whole)} phẩy {write_number(tens)}", float(f"{whole}.{tens}")) for whole, tens in pairs)
        == []
    )


def test_formatted_digits_read_back():
    dice = random.Random(13)
    whole = [(f"{n:,}".replace(",", "."), float(n)) for n in _sample()]
    parts = [
        (f"{n:,}".replace(",", ".") + f",{d}", float(f"{n}.{d}"))
        for n in _sample(500)
        for d in (dice.randrange(1, 1000),)
    ]
    assert _wrong(whole + [(text, value) for text, value in parts if not text.startswith("0.")]) == []


def test_digits_with_scale_words_read_back():
    dice = random.Random(17)
    pairs = []
    for _ in range(1000):
        billions, millions, thousands = (dice.randrange(1, 1000) for _ in range(3))
        value = billions * 10**9 + millions * 10**6 + thousands * 10**3
        pairs.append((f"{billions} tỷ {millions} triệu {thousands} nghìn", float(value)))
        pairs.append((f"{billions} tỉ {thousands} ngàn", float(value - millions * 10**6)))
        pairs.append((f"{billions},{millions % 10} triệu", float(round((billions + millions % 10 / 10) * 10**6))))
    assert _wrong(pairs) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("năm trăm tư", 540), ("hai triệu rưỡi", 2.5e6), ("ba lăm", 35), ("trăm rưỡi", 150), ("một tỷ hai", 1.2e9),
        ("âm năm", -5), ("hai phẩy năm triệu", 2.5e6), ("nghìn tỷ", 1e12), ("hai ba", 23), ("trừ sáu mươi", -60),
        ("ba nghìn lẻ một tỷ tỷ", 3.001e21), ("mười triệu mốt", 10.1e6), ("tám trăm rưỡi", 850), ("chín chín tỷ chín", 99.9e9),
        ("-1.200.000", -1.2e6), ("- 1.200.000", -1.2e6), ("100K", 1e5), ("3M", 3e6), (",0012G", 1.2e6), ("-1,2M", -1.2e6), ("01,10", 1.1),
        ("  ba   mươi   mốt ", 31), ("một nghìn tỷ hai trăm tỷ", 1.2e12), ("trăm", 100), ("-,5", -0.5), ("hai trăm năm mươi", 250),
    ],
)  # fmt: skip
def test_a_text_that_is_nothing_but_a_number(text, value):
    ((surface, low, high),) = _found(text)
    assert (surface, low, high) == (text.strip(), pytest.approx(value, rel=1e-12), None)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("hai ba nhà", 2, 3), ("ba bốn chục", 30, 40), ("vài trăm", 200, 900)]
)
def test_spoken_ranges(text, low, high):
    assert [(a, b) for _, a, b in _found(text)] == [(low, high)]


def test_a_document_that_groups_with_commas_is_read_its_way():
    text = search_form("Tổng 1,234,567 lượt; riêng tỉnh 2,450 hộ")
    assert uses_comma_groups(text)
    assert [n.low for n in find_numbers(text, comma_groups=True)] == [1234567, 2450]
    assert uses_comma_groups("giá 600,000 đồng") and uses_comma_groups("2,450 hộ, 1.5 ha, 3.25 tấn")
    assert not uses_comma_groups(search_form("giảm 26,825% và 1.040 vụ"))
    assert not uses_comma_groups("dài 2,450 km và rộng 1,5 km")


def test_digits_too_large_for_a_float_are_left_to_codes():
    assert find_numbers("9" * 400) == []
    with pytest.raises(OverflowError):
        parse_digits("9" * 400)


def test_numbers_inside_claimed_spans_are_left_out():
    text = search_form("ngày 12/5 có 30 vụ, tháng ba có hai vụ")
    claimed = [(0, 9), (5, 7), (20, 28)]
    assert [text[n.start : n.end] for n in find_numbers(text, claimed=claimed)] == ["30", "hai"]
    assert [n.low for n in find_numbers("từ 3 tỉ", claimed=[(3, 4)])] == []
    assert [n.low for n in find_numbers("hai mươi vụ", claimed=[(0, 3)])] == [20]


def test_nothing_is_composed_of_no_number():
    assert compose_words(["linh"], {"linh": (0, "link")})[0] == 0


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1.000.",
        "1,",
        "một ",
        "nghìn tỷ ",
        "hai ba ",
        "âm ",
        "1 250 ",
        "không phẩy ",
        "hai năm ",
        "2 tỷ 5 ",
        "-5 ",
        "tỷ tỷ ",
        "vài ba ",
    ],
)
def test_hostile_repetitions_are_read(piece):
    """Time in proportion to length is shown by `make bench`; here a square would take minutes."""
    text = piece * 10_000
    found = find_numbers(search_form(text), comma_groups=None, plain=text)
    assert all(a.end <= b.start for a, b in pairwise(found))
