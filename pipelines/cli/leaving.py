"""`export`, `backup`, `restore`, `diff` and `article forget`: what leaves the warehouse, comes back, or is forgotten.

What lives here: arguments and what is told afterwards. What does not: the doing (see `storage`).
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import printing
from pipelines.cli.options import HomeOption, home_of, published_home
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipelines.storage.connection import Row

NOW = "now"
CHANGES = ("added", "revised", "flagged", "gone")
#: Columns of `diff` where no row says which there are.
COLUMNS = ("change", "metric", "place", "period_end", "old_value", "new_value", "unit", "quote", "observation_id")

article_app = typer.Typer(help="The articles behind the facts.", no_args_is_help=True)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, an empty one, or an earlier export.")],
    home: HomeOption = None,
) -> None:
    """Write everything published to a folder: Parquet, CSV, data package, citations; article bodies stay at home.

    Example: tallyhouse export exports/today
    """
    from pipelines.storage import exports

    written = exports.export(published_home(home), folder.expanduser())
    size = sum(path.stat().st_size for path in written)
    print(f"{printing.count(len(written), 'file')} ({size / 1e6:,.1f} MB) in {printing.shown(folder)}")


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|DIR]", help="A file to make, or a folder for one named by the time (default: backups/)."
        ),
    ] = None,
    home: HomeOption = None,
) -> None:
    """Copy what is published to one file, article bodies included. Runs and readers may go on meanwhile.

    Example: tallyhouse backup ~/tallyhouse.tar
    """
    from pipelines.storage import backup as copies

    made = copies.backup(published_home(home), target.expanduser() if target else None)
    print(f"{printing.shown(made)} ({made.stat().st_size / 1e6:,.1f} MB)")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `backup` made.")],
    home: HomeOption = None,
) -> None:
    """Put a backup in the place of what is published; raw/ stays, and the next ingest reads what came later.

    Example: tallyhouse restore ~/tallyhouse.tar
    """
    from pipelines.storage import backup as copies

    here = home_of(home)
    copies.restore(here, source.expanduser())
    print(f"{printing.shown(here.published)} is what it was in {printing.shown(source)}")


def diff(
    old: Annotated[
        str, typer.Argument(metavar="A", help="A published warehouse, its home, a backup, or a day: 2026-03-31.")
    ],
    new: Annotated[str, typer.Argument(metavar="B", help="The same, later.")] = NOW,
    format: Annotated[printing.Format, typer.Option(help="How to print the rows.")] = printing.Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Compare two published warehouses, or what reports said up to a day with what they say now.

    Rows are added, revised, flagged or gone. Between files a row is an observation, between days a series.

    Example: tallyhouse diff 2026-03-31 now --format csv
    """
    from pipelines.storage import diff as comparison

    printing.end_with_reader()
    days = (_day(old), _day(new))
    if any(days) and not (days[0] and (days[1] or new == NOW)):
        raise UsageError(f"{old} and {new} cannot be compared; give two warehouses, or a day and a later one or `now`")
    if days[0]:
        if days[1] and days[1] <= days[0]:
            raise UsageError(f"{old} is not before {new}; give the earlier day first")
        found = comparison.since(published_home(home).published, days[0], days[1])
    else:
        with _published(old, home) as earlier, _published(new, home) as later:
            found = comparison.between_files(earlier, later)
    _print(found, format)


@article_app.command("forget")
def forget(
    article_id: Annotated[
        str, typer.Argument(metavar="ARTICLE_ID", help="The whole id, as `tallyhouse find` lists it.")
    ],
    home: HomeOption = None,
) -> None:
    """Remove the text of an article for good; its hash, facts and quotes stay, and no later run brings it back.

    Example: tallyhouse article forget 1c1f6f1a0f3c9f0e
    """
    from pipelines.storage import texts
    from pipelines.storage.lock import writer
    from pipelines.storage.warehouse import open_published

    here = published_home(home)
    with writer(here, what="article forget"):
        is_new = texts.forget(here, article_id)
    print(f"The text of {article_id} {'is' if is_new else 'was already'} removed.")
    with open_published(here) as warehouse:
        kept = [here.raw / row["raw_path"] for row in warehouse.rows(
            "SELECT raw_path FROM core.article WHERE article_id = ?", [article_id])]  # fmt: skip
    for path in kept:
        if path.exists():
            print(f"Its raw file is yours to remove: {printing.shown(path)}")
    if here.backups.is_dir() and any(here.backups.iterdir()):
        print(f"Backups made before still hold it: {printing.shown(here.backups)}")


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for command in (export, backup, restore, diff):
        app.command()(command)
    app.add_typer(article_app, name="article")


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


@contextmanager
def _published(given: str, home: Path | None) -> Iterator[Path]:
    """The warehouse file that is meant; out of a backup, for as long as the block runs."""
    from pipelines.storage import backup as copies
    from pipelines.storage.home import Home

    path = Path(given).expanduser()
    if given == NOW:
        yield published_home(home).published
    elif path.is_dir():
        yield published_home(path).published
    elif path.suffix == copies.SUFFIX and path.exists():
        with tempfile.TemporaryDirectory(prefix="tallyhouse-") as folder:
            yield copies.unpack(path, Path(folder), (Home(path).published.name,))[0]
    elif path.exists():
        yield path
    else:
        raise UsageError(f"{given}: is no warehouse, home or backup, and no day like 2026-03-31")


def _print(found: "Sequence[Row]", format: printing.Format) -> None:
    names = list(found[0]) if found else list(COLUMNS)
    if found or format is not printing.Format.TABLE:
        printing.rows(names, [list(row.values()) for row in found], format)
    counted = Counter(row["change"] for row in found)
    told = ", ".join(f"{counted[change]:,} {change}" for change in CHANGES if counted[change])
    printing.note(told or "Nothing differs.")
