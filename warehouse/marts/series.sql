-- grain: one row per series key and unit of comparison
-- made as: table
-- reads: statement
-- What the sources together say. Every witness (an article, or a story with its syndicated copies) has one voice: its
-- newest statement. The consensus is the interval that most finite statements share; statements open to one side
-- ("exceeded") build none, but can veto it. Doubted values have a voice only where nobody else speaks, and what its
-- issuer has revised has none (see mart.revision).
WITH usable AS (
    SELECT *
    FROM (
        SELECT *, is_doubted AND NOT bool_and(is_doubted) OVER (PARTITION BY series_key, compared_in) AS is_silent
        FROM statement
        WHERE metric IS NOT NULL
    ) AS judged
    WHERE NOT is_silent
),

spoken AS (
    SELECT
        *,
        low IS NOT NULL AND high IS NOT NULL AS is_finite,
        -- What an issuer said last takes the place of what it said before, unless both are in one and the same report.
        first_value(known_on) OVER issued AS last_known_on,
        first_value(report) OVER issued AS last_report,
        first_value({'low': low, 'high': high, 'low_closed': low_closed, 'high_closed': high_closed}) OVER issued AS last
    FROM (
        SELECT
            *,
            row_number() OVER (
                PARTITION BY series_key, compared_in, witness
                ORDER BY
                    known_on DESC, low IS NULL OR high IS NULL, source_rank, high - low, significant_digits DESC,
                    observation_id
            ) AS place_in_line
        FROM usable
    ) AS lined_up
    WHERE place_in_line = 1
    WINDOW issued AS (
        PARTITION BY series_key, compared_in, issuer
        ORDER BY known_on DESC, low IS NULL OR high IS NULL, source_rank, observation_id
    )
),

voices AS (
    SELECT *
    FROM spoken
    WHERE NOT (
        last_known_on > known_on
        AND coalesce(report <> last_report, true)
        AND coalesce(
            last.low > high OR (last.low = high AND NOT (last.low_closed AND high_closed))
            OR last.high < low OR (last.high = low AND NOT (last.high_closed AND low_closed)),
            false
        )
    )
),

-- Where a common interval begins, one of the intervals begins: enough to look there.
points AS (
    SELECT DISTINCT series_key, compared_in, low AS spot, low_closed AS is_on_spot
    FROM voices
    WHERE is_finite
),

shared AS (
    SELECT
        p.series_key,
        p.compared_in,
        p.spot,
        count(v.observation_id) AS supporters,
        min(v.source_rank) AS source_rank,
        max(v.known_on) AS known_on,
        max({'edge': v.low, 'is_open': NOT v.low_closed}) AS low_edge,
        min({'edge': v.high, 'is_closed': v.high_closed}) AS high_edge,
        arg_min(
            v.observation_id,
            {
                'a': v.source_rank, 'b': v.high - v.low, 'c': -epoch(v.known_on::TIMESTAMP), 'd': v.observation_id
            }
        ) AS best_observation_id
    FROM points AS p
    INNER JOIN voices AS v
        ON
            v.series_key = p.series_key
            AND v.compared_in IS NOT DISTINCT FROM p.compared_in
            AND v.is_finite
            AND (v.low < p.spot OR (v.low = p.spot AND (v.low_closed OR NOT p.is_on_spot)))
            AND (v.high > p.spot OR (v.high = p.spot AND v.high_closed AND p.is_on_spot))
    GROUP BY p.series_key, p.compared_in, p.spot, p.is_on_spot
),

consensus AS (
    SELECT
        series_key,
        compared_in,
        supporters,
        best_observation_id,
        low_edge.edge AS low,
        NOT low_edge.is_open AS low_closed,
        high_edge.edge AS high,
        high_edge.is_closed AS high_closed
    FROM (
        SELECT
            *,
            row_number() OVER (
                PARTITION BY series_key, compared_in ORDER BY supporters DESC, source_rank, known_on DESC, spot
            ) AS place_in_line
        FROM shared
    ) AS lined_up
    WHERE place_in_line = 1
),

verdicts AS (
    SELECT
        v.series_key,
        v.compared_in,
        count(DISTINCT v.witness) AS sources,
        count(DISTINCT v.issuer) AS issuers,
        count(*) FILTER (
            WHERE v.low > c.high
                OR (v.low = c.high AND NOT (v.low_closed AND c.high_closed))
                OR v.high < c.low
                OR (v.high = c.low AND NOT (v.high_closed AND c.low_closed))
        ) AS dissenting,
        arg_min(
            v.observation_id,
            {
                'a': v.source_rank, 'b': -epoch(v.known_on::TIMESTAMP), 'c': -v.significant_digits,
                'd': v.observation_id
            }
        ) AS best_observation_id
    FROM voices AS v
    LEFT JOIN consensus AS c ON c.series_key = v.series_key AND c.compared_in IS NOT DISTINCT FROM v.compared_in
    GROUP BY v.series_key, v.compared_in
),

everything AS (
    SELECT
        series_key,
        compared_in,
        count(observation_id) AS statements,
        count(*) FILTER (WHERE is_doubted) AS doubted,
        min(canonical_value) AS lowest,
        max(coalesce(canonical_high, canonical_value)) AS highest,
        min(known_on) AS first_reported,
        max(known_on) AS last_reported,
        list(observation_id ORDER BY observation_id) AS observation_ids
    FROM statement
    WHERE metric IS NOT NULL
    GROUP BY series_key, compared_in
)

SELECT
    b.metric,
    b.place,
    b.period_start,
    b.period_end,
    b.kind,
    b.status,
    b.versus,
    b.basis,
    b.scope,
    b.dimensions,
    b.size,
    b.bound,
    b.canonical_value AS value,
    b.canonical_high AS value_high,
    b.canonical_unit AS unit,
    c.low AS consensus_low,
    c.high AS consensus_high,
    c.low_closed AS consensus_low_closed,
    c.high_closed AS consensus_high_closed,
    CASE
        WHEN NOT b.is_comparable THEN 'not comparable'
        WHEN g.dissenting > 0 THEN 'disputed'
        WHEN c.series_key IS NULL THEN 'bounds only'
        WHEN g.sources = 1 THEN 'single source'
        ELSE 'agreed'
    END AS agreement,
    g.sources,
    g.issuers,
    coalesce(c.supporters, 0) AS supporters,
    g.dissenting,
    e.statements,
    e.doubted,
    e.lowest,
    e.highest,
    e.first_reported,
    e.last_reported,
    b.publisher AS best_source,
    b.reporter AS best_reporter,
    b.citation AS best_citation,
    b.observation_id AS best_observation_id,
    b.series_key,
    b.line_key,
    b.compared_in,
    e.observation_ids
FROM verdicts AS g
LEFT JOIN consensus AS c ON c.series_key = g.series_key AND c.compared_in IS NOT DISTINCT FROM g.compared_in
INNER JOIN everything AS e ON e.series_key = g.series_key AND e.compared_in IS NOT DISTINCT FROM g.compared_in
INNER JOIN voices AS b ON b.observation_id = coalesce(c.best_observation_id, g.best_observation_id)
ORDER BY b.metric, b.place, b.period_end, b.series_key
