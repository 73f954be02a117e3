"""What a reader sees: numbers, names, tables and charts, in two languages, from the same findings."""

from helpers.present.abbreviations_view import show_abbreviations
from helpers.present.agreement_view import (
    show_confirmations,
    show_contradictions,
    show_incomparables,
    show_joined,
    show_repetitions,
)
from helpers.present.brief_view import (
    show_main_conflicts,
    show_main_limits,
    show_main_plans,
    show_main_questions,
    show_main_results,
)
from helpers.present.corpus_view import show_articles, show_dates, show_rejected, show_structure
from helpers.present.correcting import add_mention, correct, delete_mention
from helpers.present.corrections_view import show_corrections
from helpers.present.documents_view import show_date_conflicts, show_document_times, show_documents
from helpers.present.facts_view import show_facts, show_ranked_counts
from helpers.present.inference_view import show_inferences, show_questions, show_sums
from helpers.present.memos_view import show_memos
from helpers.present.pairs_view import show_pairs
from helpers.present.people_view import show_people
from helpers.present.places_view import (
    show_ambiguous_places,
    show_place_tree,
    show_province_chart,
    show_unplaced,
)
from helpers.present.printing_view import show_news_paragraphs, show_news_shares, show_set_phrases, show_slips
from helpers.present.programmes_view import show_programmes
from helpers.present.quality_view import show_refused, show_reprints, show_sureness, show_unknown
from helpers.present.report import Report, open_report
from helpers.present.terms_view import show_concordance, show_key_terms
from helpers.present.theme_links_view import show_theme_figures, show_theme_people
from helpers.present.theme_times_view import show_theme_changes, show_theme_places, show_theme_years
from helpers.present.themes_view import show_theme_map, show_theme_words
from helpers.present.topics_view import show_topic_map, show_topics
from helpers.present.voices_view import show_voice_chart, show_voice_limits, show_voice_shares

__all__ = [
    "Report",
    "add_mention",
    "correct",
    "delete_mention",
    "open_report",
    "show_abbreviations",
    "show_ambiguous_places",
    "show_articles",
    "show_concordance",
    "show_confirmations",
    "show_contradictions",
    "show_corrections",
    "show_date_conflicts",
    "show_dates",
    "show_document_times",
    "show_documents",
    "show_facts",
    "show_incomparables",
    "show_inferences",
    "show_joined",
    "show_key_terms",
    "show_main_conflicts",
    "show_main_limits",
    "show_main_plans",
    "show_main_questions",
    "show_main_results",
    "show_memos",
    "show_news_paragraphs",
    "show_news_shares",
    "show_pairs",
    "show_people",
    "show_place_tree",
    "show_programmes",
    "show_province_chart",
    "show_questions",
    "show_ranked_counts",
    "show_refused",
    "show_rejected",
    "show_repetitions",
    "show_reprints",
    "show_set_phrases",
    "show_slips",
    "show_structure",
    "show_sums",
    "show_sureness",
    "show_theme_changes",
    "show_theme_figures",
    "show_theme_map",
    "show_theme_people",
    "show_theme_places",
    "show_theme_words",
    "show_theme_years",
    "show_topic_map",
    "show_topics",
    "show_unknown",
    "show_unplaced",
    "show_voice_chart",
    "show_voice_limits",
    "show_voice_shares",
]
