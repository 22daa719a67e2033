"""Carried over: the same three or more digits in successive periods, printed by different reports.

What lives here: suspicion of a figure that was copied forward. A series at its end (100 %) is none.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import digits
from pipelines.vocabulary.verdict import Flag

NAME = "carried_over"
KINDS = ("level", "share")
DIGITS = 3
SATURATED = 0.98  # shares near the whole stand still for good reason


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on the later of two successive periods that carry the same digits."""
    series: dict[tuple[object, ...], dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in scene.by_subject.get(subject, ()):
        if fact.kind in KINDS and fact.status == "actual" and fact.period_end and fact.canonical and fact.bound == "=":
            series[(*fact.breakdown, fact.basis, fact.span_days)][fact.period_end].append(fact)
    for periods in series.values():
        order = sorted(periods)
        for earlier, later in pairwise(order):
            for fact in periods[later]:
                same = [
                    f for f in periods[earlier] if f.canonical == fact.canonical and f.article_id != fact.article_id
                ]
                moved = any(f.canonical != fact.canonical for f in periods[later])
                if same and not moved and digits(fact.value) >= DIGITS and not _is_saturated(fact):
                    yield Flag(
                        observation_id=fact.observation_id,
                        check=NAME,
                        reason=f'"{fact.quote}" for {later} has the digits of "{same[0].quote}" for {earlier}: '
                        "perhaps carried over",
                        evidence=tuple(f.observation_id for f in same),
                        confidence=0.4,
                    )


def _is_saturated(fact: Fact) -> bool:
    return fact.kind == "share" and fact.canonical_unit == "1" and (fact.canonical or 0.0) >= SATURATED
