"""Terms, keyness, concordance and topics: what they find, what they must not, and what too small a corpus can't say."""

from __future__ import annotations

import random

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from conftest import ROOT
from corpora import VI, open_corpus

from helpers.analysis.collocations import Stream, join_words
from helpers.analysis.concordance import Passage, SearchError, compile_search, find_lines
from helpers.analysis.corpus_topics import find_corpus_topics
from helpers.analysis.keyness import dispersion, keyness, pair_terms
from helpers.analysis.terms import count_terms
from helpers.analysis.topics import LEAST_TEXTS
from helpers.cli import main
from helpers.present import show_concordance, show_key_terms, show_topic_map, show_topics
from helpers.present.display import Note, Table

TEXT = "Lực lượng công an bảo đảm an ninh trật tự trên địa bàn."


# --- terms ---


def test_words_of_several_syllables_stay_whole():
    assert {"công an", "an ninh trật tự", "lực lượng", "bảo đảm"} <= set(count_terms([TEXT], VI).labels)


def test_stop_words_figures_and_single_letters_are_no_terms():
    labels = set(count_terms(["Đã có 35 vụ và các đối tượng ở tổ A của xã."], VI).labels)
    assert not labels & {"đã", "có", "và", "các", "của", "35", "a"}


@pytest.mark.parametrize(
    ("one", "other"), [("hòa giải", "hoà giải"), ("bác sĩ", "bác sỹ"), ("Công an", "CÔNG AN"), ("hòa giải", "hòa giải")]
)
def test_spellings_of_one_word_are_one_term(one, other):
    assert len(count_terms([one, other], VI).forms) == 1


@pytest.mark.parametrize("one", [("hòa", "hoa"), ("đảm", "dam")])
def test_another_tone_is_another_word(one):
    assert len(set(count_terms([f"việc {w} ấy" for w in one], VI).forms) - {"việc", "ấy"}) == 2


def test_a_mark_parts_terms():
    labels = count_terms(["Giữ vững an ninh, trật tự xã hội."] * 3, VI).labels
    assert "ninh trật" not in " | ".join(labels)


def test_what_stands_together_in_the_corpus_becomes_a_term():
    behind = ("ra mắt", "đón khách", "tập mỗi sáng", "có thêm người", "dời nhà", "nghỉ lễ")
    texts = [f"Nhóm dưỡng sinh {w}. Hôm nay dưỡng sinh, mai {w}." for w in behind]
    labels = count_terms(texts, VI).labels
    assert any("dưỡng sinh" in label for label in labels) and "dưỡng" not in labels


# --- keyness ---


def test_a_term_of_one_of_two_texts_is_key_to_it():
    terms = count_terms(["ma túy " * 8 + "công an " * 4, "giao thông " * 8 + "công an " * 4], VI)
    found = keyness(terms, np.array([True, False]))
    assert found["term"].tolist() == ["ma túy"] and found["log_likelihood"].iat[0] > 6.63
    assert found["log_ratio"].iat[0] > 3 and np.isnan(found["percent_diff"].iat[0])


@pytest.mark.parametrize("texts", [["ma túy công an"], [], ["", ""], ["ma túy công an", ""]])
def test_where_there_is_no_rest_nothing_is_key(texts):
    assert keyness(
        count_terms(texts, VI), np.array([True] + [False] * (len(texts) - 1), dtype=bool)[: len(texts)]
    ).empty


def test_dispersion_tells_what_is_everywhere_from_what_is_in_one_text():
    spread = dispersion(count_terms(["công an, giao thông"] * 5 + ["công an, ma túy"], VI))
    assert spread["công an"] < 0.2 < 0.8 < spread["ma túy"]
    assert dispersion(count_terms(["công an"], VI)).isna().all()


def test_terms_of_the_same_texts_are_a_pair():
    texts = ["ma túy; công an; heroin", "giao thông; công an; va chạm"] * 4
    pairs = {frozenset(p) for p in pair_terms(count_terms(texts, VI)).loc[:, ["first", "second"]].to_numpy().tolist()}
    assert frozenset(("ma túy", "heroin")) in pairs and not any({"ma túy", "giao thông"} <= p for p in pairs)


def forms_of(*texts: str) -> dict[str, int]:
    found = count_terms(texts, VI)
    return dict(zip(found.forms, found.totals.tolist(), strict=True))


def test_a_word_of_the_lexicon_stays_whole_though_the_codebook_has_it_with_a_mark():
    assert set(forms_of("Ma túy, cháy nổ.")) == {"ma túy", "cháy nổ"}


def test_no_phrase_grows_over_a_word_that_only_joins():
    chance = random.Random(5)
    words = ["gạch", "ngói", "tre", "vôi", "sơn", "đinh", "kính", "cát"]
    texts = [f"{chance.choice(words)} và {chance.choice(words)} của {chance.choice(words)} làng" for _ in range(80)]
    assert not [f for f in forms_of(*texts) if " và" in f or " của" in f or len(f.split()) > 2]


