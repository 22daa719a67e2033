"""The part each expression of time plays in its sentence: a period, a base of comparison, a day, the name of a report.

What lives here: `Read`, one expression with its part and its days, and `read_sentence`, which finds it. What does not:
which figure takes which period (see `periods`), and what a growth is measured against (see `growth_bases`).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pipelines.catalogue.calendar import (
    Moment,
    Span,
    edged,
    fiscal_span,
    is_season,
    is_year,
    month_end,
    resolve,
    shift_months,
)
from pipelines.catalogue.periods import COMPARED, PeriodExpression, Periods, within
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.event_days import EventDays
from pipelines.stages.observations.goals import Goals
from pipelines.stages.observations.quarters import is_reported, just_over
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

RELATIVE_KINDS = ("growth", "change", "ratio")
_BREAK = re.compile(
    r"(?:[;:!?,\u2014]|(?<!\w\.\w)\.)\s|[\uff1b\uff1a\u3002\uff01\uff1f\uff0c\u3001]|(?<=[\u4e00-\u9fff]),|,(?=[\u4e00-\u9fff])"
    r"|\s(?:and|while|but|whereas|as|which|with)\s(?=(?:\w+\s){0,2}$)"
)
#: What is done next: "of $32 billion and raised its guidance for 2025".
_NEXT_DONE = re.compile(
    r"\sand\s(?:also\s)?(?:[a-z]{2,12}ed|kept|cut|set|gave|has|had|expects|plans|sees|aims|raises|cuts|lifts|keeps|will|said|says)\s"
)
_ZH_MARK = re.compile(r"[,;:.\s\uff0c\uff1b\uff1a\u3002\u3001]")  # a space parts the clauses of a headline
_MARK = re.compile(r"[,;:.\uff0c\uff1b\uff1a\u3002\u3001]")
_BASE_BEFORE = re.compile(
    r"(?:\bfrom|\bagainst|compared (?:with|to)|\bversus|\bvs\.?|(?:higher|lower|better|greater|faster|slower) than|"
    r"\bup on|\bdown on|, after|\b(?:beating|topping|surpassing|eclipsing)|"
    r"(?:%|percent|per cent) (?:more|less|fewer|above|below)(?: than)?|\btimes|"
    r"\b(?:double|twice|triple|treble|half|short of|shy of)(?= the\s))"
    r"\s(?:(?:about|some|around|a|an|the|just|over|nearly|more than|record|previous|earlier|high|peak|low|all-time"
    r"|mere|only|barely|roughly|almost|approximately|under|revised|downwardly revised|upwardly revised)\s"
    r"|\(){0,4}"
    r"(?:(?:[a-z-]{2,14}\s){0,2}(?:loss|profit|income|earnings|deficit|surplus|gain|revenue|sales|total|growth|rise|increase|fall|drop|decline|expansion|contraction|pace|rate"
    r"|peak|high|low|record)\sof\s"
    r"(?:(?:about|some|around|just|over|nearly|more than)\s)?)?$"
)
_ZH_BASE_BEFORE = re.compile(r"(?:从|由|对比|低于|高于)\s?$")
_BASE_ENDS = frozenset(" \n(从由比于")  # the last sign before such a figure, and the last word: a quick refusal
_BASE_WORDS = {
    "from", "against", "with", "to", "versus", "vs", "vs.", "than", "on", "about", "some", "around", "a", "the", "just",
    "over", "nearly", "(", "from(", "against(", "after", "record", "previous", "earlier", "high", "peak",
    "low", "mere", "only", "barely", "roughly", "almost", "approximately", "under", "revised", "more", "less", "fewer",
    "above", "below", "times", "an", "of",
}  # fmt: skip
_SOURCE = re.compile(  # where something comes from, no lower figure: "heard from 830 owners", "data from 40 countries"
    r"\b(?:heard|hear|hears|data|responses|answers|replies|information|submissions|entries|collected|gathered|drawn"
    r"|compiled|sourced|polled|visitors|exhibitors|delegates|bids|orders|figures|results|reports|samples|came|come)$"
)
_VERB = re.compile(
    r"\s(?:\w+\s){0,3}(?:had|has|have|was|were)\b"
)  # "after 874,000 had been built": what happened first
_OPENS = (":", "\uff1a")
_EXTREME = re.compile(  # "the highest since 2020", 为2020年以来最高
    r"\b(?:\w+est|first|time|most|least|record|peak|low|high|worst|best)\b[^,;.]{0,24}\bsince\s(?:the\s)?(?:\w+\s){0,3}$"
)
_ZH_EXTREME = re.compile(r"[的来來]?(?:同期|历史|歷史)?(?:最|新高|新低|首次|首度|之最)")
_RECORDS = re.compile(r"\bsince (?:\w+ )?(?:records?|data|measurements?|counts?|series|figures) (?:\w+ ){1,3}(?:in )?$")
_ZH_RECORDS = re.compile(r"(?:有|开始|開始|建立|公布|发布|開展|开展)[^,\uff0c\u3002]{0,6}?以[来來]")
_AFTER_MOVE = re.compile(
    r"\b(?:after|following) (?:(?:having )?(?:\w+ing|shrunk|fallen|grown|risen|dropped|gained|lost|an? \w+(?: of)?)"
    r" (?:by )?|(?:a|an) )(?:about |some |nearly )?$"
)
_BEGAN = re.compile(  # how a clause with "since" ends: "Since the project started in February 2022"
    r"\b(?:started|began|begun|launched|opened|effect|force|kicked off|debuted|service|live|founded|set up|established"
    r"|introduced|joined|took over|office|listed|launch|inception|debut|introduction|opening|founding|creation|start"
    r"|birth|listing|foundation|flotation)(?:\sof\s[^,;.\d]{2,40})?\s$"
)
_DUE = frozenset(("due", "maturing", "mature", "matures", "expiring", "in", "on", "until", "to"))
_MATURES = re.compile(
    r"\b(?:bonds?|notes?|debentures?|gilts?|bunds?|treasur(?:y|ies)|loans?|debt|paper|securities|facility)"
    r" (?:(?:that|which) )?(?:(?:is|are|fall|falls) )?(?:due|maturing|matures?|expiring)(?: in| on)? $"
)
#: "Since software took over from inspectors last year, the share has fallen": a clause without a mark or a figure.
_SINCE_CLAUSE = re.compile(r"since [^,;:.\d]*")
_LAST = "last "
_CLAUSE_LONG = 120  # characters of a clause with "since", at most
_FIRST_EVER = re.compile(r"\s(?:above|over|ever|to exceed|to top)\b|(?<=first quarter)\sin which\b")
_ANY_WORDS = ("any", "every", "each", "typical")
_ANY = re.compile(r"\b(?:any|every|each|typical)\s$")
_LONG_WORD = 16  # characters
#: The last words of what some of the patterns of the words before a time match.
_SET_ENDS = frozenset(("set", "reached", "hit", "seen", "posted", "recorded", "back", "in"))
_BASED_ENDS = frozenset(("of", "from", "for"))
_OF_THE_AGE = re.compile(
    r"\b(?:the|a|an) (?:\w+ )?(?!(?:end|rest|remainder|start|middle|course|close"
    r"|beginning|turn|half|part|years?|quarter)\b)"
    r"[a-z]+ of (?:the|this) decade$"
)
_PRICES_ENDS = frozenset(("of", "from", "in", "the"))
_ISSUED_ENDS = frozenset((
    "of", "from", "in", "dated", "issued", "published", "released", "presented", "unveiled", "out", "here", "on", "by",
    "earlier",
))  # fmt: skip
_NTH = re.compile(
    r"\b(?:the|its|their|a|an)\s(?:first|second|third|fourth|fifth|sixth|seventh|eighth|\d{1,2}th)"
    r"\s(?!(?:year|month|quarter|week|day|time|half)\b)(?:(?!and\b|or\b)[a-z]+\s){1,2}(?:of\s)?$"
)
_ZH_PART_OF = re.compile(r"(?:恢复|恢復|回升|回復|回复|相当于|相當於|仅为|僅為|约为|約為|只有)(?:至|到|了)?\s?$")
_ZH_PER = re.compile(r"的[^,\uff0c\u3002;\uff1b]{0,6}")
_ZH_FROM = ("从", "從", "由")
_ZH_REVISED = re.compile(r"[修调調][正订訂整][后後]?的")
_ZH_TIMES = re.compile(r"(?:是|为|為|相当于|相當於|达|達|增至|[增扩擴升][加大长長]?[至到])\s?[“「『]?$")
_EXISTING = re.compile(
    r"(?:现有|現有|目前|现在|現在|当前|當前|如今)的?(?:近|约|約)?$|\b(?:the current|the existing|today's)\s$"
)
_EXISTING_ENDS = (*"有前在今的近约約", "current", "existing", "today's")
_ENDS_CLAUSE = (", say", ", said", ", according")
_JOINS = (", and ", ", or ", ", but ", ", while ")
_MARKS = frozenset(",;.\n")
_REACH = 400  # characters in which a word of goal or expectation counts
_NEXT_TO = re.compile(r"(?:['\u2019]s|的|为|達|达)?\s?(?:(?!and\b|but\b|to\b)[\w-]+\s){0,3}(?:of\s|at\s)?")
_ISSUED = re.compile(
    r"\b(?:report|paper|study|survey|bulletin|outlook|update|release|statement|filing|note|edition)s?\s"
    r"(?:(?:of|from|in|dated|issued|published|released|presented|unveiled|out|here|on|by|earlier)\s){1,3}$"
)
_PRICES = re.compile(
    r"(?:['\u2019]s)?\s?(?:(?:constant|comparable|fixed|current)\s){0,2}prices\b|年?(?:不[变變])?[价價](?:格)?(?:计算|計算|计|計)|年?不[变變][价價]"
)
_PRICES_OF = re.compile(r"\bprices (?:of|from|in) (?:the )?$")
_WHAT_WORDS = (  # one of them stands wherever `_WHAT` is met
    "what", "times", "than", "same", "half", "twice", "double", "triple", "treble", "third", "quarter", "%", "cent",
    "above the", "above its", "above their", "above our", "below the", "below its", "below their", "below our",
    "over the", "over its", "under the", "under its", "past the", "past its", "beat", "topp", "tops", "exceed",
    "surpass", "short of",
    "shy of", "up on", "down on", "as much", "as many", "as high", "as large", "as big", "as often", "as fast",
    "as long", "as low",
)  # fmt: skip
_LEVELS = (
    "(?:records?|peaks?|highs?|lows?|levels?|totals?|averages?|figures?|marks?|tally|tallies|bests?|volumes?|counts?"
    "|amounts?|rates?|shares?)"
)
_WHAT = re.compile(
    r"\btimes (?:the|that|its)\b[^,;\d]{0,60}$"
    r"|(?:\btimes|\bdouble|\btwice|\btriple|\bthan|\bas (?:much|many) as|\bof) what\b[^,;]{0,60}$"
    r"|\bthan (?:when|at the time|before)\b[^,;]{0,60}$"
    r"|\bthan (?:that|those|the ones?) (?:(?:made|published|issued|given|released|reported|seen) )?"
    r"(?:of|in|for|from) (?:the )?$"
    r"|\b(?:(?:twice|double|triple|treble|times) (?:the|its|their) (?:[a-z-]+ ){1,3}(?:of|in|for|from)"
    r"|(?:half|thirds?|quarters?|%|percent|per cent)(?: of)? (?:the|its|their)"
    r" (?:level|figure|volume|peak|rate|number|value)"
    r" (?:of|(?:seen|recorded|reported|set|reached) in)) (?:the )?$"
    rf"|\b(?:above|below|over|under|past|beat|beats|beating|tops|topped|topping|exceeds|exceeded|exceeding|surpass(?:ed|ing|es)"
    rf"|short of|than|shy of|up on|down on) (?:the|its|their|our|an?) (?:[a-z-]+ ){{0,3}}{_LEVELS}"
    rf" (?:(?:set|seen|reached|recorded|hit|posted) )?(?:of|in|from|for|back in) (?:the )?$"
    r"|\bthan (?:in|for|during) (?:the )?(?:whole|all|full|entire)(?: of| year)?(?: the)? $"
    r"|\bthe same (?:[\w-]+ ){0,3}as (?:in |during |for |at )?(?:the )?$"
    r"|\bas (?:much|many|high|large|big|often|fast|long|low) (?:again )?as (?:it was |they were )?(?:in )?$"
)
_BASED_ON = (
    re.compile(  # "227 million more based on revised estimates for 2023": of what the figure before is set against
        r"\b(?:based|measured|calculated) (?:on|against|from) (?:the )?(?:[a-z-]+ ){0,2}"
        r"(?:estimates?|figures?|data|numbers?|totals?|levels?) (?:for|of|from) $"
    )
)
_THAT = re.compile(r"(?:in )?that year\b|那一?年")  # the year named last, a base or not
_ASIDE_ENDS = re.compile(r"(?:\s(?:of|per)\s[^,;.]{2,40})?,\s")
_EACH_YEAR = re.compile(r"\s(?:(?:a|per|each|every) year|annually|yearly|on average)\b")
_MOST = re.compile(
    r"\b(?:highest|lowest|largest|smallest|strongest|weakest|busiest|peak(?:ed|ing)?|bottomed|most|least)\b[^,;.]{0,12}$"
)
_FOUNDED = Guarded(  # when somebody began says nothing of what is told of it
    r"\b(?:founded|established|incorporated|headquartered|formed|born)(?:\s(?:back|only|by [\w ]{2,20}))?,?\s?$"
    r"|(?:成立|創立|创立|创办|創辦|始建|诞生|誕生|组建|組建)(?:于|於)?$",
    (
        "founded", "established", "incorporated", "headquartered", "formed", "born",
        "成立", "創立", "创立", "创办", "創辦", "始建", "诞生", "誕生", "组建", "組建",
    ),
)  # fmt: skip
_AGAIN = re.compile(
    r",?\s(?:or|i\.e\.),?\s(?:(?:a\s)?(?:[a-z-]+\s)?(?:loss|profit|income|earnings|gain)\sof\s)?"
    r"(?:about\s|some\s|around\s|nearly\s|roughly\s|approximately\s)?"
)
_RECORD_SET = re.compile(  # what a figure falls short of, or beats
    r"\b(?:record|high|low|peak|mark|best|worst)(?:,\s[^,;.]{2,24},|\sof\s[^,;.]{2,24},?|,)?\s"
    r"(?:that was\s|it\s)?(?:set|reached|hit|seen|posted|recorded)\s"
    r"(?:back\s)?(?:in\s)?$"
)
_MULTIPLE_OF = re.compile(r"\b(?:twice|double|triple|half|times|fold) (?:the |its |their )?$")  # "twice the 2025 level"
_LEVEL_OF = re.compile(r" (?:level|figure|total|mark|value|number|amount|average|peak|rate|tally|sum|count)s?\b")
_PAID_OUT = re.compile(  # when what was declared is handed out: "a dividend of 20 cents per share, payable on March 27"
    r",\s(?:to be\s|which (?:is|will be)\s)?(?:paid|payable|due|distributed)\s(?:to [^,;.\d]{2,40}\s)?(?:on\s|in\s)?$"
)
_TASK_NEXT = re.compile(
    r"(?:的|度)?(?:任务|任務|目标|目標|计划|計劃|预算|預算|指标|指標)(?:数|總額|总额)?的"
    r"|(?:'s)?\s(?:[\w-]+\s)?(?:target|budget|quota|goal|plan)\b"
)
_BESIDE_TASK = 16  # characters between a year's goal and its own figure: "the 2022 goal of about 5.5%"
_PAID = re.compile(r"\b(?:paid|payable|due|distributed)\s$")
_ZH_CLAUSE = re.compile(r"[,\uff0c]")
_CLOSE = Guarded(
    r"\b(?:closed|closing|shares|traded|trading|settled|opened|session)\b|股[价價市]|收[报報盘盤市于於跌涨漲升]|[报報]收|[开開]盘|[开開]盤|成交|终场|終場|盘中|盤中",
    (
        "closed", "closing", "shares", "traded", "trading", "settled", "opened", "session", *"股收盘盤", "成交", "终场",
        "終場",
    ),
)  # fmt: skip
_OF_WHEN = re.compile(r"\s(?:for|of|on)\s(?:the\s|all\sof\s)?")
_FORESEEN = re.compile(  # when a figure was expected, not for when: "the 85 billion indicated in July"
    r"(?:\bhad (?:\w+ )?(?:hoped|expected|forecast|predicted|projected|foreseen|promised|planned)(?: for)?"
    r"|\b(?:indicated|given|guided|predicted|forecast|projected|announced|expected|estimated"
    r"|communicated|flagged)"
    r"|\b(?:guidance|outlook|forecasts?|range|estimates?|projections?|targets?|expectations?|midpoint|mid-point)"
    r" (?:that |which )?(?:[\w-]+ ){1,3}(?:gave|issued|offered|provided|set|published|released|made|laid out|outlined"
    r"|unveiled|communicated|shared|flagged)) (?:back )?(in )?$"
)
_FORESEEN_WORDS = 72  # characters of such words
_ZH_SAYS = re.compile(r"公布|公佈|发布|發布|宣布|披露|通报|表示|介绍|介紹")
_SAID = (
    "said", "says", "stated", "spoken", "told", "announced", "reported", "released", "published", "unveiled",
    "disclosed", "revealed", "warned", "issued", "noted", "indicated", "signalled", "signaled", "flagged",
)  # fmt: skip
_SAYS = Guarded(rf"\b(?:{'|'.join(_SAID)})\b", _SAID)


@dataclass(slots=True)
class Read:
    """One expression in its sentence, with the days it stands for and the part it plays."""

    expression: PeriodExpression
    role: str  # period, versus, day, name, none
    span: Span | None
    owner: int | None = None  # index of the quantity it trails


@dataclass(slots=True)
class Reading:
    """What holds while one article is read, sentence after sentence."""

    article: Article
    folded: str
    found: list[PeriodExpression]
    growth: list[PeriodExpression]  # words that name the base of a growth
    ahead: list[int]  # where words of goal and expectation stand
    written: date | None
    is_exact: bool  # whether `written` is the very day
    fiscal_rule: str | None
    periods: Periods
    goals: Goals
    season_rule: str | None = None  # the end of the years "2027/28" of a market's auctions
    firm: list[int] = field(default_factory=list)  # those of them that are not weak
    is_fiscal: bool = False  # whether quarters are those of the fiscal year, though nothing says so
    paragraph: int = -1
    block: str = ""  # of the paragraph before
    carried: Read | None = None  # the period in force in this paragraph
    is_outlook: bool = False  # whether the sentence that brought it told what is to come
    outlook: Read | None = None  # the time to come that the paragraph told of last, beside the one in force
    held: Read | None = None  # the one in force before the text turned to what is to come
    leading: Read | None = None  # the one in force where a list begins
    told: Span | None = None  # the year that was named last, whatever for
    latest: Read | None = None  # the period that was named last
    versus: str | None = None  # the base of the paragraph's last growth
    #: How far back the growths of a period were measured; None where one was measured otherwise than another.
    steps: dict[Span, str | None] = field(default_factory=dict)
    report: Read | None = None  # the report with a year in its title that was named last
    known: dict[tuple[int, Span | None, str, str | None], Any] = field(default_factory=dict)  # a sentence's answers
    focus: Read | None = None
    event: Read | None = None  # the day of the event that the article reports from
    events: EventDays | None = None
    session: Read | None = None  # the day of the market's session that the article tells of
    market: Any = None  # the words of sessions, of `sessions`
    is_wrap: bool = False  # whether the article tells of a session in its lead


def _begin(e: PeriodExpression) -> int:
    """Where an expression begins with the words that lead it in."""
    return e.lead_start if 0 <= e.lead_start < e.start else e.start


def is_future(reading: Reading, start: int, end: int) -> bool:
    """Whether a word of goal or expectation stands in the span."""
    ahead = reading.ahead
    k = bisect_left(ahead, start)
    return k < len(ahead) and ahead[k] < end


def days_of(reading: Reading, e: PeriodExpression, current: Span | None, ahead: bool) -> Span | None:
    """The days of an expression; fiscal ones by the calendar of the article's company, None where that is not known."""
    moment = e.moment
    if not reading.is_exact and moment.anchor == "article" and moment.unit in ("day", "weekday", "week"):
        return None
    is_part = moment.unit in ("quarter", "half") or (moment.unit == "months" and moment.first == 1)
    if reading.is_fiscal and moment.anchor == "missing" and is_part:
        is_named = _MONTH_NAME.match(reading.folded, e.start) or reading.folded.find("calendar", e.start, e.end) >= 0
        moment = replace(moment, is_fiscal=not is_named)
    if (
        reading.season_rule
        and moment.is_fiscal
        and moment.anchor == "absolute"
        and reading.folded.find("/", e.start, e.end) > 0
    ):
        return edged(fiscal_span(moment, reading.season_rule), moment)  # "the auction for 2027/28"
    if reading.fiscal_rule and reading.written and moment.anchor == "article" and not moment.until:
        if moment.unit == "quarter" and reading.is_fiscal:
            return edged(fiscal_quarter(reading.written, moment.year, reading.fiscal_rule), moment)
        if moment.unit == "year" and moment.is_fiscal:
            running = _fiscal_year(reading.written, reading.fiscal_rule)
            return edged(fiscal_span(_in(_YEAR, running + moment.year), reading.fiscal_rule), moment)
    is_of_year = moment.unit == "whole" and moment.anchor == "current" and (moment.is_fiscal or reading.is_fiscal)
    if is_of_year and not moment.edge and not moment.year and current and reading.fiscal_rule:
        years = (fiscal_span(Moment("absolute", "year", current[1].year + k), reading.fiscal_rule) for k in (0, 1))
        return next((span for span in years if span[0] <= current[1] <= span[1]), None)
    if moment.is_fiscal and moment.unit in ("year", "quarter", "half", "months") and not moment.until:
        if reading.fiscal_rule:
            if moment.anchor == "absolute":
                return edged(fiscal_span(moment, reading.fiscal_rule), moment)
            if moment.anchor == "missing" and reading.written:
                spans = [fiscal_span(_in(moment, reading.written.year + k), reading.fiscal_rule) for k in (1, 0, -1)]
                span = next((s for s in spans if (s[0] if ahead else s[1]) <= reading.written), spans[-1])
                return edged(span, moment)
        elif moment.unit != "year":
            return None  # a fiscal quarter of an unknown calendar has no days
    is_years_end = moment.unit == "end" and moment.anchor == "missing" and moment.first == _DECEMBER and not ahead
    told = reading.focus.span if reading.focus else None
    is_told = current is not None and is_year(current) and not (told and told[1] > current[1])
    if is_years_end and current and is_told and reading.written and current[1] < reading.written:
        return current[1], current[1]  # "2024 was a record year. At year-end net debt was"
    days = resolve(moment, reading.written, current, ahead)
    is_same = moment.anchor == "current" and not (moment.year or moment.edge)
    if days and is_same and moment.unit in ("year", "half") and told and days[0] == days[1] == told[1]:
        return told  # "At the end of the period it had 812 million users, 14 million added over the period"
    if days and is_same and moment.unit == "quarter":
        return _last_quarter(days, told)
    is_whole = moment.unit == "whole" and moment.anchor == "current"
    if days and is_whole and not ahead and _is_just_begun(days, reading.written):
        return shift_months(days, -12)  # 全年营收382亿元, told in March
    return days


