"""The chance that value, unit, bound, metric and period of an observation are all right, from what decided them.

What lives here: the signs by which a reading is trusted more or less. What does not: how much each weighs (see
`catalogue.confidence`), which is fitted on labelled articles and proved by `bench/calibration.py`.
"""

from collections.abc import Iterator

from pipelines.catalogue import Catalogue
from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.periods import When
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

#: Rules that name a word of the sentence after their own name: there are too many to weigh each.
_WORDY = ("bound ", "movement ")


def confidence(quantity: Quantity, linked: Linked, when: When, sentence: Sentence, catalogue: Catalogue) -> float:
    """Between 0 and 1."""
    return catalogue.confidence.chance(signs(quantity, linked, when, sentence))


def signs(quantity: Quantity, linked: Linked, when: When, sentence: Sentence) -> Iterator[str]:
    """What the rules had to go on, each as a sign of the table."""
    yield "always"
    yield f"kind: {quantity.kind}"
    yield f"block: {sentence.block}"
    yield f"language: {sentence.language}"
    if quantity.unit is None:
        yield "unit: none"
    if quantity.value_high is not None:
        yield "value: range"
    if quantity.bound != "=":
        yield "bound: stated"
    for rule in quantity.rules:
        if not rule.startswith(_WORDY):
            yield f"rule: {rule}"
    if linked.metric is None:
        yield "metric: none, no other near" if not linked.runners_up else "metric: none, others near"
    else:
        yield f"metric: score {int(linked.confidence * 10) / 10}"
        yield f"metric: {_place(linked.why)}"
        if not linked.runners_up:
            yield "metric: no other near"
    yield f"period: {_place(when.why)}" if when.end is not None else "period: none"


def _place(why: tuple[str, ...]) -> str:
    """Where the deciding words stand, without the words."""
    return why[0].partition(":")[0] if why else "unknown"
