"""Running the job in this process, against the instance of the home. Dagster is imported when it is called.

What lives here: the call into Dagster, its silence on the terminal, and the way back from its errors to ours. The
caller of `execute` holds the home's writer lock.
"""

import sqlite3
import warnings
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from pipelines.orchestration import settings
from pipelines.storage.disk import guarded
from pipelines.storage.home import Home
from pipelines.storage.lock import writer
from pipelines.vocabulary.errors import StorageError, TallyhouseError

#: Whom the run is by, in the UI's list of runs.
TAGS = {"tallyhouse/started_by": "command line"}


def execute(home: Home, paths: Sequence[Path] = ()) -> str:
    """Runs the job and returns the id of its run. Raises what a step raised, as it raised it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dagster's notes about its own beta parameters are nothing to an operator
        from dagster import DagsterInstance

        from pipelines.orchestration import old_runs
        from pipelines.orchestration.definitions import defs

        refused = guarded(home.dagster, "what is published is whole")
        with refused, DagsterInstance.from_config(str(settings.write(home))) as instance:
            old_runs.end_killed(instance, TAGS)
            try:
                done = defs.resolve_job_def("ingest").execute_in_process(
                    instance=instance,
                    tags=TAGS,
                    run_config={
                        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                        "resources": {"home": {"config": {"path": str(home.root.resolve())}}},
                        "ops": {"raw_articles": {"config": {"paths": [str(path.resolve()) for path in paths]}}},
                    },
                )
            except Exception as error:
                own = _own(error)
                if own is None:
                    raise
                raise own from error
    return done.run_id


def end_killed(home: Home) -> None:
    """Ends in Dagster's books the runs of the command line that were killed; does nothing while a run goes on."""
    books = home.dagster / "history" / "runs.db"
    if not books.exists():
        return
    with closing(sqlite3.connect(f"{books.resolve().as_uri()}?mode=ro", uri=True)) as con:
        if not con.execute("SELECT 1 FROM runs WHERE status IN ('STARTING', 'STARTED') LIMIT 1").fetchall():
            return  # as always, and Dagster need not be imported
    with suppress(StorageError), writer(home, wait=0, what="a look at killed runs"):
        from dagster import DagsterInstance

        from pipelines.orchestration import old_runs

        with DagsterInstance.from_config(str(settings.write(home))) as instance:
            old_runs.end_killed(instance, TAGS)


def _own(error: BaseException | None) -> TallyhouseError | None:
    """The error of ours that Dagster wrapped, if it was one."""
    while error is not None and not isinstance(error, TallyhouseError):
        error = error.__cause__
    return error
