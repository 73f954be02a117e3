"""Set phrases: what independent articles share, whole, without names and numbers; and how much of a sentence is news."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import ROOT
from corpora import open_corpus

from helpers import present
from helpers.analysis import corpus_tokens, ngrams
from helpers.analysis.set_phrases import MAX_SYLLABLES, least_texts
from helpers.present.display import Note
from helpers.present.report import Report, open_report

FORMULA = "không để xảy ra đột xuất, bất ngờ"
FILLER = (
    "Chiều qua mưa lớn làm sạt đoạn đê dài giữa hai thôn, nước tràn vào ruộng lúa và vườn cây của bà con.",
    "Nhiều hộ nuôi tôm chuyển ao lót bạt, thuê thêm thợ điện về đấu lại đường dây cũ kỹ sau mùa gió.",
)
COPIED = (
    "Hội thi thả diều của làng mở đầu bằng tiếng sáo trúc vọng qua bãi bồi, rồi trẻ nhỏ chạy theo những cánh giấy đỏ, trong lúc "
    "người già ngồi trên chiếu cói kể chuyện mùa nước cũ."
)


@pytest.fixture(scope="module")
def seeds() -> Report:
    return open_report("vi", root=ROOT)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Report:
    """Three articles with one formula, a copied sentence in two of them, a reprint of the third."""
    texts = {
        "a": f"Việc ở huyện\n\nLực lượng công an nắm tình hình, {FORMULA}.\n\n{FILLER[0]}\n\n{COPIED}\n",
        "b": f"Chuyện ở xã\n\nDân quân các thôn canh gác ngày đêm, {FORMULA}.\n\n{FILLER[1]}\n\nTheo lời kể, {COPIED}\n\nTrưa 5/3, 12 hộ ở xã Kỳ Hoa dọn nhà.\n",
        "c": "Tin riêng của phường\n\nPhường lát lại vỉa hè phía chợ bằng gạch nung lấy từ lò cũ bên sông, xong trước mùa mưa năm nay.\n",
    }  # fmt: skip
    texts["d"] = texts["c"].replace("Tin riêng", "Tin chung")
    return open_corpus(tmp_path_factory.mktemp("phrases"), texts)


def phrases_of(report: Report) -> set[str]:
    return set(report.tables["set_phrases"]["phrase_id"])


def test_the_formulas_of_the_seeds_are_found(seeds):
    found = phrases_of(seeds)
    assert {"đột xuất bất ngờ", "thế lực thù địch", "trong tình hình mới", "không để xảy ra"} <= found
    assert any("điểm nóng" in p for p in found)


def test_phrases_are_whole_and_hold_no_name_or_number(seeds):
    for phrase in phrases_of(seeds):
        words = phrase.split()
        assert 3 <= len(words) <= MAX_SYLLABLES
        assert words[0] not in ("các", "của", "và") and words[-1] not in ("của", "và", "các", "trên", "cho")
        assert not any(c.isdigit() for c in phrase) and "kỳ anh" not in phrase
    assert not any(p.endswith(" an") or p.startswith("ninh ") for p in phrases_of(seeds))  # an ninh is one word


def test_a_use_is_byte_equal_to_what_is_printed(seeds):
    sentences = seeds.tables["sentences"].set_index("sent_id")
    for use in seeds.tables["set_phrase_uses"].itertuples():
        s = sentences.loc[use.sent_id]
        assert s.text[use.start - s.start : use.end - s.start] == use.surface
        assert use.surface.count("“") == use.surface.count("”")


def test_a_shared_formula_is_one_and_a_copied_sentence_none(corpus):
    assert phrases_of(corpus) == {"không để xảy ra đột xuất bất ngờ"}
    phrase = corpus.tables["set_phrases"].iloc[0]
    assert (phrase.phrase, phrase.n_uses, phrase.n_texts) == (FORMULA, 2, 2)
    copied = corpus.tables["sentence_news"].merge(corpus.tables["sentences"][["sent_id", "text"]], on="sent_id")
    copied = copied[copied["n_copied"] > 0]
    assert len(copied) == 2 and all(COPIED in t for t in copied["text"])


def test_a_reprint_is_no_second_text(corpus):
    texts = corpus.tables["texts"].set_index("doc_id")["text_id"]
    assert texts["c"] == texts["d"] and texts.nunique() == 3
    assert corpus.finding_values["n_reprinted"] == "2" and corpus.finding_values["n_texts"] == "3"
    assert "C, D" in present.show_reprints(corpus).html


def test_what_a_sentence_tells_is_counted_by_syllable(corpus):
    news = corpus.tables["sentence_news"].merge(corpus.tables["sentences"][["sent_id", "text"]], on="sent_id")
    told = news[news["text"].str.startswith("Trưa 5/3")].iloc[0]
    # Trưa 5 3 12 hộ ở xã Kỳ Hoa dọn nhà: 5, 3, 12, xã Kỳ Hoa, perhaps Trưa
    assert told.n_syllables == 11 and told.n_told in (6, 7) and told.n_set == 0
    plain = news[news["text"].str.contains("đột xuất")]
    assert (plain["n_set"] == 8).all() and (plain["n_told"] <= 2).all()
    assert ((news["n_told"] + news["n_set"] + news["n_copied"]) <= news["n_syllables"]).all()


def test_one_article_says_what_it_cannot_say(tmp_path):
    report = open_corpus(
        tmp_path, {"a": f"Việc ở huyện\n\nLực lượng nắm tình hình, {FORMULA}. Nay lại nói: {FORMULA}.\n"}
    )
    shown = present.show_set_phrases(report)
    assert isinstance(shown, Note) and shown.text == report.say("phrases_need_two")
    assert report.tables["set_phrases"].empty
    for show in (
        present.show_news_shares,
        present.show_news_paragraphs,
        present.show_unknown,
        present.show_sureness,
        present.show_reprints,
    ):
        assert show(report) is not None


def test_larger_corpora_ask_for_more_texts():
    asked = [least_texts(n) for n in (1, 2, 50, 300, 2_000, 100_000)]
    assert asked[0] == asked[1] == 2 and asked == sorted(asked) and asked[-1] > 20


def test_what_is_found_does_not_hang_on_the_size_of_blocks(tmp_path, monkeypatch):
    texts = {
        # letters put together from two, marks drawn as nothing, capitals that grow when lowered
        "a": unicodedata.normalize("NFD", f"Việc ở huyện\n\nCông an xã nắm tình hình, {FORMULA}.\n\n{COPIED} {FILLER[0]}\n"),
        "b": f"Chuyện ở xã\n\nĐoàn khách İzmir thăm. Dân quân can\u200bh gác, {FORMULA}, giữ \u201cđiểm nóng\u201d.\n\n{COPIED}\n",
        "c": f"Việc thôn\n\nTổ tự quản đi tuần, {FORMULA}; 12 hộ ở xã Kỳ Hoa giữ \u201cđiểm nóng\u201d.\n\n{FILLER[1]}\n",
    }  # fmt: skip
    names = ("set_phrases", "set_phrase_uses", "sentence_news")
    whole = open_corpus(tmp_path / "whole", texts).tables
    one_block = {name: whole[name].to_dict("records") for name in names}
    monkeypatch.setattr(corpus_tokens, "_BLOCK", 1)
    monkeypatch.setattr(ngrams, "_PART", 5)
    cut = open_corpus(tmp_path / "cut", texts).tables
    assert {name: cut[name].to_dict("records") for name in names} == one_block
    assert "không để xảy ra đột xuất bất ngờ" in set(cut["set_phrases"]["phrase_id"])
    assert cut["sentence_news"]["n_copied"].sum() > 60
    for use in cut["set_phrase_uses"].itertuples():
        assert use.surface in texts[use.doc_id]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_shows_every_part(language):
    report = open_report(language, root=ROOT)
    html = "".join(
        show(report)._repr_html_()
        for show in (present.show_news_paragraphs, present.show_set_phrases, present.show_slips, present.show_refused,
                     present.show_unknown, present.show_sureness, present.show_reprints)
    )  # fmt: skip
    for table in ("tbl-news", "tbl-set-phrases", "tbl-slips", "tbl-unknown", "tbl-sureness"):
        assert f'id="{table}"' in html
    assert '<em class="set">' in html and '<u class="slip"' in html
