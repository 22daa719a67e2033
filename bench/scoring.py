"""Observations against labels: which numbers were found, and which of their fields are right.

What lives here: the definitions by which the project is scored. What does not: reading articles and printing (see
`accuracy`). A folder of labels holds gold.jsonl (one labelled observation a line), and optionally non_facts.jsonl
(numbers that are no statistic), metrics.csv and reporters.csv.

Observations and labels of an article are aligned in the order of the text: pairs must share a number, and pairs whose
other fields agree are preferred; what is left over is paired once more out of order. So offsets need not agree between
texts that differ in white space or boilerplate. Then, over all articles:

    found   the number was found                      value   and its value (and upper end) is right
    unit    value and unit                            bound   value, unit and bound
    full    value, unit, bound, basis, kind, status, metric, place, period and dimensions
            (labels of kind size and condition, which restrict other facts, are left out)

Labels and non-facts marked `optional` cost nothing either way; `accept` lists further right answers for a field. A
metric is judged only where metrics.csv knows it; place, period, reporter and dimensions only where the label states
them. A period is right when the ends agree and so do the starts; where one side is a single day, a start within the
same year will do. Near-synonyms of counted nouns and the names of one reporter are the same.
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

LEVELS = ("found", "value", "unit", "bound", "full")
FULL_FIELDS = ("core basis", "kind", "status", "metric", "place", "period", "core dimensions")
REPORTED_FIELDS = (
    "value", "unit", "bound", "basis", "kind", "status", "metric", "place", "period", "dimensions", "versus",
    "reporter", "scope", "size",
)  # fmt: skip
RESTRICTING = ("size", "condition")
#: For `full`, only the dimensions and bases on which independent labellers agree are judged.
CORE_DIMENSIONS = {"use", "age", "sex", "income", "education", "company"}
CORE_BASES = {"FP8", "FP16", "BF16", "FP32", "FP64", "INT4", "INT8", "IT"}
SAME_UNIT: tuple[AbstractSet[str | None], ...] = (
    {"person", "people", "individual", "resident"},
    {"user", "person", "internet_user", "netizen", "subscriber"},
    {"enterprise", "company", "firm", "business"},
    {"household", "subscription", "account"},
    {"site", "base_station", "station"},
    {"dataset", "data_set"},
    {"data_center", "data_centre", "datacenter"},
    {"vehicle", "car"},
)
NOT_A_NUMBER = frozenset((
    "a", "an", "the", "and", "or", "of", "in", "to", "by", "per", "at", "on", "from", "hundred", "thousand", "million",
    "billion", "trillion", "bn", "mn", "tn", "m", "b", "k", "percent", "cent", "yuan", "dollars", "users", "people",
))  # fmt: skip
FOLD = str.maketrans("０１２３４５６７８９．，﹒", "0123456789.,.")


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known to be right of a folder: labels by article, metrics that are judged, names of the same reporter."""

    by_article: Mapping[str, Sequence[Row]]
    metrics: frozenset[str] | None
    same_reporter: Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label, an observation, or both where they are the same number. `right` holds the fields that are judged."""

    article: str
    label: Row | None
    seen: Row | None
    right: Mapping[str, bool]

    @property
    def is_optional(self) -> bool:
        """Whether the label may be left out as well."""
        return self.label is not None and bool(self.label.get("optional"))

    @property
    def is_restricting(self) -> bool:
        """Whether it limits another fact, and is not judged in full."""
        return self.label is not None and self.label.get("kind") in RESTRICTING

    def reaches(self, level: str) -> bool:
        """Whether a found number is right up to this level."""
        if self.label is None or self.seen is None:
            return False
        fields = {"found": (), "value": ("value",), "unit": ("value", "unit")}.get(level, ("value", "unit", "bound"))
        return all(self.right[f] for f in fields) and (
            level != "full" or all(self.right.get(f, True) for f in FULL_FIELDS)
        )

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that are wrong and cost a level."""
        judged = ("value", "unit", "bound", *(() if self.is_restricting else FULL_FIELDS))
        return tuple(f for f in judged if not self.right.get(f, True))


@dataclass(frozen=True, slots=True)
class Level:
    """Precision, recall and F1 of one level, over `labels` labels."""

    precision: float
    recall: float
    f1: float
    labels: int


@dataclass(frozen=True, slots=True)
class Metrics:
    """Metrics given to labelled numbers, the wrong ones among them, and those of these where the label has none.

    `unknown` were given too, to numbers labelled without a metric, under ids that the labellers had no knowledge of:
    they may be right, and are in none of the other counts.
    """

    given: int
    wrong: int
    wrong_where_none: int
    unknown: int

    @property
    def share_wrong(self) -> float:
        return self.wrong / self.given if self.given else 0.0

    @property
    def share_wrong_at_worst(self) -> float:
        """As if each unknown one were wrong."""
        total = self.given + self.unknown
        return (self.wrong + self.unknown) / total if total else 0.0


