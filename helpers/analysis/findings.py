"""Findings: each published number, defined once.

A finding has an id (`[[n_articles]]` in a notebook's prose), a label in both languages, a value, and the facts and mentions
behind it. A number of facts has these facts with all their mentions; any other number has the mentions counted. The facts that
the brief names are findings too: `main_result_1`, `main_plan_1` …, with value, unit and qualifier of the one fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

import pandas as pd

from helpers.analysis.main_facts import main_plans, main_results
from helpers.analysis.place_tree import COUNTRY

Tables = dict[str, pd.DataFrame]


def _figures(tables: Tables) -> pd.DataFrame:
    return tables["mentions"][tables["mentions"]["mention_id"].isin(tables["quantities"]["mention_id"])]


def _private_people(tables: Tables) -> pd.DataFrame:
    people = tables["people"].merge(tables["mentions"][["mention_id", "entity_id", "doc_id", "start"]], on="mention_id")
    is_public = people.groupby("entity_id")["public"].transform("any")
    return people[~is_public.astype(bool)].sort_values(["doc_id", "start"]).drop_duplicates("entity_id")


def _facts(tables: Tables, **same) -> pd.DataFrame:
    """The facts whose columns have these values, each a value or several."""
    facts = tables["facts"]
    for column, value in same.items():
        facts = facts[facts[column].isin(value if isinstance(value, tuple) else (value,))]
    return facts


def _joined(tables: Tables) -> list[str]:
    return list(chain.from_iterable(tables["facts"]["joined"]))


def _groups(tables: Tables, agreement: str) -> pd.DataFrame:
    return tables["agreements"][tables["agreements"]["agreement"] == agreement]


def _inferences(tables: Tables, can: bool) -> pd.DataFrame:
    return tables["inferences"][tables["inferences"]["can"].astype(bool) == can]


def _kind(tables: Tables, kind: str) -> list[str]:
    found = tables["mentions"][tables["mentions"]["kind"] == kind]
    return found.drop_duplicates("entity_id")["mention_id"].tolist()


def _first(groups: pd.DataFrame) -> list[str]:
    return [ids[0] for ids in groups["mention_ids"] if len(ids)]


def _nodes(tables: Tables, branch: str) -> list[str]:
    """The first mention of each place of a branch; a unit that stood in two others is one."""
    nodes = tables["place_nodes"]
    nodes = nodes[(nodes["branch"] == branch) & (nodes["n_mentions"] > 0)]
    if branch == "vietnam":
        nodes = nodes[nodes["place_id"].notna() & (nodes["place_id"] != COUNTRY)].drop_duplicates("place_id")
    return _first(nodes)


def _former_units(tables: Tables) -> list[str]:
    ended = tables["units"].loc[tables["units"]["valid_to"].notna(), "place_id"]
    nodes = tables["place_nodes"]
    return _first(nodes[nodes["place_id"].isin(ended) & (nodes["n_mentions"] > 0)].drop_duplicates("place_id"))


def _placed(tables: Tables, column: str) -> pd.DataFrame:
    chosen = tables["place_nodes"][column].explode().dropna()
    return tables["facts"][tables["facts"]["fact_id"].isin(chosen)]


def _unplaced(tables: Tables) -> pd.DataFrame:
    return tables["facts"][tables["facts"]["place_id"].isna()]


def _conflicts(tables: Tables) -> list[str]:
    people = tables["people"].merge(tables["mentions"][["mention_id", "entity_id"]], on="mention_id")
    torn = people[people["conflict"].notna() & people["public"]].drop_duplicates(["entity_id", "name"])
    return torn["mention_id"].tolist()


def _slips(tables: Tables, *, is_variant: bool) -> list[str]:
    slips = tables["slips"]
    return slips.loc[(slips["why"] == "variant") == is_variant, "slip_id"].tolist()


def _reprinted(tables: Tables) -> list[str]:
    """The first mention of each article whose text another one prints too."""
    twice = tables["texts"]["doc_id"][tables["texts"]["text_id"].duplicated(keep=False)]
    mentions = tables["mentions"]
    return mentions[mentions["doc_id"].isin(twice)].drop_duplicates("doc_id")["mention_id"].tolist()


#: id -> (label vi, label en, what is counted: mentions, or rows with fact_id, fact_ids or mention_ids)
_COUNTS: dict[str, tuple[str, str, Callable[[Tables], list[str] | pd.DataFrame]]] = {
    "n_figures": ("con số đọc được", "figures read", lambda t: _figures(t)["mention_id"].tolist()),
    "n_facts": ("dữ kiện khác nhau", "distinct facts", lambda t: _facts(t)),
    "n_results": ("kết quả được nêu", "results reported", lambda t: _facts(t, mode="done")),
    "n_plans": ("nhiệm vụ, mục tiêu có số", "tasks and aims with a number", lambda t: _facts(t, mode=("task", "aim"))),
    "n_repeated": ("dữ kiện được nhắc lại", "facts stated more than once", lambda t: _facts(t, agreement="repeated")),
    "n_changes": ("con số so sánh", "figures of change", lambda t: _facts(t, aspect="change")),
    "n_shares": ("tỷ lệ", "shares", lambda t: _facts(t, aspect="share")),
    "n_public_people": ("người có chức vụ được nêu tên", "people in public office named", lambda t: [ids[0] for ids in t["persons"]["name_ids"]]),
    "n_private_people": ("người không có chức vụ (không in tên)", "people without public office (not named)", lambda t: _private_people(t)["mention_id"].tolist()),
    "n_places": ("địa danh", "places", lambda t: _kind(t, "place")),
    "n_units": ("đơn vị hành chính được nêu tên", "administrative units named", lambda t: _nodes(t, "vietnam")),
    "n_former_units": ("đơn vị được nêu tên nay không còn", "units named that are no more", _former_units),
    "n_places_beyond": ("nơi ở nước ngoài, vùng biển, châu lục", "places abroad, seas and continents", lambda t: _nodes(t, "beyond")),
    "n_places_no_unit": ("địa danh không rõ thuộc đơn vị nào", "places whose unit is not stated", lambda t: _nodes(t, "no_unit")),
    "n_ambiguous_places": ("tên có thể là nhiều nơi", "names that may be several places", lambda t: _nodes(t, "ambiguous")),
    "n_facts_placed": ("dữ kiện có địa bàn nêu trong câu", "facts whose place the text states", lambda t: _placed(t, "fact_ids")),
    "n_facts_place_inferred": ("dữ kiện có địa bàn suy ra", "facts whose place is inferred", lambda t: _placed(t, "inferred_fact_ids")),
    "n_facts_no_place": ("dữ kiện không rõ địa bàn", "facts without a place", _unplaced),
    "n_legal_documents": ("văn bản được dẫn", "documents cited", lambda t: _first(t["cited_documents"])),
    "n_unsure_documents": ("dòng có thể gồm nhiều văn bản", "rows that may be several documents", lambda t: _first(t["cited_documents"][~t["cited_documents"]["is_sure"]])),
    "n_document_mentions": ("lần dẫn văn bản", "mentions of documents", lambda t: t["legal_documents"]["mention_id"].tolist()),
    "n_date_conflicts": ("văn bản có hai ngày mâu thuẫn", "documents with conflicting dates", lambda t: _first(t["cited_documents"][t["cited_documents"]["dates"].str.len() > 0])),
    "n_programmes": ("mô hình, phong trào, chương trình", "models, movements and programmes", lambda t: _first(t["programme_names"])),
    "n_counted_programmes": ("mô hình, phong trào có nêu số lượng", "programmes with a count", lambda t: [i[0] for i in t["programme_names"]["count_ids"] if i]),
    "n_quotes": ("lời dẫn", "quotations", lambda t: t["quotes"]["mention_id"].tolist()),
    "n_voices": ("người và nguồn được dẫn lời trong từng bài", "speakers quoted, article by article", lambda t: [ids[0] for ids in t["voices"]["quote_ids"]]),
    "n_contradicted": ("mâu thuẫn", "contradictions", lambda t: _groups(t, "contradicted")),
    "n_confirmed": ("điều được bài độc lập xác nhận", "statements confirmed by independent articles", lambda t: _groups(t, "confirmed")),
    "n_said_again": ("điều được cùng một nguồn nhắc lại", "statements that one source repeats", lambda t: _groups(t, "repeated")),
    "n_incomparable": ("nhóm số liệu không so sánh được", "groups of figures that cannot be compared", lambda t: _groups(t, "incomparable")),
    "n_joined": ("lần nhắc để ngỏ địa bàn hoặc thời gian mà được gộp", "mentions joined though they leave place or period open", _joined),
    "n_can": ("điều kết luận được", "conclusions that hold", lambda t: _inferences(t, True)),
    "n_cannot": ("điều không kết luận được", "conclusions that do not hold", lambda t: _inferences(t, False)),
    "n_questions": ("câu hỏi cần gửi", "questions to send", lambda t: t["questions"]),
    "n_slips": ("chỗ in sai", "misprints", lambda t: _slips(t, is_variant=False)),
    "n_spelling_variants": ("chỗ viết khác của một chữ viết tắt", "other spellings of an abbreviation", lambda t: _slips(t, is_variant=True)),
    "n_set_phrases": ("cụm từ dùng chung", "set phrases shared", lambda t: _first(t["set_phrases"].rename(columns={"use_ids": "mention_ids"}))),
    "n_reprinted": ("bài có bản in lại", "articles printed more than once", _reprinted),
    "n_name_conflicts": ("tên mâu thuẫn trong một bài", "conflicting names in one article", _conflicts),
}  # fmt: skip


def define_findings(tables: Tables) -> list[dict]:
    """Rows for table `findings`, from the tables that were built and derived."""
    articles = tables["articles"]
    rows = [
        _row("n_articles", ("bài báo", "articles"), len(articles)),
        _row("n_texts", ("văn bản độc lập", "independent texts"), tables["texts"]["text_id"].nunique()),
        _row(
            "n_formula_sentences",
            ("câu nhiều cụm từ dùng chung hơn tin", "sentences with more formula than news"),
            _more(tables, "n_set", "n_told"),
        ),
        _row(
            "n_news_sentences",
            ("câu nhiều tin hơn cụm từ dùng chung", "sentences with more news than formula"),
            _more(tables, "n_told", "n_set"),
        ),
        _row("n_rejected", ("tệp không đọc được", "files that could not be read"), len(tables["rejected"])),
        _row("n_authors", ("tác giả ghi tên", "authors named"), articles["author"].nunique()),
    ]
    for finding_id, (label_vi, label_en, find) in _COUNTS.items():
        counted = find(tables)
        # two names for one person are one conflict
        value = len(counted) // 2 if finding_id == "n_name_conflicts" else len(counted)
        fact_ids, mention_ids = _behind(counted)
        rows.append(_row(finding_id, (label_vi, label_en), value, fact_ids=fact_ids, mention_ids=mention_ids))
    for name, facts in (
        ("main_result", main_results(tables).sort_index()),
        ("main_plan", main_plans(tables).sort_index()),
    ):
        rows += [_of_fact(f"{name}_{i}", fact) for i, fact in enumerate(facts.itertuples(), 1)]
    return rows


def _more(tables: Tables, column: str, than: str) -> int:
    """Sentences that hold more syllables of one sort than of another."""
    return int((tables["sentence_news"][column] > tables["sentence_news"][than]).sum())


def _behind(counted: list[str] | pd.DataFrame) -> tuple[list[str], list[str]]:
    """The facts and the mentions behind a number."""
    if isinstance(counted, list):
        return [], counted
    if "fact_id" in counted:
        facts = counted["fact_id"].tolist()
    else:
        facts = _flat(counted["fact_ids"]) if "fact_ids" in counted else []
    return facts, _flat(counted["mention_ids"])


def _flat(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(lists)))


def _of_fact(finding_id: str, fact) -> dict:
    """A finding that is one fact: labelled with what the article says is counted."""
    unit = fact.unit_id if isinstance(fact.unit_id, str) else fact.unit
    value = f"{-fact.value if fact.direction == 'decrease' else fact.value:.15g}"
    if pd.notna(fact.value_high):
        value += f"/{fact.value_high:.15g}"
    return _row(finding_id, (fact.subject, fact.subject), value, unit=unit if isinstance(unit, str) else None,
                qualifier=fact.qualifier, fact_ids=[fact.fact_id], mention_ids=list(fact.mention_ids))  # fmt: skip


def _row(finding_id: str, labels: tuple[str, str], value: object, *, unit: str | None = None, qualifier: str = "exact",
         fact_ids: list[str] | None = None, mention_ids: list[str] | None = None) -> dict:  # fmt: skip
    return {
        "finding_id": finding_id, "label_vi": labels[0], "label_en": labels[1], "value": str(value), "unit": unit,
        "qualifier": qualifier, "fact_ids": fact_ids or [], "mention_ids": mention_ids or [],
    }  # fmt: skip
