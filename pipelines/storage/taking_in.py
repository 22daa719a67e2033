"""The SQL by which a build takes in what was staged, and by which it counts that nothing was lost.

What lives here: the statements, in the order in which `build` runs them. Schema `run` holds what belongs to this run
only and is dropped before the publish. What does not: the definitions of the tables (see `warehouse/schema/`).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage import candidates
from pipelines.storage.connection import Row, literal, one

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What two articles of the same id and content, staged twice, come down to; and how each stands to what is known.
STAGED = """
CREATE OR REPLACE TABLE run.article AS
SELECT
    s.* EXCLUDE (filename), s.filename.parse_dirpath() AS folder,
    coalesce(p.input_hash, a.input_hash, s.sha256) AS input_hash, $judgement AS judgement,
    p.article_id IS NOT NULL AS is_present,
    CASE
        WHEN a.article_id IS NULL THEN 'new'
        WHEN a.content_hash = s.content_hash AND a.judgement = $judgement THEN 'same'
        ELSE 'replaced'
    END AS state
FROM run.staged_article AS s
LEFT JOIN core.article AS a ON a.article_id = s.article_id
LEFT JOIN run.present AS p ON p.article_id = s.article_id
WHERE s.extractor = $rules
QUALIFY row_number() OVER (PARTITION BY s.article_id ORDER BY p.raw_path = s.raw_path DESC NULLS LAST, s.filename) = 1
"""

_CHANGED = "SELECT article_id FROM run.article WHERE state <> 'same'"

#: What marts are kept up by: metric and place; where no metric is known, the label stands for it. Not the place alone,
#: or one article would show anew whatever is unmapped in its country.
SUBJECT = "metric, place, CASE WHEN metric IS NULL THEN label END AS label"
#: The subjects of an open build that were touched, each once.
ONCE = "CREATE OR REPLACE TABLE run.touched AS SELECT DISTINCT * FROM run.touched"

#: The first day that a publication date can mean: "2026" and "2026-06" are dates, too.
_REPORTED = (
    "coalesce(try_cast(left(a.published_at, 10) AS DATE), try_cast(left(a.published_at, 7) || '-01' AS DATE), "
    "try_cast(left(a.published_at, 4) || '-01-01' AS DATE))"
)

ACCEPT = (
    # What is replaced: its subjects are shown anew, and its first date of recording is kept.
    f"""
    CREATE OR REPLACE TEMP TABLE replaced AS
    SELECT observation_id, recorded_at, {SUBJECT}
    FROM core.observation
    WHERE article_id IN (SELECT article_id FROM run.article WHERE state = 'replaced')
    """,
    """
    CREATE OR REPLACE TEMP TABLE first_read AS
    SELECT article_id, recorded_at, story_id FROM core.article
    WHERE article_id IN (SELECT article_id FROM run.article)
    """,
    """
    CREATE OR REPLACE TABLE run.taken AS
    SELECT
        count(*) FILTER (WHERE q.observation_id IS NULL) AS accepted,
        count(q.observation_id) AS quarantined,
        (SELECT count(*) FROM run.ignored) AS ignored
    FROM run.observation AS o
    LEFT JOIN (SELECT DISTINCT observation_id FROM given) AS q ON q.observation_id = o.observation_id
    """,
    "DELETE FROM core.observation WHERE article_id IN (SELECT article_id FROM run.article WHERE state = 'replaced')",
    f"DELETE FROM audit.quarantine WHERE article_id IN ({_CHANGED})",
    "DELETE FROM audit.ignored WHERE article_id IN (SELECT article_id FROM run.article WHERE state = 'replaced')",
    "DELETE FROM core.article WHERE article_id IN (SELECT article_id FROM run.article)",
    f"""
    INSERT INTO core.article BY NAME
    SELECT
        a.article_id, a.document_id, a.title, a.publisher, a.published_at, {_REPORTED} AS reported_at, a.language,
        a.url, a.attribution, a.note, coalesce(a.story_id, f.story_id) AS story_id,
        a.signature, a.fetched_at, a.raw_path, a.sha256, a.input_hash, a.content_hash,
        a.judgement, a.is_present, a.reader, a.extractor, a.characters, a.candidates,
        coalesce(f.recorded_at, s.started_at) AS recorded_at
    FROM run.article AS a
    CROSS JOIN run.state AS s
    LEFT JOIN first_read AS f ON f.article_id = a.article_id
    """,
    f"""
    INSERT INTO core.observation BY NAME
    SELECT
        o.* REPLACE (
            try_cast(o.period_start AS DATE) AS period_start, try_cast(o.period_end AS DATE) AS period_end,
            o.dimensions::JSON AS dimensions, o.size::JSON AS size
        ),
        a.document_id, {_REPORTED} AS reported_at, coalesce(r.recorded_at, s.started_at) AS recorded_at
    FROM run.observation AS o
    INNER JOIN run.article AS a ON a.article_id = o.article_id
    CROSS JOIN run.state AS s
    LEFT JOIN replaced AS r ON r.observation_id = o.observation_id
    WHERE o.observation_id NOT IN (SELECT observation_id FROM given)
    ORDER BY o.metric, o.place, period_end, o.observation_id
    """,
    """
    INSERT INTO audit.quarantine
    SELECT
        g.observation_id, g."check", g.reason, o.article_id, o.quote, o.sentence, to_json(o), s.run_id, s.started_at
    FROM (SELECT DISTINCT * FROM given) AS g
    INNER JOIN run.observation AS o ON o.observation_id = g.observation_id
    CROSS JOIN run.state AS s
    """,
    'INSERT INTO audit.ignored SELECT article_id, "start", "end", quote, reason, rule FROM run.ignored',
    """
    DELETE FROM audit.flag
    WHERE observation_id IN (
        SELECT r.observation_id FROM replaced AS r
        ANTI JOIN (FROM run.observation WHERE observation_id NOT IN (SELECT observation_id FROM given)) AS o
            ON o.observation_id = r.observation_id
    )
    """,
    f"INSERT INTO run.touched SELECT metric, place, label FROM replaced UNION SELECT {SUBJECT} FROM run.observation",
)

#: A file that has gone keeps its facts; of two versions of a document, the one that lies in `raw/` is the newer.
PRESENCE = (
    # An article that is taken in was given its presence then.
    "DELETE FROM run.moved WHERE article_id IN (SELECT article_id FROM run.article)",
    "UPDATE core.article AS a SET is_present = m.is_present FROM run.moved AS m WHERE m.article_id = a.article_id",
)

VERSIONS = (
    """
    CREATE OR REPLACE TEMP TABLE ordered AS
    SELECT
        article_id, is_newest AS was_newest, version AS was_version, superseded_on AS was_superseded_on,
        row_number() OVER versions AS version,
        lead(article_id) OVER versions IS NULL AS is_newest,
        lead(coalesce(reported_at, recorded_at::DATE)) OVER versions AS superseded_on
    FROM core.article
    WHERE document_id IN (
        SELECT document_id FROM core.article
        WHERE article_id IN (SELECT article_id FROM run.article UNION ALL SELECT article_id FROM run.moved)
    )
    WINDOW versions AS (
        PARTITION BY document_id
        ORDER BY is_present, published_at NULLS FIRST, fetched_at NULLS FIRST, recorded_at, article_id
    )
    """,
    """
    UPDATE core.article AS a
    SET version = n.version, is_newest = n.is_newest, superseded_on = n.superseded_on
    FROM ordered AS n
    WHERE n.article_id = a.article_id AND (
        n.version <> n.was_version OR n.is_newest <> n.was_newest
        OR n.superseded_on IS DISTINCT FROM n.was_superseded_on
    )
    """,
    f"""
    INSERT INTO run.touched
    SELECT DISTINCT {SUBJECT} FROM core.observation
    WHERE article_id IN (SELECT article_id FROM ordered WHERE is_newest <> was_newest)
    """,
    ONCE,
)

#: Flags of what was judged make room for those of the new judgement. First which rows, then their columns.
FLAGS = (
    """
    CREATE OR REPLACE TEMP TABLE earlier AS
    SELECT f.observation_id, f."check", f.recorded_at
    FROM audit.flag AS f
    SEMI JOIN (
        SELECT observation_id FROM core.observation WHERE rowid IN (
            SELECT o.rowid FROM core.observation AS o SEMI JOIN judged AS j
                ON j.metric IS NOT DISTINCT FROM o.metric AND j.place IS NOT DISTINCT FROM o.place
        )
    ) AS o ON o.observation_id = f.observation_id
    WHERE f."check" NOT IN (SELECT "check" FROM of_article)
    UNION ALL
    SELECT f.observation_id, f."check", f.recorded_at
    FROM audit.flag AS f
    SEMI JOIN (
        SELECT observation_id FROM core.observation WHERE article_id IN (SELECT article_id FROM read_articles)
    ) AS o ON o.observation_id = f.observation_id
    WHERE f."check" IN (SELECT "check" FROM of_article)
    """,
    # Whoever loses or gains a flag is shown anew.
    f"""
    INSERT INTO run.touched
    SELECT {SUBJECT} FROM core.observation
    WHERE observation_id IN (SELECT observation_id FROM earlier UNION SELECT observation_id FROM given)
    """,
    ONCE,
    """
    DELETE FROM audit.flag AS f USING earlier AS e
    WHERE e.observation_id = f.observation_id AND e."check" = f."check"
    """,
    """
    INSERT INTO audit.flag
    SELECT
        g.observation_id, g."check", g.reason, g.evidence, g.proposed_value, g.confidence,
        coalesce(e.recorded_at, s.started_at)
    FROM given AS g
    CROSS JOIN run.state AS s
    LEFT JOIN earlier AS e ON e.observation_id = g.observation_id AND e."check" = g."check"
    WHERE NOT EXISTS (
        SELECT 1 FROM audit.flag AS f WHERE f.observation_id = g.observation_id AND f."check" = g."check"
    )
    """,
)

FAILURES = (
    """
    DELETE FROM audit.failure
    WHERE raw_path IN (SELECT raw_path FROM given UNION ALL SELECT raw_path FROM run.article)
        OR raw_path NOT IN (
            SELECT raw_path FROM run.present UNION ALL SELECT raw_path FROM core.article WHERE NOT is_present
        )
    """,
    """
    INSERT INTO audit.failure
    SELECT g.raw_path, g.input_hash, g.code, g.message, ?, s.run_id, s.started_at
    FROM given AS g
    CROSS JOIN run.state AS s
    """,
)

RUN = """
INSERT INTO audit.run
SELECT
    s.run_id, s.started_at, current_timestamp AT TIME ZONE 'UTC', s.rules, ?,
    count(*) FILTER (WHERE a.state = 'new'), count(*) FILTER (WHERE a.state = 'replaced'),
    count(*) FILTER (WHERE a.state = 'same'),
    (SELECT count(*) FROM audit.failure AS f WHERE f.run_id = s.run_id),
    (SELECT coalesce(sum(accepted), 0) FROM run.taken), (SELECT coalesce(sum(quarantined), 0) FROM run.taken),
    (SELECT coalesce(sum(ignored), 0) FROM run.taken), (SELECT count(*) FROM audit.flag)
