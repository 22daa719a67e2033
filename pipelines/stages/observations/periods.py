"""When: the period that each quantity of an article holds for, and the one it is compared with.

What lives here: which expression of time governs which quantity (its clause, else its sentence, what the sentence hangs
under, its paragraph, the headline, the lead), and what "a year earlier" counts from. What does not: the words of time and
calendar arithmetic (see `catalogue.periods` and `catalogue.calendar`). The day of publication is never a period; it
resolves "last year", "June" and a day that the sentence itself names ("on Thursday").
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Moment, Span, fiscal_span, months_span, resolve, shift_months
from pipelines.catalogue.periods import PeriodExpression, fold, within
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

RELATIVE_KINDS = ("growth", "change", "ratio")
_SILENT = ("meta", "boilerplate")
_BREAK = re.compile(
    r"[;:.!?,\u2014]\s|[\uff1b\uff1a\u3002\uff01\uff1f\uff0c\u3001]|(?<=[\u4e00-\u9fff]),|,(?=[\u4e00-\u9fff])|\s(?:and|while|but|whereas|as|which|with)\s(?=(?:\w+\s){0,2}$)"
)
_MARK = re.compile(r"[,;:.\uff0c\uff1b\uff1a\u3002\u3001]")
_BASE_BEFORE = re.compile(
    r"(?:\bfrom|\bagainst|compared (?:with|to)|\bversus|\bvs\.?|(?:higher|lower|better|greater|faster|slower) than|\bup on|\bdown on)\s(?:about |some |around |a |the |just |\(|over |nearly |more than )*$"
)
_ZH_MARK = re.compile(r"[,;:.\uff0c\uff1b\uff1a\u3002\u3001]")
_BASE_BEFORE = re.compile(r"(?:从|由|对比|低于|高于)\s?$")
_NEXT_TO = re.compile(r"(?:['\u2019]s|的|为|達|达)?\s?(?:(?!and\b|but\b|to\b)[\w-]+\s){0,3}(?:of\s|at\s)?")
_WITHIN_LENGTH = re.compile(
    r"\b(?:in|inside|within|in just|in the space of)\s"
    r"(a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|half a|\d{1,2})\s(year|month|quarter)s?\b"
)
_REPORT_NEXT = re.compile(
    r"(?:report|survey|figures|yearbook|bulletin|review|outlook|study|index|edition|报告|報告|白皮书|公报)[\s\"\u201d\u2019'(\u300a\u300b\uff08]*$|^[\s)\"\u201d\uff09\u300b]*(?:edition|report|survey|study|bulletin)",
    re.I,
)
_SAYS = re.compile(
    r"\b(?:said|says|stated|spoken|told|announced|reported|released|published|unveiled|disclosed|issued|noted)\b"
)
_COPYRIGHT = re.compile(
    r"(?:©|copyright|版权所有|\(c\))[^\n]{0,40}?((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?|((?:19|20)\d\d)[ ,.]{0,2}(?:©)",
    re.I,
)
_NUMBERS = dict(
    zip(
        "a one two three four five six seven eight nine ten twelve eighteen".split(),
        (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class When:
    """The period of one quantity: ISO dates, the words it was read from, and what decided (`why`, nearest cue first)."""

    start: str | None
    end: str | None
    text: str | None
    is_fiscal: bool = False
    versus: str | None = None
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """One expression in its sentence, with the days it stands for and the part it plays."""

    expression: PeriodExpression
    role: str  # period, versus, day, name, none
    span: Span | None
    owner: int | None = None  # index of the quantity it trails


@dataclass(slots=True)
class _Reading:
    """What holds while one article is read, sentence after sentence."""

    article: Article
    folded: str
    found: list[PeriodExpression]
    growth: list[PeriodExpression]  # words that name the base of a growth
    ahead: list[int]  # where words of goal and expectation stand
    written: date | None
    fiscal_rule: str | None
    paragraph: int = -1
    carried: _Read | None = None  # the period in force in this paragraph
    focus: _Read | None = None


def periods(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue
) -> list[When]:
    """One `When` for each quantity, in their order. Linear in the length of the text."""
    folded = fold(article.text)
    found = [e for e in catalogue.periods.find(article.text) if e.kind not in ("time", "length")]
    by_sentence: dict[int, list[int]] = {}
    for index, quantity in enumerate(quantities):
        by_sentence.setdefault(quantity.sentence, []).append(index)
    reading = _Reading(
        article, folded, found, catalogue.periods.growth_bases(article.text), [c.start for c in catalogue.periods.status.find(folded) if c.status != "actual"], _written(article, sentences, found),
        _fiscal_rule(article, catalogue),
    )  # fmt: skip
    reading.focus = _focus(reading, sentences, by_sentence, quantities)
    answers: list[When] = [When(None, None, None)] * len(quantities)
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != reading.paragraph:
            reading.paragraph, reading.carried = sentence.paragraph, None
        indexes = by_sentence.get(number, [])
        if not indexes and sentence.block in _SILENT:
            continue
        here = [quantities[i] for i in indexes]
        if not here and not within(found, sentence.start, sentence.end):
            continue
        for index, when in zip(indexes, _sentence(reading, sentence, here), strict=True):
            answers[index] = when
    return answers


def _written(article: Article, sentences: list[Sentence], found: list[PeriodExpression]) -> date | None:
    """The article's day: as its page says, else the first full date in its head, else the year of its copyright line."""
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


