"""Running a suite over a table with Great Expectations, and saying what came of it in our own words.

What lives here: the only use of Great Expectations, imported inside the function that validates because the import
alone takes seconds. What does not: which expectations there are (see `expectations/`), and doubts about plausible
values (see `plausibility`), which only ever flag.
"""

import logging
import os
import warnings
from collections.abc import Iterable, Set
from typing import Any

from pipelines.checks.suites import Expectation, Suite
from pipelines.vocabulary.errors import CatalogueError, InvariantError
from pipelines.vocabulary.verdict import Quarantined, Verdict

_END_OF_SEVERITY = {"critical": "failed", "warning": "warned", "info": "warned"}


def judge(suite: Suite, frame: Any) -> tuple[list[Verdict], list[Quarantined]]:
    """Verdicts in the order of the suite, and the rows of `frame` (a pandas DataFrame) that fail a critical one.

    Raises CatalogueError when Great Expectations does not know an expectation of the suite. An expectation that
    cannot run over this table (a missing column, a text where numbers are compared) ends as `error`.
    """
    results = _validate(suite, frame)
    verdicts: list[Verdict] = []
    quarantined: list[Quarantined] = []
    for expectation in suite.expectations:
        result = results.get(expectation.id)
        verdict, rows = _verdict(suite, expectation, result, len(frame))
        verdicts.append(verdict)
        if verdict.end == "failed" and expectation.is_row_level and not expectation.is_invariant:
            keys = frame[suite.key].iloc[rows].astype(str)
            quarantined.extend(Quarantined(key, verdict.check, expectation.description) for key in keys)
    return verdicts, quarantined


def require(verdicts: Iterable[Verdict]) -> None:
    """Raises InvariantError naming every broken invariant and every check that could not run."""
    blocking = [verdict for verdict in verdicts if verdict.is_blocking]
    if blocking:
        told = "; ".join(f"{verdict.check} {verdict.end}: {verdict.reason}" for verdict in blocking)
        raise InvariantError(f"nothing was published: {told}")


def _verdict(suite: Suite, expectation: Expectation, result: Any, checked: int) -> tuple[Verdict, list[int]]:
    check = suite.check_name(expectation)
    fault = "it gave no result" if result is None else _raised(result.exception_info)
    if fault:
        return (
            Verdict(check, suite.table, "error", expectation.severity, checked, 0, f"could not run: {fault}", True),
            [],
        )
    rows = sorted(set(result.result.get("unexpected_index_list") or []))
    if result.success:
        return Verdict(check, suite.table, "passed", expectation.severity, checked, 0, expectation.description), rows
    failing = int(result.result.get("unexpected_count") or len(rows) or 1)
    observed = result.result.get("observed_value")
    examples = result.result.get("partial_unexpected_list") or []
    seen = f"observed {observed}" if observed is not None else "for example " + ", ".join(map(repr, examples[:3]))
    end = _END_OF_SEVERITY[expectation.severity]
    reason = f"{expectation.description} ({seen})" if observed is not None or examples else expectation.description
    blocking = expectation.is_invariant and end == "failed"
    return Verdict(check, suite.table, end, expectation.severity, checked, failing, reason, blocking), rows


def _validate(suite: Suite, frame: Any) -> dict[str, Any]:
    """The result of each expectation by its id. Row positions stand in for the index, whatever the frame's own is."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read at import: nothing leaves the machine
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # third-party deprecations, on import and in every metric
        import great_expectations as gx
        from great_expectations.data_context.types.base import ProgressBarsConfig

        logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("tables")
        batch = source.add_dataframe_asset(suite.table).add_batch_definition_whole_dataframe("rows")
        declared = [
            {"type": e.type, "kwargs": dict(e.kwargs), "severity": e.severity, "meta": {"id": e.id}}
            for e in suite.expectations
        ]
        loaded = context.suites.add(gx.ExpectationSuite(name=suite.table, expectations=declared))
        _compare(suite, {(entry.meta or {}).get("id") for entry in loaded.expectations})
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=suite.table, data=batch, suite=loaded)
        )
        done = definition.run(
            batch_parameters={"dataframe": frame.reset_index(drop=True)},
            result_format={"result_format": "COMPLETE", "partial_unexpected_count": 3},
        )
    return {r.expectation_config.meta["id"]: r for r in done.results if r.expectation_config is not None}


def _compare(suite: Suite, loaded: Set[Any]) -> None:
    """Great Expectations drops an entry that it cannot read without a word to the caller; this says which."""
    for expectation in suite.expectations:
        if expectation.id not in loaded:
            raise CatalogueError(
                f"{suite.table}.yml",
                None,
                f'Great Expectations cannot use the expectation "{expectation.id}": '
                f"check its type ({expectation.type}) and its kwargs ({dict(expectation.kwargs)})",
            )


def _raised(info: Any) -> str | None:
    """The message of the exception that a result hides, if any: one level or nested by metric."""
    if not isinstance(info, dict):
        return None
    if info.get("raised_exception"):
        return str(info.get("exception_message") or "an exception without a message").strip()
    return next((told for told in map(_raised, info.values()) if told), None)
