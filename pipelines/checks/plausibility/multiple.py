"""Multiple: "over 1,000 times" held against the two levels that it stands between.

What lives here: doublings and larger multiples whose two levels the article prints itself, or whose base is a day that
the article names. What does not: growth on a year before, which is held against stored values (see `growth_base`).
"""

import math
from collections import defaultdict
from collections.abc import Iterator

from pipelines.checks.plausibility.facts import Fact, Scene, day
from pipelines.checks.plausibility.magnitudes import is_same_basis, shown
from pipelines.vocabulary.verdict import Flag

NAME = "multiple"
SMALLEST = 2.0  # "doubled": below that a multiple is a growth in percent
ROUNDING = math.log10(1.35)  # both levels are rounded, and multiples are round words
#: "Over 1,000 times" may be 1,400 times; at ten times as much one would have said 10,000.
OPEN = math.log10(4.0)


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on multiples that none of the pairs of levels makes."""
    facts = scene.by_subject.get(subject, ())
    of_article: dict[str, list[Fact]] = defaultdict(list)
    of_month: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "level" and fact.status == "actual" and fact.period_end and fact.magnitude is not None:
            of_article[fact.article_id].append(fact)
            of_month[fact.period_end[:7]].append(fact)
    for fact in facts:
        factor = _factor(fact)
        if factor is None or fact.versus == "year" or fact.status != "actual":
            continue
        # The day that the multiple names as its base may be told by another article; without it, both are of this one.
        bases = of_month.get(fact.versus[:7], []) if day(fact.versus) and fact.versus else of_article[fact.article_id]
        levels = [f for f in of_article[fact.article_id] if _is_its_level(fact, f)]
        pairs = [(level, base) for level in levels for base in bases if _is_base(base, level)]
        gaps = [(level.magnitude or 0.0) - (base.magnitude or 0.0) for level, base in pairs]
        if not gaps or any(_fits(gap, factor, fact.bound) for gap in gaps):
            continue
        level, base = pairs[0]
        yield Flag(
            observation_id=fact.observation_id,
            check=NAME,
            reason=f'"{fact.quote}" does not stand between "{base.quote}" and "{level.quote}", '
            f"which make {shown(10 ** gaps[0])} times",
            evidence=tuple(sorted({f.observation_id for pair in pairs for f in pair})),
            confidence=0.6,
        )


def _factor(fact: Fact) -> float | None:
    """How many times as much: a growth of 1 (+100 %) is twice."""
    if fact.canonical is None or fact.kind not in ("growth", "ratio"):
        return None
    factor = fact.canonical + 1.0 if fact.kind == "growth" else fact.canonical
    return factor if factor >= SMALLEST else None


def _is_its_level(fact: Fact, level: Fact) -> bool:
    return (
        level.article_id == fact.article_id and level.period_end == fact.period_end
        and level.dimensions == fact.dimensions and level.canonical_unit != fact.canonical_unit
    )  # fmt: skip


def _is_base(base: Fact, level: Fact) -> bool:
    return (
        (base.period_end or "") < (level.period_end or "") and base.breakdown == level.breakdown
        and base.canonical_unit == level.canonical_unit and is_same_basis(base, level)
    )  # fmt: skip


def _fits(gap: float, factor: float, bound: str) -> bool:
    """Whether levels that far apart make the multiple; "increased 3 times" is read as three or as four times."""
    for times in (factor - 1.0, factor, factor + 1.0):
        beyond = gap - math.log10(times)
        above = OPEN if bound in (">", ">=") else ROUNDING
        below = OPEN if bound in ("<", "<=") else ROUNDING
        if -below <= beyond <= above:
            return True
    return False
