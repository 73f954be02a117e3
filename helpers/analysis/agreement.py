"""Agreement of figures: what articles say again, confirm, contradict, or say of something that can't be compared.

A group is about one subject. `repeated`: again in the same article or its reprint. `confirmed`: by an independent article.
`contradicted`: another value for the same subject, place and period; a part greater than its whole. `incomparable`: another
place or period, or one of them untold. `reason` is a code; present/wording has it in words, with `values`.

Two values are a contradiction only where nothing else explains them: a list (two values in one sentence), a subject of
which an article tells many values, a bound or a rounding that allows both, `mỗi` before one of them, a cut-off that moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

import regex

from helpers.analysis.bounds import Said, can_agree
from helpers.analysis.changes import misfits, told_changes
from helpers.analysis.events import event_groups
from helpers.analysis.facts import AMOUNTS, DEFINITE
from helpers.analysis.groups import COLUMNS, MAX_LISTED, add_groups, group_row
from helpers.analysis.retelling import tell_alike
from helpers.database import Database, put_rows, rows_of

#: in a subject: it is of one person, and no total of an article's
OF_ONE = ["tù", "tuổi"]
_OPENING = frozenset(("header", "lead", "caption", "pullquote"))
_EACH = regex.compile(r"\b(?:mỗi|từng|bình quân|trung bình)\b[^.;]{0,60}$")
_PLANNED = regex.compile(r"kế hoạch|chỉ tiêu|được giao|nghị quyết|\bNQ\b|\bKH\b|dự toán")

# One row for each fact and article that states it, of subjects with more than one fact. What an article leaves open of
# place, or of a period at the head of a section, is what it tells of the subject elsewhere, if that is one thing.
_SAYINGS = f"""
CREATE OR REPLACE TEMP TABLE sayings AS
WITH topical AS (
    SELECT topic, fact_key, place_id, period, n_mentions FROM facts
    WHERE n_words >= {DEFINITE - 1} AND kind <> 'rank' AND (kind <> 'measure' OR dimension IN {(*AMOUNTS, "time")}) AND NOT list_has_any(string_split(subject_key, ' '), {OF_ONE})
), shared AS (
    SELECT * FROM topical SEMI JOIN (SELECT topic FROM topical GROUP BY topic HAVING count(*) > 1) USING (topic)
), told AS (
    SELECT t.topic, t.fact_key, g.doc_id, g.start, g.mention_id, t.place_id AS place, t.period, g.is_frame
    FROM shared t JOIN grouped g USING (fact_key) WHERE t.n_mentions = 1
    UNION ALL
    SELECT t.topic, t.fact_key, g.doc_id, min(g.start), min_by(g.mention_id, g.start), any_value(t.place_id), any_value(t.period),
        bool_and(g.is_frame)
    FROM shared t JOIN grouped g USING (fact_key) WHERE t.n_mentions > 1 GROUP BY t.topic, t.fact_key, g.doc_id
), known AS (
    SELECT topic, doc_id, CASE WHEN count(DISTINCT place) = 1 THEN any_value(place) END AS place,
        CASE WHEN count(DISTINCT period) = 1 AND bool_or(is_frame) THEN any_value(period) END AS period
    FROM told GROUP BY topic, doc_id
)
SELECT t.* EXCLUDE (place, period), coalesce(t.place, k.place) AS place, coalesce(t.period, k.period) AS period
FROM told t JOIN known k USING (topic, doc_id)
"""

# The sayings of one subject, place and period that tell several values.
_TORN = """
WITH cells AS (
    SELECT s.topic, s.place, s.period FROM sayings s JOIN facts USING (fact_key)
    GROUP BY s.topic, s.place, s.period HAVING count(DISTINCT (value, value_high, qualifier)) > 1
), said AS (
    SELECT fact_key, doc_id, list(DISTINCT role) AS roles, list(DISTINCT sent_id) AS sent_ids, min_by(sent_id, start) AS sent_id
    FROM grouped SEMI JOIN (SELECT s.fact_key FROM sayings s SEMI JOIN cells c ON s.topic = c.topic) USING (fact_key)
    GROUP BY fact_key, doc_id
)
SELECT s.topic, s.place, s.period, s.doc_id, s.start, s.mention_id, g.roles, g.sent_ids, f.fact_key, f.fact_id, f.kind, f.aspect,
    f.subject, f.n_words, f.value, f.value_high, f.qualifier, a.published, n.text AS sentence, s.start - n.start AS at
FROM cells c JOIN sayings s ON s.topic = c.topic AND s.place IS NOT DISTINCT FROM c.place
    AND s.period IS NOT DISTINCT FROM c.period
