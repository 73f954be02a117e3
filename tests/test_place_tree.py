"""The place tree: units below those that held them at the article's date, figures where the text puts them, nothing guessed."""

from __future__ import annotations

import pytest
from corpora import open_corpus

from helpers.extract.gazetteer import load_gazetteer
from helpers.tables.units import unit_rows

ARTICLES = {
    "a": """ date 2024-05 Thị xã Kỳ Anh giữ bình yên

Thị xã Kỳ Anh (Hà Tĩnh) có nhiều cách làm hay.

Xã Kỳ Hoa, thị xã Kỳ Anh đã lắp 12 camera. Phường Hưng Trí đã lắp 30 camera. Đường Trần Mẫu ở thị trấn có 5 tổ tuần tra.
""",
    "b": """ date 2025-09 Xã Kỳ Hoa sau sắp xếp

Xã Kỳ Hoa, tỉnh Hà Tĩnh vừa ra mắt tổ công nghệ.

Tại xã Kỳ Hoa, tỉnh Hà Tĩnh có 8 tổ công nghệ. Đoàn cán bộ vừa đi học tập tại Lào và Thái Lan về.
""",
    "c": """ date 2023-07 Chuyện ở một vùng quê

Tại Kỳ Anh (Hà Tĩnh) có nhiều mô hình mới.

Người dân Kỳ Anh (Hà Tĩnh) tự nguyện góp công.
""",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return open_corpus(tmp_path_factory.mktemp("places"), ARTICLES)


@pytest.fixture(scope="module")
def nodes(report):
    return report.tables["place_nodes"].set_index("node_id", drop=False)


def test_a_commune_stands_below_the_unit_that_held_it_at_the_articles_date(nodes):
    named = nodes[nodes["name"].eq("xã Kỳ Hoa")]
    assert sorted(zip(named["node_id"], named["n_articles"], strict=True)) == [
        ("42>18814-2025", 1),
        ("42>449>18829", 1),
    ]


def test_parents_stand_before_their_children_and_count_what_is_below(nodes):
    order = list(nodes["node_id"])
    for node in nodes.itertuples():
        if isinstance(node.parent_node, str):
            assert order.index(node.parent_node) < order.index(node.node_id)
    below = nodes[nodes["parent_node"].eq("42")]["n_below"].sum()
    assert nodes.loc["42", "n_below"] == nodes.loc["42", "n_mentions"] + below
    assert nodes.loc["42", "n_articles_below"] == 3


def test_every_mention_and_every_placed_fact_stands_once(report, nodes):
    mentions = report.tables["mentions"]
    ids = [m for found in nodes["mention_ids"] for m in found]
    assert sorted(ids) == sorted(mentions.loc[mentions["kind"] == "place", "mention_id"])
    facts = report.tables["facts"]
    placed = [f for column in ("fact_ids", "inferred_fact_ids") for found in nodes[column] for f in found]
    assert sorted(placed) == sorted(facts.loc[facts["place_id"].notna(), "fact_id"])


def test_a_figure_stands_with_the_unit_that_its_sentence_names(report, nodes):
    facts = report.tables["facts"].set_index("fact_id")
    values = [float(facts.loc[f, "value"]) for f in nodes.loc["42>449>18829", "fact_ids"]]
    assert values == [12.0]
    assert not nodes.loc["42", "fact_ids"]  # never added up to the province


def test_an_ambiguous_name_keeps_its_candidates_and_is_in_no_branch_of_the_tree(nodes):
    open_ones = nodes[nodes["branch"] == "ambiguous"]
    assert [set(c) for c in open_ones["candidates"]] == [{"447", "449"}]
    assert list(open_ones["n_mentions"]) == [2]
    assert not nodes[nodes["branch"].eq("vietnam") & nodes["place_id"].eq("447")]["n_mentions"].any()


def test_countries_stand_apart(nodes):
    assert set(nodes.loc[nodes["branch"] == "beyond", "name"]) == {"Lào", "Thái Lan"}


def test_ids_hold_no_name_of_a_street(nodes):
    streets = nodes[nodes["level"].eq("street")]
    assert list(streets["branch"]) == ["no_unit"] or streets["parent_node"].notna().all()
    assert not any("trần mẫu" in i.lower() for i in nodes["node_id"])


def test_units_say_what_they_became_and_when(vi):
    rows = {r["place_id"]: r for r in unit_rows([{"place_id": "18796", "parent": "449", "candidates": []}], vi)}
    assert (rows["18796"]["change"], rows["18796"]["became_on"]) == ("divided", "2025-07-01")
    assert rows["449"]["change"] == "dissolved"
    # what became of them is there too, with its province, and so are all above
    assert set(rows["18796"]["became"]) | set(rows["449"]["became"]) | {"42", "VN"} <= set(rows)
    assert rows["42"]["valid_to"] is None and rows["42"]["became"] == []


def test_every_unit_that_ended_says_what_it_became(vi):
    places = [{"place_id": i, "parent": None, "candidates": []} for i in load_gazetteer(vi).places]
    ended = [r for r in unit_rows(places, vi) if r["valid_to"]]
    assert len(ended) > 10_000
    silent = [r["place_id"] for r in ended if not r["became"]]
    assert silent == []


def test_without_any_place_there_is_no_node(tmp_path):
    report = open_corpus(tmp_path, {"a": " date 2024-05 Chuyện nhỏ\n\nMọi việc vẫn như cũ.\n\nKhông có gì mới cả."})
    assert report.tables["place_nodes"].empty
