"""Arguments that several commands share, and the home they speak of."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipelines.storage.home import Home

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Keep raw/, warehouse and state in DIR."),
]


def home_of(given: Path | None) -> "Home":
    """The home folder: the option, else TALLYHOUSE_HOME, else the usual one."""
    from pipelines.storage.home import Home

    return Home.find(given)


def published_home(given: Path | None) -> "Home":
    """The same, for commands that read what is published. Raises UsageError where nothing is."""
    home = home_of(given)
    if not home.published.exists():
        raise UsageError(f"{home.published}: there is no warehouse yet; run `tallyhouse ingest`")
    return home
