"""The path as Dagster assets: one step of `flow.STEPS` each, its tables as keys of their own.

What lives here: names, groups, owners and dependencies, and bodies that call a step and hand on its metadata. What does
not: what a step does (see `steps`), what a column means (see the dictionary).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import dagster as dg

from pipelines.flow import STEPS
from pipelines.orchestration import columns, old_runs, steps
from pipelines.orchestration.home import HomeFolder, Sources

OWNERS = ["team:tallyhouse"]

DAILY = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=26))

AUDIT = [dg.AssetKey(["audit", name]) for name in ("quarantine", "ignored", "check_result")]
#: The core tables with what they are made from; the last three come from the catalogue, which is no asset.
CORE = {
    dg.AssetKey(["core", "article"]): [dg.AssetKey("raw_articles"), dg.AssetKey("observations")],
    dg.AssetKey(["core", "observation"]): [dg.AssetKey("observations"), AUDIT[0]],
    dg.AssetKey(["core", "metric"]): [],
    dg.AssetKey(["core", "unit"]): [],
    dg.AssetKey(["core", "source"]): [],
}
FLAG = dg.AssetKey(["audit", "flag"])
MARTS = columns.marts()


@dg.asset(group_name="raw", kinds={"file"}, owners=OWNERS, description=STEPS["raw_articles"])
def raw_articles(context: dg.AssetExecutionContext, home: HomeFolder, config: Sources) -> dg.MaterializeResult[Any]:
    return dg.MaterializeResult(metadata=_metadata(steps.raw_articles(home.open(), config.paths, context.run_id)))


@dg.asset(
    group_name="staging", kinds={"parquet", "python"}, owners=OWNERS, deps=[raw_articles],
    description=STEPS["observations"],
)  # fmt: skip
def observations(home: HomeFolder) -> dg.MaterializeResult[Any]:
    return dg.MaterializeResult(metadata=_metadata(steps.observations(home.open())))


@dg.multi_asset(
    name="audit", specs=[columns.spec(key, "audit", [observations.key], OWNERS) for key in AUDIT],
    description=STEPS["audit"],
)  # fmt: skip
def audit(home: HomeFolder) -> Iterator[dg.MaterializeResult[Any]]:
    yield from _results(AUDIT, steps.audit(home.open()))


@dg.multi_asset(
    name="warehouse", description=STEPS["warehouse"],
    specs=[
        *(columns.spec(key, "core", made_from, OWNERS) for key, made_from in CORE.items()),
        columns.spec(FLAG, "audit", [dg.AssetKey(["core", "observation"]), dg.AssetKey(["core", "metric"])], OWNERS),
    ],
)  # fmt: skip
def warehouse(home: HomeFolder) -> Iterator[dg.MaterializeResult[Any]]:
    yield from _results([*CORE, FLAG], steps.warehouse(home.open()))


@dg.multi_asset(
    name="marts", description=STEPS["marts"],
    specs=[columns.spec(key, "mart", reads, OWNERS) for key, reads in MARTS.items()],
)  # fmt: skip
def marts(home: HomeFolder) -> Iterator[dg.MaterializeResult[Any]]:
    yield from _results(list(MARTS), steps.marts(home.open()))


@dg.asset(
    group_name="published", kinds={"duckdb"}, owners=OWNERS, deps=[*MARTS, *AUDIT, FLAG],
    description=STEPS["published"], freshness_policy=DAILY,
)  # fmt: skip
def published(context: dg.AssetExecutionContext, home: HomeFolder) -> dg.MaterializeResult[Any]:
    outcome = steps.published(home.open())
    try:
        old_runs.clear(context.instance, home.open(), context.run_id)
    except Exception as error:  # what is published stays so, whether or not the traces of old runs can be removed
        context.log.warning(f"Records of old runs could not be removed: {error}")
    return dg.MaterializeResult(metadata=_metadata(outcome))


ALL = [raw_articles, observations, audit, warehouse, marts, published]


def _metadata(outcome: steps.Outcome) -> dict[str, Any]:
    """A step's notes as metadata, and its row count where Dagster draws a curve of it."""
    return {**outcome.notes, **({} if outcome.rows is None else {"dagster/row_count": outcome.rows})}


def _results(keys: Sequence[dg.AssetKey], outcome: steps.Outcome) -> Iterator[dg.MaterializeResult[Any]]:
    """One result a table, with its own row count."""
    for key in keys:
        rows = outcome.tables.get(".".join(key.path))
        yield dg.MaterializeResult(
            asset_key=key, metadata={**outcome.notes, **({} if rows is None else {"dagster/row_count": rows})}
        )
