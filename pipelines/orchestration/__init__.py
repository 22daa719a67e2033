"""The shell around the path: assets, asset checks, the job, its schedule and sensor, in Dagster.

What lives here: `run`, which the command line calls, and the definitions that the Dagster UI loads; both run the same
job. What does not: any logic of the path (see `flow`, `checks`, `storage`; `steps` joins them). Importing this package
does not import Dagster: a run with nothing to do ends before that.
"""

from pipelines.orchestration.run import RunSummary, dry_run, run

__all__ = ["RunSummary", "dry_run", "run"]
