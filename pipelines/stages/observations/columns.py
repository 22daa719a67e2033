"""The columns of a table: which heading cell stands over a figure, and the period that it states.

A row's context begins with one span for each of its columns, where the table has heading cells (see the sentence
stage). Not here: the period of what stands in no column (see `periods`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from pipelines.catalogue.calendar import Span, shift_months
from pipelines.catalogue.periods import COMPARED, PeriodExpression, within
from pipelines.stages.observations.period_roles import Read, Reading, days_of, is_future
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.cells import CELL_EDGE
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_REST = re.compile(r"\s*(?:\([^()|\n]{0,40}\))?\s*")  # of a heading cell behind its year
_MONTHS_ENDED = re.compile(r"\b(three|six|nine|twelve|3|6|9|12)[ -]months? ended\b|\b(quarter|year)s? ended\b")
_OVER = re.compile(  # what a column's increases are over: "Net increase over end of 2024"
    r"\b(?:increase|rise|growth|gain|change|decrease|decline|fall|up|down|\+|%)s?\s(?:over|on|vs\.?|versus|from|against)\s?"
    r"(?:the )?(?:end of )?$"
)
_FULL_STOPS = ".!\u3002\uff01\u201d"
_STEPS = {"month": 1, "quarter": 3}
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "quarter": 3, "year": 12}


def _names_column(text: str, e: PeriodExpression, start: int, end: int) -> bool:
    """Is an expression the time of the column whose heading cell that is?

    In "GMV 2023 ($ bn)" and in "2024 Spending", whose year opens the cell, it is no name.
    """
    is_name = e.is_name and bool(text[start : e.start].strip(" *|")) and _REST.fullmatch(text, e.end, end) is None
    if _OVER.search(text, start, e.lead_start if 0 <= e.lead_start < e.start else e.start):
        return False
    return not is_name and e.kind not in ("weekday", "now", "base") and e.lead not in COMPARED


def _time_of(reading: Reading, cell: tuple[int, int]) -> PeriodExpression | None:
    return next((e for e in within(reading.found, *cell) if _names_column(reading.folded, e, *cell)), None)


def introduced(text: str, sentences: list[Sentence], quantities: list[Quantity]) -> list[Sentence]:
    """The sentences, rows without the sentence before their table where that states figures of its own, and headings
    that are little but a figure under the sentence below them, which says what it is.

    "Sales will pass 400 billion by 2027." tells something else; what introduces a table leaves the figures to it.
    """
    starts = [q.start for q in quantities]
    known: dict[tuple[int, int], bool] = {}
    answer = list(sentences)
    for k, s in enumerate(sentences):
        if s.block != "row" or not s.context:
            continue
        for span in s.context:
            if span not in known:
                at = bisect_left(starts, span[0])
                states = at < len(starts) and starts[at] < span[1]
                known[span] = states and text[span[1] - 1] in _FULL_STOPS
        if any(known[span] for span in s.context):
            answer[k] = replace(s, context=tuple(span for span in s.context if not known[span]))
    for q in quantities:
        s, below = sentences[q.sentence], sentences[q.sentence + 1 : q.sentence + 2]
        if s.block == "heading" and (q.end - q.start) * 2 > s.end - s.start and below and below[0].block == "paragraph":
            answer[q.sentence] = replace(s, context=((below[0].start, below[0].end),))
    return answer


def _is_running(e: PeriodExpression, reading: Reading) -> bool:
    """Whether a head calls "current" the month or quarter that the article is about, over when it was written."""
    focus = reading.focus.span if reading.focus else None
    if focus is None or reading.written is None or e.moment.anchor != "article" or e.moment.year or e.moment.until:
        return False
    months = _STEPS.get(e.moment.unit, 0)
    is_as_long = 28 * months <= (focus[1] - focus[0]).days + 1 <= 31 * months
    return bool(months) and is_as_long and focus[1] < reading.written


class Columns:
    """The heading cells over one row. Without such cells every answer is None."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self._edges: list[int] = []
        self.spans: tuple[tuple[int, int], ...] = ()
        self.above: tuple[tuple[int, int], ...] = ()  # the cells of a second heading row, above those
        if sentence.block != "row" or not sentence.context:
            return
        self._edges = [
            m.start()
            for m in CELL_EDGE.finditer(text, sentence.start, sentence.end)
            if sentence.start < m.start() and m.end() < sentence.end
        ]
        width = len(self._edges) + 1
        spans = sentence.context[:width]
        if width > 1 and len(spans) == width and "\n" not in text[spans[0][0] : spans[-1][1]]:
            self.spans = spans
            above = sentence.context[width : 2 * width]
            if len(above) == width and "\n" not in text[above[0][0] : above[-1][1]]:
                self.above = above

    def over(self, at: int) -> tuple[int, int] | None:
        """The heading cell over a place in the row."""
        return self.spans[bisect_left(self._edges, at)] if self.spans else None