FROM run.state AS s
LEFT JOIN run.article AS a ON true
GROUP BY s.run_id, s.started_at, s.rules
"""

#: The columns of the one row that `counts` gives, in the kinds that `connection.handed_in` knows.
COUNTED = {
    "table_name": "text",
    "unaccounted_candidates": "whole",
    "doubled_observations": "whole",
    "inexact_quotes": "whole",
    "orphan_observations": "whole",
    "orphan_flags": "whole",
    "undefined_metrics": "whole",
}

#: Every number of the chosen articles, in whichever of the three it ended.
_SPANS = """
    SELECT article_id, "start", "end", quote FROM counted_over
    UNION ALL
    SELECT article_id, (record->>'start')::INT, (record->>'end')::INT, quote
    FROM (SELECT DISTINCT ON (observation_id) * FROM audit.quarantine WHERE {chosen})
    UNION ALL
    SELECT article_id, "start", "end", quote FROM audit.ignored WHERE {chosen}
"""


def counts(con: "DuckDBPyConnection", is_full: bool, bodies: Path | None) -> Row:
    """What must be zero: over the articles of this run, or over the whole warehouse with `is_full`.

    Quotes are compared with the texts that were staged; with `is_full`, with the file of bodies where there is one.
    """
    chosen = "true" if is_full else f"article_id IN ({_CHANGED})"
    texts = []
    if one(con, "SELECT count(*) FROM duckdb_schemas() WHERE schema_name = 'run'"):  # an open build
        texts.append("SELECT article_id, text FROM run.staged_body")
    if is_full and bodies is not None:
        con.execute(f"ATTACH IF NOT EXISTS {literal(str(bodies))} AS bodies (READ_ONLY)")
        texts.append("SELECT article_id, text FROM bodies.body")
    text = " UNION ".join(texts) or "SELECT NULL::VARCHAR AS article_id, NULL::VARCHAR AS text"
    # One scan for the rows of a run; the whole is not copied.
    con.execute(
        f"CREATE OR REPLACE TEMP {'VIEW' if is_full else 'TABLE'} counted_over AS "
        f'SELECT observation_id, article_id, metric, "start", "end", quote FROM core.observation WHERE {chosen}'
    )
    queries = {
        "unaccounted_candidates": f"""
            SELECT coalesce(sum(abs(a.candidates - coalesce(c.accounted, 0))), 0)
            FROM (SELECT article_id, candidates FROM core.article WHERE {chosen}) AS a
            LEFT JOIN ({candidates.accounted(_SPANS.format(chosen=chosen))}) AS c ON c.article_id = a.article_id""",
        "doubled_observations": "SELECT count(*) - count(DISTINCT observation_id) FROM counted_over",
        "inexact_quotes": f"""
            SELECT count(*) FROM counted_over AS o JOIN ({text}) AS b ON b.article_id = o.article_id
            WHERE substring(b.text, o."start" + 1, o."end" - o."start") <> o.quote""",
        "orphan_observations": """
            SELECT count(*) FROM counted_over WHERE article_id NOT IN (SELECT article_id FROM core.article)""",
        "orphan_flags": """
            SELECT (SELECT count(*) FROM audit.flag) - count(DISTINCT f.rowid)
            FROM audit.flag AS f JOIN core.observation AS o ON o.observation_id = f.observation_id""",
        "undefined_metrics": """
            SELECT count(*) FROM counted_over
            WHERE metric IS NOT NULL AND metric NOT IN (SELECT metric FROM core.metric)""",
    }
    try:
        return {"table_name": "warehouse"} | {name: int(one(con, sql)) for name, sql in queries.items()}
    finally:
        con.execute(f"DROP {'VIEW' if is_full else 'TABLE'} temp.counted_over")
        if is_full and bodies is not None:
            con.execute("DETACH bodies")
