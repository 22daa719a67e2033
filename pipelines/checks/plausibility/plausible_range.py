"""Range: a level outside what the metric catalogue holds possible.

What lives here: the comparison with the catalogue's range, and a proposed power of ten only where the neighbouring
periods single one out. What does not: comparisons of statements with one another (see `power_of_ten`, `step`).
"""

from collections.abc import Iterator

from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import (
    SHIFTS,
    excess,
    is_same_basis,
    is_same_span,
    nearest_in_time,
    shifted,
    shown,
)
from pipelines.vocabulary.verdict import Flag

NAME = "plausible_range"


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on levels below or above the metric's range."""
    limits = scene.of(subject[0])
    if limits.low is None and limits.high is None:
        return
    facts = scene.by_subject.get(subject, [])
    for fact in facts:
        value = fact.canonical
        if fact.kind != "level" or value is None or not _is_comparable(scene, fact):
            continue
        if limits.high is not None and value > limits.high:
            told = f"above {shown(limits.high)}"
        elif limits.low is not None and value < limits.low:
            told = f"below {shown(limits.low)}"
        else:
            continue
        proposed, evidence = _proposal(scene, fact, facts)
        yield Flag(
            observation_id=fact.observation_id,
            check=NAME,
            reason=f'"{fact.quote}" is {told} {fact.canonical_unit or ""}, beyond what the catalogue holds possible',
            evidence=evidence,
            proposed_value=proposed,
            confidence=0.85 if proposed is not None else 0.7,
        )


def _is_comparable(scene: Scene, fact: Fact) -> bool:
    """Whether the range speaks of this unit: the same one, or one counted noun for another."""
    limits = scene.of(fact.metric)
    if limits.canonical_unit in (None, fact.canonical_unit):
        return True
    counts = limits.dimension == "count" and fact.canonical_unit is not None
    return counts and scene.dimension_of(fact.canonical_unit or "") == "count"


def _proposal(scene: Scene, fact: Fact, facts: list[Fact]) -> tuple[float | None, tuple[str, ...]]:
    """The one power of ten that fits the neighbours, with them as evidence; none where two fit or none does."""
    others = [
        f for f in facts
        if f.observation_id != fact.observation_id and f.breakdown == fact.breakdown and f.magnitude is not None
        and is_same_basis(f, fact) and is_same_span(f, fact)
    ]  # fmt: skip
    near = nearest_in_time(fact, others)
    limits = scene.of(fact.metric)
    if not near or fact.magnitude is None:
        return None, ()
    direction = -1 if limits.high is not None and (fact.canonical or 0.0) > limits.high else 1
    fitting = [n for n in SHIFTS if excess(fact.magnitude + direction * n, fact, near, limits) == 0]
    evidence = tuple(sorted(f.observation_id for f in near))
    return (shifted(fact.value, direction * fitting[0]) if len(fitting) == 1 else None), evidence
