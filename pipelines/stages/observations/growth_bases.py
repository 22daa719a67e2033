"""What a growth or change is measured against: "year on year", "from December 2024", 环比, "inside six months".

Words that name a base are catalogue data (`versus` in `period_words.csv`); here is which of them a figure takes.
"""

import itertools
import re
from datetime import date

from pipelines.catalogue.calendar import Span, shift_months
from pipelines.catalogue.periods import PeriodExpression, within
from pipelines.stages.observations.period_roles import Read, Reading, is_base_text
from pipelines.stages.observations.unsaid_bases import ONLY_BASE, SINCE_JANUARY
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_WITHIN_LENGTH = re.compile(
    r"\b(?:in|inside|within|in just|in the space of|(?:over|in|during|for) the (?:past|last))\s"
    r"(a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|half a|\d{1,2})?\s?"
    r"(year|month|quarter|decade)s?\b"
)
_UNMOVED = re.compile(  # what has not moved is the pace, which tells nothing of its base: "3.8%, unchanged from July"
    r"(?:\b(?:unchanged|the same|steady|little changed|in line|on a par)|,\s(?:flat|up|down))\s(?:(?:from|as|with) )?$"
)
_MOST_IN = re.compile(  # of what a length says how long none was like it: "the first gain in seven months"
    r"\b(?:first|most|least|best|worst|record|only|(?!(?:interest|invest|forest|west|rest|harvest|request)\b)\w{3,}est)"
    r"\b[^,;.]{0,40}$"
)
_ZH_WITHIN_LENGTH = re.compile(
    r"(?<!\d)(半|一|两|兩|二|三|四|五|六|七|八|九|十|\d{1,2})(年|个月|個月|个季度|個季度)(?:多)?(?:间|間|内|內|来|來|之间|之間|时间|時間|里|裡)?"
    r"[,\uff0c]?(?:就|又|再|已|累计|累計|共)?(?:增|多|涨|漲|净|淨|翻|提|扩|擴|上升|下降|减|減|降|拉长|拉長|缩|縮)"
)
_ZH_NUMBERS = {
    "一": 1,
    "两": 2,
    "兩": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_ZH_THAN = re.compile(r"[比较較][^,\uff0c;\uff1b\u3002]{1,9}的$")
_ZH_ANOTHER = re.compile(r"[;\uff1b]|[,\uff0c](?:同?[比较較]|按年|年[增减減])")  # where a base of its own begins
_UNMOVED_REACH = 24  # characters
_REACH = 400  # characters to either side in which a word may speak for a figure that it is not beside
_ZH_PART = re.compile(r"[;\uff1b]")
_POINTS = ("pp", "bp")
_APART = re.compile(r"[;\uff1b\u3002]|[.!?]\s")
_AND = re.compile(r",?\s?(?:and|,|&|/|和|及|与|、)\s?|\sand\s")
_COMMA = re.compile(r"[,\uff0c]|\sand\s")
_PER_YEAR = re.compile(r"\s(?:a|per|each|every) year\b|\s(?:yearly|annually)\b")
_NUMBERS = dict(
    zip(
        ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "eighteen"],
        (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18),
        strict=True,
    )
)


