"""The interval of values that a statement allows, from its bound and the precision it is written with.

Defined once, for every check and mart: "13.73 million" allows [13,725,000, 13,735,000), "exceeded 9 million"
(9,000,000, ∞), "about 35" 35 ± 5 %, "5–7" [5, 7], "42 clusters" exactly 42.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pipelines.vocabulary.values import light

#: How far "about" reaches, as a share of the value.
ABOUT = Decimal("0.05")


@light
@dataclass(frozen=True, slots=True)
class Interval:
    """Values between `low` and `high`; None is unbounded. A closed end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool


def stated(
    value: Decimal, high: Decimal | None, bound: str, *, scale: Decimal, decimals: int, is_exact: bool
) -> Interval:
    """The interval in the printed unit. `scale`: what scale words multiplied by; `decimals`: digits after the point."""
    if high is not None and bound in ("=", "~"):
        return Interval(value, high, True, True)
    if bound == ">":
        return Interval(value, None, False, False)
    if bound == ">=":
        return Interval(value, None, True, False)
    if bound == "<":
        return Interval(None, high if high is not None else value, False, False)
    if bound == "<=":
        return Interval(None, high if high is not None else value, False, True)
    if bound == "~":
        reach = abs(value) * ABOUT
        return Interval(value - reach, value + reach, True, True)
    if is_exact:
        return Interval(value, value, True, True)
    half = half_step(value, scale, decimals)
    return Interval(value - half, value + half, True, False)


def half_step(value: Decimal, scale: Decimal, decimals: int) -> Decimal:
    """Half of the last written place. Trailing zeros of an integer do not count, but at least two digits always do."""
    if decimals:
        return scale / _twice_ten_to(decimals)
    whole = abs(value if scale == 1 else value / scale).to_integral_value()
    digits = str(int(whole))
    zeros = len(digits) - len(digits.rstrip("0")) if whole else 0
    return scale * Decimal(10) ** min(zeros, max(len(digits) - 2, 0)) / 2


@cache
def _twice_ten_to(power: int) -> Decimal:
    return 2 * Decimal(10) ** power
