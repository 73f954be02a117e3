"""Abbreviations: learned from brackets and the lexicon, spellings joined, conflicts listed; spelled out once on a page."""

from __future__ import annotations

import time

import pandas as pd
import pytest
from conftest import read_cases
from markupsafe import Markup

from helpers.corpus.document import Document
from helpers.extract.abbreviations import Abbreviation, find_conflicts, read_abbreviations, read_corpus
from helpers.extract.register import open_reading
from helpers.lexicon import Lexicon
from helpers.present.first_use import FirstUses
from helpers.tables.abbreviations import abbreviation_rows
from helpers.tables.passages import passages_of
from helpers.tables.rows import document_rows

VI = Lexicon.load("vi")


def read(text: str) -> list[Abbreviation]:
    return read_abbreviations(open_reading(Document("test", text), VI), VI)


def read_all(**texts: str) -> dict[str, dict[str, Abbreviation]]:
    found = read_corpus([(doc_id, [(0, text)]) for doc_id, text in texts.items()], VI)
    return {doc_id: {a.abbreviation_id: a for a in of_document} for doc_id, of_document in found.items()}


def tables_of(**texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    sentences = [
        {"sent_id": f"{d}:0", "doc_id": d, "start": 0, "end": len(text), "text": text} for d, text in texts.items()
    ]
    rows = abbreviation_rows(passages_of(sentences), VI)
    columns = [
        "abbreviation_id",
        "surfaces",
        "expansion",
        "candidates",
        "mention_ids",
        "expansion_ids",
        "n_uses",
        "whence",
    ]
    uses = ["doc_id", "surface", "abbreviation_id", "role", "expansion"]
    return pd.DataFrame(rows["abbreviations"], columns=columns), pd.DataFrame(rows["abbreviation_uses"]).reindex(
        columns=uses
    )


def first_uses(**texts: str) -> FirstUses:
    return FirstUses(*tables_of(**texts))


@pytest.mark.parametrize("case", read_cases("abbreviations"), ids=lambda c: c["note"])
def test_case(case):
    found = {surface: (a.expansion, a.whence) for a in read(case["text"]) for surface in a.surfaces}
    if not case["surface"]:
        assert found == {}
        return
    assert found[case["surface"]] == (case["expansion"], case["whence"])


def test_a_person_in_the_cases_is_known_by_no_initials():
    assert not [a for a in read("Ông Lê Thị Ví Dụ (LTVD) và Cao Mẫu (CM) có mặt.") if a.whence == "this_article"]


def test_each_abbreviation_of_the_seeds_is_found_where_the_gold_has_it(seeds, gold):
    for article in gold["articles"]:
        wanted: dict[str, set[tuple[int, int]]] = {}
        expansions: dict[str, str] = {}
        for entry in article["abbreviations"]:
            name = entry.get("variant_of", entry["abbr"])
            wanted.setdefault(name, set()).update(tuple(m["span"]) for m in entry["mentions"])
            expansions[name] = entry["expansion"]
        found = read_abbreviations(open_reading(seeds[article["file"]].document, VI), VI)
        assert {a.surfaces[0]: {(u.start, u.end) for u in a.uses} for a in found} == wanted
        assert {a.surfaces[0]: a.expansion for a in found} == expansions
        in_full = {e["abbr"]: e["expansion_seen_in_text"] for e in article["abbreviations"]}
        for a in found:
            first = [tuple(seen["span"]) for seen in in_full[a.surfaces[0]]][:1]
            assert ([(a.written_out.start, a.written_out.end)] if a.written_out else []) == first


def test_two_spellings_are_one_abbreviation_in_the_table(seeds):
    rows = abbreviation_rows(passages_of(s for e in seeds.values() for s in document_rows(e, VI)["sentences"]), VI)
    of_id = {str(r["abbreviation_id"]): r for r in rows["abbreviations"]}
    assert (of_id["QPAN"]["surfaces"], of_id["QPAN"]["n_uses"]) == (["QP-AN", "QPAN"], 8)
    assert (of_id["ANTT"]["n_uses"], of_id["ANTT"]["n_articles"]) == (9, 2)
    # no article that prints PCCC writes it out: the other one does
    assert str(of_id["PCCC"]["expansion_ids"]).startswith("['000_bd65e45767c860a3:")
    for use in rows["abbreviation_uses"]:
        text = next(e.document.text for e in seeds.values() if e.document.doc_id == use["doc_id"])
        assert text[int(str(use["start"])) : int(str(use["end"]))] == use["surface"]


def test_one_place_in_full_is_one_row():
    texts = {
        "a": "Lao động, thương binh và xã hội (LĐTBXH).",
        "b": "Sở LĐ-TB&XH họp.",
        "c": "Xây nhà ở xã hội (NOXH), NƠXH.",
    }
    sentences = [{"sent_id": d, "doc_id": d, "start": 0, "end": len(t), "text": t} for d, t in texts.items()]
    ids = [use["mention_id"] for use in abbreviation_rows(passages_of(sentences), VI)["abbreviation_uses"]]
    assert len(ids) == len(set(ids))


def test_what_one_article_explains_is_known_in_another():
    found = read_all(a="Tổ bảo vệ dân phố (BVDP) ra mắt.", b="Lực lượng BVDP tuần tra.")
    assert (found["a"]["BVDP"].whence, found["b"]["BVDP"].whence) == ("this_article", "other_article")
    assert found["b"]["BVDP"].expansion == "bảo vệ dân phố"


def test_two_letters_are_not_carried_to_another_article():
    assert read_all(a="Các thí sinh (TS) dự thi.", b="Gặp TS tại trường.")["b"] == {}


def test_a_conflict_is_listed_and_nothing_is_chosen():
    clash = read_all(a="Ra mắt tổ bảo vệ dân phố (BVDP).", b="Lập tổ bảo vệ dân phòng (BVDP).", c="Lực lượng BVDP tới.")
    assert clash["b"]["BVDP"].expansion == "bảo vệ dân phòng"
    assert (clash["c"]["BVDP"].expansion, clash["c"]["BVDP"].whence) == (None, None)
    assert clash["c"]["BVDP"].candidates == ("bảo vệ dân phố", "bảo vệ dân phòng")
    conflicts = find_conflicts({d: of.values() for d, of in clash.items()}, VI)
    assert conflicts == {"BVDP": ("bảo vệ dân phố", "bảo vệ dân phòng")}


def test_an_article_that_writes_one_expansion_out_decides():
    assert read("BCH họp.")[0].candidates == ("Ban Chấp hành", "Ban Chỉ huy")
    assert read("Ban Chỉ huy thống nhất. BCH họp.")[0].expansion == "Ban Chỉ huy"


def test_spelling_and_joint_make_no_conflict():
    found = read_all(a="Giáo dục và Đào tạo (GD&ĐT)", b="Giáo dục - Đào tạo (GD-ĐT)", c="Sở GDĐT")
    assert find_conflicts({d: of.values() for d, of in found.items()}, VI) == {}
    assert found["c"]["GDĐT"].expansion == "giáo dục và đào tạo"


def test_offsets_count_the_text_as_printed():
    text = "Cấp​ Căn cước công dân (CCCD)"
    use = read(text)[0].uses[0]
    assert text[use.start : use.end] == "CCCD"


def test_a_first_use_is_expanded_once_on_a_page():
    first = first_uses(a="Công tác QP-AN và nhiệm vụ QPAN.")
    assert first.expand("Công tác QP-AN tốt", "a") == "Công tác QP-AN (quốc phòng - an ninh) tốt"
    assert first.expand("nhiệm vụ QPAN", "a") == "nhiệm vụ QPAN"


@pytest.mark.parametrize(
    "text",
    [
        "mô hình “Khu dân cư an toàn PCCC”", 'mô hình "Khu dân cư an toàn PCCC"', "“PCCC chưa đóng", "tập huấn (lớp PCCC)",
        "phòng cháy chữa cháy (PCCC)", "PCCC (phòng cháy chữa cháy)", "số 12/PCCC-X", "PCCC67", "APCCC",
    ],
)  # fmt: skip
def test_a_quotation_and_what_is_explained_stay_as_printed(text):
    assert first_uses(a="Lực lượng PCCC.").expand(text, "a") == text


def test_what_the_text_explains_itself_is_not_explained_again():
    first = first_uses(a="Lực lượng PCCC.")
    first.expand("phòng cháy chữa cháy (PCCC)")
    assert first.expand("lực lượng PCCC") == "lực lượng PCCC"


def test_after_a_quotation_the_first_use_is_still_to_come():
    first = first_uses(a="Lực lượng PCCC.")
    assert first.expand("“an toàn PCCC”, lực lượng PCCC") == "“an toàn PCCC”, lực lượng PCCC (phòng cháy chữa cháy)"


def test_a_conflict_is_not_expanded_but_in_the_article_that_explains_it():
    texts = {"a": "Tổ bảo vệ dân phố (BVDP)", "b": "Tổ bảo vệ dân phòng (BVDP)", "c": "Lực lượng BVDP."}
    first = first_uses(**texts)
    assert first.expand("Lực lượng BVDP", "c") == "Lực lượng BVDP"
    assert first.expand("Lực lượng BVDP", "b") == "Lực lượng BVDP (bảo vệ dân phòng)"


def test_markup_is_refused():
    with pytest.raises(TypeError, match="before it becomes markup"):
        first_uses(a="PCCC").expand(Markup("<b>PCCC</b>"))


def test_no_abbreviation_changes_nothing():
    assert first_uses(a="Không có gì.").expand("PCCC và “điểm nóng”") == "PCCC và “điểm nóng”"


SAMPLE = tables_of(a="Công tác QP-AN.")
ODD = ["(", "(A", "QP-AN ", "A-A-", "AB", "A.B.", "(QP-AN)", "quốc phòng (", "AB (", "và (VV) ", "“", "()", "Ủ"]


@pytest.mark.parametrize("unit", ODD)
def test_time_grows_with_the_length(unit):
    def seconds(times: int) -> float:
        start = time.perf_counter()
        read_corpus([("a", [(0, unit * times)])], VI)
        FirstUses(*SAMPLE).expand(unit * times)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.01)