def _is_future(reading: _Reading, start: int, end: int) -> bool:
    """Whether a word of goal or expectation stands in the span."""
    ahead = reading.ahead
    k = bisect_left(ahead, start)
    return k < len(ahead) and ahead[k] < end


def _days(reading: _Reading, e: PeriodExpression, current: Span | None, is_future: bool) -> Span | None:
    moment = e.moment
    if moment.is_fiscal and moment.unit in ("year", "quarter", "half", "months") and not moment.until:
        if reading.fiscal_rule:
            if moment.anchor == "absolute":
                return fiscal_span(moment, reading.fiscal_rule)
            if moment.anchor == "missing" and reading.written:
                spans = [fiscal_span(_in(moment, reading.written.year + k), reading.fiscal_rule) for k in (1, 0, -1)]
                return next((s for s in spans if (s[0] if is_future else s[1]) <= reading.written), spans[-1])
        elif moment.unit != "year":
            return None  # a fiscal quarter of an unknown calendar has no days
    return resolve(moment, reading.written, current, is_future)


def _in(moment: Moment, year: int) -> Moment:
    return Moment("absolute", moment.unit, year, moment.first, moment.last, is_fiscal=True)


def _read(reading: _Reading, sentence: Sentence, here: list[Quantity]) -> list[_Read]:
    """The expressions of a sentence with their parts and days, in order."""
    text = reading.folded
    future = _is_future(reading, sentence.start, sentence.end)
    current = reading.carried.span if reading.carried else reading.focus.span if reading.focus else None
    reads: list[_Read] = []
    for e in within(reading.found, sentence.start, sentence.end):
        before = next((k for k in range(len(here) - 1, -1, -1) if here[k].end <= e.start), None)
        trails = before is not None and _same_clause(text, here[before].end, e.start, sentence)
        if (e.is_name and trails and before is not None) and e.start - here[before].end <= 2:
            role = "period"
        elif e.is_name:
            role = "name"
        elif e.kind in ("weekday", "now") or e.kind == "date" and e.lead not in ("point", "from", "than"):
            role = "day"
        elif e.kind != "ended" and e.lead not in ("point", "than", "from") and _dates_speech(text, e, here, sentence):
            role = "speech"
        elif e.kind == "base":
            role = _base_role(e, here, before, trails, text)
        elif e.lead == "than" or e.lead == "from" and e.kind not in ("range", "months"):
            role = _than_role(e, here, before, trails, text)
        else:
            role = "period"
        span = _days(reading, e, current, future)
        owner = before if trails and role in ("period", "day") else None
        if role == "period" and e.lead in ("than", "from"):
            beside = _beside(text, e, here)
            owner = owner if beside is None else beside
        read = _Read(e, role, span, owner)
        reads.append(read)
        if role == "period" and span and not _looks_back(e) and not _is_base_figure(text, here, read.owner):
            current = span
    return reads


