"""The marts: one SQL file each, built whole or only for the subjects that a run touched.

A file opens with its grain, how it is made (table, view, macro) and which other marts it reads. It names those without
a schema: a build puts a relation of that name in front of them which holds only the touched subjects, so that the same
SQL serves the full and the partial build. A subject is a metric and a place, or, without a metric, a label and a place;
a mart with such rows says so (`subjects`). No mart compares across subjects.
"""

import re
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage.connection import one
from pipelines.storage.home import MARTS
from pipelines.storage.taking_in import SUBJECT
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CHOSEN = "chosen_observation"
_MAPPED = "m.metric = t.metric AND m.place IS NOT DISTINCT FROM t.place"
_UNMAPPED = (
    "m.metric IS NULL AND t.metric IS NULL AND m.label IS NOT DISTINCT FROM t.label "
    "AND m.place IS NOT DISTINCT FROM t.place"
)
#: Observations that a full build holds in memory at a time; more only where one subject has more.
SLICE = 500_000
_SLICES = f"""
CREATE OR REPLACE TEMP TABLE slice AS
SELECT metric, place, label, (sum(n) OVER (ORDER BY metric, place, label) - n) // ? AS number
FROM (SELECT {SUBJECT}, count(*) AS n FROM core.observation GROUP BY ALL)
"""
_HEADER = re.compile(r"^-- (grain|made as|reads|subjects): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mart:
    """One mart as its file states it."""

    name: str
    grain: str
    made_as: str  # table, view or macro
    parameters: tuple[str, ...]
    reads: tuple[str, ...]
    has_unmapped: bool  # rows without a metric, whose subjects are told apart by their label, too
    sql: str


@cache
def load(folder: Path = MARTS) -> tuple[Mart, ...]:
    """All marts, each after those it reads."""
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.sql"))}
    order = TopologicalSorter({name: mart.reads for name, mart in found.items()}).static_order()
    return tuple(found[name] for name in order)


def build(con: "DuckDBPyConnection", is_full: bool) -> dict[str, int]:
    """Builds every mart in the attached file and returns the rows of each table.

    Partial builds replace the rows of the subjects in `run.touched` and leave all else. Full builds go through all
    subjects in slices, so that what is held in memory does not grow with the warehouse.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS mart")
    if is_full:
        con.execute(_SLICES, [SLICE])
        numbers = [n for (n,) in con.execute("SELECT DISTINCT number FROM slice ORDER BY number").fetchall()]
        for number in numbers or [0]:
            con.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS FROM slice WHERE number = {number}")
            _fill(con, is_new=number == (numbers or [0])[0])
        con.execute("DROP TABLE temp.slice")
        _declare(con)
    else:
        con.execute("CREATE OR REPLACE TEMP TABLE chosen AS FROM run.touched")
        _clear(con)
        _fill(con, is_new=False)
    return {mart.name: int(one(con, f"SELECT count(*) FROM mart.{mart.name}")) for mart in _tables()}


def _declare(con: "DuckDBPyConnection") -> None:
    """The views and macros; they hold no rows, and name marts with their schema."""
    for mart in load():
        if mart.made_as == "view":
            con.execute(f"CREATE OR REPLACE VIEW mart.{mart.name} AS {mart.sql}")
        elif mart.made_as == "macro":
            given = ", ".join(mart.parameters)
            con.execute(f"CREATE OR REPLACE MACRO mart.{mart.name}({given}) AS TABLE {mart.sql}")


def _clear(con: "DuckDBPyConnection") -> None:
    """Takes the rows of the chosen subjects out."""
    for mart in _tables():
        for subject in (_MAPPED, _UNMAPPED) if mart.has_unmapped else (_MAPPED,):
            con.execute(f"DELETE FROM mart.{mart.name} AS m USING temp.chosen AS t WHERE {subject}")


def _fill(con: "DuckDBPyConnection", is_new: bool) -> None:
    """Puts the rows of the chosen subjects in; into tables made for them, where `is_new`."""
    # First which rows, then their many columns: several times quicker than to filter what the view joins.
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_CHOSEN} AS SELECT * FROM core.observation WHERE rowid IN ("
        f"SELECT m.rowid FROM core.observation AS m SEMI JOIN temp.chosen AS t ON {_MAPPED} UNION ALL "
        f"SELECT m.rowid FROM core.observation AS m SEMI JOIN temp.chosen AS t ON {_UNMAPPED})"
    )
    in_front = {name for mart in load() for name in mart.reads}
    for mart in load():
        sql = mart.sql
        if mart.name in in_front:
            # What the marts that follow read under the bare name.
            con.execute(f"CREATE TEMP TABLE {mart.name} AS {sql.replace('core.observation', f'temp.{_CHOSEN}')}")
            sql = f"FROM temp.{mart.name}"
        if mart.made_as == "table":
            target = f"CREATE OR REPLACE TABLE mart.{mart.name} AS" if is_new else f"INSERT INTO mart.{mart.name}"
            con.execute(f"{target} {sql}")
    for name in (*in_front, _CHOSEN, "chosen"):
        con.execute(f"DROP TABLE temp.{name}")


def _tables() -> list[Mart]:
    return [mart for mart in load() if mart.made_as == "table"]


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
        "label" in told.get("subjects", ""),
        sql,
    )
