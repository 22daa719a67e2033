"""What tables look like in Dagster: descriptions, column schemas, dependencies and column lineage.

What lives here: translation of the dictionary and of storage's lineage into Dagster's metadata, read once when the
definitions load. What does not: any description of its own; the dictionary files are the one source.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import dagster as dg

from pipelines.storage import dictionary, lineage
from pipelines.storage import marts as mart_files

KINDS = {"table": {"duckdb", "table"}, "view": {"duckdb", "view"}, "macro": {"duckdb", "sql"}}
_TABLE = re.compile(r"\b(core|audit)\.([a-z_]+)")


def spec(key: dg.AssetKey, group: str, deps: Iterable[dg.AssetKey], owners: list[str]) -> dg.AssetSpec:
    """A table as an asset, with what its dictionary entry and, for a mart, its SQL say."""
    name = ".".join(key.path)
    table = _tables()[name]
    metadata: dict[str, Any] = {
        "dagster/table_name": name,
        "dagster/column_schema": dg.TableSchema(
            [dg.TableColumn(c.name, c.type, _described(name, c, group == "mart")) for c in table.columns]
        ),
    }
    if group == "mart":
        metadata["dagster/column_lineage"] = dg.TableColumnLineage(_lineage(key.path[-1]))
    return dg.AssetSpec(
        key,
        deps=list(deps),
        description=f"{table.description} Grain: {table.grain}.",
        group_name=group,
        kinds=KINDS[table.made_as],
        owners=owners,
        metadata=metadata,
    )


@cache
def marts() -> Mapping[dg.AssetKey, list[dg.AssetKey]]:
    """Each mart with the tables that its SQL reads."""
    return {
        dg.AssetKey(["mart", mart.name]): [
            *(dg.AssetKey(["mart", name]) for name in mart.reads),
            *(dg.AssetKey(list(table)) for table in sorted(set(_TABLE.findall(_code(mart.sql))))),
        ]
        for mart in mart_files.load()
    }


def _code(sql: str) -> str:
    return "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))


@cache
def _tables() -> Mapping[str, dictionary.Table]:
    return {table.name: table for table in dictionary.tables()}


def _described(table: str, column: dictionary.Column, is_mart: bool) -> str:
    """What a column holds and, in a mart, the fields it is made of: Dagster draws column lineage only in its cloud."""
    sources = lineage.columns(table.removeprefix("mart."))[column.name] if is_mart else ()
    made_from = ", ".join(f"{source}.{field}" for source, field in sources)
    return f"{column.description} Made from {made_from}." if made_from else column.description


def _lineage(mart: str) -> dict[str, list[dg.TableColumnDep]]:
    return {
        column: [dg.TableColumnDep(dg.AssetKey(table.split(".")), source) for table, source in sources]
        for column, sources in lineage.parents(mart).items()
    }
