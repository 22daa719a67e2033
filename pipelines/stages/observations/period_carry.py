"""Which period goes on from one sentence to the next, and into a new paragraph, a list or a table.

What lives here: what a sentence leaves in force (not what was, what is only expected, or one of several parts). What
does not: the period of a single figure (see `periods`).
"""

import itertools
import re

from pipelines.catalogue.calendar import Span, is_year, shift_months
from pipelines.catalogue.periods import within
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.period_roles import RELATIVE_KINDS, Read, Reading, is_future, is_to_come, looks_back
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity


def open_paragraph(reading: Reading, sentence: Sentence) -> None:
    """A new paragraph: nothing carries over, but into the items of a list and a paragraph that goes on with "and"."""
    if sentence.block not in ("item", "row"):
        goes_on = reading.article.text[sentence.start].islower()
        reading.leading = (reading.leading or reading.carried) if goes_on else None
    elif reading.leading is None and reading.block not in ("item", "row"):
        is_ahead = reading.carried is not None and is_to_come(reading, reading.carried)
        is_gone = (sentence.block == "row" and is_ahead) or _is_day_after(reading)
        reading.leading = None if is_gone else reading.carried
    reading.paragraph, reading.block, reading.versus = sentence.paragraph, sentence.block, None
    reading.held = reading.outlook = None
    reading.carried = reading.leading if sentence.context or sentence.block == "paragraph" else None


def _is_trailing(main: Read) -> bool:
    """Whether a time is the twelve months up to what is told of, a run that is only told beside it."""
    moment = main.expression.moment
    return moment.unit == "run" and moment.last == _MONTHS


_MONTHS = 12


def _is_day_after(reading: Reading) -> bool:
    """Whether the period in force is a day after the one the article is about, up to which something was counted."""
    day, told = reading.carried, reading.focus
    if day is None or told is None or day.span is None or told.span is None or day.expression.moment.unit != "day":
        return False
    return told.span[0] < told.span[1] < day.span[0] == day.span[1]


_STILL = re.compile(
    r"还(?:只|不过)?[是有为]|還(?:只|不過)?[是有為]|\b(?:was|were|had been) (?:still|only|just|merely)\s$"
)


def _is_series(reading: Reading, told: list[Read]) -> bool:
    """Whether a sentence goes from state to state up to the article's day; the text goes on from the last."""
    spans = [r.span for r in told if r.span]
    is_alike = len({span[0] == span[1] for span in spans}) == 1
    is_rising = all(one[1] < two[0] for one, two in itertools.pairwise(spans))
    if not (len(spans) == len(told) > 1 and is_alike and is_rising):
        return False
    if len(told) == 2 and _REACHED.fullmatch(reading.folded, told[0].expression.end, told[1].expression.start):
        return True  # "grew from 3,833 in 2010 to 122,511 in 2023"
    if spans[-1][0] != spans[-1][1]:  # "was 88.8% in 2024 and rose to 90.9% in 2025"
        return bool(_ROSE_TO.search(reading.folded, told[0].expression.end, told[-1].expression.start))
    return reading.written is None or spans[-1][1] <= reading.written


_REACHED = re.compile(r"\s?to\s(?:[^\s,;]{1,24}\s){1,6}(?:in|by|at the end of)?\s?")
_ROSE_TO = re.compile(
    r"\b(?:rose|risen|climbed|grew|fell|dropped|increased|declined|went|slipped|jumped)\b[^.;]{0,16}\bto\b"
)


def _is_parts(reading: Reading, free: list[Read]) -> bool:
    """Whether a sentence goes through the quarters or months of the period in force: 一季度增长5.4%,二季度增长5.2%."""
    main = reading.carried or reading.focus
    whole = main.span if main else None
    spans = {r.span for r in free if r.span}
    if whole is None or len(spans) < 2 or any(r.expression.moment.unit not in ("quarter", "month") for r in free):
        return False
    return all(whole[0] <= s[0] and s[1] <= whole[1] and s != whole for s in spans)