JOIN facts f USING (fact_key) JOIN articles a ON a.doc_id = s.doc_id
JOIN said g ON g.fact_key = s.fact_key AND g.doc_id = s.doc_id LEFT JOIN sentences n ON n.sent_id = g.sent_id
ORDER BY s.topic, s.place, s.period, s.doc_id, s.start
"""

_INCOMPARABLE = f"""
WITH rest AS (
    SELECT s.*, f.fact_id, f.subject, f.value, f.value_high
    FROM sayings s JOIN facts f USING (fact_key) WHERE f.n_words >= {DEFINITE} AND fact_key NOT IN (SELECT fact_key FROM torn)
), topics AS (
    SELECT topic, count(DISTINCT place) AS n_places, count(DISTINCT period) AS n_periods, bool_or(place IS NULL) AS no_place,
        bool_or(period IS NULL) AS no_period, count(DISTINCT (value, value_high)) AS n_values
    FROM rest GROUP BY topic HAVING count(DISTINCT fact_key) > 1
), reasons AS (
    SELECT topic, CASE
        WHEN n_values = 1 AND n_places > 1 THEN 'same_value_other_place'
        WHEN n_places > 1 AND n_periods > 1 THEN 'other_place_and_period'
        WHEN n_places > 1 THEN 'other_place'
        WHEN n_periods > 1 THEN 'other_period'
        WHEN no_place THEN 'place_untold'
        WHEN no_period THEN 'period_untold' END AS reason
    FROM topics
), listed AS (
    SELECT *, row_number() OVER (PARTITION BY topic ORDER BY doc_id, start) AS i, count(*) OVER (PARTITION BY topic) AS n
    FROM rest JOIN reasons USING (topic) WHERE reason IS NOT NULL
)
INSERT INTO agreements BY NAME
SELECT 'incomparable:figure:' || min_by(mention_id, i) AS agreement_id, 'incomparable' AS agreement, 'figure' AS about,
    min_by(subject, i) AS subject, any_value(reason) AS reason, '{{}}' AS "values", list(DISTINCT fact_id ORDER BY fact_id) AS fact_ids,
    any_value(n) AS n_mentions, list(mention_id ORDER BY i) AS mention_ids
FROM listed WHERE i <= {MAX_LISTED} GROUP BY topic
"""

# Facts with more than one mention: repeated or confirmed.
_SAID_AGAIN = f"""
INSERT INTO agreements BY NAME
SELECT agreement || ':figure:' || mention_ids[1] AS agreement_id, agreement, 'figure' AS about, subject,
    CASE WHEN n_texts > 1 THEN 'independent_articles' WHEN n_articles > 1 THEN 'reprint' ELSE 'same_article' END AS reason,
    '{{"n": ' || n_texts || '}}' AS "values", [fact_id] AS fact_ids, n_mentions, mention_ids[:{MAX_LISTED}] AS mention_ids
