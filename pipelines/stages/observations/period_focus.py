"""The period of figures whose own sentence names none: what governs the sentence, the paragraph, the article's focus.

What lives here: where such a period comes from, nearest first, and which period the whole article is about. What does
not: expressions in the figure's own sentence (see `periods`, `period_roles`).
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date
from itertools import islice

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Span, is_year, resolve
from pipelines.catalogue.periods import COMPARED, PeriodExpression, any_within, within
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.period_carry import is_last_month
from pipelines.stages.observations.period_roles import (
    Read,
    Reading,
    days_of,
    follows_base,
    is_base_figure,
    is_future,
    is_to_come,
    looks_back,
    read_sentence,
)
from pipelines.stages.observations.sessions import session_day
from pipelines.stages.observations.unsaid_bases import SESSION
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_SILENT = ("meta", "boilerplate")
_REPORT_NOUN = "report|survey|figures|yearbook|bulletin|review|outlook|study|index|edition|报告|報告|白皮书|公报"
_REPORT_NEXT = re.compile(
    rf"(?:{_REPORT_NOUN})[\s\"\u201d\u2019'(\u300a\u300b\uff08]*$"
    r"|^[\s)\"\u201d\uff09\u300b]*(?:edition|report|survey|study|bulletin)",
    re.I,
)
_NAME = re.compile(
    r"(?!(?:Even|Still|Yet|Also|Only|Thus|Then|Here|Meanwhile|However|Overall|Operating)\b)"
    r"([A-Z][a-z]{2,})(?:['\u2019]s)?[ ,]"
)
_TRADING = Guarded(
    r"\b(?:its|their|the company's|[\w.]+'s) (?:shares|stock)\b|^shares (?:of|in)\b", ("shares", "stock")
)
_FURNITURE = re.compile(r"\s[|/\u2022\u00b7]\s")  # what parts a line of links, or of who, when and where
_STOPS = frozenset(".!?:;\"\u201d\u2019'")
_GROWN = Guarded(  # what has grown since a year ago is of now
    r"\b(?:rose|fell|grew|climbed|increased|decreased|declined|dropped|improved|slipped|jumped)\b[^.;]{0,80}"
    r"\b(?:a year (?:earlier|ago|before)|year (?:on|over) year|year-on-year)",
    ("a year earlier", "a year ago", "a year before", "year on year", "year over year", "year-on-year"),
)
_SO_FAR = Guarded(r"\b(?:has|have|had) already been\b|\balready (?:has|have|had)\b", ("already",))
_RESULTS = re.compile(
    r"\b(?:posted|reported|announced|released|published|delivered|turned in|unveiled)\b[^.;\n]{0,30}"
    r"\b(?:results|earnings|figures|numbers)\b[^.;\n]{0,50}\b(?:for|in|from) (?:its|the|their)\s(?:latest |fiscal )?$"
)
_RESULTS_FOR = re.compile(
    r"\b(?:results|earnings|accounts) (?:for|of|from|in) (?:the |its |all of )?(?:full |whole |fiscal |financial )?"
    r"(?:year )?(?:to |ended (?:in )?)?$"
)
_REVISES = re.compile(  # where a sentence goes on from results to an outlook
    r"(?:[,;]|\sand|\sbut)\s(?:(?:also|it|the company|the firm|then)\s){0,2}"
    r"(?:rais|lift|cut|lower|trim|hik|narrow|boost|reaffirm|maintain|reiterat|kept|keep|issu|gave|revis|upgrad)\w*\b"
)
_NEAR_RESULTS = 40  # characters before a period
_REPORTED = re.compile(
    r"[^\s,\uff0c。;\uff1b]{0,4}(?:派成[績绩]表|放榜|(?:公[布佈告]|[發发][布佈]|披露|交出)[^\s,\uff0c。;\uff1b]{0,8}(?:[業业][績绩]|[財财][報报]|[成][績绩]|年[報报]|季[報报]))"
)
_ASKED = Guarded(
    r"\b(?:we|was|were) (?:surveyed|interviewed|polled|questioned|fielded|conducted|carried out)\b"
    r"|\b(?:survey|poll|interviews|fieldwork)\b[^.;\n]{0,80}\b(?:conducted|fielded|carried out|took place|ran|run)\b",
    (
        "surveyed", "interviewed", "polled", "questioned", "fielded", "conducted", "carried out", "survey", "poll",
        "interviews", "fieldwork",
    ),
)  # fmt: skip
_ASKINGS = 20  # places looked at where an article says that people were asked
_PERFECT = re.compile(
    r"\b(?:has|have) (?:(?:now|already|also|since|so far|\w+ly) )?(?:more than |nearly |almost |roughly )?"
    r"(?:doubled|tripled|quadrupled|halved|been \w+(?:ed|en|ilt|et|ut)|become)\b"
    r"|\b(?:now|already|currently) (?:number|total|exceed|top|surpass|amount to|stand at|count|cover|serve|operate)s?\b"
)
_ZH_PERFECT = re.compile(
    r"目前[,\uff0c]|(?:目前|现已|現已|已[经經]?)[^,\uff0c。;\uff1b]{0,4}(?:建成|[达達]到?|累[计計]|形成|超[过過]?)|累[计計]建成"
)
_OUT = re.compile(
    r"\b(?:reported|posted|booked|earned|turned in|recorded|delivered) (?:[a-z-]+ ){0,5}(?=\d|\w{0,3}[$€£¥])"
)
_WAS = re.compile(
    r"\b(?:stood at|was|were|came (?:to|in)|totall?ed|amounted to|rose|fell|grew|dropped|climbed|jumped|slipped"
    r"|increased|declined|reached|surged|soared|gained|shrank|expanded|contracted|slid|plunged|tumbled|rebounded"
    r"|edged|eased|accounted for|made up|generated|contributed)\s"
)
_HOLDS = re.compile(
    r"(?:It|We|The (?:company|firm|group|bank|utility|carrier|retailer|maker)|[A-Z][\w&.'\u2019-]{1,20})"
    r" (?:also |now |already |currently )?(?:has|have|holds?|employs?|owns?|runs?|operates?)\b"
    r"(?! (?:a |an )?(?:been|raised|lifted|cut|target|goal|plan|forecast|promised|said))"
)
_MAKES_UP = re.compile(
    r" already (?:takes?|uses?|makes? up|accounts? for|runs?|needs?|draws?|meets?|covers?"
    r"|supply|supplies|provides?|employs?) "
    r"|(?<! to)(?<!will)(?<!may)(?<!could)(?<!would)"
    r" (?:makes? up|accounts? for|holds?|employs?|serves?|consumes?|stands? at) "
    r"| now (?:totals?|numbers?|stands?|has|have|runs?|exceeds?) "
)
_RECENT = 2  # years
_LONG_YEAR = 372  # days of a fiscal year of 53 weeks, at most
_SHORT = ("day", "week", "weekday")
_DAYS = ("date", "weekday", "now")
_LEAD = 8  # sentences of a lead, with headline and bylines
_EVENT_DAYS = 12  # days between an event and the article that reports from it
_SHORTLY = 200  # days
_NEAR_SPEECH = 120  # characters to either side of the time at which something was reported
_BEFORE = 200  # characters of the sentences before
_THE_REPORT = re.compile(r"《(?:报告|報告|公报|公報|白皮书|白皮書|蓝皮书|藍皮書|调查)》")


def elsewhere(reading: Reading, sentence: Sentence, reads: list[Read]) -> tuple[Read | None, str]:
    """The period from outside the sentence's clauses: its context, paragraph, named day, the article's lead."""
    report = next((r for r in reads if r.role == "name" and r.span and _is_report(reading, r.expression)), None)
    if report:
        reading.report = report
        return report, "report"
    if reading.report and _THE_REPORT.search(reading.article.text, sentence.start, sentence.end):
        return reading.report, "report"
    if (session := session_day(reading, sentence, reads)) is not None:
        return session, SESSION  # "On Friday the index ended at 38,873"
    now = next((r for r in reads if r.role == "day" and r.expression.moment.unit == "day" and r.span), None)
    if now and _is_back_now(reading, sentence, now):
        reading.carried = reading.focus
        return now, "day"  # "When I came in 2009 we had three halls. Now we have 14."
    ahead = reading.carried.span if reading.carried and reading.written else None
    is_late = now is not None and _FIGURE.search(reading.folded, sentence.start, now.expression.start) is not None
    if now and not is_late and ahead and reading.written and ahead[0] > reading.written:
        return now, "day"  # "It will have 8 GW in 2028. Today it has 1."
    if ahead and reading.focus and reading.written and ahead[1] > reading.written and _turns(reading, sentence):
        return (
            reading.held or reading.focus,
            "article",
        )  # "Shanghai will ... in 2027. Guangdong is third": not the time of another's goal
    so_far = now if now and now.expression.moment.edge == "point" and not _is_still_told(reading) else None
    if _is_of_now(reading, sentence):
        reading.carried = reading.focus
        return reading.focus, "article"
    if reading.outlook and _OF_WHICH.match(reading.folded, sentence.start):
        return reading.outlook, "paragraph"  # 预计明年市场规模达到3000亿元。其中,北美占六成。
    if reading.outlook and is_future(reading, sentence.start, min(sentence.end, sentence.start + _BEFORE)):
        return (
            reading.outlook,
            "paragraph",
        )  # "This year's deficit is put at 4%. It plans to issue 1.3 trillion in bonds."
    if ahead and _is_told_of_now(reading, sentence):
        return reading.held or reading.focus, "article"
    if ahead and reading.focus and _is_reported(reading, sentence):
        return reading.held or reading.focus, "article"
    if (event := _at_event(reading, sentence)) is not None:
        reading.carried = event
        return event, "event"
    if _is_of_quarter(reading, reads):
        return reading.focus, "article"
    if reading.carried and reading.carried is not reading.leading and not so_far:
        return reading.carried, "paragraph"
    for start, end in sentence.context:
        said: list[Read] = []
        for e in within(reading.found, start, end)[:8]:
            if not (e.is_name or _frames(reading, e)) and e.kind not in _DAYS and e.lead not in COMPARED:
                span = days_of(reading, e, reading.focus.span if reading.focus else None, False)
                said += [Read(e, "period", span)] if span else []
        if said and not _is_headline(reading, start, end, sentence, said):
            return _longest(said), "context"
    if so_far:
        return so_far, "day"  # "Output rose last year. So far 41 plants have been opened."
    if reading.carried:
        return reading.carried, "paragraph"
    speech = next((r for r in reads if r.role == "speech" and r.span), None)
    if speech and not _are_results(reading, sentence, speech):
        return speech, "speech"
    day = next((r for r in reads if r.role == "day" and r.span), None)
    if reading.focus:
        return reading.focus, "article"
    return (day, "day") if day else (None, "")


_FIGURE = re.compile(r"\d")  # before a "now" that is of what comes behind it


def _is_back_now(reading: Reading, sentence: Sentence, now: Read) -> bool:
    """Whether a sentence opens with "now" after one of a time that is long over."""
    told, e = reading.carried.span if reading.carried else None, now.expression
    is_first = sentence.start <= e.start < sentence.start + _QUOTE and e.kind == "now" and not e.moment.edge
    return bool(is_first and told and reading.written and (reading.written - told[1]).days > _LONG_YEAR)


_QUOTE = 3  # characters of a mark before the first word


def _is_of_quarter(reading: Reading, reads: list[Read]) -> bool:
    """Whether a sentence compares quarters, in an article about one whose paragraph has just told of the whole year."""
    told = reading.focus.span if reading.focus else None
    year = reading.carried.span if reading.carried else None
    if told is None or year is None or told[1] != year[1] or not (_days(told) < _QUARTER < _HALF < _days(year)):
        return False
    compared = (r.expression for r in reads if r.expression.kind == "base")
    return any(reading.folded.find("quarter", e.start, e.end) >= 0 for e in compared)


def _days(span: Span) -> int:
    return (span[1] - span[0]).days


_QUARTER, _HALF = 100, 190  # days, and a few more


def _frames(reading: Reading, e: PeriodExpression) -> bool:
    """Whether an expression is a plan that the article stands under, while it tells of a time of its own."""
    return e.kind == "plan" and reading.focus is not None and e is not reading.focus.expression


def _is_headline(reading: Reading, start: int, end: int, sentence: Sentence, said: list[Read]) -> bool:
    """Whether what stands over a sentence is a story of its own, whose time is not that of what follows.

    That is an outlook with a figure ("Full-year spending may fall short of 83 billion") over what has been, and the
    last month by itself, told at the end of a paragraph of the months up to it.
    """
    if reading.leading and any(is_last_month(read, reading.leading) for read in said):
        return True
    told = reading.focus
    if (
        sentence.block != "paragraph"
        or told is None
        or is_to_come(reading, told)
        or not all(is_to_come(reading, read) for read in said)
    ):
        return False
    spans = [(read.expression.start, read.expression.end) for read in said]
    has_figure = any(
        char.isdigit() and not any(first <= start + k < last for first, last in spans)
        for k, char in enumerate(reading.folded[start : min(end, start + _BEFORE)])
    )
    return has_figure and not is_future(reading, sentence.start, sentence.end)


def _is_reported(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence after an outlook tells of figures that are out: "AMD reported quarterly revenue of"."""
    told = reading.carried
    if told is None or not is_to_come(reading, told) or is_future(reading, sentence.start, sentence.end):
        return False
    near = min(sentence.end, sentence.start + _BEFORE)
    if reading.is_outlook and sentence.language == "en" and _HOLDS.match(reading.article.text, sentence.start, near):
        return True  # "It now expects to spend $50 billion. It has $18 billion of cash."
    if sentence.language == "en" and _MAKES_UP.search(reading.folded, sentence.start, near):
        return True  # "It will add 10 GW over the next five years. Data centers make up 80% of the pipeline."
    if reading.is_outlook and sentence.language == "en" and _WAS.search(reading.folded, sentence.start, near):
        return True  # "Nokia cut its forecast for the year. Net cash stood at 2.9 billion euros."
    moment = told.expression.moment
    if not (reading.is_outlook or (moment.unit == "year" and moment.anchor == "absolute")):
        return False  # "this year" may be told of up to now
    return _OUT.search(reading.folded, sentence.start, min(sentence.end, sentence.start + _BEFORE)) is not None


