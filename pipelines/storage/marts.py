"""The marts: one SQL file each, built whole or only for the subjects that a run touched.

A file opens with its grain, how it is made (table, view, macro) and which other marts it reads. It names those without
a schema: a build puts a relation of that name in front of them which holds only the touched subjects (metric and
place), so that the same SQL serves the full and the partial build. No mart compares across subjects.
"""

import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage.home import MARTS
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TOUCHED = "touched_observation"
_HEADER = re.compile(r"^-- (grain|made as|reads): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mart:
    """One mart as its file states it."""

    name: str
    grain: str
    made_as: str  # table, view or macro
    parameters: tuple[str, ...]
    reads: tuple[str, ...]
    sql: str


@cache
def load(folder: Path = MARTS) -> tuple[Mart, ...]:
    """All marts, each after those it reads."""
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}
    order = TopologicalSorter({name: mart.reads for name, mart in found.items()}).static_order()
    return tuple(found[name] for name in order)


def build(con: "DuckDBPyConnection", is_full: bool) -> dict[str, int]:
    """Builds every mart in the attached file and returns the rows of each table.

    Partial builds replace the rows of the subjects in `run.touched (metric, place)` and leave all else.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS mart")
    sizes = {}
    in_front = {name for mart in load() for name in mart.reads}
    for mart in load():
        if mart.made_as == "view" and is_full:
            con.execute(f"CREATE OR REPLACE VIEW mart.{mart.name} AS {mart.sql}")
        elif mart.made_as == "macro" and is_full:
            given = ", ".join(mart.parameters)
            con.execute(f"CREATE OR REPLACE MACRO mart.{mart.name}({given}) AS TABLE {mart.sql}")
        elif mart.made_as == "table" and is_full:
            con.execute(f"CREATE OR REPLACE TABLE mart.{mart.name} AS {mart.sql}")
        if mart.name in in_front:
            _put_in_front(con, mart, is_full)
        if mart.made_as == "table" and not is_full:
            con.execute(f"DELETE FROM mart.{mart.name} AS m USING run.touched AS t WHERE {_same('m')}")
            con.execute(
                f"INSERT INTO mart.{mart.name} {f'FROM temp.{mart.name}' if mart.name in in_front else mart.sql}"
            )
        if mart.made_as == "table":
            row = con.execute(f"SELECT count(*) FROM mart.{mart.name}").fetchone()
            sizes[mart.name] = int(row[0]) if row else 0
    for mart in load():
        if mart.name in in_front:
            kind = "VIEW" if _is_behind_a_view(mart, is_full) else "TABLE"
            con.execute(f"DROP {kind} temp.{mart.name}")
    con.execute(f"DROP TABLE IF EXISTS temp.{_TOUCHED}")
    return sizes


def _put_in_front(con: "DuckDBPyConnection", mart: Mart, is_full: bool) -> None:
    """What the marts that follow read under the bare name: all rows, or those of the touched subjects."""
    if _is_behind_a_view(mart, is_full):
        con.execute(f"CREATE TEMP VIEW {mart.name} AS FROM tallyhouse.mart.{mart.name}")
    elif is_full:
        con.execute(f"CREATE TEMP TABLE {mart.name} AS FROM tallyhouse.mart.{mart.name}")
    elif mart.made_as == "view":
        # First which rows, then their wide columns: several times quicker than to filter what the view joins.
        con.execute(
            f"CREATE TEMP TABLE {_TOUCHED} AS SELECT * FROM core.observation WHERE rowid IN ("
            f"SELECT m.rowid FROM core.observation AS m SEMI JOIN run.touched AS t ON {_same('m')})"
        )
        con.execute(f"CREATE TEMP TABLE {mart.name} AS {mart.sql.replace('core.observation', f'temp.{_TOUCHED}')}")
    else:
        con.execute(f"CREATE TEMP TABLE {mart.name} AS {mart.sql}")


def _is_behind_a_view(mart: Mart, is_full: bool) -> bool:
    """Whether the finished table is read itself; what a view joins is worked out once and kept."""
    return is_full and mart.made_as == "table"


def _same(name: str) -> str:
    return f"{name}.metric IS NOT DISTINCT FROM t.metric AND {name}.place IS NOT DISTINCT FROM t.place"


def _read(path: Path) -> Mart:
    sql = path.read_text(encoding="utf-8").strip()
    told = dict(_HEADER.findall(sql))
    if "grain" not in told or "made as" not in told:
        raise StorageError(f"{path.name}: must open with `-- grain:` and `-- made as:`")
    made_as, _, parameters = told["made as"].partition(" ")
    return Mart(
        path.stem,
        told["grain"],
        made_as,
        tuple(p.strip() for p in parameters.strip("()").split(",") if p.strip()),
        tuple(name.strip() for name in told.get("reads", "").split(",") if name.strip()),
        sql,
    )
