"""Breakdowns: who, what for, of which age, of which company, as the sentence of a quantity states it.

What lives here: which stated phrase belongs to which number, lists tied one to one ("X, Y and Z drew 1, 2 and 3"), the
first column of tables, and the company whose figures an article tells. What does not: the phrases themselves
(`catalogue.dimension_keys`), places and periods.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from pipelines.catalogue import Catalogue
from pipelines.catalogue.dimension_keys import HEADING, Phrase
from pipelines.catalogue.script import fold
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.columns import Columns
from pipelines.stages.observations.companies import Companies
from pipelines.stages.observations.metrics import Linked
from pipelines.stages.observations.segments import Segments
from pipelines.stages.observations.uses import list_uses
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.cells import CELL_EDGE, unspaced
from pipelines.vocabulary.quantity import Quantity

_BROKEN_DOWN = frozenset(("level", "share", "growth", "change", "ratio"))
_NOWHERE = 1e9
_RESTRICTING = frozenset(("size", "condition"))
_STRONG = re.compile(r"[;；。]")
_WEAK = re.compile(r"[,，、:：]")
_USES = Guarded(
    r"(?:(?:us(?:e|ing)|employ(?:ing)?|turn(?:ing)? to|rely(?:ing)? on) (?:generative )?"
    r"(?:ai(?: assistants?| tools?| chatbots?)?|it|artificial intelligence|the technology|chatbots?|assistants?)"
    r" (?:to|for)|put to work|used for|used to"
    r"|uses? (?:such as|like|are|include)|for purposes like|用于|利用其?|用来)\s*",
    (
        "use ", "using ", "employ", "turn", "rely", "put to work", "used ", "uses ", "purposes like", "用于", "利用",
        "用来",
    ),
)  # fmt: skip
_VERB = re.compile(r"\s+(?:reach|total|stood|number|came|were|was|had|drew|make|made|account)\w*\b[^,]*$")
_SAME = re.compile(
    r"\s*[(（]\s*|.{0,60}\b(?:up|down) from (?:about |some |around )?"
    r"|,?\s(?:(?:up|down|higher|lower|or|rising|growing|increasing|falling|dropping|a (?:rise|gain|fall|drop|jump) of"
    r"|an increase of|accounting for|representing|making up|equal to)\s"
    r"(?:(?:by|about|some|around|nearly|almost|over|roughly|just)\s){0,2})"
    r"|\s?(?:[:\u2013\u2014]|,? or|,? that is,?|,? i\.e\.,?)\s[^,;:.()]{0,32}",
    re.S,
)
#: 14%升至15%, 3.2亿人,占28%: a clause without a subject of its own goes on with that of the number before.
_SAME_ZH = re.compile(
    r"[^,，;；。]{0,3}(?:[升降增减提涨][至到为]|提高[至到]|提升[至到]|增加到|降低到|下降到)[^,，;；。]{0,6}"
    r"|[,，](?:互联网|其)?(?:普及率|使用率|上网率|渗透率|占比)[^,，;；。]{0,8}"
    r"|[,，(（、](?:约|近|超)?(?:合|占|即|达|共|份额|市占|市场份额|折合|相当于|同比|环比|按年|年增|较|比|增长|上升|下降|升至|降至|其)[^,，;；。]{0,24}"
    r"|[^,，;；。]{0,24}[,，]?(?:该年龄|比例|占比|升至|降至)[^,，;；。]{0,14}"
)
_A_RISE = re.compile(
    r",\s(?:an?|up|down)\s(?:(?:about|around|some|nearly|almost|over|roughly|just)\s)?"
)  # ", a 31% jump"
_LISTED = re.compile(r"[、，]|以及|和|与|及")
_RESPECTIVELY = re.compile(r"\brespectively\b|分别")
_AGE_CELL = re.compile(
    r"(\d{1,3})\s?(?:\+|plus|岁?(?:及|或)?以上|(?:years? )?(?:and|or) (?:over|above|older|more))"
    r"|(?:under|below|<|younger than)\s?(\d{1,3})"
)
_LINK = re.compile(r"[\s,，、]*(?:and|和|与|及)?\s*")
_OF_WHOM = re.compile(  # "84 years for women and 79 for men", "51% of adults with a college degree"
    r"\s(?:for|among|of|in|by)\s(?:the\s|all\s)?"
    r"(?:(?:adults|people|persons|those|users|respondents|workers|employees|individuals|residents|citizens|households)\s"
    r"(?:(?:with|who have|holding|in|from)\s)?(?:an?\s)?)?"
)
_WHO_ARE = re.compile(
    r"\s(?:of (?:the |all |these |those )?[a-z]{1,20}\s)?(?:are|were)\s"
)  # "75% of them were under 40"
_FRONT = re.compile(r"(?:and |but |while )?(?:among|of|for|in|within|with|by|at)\b")
_FRONT_ZH = re.compile(r"[^,，。;；:：]{0,10}?(?:中|里|当中|而言|来说|群体|人群|网民|用户|居民|人口)[,，]")
_BREAKS = re.compile(r"[,，;；:：]")
#: What goes on to others than those whom a sentence opened with.
_OTHERS = re.compile(
    r"[;；]|\b(?:against|compared|while|whereas|versus|but|overall|nationwide|globally|worldwide)\b|而|相比|整体|全国"
)
#: Who is all that those are not whom a sentence opened with: "82% are online, compared with 72% of the rest".
_OF_OTHERS = re.compile(
    r"\s(?:of|for|among|in|by)\s(?:the\s|all\s)?(?:rest|others?|remaind(?:er|ing)|remaining|general|whole|entire|total"
    r"|overall|population|public)\b"
)
#: What those of the figure before are more or less by: "79% of young people are online, 13 points more than the rest".
_BEYOND = re.compile(r"\s(?:more|higher|lower|less|fewer|above|below|ahead|behind)\b")
_AND_SO = re.compile(r"[^,;:.]{0,80},\s(?:or\s|about\s|some\s|nearly\s|around\s)?")
_OF_NEXT = 50  # characters at most from whom a figure is of to that figure, where there are several
_FRONTED = 80  # characters before a group that a sentence opens with
_FOR = re.compile(
    r"\s(?:for|to|as|at)\s(?:an?\s|the\s)?([a-z][a-z' -]{2,50}?)(?=[.;:,]|\sand\s(?:about\s|some\s)?\d|$)"
)
_INHERITED = ("age", "sex", "income", "education", "use", "location")
_BESIDE_IT = 6  # characters from whom a figure is of to the figure: "than women (61%)"
_GONE_ON = (*_INHERITED, "technology")
_USE_LIST = re.compile(
    r"((?:\w{1,24}ing\b[^,;.]{2,50}(?:,\s*(?:and )?|\s+and\s+)){1,6}\w{1,24}ing\b[^,;.]{2,50})", re.I
)


def breakdown(
    article: Article,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    catalogue: Catalogue,
    linked: Sequence[Linked],
    companies: Companies,
) -> list[dict[str, str]]:
    """The dimensions of each quantity, in their order. `linked` tells which figures are a company's."""
    found: list[dict[str, str]] = [{} for _ in quantities]
    if not quantities:
        return found
    folded = fold(article.text)
    by_sentence: dict[int, list[int]] = {}
    for index, quantity in enumerate(quantities):
        if quantity.kind in _BROKEN_DOWN:
            by_sentence.setdefault(quantity.sentence, []).append(index)
    phrases = catalogue.dimension_keys.find(article.text, folded)
    starts = [phrase.start for phrase in phrases]
    for number, members in by_sentence.items():
        here = sentences[number]
        inside: Sequence[Phrase] = phrases[bisect_left(starts, here.start) : bisect_left(starts, here.end)]
        told, own = [quantities[i] for i in members], [found[i] for i in members]
        if here.block == "row":
            inside = _of_row(article.text, here, inside, own)
        if inside:
            for phrase, owner in _owners(folded, inside, told):
                own[owner].setdefault(phrase.key, phrase.value)
        _list_uses(article.text, folded, here, told, own)
        _inherit(folded, told, own)
        if inside:
            _fronted(folded, here, inside, told, own)
        _gone_on(article.text, folded, told, own)
        _in_turn(folded, here, told, own)
        list_uses(article.text, sentences, number, told, own, catalogue.chinese, catalogue.places)
        if here.block == "row":
            _headed(article.text, here, told, own, phrases, starts)
            _columns(article.text, folded, here, own, catalogue)
    _companies(folded, quantities, catalogue, linked, companies, found)
    Segments(article, sentences, catalogue).tell(quantities, linked, found)
    return found


