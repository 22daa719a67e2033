"""How the extraction does on the test sets that other quantity extractors publish, where the reader has them.

    python bench/public.py FILE ... [--misses N]

Each FILE is a JSON list of one of three shapes, told by its keys: quantulum3 (`req`, `res`), CQE (`text`, `quantities`)
and Recognizers-Text (`Input`, `Results`). None is shipped. Printed for each: precision, recall and F1 of the value, of
value and unit, and the share of right bounds. What such a set calls a quantity differs from what we do (pronouns, dates
and ranks are statistics to some), so a figure says how far the two agree, and `--misses` where they do not.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if not __package__:
    sys.path[0] = str(ROOT)

from pipelines import catalogue, flow  # noqa: E402
from pipelines.catalogue import Catalogue  # noqa: E402
from pipelines.vocabulary.observation import Observation  # noqa: E402

NONE = frozenset(("", "-", "dimensionless"))
#: Recognizers-Text labels one kind of quantity a file; the dimensions that belong to it, first words.
KINDS = {
    "currency": ("money",), "temperature": ("temperature",), "age": ("time",), "percentage": ("ratio", "points"),
    "dimension": ("length", "area", "volume", "mass", "speed", "data", "power", "energy", "angle", "frequency"),
}  # fmt: skip
#: Names of units that the sets use and our catalogue does not.
ALIASES = {
    "percentage": "%", "year of age": "year", "pound-mass": "lb", "foot pound-force": "lbf_ft", "times": "x",
    "revolutions per minute": "rpm", "mega british thermal unit": "MMBTU", "people": "person", "C": "degC", "F": "degF",
    "Degree": "degC",
}  # fmt: skip
BOUNDS = {"=": "=", "~": "~", ">": ">", "<": "<", ">=": ">", "<=": "<"}


@dataclass(frozen=True)
class Label:
    """A quantity as the set states it: the end of a range in `high`, the unit by its name."""

    value: float
    high: float | None
    unit: str
    bound: str | None = None
    middle: float | None = None  # where a set gives a value with its spread, which "5 ± 1" and "4 to 6" share


@dataclass
class Score:
    """The counts of one file, and what did not agree."""

    labels: int = 0
    found: int = 0
    values: int = 0
    units: int = 0
    bounds: int = 0
    bounded: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        parts = [f"{name:<28} labels {self.labels:>4}  found {self.found:>4}"]
        for title, right in (("value", self.values), ("value+unit", self.units)):
            precision, recall = right / max(1, self.found), right / max(1, self.labels)
            f1 = 2 * precision * recall / (precision + recall) if right else 0.0
            parts.append(f"{title} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        if self.bounded:
            parts.append(f"bound {self.bounds / self.bounded:.3f}")
        return "  ".join(parts)


def read_set(path: Path) -> Iterator[tuple[str, list[Label], str]]:
    """The sentences of a file with their labels, and the kind it is limited to ("" for all)."""
    items = json.loads(path.read_text(encoding="utf-8-sig"))
    kinds = [result["TypeName"] for item in items for result in item.get("Results", ())]
    kind = max(set(kinds), key=kinds.count) if kinds else ""
    for item in items:
        if "req" in item:
            yield item["req"], [_quantulum(q) for q in item["res"]], ""
        elif "quantities" in item:
            yield item["text"], [_cqe(q) for q in item["quantities"]], ""
        elif "Input" in item:
            labels = [_recognizers(r["Resolution"]) for r in item["Results"] if r.get("Resolution", {}).get("value")]
            yield item["Input"], labels, kind if kind in KINDS else ""
        else:
            raise SystemExit(f"{path}: no set of a known shape; the keys of an item are {', '.join(item)}")


def _quantulum(quantity: dict[str, Any]) -> Label:
    value, spread = float(quantity["value"]), quantity.get("uncertainty")
    if spread:
        return Label(value - float(spread), value + float(spread), quantity["unit"], middle=value)
    return Label(value, None, quantity["unit"])


def _cqe(quantity: dict[str, Any]) -> Label:
    low, dash, high = str(quantity["value"]).lstrip("-").partition("-")
    sign = -1 if str(quantity["value"]).startswith("-") else 1
    change = quantity.get("change")
    return Label(sign * float(low), float(high) if dash else None, quantity["normalized_unit"], change)


def _recognizers(resolution: dict[str, Any]) -> Label:
    return Label(float(str(resolution["value"]).rstrip("%")), None, resolution.get("unit", ""))


def codes_of(name: str, known: Catalogue) -> frozenset[str | None]:
    """The unit codes that a name of a foreign set may mean: "dollar" any dollar, "kilometre per hour" km/h."""
    name = name.replace("_", " ") if name not in known.units.by_code else name
    name = ALIASES.get(name, name)
    units, low = known.units, name.lower()
    if low in NONE:
        return frozenset((None,))
    codes: set[str | None] = {name} if name in units.by_code or "/" in name else set()
    codes |= {*units.names.get(low, ()), *units.symbols.get(name, ()), *units.zh.get(name, ())}
    head, per, tail = low.partition(" per ")
    if per and not codes:
        heads = codes_of(head, known)
        # The price of a share is money to us.
        codes = set(heads) if tail == "share" else {f"{a}/{b}" for a in heads for b in codes_of(tail, known)}
    if low.startswith("inverse ") and not codes:
        codes = {f"1/{code}" for code in codes_of(low.removeprefix("inverse "), known)}
    return frozenset(codes or {known.nouns.code_of(low.replace("-", " ").split())})


def score(path: Path, known: Catalogue) -> Score:
    """Reads each sentence as an article of its own and pairs what is found with the labels."""
    result = Score()
    for text, labels, kind in read_set(path):
        found = [o for o in observations(text, known) if not kind or _is_of(o, kind, known)]
        result.labels, result.found = result.labels + len(labels), result.found + len(found)
        missed = _pair(labels, found, known, result)
        if missed or found:
            result.misses.append("\n    ".join([text, *missed, *(f"more   {_shown(o)}" for o in found)]))
    return result


def _pair(labels: Sequence[Label], found: list[Observation], known: Catalogue, result: Score) -> list[str]:
    """Takes every agreeing observation out of `found`; returns what did not agree."""
    missed = []
    for label in labels:
        codes = codes_of(label.unit, known)
        hits = sorted((o for o in found if _is_value(label, o, codes, known)), key=lambda o: o.unit not in codes)
        if not hits:
            missed.append(f"missed {label}")
            continue
        found.remove(hits[0])
        result.values += 1
        if _is_unit(label, codes, hits[0], known):
            result.units += 1
        else:
            missed.append(f"unit   {label} but {hits[0].unit}")
        bound = BOUNDS.get(label.bound or "")
        result.bounded += bound is not None
        result.bounds += bound is not None and BOUNDS[hits[0].bound] == bound
        if bound and BOUNDS[hits[0].bound] != bound:
            missed.append(f"bound  {label} but {hits[0].bound}")
    return missed


def observations(text: str, known: Catalogue) -> list[Observation]:
    """What one sentence states."""
    return list(flow.extract(flow.read(text.encode(), "sentence.txt"), known).observations)


def _is_of(observation: Observation, kind: str, known: Catalogue) -> bool:
    return observation.unit is not None and known.units.get(observation.unit).dimension.startswith(KINDS[kind])


def _is_value(label: Label, found: Observation, codes: frozenset[str | None], known: Catalogue) -> bool:
    """As printed or in canonical units ("19 cents" is 0.19 USD); a fall is negative here, not in the sets."""
    moved = found.kind in ("growth", "change")
    if label.middle is not None and found.value_high is None and found.bound == "~":
        return _is_end(found.value, found.canonical_value, label.middle, moved, codes, known)
    if (found.value_high is None) != (label.high is None):
        return False
    ends = ((found.value, found.canonical_value, label.value), (found.value_high, found.canonical_high, label.high))
    if moved and label.high is not None and found.value < 0:
        ends = ((*ends[0][:2], label.high), (*ends[1][:2], label.value))
    return all(_is_end(a, b, c, moved, codes, known) for a, b, c in ends)


def _is_end(
    printed: Any, canonical: Any, wanted: float | None, moved: bool, codes: frozenset[str | None], known: Catalogue
) -> bool:
    if wanted is None:
        return True
    meant = [wanted, *(float(known.units.canonical(Decimal(repr(wanted)), c)[0] or 0) for c in codes if c)]
    pairs = [(printed, wanted), *((canonical, m) for m in meant)]
    return any(_is_close(abs(float(a)), abs(b)) if moved else _is_close(float(a), b) for a, b in pairs if a is not None)


def _is_close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-3 * max(abs(a), abs(b))


def _is_unit(label: Label, codes: frozenset[str | None], found: Observation, known: Catalogue) -> bool:
    if found.unit in codes:
        return True
    unit = known.units.get(found.unit) if found.unit else None
    if codes == {None} and unit is not None and unit.dimension == "ratio":
        return found.canonical_value is not None and _is_close(float(found.canonical_value), label.value)  # 1/4 is 25%
    if codes == {None}:
        return unit is None or unit.dimension in ("pure", "multiple") or unit.dimension.startswith("count:")
    return unit is not None and any(c is not None and known.units.get(c).canonical == unit.canonical for c in codes)


def _shown(found: Observation) -> str:
    high = "" if found.value_high is None else f" to {found.value_high}"
    return f"{found.bound} {found.value}{high} {found.unit} ({found.quote})"


def main() -> None:
    """Prints a line for each file, and its misses."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print so many sentences that disagree")
    options = parser.parse_args()
    known = catalogue.load()
    for path in options.files:
        result = score(path, known)
        print(result.line(path.stem))
        for miss in result.misses[: options.misses]:
            print("  " + miss)


if __name__ == "__main__":
    main()
