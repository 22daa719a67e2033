"""`catalogue check` and `catalogue preview`: what a curator's edit is worth, before it is published.

What lives here: arguments and printing. What does not: the checks of the tables (see `catalogue`), and the extraction
that a preview makes (see `orchestration.preview`).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import printing
from pipelines.cli.options import HomeOption, home_of, published_home
from pipelines.vocabulary.errors import ArticleError, CatalogueError

if TYPE_CHECKING:
    from pipelines.catalogue import Catalogue
    from pipelines.orchestration.preview import Preview
    from pipelines.storage.home import Home

catalogue_app = typer.Typer(help="The data files that a curator edits.", no_args_is_help=True)


@catalogue_app.command("check")
def check(home: HomeOption = None) -> None:
    """Read every table of the catalogue, the home's overlay included, and every suite; name the lines that are wrong.

    Example: tallyhouse catalogue check
    """
    from pipelines import catalogue
    from pipelines.catalogue import soundness

    here = home_of(home)
    for name, size in loaded(here):
        print(f"{name:<16} {size:>6,}")
    print(f"overlay          {printing.shown(here.overlay) if here.overlay.is_dir() else 'none'}")
    faults = list(soundness.faults(catalogue.load(here.overlay)))
    for fault in faults:
        printing.complain(str(fault))
    if faults:
        raise typer.Exit(CatalogueError.exit_code)


@catalogue_app.command("preview")
def preview(
    limit: Annotated[int, typer.Option(help="How many changes to list.")] = 20,
    home: HomeOption = None,
) -> None:
    """Say what the catalogue as it is now would change in the warehouse; reads the kept texts, changes nothing.

    Put the rows to be added or replaced into files of the same name in the home's catalogue/ folder.

    Example: tallyhouse catalogue preview
    """
    from pipelines.orchestration.preview import preview as made

    printing.end_with_reader()
    here = published_home(home)
    found = made(here)
    forgotten = f" ({found.forgotten:,} more were forgotten)" if found.forgotten else ""
    print(f"Read again    {printing.count(found.articles, 'text')}{forgotten}; nothing was changed")
    print(f"Overlay       {printing.shown(here.overlay) if here.overlay.is_dir() else 'none'}")
    _print_changes(found, limit)
    for failure in found.failures:
        printing.complain(failure)
    if found.failures:
        raise typer.Exit(ArticleError.exit_code)


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.add_typer(catalogue_app, name="catalogue")


def _print_changes(found: "Preview", limit: int) -> None:
    changed = {change.observation_id for change in found.changes}
    print(
        f"Observations  {len(changed):,} of {found.observations:,} would change, {len(found.found):,} would be new, "
        f"{len(found.gone):,} would go"
    )
    if found.linked:
        print(f"\n{printing.bold('Labels of mart.unmapped that would get a metric')}")
        ranked = sorted(found.linked.items(), key=lambda item: (-item[1], item[0]))
        printing.table(("label", "metric", "observations"), [(*pair, count) for pair, count in ranked[:limit]])
    kinds = Counter((c.field, _shown(c.before), _shown(c.after)) for c in found.changes)
    if kinds:
        print(f"\n{printing.bold('Fields that would change')}")
        examples = {(c.field, _shown(c.before), _shown(c.after)): c for c in reversed(found.changes)}
        printing.table(
            ("field", "now", "then", "observations", "for example", "observation_id"),
            [(*kind, count, examples[kind].quote, examples[kind].observation_id)
             for kind, count in kinds.most_common(limit)],
        )  # fmt: skip
    for title, listed in (("Would be new", found.found), ("Would go", found.gone)):
        if listed:
            print(f"\n{printing.bold(title)}")
            printing.table(("quote", "metric"), listed[:limit])
    if max(len(kinds), len(found.linked), len(found.found), len(found.gone)) > limit:
        print(f"\nOnly {limit:,} of each are listed; --limit shows more")


def _shown(value: Any) -> str:
    return "-" if value is None else printing.number(value) if isinstance(value, float) else str(value)


def loaded(home: "Home") -> Iterator[tuple[str, int]]:
    """Each subject of the catalogue with the number of its entries. Raises CatalogueError at the first wrong row."""
    from pipelines import catalogue
    from pipelines.checks import suites

    known = catalogue.load(home.overlay)
    subjects: dict[str, Callable[[Catalogue], int]] = {
        "units": lambda c: len(c.units.by_code),
        "counted nouns": lambda c: len(c.nouns.known),
        "metrics": lambda c: len(c.metrics),
        "places": lambda c: len(c.places.all),
        "organisations": lambda c: len(c.organisations.all),
        "qualifiers": lambda c: len(c.qualifiers),
        "number words": lambda c: len(c.grammar.cardinals),
        "Chinese words": lambda c: sum(map(len, c.chinese.by_role.values())),
    }
    for name, size in subjects.items():
        yield name, size(known)
    for subject in ("dimension_keys", "periods", "boilerplate"):
        getattr(known, subject)
    yield "expectations", sum(len(suite.expectations) for suite in suites.load().values())
