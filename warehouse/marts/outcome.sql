-- grain: one row per forecast or target (series key and unit of comparison) with an actual value for its period
-- made as: table
-- reads: statement, series
-- What came of it: the actual value stands beside what was forecast or aimed at for the same period. Whether higher or
-- lower is better is not judged.
WITH spoken AS (
    SELECT
        s.*,
        b.reporter AS issuer,
        coalesce(s.consensus_low, b.low) AS low,
        coalesce(s.consensus_high, b.high) AS high,
        coalesce(s.consensus_low_closed, b.low_closed) AS low_closed,
        coalesce(s.consensus_high_closed, b.high_closed) AS high_closed
    FROM series AS s
    INNER JOIN statement AS b ON b.observation_id = s.best_observation_id
    WHERE s.agreement <> 'not comparable'
)

SELECT
    f.metric,
    f.place,
    f.period_start,
    f.period_end,
    f.kind,
    f.versus,
    f.basis,
    f.scope,
    f.dimensions,
    f.size,
    f.status,
    f.bound,
    f.value,
    a.bound AS actual_bound,
    a.value AS actual_value,
    f.unit,
    CASE
        WHEN a.low > f.high OR (a.low = f.high AND NOT (a.low_closed AND f.high_closed)) THEN 'higher'
        WHEN a.high < f.low OR (a.high = f.low AND NOT (a.high_closed AND f.low_closed)) THEN 'lower'
        ELSE 'as stated'
    END AS outcome,
    a.value / nullif(f.value, 0) AS ratio,
    f.issuer,
    f.best_source,
    f.first_reported,
    a.issuer AS actual_issuer,
    a.best_source AS actual_source,
    a.first_reported AS actual_first_reported,
    a.agreement AS actual_agreement,
    f.line_key,
    f.series_key,
    f.compared_in,
    a.series_key AS actual_series_key,
    list_sort(f.observation_ids || a.observation_ids) AS observation_ids
FROM spoken AS f
INNER JOIN spoken AS a
    ON
        a.line_key = f.line_key
        AND a.compared_in IS NOT DISTINCT FROM f.compared_in
        AND a.kind = f.kind
        AND a.versus IS NOT DISTINCT FROM f.versus
        AND a.period_start IS NOT DISTINCT FROM f.period_start
        AND a.period_end = f.period_end
        AND a.status = 'actual'
WHERE f.status <> 'actual'
ORDER BY f.metric, f.place, f.period_end, f.series_key
