"""Density: a ratio of two metrics that physics or people bound, such as computing power per rack.

What lives here: dividing two levels of one place and one day. Which ratios and how wide they may be is catalogue data
(`densities.csv`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.catalogue.table import read_table
from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import shown
from pipelines.vocabulary.verdict import Flag

NAME = "density"
DENOMINATORS = ("level", "share", "ratio")


@dataclass(frozen=True, slots=True)
class Density:
    """A bounded ratio, in canonical units. `place` None holds everywhere."""

    numerator: str
    denominator: str
    place: str | None
    low: float
    high: float
    told: str


@cache
def densities() -> tuple[Density, ...]:
    """The bounded ratios of the catalogue."""
    found = []
    for row in read_table("densities.csv", ("id", "numerator", "denominator", "place", "low", "high", "told")):
        try:
            low, high = float(row["low"]), float(row["high"])
        except ValueError as error:
            raise row.fail("low and high must be numbers") from error
        found.append(Density(row["numerator"], row["denominator"], row["place"] or None, low, high, row["told"]))
    return tuple(found)


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on numerators that no denominator of the same place and day makes plausible."""
    metric, place = subject
    for density in densities():
        if density.numerator != metric or density.place not in (None, place):
            continue
        below: dict[str, list[Fact]] = {}
        for other in scene.by_subject.get((density.denominator, place), ()):
            if _is_plain(other) and other.kind in DENOMINATORS:
                below.setdefault(other.period_end or "", []).append(other)
        for fact in scene.by_subject.get(subject, ()):
            held = below.get(fact.period_end or "", []) if _is_plain(fact) and fact.kind == "level" else []
            ratios = [(fact.canonical or 0.0) / (other.canonical or 1.0) for other in held]
            if ratios and not any(density.low <= ratio <= density.high for ratio in ratios):
                yield Flag(
                    observation_id=fact.observation_id,
                    check=NAME,
                    reason=f'"{fact.quote}" over "{held[0].quote}" makes {shown(ratios[0])}, '
                    f"outside the bounds of {density.told}",
                    evidence=tuple(other.observation_id for other in held),
                    confidence=0.5,
                )


def _is_plain(fact: Fact) -> bool:
    """A national or world total: nothing broken down, nothing planned."""
    return bool(fact.status == "actual" and fact.period_end and fact.canonical and not fact.dimensions)