def _of_row(text: str, here: Sentence, phrases: Sequence[Phrase], found: Sequence[dict[str, str]]) -> Sequence[Phrase]:
    """The first cell of a row says whom all its figures are of: "Women | 51 | 3.2". Gives the phrases of the others."""
    edge = CELL_EDGE.search(text, here.start + 1, here.end)
    rest = [phrase for phrase in phrases if edge is None or phrase.start >= edge.start()]
    for phrase in phrases:
        if phrase not in rest:
            for dimensions in found:
                dimensions.setdefault(phrase.key, phrase.value)
    return rest


def _owners(folded: str, phrases: Sequence[Phrase], quantities: Sequence[Quantity]) -> list[tuple[Phrase, int]]:
    """Each phrase with the number it restricts; equal runs of phrases and numbers are tied one to one."""
    by_key: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_key.setdefault(phrase.key, []).append(phrase)
    owned: list[tuple[Phrase, int]] = []
    for all_of_key in by_key.values():
        several = [p for p in all_of_key if len(all_of_key) == 1 or not _is_compared(folded, p, quantities)]
        tied = _tied(folded, several, quantities)
        owned += tied
        done = [phrase for phrase, _ in tied]
        near: list[tuple[float, Phrase, int]] = []
        for phrase in several:
            if any(phrase.start == p.start or phrase.start <= p.start < phrase.end for p in done):
                continue
            distances = [_distance(folded, phrase, quantity) for quantity in quantities]
            owner = min(range(len(quantities)), key=lambda i: (distances[i], i))
            if distances[owner] < 160:
                near.append((distances[owner], phrase, owner))
        near.sort(key=lambda one: one[0])  # of two phrases the nearer one is the number's
        owned += [(phrase, owner) for _, phrase, owner in near]
    return owned


