"""Whether a figure is a fact, a goal or an expectation: `actual`, `target` or `forecast`.

What lives here: which word of goal or expectation governs which quantity, and what the period adds. What does not: the
words (see `status_words.csv`). "An estimated 6 billion" about a time that has passed is a fact; a range for the year
that is under way is none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from pipelines.catalogue import Catalogue
from pipelines.catalogue.periods import fold
from pipelines.catalogue.sought import Guarded
from pipelines.catalogue.status_words import StatusCue
from pipelines.stages.observations.columns import introduced
from pipelines.stages.observations.goals import Goals
from pipelines.stages.observations.period_roles import is_aside, is_existing
from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

_OWN = (("clause",), ("column",))
_FIRM = (*_OWN, ("session",))
_CLAUSE = re.compile(
    r"[;\uff1b\u3002]|[,\uff0c][^\n]{12}|,\s(?:and|but|while|whereas|yet)\s|\s(?:after|despite|before)\s\w+ing\s"
)  # what a figure's clause ends at; no short aside
_LISTED = re.compile(r",?\s?(?:and|or|to|,|/|-|–|、|和|及|与|至|到)?\s?")
_HELD_AGAINST = Guarded(
    r"\b(?:than|beat(?:ing|s)?|above|below|miss(?:ed|ing)|topp(?:ed|ing)|against|exceed(?:ed|ing)|met|meeting|passed|times"
    r"|(?:in (?:line|keeping)|consistent) with|match(?:ed|ing|es)|(?:short|ahead|shy) of)\s"
    r"(?:[\w'\u2019-]+\s){0,5}$|(?:[逊遜]于|[逊遜]於|[低高好优優][于於]|胜过|勝過|不及|超过|超過|超出|踩过|踩過|不如|大于|符合|勝|胜|遜|逊)[^,\uff0c;\uff1b]{0,6}$"
    r"|(?:(?<![占佔])比(?![例重率])|[较較])[^,\uff0c;\uff1b\d]{0,14}$",
    (
        "than", "beat", "above", "below", "miss", "topp", "against", "exceed", "met", "meeting", "passed", "times",
        "in line with", "in keeping with", "consistent with", "match", "short of", "ahead of", "shy of",
        *"于於比较較勝胜遜逊", "胜过", "勝過", "不及", "超过", "超過", "超出", "踩过", "踩過", "不如", "符合",
    ),
)  # fmt: skip
_AND = re.compile(r"\s(?:and|but|from|after)\s")
_BY_SO_MUCH = re.compile(r"(?:的)?[多少高低快慢超](?:出|了)?(?:约|約|近)?$")  # 比规划目标多8个
_NAMED = re.compile("[《〈][^《》〈〉\\n]{1,120}[》〉]")
_TIMES_WHAT = re.compile(
    r"\s(?:of\s)?(?:the|its|their|that|his|her)\s(?:\w+\s){0,2}"
)  # "four times the initial target"
#: What says that something is so: a sentence under "Targets" or "Obligations" may tell what has been done already.
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|stood|stands|reached|numbers?|numbered|lived?)\b(?! (?:to|been)\b)|已"
)
#: A sentence of what has been, under a heading that foretells: "The United States was responsible for 45%".
_TOLD = re.compile(
    r"\b(?:was|were|accounted|reached|rose|fell|stood|totalled|totaled|came|made up)\b"
    r"(?! (?:to|expected|projected|forecast)\b)"
    r"|\b(?:has|have|had|employs?|operates?|owns?|runs?) "
    r"(?:(?:about|some|around|over|nearly|more than|now|already) ){0,2}$"
    r"|\b(?:has|have) (?:\w+ly )?(?:grown|risen|fallen|doubled|tripled|been)\b"
)
#: "is building eight halls, due for completion in mid-2026": they are being built now.
_BUILDS = re.compile(
    r"\b(?:is|are) (?:now |already |currently )?(?:building|constructing|erecting)\s(?:[\w'-]+\s){0,5}$"
)
_DUE_LATER = re.compile(
    r"(?:[^,;.\n]|\.(?=\d)){0,80},\s(?:which (?:is|are) |all )?(?:due|scheduled|slated|expected|set|planned|to be) "
)
_APART = re.compile(
    r"[;\uff1b\u3002]|\s(?:and|but)\s(?:already\s|now\s|currently\s)?(?:has|have|had)\s(?!to\b)"
    r"|\b(?:after|because)\s(?:[\w'-]+\s){1,3}\w+ed\b"
    r"|,\shaving\s\w+"
    r"|,\s(?:sending|pushing|lifting|dragging|driving|knocking)\s(?:[\w'-]+\s){0,4}(?:shares|stock|price|index)\b"
)
_HEADED = re.compile(r"(?<!以下)(?<!如下)(?<![标標是为為])[:\uff1a](?=[\u4e00-\u9fff])")
_ALREADY = re.compile(r"\s(?:[\w'-]+\s){0,3}already\s")  # "477 data centres already hum and 100 more are due by 2030"
#: "The seven bases we planned have built 524 datasets": what is said of the planned is done.
_HAS_DONE = re.compile(r"\s(?:has|have)\s(?!to\b|been\b)")
_OPENS = re.compile(r"\([^()]{0,40}$")
_CLOSES = re.compile(r"[^()\n]{0,40}\)")
_FOR_THE_NEXT = re.compile(r"(?: of)?:? ?[-+−]?[$€£¥]?\d")  # "rose 4.4% (forecast: 4.1%)": said of the second alone
_AMOUNT = 10_000
_PART = re.compile(r"[,\uff0c;\uff1b]?(?:其中|[当當]中)[^,\uff0c;\uff1b\u3002]{0,10}")
_FORETOLD = re.compile(  # "the 5 million analysts had expected", "the 12% it aims for"
    r"\s(?:that\s)?(?:(?!as\b|than\b|what\b|which\b)[\w'-]+\s){0,5}(?:had|it|they|he|she|we|analysts|economists)\s"
)
_OF_WHICH = ("其中", "当中", "當中")
_COMMA = re.compile(r"[,\uff0c]")
_TO_BE = ("will", "will be", "foresees", "foresee")
_ZH_TO_BE = ("将", "將")
_PLANNED = re.compile(  # a plan sets what is to be
    r"\b(?:under|according to|in line with|as part of) (?:the|its|their|a|an) (?:[\w'-]+ ){0,5}"
    r"(?:plan|outline|program|programme|strategy|roadmap|blueprint)\b"
    r"|\b(?:plan|roadmap|strategy|blueprint) foresees\b"
    r"|(?:按照|根据|根據|依照|依据|按)[^,\uff0c。;\uff1b《》]{0,10}(?:规划|規劃|计划|計劃|方案|部署)[,\uff0c]"
)
_MODALS = (
    "will", "is to", "are to", "is to begin", "are to begin", "is to become", "are to become", "may be", "might be",
    "could be", "将", "將", "若",
)  # fmt: skip
_UNSURE = ("would", "could", "should", "ought to")
_SUBJECT = re.compile(r"(?:\s(?!(?:and|but|which|that|who|while)\b)[\w-]+){0,6}\s")
_LABEL, _LABEL_WORDS = 30, 4  # characters and words of a sentence that heads its paragraph
_MOST = 5  # times as long as what is left of several years that they are, where they are nearly over
_UNREPORTED = 60  # days after the end of a period in which its figures may still be expected
_ESTIMATED = re.compile(r"(?:FY)?(?:20)?\d\d[EeFf]")  # 2026E, 2027F: as analysts mark what they expect
_SET_BESIDE = re.compile(  # "that topped expectations of $4 billion": what was expected, though its time is over
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|above|below|beat(?:ing|s)?|topp(?:ed|ing)|miss(?:ed|ing)"
    r"|exceed(?:ed|ing)|surpass(?:ed|ing)|ahead of|short of|in line with|higher than|lower than|better than)\s"
    r"(?:[\w'\u2019-]+\s){0,4}$"
)
_WHAT_WAS_EXPECTED = re.compile(r"\s(?:of|for|at)\s(?:(?:about|some|around|roughly|just|an?|over)\s){0,2}")
_ITS_GROWTH = re.compile(
    r"[,\uff0c、(\uff08]?\s?(?:同比|环比|環比|按年|按季|年增|季增|年减|季减)[^,;\uff0c\uff1b。\d]{0,6}"
)
_ITS_GROWTH_EN = re.compile(  # "240 TWh more than in 2024, an increase of 130%", "$5bn, up 12%"
    r"(?:\s(?:more|less|higher|lower) than [^,;.()\n]{1,30})?,?\s\(?(?:or|up|down|an? (?:\w+ ){1,2}of)\s"
)
_REACH = 400  # characters that a word of goal or expectation reaches
_VERB = 40  # characters in which the verb of a demand ends


_ITS_KIND = re.compile(r"\s(?:[a-z-]+\s){1,2}")  # "median", "consensus growth"
_ONE = re.compile(r"\b(?:the|an?|its|their|our|his|her)\s(?:[\w'\u2019-]+\s){0,1}$")
_DETERMINED = 20  # characters before a figure in which its article stands
_MEASURED = 60  # characters
#: What results are held against over a list: "how the company fared against the LSEG consensus", 与市场预期相比.
_SET_AGAINST = re.compile(
    r"\b(?:against|versus|vs\.?|compared (?:with|to)|relative to) (?:[\w'\u2019-]+ ){0,5}$"
    r"|(?:与|與|对比|對比|较|較)[^,\uff0c。]{0,8}$"
)


def status(
    article: Article,
    sentences: list[Sentence],
    quantities: list[Quantity],
    periods: Sequence[When],
    catalogue: Catalogue,
) -> list[str]:
    """The status of each quantity, in their order; `periods` are those of the same quantities."""
    text = fold(article.text)
    sentences = introduced(text, sentences, quantities)
    cues = _unnamed(text, catalogue.periods.status.find(text))
    counted = {q.end for q in quantities}
    cues = [c for c in cues if c.end not in counted or text[c.end - 1] != "s"]  # "scored 23 goals"
    starts = [c.start for c in cues]
    labels = _labels(text, sentences)
    demands = catalogue.grammar.classes["demand"]
    goals = Goals(article.text, sentences, catalogue)
    answers: list[str] = []
    above: dict[int, list[StatusCue]] = {}  # sentence -> the words over it that hold for it
    demanded: list[StatusCue] = []  # by the verb that opens the sentence in turn
    for k, (q, period) in enumerate(zip(quantities, periods, strict=True)):
        sentence = sentences[q.sentence]
        low, high = max(sentence.start, q.start - _REACH), min(sentence.end, q.end + _REACH)
        here = cues[bisect_left(starts, low) : bisect_left(starts, high)]
        around = above.get(q.sentence)
        if around is None:
            demanded = _demand(text, sentence, demands)
            around = above[q.sentence] = [
                c
                for s, e in (
                    *sentence.context,
                    *labels.get(sentence.paragraph, ()),
                    *_asked(text, sentences, q.sentence),
                )
                if s != sentence.start
                for c in cues[bisect_left(starts, s) : bisect_left(starts, e)]
                if not c.is_weak and (c.is_after or sentence.language != "zh")  # 还要再翻番 is said of its own clause
                if not (c.status == "target" and _TELLS.search(text, sentence.start, sentence.end))
                if not (c.status == "forecast" and e < sentence.start and _TOLD.search(text, sentence.start, q.start))
                if not _SET_AGAINST.search(text, max(s, c.start - _MEASURED), c.start)
            ]
        last = quantities[k - 1] if k and quantities[k - 1].sentence == q.sentence else None
        after = quantities[k + 1] if k + 1 < len(quantities) and quantities[k + 1].sentence == q.sentence else None
        here = [c for c in here if c.end > q.start or not is_aside(text, low, c.start, q.start)]
        is_former = last is not None and _is_former(period, periods[k - 1])
        here = [*demanded, *(c for c in here if _reaches(text, c, q, last, after, is_former))]
        state = _status(text, q, here, around, period, period.written)
        if state == "forecast" and _PLANNED.search(text, low, high) and not any(_foretells(text, c) for c in here):
            state = "target"
        if sentence.language == "zh" and _is_ahead(period):
            state = goals.of_sentence(sentence, q.start, here) or state
            is_planned = goals.is_plan or goals.names_plan(sentence, q.start)
            state = "target" if is_planned and not any(goals.foretells(c) for c in here) else state
        if state == "actual" and last is not None and (_is_part(text, last, q) or _is_its_growth(text, last, q)):
            state = answers[-1]
        before = last or (quantities[k - 1] if k and text.startswith(_OF_WHICH, sentence.start) else None)
        is_after_forecast = state == "actual" and before is not None and answers[-1] == "forecast"
        if is_after_forecast and before is not None and sentence.language == "zh":
            is_alike = _is_told_alike(period, periods[k - 1]) and not goals.is_present(before.end, q.start)
            state = "forecast" if is_alike else state
        if state == "actual" and sentence.language == "zh" and _is_all_ahead(period):
            is_so = goals.is_present(sentence.start, q.start)  # 已累计部署300套
            is_on = k > 0 and answers[-1] == "target" and _is_told_alike(period, periods[k - 1])
            # of a time that has not begun, which an earlier sentence named, as its goal or as what is expected
            state = state if is_so else "target" if is_on else "forecast"
        answers.append(state)
    return answers


def _is_ahead(period: When) -> bool:
    """Whether a time that the sentence names is still to come, at least in part."""
    is_stated = period.why[:1] in (*_OWN, ("sentence",))
    return is_stated and period.end is not None and period.written is not None and period.end > period.written


def _is_all_ahead(period: When) -> bool:
    """Whether a time begins after the article's day."""
    return period.start is not None and period.written is not None and period.start > period.written[:10]


