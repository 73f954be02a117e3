"""Who speaks: kinds of source, people joined over articles, what they said, and who is not heard."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from conftest import make_report, read_cases

from helpers.analysis.sources import person_kind, source_kind
from helpers.analysis.voices import share_voices
from helpers.present import (
    show_pairs,
    show_people,
    show_voice_chart,
    show_voice_limits,
    show_voice_shares,
)
from helpers.render.data_files import write_data

SHOWN = (show_people, show_voice_chart, show_voice_limits, show_voice_shares, show_pairs)

#: two officers speak, one of them again by a short name
OFFICIAL = """ date 2024-05 Ra quân bảo đảm an toàn giao thông

Công an huyện Kỳ Anh ra quân bảo đảm an toàn giao thông trên địa bàn.

Thượng tá Đặng Hữu Mẫu - Phó Trưởng Công an huyện Kỳ Anh cho biết: “Trong tháng qua, lực lượng chức năng đã xử lý 45 trường hợp vi phạm nồng độ cồn trên địa bàn”.

Thượng tá Mẫu nhấn mạnh: “Thời gian tới, chúng tôi sẽ tiếp tục tuần tra khép kín các tuyến đường liên xã”.

Ông Lê Văn Thí - Phó Chủ tịch UBND huyện Kỳ Anh khẳng định: “Huyện đã giao nhiệm vụ cụ thể cho từng xã trong công tác này”.
"""
#: a resident and a firm's director speak as well
MIXED = """ date 2024-06 Người dân lắp camera an ninh

Người dân xã Kỳ Giang góp tiền lắp camera an ninh.

Ông Lò Văn Nhãn, người dân xã Kỳ Giang, cho biết: “Từ ngày có camera, bà con trong thôn yên tâm hơn rất nhiều”.

Ông Cao Bá Thửng, Giám đốc Công ty TNHH Mẫu Thử, chia sẻ: “Công ty chúng tôi đã hỗ trợ 12 camera cho các thôn trong xã”.

