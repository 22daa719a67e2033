"""The expectations as asset checks: one for each entry of each suite, and one for each kind of doubt.

What lives here: listing the checks from the suite files, without Great Expectations, and reporting the verdicts that
the audit has already reached. What does not: judging. An error blocks nothing here, because `published` itself refuses.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.checks import Suite, plausibility, suites
from pipelines.orchestration import assets, notes
from pipelines.orchestration.home import HomeFolder
from pipelines.vocabulary.verdict import Verdict

#: The asset that a suite speaks of, and the step after which its verdicts are known.
STANDS_ON = {
    "article": (assets.raw_articles.key, assets.AUDIT[0]),
    "observation": (assets.observations.key, assets.AUDIT[0]),
    "ignored": (assets.AUDIT[1], assets.AUDIT[0]),
    "warehouse": (dg.AssetKey(["core", "observation"]), dg.AssetKey(["core", "observation"])),
}


def of_suite(suite: Suite) -> dg.AssetChecksDefinition:
    """The checks of one suite. Severity: critical is an ERROR, the others a WARN."""
    key, after = STANDS_ON[suite.table]
    specs = [
        dg.AssetCheckSpec(
            name=expectation.id,
            asset=key,
            description=expectation.description,
            additional_deps=[after] if after != key else None,
            metadata={"severity": expectation.severity, "type": expectation.type},
        )
        for expectation in suite.expectations
    ]

    @dg.multi_asset_check(name=f"check_{suite.table}", specs=specs, description=suite.description)
    def report(home: HomeFolder) -> Iterator[dg.AssetCheckResult]:
        verdicts = {verdict.check: verdict for verdict in notes.read(home.open()).verdicts}
        for expectation in suite.expectations:
            yield _result(key, expectation.id, verdicts.get(suite.check_name(expectation)), expectation.severity)

    return report


@dg.multi_asset_check(
    name="check_plausibility",
    description="how many observations each kind of doubt stands on",
    specs=[dg.AssetCheckSpec(name=n, asset=assets.FLAG, description=told) for n, told in plausibility.NAMES.items()],
)
def plausibility_report(home: HomeFolder) -> Iterator[dg.AssetCheckResult]:
    flags = notes.read(home.open()).flags
    for name in plausibility.NAMES:
        yield dg.AssetCheckResult(
            asset_key=assets.FLAG, check_name=name, passed=True, metadata={"flagged": flags.get(name, 0)}
        )


def _result(key: dg.AssetKey, name: str, verdict: Verdict | None, severity: str) -> dg.AssetCheckResult:
    """A check without a verdict passed nothing and failed nothing: it is told as not judged in this run."""
    told = verdict or Verdict(name, "", "passed", severity, 0, 0, "no new rows to judge in this run")
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=told.end == "passed",
        severity=dg.AssetCheckSeverity.ERROR if severity == "critical" else dg.AssetCheckSeverity.WARN,
        description=told.reason,
        metadata={"end": told.end, "checked": told.checked, "failing": told.failing, "severity": severity},
    )


ALL = [*(of_suite(suite) for suite in suites.load().values()), plausibility_report]
