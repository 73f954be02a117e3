"""Reports on some of the articles: what a value means, what is told of one that fits nothing."""

from __future__ import annotations

import pytest
from corpora import open_corpus

from helpers.present.report import Report, open_report
from helpers.present.selection import list_choices
from helpers.render.many import slug
from helpers.settings import SettingsError, load_settings, parameters

ARTICLES = {
    "a": " date 2023-12 Tin tháng Mười hai\n\nTin của huyện.\n\nCông an huyện Kỳ Anh, tỉnh Hà Tĩnh bắt giữ 12 đối tượng.\n",
    "b": " date 2023-07 Tin tháng Bảy\n\nTin của thị xã.\n\nCông an thị xã Kỳ Anh lắp 35 camera an ninh ở xã Kỳ Hoa, thị xã Kỳ Anh.\n",
    "c": " date 2022 Tin trong năm\n\nTin của huyện.\n\nCông an huyện Can Lộc, tỉnh Hà Tĩnh bắt giữ 7 đối tượng ma túy.\n",
    "d": "Tin không ngày\n\nTin của huyện.\n\nCông an huyện Can Lộc xử phạt 9 trường hợp.\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    open_corpus(folder, ARTICLES)
    return folder


def chosen(root, **given: str) -> Report:
    with parameters(given):
        return open_report("vi", root=root)


def ids(report: Report) -> list[str]:
    return report.tables["articles"]["doc_id"].tolist()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"period": "2023"}, ["a", "b"]), ({"period": "2023-12"}, ["a"]), ({"period": "2023-35"}, ["b"]),
        ({"period": "2022/2023-07"}, ["b", "c"]), ({"period": "2023-08/.."}, ["a"]),
        # of 2022, but of no month that is known
        ({"period": "2022"}, ["c"]),
        ({"place": "thị xã Kỳ Anh"}, ["b"]), ({"place": "THI XA KY ANH"}, ["b"]), ({"place": "can loc"}, ["c", "d"]),
        # named itself, or a unit below it
        ({"place": "Hà Tĩnh"}, ["a", "b", "c", "d"]),
        ({"theme": "cameras"}, ["b"]), ({"theme": "Ma túy"}, ["c"]), ({"theme": "ma tuy"}, ["c"]),
        ({"place": "can loc", "period": "2022"}, ["c"]),
    ],
)  # fmt: skip
def test_a_parameter_chooses_articles(root, given, expected):
    report = chosen(root, **given)
    assert ids(report) == expected
    assert report.selection["n_articles"] == len(expected) and report.selection["n_all"] == 4


def test_all_tables_and_findings_follow(root):
    report = chosen(root, place="thị xã Kỳ Anh")
    assert report.finding_values["n_articles"] == "1"
    assert report.tables["facts"]["value"].tolist() == [35.0]
    for name in ("paragraphs", "sentences", "mentions", "voices", "abbreviation_uses"):
        assert set(report.tables[name]["doc_id"]) <= {"b"}, name
    assert not (report.tables["units"]["name"] == "Can Lộc").any()
    # the same paragraph has one name in every report
    assert report.labels == {"b": "B"}


def test_without_a_parameter_nothing_is_left_out(root):
    report = open_report("vi", root=root)
    assert ids(report) == list("abcd") and report.selection == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"period": "thứ hai"}, "write 2023, 2023-12, 2023-12-15"), ({"period": "2023-13"}, "articles are dated 2022, 2023-07, 2023-12"),
        ({"period": "2022-05"}, "no article was published in it"),
        ({"place": "ky anh"}, r"huyện Kỳ Anh, tỉnh Hà Tĩnh \(place=447\); thị xã Kỳ Anh, tỉnh Hà Tĩnh \(place=449\)"),
        ({"place": "Atlantis"}, "is named in no article; there are .*tỉnh Hà Tĩnh"),
        ({"theme": "weather"}, "there are public_order, "), ({"theme": "fire_rescue"}, "no article has it; there are "),
        ({"theme": "cameras", "period": "2022"}, "no article has all of these"),
        ({"language": "fr"}, "report.toml has vi, en"),
        ({"colour": "red"}, "'colour' is no parameter; there are period, place, theme, language, title"),
    ],
)  # fmt: skip
def test_a_value_that_fits_nothing_is_told_with_the_choices(root, given, said):
    with pytest.raises(SettingsError, match=said) as error:
        chosen(root, **given)
    assert "\n" not in str(error.value)


def test_a_parameter_ends_with_its_run(root):
    with parameters({"place": "can loc", "language": "en", "title": "Trial"}):
        settings = load_settings(root)
        assert (settings.filters, settings.languages, settings.title["vi"]) == ({"place": "can loc"}, ("en",), "Trial")
        assert settings.all_languages == ("vi", "en")
    assert load_settings(root).filters == {} and load_settings(root).languages == ("vi", "en")


def test_each_place_has_a_folder_of_its_own(root):
    tables = open_report("vi", root=root).tables
    choices, _ = list_choices(tables, "place")
    assert {c.id for c in choices} >= {"42", "447", "449"}
    names = ["ky anh", "ky anh", "can loc", "huyen ky anh", "thi xa ky anh", "huyen can loc"]
    slugs = {c.names["vi"]: slug(c, names) for c in choices}
    assert slugs["huyện Kỳ Anh"] == "huyen-ky-anh" and slugs["huyện Can Lộc"] == "can-loc"
    assert len(set(slugs.values())) == len(slugs)


def test_values_without_articles_are_named(root):
    tables = open_report("vi", root=root).tables
    choices, problems = list_choices(tables, "period", ("2023", "2021"))
    assert [c.id for c in choices] == ["2023"]
    assert len(problems) == 1 and "'2021': no article was published in it" in problems[0]
