"""What Dagster loads: `dagster dev` and `dg dev` find this module by pyproject.toml."""

import dagster as dg

from pipelines.orchestration import asset_checks, assets, triggers
from pipelines.orchestration.home import HomeFolder

defs = dg.Definitions(
    assets=assets.ALL,
    asset_checks=asset_checks.ALL,
    jobs=[triggers.ingest],
    schedules=[triggers.daily],
    sensors=[triggers.raw_changed],
    resources={"home": HomeFolder()},
)
