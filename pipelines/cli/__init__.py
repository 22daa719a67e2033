"""The command line: what an operator or analyst types, and what comes back.

What lives here: arguments, help, printing and exit codes; one module for each circle of commands (`ingesting`,
`extracting`, `asking`, `explaining`, `leaving`, `curating`, `tending`). What does not: any work. Each command imports
what it needs when it is called, so that `extract` starts without DuckDB, Dagster or Great Expectations.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import pipelines
from pipelines.cli import asking, curating, explaining, extracting, ingesting, leaving, tending
from pipelines.cli.printing import complain
from pipelines.storage.disk import guarded
from pipelines.vocabulary.errors import TallyhouseError

#: How the launcher was called, so that a command printed for the user works when it is pasted.
CALLED_AS = "TALLYHOUSE_COMMAND"

EXIT_CODES = """

**Exit codes:** 0 done; 1 an invariant broke and nothing was published; 2 wrong use; 3 done, but some articles could not
be read; 4 locked, full or read-only disk.
"""

app = typer.Typer(
    name="tallyhouse",
    help="Turns the numbers in reports and news into rows that people can trust." + EXIT_CODES,
    epilog="Start with: tallyhouse ingest",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"tallyhouse {pipelines.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    home: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep raw/, warehouse and state in DIR (also: TALLYHOUSE_HOME, or after the command)."
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    del version
    if home is not None:
        os.environ["TALLYHOUSE_HOME"] = str(home)


for module in (ingesting, extracting, asking, explaining, leaving, curating, tending):
    module.register(app)


def main() -> None:
    """Runs the command line and ends the process with its exit code; errors of ours are told in words."""
    try:
        with guarded(Path("standard output")):
            try:
                app(prog_name=os.environ.get(CALLED_AS) or "tallyhouse")
            finally:
                sys.stdout.flush()
    except TallyhouseError as error:
        complain(str(error))
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - a full disk would be met again at the very end
        sys.exit(error.exit_code)
