"""The chance that value, unit, bound, metric and period of an observation are all right."""

from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.periods import When
from pipelines.vocabulary.quantity import Quantity


def confidence(quantity: Quantity, linked: Linked, when: When) -> float:
    """Between 0 and 1, from what the rules had to go on."""
    chance = 0.95 if quantity.unit is not None else 0.7
    chance *= linked.confidence if linked.metric else 0.7
    chance *= 0.95 if when.end else 0.75
    return round(chance, 3)
