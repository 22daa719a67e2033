-- grain: one row per article version
CREATE TABLE IF NOT EXISTS bodies.body (
    article_id   VARCHAR NOT NULL,
    reader       VARCHAR,
    text         VARCHAR,
    forgotten_at TIMESTAMP
);
