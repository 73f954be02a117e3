"""One event told by several articles: what each counts there, though it names day and place only once.

News of a fire or a raid opens with its day and place and then goes on counting: "Ngọn lửa thiêu rụi 32 ki-ốt." By itself the
sentence has neither, so the fact stands alone (facts.py). But where two articles open with one day and one place, their
figures of one subject are of one event: equal ones confirm each other, others contradict each other, or were counted at
another time where the articles came out on different days.

An event is the one day and a place below the province in one sentence; what follows it in the article, and tells no other
day or place, is of it, for so many sentences as a paragraph or two have.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from helpers.analysis.bounds import Said, can_agree
from helpers.analysis.facts import AMOUNTS, DEFINITE, LARGE
from helpers.analysis.groups import group_row
from helpers.analysis.retelling import tell_alike
from helpers.database import Database, rows_of

#: sentences after that of day and place which are still of the event
REACH = 6
#: articles of one day and place; more are no one event, but a day of elections or a storm
MAX_ARTICLES = 12

# What stands with one full day and one line of places in a sentence, where other texts have the same day and place.
_EVENTS = f"""
CREATE OR REPLACE TEMP TABLE events AS
WITH days AS (
    SELECT m.sent_id, any_value(m.doc_id) AS doc_id, any_value(d.value) AS day FROM dates d JOIN mentions m USING (mention_id)
    WHERE m.sent_id IS NOT NULL AND length(d.value) = 10 GROUP BY m.sent_id HAVING count(DISTINCT d.value) = 1
), spots AS (
    SELECT DISTINCT d.doc_id, d.sent_id, d.day, p.place_id, p.level FROM days d JOIN mentions m ON m.sent_id = d.sent_id
    JOIN places p USING (mention_id)
    WHERE p.place_id IS NOT NULL AND p.level IN ('district', 'commune', 'village', 'street', 'site')
), shared AS (
    SELECT day, place_id FROM spots JOIN texts USING (doc_id) GROUP BY day, place_id
    HAVING count(DISTINCT text_id) > 1 AND count(DISTINCT doc_id) <= {MAX_ARTICLES}
)
SELECT s.doc_id, s.sent_id, s.day, s.place_id, s.level, n.start, n.paragraph, p.role
FROM spots s SEMI JOIN shared USING (day, place_id) JOIN sentences n ON n.sent_id = s.sent_id
JOIN paragraphs p ON p.doc_id = n.doc_id AND p.paragraph = n.paragraph WHERE p.role NOT IN ('header', 'byline')
"""

# The figures behind such a sentence, or in it, that tell no other day or place.
_TOLD = f"""
WITH places_named AS (
    SELECT sent_id, list(place_id) AS named FROM (SELECT DISTINCT m.sent_id, p.place_id FROM places p JOIN mentions m USING (mention_id)
        SEMI JOIN events USING (doc_id) WHERE p.place_id IS NOT NULL) GROUP BY sent_id
), last_day AS (
    SELECT m.doc_id, n.start, max(d.value) AS day FROM dates d JOIN mentions m USING (mention_id) JOIN sentences n USING (sent_id)
    SEMI JOIN events e ON e.doc_id = m.doc_id WHERE length(d.value) = 10 GROUP BY m.doc_id, n.start
), openings AS (
    SELECT DISTINCT doc_id, sent_id, start FROM events
), figures AS (  -- the number of a sentence ends its id
    SELECT g.*, n.start AS sent_start, n.text AS sentence, split_part(g.sent_id, ':', -1)::INT AS i
    FROM grouped g JOIN sentences n USING (sent_id)
    WHERE g.doc_id IN (SELECT doc_id FROM events) AND (g.period IS NULL OR length(g.period) = 10) AND g.n_words >= {DEFINITE - 1}
), of_event AS (
    SELECT f.*, o.sent_id AS event_id FROM figures f ASOF JOIN openings o
    ON f.doc_id = o.doc_id AND f.sent_start >= o.start
)
SELECT e.day, e.place_id, e.level, f.topic, f.doc_id, f.start, f.mention_id, f.n_words, t.text_id, a.published, c.fact_id,
    c.fact_key, c.kind, c.aspect, c.subject, q.value, q.value_high, q.qualifier, f.sentence, f.start - f.sent_start AS at,
    regexp_matches(q.subject_key, '(^| )(chết|bị thương|mất tích)$') AS is_outcome
