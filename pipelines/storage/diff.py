"""What changed between two published warehouses, or between what was known on a day and on a later one.

What lives here: the comparison, as plain rows. A fact is revised when its value, bound or unit differs under the same
observation; between two days, when the newest report of the same series key differs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.storage.connection import Row, literal, reading, rows
from pipelines.vocabulary.errors import StorageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FILES = """
WITH old AS (SELECT * FROM earlier.core.observation), new AS (SELECT * FROM core.observation),
doubted AS (
    SELECT DISTINCT f.observation_id FROM audit.flag AS f
    ANTI JOIN earlier.audit.flag AS e ON e.observation_id = f.observation_id AND e."check" = f."check"
)
SELECT
    CASE WHEN o.observation_id IS NULL THEN 'added' WHEN n.observation_id IS NULL THEN 'gone'
         WHEN o.value_text <> n.value_text OR o.bound <> n.bound OR o.unit IS DISTINCT FROM n.unit
              OR o.series_key <> n.series_key OR o.size::VARCHAR IS DISTINCT FROM n.size::VARCHAR THEN 'revised'
         ELSE 'flagged' END AS change,
    coalesce(n.metric, o.metric) AS metric, coalesce(n.place, o.place) AS place,
    coalesce(n.period_end, o.period_end) AS period_end, o.value AS old_value, n.value AS new_value,
    coalesce(n.unit, o.unit) AS unit, coalesce(n.quote, o.quote) AS quote,
    coalesce(n.observation_id, o.observation_id) AS observation_id
FROM old AS o FULL JOIN new AS n ON n.observation_id = o.observation_id
LEFT JOIN doubted AS d ON d.observation_id = n.observation_id
WHERE o.observation_id IS NULL OR n.observation_id IS NULL OR o.value_text <> n.value_text OR o.bound <> n.bound
    OR o.unit IS DISTINCT FROM n.unit OR o.series_key <> n.series_key
    OR o.size::VARCHAR IS DISTINCT FROM n.size::VARCHAR OR d.observation_id IS NOT NULL
ORDER BY change, metric, place, period_end, observation_id
"""

_DAYS = """
WITH old AS (FROM mart.as_known_on(DATE {day})), new AS (FROM mart.as_known_on(DATE {until})),
doubted AS (
    SELECT DISTINCT observation_id FROM audit.flag
    WHERE recorded_at::DATE > DATE {day} AND recorded_at::DATE <= DATE {until}
)
SELECT
    CASE WHEN o.observation_id IS NULL THEN 'added' WHEN n.observation_id IS NULL THEN 'gone'
         WHEN o.canonical_value IS DISTINCT FROM n.canonical_value OR o.bound <> n.bound THEN 'revised'
         ELSE 'flagged' END AS change,
    coalesce(n.metric, o.metric) AS metric, coalesce(n.place, o.place) AS place,
    coalesce(n.period_end, o.period_end) AS period_end, o.value AS old_value, n.value AS new_value,
    coalesce(n.unit, o.unit) AS unit, coalesce(n.quote, o.quote) AS quote,
    coalesce(n.observation_id, o.observation_id) AS observation_id
FROM old AS o
FULL JOIN new AS n ON n.series_key = o.series_key AND n.compared_in IS NOT DISTINCT FROM o.compared_in
LEFT JOIN doubted AS d ON d.observation_id = n.observation_id
WHERE o.observation_id IS NULL OR n.observation_id IS NULL OR o.canonical_value IS DISTINCT FROM n.canonical_value
    OR o.bound <> n.bound OR d.observation_id IS NOT NULL
ORDER BY change, metric, place, period_end, observation_id
"""


def between_files(old: Path, new: Path) -> list[Row]:
    """Observations added, revised, flagged or gone from the one published file to the other.

    Raises StorageError for what is missing or no warehouse.
    """
    with reading(new) as con, _beside(con, old):
        return rows(con, _FILES)


def since(published: Path, day: date, until: date | None = None) -> list[Row]:
    """What is known now by series key, or was on the day `until`, and was not, or otherwise, on that day of report."""
    with reading(published) as con:
        days = {"day": day, "until": until or date.max}
        return rows(con, _DAYS.format(**{name: literal(on.isoformat()) for name, on in days.items()}))


@contextmanager
def _beside(con: "DuckDBPyConnection", path: Path) -> Iterator[None]:
    import duckdb

    if not path.exists():
        raise StorageError(f"{path}: there is no such warehouse")
    try:
        con.execute(f"ATTACH {literal(str(path))} AS earlier (READ_ONLY)")
    except duckdb.Error as error:
        raise StorageError(f"{path}: cannot be opened: {error}") from error
    yield
    con.execute("DETACH earlier")
