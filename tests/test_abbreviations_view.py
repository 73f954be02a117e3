"""The table of abbreviations: spellings together, every link lands in the appendix, the same in each language."""

from __future__ import annotations

import re
import shutil

import pytest
from conftest import ROOT

from helpers.present.abbreviations_view import show_abbreviations
from helpers.present.report import Report, open_report


@pytest.fixture(scope="module", params=("vi", "en"))
def report(request, tmp_path_factory) -> Report:
    root = tmp_path_factory.mktemp("abbreviations")
    shutil.copytree(ROOT / "seeds", root / "seeds")
    shutil.copy(ROOT / "report.toml", root)
    return open_report(request.param, root=root)


def test_spellings_stand_in_one_row_with_their_count(report):
    rows = re.findall(r"<tr>.*?</tr>", show_abbreviations(report).html, re.DOTALL)
    row = next(r for r in rows if "QP-AN, QPAN" in r)
    assert "quốc phòng - an ninh" in row
    assert '<td class="num">8</td>' in row


def test_every_link_lands_in_the_appendix(report):
    anchors = set(re.findall(r'href="#([^"]+)"', show_abbreviations(report).html))
    appendix = report.evidence.appendix(anchors)
    assert len(anchors) > 20
    assert all(f'id="{anchor}"' in appendix for anchor in anchors)
