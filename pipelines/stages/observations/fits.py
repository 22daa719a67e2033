"""How well the kind, unit and size of a quantity suit a metric.

What lives here: what a share, a growth, a level in tonnes can be a figure of, remembered for each name, kind and unit.
What does not: where names stand (see `naming`) and the choice among them (see `metrics`).
"""

from collections.abc import Iterable
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.stages.observations.naming import Naming
from pipelines.vocabulary.quantity import USUAL, Quantity

_RESTRICTING = frozenset(("size", "condition"))
POINTS = frozenset(("pp", "bp"))
PERCENT = POINTS | {"%", "‰"}
#: So many times beyond what is believable a count is something else's: 12 racks of one machine.
_FAR_OFF = 1000.0
_PERSON = "person"  # has classifiers of its own
_BY_CLASSIFIER = 0.3  # a name says better than a classifier what is counted


class Fits:
    """The fits of one catalogue's metrics."""

    __slots__ = (
        "_asked", "_dimensions", "_factors", "_fits", "_named", "_sized", "_units", "_vague",
    )  # fmt: skip

    def __init__(self, catalogue: Catalogue) -> None:
        self._units = catalogue.units
        self._vague = catalogue.chinese.by_role["vague_noun"]
        self._dimensions: dict[str, str] = {}
        self._factors: dict[tuple[str, str], float] = {}
        self._fits: dict[tuple[str, str, str | None], float | None] = {}
        self._named: dict[tuple[str, str | None, bool], dict[int, list[tuple[Metric, int, float]]]] = {}
        self._asked: tuple[Quantity | None, dict[int, list[tuple[Metric, int, float]]]] = (None, {})  # last, of many
        self._sized: tuple[Quantity | None, float] = (None, 0.0)  # the same, and how much it is

    def of(self, metric: Metric, quantity: Quantity) -> float | None:
        """None where the metric cannot be what is measured, else an addition to the score of its name."""
        key = (metric.id, quantity.kind, quantity.unit)
        if key not in self._fits:
            self._fits[key] = self._weigh(metric, quantity.kind, quantity.unit)
        fit = self._fits[key]
        if fit is None and metric.dimension == "count" and self.is_vague(quantity) and _PERSON not in metric.units:
            return _BY_CLASSIFIER
        return fit

    def is_vague(self, quantity: Quantity) -> bool:
        """Is its counted noun only what its classifier mostly counts, and may be another?"""
        return quantity.unit in self._vague and USUAL in quantity.rules

    def named(self, naming: Naming, quantity: Quantity) -> list[tuple[Metric, int, float]]:
        """The metrics of a name that kind and unit of a quantity leave, with the strength of the name and their fit."""
        asked, known = self._asked
        found = (known if quantity is asked else self._known(quantity)).get(id(naming.metrics))
        return self._weigh_all(naming, quantity) if found is None else found

    def among(self, names: Iterable[Naming], quantity: Quantity) -> list[Naming]:
        """The names of which the kind and unit of a quantity leave a metric."""
        suited = self._known(quantity).get
        return [
            naming
            for naming in names
            if (self._weigh_all(naming, quantity) if (fit := suited(id(naming.metrics))) is None else fit)
        ]

    def _known(self, quantity: Quantity) -> dict[int, list[tuple[Metric, int, float]]]:
        """What is known of names for the kind and unit of a quantity; the catalogue holds one tuple for each name."""
        if quantity is self._asked[0]:
            return self._asked[1]
        key = (quantity.kind, quantity.unit, self.is_vague(quantity))
        known = self._named.get(key)
        if known is None:
            known = self._named[key] = {}
        self._asked = (quantity, known)
        return known

    def _weigh_all(self, naming: Naming, quantity: Quantity) -> list[tuple[Metric, int, float]]:
        weighed = ((metric, strength, self.of(metric, quantity)) for metric, strength in naming.metrics)
        found = [(metric, strength, fit) for metric, strength, fit in weighed if fit is not None]
        self._known(quantity)[id(naming.metrics)] = found
        return found

    def dimension(self, unit: str) -> str:
        """The dimension of a unit code, currencies and counted nouns not told apart; for each of what is left out, but
        not for each million of it.
        """
        if unit not in self._dimensions:
            first, *others = (part.partition(":")[0] for part in self._units.get(unit).dimension.split("/"))
            is_each = self._units.get(unit).factor == self._units.get(unit.partition("/")[0]).factor
            self._dimensions[unit] = "/".join([first, *(part for part in others if part != "count" or not is_each)])
        return self._dimensions[unit]

    def is_money(self, quantity: Quantity) -> bool:
        """Is a figure an amount of money, or one for each of something?"""
        return quantity.unit is not None and self.dimension(quantity.unit).startswith("money")

    def is_measured_in(self, metric: Metric, quantity: Quantity) -> bool:
        """Is a quantity in the dimension of the metric, and that one in which few things are told?"""
        dimension = self.dimension(quantity.unit) if quantity.unit is not None else ""
        return dimension not in ("count", "money") and dimension == self.dimension(metric.unit)

    def is_of_size(self, metric: Metric, quantity: Quantity) -> bool:
        """May a level be that of the metric? Not by three orders of magnitude beyond what is believable.

        No count has decimals, unless a scale makes it whole or it is one for each of something. A slip of 万
        for million stays in, for the checks to find.
        Of counts only small exact ones can be too small.
        """
        if quantity.unit is None:
            if metric.is_ratio and metric.plausible_high is not None:
                return abs(float(quantity.value)) <= abs(metric.plausible_high)
            if metric.dimension == "count" and quantity.decimals and quantity.scale == 1 and "/" not in metric.unit:
                return False
        elif quantity.kind != "level":
            return True
        is_counted = metric.dimension == "count" and quantity.unit in metric.units
        if quantity.kind != "level":
            return True
        if quantity is not self._sized[0]:
            self._sized = (quantity, abs(float(quantity.value)))
        value = self._sized[1]
        is_whole = "/" in metric.unit and quantity.unit is not None and "/" not in quantity.unit
        if is_whole and metric.plausible_high is not None and value > abs(metric.plausible_high):
            return False  # 每万人48.2个, 5G-A基站有2.1万个
        if not (is_counted or metric.dimension == "money" or quantity.unit == metric.unit):
            if quantity.unit is None or self.dimension(quantity.unit) != self.dimension(metric.unit):
                return True
            value *= self._factor(quantity.unit, metric.unit)
            if metric.plausible_low is not None and 0 < value * _FAR_OFF < metric.plausible_low:
                return False
        if metric.plausible_low is not None and quantity.is_exact_count and value * _FAR_OFF < metric.plausible_low:
            return False
        return metric.plausible_high is None or value <= abs(metric.plausible_high) * _FAR_OFF

    def _factor(self, unit: str, other: str) -> float:
        """How many of another unit one is."""
        if (unit, other) not in self._factors:
            self._factors[unit, other] = float(self._units.get(unit).factor / self._units.get(other).factor)
        return self._factors[unit, other]

    def _weigh(self, metric: Metric, kind: str, unit: str | None) -> float | None:
        if kind in _RESTRICTING:
            return 0.0
        if kind == "rank":
            return -0.6 if metric.is_ratio else 0.0
        if kind == "growth":
            if metric.is_ratio:
                return 0.2 if metric.kind == "growth" else -1.5
            if metric.dimension == "time":
                return -1.5
            return 0.0
        if unit in POINTS:
            return 0.4 if metric.is_ratio else -0.8
        if unit in ("%", "‰"):
            if metric.is_ratio and (metric.unit in PERCENT or unit in metric.units):
                return 0.6
            return -0.7 if kind == "share" and not metric.is_ratio and metric.has_parts else None
        if unit in metric.units:
            return 1.6 if unit == "x" else 0.8
        if unit == "x":
            return -0.4
        if unit is None:
            is_bare = metric.unit == "1" or (metric.is_ratio and metric.unit == "%")
            return {"count": 0.0, "money": -0.6}.get(metric.dimension, -0.3 if is_bare else None)
        if metric.dimension == "count":
            return None
        first, second = self.dimension(unit), self.dimension(metric.unit)
        if metric.is_per_head:  # a month's or a year's worth for each
            first, second = first.partition("/")[0], second.partition("/")[0]
        return 0.6 if first == second else None


@lru_cache(maxsize=4)
def fits(catalogue: Catalogue) -> Fits:
    """The fits of a catalogue, kept from article to article."""
    return Fits(catalogue)