def carry(
    reading: Reading, sentence: Sentence, here: list[Quantity], free: list[Read], chosen: list[Read | None]
) -> None:
    """Which of the sentence's periods goes on to govern the next sentence of the paragraph."""
    if sentence.block == "row":
        return
    text = reading.folded
    told = [r for r in free if not looks_back(r.expression)]
    main = told[-1] if _is_series(reading, told) else told[0] if told else None
    if main is None or main.expression.lead == "since" or _is_trailing(main):
        return
    if reading.periods.is_exception(text, main.expression, opens=reading.carried is None):
        return
    focus = reading.focus.span if reading.focus else None
    if not here and focus and main.span and main.span[0] > focus[1] and (main.span[1] - main.span[0]).days < 32:
        return  # "TSMC had set the tone in October": when results were told, not what they are of
    if focus and _is_way_to(main, focus):
        return  # 2019年到2024年由35.8万亿元增长到67.8万亿元: the text goes on with 2024
    if reading.carried and is_last_month(main, reading.carried) and main.span != focus:
        return  # "In September itself it was 22 GB": the text goes on with the nine months
    if _trails(main, here) and _is_earlier_state(reading, main):
        return
    now = reading.carried or reading.focus
    if now and (_is_year_to(main, now) or (_trails(main, here) and is_last_month(now, main))):
        return  # "Investment rose 0.5% in January-August.": told beside the figures of August
    if (
        is_former(reading, sentence, main)
        or _is_parts(reading, free)
        or (here and _STILL.search(text, main.expression.end, here[0].start))
    ):
        return
    if here and main.expression.start > here[0].start and chosen[0] is not main and (reading.carried or reading.focus):
        return  # it came late, of one figure alone
    over = reading.carried or reading.focus
    is_state = main.owner is not None and here[main.owner].kind not in RELATIVE_KINDS
    if here and over and is_state and _is_month_of(main, over) and not _is_monthly(reading, sentence):
        return  # "had 708 million users in September", told beside the quarter's results
    if here and chosen[-1] is not main and _is_left_behind(reading, main, chosen[-1]):
        return  # "stood at 1.014 billion at the end of 2024 and has since climbed to 1.184 billion"
    if len(here) == 1 and _is_year_before(reading, main):
        return  # "In November last year the share was 22.1%": only set beside this November's
    if _is_step_before(reading, sentence, main) and all(one is main or one is None for one in chosen):
        return  # "Orders fell in August. In July they had dropped 2.7%.": the text goes on with August
    looks_ahead = bool(here) and is_future(reading, sentence.start, here[0].start)
    is_stretch = main.span is not None and main.span[0] < main.span[1]
    reading.outlook = main if looks_ahead and is_stretch and is_to_come(reading, main) else None
    if not (reading.carried and (looks_ahead or main.expression.kind in ("plan", "decade"))):
        if reading.carried and not is_to_come(reading, reading.carried) and is_to_come(reading, main):
            reading.held = reading.carried
        reading.carried = main
        reading.is_outlook = is_future(reading, sentence.start, sentence.end)


def _is_way_to(main: Read, focus: Span) -> bool:
    """Whether a time is one of several years, with the one that the article is about as the last."""
    span = main.span
    is_range = main.expression.moment.until is not None and main.expression.kind == "range"
    return is_year(focus) and is_range and span is not None and span[0] < focus[0] and span[1] == focus[1]


def _is_month_of(month: Read, quarter: Read) -> bool:
    """Whether a month is the last one of a quarter or half."""
    if not (month.span and quarter.span) or month.expression.moment.unit != "month":
        return False
    is_longer = 80 < (quarter.span[1] - quarter.span[0]).days < 190
    return is_longer and month.span[1] == quarter.span[1]


