-- grain: one row per metric and place
-- made as: table
-- reads: statement
-- What the warehouse knows of, and since when: the first thing to look at before asking for a series.
SELECT
    s.metric,
    s.place,
    any_value(m.subject) AS subject,
    any_value(m.name_en) AS name_en,
    any_value(m.name_zh) AS name_zh,
    min(s.period_end) FILTER (WHERE s.status = 'actual') AS first_period,
    max(s.period_end) FILTER (WHERE s.status = 'actual') AS last_period,
    count(DISTINCT s.period_end) AS periods,
    count(s.observation_id) AS observations,
    count(DISTINCT s.series_key) AS series,
    count(DISTINCT s.witness) AS sources,
    count(DISTINCT s.publisher) AS publishers,
    count(*) FILTER (WHERE len(s.doubts) > 0) AS flagged,
    count(*) FILTER (WHERE s.period_end IS NULL) AS undated,
    max(s.known_on) AS last_reported,
    list(s.observation_id ORDER BY s.observation_id) AS observation_ids
FROM statement AS s
LEFT JOIN core.metric AS m ON m.metric = s.metric
WHERE s.metric IS NOT NULL
GROUP BY s.metric, s.place
ORDER BY s.metric, s.place
