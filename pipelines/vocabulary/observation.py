"""The observation: one number that an article states about the world, in the fields of the contract."""

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from pipelines.vocabulary.values import light

BOUNDS = ("=", ">", ">=", "<", "<=", "~")
KINDS = ("level", "share", "growth", "change", "ratio", "rank", "size", "condition")
STATUSES = ("actual", "target", "forecast")

#: What two observations must share to speak of the same thing. The unit is not in it: canonical values are compared.
SERIES_KEY = (
    "metric", "kind", "versus", "status", "place", "period_start", "period_end", "basis", "scope", "size", "dimensions",
)  # fmt: skip


@light
@dataclass(frozen=True, slots=True)
class Observation:
    """One statistic. Offsets are code points of the article's text; `text[start:end] == quote`."""

    observation_id: str
    article_id: str
    quote: str
    start: int
    end: int
    sentence: str
    value: Decimal
    value_high: Decimal | None
    unit: str | None
    canonical_value: Decimal | None
    canonical_high: Decimal | None
    canonical_unit: str | None
    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool
    bound: str
    bound_text: str | None
    significant_digits: int
    basis: str | None
    kind: str
    trend: str | None
    versus: str | None
    status: str
    scope: str | None
    metric: str | None
    label: str
    dimensions: dict[str, str] = field(default_factory=dict)
    size: dict[str, Any] | None = None
    place: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    period_text: str | None = None
    reporter: str | None = None
    report: str | None = None
    restates: str | None = None
    confidence: float = 0.5
    extractor: str = ""

    def as_record(self) -> dict[str, Any]:
        """The observation as plain JSON values: integral numbers as int, others as float."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.adjusted() < 19 else float(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
