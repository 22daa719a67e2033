-- grain: one row per label, unit and place that no metric of the catalogue covers
-- made as: table
-- reads: statement
-- subjects: metric, place, label
-- What a curator may want to add to the catalogue, the most frequent first.
SELECT
    s.metric,
    s.place,
    s.label,
    s.unit,
    s.kind,
    count(s.observation_id) AS observations,
    count(DISTINCT s.witness) AS sources,
    min(s.quote) AS example_quote,
    arg_min(s.sentence, s.quote) AS example_sentence,
    list(s.observation_id ORDER BY s.observation_id) AS observation_ids
FROM statement AS s
WHERE s.metric IS NULL
GROUP BY s.metric, s.place, s.label, s.unit, s.kind
ORDER BY observations DESC, s.label, s.unit, s.place, s.kind
