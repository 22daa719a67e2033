"""Doubts about values that nothing formal is wrong with: what expectations of a table cannot say.

What lives here: one small module a check, and the order they run in. Each looks at the facts of one subject (metric
and place) or one article, takes its limits from the metric catalogue, and yields flags with a reason, the evidence and,
where one follows, a proposed value. A flag never changes a value and never keeps a row out. What does not: reading
the warehouse, which is storage's, and expectations, which are data.

A run judges every subject that it touched anew, old rows too, so that the order of arrival changes nothing:
`subjects_to_judge` says which, `evidence_subjects` what else must be at hand, `judge` does it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from pipelines.checks.plausibility import (
    carried_over,
    density,
    exchange_rate,
    growth_base,
    multiple,
    period_sanity,
    plausible_range,
    power_of_ten,
    same_article,
    step,
    unit_fit,
    unlike,
    whole_part,
)
from pipelines.checks.plausibility.density import densities as plausible_ratios
from pipelines.checks.plausibility.facts import Fact, Limits, Scene, from_rows, scene
from pipelines.checks.plausibility.limits import dimension_of, of_catalogue
from pipelines.vocabulary.verdict import Flag

Subject = tuple[str | None, str | None]

OF_SUBJECT: tuple[Callable[[Scene, Subject], Iterator[Flag]], ...] = (
    power_of_ten.check,
    plausible_range.check,
    step.check,
    whole_part.check,
    growth_base.check,
    multiple.check,
    density.check,
    same_article.check,
    carried_over.check,
    period_sanity.check,
    unit_fit.check,
    unlike.check,
)
OF_ARTICLE: tuple[Callable[[Scene, str], Iterator[Flag]], ...] = (exchange_rate.check_article,)

#: The checks whose flags hang on one article alone.
ARTICLE_CHECKS = (exchange_rate.NAME,)

#: A gap of a power of ten explains the jump, the range and the misfit that it causes: one doubt is told, not three.
EXPLAINED_BY_POWER_OF_TEN = frozenset(
    {step.NAME, plausible_range.NAME, density.NAME, whole_part.NAME, same_article.NAME, multiple.NAME, unlike.NAME}
)

#: What is measured on another basis, or is another thing, explains the jump and the contradiction.
EXPLAINED_BY_UNLIKE = frozenset({step.NAME, same_article.NAME})

#: Every check by name, for the listings: the first line of its module says what it looks for.
NAMES: Mapping[str, str] = {
    module.NAME: (module.__doc__ or "").splitlines()[0]
    for module in (
        power_of_ten, plausible_range, step, whole_part, growth_base, multiple, density, same_article, carried_over,
        period_sanity, unit_fit, unlike, exchange_rate,
    )
}  # fmt: skip


def judge(
    facts: Iterable[Fact],
    limits: Mapping[str, Limits],
    subjects: Collection[Subject] | None = None,
    articles: Collection[str] | None = None,
    dimension_of: Callable[[str], str | None] = lambda unit: None,
) -> list[Flag]:
    """The flags on observations of the given subjects and articles (default: all that `facts` hold).

    `facts` must hold all facts of the subjects and of `evidence_subjects`, in any order: the result is the same.
    """
    at_hand = scene(facts, limits, dimension_of)
    chosen = at_hand.by_subject.keys() if subjects is None else subjects
    flags = [flag for subject in sorted(chosen, key=str) for check in OF_SUBJECT for flag in check(at_hand, subject)]
    read = at_hand.by_article.keys() if articles is None else articles
    flags += [flag for article in sorted(read) for check in OF_ARTICLE for flag in check(at_hand, article)]
    slipped = {flag.observation_id for flag in flags if flag.check == power_of_ten.NAME and flag.confidence > 0.5}
    # What is compared with a slipped value is not to be doubted for the difference.
    kept = [
        flag for flag in flags
        if flag.check not in EXPLAINED_BY_POWER_OF_TEN
        or (flag.observation_id not in slipped and not (flag.evidence and slipped.issuperset(flag.evidence)))
    ]  # fmt: skip
    unlike_things = {flag.observation_id for flag in kept if flag.check == unlike.NAME}
    kept = [f for f in kept if f.check not in EXPLAINED_BY_UNLIKE or f.observation_id not in unlike_things]
    return sorted(kept, key=lambda flag: (flag.observation_id, flag.check))


def subjects_to_judge(
    touched: Iterable[Subject], known: Iterable[Subject], limits: Mapping[str, Limits]
) -> set[Subject]:
    """The touched subjects, and those that hang on a touched one: parts and wholes, countries of the world.

    `known` are all subjects of at least the `related_metrics`.
    """
    touched = set(touched)
    places_of: dict[str, set[str | None]] = {}
    for metric, place in known:
        places_of.setdefault(metric or "", set()).add(place)
    parts_of = _parts_of(limits)
    judged = {subject for subject in touched if subject[0]}
    for metric, place in touched:
        if place == "world" and metric:
            judged.update((metric, other) for other in places_of.get(metric, ()))
        judged.update((part, place) for part in parts_of.get(metric or "", ()) if place in places_of.get(part, ()))
        whole = limits.get(metric or "", Limits()).whole
        if whole and place in places_of.get(whole, ()):
            judged.add((whole, place))
    return judged


def related_metrics(touched: Iterable[Subject], limits: Mapping[str, Limits]) -> set[str]:
    """The metrics of the touched subjects, and what they are parts or wholes of."""
    metrics = {metric for metric, _ in touched if metric}
    parts_of = _parts_of(limits)
    parts = {part for metric in metrics for part in parts_of.get(metric, ())}
    return metrics | parts | {whole for metric in metrics if (whole := limits.get(metric, Limits()).whole)}


def evidence_subjects(judged: Iterable[Subject], limits: Mapping[str, Limits]) -> set[Subject]:
    """What must be loaded to judge: the subjects themselves, the world's value, the whole and the parts of each."""
    needed: set[Subject] = set()
    parts_of: dict[str, list[str]] = {}
    for part, limit in limits.items():
        if limit.whole:
            parts_of.setdefault(limit.whole, []).append(part)
    for metric, place in judged:
        needed.update(((metric, place), (metric, "world")))
        needed.update((ratio.denominator, place) for ratio in plausible_ratios() if ratio.numerator == metric)
        whole = limits.get(metric or "", Limits()).whole
        if whole:
            needed.add((whole, place))
        needed.update((part, place) for part in parts_of.get(metric or "", ()))
    return needed


def _parts_of(limits: Mapping[str, Limits]) -> dict[str, list[str]]:
    """By metric the parts of it, and the numerators that it is the denominator of."""
    found: dict[str, list[str]] = {}
    for metric, limit in limits.items():
        if limit.whole:
            found.setdefault(limit.whole, []).append(metric)
    for ratio in plausible_ratios():
        found.setdefault(ratio.denominator, []).append(ratio.numerator)
    return found


__all__ = [
    "ARTICLE_CHECKS",
    "NAMES",
    "Fact",
    "Limits",
    "Subject",
    "dimension_of",
    "evidence_subjects",
    "from_rows",
    "judge",
    "of_catalogue",
    "related_metrics",
    "subjects_to_judge",
]