def growth_base(
    reading: Reading,
    sentence: Sentence,
    q: Quantity,
    k: int,
    here: list[Quantity],
    reads: list[Read],
    span: Span | None,
    column: tuple[int, int] | None = None,
    beaten: Read | None = None,
) -> tuple[str | None, str]:
    """What a growth or change is measured against, and the words that say so."""
    text = reading.folded
    if beaten and beaten.span:
        e = beaten.expression
        return distance(beaten.span, span), reading.article.text[e.start : e.end]
    if _PER_YEAR.match(text, q.end) and (since := next((r for r in reads if r.expression.lead == "since"), None)):
        return "year_average", reading.article.text[since.expression.start : since.expression.end]
    if span is not None and (span[1] - span[0]).days > _TWO_YEARS and (each := _PER_YEAR.match(text, q.end)):
        return "year_average", each[0].strip()  # "over the next five years, spending will grow 30% a year"
    first = k
    while first and sentence.language == "zh" and text[here[first - 1].end : here[first].start] == "/":
        first -= 1  # 同比-35%/-49%,环比-51%/-50%
    low = max(sentence.start, here[first - 1].end if first else sentence.start)
    high = min(sentence.end, here[k + 1].start if k + 1 < len(here) else sentence.end)
    than = _held_against(text, sentence, here, k, reads)
    if than and than.span:
        return distance(than.span, span), reading.article.text[than.expression.start : than.expression.end]
    told = _told_before(text, sentence, q)
    nearby = within(reading.growth, low, min(high, told[1]))
    if sentence.language == "zh":  # 比上周跌0.8%,同比低29.3%: a base stands before what is measured against it
        nearby = [e for e in nearby if e.start < q.start or not _COMMA.search(text, q.end, e.start)]
    word = min(nearby, key=lambda e: _farness(text, e, q), default=None)
    tied = _respectively(reading, sentence, k, here)
    if tied:
        word = tied
    bases = [r for r in reads if r.role == "versus"]
    if word and word.end <= q.start and any(_is_right_behind(q, r.expression) for r in bases):
        word = None  # "up 41% year on year and 10% from the previous quarter"
    if word:
        return _named_base(reading, word, span), reading.article.text[word.start : word.end]
    if sentence.language == "zh":
        bases = [r for r in bases if abs(r.expression.start - q.start) < _REACH]
    near = [r for r in bases if low <= r.expression.start < high]
    is_apart = sentence.language == "zh" and q.kind == "growth" and q.unit == "%"
    near = near or [r for r in bases if not (is_apart and _ZH_PART.search(text, r.expression.end, q.start))]
    if sentence.language == "zh":  # 增长5%,比一季度快0.4个百分点: the base stands before what is measured against it
        near = [r for r in near if r.expression.start < q.start or not _COMMA.search(text, q.end, r.expression.start)]
    if near:
        base = min(near, key=lambda r: _farness(text, r.expression, q))
        at = base.expression.lead_start if base.expression.lead_start >= 0 else base.expression.start
        if q.kind == "growth" and q.end < at and _UNMOVED.search(text, max(q.end, at - _UNMOVED_REACH), at):
            return _unsaid(reading, q, span)
        words = reading.article.text[base.expression.start : base.expression.end]
        moment = base.expression.moment
        if base.expression.kind == "base" and moment.year == -1 and moment.unit in ("year", "quarter", "month"):
            return moment.unit, words
        if moment.anchor == "article" and moment.year == -1 and text.startswith("同期", base.expression.end):
            return ("month" if moment.unit == "month" else "year"), words  # 较上月同期, of half a month
        if base.span and base.span == span and moment.unit in ("month", "quarter"):
            return moment.unit, words  # 較上月, of figures of last month
        if base.span:
            return distance(base.span, span), words
    set_against = next((r for r in reads if _is_set_against(here, k, r)), None)
    if set_against and set_against.span and set_against.span != span:
        e = set_against.expression
        return distance(set_against.span, span), reading.article.text[e.start : e.end]
    is_pace = k + 1 < len(here) and here[k + 1].kind == "growth"  # "slowed to 3% from 4% in May": no base of the growth
    if (
        k + 1 < len(here) and not is_pace and is_base_text(text, here[k + 1])
    ):  # "down 17% from 6,350 MW six months earlier"
        from_then = next((r for r in reads if r.owner == k + 1 and r.span), None)
        if from_then and from_then.span and from_then.span != span:
            e = from_then.expression
            return distance(from_then.span, span), reading.article.text[e.start : e.end]
    beyond = min(sentence.end, here[k + 1].end if k + 1 < len(here) else sentence.end)  # "six months" may be a figure
    length = _WITHIN_LENGTH.search(text, low, beyond)
    if length and _MOST_IN.search(text, max(low, length.start() - 60), length.start()):
        length = None
    until = span or (reading.written and (reading.written, reading.written))
    if length and _PER_YEAR.match(text, q.end):
        return "year_average", length[0]
    if length and until and (length[1] or " the " in length[0]):
        number = length[1] or "1"
        months = {"year": 12, "quarter": 3, "month": 1, "decade": 120}[length[2]]
        months = months // 2 if number == "half a" else months * (_NUMBERS.get(number) or int(number))
        return distance(shift_months((until[1], until[1]), -months), until), length[0]
    lengths = _ZH_WITHIN_LENGTH.search(text, low, high) if span and sentence.language == "zh" else None
    if lengths and span:
        per = {"年": 12, "个": 1, "個": 1}[lengths[2][0]] * (3 if "季" in lengths[2] else 1)
        months = (
            per // 2
            if lengths[1] == "半"
            else per * (int(lengths[1]) if lengths[1].isdecimal() else _ZH_NUMBERS[lengths[1]])
        )
        return distance(shift_months((span[1], span[1]), -months), span), lengths[0]
    for begin, stop in (told, *((column,) if column else ()), *sentence.context):
        said = within(reading.growth, begin, stop)
        word = next((e for e in said if _may_speak(text, e, q, span) and not _is_in_next(text, e, q, sentence)), None)
        if word:
            return _named_base(reading, word, span), reading.article.text[word.start : word.end]
    return _unsaid(reading, q, span)


