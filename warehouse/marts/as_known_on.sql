-- grain: one row per series key and unit, as the newest report up to the end of that day had it
-- made as: macro (day)
-- The warehouse as a reader on that day could have known it: reports published later, and versions of articles that
-- were not there yet, are left out. Doubts are those of today.
-- Example: FROM mart.as_known_on(DATE '2025-12-31') WHERE metric = 'internet_users' AND place = 'CN'
SELECT
    o.metric,
    o.place,
    o.period_start,
    o.period_end,
    o.kind,
    o.status,
    o.versus,
    o.basis,
    o.scope,
    o.dimensions,
    o.size,
    o.bound,
    o.value,
    o.value_high,
    o.unit,
    o.canonical_value,
    o.canonical_unit,
    o.reporter,
    a.publisher,
    a.attribution,
    a.title,
    a.url,
    coalesce(o.reported_at, o.recorded_at::DATE) AS reported_at,
    o.quote,
    o.series_key || coalesce(
        ':' || (o.size ->> 'value')::DOUBLE * coalesce(z.factor, 1) || ' ' || coalesce(z.dimension, 'count'), ''
    ) AS series_key,
    CASE
        WHEN u.dimension = 'count' OR (u.unit IS NULL AND coalesce(o.canonical_unit, '') NOT LIKE '%/%') THEN 'count'
        ELSE o.canonical_unit
    END AS compared_in,
    o.observation_id,
    [o.observation_id] AS observation_ids
FROM core.observation AS o
INNER JOIN core.article AS a ON a.article_id = o.article_id
LEFT JOIN core.unit AS u ON u.unit = o.canonical_unit
LEFT JOIN core.unit AS z ON z.unit = o.size ->> 'unit'
WHERE
    o.metric IS NOT NULL
    AND coalesce(o.reported_at, o.recorded_at::DATE) <= day::DATE
    AND (a.superseded_on IS NULL OR a.superseded_on > day::DATE)
QUALIFY
    row_number() OVER (
        PARTITION BY
            o.series_key,
            (o.size ->> 'value')::DOUBLE * coalesce(z.factor, 1),
            coalesce(z.dimension, 'count'),
            compared_in
        ORDER BY
            exists(
                SELECT 1
                FROM audit.flag AS f
                WHERE f.observation_id = o.observation_id AND f.proposed_value IS NOT NULL AND f.confidence > 0.5
            ),
            coalesce(o.reported_at, o.recorded_at::DATE) DESC, o.significant_digits DESC, o.observation_id
    ) = 1
