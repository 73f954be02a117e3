"""The documents that articles cite, each once over all articles.

    list_documents(tables)  ->  rows for table `cited_documents`, the one in most articles first

Within an article mentions are joined when they are read. Between articles they are joined where one document is meant: a law
by its name and year; a paper of a national body by kind, number and year (lexicon national_bodies); another by these and an
issuer that names its place. A paper of a national body without a year joins the only one of that number whose year is known.
All others stand under what is printed: what several articles cite so may be several documents, and is not sure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import regex

from helpers.lexicon import NOTE, TEXT, Column, Lexicon, define
from helpers.normalize import search_form, words_form

define("national_bodies", surface=TEXT, form=Column(values=("symbol", "name")), body=TEXT, note=NOTE)

Tables = dict[str, pd.DataFrame]

_LAWS = ("luật", "bộ luật", "hiến pháp", "pháp lệnh")
#: kinds whose number always holds the year, also where a short form leaves it out
_YEAR_IN_NUMBER = ("nghị định", "thông tư", "thông tư liên tịch")
#: what a unit is, in words and letters: "Tỉnh Đoàn", "UBND TP Huế"
_TYPE_WORDS, _TYPE_LETTERS = ("tỉnh", "huyện", "thị", "thành", "quận", "xã", "phường"), ("tp", "tx", "tt")
_ABOUT = ("name", "type", "number", "symbol", "year", "issuer", "issued_on", "subject")
_TERM = regex.compile(r"(?<=\p{L})\d{1,2}$")


class Identity(NamedTuple):
    """What makes citations one document. `known`: whether it says so across articles; `year` may be missing."""

    key: str
    year: str
    known: bool


def list_documents(tables: Tables) -> pd.DataFrame:
    """The documents, with every mention of each."""
    mentions = tables["mentions"].loc[
        tables["mentions"]["kind"] == "document", ["mention_id", "doc_id", "inferred", "entity_id"]
    ]
    cited = mentions.merge(tables["legal_documents"], on="mention_id")
    if cited.empty:
        return pd.DataFrame()
    cited = cited.merge(tables["articles"][["doc_id", "published"]], on="doc_id")
    cited["entity_id"] = cited["entity_id"].fillna(cited["mention_id"])
    entities = _entities(cited)
    identities = _identities(entities)
    entities["document_id"] = [f"{i.key}:{i.year}" for i in identities]
    entities["known"] = [i.known for i in identities]
    cited = cited.merge(entities[["entity_id", "document_id", "known"]], on="entity_id")
    return _documents(cited, entities)


def _entities(cited: pd.DataFrame) -> pd.DataFrame:
    """One row a document of an article: of each field what says most."""
    found = pd.DataFrame({"entity_id": cited["entity_id"].unique()})
    for column in _ABOUT:
        said = cited.loc[cited[column].notna(), ["entity_id", column]]
        said = said.assign(size=said[column].astype(str).str.len()).sort_values("size", ascending=False, kind="stable")
        found = found.merge(said.drop_duplicates("entity_id")[["entity_id", column]], on="entity_id", how="left")
    return found


def _identities(entities: pd.DataFrame) -> list[Identity]:
    """The identity of each; one without a year takes the year of the only other of its kind, issuer and number."""
    columns = ["name", "type", "number", "symbol", "year", "issuer", "issued_on"]
    frame = entities[columns].astype(object).where(entities[columns].notna(), None)
    known = {row: identify(*row) for row in set(frame.itertuples(index=False, name=None))}
    years: dict[str, set[str]] = {}
    for identity in known.values():
        if identity.known and identity.year:
            years.setdefault(identity.key, set()).add(identity.year)
    rows = (known[row] for row in frame.itertuples(index=False, name=None))
    return [_dated(i, years.get(i.key, set())) for i in rows]


def _dated(identity: Identity, years: set[str]) -> Identity:
    if identity.year or not identity.key.startswith("national:"):
        return identity
    return identity._replace(year=min(years)) if len(years) == 1 else identity._replace(known=False)


def identify(
    name: str | None, kind: str | None, number: str | None, symbol: str | None, year: object, issuer: str | None,
    issued_on: str | None,
) -> Identity:  # fmt: skip
    """What makes a citation one document.

    >>> identify("Nghị định 168/2024/NĐ-CP", "Nghị định", "168", "NĐ-CP", 2024, None, None)
    Identity(key='national:nghị định:168:government:in number', year='2024', known=True)
    """
    kind = search_form(kind or "")
    when = str(year) if year else (issued_on or "")[:4]
    if not number:
        return Identity(f"{'law' if kind in _LAWS else 'titled'}:{words_form(name or kind)}", when, kind in _LAWS)
    digits = number.lstrip("0")
    # 58/2016/QĐ-TTg and 58/QĐ-TTg of 2016 are two
    is_inside = kind in _YEAR_IN_NUMBER or bool(year and f"{digits}/{year}" in (name or ""))
    series = "in number" if is_inside else "apart"
    if body := issuing_body(symbol, issuer, kind):
        return Identity(f"national:{kind}:{digits}:{body}:{series}", when, True)
    if issuer and when and names_place(issuer):
        return Identity(f"local:{kind}:{digits}:{series}:{words_form(issuer)}", when, True)
    return Identity(f"printed:{kind}:{digits}:{series}:{search_form(symbol or '')}", when, False)


def issuing_body(symbol: str | None, issuer: str | None, kind: str = "") -> str | None:
    """The national body that issued a paper, by its symbol or its name; None for any other.

    >>> issuing_body("QĐ-TTg", None), issuing_body("NQ-ThU", None), issuing_body(None, "Chính phủ")
    ('prime_minister', None, 'government')
    """
    symbols, names = _bodies()
    if kind == "nghị định":  # no one else issues any
        return "government"
    for part in regex.split(r"[-/]", search_form(symbol or "")):
        if found := symbols.get(_TERM.sub("", part)):
            return found
    return names.get(search_form(issuer)) if issuer else None


@lru_cache(maxsize=1)
def _bodies() -> tuple[dict[str, str], dict[str, str]]:
    rows = Lexicon.load("vi").entries("national_bodies")
    symbols, names = (
        {search_form(r["surface"]): r["body"] for r in rows if r["form"] == form} for form in ("symbol", "name")
    )
    return symbols, names


def names_place(issuer: str) -> bool:
    """Whether an issuer says of which place it is: a proper name ends it, behind a common noun.

    >>> names_place("Ban Thường vụ Thị ủy Kỳ Anh"), names_place("Ban Thường vụ Thị ủy"), names_place("Tỉnh Đoàn")
    (True, False, False)
    """
    words = issuer.split()
    names = 0
    while names < len(words) and (words[-1 - names].istitle() or words[-1 - names].isdigit()):
        names += 1
    if not 0 < names < len(words) or words[-names].lower() in _TYPE_WORDS:
        return False
    return words[-1 - names].islower() or words[-1 - names].rstrip(".").lower() in _TYPE_LETTERS


def _documents(cited: pd.DataFrame, entities: pd.DataFrame) -> pd.DataFrame:
    """One row a document, from its mentions and from what its articles say of it."""
    by_document = cited.groupby("document_id", sort=False)
    found = pd.DataFrame({
        "n_mentions": by_document.size(), "n_articles": by_document["doc_id"].nunique(),
        "first_published": by_document["published"].min(), "last_published": by_document["published"].max(),
        "mention_ids": by_document["mention_id"].agg(list), "known": by_document["known"].all(),
    }).reset_index()  # fmt: skip
    for column in _ABOUT:
        said = entities.loc[entities[column].notna(), ["document_id", column]].drop_duplicates()
        said = said.assign(size=said[column].astype(str).str.len()).sort_values("size", ascending=False, kind="stable")
        found = found.merge(said.drop_duplicates("document_id")[["document_id", column]], on="document_id", how="left")
    found = found.merge(_conflicts(cited), on="document_id", how="left")
    for column in ("dates", "date_ids"):
        found[column] = [v if isinstance(v, list) else [] for v in found[column]]
    found["issued_on"] = found["issued_on"].where(found["dates"].str.len() == 0, None)
    found["name"] = found["name"].fillna(found["type"]).fillna("")
    found["is_sure"] = found["known"] | (found["n_articles"] == 1)
    order = ["n_articles", "n_mentions", "name"]
    return found.drop(columns="known").sort_values(order, ascending=[False, False, True], kind="stable")


def _conflicts(cited: pd.DataFrame) -> pd.DataFrame:
    """Documents with dates that exclude each other, each date with the mention that states it first."""
    is_stated = ~cited["inferred"].str.join(" ").str.contains("issued_on", regex=False).astype(bool)
    stated = cited[cited["issued_on"].notna() & is_stated].drop_duplicates(["document_id", "issued_on"])
    rows = []
    for document_id, group in stated.groupby("document_id", sort=False):
        dates = group["issued_on"].tolist()
        # 2021 and 2021-06-15 agree
        apart = [d for d in dates if not any(o != d and o.startswith(d) for o in dates)]
        if len(apart) > 1:
            chosen = group[group["issued_on"].isin(apart)]
            rows.append((document_id, chosen["issued_on"].tolist(), chosen["mention_id"].tolist()))
    return pd.DataFrame(rows, columns=["document_id", "dates", "date_ids"], dtype=object)
