"""The chance that value, unit, bound, metric and period of an observation are all right, from what decided them.

What lives here: the signs by which a reading is trusted more or less. What does not: how much each weighs (see
`catalogue.confidence`), which is fitted on labelled articles and proved by `bench/calibration.py`.
"""

from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

#: Rules that name a word of the sentence after their own name: there are too many to weigh each.
_WORDY = ("bound ", "movement ")


def confidence(quantity: Quantity, linked: Linked, when: When, sentence: Sentence, catalogue: Catalogue) -> float:
    """Between 0 and 1."""
    return catalogue.confidence.chance(signs(quantity, linked, when, sentence))


def signs(quantity: Quantity, linked: Linked, when: When, sentence: Sentence) -> tuple[str, ...]:
    """What the rules had to go on, each as a sign of the table."""
    return _signs(
        quantity.kind, sentence.block, sentence.language,
        quantity.unit is None, quantity.value_high is not None, quantity.bound != "=", quantity.rules,
        None if linked.metric is None else (int(linked.confidence * 10) / 10, _place(linked.why)),
        bool(linked.runners_up), None if when.end is None else _place(when.why),
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _signs(
    kind: str, block: str, language: str, is_bare: bool, is_range: bool, is_bound: bool, rules: tuple[str, ...],
    metric: tuple[float, str] | None, has_others: bool, period: str | None,
) -> tuple[str, ...]:  # fmt: skip
    found = ["always", f"kind: {kind}", f"block: {block}", f"language: {language}"]
    if is_bare:
        found.append("unit: none")
    if is_range:
        found.append("value: range")
    if is_bound:
        found.append("bound: stated")
    found += [f"rule: {rule}" for rule in rules if not rule.startswith(_WORDY)]
    if metric is None:
        found.append("metric: none, others near" if has_others else "metric: none, no other near")
    else:
        found += [f"metric: score {metric[0]}", f"metric: {metric[1]}"]
        if not has_others:
            found.append("metric: no other near")
    found.append("period: none" if period is None else f"period: {period}")
    return tuple(found)


def _place(why: tuple[str, ...]) -> str:
    """Where the deciding words stand, without the words."""
    return why[0].partition(":")[0] if why else "unknown"
