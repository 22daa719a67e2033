"""One run of the main job, from the command line: the same job that Dagster's schedule and sensor start.

What lives here: looking for work before Dagster is imported, running the job in this process against the home's own
instance so that the UI shows it, and the summary. What does not: the steps (see `steps`) and printing (see `cli`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.orchestration import steps
from pipelines.storage.home import Home


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. `failures` are (path, code, message) of articles that could not be read."""

    is_idle: bool  # there was nothing to do, and nothing was done
    warehouse: Path
    run_id: str | None = None
    articles_new: int = 0
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


def dry_run(home: Home, paths: Sequence[Path] = ()) -> steps.Work:
    """What a run would read, without doing it."""
    return steps.find_work(home, paths)


def run(home: Home, paths: Sequence[Path] = ()) -> RunSummary:
    """Runs the main job. Raises InvariantError when nothing was published, StorageError for lock and disk."""
    work = steps.find_work(home, paths)
    if work.is_empty:
        return RunSummary(is_idle=True, warehouse=home.published, articles_known=work.known, failures=work.failures)
    from pipelines.orchestration.execution import execute  # imports Dagster, which takes seconds

    run_id = execute(home, paths)
    return steps.summary(home, run_id)
