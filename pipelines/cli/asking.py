"""`sql` and `find`: questions to the published warehouse, which is only ever opened to be read.

What lives here: passing the question on and printing the answer. What does not: the tables and what they mean (see
`warehouse/` and its dictionary).
"""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import printing
from pipelines.cli.options import HomeOption, home_of, published_home
from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipelines.storage.home import Home

#: How many rows `find` shows of each kind.
FOUND = 20


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="SQL of DuckDB; - for standard input.")],
    format: Annotated[printing.Format, typer.Option(help="How to print the rows.")] = printing.Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Ask the published warehouse in SQL. It is opened read-only, and may be asked during a run.

    Example: tallyhouse sql "FROM mart.flagged" --format csv
    """
    import duckdb

    from pipelines.storage.warehouse import open_published

    printing.end_with_reader()
    with open_published(published_home(home)) as warehouse:
        try:
            names, found = warehouse.table(sys.stdin.read() if query == "-" else query)
        except duckdb.Error as error:
            raise UsageError(f'{error}\nThe tables are listed by: tallyhouse sql "SHOW ALL TABLES"') from None
    printing.rows(names, found, format)


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must occur, in any order.")],
    home: HomeOption = None,
) -> None:
    """Find metrics, places and articles by words of their names, in English or Chinese.

    Example: tallyhouse find computing power
    """
    printing.end_with_reader()
    here = home_of(home)
    wanted = [word for argument in words for word in _folded(argument).split()]
    if not wanted:
        raise UsageError("give at least one word to look for")
    counts, articles = _published(here)
    sections = {
        "Metrics": (("metric", "unit", "observations", "name", "definition"), _metrics(here, wanted, counts)),
        "Places": (("place", "kind", "names"), _places(here, wanted)),
        "Articles": (
            ("article_id", "published", "publisher", "title"),
            [row for row in articles if _has(wanted, " ".join(filter(None, map(str, row))))],
        ),
    }
    for title, (names, rows) in sections.items():
        if rows:
            print(printing.bold(f"{title} ({len(rows):,})"))
            printing.table(names, rows[:FOUND])
            if len(rows) > FOUND:
                print(f"... and {len(rows) - FOUND:,} more; give a further word")
            print()
    if not any(rows for _, rows in sections.values()):
        print("Nothing matches. A metric or a place is added as one row of a catalogue file, see the README.")


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(sql)
    app.command()(find)


def _published(home: "Home") -> tuple[dict[str, int], list[tuple[Any, ...]]]:
    """How many observations each metric has, and the articles; nothing where no warehouse is yet."""
    if not home.published.exists():
        return {}, []
    from pipelines.storage.warehouse import open_published

    with open_published(home) as warehouse:
        _, counts = warehouse.table("SELECT metric, sum(observations)::BIGINT FROM mart.coverage GROUP BY metric")
        _, articles = warehouse.table(
            "SELECT article_id, left(published_at, 10), publisher, title FROM core.article WHERE is_newest "
            "ORDER BY published_at DESC, title"
        )
    return dict(counts), articles


def _metrics(home: "Home", wanted: list[str], counts: dict[str, int]) -> list[tuple[Any, ...]]:
    from pipelines import catalogue

    found = [
        (m.id, m.unit, counts.get(m.id, 0), " · ".join(filter(None, (m.name_en, m.name_zh))), m.definition)
        for m in catalogue.load(home.overlay).metrics
        if _has(wanted, " ".join((m.id.replace("_", " "), m.id, m.name_en, m.name_zh, *m.aliases)))
    ]
    return sorted(found, key=lambda row: (-row[2], row[0]))


def _places(home: "Home", wanted: list[str]) -> list[tuple[Any, ...]]:
    from pipelines.catalogue.places import COLUMNS, NO_PLACE
    from pipelines.catalogue.table import read_table

    return [
        (row["id"], row["kind"], ", ".join(names))
        for row in read_table("places.csv", COLUMNS, home.overlay)
        if row["kind"] != NO_PLACE
        and _has(wanted, " ".join((row["id"], *(names := (*row.list("names_en"), *row.list("names_zh"))))))
    ]


def _has(wanted: list[str], text: str) -> bool:
    folded = _folded(text)
    return all(word in folded for word in wanted)


def _folded(text: str) -> str:
    """Lower case, and Chinese in simplified characters."""
    from pipelines.catalogue.script import fold

    return fold(text).casefold()
