"""How far an observation's confidence is what it says: the chance that value, unit, bound, metric and period are right.

    python bench/calibration.py [--fit] [--json]

Reads every labelled folder of bench/accuracy/. The table shows predictions that were cross-fitted by article (an
article is judged by weights that were fitted without it), in bins of equal size with at least 50 observations; the
expected calibration error is the mean distance between what is said and what came true, by the size of the bins. Below
it, each folder as judged by weights that were fitted on the other folders only: how it is on articles by other hands.

`--fit` writes the weights of all articles to pipelines/catalogue/data/confidence.csv, whenever rules have changed.

An observation that is no labelled number counts as wrong. A metric is wrong where the label has another or none; left
out are labels that may be left out, and metrics under ids that the labellers did not know.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from math import exp
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
if not __package__:
    sys.path[0] = str(ROOT)

from bench import accuracy, scoring  # noqa: E402
from pipelines.catalogue import Catalogue  # noqa: E402
from pipelines.catalogue.confidence import Confidence  # noqa: E402
from pipelines.catalogue.table import DATA  # noqa: E402

FIELDS = ("value", "unit", "bound", "metric", "period")
FOLDS = 10
LEAST = 50  # observations in a bin
#: A sign seen less often weighs nothing: it says more of one article than of the language.
RARE = 20
#: How strongly weights are held to zero, in observations.
RIDGE = 10.0
CLOSE = 1e-6  # a step of the fit that changes no weight as it is written


@dataclass(frozen=True, slots=True)
class Case:
    """One observation, the signs by which it is trusted, and whether it is right."""

    folder: str
    article: str
    signs: tuple[str, ...]
    is_right: bool


class _Recorder(Confidence):
    """Keeps the signs of each observation, in their order, instead of weighing them."""

    def __init__(self) -> None:
        super().__init__({})
        self.told: list[tuple[str, ...]] = []

    def chance(self, signs: Iterable[str]) -> float:
        self.told.append(tuple(signs))
        return 0.5


def cases() -> list[Case]:
    """Every observation of the labelled folders that can be judged."""
    found, known = [], Catalogue()
    for folder in sorted(p for p in accuracy.DATA.iterdir() if (p / "gold.jsonl").exists()):
        recorder = _Recorder()
        known.__dict__["confidence"] = recorder  # where a cached property keeps its value
        scored = accuracy.score(folder, known)
        ids = [o.observation_id for extraction in scored.articles.values() for o in extraction.observations]
        signs = dict(zip(ids, recorder.told, strict=True))
        for pair in scored.pairs:
            is_right = _is_right(pair, scored.labels)
            if pair.seen is not None and is_right is not None:
                name = f"{folder.name}/{pair.article}"
                found.append(Case(folder.name, name, signs[pair.seen["observation_id"]], is_right))
    return found


def fit(given: Sequence[Case]) -> dict[str, float]:
    """Weights of the signs: logistic regression with a ridge, by Newton's method."""
    counts = Counter(sign for case in given for sign in set(case.signs))
    signs = sorted(sign for sign, count in counts.items() if count >= RARE)
    column = {sign: i for i, sign in enumerate(signs)}
    x = np.zeros((len(given), len(signs)))
    for i, case in enumerate(given):
        for sign in case.signs:
            if sign in column:
                x[i, column[sign]] = 1.0
    y = np.array([case.is_right for case in given], dtype=float)
    ridge = np.full(len(signs), RIDGE)
    ridge[column["always"]] = 1e-3
    weights = np.zeros(len(signs))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - ridge * weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < CLOSE:
            break
    return {sign: round(float(weight), 3) for sign, weight in zip(signs, weights, strict=True)}


def crossed(given: Sequence[Case], group: Sequence[object]) -> list[float]:
    """The chance of each case by weights that were fitted without its group."""
    chances = [0.0] * len(given)
    for held_out in dict.fromkeys(group):
        weights = fit([case for case, g in zip(given, group, strict=True) if g != held_out])
        for i, case in enumerate(given):
            if group[i] == held_out:
                chances[i] = 1 / (1 + exp(-sum(weights.get(sign, 0.0) for sign in case.signs)))
    return chances


def reliability(given: Sequence[Case], chances: Sequence[float]) -> list[tuple[int, float, float, float]]:
    """Bins of equal size: observations, highest chance, mean chance, share right."""
    order = sorted(range(len(given)), key=lambda i: chances[i])
    bins = max(1, min(10, len(order) // LEAST))
    edges = [round(len(order) * k / bins) for k in range(bins + 1)]
    table = []
    for low, high in pairwise(edges):
        chosen = order[low:high]
        said = sum(chances[i] for i in chosen) / len(chosen)
        true = sum(given[i].is_right for i in chosen) / len(chosen)
        table.append((len(chosen), chances[chosen[-1]], said, true))
    return table


def calibration_error(table: Sequence[tuple[int, float, float, float]]) -> float:
    """The mean distance between said and true, weighted by the sizes of the bins."""
    return sum(n * abs(said - true) for n, _, said, true in table) / sum(n for n, *_ in table)


def write(given: Sequence[Case]) -> Path:
    """Fits all cases and writes the table that the extraction reads."""
    path = DATA / "confidence.csv"
    seen = Counter(sign for case in given for sign in set(case.signs))
    right = Counter(sign for case in given if case.is_right for sign in set(case.signs))
    with open(path, "w", encoding="utf-8", newline="") as lines:
        lines.write("# Fitted by `python bench/calibration.py --fit`; not to be edited by hand.\n")
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(("sign", "weight", "seen", "right"))
        rows.writerows((sign, weight, seen[sign], right[sign]) for sign, weight in fit(given).items())
    return path


def _is_right(pair: scoring.Pair, labels: scoring.Labels) -> bool | None:
    """None where it cannot be told."""
    if pair.seen is None or pair.is_optional:
        return None
    if pair.label is None:
        return False
    given, wanted = pair.seen.get("metric"), pair.label.get("metric")
    if given is not None and wanted is None and given not in pair.label.get("accept", {}).get("metric", ()):
        return False if labels.metrics is None or given in labels.metrics else None
    return all(pair.right.get(field, True) for field in FIELDS)


def _fold(article: str) -> int:
    return sha256(article.encode()).digest()[0] % FOLDS


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="write the weights that the extraction uses")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    given = cases()
    table = reliability(given, crossed(given, [_fold(case.article) for case in given]))
    error = calibration_error(table)
    folders = sorted({case.folder for case in given})
    elsewhere = crossed(given, [case.folder for case in given])
    by_folder = {}
    for folder in folders:
        chosen = [i for i, case in enumerate(given) if case.folder == folder]
        part = [given[i] for i in chosen]
        by_folder[folder] = calibration_error(reliability(part, [elsewhere[i] for i in chosen]))
    if options.json:
        print(json.dumps({"observations": len(given), "error": error, "bins": table, "by_folder": by_folder}))
    else:
        print(f"{'observations':>12}{'up to':>8}{'said':>8}{'true':>8}")
        for size, highest, said, true in table:
            print(f"{size:12}{highest:8.3f}{said:8.3f}{true:8.3f}")
        print(f"expected calibration error {error:.3f}, cross-fitted by article, {len(given)} observations")
        for folder, wrong in by_folder.items():
            print(f"  {folder}: {wrong:.3f} by weights fitted on the other folders")
    if options.fit:
        print(f"wrote {write(given).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
