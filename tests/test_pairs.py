"""Who and what share a sentence: what counts as a pair, how strong it is, and that the work grows with the sentences."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import make_report

from helpers.analysis import pairs
from helpers.analysis.pairs import LARGE, find_pairs, log_likelihood
from helpers.present import show_pairs

ARTICLE = """ date 2024-05 Triển khai nghị quyết về an ninh

Huyện Kỳ Anh triển khai nghị quyết về an ninh trật tự.

Thượng tá Đặng Hữu Mẫu - Phó Trưởng Công an huyện Kỳ Anh cho biết: “Chúng tôi đã triển khai Nghị quyết 04 từ đầu năm. Đồn Biên phòng Kỳ Khang phối hợp chặt chẽ”.

Anh Lò Văn Nhãn, người dân xã Kỳ Giang, cũng nói về Nghị quyết 04 trong buổi họp.

Các xã Kỳ Giang, Kỳ Khang và Kỳ Phú đã ký cam kết.
"""


def found(report) -> set[tuple[str, str]]:
    table = report.tables["pairs"]
    return set(zip(table["first"], table["second"], strict=True))


def test_somebody_in_office_stands_with_what_the_sentence_names(tmp_path):
    report = make_report(tmp_path, [ARTICLE])
    assert ("Đặng Hữu Mẫu", "Nghị quyết 04") in found(report)
    row = next(
        r
        for r in BeautifulSoup(show_pairs(report).html, "html.parser").select("tbody tr")
        if "Nghị quyết 04" in r.get_text()
    )
    assert row.select("td")[-1].select("a.evidence")


def test_who_is_quoted_is_present_in_all_sentences_of_the_quote(tmp_path):
    names = {second for first, second in found(make_report(tmp_path, [ARTICLE])) if first == "Đặng Hữu Mẫu"}
    assert any("Biên phòng" in name for name in names)


@pytest.mark.parametrize("name", ["Công an huyện Kỳ Anh", "huyện Kỳ Anh"])
def test_the_own_office_and_its_place_are_no_pair(tmp_path, name):
    assert ("Đặng Hữu Mẫu", name) not in found(make_report(tmp_path, [ARTICLE]))


def test_people_without_office_and_two_places_are_no_pair(tmp_path):
    table = make_report(tmp_path, [ARTICLE]).tables["pairs"]
    assert not {"Lò Văn Nhãn"} & {*table["first"], *table["second"]}
    assert not ((table["first_kind"] == "place") & (table["second_kind"] == "place")).any()


@pytest.mark.parametrize(
    ("both", "a", "b", "n"), [(10, 10, 10, 1000), (3, 5, 40, 500), (1, 20, 50, 1000), (7, 7, 300, 310)]
)
def test_the_association_is_twice_the_logarithm_of_the_likelihood_ratio(both, a, b, n):
    cells = {(both, a, b), (a - both, a, n - b), (b - both, n - a, b), (n - a - b + both, n - a, n - b)}
    expected = 2 * sum(o * math.log(o * n / (row * column)) for o, row, column in cells if o)
    ours = log_likelihood(*(pd.Series([float(v)]) for v in (both, a, b)), float(n)).iat[0]
    assert ours == pytest.approx(expected)


# --- many articles, as tables ---


def corpus(sentences: list[tuple[str, str, tuple[str, ...]]]) -> dict[str, pd.DataFrame]:
    """Tables of sentences (document, text, organisations of the country in them)."""
    rows, mentions, organisations = [], [], []
    for i, (doc_id, text, names) in enumerate(sentences):
        rows.append({"sent_id": f"{doc_id}:{i}", "doc_id": doc_id, "start": 0, "end": len(text), "text": text})
        for at, name in enumerate(names):
            mention_id = f"{doc_id}:{i}{at}-{i}{at + 1}:organisation"
            mentions.append({
                "mention_id": mention_id, "doc_id": doc_id, "start": 20 * at, "end": 20 * at + 10, "kind": "organisation",
                "surface": name, "sent_id": f"{doc_id}:{i}", "entity_id": f"organisation:{name}",
            })  # fmt: skip
            organisations.append(
                {
                    "mention_id": mention_id,
                    "name": name,
                    "type": "Bộ",
                    "level": "country",
                    "place": None,
                    "place_id": None,
                }
            )
    text = "str"
    empty = {
        "quotes": ["mention_id", "speaker", "speaker_id", "form"], "people": ["mention_id", "name", "organisation"],
        "legal_documents": ["mention_id", "name", "number", "symbol", "year"], "places": ["mention_id", "name", "type", "level", "place_id", "parent"],
        "persons": ["person_id", "entity_ids", "names", "unit", "organisation"],
    }  # fmt: skip
    tables = {name: pd.DataFrame({c: pd.Series(dtype=text) for c in columns}) for name, columns in empty.items()}
    frame = pd.DataFrame(rows)
    return tables | {
        "sentences": frame, "articles": frame[["doc_id"]].drop_duplicates(),
        "mentions": pd.DataFrame(mentions), "organisations": pd.DataFrame(organisations).astype({"place": text, "place_id": text}),
    }  # fmt: skip


def noise(n: int) -> list[tuple[str, str, tuple[str, ...]]]:
    """`n` articles of a sentence each that pair nothing twice."""
    return [(f"n{i}", f"Câu số {i}.", (f"Bộ {i}a", f"Bộ {i}b")) for i in range(n)]


def test_of_many_articles_three_sentences_of_two_articles_make_a_pair():
    strong = [(f"d{i % 2}", f"Hai bộ họp lần {i}.", ("Bộ Một", "Bộ Hai")) for i in range(3)]
    in_one = [("e", f"Ba bộ họp lần {i}.", ("Bộ Ba", "Bộ Bốn")) for i in range(3)]
    twice = [(f"f{i}", f"Bốn bộ họp lần {i}.", ("Bộ Năm", "Bộ Sáu")) for i in range(2)]
    (only,) = find_pairs(corpus([*strong, *in_one, *twice, *noise(LARGE)]))
    assert {only["first"], only["second"]} == {"Bộ Một", "Bộ Hai"}
    assert (only["n_sentences"], only["n_articles"]) == (3, 2)
    assert only["expected"] == pytest.approx(3 * 3 / 28)
    assert len(only["first_ids"]) == len(only["second_ids"]) == 3


def test_two_names_that_are_everywhere_are_no_pair():
    everywhere = [(f"d{i}", f"Câu {i}.", ("Bộ Một", "Bộ Hai")) for i in range(3 * LARGE)]
    assert find_pairs(corpus(everywhere)) == []


def test_a_sentence_printed_again_counts_once():
    reprinted = [(f"d{i}", "Hai bộ cùng họp.", ("Bộ Một", "Bộ Hai")) for i in range(6)]
    assert find_pairs(corpus([*reprinted, *noise(LARGE)])) == []


def test_lists_of_names_pair_nobody():
    names = tuple(f"Bộ {i}" for i in range(pairs.MAX_NODES + 1))
    listed = [(f"d{i}", f"Danh sách {i}.", names) for i in range(4)]
    assert find_pairs(corpus([*listed, *noise(LARGE)])) == []


def test_block_by_block_gives_what_one_block_gives(monkeypatch):
    sentences = [(f"d{i % 7}", f"Câu {i}.", tuple(f"Bộ {(i * k) % 11}" for k in (1, 2, 3))) for i in range(400)]
    tables = corpus([*sentences, *noise(LARGE)])
    whole = find_pairs(tables)
    monkeypatch.setattr(pairs, "_BLOCK", 17)
    assert whole and find_pairs(tables) == whole


def test_the_work_grows_with_the_sentences_and_not_with_their_square():
    present = pairs._present(corpus(noise(3000)))
    n_joined = sum(len(joined) for joined in pairs._pairs_of(present))
    assert n_joined <= pairs.MAX_NODES * len(present)
