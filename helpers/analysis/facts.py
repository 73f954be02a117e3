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
#: a value from which two words are enough: "187 đối tượng truy nã"; from which one is: no two numbers of a place and a
#: period are "312 vụ" by chance
LARGE, TELLING = 10, 100

# The dead and hurt are of what the sentence counts before them: "312 vụ tai nạn giao thông, làm chết 145 người".
_OUTCOMES = """
CREATE OR REPLACE TEMP TABLE outcomes AS
WITH counted AS (
    SELECT q.mention_id, q.subject_key, m.sent_id, m.start, regexp_matches(q.subject_key, '(^| )(chết|bị thương|mất tích)$') AS is_outcome
    FROM quantities q JOIN mentions m USING (mention_id)
    WHERE m.kind = 'count' AND m.sent_id IS NOT NULL
    AND regexp_matches(q.subject_key, '^(vụ|trận|cơn|đợt) .|(^| )(chết|bị thương|mất tích)$')
)
SELECT o.mention_id, e.subject_key AS event
FROM counted o ASOF JOIN (FROM counted WHERE NOT is_outcome) e ON o.sent_id = e.sent_id AND o.start > e.start
WHERE o.is_outcome
"""

# One row a figure, narrow: what it says is in its hashes until facts are known. A place that only title or lead suggest is no
# stated one; a period is, as it stands at the head of its section.
_STATED = f"""
CREATE OR REPLACE TEMP TABLE stated AS
SELECT q.mention_id, m.doc_id, m.start, m.sent_id, m.strength, coalesce(p.role, 'body') AS role, q.voice, q.whole_id, q.place_id,
    q.period, CASE WHEN list_contains(m.inferred, 'place_id') THEN NULL ELSE q.place_id END AS stated_place,
    list_contains(m.inferred, 'period') AS is_frame, len(m.inferred) AS n_inferred,
    concat_ws(' ', q.subject_key, o.event) AS of_what, len(string_split(of_what, ' ')) AS subject_words, subject_words AS n_words,
    (subject_words >= {DEFINITE} OR (subject_words = {DEFINITE} - 1 AND q.value >= {LARGE}) OR m.kind = 'money'
        OR (m.kind = 'count' AND q.value >= {TELLING}))
        AND (m.kind <> 'measure' OR coalesce(q.dimension, '') IN {AMOUNTS}) AS is_definite,
    hash(m.kind, of_what, IF(m.kind = 'count', q.unit_id, coalesce(q.unit_id, q.unit)), q.direction, q.aspect, q.mode) AS topic,
    hash(topic, q.value, q.value_high, q.qualifier) AS statement, hash(statement, m.doc_id) AS core
FROM quantities q JOIN mentions m USING (mention_id)
LEFT JOIN outcomes o USING (mention_id)
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
_GROUPED = """
CREATE OR REPLACE TEMP TABLE grouped AS
WITH placed AS (
    SELECT s.*, coalesce(j.full_place, s.stated_place) AS group_place, coalesce(j.full_period, s.period) AS group_period,
        j.core IS NOT NULL AS is_joined, hash(s.core, group_place, group_period) AS own_id
    FROM stated s LEFT JOIN joined j ON j.core = s.core
    AND j.place IS NOT DISTINCT FROM s.stated_place AND j.period IS NOT DISTINCT FROM s.period
), places AS (
    SELECT own_id, min_by(place_id, (stated_place IS NULL, start)) AS place FROM placed
    WHERE place_id IS NOT NULL GROUP BY own_id
)
SELECT p.* EXCLUDE (stated_place, group_place), f.place AS fact_place, CASE
    WHEN is_definite AND fact_place IS NOT NULL AND group_period IS NOT NULL THEN hash(statement, fact_place, group_period)
    ELSE own_id END AS fact_key
FROM placed p LEFT JOIN places f USING (own_id)
"""

# Most facts are told once: only those told again are put together, the one that states most itself speaking for all.
_TOLD = """
CREATE OR REPLACE TEMP TABLE told_facts AS
WITH again AS (
    SELECT fact_key FROM grouped GROUP BY fact_key HAVING count(*) > 1
), told AS (
    SELECT g.*, t.text_id, row_number() OVER (PARTITION BY fact_key ORDER BY n_inferred, g.doc_id, g.start) AS i
    FROM grouped g SEMI JOIN again USING (fact_key) JOIN texts t USING (doc_id)
), together AS (
    SELECT fact_key, count(*) AS n_mentions, count(DISTINCT doc_id) AS n_articles, count(DISTINCT text_id) AS n_texts,
        min(CASE voice WHEN 'newspaper' THEN 0 WHEN 'speaker' THEN 1 ELSE 2 END) AS voices,
        list(mention_id ORDER BY doc_id, start) AS mention_ids,
        coalesce(list(mention_id ORDER BY doc_id, start) FILTER (WHERE is_joined), []) AS joined
    FROM told GROUP BY fact_key
)
SELECT fact_key, topic, n_words, mention_id, doc_id, start, group_period, fact_place, t.n_mentions, t.n_articles, t.n_texts,
    t.mention_ids, t.joined,
    CASE WHEN b.voice = 'speaker' THEN 'speaker' ELSE ['newspaper', 'speaker', 'caption'][t.voices + 1] END AS fact_voice
FROM told b JOIN together t USING (fact_key) WHERE b.i = 1
UNION ALL
SELECT fact_key, topic, n_words, mention_id, doc_id, start, group_period, fact_place, 1, 1, 1, [mention_id],
    CASE WHEN is_joined THEN [mention_id] ELSE [] END, voice
FROM grouped ANTI JOIN again USING (fact_key)
"""

_FACTS = """
CREATE OR REPLACE TEMP TABLE facts AS
SELECT 'fact:' || f.mention_id AS fact_id, m.kind,
    coalesce(q.counted, q.unit, '') || IF(contains(q.subject_key, ' ') AND NOT contains(coalesce(q.counted, q.unit, ''), ' ') AND q.action IS NOT NULL, -- so many "người (làm chết)"
        ' (' || q.action || ')', '') AS subject, q.subject_key, q.action, q.value,
    q.value_high, q.unit, q.unit_id, coalesce(q.unit_id, q.unit) AS unit_key, q.dimension, f.n_words, q.qualifier, q.direction,
    q.base, q.aspect, q.mode, f.fact_voice AS voice, q.speaker, f.group_period AS period, f.fact_place AS place_id, f.n_mentions,
    f.n_articles, f.n_texts,
    CASE WHEN f.n_texts > 1 THEN 'confirmed' WHEN f.n_mentions > 1 THEN 'repeated' ELSE 'single' END AS agreement,
    f.mention_ids, f.joined, f.doc_id, f.start, f.fact_key, f.topic
FROM told_facts f JOIN quantities q USING (mention_id) JOIN mentions m USING (mention_id)
"""


def group_facts(db: Database) -> None:
    """Makes tables `texts`, `grouped` (one row a figure) and `facts`; `agreement` is single, repeated or confirmed.

    Needs articles, paragraphs, sentences, mentions and quantities.
    """
    find_reprints(db)
    for step in (_OUTCOMES, _STATED, _JOINED, _GROUPED, _TOLD, _FACTS):
        db.execute(step)
