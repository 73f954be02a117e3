"""What a reader sees: numbers, names, tables and charts, in two languages, from the same findings."""

from helpers.present.abbreviations_view import show_abbreviations
from helpers.present.corpus_view import show_articles, show_dates, show_rejected, show_structure
from helpers.present.facts_view import show_facts, show_ranked_counts
from helpers.present.people_view import show_conflicts, show_people, show_voices
from helpers.present.report import Report, open_report
from helpers.present.themes_view import show_theme_map, show_theme_words

__all__ = [
    "Report", "open_report", "show_abbreviations", "show_articles", "show_conflicts", "show_dates", "show_facts", "show_people", "show_ranked_counts",
    "show_rejected", "show_structure", "show_theme_map", "show_theme_words", "show_voices",
]  # fmt: skip
