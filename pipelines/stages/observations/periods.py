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
_REPORT_NOUN = "report|survey|figures|yearbook|bulletin|review|outlook|study|index|edition|报告|報告|白皮书|公报"
_REPORT_NEXT = re.compile(
    rf"(?:{_REPORT_NOUN})[\s\"\u201d\u2019'(\u300a\u300b\uff08]*$"
    r"|^[\s)\"\u201d\uff09\u300b]*(?:edition|report|survey|study|bulletin)",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:©|copyright|版权所有|\(c\))[^\n]{0,40}?((?:19|20)\d\d)(?:\s?[-\u2013]\s?((?:19|20)\d\d))?"
    r"|((?:19|20)\d\d)[ ,.]{0,2}©",
    re.I,
)


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


def _written(article: Article, sentences: list[Sentence], found: list[PeriodExpression]) -> date | None:
    """The article's day: as its page says, else the first full date in its head, else its copyright's year."""
    if article.published_at:
        try:
            return date.fromisoformat(article.published_at[:10])
        except ValueError:
            pass
        if re.fullmatch(r"\d{4}-\d{2}", article.published_at):
            return months_span(
                int(article.published_at[:4]), int(article.published_at[5:]), int(article.published_at[5:])
            )[1]
    for e in found[:6]:
        if e.kind == "date" and e.moment.anchor == "absolute":
            span = resolve(e.moment, None)
            return span and span[1]
    line = _COPYRIGHT.search(article.text, max(0, len(article.text) - 2000))
    if line:
        return date(int(line[2] or line[1] or line[3]), 12, 31)
    years = [e.moment.year for e in found if e.kind == "date" and e.moment.anchor == "absolute"]
    return date(max(years), 12, 31) if years else None


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


def _elsewhere(reading: Reading, sentence: Sentence, reads: list[Read]) -> tuple[Read | None, str]:
    """The period from outside the sentence's clauses: its context, paragraph, named day, the article's lead."""
    report = next((r for r in reads if r.role == "name" and r.span and _is_report(reading, r.expression)), None)
    if report:
        return report, "report"
    for start, end in sentence.context:
        for e in within(reading.found, start, end)[:8]:
            if not e.is_name and e.kind not in ("date", "weekday", "now") and e.lead not in ("than", "from"):
                span = days_of(reading, e, reading.focus.span if reading.focus else None, False)
                if span:
                    return Read(e, "period", span), "context"
    if reading.carried:
        return reading.carried, "paragraph"
    speech = next((r for r in reads if r.role == "speech" and r.span), None)
    if speech:
        return speech, "speech"
    day = next((r for r in reads if r.role == "day" and r.span), None)
    if reading.focus:
        return reading.focus, "article"
    return (day, "day") if day else (None, "")


def _is_report(reading: Reading, e: PeriodExpression) -> bool:
    text = reading.article.text
    return bool(
        _REPORT_NEXT.search(text[max(0, e.start - 14) : e.start]) or _REPORT_NEXT.search(text[e.end : e.end + 14])
    )


def _focus(reading: Reading, parts: list[tuple[Sentence, list[int]]], quantities: list[Quantity]) -> Read | None:
    """The period an article is about: its headline's, else its lead's, its report's, the day, the first stated."""
    titles: list[Read] = []
    lead: list[Read] = []
    days: list[Read] = []
    rest: list[Read] = []
    reports: list[Read] = []
    opening: set[int] = set()
    for sentence, indexes in parts:
        if sentence.block in _SILENT or not any_within(reading.found, sentence.start, sentence.end):
            if sentence.block == "paragraph" and len(opening) < 3 and sentence.end - sentence.start > 40:
                opening.add(sentence.paragraph)
            continue
        if (titles and sentence.block != "title") or (len(opening) > 2 and (lead or len(rest) > 3)):
            break
        here = [quantities[i] for i in indexes]
        if sentence.block not in ("title", "heading") and len(opening) < 3 and sentence.end - sentence.start > 40:
            opening.add(sentence.paragraph)
        in_lead = sentence.paragraph in opening and len(opening) <= 2
        for read in read_sentence(reading, sentence, here):
            if read.span is None:
                continue
            if read.role == "name" and _is_report(reading, read.expression):
                reports.append(read)
            elif (
                read.role == "day"
                and in_lead
                and (read.expression.kind == "weekday" or read.expression.lead == "within")
            ):
                days.append(read)
            elif read.role == "period" and not looks_back(read.expression):
                past = reading.written is None or read.span[0] <= reading.written
                if (
                    past
                    and not is_future(reading, sentence.start, sentence.end)
                    and not is_base_figure(reading.folded, here, read.owner)
                ):
                    (
                        titles if sentence.block == "title" else lead if in_lead and here else rest if here else []
                    ).append(read)
    year = [
        r
        for r in reports
        if reading.written is None or (r.span and r.span[1] <= months_span(reading.written.year, 1, 12)[1])
    ]
    if titles:
        return titles[0]
    for group in (lead, year, days, rest):
        if group:  # the latest: what the news is about, not the year before it
            return max(group, key=lambda r: min(r.span[1], reading.written or r.span[1]) if r.span else date.min)
    return None


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
