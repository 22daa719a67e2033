-- grain: one row per series key and unit of comparison; the newest vintage only
-- made as: table
-- reads: statement
-- A value that a check holds to be a slip (with a proposed value) stands back behind one that is not doubted; alone, it
-- is shown as printed, with its doubts. A fact that is mentioned twice is one row that names both observations.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY series_key, compared_in
            ORDER BY
                is_doubted, known_on DESC, source_rank, low IS NULL OR high IS NULL, significant_digits DESC,
                confidence DESC, observation_id
        ) AS place_in_line
    FROM statement
    WHERE metric IS NOT NULL
),

mentions AS (
    SELECT
        series_key,
        compared_in,
        canonical_value,
        list(observation_id ORDER BY observation_id) AS observation_ids
    FROM ranked
    GROUP BY series_key, compared_in, canonical_value
)

SELECT
    r.metric,
    r.place,
    r.period_start,
    r.period_end,
    r.kind,
    r.status,
    r.versus,
    r.basis,
    r.scope,
    r.dimensions,
    r.size,
    r.bound,
    r.value,
    r.value_text,
    r.value_high,
    r.unit,
    r.canonical_value,
    r.canonical_high,
    r.canonical_unit,
    r.low,
    r.high,
    r.trend,
    r.is_doubted,
    r.doubts,
    r.reporter,
    r.report,
    r.publisher,
    r.known_on AS reported_at,
    r.quote,
    r.citation,
    r.confidence,
    r.label,
    r.series_key,
    r.compared_in,
    r.observation_id,
    m.observation_ids
FROM ranked AS r
INNER JOIN mentions AS m
    ON
        m.series_key = r.series_key
        AND m.compared_in IS NOT DISTINCT FROM r.compared_in
        AND m.canonical_value IS NOT DISTINCT FROM r.canonical_value
WHERE r.place_in_line = 1
ORDER BY r.metric, r.place, r.period_end, r.series_key