_OF_WHICH = re.compile(r"\s?(?:其中|当中|當中)")


def _is_told_of_now(reading: Reading, sentence: Sentence) -> bool:
    """Whether a Chinese sentence after one of a time to come tells of what is: 二期明年投产。公司共有员工120人."""
    told = reading.carried
    if sentence.language != "zh" or sentence.block != "paragraph" or reading.goals.is_plan:
        return False
    if not (told and told.span and reading.written) or told.span[0] <= reading.written:
        return False
    return reading.goals.is_as_it_is(sentence) and not is_future(reading, sentence.start, sentence.end)


def event_of(reading: Reading, parts: list[tuple[Sentence, list[int]]]) -> Read | None:
    """The day named in the lead on which an event opens, closes or is held: "the fair opened on Tuesday"."""
    if reading.events is None or reading.written is None:
        return None
    for sentence, _ in parts[:_LEAD]:
        if sentence.block in _SILENT or not reading.events.opens(reading.folded, sentence):
            continue
        days = [
            (read, read.span[0])
            for read in read_sentence(reading, sentence, [])
            if read.span
            and read.expression.moment.unit in ("day", "weekday")
            and read.role != "none"
            and read.span[0] == read.span[1]
            and abs((reading.written - read.span[0]).days) < _EVENT_DAYS
        ]
        if days:
            verb = reading.events.verb_at(reading.folded, sentence)
            read, day = min(days, key=lambda found: abs(found[0].expression.start - verb))
            return replace(read, span=reading.events.whole(reading.folded, sentence, day))
    return None


