"""The limits of plausibility, from the metric catalogue.

What lives here: turning a curator's row (range in the metric's own unit, step a year, part of) into canonical limits.
The checks see only `Limits`, so that they can be tried on any history.
"""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.checks.plausibility.facts import Limits


def of_catalogue(catalogue: Catalogue) -> dict[str, Limits]:
    """Limits by metric id. A range whose unit the unit catalogue cannot convert is left open."""
    return {metric.id: _limits(metric, catalogue) for metric in catalogue.metrics}


def _limits(metric: Metric, catalogue: Catalogue) -> Limits:
    unit = catalogue.units.get(metric.unit)
    factor = float(unit.factor) if unit is not None else 1.0
    return Limits(
        low=None if metric.plausible_low is None else metric.plausible_low * factor,
        high=None if metric.plausible_high is None else metric.plausible_high * factor,
        yearly_step=metric.yearly_step,
        whole=metric.part_of,
        is_additive=metric.is_national and not metric.is_ratio,
        canonical_unit=unit.canonical if unit is not None else metric.unit,
        dimension=metric.dimension,
    )
