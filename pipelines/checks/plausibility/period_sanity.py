"""Period sanity: a statistic later than its article, and one target told for two years a decade apart.

What lives here: what dates alone can tell. What does not: how periods are read (see the stages).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from pipelines.checks.plausibility.facts import Fact, Scene, day
from pipelines.vocabulary.verdict import Flag

NAME = "period_sanity"
SLACK = timedelta(days=2)  # time zones, and evening editions


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on actual values whose period had not begun when they were printed, and on targets a decade off."""
    facts = scene.by_subject.get(subject, [])
    for fact in facts:
        start, reported = day(fact.period_start or fact.period_end), day(fact.reported_at)
        if fact.status == "actual" and start and reported and start > reported + SLACK:
            yield Flag(
                observation_id=fact.observation_id,
                check=NAME,
                reason=f'"{fact.quote}" is told as a fact of {fact.period_start or fact.period_end}, '
                f"but was printed on {fact.reported_at}",
                confidence=0.7,
            )
    yield from _decades(facts)


def _decades(facts: list[Fact]) -> Iterator[Flag]:
    """The same value promised for 2025 and for 2035: the later one is the misprint, as plans run to the near year."""
    plans: dict[tuple[object, ...], dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        end = day(fact.period_end)
        if fact.status != "actual" and fact.kind in ("level", "share") and fact.canonical and end:
            plans[(fact.kind, fact.dimensions, fact.size, fact.canonical)][end.year].append(fact)
    for years in plans.values():
        for year, promised in years.items():
            near = years.get(year - 10)
            for fact in promised if near else ():
                evidence = tuple(f.observation_id for f in near or () if f.source != fact.source)
                if evidence:
                    yield Flag(
                        observation_id=fact.observation_id,
                        check=NAME,
                        reason=f'"{fact.quote}" by {year} is told elsewhere for {year - 10}: a slip of the year?',
                        evidence=evidence,
                        confidence=0.7,
                    )
