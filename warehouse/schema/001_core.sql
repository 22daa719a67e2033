-- The facts and what they are described by. One INSERT a run fills each table; no key constraints, because an index on
-- hashed ids costs nine times the load: uniqueness is proved by the expectations before every publish.

CREATE SCHEMA IF NOT EXISTS core;

-- grain: one row per version of an article (the hash of its bytes)
CREATE TABLE core.article (
    article_id    VARCHAR NOT NULL,
    document_id   VARCHAR NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    is_newest     BOOLEAN NOT NULL DEFAULT true,
    superseded_on DATE,
    title         VARCHAR,
    publisher     VARCHAR,
    published_at  VARCHAR,
    reported_at   DATE,
    language      VARCHAR,
    url           VARCHAR,
    attribution   VARCHAR,
    note          VARCHAR,
    story_id      VARCHAR,
    fetched_at    VARCHAR,
    raw_path      VARCHAR NOT NULL,
    sha256        VARCHAR NOT NULL,
    input_hash    VARCHAR NOT NULL,
    content_hash  VARCHAR NOT NULL,
    judgement     VARCHAR NOT NULL DEFAULT '',
    is_present    BOOLEAN NOT NULL DEFAULT true,
    reader        VARCHAR,
    extractor     VARCHAR NOT NULL,
    characters    INTEGER NOT NULL,
    candidates    INTEGER NOT NULL,
    recorded_at   TIMESTAMP NOT NULL
);

-- grain: one row per number that an article version states and the expectations accept
CREATE TABLE core.observation (
    observation_id     VARCHAR NOT NULL,
    article_id         VARCHAR NOT NULL,
    document_id        VARCHAR NOT NULL,
    series_key         VARCHAR NOT NULL,
    line_key           VARCHAR NOT NULL,
    metric             VARCHAR,
    label              VARCHAR,
    place              VARCHAR,
    period_start       DATE,
    period_end         DATE,
    period_text        VARCHAR,
    kind               VARCHAR NOT NULL,
    status             VARCHAR NOT NULL,
    versus             VARCHAR,
    basis              VARCHAR,
    scope              VARCHAR,
    dimensions         JSON,
    size               JSON,
    value              DOUBLE NOT NULL,
    value_text         VARCHAR NOT NULL,
    value_high         DOUBLE,
    unit               VARCHAR,
    canonical_value    DOUBLE,
    canonical_text     VARCHAR,
    canonical_high     DOUBLE,
    canonical_unit     VARCHAR,
    low                DOUBLE,
    high               DOUBLE,
    low_closed         BOOLEAN NOT NULL,
    high_closed        BOOLEAN NOT NULL,
    bound              VARCHAR NOT NULL,
    bound_text         VARCHAR,
    significant_digits INTEGER,
    trend              VARCHAR,
    reporter           VARCHAR,
    report             VARCHAR,
    restates           VARCHAR,
    quote              VARCHAR NOT NULL,
    "start"            INTEGER NOT NULL,
    "end"              INTEGER NOT NULL,
    sentence           VARCHAR,
    confidence         DOUBLE NOT NULL,
    extractor          VARCHAR NOT NULL,
    reported_at        DATE,
    recorded_at        TIMESTAMP NOT NULL
);

-- grain: one row per metric of the catalogue
CREATE TABLE core.metric (
    metric          VARCHAR NOT NULL,
    subject         VARCHAR,
    name_en         VARCHAR,
    name_zh         VARCHAR,
    definition      VARCHAR,
    dimension       VARCHAR,
    unit            VARCHAR,
    kind            VARCHAR,
    stock_or_flow   VARCHAR,
    part_of         VARCHAR,
    plausible_low   DOUBLE,
    plausible_high  DOUBLE,
    yearly_step     DOUBLE,
    source          VARCHAR
);

-- grain: one row per unit code of the catalogue
CREATE TABLE core.unit (
    unit           VARCHAR NOT NULL,
    name_en        VARCHAR,
    name_zh        VARCHAR,
    dimension      VARCHAR,
    canonical_unit VARCHAR,
    factor         DOUBLE
);

-- grain: one row per organisation that issues or prints figures
CREATE TABLE core.source (
    source     VARCHAR NOT NULL,
    kind       VARCHAR,
    country    VARCHAR,
    precedence INTEGER
);
