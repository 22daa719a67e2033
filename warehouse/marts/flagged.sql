-- grain: one row per observation and plausibility check that doubts it
-- made as: table
-- reads: statement
-- subjects: metric, place, label
-- The printed value stays; beside it stand the reason, what it was held against and, where one follows, another value.
SELECT
    s.metric,
    s.label,
    s.place,
    s.period_start,
    s.period_end,
    s.kind,
    s.value,
    s.value_text,
    s.unit,
    s.canonical_value,
    s.canonical_unit,
    f.proposed_value,
    f."check",
    f.reason,
    f.evidence,
    f.confidence,
    s.quote,
    s.sentence,
    s.article_id,
    s.title,
    s.publisher,
    s.reporter,
    s.report,
    s.known_on AS reported_at,
    s.citation,
    s.observation_id,
    list_prepend(s.observation_id, coalesce(f.evidence, [])) AS observation_ids
FROM statement AS s
INNER JOIN audit.flag AS f ON f.observation_id = s.observation_id
ORDER BY s.metric, s.place, s.period_end, s.observation_id, f."check"
