"""Every table and every code of the project, as plain data. Nothing is defined twice: contracts are made from this."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "count", "percent", "ratio", "money", "measure", "rank",
    "date", "code", "person", "organisation", "place", "document", "programme", "quote", "theme",
)  # fmt: skip
FIGURE_KINDS = KINDS[:6]
ROLES = ("header", "lead", "body", "caption", "pullquote", "byline")
#: where no article speaks
SILENT_ROLES = ("header", "byline")
QUALIFIERS = ("exact", "approx", "more_than", "less_than", "at_least", "at_most", "range")
DIRECTIONS = ("none", "increase", "decrease")
ASPECTS = ("count", "cumulative", "share", "change")
MODES = ("done", "task", "aim")
#: who states a figure: the newspaper itself, a person it quotes, the caption of a picture
VOICES = ("newspaper", "speaker", "caption")
#: whence it is known what an abbreviation stands for
WHENCES = ("lexicon", "this_article", "other_article")
AGREEMENTS = ("single", "repeated", "confirmed", "contradicted", "incomparable")
#: rules by which something may be concluded from figures, or may not (analysis/inference.py)
INFERENCE_RULES = (
    "share_without_base",
    "change_without_base",
    "ratio_share",
    "whole_number_feasibility",
    "lower_bound",
    "open_cutoff",
    "undivided_total",
    "unclear_scope",
    "name_conflict",
    "different_unit",
    "month_precision",
)
LEVELS = ("country", "region", "province", "district", "commune", "village", "street", "site")
DATE_FORMS = ("calendar", "clock", "relative")
QUOTE_FORMS = ("direct", "reported")
#: what became of an administrative unit; dissolved: a district when its level ended
UNIT_CHANGES = ("merged", "divided", "renamed", "retyped", "dissolved")
#: where a place stands: in Vietnam, abroad or beyond one country, below no stated unit, or in one of several
BRANCHES = ("vietnam", "beyond", "no_unit", "ambiguous")
#: offices of the state and the Party
OFFICIAL_SOURCES = ("police", "military", "government", "assembly", "party", "court_prosecutor", "other_office")
#: who speaks, in the order in which it is shown; unnamed: the text does not make it clear
SOURCES = (
    *OFFICIAL_SOURCES, "association", "public_service", "company", "expert", "media", "foreign", "citizen", "unnamed",
)  # fmt: skip
#: a line of corrections.csv: where it applies, what it changes, who says so. `copy`: which of several equal sentences
CORRECTION = (
    "doc_id", "sentence", "copy", "surface", "occurrence", "kind", "action", "field", "value", "who", "when", "why",
)  # fmt: skip
CORRECTION_ACTIONS = ("set", "delete", "add")
#: needless: the rules read it so by now; orphan: what it speaks of is gone; invalid: it can't be applied to anything
CORRECTION_STATES = ("applied", "needless", "orphan", "invalid")
#: why a correction is an orphan, or invalid
CORRECTION_REASONS = (
    "no_article", "no_sentence", "no_surface", "no_mention", "bad_file", "bad_row", "two_places", "disagree", "cycle", "taken",
)  # fmt: skip
#: a line of memos.csv: who noted what about a theme, a sentence, or both
MEMO = ("who", "when", "theme", "doc_id", "sentence", "text")
#: orphan: what the note is about is gone; invalid: it can't be read
MEMO_STATES = ("kept", "orphan", "invalid")
MEMO_REASONS = ("no_article", "no_sentence", "no_theme", "bad_file", "bad_row")
#: how a misprint differs from what was meant: its tone mark, other letters, a word twice, no syllable, words without their space;
#: a variant is another spelling, no error
SLIPS = ("tone", "letter", "doubled", "spelling", "glued", "variant")
#: what stands at the ends of a pair
NODES = ("person", "organisation", "document", "place")


@dataclass(frozen=True)
class Field:
    """A column. `type`: text, int, float, bool or list (of text); `null`: may be missing; `values`: the only ones allowed."""

    type: str
    null: bool = False
    values: tuple[str, ...] = ()
    unique: bool = False
    note: str = ""


TEXT, TEXT_ = Field("text"), Field("text", null=True)
INT, INT_ = Field("int"), Field("int", null=True)
FLOAT, FLOAT_ = Field("float"), Field("float", null=True)
BOOL = Field("bool")
LIST = Field("list")


def _key(note: str = "") -> Field:
    return Field("text", unique=True, note=note)


def _code(values: tuple[str, ...], *, null: bool = False) -> Field:
    return Field("text", null=null, values=values)


_MENTION = {"mention_id": _key("the mention this row describes")}

#: one detail table a kind, joined to `mentions` on mention_id; figures of all kinds share `quantities`
DETAILS: dict[str, dict[str, Field]] = {
    "quantities": {
        **_MENTION,
        "value": Field("float", note="the number; low end of a range, part of a ratio; money in its own unit"),
        "value_high": Field("float", null=True, note="high end of a range or vague word, whole of a ratio"),
        "unit": TEXT_, "unit_id": TEXT_, "counted": TEXT_,
        "subject_key": Field("text", note="what is counted, or the unit, in the form in which sayings are compared"),
        "action": Field("text", null=True, note="the verbs in front of a count or sum, as printed: what was done"),
        "dimension": Field("text", null=True, note="what the unit measures: mass, length, money_vnd …"),
        "base_value": Field("float", null=True, note="the value in the base unit of its dimension: kg, m, m², m³, s, m/s …"),
        "whole_id": Field("text", null=True, note="the mention that gives the whole of which this is a part"),
        "voice": _code(VOICES),
        "qualifier": _code(QUALIFIERS), "direction": _code(DIRECTIONS), "base": TEXT_,
        "aspect": _code(ASPECTS, null=True), "mode": _code(MODES, null=True),
        "speaker": TEXT_, "speaker_id": TEXT_, "period": Field("text", null=True, note="EDTF"), "place_id": TEXT_,
    },
    "dates": {
        **_MENTION, "value": Field("text", null=True, note="EDTF"), "form": _code(DATE_FORMS),
        "time": Field("text", null=True, note="hh:mm"), "reason": Field("text", null=True, note="why there is no value"),
    },
    "people": {
        **_MENTION, "name": TEXT, "rank": TEXT_, "honorific": TEXT_, "function": TEXT_, "organisation": TEXT_,
        "place": TEXT_, "public": BOOL, "conflict": Field("text", null=True, note="another name for the same function here"),
    },
    "places": {
        **_MENTION, "name": TEXT, "type": TEXT_, "level": _code(LEVELS, null=True), "place_id": TEXT_, "parent": TEXT_,
        "candidates": LIST,
    },
    "organisations": {**_MENTION, "name": TEXT, "type": TEXT_, "level": _code(LEVELS, null=True), "place": TEXT_, "place_id": TEXT_},
    "legal_documents": {
        **_MENTION, "name": TEXT_, "type": TEXT_, "number": TEXT_, "symbol": TEXT_, "year": INT_, "issuer": TEXT_,
        "issued_on": TEXT_, "subject": TEXT_,
    },
    "programmes": {**_MENTION, "name": TEXT, "type": TEXT_},
    "quotes": {**_MENTION, "speaker": TEXT_, "speaker_id": TEXT_, "form": _code(QUOTE_FORMS), "cue": TEXT_},
    "theme_hits": {**_MENTION, "theme_id": TEXT, "terms": LIST, "weight": FLOAT_},
}  # fmt: skip

#: kind of mention -> its detail table; a code has none
DETAIL_OF = {
    **dict.fromkeys(FIGURE_KINDS, "quantities"),
    "date": "dates", "person": "people", "place": "places", "organisation": "organisations",
    "document": "legal_documents", "programme": "programmes", "quote": "quotes", "theme": "theme_hits",
}  # fmt: skip

TABLES: dict[str, dict[str, Field]] = {
    "articles": {
        "doc_id": _key(), "label": Field("text", unique=True, note="A, B, …: how references name the article"),
        "source": TEXT, "title": TEXT, "published": Field("text", null=True, note="EDTF"), "author": TEXT_,
        "n_paragraphs": INT, "n_sentences": INT, "n_characters": INT, "notes": LIST,
    },
    "paragraphs": {
        "doc_id": TEXT, "paragraph": INT, "start": INT, "end": INT, "role": _code(ROLES), "n_words": INT,
    },
    "sentences": {
        "sent_id": _key(), "doc_id": TEXT, "paragraph": INT, "start": INT, "end": INT, "text": TEXT,
    },
    "mentions": {
        "mention_id": _key("document, kind, start"), "doc_id": TEXT, "start": INT, "end": INT, "kind": _code(KINDS),
        "surface": TEXT, "sent_id": TEXT_, "rule": TEXT, "strength": INT, "inferred": LIST, "entity_id": TEXT_,
    },
    **DETAILS,
    "themes": {
        "theme_id": _key(), "label_vi": TEXT, "label_en": TEXT, "definition_vi": TEXT, "definition_en": TEXT, "parent": TEXT_,
    },
    "abbreviations": {
        "abbreviation_id": _key("its letters, which all spellings share"), "surfaces": LIST,
        "expansion": Field("text", null=True, note="missing where `candidates` has several"), "candidates": LIST,
        "whence": LIST, "n_uses": INT, "n_articles": INT, "mention_ids": LIST,
        "expansion_ids": Field("list", note="where articles first write it out"),
    },
    "abbreviation_uses": {
        "mention_id": _key("document, start, end, role"), "doc_id": TEXT, "start": INT, "end": INT, "surface": TEXT,
        "sent_id": TEXT, "abbreviation_id": TEXT, "role": _code(("abbreviation", "expansion")),
        "expansion": Field("text", null=True, note="what it stands for in this document"), "whence": _code(WHENCES, null=True),
    },
    "corrections": {
        "line": Field("int", note="of corrections.csv"), **dict.fromkeys(CORRECTION, TEXT_),
        "status": _code(CORRECTION_STATES), "reason": _code(CORRECTION_REASONS, null=True),
        "said": Field("text", null=True, note="what is wrong with it and the mend"),
        "was": Field("text", null=True, note="what the rules read"), "mention_id": TEXT_, "start": INT_, "end": INT_,
        "hidden": Field("list", note="names of private people that it would bring to light"),
    },
    "memos": {
        "line": Field("int", note="of memos.csv"), **dict.fromkeys(MEMO, TEXT_), "status": _code(MEMO_STATES),
        "reason": _code(MEMO_REASONS, null=True), "said": Field("text", null=True, note="what is wrong with it and the mend"),
        "sent_id": TEXT_, "hidden": Field("list", note="names of private people that it would bring to light"),
    },
    "facts": {
        "fact_id": _key(), "kind": _code(FIGURE_KINDS), "subject": Field("text", note="what is counted, as printed"),
        "subject_key": TEXT, "action": TEXT_, "value": FLOAT, "value_high": FLOAT_, "unit": TEXT_, "unit_id": TEXT_, "qualifier": _code(QUALIFIERS),
        "direction": _code(DIRECTIONS), "base": TEXT_, "aspect": _code(ASPECTS, null=True), "mode": _code(MODES, null=True),
        "voice": _code(VOICES), "speaker": TEXT_, "period": TEXT_, "place_id": TEXT_, "n_mentions": INT, "n_articles": INT,
        "n_texts": Field("int", note="articles, reprints of one text counted once"), "agreement": _code(AGREEMENTS),
        "mention_ids": LIST, "joined": Field("list", note="mentions that leave place or period open, and fit no other fact"),
    },
    "agreements": {
        "agreement_id": _key("agreement, about, first mention"), "agreement": _code(AGREEMENTS[1:]),
        "about": _code(("figure", "part", "office", "document")), "subject": TEXT,
        "reason": Field("text", note="code; wording has it as reason_…"), "values": Field("text", note="JSON, for the wording"),
        "fact_ids": LIST, "n_mentions": INT, "mention_ids": Field("list", note="the first of them"),
    },
    "inferences": {
        "inference_id": _key("saying, first mention"), "rule": _code(INFERENCE_RULES), "can": BOOL,
        "saying": Field("text", note="code; wording has it as says_…"), "values": Field("text", note="JSON, for the wording"),
        "fact_ids": LIST, "mention_ids": LIST,
    },
    "questions": {
        "question_id": _key("saying, first mention"), "to": Field("text", null=True, note="the body to ask; missing: the newspaper"),
        "saying": Field("text", note="code; wording has it"), "values": Field("text", note="JSON, for the wording"),
        "mention_ids": LIST,
    },
    "persons": {
        "person_id": _key("someone in public office, over all articles"), "names": LIST, "rank": TEXT_, "function": TEXT_,
        "organisation": TEXT_, "unit": Field("text", null=True, note="the organisation with its place; missing: of one article only"),
        "kind": _code(SOURCES), "conflict": BOOL, "n_articles": INT, "n_mentions": INT, "entity_ids": LIST,
        "name_ids": Field("list", note="a mention for each of the names"), "mention_ids": Field("list", note="those with the full name"),
    },
    "voices": {
        "voice_id": _key("document and speaker"), "doc_id": TEXT, "person_id": TEXT_, "entity_id": TEXT_, "kind": _code(SOURCES),
        "speaker": Field("text", null=True, note="missing where the text leaves it open"), "public": BOOL, "n_quotes": INT,
        "n_words": INT, "n_direct_words": INT, "n_facts": INT, "quote_ids": LIST, "fact_ids": LIST,
    },
    "pairs": {
        "pair_id": _key(), "first_kind": _code(NODES), "first": TEXT, "second_kind": _code(NODES), "second": TEXT,
        "n_sentences": Field("int", note="that hold both"), "n_articles": INT,
        "expected": Field("float", note="sentences that would hold both by chance"),
        "association": Field("float", note="log-likelihood ratio G²"), "first_ids": LIST, "second_ids": LIST,
    },
    "texts": {"doc_id": _key(), "text_id": Field("text", note="articles with one id print one text")},
    "slips": {
        "slip_id": _key("document, start, end"), "doc_id": TEXT, "start": INT, "end": INT, "sent_id": TEXT, "surface": TEXT,
        "meant": Field("text", null=True, note="under what else it is found; missing: not clear"), "why": _code(SLIPS),
    },
    "set_phrases": {
        "phrase_id": _key("its syllables, folded"), "phrase": Field("text", note="as first printed"), "n_syllables": INT,
        "n_uses": INT, "n_texts": Field("int", note="articles, reprints of one text counted once"),
        "association": Field("float", note="log-likelihood ratio G² of its ends with the rest: the weaker"),
        "use_ids": Field("list", note="the first uses, one an article"),
    },
    "set_phrase_uses": {
        "use_id": _key("document, start, end"), "doc_id": TEXT, "start": INT, "end": INT, "sent_id": TEXT, "surface": TEXT,
    },
    "sentence_news": {
        "sent_id": _key(), "doc_id": TEXT, "paragraph": INT, "n_syllables": INT,
        "n_told": Field("int", note="syllables of figures, dates, names, places and documents"),
        "n_set": Field("int", note="other syllables, in set phrases"),
        "n_copied": Field("int", note="other syllables, in a long run that another text has too"),
        "set_spans": Field("list", note="start-end of each set phrase in the article"),
    },
    "findings": {
        "finding_id": _key(), "label_vi": TEXT, "label_en": TEXT, "value": Field("text", note="as a number or a name"),
        "unit": TEXT_, "qualifier": _code(QUALIFIERS), "fact_ids": LIST, "mention_ids": LIST,
    },
    "units": {
        "place_id": _key("every unit that an article names, may mean, stands in or became"), "name": TEXT, "type": TEXT_,
        "level": _code(LEVELS), "parent_id": TEXT_, "later_parent_id": Field("text", null=True, note="since July 2025"),
        "valid_from": TEXT_, "valid_to": Field("text", null=True, note="its last day"),
        "change": _code(UNIT_CHANGES, null=True), "became": LIST, "became_on": TEXT_,
    },
    "place_nodes": {
        "node_id": _key("the units from the top, joined by >"), "parent_node": TEXT_, "depth": INT, "branch": _code(BRANCHES),
        "place_id": TEXT_, "name": TEXT, "level": _code(LEVELS, null=True), "candidates": LIST, "n_mentions": INT,
        "n_articles": INT, "n_below": Field("int", note="mentions of it and of all below"), "n_articles_below": INT,
        "n_inferred": INT, "fact_ids": Field("list", note="facts whose place the text states"), "inferred_fact_ids": LIST, "mention_ids": LIST,
    },
    "cited_documents": {
        "document_id": _key(), "name": TEXT, "type": TEXT_, "number": TEXT_, "symbol": TEXT_, "year": INT_, "issuer": TEXT_,
        "issued_on": Field("text", null=True, note="EDTF; missing where articles differ"), "subject": TEXT_,
        "is_sure": Field("bool", note="false: one name in several articles that may be several documents"),
        "dates": Field("list", note="dates that exclude each other"), "date_ids": Field("list", note="a mention for each of them"),
        "n_mentions": INT, "n_articles": INT, "first_published": TEXT_, "last_published": TEXT_, "mention_ids": LIST,
    },
    "programme_names": {
        "programme_id": _key(), "name": TEXT, "types": LIST, "spellings": LIST, "is_document": BOOL, "n_mentions": INT,
        "n_articles": INT, "count_ids": Field("list", note="counts right before the name"),
        "place_ids": Field("list", note="units named in the same sentence, the most frequent first"), "mention_ids": LIST,
    },
    "theme_shares": {
        "doc_id": TEXT, "theme_id": Field("text", null=True, note="missing: what has no theme"),
        "share": Field("float", note="of the article's sentences, each shared out among its themes"), "n_sentences": INT,
        "mention_ids": LIST,
    },
    "rejected": {"file": TEXT, "class": TEXT, "reason": TEXT, "position": INT_},
}  # fmt: skip

#: made from the other tables
DERIVED = (
    "facts", "agreements", "inferences", "questions", "persons", "voices", "pairs", "place_nodes", "cited_documents",
    "programme_names", "theme_shares", "texts", "slips", "set_phrases", "set_phrase_uses", "sentence_news", "findings",
)  # fmt: skip