def _is_told_alike(period: When, last: When) -> bool:
    """销量有望达到1900万辆;出口约740万辆: of the same time to come as what has just been expected of it."""
    is_same = (period.start, period.end) == (last.start, last.end)
    return is_same and period.end is not None and period.written is not None and period.end > period.written


def _is_part(text: str, last: Quantity, q: Quantity) -> bool:
    """今年預估資本支出400億美元,其中約七成投入先進製程: a part of what is expected is expected, too."""
    return q.kind == "share" and _PART.fullmatch(text, last.end, min(q.start, max(last.end, q.bound_start))) is not None


def _is_its_growth(text: str, last: Quantity, q: Quantity) -> bool:
    """预计净利润9亿元,同比增长12%: the growth of what is expected is expected, too."""
    if last.kind not in ("level", "growth", "change") or q.kind not in ("growth", "change"):
        return False
    end = min(q.start, max(last.end, q.bound_start))
    return any(pattern.fullmatch(text, last.end, end) for pattern in (_ITS_GROWTH, _ITS_GROWTH_EN))


def _unnamed(text: str, cues: list[StatusCue]) -> list[StatusCue]:
    """The cues that are not words of a document's name: 《算力发展趋势预测报告》 expects nothing."""
    names = [match.span() for match in _NAMED.finditer(text)] if cues else []
    if not names:
        return cues
    starts = [start for start, _ in names]
    return [c for c in cues if not ((k := bisect_left(starts, c.start)) and c.start < names[k - 1][1])]