def _at_event(reading: Reading, sentence: Sentence) -> Read | None:
    """The event's day, where a sentence tells of who has come to it, and no other time is told of."""
    event, told = reading.event, reading.carried
    if event is None or event.span is None or reading.events is None:
        return None
    if told and told is not reading.leading and told.span and not told.span[0] <= event.span[0] <= told.span[1]:
        return None
    return event if reading.events.is_there(reading.folded, sentence) else None


def _is_still_told(reading: Reading) -> bool:
    """Whether the paragraph, else the headline, tells of a time that was over shortly before the article, up to which
    "so far" counts.
    """
    told, written = reading.carried, reading.written
    if told is None and reading.focus and reading.folded.find("\n", 0, reading.focus.expression.start) < 0:
        told = reading.focus
    if told is None or told.span is None or written is None:
        return False
    return (written - told.span[1]).days < _SHORTLY


def _are_results(reading: Reading, sentence: Sentence, speech: Read) -> bool:
    """Whether what was reported in a month are the results of the time that the article is about, over by then:
    "Samsung last month posted a profit of 12 trillion won".
    """
    told = reading.focus.span if reading.focus else None
    if told is None or speech.span is None or told[1] >= speech.span[0]:
        return False
    low = speech.expression.start
    low = max(sentence.start, low - _NEAR_SPEECH)
    return _OUT.search(reading.folded, low, min(sentence.end, speech.expression.end + _NEAR_SPEECH)) is not None


