"""What a figure is measured on, apart from its unit: numeric format, IT load, accounting basis."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.table import read_table


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A surface form and the basis it stands for, with the unit dimensions that it can qualify."""

    surface: str
    basis: str
    dimensions: frozenset[str]
    is_adjacent: bool


def load(overlay: Path | None = None) -> tuple[Qualifier, ...]:
    """Read `qualifiers.csv`."""
    return tuple(
        Qualifier(row["surface"], row["basis"], frozenset(row.list("dimensions")), row["place"] == "adjacent")
        for row in read_table("qualifiers.csv", ("surface", "basis", "dimensions", "place"), overlay)
    )
