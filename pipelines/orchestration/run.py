"""One run of the main job, from the command line: the same job that Dagster's schedule and sensor start.

What lives here: looking for work before Dagster is imported, running the job in this process against the home's own
instance so that the UI shows it, and the summary. What does not: the steps (see `steps`) and printing (see `cli`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.orchestration import notes, work
from pipelines.storage.home import Home
from pipelines.storage.lock import writer
from pipelines.storage.warehouse import open_published


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. `failures` are (path, code, message) of articles that could not be read."""

    is_idle: bool  # there was nothing to do, and nothing was done
    warehouse: Path
    run_id: str | None = None
    articles_new: int = 0
    articles_replaced: int = 0
    articles_known: int = 0
    failures: tuple[tuple[str, str, str], ...] = ()
    accepted: int = 0
    quarantined: int = 0
    ignored: int = 0
    flagged: int = 0
    checks: Mapping[str, int] = field(default_factory=dict)  # passed, warned, failed, error

    @property
    def exit_code(self) -> int:
        """0 done; 3 done, but some articles could not be read."""
        return 3 if self.failures else 0


def dry_run(home: Home, paths: Sequence[Path] = ()) -> work.Work:
    """What a run would read, without doing it."""
    return work.find(home, paths)


def run(home: Home, paths: Sequence[Path] = ()) -> RunSummary:
    """Runs the main job. Raises InvariantError when nothing was published, StorageError for lock and disk."""
    found = work.find(home, paths)
    if found.is_nothing:
        failures = _failures(home) if found.plan.failed_before else ()
        return RunSummary(True, home.published, articles_known=found.plan.known, failures=failures)
    with writer(home, what="ingest"):
        from pipelines.orchestration.execution import execute  # imports Dagster, which takes seconds

        run_id = execute(home, paths)
    told = notes.read(home)
    return RunSummary(
        is_idle=False,
        warehouse=home.published,
        run_id=run_id,
        articles_new=int(told.told["articles_new"]),
        articles_replaced=int(told.told["articles_replaced"]),
        articles_known=told.known,
        failures=_failures(home),
        accepted=int(told.told["accepted"]),
        quarantined=int(told.told["quarantined"]),
        ignored=int(told.told["ignored"]),
        flagged=int(told.told["flagged"]),
        checks=Counter(verdict.end for verdict in told.verdicts),
    )


def _failures(home: Home) -> tuple[tuple[str, str, str], ...]:
    """Every file that the rules cannot read, those of earlier runs included."""
    with open_published(home) as warehouse:
        found = warehouse.rows("SELECT raw_path, code, message FROM audit.failure ORDER BY raw_path")
    return tuple((row["raw_path"], row["code"], row["message"]) for row in found)