def _is_of_now(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells how far things have come, after one of a year that was over: "Data output rose in 2024.
    More than 35,000 datasets have been built".
    """
    now, then = reading.focus, reading.carried
    if not (now and then and now.span and then.span) or then.span[1] >= now.span[0]:
        return False
    perfect = _PERFECT if sentence.language == "en" else _ZH_PERFECT
    return perfect.search(reading.folded, sentence.start, min(sentence.end, sentence.start + _BEFORE)) is not None


def _turns(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence without a goal or expectation of its own opens with another name than the one before."""
    text = reading.article.text
    if _SO_FAR.search(reading.folded, sentence.start, sentence.end):
        return not is_future(reading, sentence.start, sentence.end)
    if reading.carried and reading.carried.span and reading.written and reading.carried.span[0] <= reading.written:
        return False  # of the time that is running other names may be told, too
    if _GROWN.search(reading.folded, sentence.start, min(sentence.end, sentence.start + _BEFORE)):
        return not is_future(reading, sentence.start, sentence.end)
    name = _NAME.match(text, sentence.start, sentence.end) if sentence.block == "paragraph" else None
    if name is None or is_future(reading, sentence.start, sentence.end):
        return False
    return text.find(name[1].lower()) < 0 and name[1] not in text[max(0, sentence.start - _BEFORE) : sentence.start]


def _longest(reads: list[Read]) -> Read:
    """The first of several periods, or one that ends with it: "the fourth quarter and the whole year 2025"."""
    together = (r for r in reads if _end(r) == _end(reads[0]))
    return min(together, key=lambda r: r.span[0] if r.span else date.max)


def _is_compared(read: Read) -> bool:
    """Whether a period is one that others are set against ("than in 2019"), or from which a total is counted."""
    return read.expression.lead in COMPARED and read.expression.kind not in ("range", "months")


def _is_prose(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is long enough to be one of the story, not a byline, a kicker or a line of links."""
    if sentence.language == "zh":
        return sentence.end - sentence.start > 24
    if sentence.end - sentence.start <= 40:
        return False
    return text[sentence.end - 1] in _STOPS or not _FURNITURE.search(text, sentence.start, sentence.start + _BEFORE)


def _is_report(reading: Reading, e: PeriodExpression) -> bool:
    text = reading.article.text
    return bool(
        _REPORT_NEXT.search(text[max(0, e.start - 14) : e.start]) or _REPORT_NEXT.search(text[e.end : e.end + 14])
    )


def focus_of(
    reading: Reading, parts: list[tuple[Sentence, list[int]]], quantities: list[Quantity], with_fiscal: bool = True
) -> Read | None:
    """The period an article is about: its headline's, else its lead's, its report's, the day, the first stated."""
    titles: list[Read] = []
    lead: list[Read] = []
    told: list[Read] = []  # in a lead without figures
    days: list[Read] = []
    rest: list[Read] = []
    reports: list[Read] = []
    frames: list[Read] = []  # of years in which things stand, and of quarters to come: for want of anything else
    ends: list[Read] = []  # the end of the year that runs, in outlooks that tell of nothing else
    opening: set[int] = set()
    field = _fieldwork(reading, parts)
    for sentence, indexes in parts:
        if sentence.block in _SILENT or not any_within(reading.found, sentence.start, sentence.end):
            if sentence.block == "paragraph" and len(opening) < 3 and _is_prose(reading.folded, sentence):
                opening.add(sentence.paragraph)
            continue
        if (sentence.block != "title" and _over(reading, titles[:1])) or (len(opening) > 2 and (lead or len(rest) > 3)):
            break
        here = [quantities[i] for i in indexes]
        if (
            sentence.block not in ("title", "heading", "row")
            and len(opening) < 3
            and _is_prose(reading.folded, sentence)
        ):
            opening.add(sentence.paragraph)
        in_lead = sentence.paragraph in opening and len(opening) <= 2
        if (
            sentence.language == "en"
            and sentence.block == "paragraph"
            and _TRADING.search(reading.folded, sentence.start, sentence.end)
        ):
            continue  # what shares have gained this year is not what is told of
        reads = read_sentence(reading, sentence, here)
        is_timed = any(r.role == "period" and is_to_come(reading, r) for r in reads)
        for read in reads:
            if read.span is None or (read.expression.moment.is_fiscal and not with_fiscal):
                continue
            if _REPORTED.match(reading.article.text, read.expression.end):
                continue  # 8月先後派成績表: when figures came out, not what they are of
            if here and read.role == "period" and _is_this_years_end(reading, read):
                ends.append(read)
            if read.role == "name" and _is_report(reading, read.expression):
                reports.append(read)
            elif (
                read.role == "day"
                and in_lead
                and not is_timed
                and (read.expression.kind == "weekday" or read.expression.lead == "within")
            ):
                days.append(read)
            elif (
                read.role == "period"
                and not (_is_compared(read) or looks_back(read.expression))
                and _is_begun(reading, read)
                and not _is_firmly_ahead(reading, sentence, read.expression)
                and not _is_of_outlook(reading, read.expression)
                and not is_base_figure(reading.folded, here, read.owner)
                and not follows_base(reading.folded, here, read.owner)
            ):
                is_up_to_now = reading.folded.find("year to date", read.expression.start, read.expression.end) >= 0
                if read.expression.kind == "plan" or is_up_to_now or _is_running_quarter(reading, read):
                    frames.append(read)
                elif sentence.block == "title":
                    titles.append(read)
                elif in_lead or _RESULTS.search(reading.folded, sentence.start, read.expression.start):
                    if here or read.expression.moment.unit not in ("day", "week"):  # else those of an event
                        (lead if here else told).append(read)
                elif here or reading.article.text[sentence.end - 1] in ":\uff1a":  # or what a list hangs under
                    rest.append(read)
    if field and not titles and all(_end(r) < _begin(field) for r in [*lead, *told]):
        return field  # what people answered, they answered then; the years of the lead are those it is set against
    lead, told, rest = ([r for r in group if not _is_long_past(reading, r)] for group in (lead, told, rest))
    over, past = ([r for r in g if reading.written is None or _end(r) <= reading.written] for g in (reports, told))
    if titles and any(r.span == titles[0].span for r in [*lead, *rest]):
        return titles[0]  # a survey tells of the year that its headline names, though it still runs
    if titles:
        titles[0] = _longest(titles)
        return _over(reading, titles[:1]) or _over(reading, [*lead, *told]) or titles[0]
    if lead and past and max(map(_end, past)) > max(map(_end, lead)):
        lead = past  # "how much stood empty at mid-year. A year before it was 2.8%."
    rest = [r for r in rest if r.expression.moment.anchor != "article" or not is_to_come(reading, r)] or rest
    quarters = [r for r in rest if r.expression.moment.unit == "quarter"]
    lead = _without_late_months(reading, lead)
    results = [r for r in lead if _is_of_results(reading, r)]
    for group in (results, lead, over, past, days, told, quarters, rest, reports, frames):
        group = [r for r in group if r.expression.moment.unit not in _SHORT] or group  # a season's results, this week
        group = _without_running(reading, group)
        if group:  # the latest: what the news is about, not the year before it
            return max(group, key=lambda r: min(_end(r), reading.written or date.max))
    return ends[0] if ends else None


def _without_late_months(reading: Reading, lead: list[Read]) -> list[Read]:
    """The periods of a lead without a month told of once, after a year that was over: "It made 40 models in 2024. By
    one measure the gap was 1.7% in February 2025" is about 2024. What is about a month begins with it.
    """
    first = lead[0] if lead else None
    if first is None or first.span is None or not _is_over_year(reading, first):
        return lead
    named = [e.moment.first for e in reading.found if e.kind == "month"]
    last = first.span[1]
    return [
        r
        for r in lead
        if not (
            r.span
            and r.expression.kind == "month"
            and r.expression.start > first.expression.end
            and r.span[0] > last
            and named.count(r.expression.moment.first) == 1
            and reading.folded[r.expression.start] < "\x80"
        )
    ]


def _is_over_year(reading: Reading, read: Read) -> bool:
    """Whether a period is a calendar year, or its last day, that was over when the article was written."""
    span, now = read.span, reading.written
    if span is None or now is None or span[1] >= now or read.expression.moment.is_fiscal:
        return False
    is_last_day = span[0] == span[1] and (span[1].month, span[1].day) == (12, 31)
    return read.expression.moment.unit == "year" and (is_last_day or is_year(span))


_OUTLOOK = re.compile(r"\b(?:guidance|outlook|forecasts?|targets?|projections?|expectations)\s(?:for\s)?(?:the\s)?$")
_NEAR_OUTLOOK = 32  # characters


def _is_of_outlook(reading: Reading, e: PeriodExpression) -> bool:
    """Whether a year that runs is only that of an outlook: "lowered its guidance for the year"."""
    at = e.lead_start if 0 <= e.lead_start < e.start else e.start
    is_running = e.moment.unit in ("whole", "year") and not e.moment.until
    return is_running and _OUTLOOK.search(reading.folded, max(0, at - _NEAR_OUTLOOK), at) is not None


def _is_this_years_end(reading: Reading, read: Read) -> bool:
    """Whether a period is the last day of the year that runs: "5G will end this year at 2.9 billion"."""
    day, now = read.span, reading.written
    return bool(day and now and day[0] == day[1] and now <= day[1] == date(now.year, 12, 31))


def _without_running(reading: Reading, group: list[Read]) -> list[Read]:
    """The reads without the year that still runs, where a part of it is told of that is over."""
    now = reading.written
    over = [r.span[0] for r in group if now and r.span and r.span[0] < r.span[1] <= now]
    if now is None or not over:
        return group
    latest = max(over)
    return [r for r in group if not (_still_runs(r, now) and r.span and r.span[0] <= latest)]


def _is_of_results(reading: Reading, read: Read) -> bool:
    """Whether a period is over of which the results are told: "the carrier said alongside its results for 2024"."""
    low = max(0, read.expression.start - _NEAR_RESULTS)
    is_over = reading.written is None or _end(read) <= reading.written
    return is_over and _RESULTS_FOR.search(reading.folded, low, read.expression.start) is not None


def _still_runs(read: Read, now: date) -> bool:
    """Whether a read is a calendar year that had begun and was not over when the article was written."""
    year, moment = read.span, read.expression.moment
    return bool(year and moment.unit in ("year", "whole") and not moment.is_fiscal and year[0] < now < year[1])


def _is_begun(reading: Reading, read: Read) -> bool:
    """Whether a period has begun, and is not one of years that lie ahead: 未来三年 is what is looked out to."""
    if read.span is None or reading.written is None:
        return read.span is not None
    is_near = read.span[1].year <= reading.written.year or (read.span[1] - read.span[0]).days < _LONG_YEAR
    return read.span[0] <= reading.written and is_near


def _is_running_quarter(reading: Reading, read: Read) -> bool:
    """Whether a period is the quarter in which the article was written, of which only an outlook can be given."""
    return read.expression.moment.unit == "quarter" and is_to_come(reading, read)


def _fieldwork(reading: Reading, parts: list[tuple[Sentence, list[int]]]) -> Read | None:
    """The days on which people were asked: "We surveyed 5,023 adults from June 9 to 15, 2025"."""
    for found in islice(_ASKED.finditer(reading.folded), _ASKINGS):
        at = bisect_right(parts, found.start(), key=lambda part: part[0].start) - 1
        if at < 0 or not any_within(reading.found, parts[at][0].start, parts[at][0].end):
            continue
        for read in read_sentence(reading, parts[at][0], []):
            if read.span and read.expression.moment.unit == "day" and read.expression.kind == "range":
                return read
    return None


def _is_long_past(reading: Reading, read: Read) -> bool:
    """Whether a period was over years before the article: "at the first one, in 2017, we spoke of"."""
    return reading.written is not None and _end(read).year < reading.written.year - _RECENT


def edition_of(reading: Reading, catalogue: Catalogue) -> Read | None:
    """The time of the numbered report that an article without a time of its own names."""
    for editions in catalogue.report_editions:
        found = editions.find(reading.article.text)
        span = resolve(found.moment, reading.written) if found is not None else None
        if found is not None and span is not None and (reading.written is None or span[1] <= reading.written):
            return Read(found, "period", span)
    return None


#: What leads to a time that came before what is expected; characters that it takes.
_HAVING_HAD = re.compile(r"\b(?:after|following) (?:an?|its) (?:[a-z-]{1,12} ){0,2}$")
_HAD = 40


def _is_firmly_ahead(reading: Reading, sentence: Sentence, e: PeriodExpression) -> bool:
    """Whether a sentence tells of what is to come; "an estimated 5.5 billion are online in 2024" does not.

    Nor is a time of what is told before another thing is done: "third-quarter profit rose, and it lifted its outlook",
    nor one that was over by then: "expects tight supply after a third quarter in which it sold".
    """
    k = bisect_left(reading.firm, sentence.start)
    if k == len(reading.firm) or reading.firm[k] >= sentence.end:
        return False
    at = reading.firm[k]
    if sentence.language == "en" and _HAVING_HAD.search(reading.folded, max(sentence.start, e.start - _HAD), e.start):
        return False
    is_next = e.end < at < e.end + _BEFORE and _REVISES.search(reading.folded, e.end, at) is not None
    return not (is_next and sentence.language == "en" and e.moment.unit in ("quarter", "half", "month", "year"))


def _over(reading: Reading, reads: list[Read]) -> Read | None:
    """The latest of periods that were over when the article was written: a year still running has no figures."""
    over = [r for r in reads if reading.written is None or _end(r) <= reading.written]
    return max(over, key=_end, default=None)


def _begin(read: Read) -> date:
    return read.span[0] if read.span else date.max


def _end(read: Read) -> date:
    return read.span[1] if read.span else date.min
