-- What became of every candidate, and what the checks said. Nothing that was found is ever dropped without a row here.

CREATE SCHEMA IF NOT EXISTS audit;

-- grain: one row per observation and expectation that it fails
CREATE TABLE audit.quarantine (
    observation_id VARCHAR NOT NULL,
    "check"        VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    article_id     VARCHAR NOT NULL,
    quote          VARCHAR,
    sentence       VARCHAR,
    record         JSON NOT NULL,
    run_id         VARCHAR NOT NULL,
    recorded_at    TIMESTAMP NOT NULL
);

-- grain: one row per run of digits or number words that is no statistic
CREATE TABLE audit.ignored (
    article_id VARCHAR NOT NULL,
    "start"    INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    quote      VARCHAR,
    reason     VARCHAR NOT NULL,
    rule       VARCHAR
);

-- grain: one row per observation and plausibility check that doubts it
CREATE TABLE audit.flag (
    observation_id VARCHAR NOT NULL,
    "check"        VARCHAR NOT NULL,
    reason         VARCHAR NOT NULL,
    evidence       VARCHAR[],
    proposed_value DOUBLE,
    confidence     DOUBLE,
    recorded_at    TIMESTAMP NOT NULL
);

-- grain: one row per run and expectation
CREATE TABLE audit.check_result (
    run_id      VARCHAR NOT NULL,
    "check"     VARCHAR NOT NULL,
    table_name  VARCHAR NOT NULL,
    ended       VARCHAR NOT NULL,
    severity    VARCHAR NOT NULL,
    checked     BIGINT NOT NULL,
    failing     BIGINT NOT NULL,
    reason      VARCHAR,
    is_blocking BOOLEAN NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- grain: one row per run that published something
CREATE TABLE audit.run (
    run_id       VARCHAR NOT NULL,
    started_at   TIMESTAMP NOT NULL,
    finished_at  TIMESTAMP NOT NULL,
    rules        VARCHAR NOT NULL,
    version      VARCHAR,
    articles_new      INTEGER NOT NULL,
    articles_replaced INTEGER NOT NULL,
    articles_same     INTEGER NOT NULL,
    articles_failed   INTEGER NOT NULL,
    accepted     BIGINT NOT NULL,
    quarantined  BIGINT NOT NULL,
    ignored      BIGINT NOT NULL,
    flagged      BIGINT NOT NULL
);

-- grain: one row per raw file that is no readable article
CREATE TABLE audit.failure (
    raw_path    VARCHAR NOT NULL,
    input_hash  VARCHAR,
    code        VARCHAR NOT NULL,
    message     VARCHAR NOT NULL,
    extractor   VARCHAR NOT NULL,
    run_id      VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

-- grain: one row per thing that the last build was made with (SQL, dictionary, catalogue), by the hash of its content
CREATE TABLE audit.made_with (
    what VARCHAR NOT NULL,
    hash VARCHAR NOT NULL
);
