"""The catalogue's rows as the plain values that storage keeps in core.metric, core.unit and core.source.

What lives here: only the translation; storage knows no catalogue, and the catalogue no table.
"""

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import KINDS
from pipelines.storage.definitions import Reference


def of_catalogue(catalogue: Catalogue) -> Reference:
    """All metrics, units of measure and organisations. A source's precedence is its kind's: issuers before outlets."""
    return Reference(
        metrics=[
            {
                "metric": metric.id,
                **{
                    name: getattr(metric, name)
                    for name in (
                        "subject", "name_en", "name_zh", "definition", "dimension", "unit", "kind", "stock_or_flow",
                        "part_of", "plausible_low", "plausible_high", "yearly_step", "source",
                    )
                },
            }
            for metric in catalogue.metrics
        ],
        units=[
            {
                "unit": unit.code,
                "dimension": unit.dimension.partition(":")[0],
                "canonical_unit": unit.canonical,
                "factor": float(unit.factor),
            }
            for unit in sorted(catalogue.units.by_code.values(), key=lambda unit: unit.code)
            if "/" not in unit.code and not unit.dimension.startswith("count:")  # the catalogue makes those on demand
        ],
        sources=[
            {
                "source": source.name,
                "kind": source.kind,
                "country": source.country or None,
                "precedence": KINDS.index(source.kind) + 1,
            }
            for source in catalogue.organisations.all.values()
        ],
    )  # fmt: skip
