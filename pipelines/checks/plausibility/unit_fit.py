"""Unit: a level whose dimension is not the one of its metric ("computing power exceeded 1.46 million racks").

What lives here: the comparison with the catalogue. Counted nouns share one dimension, so one noun passes for another.
"""

from collections.abc import Iterator

from pipelines.checks.plausibility.facts import Scene
from pipelines.vocabulary.verdict import Flag

NAME = "unit_fit"


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on levels in a unit that cannot measure the metric."""
    expected = scene.of(subject[0]).dimension
    if expected is None:
        return
    for fact in scene.by_subject.get(subject, ()):
        measured = scene.dimension_of(fact.canonical_unit) if fact.canonical_unit else None
        if fact.kind == "level" and measured is not None and measured != expected:
            yield Flag(
                observation_id=fact.observation_id,
                check=NAME,
                reason=f'"{fact.quote}" is a {measured}, but {subject[0]} is measured as {expected}',
                confidence=0.6,
            )
