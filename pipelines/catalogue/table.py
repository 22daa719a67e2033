"""Reading the data files that a curator edits, with the file and line in every complaint.

A catalogue table is a CSV file in `pipelines/catalogue/data/`. Lines that start with `#` are comments. A file of
the same name in the home's `catalogue/` folder overlays it: a row with the same key replaces the shipped one, a new
key adds a row.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pipelines.vocabulary.errors import CatalogueError

DATA = Path(__file__).parent / "data"


def alternatives(words: Iterable[str]) -> str:
    """Words of a table as the branches of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell between semicolons, blanks dropped."""
    return tuple(part for p in cell.split(";") if (part := p.strip())) if cell else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column, and where it stands."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The cell split at semicolons, blanks dropped."""
        return listed(self.cells[column])

    def fail(self, message: str) -> CatalogueError:
        """The error to raise about this row."""
        return CatalogueError(self.file, self.line, message)

    def unknown(self, what: str, name: str, known: Sequence[str]) -> CatalogueError:
        """The error about a name that no other table defines, with the nearest one that is."""
        near = get_close_matches(name, known, n=1)
        return self.fail(f'{what} "{name}" is not defined' + (f'; did you mean "{near[0]}"?' if near else ""))


def read_table(
    name: str, columns: Sequence[str], overlay: Path | None = None, key: str | None = None, is_unique: bool = False
) -> list[Row]:
    """The rows of `data/<name>`, overlaid by `<overlay>/<name>` on `key` (default: the first column).

    Raises CatalogueError for a missing file, a wrong heading, a row with too many cells and, with `is_unique`, for a
    second row of one key in one file.
    """
    key = key or columns[0]
    rows = list(_rows(DATA / name, columns))
    if is_unique:
        _refuse_doubled(rows, key)
    if overlay is not None and (overlay / name).exists():
        added = list(_rows(overlay / name, columns))
        if is_unique:
            _refuse_doubled(added, key)
        extra = {row[key]: row for row in added}
        rows = [extra.pop(row[key], row) for row in rows] + list(extra.values())
    return rows


def _refuse_doubled(rows: Sequence[Row], key: str) -> None:
    lines: dict[str, int] = {}
    for row in rows:
        if lines.setdefault(row[key], row.line) != row.line:
            raise row.fail(f'a second row has the {key} "{row[key]}", as line {lines[row[key]]}')


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    if not path.exists():
        raise CatalogueError(str(path), None, "the file is missing; restore it from the release")
    shown = path.name if path.parent == DATA else f"{path.parent.name}/{path.name}"
    with open(path, encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(line if not line.startswith("#") else "\n" for line in lines)
        heading: list[str] | None = None
        for cells in reader:
            if not cells:
                continue
            if heading is None:
                heading = [c.strip() for c in cells]
                missing = [c for c in columns if c not in heading]
                if missing:
                    raise CatalogueError(shown, reader.line_num, f"column {missing[0]!r} is missing from the heading")
                continue
            if len(cells) > len(heading):
                raise CatalogueError(
                    shown,
                    reader.line_num,
                    f"{len(cells)} cells under {len(heading)} columns; quote a cell with a comma",
                )
            padded = [c.strip() for c in cells] + [""] * (len(heading) - len(cells))
            yield Row(dict(zip(heading, padded, strict=True)), shown, reader.line_num)
