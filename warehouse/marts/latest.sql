-- grain: one row per line (metric, place, basis, scope, size, dimensions), kind and unit of comparison
-- made as: table
-- reads: series
-- The newest period for which each line has an actual value: what a dashboard shows first.
SELECT
    s.metric,
    s.place,
    s.period_start,
    s.period_end,
    s.kind,
    s.basis,
    s.scope,
    s.dimensions,
    s.size,
    s.bound,
    s.value,
    s.value_high,
    s.unit,
    s.agreement,
    s.sources,
    s.best_source,
    s.best_citation,
    s.best_observation_id,
    s.line_key,
    s.series_key,
    s.observation_ids
FROM series AS s
INNER JOIN (
    SELECT
        line_key,
        kind,
        compared_in,
        arg_max(series_key, {'a': period_end, 'b': period_start, 'c': sources, 'd': series_key}) AS series_key
    FROM series
    WHERE status = 'actual' AND period_end IS NOT NULL AND kind IN ('level', 'share', 'ratio', 'rank')
    GROUP BY line_key, kind, compared_in
) AS n ON n.series_key = s.series_key AND n.compared_in IS NOT DISTINCT FROM s.compared_in
ORDER BY s.metric, s.place
