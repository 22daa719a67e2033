"""Power-of-ten gap: two statements of the same thing, 10, 100, 1,000 or 10,000 times apart.

One of the two slipped: 159万 read as "159 million", a decimal comma read as a separator, a unit's prefix lost. What
lives here: finding such pairs and weighing which side is wrong, from what the catalogue holds possible, the
neighbouring periods, the world's or whole's total, and the number of independent sources. The printed value stays.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import (
    excess,
    is_same_basis,
    is_same_span,
    nearest_in_time,
    power_of_ten,
    shifted,
    shown,
)
from pipelines.vocabulary.verdict import Flag

NAME = "power_of_ten"

#: Kinds whose values can slip; ranks, sizes and conditions are names more than measurements.
KINDS = ("level", "share", "ratio", "growth", "change")

#: One report cannot print the same digits for two periods a hundred times apart: stricter than the usual 2 %.
SAME_DIGITS = math.log10(1.0005)

#: Scale words are misread upwards far more often than downwards (万 as million, 亿 as billion), in log odds.
UPWARD_SLIP = 0.5
DECIDED = 0.4  # log odds below which both sides are flagged


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on the side that is probably wrong, or on both where nothing decides; one for each observation."""
    facts = [f for f in scene.by_subject.get(subject, ()) if f.kind in KINDS and f.magnitude is not None]
    best: dict[str, Flag] = {}
    for small, large, powers in _pairs(facts):
        for flag in _weigh(scene, facts, small, large, powers):
            known = best.get(flag.observation_id)
            if known is None or (flag.confidence, len(flag.evidence)) > (known.confidence, len(known.evidence)):
                best[flag.observation_id] = flag
    yield from best.values()


def _pairs(facts: Sequence[Fact]) -> Iterator[tuple[list[Fact], list[Fact], int]]:
    """Pairs of value groups a power of ten apart, smaller first, each group all facts with that value."""
    buckets: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.period_end:
            buckets[(*fact.breakdown, "period", fact.period_end)].append(fact)
        if fact.report:
            buckets[(*fact.breakdown, "report", _plain(fact.report))].append(fact)
    for key, members in buckets.items():
        values: dict[float, list[Fact]] = defaultdict(list)
        for fact in members:
            values[round(fact.magnitude or 0.0, 9)].append(fact)
        ordered = sorted(values)
        for position, low in enumerate(ordered):
            for high in ordered[position + 1 :]:
                powers = power_of_ten(high - low)
                if not powers:
                    continue
                small = [f for f in values[low] if any(_is_same_thing(f, o, key[-2], powers) for o in values[high])]
                large = [f for f in values[high] if any(_is_same_thing(f, o, key[-2], powers) for o in values[low])]
                if small and large:
                    yield small, large, powers


def _is_same_thing(one: Fact, other: Fact, bucket: object, powers: int) -> bool:
    if not is_same_basis(one, other):
        return False
    if bucket == "period":
        return is_same_span(one, other)
    if one.period_end is None or other.period_end is None:
        return True
    gap = abs((one.magnitude or 0.0) - (other.magnitude or 0.0))
    return one.period_end != other.period_end and powers > 1 and bool(power_of_ten(gap, SAME_DIGITS))