def _looks_back(e: PeriodExpression) -> bool:
    """Whether the expression only names what is compared with ("the year before"), never what the text goes on about."""
    return e.kind == "base" and (e.moment.unit == "same" or e.moment.year != 0)


def _dates_speech(text: str, e: PeriodExpression, here: list[Quantity], sentence: Sentence) -> bool:
    """Whether the expression says when somebody spoke: "the ministry stated in August", "In December it had spoken of"."""
    if e.moment.edge in ("end", "point", "start"):
        return False
    if _SAYS.search(text, max(sentence.start, e.start - 34), e.start):
        said = _SAYS.search(text, max(sentence.start, e.start - 34), e.start)
        gap = text[said.end() : e.start] if said else ""
        return len(gap.split()) <= 2 and not any(q.start >= e.end for q in here)
    after = next((q.start for q in here if q.start >= e.end), None)
    return after is not None and bool(_SAYS.search(text, e.end, min(after, e.end + 60)))


def _base_role(e: PeriodExpression, here: list[Quantity], before: int | None, trails: bool, text: str) -> str:
    """ "a year earlier": what a growth is measured against, or the period of a figure beside it."""
    if e.moment.unit == "same" or (e.moment.year == 0 and e.moment.anchor == "current"):
        if e.lead != "than" or before is not None and trails and here[before].kind == "level":
            return "period"
    if e.lead in ("than", "from"):
        return "versus" if _beside(text, e, here) is None else "period"
    if before is None or not trails:
        return "period" if any(q.start >= e.end and q.kind == "level" for q in here) else "versus"
    return "period" if _is_base_figure(text, here, before) else "versus"


def _beside(text: str, e: PeriodExpression, here: list[Quantity]) -> int | None:
    """The level that stands right after an expression: "the 2023 total of $526.8 billion"."""
    k = next((k for k, q in enumerate(here) if q.start >= e.end), None)
    if k is None or here[k].kind != "level" or here[k].start - e.end > 40:
        return None
    return k if _NEXT_TO.fullmatch(text, e.end, here[k].start) else None


def _than_role(e: PeriodExpression, here: list[Quantity], before: int | None, trails: bool, text: str) -> str:
    if _beside(text, e, here) is not None:
        return "period"
    relative = any(q.kind in RELATIVE_KINDS for q in here)
    if e.moment.edge in ("end", "point") or relative or e.lead == "than":
        return "versus" if here else "none"
    return "none"


def _is_base_figure(text: str, here: list[Quantity], index: int | None) -> bool:
    """Whether the quantity is what another is compared with: "from 407 MW", "against $11 billion"."""
    if index is None or here[index].kind in RELATIVE_KINDS:
        return False
    q = here[index]
    left = q.bound_start if 0 <= q.bound_start < q.start else q.start
    low = max(0, left - 36)
    return bool(_BASE_BEFORE.search(text, low, left) or _ZH_BASE_BEFORE.search(text, low, left))


def _same_clause(text: str, start: int, end: int, sentence: Sentence) -> bool:
    if sentence.language == "zh":
        return end - start <= 4 and not _MARK.search(text, start, end)
    return end - start <= 90 and not _BREAK.search(text, start, end)


