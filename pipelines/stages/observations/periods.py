"""When: the period that each quantity of an article holds for, and the one it is compared with.

What lives here: which expression of time governs which quantity (its clause, else its sentence, what the sentence hangs
under, its paragraph, the headline, the lead), and what "a year earlier" counts from. What does not: words of time and
calendar arithmetic (see `catalogue.periods` and `catalogue.calendar`). The day of publication is never a period; it
resolves "last year", "June" and a day that the sentence itself names ("on Thursday").
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import cast

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Span, is_year, month_end, resolve, shift_months
from pipelines.catalogue.periods import PeriodExpression, any_within, fold
from pipelines.catalogue.sought import Anchored
from pipelines.catalogue.status_words import StatusCue
from pipelines.stages.observations.columns import Columns, column_periods, introduced
from pipelines.stages.observations.event_days import event_days
from pipelines.stages.observations.goals import Goals, last_clause
from pipelines.stages.observations.growth_bases import distance, growth_base
from pipelines.stages.observations.period_carry import carry, is_former, open_paragraph
from pipelines.stages.observations.period_focus import edition_of, elsewhere, event_of, focus_of
from pipelines.stages.observations.period_roles import (
    RELATIVE_KINDS,
    Read,
    Reading,
    follows_base,
    is_aside,
    is_base_figure,
    is_base_text,
    is_closing,
    is_compared,
    is_existing,
    is_future,
    is_to_come,
    looks_back,
    opens,
    read_sentence,
    says_again,
)
from pipelines.stages.observations.reported_quarters import reported_rule, year_rule
from pipelines.stages.observations.retold import with_retold
from pipelines.stages.observations.sessions import session_day, session_of, session_words
from pipelines.stages.observations.stretches import stories, stretches
from pipelines.stages.observations.turns import turns
from pipelines.stages.observations.unsaid_bases import with_unsaid
from pipelines.stages.observations.when import When
from pipelines.stages.observations.written import written_on
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_FEW_YEARS = 6
_YEARLY = "year_average"
_SINCE = "since"
_STEPS = ("year", "quarter", "month")
_SILENT = ("meta", "boilerplate")
_STOP = re.compile(r"[.!?](?=\s)|[\u3002\n\uff01\uff1f]")
_PASSED = re.compile(  # an expectation that facts are set against: "ahead of the $4 billion consensus"
    r"\b(?:beat(?:ing|s)?|above|below|ahead of|miss(?:ed|ing|es)|topp(?:ed|ing)|exceed(?:ed|ing)|short of"
    r"|vs\.?|versus|against|compared (?:with|to)|in line with)\s(?:[^\s,;]+\s){0,7}$"
    r"|(?:符合|[逊遜][于於]|[高低优優好][于於]|胜过|勝過|不及|超过|超過|超出|不如|跑[赢贏])[^,\uff0c;\uff1b。]{0,6}$"
)
_REVISED = re.compile(r"\b(?:rais|lower|cut|revis|upgrad|downgrad|trimm|lift|hik)\w*\b|[上下]调|调[高低升降]")
_ZH_CLAUSE = re.compile(r"[,;\uff0c\uff1b\u3002\uff1a:\u2014]")


def periods(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue
) -> list[When]:
    """One `When` for each quantity, in their order. Linear in the length of the text."""
    sentences = introduced(article.text, sentences, quantities)
    folded = fold(article.text)
    figures = [(q.start, q.end) for q in quantities]
    found = [
        e
        for e in catalogue.periods.find(article.text)
        if e.kind not in ("time", "length") and not _is_figure(e, figures)
    ]
    ahead = [
        c.start
        for c in catalogue.periods.status.find(folded)
        if c.status in ("target", "forecast") and not is_ability(folded, c, catalogue)
    ]
    parts = list(stretches(sentences, quantities))
    is_ahead = [_is_expected(folded, ahead, e) for e in found]
    written = written_on(article, found, _with_distant(found, is_ahead, parts))
    own_rule = reported_rule(article.text, folded, found, written.day, catalogue)
    own_rule = own_rule or year_rule(folded, found, of_results=True)
    rule = own_rule or _fiscal_rule(article, folded, catalogue) or year_rule(folded, found, of_results=False)
    reading = Reading(
        article, folded, found, catalogue.periods.growth_bases(article.text), ahead, written.day, written.is_exact,
        rule, catalogue.periods, Goals(article.text, sentences, catalogue),
    )  # fmt: skip
    own = stories(article.text, sentences)
    reading.firm = [
        c.start
        for c in catalogue.periods.status.find(folded)
        if c.is_ahead and not c.is_weak and not _PASSED.search(folded, max(0, c.start - 64), c.start)
    ]
    is_shared = rule is not None and (
        rule == catalogue.places.fiscal_rule(article.text) or rule == _told_rule(article.text, catalogue)
    )
    reading.is_fiscal = bool(own_rule) or (
        is_shared and any(e.moment.is_fiscal for e in found[:8] if e.kind in ("quarter", "half"))
    )
    reading.focus = None if own else focus_of(reading, parts, quantities)
    if reading.focus and reading.focus.expression.moment.is_fiscal and _is_passing(article, sentences, catalogue):
        reading.focus = focus_of(reading, parts, quantities, with_fiscal=False) or reading.focus
    reading.focus = reading.focus or edition_of(reading, catalogue)
    reading.season_rule = catalogue.organisations.season_rule(article.text)
    reading.events = event_days(catalogue)
    reading.event = event_of(reading, parts)
    reading.market = session_words(catalogue)
    reading.session = session_of(reading, parts)
    reading.is_wrap = reading.market.is_wrap(reading, parts)
    early = [e for e in found[:8] if e.kind in ("quarter", "half")]
    early += [reading.focus.expression] if reading.focus else []
    early += [e for e in found[:_FIRST_NAMED] if e.moment.is_fiscal]
    reading.is_fiscal = bool(own_rule) or (rule is not None and any(e.moment.is_fiscal for e in early))
    if reading.is_fiscal and not is_shared and not own_rule and _is_of_others_too(article, sentences, catalogue):
        reading.is_fiscal = False  # the quarters of the others are of the calendar
    answers: list[When] = [When(None, None, None)] * len(quantities)
    row, heads = -1, _NO_HEADS
    for sentence, indexes in parts:
        if sentence.paragraph != reading.paragraph:
            open_paragraph(reading, sentence)
        if not indexes and (sentence.block in _SILENT or not any_within(found, sentence.start, sentence.end)):
            continue
        here = [quantities[i] for i in indexes]
        if sentence.block != "row" or not here:
            row, heads = -1, _NO_HEADS
        elif here[0].sentence != row:  # a long row comes in parts, which have its columns
            row = here[0].sentence
            columns = Columns(article.text, sentences[row])
            heads = columns, column_periods(reading, sentences[row], columns) if columns.spans else {}
        for index, when in zip(indexes, _sentence(reading, sentence, here, heads), strict=True):
            answers[index] = when
    return with_unsaid(quantities, with_retold(sentences, quantities, answers))


def is_ability(text: str, cue: StatusCue, catalogue: Catalogue) -> bool:
    """Whether "could" tells what somebody was able to do, not what may come: "the nation could muster 280 exaflops"."""
    if not cue.is_weak or not text.startswith("could", cue.start, cue.end):
        return False
    return text[cue.end : cue.end + _VERB].lstrip().startswith(tuple(catalogue.grammar.classes["ability"]))


_VERB = 14  # characters of a verb


def _is_passing(article: Article, sentences: list[Sentence], catalogue: Catalogue) -> bool:
    """Whether the company with a fiscal year of its own is only one of those told of: named in one paragraph alone."""
    named = catalogue.organisations.find(article.text)
    whose = next((m.organisation for m in named if m.organisation.fiscal_year_end), None)
    starts = [s.start for s in sentences]
    held = [sentences[max(0, bisect_right(starts, m.start) - 1)] for m in named if m.organisation is whose]
    paragraphs = {s.paragraph for s in held}
    return whose is not None and len(paragraphs) == 1 and held[0].block != "title" and sentences[-1].paragraph > 2


def _is_of_others_too(article: Article, sentences: list[Sentence], catalogue: Catalogue) -> bool:
    """Whether, of several companies told of in turn, only one has a fiscal year of its own."""
    named = [m for m in catalogue.organisations.find(article.text) if m.organisation.kind == "company"]
    taking = {name for name in turns(sentences, named) if name}
    fiscal = {m.organisation.name for m in named if m.organisation.fiscal_year_end}
    return len(taking) > 1 and len(taking - fiscal) > 0


def _is_expected(text: str, ahead: list[int], e: PeriodExpression) -> bool:
    """Whether a word of goal or expectation stands near an expression, in its sentence; "by 2030" is one itself."""
    if e.moment.unit == "year" and e.lead == "point" and e.moment.edge != "end":
        return True
    k = bisect_left(ahead, e.start - 80)
    for at in ahead[k : k + 8]:
        if at > e.end + 60:
            break
        if not _STOP.search(text, min(at, e.end), max(at, e.start)):
            return True
    return False


def _with_distant(
    found: list[PeriodExpression], is_ahead: list[bool], parts: list[tuple[Sentence, list[int]]]
) -> list[bool]:
    """`is_ahead`, and also what no figure is told of and lies years behind all of which one is: "Ask me in 2040"."""
    told = [(sentence.start, sentence.end) for sentence, indexes in parts if indexes]
    starts = [start for start, _ in told]
    years = [e.moment.year if e.moment.anchor == "absolute" else 0 for e in found]
    is_told: list[bool] = []
    for e in found:
        k = bisect_right(starts, e.start) - 1
        is_told.append(k >= 0 and e.start < told[k][1])
    last = max(
        (year for year, is_new, is_in in zip(years, is_ahead, is_told, strict=True) if is_in and not is_new), default=0
    )
    return [
        is_new or (not is_in and e.moment.unit == "year" and 0 < last < year - 1)
        for e, year, is_new, is_in in zip(found, years, is_ahead, is_told, strict=True)
    ]


def _is_figure(expression: PeriodExpression, figures: list[tuple[int, int]]) -> bool:
    """Whether what looks like a year belongs to a figure (1901亿元, "2025 users")."""
    k = bisect_right(figures, (expression.start, 1 << 60)) - 1
    return k >= 0 and figures[k][0] <= expression.start < figures[k][1]


def _fiscal_rule(article: Article, folded: str, catalogue: Catalogue) -> str | None:
    """The end of the fiscal year of the first organisation named in the article that has one of its own."""
    text = article.text
    if next(_FISCAL.finditer(folded), None) is None:
        return None
    return (
        catalogue.organisations.fiscal_rule(text) or _told_rule(text, catalogue) or catalogue.places.fiscal_rule(text)
    )


_FISCAL = Anchored(
    r"[财財](?:年|政年)|[会會][计計]年度"
    r"|(?<![a-z0-9_])f(?:iscal|y|inancial year)|(?<!\d)20\d\d[-\u2013/]\d\d(?![\d/-])",
    ("财年", "财政年", "財年", "財政年", "会计年度", "會計年度", "fiscal", "fy", "financial year", "20"),
)
_QUARTER_ENDED = re.compile(
    r"\b(first|second|third|fourth|fiscal year)[ -]?(?:quarter)?"
    r"(?: (?:of )?(?:its |the |our )?(?:fiscal|fy) ?(?:year )?(?:\d{2,4})?)?"
    r",? (?:which |that )?(?:ended|ends|ending)(?: on| in)? (?=[A-Z\d])",
    re.I,
)
_QUARTER_OF = re.compile(
    r"\b(first|second|third|fourth|Q[1-4])(?:[ -]quarter)? \(((?:[A-Z][a-z]{2,8})[-\u2013](?:[A-Z][a-z]{2,8}))\)", re.I
)
_QUARTERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fiscal year": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4
}  # fmt: skip


def _told_rule(text: str, catalogue: Catalogue) -> str | None:
    """The end of a fiscal year that the text itself tells: "its second quarter ended September 27, 2025"."""
    months = _QUARTER_OF.search(text)
    spans = catalogue.periods.find(months[2]) if months else []
    if months and spans and spans[0].kind == "months":
        return f"{(spans[0].moment.last - 1 + 3 * (4 - _QUARTERS[months[1].lower()])) % 12 + 1:02}"
    found = catalogue.periods.find(text)
    for one, two in itertools.pairwise(found[:_FIRST]):
        if text[one.end : two.start].strip() in ("(", "\uff08") and (rule := _rule_of_names(one, two)):
            return rule
    match = _QUARTER_ENDED.search(text)
    dates = catalogue.periods.find(text[match.end() : match.end() + 24]) if match else []
    moment = dates[0].moment if dates and dates[0].start == 0 else None
    if match is None or moment is None or moment.anchor not in ("absolute", "missing") or not moment.first:
        return None
    month = (moment.first - 1 + 3 * (4 - _QUARTERS[match[1].lower()])) % 12 + 1
    if not moment.day:  # "ended in July"
        return f"{month:02}"
    if moment.anchor == "missing":
        return None
    weekday = date(moment.year, moment.first, moment.day).strftime("%A")
    quarter = _QUARTERS[match[1].lower()]
    ends = moment.year + (moment.first + 3 * (4 - quarter) - 1) // 12
    named = {e.moment.year for e in found[:_FIRST] if _is_fiscal_quarter(e, quarter)}
    mark = "+" if ends - 1 in named and ends not in named else ""  # named after the year in which it begins
    if moment.day < _NEAREST:  # "ended November 1": the Saturday nearest to the end of October
        return f"{(month - 2) % 12 + 1:02} nearest-{weekday}{mark}"
    last = month_end(moment.year, moment.first)
    days_left = last.day - moment.day if moment.day else 0
    return f"{month:02}{mark}" if not days_left else f"{month:02} last-{weekday}{mark}" if days_left < 7 else None


def _rule_of_names(one: PeriodExpression, two: PeriodExpression) -> str | None:
    """The end of the fiscal year by two names of one quarter: "the December quarter (Q3 FY26)"."""
    fiscal, plain = (one, two) if one.moment.is_fiscal else (two, one)
    if fiscal.kind != "quarter" or plain.kind not in ("quarter", "months") or plain.moment.is_fiscal:
        return None
    last = plain.moment.until.last if plain.moment.until else plain.moment.last
    if not fiscal.moment.is_fiscal or last % 3:
        return None
    return f"{(last - 1 + 12 - fiscal.moment.last) % 12 + 1:02}"


def _is_fiscal_quarter(e: PeriodExpression, quarter: int) -> bool:
    """Whether a time is a fiscal quarter of that number with its year: "third quarter of fiscal 2026"."""
    moment = e.moment
    return e.kind == "quarter" and moment.is_fiscal and moment.anchor == "absolute" and moment.last == 3 * quarter


_FIRST_NAMED = 2  # expressions of a headline
_FIRST = 12  # expressions among which an article says what its fiscal quarters are
_NEAREST = 4  # days into a month that a fiscal quarter may end


_WHEN_IT = re.compile(r",? (?:when|in which|a year in which) [^,;.\d]{0,48}$")
_WHEN_REACH = 64  # characters


def _when_it(text: str, q: Quantity, reads: list[Read]) -> Read | None:
    """The time right before a clause that tells what was then: "4.4% in 2023, when they consumed 176 TWh"."""
    match = _WHEN_IT.search(text, max(0, q.left - _WHEN_REACH), q.left)
    return next((r for r in reads if match and r.span and r.expression.end == match.start()), None)


_ASIDE_UP = re.compile(
    r", (?:up|down|a (?:rise|gain|drop|fall|decline|jump|growth) of|an increase of|growth of|or (?:up|down))"
    r" (?:by )?(?:about |some |around |nearly |almost |over |more than )?$"
)


def _is_back_to_now(text: str, read: Read, q: Quantity, reads: list[Read]) -> bool:
    """Whether a later clause goes back to the present: "it led in 2024; it now has 1,000 MW"."""
    then = read.expression.end
    nows = (r.expression.start for r in reads if r.expression.kind == "now")
    return any(then <= now < q.start and text.find(";", then, now) >= 0 for now in nows)


def _is_growth_aside(text: str, here: list[Quantity], k: int, e: PeriodExpression) -> bool:
    """Whether a growth between commas is that of the level and the time right before it, with another level behind:
    "$10 billion in 2023, up 5%, and $12 billion in 2024".
    """
    if not 0 < k < len(here) - 1 or here[k].kind != "growth" or not text.startswith(",", here[k].end):
        return False
    is_behind = here[k - 1].kind == "level" and here[k - 1].end <= e.start and e.end <= here[k].left
    return is_behind and _ASIDE_UP.fullmatch(text, e.end, here[k].left) is not None


#: The columns of a row, and the period that each heading cell states.
_Heads = tuple[Columns, dict[tuple[int, int], Read]]
_NO_HEADS: _Heads = (Columns("", Sentence(0, 0, "paragraph", 0, "en")), {})


def _sentence(reading: Reading, sentence: Sentence, here: list[Quantity], heads: _Heads) -> list[When]:
    reading.known.clear()
    reads = read_sentence(reading, sentence, here)
    strong = [r for r in reads if r.role == "period" and r.span]
    if strong:  # "last year 10 percent, now 80": beside another period even "now" is one
        first = strong[0].expression.start
        strong = [
            r
            for r in reads
            if r.span and (r.role == "period" or (r.role != "versus" and _contrasts(r.expression, first, here)))
        ]
        strong = [r for r in strong if r.role == "period" or not _goes_on(reading, strong, r, here)]
    strong = _without_documents(reading, strong)
    text = reading.folded
    owned = {r.owner: r for r in reversed(strong) if r.owner is not None}  # the nearest, of several
    owned |= _respectively(text, sentence, strong, here)
    for k in range(1, len(here)):  # "415 TWh, or 1.5% of consumption, in 2024": of both
        if says_again(text, here, k) and (k in owned) != (k - 1 in owned):
            owned[k] = owned[k - 1] = owned[k] if k in owned else owned[k - 1]
    is_session = _is_of_session(reading, sentence, here, strong)
    if is_session and 0 in owned:
        strong = [replace(r, owner=None) if r is owned[0] else r for r in strong]
        del owned[0]
    free = [r for r in strong if _is_free(r, here, text)]
    columns, over = heads
    is_revised = len(here) > 1 and _is_revised(reading, sentence)
    word = _REVISED.search(text, sentence.start, sentence.end) if is_revised else None
    revised = word.start() if word else sentence.start
    answers: list[When] = []
    chosen: list[Read | None] = []
    outside: tuple[Read | None, str] | None = None
    for k, q in enumerate(here):
        is_foreseen = bool(k) and _FORESEEN_THEN.match(text, q.end) is not None  # "against the 3 billion given in May"
        is_foreseen = is_foreseen or (bool(k) and _FORESEEN_BY.match(text, q.end) is not None)
        is_base = (is_base_figure(text, here, k) and not _is_of_others(text, q, reads)) or _was_so(text, here, k)
        is_base = (is_base or _was_pace(text, here, k)) and not _is_origin(text, here, k)
        is_base = is_base or _is_year_before_in_brackets(text, here, k)
        column = columns.over(q.start)
        read, why = owned.get(k), "clause"
        if read is None and k and k - 1 in owned and _OPENED.fullmatch(text, here[k - 1].end, q.left):
            read = owned[k - 1]  # "12 billion yuan (about 1.7 billion dollars) in 2025"
        if read is None and (then := _when_it(text, q, reads)) is not None:
            read = then
        if read is None and (of_level := owned.get(k - 1)) and _is_growth_aside(text, here, k, of_level.expression):
            read = of_level
        if read is None and column in over:
            read, why = over[column], "column"
        if read is None and is_revised and q.start > revised and len({r.span for r in strong}) == 1:
            read = strong[0]  # "raised its target to 14 from 13 percent by 2027": of both
        if read is None:
            later = k + 1
            while read is None and later < len(here) and _is_listed(text, here[later - 1], here[later]):
                if sentence.language == "zh" and _tells_anew(text, here[later - 1], here[later]):
                    break
                read = owned.get(later)
                if read and (looks_back(read.expression) or _turns_ahead(reading, here, k, read.expression)):
                    read = None
                read = read if read in free else None
                later += 1
            if read is None:
                read = next(
                    (
                        r
                        for r in reversed(strong)
                        if r.expression.start < q.start
                        and (r.owner is None or r in free)
                        and not is_aside(text, sentence.start, r.expression.start, q.start)
                        and not _is_bracketed(text, r.expression, q)
                    ),
                    None,
                )
                if read and q.kind in RELATIVE_KINDS and _ONLY_THEN.match(text, read.expression.end):
                    read = _later_before(strong, read) or read
                if read and _turns_back(reading, read, q):
                    read = None
                if read and _is_back_to_now(text, read, q, reads):
                    read = None
                if read and k and q.kind in RELATIVE_KINDS and looks_back(read.expression) and chosen:
                    is_between = read.expression.end <= here[k - 1].start and read.owner is None
                    told = next((c for c in chosen if c is not None and c is not read), None)
                    if is_between and _INCREASE.search(text, here[k - 1].end, q.start):
                        read = told or reading.carried or reading.focus  # "a year before it was 17.7: a leap of 25"
        if read is None:
            reaching = (
                r
                for r in free
                if not (is_aside(text, sentence.start, r.expression.start, q.start) or _is_of_next(reading, r, here, k))
            )
            read = next((r for r in reaching if _reaches_back(reading, here, k, r.expression, sentence)), None)
            why = "sentence"
            read = None if k == 0 and is_session else read
        if read is not None and read is not owned.get(k) and _is_of_goal(reading, read, q, sentence, here):
            read = None
        if read is not None and read is not owned.get(k) and looks_back(read.expression) and sentence.language == "zh":
            read = None if last_clause(text, read.expression.end, q.start) > read.expression.end else read
        if k and owned.get(k) is None and _EXPECTED_ZH.search(text, max(0, q.left - 8), q.left):
            read = next((c for c in chosen if c is not None), read)
        if read is not None and is_existing(text, q) and q.kind not in RELATIVE_KINDS:
            read, why = reading.carried or reading.focus or read, "existing"
        shifted: Span | None = None
        if (
            is_base
            and owned.get(k) is None
            and not (read and read.owner is None and _starts_from(text, read.expression, q))
        ):
            main = next((c for c in reversed(chosen) if c is not None), read or reading.carried or reading.focus)
            is_from = text.endswith(" from ", max(0, q.left - 6), q.left)
            is_running = main is not None and is_from and _is_running(reading, sentence, main)
            is_ahead = main is not None and is_to_come(reading, main) and not is_running
            # "raised its forecast to $125 billion from $118 billion", 将目标由550万辆下调至460万辆
            is_other_guess = is_revised and (q.start > revised or (k + 1 < len(here) and revised < here[k + 1].start))
            this_year = main if main and _is_running_year(reading, main) else None
            this_year = None if is_foreseen or is_other_guess else this_year
            if main and is_ahead and reading.focus and not (is_foreseen or is_other_guess):
                main = reading.focus if reading.focus.span != main.span else main
                read, why = main, "compared with"
            months = 0
            is_open = main is not None and main.expression.lead == _SINCE
            is_ahead_of = main is not None and is_to_come(reading, main) and not is_running
            if main and main.span and not (is_open or is_ahead_of or is_revised or is_foreseen):
                months = _steps_back(reading, sentence, main.span, here, k)
            ends = _ends(reading, main)
            if this_year and this_year.span and not ends:
                read, shifted, why = this_year, shift_months(this_year.span, -12), "compared with"
            elif ends:  # "from 2020 to 2024 sales rose from 3 to 9 billion"
                read, shifted, why = main, ends[0], "compared with"
            elif main and main.span and (is_foreseen or (is_other_guess and is_ahead)):
                read, why = main, "compared with"
            elif main and main.span and months and not (read and read.role == "day"):
                read, shifted, why = main, shift_months(main.span, -months), "compared with"
        elif k and q.kind not in RELATIVE_KINDS and q.unit == here[k - 1].unit and is_base_figure(text, here, k - 1):
            ends = _ends(reading, read) if _REACHING.search(text, here[k - 1].end, q.start) else None
            shifted = ends[1] if ends else None
        beaten = read if read and _is_beaten(text, q, k, read, here) else None
        if beaten is None and read and k and q.kind in RELATIVE_KINDS and is_former(reading, sentence, read):
            beaten = read if _INCREASE.search(text, here[k - 1].end, q.start) else None
        if beaten and (main := reading.carried or reading.focus) and main.span and main.span != beaten.span:
            read, why = main, "beaten"
        else:
            beaten = None
        if read is None and reading.latest:
            near = max(sentence.start, q.start - _NEAR), min(sentence.end, q.end + _NEAR)
            if _THEN.search(text, *near):
                read, why = reading.latest, "sentence"
                ends = _ends(reading, read)
                shifted = ends[1] if ends else shifted
        if read is None and not is_base and _is_past(reading, strong, here, text):
            read, why = reading.focus, "article"
        if read is None:
            outside = outside or elsewhere(reading, sentence, reads)
            read, why = outside
        span = shifted or (read.span if read else None)
        chosen.append(None if is_base else read)
        answers.append(_when(reading, sentence, q, k, here, reads, read, span, why, column, beaten))
    carry(reading, sentence, here, free, chosen)
    reading.latest = next((r for r in reversed(strong) if r.expression.kind != "now"), reading.latest)
    return answers


_DOCUMENT = re.compile(r"度?(?:[业業][绩績](?:[预預]告|快[报報])|[财財][报報]|年[报報]|年度[报報]告|[业業][绩績])")


_ENDED_ON = re.compile(r"[为為]?止?(?:的|[(\uff08])")


def _without_documents(reading: Reading, strong: list[Read]) -> list[Read]:
    """The periods without the year of reports that are counted on a day: 截至1月29日,已有68家公司披露2025年业绩预告."""
    first = strong[0] if strong else None
    if first is None or first.expression.moment.unit != "day" or first.expression.lead != "point":
        return strong
    second = strong[1] if len(strong) > 1 else None
    if second and _ENDED_ON.fullmatch(reading.folded, first.expression.end, second.expression.start):
        return strong[1:]  # 截至10月26日的第三财季业绩
    return [first, *(r for r in strong[1:] if not _DOCUMENT.match(reading.folded, r.expression.end))]


#: 今年3月达140万亿,2024年初还只有1000亿,增长1000多倍: the state before, from which it grew.
_ONLY_THEN = re.compile(
    r"[时時]?(?:[还還](?:只|不[过過])?[是有为為]|[还還]?(?:只|不[过過])[是有]|[仅僅才](?:[为為是有])?)"
)


def _later_before(strong: list[Read], read: Read) -> Read | None:
    """The period named before another one that it lies behind."""
    told = [r for r in strong if r.span and read.span and r.expression.start < read.expression.start]
    return next((r for r in reversed(told) if r.span and read.span and r.span[0] > read.span[1]), None)


#: 增长4.3%,高于二季度的3.8%,也高于市场预期的3.2%: what was expected of the time that is told of.
_EXPECTED_ZH = re.compile(r"(?:预期|預期|预估|預估|预测|預測)(?:值|中值)?(?:的|为|為)$")
#: "Revenue was 9 million; it had been 8 million": what a figure of the same sentence has been before.
_WAS_SO = re.compile(r"[;,] (?:it|they|that|this) had (?:been|stood at|numbered|amounted to)\s$")
_FORESEEN_THEN = re.compile(
    r" (?:it |they |that it |that they )?(?:had )?"
    r"(?:given|guided|indicated|flagged|signalled|signaled|targeted|forecast|predicted|projected|expected|announced"
    r"|communicated|set out|laid out)"
    r" (?:back )?in "
)
_FORESEEN_BY = re.compile(  # "better than the 30.9 billion yuan that analysts polled by Bloomberg had pencilled in"
    r" (?:that |which )?(?:[\w-]+ ){0,6}"
    r"(?:analysts?|economists|consensus|estimates?|forecasts?|expectations?|guidance|pencill?ed in"
    r"|expected|hoped for)\b"
)
_INCREASE = re.compile(
    r"(?:[-\u2013\u2014:]|,) an? (?:\w+ )?(?:increase|rise|jump|growth|gain|fall|drop|decline|leap|surge|climb|slide"
    r"|improvement|advance) of "
)


#: "65.6%, compared with 85.3% in urban areas": what is compared are others, not another time.
_BESIDE_OTHERS = re.compile(
    r"(?:\bagainst|\bcompared (?:with|to)|\bversus|\bvs\.?)\s(?:(?:about|some|around|just|only|over"
    r"|(?:less|more|fewer) than)\s){0,2}$"
)
_OTHERS = re.compile(
    r"(?:\s\([^()\n]{1,24}\))?\s(?:in|for|among|of|at|on|from)\s(?!(?:the\s)?(?:same|previous|year|prior|corresponding|last)\b)[^,;.\d]{3,60}"
)


def _is_of_others(text: str, q: Quantity, reads: list[Read]) -> bool:
    """Whether a figure set against another is told of others, without a word of when."""
    if _BESIDE_OTHERS.search(text, max(0, q.left - 40), q.left) is None:
        return False
    others = _OTHERS.match(text, max(q.end, q.noun_end))
    return others is not None and not any(q.end <= r.expression.start < others.end() + 3 for r in reads)


def _is_origin(text: str, here: list[Quantity], k: int) -> bool:
    """Whether a count is only of those whom another comes from: "16,000 guests from 46 countries"."""
    q = here[k]
    unit = here[k - 1].unit if k and here[k - 1].kind == "level" else None
    if q.kind != "level" or q.unit is None or unit is None:
        return False
    is_near = 0 <= q.left - max(here[k - 1].end, here[k - 1].noun_end) < _BRIEF
    is_count = q.unit.isalpha() and q.unit.islower() and unit.islower()
    is_from = is_near and is_count and _FROM.search(text, max(0, q.left - 20), q.left) is not None
    return is_from and not any(one.unit == q.unit for one in here if one is not q)


_FROM = re.compile(r"(?<!up )(?<!down )\bfrom (?:(?:about|some|around|nearly|over|more than|almost|at least) )?$")


def _is_year_before_in_brackets(text: str, here: list[Quantity], k: int) -> bool:
    """Whether a figure stands alone in brackets behind another in the same unit, as accounts give the year before:
    "revenue of NOK 18.4 billion (NOK 16.9 billion)".
    """
    q = here[k]
    if not k or q.kind not in ("level", "share") or q.left == 0 or text[q.left - 1] != "(":
        return False
    one = here[k - 1]
    is_alike = one.unit == q.unit and q.unit is not None and one.kind in ("level", "share") and one.value != q.value
    marks = [_NUMBER.split(text[o.start : o.end], 1)[0] for o in (one, q)]  # not "S$128 billion (US$99 billion)"
    is_alike = is_alike and marks[0] == marks[1] and _NUMBER.search(text, one.start, one.end) is not None
    return is_alike and text[q.end : q.end + 1] == ")" and _TO_BRACKETS.fullmatch(text, one.end, q.left) is not None


_NUMBER = re.compile(r"\d")
_TO_BRACKETS = re.compile(r"(?: (?:for|in|over|during) (?:[a-z-]+ ){1,6}(?:20\d\d )?| )\(")


def _was_so(text: str, here: list[Quantity], k: int) -> bool:
    left = here[k].left
    return bool(k) and here[k - 1].unit == here[k].unit and _WAS_SO.search(text, max(0, left - 40), left) is not None


#: "Core prices were up 3%, easing from 3.1%": the pace that a growth had a step before.
_PACE = re.compile(
    r"\b(?:(?:eas|slow|cool|moderat|decelerat|accelerat|quicken|edg|tick|climb|ris|pick|fall|dipp?|slipp?|dropp?)"
    r"(?:ed|ing|s|es)?|rose|fell|fallen|risen|up|down|lower|higher|faster|slower)"
    r"(?:\s(?:up|down|sharply|slightly|a (?:bit|touch|little)))?\sfrom\s"
    r"(?:(?:an?|the|about|some|around|just|over|nearly|growth|pace|rate|gain|rise|increase|of|its|their|previous"
    r"|revised|downwardly|upwardly|mere)\s){0,5}$"
)


#: "Inflation cooled to 4.5% from 4.7%", "slowed to 3.6% in October from 3.8%".
_FROM_PACE = re.compile(
    r"\s(?:(?:in|for|during)\s[a-z \d-]{3,24}\s)?from\s(?:(?:an?|the|about|some|around|just|over|nearly)\s){0,2}"
)


def _was_pace(text: str, here: list[Quantity], k: int) -> bool:
    """Whether a growth is the one that another right before it had slowed or quickened from."""
    q = here[k]
    if not k or q.kind != "growth" or here[k - 1].kind != "growth" or q.unit != here[k - 1].unit:
        return False
    end = here[k - 1].end
    if text.find("from ", end, q.left) < 0:
        return False
    is_reached = text.endswith(" to ", 0, here[k - 1].left) and _FROM_PACE.fullmatch(text, end, q.left) is not None
    return is_reached or _PACE.search(text, end, q.left) is not None


def _ends(reading: Reading, read: Read | None) -> tuple[Span, Span] | None:
    """The first and the last year or quarter of a range: in these what grows from one level to another starts and
    ends.
    """
    moment = read.expression.moment if read else None
    if read and moment and moment.unit == "months" and moment.until is None:
        return _end_months(reading, read)
    if moment is None or moment.until is None or moment.unit not in _STEPS or moment.until.unit != moment.unit:
        return None
    first = resolve(replace(moment, until=None), reading.written)
    last = resolve(moment.until, reading.written)
    return (first, last) if first and last else None


_TWO_MONTHS = 62  # days


def _end_months(reading: Reading, read: Read) -> tuple[Span, Span] | None:
    """The first and the last of the months between which something moved: "rose 2.1% between July and August"."""
    span, at = read.span, read.expression.start
    if span is None or (span[1] - span[0]).days > _TWO_MONTHS or not reading.folded.endswith("between ", 0, at):
        return None  # between October and December lies a quarter
    first = span[0], shift_months((span[0], span[0]), 1)[0] - timedelta(days=1)
    last = shift_months(span, -1)[1] + timedelta(days=1), span[1]
    return first, last


def _is_stretch(reading: Reading, e: PeriodExpression) -> bool:
    """Whether months or quarters are those of a flow, not the two between which something grew: "in April-December"."""
    near = reading.folded[max(0, e.start - 8) : e.start]
    return e.moment.unit != "year" and not ("between" in near or "from" in near)


_REACHING = re.compile(
    r"(?:\bto|到|至)\s?(?:about |some |nearly |over |约|近|逾|超)?$|(?:到|至|升至|增至|扩至)\s?(?:了|约|近|逾|超)?$"
)


_OPENED = re.compile(r"\s?[(\uff08](?:or|about|some|around|nearly|approximately|约|約|合|折合|约合|約合)?\s?")


_LIST = re.compile(r",?\s?(?:and|,|&|和|及|与|、|，)\s?(?:in\s|at the end of\s)?")


_IN_TURN = re.compile(r"分[别別][为為是]?|\brespectively\b")


def _respectively(text: str, sentence: Sentence, strong: list[Read], here: list[Quantity]) -> dict[int, Read]:
    """Periods and figures listed in one order: "in 2024 and 2025 they built 30 and 25, respectively"."""
    s = text[sentence.start : sentence.end]
    if not strong or not ("分别" in s or "分別" in s or "respectively" in s):
        return {}
    ranges = [years for read in strong if (years := _years(read))]
    if len(ranges) == 1:  # 2025至2027年每股收益分别为0.04元、0.44元和0.74元
        told: dict[int, Read] = {}
        years = ranges[0]
        cues = [cue.end() for cue in _IN_TURN.finditer(text, years[0].expression.end, sentence.end)]
        for at in cues:
            after = [k for k, q in enumerate(here) if q.start >= at][: len(years)]
            if len(after) == len(years) and len({here[k].kind for k in after}) == 1:
                told.update(zip(after, years, strict=True))
        for group in dict.fromkeys(q.group for q in here if q.group is not None and cues and q.start > cues[0]):
            listed = [k for k, q in enumerate(here) if q.group == group]  # 对应EPS为9.48/17.06/22.21元
            if len(listed) == len(years) and not any(k in told for k in listed):
                told.update(zip(listed, years, strict=True))
        return told
    if len(strong) < 2:
        return {}
    run = [strong[0]]
    for one, two in itertools.pairwise(strong):
        if not _LIST.fullmatch(text, one.expression.end, max(two.expression.lead_start, 0) or two.expression.start):
            break
        run.append(two)
    after = [k for k, q in enumerate(here) if q.start >= run[-1].expression.end]
    return dict(zip(after, run, strict=False)) if len(run) > 1 and len(after) >= len(run) else {}


def _years(read: Read) -> list[Read]:
    """The years of a short range, each by itself."""
    moment = read.expression.moment
    if moment.unit != "year" or moment.until is None or moment.until.unit != "year" or moment.anchor != "absolute":
        return []
    years = [replace(moment, year=year, until=None) for year in range(moment.year, moment.until.year + 1)]
    spans = [resolve(one, None) for one in years]
    if not 1 < len(years) <= _FEW_YEARS or not all(spans):
        return []
    return [Read(replace(read.expression, moment=one), read.role, span) for one, span in zip(years, spans, strict=True)]


def _is_bracketed(text: str, e: PeriodExpression, q: Quantity) -> bool:
    """Whether a time stands in brackets that close before a figure: "1.9 billion (2023: 1.7) and 820 million"."""
    return (
        text[e.start - 1 : e.start] == "("
        and opens(text, e)
        and text.find(")", e.end, min(q.start, e.end + _NEAR)) >= 0
    )


def _is_running(reading: Reading, sentence: Sentence, read: Read) -> bool:
    """Whether a year runs of which nothing is only expected: "has set aside 15 billion this year, down from 20"."""
    span = _running(reading, read)
    runs = span is not None and (span[1] - span[0]).days > _YEARLONG
    return runs and not is_future(reading, sentence.start, sentence.end)


def _is_running_year(reading: Reading, read: Read) -> bool:
    """Whether a period is the year that runs: "expects 7.5 million this year, up from 6.9 million"."""
    span = _running(reading, read)
    return span is not None and is_year(span)


def _running(reading: Reading, read: Read) -> Span | None:
    """The days of a period in which the article was written; None of others."""
    now, span = reading.written, read.span
    return span if now is not None and span is not None and span[0] <= now < span[1] else None


_YEARLONG = 360  # days


def _is_past(reading: Reading, strong: list[Read], here: list[Quantity], text: str) -> bool:
    """Whether the time in force is that with which a sentence compares: "It was 5.8 billion in 2024. Still, 2.2 billion
    are offline, down from 2.3 billion in 2024".
    """
    now, then = reading.focus, reading.carried
    if now is None or then is None or not (now.span and then.span) or now.span[1] <= then.span[1]:
        return False
    return any(r.span == then.span and r.owner is not None and is_base_figure(text, here, r.owner) for r in strong)


def _starts_from(text: str, e: PeriodExpression, q: Quantity) -> bool:
    """Whether a figure is where something began in a period: 去年从10万张起步."""
    return e.end < q.start and text[e.end : q.start].rstrip("约近逾") in ("从", "從", "由", " from ")


_BEATEN = re.compile(  # what has been passed, or is set against the figure of the time the article is about
    r"\b(?:beaten|exceeded|surpassed|topped|outdone|overtaken|bettered) by\b|"
    r"\bso (?:that )?(?:the (?:rise|increase|difference|gain|growth|fall|drop|decline|change)\b|"
    r"(?:\w+\s){0,3}(?:rose|grew|grown|risen|increased|fell|fallen|dropped|declined)\b)"
)


def _is_beaten(text: str, q: Quantity, k: int, read: Read, here: list[Quantity]) -> bool:
    """Whether a growth is one over the level of an earlier time: "July's total, 62 billion, was beaten by 4%"."""
    if q.kind not in RELATIVE_KINDS or not k or read.expression.start >= here[k - 1].end + 40:
        return False
    return here[k - 1].kind not in RELATIVE_KINDS and bool(_BEATEN.search(text, here[k - 1].end, q.start))


def _is_of_goal(reading: Reading, read: Read, q: Quantity, sentence: Sentence, here: list[Quantity]) -> bool:
    """Whether a time is that of what is expected in a clause before: 今年营收可望突破30亿；...占41%.

    One that opens its sentence governs all of it, but for a clause that tells of what is so already.
    """
    if not is_to_come(reading, read):
        return False
    text, e = reading.folded, read.expression
    at = last_clause(text, e.end, q.start)
    if at == e.end or not is_future(reading, e.start, at) or is_future(reading, at, q.start):
        return False
    is_opening = reading.goals.opens(sentence, e, reading.ahead, here[0].start)
    return not is_opening or reading.goals.is_present(at, q.start)


def _reaches_back(reading: Reading, here: list[Quantity], k: int, e: PeriodExpression, sentence: Sentence) -> bool:
    """Whether an expression governs a figure that stands before it: not out of a later clause of its own."""
    text, end = reading.folded, here[k].end
    if e.start < end:
        if _is_bracketed(text, e, here[k]):
            return False
        is_near = e.end <= here[k].start < e.end + _NEAR
        return not is_near or not _TURN_BACK.search(text, e.end, here[k].start)
    if looks_back(e) or opens(text, e) or _begins_anew(text, here, e):
        return False
    if e.start - end < _NEAR and _AFTER_ANOTHER.search(text, end, e.start):
        return False  # "rose 0.2% after gaining 0.4% in August"
    if _ALREADY.match(text, max(end, here[k].noun_end)) and _TURN.search(text, end, e.start):
        return False  # "477 data centres already hum and 100 more are due by 2030"
    if sentence.language == "zh":
        return sentence.block in ("title", "heading") or not _ZH_CLAUSE.search(text, end, e.start)
    return text.find(";", end, e.start) < 0 and not _turns_ahead(reading, here, k, e)


def _is_of_next(reading: Reading, read: Read, here: list[Quantity], k: int) -> bool:
    """Whether a time to come is only that of what is added behind a comma to what there is: "It employs 320,000 people,
    with 150,000 more needed by 2030", "accounts for 4.4% of demand, a share seen rising to 12% by 2028".
    """
    q, start = here[k], read.expression.start
    if not q.end < start < q.end + _NEAR or not is_to_come(reading, read):
        return False
    text = reading.folded
    if _ADDED.search(text, q.end, start) is None:
        return False
    low = max(text.rfind(". ", max(0, q.start - _NEAR), q.start), text.rfind("\n", max(0, q.start - _NEAR), q.start), 0)
    return not is_future(reading, low, q.end)


#: What adds something to come: ", with 20 more due", ", a share seen rising to", ", rising to".
_ADDED = re.compile(
    r"(?:,|\s\u2014|\s\u2013)\s(?:with(?=(?:[^,;]|,(?=\d)){0,60}(?:more|further|another|additional|extra|on top))"
    r"|with (?:another|a further|an additional|an extra)\b"
    r"|(?:and\s)?(?:an?|the|its)\s(?:\w+\s){1,2}(?:that (?:is|will)\s)?"
    r"(?:seen|set|expected|forecast|projected|due|likely|to|which|that|it)\b"
    r"|(?:and\s)?(?:rising|growing|climbing|increasing|heading|falling|dropping|declining|expanding"
    r"|going up|on (?:its|the) way)\b"
    r"|(?:of which|including)\s"
    r"|(?:and\s)?(?:another|a further|an additional)\s)"
)


def _begins_anew(text: str, here: list[Quantity], e: PeriodExpression) -> bool:
    """Whether a time opens what is told next, of a figure of its own: "could rise to 22 TWh, and by 2050 to 50"."""
    begin = e.lead_start if 0 <= e.lead_start < e.start else e.start
    is_joined = text.endswith((", and ", ", but ", ", then ", " and then ", " and by "), max(0, begin - 10), begin)
    return is_joined and any(0 <= q.start - e.end < _BRIEF for q in here)


def _is_of_session(reading: Reading, sentence: Sentence, here: list[Quantity], strong: list[Read]) -> bool:
    """Whether the first figure is a move of the day, of which a time behind it only tells the reason: "Siemens climbed
    3.2% after it raised its full-year outlook".
    """
    if not (here and strong) or here[0].kind not in RELATIVE_KINDS or sentence.language != "en":
        return False
    end, start = here[0].end, strong[0].expression.start
    is_reason = end < start and _REASON.search(reading.folded, end, min(start, end + _NEAR)) is not None
    return is_reason and session_day(reading, replace(sentence, end=end), []) is not None


_REASON = re.compile(r"[ ,](?:after|as|when|even (?:though|as)|although|though|despite|on|following|because|amid|and) ")
_AFTER_ANOTHER = re.compile(
    r"\b(?:after|following|having)\s(?:(?:having|an?|the|downwardly|upwardly|revised)\s){0,3}\w+\s[^;]{0,120}\d"
)
_BRIEF = 40  # characters between a time that opens a clause and its figure
_NEAR = 400  # characters within which one clause of a sentence turns on another
_THEN = re.compile(
    r"b(?<!\w.)y (?:then|that (?:time|date|point))\b|届时|屆時|到那[时時]"
)  # the time that was named last
_TURN = re.compile(r",\s?|\s(?:and|but|while|yet)\s")


def _turns_ahead(reading: Reading, here: list[Quantity], k: int, e: PeriodExpression) -> bool:
    """Whether a word of goal or expectation begins something new between a figure and the time of that: "has 5 GW and
    plans 9 GW by 2030"; "30 percent do, and the goal for 2027 is half".
    """
    ahead, end = reading.ahead, here[k].end
    at = bisect_left(ahead, end) if e.start - end < _NEAR else len(ahead)
    if at == len(ahead) or ahead[at] >= e.start or not _TURN.search(reading.folded, end, ahead[at]):
        return False
    if _ALREADY.match(reading.folded, max(end, here[k].noun_end)):
        return True
    if k + 1 == len(here) or here[k + 1].start >= e.start:
        text, to = reading.folded, ahead[at]
        low = max(0, end - _CLAUSE)
        low = max(low, text.rfind(". ", low, end), text.rfind("\n", low, end))
        if not is_future(reading, low, end) and _WILL.search(text, end, to + _WORD):
            return True  # "already runs 14 sites and will add six more by 2028"
        return bool(_JOINED.search(text, end, to))
    last = here[bisect_left(here, e.start, key=lambda q: q.start) - 1]  # whose time it is
    # "at 4 billion it was up 9%, and the firm lifted its guidance for the year to 3%"
    then = bisect_left(ahead, last.end)
    if then < len(ahead) and ahead[then] < e.start and _JOINED.search(reading.folded, last.end, ahead[then]):
        return True
    return ahead[at] < last.start


_TURN_BACK = re.compile(
    r"[;,]\s(?:[\w'-]+\s){0,4}(?:so far|today|at present|currently|now|current)\b|,\shaving\s\w+"
    r"|;\s[^;]{0,300}\balready\b"
    r"|\s(?:and|but)\s(?:already\s|now\s|currently\s)?(?:has|have|had)\s(?!to\b)"
)


def _turns_back(reading: Reading, read: Read, q: Quantity) -> bool:
    """Whether what is there now is told after what is to come: "will retire 3 GW by 2028 and has 900 MW of wind"."""
    end = read.expression.end
    if not (is_to_come(reading, read) and end <= q.start < end + _NEAR):
        return False
    if reading.folded.find(";", end, q.start) >= 0 and _ALREADY.match(reading.folded, max(q.end, q.noun_end)):
        return True  # "are to go by 2027; 600 have already been cut"
    turn = _TURN_BACK.search(reading.folded, end, q.start)
    return turn is not None and not is_future(reading, turn.start(), q.start)  # "For 2026, it now expects 40 GW"


_ALREADY = re.compile(r"\s(?:[\w'-]+\s){0,3}already\s")
_CLAUSE, _WORD = 100, 12  # characters of a clause before a figure, and of a word
_WILL = re.compile(
    r"\s(?:and|but)\s(?:also\s)?(?:will|plans?|aims?|expects?|intends?|wants?|hopes?|(?:is|are)\s(?:due|set|to)"
    r"|kept|keeps|raised|raises|lifted|cut|lowered|maintained|reaffirmed|reiterated|trimmed|guided)\s"
)
_JOINED = re.compile(r",\s(?:and|but|while|yet)\s")


def _is_revised(reading: Reading, sentence: Sentence) -> bool:
    """Whether a goal or forecast is moved ("raised its forecast to 7.3% from 6.8%"): both hold for one period."""
    return is_future(reading, sentence.start, sentence.end) and bool(
        _REVISED.search(reading.folded, sentence.start, sentence.end)
    )


def _steps_back(reading: Reading, sentence: Sentence, span: Span, here: list[Quantity], k: int) -> int:
    """How many months lie between a period and the one that its figures are compared with; 0 if nothing tells."""
    q = here[k]
    is_paired = any(one.unit == q.unit for one in (*here[max(0, k - 1) : k], *here[k + 1 : k + 2]))
    days = (span[1] - span[0]).days
    if q.kind == "growth":  # the pace of the month, quarter or year before
        return next((months for months in (1, 3, 6, 12) if days < 31 * months + 5), 12) if days else 0
    word = any_within(reading.growth, sentence.start, sentence.end)
    unit = word.moment.unit if word else reading.versus or (reading.steps.get(span) if is_paired else None)
    if days > 360 or unit == "year":
        return 12
    if unit in ("quarter", "month", "chain"):
        return 3 if unit == "quarter" or (unit == "chain" and days > 80) else 1
    if q.kind == "level" and 26 < days < 32 and not any(word.moment.unit == "year" for word in reading.growth):
        return 1  # a month's report that compares with no year
    is_year_end = span[0] == span[1] and (span[1].month, span[1].day) == (12, 31)
    return 12 if is_year_end or days > 80 else 0  # "slipped to $1.80 in the third quarter from $1.85": a year before


def _step(versus: str | None, span: Span) -> str | None:
    """How far back a base lies, as a step: the last day of the quarter before is one quarter back."""
    if versus in _STEPS:
        return versus
    months = {"year": 12, "quarter": 3, "month": 1}
    return next((name for name, n in months.items() if shift_months(span, -n)[1].isoformat() == versus), None)


_BESIDE = 1  # characters between "now" or "today" and its figure


def _contrasts(e: PeriodExpression, first: int, here: list[Quantity]) -> bool:
    if e.kind != "now":
        return False
    if here and first < e.start and here[0].start < e.start < here[-1].start:
        return True  # "had 30 cranes at the end of 2024 and now has 36"
    if any(0 <= e.start - q.end <= _BESIDE for q in here):
        return True  # "2.34 hours now, 2.28 hours six months ago"
    return any(first < q.start < e.start or (first < e.start and 0 <= q.start - e.end <= _BESIDE) for q in here)


def _goes_on(reading: Reading, strong: list[Read], now: Read, here: list[Quantity]) -> bool:
    """Whether "now" is the day of a state told just before, of other things: "had 1.1 billion users in December; 80
    percent of people are now online". Beside a figure in the same unit it sets one time against another.
    """
    told = next((r.span for r in strong if r.role == "period" and r.span), None)
    if told is None or reading.written is None or now.expression.moment.edge:
        return False
    if not 0 <= (reading.written - told[1]).days < _RECENT_DAYS:
        return False
    at = now.expression.start
    its = next((q for q in here if q.start > at), None)
    if its is None or its.start - at > _BRIEF:
        its = next((q for q in reversed(here) if q.start < at), its)
    return (
        its is not None and its.unit is not None and not any(q.unit in (its.unit, None) for q in here if q is not its)
    )


_RECENT_DAYS = 100  # days within which a state still holds


def _is_free(read: Read, here: list[Quantity], text: str) -> bool:
    """A trailing expression goes on to govern what follows, unless its own quantity was only a base of comparison."""
    e = read.expression
    if is_compared(text, e):
        return False
    if read.owner is None:
        return True
    if looks_back(e) and text.startswith("of ", e.lead_start):
        return False  # "above the 2.9% of the previous quarter and the forecasts of 4%"
    q = here[read.owner]
    is_base = is_base_figure(text, here, read.owner) or follows_base(text, here, read.owner)
    return not is_base and not is_base_text(text, q)


_UNLISTED = re.compile(
    r"[;:\u3002\uff1b]|\.\s|\b(?:from|with|after|following|having|above|below|short of|than|of which)\b"
    r"|against|compared"
)


def _is_listed(text: str, one: Quantity, two: Quantity) -> bool:
    return two.start - one.end <= 40 and not _UNLISTED.search(text[one.end : two.start])


#: What opens a clause about something else: 空置率31%,约150兆瓦项目将于四季度投用, 收入9亿元,2026年将达12亿元.
_ZH_COMMA = re.compile(r"[,\uff0c]")


def _tells_anew(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether a comma parts a Chinese figure from an amount: a time stands before what it governs, or in its clause."""
    return two.kind not in RELATIVE_KINDS and _ZH_COMMA.search(text, one.end, two.start) is not None


