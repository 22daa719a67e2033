"""What tables look like in Dagster: descriptions, column schemas and column lineage.

What lives here: translation of the dictionary and of storage's lineage into Dagster's metadata, read once when the
definitions load. What does not: any description of its own; the dictionary files are the one source.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import dagster as dg

from pipelines.storage import dictionary, lineage

KINDS = {"core": {"duckdb", "table"}, "audit": {"duckdb", "table"}, "mart": {"duckdb", "view"}}


def spec(key: dg.AssetKey, group: str, deps: Iterable[dg.AssetKey], owners: list[str]) -> dg.AssetSpec:
    """A table as an asset, with what its dictionary entry and, for a mart, its SQL say."""
    schema, name = key.path
    table = dictionary.tables().get(f"{schema}.{name}")
    metadata: dict[str, Any] = {"dagster/table_name": f"{schema}.{name}"}
    if table is not None:
        metadata["dagster/column_schema"] = dg.TableSchema(
            [dg.TableColumn(column.name, column.type, column.description) for column in table.columns]
        )
    if group == "mart":
        metadata["dagster/column_lineage"] = dg.TableColumnLineage(_lineage(name))
    return dg.AssetSpec(
        key,
        deps=list(deps),
        description=table.description if table is not None else None,
        group_name=group,
        kinds=KINDS[schema],
        owners=owners,
        metadata=metadata,
    )


@cache
def marts() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Each mart with the (schema, table) pairs that its SQL reads."""
    return lineage.marts()


def _lineage(mart: str) -> dict[str, list[dg.TableColumnDep]]:
    return {
        column: [dg.TableColumnDep(dg.AssetKey([schema, table]), source) for schema, table, source in sources]
        for column, sources in lineage.columns(mart).items()
    }
