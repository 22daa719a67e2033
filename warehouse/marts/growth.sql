-- grain: one row per line (metric, place, basis, scope, size, dimensions), unit of comparison and period with a level
-- made as: table
-- reads: series
-- Growth computed from the levels that the sources agree on, beside the growth that articles print for the same
-- period. Rates are relative changes: 0.15 is +15 %.
WITH levels AS (
    SELECT
        *,
        first_value(value) OVER line AS first_level,
        first_value(period_end) OVER line AS first_period_end,
        first_value(observation_ids) OVER line AS first_observation_ids
    FROM series
    WHERE kind = 'level' AND status = 'actual' AND period_end IS NOT NULL AND period_start IS NOT NULL AND value > 0
    -- An instant is compared with instants, a year with years, a quarter with quarters.
    WINDOW line AS (
        PARTITION BY line_key, compared_in, round((period_end - period_start) / 30.0)
        ORDER BY period_end, period_start, series_key
    )
),

printed AS (
    SELECT
        line_key,
        period_end,
        arg_max(value, {'a': sources, 'b': versus = 'year', 'c': series_key}) FILTER (WHERE versus <> 'year_average')
            AS printed_growth,
        arg_max(value, {'a': sources, 'b': series_key}) FILTER (WHERE versus = 'year_average') AS printed_cagr,
        flatten(list(observation_ids)) AS observation_ids
    FROM series
    WHERE kind = 'growth' AND status = 'actual' AND versus IN ('year', 'year_average')
    GROUP BY line_key, period_end
)

SELECT
    l.metric,
    l.place,
    l.period_start,
    l.period_end,
    l.basis,
    l.scope,
    l.dimensions,
    l.size,
    l.bound,
    l.value,
    l.unit,
    b.period_end AS base_period_end,
    b.bound AS base_bound,
    b.value AS base_value,
    l.value / b.value - 1 AS yearly_growth,
    p.printed_growth,
    p.printed_growth - (l.value / b.value - 1) AS printed_difference,
    l.first_period_end,
    l.first_level,
    CASE
        WHEN date_sub('month', l.first_period_end, l.period_end) >= 12
            THEN pow(l.value / l.first_level, 12.0 / date_sub('month', l.first_period_end, l.period_end)) - 1
    END AS cagr,
    p.printed_cagr,
    l.agreement,
    l.line_key,
    l.series_key,
    l.compared_in,
    list_sort(
        list_distinct(
            l.observation_ids || coalesce(b.observation_ids, []) || l.first_observation_ids
            || coalesce(p.observation_ids, [])
        )
    ) AS observation_ids
FROM levels AS l
LEFT JOIN levels AS b
    ON
        b.line_key = l.line_key
        AND b.compared_in IS NOT DISTINCT FROM l.compared_in
        AND b.period_start + INTERVAL 1 YEAR = l.period_start
        AND b.period_end + INTERVAL 1 YEAR = l.period_end
LEFT JOIN printed AS p ON p.line_key = l.line_key AND p.period_end = l.period_end
ORDER BY l.metric, l.place, l.period_end, l.series_key
