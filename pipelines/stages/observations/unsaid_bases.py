"""What a growth is measured against of which nothing says it: the base of the article's other growths, else the year.

What lives here: the second look, once all growths that say their base have been read. What does not: the words that
name a base (see `growth_bases`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from pipelines.stages.observations.when import When
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

#: What `growth_bases` gives as its reason where no words name the base.
SINCE_JANUARY, ONLY_BASE = "growth from January on", "the only base in the article"
#: What a period has as its reason that is a day at the markets.
SESSION = "session"
_STEPS = ("year", "quarter", "month")
_SHORTEST_QUARTER, _LONGEST_YEAR = 80, 372  # days
_LONG_MONTH = 40  # days
_SEVERAL = 2  # growths; the first of the article counts as much, and the first that is one on the year before
_MOSTLY = 3  # times as many
_SHORTEST_MONTH = 27  # days
_LAST_DAYS = ("28", "29", "30", "31")


def with_unsaid(quantities: Sequence[Quantity], whens: Sequence[When]) -> list[When]:
    """The periods, with the base of each growth that says none.

    It is the one that other growths of the same time name, or of times as long, where all name one (a quarter or month
    counts only where several name it and none the year: "down 1% sequentially" is said of one); else a growth of a
    quarter or more is one on the year before, and that of a month, or of the state at its end, where most of the
    article are.
    """
    by_time: dict[object, Counter[str]] = defaultdict(Counter)
    told = 0  # growths so far
    is_first = True  # of those that name their base
    for q, when in zip(quantities, whens, strict=True):
        told += q.kind == "growth"
        if q.kind == "growth" and when.versus in _STEPS and not _is_unsaid(when):
            is_main = told == 1 or (is_first and when.versus == "year")
            for key in ((when.start, when.end), _length(when), None):
                by_time[key][when.versus or ""] += _SEVERAL if is_main else 1
            is_first = False
    return [
        replace(when, versus=base) if q.kind == "growth" and (base := _base(when, by_time)) else when
        for q, when in zip(quantities, whens, strict=True)
    ]


def _base(when: When, by_time: dict[object, Counter[str]]) -> str | None:
    """The base of a growth that says none; None where it says one, or nothing tells."""
    if _is_unsaid(when) and when.why[:1] == (SESSION,) and when.end:
        return _session_before(date.fromisoformat(when.end)).isoformat()
    days, everywhere = _days(when), by_time.get(None, Counter())
    is_mostly_year = everywhere["year"] >= _MOSTLY * (everywhere.total() - everywhere["year"])
    if not _is_unsaid(when) or days >= _LONGEST_YEAR:
        return None
    if days < _SHORTEST_MONTH:
        is_state = days == 0 and (when.end or "")[8:] in _LAST_DAYS
        return "year" if is_state and everywhere.keys() == {"year"} else None
    for key in ((when.start, when.end), _length(when)):
        named = by_time.get(key, Counter())
        is_sure = named.keys() == {"year"} or (
            named.total() >= _SEVERAL and not by_time.get(_length(when), Counter())["year"]
        )
        if len(named) == 1 and is_sure:
            return next(iter(named))
        if named["year"] > named.total() - named["year"] > 0:
            return "year"  # a month is set against the month before in an aside
    if days >= _SHORTEST_QUARTER:
        return "year"
    return "year" if everywhere["year"] and is_mostly_year else None


def _session_before(day: date) -> date:
    """The weekday before a day at the markets: a move is one from the last close."""
    return day - timedelta({0: 3, 6: 2}.get(day.weekday(), 1))


def _is_unsaid(when: When) -> bool:
    return when.versus is None or any(reason.endswith((SINCE_JANUARY, ONLY_BASE)) for reason in when.why)


def _length(when: When) -> str:
    days = _days(when)
    return "month" if days < _LONG_MONTH else "quarter" if days < 100 else "longer"


def _days(when: When) -> int:
    if not when.start or not when.end or not len(when.start) == len(when.end) == 10:
        return 0
    return (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days
