"""Tables read when they are first asked for."""

from __future__ import annotations

import pytest
from conftest import make_report

from helpers.present.report import open_report
from helpers.store import ContractError

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