def _sentence(reading: _Reading, sentence: Sentence, here: list[Quantity]) -> list[When]:
    reads = _read(reading, sentence, here)
    strong = [r for r in reads if r.role == "period" and r.span]
    if strong:  # "last year 10 percent, now 80": beside another period even "now" is one
        first = strong[0].expression.start
        strong = [r for r in reads if r.span and (r.role == "period" or _contrasts(r.expression, first, here))]
    owned = {r.owner: r for r in strong if r.owner is not None}
    answers: list[When] = []
    chosen: list[_Read | None] = []
    text = reading.folded
    for k, q in enumerate(here):
        is_base = _is_base_figure(text, here, k)
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
            near = [r for r in strong if not _is_base_figure(text, here, r.owner)]
            read, why = (near[0] if near else None), "sentence"
        shifted: Span | None = None
        if is_base and owned.get(k) is None:
            main = next((c for c in reversed(chosen) if c is not None), read or reading.carried or reading.focus)
            if main and main.span and (main.span[1] - main.span[0]).days > 360 and not (read and read.role == "day"):
                read, shifted, why = main, shift_months(main.span, -12), "compared with"
        if read is None:
            read, why = _elsewhere(reading, sentence, reads)
        span = shifted or (read.span if read else None)
        chosen.append(None if is_base else read)
        answers.append(_when(reading, sentence, q, k, here, reads, read, span, why))
    main_read = next((r for r in strong if not _looks_back(r.expression) and _is_free(r, here, text)), None)
    looks_ahead = bool(here) and _is_future(reading, sentence.start, here[0].start)
    if main_read and not (reading.carried and (looks_ahead or main_read.expression.kind in ("plan", "decade"))):
        reading.carried = main_read
    return answers


def _contrasts(e: PeriodExpression, first: int, here: list[Quantity]) -> bool:
    return e.kind == "now" and any(first < q.start < e.start for q in here)


def _is_free(read: _Read, here: list[Quantity], text: str) -> bool:
    """A trailing expression goes on to govern what follows, unless its own quantity was only a base of comparison."""
    return not _is_base_figure(text, here, read.owner)


def _is_listed(text: str, one: Quantity, two: Quantity) -> bool:
    between = text[one.end : two.start]
    return len(between) <= 40 and not re.search(r"[;:\u3002\uff1b]|\.\s|\bfrom\b|against|compared", between)


def _elsewhere(reading: _Reading, sentence: Sentence, reads: list[_Read]) -> tuple[_Read | None, str]:
    """The period from outside the sentence's own clauses: its context, its paragraph, the named day, the article's lead."""
    report = next((r for r in reads if r.role == "name" and r.span and _is_report(reading, r.expression)), None)
    if report:
        return report, "report"
    for start, end in sentence.context:
        for e in within(reading.found, start, end):
            if not e.is_name and e.kind not in ("date", "weekday", "now") and e.lead not in ("than", "from"):
                span = _days(reading, e, reading.focus.span if reading.focus else None, False)
                if span:
                    return _Read(e, "period", span), "context"
    if reading.carried:
        return reading.carried, "paragraph"
    speech = next((r for r in reads if r.role == "speech" and r.span), None)
    if speech:
        return speech, "speech"
    day = next((r for r in reads if r.role == "day" and r.span), None)
    if reading.focus:
        return reading.focus, "article"
    return (day, "day") if day else (None, "")


def _is_report(reading: _Reading, e: PeriodExpression) -> bool:
    text = reading.article.text
    return bool(
        _REPORT_NEXT.search(text[max(0, e.start - 14) : e.start]) or _REPORT_NEXT.search(text[e.end : e.end + 14])
    )


def _focus(
    reading: _Reading, sentences: list[Sentence], by_sentence: dict[int, list[int]], quantities: list[Quantity]
) -> _Read | None:
    """The period an article is about: its headline's, else its lead's, its report's, the day of the news, the first stated."""
    titles: list[_Read] = []
    lead: list[_Read] = []
    days: list[_Read] = []
    rest: list[_Read] = []
    reports: list[_Read] = []
    opening: set[int] = set()
    for number, sentence in enumerate(sentences):
        if sentence.block in _SILENT or not within(reading.found, sentence.start, sentence.end):
            if sentence.block == "paragraph" and len(opening) < 3 and sentence.end - sentence.start > 40:
                opening.add(sentence.paragraph)
            continue
        if titles and sentence.block != "title" or len(opening) > 2 and (lead or len(rest) > 3):
            break
        here = [quantities[i] for i in by_sentence.get(number, [])]
        if sentence.block not in ("title", "heading") and len(opening) < 3 and sentence.end - sentence.start > 40:
            opening.add(sentence.paragraph)
        in_lead = sentence.paragraph in opening and len(opening) <= 2
        for read in _read(reading, sentence, here):
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
            elif read.role == "period" and not _looks_back(read.expression):
                past = reading.written is None or read.span[0] <= reading.written
                if (
                    past
                    and not _is_future(reading, sentence.start, sentence.end)
                    and not _is_base_figure(reading.folded, here, read.owner)
                ):
                    (
                        titles if sentence.block == "title" else lead if in_lead and here else rest if here else []
                    ).append(read)
    year = [
        r
        for r in reports
        if reading.written is None or r.span and r.span[1] <= months_span(reading.written.year, 1, 12)[1]
    ]
    if titles:
        return titles[0]
    for group in (lead, year, days, rest):
        if group:  # the latest: what the news is about, not the year before it
            return max(group, key=lambda r: min(r.span[1], reading.written or r.span[1]) if r.span else date.min)
    return None


