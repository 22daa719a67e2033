"""`doctor`, `ui` and `test`: looking after an installation.

What lives here: what is looked at, and the remedy for what is amiss. What does not: the looking itself, which is the
business of the module concerned.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import pipelines
from pipelines.cli import curating, printing
from pipelines.cli.options import HomeOption, home_of
from pipelines.vocabulary.errors import StorageError, TallyhouseError, UsageError

if TYPE_CHECKING:
    from pipelines.storage.home import Home

LIBRARIES = ("dagster", "dagster-webserver", "duckdb", "great-expectations", "pyarrow", "pandas", "lxml")
#: The ones whose releases go together.
TWINS = ("dagster", "dagster-webserver")
LEAST_FREE = 500_000_000


def doctor(home: HomeOption = None) -> None:
    """Look for what is amiss with the installation and the home, and say how to mend it.

    Example: tallyhouse doctor
    """
    here = home_of(home)
    worst = 0
    for name, look in _examinations(here):
        try:
            print(f"ok    {name}: {look()}")
        except TallyhouseError as error:
            print(f"FAIL  {name}: {error}")
            worst = worst or error.exit_code
    if worst:
        raise typer.Exit(worst)


def ui(
    port: Annotated[int, typer.Option(help="Port to listen on, on this machine only.")] = 3000,
    home: HomeOption = None,
) -> None:
    """Open the Dagster UI on the home: runs, lineage, checks, schedule and sensor. Ctrl-C stops it.

    Example: tallyhouse ui --port 3001
    """
    from pipelines.orchestration.settings import open_ui

    _refuse_taken(port)
    here = home_of(home)
    here.prepare()
    printing.note(f"The UI of {here.root} opens at http://127.0.0.1:{port} in about 20 seconds. Ctrl-C stops it.")
    open_ui(here, port)


def test(context: typer.Context) -> None:
    """Run the tests of the repository; further arguments go to pytest.

    Example: tallyhouse test -k launcher
    """
    root = Path(pipelines.__file__).parents[1]
    if not (root / "tests").is_dir():
        raise UsageError(f"{root}: holds no tests; they come with the repository")
    if find_spec("pytest") is None:
        raise UsageError(f"pytest is not installed; run {root / 'tallyhouse'} test, which installs it")
    os.chdir(root)
    os.environ.pop("TALLYHOUSE_HOME", None)  # the tests make homes of their own
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *context.args])


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(doctor)
    app.command()(ui)
    app.command(
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": ["--help"]}
    )(test)


def _examinations(home: "Home") -> Iterator[tuple[str, Callable[[], str]]]:
    yield "Python", _python
    yield "libraries", _libraries
    yield "home", lambda: _home(home)
    yield "disk", lambda: _disk(home)
    yield "catalogue", lambda: ", ".join(f"{size:,} {name}" for name, size in curating.loaded(home))
    yield "articles", lambda: _articles(home)
    yield "warehouse", lambda: _warehouse(home)
    yield "writer", lambda: _writer(home)


def _python() -> str:
    return f"{sys.version.split()[0]} at {sys.executable}"


def _libraries() -> str:
    try:
        found = {name: version(name) for name in LIBRARIES}
    except PackageNotFoundError as error:
        raise UsageError(f"{error.name} is not installed; remove .venv and run ./tallyhouse again") from None
    if len({found[name] for name in TWINS}) > 1:
        raise UsageError(f"{' and '.join(TWINS)} must have one version; remove .venv and run ./tallyhouse again")
    return ", ".join(f"{name} {number}" for name, number in found.items())


def _home(home: "Home") -> str:
    if home.root.exists() and not os.access(home.root, os.W_OK):
        raise StorageError(f"{home.root}: cannot be written to; mend the permissions or choose another with --home")
    return str(home.root) + ("" if home.root.exists() else " (made by the first ingest)")


def _disk(home: "Home") -> str:
    place = next(folder for folder in (home.root, *home.root.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE:
        raise StorageError(f"{free / 1e6:,.0f} MB free at {place}; make some space, a build needs twice the warehouse")
    return f"{free / 1e9:,.1f} GB free"


def _articles(home: "Home") -> str:
    from pipelines.stages.text import is_article_path
    from pipelines.storage.raw import articles_at

    if not home.raw.is_dir():
        return "none; put files into raw/"
    return f"{sum(1 for _ in articles_at(home.raw, is_article_path)):,} in {printing.shown(home.raw)}"


def _warehouse(home: "Home") -> str:
    from pipelines.storage.warehouse import open_published

    if not home.published.exists():
        return "none yet; run `tallyhouse ingest`"
    with open_published(home) as warehouse:
        ((observations,),) = warehouse.table("SELECT count(*) FROM core.observation")[1]
        broken = warehouse.rows("SELECT raw_path, message FROM audit.failure ORDER BY raw_path")
    unread = f"; {len(broken):,} files could not be read, see audit.failure" if broken else ""
    return f"{printing.shown(home.published)}, {observations:,} observations{unread}"


def _writer(home: "Home") -> str:
    from pipelines.storage import lock

    return lock.holder(home) or "no run is going on"


def _refuse_taken(port: int) -> None:
    """Raises UsageError where another program listens on the port: Dagster would end with a traceback."""
    import socket

    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