def test_what_chance_brings_together_is_no_phrase():
    chance = random.Random(3)
    words = ["gạch", "ngói", "tre", "vôi", "sơn", "đinh", "kính", "cát", "sắt", "gỗ"]
    texts = [" ".join([*chance.sample(words, 6), "kè", "mỏ", *chance.sample(words, 4)]) for _ in range(60)]
    assert [f for f in forms_of(*texts) if " " in f] == ["kè mỏ"]


@pytest.mark.parametrize("texts", [[], [""], ["   \n"], ["2024"], ["\u200b"]])
def test_no_words_no_terms(texts):
    assert count_terms(texts, VI).counts.shape == (len(texts), 0)


def test_overlapping_words_are_taken_longest_first_then_from_the_left():
    def joined(*words: tuple[str, ...]) -> list[str]:
        stream = Stream(np.array([0, 1, 2, 3, -1], dtype=np.int32), np.array([5]), [("a",), ("b",), ("c",), ("d",)])
        found = join_words(stream, words)
        return [" ".join(found.units[i]) for i in found.ids[:-1]]

    assert joined(("a", "b"), ("b", "c", "d"), ("c", "d")) == ["a", "b c d"]
    assert joined(("a", "b"), ("b", "c"), ("c", "d")) == ["a b", "c d"]
    assert joined(("b", "c"), ("c", "d")) == ["a", "b c", "d"]


def test_each_text_keeps_its_own_terms_in_any_number_of_blocks(monkeypatch):
    texts = [f"ma túy; {'cháy nổ; ' * (n % 3)}công an" for n in range(40)]
    whole = count_terms(texts, VI)
    monkeypatch.setattr("helpers.analysis.collocations._BLOCK", 7)
    monkeypatch.setattr("helpers.analysis.tokens._BLOCK", 5)
    monkeypatch.setattr("helpers.analysis.terms._TEXTS_AT_ONCE", 3)
    parts = count_terms(texts, VI)
    assert parts.labels == whole.labels and (parts.counts != whole.counts).nnz == 0
    assert parts.counts[:, parts.columns["cháy nổ"]].toarray().ravel().tolist() == [n % 3 for n in range(40)]


# --- concordance ---


def test_neighbours_are_sorted_as_in_a_vietnamese_dictionary_and_ends_of_sentences_last():
    found = lines("tin vì. tin về. tin đá. tin da. tin", "tin", sort="right")
    assert [line.right.split(".")[0] for line in found] == ["da", "đá", "về", "vì", ""]


def lines(text: str, asked: str, **how):
    search = compile_search(asked, is_regex=how.pop("is_regex", False))
    return find_lines([Passage("a", 1, "a:0", 0, text)], search, **how)


@pytest.mark.parametrize("asked", ["dam bao", "đảm bảo", "ĐẢM BẢO", "đảm  bảo"])
def test_a_phrase_is_found_however_it_is_typed(asked):
    assert [line.keyword for line in lines("Đảm bảo an ninh, đảm bảo an toàn.", asked)] == ["Đảm bảo", "đảm bảo"]


@pytest.mark.parametrize(("asked", "text"), [("đàm bảo", "đảm bảo"), ("an", "hoàn toàn"), ("đảm bảo", "bảo đảm")])
def test_other_tones_parts_of_words_and_other_orders_are_not_found(asked, text):
    assert lines(text, asked) == []


def test_lines_count_letters_of_the_article_as_received():
    text = "Đảm bảo; hoà bình"
    (line,) = lines(text, "hòa")
    assert text[line.start : line.end] == line.keyword == "hoà"


@pytest.mark.parametrize(("sort", "order"), [("text", "cab"), ("right", "abc"), ("left", "bca")])
def test_lines_are_sorted_by_their_neighbours(sort, order):
    text = "z tin c. x tin a. y tin b." if sort != "left" else "c tin b. b tin c. a tin a."
    found = lines(text, "tin", sort=sort)
    expected = {"text": "cab", "right": "abc", "left": "acb"}[sort]
    assert "".join(line.right[0] for line in found) == expected


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("(a", "position"),
        ("", "nothing to search for"),
        ("a" * 900, "too many"),
        ("a{1,99999999999}", "no regular|too large"),
    ],
)
def test_a_bad_pattern_is_one_clear_error(asked, says):
    with pytest.raises(SearchError, match=says):
        compile_search(asked, is_regex=bool(asked))


def test_a_pattern_that_never_ends_is_stopped():
    with pytest.raises(SearchError, match="takes too long"):
        lines("a" * 4000 + "!", r"(a|a|aa)+$", is_regex=True)


def test_the_command_prints_lines_json_and_what_is_wrong():
    run = CliRunner().invoke
    seeds = str(ROOT / "seeds")
    found = run(main, ["concordance", "to lien gia", seeds])
    assert found.exit_code == 0 and found.stdout.count("tổ liên gia") + found.stdout.count("Tổ liên gia") >= 4
    assert '"start": ' in run(main, ["concordance", "camera", seeds, "--json"]).stdout
    nowhere = run(main, ["concordance", "không đâu có", seeds])
    assert nowhere.exit_code == 0 and "nowhere" in nowhere.stderr
    assert run(main, ["concordance", "--regex", "(a", seeds]).exit_code == 2