_DECEMBER = 12


def _fiscal_year(day: date, rule: str) -> int:
    """The name of the fiscal year in which a day lies."""
    return next(year for year in range(day.year - 1, day.year + 3) if fiscal_span(_in(_YEAR, year), rule)[1] >= day)


def fiscal_quarter(day: date, shift: int, rule: str) -> Span:
    """The fiscal quarter in which a day lies, or one so many before or after it."""
    year = _fiscal_year(day, rule)
    quarters = [
        fiscal_span(_in(Moment("missing", "quarter", 0, first, first + 2), year + k), rule)
        for k in (-1, 0, 1)
        for first in (1, 4, 7, 10)
    ]
    running = next(k for k, span in enumerate(quarters) if span[1] >= day)
    return quarters[min(max(running + shift, 0), len(quarters) - 1)]


_YEAR = Moment("missing", "year")
_MONTH_NAME = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


def _last_quarter(span: Span, told: Span | None) -> Span:
    """The quarter that "for the quarter" means where a half, a year or its last day is told of: the one with which that
    ended.
    """
    if span[0] == span[1]:
        if told is not None and told[0] < told[1] == span[1]:
            span = told
        elif span[1].month % 3 == 0 and span[1] == month_end(span[1].year, span[1].month):
            return shift_months(span, -3)[1] + timedelta(1), span[1]
    days = (span[1] - span[0]).days + 1
    if days <= _QUARTER_DAYS:
        return span
    before = shift_months((span[0], span[1]), -3)[1]
    return (span[1] - timedelta(90) if span[0].day > 1 and days % 91 == 0 else before + timedelta(1)), span[1]


