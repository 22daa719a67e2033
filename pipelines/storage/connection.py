"""Opening DuckDB: with no extension ever fetched, and the two ways a file is opened.

The published file is only ever opened read-only; the next one is attached writable, in a storage version that older
clients read. What does not live here: what is asked of either.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.storage.disk import guarded
from pipelines.storage.schema import STORAGE_VERSION
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]

#: DuckDB's types of the kinds of plain values.
KINDS: Mapping[str, Any] = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "truth": "BOOLEAN",
    "texts": ["VARCHAR"],
}
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@contextmanager
def reading(path: Path) -> Iterator["DuckDBPyConnection"]:
    """A read-only connection. Raises StorageError where the file is missing or no warehouse."""
    import duckdb

    if not path.exists():
        raise StorageError(f"{path}: there is no warehouse yet; run `tallyhouse ingest`")
    try:
        # Not connect(path): within one process that gives back an instance which is still open on the replaced file.
        con = duckdb.connect(":memory:", config=SETTINGS)
        con.execute(f"ATTACH {literal(str(path))} AS tallyhouse (READ_ONLY)")
        con.execute("USE tallyhouse")
    except duckdb.Error as error:
        raise StorageError(f"{path}: cannot be opened: {error}; run `tallyhouse restore`, or ingest anew") from error
    try:
        yield con
    finally:
        con.close()


def attach(path: Path) -> "DuckDBPyConnection":
    """A connection that may write to the file at `path`, which is made where it is missing."""
    import duckdb

    with guarded(path):
        con = duckdb.connect(":memory:", config=SETTINGS)
        try:
            con.execute(f"SET temp_directory = {literal(str(path.parent / 'spill'))}")
            con.execute(f"ATTACH {literal(str(path))} AS tallyhouse (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("USE tallyhouse")
        except BaseException:
            con.close()
            raise
    return con


def rows(con: "DuckDBPyConnection", sql: str, values: Sequence[object] | None = None) -> list[Row]:
    """The result as dictionaries."""
    cursor = con.execute(sql, values)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(con: "DuckDBPyConnection", sql: str, values: Sequence[object] | None = None) -> Any:
    """The first value of the first row; None where there is no row."""
    found = con.execute(sql, values).fetchall()  # to the end: an unfinished result bars what follows
    return found[0][0] if found else None


@contextmanager
def handed_in(
    con: "DuckDBPyConnection", name: str, columns: Mapping[str, str], given: Sequence[Mapping[str, Any]]
) -> Iterator[None]:
    """A temporary table `name` of plain rows; `columns` gives the kind of each: text, whole, number, truth, texts.

    The rows travel as text: the ways by way of Arrow or pandas cost a second of imports.
    """
    made = f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT"
    if (joined := _joined(columns, given)) is not None:
        parts = ", ".join(f'unnest(string_split(?, chr(0))) AS "{column}"' for column in columns)
        con.execute(f"{made} {parts}", joined)
    else:
        plain = [{column: row.get(column) for column in columns} for row in given]
        shape = json.dumps([{column: KINDS[kind] for column, kind in columns.items()}])
        con.execute(
            f"{made} row.* FROM (SELECT unnest(from_json(?, {literal(shape)})) AS row)",
            [json.dumps(plain, ensure_ascii=False)],
        )
    yield
    # After an error the transaction is lost, and the table with it; the next one of the name replaces it anyway.
    con.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _joined(columns: Mapping[str, str], given: Sequence[Mapping[str, Any]]) -> list[str] | None:
    """Each column in one string, parted by NUL: four times quicker than JSON. None where not all are plain texts."""
    if not given or set(columns.values()) != {"text"}:
        return None
    try:
        joined = ["\0".join([row[column] for row in given]) for column in columns]
    except (TypeError, KeyError):  # a null
        return None
    return joined if all(text.count("\0") == len(given) - 1 for text in joined) else None


def literal(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