def _is_former(period: When, last: When) -> bool:
    """Whether a figure is one of a time of its own, before that of the figure in front of it, and long over:
    "compared with a $5 billion consensus and $4 billion a year earlier".
    """
    if period.why[:1] not in _OWN or not (period.end and last.start and period.written):
        return False
    return period.end < last.start and period.end < period.written


def _reaches(
    text: str, c: StatusCue, q: Quantity, last: Quantity | None, after: Quantity | None, is_former: bool
) -> bool:
    """Whether a cue may govern a figure: not one behind the next figure, nor one that a figure before is held against.

    "Inflation was 2%, below the 3% target" and "2%, worse than the 1% expected, then 3%" state facts beside it.
    """
    if is_former and last is not None and c.start <= q.left and q.left > last.end and c.end <= q.left:
        return c.start > last.end and _AND.search(text, c.end, q.left) is None
    if c.end <= q.start and c.is_after and _HAS_DONE.match(text, c.end):
        return False
    if c.start >= q.end and _FOR_THE_NEXT.match(text, c.end) and _OPENS.search(text, q.end, c.start):
        return False
    is_closed = _FOR_THE_NEXT.match(text, c.end) and _CLOSES.match(text, c.end, q.left)
    if c.end <= q.start and is_closed and text[q.left - 1] != "(":
        return False  # but "(foreseen: 48%) and Hyderabad (44%)"
    low = max(0, c.start - 40, q.end if q.end <= c.start else 0)
    is_held_against = bool(_HELD_AGAINST.search(text, low, c.start))
    if q.kind == "ratio" and c.start >= q.end and _TIMES_WHAT.fullmatch(text, q.end, c.start):
        return False
    if c.start >= q.end and after is not None and after.end <= c.start:
        return bool(_LISTED.fullmatch(text, q.end, after.start))
    if c.end <= q.start and is_held_against and text[c.end : q.start].lstrip().startswith("by "):
        return False  # "beating forecasts by 2%"
    if c.end <= q.start and is_held_against and _BY_SO_MUCH.fullmatch(text, c.end, max(c.end, q.start)):
        return False
    if c.start >= q.end and (is_held_against or text.startswith("of ", c.start - 3)):  # "20% of planned projects"
        return False
    is_of_last = last is not None and c.is_after and 0 <= c.start - last.end <= 1 and c.end <= q.start  # 5.5%的目标
    if last is not None and is_of_last and text[last.end] not in "，,":  # but 30%,上修至35%
        return bool(_LISTED.fullmatch(text, last.end, q.start))
    if last is not None and c.end <= last.start and is_held_against:
        return bool(_LISTED.fullmatch(text, last.end, q.start))
    return True