def _when(
    reading: _Reading, sentence: Sentence, q: Quantity, k: int, here: list[Quantity], reads: list[_Read],
    read: _Read | None, span: Span | None, why: str,
) -> When:  # fmt: skip
    versus = q.versus
    reasons = (why,) if read else ()
    if q.kind in RELATIVE_KINDS:
        stated, words = _versus(reading, sentence, q, k, here, reads, span)
        versus = stated or versus
        reasons += (f"versus: {words}",) if words else ()
    if read is None or span is None:
        return When(None, None, None, versus=versus, why=reasons)
    e = read.expression
    words = reading.article.text[max(e.lead_start, 0) if 0 <= e.lead_start < e.start else e.start : e.end]
    return When(span[0].isoformat(), span[1].isoformat(), words, e.moment.is_fiscal, versus, reasons)


def _versus(
    reading: _Reading,
    sentence: Sentence,
    q: Quantity,
    k: int,
    here: list[Quantity],
    reads: list[_Read],
    span: Span | None,
) -> tuple[str | None, str]:
    """What a growth or change is measured against, and the words that say so."""
    text = reading.folded
    low = max(sentence.start, here[k - 1].end if k else sentence.start)
    high = min(sentence.end, here[k + 1].start if k + 1 < len(here) else sentence.end)
    named = within(reading.growth, low, high)
    if named:
        word = named[0]
        return _named_base(word, span), reading.article.text[word.start : word.end]
    bases = [r for r in reads if r.role == "versus"]
    near = [r for r in bases if low <= r.expression.start < high] or bases
    if near:
        base = min(near, key=lambda r: abs(r.expression.start - q.start))
        words = reading.article.text[base.expression.start : base.expression.end]
        moment = base.expression.moment
        if base.expression.kind == "base" and moment.year == -1 and moment.unit in ("year", "quarter", "month"):
            return moment.unit, words
        if base.span:
            return _distance(base.span, span), words
    length = _WITHIN_LENGTH.search(text, low, high)
    if length and span:
        months = 6 if length[1] == "half a" else int(length[1]) if length[1].isdigit() else _NUMBERS[length[1]]
        months *= {"year": 12, "quarter": 3, "month": 1}[length[2]]
        return _distance((end := shift_months((span[1], span[1]), -months))[:1] + end[1:], span), length[0]
    for start, end in ((sentence.start, sentence.end), *sentence.context):
        named = within(reading.growth, start, end)
        if named:
            return _named_base(named[0], span), reading.article.text[named[0].start : named[0].end]
    if span and span[0].timetuple().tm_yday == 1 and (span[1] - span[0]).days in (364, 365):
        return "year", "a whole year's growth"
    return None, ""


def _named_base(word: PeriodExpression, span: Span | None) -> str:
    """The base that a word names; 环比 is the quarter before for a quarter, the month before for a month."""
    if word.moment.unit == "chain":
        return "quarter" if span and (span[1] - span[0]).days > 80 else "month"
    return word.moment.unit


def _distance(base: Span, span: Span | None) -> str:
    """ "year", "quarter" or "month" where the base is the same stretch one step back, else the base's last day."""
    if span:
        steps = (("year", 12), ("quarter", 3), ("month", 1))
        is_flow = span[0] != span[1]
        for name, months in steps:
            if shift_months(span, -months)[1] == base[1] and (name == "year" or is_flow):
                return name
    return base[1].isoformat()
