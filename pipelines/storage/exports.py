"""What leaves the warehouse: facts, quotes and citations in the forms that other tools read. Never article bodies.

What lives here: one folder with Parquet (described inside), CSV under a Frictionless `datapackage.json`, a schema.org
description, an SDMX-like long form, and the citations. Every row carries its attribution. The citations themselves are
written in `citations`. What does not: what the tables mean (see `dictionary`).
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.storage import citations, dictionary, marts
from pipelines.storage.connection import literal, one, rows
from pipelines.storage.disk import guarded, sha256
from pipelines.storage.home import Home
from pipelines.storage.warehouse import open_published
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MADE_BY = "tallyhouse"
#: By exported name, the column that tells its rows apart.
_KEYS = {"observation": "observation_id", "metric": "metric", "unit": "unit", "source": "source"}
_ATTRIBUTION = (
    "Who is to be named where this row is used: the attributions that the publishers of its articles ask for."
)

#: Frictionless types of DuckDB's; lists and structs are written as JSON.
_TYPES = {
    "VARCHAR": "string", "DOUBLE": "number", "INTEGER": "integer", "BIGINT": "integer", "HUGEINT": "integer",
    "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime", "JSON": "object",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Exported:
    """One table as it leaves: its name, its query, and its columns with type and meaning."""

    name: str
    query: str
    description: str
    columns: tuple[dictionary.Column, ...]


def export(home: Home, target: Path) -> tuple[Path, ...]:
    """Writes everything to the folder `target` and returns the files.

    An earlier export there is replaced. Raises UsageError where the folder holds anything else, StorageError where
    nothing is published or the disk refuses.
    """
    if target.exists() and any(target.iterdir()) and not _is_export(target):
        raise UsageError(f"{target}: holds other files; choose an empty or a new folder")
    beside = target.with_name(f".{target.name}.new")
    with guarded(target), open_published(home) as warehouse:
        con = warehouse.con
        shutil.rmtree(beside, ignore_errors=True)
        try:
            for folder in ("parquet", "csv"):
                (beside / folder).mkdir(parents=True)
            tables = [_described(con, *chosen) for chosen in _chosen()]
            for table in tables:
                _write_parquet(con, table, beside / "parquet" / f"{table.name}.parquet")
                _write_csv(con, table, beside / "csv" / f"{table.name}.csv")
            made = datetime.now(UTC).replace(microsecond=0).isoformat()
            _write_json(beside / "datapackage.json", _datapackage(con, beside, tables, made))
            _write_json(beside / "dataset.jsonld", _jsonld(con, beside, tables, made))
            articles = rows(con, citations.ARTICLES)
            (beside / "citations.bib").write_text(citations.bibtex(articles), encoding="utf-8")
            _write_json(beside / "citations.json", citations.csl(articles))
            shutil.rmtree(target, ignore_errors=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))


def _is_export(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["made_by"] == _MADE_BY)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _chosen() -> list[tuple[str, str]]:
    """Exported name and table: the marts, every statement as `observation`, and what describes them."""
    listed = [(mart.name, f"mart.{mart.name}") for mart in marts.load() if mart.made_as != "macro"]
    return [("observation" if name == "statement" else name, table) for name, table in listed] + [
        (n, f"core.{n}") for n in ("metric", "unit", "source")
    ]


def _described(con: "DuckDBPyConnection", name: str, table: str) -> _Exported:
    known = next(t for t in dictionary.tables() if t.name == table)
    listed = {column.name.lower() for column in known.columns}
    query, columns = f"SELECT * FROM {table}", known.columns
    if "observation_ids" in listed:
        # The attributions of all articles behind the row, each once.
        query = f"""
            WITH numbered AS (SELECT *, row_number() OVER () AS row_id FROM {table}),
            named AS (
                SELECT n.row_id, string_agg(DISTINCT coalesce(a.attribution, a.publisher), '; '
                    ORDER BY coalesce(a.attribution, a.publisher)) AS attribution
                FROM (SELECT row_id, unnest(observation_ids) AS observation_id FROM numbered) AS n
                JOIN core.observation AS o ON o.observation_id = n.observation_id
                JOIN core.article AS a ON a.article_id = o.article_id
                GROUP BY n.row_id
            )
            SELECT numbered.* EXCLUDE (row_id), named.attribution
            FROM numbered LEFT JOIN named ON named.row_id = numbered.row_id ORDER BY numbered.row_id"""
        columns = (*columns, dictionary.Column("attribution", "VARCHAR", _ATTRIBUTION))
    return _Exported(name, query, known.description, columns)


def _write_parquet(con: "DuckDBPyConnection", table: _Exported, path: Path) -> None:
    told = {
        "title": f"Tallyhouse: {table.name}",
        "description": table.description,
        "columns": json.dumps({column.name: column.description for column in table.columns}, ensure_ascii=False),
    }
    metadata = ", ".join(f"{name}: {literal(value)}" for name, value in told.items())
    con.execute(
        f"COPY ({table.query}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadata}}})"
    )


def _write_csv(con: "DuckDBPyConnection", table: _Exported, path: Path) -> None:
    nested = [column.name for column in table.columns if column.type.endswith("[]")]
    replaced = ", ".join(f'to_json("{name}") AS "{name}"' for name in nested)
    query = f"SELECT * REPLACE ({replaced}) FROM ({table.query})" if nested else table.query
    con.execute(f"COPY ({query}) TO {literal(str(path))} (HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S')")


def _datapackage(con: "DuckDBPyConnection", folder: Path, tables: Sequence[_Exported], made: str) -> dict[str, Any]:
    return {
        "name": "tallyhouse",
        "title": "Tallyhouse: statistics stated in reports and news",
        "created": made,
        "made_by": _MADE_BY,
        "profile": "tabular-data-package",
        "contributors": [{"title": "Tallyhouse", "role": "wrangler"}],
        "sources": [{"title": name} for name in _publishers(con)],
        "resources": [
            {
                "name": table.name,
                "path": f"csv/{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": (folder / f"csv/{table.name}.csv").stat().st_size,
                "hash": f"sha256:{sha256(folder / f'csv/{table.name}.csv')}",
                "description": table.description,
                "schema": {
                    "fields": [
                        {"name": c.name, "type": _type_of(c), "description": c.description} for c in table.columns
                    ],
                    **({"primaryKey": [_KEYS[table.name]]} if table.name in _KEYS else {}),
                },
            }
            for table in tables
        ],
    }


def _jsonld(con: "DuckDBPyConnection", folder: Path, tables: Sequence[_Exported], made: str) -> dict[str, Any]:
    first, last = con.execute("SELECT min(period_start), max(period_end) FROM mart.series").fetchone() or (None, None)
    count = one(con, "SELECT count(*) FROM mart.statement")
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Tallyhouse: statistics stated in reports and news",
        "description": f"{count:,} statistics read from articles, each with its words, interval, period and source.",
        "creator": {"@type": "Organization", "name": "Tallyhouse"},
        "dateModified": made,
        **({"temporalCoverage": f"{first}/{last}"} if first else {}),
        "spatialCoverage": [{"@type": "Place", "name": place} for (place,) in con.execute(
            "SELECT DISTINCT place FROM mart.coverage WHERE place IS NOT NULL ORDER BY place").fetchall()],
        "creditText": "; ".join(_publishers(con)),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": told, "unitText": unit}
            for name, told, unit in con.execute(
                "SELECT metric, definition, coalesce(unit, '1') FROM core.metric "
                "SEMI JOIN mart.coverage USING (metric) ORDER BY metric"
            ).fetchall()
        ],
        "distribution": [
            {"@type": "DataDownload", "name": table.name, "description": table.description, "encodingFormat": kind,
             "contentUrl": path, "contentSize": f"{(folder / path).stat().st_size} B"}
            for table in tables
            for path, kind in ((f"parquet/{table.name}.parquet", "application/vnd.apache.parquet"),
                               (f"csv/{table.name}.csv", "text/csv"))
        ],
    }  # fmt: skip


def _publishers(con: "DuckDBPyConnection") -> list[str]:
    found = con.execute("SELECT DISTINCT coalesce(attribution, publisher) AS p FROM core.article ORDER BY p").fetchall()
    return [name for (name,) in found if name]


def _type_of(column: dictionary.Column) -> str:
    return "array" if column.type.endswith("[]") else _TYPES.get(column.type, "string")


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