_QUARTER_DAYS = 100


def _is_just_begun(year: Span, written: date | None) -> bool:
    """Whether a year runs in whose first months figures of a whole year are those of the year before."""
    return written is not None and year[0] <= written < year[1] and is_season(written)


def _in(moment: Moment, year: int) -> Moment:
    return Moment("absolute", moment.unit, year, moment.first, moment.last, is_fiscal=True)


def read_sentence(reading: Reading, sentence: Sentence, here: list[Quantity]) -> list[Read]:
    """The expressions of a sentence with their parts and days, in order."""
    found = within(reading.found, sentence.start, sentence.end)
    if not found:
        return []
    text = reading.folded
    current = reading.carried.span if reading.carried else reading.focus.span if reading.focus else None
    focus = reading.focus.span if reading.focus else None
    reads: list[Read] = []
    for e in found:
        word = _word_before(text, e.start)
        before = _outside_brackets(text, e, here, _last_before(here, e.start))
        is_said_twice = (
            before is not None
            and says_again(text, here, before)
            and bool(_ASIDE_ENDS.fullmatch(text, here[before].end, _begin(e)))
        )
        if is_said_twice and before:
            before -= 1  # "from $771 million, or 47 cents, a year earlier"
        trails = is_said_twice or (
            before is not None
            and not _opens_next(text, e, here)
            and (_same_clause(text, here[before].end, e.start, sentence) or _is_aside(text, here[before].end, e))
        )
        if before is not None and _is_on_year(text, e, here[before], current):
            e = replace(e, moment=Moment("current", "year", -1), lead="than")
        if before is not None and _is_overtaken(e, here[before], text) and any(r.role == "period" for r in reads):
            e = replace(e, lead="than")
        if e.lead not in COMPARED and _is_since(text, e, sentence):
            e = replace(e, lead="since")
        if (e.is_name and trails and before is not None) and (
            e.start - here[before].end <= 2 or is_base_figure(text, here, before)
        ):
            role = "period"  # "down from 69 percent in the 2021 edition"
        elif e.is_name:
            role = "name"
        elif word in _SET_ENDS and _RECORD_SET.search(text, max(sentence.start, e.start - 40), e.start):
            role = "versus"
        elif _PRICES.match(text, e.end) or (
            word in _PRICES_ENDS and e.kind == "year" and _PRICES_OF.search(text, max(0, e.start - 20), e.start)
        ):
            role = "none"
        elif reads and text[reads[-1].expression.end : _begin(e)] in (" (", "(", "\uff08"):
            role = "none" if reads[-1].role == "period" else reads[-1].role  # the same, said in other words
        elif (
            e.kind in ("month", "relative")
            and word in _ISSUED_ENDS
            and _ISSUED.search(text, max(0, e.start - 44), e.start)
        ):
            role = "speech"  # "in its report of April": when it was told
        elif _is_what(text[max(sentence.start, e.start - 80) : e.start].removesuffix(_LAST)):
            role = "versus" if _stated_base(text, e, here) is None else "period"
        elif (
            word in _BASED_ENDS
            and before is not None
            and here[before].kind in ("growth", "change")
            and _BASED_ON.search(text, max(sentence.start, e.start - 60), e.start)
        ):
            role = "versus"
        elif e.kind == "decade" and _OF_THE_AGE.search(text, max(sentence.start, e.start - 40), e.end):
            role = "none"  # "Atlanta, the surprise of the decade, tripled its stock"
        elif (
            e.moment.unit in ("whole", "year")
            and (task := _TASK_NEXT.match(text, e.end))
            and not (text[e.start] < "\x80" and any(0 <= q.left - task.end() < _BESIDE_TASK for q in here))
            and any(r.role == "period" for r in reads)
        ):
            role = "none"  # 今年前10个月...完成全年任务的106%: how much of the year's task
        elif e.kind == "now" and (_is_of_level(text, e) or _is_multiplied(e, here, text)):
            role = "versus"  # "twice today's level", 增至目前的四倍
        elif e.kind == "now" and _counts_from(text, e) and _beside(text, e, here) is not None:
            role = "period"  # 从目前的1.8亿吨增至3亿吨: of that figure alone
        elif e.kind in ("weekday", "now") or (e.kind == "date" and e.lead not in ("point", "from", "than")):
            is_payday = (
                e.kind == "date"
                and not _PAID_OUT.search(text, max(0, e.start - 60), e.start)
                and (_is_payday(reading, e, sentence) or (trails and _is_stated(text, e, here, before, sentence)))
            )
            is_told = is_payday or _is_traded(text, e, here, sentence) or _is_of_day(reading, e, here, sentence)
            role = "period" if is_told else "day"
        elif e.kind in ("month", "relative") and _ZH_ISSUED.match(text, e.end):
            role = "none"
        elif e.kind == "month" and _counts_from(text, e) and _ZH_MOVED.match(text, e.end):
            role = "none"  # 预期由4月份的4.0%上调至4.8%: when that was given
        elif word in _DUE and _MATURES.search(text, max(sentence.start, e.start - 50), e.start):
            role = "none"  # "its bonds due in 2035"
        elif (reads or reading.carried or reading.focus) and _is_cause(text, e, sentence):
            role = "none"  # 受第一季出货延迟影响,营收减1.7%
        elif _is_of_records(text, e) or _FOUNDED.search(text, max(sentence.start, e.start - 34), _begin(e)):
            role = "none"
        elif e.kind == "quarter" and _FIRST_EVER.match(text, e.end):
            role = "none"  # "its first quarter above $100 billion"
        elif word.endswith(_ANY_WORDS) and _ANY.search(text, max(0, e.start - 10), e.start):
            role = "none"  # "the most of any January"
        elif word and e.kind in ("relative", "year") and _NTH.search(text, max(sentence.start, e.start - 40), e.start):
            role = "none"  # "the fourth cut this year"
        elif text.startswith("within ", e.start) and not _is_within_years(reading, e, sentence):
            role = "none"
        elif e.lead == "since":
            role = _since_role(e, here, before, trails, text)
        elif e.kind != "ended" and e.lead not in ("point", *COMPARED) and _dates_speech(text, e, here, sentence):
            role = "speech"
        elif (_is_of_level(text, e) and _stated_base(text, e, here) is None) or _is_multiplied(e, here, text):
            role = "versus"
        elif e.kind == "base":
            role = _base_role(e, here, before, trails, text)
        elif e.lead == "than" or (e.lead == "from" and e.kind not in ("range", "months")):
            role = _than_role(e, here, before, trails, text)
        else:
            role = "period"
        later = _told_when(text, e, here)
        if later is not None and e.lead in COMPARED and e.kind != "range":  # "since 2019, when it was 53%"
            reads.append(Read(e, "period", days_of(reading, e, current, False), later))
            continue
        if before is not None and word in _SET_ENDS and _is_of_record(text, e, here[before], sentence):
            reads.append(Read(replace(e, lead="than"), "period", days_of(reading, e, current, False), before))
            continue
        is_over = role in ("day", "speech") or text.endswith(_LAST, 0, e.start)  # "the forecast of last October"
        future = not is_over and _looks_ahead(reading, e, here, sentence)
        future = future or (
            e.kind == "ended" and text.find(" ends ", e.start, e.end) >= 0
        )  # "the year that ends in March"
        is_due = text.endswith(_DUE_ON, 0, e.start)
        if is_due and role == "period" and _DONE_WITH_IT.match(text, e.end):
            role = "none"  # "38% of the space due in the second half has been let"
        future = future or is_due or text.startswith(_YEAR_OUT, e.start)
        if _is_fiscal_like(reading, e, reads):
            e = replace(
                e, moment=replace(e.moment, is_fiscal=True)
            )  # "$50 billion in fiscal 2026, up from 21 last year"
        if role == "period" and e.moment.unit == "whole" and e.moment.year < 0:  # 上年末: the year before the article's
            e = replace(e, moment=replace(e.moment, anchor="article"))
        is_by_calendar = not (e.moment.is_fiscal or (reading.is_fiscal and e.moment.unit in ("quarter", "half")))
        if role == "versus" and current and e.moment.anchor == "missing" and is_by_calendar:
            span = resolve(e.moment, current[1], current)  # "up 22% on the second quarter": the one before
        elif (earlier := _previous_month(reading, e, reads[-1].span if reads else current)) is not None:
            span = earlier
        elif e.moment.anchor == "current" and e.moment.unit == "day":
            span = _that_day(reading, reads)
        elif (before_it := _month_before(reading, e, reads)) is not None:
            span = before_it
        elif reading.told and _THAT.match(text, e.start):
            span = reading.told
        elif (run := _run_up_to(text, e, reads)) is not None:
            span = run
        elif (told_then := _counted_from(reading, e, reads)) is not None:
            span = told_then
        elif current and not future and _WITHIN_YEAR.match(text, e.start) and _is_year_over(current, reading.written):
            span = current
        elif _is_focus(reading, e) or (not future and is_reported(text, e, focus, reading.written)):
            span = reading.focus.span if reading.focus else None
        elif (extreme := _of_focus_year(reading, e, sentence)) is not None:
            span = extreme
        elif future and (over := just_over(text, e, current, reading.written)) is not None:
            span = over
        elif (following := _next_quarter(reading, e)) is not None:
            span = following
        elif (
            looks_back(e) and not text.endswith(" ago", 0, e.end) and (last := _told_before(text, reads, here, before))
        ):
            span = days_of(reading, e, last, future)
        else:
            is_up_to = (is_closing(e) or e.moment.unit == "run") and not future
            closed = focus if is_up_to and focus and _is_ahead(reading, current) else current
            span = days_of(reading, e, closed, future)
        if role == "period" and e.lead == "since":
            written = reading.written
            told = reading.focus.span[1] if reading.focus and reading.focus.span else None
            is_yearly = any(_is_yearly(text, q) or q.versus == "year_average" for q in here)
            if told and written and told < written and (is_yearly or _is_just_over(sentence, told, span, written)):
                written = told  # "since 2017 it has grown by 12% a year": up to the year that is told of
            span = (span[0], written) if span and written and span[0] < written else None
        main = reading.carried or reading.focus
        up_to = main.span[1] if main and main.span and text.startswith("since ", e.start) else None
        if e.kind == "range" and role == "period" and up_to and reading.written and span:
            is_over = up_to < span[1] and _is_just_over(sentence, up_to, span, reading.written)
            span = (
                (span[0], up_to) if is_over else span
            )  # "had 2.8 billion at the end of June, 170 million added since"
        owner = before if trails and role in ("period", "day") else None
        is_now = e.kind == "now" and role == "period" and _counts_from(text, e)
        if role == "period" and (e.lead in ("than", "from") or is_now or _stated_base(text, e, here) is not None):
            beside = _beside(text, e, here)
            owner = owner if beside is None else beside
        read = Read(e, role, span, owner)
        reads.append(read)
        if role == "period" and span and not looks_back(e) and not is_base_figure(text, here, read.owner):
            current = span
        if e.moment.unit == "year" and e.moment.anchor in ("absolute", "article") and span and not e.moment.until:
            year = span[1].year
            reading.told = date(year, 1, 1), date(year, 12, 31)
    return reads


