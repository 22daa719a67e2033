"""The tables' own history: numbered steps that only go forward, applied when a build opens the next file.

A step is one file `warehouse/schema/NNN_name.sql`. A published step is never edited: a change is a further step. The
number that a file has reached is kept in the file itself.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage.home import SCHEMA
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What the published file is written as: clients of this DuckDB version and later read it.
STORAGE_VERSION = "v1.5.0"


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step, and the SQL that takes it."""

    number: int
    name: str
    sql: str


def steps(folder: Path = SCHEMA) -> tuple[Step, ...]:
    """All steps in their order. Raises StorageError where a number is missing or taken twice."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        number, _, name = path.stem.partition("_")
        found.append(Step(int(number), name, path.read_text(encoding="utf-8")))
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise StorageError(f"{folder}: the steps must be numbered 001, 002, ... without a gap; restore the release")
    return tuple(found)


def reached(con: "DuckDBPyConnection") -> int:
    """The number of the last step that this file has taken, 0 for an empty one."""
    # Each result is fetched to its end: an unfinished one bars what follows.
    known = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'audit' AND table_name = 'migration' "
        "AND database_name = current_database()"
    ).fetchall()
    if not known[0][0]:
        return 0
    return int(con.execute("SELECT coalesce(max(number), 0) FROM audit.migration").fetchall()[0][0])


def refuse_newer(con: "DuckDBPyConnection", place: Path) -> int:
    """The step reached. Raises StorageError for a file from a newer Tallyhouse than this one."""
    number, newest = reached(con), len(steps())
    if number > newest:
        raise StorageError(
            f"{place}: was written by a newer Tallyhouse (schema {number}, this one knows {newest}); "
            "update Tallyhouse, or restore an older backup with `tallyhouse restore`"
        )
    return number


def migrate(con: "DuckDBPyConnection", place: Path, taken: tuple[Step, ...] | None = None) -> int:
    """Takes the steps that are missing, each in its own transaction, and returns how many there were."""
    number = refuse_newer(con, place)
    missing = [step for step in (steps() if taken is None else taken) if step.number > number]
    for step in missing:
        con.execute("BEGIN")
        if step.number == 1:
            con.execute("CREATE SCHEMA IF NOT EXISTS audit")
            # grain: one row per step taken
            con.execute(
                "CREATE TABLE audit.migration "
                "(number INTEGER NOT NULL, name VARCHAR NOT NULL, taken_at TIMESTAMP NOT NULL)"
            )
        con.execute(step.sql)
        con.execute(
            "INSERT INTO audit.migration SELECT ?, ?, current_timestamp AT TIME ZONE 'UTC'", [step.number, step.name]
        )
        con.execute("COMMIT")
    return len(missing)
