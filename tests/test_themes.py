"""Themes: which sentence is about what, by which words; how shares are taken; what a bad codebook answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import read_cases, read_rows

from helpers.corpus.document import Document, Sentence
from helpers.extract.codebook import load_codebook
from helpers.extract.register import open_reading
from helpers.extract.span import Mention, Reading
from helpers.extract.themes import propose_themes, weigh_paragraphs, weigh_parents, weigh_themes
from helpers.lexicon import Lexicon, LexiconError

HERE = Path(__file__).parent
VI = Lexicon.load("vi")


def read(text: str) -> tuple[Reading, list[Mention]]:
    reading = open_reading(Document("test", text), VI)
    return reading, propose_themes(reading, VI)


@pytest.mark.parametrize("case", read_cases("themes"), ids=lambda c: f"{c['text'][:40]}|{c['theme_id']}")
def test_case(case):
    reading, mentions = read(case["text"])
    found = [(reading.plain[m.start : m.end], m.fields["theme_id"]) for m in mentions]
    if case["surface"]:
        assert (case["surface"], case["theme_id"]) in found
    elif case["theme_id"]:
        assert case["theme_id"] not in [theme_id for _, theme_id in found]
    else:
        assert found == []


@pytest.mark.parametrize("theme", load_codebook(VI).values(), ids=lambda t: t.theme_id)
def test_examples_of_a_theme_show_it(theme):
    for example in theme.examples:
        assert theme.theme_id in [m.fields["theme_id"] for m in read(example)[1]], example


def test_words_never_begin_or_end_inside_a_word():
    assert read("Bàn về ATGTX và kantt.")[1] == []
    assert [m.fields["theme_id"] for m in read("Bàn về (ATGT)/ANTT.")[1]] == [
        "traffic_safety",
        "public_order",
    ]


def test_two_themes_may_lie_on_one_phrase():
    _, mentions = read("Tổ công tác ký quy chế bảo vệ an ninh biên giới.")
    spans = {m.fields["theme_id"]: (m.start, m.end) for m in mentions}
    assert spans["public_order"][1] > spans["border_sea"][0]


def test_terms_are_those_of_the_codebook_and_weights_of_a_sentence_make_one():
    _, mentions = read("Xử lý nghiêm NỒNG ĐỘ CỒN; thu giữ ma tuý, heroin.")
    assert {tuple(m.fields["terms"]) for m in mentions} >= {("nồng độ cồn",), ("ma túy", "heroin")}
    assert sum(m.fields["weight"] for m in mentions) == pytest.approx(1)


def test_a_long_text_weighs_no_more_than_a_short_one():
    sentence = "Lực lượng CSGT xử lý vi phạm nồng độ cồn."
    other = "Chiều nay trời nắng nhẹ."
    short, long = (read(" ".join([sentence, other] * n)) for n in (1, 50))
    assert weigh_themes(short[0].sentences, short[1]) == weigh_themes(long[0].sentences, long[1])
    assert weigh_themes(short[0].sentences, short[1]) == ({"traffic_safety": 1 / 2}, 1 / 2)


def test_shares_and_the_unassigned_share_make_one():
    reading, mentions = read((HERE.parent / "seeds" / "002_2ee646b435398cad.txt").read_text(encoding="utf-8"))
    weights, unassigned = weigh_themes(reading.sentences, mentions)
    assert sum(weights.values()) + unassigned == pytest.approx(1)
    assert 0 < unassigned < 1 and list(weights.values()) == sorted(weights.values(), reverse=True)


def test_paragraphs_are_weighed_each_by_its_own_sentences():
    reading, mentions = read("Tin ngắn\n\nBắt quả tang sới bạc.\n\nTrời nắng. Xã đạt chuẩn nông thôn mới.")
    by_paragraph = weigh_paragraphs(reading.sentences, mentions)
    assert by_paragraph[0] == ({}, 1.0)
    assert by_paragraph[1][0].keys() == {"crime", "social_vices"} and by_paragraph[1][1] == 0
    assert by_paragraph[2] == ({"new_rural": 1 / 2}, 1 / 2)


def test_nothing_to_weigh():
    assert weigh_themes([], []) == ({}, 0.0)
    assert weigh_themes([Sentence(0, 0, 0, 5)], []) == ({}, 1.0)
    assert weigh_paragraphs([], []) == {}


def test_parents_take_the_weight_of_their_children():
    assert weigh_parents({"drugs": 0.25, "traffic_safety": 0.5, "crime": 0.125}, VI) == {
        "traffic_safety": 0.5,
        "crime": 0.375,
    }


@pytest.mark.parametrize("text", ["", "\n\n", "1" * 100_000, '"' * 50_000, "bị bắt gặp công an " * 5_000, "́" * 99])
def test_odd_input_raises_nothing(text):
    reading, mentions = read(text)
    assert all(0 <= m.start < m.end <= len(reading.plain) for m in mentions)


# --- gold of the two seed articles ---


def gold_and_found() -> tuple[set[tuple], set[tuple]]:
    """(article, paragraph, gold theme) as annotated, and as found through theme_map.csv.

    A theme that the gold of an article has no name for stays itself, so that it counts as wrong.
    """
    names: dict[str, set[str]] = {}
    for row in read_rows("gold/theme_map.csv"):
        names.setdefault(row["theme_id"], set()).add(row["gold_id"])
    gold, found = set(), set()
    articles = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))["articles"]
    for article in articles:
        file = Path(article["file"]).name
        known = {theme["id"] for theme in article["themes"]}
        gold |= {(file, paragraph, theme["id"]) for theme in article["themes"] for paragraph in theme["pars"]}
        reading, mentions = read((HERE.parent / "seeds" / file).read_text(encoding="utf-8"))
        for m in mentions:
            theme_id = m.fields["theme_id"]
            paragraph = reading.paragraph_at(m.start).index
            if theme_id in names:
                found |= {(file, paragraph, name) for name in names[theme_id] & known or {theme_id}}
    return gold, found


def test_map_names_themes_of_both_sides():
    articles = json.loads((HERE / "gold/seeds-gold.json").read_text(encoding="utf-8"))["articles"]
    known = {theme["id"] for article in articles for theme in article["themes"]}
    for row in read_rows("gold/theme_map.csv"):
        assert row["theme_id"] in load_codebook(VI) and row["gold_id"] in known, row


def test_themes_of_the_seeds_agree_with_the_gold():
    gold, found = gold_and_found()
    f1 = 2 * len(gold & found) / (len(gold) + len(found))
    assert f1 >= 0.74, f"{f1:.3f}; missed {sorted(gold - found)}; wrong {sorted(found - gold)}"


# --- a bad codebook: file, line, mend ---

GOOD = """\
[drugs]
label_vi = "Ma túy"
label_en = "Drugs"
definition_vi = "Mua bán, sử dụng ma túy."
definition_en = "Dealing in and using drugs."
include = [
  "ma túy",
]
examples = ["Thu giữ 3 gói ma túy."]

