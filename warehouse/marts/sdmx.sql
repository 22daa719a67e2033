-- grain: one row per series key and unit of comparison with a period
-- made as: view
-- reads: series
-- The series in the long form and under the names that tools for SDMX know, periods as SDMX writes them: 2025, 2025-S1,
-- 2025-Q1, 2025-06, a day, or a beginning with a duration.
WITH dated AS (
    SELECT
        *,
        coalesce(period_start, period_end) AS since,
        date_diff('month', since, (period_end + INTERVAL 1 DAY)::DATE) AS months,
        -- Whole months from the first of one on; an instant has none.
        since < period_end AND day(since) = 1 AND day(period_end + INTERVAL 1 DAY) = 1 AS is_whole
    FROM mart.series
    WHERE period_end IS NOT NULL
),

timed AS (
    SELECT
        *,
        CASE
            WHEN since = period_end THEN 'D'
            WHEN NOT is_whole THEN 'O'
            WHEN months = 12 AND month(since) = 1 THEN 'A'
            WHEN months = 6 AND month(since) IN (1, 7) THEN 'S'
            WHEN months = 3 AND month(since) IN (1, 4, 7, 10) THEN 'Q'
            WHEN months = 1 THEN 'M'
            ELSE 'O'
        END AS frequency
    FROM dated
)

SELECT
    'dataflow' AS "STRUCTURE",
    'TALLYHOUSE:SERIES(1.0)' AS "STRUCTURE_ID",
    'I' AS "ACTION",
    frequency AS "FREQ",
    metric AS "INDICATOR",
    place AS "REF_AREA",
    kind AS "TRANSFORMATION",
    versus AS "COMPARED_WITH",
    status AS "STATUS",
    basis AS "BASIS",
    scope AS "SCOPE",
    nullif(dimensions::VARCHAR, '{}') AS "BREAKDOWN",
    size::VARCHAR AS "SIZE",
    CASE frequency
        WHEN 'D' THEN since::VARCHAR
        WHEN 'A' THEN strftime(since, '%Y')
        WHEN 'S' THEN strftime(since, '%Y-S') || (month(since) + 5) // 6
        WHEN 'Q' THEN strftime(since, '%Y-Q') || quarter(since)
        WHEN 'M' THEN strftime(since, '%Y-%m')
        ELSE since || '/P' || CASE WHEN is_whole THEN months || 'M' ELSE (period_end - since + 1) || 'D' END
    END AS "TIME_PERIOD",
    value AS "OBS_VALUE",
    unit AS "UNIT_MEASURE",
    -- The code list knows actual values (A), those of low reliability (U) and forecasts (F); targets count among these.
    CASE WHEN status <> 'actual' THEN 'F' WHEN doubted = statements THEN 'U' ELSE 'A' END AS "OBS_STATUS",
    bound AS "OBS_BOUND",
    consensus_low AS "OBS_LOW",
    consensus_high AS "OBS_HIGH",
    agreement AS "AGREEMENT",
    sources AS "SOURCES",
    best_source AS "PUBLISHER",
    best_citation AS "CITATION",
    observation_ids AS "OBSERVATION_IDS"
FROM timed
ORDER BY ALL