def _is_compared(folded: str, phrase: Phrase, quantities: Sequence[Quantity]) -> bool:
    """ "Women are 14% less likely than men": who is only compared with, and has no figure right behind."""
    if not folded.startswith("than ", phrase.start - len("than ")):
        return False
    return not any(0 <= q.start - phrase.end <= _BESIDE_IT for q in quantities)


def _tied(folded: str, phrases: Sequence[Phrase], quantities: Sequence[Quantity]) -> list[tuple[Phrase, int]]:
    """Runs of phrases, or one that lists several things, with as many numbers behind: one to one."""
    tied: list[tuple[Phrase, int]] = _of_each(phrases, quantities) or _of_next(folded, phrases, quantities)
    if tied:
        return tied
    first = 0
    for k, phrase in enumerate(phrases):
        following = phrases[k + 1].start if k + 1 < len(phrases) else len(folded)
        after = [i for i, q in enumerate(quantities) if phrase.end <= q.start < following]
        if not after:
            continue
        run, first = _parts(folded, phrases[first : k + 1], quantities[after[0]]), k + 1
        if len(run) > 1 and len(run) == len(after):
            tied += zip(run, after, strict=True)
    return tied


def _of_each(phrases: Sequence[Phrase], quantities: Sequence[Quantity]) -> list[tuple[Phrase, int]]:
    """ "84 % of people in rich countries but only 4 % in poor ones": each phrase is of the number before it.

    So it is where numbers and phrases take turns through a sentence, and a number opens it.
    """
    figures = [i for i, q in enumerate(quantities) if not any(p.start <= q.start < p.end for p in phrases)]
    if len(phrases) < 2 or len(figures) != len(phrases):
        return []
    ends = [phrase.end for phrase in phrases]
    is_in_turn = all(
        quantities[i].end <= phrase.start and (k == 0 or ends[k - 1] <= quantities[i].start)
        for k, (i, phrase) in enumerate(zip(figures, phrases, strict=True))
    )
    return list(zip(phrases, figures, strict=True)) if is_in_turn else []


