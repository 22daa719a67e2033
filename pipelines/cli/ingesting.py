"""`ingest`, `check` and `status`: the main job, what the expectations say of its result, and how things stand.

What lives here: arguments, progress and the closing summary. What does not: the job (see `orchestration`), which is
imported when a command is called.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import printing
from pipelines.cli.options import HomeOption, home_of, published_home
from pipelines.vocabulary.errors import InvariantError, StorageError, UsageError
from pipelines.vocabulary.verdict import ENDS, Verdict

if TYPE_CHECKING:
    from pipelines.orchestration import RunSummary
    from pipelines.orchestration.work import Work
    from pipelines.storage.home import Home

#: How many paths a listing names before it only counts.
LISTED = 10

#: A first query: what the warehouse knows of.
QUERY = "SELECT metric, place, first_period, last_period, observations FROM mart.coverage"


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files and folders to copy into raw/ first.", show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    home: HomeOption = None,
) -> None:
    """Read the new articles of raw/ and publish the warehouse.

    Running it again does nothing until an article, a rule, a catalogue row or an expectation changes.

    Example: tallyhouse ingest ~/Downloads/report.html
    """
    given = paths or []
    for path in given:
        if not path.expanduser().exists():
            raise UsageError(f"{path}: there is no such file or folder")
    here = home_of(home)
    from pipelines import orchestration

    if dry_run:
        _announce(orchestration.dry_run(here, given), here)
        return
    with _progress():
        done = orchestration.run(here, given)
    _summarise(done, here, home)
    raise typer.Exit(done.exit_code)


def check(home: HomeOption = None) -> None:
    """Hold all that is published against the expectations and the invariants again.

    Example: tallyhouse check
    """
    verdicts = _judged(published_home(home))
    order = {end: place for place, end in enumerate(reversed(ENDS))}
    for verdict in sorted(verdicts, key=lambda v: (order[v.end], v.check)):
        failing = f"{verdict.failing:,} of {verdict.checked:,}: " if verdict.failing else ""
        print(f"{verdict.end:<7} {verdict.check}  {failing}{verdict.reason}")
    ends = {end: sum(v.end == end for v in verdicts) for end in ENDS}
    print(f"\n{printing.count(len(verdicts), 'check')}: {_told(ends)}")
    if any(verdict.is_blocking for verdict in verdicts):
        raise InvariantError("a rule of the published warehouse is broken; `tallyhouse ingest` builds it anew")


def status(home: HomeOption = None) -> None:
    """Tell what is published, what waits in raw/, and whether a run is going on.

    Example: tallyhouse status
    """
    here = home_of(home)
    printing.pairs(_state(here))


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(ingest)
    app.command()(check)
    app.command()(status)


@contextmanager
def _progress() -> Iterator[None]:
    """A line on standard error that says which step runs, where a person is watching."""
    import sys

    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    from pipelines.orchestration import progress

    with Console(stderr=True).status("Looking for new articles") as line:

        def tell(step: str, done: int, total: int) -> None:
            line.update(f"{step} ({done:,} of {total:,})" if total else step)

        with progress.told_to(tell):
            yield


def _announce(found: "Work", home: "Home") -> None:
    plan = found.plan
    if found.is_nothing:
        print(f"Nothing to do: {printing.count(plan.known, 'article')} known, {len(plan.failed_before)} failed.")
        return
    print(f"Would read {printing.count(len(plan.to_extract), 'article')}; {plan.known:,} are known.")
    _list("  ", [file.raw_path for file in plan.to_extract])
    for title, names in (
        ("Would copy into raw/ and read:", [str(path) for path in found.outside]),
        ("Would take over from a run that was killed:", list(plan.staged)),
        ("Could not be read before, and have not changed:", list(plan.failed_before)),
        ("Are gone from raw/; their facts stay:", list(plan.vanished)),
        ("Would build the marts anew, because:", list(plan.reasons) if home.published.exists() else []),
    ):
        if names:
            print(title)
            _list("  ", names)


def _summarise(done: "RunSummary", home: "Home", given: Path | None) -> None:
    new, known, failed = done.articles_new, done.articles_known, len(done.failures)
    if done.is_idle and not known and not failed:
        print(f"Nothing to do: {printing.shown(home.raw)} is empty; put articles there, or name them: ingest PATH")
        return
    replaced = f", {done.articles_replaced:,} read again" if done.articles_replaced else ""
    if done.is_idle:
        print(f"Nothing to do: {printing.count(known, 'article')} known, {failed:,} failed.")
    else:
        print(f"Articles      {new:,} new{replaced}, {known:,} known, {failed:,} failed")
        print(
            f"Observations  {done.accepted:,} accepted, {done.quarantined:,} quarantined, {done.ignored:,} ignored, "
            f"{done.flagged:,} flagged"
        )
        print(f"Checks        {_told(done.checks)}")
    for path, _, message in done.failures[:LISTED]:
        printing.complain(message if path in message else f"{path}: {message}")
    if failed > LISTED:
        printing.complain(f"and {failed - LISTED:,} more; see audit.failure")
    if done.warehouse.exists():
        print(f"Warehouse     {printing.shown(done.warehouse)}")
        option = f"--home {given} " if given else ""
        print(f'Try           {os.environ.get("TALLYHOUSE_COMMAND", "tallyhouse")} {option}sql "{QUERY}"')


def _told(ends: Mapping[str, int]) -> str:
    """How many checks came to each end; errors are named for what they are."""
    words = {"passed": "passed", "warned": "warned", "failed": "failed", "error": "could not run"}
    return ", ".join(f"{ends[end]:,} {words[end]}" for end in ENDS if ends.get(end)) or "none was due"


def _list(indent: str, names: list[str]) -> None:
    for name in names[:LISTED]:
        print(f"{indent}{name}")
    if len(names) > LISTED:
        print(f"{indent}and {len(names) - LISTED:,} more")


def _judged(home: "Home") -> list[Verdict]:
    """The verdicts of every suite over everything that is published."""
    from pipelines import checks
    from pipelines.storage.warehouse import open_published

    tables = {"article": "core.article", "observation": "core.observation", "ignored": "audit.ignored"}
    verdicts: list[Verdict] = []
    with open_published(home) as warehouse:
        for name, suite in checks.suites.load().items():
            frame = warehouse.frame(tables[name], suite.columns) if name in tables else warehouse.soundness(home)
            verdicts += checks.judge(suite, frame)[0]
    return verdicts


def _state(home: "Home") -> list[tuple[str, str | None]]:
    from pipelines import orchestration
    from pipelines.storage import lock
    from pipelines.storage.warehouse import open_published

    told: list[tuple[str, str | None]] = [("home", str(home.root))]
    if home.published.exists():
        with open_published(home) as warehouse:
            (held,) = warehouse.rows(_HELD)
            last = warehouse.rows("SELECT * FROM audit.run ORDER BY started_at DESC, finished_at DESC LIMIT 1")
        taken = ("accepted", "quarantined", "ignored", "flagged")
        told += [
            ("warehouse", f"{printing.shown(home.published)} ({home.published.stat().st_size / 1e6:.1f} MB)"),
            ("articles", f"{held['articles']:,} ({held['failed']:,} could not be read)"),
            ("observations", ", ".join(f"{held[name]:,} {name}" for name in taken)),
            ("last run", _run(last[0]) if last else None),
        ]
    else:
        told.append(("warehouse", "none yet; run `tallyhouse ingest`"))
    busy = lock.holder(home)
    told.append(("writing", busy or "nobody"))
    try:
        plan = orchestration.dry_run(home).plan
    except StorageError as error:
        return [*told, ("waiting", f"cannot be told: {error}")]
    waiting = printing.count(len(plan.to_extract), "article")
    told.append(("waiting", f"{waiting} to read" + (f"; {'; '.join(plan.reasons)}" if plan.reasons else "")))
    if plan.vanished:
        told.append(("gone", f"{printing.count(len(plan.vanished), 'file')} of raw/; their facts stay"))
    return told


def _run(run: Mapping[str, Any]) -> str:
    return f"{run['started_at']:%Y-%m-%d %H:%M} UTC, {run['articles_new']:,} new, rules {run['rules']}"


_HELD = """
SELECT
    (SELECT count(*) FROM core.article) AS articles,
    (SELECT count(*) FROM audit.failure) AS failed,
    (SELECT count(*) FROM core.observation) AS accepted,
    (SELECT count(DISTINCT observation_id) FROM audit.quarantine) AS quarantined,
    (SELECT count(*) FROM audit.ignored) AS ignored,
    (SELECT count(*) FROM audit.flag) AS flagged
"""
