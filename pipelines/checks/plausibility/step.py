"""Step: a jump from one period to the next that is larger than the metric's limit, on the log scale.

What lives here: comparing each value of a series with its neighbours in time. A jump that the article itself prints
as growth is no doubt. What does not: statements about the same period (see `power_of_ten`, `same_article`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from pipelines.checks.plausibility.facts import Fact, Limits, Scene
from pipelines.checks.plausibility.magnitudes import SHIFTS, allowed_gap, excess, shifted, years_between
from pipelines.vocabulary.verdict import Flag

NAME = "step"
KINDS = ("level", "share", "ratio")
DAYS_PER_MONTH = 30.44


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on values that leave the path of their series; on the later one where only two periods are known."""
    limits = scene.of(subject[0])
    if limits.yearly_step is None:
        return
    series: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in scene.by_subject.get(subject, ()):
        if fact.kind in KINDS and fact.status == "actual" and fact.period_end and fact.magnitude is not None:
            series[(*fact.breakdown, fact.basis, _length(fact))].append(fact)
    for facts in series.values():
        yield from _along(scene, facts)


def _along(scene: Scene, facts: Sequence[Fact]) -> Iterator[Flag]:
    limits = scene.of(facts[0].metric)
    periods: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        periods[fact.period_end or ""].append(fact)
    order = sorted(periods)
    middle = {period: _middle(periods[period]) for period in order}
    for position, period in enumerate(order):
        before = [middle[p] for p in order[max(0, position - 2) : position]]
        after = [middle[p] for p in order[position + 1 : position + 3]]
        for fact in periods[period]:
            if not before and not (len(after) > 1 and _agree(after, limits)):
                continue  # the first value is doubted only where those after it agree with one another
            near = before[-1:] + after[:1] if before and after else before or after
            beyond = [excess(fact.magnitude or 0.0, fact, [other], limits) or 0.0 for other in near]
            if not all(beyond) or any(_is_printed_growth(scene, fact, other) for other in near):
                continue
            if len(near) == 2 and not _agree(near, limits):
                near = before or after
            fitting = [n for n in (*SHIFTS, *(-n for n in SHIFTS))
                       if not excess((fact.magnitude or 0.0) + n, fact, near, limits)]  # fmt: skip
            other = near[-1]
            factor = 10 ** abs((fact.magnitude or 0.0) - (other.magnitude or 0.0))
            years = years_between(fact, other) or 0.0
            yield Flag(
                observation_id=fact.observation_id,
                check=NAME,
                reason=f'"{fact.quote}" is a factor of {factor:,.3g} from "{other.quote}", {years:.1f} years away; '
                f"the catalogue allows {10 ** allowed_gap(years, limits):,.3g}",
                evidence=tuple(sorted({f.observation_id for f in near})),
                proposed_value=shifted(fact.value, fitting[0]) if len(fitting) == 1 and before and after else None,
                confidence=0.8 if len(before) + len(after) > 2 else 0.55,
            )


def _agree(facts: Sequence[Fact], limits: Limits) -> bool:
    first, last = facts[0], facts[-1]
    return not excess(first.magnitude or 0.0, first, [last], limits)


def _middle(facts: Sequence[Fact]) -> Fact:
    """The fact with the middle magnitude; the lower one of an even number, so that order does not matter."""
    centre = median(f.magnitude or 0.0 for f in facts)
    return min(facts, key=lambda f: (abs((f.magnitude or 0.0) - centre), f.magnitude or 0.0, f.observation_id))


def _is_printed_growth(scene: Scene, fact: Fact, other: Fact) -> bool:
    """Whether the fact's article states a growth that makes this jump."""
    jump = abs((fact.canonical or 0.0) / (other.canonical or 1.0) - 1.0)
    return any(
        growth.kind == "growth" and growth.metric == fact.metric and growth.canonical is not None
        and abs(abs(growth.canonical) - jump) <= 0.15 * jump
        for growth in scene.by_article.get(fact.article_id, ())
    )  # fmt: skip


def _length(fact: Fact) -> int:
    """Months of the period, 0 for a day or a month: periods are compared with periods of their own length."""
    months = round((fact.span_days or 1) / DAYS_PER_MONTH)
    return months if months > 1 else 0