def _of_next(folded: str, phrases: Sequence[Phrase], quantities: Sequence[Quantity]) -> list[tuple[Phrase, int]]:
    """ "118 million, urban areas accounting for 65 and rural areas for 53": each number is of the phrase before it.

    So it is where one number stands behind each phrase, and none says that those before the first are whose it is.
    """
    if len(phrases) < 2:
        return []
    ends = [*(phrase.start for phrase in phrases[1:]), phrases[-1].end + _OF_NEXT]
    tied: list[tuple[Phrase, int]] = []
    for phrase, end in zip(phrases, ends, strict=True):
        after = [i for i, q in enumerate(quantities) if phrase.end <= q.start < end]
        if len(after) != 1 or quantities[after[0]].start - phrase.end > _OF_NEXT:
            return []
        if _WEAK.search(folded, phrase.end, quantities[after[0]].start) is not None:
            return []
        if any(_OF_WHOM.fullmatch(folded, q.end, phrase.start) for q in quantities if q.end <= phrase.start):
            return []
        tied.append((phrase, after[0]))
    return tied


def _parts(folded: str, run: Sequence[Phrase], following: Quantity) -> Sequence[Phrase]:
    """用于办公、画图的分别占42%和31%: a phrase that lists things, of which the numbers behind tell one each."""
    if len(run) > 1 or not _RESPECTIVELY.search(folded, run[0].end, max(run[0].end, following.start)):
        return run
    parts = [part for part in _LISTED.split(run[0].value) if part]
    return [replace(run[0], value=part) for part in parts]


def _distance(folded: str, phrase: Phrase, quantity: Quantity) -> float:
    if phrase.start <= quantity.start and quantity.end <= phrase.end:
        return _NOWHERE  # the number of the phrase itself: "100 Mbps and above"
    if quantity.start <= phrase.start < quantity.end:
        return 0.0
    if phrase.end <= quantity.start:
        gap, far = folded[phrase.end : quantity.start], 0.0
    else:
        gap, far = folded[quantity.end : max(phrase.start, quantity.end)], 5.0
        if _OF_WHOM.fullmatch(gap) or _WHO_ARE.fullmatch(gap) or gap.isspace():
            return 1.0  # "70 % of women", "one in four women"
    return len(gap) + far + 25 * len(_WEAK.findall(gap)) + 120 * len(_STRONG.findall(gap))


def _list_uses(
    text: str, folded: str, here: Sentence, quantities: Sequence[Quantity], found: Sequence[dict[str, str]]
) -> None:
    """Tie a list of uses ("answering questions, producing images and ...") to as many numbers of one unit."""
    if len(quantities) < 2 or any("use" in dimensions for dimensions in found):
        return
    first = quantities[0]
    run = list(takewhile(lambda quantity: quantity.unit == first.unit, quantities))
    cue = _USES.search(folded, here.start, first.start)
    if cue is None:
        return
    listed = _USE_LIST.match(folded, cue.end(), first.start)
    end = listed.end() if listed else _clause_end(folded, cue.end(), first.start)
    parts = _items(_VERB.sub("", text[cue.end() : end]), len(run)) if len(run) > 1 else []
    for dimensions, part in zip(found, parts, strict=False):
        dimensions["use"] = part


def _inherit(folded: str, quantities: Sequence[Quantity], found: Sequence[dict[str, str]]) -> None:
    """A number that says the one before again, or what it was before, is of the same people: "323 million (23 %)"."""
    for k in range(1, len(quantities)):
        if not found[k - 1] or any(key in found[k] for key in _GONE_ON):
            continue
        last, this = quantities[k - 1], quantities[k]
        end = max(last.end, this.start)
        is_beyond = this.kind == "change" and _BEYOND.match(folded, this.end) is not None
        is_beyond = is_beyond and _AND_SO.fullmatch(folded, last.end, end) is not None
        if is_beyond or _SAME.fullmatch(folded, last.end, end) or _SAME_ZH.fullmatch(folded, last.end, end):
            found[k].update({key: found[k - 1][key] for key in _GONE_ON if key in found[k - 1]})