def _weigh(scene: Scene, facts: Sequence[Fact], small: list[Fact], large: list[Fact], powers: int) -> Iterator[Flag]:
    """Log odds that the larger value is the wrong one, with the reasons for it and against it."""
    low, high = small[0], large[0]
    limits = scene.of(low.metric)
    odds = UPWARD_SLIP if powers in (1, 2) else 0.0
    told: list[str] = []
    witnesses: set[str] = set()

    def lean(amount: float, of_large: str, of_small: str) -> None:
        nonlocal odds
        odds += amount
        if amount:
            told.append(of_large if amount > 0 else of_small)

    low_value, high_value = low.canonical or 0.0, high.canonical or 0.0
    if limits.high is not None and low.kind == "level" and high_value > limits.high >= low_value:
        lean(
            3.0, f"the larger is beyond the {shown(limits.high)} {limits.canonical_unit} that the catalogue allows", ""
        )
    if limits.low is not None and low.kind == "level" and low_value < limits.low <= high_value:
        lean(
            -3.0, "", f"the smaller is below the {shown(limits.low)} {limits.canonical_unit} that the catalogue allows"
        )

    involved = {fact.observation_id for fact in (*small, *large)}
    others = [
        f for f in facts
        if f.observation_id not in involved and f.breakdown == low.breakdown
        and is_same_basis(f, low) and is_same_basis(f, high) and is_same_span(f, low)
    ]  # fmt: skip
    dated = low if low.period_end else high
    near = nearest_in_time(dated, others)
    beyond_low = excess(low.magnitude or 0.0, dated, near, limits)
    beyond_high = excess(high.magnitude or 0.0, dated, near, limits)
    if beyond_low is not None and beyond_high is not None and abs(beyond_high - beyond_low) > 0.1:
        witnesses.update(f.observation_id for f in near)
        neighbour = f"{near[0].quote} at {near[0].period_end}"
        lean(
            max(-4.0, min(4.0, 2 * (beyond_high - beyond_low))),
            f"the smaller fits the neighbouring periods ({neighbour})",
            f"the larger fits the neighbouring periods ({neighbour})",
        )

    total = _total(scene, low)
    if total is not None and (total.canonical or 0.0) < high_value and (total.canonical or 0.0) * 1.05 >= low_value:
        witnesses.add(total.observation_id)
        lean(3.0, f"the larger exceeds the {total.place or ''} total of {total.quote}", "")

    sources_small, sources_large = ({f.source for f in side} for side in (small, large))
    balance = len(sources_small - sources_large) - len(sources_large - sources_small)
    if balance:
        lean(
            max(-2.0, min(2.0, 0.7 * balance)),
            f"{len(sources_small)} independent sources print the smaller and {len(sources_large)} the larger",
            f"{len(sources_large)} independent sources print the larger and {len(sources_small)} the smaller",
        )

    confidence = round(min(0.99, 1 / (1 + math.exp(-abs(odds)))), 3)
    why = "; ".join(told) or "scale words are misread upwards more often than downwards"
    if odds > -DECIDED:
        doubt = confidence if odds >= DECIDED else 0.5
        yield from _flags(large, small, -powers, doubt, why if odds >= DECIDED else "nothing decides which", witnesses)
    if odds < DECIDED:
        doubt = confidence if odds <= -DECIDED else 0.5
        yield from _flags(small, large, powers, doubt, why if odds <= -DECIDED else "nothing decides which", witnesses)


def _flags(
    wrong: list[Fact], right: list[Fact], powers: int, confidence: float, why: str, witnesses: set[str]
) -> Iterator[Flag]:
    relation = f"{10 ** abs(powers):,} times" if powers < 0 else f"1/{10 ** abs(powers):,} of"
    for fact in wrong:
        where = f"report ({fact.report})" if fact.report and fact.report == right[0].report else "key"
        yield Flag(
            observation_id=fact.observation_id,
            check=NAME,
            reason=f'"{fact.quote}" is {relation} "{right[0].quote}" for the same {where}: {why}',
            evidence=tuple(sorted({f.observation_id for f in right} | witnesses - {fact.observation_id})),
            proposed_value=shifted(fact.value, powers),
            confidence=confidence,
        )


def _total(scene: Scene, fact: Fact) -> Fact | None:
    """The latest statement, no more than two years off, of the world's value of an additive metric, or of the whole."""
    limits = scene.of(fact.metric)
    wholes: list[tuple[str | None, str | None]] = []
    if limits.is_additive and fact.place != "world":
        wholes.append((fact.metric, "world"))
    if limits.whole:
        wholes.append((limits.whole, fact.place))
    year = int((fact.period_end or "0")[:4])
    candidates = [
        other
        for subject in wholes
        for other in scene.by_subject.get(subject, ())
        if other.kind == fact.kind == "level" and is_same_basis(other, fact) and other.dimensions == fact.dimensions
        and other.canonical and other.period_end and abs(int(other.period_end[:4]) - year) <= 2
    ]  # fmt: skip
    return max(candidates, key=lambda f: (f.period_end or "", f.observation_id), default=None)


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