FROM of_event f JOIN events e ON e.sent_id = f.event_id
JOIN quantities q USING (mention_id) JOIN mentions m USING (mention_id) JOIN facts c ON c.fact_key = f.fact_key
JOIN texts t ON t.doc_id = f.doc_id JOIN articles a ON a.doc_id = f.doc_id
LEFT JOIN places_named w ON w.sent_id = f.event_id
ASOF LEFT JOIN last_day l ON l.doc_id = f.doc_id AND f.sent_start >= l.start
WHERE f.i - split_part(f.event_id, ':', -1)::INT <= {REACH} AND coalesce(l.day, e.day) = e.day AND coalesce(f.period, e.day) = e.day
AND (f.place_id IS NULL OR list_contains(w.named, f.place_id)) AND q.mode = 'done' AND coalesce(q.aspect, 'count') = 'count'
AND (m.kind IN ('count', 'money') OR (m.kind = 'measure' AND q.dimension IN {AMOUNTS}))
ORDER BY e.day, e.place_id, f.topic, f.doc_id, f.start
"""


def event_groups(db: Database) -> Iterator[tuple[dict, list[int]]]:
    """Groups for table `agreements` about figures of shared events, with the keys of their facts.

    Needs what `group_facts` made, and articles, paragraphs, sentences, mentions, quantities, dates and places.
    """
    db.execute(_EVENTS)
    seen: set[tuple[str, ...]] = set()
    for _, cell in groupby(rows_of(db, _TOLD), key=lambda s: (s["day"], s["place_id"], s["topic"])):
        sayings = list(cell)
        group = _compare(sayings)
        if (
            group and (key := tuple(sorted(group["mention_ids"]))) not in seen
        ):  # a commune and its district are one event
            seen.add(key)
            yield group, [s["fact_key"] for s in sayings]


def _compare(sayings: list[dict]) -> dict | None:
    """The group of what each article says of one subject, once; None where an article says two things, or only one text does."""
    by_article = {doc_id: list(own) for doc_id, own in groupby(sayings, key=lambda s: s["doc_id"])}
    if any(len({_value(s) for s in own}) > 1 for own in by_article.values()):
        return None
    first = [own[0] for own in by_article.values()]
    if len({s["text_id"] for s in first}) < 2 or len({s["fact_key"] for s in first}) < 2:
        return None  # one text, or known as one fact already
    ids, facts = [s["mention_id"] for s in first], [s["fact_id"] for s in first]
    subject, n = first[0]["subject"], len({s["text_id"] for s in first})
    if len({_value(s) for s in first}) == 1:
        return (
            group_row("confirmed", "figure", subject, "same_event", ids, facts, n=n) if _is_told_well(first) else None
        )
    if all(can_agree(_said(a), _said(b)) for a, b in combinations(first, 2)) or not _is_of_one_thing(first):
        return None
    days = {s["published"] for s in first}
    if len(days) > 1:
        return group_row("incomparable", "figure", subject, "other_count", ids, facts)
    return group_row("contradicted", "figure", subject, "other_value_of_event", ids, facts, n_articles=len(first))


def _value(saying: dict) -> tuple:
    return saying["value"], saying["value_high"], saying["qualifier"]


def _said(saying: dict) -> Said:
    return Said(saying["value"], saying["value_high"], saying["qualifier"])


def _is_told_well(sayings: list[dict]) -> bool:
    """Whether an equal number is no chance: a definite subject, a large number, or a place smaller than a district."""
    one = sayings[0]
    return one["n_words"] >= DEFINITE or one["value"] >= LARGE or one["level"] != "district"


def _is_of_one_thing(sayings: list[dict]) -> bool:
    """Whether different numbers can only be of one thing: its subject is definite and the place small, or sentences are alike."""
    one = sayings[0]
    is_small = one["level"] != "district"
    return (is_small and (one["n_words"] >= DEFINITE or one["is_outcome"])) or tell_alike(sayings)
