"""What flows, in a text that goes on from the state of a day: 截至6月底,用户10亿户。云收入561亿元 tells of a half.

What lives here: the span that such a figure takes instead of the day. What does not: which expression of time governs a
figure (see `periods`), and the day that a stock takes instead of a span (see `answers`).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from pipelines.catalogue.metrics import Metric
from pipelines.stages.observations.when import When
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_CARRIED = ("paragraph", "article")  # a time that goes on from a sentence before, or that all is told of
_SHORTEST = 27  # days of a span that figures are told of


def flows(quantities: Sequence[Quantity], metrics: Sequence[Metric | None], whens: Sequence[When]) -> list[When]:
    """The times of all quantities: of a flow that took over a day, the span told before that ends on it."""
    spans: Counter[tuple[str | None, str | None]] = Counter()
    told: list[When] = []
    for quantity, metric, when in zip(quantities, metrics, whens, strict=True):
        is_day = when.start is not None and when.start == when.end
        if is_day and _flows(quantity, metric) and when.why[:1] and when.why[0] in _CARRIED:
            ending = [(start, end) for start, end in spans if end == when.end]
            if ending:
                start, end = max(ending, key=lambda span: spans[span])
                when = replace(when, start=start, end=end)
        elif when.start and when.end and _days(when) >= _SHORTEST:
            spans[when.start, when.end] += 1
        told.append(when)
    return told


def _flows(quantity: Quantity, metric: Metric | None) -> bool:
    if metric is None or quantity.kind == "rank":
        return False
    return metric.stock_or_flow == "flow" or (metric.is_ratio and metric.is_company and metric.share_of is None)


def _days(when: When) -> int:
    return (date.fromisoformat(when.end or "") - date.fromisoformat(when.start or "")).days
