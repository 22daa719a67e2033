"""How much each sign of a reading says for or against it: the weights behind an observation's confidence.

The table is fitted on labelled articles by `bench/calibration.py --fit`, never by hand: a chance is the logistic of the
sum of the weights of the signs that are present. What the signs are is in `stages.observations.confidence`; a sign that
the table does not know weighs nothing.
"""

from collections.abc import Mapping
from math import exp
from pathlib import Path

from pipelines.catalogue.table import read_table

#: So many rows of signs are remembered with their chance.
_MOST = 1 << 14


class Confidence:
    """The weights by sign."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self._chances: dict[tuple[str, ...], float] = {}

    def chance(self, signs: tuple[str, ...]) -> float:
        """Between 0 and 1, to three digits."""
        chance = self._chances.get(signs)
        if chance is None:
            weights = self.weights
            if len(self._chances) >= _MOST:
                self._chances.clear()
            chance = round(1 / (1 + exp(-sum([weights.get(sign, 0.0) for sign in signs]))), 3)
            self._chances[signs] = chance
        return chance


def load(overlay: Path | None = None) -> Confidence:
    """Raises CatalogueError for a weight that is no number."""
    weights = {}
    for row in read_table("confidence.csv", ("sign", "weight"), overlay):
        try:
            weights[row["sign"]] = float(row["weight"])
        except ValueError as error:
            raise row.fail(f'weight "{row["weight"]}" is not a number') from error
    return Confidence(weights)