# --- topics ---


def subjects(n: int) -> list[str]:
    kinds = (
        "ma túy; heroin; cai nghiện; thuốc lắc; vận chuyển; cần sa", "giao thông; nồng độ cồn; lái xe; va chạm; vạch kẻ; đèn đỏ",
        "đám cháy; cứu hỏa; nhà xưởng; bình gas; chập điện; khói", "bóng đá; khán đài; huấn luyện viên; chung kết; cầu thủ; đội tuyển",
    )  # fmt: skip
    random = np.random.default_rng(0)
    return ["; ".join(random.permutation(kinds[i % 4].split("; "))[:4]) for i in range(n)]


def test_topics_of_four_subjects_are_these_and_the_same_each_time():
    terms = count_terms(subjects(LEAST_TEXTS + 50), VI)
    first, second = (find_corpus_topics(terms) for _ in range(2))
    assert first.topics.n_topics == 4 and min(first.stability) > 0.9
    assert (first.topics.of_text == second.topics.of_text).all()
    assert all(len(set(first.topics.of_text[i::4].tolist())) == 1 for i in range(4))


@pytest.mark.parametrize("n", [0, 1, 2, LEAST_TEXTS - 1])
def test_too_small_a_corpus_has_no_topics(n):
    assert find_corpus_topics(count_terms(subjects(n), VI)) is None


# --- as shown ---

ARTICLES = {
    "a": " date 2024-05 Tin\n\n" + "\n\n".join(
        ["Công an xã bắt đối tượng mua bán ma túy tại nhà trọ Hoa Ban.", "Công an huyện thu giữ ma túy tại nhà trọ Hoa Ban.",
         "Bị can Lò Thị Thử bị bắt vì tàng trữ ma túy, bà Lò Thị Thử khai nhận.", "Trường học khai giảng năm học mới."]),
    "b": " date 2024-06 Tin khác\n\nXã ra quân trồng cây xanh đầu năm.\n\nHội phụ nữ tặng quà học sinh nghèo.",
}  # fmt: skip
SHOWN = (show_key_terms, show_concordance, show_topics, show_topic_map)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "articles",
    [{}, {"b": ARTICLES["b"]}, {"c": " date 2024-05 Tin\n\nToàn xã có 7/11 thôn lắp camera an ninh."}, ARTICLES],
    ids=["none", "one", "one of a single theme", "two"],
)
def test_every_corpus_is_shown_or_told_why_not(tmp_path, articles, language):
    report = open_corpus(tmp_path, articles, language)
    for show in SHOWN:
        shown = show(report)
        assert isinstance(shown, Table | Note), show.__name__
        if isinstance(shown, Note):
            assert len(shown.text.split()) > 3


def test_the_topic_section_says_how_many_articles_it_needs(tmp_path):
    assert str(LEAST_TEXTS) in show_topics(open_corpus(tmp_path, ARTICLES, "en")).text


def test_every_line_of_a_concordance_leads_to_its_sentence(tmp_path):
    report = open_corpus(tmp_path, ARTICLES, "en")
    soup = BeautifulSoup(show_concordance(report, "ma tuy").html, "html.parser")
    links = [a["href"].removeprefix("#") for a in soup.select("tbody a.evidence")]
    assert len(links) == 3
    appendix = BeautifulSoup(report.evidence.appendix(links), "html.parser")
    assert [appendix.find(id=link).get_text() for link in links] == ["ma túy"] * 3


def test_private_names_are_no_terms_and_masked_in_lines(tmp_path):
    report = open_corpus(tmp_path, ARTICLES, "vi")
    shown = "".join(
        t.html for t in (show_concordance(report, "tàng trữ"), show_concordance(report, "lo thi thu"), show_key_terms(report))
        if isinstance(t, Table)
    )  # fmt: skip
    assert "▢" in shown and "Thử" not in shown
    assert not any("lò thị" in form for form in report.sentence_terms[1].forms)


def test_a_bad_pattern_in_a_notebook_is_told(tmp_path):
    assert "position" in show_concordance(open_corpus(tmp_path, ARTICLES, "en"), "(a", is_regex=True).text


def test_a_private_name_that_is_typed_finds_nothing_and_is_not_printed(tmp_path):
    story = " date 2024-05 Chuyện xóm\n\nCông an xã bắt giữ đối tượng Bùi Thị Hường Mơ vì tàng trữ ma túy.\n"
    report = open_corpus(tmp_path, {"a": story}, "en")
    for asked in ("Bùi Thị Hường Mơ", "Hường Mơ"):
        assert isinstance(show_concordance(report, asked), Note)
    assert "Hường" not in show_concordance(report, "Bùi Thị Hường Mơ").text