def _is_monthly(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence goes from month to month: "fell to 5.3% in March from 5.6% in February"."""
    return sum(e.kind == "month" for e in within(reading.found, sentence.start, sentence.end)) > 1


def _is_left_behind(reading: Reading, main: Read, last: Read | None) -> bool:
    """Whether a sentence that opens with a time comes on from it to the later one that the text is about."""
    now = reading.carried or reading.focus
    if last is None or now is None or not (main.span and last.span and now.span):
        return False
    return now.span[1] <= last.span[1] and main.span[1] < min(now.span[1], last.span[0])


def _is_year_before(reading: Reading, main: Read) -> bool:
    """Whether a month or quarter is the one a year before that in force."""
    now = reading.carried or reading.focus
    if (
        now is None
        or not (now.span and main.span)
        or main.expression.moment.unit not in ("month", "quarter", "half", "whole")
    ):
        return False
    return (now.span[1] - now.span[0]).days < 190 and shift_months(now.span, -12) == main.span


def _is_step_before(reading: Reading, sentence: Sentence, main: Read) -> bool:
    """Whether a month or quarter is the one right before the one that this paragraph and the article tell of.

    A paragraph may begin with it, too: "Sales had dropped in October", "August's figure was revised to".
    """
    now, told = reading.carried, reading.focus
    is_flow = main.span is not None and main.span[0] < main.span[1]
    if now is None and is_flow and _SET_RIGHT.search(reading.folded, sentence.start, sentence.end):
        now = told
    if now is None or told is None or not (now.span and main.span) or now.span != told.span:
        return False
    months = {"month": 1, "quarter": 3}.get(main.expression.moment.unit)
    return months is not None and shift_months(now.span, -months) == main.span


def is_last_month(month: Read, run: Read) -> bool:
    """Whether a month is the last one of a run of months from January on, which is in force."""
    if not (month.span and run.span) or month.expression.moment.unit != "month" or month.span[1] != run.span[1]:
        return False
    return (run.span[0].month, run.span[0].day) == (1, 1) and run.span[0] < month.span[0]


def _is_earlier_state(reading: Reading, main: Read) -> bool:
    """Whether a period is a day before the stretch the article is about: "had 220,000 employees as of June 30"."""
    told = reading.focus.span if reading.focus else None
    day = main.span
    return told is not None and day is not None and day[0] == day[1] < told[0] < told[1]


def _trails(main: Read, here: list[Quantity]) -> bool:
    """Whether a period stands behind the only figure of its sentence."""
    return len(here) == 1 and main.expression.start > here[0].start


def _is_year_to(main: Read, month: Read) -> bool:
    """Whether a stretch is one of months up to the month in force: "In the 12 months through August it rose 2.9%"."""
    if not (main.span and month.span) or main.expression.moment.unit != "ended" or main.span[1] != month.span[1]:
        return False
    return (main.span[1] - main.span[0]).days > 60 and (month.span[1] - month.span[0]).days < 32


def is_former(reading: Reading, sentence: Sentence, main: Read) -> bool:
    """Whether a sentence says how things had been before the time in force: "it had been 0.8 in 2022"."""
    now = reading.carried or reading.focus
    since = now.span[0] if now and now.span else reading.written
    is_before = bool(since and main.span and main.span[1] < since)
    return is_before and bool(_HAD.search(reading.folded, sentence.start, sentence.end))


_SET_RIGHT = Guarded(r"\bhad\b|\brevis(?:ed|ions?)\b", ("had", "revis"))
_HAD = Guarded(
    r"\bhad (?:(?:also|already|only|\w+ly) )?(?:risen|fallen|grown|shrunk|slid|sunk|lost|gained"
    r"|(?:dropp|declin|climb|increas|decreas|"
    r"slipp|jump|plung|tumbl|expand|contract|eas|slow|edg|shed|add|surg|rall|advanc|retreat|post|report|record)[a-z]*ed)\b"
    r"|\bhad (?:been (?=an? |only|just|merely|about|around|some |[\d$])|(?:stood|numbered|only|just|merely)\b)"
    r"|\bin (?:19|20)\d\d (?:it|they|the figure|the share|the number|the rate|that) (?:was|were|stood at)\b"
    r"|\blast year's (?:edition|show|event|fair|expo|figure|total|number)\b"
    r"|\bas (?:recently|late) as\b|\bback in\b|(?:当时|当年|彼时|那时)",
    (
        "had ", "last year's ", "in 19", "in 20", "as recently as", "as late as", "back in",
        "当时", "当年", "彼时", "那时",
    ),
)  # fmt: skip
