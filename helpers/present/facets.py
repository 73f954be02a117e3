"""What a reader may narrow a long table by: the place, the years and the themes of a row."""

from __future__ import annotations

from functools import cached_property

from helpers.present.report import Report

#: themes of an article that its row names, those with most sentences first
_OF_ARTICLE = 3
#: a period longer than this names its ends only
_LONG_PERIOD = 10


def years_of(edtf: object) -> list[str]:
    """The years that a date or period touches.

    >>> years_of("2023-12"), years_of("2021/2023"), years_of("1945/2020"), years_of(None)
    (['2023'], ['2021', '2022', '2023'], ['1945', '2020'], [])
    """
    if not isinstance(edtf, str) or edtf.startswith("-"):
        return []
    ends = [part.strip("{} ")[:4] for half in edtf.split("/") for part in half.split(",")]
    years = list(dict.fromkeys(year for year in ends if len(year) == 4 and year.isdecimal()))
    if "/" in edtf and len(years) == 2 and 0 < int(years[1]) - int(years[0]) <= _LONG_PERIOD:
        return [str(year) for year in range(int(years[0]), int(years[1]) + 1)]
    return years


class Facets:
    """Places, years and themes of the rows of one report."""

    def __init__(self, report: Report):
        self._report = report

    @cached_property
    def _hits(self):
        """Theme, sentence and article of each theme mention."""
        report = self._report
        labels = report.tables["themes"].set_index("theme_id")[f"label_{report.language}"]
        hits = report.tables["theme_hits"].merge(
            report.tables["mentions"][["mention_id", "doc_id", "sent_id"]], on="mention_id"
        )
        return hits.assign(theme=hits["theme_id"].map(labels)).drop_duplicates(["sent_id", "theme"])

    @cached_property
    def _of_sentence(self) -> dict[str, list[str]]:
        return self._hits.groupby("sent_id")["theme"].agg(list).to_dict()

    @cached_property
    def _of_article(self) -> dict[str, list[str]]:
        counts = self._hits.groupby("doc_id")["theme"].value_counts()
        found: dict[str, list[str]] = {}
        for doc_id, theme in counts.index:
            if len(found.setdefault(doc_id, [])) < _OF_ARTICLE:
                found[doc_id].append(theme)
        return found

    @cached_property
    def _sentences(self) -> dict[str, str]:
        mentions = self._report.tables["mentions"]
        return dict(zip(mentions["mention_id"], mentions["sent_id"], strict=True))

    def of_fact(self, fact) -> dict[str, list[str]]:
        """Where and when a fact is, and the themes of the sentences that tell it."""
        place = self._report.place_name(fact.place_id)
        sentences = [self._sentences.get(i, "") for i in fact.mention_ids]
        themes = dict.fromkeys(t for sent_id in sentences for t in self._of_sentence.get(sent_id, ()))
        return {"place": [place] if place else [], "time": years_of(fact.period), "theme": list(themes)}

    def of_article(self, article) -> dict[str, list[str]]:
        """The year and the main themes of an article."""
        return {"time": years_of(article.published), "theme": self._of_article.get(article.doc_id, [])}
