"""Whole and part: a share above the whole, a country above the world, a component above its total.

What lives here: comparisons that hold by definition. What does not: how large a part usually is.
"""

from collections.abc import Iterator

from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import SHIFTS, shifted
from pipelines.vocabulary.verdict import Flag

NAME = "whole_part"
ROUNDING = 1.02  # two roundings of one value may differ by this


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on parts that are larger than their whole, with the smallest power of ten that would make them fit."""
    metric, place = subject
    limits = scene.of(metric)
    wholes: list[tuple[str | None, str | None]] = []
    if limits.is_additive and place not in (None, "world"):
        wholes.append((metric, "world"))
    if limits.whole:
        wholes.append((limits.whole, place))
    for fact in scene.by_subject.get(subject, ()):
        if fact.kind == "share" and fact.canonical_unit == "1" and (fact.canonical or 0.0) > 1.0:
            yield Flag(fact.observation_id, NAME, f'"{fact.quote}" is a share of more than 100 %', confidence=0.8)
        if fact.kind != "level" or not fact.canonical or not fact.period_end:
            continue
        for key in wholes:
            # The largest statement of the whole: one that is itself too small must not cast doubt on its parts.
            stated = [other for other in scene.by_subject.get(key, ()) if _contains(other, fact)]
            whole = max(stated, key=lambda other: (other.canonical or 0.0, other.observation_id), default=None)
            if whole is not None and fact.canonical > (whole.canonical or 0.0) * ROUNDING:
                yield _flag(fact, whole)
                break


def _contains(whole: Fact, part: Fact) -> bool:
    """Whether the whole speaks of the same period (the world's is often a year older), basis and breakdown."""
    if whole.kind != "level" or whole.status != part.status or whole.dimensions != part.dimensions:
        return False
    if not whole.canonical or whole.canonical_unit != part.canonical_unit:
        return False
    if whole.basis != part.basis or whole.bound in (">", ">=") or not whole.period_end:
        return False
    return whole.period_start == part.period_start and whole.period_end == part.period_end


def _flag(part: Fact, whole: Fact) -> Flag:
    fitting = [n for n in SHIFTS if (part.canonical or 0.0) / 10**n <= (whole.canonical or 0.0)]
    return Flag(
        observation_id=part.observation_id,
        check=NAME,
        reason=f'"{part.quote}" is larger than its whole, "{whole.quote}" ({whole.place or whole.metric})',
        evidence=(whole.observation_id,),
        proposed_value=shifted(part.value, -fitting[0]) if fitting else None,
        confidence=0.75,
    )
