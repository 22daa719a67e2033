-- grain: one row per accepted observation in the newest version of its document
-- made as: view
-- What every mart is built from: the observation with its article, who may be believed more (`source_rank`, lower is
-- nearer to the issuer), who counts as one voice (`witness`), and whether a check doubts it.
SELECT
    o.observation_id,
    o.article_id,
    o.document_id,
    -- A size is compared in canonical units, and all counted nouns are one: 0.1 GW is 100 MW, a card is a gpu.
    o.series_key || coalesce(
        ':' || (o.size ->> 'value')::DOUBLE * coalesce(z.factor, 1) || ' ' || coalesce(z.dimension, 'count'), ''
    ) AS series_key,
    o.line_key || coalesce(
        ':' || (o.size ->> 'value')::DOUBLE * coalesce(z.factor, 1) || ' ' || coalesce(z.dimension, 'count'), ''
    ) AS line_key,
    o.metric,
    o.label,
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
    o.value,
    o.value_text,
    o.value_high,
    o.unit,
    o.canonical_value,
    o.canonical_high,
    o.canonical_unit,
    -- Counted nouns share one dimension, and what the unit catalogue does not know is a noun. Currencies never mix.
    CASE
        WHEN u.dimension = 'count' OR (u.unit IS NULL AND coalesce(o.canonical_unit, '') NOT LIKE '%/%') THEN 'count'
        ELSE o.canonical_unit
    END AS compared_in,
    o.low,
    o.high,
    o.low_closed,
    o.high_closed,
    o.bound,
    o.significant_digits,
    o.trend,
    o.reporter,
    o.report,
    o.restates,
    o.quote,
    o.sentence,
    o.confidence,
    o.reported_at,
    o.recorded_at,
    coalesce(o.reported_at, o.recorded_at::DATE) AS known_on,
    coalesce(a.story_id, a.document_id) AS witness,
    coalesce(o.reporter, a.publisher, a.document_id) AS issuer,
    CASE WHEN a.publisher = o.reporter THEN 0 ELSE coalesce(s.precedence, 100) END AS source_rank,
    -- What is tied to no metric, period or place says nothing that another statement could contradict.
    o.metric IS NOT NULL
        AND o.period_end IS NOT NULL
        AND (o.place IS NOT NULL OR coalesce(o.dimensions::VARCHAR, '{}') <> '{}')
        AND o.kind NOT IN ('size', 'condition') AS is_comparable,
    coalesce(f.is_doubted, false) AS is_doubted,
    f.doubts,
    a.title,
    a.publisher,
    a.url,
    a.attribution,
    concat_ws(
        ', ',
        coalesce(a.attribution, a.publisher),
        '"' || a.title || '"',
        left(a.published_at, 10),
        coalesce(a.url, a.raw_path)
    ) AS citation
FROM core.observation AS o
INNER JOIN core.article AS a ON a.article_id = o.article_id AND a.is_newest
LEFT JOIN core.source AS s ON s.source = a.publisher
LEFT JOIN core.unit AS u ON u.unit = o.canonical_unit
LEFT JOIN core.unit AS z ON z.unit = o.size ->> 'unit'
LEFT JOIN (
    SELECT
        observation_id,
        bool_or(proposed_value IS NOT NULL AND confidence > 0.5) AS is_doubted,
        list(reason ORDER BY "check") AS doubts
    FROM audit.flag
    GROUP BY observation_id
) AS f ON f.observation_id = o.observation_id
