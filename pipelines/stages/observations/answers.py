"""The questions that are asked of an article's quantities, in their order, and the answers side by side.

What lives here: the order (the metric first, because unit, place and breakdown lean on it), and what a repeated figure
takes over from the first. What does not: each question itself (a module of its own), and what becomes of the answers:
rows (see `__init__`) or reasons (see `reasons`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.catalogue.units import Units
from pipelines.stages.observations.additions import added, as_levels, is_of_stock, of_additions, parts_of_additions
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.dimensions import breakdown
from pipelines.stages.observations.fits import POINTS
from pipelines.stages.observations.flows import flows
from pipelines.stages.observations.metrics import FLOOR, Linked, is_part_of, link
from pipelines.stages.observations.periods import periods
from pipelines.stages.observations.places import Where, places
from pipelines.stages.observations.reporters import Who, of_companies, reporters
from pipelines.stages.observations.restatements import restated
from pipelines.stages.observations.status import status
from pipelines.stages.observations.untimed import without_time
from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import USUAL, Quantity
from pipelines.vocabulary.values import replace

_OUTSIDE = frozenset(
    ("article", "paragraph", "context", "report", "column", "compared with", "counted back")
)  # a period that its sentence does not state
_OF_STOCKS = frozenset(("level", "share", "change"))
#: Names in the sentence of a figure: where it names no company either, "global chip sales were $208 billion" is of all.
_OWN = frozenset(("before", "its noun", "of it"))
_QUARTER, _YEAR = 88, 372  # days


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer of each kind for each quantity, in their order. `repeats`: the index of the figure said before."""

    quantities: list[Quantity]
    linked: list[Linked]
    metrics: list[Metric | None]
    whens: list[When]
    wheres: list[Where]
    whos: list[Who]
    states: list[str]
    details: list[dict[str, str]]
    repeats: list[int | None]