def _when(
    reading: Reading, sentence: Sentence, q: Quantity, k: int, here: list[Quantity], reads: list[Read],
    read: Read | None, span: Span | None, why: str, column: tuple[int, int] | None, beaten: Read | None,
) -> When:  # fmt: skip
    versus = q.versus
    if q.kind not in RELATIVE_KINDS and (
        known := cast("When | None", reading.known.get((id(read), span, why, versus)))
    ):
        return known
    reasons: tuple[str, ...] = (why,) if read else ()
    reasons += (_SINCE,) if read and read.expression.lead == _SINCE and read.role == "period" else ()
    reasons += ("counted back",) if read and why in ("clause", "sentence") and looks_back(read.expression) else ()
    written = reading.written.isoformat() if reading.written else None
    if q.kind in RELATIVE_KINDS:
        stated, words = growth_base(reading, sentence, q, k, here, reads, span, column, beaten)
        versus = stated or versus
        is_yearly = any(one.versus == _YEARLY for one in here)
        is_total = versus is None and not is_yearly and sentence.language == "en" and q.kind in ("growth", "change")
        is_total = is_total and not (read is not None and _is_stretch(reading, read.expression))
        ends = _ends(reading, read) if is_total else None
        if ends and read and span == read.span and (q.kind == "growth" or ends[0][0].year + 1 >= ends[1][0].year):
            span, versus, words = ends[1], distance(*ends), "from year to year"  # "rose by 4% between 2023 and 2024"
        if words and span is not None:
            step = _step(versus, span)
            reading.versus = step or reading.versus
            reading.steps[span] = step if reading.steps.get(span, step) == step else None
        reasons += (f"versus: {words}",) if words else ()
    if read is not None and span is not None:
        e = read.expression
        words = reading.article.text[max(e.lead_start, 0) if 0 <= e.lead_start < e.start else e.start : e.end]
        start, end = span[0].isoformat(), span[1].isoformat()
        is_of_day = why == "paragraph" and is_closing(e) and any(r.role == "day" for r in reads)
        whole = None if is_of_day else _whole_start(reading, read, span)
        when = When(start, end, words, e.moment.is_fiscal, versus, reasons, written, whole)
    else:
        when = When(None, None, None, False, versus, reasons, written)
    if q.kind not in RELATIVE_KINDS:
        reading.known[id(read), span, why, versus] = when
    return when


def _whole_start(reading: Reading, read: Read, span: Span) -> str | None:
    """The first day of the year, half or quarter that a day is said to be the last of: "by the end of 2024"."""
    moment = read.expression.moment
    if span[0] != span[1] or moment.edge not in ("end", "point") or moment.until is not None:
        return None
    if is_closing(read.expression):
        told = reading.focus.span if reading.focus else None
        return told[0].isoformat() if told and told[0] < told[1] == span[1] else None
    is_years_end = moment.unit == "end" and span[1].month == _DECEMBER
    months = _DECEMBER if is_years_end else moment.last - moment.first + 1
    if moment.unit not in _SEVERAL_MONTHS or months < _QUARTER:
        return None
    return (shift_months(span, -months)[1] + timedelta(days=1)).isoformat()


_SEVERAL_MONTHS = ("year", "whole", "end", "half", "quarter", "months")
_DECEMBER, _QUARTER = 12, 3  # months