def read_labels(folder: Path) -> Labels:
    """The labels of a folder."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for label in _lines(folder / "gold.jsonl"):
        by_article[label["article"]].append(label)
    if (folder / "non_facts.jsonl").exists():
        for trap in _lines(folder / "non_facts.jsonl"):
            if trap.get("optional"):
                by_article[trap["article"]].append(trap)
    metrics = None
    if (folder / "metrics.csv").exists():
        with open(folder / "metrics.csv", encoding="utf-8", newline="") as rows:
            metrics = frozenset(row["id"] for row in csv.DictReader(rows))
    return Labels(by_article, metrics, _reporters(folder / "reporters.csv"))


def pair(labels: Labels, seen: Mapping[str, Sequence[Row]]) -> list[Pair]:
    """Every label and every observation (by article), paired where they are the same number."""
    found: list[Pair] = []
    for article in sorted({*labels.by_article, *seen}):
        wanted = sorted(labels.by_article.get(article, ()), key=_place)
        got = sorted(seen.get(article, ()), key=_place)
        pairs = _align(wanted, got)
        for i, j in pairs:
            right = {} if wanted[i].get("optional") else _judge(wanted[i], got[j], labels)
            found.append(Pair(article, wanted[i], got[j], right))
        paired_labels, paired_seen = {i for i, _ in pairs}, {j for _, j in pairs}
        found += [Pair(article, label, None, {}) for i, label in enumerate(wanted) if i not in paired_labels]
        found += [Pair(article, None, one, {}) for j, one in enumerate(got) if j not in paired_seen]
    return found


def levels(pairs: Iterable[Pair]) -> dict[str, Level]:
    """Each level's precision, recall and F1."""
    labels, seen, right = Counter[str](), Counter[str](), Counter[str]()
    for one in pairs:
        for level in LEVELS if not one.is_optional else ():
            if level == "full" and one.is_restricting:
                continue
            labels[level] += one.label is not None
            seen[level] += one.seen is not None
            right[level] += one.reaches(level)
    table = {}
    for level in LEVELS:
        precision = right[level] / seen[level] if seen[level] else 0.0
        recall = right[level] / labels[level] if labels[level] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right[level] else 0.0
        table[level] = Level(precision, recall, f1, labels[level])
    return table


def fields(pairs: Iterable[Pair]) -> dict[str, float]:
    """The share right of each field, among the numbers found for which it is judged."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in pairs:
        for field, is_right in one.right.items():
            counts[field][is_right] += 1
    return {f: counts[f][True] / counts[f].total() for f in REPORTED_FIELDS if counts[f]}


def given_metrics(pairs: Iterable[Pair], known: frozenset[str] | None) -> Metrics:
    """How often a metric that was given is wrong: another one than the label's, or one where the label has none."""
    given = wrong = none = unknown = 0
    for one in pairs:
        if one.label is None or one.seen is None or one.is_optional or one.seen.get("metric") is None:
            continue
        wanted = one.label.get("metric")
        if wanted is not None and known is not None and wanted not in known:
            continue
        is_right = one.seen["metric"] in _accepted(one.label, "metric")
        if wanted is None and not is_right and known is not None and one.seen["metric"] not in known:
            unknown += 1
            continue
        given += 1
        wrong += not is_right
        none += wanted is None and not is_right
    return Metrics(given, wrong, none, unknown)


