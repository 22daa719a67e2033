-- grain: one row per series key, unit of comparison and stated value that the consensus excludes
-- made as: table
-- reads: statement, series
-- Two statements conflict when their intervals do not meet. A value that the same issuer later replaced is a revision
-- (see mart.revision) and no conflict; a doubted value is one, and the doubt is its reason.
WITH against AS (
    SELECT
        s.*,
        b.issuer AS against_issuer,
        b.article_id AS against_article_id,
        b.known_on AS against_known_on,
        b.report AS against_report,
        b.low AS own_low,
        b.high AS own_high,
        b.low_closed AS own_low_closed,
        b.high_closed AS own_high_closed
    FROM series AS s
    INNER JOIN statement AS b ON b.observation_id = s.best_observation_id
    WHERE s.agreement <> 'not comparable'
),

-- Without a finite statement there is no consensus: then the best statement is what others are held against.
disjoint AS (
    SELECT
        t.*,
        c.value AS against_value,
        c.bound AS against_bound,
        coalesce(c.consensus_low, c.own_low) AS against_low,
        coalesce(c.consensus_high, c.own_high) AS against_high,
        c.best_source AS against_source,
        c.best_observation_id AS against_observation_id,
        CASE
            WHEN t.is_doubted THEN 'doubted: ' || t.doubts[1]
            WHEN t.article_id = c.against_article_id THEN 'one article, two values'
            WHEN t.report = c.against_report THEN 'one report, two values'
            WHEN t.issuer <> c.against_issuer THEN 'issuers differ'
            WHEN t.known_on = c.against_known_on THEN 'one issuer, two values on one day'
        END AS reason
    FROM against AS c
    INNER JOIN statement AS t
        ON
            t.series_key = c.series_key
            AND t.compared_in IS NOT DISTINCT FROM c.compared_in
            AND t.observation_id <> c.best_observation_id
    WHERE
        t.low > coalesce(c.consensus_high, c.own_high)
        OR (
            t.low = coalesce(c.consensus_high, c.own_high)
            AND NOT (t.low_closed AND coalesce(c.consensus_high_closed, c.own_high_closed))
        )
        OR t.high < coalesce(c.consensus_low, c.own_low)
        OR (
            t.high = coalesce(c.consensus_low, c.own_low)
            AND NOT (t.high_closed AND coalesce(c.consensus_low_closed, c.own_low_closed))
        )
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
    dimensions,
    size,
    canonical_value AS value,
    bound,
    low,
    high,
    any_value(canonical_unit) AS unit,
    against_value,
    against_bound,
    against_low,
    against_high,
    canonical_value / nullif(against_value, 0) AS ratio,
    min(reason) AS reason,
    count(DISTINCT witness) AS sources,
    list(DISTINCT publisher ORDER BY publisher) AS publishers,
    against_source,
    series_key,
    compared_in,
    against_observation_id,
    list(observation_id ORDER BY observation_id) AS observation_ids
FROM disjoint
WHERE reason IS NOT NULL
GROUP BY
    metric, place, period_start, period_end, kind, status, versus, basis, scope, dimensions, size, canonical_value, bound,
    low, high, against_value, against_bound, against_low, against_high, against_source, series_key, compared_in,
    against_observation_id
ORDER BY metric, place, period_end, series_key, value