def _fronted(
    folded: str, here: Sentence, phrases: Sequence[Phrase], quantities: Sequence[Quantity],
    found: Sequence[dict[str, str]],
) -> None:  # fmt: skip
    """ "Among people aged 16 to 24, the rate was 88% in 2024 and 90% in 2025": all of the sentence is of them."""
    for key in _INHERITED:
        stated = [phrase for phrase in phrases if phrase.key == key]
        if len(stated) != 1 or not any(key in dimensions for dimensions in found):
            continue
        phrase, first = stated[0], quantities[0].left
        opened = _FRONT.match(folded, here.start, phrase.start) or _FRONT_ZH.match(folded, phrase.end, first)
        if opened is None or phrase.start - here.start > _FRONTED or _BREAKS.search(folded, here.start, phrase.start):
            continue
        if phrase.end > first:
            continue
        is_apart = _WEAK.search(folded, phrase.end, first) is not None
        stop = None if is_apart else _OTHERS.search(folded, first, here.end)
        for quantity, dimensions in zip(quantities, found, strict=True):
            if _OF_OTHERS.match(folded, quantity.end):
                continue
            if stop is None or quantity.start < stop.start():
                dimensions.setdefault(key, phrase.value)


def _gone_on(text: str, folded: str, quantities: Sequence[Quantity], found: Sequence[dict[str, str]]) -> None:
    """ "70% did so for private purposes, 43% for work and 31% for education": what each of the next is for."""
    for k in range(1, len(quantities)):
        last, this = quantities[k - 1], quantities[k]
        use = found[k - 1].get("use")
        if use is None or "use" in found[k] or last.unit != this.unit or folded.find(use, last.end, this.start) < 0:
            continue
        stated = _FOR.match(folded, this.end)
        if stated is not None:
            found[k]["use"] = text[stated.start(1) : stated.end(1)]


def _in_turn(folded: str, here: Sentence, quantities: Sequence[Quantity], found: Sequence[dict[str, str]]) -> None:
    """ "34 million men and 32 million women, 52 % and 48 % respectively": both pairs are of the same people."""
    if len(quantities) < 4 or not _RESPECTIVELY.search(folded, here.start, here.end):
        return
    for k in range(3, len(quantities)):
        first, second, third, last = range(k - 3, k + 1)
        if (
            found[third]
            or found[last]
            or _LINK.fullmatch(folded, quantities[third].end, quantities[last].start) is None
        ):
            continue
        keys = [key for key in found[first] if key in found[second] and found[first][key] != found[second][key]]
        for key in keys:
            found[third][key], found[last][key] = found[first][key], found[second][key]


def _clause_end(folded: str, start: int, end: int) -> int:
    stop = _STRONG.search(folded, start, end)
    return stop.start() if stop else end


def _items(listed: str, wanted: int) -> list[str]:
    """A list split into exactly `wanted` items: at commas, then also at "and"; empty where that cannot be."""
    split = re.split(r"\s*[,，、]\s*(?:and\s+|以及|及)?", listed.strip())
    split = [part.strip(" ,，、的") for part in split if part.strip(" ,，、的")]
    if len(split) == wanted:
        return split
    if len(split) < wanted:
        more = [part for piece in split for part in re.split(r"\s+and\s+|以及|和", piece)]
        if len(more) == wanted:
            return [part.strip() for part in more]
    return []


