"""Which numbers name things and count nothing: tests/cases/codes.csv. A row holds all codes of its text, in reading
order, between bars; what isn't listed must not be found."""

from __future__ import annotations

import pytest
from conftest import read_cases

from helpers.corpus.document import Document
from helpers.extract.codes import RULES, propose_codes
from helpers.extract.register import open_reading
from helpers.extract.span import resolve_overlaps


def _codes(text, vi):
    """(surface, rule) of the codes of `text`."""
    reading = open_reading(Document("x", text), vi)
    return [(reading.plain[m.start : m.end], m.rule) for m in resolve_overlaps(propose_codes(reading, vi))]


@pytest.mark.parametrize("case", read_cases("codes"), ids=lambda case: case["text"][:48])
def test_codes_are_those_of_the_case(case, vi):
    wanted = [code.strip() for code in case["codes"].split("|") if code.strip()]
    assert [surface for surface, _ in _codes(case["text"].replace("\\n", "\n"), vi)] == wanted


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Nghị định 168/2024/NĐ-CP", "symboled_number"),
        ("tại thôn 5, xã Bến Mới", "numbered_name"),
        ("xe khách 38B-012.34", "plate"),
        ("gọi 0912.345.678", "phone"),
        ("số tài khoản 1020 1000 1234", "account_number"),
        ("mã 281234567", "long_number"),
        ("Phòng PC67", "lettered_number"),
        ("thư gửi lan12@bao.example", "net_address"),
        ("Quy định chung.\n2. Tổ chức thực hiện", "list_number"),
        ("xã Sơn Kim 1", "number_in_name"),
        ("xe 7 chỗ", "number_in_type"),
        ("cầu thủ ghi bàn, thắng 3-0", "score"),
        ("ở 17,5 độ vĩ Bắc", "coordinate"),
        ("ngụ 60/36/16 phường Bến Mới", "house_number"),
    ],
)
def test_rule_says_why_a_number_is_a_code(text, rule, vi):
    assert rule in [r for _, r in _codes(text, vi)]


def test_rules_have_names():
    assert all(rule.__doc__ for rule in RULES)


@pytest.mark.parametrize("text", ["9" * 400, "1" * 16 + " đồng", "1" + ".000" * 8 + " đồng", "7" * 17 + ",5"])
def test_more_than_fifteen_digits_are_a_code(text, vi):
    assert "long_number" in [rule for _, rule in _codes(f"Số {text} ghi trên giấy", vi)]


@pytest.mark.parametrize(
    "piece", ["9", "1/", "1.", "1,", "-1", "A1", "A", "1A", "quận 1, ", "Sơn Kim 1, ", "X", "I. ", "(1", '"4 ', "a@", "://1", "°", "độ vĩ ", "\n1", " ", "bks ", "0912 "]
)  # fmt: skip
def test_hostile_repetitions_are_read(piece, vi):
    """Time in proportion to length is shown by `make bench`; here a square would take minutes."""
    reading = open_reading(Document("x", piece * 30_000), vi)
    assert all(0 <= m.start < m.end <= len(reading.plain) for m in propose_codes(reading, vi))