def _demand(text: str, sentence: Sentence, demands: frozenset[str]) -> list[StatusCue]:
    """The verb by which a sentence demands something: "Halve the price of a gigabyte by 2030."."""
    if sentence.language == "zh":
        return []
    end = text.find(" ", sentence.start, min(sentence.end, sentence.start + _VERB))
    is_demand = end >= 0 and text[sentence.start : end] in demands
    return [StatusCue(sentence.start, end, "target", True, False)] if is_demand else []


def _foretells(text: str, c: StatusCue) -> bool:
    """Whether a word tells of an expectation, not only of what is to be."""
    is_to_be = text[c.start : c.end] in _TO_BE or text.startswith(_ZH_TO_BE, c.start)
    return c.status == "forecast" and not c.is_weak and not is_to_be


def _asked(text: str, sentences: list[Sentence], number: int) -> tuple[tuple[int, int], ...]:
    """The question that a sentence answers: "Its forecast for 2028? Some 325 TWh."."""
    before = sentences[number - 1] if number else None
    is_asked = before is not None and before.paragraph == sentences[number].paragraph and text[before.end - 1] in "?？"
    return ((before.start, before.end),) if before is not None and is_asked else ()


def _labels(text: str, sentences: list[Sentence]) -> dict[int, tuple[tuple[int, int], ...]]:
    """The words that open a paragraph as its heading would, by paragraph: "Guidance." or "Then the projection."."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    last = -1
    for s in sentences:
        is_short = s.end - s.start <= _LABEL and text.count(" ", s.start, s.end) < _LABEL_WORDS
        if s.paragraph != last and s.block == "paragraph" and is_short:
            found[s.paragraph] = ((s.start, s.end),)
        last = s.paragraph
    return found


def _status(
    text: str, q: Quantity, here: list[StatusCue], around: list[StatusCue], period: When, written: str | None
) -> str:
    stated = period.why[:1] in (("clause",), ("sentence",), ("column",))
    if stated and period.text and _ESTIMATED.fullmatch(period.text):
        return "forecast"
    is_ahead = period.end is not None and written is not None and period.end > written and stated
    if is_ahead and _is_running(period, written or ""):
        is_ahead = False
    is_range = _is_range(q) and _is_running(period, written or "")
    if _ALREADY.match(text, max(q.end, q.noun_end)):
        return "actual"
    if _DUE_LATER.match(text, q.end) and _BUILDS.search(text, max(0, q.start - _MEASURED), q.start):
        return "actual"
    if not here and not around:
        return "forecast" if is_ahead or is_range else "actual"
    is_past = period.end is not None and written is not None and period.end <= written and period.why[:1] in _FIRM
    before = [c for c in here if c.end <= q.start and not _apart(text, c, q.start)]
    after = [c for c in here if c.start >= q.end and c.is_after and not _CLAUSE.search(text, q.end, c.start)]
    inside = [c for c in here if q.start < c.end <= q.end]  # "[will double]" of the figure "double", too
    foretold = next((c for c in after if not c.is_weak and _FORETOLD.fullmatch(text, q.end, c.start)), None)
    if foretold is not None:
        return foretold.status  # what was expected of a time that has passed was expected
    strong = [c for c in before if not c.is_weak or _is_set_beside(text, c, q)]
    attached = [c for c in after if c.start - q.end <= 1 or _is_named_by(text, c, q)]
    late = [*inside, *attached] if is_past else [*inside, *after]  # "was 415 TWh in 2024 and is projected to": a fact
    nearest = strong[-1] if strong else next((c for c in late if not c.is_weak), None)
    then = _said_next(text, before, nearest)
    if then is not None:
        return then.status
    is_noun = nearest is not None and nearest.is_after  # "raised its forecast from 6.8%": that was a forecast, too
    if is_existing(text, q) and q.unit != "x":  # 将增至目前的四倍
        return "actual"
    is_over = nearest is not None and is_past and _is_other_clause(text, nearest, q)
    is_over = is_over and not (nearest is not None and _is_unreported(text, nearest, q, period, written or ""))
    is_over = is_over and not (nearest is not None and _is_set_beside(text, nearest, q))
    if nearest is not None and not is_noun and (_is_base(text, q) or is_over):
        return "actual"
    if nearest is not None and not (is_past and _is_base(text, q)):
        return nearest.status
    if nearest is None and is_ahead:
        weak = [c for c in before if c.is_weak] or after
        return weak[-1].status if weak else "forecast"
    running = period.end is not None and written is not None and period.end > written
    weak_before = [c for c in before if c.is_weak and text[c.start : c.end] in _MODALS]
    is_near = bool(weak_before) and not is_past and not _CLAUSE.search(text, weak_before[-1].end, q.start)
    is_open = running or period.end is None or not stated
    if nearest is None and weak_before and (is_open or is_near):
        return weak_before[-1].status
    unsure = [c for c in before if c.is_weak and text[c.start : c.end] in _UNSURE] if running else []
    if nearest is None and unsure and not _CLAUSE.search(text, unsure[-1].end, q.start):
        return unsure[-1].status  # of a time to come that was named before: "America alone would need"
    does = next((c for c in here if c.start >= q.end and c.is_weak), None) if running else None
    is_doing = does is not None and text[does.start : does.end] in (*_MODALS, "should", "would")
    if nearest is None and does is not None and is_doing and _SUBJECT.fullmatch(text, q.end, does.start):
        return does.status  # of a time to come that was named before: "Of these, 4.1 billion should run on 5G"
    if nearest is None and around and not is_past:
        return around[0].status
    return "forecast" if is_range and not is_past else "actual"


def _said_next(text: str, before: list[StatusCue], nearest: StatusCue | None) -> StatusCue | None:
    """What a sentence says of the future after what is so: "has committed $9 billion and will lend 22"."""
    last = before[-1] if before else None
    if last is None or nearest is None or nearest.status != "actual" or last.start < nearest.end or not last.is_weak:
        return None
    is_next = text.endswith((" and ", " but "), 0, last.start) and text[last.start : last.end] in _MODALS
    return last if is_next else None


def _is_named_by(text: str, cue: StatusCue, q: Quantity) -> bool:
    """Whether a figure is what a noun behind it names: "topping the 1.1% median forecast", "a 2% growth target"."""
    if cue.is_weak or not _ITS_KIND.fullmatch(text, q.end, cue.start):
        return False
    return _ONE.search(text, max(0, q.start - _DETERMINED), q.start) is not None


def _is_set_beside(text: str, cue: StatusCue, q: Quantity) -> bool:
    """Whether a figure is the expectation itself that results are set beside: "beating estimates of $4 billion"."""
    noun, said = cue.start, text[cue.start : cue.end].rsplit(" ", 2)
    end = cue.end
    if len(said) > 1 and said[-1] in ("of", "for"):  # the cue "beating expectations for"
        end = cue.end - len(said[-1]) - 1
        noun = end - len(said[-2])
    if cue.status != "forecast" or not _WHAT_WAS_EXPECTED.fullmatch(text, end, max(end, q.left)):
        return False
    return _SET_BESIDE.search(text, max(0, noun - _MEASURED), noun) is not None


def _is_other_clause(text: str, cue: StatusCue, q: Quantity) -> bool:
    """Whether an expectation, or a goal in another clause, leaves a figure of a time that has passed a fact."""
    return cue.status == "forecast" or (cue.end < q.start and bool(_COMMA.search(text, cue.end, q.start)))


def _is_unreported(text: str, cue: StatusCue, q: Quantity, period: When, written: str) -> bool:
    """全年收入增速预计在12%左右, written in January: what is expected of a year just over is not known yet."""
    end = period.end or ""
    if len(end) != 10 or len(written) < 10:
        return False
    days = (date.fromisoformat(written[:10]) - date.fromisoformat(end)).days
    is_just_over = 0 <= days < _UNREPORTED
    is_near = q.value_high is not None or not _COMMA.search(text, cue.end, q.start)
    return is_just_over and cue.status == "forecast" and cue.end <= q.start and is_near


def _is_running(period: When, written: str) -> bool:
    """Whether it is the year, or a part of it, in which the article was written; a running quarter has no figures."""
    start, end = period.start or "", period.end or ""
    if len(start) == len(end) == 10 and 85 < (date.fromisoformat(end) - date.fromisoformat(start)).days < 95:
        return False
    if not (start != end and start <= written < end):
        return False
    return int(end[:4]) - int(start[:4]) < 2 or _is_nearly_over(start, end, written[:10])


def _is_nearly_over(start: str, end: str, written: str) -> bool:
    """Whether most of several years has passed: “十四五”期间年均增长5.9%, told in their last year."""
    if not len(start) == len(end) == len(written) == 10:
        return False
    first, last, now = (date.fromisoformat(day) for day in (start, end, written))
    return (last - now).days * _MOST < (last - first).days


def _apart(text: str, c: StatusCue, end: int) -> bool:
    """Whether another statement begins between a word and a figure: 冲刺上市:换来2亿用户 ends with what is so."""
    if not c.is_after and _HEADED.search(text, c.end, end):
        return True
    return bool(_APART.search(text, c.end, end))


def _is_range(q: Quantity) -> bool:
    """400億至420億美元, 34%至36%: an amount or growth between two ends; ages and shares are given so as facts, too."""
    is_amount = q.kind == "growth" or (q.kind == "level" and q.scale >= _AMOUNT)
    return q.value_high is not None and q.bound == "=" and is_amount


def _is_base(text: str, q: Quantity) -> bool:
    """ "from 5 million in 2024": where a forecast starts from is a fact."""
    left = q.left
    before = text[max(0, left - 16) : left].rstrip()
    return before.endswith(("from", "against", "versus", "than", "compared with", "compared to", "从", "由"))