_TWO_YEARS = 700  # days, nearly


def _is_set_against(here: list[Quantity], k: int, read: Read) -> bool:
    """Whether a time leads in the level right behind a growth, which that is held against: "29.8% compared to the
    November 2024 total of $58.0 billion", "3.5% more than October's $72.7 billion".
    """
    e = read.expression
    if k + 1 == len(here) or read.owner != k + 1 or e.lead != "than" or here[k + 1].kind != "level":
        return False
    return 0 <= e.lead_start - here[k].end < _NEAR_LEAD and e.end <= here[k + 1].start


_NEAR_LEAD = 12  # characters between a growth and the words that lead in what it is held against


def _held_against(text: str, sentence: Sentence, here: list[Quantity], k: int, reads: list[Read]) -> Read | None:
    """比5月的590亿美元多1.5%: the time of the figure right before, which this one is measured against."""
    if not k or sentence.language != "zh":
        return None
    last = here[k - 1]
    match = _ZH_THAN.search(text, max(sentence.start, last.bound_start - 12), max(last.bound_start, sentence.start))
    if match is None or _COMMA.search(text, last.end, here[k].start):
        return None
    return next((r for r in reads if r.span and match.start() < r.expression.start < last.start), None)


def _told_before(text: str, sentence: Sentence, q: Quantity) -> tuple[int, int]:
    """Where a word may stand that speaks for a figure it is not beside: in Chinese not behind a later semicolon."""
    if sentence.language != "zh":
        return sentence.start, sentence.end
    end = min(sentence.end, q.end + _REACH)
    stop = _ZH_PART.search(text, q.end, end)
    return max(sentence.start, q.start - _REACH), stop.start() if stop else end


def _may_speak(text: str, e: PeriodExpression, q: Quantity, span: Span | None) -> bool:
    """Whether a base told elsewhere may hold for a figure: 环比 only in its own part, for what stands behind it, and of
    no run of months since January, which has none before it.
    """
    if e.moment.unit != "chain":
        return True
    if e.start >= q.end and _COMMA.search(text, q.end, e.start):
        return False  # 一季度5.4%,环比看三季度增长1.1%
    is_run = span is not None and (span[0].month, span[0].day) == (1, 1) and (span[1] - span[0]).days > 95
    return not is_run and not (e.end <= q.start and _ZH_ANOTHER.search(text, e.end, q.start))


