"""When an article was written: the day its page gives, else the earliest day that what it states allows.

What lives here: the reading of the article's day from its text. What does not: the date in the page's markup (see the
text stage), and what "last month" means on that day (see `catalogue.calendar`). An inferred day resolves months and
"last year", but never "on Friday" or "now".
"""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.catalogue.calendar import Moment, month_end, resolve
from pipelines.catalogue.periods import COMPARED, PeriodExpression
from pipelines.vocabulary.article import Article
from pipelines.vocabulary.values import replace

_HEAD = 1200  # characters in which a byline, a dateline or "announced on the 17th" may stand
_STAMP = 40  # characters; a longer last line tells of more than the day
_COPYRIGHT = re.compile(
    r"(?:©|copyright|版权所有|\(c\))[^\n]{0,40}?((?:19|20)\d\d)(?:\s?[-\u2013]\s?((?:19|20)\d\d))?"
    r"|((?:19|20)\d\d)[ ,.]{0,2}©",
    re.I,
)


_NEAR_DAY = 250  # characters between a dateline's day and the day of the week on which something was said
_MIDDLE = 6  # months
#: How a line of furniture begins that gives the day: "Posted 11/18/2025", "Last updated: 3 May 2025".
_POSTED = re.compile(
    r"[\W_]*(?:posted|published|first published|last updated|updated|issued|发布[时日][间期]|發布[時日][間期])\b", re.I
)


@dataclass(frozen=True, slots=True)
class Written:
    """The article's day; `is_exact` is False where it is only the earliest day that the text allows."""

    day: date | None
    is_exact: bool = True


def written_on(article: Article, found: list[PeriodExpression], is_ahead: list[bool]) -> Written:
    """The article's day. `is_ahead` says of each expression whether a word of goal or expectation stands with it."""
    given = article.published_at or ""
    try:
        day = date.fromisoformat(given[:10])
        return Written(_of_dateline(article.text, found, day) or day)
    except ValueError:
        pass
    if re.fullmatch(r"\d{4}-\d{2}", given):
        return Written(month_end(int(given[:4]), int(given[5:])))
    stamps = [(stamp, e) for e in found[-3:] if e.kind == "date" and (stamp := _line(article.text, e.start))]
    posted = [(stamp, e) for stamp, e in stamps if _POSTED.match(stamp)]
    at_end = [(stamp, e) for stamp, e in stamps if not e.lead and len(stamp) < _STAMP]
    opening = [e for e in found[:6] if e.kind == "date"]
    for e in [e for _, e in posted] + opening + [e for _, e in at_end]:
        if e.moment.anchor == "absolute" and (span := resolve(e.moment, None)):
            return Written(span[1])
    line = _COPYRIGHT.search(article.text, max(0, len(article.text) - 2000))
    stated = int(line[2] or line[1] or line[3]) if line else int(given) if re.fullmatch(r"\d{4}", given) else None
    return _at_the_earliest(article, found, is_ahead, stated)


_LEAD = 600  # characters in which the story begins
_CITY = re.compile(  # "SEOUL, ", "WASHINGTON, D.C., " and 新华社北京
    r"[ \t\u3000]*(?:[A-Z][A-Z.'\u2019-]+(?:[ /][A-Z][A-Z.'\u2019-]*){0,3},?(?: [A-Z][A-Za-z.]{1,12}){0,2},?\s"
    r"|\(?[\u4e00-\u9fff]{1,12}(?:社|网|網|报|報)[\u4e00-\u9fff]{0,12})"
)
_WIRED = re.compile(r",?\s?(?:\([^()\n]{2,40}\)\s?)?(?:--?|[\u2013\u2014])\s|\s?\([A-Z][\w .]{1,30}\)|[电電讯訊]")


def _of_dateline(text: str, found: list[PeriodExpression], given: date) -> date | None:
    """The day of a dateline, which counts where a page gives the later one of a copy: "SEOUL, July 1 (Yonhap) --"."""
    for e in found[:6]:
        if e.start > _LEAD or e.kind != "date" or e.moment.anchor not in ("missing", "absolute") or not e.moment.first:
            continue
        opening = text.rfind("\n", 0, e.start) + 1
        if not _CITY.fullmatch(text, opening, e.start) or not _WIRED.match(text, e.end):
            continue
        for year in (given.year, given.year - 1):
            day = resolve(
                e.moment if e.moment.anchor == "absolute" else replace(e.moment, anchor="absolute", year=year), None
            )
            if day and day[1] <= given:
                return day[1]
    return None


def _line(text: str, offset: int) -> str:
    """The line that an offset lies in, of a long one as much as no stamp has."""
    begin = text.rfind("\n", 0, offset) + 1
    return text[begin : begin + _STAMP].partition("\n")[0]


