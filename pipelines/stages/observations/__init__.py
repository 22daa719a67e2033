"""From quantities to observations: what was measured, where, when, by whom, and how certain the reading is.

`observe` is the stage: it makes rows of the answers that `answers.ask` collects. Each question has a module of its own
(metrics, dimensions, places, periods, reporters, status, restatements). `reasons` tells of the same answers why.
"""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from pipelines.catalogue import Catalogue
from pipelines.catalogue.units import Units
from pipelines.stages.observations.answers import ask
from pipelines.stages.observations.confidence import confidence
from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.places import Where
from pipelines.stages.observations.reasons import reasons
from pipelines.stages.observations.reporters import Who
from pipelines.stages.observations.when import When
from pipelines.vocabulary import intervals
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.observation import Observation
from pipelines.vocabulary.quantity import Quantity

__all__ = ["EXTRACTOR", "observe", "reasons"]

#: Version of the rules; together with the catalogue's it decides whether an article is read again.
EXTRACTOR = "1"

_RELATIVE = ("growth", "change", "rank")
_TIMES = "x"


def observe(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> list[Observation]:
    """One observation for each quantity, in order."""
    told = ask(article, sentences, quantities, catalogue)
    ids = [observation_id(article.article_id, q.start, q.end) for q in told.quantities]
    quotes = {k: article.text[sentences[k].start : sentences[k].end] for k in {q.sentence for q in told.quantities}}
    return [
        _observation(
            article, sentences[q.sentence], quotes[q.sentence], q,
            told.linked[k], told.whens[k], told.wheres[k], told.whos[k],
            told.states[k], told.details[k], ids[k], ids[first] if (first := told.repeats[k]) is not None else None,
            catalogue,
        )
        for k, q in enumerate(told.quantities)
    ]  # fmt: skip


def observation_id(article_id: str, start: int, end: int, part: int = 0) -> str:
    """The identity of a statement: where it stands, whatever the rules make of it."""
    return sha256(f"{article_id}:{start}:{end}:{part}".encode()).hexdigest()[:16]


def _canonical(value: Decimal | None, unit: str | None, kind: str, units: Units) -> Decimal | None:
    if value is None:
        return None
    if unit == _TIMES:
        return value - 1 if kind == "growth" else value
    return units.canonical(value, unit)[0]


def _observation(
    article: Article, sentence: Sentence, words: str, q: Quantity, linked: Linked, when: When, where: Where,
    who: Who, state: str, dimensions: dict[str, str], own_id: str, restates: str | None, catalogue: Catalogue,
) -> Observation:  # fmt: skip
    units = catalogue.units
    is_exact = (
        q.is_exact_count and (q.unit is None or units.get(q.unit).dimension.startswith("count"))
    ) or q.kind == "rank"
    interval = intervals.stated(q.value, q.value_high, q.bound, scale=q.scale, decimals=q.decimals, is_exact=is_exact)
    canonical = _canonical(q.value, q.unit, q.kind, units)
    low = canonical if interval.low is q.value else _canonical(interval.low, q.unit, q.kind, units)
    high = canonical if interval.high is q.value else _canonical(interval.high, q.unit, q.kind, units)
    text = article.text
    dimensions = dict(dimensions)
    if where.region and "region" not in dimensions:
        dimensions["region"] = where.region
    versus = (when.versus or q.versus) if q.kind in ("growth", "change") else None
    return Observation(  # by position: the names of so many fields cost twice what the fields do
        own_id, article.article_id, text[q.start : q.end], q.start, q.end, words,
        _exact(q.value), None if q.value_high is None else _exact(q.value_high), q.unit,
        canonical, _canonical(q.value_high, q.unit, q.kind, units),
        "1" if q.unit == _TIMES else units.canonical_unit(q.unit),
        low, high, interval.low_closed, interval.high_closed,
        q.bound, q.bound_text, q.significant_digits, q.basis, q.kind, q.trend, versus, state,
        catalogue.places.scope(q.scope, where.place), linked.metric, linked.label, dimensions,
        {"value": _exact(q.size.value), "unit": q.size.unit} if q.size else None,
        where.place, when.start, when.end, when.text, who.reporter, who.report, restates,
        confidence(q, linked, when, sentence, catalogue), EXTRACTOR,
    )  # fmt: skip


def _exact(value: Decimal) -> Decimal:
    """The same number without an exponent or needless zeros."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
