"""Dagster's own records of old runs, which it never clears away by itself: its rows, event files and logs on disk.

What lives here: removing them after a run, within bounds, and ending those whose process was killed. What does not:
the other traces of a home (see `storage.retention`), and the records of ticks (see `dagster.yaml`). What a run did
stays in the warehouse's `audit.run`.
"""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from pipelines.storage.home import Home
from pipelines.storage.retention import RUN_DAYS

#: How many runs the UI remembers at most, however young they are.
RUNS = 500
#: How many are removed after one run: a home with years of them is cleared little by little.
AT_ONCE = 100


def clear(
    instance: DagsterInstance, home: Home, current: str, keep: int = RUNS, days: float = RUN_DAYS, most: int = AT_ONCE
) -> int:
    """Removes runs older than `days`, and the oldest beyond the `keep` newest; never the one with id `current`.

    Returns how many runs were removed. A run that was killed counts like any other.
    """
    aged = RunsFilter(created_before=datetime.now(UTC) - timedelta(days=days))
    old = [record.dagster_run.run_id for record in instance.get_run_records(aged, limit=most, ascending=True)]
    excess = min(instance.get_runs_count() - keep, most)
    if excess > len(old):
        old = [record.dagster_run.run_id for record in instance.get_run_records(limit=excess, ascending=True)]
    old = [run_id for run_id in old if run_id != current]
    for run_id in old:
        instance.delete_run(run_id)
        (home.dagster / "history" / "runs" / f"{run_id}.db").unlink(missing_ok=True)
        shutil.rmtree(home.dagster / "storage" / run_id, ignore_errors=True)
    return len(old)


def end_killed(instance: DagsterInstance, tags: Mapping[str, str]) -> int:
    """Ends the runs with these tags that still seem to go on, and says how many; the caller holds the home's lock.

    So no such run can be alive. A run that was killed cannot say so itself, and Dagster would count it as going on for
    ever, and let no other run begin.
    """
    going_on = RunsFilter(tags=dict(tags), statuses=[DagsterRunStatus.STARTING, DagsterRunStatus.STARTED])
    found = instance.get_runs(going_on)
    for run in found:
        instance.report_run_failed(run, "The process of this run was killed; the next run completes its work.")
    return len(found)
