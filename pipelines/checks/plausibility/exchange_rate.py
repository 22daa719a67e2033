"""Exchange rate: an amount and its stated conversion imply a rate outside the band of its year.

What lives here: pairs in one article where one amount `restates` the other. The bands are catalogue data
(`exchange_rates.csv`). Nothing is converted: the check only divides what the article prints.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from pipelines.catalogue.table import read_table
from pipelines.checks.plausibility.facts import Fact, Scene, day
from pipelines.checks.plausibility.magnitudes import SHIFTS, shifted
from pipelines.vocabulary.verdict import Flag

NAME = "exchange_rate"
SLACK = 1.06  # both amounts are rounded, and some writers use a round rate


def check_article(scene: Scene, article_id: str) -> Iterator[Flag]:
    """Flags on restatements that no rate of the year explains, proposing a power of ten that would."""
    facts = {fact.observation_id: fact for fact in scene.by_article.get(article_id, ())}
    for fact in facts.values():
        base = facts.get(fact.restates or "")
        if base is None or not fact.canonical or not base.canonical or fact.kind != "level" or base.kind != "level":
            continue
        rate = _per_dollar(fact, base)
        band = _band(fact, base)
        if rate is None or band is None or band[0] / SLACK <= rate <= band[1] * SLACK:
            continue
        # More units per dollar than the band allows: the dollar amount is too small, or the other too large.
        in_dollars = fact.canonical_unit == "USD"
        powers = [n for n in (*SHIFTS, *(-n for n in SHIFTS))
                  if band[0] / SLACK <= rate * 10.0 ** (-n if in_dollars else n) <= band[1] * SLACK]  # fmt: skip
        yield Flag(
            observation_id=fact.observation_id,
            check=NAME,
            reason=f'"{fact.quote}" for "{base.quote}" implies {rate:,.4g} to the dollar; '
            f"the year saw {band[0]:g} to {band[1]:g}",
            evidence=(base.observation_id,),
            proposed_value=shifted(fact.value, powers[0]) if len(powers) == 1 else None,
            confidence=0.8,
        )


def _per_dollar(one: Fact, other: Fact) -> float | None:
    """Units of the other currency to one US dollar, where exactly one of the two is in dollars."""
    if one.canonical_unit == "USD" and other.canonical_unit != "USD":
        return (other.canonical or 0.0) / (one.canonical or 1.0)
    if other.canonical_unit == "USD" and one.canonical_unit != "USD":
        return (one.canonical or 0.0) / (other.canonical or 1.0)
    return None


def _band(one: Fact, other: Fact) -> tuple[float, float] | None:
    """Lowest and highest rate from the period's year to the year of print; the whole record where neither is known."""
    currency = one.canonical_unit if other.canonical_unit == "USD" else other.canonical_unit
    years = _rates().get(currency or "", {})
    known = [d.year for d in (day(one.period_end), day(one.reported_at)) if d]
    near = [band for year, band in years.items() if not known or min(known) - 1 <= year <= max(known)]
    near = near or list(years.values())
    return (min(low for low, _ in near), max(high for _, high in near)) if near else None


@cache
def _rates() -> Mapping[str, Mapping[int, tuple[float, float]]]:
    bands: dict[str, dict[int, tuple[float, float]]] = {}
    for row in read_table("exchange_rates.csv", ("key", "currency", "year", "low", "high")):
        try:
            band = float(row["low"]), float(row["high"])
            bands.setdefault(row["currency"], {})[int(row["year"])] = band
        except ValueError as error:
            raise row.fail("year, low and high must be numbers") from error
    return bands
