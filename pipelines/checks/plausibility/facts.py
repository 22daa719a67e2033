"""What the plausibility checks see of an observation, and how facts are gathered into what is comparable.

What lives here: the narrow record that every check reads, the limits that the metric catalogue sets, and the
grouping by subject (metric and place), inside which all comparisons happen. What does not: any judgement.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """An accepted observation with what is known of its article. Values are floats: checks compare magnitudes.

    `value` is in the printed `unit`, `canonical` in the canonical one. `story` counts syndicated copies once.
    `dimensions` and `size` are JSON text, or the mapping itself.
    """

    observation_id: str
    article_id: str
    quote: str
    value: float
    unit: str | None
    canonical: float | None
    canonical_unit: str | None
    bound: str
    kind: str
    status: str
    metric: str | None
    place: str | None
    period_start: str | None
    period_end: str | None
    versus: str | None = None
    trend: str | None = None
    basis: str | None = None
    scope: str | None = None
    size: str | None = None
    dimensions: str = ""
    reporter: str | None = None
    report: str | None = None
    restates: str | None = None
    document_id: str | None = None
    story: str | None = None
    publisher: str | None = None
    reported_at: str | None = None
    label: str = ""
    sentence: str = ""

    @property
    def subject(self) -> tuple[str | None, str | None]:
        """Metric and place: the unit of re-judging."""
        return self.metric, self.place

    @property
    def source(self) -> str:
        """What counts as one witness: a story with its syndicated copies, all versions of a document together."""
        return self.story or self.document_id or self.article_id

    @property
    def breakdown(self) -> tuple[Any, ...]:
        """All of the series key but metric, place, period and basis."""
        return self.kind, self.versus, self.status, self.scope, self.size, self.dimensions

    @property
    def magnitude(self) -> float | None:
        """log10 of the canonical value; None for what has no magnitude."""
        return math.log10(self.canonical) if self.canonical is not None and self.canonical > 0 else None

    @property
    def span_days(self) -> int | None:
        """Length of the period in days, 1 for an instant; None where the period is open."""
        start, end = day(self.period_start), day(self.period_end)
        return (end - start).days + 1 if start and end else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What the metric catalogue holds to be possible, in canonical units. None sets no limit.

    `yearly_step` is the largest plausible factor from one year to the next (either way); `whole` names the metric
    that this one is a part of; `is_additive` says that the world's value contains a country's.
    """

    low: float | None = None
    high: float | None = None
    yearly_step: float | None = None
    whole: str | None = None
    is_additive: bool = False
    canonical_unit: str | None = None
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that one judgement may look at: facts by subject and by article, limits by metric."""

    by_subject: Mapping[tuple[str | None, str | None], list[Fact]]
    by_article: Mapping[str, list[Fact]]
    limits: Mapping[str, Limits] = field(default_factory=dict)
    dimension_of: Callable[[str], str | None] = lambda unit: None
    parts: Mapping[str, list[str]] = field(default_factory=dict)  # the metrics that are part of another

    def of(self, metric: str | None) -> Limits:
        """The limits of a metric; none at all for an unknown one."""
        return self.limits.get(metric or "", Limits())


def scene(
    facts: Iterable[Fact],
    limits: Mapping[str, Limits],
    dimension_of: Callable[[str], str | None] = lambda unit: None,
) -> Scene:
    """Facts in an order that does not depend on their arrival, grouped for the checks."""
    ordered = sorted(facts, key=lambda f: (f.metric or "", f.place or "", f.period_end or "", f.observation_id))
    subjects = {key: list(group) for key, group in groupby(ordered, key=lambda f: f.subject) if key[0]}
    articles: dict[str, list[Fact]] = {}
    for fact in ordered:
        articles.setdefault(fact.article_id, []).append(fact)
    parts: dict[str, list[str]] = {}
    for metric, limit in limits.items():
        if limit.whole:
            parts.setdefault(limit.whole, []).append(metric)
    return Scene(subjects, articles, limits, dimension_of, parts)


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Fact]:
    """Facts from rows in the names of the contract (`canonical_value`, `story_id`, dates as dates or text)."""
    return [
        Fact(
            observation_id=row["observation_id"],
            article_id=row["article_id"],
            quote=row["quote"],
            value=float(row["value"]),
            unit=row["unit"],
            canonical=None if row["canonical_value"] is None else float(row["canonical_value"]),
            canonical_unit=row["canonical_unit"],
            bound=row["bound"],
            kind=row["kind"],
            status=row["status"],
            metric=row["metric"],
            place=row["place"],
            period_start=_text(row["period_start"]),
            period_end=_text(row["period_end"]),
            versus=row.get("versus"),
            trend=row.get("trend"),
            basis=row.get("basis"),
            scope=row.get("scope"),
            size=_json(row.get("size")),
            dimensions=_json(row.get("dimensions")) or "",
            reporter=row.get("reporter"),
            report=row.get("report"),
            restates=row.get("restates"),
            document_id=row.get("document_id"),
            story=row.get("story_id"),
            publisher=row.get("publisher"),
            reported_at=_text(row.get("reported_at")),
            label=row.get("label") or "",
            sentence=row.get("sentence") or "",
        )
        for row in rows
    ]


def day(text: str | None) -> date | None:
    """An ISO date, or the day of an ISO time; None for none."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _json(value: Any) -> str | None:
    """One spelling for one object, whatever the order of its keys; the empty object is none."""
    if isinstance(value, str):
        value = json.loads(value) if value else None
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=float) if value else None
