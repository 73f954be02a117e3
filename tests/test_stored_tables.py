"""Tables read when they are first asked for."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import make_report

from helpers.present.report import open_report
from helpers.store import ContractError, read_table
from helpers.tables import build, engines

ARTICLE = " date 2024-03 Tin tháng Ba\n\nTin của huyện.\n\nCông an huyện Can Lộc bắt giữ 12 đối tượng.\n"


def test_only_what_is_asked_for_is_read(tmp_path):
    report = make_report(tmp_path, [ARTICLE])
    assert report.tables["articles"]["title"].tolist() == ["Tin tháng Ba"]
    assert set(report.tables) == {"articles"}


def test_a_name_that_is_no_table_is_told_with_those_that_are(tmp_path):
    with pytest.raises(KeyError, match=r"'article' is no table; there are articles, "):
        make_report(tmp_path, [ARTICLE]).tables["article"]


def test_tables_of_two_builds_are_never_mixed(tmp_path):
    report = make_report(tmp_path, [ARTICLE])
    assert len(report.tables["articles"]) == 1
    (tmp_path / "seeds" / "new.txt").write_text(ARTICLE.replace("12", "13"), encoding="utf-8")
    open_report(root=tmp_path)
    with pytest.raises(ContractError, match=r"built anew meanwhile; run open_report\(\) again"):
        report.tables["facts"]


@pytest.mark.parametrize("change", [{"_BATCH": 2}, {"engine": "processes"}, {"engine": "auto"}], ids=str)
def test_tables_are_the_same_however_articles_are_read(tmp_path, monkeypatch, change):
    articles = [ARTICLE.replace("12", str(n)).replace("Can Lộc", "Kỳ Anh" if n % 2 else "Can Lộc") for n in range(70)]
    for name in ("one", "other"):
        (tmp_path / name / "seeds").mkdir(parents=True)
        for n, text in enumerate(articles):
            (tmp_path / name / "seeds" / f"{n:02}.txt").write_text(text, encoding="utf-8")
    one = build.build_tables(tmp_path / "one", engine="serial").folder
    for name, value in change.items():
        if name != "engine":
            monkeypatch.setattr(build, name, value)
    told: list[int] = []
    other = build.build_tables(tmp_path / "other", engine=change.get("engine", "serial"), step=told.append).folder
    assert told[-1] == 70
    labels = read_table(other, "articles")["label"].tolist()
    assert (labels[0], labels[25:27], labels[69]) == ("A", ["Z", "AA"], "BR")
    for path in one.glob("*.parquet"):
        pd.testing.assert_frame_equal(read_table(one, path.stem), read_table(other, path.stem))


def test_a_part_that_breaks_its_contract_leaves_the_old_tables(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    folder = build.build_tables(tmp_path).folder
    (tmp_path / "seeds" / "b.txt").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.setattr(build, "label", lambda n: None)
    with pytest.raises(ContractError, match="table 'articles': label"):
        build.build_tables(tmp_path)
    assert len(read_table(folder, "articles")) == 1 and not list(folder.glob(".building-*"))
    monkeypatch.undo()
    assert len(read_table(build.build_tables(tmp_path).folder, "articles")) == 2


def test_an_engine_that_there_is_not_is_told_with_those_that_are():
    with pytest.raises(ValueError, match="no engine 'cluster'; there are auto, serial, processes"):
        list(engines.run(str, [1], engine="cluster"))
