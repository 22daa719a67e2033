"""When: the period that each quantity of an article holds for, and the one it is compared with.

What lives here: which expression of time governs which quantity (its clause, else its sentence, what the sentence hangs
under, its paragraph, the headline, the lead), and what "a year earlier" counts from. What does not: words of time and
calendar arithmetic (see `catalogue.periods` and `catalogue.calendar`). The day of publication is never a period; it
resolves "last year", "June" and a day that the sentence itself names ("on Thursday").
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Span, months_span, resolve, shift_months
from pipelines.catalogue.periods import PeriodExpression, any_within, fold, within
from pipelines.stages.observations.growth_bases import growth_base
from pipelines.stages.observations.period_roles import (
    RELATIVE_KINDS,
    Read,
    Reading,
    days_of,
    is_base_figure,
    is_future,
    looks_back,
    read_sentence,
)
from pipelines.stages.observations.stretches import stretches
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

_SILENT = ("meta", "boilerplate")


@dataclass(frozen=True, slots=True)
class When:
    """The period of one quantity: ISO dates, the words it was read from, what decided (`why`, nearest cue first)."""

    start: str | None
    end: str | None
    text: str | None
    is_fiscal: bool = False
    versus: str | None = None
    why: tuple[str, ...] = ()


def periods(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue
) -> list[When]:
    """One `When` for each quantity, in their order. Linear in the length of the text."""
    folded = fold(article.text)
    figures = [(q.start, q.end) for q in quantities]
    found = [
        e
        for e in catalogue.periods.find(article.text)
        if e.kind not in ("time", "length") and not _is_figure(e, figures)
    ]
    parts = list(stretches(sentences, quantities))
    reading = Reading(
        article, folded, found, catalogue.periods.growth_bases(article.text),
        [c.start for c in catalogue.periods.status.find(folded) if c.status != "actual"],
        _written(article, sentences, found),
        _fiscal_rule(article, catalogue),
    )  # fmt: skip
    reading.focus = _focus(reading, parts, quantities)
    answers: list[When] = [When(None, None, None)] * len(quantities)
    for sentence, indexes in parts:
        if sentence.paragraph != reading.paragraph:
            reading.paragraph, reading.carried = sentence.paragraph, None
        if not indexes and (sentence.block in _SILENT or not any_within(found, sentence.start, sentence.end)):
            continue
        here = [quantities[i] for i in indexes]
        for index, when in zip(indexes, _sentence(reading, sentence, here), strict=True):
            answers[index] = when
    return answers


def _is_figure(expression: PeriodExpression, figures: list[tuple[int, int]]) -> bool:
    """Whether what looks like a year belongs to a figure (1901亿元, "2025 users")."""
    k = bisect_right(figures, (expression.start, 1 << 60)) - 1
    return k >= 0 and figures[k][0] <= expression.start < figures[k][1]


def _fiscal_rule(article: Article, catalogue: Catalogue) -> str | None:
    """The end of the fiscal year of the first organisation named in the article that has one of its own."""
    if "fiscal" not in article.text.lower() and "FY" not in article.text:
        return None
    return catalogue.organisations.fiscal_rule(article.text)


def _sentence(reading: Reading, sentence: Sentence, here: list[Quantity]) -> list[When]:
    reads = read_sentence(reading, sentence, here)
    strong = [r for r in reads if r.role == "period" and r.span]
    if strong:  # "last year 10 percent, now 80": beside another period even "now" is one
        first = strong[0].expression.start
        strong = [r for r in reads if r.span and (r.role == "period" or _contrasts(r.expression, first, here))]
    owned = {r.owner: r for r in strong if r.owner is not None}
    answers: list[When] = []
    chosen: list[Read | None] = []
    text = reading.folded
    outside: tuple[Read | None, str] | None = None
    near = next((r for r in strong if _is_free(r, here, text)), None)
    for k, q in enumerate(here):
        is_base = is_base_figure(text, here, k)
        read, why = owned.get(k), "clause"
        if read is None:
            fronted = [
                r for r in strong if r.expression.start < q.start and (r.owner is None or _is_free(r, here, text))
            ]
            later = k + 1
            while read is None and later < len(here) and _is_listed(text, here[later - 1], here[later]):
                read = owned.get(later)
                later += 1
            if read is None and fronted:
                read = fronted[-1]
        if read is None:
            read, why = near, "sentence"
        shifted: Span | None = None
        if is_base and owned.get(k) is None:
            main = next((c for c in reversed(chosen) if c is not None), read or reading.carried or reading.focus)
            if main and main.span and (main.span[1] - main.span[0]).days > 360 and not (read and read.role == "day"):
                read, shifted, why = main, shift_months(main.span, -12), "compared with"
        if read is None:
            outside = outside or _elsewhere(reading, sentence, reads)
            read, why = outside
        span = shifted or (read.span if read else None)
        chosen.append(None if is_base else read)
        answers.append(_when(reading, sentence, q, k, here, reads, read, span, why))
    main_read = next((r for r in strong if not looks_back(r.expression) and _is_free(r, here, text)), None)
    looks_ahead = bool(here) and is_future(reading, sentence.start, here[0].start)
    if main_read and not (reading.carried and (looks_ahead or main_read.expression.kind in ("plan", "decade"))):
        reading.carried = main_read
    return answers


def _contrasts(e: PeriodExpression, first: int, here: list[Quantity]) -> bool:
    return e.kind == "now" and any(first < q.start < e.start for q in here)


def _is_free(read: Read, here: list[Quantity], text: str) -> bool:
    """A trailing expression goes on to govern what follows, unless its own quantity was only a base of comparison."""
    return not is_base_figure(text, here, read.owner)


def _is_listed(text: str, one: Quantity, two: Quantity) -> bool:
    between = text[one.end : two.start]
    return len(between) <= 40 and not re.search(r"[;:\u3002\uff1b]|\.\s|\bfrom\b|against|compared", between)


def _when(
    reading: Reading, sentence: Sentence, q: Quantity, k: int, here: list[Quantity], reads: list[Read],
    read: Read | None, span: Span | None, why: str,
) -> When:  # fmt: skip
    versus = q.versus
    reasons: tuple[str, ...] = (why,) if read else ()
    if q.kind in RELATIVE_KINDS:
        stated, words = growth_base(reading, sentence, q, k, here, reads, span)
        versus = stated or versus
        reasons += (f"versus: {words}",) if words else ()
    if read is None or span is None:
        return When(None, None, None, versus=versus, why=reasons)
    e = read.expression
    words = reading.article.text[max(e.lead_start, 0) if 0 <= e.lead_start < e.start else e.start : e.end]
    return When(span[0].isoformat(), span[1].isoformat(), words, e.moment.is_fiscal, versus, reasons)
