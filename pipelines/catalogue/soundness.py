"""What is amiss with a catalogue that can be read: names that two rows share, units that no table knows.

What lives here: faults that show only between rows, each with its file and line. What does not: rows that cannot be
read at all, which the subjects themselves refuse when they are loaded.
"""

from collections.abc import Iterator

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import COLUMNS
from pipelines.catalogue.table import Row, read_table
from pipelines.vocabulary.errors import CatalogueError

#: A share may be a bare ratio or a multiple: one dimension to a curator.
_AS_METRICS_SAY = {"pure": "ratio", "multiple": "ratio"}


def faults(catalogue: Catalogue) -> Iterator[CatalogueError]:
    """Every fault between the rows. Raises CatalogueError for a row that cannot be read."""
    rows = read_table("metrics.csv", COLUMNS, catalogue.overlay)
    of_metric = {row["id"]: row for row in rows}
    yield from _wrong_units(catalogue, rows)
    for name, ids in catalogue.metrics.collisions():
        first, *others = (of_metric[metric] for metric in ids)
        for other in others:
            yield other.fail(
                f'"{name}" already names {first["id"]} ({first.file}, line {first.line}) of the same dimension; '
                "let one of them keep it, or make it weak with a trailing ?"
            )


def _wrong_units(catalogue: Catalogue, rows: list[Row]) -> Iterator[CatalogueError]:
    units = catalogue.units
    for row in rows:
        dimension = units.get(row["unit"]).dimension
        plain = dimension.partition(":")[0]
        if _AS_METRICS_SAY.get(plain, plain) == row["dimension"]:
            continue
        # Any word is a counted noun: a unit that is none of the table is only seen by the dimension that it lacks.
        if plain == "count":
            yield row.unknown("unit", row["unit"], list(units.by_code))
        else:
            yield row.fail(f'unit "{row["unit"]}" is a {dimension}, but the dimension is "{row["dimension"]}"')
