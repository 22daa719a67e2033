"""Suites: what must hold of each table, as data in `expectations/`, one YAML file a table.

What lives here: reading a suite file and complaining about it with file and line. It knows nothing of Great
Expectations, so that the orchestration can list every check without paying for that import. Running a suite is
`judge`'s business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipelines.vocabulary.errors import CatalogueError

FOLDER = Path(__file__).parents[2] / "expectations"
SEVERITIES = ("critical", "warning", "info")

#: A table with no rows passes every expectation about columns: so each suite must also count.
ROW_COUNT = "expect_table_row_count"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of a suite. `kwargs` are those of the Great Expectations type.

    Severity of a failing expectation: critical puts the failing rows in quarantine, warning and info only tell.
    A broken invariant (`is_invariant`) is a fault of the table, not of a row, and stops the publish.
    """

    id: str
    type: str
    kwargs: Mapping[str, Any]
    severity: str
    description: str
    is_invariant: bool = False

    @property
    def is_row_level(self) -> bool:
        """Whether single rows can fail it."""
        return self.type.startswith(
            ("expect_column_values_", "expect_column_pair_", "expect_compound_", "expect_select_")
        )


@dataclass(frozen=True, slots=True)
class Suite:
    """All expectations of one table. `key` is the column that names a row in quarantine."""

    table: str
    description: str
    key: str
    expectations: tuple[Expectation, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the expectations read, key first: the narrow projection to load."""
        named: dict[str, None] = {self.key: None}
        for expectation in self.expectations:
            for name, value in expectation.kwargs.items():
                if name in ("column", "column_A", "column_B"):
                    named[value] = None
                elif name == "column_list":
                    named.update(dict.fromkeys(value))
        return tuple(named)

    def check_name(self, expectation: Expectation) -> str:
        """The name under which verdicts and quarantine know the expectation."""
        return f"{self.table}.{expectation.id}"


def load(folder: Path | None = None) -> dict[str, Suite]:
    """Every suite of the folder (default: the repository's), by table. Raises CatalogueError with file and line."""
    folder = folder or FOLDER
    suites = {suite.table: suite for suite in (read(path) for path in sorted(folder.glob("*.yml")))}
    if not suites:
        raise CatalogueError(str(folder), None, "holds no suite; restore expectations/ from the release")
    return suites


def read(path: Path) -> Suite:
    """One suite file. Raises CatalogueError for anything but the fields above, naming the line."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CatalogueError(
            path.name, mark.line + 1 if mark else None, "is no YAML: quote values with a colon"
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("expectations"), list):
        raise CatalogueError(path.name, 1, "must hold table, description, key and a list of expectations")
    lines = _entry_lines(node)
    entries = tuple(_entry(path.name, line, entry) for line, entry in zip(lines, data["expectations"], strict=True))
    for position, entry in enumerate(entries):
        if entry.id in {other.id for other in entries[:position]}:
            raise CatalogueError(path.name, lines[position], f'a second expectation has the id "{entry.id}"')
    if not any(entry.type.startswith(ROW_COUNT) for entry in entries):
        raise CatalogueError(
            path.name, 1, f"needs a row-count expectation ({ROW_COUNT}_to_be_between): an empty table passes all others"
        )
    missing = [name for name in ("table", "description", "key") if not data.get(name)]
    if missing:
        raise CatalogueError(path.name, 1, f'"{missing[0]}" is missing')
    return Suite(data["table"], data["description"], data["key"], entries)


def _entry(file: str, line: int, entry: Any) -> Expectation:
    known = {"id", "type", "kwargs", "severity", "description", "is_invariant"}
    if not isinstance(entry, dict) or not {"id", "type", "description"} <= entry.keys():
        raise CatalogueError(file, line, "an expectation needs id, type and description")
    extra = entry.keys() - known
    if extra:
        raise CatalogueError(file, line, f'"{min(extra)}" is no field of an expectation; there are {sorted(known)}')
    severity = entry.get("severity", "critical")
    if severity not in SEVERITIES:
        raise CatalogueError(file, line, f'severity "{severity}" is not one of {", ".join(SEVERITIES)}')
    return Expectation(
        id=entry["id"],
        type=entry["type"],
        kwargs=entry.get("kwargs") or {},
        severity=severity,
        description=entry["description"],
        is_invariant=bool(entry.get("is_invariant", False)),
    )


def _entry_lines(node: Any) -> list[int]:
    """The line of each entry of `expectations`, counted from 1."""
    for key, value in node.value:
        if key.value == "expectations":
            return [entry.start_mark.line + 1 for entry in value.value]
    return []