def ask(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> Answers:
    """Every question of every quantity."""
    parts = list(sentences)
    additions = added(article, parts, quantities, catalogue)
    found = as_levels(quantities, additions)
    companies = Companies(article, parts, found, catalogue)
    linked = link(article, parts, found, catalogue, companies)
    for k, is_level in additions.items():
        if is_level and is_of_stock(linked[k], catalogue):
            found[k] = quantities[k]
            continue
        linked[k] = of_additions(linked[k], is_level, catalogue)
    linked = parts_of_additions(article, parts, found, linked, catalogue)
    repeats = restated(article.text, parts, found, catalogue)
    for k, first in enumerate(repeats):
        if first is not None:
            linked[k] = linked[first]
    metrics = [catalogue.metrics.get(item.metric) for item in linked]
    found = [
        _completed(q, m, catalogue.units, is_part_of(item)) for q, m, item in zip(found, metrics, linked, strict=True)
    ]
    whens = _all_held(periods(article, parts, found, catalogue), found, metrics, parts, catalogue)
    whens = flows(found, metrics, whens)
    details = breakdown(article, parts, found, catalogue, linked, companies)
    owners = [companies.listed(own["company"]) if "company" in own else None for own in details]
    spoken = [companies.is_of_speaker(q) for q in found]
    main = companies.main if companies.is_told_of_main else None
    whos = of_companies(article, metrics, owners, reporters(article, parts, found, catalogue), spoken, main, catalogue)
    for k, (quantity, metric) in enumerate(zip(found, metrics, strict=True)):
        is_bodiless = metric is not None and metric.is_company_alone and "company" not in details[k]
        is_of_others = companies.is_of_all(quantity) or (whos[k].reporter and not companies.is_held(quantity))
        if is_bodiless and is_of_others:  # what an association tells of a trade
            linked[k], metrics[k] = replace(linked[k], metric=None, why=("of no company",)), None
        here = parts[quantity.sentence]
        is_own = linked[k].why[0].partition(":")[0] in _OWN and not companies.is_named_in(here.start, here.end)
        if metric is not None and metric.is_of_market and "company" in details[k] and not is_own:
            linked[k], metrics[k] = _of_company(linked[k], quantity)
    # A company's figure has no place but a stated one; all others have one, those of a market in its report, too.
    is_unowned = ["company" not in own for own in details]
    wheres = places(article, parts, found, catalogue, is_unowned, companies.unlisted_mentions, whos)
    states = status(article, parts, found, whens, catalogue)
    whens = without_time(article, parts, found, whens, states)
    for k, first in enumerate(repeats):
        if first is not None:
            whens[k], wheres[k], states[k], details[k] = whens[first], wheres[first], states[first], details[first]
    return Answers(found, linked, metrics, whens, wheres, whos, states, details, repeats)


def _of_company(linked: Linked, quantity: Quantity) -> tuple[Linked, Metric | None]:
    """What one company's figure measures that a market's metric was found for: the next best, or none."""
    for other in linked.runners_up if quantity.kind != "share" else ():
        if other.metric.is_company and other.score >= FLOOR:
            return replace(linked, metric=other.metric.id, score=other.score, why=(other.why,)), other.metric
    return replace(linked, metric=None, why=("of one company",)), None


def _all_held(
    whens: Sequence[When],
    quantities: Sequence[Quantity],
    metrics: Sequence[Metric | None],
    parts: Sequence[Sentence],
    catalogue: Catalogue,
) -> list[When]:
    """The times, those of stocks held on a day; an increment that a paragraph breaks down is of one stretch throughout:
    前十个月贷款增加15万亿元。住户贷款增加7396亿元.
    """
    told: list[When] = []
    for k, (when, quantity, metric) in enumerate(zip(whens, quantities, metrics, strict=True)):
        held = _held(when, quantity, metric, catalogue)
        if held is not when and k and quantity.kind == quantities[k - 1].kind == "change":
            is_near = parts[quantity.sentence].paragraph == parts[quantities[k - 1].sentence].paragraph
            is_same = (told[k - 1].start, told[k - 1].end) == (when.start, when.end) and metric is metrics[k - 1]
            held = when if is_near and is_same and quantity.unit == quantities[k - 1].unit else held
        told.append(held)
    return told


def _held(when: When, quantity: Quantity, metric: Metric | None, catalogue: Catalogue) -> When:
    """The time of a stock, its parts and its change: where a quarter, half or fiscal year is only what is reported on,
    its last day.
    """
    if metric is not None and when.whole and _is_results(quantity, metric) and (when.end or "") <= (when.written or ""):
        return replace(when, start=when.whole)
    whole = metric and (catalogue.metrics.get(metric.share_of) or metric)
    is_stock = whole is not None and whole.stock_or_flow == "stock" and quantity.kind in _OF_STOCKS
    if is_stock and quantity.kind == "level" and "since" in when.why and when.end:
        return replace(when, start=when.end)  # "since the project started in 2022, eight hubs have taken shape"
    if not is_stock or not when.start or not when.end or not _OUTSIDE.intersection(when.why):
        return when
    days = (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days
    is_calendar_year = when.start[5:] == "01-01" and when.end[5:] == "12-31"
    return when if days < _QUARTER or days > _YEAR or is_calendar_year else replace(when, start=when.end)


def _is_results(quantity: Quantity, metric: Metric) -> bool:
    """Whether a figure is one of results, which are of a stretch of time: 截至2024年底,...ARPU为47.5元."""
    return quantity.kind != "rank" and metric.is_company and metric.stock_or_flow == "flow"


def _completed(quantity: Quantity, metric: Metric | None, units: Units, is_part: bool) -> Quantity:
    """What only the metric tells: the unit that the words leave out, and a level printed in percent.

    Not where it is told as a part of another amount (`is_part`): "operating income of $557 million, or 41% of revenue".
    """
    if metric is None:
        return quantity
    changes: dict[str, Any] = {}
    if quantity.unit is None and quantity.kind not in ("growth", "rank"):
        if metric.dimension.startswith("count") or metric.unit in ("1", "%"):
            changes["unit"] = metric.unit
            if quantity.kind == "level" and metric.kind == "share":  # "for everybody else it stands at 72"
                changes["kind"] = metric.kind
    elif quantity.unit is not None and "/" in quantity.unit and quantity.unit.split("/")[0] == metric.unit:
        changes["unit"] = metric.unit
    elif quantity.kind not in ("growth", "rank", "size", "condition"):
        is_vague = USUAL in quantity.rules and metric.dimension == "count" and quantity.unit not in metric.units
        is_for_each = "/" in metric.unit and metric.dimension == "count" and quantity.unit in metric.units
        if is_vague or is_for_each:  # 300项 of technologies; so many stations for every 10,000 people
            changes["unit"] = metric.unit
    is_share = quantity.kind == "level" and metric.kind == "share" and (changes.get("unit") or quantity.unit) == "%"
    if (
        is_share
        or (
            quantity.kind == "share"
            and metric.kind in ("level", "ratio")
            and metric.dimension == "ratio"
            and not is_part
        )
        or (quantity.kind == "change" and metric.is_increment and quantity.unit not in POINTS)
    ):
        changes["kind"] = metric.kind
    return replace(quantity, **changes) if changes else quantity