FROM facts WHERE n_mentions > 1
"""


def find_agreements(db: Database) -> None:
    """Makes table `agreements` of the groups of figures. Needs what `group_facts` made, and `sentences`."""
    db.execute(_SAYINGS)
    torn = [*_torn(db), *event_groups(db), *misfits(told_changes(db))]
    put_rows(db, "torn", {"fact_key": "key"}, [(key,) for _, keys in torn for key in keys])
    put_rows(db, "agreements", COLUMNS, [])
    db.execute(_SAID_AGAIN)
    add_groups(db, [*_parts(db), *(group for group, _ in torn)])
    db.execute(_INCOMPARABLE)


def _parts(db: Database) -> Iterator[dict]:
    """Parts greater than their whole: `13/11 tổ dân phố`; `15 đối tượng, trong đó 18 …`. A plan may be exceeded."""
    ratios = rows_of(
        db,
        """
        SELECT f.fact_id, f.subject, f.value AS part, f.value_high AS whole, f.mention_ids, s.text FROM facts f
        JOIN grouped g USING (fact_key) LEFT JOIN sentences s USING (sent_id)
        WHERE f.kind = 'ratio' AND f.aspect = 'share' AND f.value_high > 0 AND f.value > f.value_high
        AND NOT (f.value <= 31 AND f.value_high <= 12 AND regexp_matches(f.subject, '^(thành phố|tỉnh|huyện|thị xã|quận|phường|xã|thị trấn) \\p{Lu}'))  -- "quảng trường 19/8 Yên Bái"
        AND g.strength = 3 AND f.dimension IS NULL AND f.n_words > 0 AND NOT (f.value BETWEEN 1900 AND 2100)
        ORDER BY f.doc_id, f.start
    """,
    )
    parts = rows_of(
        db,
        """
        SELECT w.fact_id AS whole_fact, p.fact_id, p.subject, p.value AS part, w.value AS whole,
            [gw.mention_id, gp.mention_id] AS mention_ids, s.text
        FROM grouped gp JOIN grouped gw ON gw.mention_id = gp.whole_id
        JOIN facts p ON p.fact_key = gp.fact_key JOIN facts w ON w.fact_key = gw.fact_key
        LEFT JOIN sentences s ON s.sent_id = gp.sent_id
        WHERE p.n_words > 0 AND p.kind = w.kind AND w.value > 1 AND (p.unit_key = w.unit_key OR (p.kind = 'count' AND p.subject_key <> ''
            AND split_part(p.subject_key, ' ', 1) = split_part(w.subject_key, ' ', 1))) AND p.aspect = 'count' AND w.aspect = 'count'
        AND p.direction = w.direction AND p.value > w.value AND NOT (p.value BETWEEN 1900 AND 2100) AND w.qualifier IN ('exact', 'less_than', 'at_most')
        AND w.value_high IS NULL AND p.qualifier IN ('exact', 'more_than', 'at_least') ORDER BY p.doc_id, p.start
    """,
    )
    seen: set[str] = set()
    for row in [*ratios, *parts]:
        if row["fact_id"] in seen or _PLANNED.search(row["text"] or ""):
            continue
        seen.add(row["fact_id"])
        facts = [f for f in (row.get("whole_fact"), row["fact_id"]) if f]
        yield group_row("contradicted", "part", row["subject"], "part_above_whole", row["mention_ids"], facts,
                        part=row["part"], whole=row["whole"])  # fmt: skip


def _torn(db: Database) -> Iterator[tuple[dict, list[int]]]:
    """The contradictions among sayings of one subject, place and period, with the keys of their facts."""
    rows = rows_of(db, _TORN)
    for (_, place, period), cell in groupby(rows, key=lambda s: (s["topic"], s["place"], s["period"])):
        sayings = list(cell)
        found: dict[int, dict] = {}
        for _, own in groupby(sayings, key=lambda s: s["doc_id"]):
            found |= {id(s): s for s in _torn_within(list(own))}
        if place and period and sayings[0]["n_words"] >= DEFINITE:
            found |= {id(s): s for s in _torn_across(sayings)}
        if found:
            torn = sorted(found.values(), key=lambda s: (s["doc_id"], s["start"]))
            yield (
                group_row(
                    "contradicted", "figure", torn[0]["subject"], "other_value", [s["mention_id"] for s in torn],
                    [s["fact_id"] for s in torn], n_articles=len({s["doc_id"] for s in torn}),
                ),
                [s["fact_key"] for s in torn],
            )  # fmt: skip


def _torn_within(own: list[dict]) -> list[dict]:
    """The sayings of one article, of one place and period, that can't all be true; empty if they can."""
    if len(own) < 2 or _is_list(own) or not _differ(own):
        return []
    opening = [s for s in own if not _OPENING.isdisjoint(s["roles"])]
    running = [s for s in own if not _OPENING.issuperset(s["roles"])]
    if len(own) > 2 or not (len(opening) == len(running) == 1 or own[0]["n_words"] >= DEFINITE):
        return []  # one subject, many values: they are of many things
    return own if tell_alike(own) else []


def _torn_across(sayings: list[dict]) -> list[dict]:
    """The sayings of several articles that can't all be true: each gives the subject one value, at one time."""
    by_article = {doc_id: list(own) for doc_id, own in groupby(sayings, key=lambda s: s["doc_id"])}
    single = [own[0] for own in by_article.values() if len(own) == 1]
    if len(single) < 2 or not _differ(single) or _is_open(single) or not tell_alike(single):
        return []
    return single


def _is_open(sayings: list[dict]) -> bool:
    """Whether the period was not over when the articles came out, and they came out in different months."""
    months = {str(s["published"] or "")[:7] for s in sayings}
    period = str(sayings[0]["period"]).split("/")[-1]
    return len(months) > 1 and any(not month or month[: len(period)] <= period[: len(month)] for month in months)


def _differ(sayings: list[dict]) -> bool:
    """Whether no value fits two of the sayings; not where one is each one's, or an average."""
    if any(_EACH.search(str(s["sentence"] or "").lower(), 0, s["at"] or 0) for s in sayings):
        return False
    said = [Said(s["value"], s["value_high"], s["qualifier"]) for s in sayings]
    return any(not can_agree(a, b) for a, b in combinations(said, 2))


def _is_list(sayings: list[dict]) -> bool:
    """Whether two of the values stand in one sentence: of many things."""
    sentences = [sent_id for s in sayings for sent_id in s["sent_ids"]]
    return len(set(sentences)) < len(sentences)