def _is_fiscal_like(reading: Reading, e: PeriodExpression, reads: list[Read]) -> bool:
    """Whether "last year" is the fiscal year before the one that its sentence has named."""
    is_last = e.moment.anchor == "article" and e.moment.unit == "year" and e.moment.year == -1 and not e.moment.until
    if not (is_last and reading.fiscal_rule) or e.moment.is_fiscal:
        return False
    return any(r.expression.moment.is_fiscal and r.expression.moment.unit == "year" for r in reads)


def _is_just_over(sentence: Sentence, told: date, span: Span | None, written: date) -> bool:
    """Whether what is counted since a day is counted up to the end of the time that is told of, which is just over."""
    return sentence.language == "en" and span is not None and span[0] < told and (written - told).days <= _JUST_OVER


_JUST_OVER = 62  # days


_DUE_ON = (
    "payable on ", "payable in cash on ", "due in ", "due in the ", "due for completion in ", "due for delivery in ",
    "due for completion in the ", "due for delivery in the ", "due for completion by ", "due on ", "scheduled for ",
    "slated for ", "due for delivery by ", "due out in ",
)  # fmt: skip  # a day to come, though no word of the future is said


_YEAR_OUT = ("before the year ", "by the time the year ")  # "before the year is out"
_DONE_WITH_IT = re.compile(r" (?:has|have) (?:already |so far )?been |(?: is| are) already ")


