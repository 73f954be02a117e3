"""When articles cite documents: counted by day, month or year of publication, with the periods that have no article.

count_times(documents, published, n_documents=12)  ->  Times
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

#: the longest stretch that is shown by day, and by month; a longer one is shown by year
MOST_DAYS, MOST_MONTHS = 31, 24
_LETTERS = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True)
class Times:
    """Counts by period (EDTF, every one from the first to the last).

    Attributes:
        unit: day, month or year. citing: for the most cited documents (rows) the articles that cite each, by period.
        n_articles: all articles of a period, by which a gap is told from silence. n_documents, mention_ids: of each period with
        citations the documents cited and the mentions. n_undated: articles whose date is not known to the unit.
    """

    unit: str
    citing: pd.DataFrame
    n_articles: pd.Series
    n_documents: dict[str, int]
    mention_ids: dict[str, list[str]]
    n_undated: int


def count_times(documents: pd.DataFrame, published: dict[str, str], *, n_documents: int) -> Times | None:
    """The times of `documents` (table `cited_documents`); None where no article has a date.

    Args:
        published: doc_id -> EDTF date, empty if unknown.
    """
    dates = [d for d in published.values() if d]
    if not dates:
        return None
    unit = _choose_unit(dates)
    size = _LETTERS[unit]
    of_article = {i: d[:size] for i, d in published.items() if len(d) >= size}
    periods = _all_periods(min(of_article.values()), max(of_article.values()), unit)
    n_articles = pd.Series(list(of_article.values()), dtype=object).value_counts().reindex(periods, fill_value=0)
    cited = _citations(documents, of_article)
    top = documents["document_id"].head(n_documents)
    each = cited.drop_duplicates(["document_id", "doc_id"])
    citing = each.groupby(["document_id", "period"]).size().unstack(fill_value=0)
    citing = citing.reindex(index=list(top), columns=periods, fill_value=0).fillna(0).astype(int)
    by_period = cited.groupby("period", sort=False)
    return Times(
        unit, citing, n_articles, by_period["document_id"].nunique().to_dict(), by_period["mention_id"].agg(list).to_dict(),
        len(published) - len(of_article),
    )  # fmt: skip


def _choose_unit(dates: list[str]) -> str:
    """The finest unit in which the stretch stays readable and most articles have a date.

    >>> _choose_unit(["2024-03-01", "2024-03-20"]), _choose_unit(["2023-07", "2023-12"]), _choose_unit(["2019", "2023-12"])
    ('day', 'month', 'year')
    """
    n_days, n_months = (sum(len(d) >= size for d in dates) for size in (10, 7))
    days = sorted(d[:10] for d in dates if len(d) >= 10)
    if n_days > len(dates) / 2 and (pd.Timestamp(days[-1]) - pd.Timestamp(days[0])).days < MOST_DAYS:
        return "day"
    months = sorted(d[:7] for d in dates if len(d) >= 7)
    if n_months > len(dates) / 2 and len(_all_periods(months[0], months[-1], "month")) <= MOST_MONTHS:
        return "month"
    return "year"


def _all_periods(first: str, last: str, unit: str) -> list[str]:
    """Every period from the first to the last.

    >>> _all_periods("2023-11", "2024-01", "month")
    ['2023-11', '2023-12', '2024-01']
    """
    letter = {"day": "D", "month": "M", "year": "Y"}[unit]
    return [str(p) for p in pd.period_range(first, last, freq=letter)]


def _citations(documents: pd.DataFrame, of_article: dict[str, str]) -> pd.DataFrame:
    """One row a mention of a document in an article whose period is known."""
    cited = (
        documents[["document_id", "mention_ids"]].explode("mention_ids").rename(columns={"mention_ids": "mention_id"})
    )
    doc_ids = cited["mention_id"].str.rsplit(":", n=2).str[0]
    cited = cited.assign(doc_id=doc_ids, period=doc_ids.map(of_article))
    return cited[cited["period"].notna()]