def _lines(path: Path) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _reporters(path: Path) -> dict[str, AbstractSet[str]]:
    """Lower-cased name to the names of the same reporter."""
    same: dict[str, AbstractSet[str]] = {}
    if path.exists():
        with open(path, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                group = {n.strip().lower() for n in [row["name"], *row["same_as"].split(";")]} - {""}
                group = group.union(*(same.get(n, set()) for n in group))
                same.update(dict.fromkeys(group, group))
    return same


def _place(row: Row) -> tuple[int, int]:
    return row["start"], row.get("end", 0)


def _tokens(quote: str) -> set[str]:
    """What makes a quote this number: its digit groups, else its words or Chinese characters without scales."""
    digits = {d.replace(",", "").strip(".") for d in re.findall(r"\d[\d,]*(?:\.\d+)?", quote.translate(FOLD))}
    return digits or {w.lower() for w in re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]", quote)} - NOT_A_NUMBER


def _is_close(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    try:
        return math.isclose(float(a), float(b), rel_tol=1e-6)
    except (TypeError, ValueError):
        return False


def _accepted(label: Row, field: str) -> list[Any]:
    return [label.get(field), *label.get("accept", {}).get(field, [])]


def _is_value_right(label: Row, seen: Row) -> bool:
    return any(_is_close(v, seen.get("value")) for v in _accepted(label, "value")) and any(
        _is_close(v, seen.get("value_high")) for v in _accepted(label, "value_high")
    )


def _is_unit_right(label: Row, unit: str | None) -> bool:
    return any(
        wanted == unit or any({wanted, unit} <= group for group in SAME_UNIT) for wanted in _accepted(label, "unit")
    )


def _is_period_right(label: Row, seen: Row) -> bool:
    start, end = seen.get("period_start"), seen.get("period_end")
    for wanted_end in _accepted(label, "period_end"):
        if end != wanted_end:
            continue
        for wanted_start in _accepted(label, "period_start"):
            if start == wanted_start:
                return True
            is_single_day = wanted_start and start and end and (wanted_start == wanted_end or start == end)
            if is_single_day and start and start[:4] == wanted_start[:4] and start <= end:
                return True
    return False


def _words(value: object) -> set[str]:
    return set(re.findall(r"[a-z0-9<>]+|[\u4e00-\u9fff]", str(value).lower()))


def _are_dimensions_right(label: Row, seen: Row, keys: AbstractSet[str] | None = None) -> bool:
    """Each labelled value shares half of its words with a value seen, whatever the key; at most one more is given."""
    got = [_words(value) for value in (seen.get("dimensions") or {}).values()]
    if len(got) > len(label["dimensions"]) + 1:
        return False
    for key, value in label["dimensions"].items():
        wanted = _words(value)
        if (keys is None or key in keys) and not any(
            len(wanted & other) * 2 >= max(len(wanted), len(other), 1) for other in got
        ):
            return False
    return True


def _is_size_right(label: Row, seen: Row) -> bool:
    wanted, got = label.get("size"), seen.get("size")
    if not wanted or not got:
        return not wanted and not got
    return isinstance(got, dict) and _is_close(wanted["value"], got.get("value")) and wanted["unit"] == got.get("unit")


def _is_reporter_right(label: Row, seen: Row, same: Mapping[str, AbstractSet[str]]) -> bool:
    name = (seen.get("reporter") or "").lower()
    return any(
        name == (wanted or "").lower() or (wanted and name in same.get(wanted.lower(), ()))
        for wanted in _accepted(label, "reporter")
    )


def _judge(label: Row, seen: Row, labels: Labels) -> dict[str, bool]:
    """Field to right or wrong; a field that is not judged is absent."""
    right = {
        "value": _is_value_right(label, seen),
        "unit": _is_unit_right(label, seen.get("unit")),
        "size": _is_size_right(label, seen),
    }
    for field in ("bound", "basis", "kind", "status", "scope", "versus"):
        right[field] = seen.get(field) in _accepted(label, field)
    if label.get("place"):
        right["place"] = seen.get("place") in _accepted(label, "place")
    if label.get("period_end"):
        right["period"] = _is_period_right(label, seen)
    core = {b if b in CORE_BASES else None for b in _accepted(label, "basis")}
    right["core basis"] = (seen.get("basis") if seen.get("basis") in CORE_BASES else None) in core
    if label.get("dimensions"):
        right["dimensions"] = _are_dimensions_right(label, seen)
        if CORE_DIMENSIONS & set(label["dimensions"]):
            right["core dimensions"] = _are_dimensions_right(label, seen, CORE_DIMENSIONS)
    if label.get("reporter"):
        right["reporter"] = _is_reporter_right(label, seen, labels.same_reporter)
    if label.get("metric") and (labels.metrics is None or label["metric"] in labels.metrics):
        right["metric"] = seen.get("metric") in _accepted(label, "metric")
    return right


def _gain(label: Row, seen: Row, label_tokens: set[str], seen_tokens: set[str]) -> float | None:
    """How much a pair is worth; None where the two cannot be the same number."""
    if "value" not in label:  # an optional non-fact
        return 0.5 if label_tokens & seen_tokens else None
    is_value = _is_value_right(label, seen)
    if not label_tokens & seen_tokens and not (is_value and not re.search(r"\d", label["quote"] + seen["quote"])):
        return None
    worth: float = 1 + is_value + _is_unit_right(label, seen.get("unit")) / 2 + (label["quote"] == seen["quote"]) / 4
    worth += (seen.get("kind") in _accepted(label, "kind")) / 8
    worth += (seen.get("period_end") == label.get("period_end")) / 8
    return worth / 2 if label.get("optional") else worth


def _align(labels: Sequence[Row], seen: Sequence[Row]) -> list[tuple[int, int]]:
    """Pairs (label, observation): the best alignment in order, then the left-overs out of order."""
    left, right = [_tokens(x["quote"]) for x in labels], [_tokens(x["quote"]) for x in seen]
    n, m = len(labels), len(seen)
    worth = {}
    for i in range(n):
        for j in range(m):
            gained = _gain(labels[i], seen[j], left[i], right[j])
            if gained is not None:
                worth[i, j] = gained
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], worth.get((i, j), -1) + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if (i, j) in worth and best[i][j] == worth[i, j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    used_i, used_j = {i for i, _ in pairs}, {j for _, j in pairs}
    for (i, j), gained in sorted(worth.items(), key=lambda item: -item[1]):
        if gained >= 2 and i not in used_i and j not in used_j:
            pairs.append((i, j))
            used_i.add(i)
            used_j.add(j)
    return pairs
