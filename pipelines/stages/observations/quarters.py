"""Which quarter Chinese results mean by 本季, and by a quarter without a year whose figures are still expected.

What lives here: quarters that are over, though the words alone could mean one that runs or is to come. What does not:
other quarters without their year (see `period_roles`).
"""

from datetime import date

from pipelines.catalogue.calendar import Span, resolve
from pipelines.catalogue.periods import PeriodExpression
from pipelines.vocabulary.values import replace

_SHORTEST, _LONGEST = 80, 100  # days of a quarter
_YEAR = 360  # days of a year, or nearly
_UNREPORTED = 60  # days after a quarter in which its figures are still expected


def is_reported(text: str, e: PeriodExpression, focus: Span | None, written: date | None) -> bool:
    """Whether 本季 is the quarter whose results are told, just over: of the one that runs nothing is known."""
    if focus is None or written is None or text[e.start] < "\u2e80":
        return False
    is_this = e.moment.anchor == "article" and e.moment.unit == "quarter" and e.moment.year == 0
    days = (focus[1] - focus[0]).days
    return is_this and _SHORTEST < days < _LONGEST and 0 <= (written - focus[1]).days < days


def just_over(text: str, e: PeriodExpression, year: Span | None, written: date | None) -> Span | None:
    """The days of a quarter of the year in force that is over, while its figures are expected: 四季度净利预计30亿元."""
    moment = e.moment
    if year is None or written is None or moment.anchor != "missing" or moment.unit != "quarter" or moment.is_fiscal:
        return None
    if text[e.start] < "\u2e80" or (year[1] - year[0]).days < _YEAR:
        return None
    span = resolve(replace(moment, anchor="absolute", year=year[1].year), written)
    return span if span is not None and 0 <= (written - span[1]).days < _UNREPORTED else None