def is_closing(e: PeriodExpression) -> bool:
    """Whether an expression tells how a time was ended: "It ended the quarter with net cash of"."""
    return e.kind == "base" and e.moment.anchor == "current" and e.moment.edge == "end" and e.moment.year == 0


def _is_ahead(reading: Reading, current: Span | None) -> bool:
    """Whether the time in force is that of an outlook, which ends after the article's day."""
    return current is not None and reading.written is not None and current[1] > reading.written


def _is_since(text: str, e: PeriodExpression, sentence: Sentence) -> bool:
    """Whether an expression ends a clause that tells since when: "Since the project started in February 2022"."""
    begin = _begin(e)
    low = max(sentence.start, begin - _CLAUSE_LONG)
    if not _BEGAN.search(text, max(low, begin - 64), begin):
        is_opening = text.startswith("since ", sentence.start) and low == sentence.start
        return is_opening and bool(_SINCE_CLAUSE.fullmatch(text, low, begin)) and text[e.end : e.end + 1] == ","
    since = text.rfind("since ", low, begin)
    return since >= 0 and (since == low or not text[since - 1].isalnum()) and text.find(";", since, begin) < 0


def _that_day(reading: Reading, reads: list[Read]) -> Span | None:
    """The day that 当日 means: the one that the sentence has named before, else the article's."""
    named = next((r.span for r in reversed(reads) if r.span and r.expression.moment.unit == "day"), None)
    return named or ((reading.written, reading.written) if reading.written and reading.is_exact else None)


def _month_before(reading: Reading, e: PeriodExpression, reads: list[Read]) -> Span | None:
    """The month before the one just named, where "last month" would be that one: 10月份上涨,上个月下降."""
    moment = e.moment
    if moment.unit != "month" or moment.anchor != "article" or moment.year != -1:
        return None
    span = resolve(moment, reading.written)
    last = reads[-1] if reads else None
    if (
        last is not None
        and last.role == "period"
        and last.expression.kind == "month"
        and reading.folded[e.start] > "\u2e80"
    ):
        return (
            shift_months(last.span, -1) if last.span and span and last.span[1] <= span[1] else None
        )  # 9月增18%,上月降3%
    is_named = any(r.role == "period" and r.span == span and r.expression.moment != moment for r in reads)
    return shift_months(span, -1) if span and is_named else None


def _previous_month(reading: Reading, e: PeriodExpression, named: Span | None) -> Span | None:
    """The last such month before the time just named: "125 GW in June, from 41 GW the previous November"."""
    if e.kind != "month" or e.moment.anchor != "missing" or named is None or e.moment.edge:
        return None
    if not reading.folded.endswith(_PREVIOUS, max(0, e.start - 12), e.start):
        return None
    spans = (resolve(replace(e.moment, anchor="absolute", year=named[0].year - k), None) for k in (0, 1))
    return next((span for span in spans if span and span[1] < named[0]), None)


def _run_up_to(text: str, e: PeriodExpression, reads: list[Read]) -> Span | None:
    """The part of a year up to the day named before it: 截至9月30日,公司2025年累计发电559亿千瓦时."""
    last = reads[-1] if reads else None
    if last is None or last.span is None or last.expression.lead != "point" or e.moment.unit != "year":
        return None
    if not text.startswith(("累计", "累計"), e.end) or last.span[1].year != e.moment.year:
        return None
    return date(e.moment.year, 1, 1), last.span[1]


_NEXT_YEARS = ("未来", "未來")
_YEARS_AHEAD = ("within ", "next ", "coming ")
_NEAR_SAYING = 16  # characters between a word of saying and its time
_ZH_ANNOUNCED = re.compile(
    r"[^,\uff0c。;\uff1b]{0,16}?(?:宣布|宣佈|表示|提出|公布|公佈|承诺|承諾|披露|称|稱|说|說)(?:将|將)?(?:在|于|於)?[,\uff0c]?"
)


def _counted_from(reading: Reading, e: PeriodExpression, reads: list[Read]) -> Span | None:
    """The years ahead, counted from when they were told of: 2025年2月宣布未来三年投入3800亿元."""
    last, written = reads[-1] if reads else None, reading.written
    if last is None or last.span is None or written is None or last.span[1].year >= written.year:
        return None
    if reading.folded.startswith(_YEARS_AHEAD, e.start):  # "warned in 2024 that demand would double within ten years"
        low = max(0, last.expression.start - _NEAR_SAYING)
        is_told = _SAYS.search(reading.folded, low, last.expression.start)
        return resolve(e.moment, last.span[1]) if is_told else None
    if not reading.folded.startswith(_NEXT_YEARS, e.start):
        return None
    is_told = _ZH_ANNOUNCED.fullmatch(reading.folded, last.expression.end, e.start)
    return resolve(e.moment, last.span[1]) if is_told else None


_WITHIN_YEAR = re.compile(r"年[内內](?![^,\uff0c。]{0,4}[会會将將要拟擬可])")


def _is_year_over(span: Span, written: date | None) -> bool:
    """Whether a span is a year that was over when the article was written: 年内 is in that one."""
    return written is not None and span[1] < written and is_year(span)


