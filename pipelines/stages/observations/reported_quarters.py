"""Whose quarter a bare "third-quarter revenue" is: of a company with a fiscal year of its own it is a fiscal one.

What lives here: results of one company, told shortly after its fiscal quarter was over. What does not: articles that
say "fiscal" themselves, and companies that tell when their quarter ended (see `periods`).
"""

import re
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Moment, fiscal_span, month_end, resolve
from pipelines.catalogue.periods import PeriodExpression
from pipelines.stages.observations.period_roles import fiscal_quarter
from pipelines.vocabulary.values import replace

_HEAD = 400  # characters in which the company is named
_FIRST = 8  # expressions among which its quarter is
_QUARTER, _YEAR = 3, 12  # months
_ALIKE = 15  # days between the ends of a fiscal and a calendar quarter that are called the same
_LATE = 62  # days after a quarter in which its results come out
_OF_RESULTS = re.compile(
    r"[ -](?:[a-z-]+ ){0,2}(?:revenues?|sales|profits?|earnings|results|income|loss|losses|eps)\b"
    r"|的?(?:总|净|营业)?(?:营收|收入|净利|利润|业绩|财报|每股)"
)
_RESULTS_OF = re.compile(
    r"\b(?:revenues?|sales|profits?|earnings|results|income|loss)\b[^.;\n]{0,40}\b(?:for|in|of) (?:the |its )$"
)
_YEARS_RESULTS = re.compile(
    r"\b(?:revenues?|sales|profits?|earnings|results|income|loss)\b[^.;\n]{0,40}\s(?:(?:for|in|of) (?:the |its ))?$"
)


def reported_rule(
    text: str, folded: str, found: list[PeriodExpression], written: date | None, catalogue: Catalogue
) -> str | None:
    """The end of the fiscal year of the company whose results for one of its quarters are out; None for all else."""
    named = next((m for m in catalogue.organisations.find(text[:_HEAD]) if m.organisation.kind == "company"), None)
    rule = named.organisation.fiscal_year_end if named else ""
    if not rule or written is None:
        return None
    for e in found[:_FIRST]:
        moment = e.moment
        if moment.unit == "ended" and moment.last == _QUARTER and _is_its_end(moment, rule, written):
            return rule
        is_bare = moment.unit == "quarter" and moment.anchor == "missing" and not (moment.until or moment.is_fiscal)
        if not is_bare or not _is_of_results(folded, e):
            continue
        for year in (written.year, written.year + 1):
            ended = fiscal_span(replace(moment, anchor="absolute", year=year, is_fiscal=True), rule)[1]
            by_calendar = month_end(ended.year, moment.last)
            if 0 <= (written - ended).days < _LATE and abs((ended - by_calendar).days) > _ALIKE:
                return rule
    return None


def year_rule(folded: str, found: list[PeriodExpression], *, of_results: bool) -> str | None:
    """The month in which a year ends that an article begins with: "statistics for the year to March 2025"; with
    `of_results` only that of somebody's results: "net profit for the year to the end of March".
    """
    for e in found[:_FIRST]:
        moment = e.moment
        is_year = moment.unit == "ended" and moment.last == _YEAR and folded.find("year", e.start, e.end) >= 0
        if e.start > _HEAD or not is_year or moment.first in (0, _YEAR) or moment.day not in (0, 30, 31):
            continue
        if not of_results or _YEARS_RESULTS.search(folded, max(0, e.start - 90), e.start):
            return f"{moment.first:02}"
    return None


def _is_its_end(moment: Moment, rule: str, written: date) -> bool:
    """Whether a quarter that "ended Oct. 26" is one of a fiscal year whose quarters are not those of the calendar."""
    for year in (moment.year,) if moment.anchor == "absolute" else (written.year, written.year - 1):
        day = resolve(replace(moment, anchor="absolute", unit="day", year=year), None)
        if day is not None and fiscal_quarter(day[1], 0, rule)[1] == day[1]:
            return day[1] != month_end(year, day[1].month) or day[1].month % _QUARTER != 0
    return False


def _is_of_results(folded: str, e: PeriodExpression) -> bool:
    """Whether a quarter is that of results: "third-quarter revenue", "earnings for the third quarter"."""
    return bool(_OF_RESULTS.match(folded, e.end) or _RESULTS_OF.search(folded, max(0, e.start - 90), e.start))
