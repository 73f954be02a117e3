"""Agreement of names and papers: one office with two names, one document with two dates, and what is told alike.

Only people in public office are looked at; nobody is one person with another by name alone. An article without a date is of
the last day that it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import regex

from helpers.analysis.groups import add_groups, group_row
from helpers.database import Database, rows_of
from helpers.lexicon import NOTE, TEXT, Lexicon, define
from helpers.normalize import search_form

define("sole_offices", surface=TEXT, note=NOTE)

#: in the sentence of one of two names: the office passes from one to the other
_PASSED = regex.compile(
    r"(?<!\p{L})(?:nguyên|cựu|tân|quyền|tiền nhiệm|kế nhiệm|thay|thay thế|bổ nhiệm|miễn nhiệm|bầu|điều động|luân chuyển|nghỉ hưu|khóa|nhiệm kỳ)(?!\p{L})",
    regex.IGNORECASE,
)

_PEOPLE = """
SELECT p.name, p.rank, p.function, p.organisation, p.conflict, p.place, m.mention_id, m.doc_id, m.start, m.entity_id,
    list_has_any(m.inferred, ['name', 'function', 'organisation']) AS is_short, coalesce(a.published, l.day) AS told_in, t.text_id,
    s.text AS sentence
FROM people p JOIN mentions m USING (mention_id) JOIN articles a ON a.doc_id = m.doc_id JOIN texts t ON t.doc_id = m.doc_id
LEFT JOIN sentences s ON s.sent_id = m.sent_id
LEFT JOIN (SELECT m.doc_id, max(d.value) AS day FROM dates d JOIN mentions m USING (mention_id) WHERE length(d.value) = 10 GROUP BY m.doc_id) l
    ON l.doc_id = m.doc_id
WHERE p.public AND (p.function IS NOT NULL OR p.conflict IS NOT NULL)
ORDER BY m.doc_id, m.start
"""

_PAPERS = """
SELECT d.name, d.type, d.number, d.symbol, d.year, d.issued_on, m.mention_id, m.doc_id, m.start, m.entity_id, t.text_id
FROM legal_documents d JOIN mentions m USING (mention_id) JOIN texts t ON t.doc_id = m.doc_id
WHERE d.issued_on IS NOT NULL AND length(d.issued_on) = 10 AND NOT list_contains(m.inferred, 'issued_on')
ORDER BY m.doc_id, m.start
"""


def find_name_agreements(db: Database, lexicon: Lexicon) -> None:
    """Adds the groups about offices and documents to table `agreements`. Needs what `group_facts` made."""
    people = list(rows_of(db, _PEOPLE))
    conflicts = list(_torn_names(people))
    torn = {mention_id for group in conflicts for mention_id in group["mention_ids"]}
    others = [p for p in people if p["mention_id"] not in torn]
    add_groups(db, [*conflicts, *_offices(others, lexicon), *_papers(list(rows_of(db, _PAPERS)))])


def _torn_names(people: list[dict]) -> Iterator[dict]:
    """One rank, given name and function with two family names in one article."""
    torn = sorted((p for p in people if p["conflict"]), key=lambda p: p["entity_id"])
    for _, group in groupby(torn, key=lambda p: p["entity_id"]):
        own = sorted(group, key=lambda p: p["start"])
        names = {p["name"]: p for p in reversed(own)}
        if len(names) > 1:
            first = sorted(names.values(), key=lambda p: p["start"])
            yield group_row("contradicted", "office", _office(own[0]), "other_name", [p["mention_id"] for p in first])


def _spelt_out(name: str) -> str:
    """One spelling for `TP Hà Nội`, `TP.HCM` and `thành phố Hà Nội`, folded."""
    for short, full in (("tp", "thành phố"), ("tx", "thị xã"), ("tt", "thị trấn")):
        name = regex.sub(rf"(?<!\p{{L}}){short}(?:\.\s?|\s|(?=hcm))", f"{full} ", name)
    return name.replace("hồ chí minh", "hcm")


def _office(person: dict) -> str:
    """Rank, function and body; what the function already says of the body stands once: `Trưởng Công an huyện Can Lộc`."""
    function, body = person["function"] or "", person["organisation"] or ""
    for n in range(len(function), 0, -1):
        if body.startswith(f"{function[-n:]} ") and function[-n - 1 : -n] in ("", " "):
            function = function[:-n].rstrip()
            break
    return " ".join(str(part) for part in (person["rank"], function, body) if part)


def _offices(people: list[dict], lexicon: Lexicon) -> Iterator[dict]:
    """Offices that one person holds at a time: who holds them, told again, confirmed or contradicted."""
    sole = tuple(search_form(surface) + " " for surface in lexicon.surfaces("sole_offices"))
    holders: dict[str, list[dict]] = {}
    for person in people:
        function, body = search_form(person["function"] or ""), search_form(person["organisation"] or "")
        if function and len(body.split()) >= 2 and f"{function} {body} ".startswith(sole) and person["place"]:
            holders.setdefault(f"{function}|{_spelt_out(body)}|{_spelt_out(search_form(person['place']))}", []).append(
                person
            )
    for held in holders.values():
        names = {search_form(p["name"]) for p in held}
        full = [p for p in held if not p["is_short"]]
        if len(names) == 1:
            if len(full) > 1:
                yield _told_alike("office", _office(held[0]), full)
            continue
        yield from _two_holders(full)


def _two_holders(held: list[dict]) -> Iterator[dict]:
    if len({search_form(p["name"]) for p in held}) < 2 or any(_PASSED.search(p["sentence"] or "") for p in held):
        return
    first = list({search_form(p["name"]): p for p in reversed(held)}.values())[::-1]
    ids = [p["mention_id"] for p in first]
    months = {str(p["told_in"] or "")[:7] for p in first}
    if len({p["doc_id"] for p in first}) == 1 or (len(months) == 1 and "" not in months):
        yield group_row("contradicted", "office", _office(first[0]), "other_name", ids)
    else:
        reason = "time_untold" if any(len(month) < 7 for month in months) else "other_time"
        yield group_row("incomparable", "office", _office(first[0]), reason, ids)


def _told_alike(about: str, subject: str, told: list[dict]) -> dict:
    texts, articles = {t["text_id"] for t in told}, {t["doc_id"] for t in told}
    agreement = "confirmed" if len(texts) > 1 else "repeated"
    reason = "independent_articles" if len(texts) > 1 else "reprint" if len(articles) > 1 else "same_article"
    return group_row(agreement, about, subject, reason, [t["mention_id"] for t in told], n=len(texts))


def _papers(papers: list[dict]) -> Iterator[dict]:
    """Documents of which several mentions tell the day: the same day, or another."""
    known: dict[str, list[dict]] = {}
    for paper in papers:
        known.setdefault(_paper_key(paper), []).append(paper)
    for told in known.values():
        if len(told) < 2:
            continue
        days = {p["issued_on"]: p for p in reversed(told)}
        if len(days) > 1:
            first = sorted(days.values(), key=lambda p: (p["doc_id"], p["start"]))
            yield group_row(
                "contradicted", "document", told[0]["name"] or "", "other_date", [p["mention_id"] for p in first]
            )
        else:
            yield _told_alike("document", told[0]["name"] or "", told)


def _paper_key(paper: dict) -> str:
    """One key for one document: by number and symbol everywhere, else within its article."""
    if paper["number"] and paper["symbol"]:
        letters = "".join(c for c in search_form(paper["symbol"]) if c.isalnum())
        return f"{search_form(paper['type'] or '')}|{paper['number'].lstrip('0')}|{letters}|{paper['year'] or ''}"
    return str(paper["entity_id"])
