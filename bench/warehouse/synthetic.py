"""Staged observations in any number, in the shape that extraction leaves them, for the bench of the warehouse.

Metrics are those of the catalogue, and one statement in ten fits none; places are countries and provinces, periods are
years; about five sources state each fact, some of them rounded, a few with a bound. Every article has its file in
`raw/` (one line: nobody reads it again) and the signature that tells copies. Everything is computed from the number of
the row: two calls give the same files.
"""

from pathlib import Path
from typing import Any

import duckdb

from pipelines import catalogue
from pipelines.storage import staging

PER_ARTICLE = 20
_WIDTH = 40  # characters a statement takes in its article

_OBSERVATION = """
WITH numbered AS (
    SELECT i, i // {per} AS article, i % {per} AS part,
        -- A fact is stated about five times, by articles far from one another.
        hash(i % greatest({total} // 5, 1)) AS fact
    FROM range({first}, {first} + {count}) AS t(i)
), keyed AS (
    SELECT *, 1 + fact % {metrics} AS m, (fact // {metrics}) % 400 AS p, (fact // {metrics} // 400) % 25 AS y,
        (fact // {metrics} // 400 // 25) % 4 AS b
    FROM numbered
), valued AS (
    SELECT * EXCLUDE (metric), CASE WHEN hash(fact) % 10 < 9 THEN metric END AS metric, metric AS label,
        'P' || p AS place, make_date((2001 + y)::INT, 12, 31) AS day,
        round(1000000 * (1 + (fact % 9000) / 1000.0) * pow(1.07, y), -3)::BIGINT AS exact,
        CASE WHEN i % 7 = 0 THEN '>' ELSE '=' END AS bound
    FROM keyed JOIN metrics ON metrics.n = keyed.m
)
SELECT
    md5(i || 'o')[:16] AS observation_id, sha256('Article ' || article || chr(10))[:16] AS article_id,
    exact || ' ' || unit AS quote, 'The figure reached ' || exact || ' ' || unit || ' in ' || place || '.' AS sentence,
    exact::VARCHAR AS value_text, unit, exact::VARCHAR AS canonical_text, unit AS canonical_unit, bound,
    NULL AS bound_text, NULL AS basis, kind, NULL AS trend, NULL AS versus, 'actual' AS status, NULL AS scope, metric,
    label, CASE WHEN b = 0 THEN '{{}}' ELSE '{{"segment": "s' || b || '"}}' END AS dimensions, NULL AS size,
    place, day::VARCHAR AS period_start, day::VARCHAR AS period_end, NULL AS period_text, 'issuer ' || p AS reporter,
    NULL AS report, NULL AS restates, '{rules}' AS extractor, md5(fact::VARCHAR)[:16] AS series_key,
    md5(m || '.' || p || '.' || b)[:16] AS line_key,
    exact::DOUBLE AS value, NULL::DOUBLE AS value_high, exact::DOUBLE AS canonical_value,
    NULL::DOUBLE AS canonical_high,
    CASE WHEN bound = '>' THEN exact ELSE exact - 500 END::DOUBLE AS low,
    CASE WHEN bound = '>' THEN NULL ELSE exact + 500 END::DOUBLE AS high, {confidence} AS confidence,
    (part * {width})::INT AS "start", (part * {width} + length(exact || ' ' || unit))::INT AS "end",
    5 AS significant_digits, bound = '=' AS low_closed, false AS high_closed, article
FROM valued
"""


def stage(folder: Path, first: int, count: int, total: int, name: str, rules: str, changed: int = 0) -> str:
    """Writes one staged folder of `count` observations from number `first` of `total`, and returns its name.

    `changed` articles at the beginning get another confidence: what other rules would read.
    """
    target = folder / name
    target.mkdir(parents=True)
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    rows = [(n + 1, m.id, m.kind, m.unit) for n, m in enumerate(catalogue.load().metrics)]
    con.execute("CREATE TABLE metrics (n BIGINT, metric VARCHAR, kind VARCHAR, unit VARCHAR)")
    con.executemany("INSERT INTO metrics VALUES (?, ?, ?, ?)", rows)
    confidence = f"CASE WHEN article < {changed} THEN 0.6 ELSE 0.9 END"
    sql = _OBSERVATION.format(
        per=PER_ARTICLE, first=first, count=count, total=total, metrics=len(rows), rules=rules, width=_WIDTH,
        confidence=confidence,
    )  # fmt: skip
    con.execute(f"CREATE VIEW made AS {sql}")
    columns = ", ".join(f'"{column}"' for column in staging.COLUMNS["observation"])
    _copy(con, f"SELECT {columns} FROM made", target / "observation.parquet")
    _copy(
        con,
        f"""SELECT article_id, 'https://example.org/' || any_value(article) AS document_id,
            sha256('Article ' || any_value(article) || chr(10)) AS sha256,
            (any_value(article) // 1000) || '/' || any_value(article) || '.txt' AS raw_path,
            'Article ' || any_value(article) AS title,
            'https://example.org/' || any_value(article) AS url, 'outlet ' || any_value(article) % 300 AS publisher,
            (DATE '2026-01-01' + (any_value(article) % 300)::INT)::VARCHAR AS published_at, NULL AS fetched_at,
            'en' AS language, 'outlet ' || any_value(article) % 300 AS attribution, NULL AS note, 'text/1' AS reader,
            NULL AS story_id, '{rules}' AS extractor,
            list_transform(range(64), lambda k: (hash(any_value(article), k) % 4294967296)::UINTEGER) AS signature,
            md5(article_id || any_value(confidence)) AS content_hash,
            {PER_ARTICLE * _WIDTH} AS characters,
            sum(greatest(len(regexp_extract_all(quote, '[0-9]+')), 1))::INT AS candidates, count(*)::INT AS observations
            FROM made GROUP BY article_id""",
        target / "article.parquet",
    )
    _copy(
        con,
        'SELECT NULL::VARCHAR AS article_id, 0 AS "start", 0 AS "end", NULL::VARCHAR AS quote, '
        "NULL::VARCHAR AS reason, NULL::VARCHAR AS rule WHERE false",
        target / "ignored.parquet",
    )
    _copy(
        con,
        f"SELECT article_id, 'text/1' AS reader, string_agg(rpad(quote, {_WIDTH}, ' '), '' ORDER BY \"start\") AS text "
        "FROM made GROUP BY article_id",
        target / "body.parquet",
    )
    con.close()
    return name


def put(raw: Path, first: int, count: int) -> None:
    """Writes the files of the articles of `count` observations from number `first`."""
    for article in range(first // PER_ARTICLE, (first + count) // PER_ARTICLE):
        path = raw / str(article // 1000) / f"{article}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Article {article}\n", encoding="utf-8")


def _copy(con: Any, sql: str, path: Path) -> None:
    con.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
