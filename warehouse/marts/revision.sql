-- grain: one row per series key, unit of comparison and issuer whose stated value changed between report dates
-- made as: table
-- reads: statement
-- A later statement revises an earlier one of the same issuer when their intervals do not meet, or when a bound became
-- tighter ("over 100,000", then "over 110,000"). A finer rounding is no revision, a doubted value is none either, and two values
-- for one and the same report are a conflict.
WITH vintages AS (
    SELECT *
    FROM (
        SELECT
            *,
            row_number() OVER (
                PARTITION BY series_key, compared_in, issuer, known_on
                ORDER BY source_rank, low IS NULL OR high IS NULL, significant_digits DESC, confidence DESC, observation_id
            ) AS place_in_line
        FROM statement
        WHERE is_comparable AND NOT is_doubted AND restates IS NULL
    ) AS lined_up
    WHERE place_in_line = 1
),

steps AS (
    SELECT
        *,
        coalesce(report <> lag(report) OVER line, true)
        AND coalesce(
            low > lag(high) OVER line
            OR (low = lag(high) OVER line AND NOT (low_closed AND lag(high_closed) OVER line))
            OR high < lag(low) OVER line
            OR (high = lag(low) OVER line AND NOT (high_closed AND lag(low_closed) OVER line))
            OR (
                bound = lag(bound) OVER line
                AND (
                    (bound IN ('>', '>=') AND canonical_value > lag(canonical_value) OVER line)
                    OR (bound IN ('<', '<=') AND canonical_value < lag(canonical_value) OVER line)
                )
            ),
            false
        ) AS is_revised
    FROM vintages
    WINDOW line AS (PARTITION BY series_key, compared_in, issuer ORDER BY known_on)
)

SELECT
    metric,
    place,
    period_start,
    period_end,
    kind,
    status,
    versus,
    basis,
    scope,
    any_value(dimensions) AS dimensions,
    any_value(size) AS size,
    issuer,
    arg_min(canonical_value, known_on) AS first_value,
    arg_min(bound, known_on) AS first_bound,
    min(known_on) AS first_reported,
    arg_max(canonical_value, known_on) AS latest_value,
    arg_max(bound, known_on) AS latest_bound,
    max(known_on) AS latest_reported,
    any_value(canonical_unit) AS unit,
    latest_value - first_value AS change,
    (latest_value - first_value) / nullif(abs(first_value), 0) AS relative_change,
    count(observation_id) AS vintages,
    count(*) FILTER (WHERE is_revised) AS revisions,
    list(
        {
            'reported_at': known_on, 'bound': bound, 'value': canonical_value, 'publisher': publisher,
            'observation_id': observation_id
        }
        ORDER BY known_on
    ) AS history,
    series_key,
    compared_in,
    list(observation_id ORDER BY known_on) AS observation_ids
FROM steps
GROUP BY
    metric, place, period_start, period_end, kind, status, versus, basis, scope, issuer, series_key, compared_in
HAVING bool_or(is_revised)
ORDER BY metric, place, period_end, series_key, issuer