_PREVIOUS = ("previous ", "preceding ", "prior ")


def says_again(text: str, here: list[Quantity], k: int) -> bool:
    """Whether a figure only says the one before in another measure: "415 TWh, or 1.5% of consumption"."""
    return k > 0 and _AGAIN.fullmatch(text, here[k - 1].end, here[k].left) is not None


def _is_of_record(text: str, e: PeriodExpression, q: Quantity, sentence: Sentence) -> bool:
    """Whether a time is that of a record whose figure stands within: "the previous record, 577 TWh, set in 2022"."""
    record = _RECORD_SET.search(text, max(sentence.start, e.start - 40), e.start)
    return record is not None and record.start() < q.start


def _last_before(here: list[Quantity], start: int) -> int | None:
    """The last figure that ends before an offset."""
    for k in range(len(here) - 1, -1, -1):
        if here[k].end <= start:
            return k
    return None


def _word_before(text: str, at: int) -> str:
    """The word that only a space parts from an offset: what most rules of the words before can be refused by."""
    words = text[max(0, at - _LONG_WORD) : at].rsplit(None, 1) if text[at - 1 : at].isspace() else ()
    return words[-1] if words else ""


def _is_what(before: str) -> bool:
    """Whether an expression tells of what a figure is so many times: "three times what it was in 2019"."""
    return any(word in before for word in _WHAT_WORDS) and _WHAT.search(before) is not None


def _is_of_level(text: str, e: PeriodExpression) -> bool:
    """ "Twice the 2025 level": the time of what something is so many times."""
    return bool(_LEVEL_OF.match(text, e.end) and _MULTIPLE_OF.search(text, max(0, e.start - 14), e.start))


_ZH_CAUSE = re.compile(r"(?:受|因|由于|由於|加上|叠加|疊加|受惠于?|受益于?)[^,\uff0c。;\uff1b\d]{0,8}$")
_ZH_CAUSED = re.compile(
    r"[^,\uff0c。;\uff1b\d]{1,24}?(?:影响|影響|带动|帶動|拉动|拉動|推动|推動|驱动|驅動|拖累|提振|支撑|支撐)[,\uff0c]"
)


_CAUSES = 90  # characters of such a clause
_CAUSE = re.compile(
    r"\d[^.;\d]{0,30}\b(?:after|because|once)\s(?:an?|the|its|their|some|several|many|most|new|tighter|higher|lower)\s"
    r"(?:[a-z'-]+\s){1,5}(?:[a-z]{2,}ed|began|fell|rose|shut|broke out|went live"
    r"|came into (?:force|effect)|took effect)\s"
    r"(?:(?:in|on|at|during|late|early|last|from|the|mid)\s){0,2}$"
)


def _is_cause(text: str, e: PeriodExpression, sentence: Sentence) -> bool:
    """Whether a time is that of what something comes from, in a clause without a figure: 受第一季出货延迟影响,
    "slipped 4% after a tax credit expired in September".
    """
    if e.lead in COMPARED:
        return False
    if sentence.language != "zh":
        return (
            e.start > sentence.start
            and _CAUSE.search(text, max(sentence.start, e.start - _CAUSES), e.start) is not None
        )
    is_led = _ZH_CAUSE.search(text, max(sentence.start, e.start - 12), e.start) is not None
    return is_led and _ZH_CAUSED.match(text, e.end, sentence.end) is not None


def _is_of_records(text: str, e: PeriodExpression) -> bool:
    """ "since records began in 1961", 有统计以来."""
    before = text[max(0, e.start - 40) : e.start]
    return ("since" in before and _RECORDS.search(before) is not None) or _ZH_RECORDS.match(text, e.end) is not None


def _told_when(text: str, e: PeriodExpression, here: list[Quantity]) -> int | None:
    """The figure that a clause with "when" tells of a time: "from 2024, when it was 11%"."""
    if not text.startswith((", when ", " when ", ", which was ", ", which were "), e.end):
        return None
    k = next((k for k, q in enumerate(here) if q.start >= e.end), None)
    return k if k is not None and text.find(",", e.end + 2, here[k].start) < 0 and here[k].start - e.end < 80 else None


def _told_before(text: str, reads: list[Read], here: list[Quantity], before: int | None) -> Span | None:
    """The days of the base from which a second one counts back: "after 3 last year and 2 the year before"."""
    last = reads[-1] if reads else None
    is_next = last is not None and before is not None and last.owner == before - 1 and last.role == "period"
    if last is not None and last.expression.kind == "base" and last.expression.moment.unit == "quarter":
        return None  # "against 9 for the prior quarter and 7 for the same period last year": both of what is told of
    return last.span if last and is_next and follows_base(text, here, before) else None


def opens(text: str, e: PeriodExpression) -> bool:
    """Whether a colon behind an expression says that it is of what follows: "(2024: 4 billion)"."""
    return text[e.end : e.end + 1] in _OPENS


def _is_stated(text: str, e: PeriodExpression, here: list[Quantity], before: int | None, sentence: Sentence) -> bool:
    """Whether a date right behind a level, in a sentence in which nobody speaks, is the level's: "full on May 12"."""
    if before is None or here[before].kind not in ("level", "share") or text[e.start] >= "\x80":
        return False
    return e.start - here[before].end < 40 and not _SAYS.search(text, sentence.start, sentence.end)


def _is_payday(reading: Reading, e: PeriodExpression, sentence: Sentence) -> bool:
    """Whether a day is that of the figure, not of its being told: "will be paid on July 15"."""
    text = reading.folded
    if text.startswith("today", e.start):
        return False  # "will be slightly more than Japan uses today"
    is_ahead = is_future(reading, _part_start(text, e.start, sentence), e.start)
    left = e.lead_start if 0 <= e.lead_start < e.start else e.start
    return (is_ahead and text[e.start] < "\x80") or bool(_PAID.search(text, max(0, left - 14), left))


def _is_traded(text: str, e: PeriodExpression, here: list[Quantity], sentence: Sentence) -> bool:
    """Whether a day is that of prices and turnover: in a sentence about a close, and none in which somebody speaks."""
    return (
        e.kind != "now"
        and bool(here)
        and bool(_CLOSE.search(text, sentence.start, sentence.end))
        and not _SAYS.search(text, sentence.start, sentence.end)
        and not _ZH_SAYS.search(text, sentence.start, sentence.end)
    )


def _is_of_day(reading: Reading, e: PeriodExpression, here: list[Quantity], sentence: Sentence) -> bool:
    """Whether a date, long over when the article was written, is that of a figure: "On the evening of 18 August
    batteries met 8% of demand"; none in a sentence in which somebody speaks.
    """
    if e.kind != "date" or not here or sentence.language != "en" or sentence.block == "row" or reading.written is None:
        return False
    span = resolve(e.moment, reading.written)
    is_past = span is not None and (reading.written - span[1]).days > _LONG_OVER
    if is_future(reading, sentence.start, e.start) or _PAID_OUT.search(reading.folded, max(0, e.start - 60), e.start):
        return False
    low, high = max(sentence.start, e.start - _REACH), min(sentence.end, e.end + _REACH)
    return is_past and not _SAYS.search(reading.folded, low, high)


_LONG_OVER = 21  # days


def _opens_next(text: str, e: PeriodExpression, here: list[Quantity]) -> bool:
    """Whether an expression is said of what follows, close as the figure before it may be: 增至2025年的85万户."""
    if opens(text, e):
        return True
    return text[e.end : e.end + 1] == "的" and any(q.start == e.end + 1 for q in here)


def _is_focus(reading: Reading, e: PeriodExpression) -> bool:
    """Whether a part of a year without its year is the very part that the article is about."""
    span = reading.focus.span if reading.focus else None
    if span is None or e.moment.anchor != "missing" or e.moment.unit not in ("quarter", "half") or e.moment.until:
        return False
    is_same = (span[0].month, span[1].month) == (e.moment.first, e.moment.last) and (span[1] - span[0]).days < 190
    return is_same and not e.moment.edge and not e.moment.is_fiscal and not reading.is_fiscal