def _is_in_next(text: str, e: PeriodExpression, q: Quantity, sentence: Sentence) -> bool:
    """Whether an English base stands behind a semicolon after a figure: "rose 8.6%; in dollars it was 2% quarterly"."""
    return (
        sentence.language == "en"
        and q.end <= e.start < sentence.end
        and ";" in text[q.end : min(e.start, q.end + _REACH)]
    )


def _unsaid(reading: Reading, q: Quantity, span: Span | None) -> tuple[str | None, str]:
    """The base of a figure of which nothing says it.

    What has grown from January on is held against the same months of the year before; a shorter stretch against the
    base that the article names, where it names only one; an increment in a month is one on the month before.
    """
    if span is None:
        return None, ""
    days = (span[1] - span[0]).days
    if q.kind == "growth":
        if days > 366:
            return None, ""
        if (span[0].month, span[0].day) == (1, 1) and days > 40:
            return "year", SINCE_JANUARY
        if reading.growth and all(word.moment.unit == "year" for word in reading.growth):
            return "year", ONLY_BASE
        return None, ""
    if days in (364, 365):
        return "year", "in a whole year"
    if q.kind == "change" and 26 < days < 31 and q.unit not in _POINTS:
        return "month", "in a month"
    return None, ""


def _respectively(reading: Reading, sentence: Sentence, k: int, here: list[Quantity]) -> PeriodExpression | None:
    """The base of the `k`th figure where as many follow a list of figures: "5% and 2% up on the year and the month"."""
    words = within(reading.growth, sentence.start, sentence.end)
    if len(words) < 2 or words[0].start < here[k].end:
        return None
    first = k
    while first and _AND.fullmatch(reading.folded, here[first - 1].end, here[first].start):
        first -= 1
    last = k
    while last + 1 < len(here) and _AND.fullmatch(reading.folded, here[last].end, here[last + 1].start):
        last += 1
    after = [w for w in words if w.start >= here[last].end][: last - first + 1]
    is_list = all(_AND.fullmatch(reading.folded, a.end, b.start) for a, b in itertools.pairwise(after))
    return after[k - first] if last > first and len(after) == last - first + 1 and is_list else None


def _farness(text: str, e: PeriodExpression, q: Quantity) -> int:
    """How far a base stands from a figure; behind a stop it is further than any on its side, behind a comma too."""
    low, high = (e.end, q.start) if e.start < q.start else (q.end, e.start)
    if low >= high:
        return 0
    is_apart = _APART.search(text, low, high)
    return abs(e.start - q.start) + (10_000 if is_apart else 1_000 if _COMMA.search(text, low, high) else 0)


def _is_right_behind(q: Quantity, e: PeriodExpression) -> bool:
    """Whether a time stands next to a figure and is led in by a word that compares: "10% from the prior month"."""
    return e.lead_start >= 0 and 0 <= e.lead_start - q.end <= 1


def _named_base(reading: Reading, word: PeriodExpression, span: Span | None) -> str:
    """The base that a word names; 环比 is the quarter before for a quarter, the month before for a month.

    What there is on the last day of the quarter that an article is about is held against the end of the one before.
    """
    if word.moment.unit == "year_start" and span:
        return date(span[1].year - 1, 12, 31).isoformat()
    if word.moment.unit == "chain":
        focus = reading.focus.span if reading.focus else None
        stretch = focus if span and focus and span[0] == span[1] == focus[1] else span
        return "quarter" if stretch and (stretch[1] - stretch[0]).days > 80 else "month"
    return word.moment.unit


def distance(base: Span, span: Span | None) -> str:
    """ "year", "quarter" or "month" where the base is the same stretch one step back, else the base's last day."""
    if span:
        steps = (("year", 12), ("quarter", 3), ("month", 1))
        is_flow = span[0] != span[1]
        for name, months in steps:
            first, last = shift_months(span, -months)
            is_step = base[0] in (base[1], first)  # 1—10月 is no month behind 前三季度
            if last == base[1] and (name == "year" or (is_flow and is_step)):
                return name
    return base[1].isoformat()