Thượng tá Đặng Hữu Mẫu - Phó Trưởng Công an huyện Kỳ Anh cho biết: “Đến nay, 8 thôn trong xã đã lắp đặt xong hệ thống camera”.
"""


def soup_of(shown) -> BeautifulSoup:
    return BeautifulSoup(shown._repr_html_() if hasattr(shown, "_repr_html_") else shown.svg, "html.parser")


def rows_of(table) -> list[list[str]]:
    return [[c.get_text(" ", strip=True) for c in r.select("th, td")] for r in soup_of(table).select("tbody tr")]


@pytest.mark.parametrize(
    "case", read_cases("source_kinds"), ids=lambda c: f"{c['function']} {c['organisation']} {c['public']}"
)
def test_an_office_is_of_the_kind_of_its_organisation(case):
    assert (
        person_kind(case["function"] or None, case["organisation"] or None, public=case["public"] == "yes")
        == case["kind"]
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("một người dân", "citizen"), ("lãnh đạo Sở Y tế", "government"), ("cơ sở sản xuất", None), ("cán bộ kỹ thuật", None),
        ("đại diện Công an quận 1", "police"), ("toàn bộ", None), ("nguồn tin", None), ("thông báo", None), ("", None),
        ("hãng tin AFP", "media"), ("Bộ Công Thương", "government"), ("văn phòng luật sư Mẫu", "expert"),
    ],
)  # fmt: skip
def test_words_that_name_a_speaker_tell_the_kind(words, kind):
    assert source_kind(words) == kind


def test_a_later_short_name_is_the_same_person(tmp_path):
    report = make_report(tmp_path, [OFFICIAL])
    voices = report.tables["voices"].set_index("speaker")
    assert list(voices["n_quotes"]) == [2, 1]
    assert list(report.tables["persons"]["names"]) == [["Đặng Hữu Mẫu"], ["Lê Văn Thí"]]
    assert voices["n_facts"].to_dict() == {"Đặng Hữu Mẫu": 1, "Lê Văn Thí": 0}


def test_name_function_and_unit_join_people_over_articles(tmp_path):
    report = make_report(tmp_path, [OFFICIAL, MIXED])
    persons = report.tables["persons"].set_index(report.tables["persons"]["names"].str[0])
    assert persons.at["Đặng Hữu Mẫu", "n_articles"] == 2
    row = next(r for r in rows_of(show_people(report)) if r[0].startswith("Đặng Hữu Mẫu"))
    assert "xử lý 45 trường hợp" in row[1] and "và 1 lời khác" in row[1]
    assert "45" in row[2] and "8" in row[2]


@pytest.mark.parametrize(
    "other",
    [
        "Phó Trưởng Công an huyện Can Lộc",  # another unit
        "Trưởng Công an huyện Kỳ Anh",  # another function
    ],
)
def test_one_name_in_two_offices_is_two_people(tmp_path, other):
    changed = OFFICIAL.replace("Phó Trưởng Công an huyện Kỳ Anh", other).replace(" date 2024-05", " date 2024-07")
    report = make_report(tmp_path, [OFFICIAL, changed])
    named = [names for names in report.tables["persons"]["names"] if names == ["Đặng Hữu Mẫu"]]
    assert len(named) == 2


def test_two_names_for_one_office_stand_side_by_side_with_both_sentences(tmp_path):
    torn = OFFICIAL.replace(
        "Thượng tá Mẫu nhấn mạnh", "Thượng tá Đinh Hữu Mẫu - Phó Trưởng Công an huyện Kỳ Anh nhấn mạnh"
    )
    report = make_report(tmp_path, [torn])
    row = next(r for r in soup_of(show_people(report)).select("tbody tr") if "Đặng Hữu Mẫu" in r.get_text())
    assert "Đặng Hữu Mẫu ≠ Đinh Hữu Mẫu" in row.get_text()
    assert [a.get_text() for a in row.select("td:last-of-type a")] == ["[A P2]", "[A P3]"]


def test_where_only_offices_speak_the_page_says_so(tmp_path):
    report = make_report(tmp_path, [OFFICIAL])
    said = str(show_voice_limits(report))
    assert said.startswith("Chỉ có tiếng nói của cơ quan công quyền: cả 3 lời dẫn")
    assert "người dân" in said and "doanh nghiệp" in said and "luật sư" in said


def test_where_others_speak_their_share_is_given(tmp_path):
    report = make_report(tmp_path, [MIXED], language="en")
    said = str(show_voice_limits(report))
    assert "Only public authorities" not in said and "Not quoted in any article: lawyers" in said
    kinds = {r[0] for r in rows_of(show_voice_shares(report))}
    assert kinds == {"Police", "Companies", "Residents, people without office", "The newspaper itself"}


def test_shares_add_up_to_all_words_and_all_facts(tmp_path):
    report = make_report(tmp_path, [OFFICIAL, MIXED])
    shares = share_voices(report.tables)
    paragraphs = report.tables["paragraphs"]
    assert shares["n_words"].sum() == paragraphs.loc[paragraphs["role"] != "header", "n_words"].sum()
    assert shares["n_facts"].sum() == len(report.tables["facts"])
    assert shares["n_quotes"].sum() == len(report.tables["quotes"])


def test_people_without_office_speak_unnamed(tmp_path):
    report = make_report(tmp_path / "project", [MIXED])
    write_data(report, tmp_path / "data")
    shown = "".join(str(soup_of(show(report))) for show in SHOWN)
    data = "".join(p.read_text(encoding="utf-8") for p in sorted((tmp_path / "data").iterdir()))
    for name in ("Lò Văn Nhãn", "Cao Bá Thửng"):
        assert name not in shown + data
    assert "Đặng Hữu Mẫu" in shown and "Đặng Hữu Mẫu" in data


def test_one_switch_masks_people_in_office_too(tmp_path):
    torn = OFFICIAL.replace(
        "Thượng tá Mẫu nhấn mạnh", "Thượng tá Đinh Hữu Mẫu - Phó Trưởng Công an huyện Kỳ Anh nhấn mạnh"
    )
    report = make_report(tmp_path / "project", [torn, MIXED], mask_public_names=True)
    write_data(report, tmp_path / "data")
    shown = "".join(str(soup_of(show(report))) for show in SHOWN)
    data = "".join(p.read_text(encoding="utf-8") for p in sorted((tmp_path / "data").iterdir()))
    for name in ("Đặng Hữu Mẫu", "Đinh Hữu Mẫu", "Lê Văn Thí", "Lò Văn Nhãn", "Cao Bá Thửng"):
        assert name not in shown + data
    assert "▢▢▢ ≠ ▢▢▢" in BeautifulSoup(shown, "html.parser").get_text()


def test_words_of_several_articles_are_masked_by_each(tmp_path):
    privacy = make_report(tmp_path, [OFFICIAL, MIXED]).privacy
    assert privacy.hide_all(["000", "001"], "Quán Lò Văn Nhãn, Công ty Cao Bá Thửng") == "Quán ▢▢▢, Công ty ▢▢▢"
    assert privacy.hide_all(["000"], "Quán Lò Văn Nhãn") == "Quán Lò Văn Nhãn"
    assert privacy.hide_name("001", "Đặng Hữu Mẫu") == "Đặng Hữu Mẫu"


def test_a_public_name_is_whole_where_a_private_one_is_part_of_it(tmp_path):
    report = make_report(tmp_path, [MIXED.replace("Ông Lò Văn Nhãn", "Anh Mẫu")])
    assert "Đặng Hữu Mẫu" in soup_of(show_people(report)).get_text()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "articles",
    [[], ["Chỉ một câu."], [" date 2024-01 Tin vắn\n\nTrời mưa.\n\nĐường trơn."]],
    ids=["none", "one line", "no people"],
)
def test_without_people_each_part_says_so(tmp_path, articles, language):
    report = make_report(tmp_path, articles, language=language)
    assert all(soup_of(show(report)).get_text(strip=True) for show in SHOWN)


def test_a_unit_keeps_its_name_beside_a_private_person_of_like_name(tmp_path):
    text = "Tin\n\nTại Cần Thơ, anh Lò Văn Cần (SN 1990) bị bắt. Theo công an, Cần đã nhận tội. Quán Cần ở đường Lò Văn Cần.\n"
    privacy = make_report(tmp_path, [text]).privacy
    assert privacy.hide("000", "Thanh tra giao thông Cần Thơ") == "Thanh tra giao thông Cần Thơ"
    assert privacy.hide("000", "Cần, Quán Cần Ở Cần") == "▢▢▢, Quán ▢▢▢ Ở ▢▢▢"
    assert privacy.hide("000", "đường Lò Văn Cần Thơ") == "đường ▢▢▢ Thơ"