def _at_the_earliest(
    article: Article, found: list[PeriodExpression], is_ahead: list[bool], stated: int | None
) -> Written:
    """Not before the latest time of which the text tells; a dateline without a year is the first such day after it."""
    latest = _compared_before(found)
    floor: date | None = None  # the end of the latest stretch, shorter than a year, that has passed
    year = stated or 0
    is_told = stated is not None or any(
        e.moment.anchor == "absolute" and not (e.lead in COMPARED and e.moment.unit == "year") for e in found
    )
    if not is_told:  # a year to compare with says only that it is over
        return Written(None)
    ahead: list[int] = []
    whole = 0  # the latest year of which a figure is told as a whole
    for e, is_expected in zip(found, is_ahead, strict=True):
        last = e.moment.until or e.moment
        if e.kind in ("plan", "decade", "time", "length") or not 1900 < last.year <= 2100:
            continue
        if last.anchor != "absolute" and last.unit != "same":
            continue
        is_beyond = last.anchor == "absolute" and 0 < latest < last.year
        if is_expected or is_beyond:
            if last.unit == "year":
                ahead.append(last.year)
            continue
        is_compared = e.lead in COMPARED or last.unit == "same"
        span = resolve(last, None) if last.anchor == "absolute" else None
        if span is None or (span[1] - span[0]).days > 190:
            year = max(year, last.year + is_compared - last.is_fiscal)  # a fiscal year begins in the one before
            if e.is_sure and not (e.is_name or is_compared or last.edge or last.is_fiscal):
                whole = max(whole, last.year)
        elif is_compared:
            year = max(year, last.year + (last.edge not in ("end", "point")))
        else:
            floor = max(floor, span[1]) if floor else span[1]
    is_over = whole == year and any(_is_this_year(e.moment) for e in found)
    is_begun = year + 1 in ahead or is_over
    is_before = floor is None or floor.year < year  # 而在2023年底只有28.75: says nothing of the year told last
    if year and not stated and is_before and is_begun:
        year += 1  # goals are set for the year that has begun, and a year told whole is not "this year"
    if floor is None and not year:
        return Written(_on_weekday(found, ahead))
    named = next((e.moment for e in found if e.start < _HEAD and _is_day(e.moment)), None)
    is_early = named is not None and named.first <= _MIDDLE
    if is_early and not stated and is_before and whole == year:
        year += 1  # a story of March that tells a year's figures was written when that year was over
    start = floor if floor and floor.year >= year else date(year, 1, 1)
    if named is not None:
        days = [_in_year(named, start.year + shift) for shift in (0, 1, -1, -2)]
        day = next((day for day in days[:2] if day and day >= start), None)
        said = _said_on(found)
        fitting = {d for d in days if d and d.weekday() == said and (floor is None or d >= floor)}
        if day not in fitting and len(fitting) == 1:
            return Written(fitting.pop())  # "SEOUL, Oct. 29 - it said Wednesday": only in one of the years it was
        if day:
            return Written(day)
    if named is None and floor == start:
        day_only = next((e.moment.day for e in found if e.start < _HEAD and e.kind == "date" and e.moment.day), 0)
        after = [month_day(start, day_only, shift) for shift in (0, 1, 2)] if day_only else []
        inferred = next((d for d in after if d and d >= start), None)
        return Written(inferred or start, False)
    return Written(start if floor == start else date(year, 12, 31), False)


def _on_weekday(found: list[PeriodExpression], years: list[int]) -> date | None:
    """The day of a dateline in one of the years of which goals are told, or right before them, in which it was the day
    of the week on which something was said: "TAIPEI, Oct 29 - it said on Wednesday ... its budget for 2025".
    """
    named = next((e.moment for e in found if e.start < _HEAD and _is_day(e.moment)), None)
    said = _said_on(found)
    if named is None or said is None:
        return None
    days = {_in_year(named, year - back) for year in years for back in (0, 1)}
    fitting = [day for day in days if day and day.weekday() == said]
    return fitting[0] if len(fitting) == 1 else None


def _is_this_year(moment: Moment) -> bool:
    """Whether a time is "this year" or a part of it: 今年6月底."""
    return moment.anchor == "article" and moment.unit in ("year", "whole") and moment.year == 0 and not moment.until


def _in_year(moment: Moment, year: int) -> date | None:
    """A day that is named without a year, in a year; None where that has no such day."""
    day = resolve(Moment("absolute", "day", year, moment.first, moment.last, moment.day), None)
    return day[1] if day else None


def _said_on(found: list[PeriodExpression]) -> int | None:
    """The day of the week (Monday is 0) right behind the day that opens the story: on it this was said."""
    head = [e for e in found if e.start < _HEAD]
    day = next((e for e in head if _is_day(e.moment)), None)
    said = (e for e in head if day and e.kind == "weekday" and 0 <= e.start - day.end < _NEAR_DAY)
    return next((e.moment.year for e in said), None)


def _compared_before(found: list[PeriodExpression]) -> int:
    """The year in which a story was written that compares with "the same quarter of 2024"; 0 where none does."""
    years = {e.moment.year + 1 for e in found if e.moment.unit == "same" and e.moment.year > 1900}
    return years.pop() if len(years) == 1 else 0


def _is_day(moment: Moment) -> bool:
    return moment.anchor == "missing" and moment.unit == "day" and bool(moment.first) and moment.until is None


def month_day(start: date, day: int, shift: int) -> date | None:
    """The given day of the month that lies `shift` months after that of `start`; None where it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + shift, 12)
    try:
        return date(year, month + 1, day)
    except ValueError:
        return None
