"""Calendar arithmetic: what a moment that a text names means in days, given the day on which it was written.

A `Moment` is what the words say ("June", "last year", "a year earlier"); `resolve` makes two dates of it. No words live
here (they are in `periods`), and no decision about which figure a moment belongs to (that is the observation stage's).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pipelines.vocabulary.values import light, replace

_WEEKS_13 = 91  # days
_SEASON = 4  # months after a year in which its figures come out
_FAR = 250  # days ahead: what lies further is named with its year, and what has just passed is meant
_SOON = 45  # days ahead that a day without its year may lie
Span = tuple[date, date]


@light
@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is named, before the missing parts are filled in.

    `anchor` says what the missing parts come from: "absolute" (nothing missing), "missing" (a part of a year whose
    year is not said), "article" (counted from the article's day), "current" (counted from the period in force) or
    "none" (no date at all: a time of day, a stretch of time). `year` is a year, or a shift in `unit` for the last two.
    """

    anchor: str
    unit: str  # day week month quarter half months year whole end range decade
    year: int = 0
    first: int = 1  # first and last month within the year
    last: int = 12  # (for unit "ended": how many months end there; 0 is a week)
    day: int = 0
    edge: str = ""  # end start mid early late: which end of the span is meant
    is_fiscal: bool = False
    until: "Moment | None" = None  # the far end of a range