[crime]
label_vi = "Tội phạm"
label_en = "Crime"
definition_vi = "Tội phạm nói chung."
definition_en = "Crime in general."
include = ["tội phạm"]
near = [{ words = ["bắt giữ"], with = ["công an"] }]
examples = ["Phòng ngừa tội phạm."]
"""


def load(folder: Path, text: str):
    (folder / "vi").mkdir(exist_ok=True)
    (folder / "vi" / "themes.toml").write_text(text, encoding="utf-8")
    return load_codebook(Lexicon.load("vi", folder))


def test_a_good_codebook_is_read(tmp_path):
    codebook = load(tmp_path, GOOD)
    assert list(codebook) == ["drugs", "crime"]
    assert codebook["crime"].words == ("tội phạm", "bắt giữ")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('include = [\n  "ma túy",\n]\n', "", 1, "no words"),
        ('include = ["tội phạm"]', 'include = ["tội phạm", "ma tuý"]', 16, "a word of drugs too"),
        ('words = ["bắt giữ"]', 'words = ["ma túy"]', 17, "a word of drugs too"),
        ('include = ["tội phạm"]', 'include = ["tội phạm", "Tội phạm"]', 16, "stands twice"),
        ("[drugs]", "[Drug-s]", 1, "bad id"),
        ('label_en = "Crime"', 'labels_en = "Crime"', 13, "unknown key 'labels_en'"),
        ('label_en = "Crime"', 'label_en = " "', 13, "label_en is missing"),
        ('  "ma túy",', '  "ma tu(ý|y)",', 7, "bad word"),
        ('  "ma túy",', '  "ma  túy",', 7, "bad word"),
        ('  "ma túy",', '  "ma tu*",', 7, "bad word"),
        ('  "ma túy",', '  "ma.túy",', 7, "bad word"),
        ('  "ma túy",', '  "m",', 7, "bad word"),
        ('  "ma túy",', "  7,", 6, "must list texts"),
        ("with = [", "wiht = [", 17, "bad near entry"),
        ('include = ["tội phạm"]', 'include = ["tội phạm"]\nexclude = ["phạm lỗi"]', 17, "cancels nothing"),
        ('include = ["tội phạm"]', 'include = ["tội phạm"]\nparent = "sea"', 17, "unknown parent 'sea'"),
        (
            'include = ["tội phạm"]',
            'include = ["tội phạm"]\nparent = "crime"',
            17,
            "theme cycle crime -> crime",
        ),
        ('examples = ["Phòng ngừa tội phạm."]', "", 11, "no example"),
        ("[drugs]", 'version = "1"\n[drugs]', 1, "is in no theme"),
    ],
)
def test_a_bad_codebook_is_told_with_file_line_and_mend(tmp_path, old, new, line, message):
    assert old in GOOD
    with pytest.raises(LexiconError) as error:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert f"themes.toml:{line}: " in str(error.value) and message in str(error.value)
    assert "; " in str(error.value), "no mend"


def test_a_cycle_of_two_themes_is_told(tmp_path):
    text = GOOD.replace("examples = [", 'parent = "crime"\nexamples = [', 1)
    head, tail = text.split("[crime]")
    with pytest.raises(LexiconError, match="theme cycle drugs -> crime -> drugs"):
        load(tmp_path, f'{head}[crime]\nparent = "drugs"{tail}')


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_codebook_is_told(tmp_path, text):
    with pytest.raises(LexiconError, match="no theme"):
        load(tmp_path, text)


def test_a_theme_twice_or_broken_toml_is_told_with_its_line(tmp_path):
    with pytest.raises(LexiconError, match="line 20"):
        load(tmp_path, GOOD + "\n[drugs]\n")


def test_near_words_may_serve_two_themes(tmp_path):
    near = 'near = [{ words = ["bắt giữ"], with = ["hải quan"] }]\nexamples = [\n"Thu'
    assert len(load(tmp_path, GOOD.replace('examples = ["Thu', near, 1))) == 2