def _as_left(
    reading: Reading, columns: Columns, heads: dict[tuple[int, int], PeriodExpression]
) -> dict[tuple[int, int], PeriodExpression]:
    """Columns named alike are each of the time on their left: 2026Q1出货量 | 份额 | 2025Q1出货量 | 份额."""
    names = [reading.folded[start:end].strip() for start, end in columns.spans]
    told: dict[tuple[int, int], PeriodExpression] = {}
    last: PeriodExpression | None = None
    for span, name in zip(columns.spans, names, strict=True):
        last = heads.get(span, last)
        if span not in heads and last is not None and names.count(name) > 1:
            told[span] = last
    return told


def column_periods(reading: Reading, sentence: Sentence, columns: Columns) -> dict[tuple[int, int], Read]:
    """The period each heading cell states; a column without one holds for the latest of them."""
    stated: dict[tuple[int, int], Read] = {}
    months = 0
    for start, end in sentence.context[len(columns.spans) :]:
        ended = _MONTHS_ENDED.search(reading.folded, start, end)
        if ended:
            months = _MONTHS.get(ended[1] or ended[2]) or int(ended[1])
            break
    focus = reading.focus.span if reading.focus else None
    heads = {
        span: e
        for span, above in zip(columns.spans, columns.above or columns.spans, strict=True)
        if (e := _time_of(reading, span) or _time_of(reading, above))
    }
    heads |= _as_left(reading, columns, heads)
    month = _captioned_month(reading, sentence.context[len(columns.spans) :], heads.values())
    is_told_of = month is not None or (focus is not None and any(_is_running(e, reading) for e in heads.values()))
    focus = month or focus
    for (start, end), e in heads.items():
        if months and e.kind == "date":
            e = replace(e, moment=replace(e.moment, unit="ended", last=months))
        ahead = is_future(reading, start, end)
        span: Span | None
        if focus and is_told_of and e.moment.anchor == "article":
            months_of = _STEPS.get(e.moment.unit, 12 if month else 0)  # "Last Year | Current Month"
            span = shift_months(focus, e.moment.year * months_of)
        else:
            span = days_of(reading, e, focus, ahead)
        if span:
            stated[start, end] = Read(e, "period", span)
    if stated:
        written = reading.written
        past = [r for r in stated.values() if r.span and (written is None or r.span[0] <= written)]
        last = max(r.span[1] for r in past or stated.values() if r.span)
        latest: Read | None = None
        for cell in columns.spans:  # of two that end together the one on the left ("Dec. | Jan.-Dec. | Growth")
            read = stated.get(cell)
            latest = read if read and read.span and read.span[1] == last else latest
            if read is None and latest and cell != columns.spans[0]:
                stated[cell] = latest
        first = next(r for r in stated.values() if r.span and r.span[1] == last)
        for cell in columns.spans[1:]:
            stated.setdefault(cell, first)
        focus = first.span
    return stated | _year_before(reading, columns, focus)


def _captioned_month(
    reading: Reading, captions: tuple[tuple[int, int], ...], heads: Iterable[PeriodExpression]
) -> Span | None:
    """The month that the captions of a table name, where a head calls it "current"; else the latest that is told of."""
    if not any(e.moment.anchor == "article" and e.moment.unit == "month" and not e.moment.year for e in heads):
        return None
    told = [e for start, end in captions for e in within(reading.found, start, end)]
    for e in (*told, *reversed(reading.found)):
        if e.moment.unit == "month" and e.moment.anchor == "absolute" and not (e.moment.until or e.lead in COMPARED):
            span = days_of(reading, e, None, False)
            if span and (reading.written is None or span[1] < reading.written):
                return span
    return None


def _year_before(reading: Reading, columns: Columns, told: Span | None) -> dict[tuple[int, int], Read]:
    """The columns of what has been a year before: 去年同期份额, beside that of the quarter that is told of."""
    known: dict[tuple[int, int], Read] = {}
    for start, end in columns.spans:
        e = next(iter(within(reading.found, start, end)), None)
        opens = e is not None and not reading.folded[start : e.start].strip(" |*")
        if e is None or not opens or e.kind != "base" or e.moment.year >= 0 or e.lead in COMPARED:
            continue
        if span := days_of(reading, e, told, False):
            known[start, end] = Read(e, "period", span)
    return known
