"""Opening DuckDB: with no extension ever fetched, and the two ways a file is opened.

The published file is only ever opened read-only; the next one is attached writable, in a storage version that older
clients read. What does not live here: what is asked of either.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.storage.disk import guarded
from pipelines.storage.schema import STORAGE_VERSION
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
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
        con = duckdb.connect(str(path), read_only=True, config=_SETTINGS)
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
        con = duckdb.connect(":memory:", config=_SETTINGS)
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
def handed_in(con: "DuckDBPyConnection", name: str, columns: dict[str, str], given: Sequence[Row]) -> Iterator[None]:
    """A relation `name` over plain rows; `columns` gives the Arrow type of each: text, whole, number, truth, texts."""
    import pyarrow as pa

    types = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_(), "texts": pa.list_(pa.string()),
    }  # fmt: skip
    arrays = [pa.array([row.get(column) for row in given], types[kind]) for column, kind in columns.items()]
    con.register(name, pa.Table.from_arrays(arrays, names=list(columns)))
    try:
        yield
    finally:
        con.unregister(name)


def literal(text: str) -> str:
    """The text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
