"""Arithmetic of magnitudes that several checks share: gaps on the log scale, neighbours in time, shifted values.

What lives here: pure functions of facts and limits. What does not: any decision about who is wrong.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median

from pipelines.checks.plausibility.facts import Fact, Limits, day

#: Ratios within 2 % of a power of ten count as a slip of the decimal point or of a scale word.
TOLERANCE = math.log10(1.02)
SHIFTS = (1, 2, 3, 4)
DAYS_PER_YEAR = 365.25

#: A step is judged over at least half a year: shorter gaps are mostly rounding and late reporting.
SHORTEST_STEP_YEARS = 0.5
ROUNDING = math.log10(1.1)

#: Where the catalogue sets no step: no series that people print grows more than fivefold a year for long.
DEFAULT_STEP = 5.0


def power_of_ten(gap: float, tolerance: float = TOLERANCE) -> int:
    """The n of 1..4 when a log10 gap is a factor of 10^n within tolerance, else 0."""
    nearest = round(gap)
    return nearest if nearest in SHIFTS and abs(gap - nearest) <= tolerance else 0


def shifted(value: float, powers: int) -> float:
    """`value` times 10^powers without binary noise."""
    return float(Decimal(repr(value)).scaleb(powers))


def digits(value: float) -> int:
    """Significant digits, trailing zeros not counted."""
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def shown(value: float) -> str:
    """A number for people: four digits, or grouped in full while that can be read."""
    return f"{value:,.0f}" if 1e4 <= abs(value) < 1e15 else f"{value:,.4g}"


def is_same_basis(one: Fact, other: Fact) -> bool:
    """Whether two facts may share a basis: the same, or one that does not say."""
    return one.basis == other.basis or one.basis is None or other.basis is None


def is_same_span(one: Fact, other: Fact) -> bool:
    """Whether periods are of one length. A state is one day, but is also printed "in 2025": both fit together."""
    lengths = one.span_days, other.span_days
    if None in lengths or 1 in lengths:
        return True
    shorter, longer = sorted(length or 1 for length in lengths)
    return longer <= 1.2 * shorter


def years_between(one: Fact, other: Fact) -> float | None:
    """Years from the end of one period to the end of the other, always positive."""
    first, second = day(one.period_end), day(other.period_end)
    return abs((first - second).days) / DAYS_PER_YEAR if first and second else None


def allowed_gap(years: float, limits: Limits) -> float:
    """How far apart on the log scale two values of one series may plausibly be."""
    step = math.log10(limits.yearly_step or DEFAULT_STEP)
    return step * max(years, SHORTEST_STEP_YEARS) + ROUNDING


def excess(magnitude: float, of: Fact, neighbours: Iterable[Fact], limits: Limits) -> float | None:
    """By how many decades a magnitude lies beyond what its neighbours in time allow; the middle one decides."""
    gaps = []
    for other in neighbours:
        years = years_between(of, other)
        if years is not None and other.magnitude is not None:
            gaps.append(max(0.0, abs(magnitude - other.magnitude) - allowed_gap(years, limits)))
    return median(gaps) if gaps else None


def nearest_in_time(fact: Fact, others: Sequence[Fact], count: int = 4) -> list[Fact]:
    """The facts of other periods that stand closest, one a period, nearest first."""
    dated = sorted(
        ((years, other.period_end or "", other.observation_id, other) for other in others
         if (years := years_between(fact, other)) is not None and other.period_end != fact.period_end),
        key=lambda entry: entry[:3],
    )  # fmt: skip
    chosen: dict[str, Fact] = {}
    for _, period, _, other in dated:
        if len(chosen) < count:
            chosen.setdefault(period, other)
    return list(chosen.values())