def _columns(text: str, folded: str, here: Sentence, found: Sequence[dict[str, str]], catalogue: Catalogue) -> None:
    """A cell is a value of the key that its column's heading names: the first of a row, or that of "Rank | Vendor"."""
    cells = CELL_EDGE.split(text[here.start : here.end].strip("| "))
    is_aligned = len(here.context) >= len(cells)
    told: dict[str, str] = {}
    for column, (start, end) in enumerate(here.context[: len(cells) if is_aligned else 1]):
        key = catalogue.dimension_keys.of_heading(folded[start : min(end, start + HEADING)])
        if key is None:
            continue
        cell = unspaced(cells[column].strip())
        if column and not any(letter.isalpha() for letter in cell):
            continue
        if key == "company" and cell.lower() in catalogue.grammar.classes["table_total"]:
            continue  # "Others", "Total": no company
        named = (
            [m for m in catalogue.organisations.find(cell) if m.organisation.kind == "company"]
            if key == "company"
            else []
        )
        name = named[0].organisation.name if named else ""
        if name.isascii() and cell.isascii() and not frozenset(name.split()).isdisjoint(cell.split()):
            cell = name  # another name of it stays: AWS, Google Cloud
        told.setdefault(key, _ages(cell) if key == "age" else cell)
    for dimensions in found:
        for key, cell in told.items():
            dimensions.setdefault(key, cell)


def _headed(
    text: str, here: Sentence, quantities: Sequence[Quantity], found: Sequence[dict[str, str]],
    phrases: Sequence[Phrase], starts: Sequence[int],
) -> None:  # fmt: skip
    """A figure is of those whom the heading cell over it names: "Women, %"."""
    columns = Columns(text, here)
    for quantity, dimensions in zip(quantities, found, strict=True):
        over = columns.over(quantity.start)
        for phrase in phrases[bisect_left(starts, over[0]) : bisect_left(starts, over[1])] if over else ():
            dimensions.setdefault(phrase.key, phrase.value)


def _ages(cell: str) -> str:
    """ "70 and over" and "under 20" as the catalogue writes bounds of age; other cells as they stand."""
    match = _AGE_CELL.fullmatch(cell.strip().lower())
    if match is None:
        return cell
    least, below = match.groups()
    return f">={least}" if least else f"<{below}"


def _companies(
    folded: str,
    quantities: Sequence[Quantity],
    catalogue: Catalogue,
    linked: Sequence[Linked],
    companies: Companies,
    found: Sequence[dict[str, str]],
) -> None:
    """The company that each figure is told of, in its dimensions."""
    metrics = [catalogue.metrics.get(one.metric) for one in linked]
    own = sum(metric is not None and metric.is_company_alone for metric in metrics)
    if not own and companies.are_none_named:
        return
    is_report = own >= 3 and own * 4 >= len(metrics)  # an article of a company's results, not one that quotes it
    wide = sum(
        metric is not None and metric.is_national and not companies.is_of_main(quantity.sentence)
        for quantity, metric in zip(quantities, metrics, strict=True)
    )
    is_report = is_report or (companies.is_told_of_main and wide * 4 < len(metrics)) or companies.announces_results
    sentence, last, end = -1, None, 0
    for quantity, metric, dimensions in zip(quantities, metrics, found, strict=True):
        if "company" in dimensions or quantity.kind in _RESTRICTING:
            continue
        is_joint = (metric is None or metric.is_national or quantity.kind == "share") and companies.is_of_several(
            quantity
        )
        company = None if is_joint else companies.of(quantity, metric, is_report)
        if company is None and metric is None and not is_joint and quantity.sentence == sentence:
            company = last  # "posted sales of 59 billion, with a margin of 29.8%"
        goes_on = last is not None and metric is None and not is_joint and quantity.sentence == sentence
        goes_on = goes_on and not companies.is_in_turn(quantity)
        is_said_again = goes_on and (
            _SAME_ZH.fullmatch(folded, end, quantity.left) or _A_RISE.fullmatch(folded, end, quantity.left)
        )
        if is_said_again and not companies.is_named_in(end, quantity.left):
            company = last  # OPPO出货67万台,占9.7%;三星出货61万台,占8.7%
        sentence, last, end = quantity.sentence, company, max(quantity.end, quantity.noun_end)
        if company is not None:
            dimensions["company"] = companies.stated_in(company, quantity.sentence)
