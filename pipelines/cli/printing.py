"""How results look: tables, CSV and JSON on standard output; notes and errors on standard error.

What lives here: layout only, which is the same on a terminal and in a file but for emphasis. What does not: what is
printed (see the commands), and asking for it.
"""

import csv
import json
import os
import signal
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

#: A cell of a table is cut after this many columns; CSV and JSON give all of it.
CELL_WIDTH = 72

#: From here on a number is told by its power of ten: nobody counts the zeros.
HUGE = 10**16


class Format(StrEnum):
    """How `sql` prints its rows."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def note(text: str = "") -> None:
    """A line for the person at the terminal, apart from the result."""
    print(text, file=sys.stderr)


def complain(text: str) -> None:
    """An error in words."""
    note(f"tallyhouse: {text}")


def end_with_reader() -> None:
    """Stops without a word when whoever reads our output stops reading, as `head` does."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def shown(path: Path) -> str:
    """A path as the user would write it: relative where it lies below the working directory."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 article, 16 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def bold(text: str) -> str:
    """The text in bold on a terminal."""
    return f"\x1b[1m{text}\x1b[0m" if _is_coloured() else text


def marked(text: str, start: int, end: int) -> str:
    """The text with one span of it marked: bold and underlined on a terminal, else in [[ ]]."""
    opening, closing = ("\x1b[1;4m", "\x1b[0m") if _is_coloured() else ("[[", "]]")
    return f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"


def pairs(rows: Iterable[tuple[str, str | None]], indent: str = "") -> None:
    """Names and values below one another; what has no value is left out."""
    kept = [(name, value) for name, value in rows if value]
    width = max((_width(name) for name, _ in kept), default=0)
    for name, value in kept:
        print(f"{indent}{_padded(name, width)}  {value}")


def rows(names: Sequence[str], found: Sequence[Sequence[Any]], format: Format = Format.TABLE) -> None:
    """Rows under their names in the format asked for."""
    if format is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([text(value) for value in row] for row in found)
    elif format is Format.JSON:
        lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain) for row in found)
        print("[" + ",\n ".join(lines) + "]")
    else:
        table(names, found)


def table(names: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    """Columns under their names, numbers to the right."""
    cells = [[_cut(" ".join(text(value, grouped=True).split())) for value in row] for row in found]
    widths = [max([_width(name), *(_width(row[i]) for row in cells)]) for i, name in enumerate(names)]
    is_number = [
        any(row[i] is not None for row in found)
        and all(isinstance(row[i], int | float | Decimal | None) and not isinstance(row[i], bool) for row in found)
        for i in range(len(names))
    ]
    print(bold(_line(names, widths, is_number)))
    print("  ".join("-" * width for width in widths))
    for row in cells:
        print(_line(row, widths, is_number))


def text(value: Any, grouped: bool = False) -> str:
    """A value of the warehouse as text; null is empty, a whole number has no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number(value, grouped)
    if isinstance(value, str):
        return value
    if isinstance(value, date | datetime | time):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=_plain)


def number(value: int | float | Decimal, grouped: bool = True) -> str:
    """A number as people write it: 13,730,000 and 0.057, and 1.59e+23 where it grows too long."""
    if not -HUGE < value < HUGE:  # neither is NaN
        return f"{float(value):g}"
    if value == int(value):
        return f"{int(value):,}" if grouped else str(int(value))
    return f"{float(value):,.12g}" if grouped else repr(float(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return str(value)


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _line(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    padded = (_padded(c, w, right) for c, w, right in zip(cells, widths, is_number, strict=True))
    return "  ".join(padded).rstrip()


def _padded(cell: str, width: int, right: bool = False) -> str:
    blank = " " * (width - _width(cell))
    return blank + cell if right else cell + blank


def _width(cell: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return len(cell) if cell.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell)


def _cut(cell: str) -> str:
    if _width(cell) <= CELL_WIDTH:
        return cell
    while _width(cell) >= CELL_WIDTH:
        cell = cell[:-1]
    return cell.rstrip() + "…"
