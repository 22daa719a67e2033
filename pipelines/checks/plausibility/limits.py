"""The limits of plausibility, from the metric catalogue.

What lives here: turning a curator's row (range in the metric's own unit, step a year, part of) into canonical limits.
The checks see only `Limits`, so that they can be tried on any history.
"""

from collections.abc import Callable

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.checks.plausibility.facts import Limits

_AS_METRICS_SAY = {"pure": "ratio", "multiple": "ratio"}


def of_catalogue(catalogue: Catalogue) -> dict[str, Limits]:
    """Limits by metric id."""
    return {metric.id: _limits(metric, catalogue) for metric in catalogue.metrics}


def dimension_of(catalogue: Catalogue) -> Callable[[str], str | None]:
    """The dimension of a unit as metrics name it: every counted noun is a count, a pure number or multiple a ratio."""
    units = catalogue.units

    def look_up(code: str) -> str | None:
        dimension = str(units.get(code).dimension).partition(":")[0]
        return _AS_METRICS_SAY.get(dimension, dimension)

    return look_up


def _limits(metric: Metric, catalogue: Catalogue) -> Limits:
    unit = catalogue.units.get(metric.unit)
    factor = float(unit.factor)
    return Limits(
        low=None if metric.plausible_low is None else metric.plausible_low * factor,
        high=None if metric.plausible_high is None else metric.plausible_high * factor,
        yearly_step=metric.yearly_step,
        whole=metric.part_of,
        is_additive=metric.is_national and not metric.is_ratio,
        canonical_unit=unit.canonical,
        dimension=metric.dimension,
    )
