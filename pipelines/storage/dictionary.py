"""What every table and column means: one source for comments in the database, documentation, Parquet and Dagster.

What lives here: reading `warehouse/dictionary/*.yml` and giving it out in each form. `fields.yml` explains a column
wherever it occurs; a table's entry explains what is particular to it. What does not: the tables themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from pipelines.storage import marts, schema
from pipelines.storage.connection import attach, literal
from pipelines.storage.home import BODIES, DICTIONARY, INSTALLED
from pipelines.vocabulary.errors import CatalogueError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_HEAD = """# Data dictionary

Made from `warehouse/dictionary/*.yml`, where the comments in the database, the metadata of exported Parquet files and
the columns in the Dagster UI come from, too. Written anew by `python -m pipelines.storage.dictionary`.
"""

#: The page of the dictionary in the repository; a test holds it against `markdown`.
PAGE = INSTALLED / "docs" / "data_dictionary.md"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, DuckDB type and meaning ("" where the dictionary has none)."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table, view or macro as the dictionary explains it."""

    name: str  # schema.table
    made_as: str
    grain: str
    description: str
    columns: tuple[Column, ...]


@cache
def entries(folder: Path = DICTIONARY) -> dict[str, tuple[str, dict[str, str]]]:
    """Description and particular columns by table. Raises CatalogueError with the file for what cannot be read."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name == "fields.yml":
            continue
        for name, entry in _read(path).items():
            if not isinstance(entry, dict) or not entry.get("description"):
                raise CatalogueError(path.name, None, f"{name} needs a description")
            found[name] = (str(entry["description"]), {k: str(v) for k, v in (entry.get("columns") or {}).items()})
    return found


@cache
def fields(folder: Path = DICTIONARY) -> dict[str, str]:
    """What a column means wherever it occurs."""
    return {str(name): str(told) for name, told in _read(folder / "fields.yml").items()}


def describe_column(table: str, column: str) -> str:
    """The meaning of a column of `schema.table`; "" where the dictionary has none."""
    return entries().get(table, ("", {}))[1].get(column) or fields().get(column, "")


def describe(con: "DuckDBPyConnection") -> None:
    """Puts the descriptions on every table, view, macro and column of the attached warehouse."""
    for table in _tables(con):
        for comment in _comments(table):
            con.execute(comment)


def comments(table: str, columns: Iterable[str]) -> list[str]:
    """The statements that put the descriptions on a table and these of its columns."""
    described = tuple(Column(column, "", describe_column(table, column)) for column in columns)
    return _comments(Table(table, "table", _grains()[table], entries()[table][0], described))


@cache
def tables() -> tuple[Table, ...]:
    """Every table, view and macro of a warehouse of this installation, with columns and types."""
    con = attach_empty()
    try:
        return _tables(con)
    finally:
        con.close()


def attach_empty() -> "DuckDBPyConnection":
    """A warehouse without rows, in memory: for what asks only for its shape."""
    con = attach(Path(":memory:"))
    schema.migrate(con, Path(":memory:"))
    marts.build(con, is_full=True)
    con.execute("CREATE SCHEMA bodies")
    con.execute(BODIES.read_text(encoding="utf-8"))
    return con


def markdown() -> str:
    """The data dictionary as one page."""
    parts = [_HEAD]
    for table in tables():
        parts.append(f"## {table.name}\n\n{table.description}\n\nGrain: {table.grain}.\n")
        lines = [f"| `{c.name}` | {c.type.lower()} | {_cell(c.description)} |" for c in table.columns]
        parts.append("| column | type | meaning |\n|---|---|---|\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def gaps() -> list[str]:
    """What lacks a description or a grain, and entries that describe nothing: empty in a sound dictionary."""
    found = []
    known = {table.name: table for table in tables()}
    for table in known.values():
        found += [f"{table.name} has no description"] if not table.description else []
        found += [f"{table.name} states no grain"] if not table.grain else []
        found += [f"{table.name}.{c.name} has no description" for c in table.columns if not c.description]
    for name, (_, columns) in entries().items():
        if name not in known:
            found.append(f"{name} is described, but there is no such table")
            continue
        own = {column.name for column in known[name].columns}
        found += [
            f"{name}.{column} is described, but there is no such column" for column in columns if column not in own
        ]
    used = {column.name for table in known.values() for column in table.columns}
    return found + [f"fields.yml: no table has a column {name}" for name in fields() if name not in used]


def _tables(con: "DuckDBPyConnection") -> tuple[Table, ...]:
    found = con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name IN ('core', 'audit', 'mart', 'bodies') "
        "ORDER BY list_position(['mart', 'core', 'audit', 'bodies'], schema_name), table_name, column_index"
    ).fetchall()
    columns: dict[str, list[Column]] = {}
    for table, name, kind in found:
        columns.setdefault(table, []).append(Column(name, kind, describe_column(table, name)))
    own = {f"mart.{mart.name}": mart for mart in marts.load()}
    for name, mart in own.items():
        if mart.made_as == "macro":
            call = ", ".join("DATE '2000-01-01'" for _ in mart.parameters)
            shape = con.execute(f"DESCRIBE FROM {name}({call})").fetchall()
            columns[name] = [Column(row[0], row[1], describe_column(name, row[0])) for row in shape]
    grains = _grains()
    return tuple(
        Table(
            name,
            own[name].made_as if name in own else "table",
            own[name].grain if name in own else grains.get(name, ""),
            entries().get(name, ("", {}))[0],
            tuple(listed),
        )
        for name, listed in columns.items()
    )


def _comments(table: Table) -> list[str]:
    kind = {"table": "TABLE", "view": "VIEW", "macro": "MACRO TABLE"}[table.made_as]
    told = f"{table.description} Grain: {table.grain}." if table.grain else table.description
    columns = table.columns if table.made_as != "macro" else ()
    return [f"COMMENT ON {kind} {table.name} IS {literal(told)}"] + [
        f'COMMENT ON COLUMN {table.name}."{column.name}" IS {literal(column.description)}' for column in columns
    ]


def _grains() -> dict[str, str]:
    """The grain of each table of the schema, from the comment above its definition; the last step has the last word."""
    found = {"audit.migration": "one row per step taken"}
    for sql in (*(step.sql for step in schema.steps()), BODIES.read_text(encoding="utf-8")):
        grain = ""
        for line in sql.splitlines():
            if line.startswith("-- grain: "):
                grain = line.removeprefix("-- grain: ")
            elif line.startswith("CREATE TABLE ") and grain:
                found[line.removeprefix("CREATE TABLE ").removeprefix("IF NOT EXISTS ").split()[0]] = grain
                grain = ""
    return found


def _read(path: Path) -> dict[str, object]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CatalogueError(
            path.name, mark.line + 1 if mark else None, "is no YAML: quote values with a colon"
        ) from error
    if not isinstance(content, dict):
        raise CatalogueError(path.name, 1, "must hold names with what they mean")
    return content


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