@lru_cache(maxsize=4096)
def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_span(year: int, first: int, last: int) -> Span:
    """From the first day of one month to the last day of another; a `last` above 12 lies in the next year."""
    return date(year, first, 1), month_end(year + (last - 1) // 12, (last - 1) % 12 + 1)


def shift_months(span: Span, months: int) -> Span:
    """The span moved by whole months; the last day of a month stays the last day of a month.

    A fiscal quarter of thirteen weeks moves by weeks.
    """
    days = (span[1] - span[0]).days + 1
    if days > 1 and not days % _WEEKS_13 and not months % 3 and span[0].day > 1:
        return span[0] + timedelta(_WEEKS_13 * months // 3), span[1] + timedelta(_WEEKS_13 * months // 3)
    return _shift(span[0], months), _shift(span[1], months)


def _shift(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    last = month_end(year, month + 1).day
    is_last = day == month_end(day.year, day.month)
    return date(year, month + 1, last if is_last else min(day.day, last))


def resolve(moment: Moment, written: date | None, current: Span | None = None, is_future: bool = False) -> Span | None:
    """The two days a moment stands for, or None where what it counts from is not known.

    `written` is the article's day, `current` the period in force, `is_future` says that the sentence looks ahead, so
    that a month without a year is the coming one instead of the last.
    """
    if moment.until is not None:
        far = resolve(moment.until, written, current, is_future)
        near = moment
        if moment.anchor == "missing" and far is not None:
            year = far[1].year - (moment.first > far[1].month)
            near = Moment("absolute", moment.unit, year, moment.first, moment.last, moment.day)
        start = _plain(near, written, current, is_future)
        return edged((start[0], far[1]), moment) if start and far and start[0] <= far[1] else None
    if moment.unit == "ended":
        unit = "whole" if moment.anchor == "article" else "day" if moment.day else "month"  # 截至今年六月底止全年
        on = _plain(replace(moment, unit=unit, last=moment.first), written, current, is_future)
        return on and _ended(on[1], moment.last)
    span = _plain(moment, written, current, is_future)
    return span and edged(span, moment)


def _ended(end: date, months: int) -> Span:
    if not months:
        return end - timedelta(6), end
    if end == month_end(end.year, end.month):
        return _shift(end, -months) + timedelta(1), end
    return end - timedelta(91 * months // 3 - 1), end


def edged(span: Span, moment: Moment) -> Span:
    """The day at the end, the start or the middle of a span, where the moment names one of them."""
    start, end = span
    if moment.edge in ("end", "point"):
        return end, end
    if moment.edge == "start":
        return start, start
    if moment.edge == "mid" and moment.unit in ("year", "whole"):
        middle = month_end(end.year, 6)
        return middle, middle
    return span


def is_season(day: date | None) -> bool:
    """Whether a day lies in the months in which the figures of the year before come out."""
    return day is not None and day.month <= _SEASON


def _plain(moment: Moment, written: date | None, current: Span | None, is_future: bool) -> Span | None:
    match moment.anchor:
        case "absolute":
            return _in_year(moment, moment.year)
        case "missing":
            return _nearest(moment, written, is_future) if written else None
        case "article":
            return _counted(moment, (written, written)) if written else None
        case "current":
            is_open = moment.unit == "quarter" or (moment.unit == "whole" and (is_future or is_season(written)))
            is_alien = current is None or (moment.unit == "quarter" and _is_month(current))
            if is_alien and written is not None and is_open:  # 上季度, "for the year", in news of no period, or a month
                return _counted(replace(moment, anchor="article"), (written, written))
            return _counted(moment, current) if current else None
    return None


def _is_month(span: Span) -> bool:
    return 26 < (span[1] - span[0]).days < 32


def _in_year(moment: Moment, year: int) -> Span | None:
    try:
        if moment.day:
            day = date(year, moment.first, moment.day)
            return day, day
        if moment.unit == "decade":
            return date(year, 1, 1), date(year + 9, 12, 31)
        return months_span(year, moment.first, moment.last)
    except ValueError:
        return None


def _nearest(moment: Moment, written: date, is_future: bool) -> Span | None:
    if not moment.first:  # a bare day of the month ("14日")
        try:
            day = written.replace(day=moment.day)
        except ValueError:
            return None
        return (day, day) if day <= written or is_future else shift_months((day, day), -1)
    span = _in_year(moment, written.year)
    if span is None:
        return None
    if (is_future and span[1] >= written) or (moment.day and 0 < (span[0] - written).days <= _SOON):
        return span  # who means a day of last year, and not of next week, says so
    later = _in_year(moment, written.year + 1) if is_future else None
    if later and (later[0] - written).days <= _FAR:
        return later
    is_known_late = moment.unit in ("end", "months") or moment.day  # told of once it is over
    begun = span[1] if is_known_late else span[0]
    if moment.unit in ("quarter", "half"):  # once most of it has passed
        begun = span[0] + (span[1] - span[0]) * 2 // 3
    return span if begun <= written else _in_year(moment, written.year - 1)


_QUARTER_DAYS = 100


def is_year(span: Span) -> bool:
    """Whether a span is about a year long: of the calendar, fiscal, or of 52 weeks."""
    return 360 < (span[1] - span[0]).days < 367


def _counted(moment: Moment, base: Span) -> Span | None:
    day = base[1]
    match moment.unit:
        case "day":
            return day + timedelta(moment.year), day + timedelta(moment.year)
        case "weekday":
            back = day - timedelta((day.weekday() - moment.year) % 7)
            return back, back
        case "week":
            monday = day - timedelta(day.weekday() - 7 * moment.year)
            return monday, monday + timedelta(6)
        case "decade":
            first = (day.year - 1) // 10 * 10 + 1
            return date(first, 1, 1), date(first + 9, 12, 31)
        case "month" if moment.anchor == "article":
            return months_span(*_month(day, moment.year)[:2], _month(day, moment.year)[1])
        case "quarter" if moment.anchor == "article":
            year, month = _month(day, 3 * moment.year)
            first = (month - 1) // 3 * 3 + 1
            return months_span(year, first, first + 2)
        case "half" if moment.anchor == "article":
            year, month = _month(day, 6 * moment.year)
            return months_span(year, 1 if month < 7 else 7, 6 if month < 7 else 12)
        case "same":
            shift = moment.year - day.year
            try:
                return shift_months(base, 12 * shift)
            except ValueError:
                return None
        case "step":  # as long a stretch before: "the one just before"
            return shift_months(base, moment.year * max(1, round((base[1] - base[0]).days / 30.4)))
        case "run":  # "over the six months", up to the end of what is told of
            return _ended(day, moment.last)
        case "quarter" if (
            (base[1] - base[0]).days > _QUARTER_DAYS and moment.year and day == month_end(day.year, day.month)
        ):
            return shift_months(
                _ended(day, 3), 3 * moment.year
            )  # "from 19.1% the quarter before", where a year is told of
        case "whole":
            return _in_year(
                Moment("absolute", "year", 0, moment.first, moment.last, moment.day), day.year + moment.year
            )
        case "year" if moment.anchor == "article":
            return _in_year(moment, day.year + moment.year)
    steps = {"year": 12, "half": 6, "quarter": 3, "month": 1}
    try:
        return shift_months(base, steps.get(moment.unit, 12) * moment.year)
    except ValueError:
        return None


def _month(day: date, shift: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    return year, month + 1


def fiscal_year_end(year: int, rule: str) -> date:
    """The last day of a fiscal year named after the calendar year it ends in.

    `rule` is the month ("03"), or the month and a weekday: "01 last-Sunday", "10 nearest-Sunday" (to the month's end).
    It ends in "+" where the year is named after the one it begins in.
    """
    if rule.endswith("+"):
        rule, year = rule[:-1], year + 1
    month, _, day = rule.partition(" ")
    end = month_end(year, int(month))
    if not day:
        return end
    which, _, name = day.partition("-")
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday").index(name)
    back = (end.weekday() - weekday) % 7
    return end + timedelta(7 - back) if which == "nearest" and back > 3 else end - timedelta(back)


def fiscal_span(moment: Moment, rule: str) -> Span:
    """A fiscal year, half or quarter of an organisation whose fiscal year ends by `rule`."""
    end_of_year = fiscal_year_end(moment.year, rule)
    before = fiscal_year_end(moment.year - 1, rule)
    if " " not in rule:
        start = before + timedelta(1)
        return (
            months_span(start.year, start.month, start.month + 11)
            if moment.unit == "year"
            else (
                _shift(before, moment.first - 1) + timedelta(1),
                _shift(before, moment.last),
            )
        )
    start = before + timedelta(91 * ((moment.first - 1) // 3) + 1)  # of 53 weeks the last quarter has the odd one
    return start, end_of_year if moment.last == 12 else before + timedelta(91 * (moment.last // 3))