def _next_quarter(reading: Reading, e: PeriodExpression) -> Span | None:
    """The quarter behind the one that the article is about: results of a second quarter look ahead to "the third"."""
    span = reading.focus.span if reading.focus else None
    moment = e.moment
    is_plain = moment.anchor == "missing" and not (moment.until or moment.edge or moment.is_fiscal or reading.is_fiscal)
    if span is None or not is_plain or moment.unit != "quarter" or (span[1] - span[0]).days > 190:
        return None
    if moment.first != span[1].month % 12 + 1 or span[0] == span[1]:
        return None
    first = date(span[1].year + span[1].month // 12, moment.first, 1)
    return first, shift_months((first, first), 3)[0] - timedelta(days=1)


def _of_focus_year(reading: Reading, e: PeriodExpression, sentence: Sentence) -> Span | None:
    """The month of the year that an article is about, in which that year's most or least was: "lowest in February"."""
    span, moment = reading.focus.span if reading.focus else None, e.moment
    if span is None or moment.unit != "month" or moment.anchor != "missing" or not is_year(span):
        return None
    if not _MOST.search(reading.folded, max(sentence.start, e.start - 30), e.start):
        return None
    return resolve(replace(moment, anchor="absolute", year=span[1].year), reading.written)


def _outside_brackets(text: str, e: PeriodExpression, here: list[Quantity], before: int | None) -> int | None:
    """The figure before an expression; of "5 billion (2024: 4 billion) in 2025" the one before the brackets."""
    if before is None or e.start - here[before].end > 90:
        return before
    closed = text.find(")", here[before].end, e.start)
    if closed < 0 or text.find("(", here[before].end, closed) >= 0:
        return before
    opened = text.rfind("(", max(0, here[before].start - 60), here[before].start)
    return next((k for k in range(before - 1, -1, -1) if here[k].end <= opened), before)


def _since_role(e: PeriodExpression, here: list[Quantity], before: int | None, trails: bool, text: str) -> str:
    """ "since 2020": from when a total is counted, what a growth is measured against, or of what a record is one."""
    if _EXTREME.search(text, max(0, e.start - 60), e.start) or _ZH_EXTREME.match(text, e.end):
        return "none"
    if e.moment.edge == "end" or looks_back(e):  # "since year-end", "since a year ago": only what is compared with
        return "versus"
    k = before if trails else next((k for k, q in enumerate(here) if q.start >= e.end), before)
    if k is not None and here[k].kind in RELATIVE_KINDS and text[e.start] < "\x80":
        return "period" if _is_yearly(text, here[k]) else "versus"
    return "period"


def _is_yearly(text: str, q: Quantity) -> bool:
    """Whether a growth is one for each year: "12% a year"."""
    return q.kind == "growth" and _EACH_YEAR.match(text, q.end) is not None


def _is_aside(text: str, end: int, e: PeriodExpression) -> bool:
    """Whether an expression between marks says when of the figure before it: "to $975 billion, in 2026."."""
    return e.lead == "within" and text[end : e.lead_start] == ", " and text[e.end : e.end + 1] in _MARKS


def _looks_ahead(reading: Reading, e: PeriodExpression, here: list[Quantity], sentence: Sentence) -> bool:
    """Whether a word of goal or expectation stands before an expression, or between it and the figure that it opens."""
    start = _part_start(reading.folded, e.start, sentence)
    last = next((q.end for q in reversed(here) if q.end <= e.start), start)
    if sentence.language == "zh" and _ZH_CLAUSE.match(reading.folded, last):
        start = max(start, last)  # 全年目标300万辆,前十个月已完成79%
    first = next((q.start for q in here if q.start >= e.end), e.end)
    return is_future(reading, start, e.start) or (e.start - start < 16 and is_future(reading, e.end, first))


def _is_within_years(reading: Reading, e: PeriodExpression, sentence: Sentence) -> bool:
    """Whether "within five years" tells of what is to come, not of a stretch "of" something or that is over."""
    text = reading.folded
    low, high = max(sentence.start, e.start - _REACH), min(sentence.end, e.end + _REACH)
    return not text.startswith((" of", " after", " from"), e.end) and is_future(reading, low, high)


def _part_start(text: str, at: int, sentence: Sentence) -> int:
    """Where the part of a sentence between semicolons begins in which an offset lies."""
    low = max(sentence.start, at - _REACH)
    return max(low, text.rfind(";", low, at) + 1, text.rfind("\uff1b", low, at) + 1)


def looks_back(e: PeriodExpression) -> bool:
    """Whether the expression only names what is compared with ("the year before"), not what the text goes on about."""
    return e.kind == "base" and (e.moment.unit == "same" or e.moment.year < 0)


def _dates_speech(text: str, e: PeriodExpression, here: list[Quantity], sentence: Sentence) -> bool:
    """Whether the expression says when somebody spoke: "the ministry stated in August", "In May it spoke of"."""
    if e.moment.edge in ("end", "point", "start") or _HE_SAID.match(text, e.end):
        return False
    if sentence.language == "zh" and e.kind in ("month", "relative") and _ZH_TOLD_THEN.match(text, e.end):
        return True
    if e.kind in ("month", "quarter", "relative"):
        foreseen = _FORESEEN.search(text, max(sentence.start, e.start - _FORESEEN_WORDS), e.start)
        if foreseen is not None and (foreseen[1] or e.kind != "quarter"):  # "forecast fourth-quarter sales" is for it
            return True
    last = max((q.end for q in here if q.end <= e.start), default=-1)
    if last >= 0 and text.startswith(_ENDS_CLAUSE, e.end) and e.moment.unit not in ("day", "week", "weekday"):
        return False  # "415 TWh worldwide in 2024, says the agency"
    if last >= 0 and e.moment.unit == "year" and "," not in text[last : e.start] and e.start - last < _REACH:
        return False  # "used 22% of Ireland's electricity in 2024, the office reported this week"
    if e.moment.unit in ("month", "week", "weekday") and _POSTED.match(text, e.end):
        return True
    if last >= 0 and text[last : e.start].strip() in ("", "in"):  # "8% last year, the office told a briefing"
        return False
    said = _SAYS.search(text, max(sentence.start, e.start - 34), e.start)
    if said is not None:
        gap = text[said.end() : e.start]
        if text.startswith((" that ", " how "), e.end) and len(gap.split()) <= 2:
            return True  # "disclosed last month that the queue had swollen"
        if e.kind in ("quarter", "half") and _RESULTS_BEHIND.match(text, e.end):
            return False  # "reported third-quarter revenue that beat estimates"
        if _OF_WHEN.fullmatch(gap) and " than " not in text[sentence.start : said.start()]:
            return False  # "what it published for the first half"
        is_day = e.moment.unit in ("day", "week")  # "the office reported this week, compared with 21% in 2023"
        return len(gap.split()) <= 2 and (is_day or not any(q.start >= e.end for q in here))
    after = next((q.start for q in here if q.start >= e.end), None)
    return after is not None and bool(_SAYS.search(text, e.end, min(after, e.end + 60)))


_RESULTS_BEHIND = re.compile(
    r"[ -](?:[a-z-]{2,14} ){0,2}(?:revenues?|sales|profits?|earnings|results|income|loss(?:es)?|margins?|orders)\b"
)
_ZH_TOLD_THEN = re.compile(  # 11月发布的数据显示,前三季度…, 7月时的预估为30%: when it was told
    r"份?(?:发布|發布|公布|公佈|披露)(?:的|了)?(?:最新)?(?:数据|數據|报告|報告|信息|消息|统计|統計|公报|公報)"
    r"|(?:发布|發布|公布|公佈|披露)(?:的|了)?[^,\uff0c。;\uff1b]{0,24}?(?:[财財季年][报報]|业绩|業績|成绩单|成績單)"
    r"|[时時]?的?(?:预估|預估|预测|預測|预期|預期|财测|財測|指引)(?:值|数|數)?(?:的|为|為|是)"
)
_ZH_ISSUED = re.compile(  # 高于7月时释出的财测上缘: when something was foreseen that results are set beside
    r"份?[时時]?所?(?:给出|給出|释出|釋出|提出|发布|發布|公布|公佈)的?"
    r"(?:预估|預估|预测|預測|预期|預期|财测|財測|指引|展望)"
)
_ZH_MOVED = re.compile(
    r"份?[时時]?的?(?:预[测期估]|預[測期估])?的?[\d.]{1,8}[^\d,\uff0c。;\uff1b]{0,6}?(?:[上下][调調修]|[调調][高低升降])"
)
_POSTED = re.compile(  # "Samsung last month posted a profit": when the results of another time came out
    r"\s(?:posted|reported|booked|turned in|delivered|unveiled|announced|released|published|disclosed)\s"
)
_HE_SAID = re.compile(  # "In 2024, the minister said, output rose": said between commas, of what is told of the time
    rf",\s(?!(?:when|wh\w+|as|after|before|that|and|but|or)\b)(?:[\w.'\u2019-]+\s){{1,6}}(?:{'|'.join(_SAID)}),\s"
)


def _base_role(e: PeriodExpression, here: list[Quantity], before: int | None, trails: bool, text: str) -> str:
    """ "a year earlier": what a growth is measured against, or the period of a figure beside it."""
    if e.moment.year > 0 and e.lead not in COMPARED and before is not None and trails:
        return "period"  # "7.3 percent in the year to March and 6.4 percent in the next"
    is_here = e.moment.unit == "same" or (e.moment.year == 0 and e.moment.anchor == "current")
    if is_here and (
        e.lead not in ("than", "from") or (before is not None and trails and here[before].kind not in RELATIVE_KINDS)
    ):
        return "period"
    if e.lead in ("than", "from"):
        return "versus" if _beside(text, e, here) is None else "period"
    if before is not None and trails and _AFTER_MOVE.search(text, max(0, here[before].start - 40), here[before].start):
        return "period"  # "after having shrunk 7.2% a year earlier"
    if before is None or not trails:
        following = [q.kind for q in here if q.start >= e.end]
        is_told = "level" in following or following[:1] in (["share"], ["ratio"])
        return "period" if is_told else "versus"
    is_level = here[before].kind in ("level", "share", "ratio") and e.start - here[before].end <= 24
    is_of_base = is_base_figure(text, here, before) or (
        is_base_text(text, here[before]) and _ITS_TIME.fullmatch(text, here[before].end, e.start) is not None
    )  # "against 3.5% the month before": the pace of another time
    is_its = text.startswith("of ", e.lead_start) and text[here[before].end : e.lead_start] == " "
    is_its = is_its and text.endswith("the ", 0, here[before].left)  # "above the 2.9% of the previous quarter"
    return "period" if is_level or is_of_base or is_its else "versus"


_ITS_TIME = re.compile(r"\s(?:(?:growth|gains?|rise|increase|pace|fall|drop|decline|in|for|during|over|the)\s){0,4}")


def _counts_from(text: str, e: PeriodExpression) -> bool:
    """Whether a Chinese word for "from" leads a time in: 从目前的1.8亿吨增至3亿吨."""
    return text[max(0, e.start - 1) : e.start] in _ZH_FROM


def is_compared(text: str, e: PeriodExpression) -> bool:
    """Whether others are set against a period (较7月至9月), which several months that are only counted from are not
    (从1月至5月).
    """
    if e.lead not in COMPARED or e.kind not in ("range", "months"):
        return e.lead in COMPARED
    return e.lead == "than" and not _counts_from(text, e)


def _beside(text: str, e: PeriodExpression, here: list[Quantity]) -> int | None:
    """The level that stands right after an expression: "the 2023 total of $526.8 billion"."""
    k = next((k for k, q in enumerate(here) if q.start >= e.end), None)
    if k is None or here[k].start - e.end > 40:
        return None
    is_from = _counts_from(text, e)
    between = text[e.end : min(here[k].start, max(e.end, here[k].left))]
    if between == "的" or (not between and is_from):  # 由去年的8.7%, 由上年同期29.4%
        return k
    if e.lead == "than" and here[k].kind == "level" and _ZH_REVISED.fullmatch(text, e.end, here[k].start):
        return k  # 较2024年修正后的58亿人
    if is_from and here[k].kind in ("level", "share", "growth") and _ZH_PER.fullmatch(text, e.end, here[k].start):
        return k  # 从2022年底的每瓦时0.9元, 由二季度的下降2.6%
    if here[k].kind not in ("level", "rank"):
        return None
    return k if _NEXT_TO.fullmatch(text, e.end, here[k].start) else None


def _stated_base(text: str, e: PeriodExpression, here: list[Quantity]) -> int | None:
    """The figure that something is so many times of: "25 times its 2023 value of $189 billion"."""
    beside = _beside(text, e, here)
    is_told = beside is not None and _VALUE_OF.fullmatch(text, e.end, here[beside].left) is not None
    return beside if is_told else None


_VALUE_OF = re.compile(r"\s(?:[\w-]+\s){1,3}of\s(?:(?:about|some|around|just|nearly|over)\s)?")


def _is_overtaken(e: PeriodExpression, q: Quantity, text: str) -> bool:
    """Whether a growth is one over a period: "up 3% over April"; over the first quarter of all the year is rarer."""
    return (
        q.kind in RELATIVE_KINDS
        and e.kind in ("month", "quarter", "half", "year")
        and text[q.end : e.lead_start] == " "
        and text.startswith("over ", e.lead_start)
    )


def _is_on_year(text: str, e: PeriodExpression, q: Quantity, current: Span | None) -> bool:
    """Whether "over the year" behind a growth of a month or quarter is the year before: "up 68.5% over the year"."""
    if q.kind != "growth" or e.kind != "base" or e.moment.unit != "whole" or current is None:
        return False
    is_beside = text[q.end : e.start] == " " and text.startswith("over the year", e.start)
    return is_beside and current[0] < current[1] and (current[1] - current[0]).days < _HALF_YEAR


_HALF_YEAR = 190  # days


def _is_multiplied(e: PeriodExpression, here: list[Quantity], text: str) -> bool:
    """Whether a figure is so many times, or so much, of that of a period: 是2020年的3倍, 恢复至2019年的98%."""
    q = next((q for q in here if q.start >= e.end), None)
    if q is None or text[e.end : q.start].rstrip("约近超逾") != "的":
        return False
    if q.unit == "x":
        return bool(_ZH_TIMES.search(text, max(0, e.start - 4), e.start))
    return q.unit == "%" and bool(_ZH_PART_OF.search(text, max(0, e.start - 5), e.start))


def _than_role(e: PeriodExpression, here: list[Quantity], before: int | None, trails: bool, text: str) -> str:
    if _beside(text, e, here) is not None:
        return "period"
    relative = any(q.kind in RELATIVE_KINDS for q in here)
    if e.moment.edge in ("end", "point") or relative or e.lead == "than":
        return "versus" if here else "none"
    return "none"


def is_base_figure(text: str, here: list[Quantity], index: int | None) -> bool:
    """Whether the quantity is what another is compared with: "from 407 MW", "against $11 billion"."""
    if index is None or here[index].kind in ("growth", "change"):
        return False
    return is_base_text(text, here[index])


def follows_base(text: str, here: list[Quantity], k: int | None) -> bool:
    """Whether a figure is the second that another is compared with: "against 65 a year ago and barely 53 in 2019"."""
    return (
        bool(k)
        and k is not None
        and is_base_figure(text, here, k - 1)
        and " and " in text[here[k - 1].end : here[k].start]
    )


def is_base_text(text: str, q: Quantity) -> bool:
    """Whether the words before a figure make it what others are compared with."""
    left = q.left
    if not left or text[left - 1] not in _BASE_ENDS:
        return False
    low = max(0, left - 56)
    if text[left - 1] < "\x80":
        words = text[low:left].rsplit(None, 1)
        if not words or words[-1] not in _BASE_WORDS:
            return False
        if words[-1] == "from" and len(words) > 1 and _SOURCE.search(words[0]):
            return False
    if text.startswith("after", left - 6) and _VERB.match(text, q.end):
        return False
    return _ends_as_base(text[low:left])


@lru_cache(maxsize=1024)
def _ends_as_base(before: str) -> bool:
    return bool(_BASE_BEFORE.search(before) or _ZH_BASE_BEFORE.search(before))


def is_to_come(reading: Reading, read: Read) -> bool:
    """Whether a period ends after the article's day."""
    return bool(read.span and reading.written and read.span[1] > reading.written)


_SAID_THERE = re.compile(
    r", (?:which|who) (?:also )?(?:said|says|reported|reports|showed|shows|found|finds|put|puts)\b"
)


def is_aside(text: str, start: int, at: int, to: int) -> bool:
    """Whether a place in a sentence lies in a clause between commas that says something of a name alone, which is
    over before a figure: "Hulst, which wants to be green by 2030, emits 51 percent more".
    """
    opened = max(text.rfind(word, start, at) for word in (", which ", ", who ", ", whose "))
    if opened < 0 or text.find(",", opened + 2, at) >= 0 or _SAID_THERE.match(text, opened):
        return False
    closed = text.find(", ", at, to)
    return closed >= 0 and not text.startswith(_JOINS, closed)


def is_existing(text: str, q: Quantity) -> bool:
    """Whether a figure is said to be what there is now: 要从现有的25个扩至50个."""
    left = q.left
    before = text[max(0, left - 14) : left]
    return before.rstrip().endswith(_EXISTING_ENDS) and _EXISTING.search(before) is not None


def _same_clause(text: str, start: int, end: int, sentence: Sentence) -> bool:
    if sentence.language == "zh":
        return end - start <= 4 and not _ZH_MARK.search(text, start, end)
    return end - start <= 90 and not _BREAK.search(text, start, end) and not _NEXT_DONE.search(text, start, end)
