"""Running the job in this process, against the instance of the home. Importing this module imports Dagster.

What lives here: the call into Dagster, its silence on the terminal, and the way back from its errors to ours.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path

from pipelines.orchestration import settings
from pipelines.storage.home import Home
from pipelines.vocabulary.errors import TallyhouseError

#: Whom the run is by, in the UI's list of runs.
TAGS = {"tallyhouse/started_by": "command line"}


def execute(home: Home, paths: Sequence[Path] = ()) -> str:
    """Runs the job and returns the id of its run. Raises what a step raised, as it raised it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dagster's notes about its own beta parameters are nothing to an operator
        from dagster import DagsterInstance

        from pipelines.orchestration.definitions import defs

        with DagsterInstance.from_config(str(settings.write(home))) as instance:
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


def _own(error: BaseException | None) -> TallyhouseError | None:
    """The error of ours that Dagster wrapped, if it was one."""
    while error is not None and not isinstance(error, TallyhouseError):
        error = error.__cause__
    return error
