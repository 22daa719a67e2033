"""When the job runs by itself: every morning, and whenever raw/ changes.

What lives here: the job, its schedule and its sensor. Both are off until an operator turns them on in the UI.
"""

import dagster as dg

from pipelines.orchestration import steps
from pipelines.orchestration.home import HomeFolder

#: In process: the steps hand over through one writable file, and a process for each would cost more than the work.
ingest = dg.define_asset_job(
    "ingest",
    selection=dg.AssetSelection.all(),
    description="The main job: new articles of raw/ to a published warehouse.",
    executor_def=dg.in_process_executor,
)

daily = dg.ScheduleDefinition(
    name="daily_ingest",
    job=ingest,
    cron_schedule="30 6 * * *",
    execution_timezone="UTC",
    description="Every morning at 06:30 UTC. A run with nothing new ends after its first step.",
)


@dg.sensor(name="raw_changed", job=ingest, minimum_interval_seconds=60)
def raw_changed(context: dg.SensorEvaluationContext, home: HomeFolder) -> dg.RunRequest | dg.SkipReason:
    """New or changed files in raw/, by name, size and time of change; contents are hashed by the run itself."""
    state = steps.raw_state(home.open())
    if state == context.cursor:
        return dg.SkipReason("nothing changed in raw/")
    context.update_cursor(state)
    return dg.RunRequest(run_key=state)
