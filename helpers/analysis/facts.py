"""Facts: all mentions that state the same thing, with their sources.

Mentions state the same when subject, kind, value, unit, qualifier, direction, aspect, mode, place and period agree. Within
one article a mention that leaves place or period open joins the one group that fits it, if there is exactly one; the fact
lists it in `joined`. Across articles facts are one only where both tell place and period, and count something more
definite than `người` or `vụ`. Tasks, aims, shares and changes are facts of their own kind, never of results.
"""

from __future__ import annotations

from helpers.analysis.reprints import find_reprints
from helpers.database import Database

#: words of a subject from which it is definite enough to be known again in another article
DEFINITE = 3
#: measures of how much there is of a thing; others are properties, which many things share: a line of 500 kV
AMOUNTS = ("mass", "area", "volume", "length")
#: a value from which two words are enough: "187 đối tượng truy nã"
LARGE = 10

# One row a figure. A place that only title or lead suggest is no stated one; a period is, as it stands at the head of its
# section.
_STATED = """
CREATE OR REPLACE TEMP TABLE stated AS
SELECT q.*, m.doc_id, m.start, m.kind, m.sent_id, m.inferred, m.strength, coalesce(p.role, 'body') AS role,
    coalesce(q.counted, q.unit, '') AS subject, coalesce(q.unit_id, q.unit) AS unit_key,
    len(string_split(q.subject_key, ' ')) AS n_words,
    CASE WHEN list_contains(m.inferred, 'place_id') THEN NULL ELSE q.place_id END AS stated_place,
    hash(m.doc_id, m.kind, q.subject_key, coalesce(q.unit_id, q.unit), q.value, q.value_high, q.qualifier, q.direction,
         q.aspect, q.mode) AS core
FROM quantities q JOIN mentions m USING (mention_id)
LEFT JOIN sentences s ON s.sent_id = m.sent_id
LEFT JOIN paragraphs p ON p.doc_id = s.doc_id AND p.paragraph = s.paragraph
"""

# What is said with an open place or period joins the one fuller saying that fits. A pair is full if none fits that says
# more.
_JOINED = """
CREATE OR REPLACE TEMP TABLE joined AS
WITH pairs AS (
    SELECT DISTINCT core, stated_place AS place, period FROM stated
    WHERE core IN (SELECT core FROM stated GROUP BY core HAVING count(*) > 1)
), fuller AS (
    SELECT a.core, a.place, a.period, b.place AS full_place, b.period AS full_period
    FROM pairs a JOIN pairs b ON a.core = b.core
    WHERE (a.place IS NULL OR a.place = b.place) AND (a.period IS NULL OR a.period = b.period)
    AND ((a.place IS NULL AND b.place IS NOT NULL) OR (a.period IS NULL AND b.period IS NOT NULL))
), fullest AS (
    SELECT f.* FROM fuller f WHERE NOT EXISTS (
        SELECT 1 FROM fuller g WHERE g.core = f.core
        AND g.place IS NOT DISTINCT FROM f.full_place AND g.period IS NOT DISTINCT FROM f.full_period)
)
SELECT core, place, period, any_value(full_place) AS full_place, any_value(full_period) AS full_period
FROM fullest GROUP BY core, place, period HAVING count(*) = 1
"""

# What one article states, first by itself, then with what other articles state alike.
_GROUPED = f"""
CREATE OR REPLACE TEMP TABLE grouped AS
WITH placed AS (
    SELECT s.*, coalesce(j.full_place, s.stated_place) AS group_place, coalesce(j.full_period, s.period) AS group_period,
        j.core IS NOT NULL AS is_joined
    FROM stated s LEFT JOIN joined j ON j.core = s.core
    AND j.place IS NOT DISTINCT FROM s.stated_place AND j.period IS NOT DISTINCT FROM s.period
), own AS (
    SELECT *, hash(core, group_place, group_period) AS own_id,
        first_value(place_id) OVER (PARTITION BY core, group_place, group_period
                                    ORDER BY (stated_place IS NULL), (place_id IS NULL), start) AS fact_place
    FROM placed
)
SELECT *, CASE
    WHEN fact_place IS NOT NULL AND group_period IS NOT NULL AND (kind <> 'measure' OR dimension IN {AMOUNTS})
        AND (n_words >= {DEFINITE} OR (n_words = {DEFINITE} - 1 AND value >= {LARGE}))
    THEN hash(kind, subject_key, unit_key, value, value_high, qualifier, direction, aspect, mode, fact_place, group_period)
    ELSE own_id END AS fact_key
FROM own
"""

# Most facts are told once: only those told again are put together, the one that states most itself speaking for all.
_FACTS = """
CREATE OR REPLACE TEMP TABLE facts AS
WITH again AS (
    SELECT fact_key FROM grouped GROUP BY fact_key HAVING count(*) > 1
), told AS (
    SELECT g.*, t.text_id, row_number() OVER (PARTITION BY fact_key ORDER BY len(g.inferred), g.doc_id, g.start) AS i
    FROM grouped g SEMI JOIN again USING (fact_key) JOIN texts t USING (doc_id)
), together AS (
    SELECT fact_key, count(*) AS n_mentions, count(DISTINCT doc_id) AS n_articles, count(DISTINCT text_id) AS n_texts,
        min(CASE voice WHEN 'newspaper' THEN 0 WHEN 'speaker' THEN 1 ELSE 2 END) AS voices,
        list(mention_id ORDER BY doc_id, start) AS mention_ids,
        coalesce(list(mention_id ORDER BY doc_id, start) FILTER (WHERE is_joined), []) AS joined
    FROM told GROUP BY fact_key
), best AS (
    SELECT b.* EXCLUDE (text_id, i), t.n_mentions, t.n_articles, t.n_texts, t.mention_ids, t.joined,
        CASE WHEN b.voice = 'speaker' THEN 'speaker' ELSE ['newspaper', 'speaker', 'caption'][t.voices + 1] END AS fact_voice
    FROM told b JOIN together t USING (fact_key) WHERE b.i = 1
    UNION ALL
    SELECT *, 1, 1, 1, [mention_id], CASE WHEN is_joined THEN [mention_id] ELSE [] END, voice
    FROM grouped ANTI JOIN again USING (fact_key)
)
SELECT 'fact:' || mention_id AS fact_id, kind, subject, subject_key, action, value, value_high, unit, unit_id, unit_key, dimension,
    base_value, n_words, qualifier, direction, base, aspect, mode, fact_voice AS voice, speaker, group_period AS period,
    fact_place AS place_id, n_mentions, n_articles, n_texts, whole_id,
    CASE WHEN n_texts > 1 THEN 'confirmed' WHEN n_mentions > 1 THEN 'repeated' ELSE 'single' END AS agreement,
    mention_ids, joined, doc_id, start, fact_key
FROM best
"""


def group_facts(db: Database) -> None:
    """Makes tables `texts`, `grouped` (one row a figure) and `facts`; `agreement` is single, repeated or confirmed.

    Needs articles, paragraphs, sentences, mentions and quantities.
    """
    find_reprints(db)
    for step in (_STATED, _JOINED, _GROUPED, _FACTS):
        db.execute(step)
