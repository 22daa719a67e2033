"""Growth against the base: a value, its printed growth and the stored value a year before that cannot all be true.

What lives here: year-on-year growth of levels. Revised bases and changed coverage are common, so the doubt is mild
and stands on the growth. What does not: steps without a printed growth (see `step`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.checks.plausibility.facts import Fact, Scene, day
from pipelines.checks.plausibility.magnitudes import is_same_basis, is_same_span
from pipelines.vocabulary.verdict import Flag

NAME = "growth_base"
NEAR_YEAR = range(350, 381)  # days between the ends of the two periods
SLACK = 0.05  # in growth: rounding of both levels, ordinary revisions
SLACK_SHARE = 0.3  # of the growth itself


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on printed yearly growth that the article's own level and the level of the year before rule out."""
    facts = [f for f in scene.by_subject.get(subject, ()) if f.status == "actual" and f.period_end and not f.size]
    levels = [f for f in facts if f.kind == "level" and f.canonical and f.bound in ("=", "~")]
    by_article: dict[str, list[Fact]] = defaultdict(list)
    by_month: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for level in levels:
        by_article[level.article_id].append(level)
        by_month[_month(level)].append(level)
    for growth in facts:
        if growth.kind != "growth" or growth.versus != "year" or growth.canonical is None:
            continue
        for level in by_article.get(growth.article_id, ()):
            if level.period_end == growth.period_end and level.dimensions == growth.dimensions:
                flag = _held_against(growth, level, by_month.get(_month(level, years=-1), ()))
                if flag:
                    yield flag
                    break


def _held_against(growth: Fact, level: Fact, bases: Sequence[Fact]) -> Flag | None:
    printed = growth.canonical or 0.0
    fitting = [base for base in bases if _is_base(base, level)]
    implied = [(level.canonical or 0.0) / (base.canonical or 1.0) - 1.0 for base in fitting]
    if not implied or any(abs(value - printed) <= SLACK + SLACK_SHARE * abs(printed) for value in implied):
        return None
    return Flag(
        observation_id=growth.observation_id,
        check=NAME,
        reason=f'"{growth.quote}" does not follow from "{level.quote}" and "{fitting[0].quote}" a year before, '
        f"which make {implied[0]:+.1%}",
        evidence=tuple(sorted({level.observation_id, *(f.observation_id for f in fitting)})),
        confidence=0.5,
    )


def _is_base(base: Fact, level: Fact) -> bool:
    first, last = day(base.period_end), day(level.period_end)
    return (
        first is not None and last is not None and (last - first).days in NEAR_YEAR
        and base.breakdown == level.breakdown and base.canonical_unit == level.canonical_unit
        and is_same_basis(base, level) and is_same_span(base, level)
    )  # fmt: skip


def _month(fact: Fact, years: int = 0) -> tuple[int, int]:
    end = fact.period_end or "0000-00"
    return int(end[:4]) + years, int(end[5:7])
