"""Where: the place that each quantity of an article is about.

What lives here: which place named in the sentence governs which quantity, the country an article is about, and what
"nationwide" or 我国 stand for. What does not: names and codes (see `catalogue.places`). A place inside the name of
an organisation or an event ("Bank of China") says nothing about a figure; "second in the world" is the scope of a rank.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.places import Place, PlaceMention
from pipelines.stages.observations.about_place import (
    LOCAL,
    SAID,
    WIDE,
    ZH_COMPARED,
    About,
    about,
    is_ranked,
    is_scope,
)
from pipelines.stages.observations.columns import introduced
from pipelines.stages.observations.companies import joins_group
from pipelines.stages.observations.namesakes import told_apart
from pipelines.stages.observations.regions import chinese_regions, regions_in_turn
from pipelines.stages.observations.reporters import Who
from pipelines.stages.observations.standing import LISTED, standing, wrote
from pipelines.stages.observations.stretches import Blocks, stories, stretches
from pipelines.stages.observations.topics import topics
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import light, replace

_ABROAD = ("USD", "EUR", "GBP", "JPY", "CHF")  # what others count in as well
_REPORTER = "reporter"  # why a figure is of the country of who issued it
_OPENING = 300  # characters that open an article without such a line
_PROSE = 60  # characters from which a line is a sentence of the story
_SOME = 3  # figures from which their metrics tell whether an article is of a company
_WORLD = "world"
_MARKET = "market"  # why a company's share has a place: it is one of a market there
_CONTINENT = "continent"  # the word for that of the place named last
_ANY = ""  # the kind of a place that is no continent or group
_RESUMED = 600  # characters over which "the region" takes up a name
_SEVERAL = 3  # places of a sentence from which each figure has its own
_ASIDE = 120  # characters of a bracket on each side of a place
_BESIDE = 400  # characters before a figure in which a clause beside its place is looked for
_ASIDE_CLAUSE = re.compile(r",\s(?:whose|which|where|who)\b[^,;.\d]{0,160},\s")
_ASIDE_SHARE = re.compile(r"\d\s?(?:%|per ?cent)\sof\s(?:all\s)?(?:the\s)?$")
_OF_THEM = re.compile(r",\s[^,;]{0,40}\bof\s(?:them|these|those|whom|which)\b")  # "3,000 people, a third of them from"
_PRICED = 60  # characters before a figure in which is told what costs so much
_OPENS_NEXT = 12  # characters from the end of a sentence to a place that opens the next
_OPENS_IN = re.compile(r"\s(?:But\s|Yet\s)?[Ii]n\s(?:the\s)?")
_BESIDE_STATES = re.compile(r"\b(?:states|provinces|counties|districts)\s(?:and|plus)\s(?:the\s)?$")
_JOINED = ("country", "continent", "group")
_JOINT = 5  # countries whose figure is told together
_APPOSITION = re.compile(  # what is said of a place right behind it: "Germany, the bloc's largest economy, "
    r",\s(?:the|a|an|one|among|its|home|host|part|long|now|once"
    r"|(?:(?:north|south|east|west|central|south-?east|south-?west|north-?east|north-?west)(?:ern)?\s)?[A-Z][\w-]{2,20}(?:\s[A-Z][\w-]{2,20})?['\u2019]s?)\s"
    r"[^,;:.()\d]{3,100},\s"
)
_LIST_GOES_ON = re.compile(r",|\s(?:and|or|&)\s")
_NEAR_LOCAL, _ONLY_LOCAL = 60, 100  # characters from a figure to a town behind it, the only place of its sentence
_FEW = 24  # places on each side of a figure that are looked at
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|across|of|for|to|from|within|throughout|around|outside|into|and|plus|between|near|on|per|over)|[,&/|])"
    r"\s+(?:the\s+|all of\s+|northern\s+|southern\s+|eastern\s+|western\s+)?$",
    re.I,
)
_DIRECTION = re.compile(
    r"\b(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|[Cc]entral|(?:[Nn]orth|[Ss]outh)-?(?:[Ee]ast|[Ww]est))(?:ern)?\s$"
)
_OF_WORLD = re.compile(r"(?:\bof\b|占|全球)[^.;,\u3002\uff0c]{0,60}$", re.I)
_TRAILS = re.compile(r"\s?(?:[\w-]+\s){0,2}(?:in|across|within|throughout)\s(?:the\s)?")  # "slipped 0.1% in Europe"
_DONE = re.compile(
    r"\s(?:[a-z]{2,12}ed\s|sold\s|made\s|built\s|in use\s)?"
)  # "68% worldwide", "the 3,755 released globally"
_SET_AGAINST = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|vs\.?)\s(?:only\s|just\s|some\s|about\s)?(?:the\s)?$"
)
_AGAINST = 24  # characters before a figure in which it is set against another
_BEFORE_PEOPLE = 60  # characters before such a share in which is told who has so many of the world's people
_PEOPLE_OF = re.compile(r"(?:['\u2019]s)?\s(?:population|people|inhabitants)\b")
_HAS_PEOPLE = re.compile(
    r"\b(?:ha[sd]|have|home to|holds?|held|account(?:s|ed)? for|ma[dk]es? up|represent(?:s|ed)?|with"
    r"|contains?|[Ii]ts?)\b"
)
_DIRECTLY_IN = re.compile(r"\sin\s(?:the\s)?")  # "5% in France, 4% in Italy"
_SUPERLATIVE_ZH = re.compile(r"(?:范围|範圍)?[内內]?(?:规模|規模|数量|數量|总量|總量|覆盖|覆蓋)?最(?!近|新|低工资)")
_RANKING_ZH = re.compile(r"的?(?:位次|排名|排位|名次)")
_ALONE = re.compile(  # also what the article's own figures are only set beside
    r"['\u2019]?s?\s(?:average|mean|norm)\b|平均|均值|"
    r"(?:\s(?:state|province|city|county|region|metro|area))?\s(?:alone|by itself)\b|一[省市国國地]|单独|單獨"
)
_IN_ASIDE = re.compile(r"^[^,;:.]*[,(]\s?(?:or\s)?(?:(?:about|some|around|nearly|almost|roughly|over|more than)\s)?$")
_ASIDE_OF = re.compile(r"\s(?:of (?:those|them|all|the total|the number|all those)\s)?(?:in the\s|of the\s|in\s)?")
_NEAR_LEVEL = 80  # characters at most between a level and what part of the world's it is
_MARKET_SHARE = re.compile(r"\s(?:\w+\s){0,2}(?:market\s)?shares?\b|\s(?:\w+\s){0,3}market\b")
_MARKET_TITLE = re.compile(
    r"\bmarket\s(?:size|share|value|report|outlook|analysis|forecast|overview|trends?|growth|worth|to\s(?:reach|hit|grow|exceed|surpass))\b"
    r"|市场(?:规模|份额|占有率|分析|报告|预测|研究|展望|概览)|市場(?:規模|份額|佔有率|分析|報告|預測|研究|展望)",
    re.I,
)
_HOLDS = re.compile(  # a region whose share is told: "Europe held 22.7% of it, led by Germany"
    r"\s(?:\w+\s)?(?:held|holds|led|dominated|captured|commanded|contributed|generated|represented|took|has|had"
    r"|account(?:s|ed) for|ma[dk]es? up)\b(?!\sby\b)"
    r"|[约約]?[占佔]|贡献|貢獻"
)
_MAKES_UP = re.compile(
    r"\s(?:alone\s)?(?:account(?:ed|s)? for|ma[dk]es? up|represent(?:ed|s)|contribut(?:ed|es)"
    r"|absorb(?:ed|s)|bought|took)\b"
    r"|(?:市场)?(?:占|贡献)"
)
_TAKEN_UP = re.compile(
    r"(?:(?:But|And|Together|In all),?\s)?(?:It|They|These|Those|This|That|The (?:region|continent|bloc))\b", re.I
)
_OF_TOWN = re.compile(  # what a capital has as a town, which its government has not: "Seoul's population"
    r"['\u2019]s\s(?:\w+\s){0,2}(?:population|residents|inhabitants|office|housing|apartments?|homes?|house|property|rents?"
    r"|metro|subway|airports?|hotels?|districts?|suburbs|vacancy|core inflation|data cent(?:er|re)s?)\b"
    r"|\s(?:(?:house|home|housing|apartment|flat|property|office)\s(?:prices|rents|sales|vacancy|market)|rents\b|core\s(?:CPI|inflation))"
)
_GOVERNS = re.compile(  # a capital that stands for who governs there: "Brussels wants more of everything"
    r"\s(?:has\s|had\s|is\s|was\s)?(?:want|hop|plan|sa(?:ys|id)|aim|pledg|promis|insist|seek|sought|fear|worr|warn|agree"
    r"|approv|ban|impos|vow|intend|announc|unveil|launch)\w*\b"
)
_OF_ALL = re.compile(  # of all that the article is about, after one of them: "The six countries have 680 startups"
    r"(?:(?:In|Across|Together,?|Taken together,?|Combined,?)\s)?(?:[Tt]he|[Aa]ll)\s(?:\w+\s){1,2}"
    r"(?:countries|nations|economies|states|members|markets)\b"
)
_TOGETHER = re.compile(
    r"\s(?:together|combined|jointly|between them|in total|taken together)\b"
    r"|(?:[两兩三][国國])?(?:合计|合計|共计|加起来)"
)
_OTHERS = re.compile(r"另有|其余|其餘|其他|\banother\b|(?<!['\u2019]s )\bother\b")
_ITS_OWN_ZH = re.compile(r"[,\uff0c、;\uff1b][^,\uff0c、;\uff1b\d]{2,10}[占佔]")
_ZH_HAS = re.compile("[占佔](?:[了到]|比)?(?:[为為达達约約近])?")
_ZH_STANDS = ("居", "列", "排", "位")
_ZH_IN = ("在", "于", "於", "自")
_ZH_MARKS = ",\uff0c;\uff1b:\uff1a\u3002\n"
_ZH_NEXT_TO = ("次于", "次於")  # 仅次于美国
_ZH_SET_AGAINST = (
    "高于",
    "高於",
    "低于",
    "低於",
    "高出",
    "低出",
    "领先",
    "領先",
    "超出",
    "优于",
    "優於",
    "好于",
    "落后",
    "落後",
)
_ZH_CLAUSE = re.compile(r"[,\uff0c;\uff1b]")
_SEMICOLON = re.compile(r"[;\uff1b]")
_OF = re.compile(r"\sof\s(?:the\s|all\s)?")
_SHARE_OF = re.compile(r"\b(?:share|part|portion|proportion|percentage|slice)s?\sof\s(?:the\s|all\s)?$")
_NEAR_SHARE = 24
_ARTICLE = 5  # characters before the name that a sentence opens with: "The "
_LED_BY = 40  # characters from a list of places to that of their figures
_PART_OF = re.compile(r"\bof\s(?:the\s|all\s)?$")
_AUTONOMOUS = "自治区"  # where a text speaks of one, 全区 is all of it
_BREAK = re.compile(
    r"[;\uff1b\u3002]|,\s(?:and|but|while|whose|who)\s|\s(?:as(?!\s(?:of|an?|many|much|well|at)\b)|because)\s"
)


@light
@dataclass(frozen=True, slots=True)
class Where:
    """The place of one quantity: `place` as in the contract, `region` a named part of it without a code."""

    place: str | None
    region: str | None = None
    why: tuple[str, ...] = ()


def places(
    article: Article, sentences: list[Sentence], quantities: list[Quantity], catalogue: Catalogue,
    is_unowned: list[bool] | None = None, unlisted: Sequence[OrganisationMention] = (),
    whos: Sequence[Who] = (),
) -> list[Where]:  # fmt: skip
    """One `Where` for each quantity, in their order. `is_unowned`: whether it is a figure of no company.

    `unlisted` are companies that the catalogue does not know, whose names may begin with a place; `whos` who issued
    each figure.
    """
    text = article.text
    sentences = introduced(text, sentences, quantities)
    places_named = [m for m in catalogue.places.find(text) if not text.startswith("$", m.end)]  # US$ is money
    names = catalogue.organisations.find(text)
    mentions = _resumed(told_apart(places_named, names, catalogue), catalogue)
    blocks = Blocks(sentences)
    free = standing(text, mentions, [*names, *unlisted], sentences, blocks, catalogue.company_words)
    codes = [q.unit for q in quantities if q.unit and len(q.unit) == 3 and q.unit.isupper() and q.unit not in _ABROAD]
    own_money = Counter(code[:2] for code in codes if catalogue.units.get(code).dimension.startswith("money"))
    paid = next((q for q in quantities if q.unit in codes and q.unit[:2] in own_money), None)
    first_paid = (paid.start, (paid.unit or "")[:2]) if paid else None
    subject = about(article, sentences, mentions, free, names, blocks, catalogue, own_money, first_paid)
    is_opened = _is_opened_with(subject, sentences, free)
    said = catalogue.organisations.speech.stand_ins(text)  # "the company", "the agency"
    spoken = sorted([*(m.start for m in names if m.organisation.kind == "international"), *(at for at, _ in said)])
    of_bodies_of_world = {} if is_opened else _counted_abroad(whos, quantities, sentences, spoken, catalogue)
    wanted = is_unowned if is_unowned is not None else [True] * len(quantities)
    heading = next((s for s in sentences if s.block == "title"), None)
    headed = ("country", *WIDE)  # a headline that names a country, and no company, is about its market
    is_market = heading is not None and any(m.place.kind in headed and m.end <= heading.end for m in free)
    is_market = is_market or subject.why == SAID or (heading is not None and _is_of_market(text, heading, names))
    of_companies = sum(not w for w in wanted)
    is_market = is_market and (len(wanted) < _SOME or of_companies * 10 <= 7 * len(wanted))
    if of_companies > sum(wanted) and of_companies * 5 > 2 * len(wanted) and not is_market:
        subject = replace(subject, is_firm=True)  # turnover, orders, fleets: figures of companies
    elif is_market and heading is not None and any(m.start == heading.start and m.place.kind in headed for m in free):
        subject = replace(subject, is_firm=False)  # "India's telephone users top 122 crore; Jio widens lead"
    if sum(k == ["company"] for _, k in said) > 1 and not is_market:
        subject = replace(subject, is_firm=True)
    own = stories(text, sentences)
    begins = frozenset(own)
    named_so = {at for name in names for at in range(name.start, name.end)}  # "CBRE South Asia" tells no region
    regions = _regions(text, [m for m in mentions if m.start not in named_so], catalogue)
    starts = [m.start for m in free]
    firms = sorted(
        [
            *(
                m.start
                for m in names
                if m.organisation.kind == "company" and not joins_group(text, m) and not wrote(text, m.start)
            ),
            *(at for at, k in said if k == ["company"]),
        ]
    )
    of_paragraphs = topics(text, sentences, free, subject, catalogue) if not own else {}
    whole = subject
    answers = [Where(None)] * len(quantities)
    paragraph, carried, firm, market = -1, Where(None), False, Where(None)
    is_local = subject.why == "title" and not subject.is_firm  # what firms have in the city that a headline names
    is_local = is_local and (catalogue.places.all[subject.place].kind in LOCAL if subject.place else False)
    context: tuple[tuple[int, int], ...] = ()
    around: list[PlaceMention] = []
    for sentence, indexes in stretches(sentences, quantities):
        if sentence.paragraph != paragraph:
            paragraph, carried, firm, market = sentence.paragraph, Where(None), False, Where(None)
            subject = of_paragraphs.get(paragraph, whole)
            if sentence.start in begins:
                k = bisect_left(own, sentence.start)
                later = own[k + 1] if k + 1 < len(own) else len(text)
                subject = whole = _story(
                    text,
                    free[bisect_left(starts, sentence.start) : bisect_left(starts, later)],
                    [m for m in names if sentence.start <= m.start < later],
                    catalogue,
                )
        k = bisect_left(firms, sentence.start)
        is_named = k < len(firms) and firms[k] < sentence.end
        firm = firm or is_named
        here = free[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if not indexes:
            is_whole = is_local and all(m.place.kind == "country_word" for m in here)  # 全国监测平台已接入
            carried = carried if is_whole else _only(text, here, subject, catalogue) or carried
            continue
        if sentence.context is not context:  # that of the parts of a long row is one
            context = sentence.context
            around = [
                m
                for s, e in context
                for m in free[bisect_left(starts, s) : bisect_left(starts, e)][:8]
                if m.place.kind != "world" or m.start - s < 4
            ]
            if sentence.block != "row" and subject.place and len({m.place.id for m in around}) > 1:
                around = []  # a heading of several countries says nothing of each: "China and U.S. lead purchases"
        is_firms = (firm or subject.is_firm) and not is_local
        is_theirs = bool(indexes) and indexes[0] in of_bodies_of_world
        outer = replace(subject, place=of_bodies_of_world[indexes[0]], why="reporter") if is_theirs else subject
        if _is_wide(whole, catalogue) and _OF_ALL.match(text, sentence.start):
            carried = Where(None)
        group = [quantities[i] for i in indexes]
        named = regions[bisect_left(regions, (sentence.start, "")) : bisect_left(regions, (sentence.end, ""))]
        of_region = regions_in_turn(text, named, group, catalogue)
        if not here and carried.place and _is_nations(names, sentence, subject, carried, catalogue):
            carried = Where(None)
        if not here:  # all from outside the sentence
            is_of_several = whole.country is None or _is_wide(whole, catalogue)
            if carried.place is None or carried.why[:1] == (_REPORTER,):
                carried = _reporting(names, sentence, subject, carried, is_of_several=is_of_several)
            of_bodies = _bodies_in_turn(names, sentence, group) if is_of_several else {}
            for index in indexes:
                region = of_region.get(quantities[index].start) or _region(text, named, quantities[index])
                where = (
                    _from_outside(around, outer, carried, catalogue) if wanted[index] or not is_firms else Where(None)
                )
                where = of_bodies.get(quantities[index].start, where)
                where = Where(None) if _is_of_world_price(text, sentence, quantities[index], catalogue) else where
                where = market if where.place is None and quantities[index].kind == "share" else where
                where = _of_wide_region(text, sentence, where, region, quantities[index], subject, catalogue)
                answers[index] = _in_region(text, where, region, here)
            continue
        wholes = {m.start for m in here if _measures(text, m, group)}
        is_of_world = all(m.place.kind == "world" for m in here) and not _TAKEN_UP.match(text, sentence.start)
        if wholes and is_of_world and carried.place is None:
            k = bisect_left(starts, sentence.end)
            if _is_wide(subject, catalogue) or (k < len(free) and _is_set_beside(text, sentence, free[k], subject)):
                outer = replace(outer, place="world", why="sentence")  # a share of world trade, in a text of Asia
        here = [m for m in here if m.start not in wholes]
        tied = _respectively(text, sentence, group, here, subject)
        last_end = sentence.start
        for index, quantity in zip(indexes, group, strict=True):
            is_place_wanted = wanted[index] or not is_firms
            region = of_region.get(quantity.start) or _region(text, named, quantity)
            where = tied.get(quantity.start) or _where(
                text, sentence, quantity, here, around, outer, is_place_wanted, is_named, carried, last_end, catalogue
            )
            last_end = quantity.end
            where = _of_wide_region(text, sentence, where, region, quantity, subject, catalogue)
            answers[index] = _in_region(text, where, region, here)
            market = answers[index] if answers[index].why[:1] == (_MARKET,) else market
        told = {answers[i].place for i in indexes}
        if len(told) > 1 and (whole_of := _place_of_whole(indexes, group, answers)) is not None:
            carried = whole_of
            continue
        if (
            told
            and all(q.kind in ("share", "rank") for q in group)
            and (_are_parts(told, subject, catalogue) or _are_within(told, carried, catalogue))
        ):
            continue  # "Toronto accounted for 60% of it"
        if here and all(_ALONE.match(text, m.end) for m in here):  # a part by itself: the text goes on with the whole
            continue
        if here and len(told) == 1 and sentence.block != "row" and not any("/" in place for place in told if place):
            carried = replace(answers[indexes[-1]], region=None, why=("paragraph", *answers[indexes[-1]].why[1:]))
        elif len(told) > 1:
            carried = Where(None)
    return answers


def _is_set_beside(text: str, sentence: Sentence, following: PlaceMention, subject: About) -> bool:
    """Whether the next sentence opens with the article's country, beside which a share of the world's is set.

    "Server farms use 1.5% of the world's power. In Ireland they take 21%".
    """
    if following.place.id != subject.country or following.start - sentence.end > _OPENS_NEXT:
        return False
    return _OPENS_IN.fullmatch(text, sentence.end, following.start) is not None


def _place_of_whole(indexes: Sequence[int], group: Sequence[Quantity], answers: Sequence[Where]) -> Where | None:
    """The place of the one amount that a sentence breaks down by place: 全球用电4150亿千瓦时;美国占45%,中国占25%."""
    amounts = {answers[k].place for k, q in zip(indexes, group, strict=True) if q.kind != "share"}
    first = answers[indexes[0]]
    if amounts != {_WORLD} or first.place != _WORLD or group[-1].kind != "share":
        return None
    return replace(first, region=None, why=("paragraph", *first.why[1:]))


def _is_of_market(text: str, heading: Sentence, names: Sequence[OrganisationMention]) -> bool:
    """Whether a headline tells of a market and of no company: "Edge AI Chip Market Size and Forecast"."""
    if any(m.organisation.kind == "company" and heading.start <= m.start < heading.end for m in names):
        return False
    return _MARKET_TITLE.search(text, heading.start, heading.end) is not None


def _is_opened_with(subject: About, sentences: Sequence[Sentence], free: Sequence[PlaceMention]) -> bool:
    """Whether headline or first sentence name the country that the article is about."""
    if subject.country is None or subject.why in ("title", "lead", "calendar"):
        return True
    first = next((s for s in sentences if s.block in ("paragraph", "item") and s.end - s.start > _PROSE), None)
    end = first.end if first else _OPENING
    return any(m.start < end and m.place.kind == "country" and m.place.id == subject.country for m in free)


def _counted_abroad(
    whos: Sequence[Who],
    quantities: list[Quantity],
    sentences: Sequence[Sentence],
    spoken: Sequence[int],
    catalogue: Catalogue,
) -> dict[int, str]:
    """What bodies of the world or a continent count is theirs, in an article opened with no country.

    Only in paragraphs in which such a body is `spoken` of: the next one goes back to what the article is about.
    """
    found: dict[int, str] = {}
    begins: dict[int, int] = {}
    for sentence in sentences:
        begins.setdefault(sentence.paragraph, sentence.start)
    for index, who in enumerate(whos):
        body = catalogue.organisations.all.get(who.reporter or "")
        if body is None or body.kind != "international" or who.why[:1] == ("article",):
            continue
        sentence = sentences[quantities[index].sentence]
        k = bisect_left(spoken, begins[sentence.paragraph])
        if who.why[:1] == ("sentence",) or (k < len(spoken) and spoken[k] < sentence.end):
            found[index] = body.country or "world"
    return found


def _are_parts(told: set[str | None], subject: About, catalogue: Catalogue) -> bool:
    """Whether figures are of places that lie in the one that the article is about."""
    known = catalogue.places.all
    if subject.place is None or known[subject.place].kind in WIDE:
        return False  # a roundup goes from one to the next
    return all(place in known and subject.place in catalogue.places.around(known[place]) for place in told)


def _are_within(told: set[str | None], carried: Where, catalogue: Catalogue) -> bool:
    """Whether figures are of places within the country that the paragraph has told of so far."""
    known = catalogue.places.all
    whole = known.get(carried.place or "")
    if whole is None or whole.kind != "country":
        return False
    return all(place in known and whole.id in catalogue.places.around(known[place]) for place in told)


def _is_of_world_price(text: str, sentence: Sentence, q: Quantity, catalogue: Catalogue) -> bool:
    """Whether a figure is of what has one price everywhere, in an article of any country: "Brent fell 1% to $66"."""
    before = text[max(sentence.start, q.start - _PRICED) : q.start].lower().split()
    return not catalogue.grammar.classes["world_priced"].isdisjoint(before)


def _is_wide(subject: About, catalogue: Catalogue) -> bool:
    """Whether an article is about a continent or group of countries."""
    return subject.place is not None and catalogue.places.all[subject.place].kind in ("continent", "group")


def _region(text: str, named: list[tuple[int, str]], q: Quantity) -> str | None:
    """The region of its sentence that a figure is of: the last before it, in English else the first behind it."""
    before = [name for at, name in named if at < q.start]
    english = (name for at, name in named if text[at] < "\u2e80")
    return before[-1] if before else next(english, None)


def _in_region(text: str, where: Where, region: str | None, here: list[PlaceMention]) -> Where:
    """A figure's place, with the region that its sentence names: of several places only with the one that it takes.

    A continent is a region of a company's figures only; of others it is the place.
    """
    if region is None:
        return where
    if where.place is not None and any(text[m.start : m.end] == region for m in here if m.place.kind == "continent"):
        return where
    is_chosen = len(where.why) > 1 and where.why[1] in region
    return replace(where, region=region) if is_chosen or len({m.place.id for m in here}) < _SEVERAL else where


def _of_wide_region(
    text: str, sentence: Sentence, where: Where, region: str | None, q: Quantity, subject: About, catalogue: Catalogue
) -> Where:
    """A figure's place: the country, where in news of a province a clause opens with a region that is no part of it."""
    own = catalogue.places.all.get(where.place or "")
    if region is None or own is None or own.kind not in LOCAL or where.place != subject.place or q.kind == "rank":
        return where
    if not region.startswith(tuple(catalogue.chinese.by_role["wide_region"])):
        return where
    at = text.rfind(region, sentence.start, q.start)
    opens = at == sentence.start or (at > 0 and text[at - 1] in (*_ZH_MARKS, "年", "月", "度"))
    return replace(where, place=subject.country) if opens else where


def _resumed(mentions: list[PlaceMention], catalogue: Catalogue) -> list[PlaceMention]:
    """The mentions, each "the region", "the continent" and "the bloc" as what it takes up; without one it is none."""
    kept: list[PlaceMention] = []
    named: dict[str, PlaceMention] = {}  # the last of each kind
    for m in mentions:
        if m.place.kind != "region_word":
            named[m.place.kind if m.place.kind in ("continent", "group") else _ANY] = m
        elif (place := _taken_up(m, named, catalogue)) is not None:
            m = replace(m, place=place)
        else:
            continue
        kept.append(m)
    return kept


def _taken_up(m: PlaceMention, named: dict[str, PlaceMention], catalogue: Catalogue) -> Place | None:
    """The continent or group that a word for one stands for."""
    known, last = catalogue.places.all, max(named.values(), key=lambda one: one.start, default=None)
    if m.place.parent:  # a bloc is the group named last, else the one that it mostly is
        return named["group"].place if "group" in named else known[m.place.parent]
    if m.place.id == _CONTINENT and last is not None and m.start - last.end <= _RESUMED:
        lies_in = (known[wider] for wider in (last.place.id, *catalogue.places.around(last.place)) if wider in known)
        return next((place for place in lies_in if place.kind == "continent"), None)
    wide = max((one for kind, one in named.items() if kind != _ANY), key=lambda one: one.start, default=None)
    return wide.place if wide is not None and m.start - wide.end <= _RESUMED else None


def _regions(text: str, mentions: list[PlaceMention], catalogue: Catalogue) -> list[tuple[int, str]]:
    """Parts of the world or a country that have no code ("North China", 华东), and where they stand."""
    found = chinese_regions(text, catalogue)
    for mention in mentions:
        end = mention.end
        direction = _DIRECTION.search(text, max(0, mention.start - 12), mention.start) if text[end - 1] < "⺀" else None
        if direction:
            found.append((direction.start(), text[direction.start() : end]))
        elif mention.place.kind == "continent" and _is_proper(text[mention.start : end]):
            found.append((mention.start, text[mention.start : end]))
    return sorted(found)


def _is_proper(name: str) -> bool:
    """Whether a continent is named by several words of its own: not "The region"."""
    return name[0].isupper() and " " in name and not name.startswith("The ")


def _story(text: str, mentions: list[PlaceMention], names: list[OrganisationMention], catalogue: Catalogue) -> About:
    """What one story of a roundup is about: the first country or wider place it names, else that of who reports."""
    for m in mentions:
        country = catalogue.places.country(m.place)
        if country or (m.place.kind in WIDE and not is_scope(text, m)):
            return About(country, country or m.place.id, "story")
    for name in names:
        if name.organisation.country and name.organisation.kind not in ("outlet", "company"):
            return About(name.organisation.country, name.organisation.country, "story")
    return About(None, None, "story")


def _bodies_in_turn(names: list[OrganisationMention], sentence: Sentence, group: list[Quantity]) -> dict[int, Where]:
    """ "The Bank of Korea and Bank Indonesia cut their rates to 2.5 and 4.75 percent": as many figures as countries."""
    k = bisect_left(names, sentence.start, key=lambda m: m.start)
    here = [m for m in names[k : k + _FEW] if m.start < group[0].start]
    told = [m.organisation.country for m in here if m.organisation.kind in ("ministry", "agency")]
    if len(told) < 2 or len({*told}) != len(told) or len(told) != len(here):
        return {}
    found: dict[int, Where] = {}
    for number in {q.group for q in group if q.group is not None}:
        listed = [q for q in group if q.group == number]
        if len(listed) == len(told):
            found |= {q.start: Where(c, None, ("respectively", c)) for q, c in zip(listed, told, strict=True)}
    return found


def _is_nations(
    names: list[OrganisationMention], sentence: Sentence, subject: About, carried: Where, catalogue: Catalogue
) -> bool:
    """Whether a body of the whole country opens a sentence after one of a town: "Toronto's … The Bank of Canada …"."""
    part = catalogue.places.all.get(carried.place or "")
    if part is None or part.kind not in LOCAL or subject.country is None or subject.place != subject.country:
        return False
    k = bisect_left(names, sentence.start, key=lambda m: m.start)
    first = names[k] if k < len(names) and names[k].start - sentence.start < _ARTICLE else None
    of_state = first is not None and first.organisation.kind in ("ministry", "agency")
    return of_state and first is not None and first.organisation.country == subject.country


def _reporting(
    names: list[OrganisationMention], sentence: Sentence, subject: About, carried: Where, *, is_of_several: bool
) -> Where:
    """The country of the ministry or agency that a sentence names, where it is another one than the article's."""
    k = bisect_left(names, sentence.start, key=lambda m: m.start)
    last = bisect_left(names, sentence.end, key=lambda m: m.start)
    is_roundup = subject.place is None or carried.why[:1] == (_REPORTER,)  # "the Fed 4%. The European Central Bank 2%"
    kinds = ("ministry", "agency", *(("international",) if is_roundup else ()))
    told = {m.organisation.country for m in names[k:last] if m.organisation.kind in kinds}
    country = told.pop() if len(told) == 1 else None
    if not country or not (subject.country or is_of_several) or subject.why == "calendar":
        return carried  # (two countries that name their ministries alike are told apart by how they count years)
    return Where(None) if country == subject.country and not is_of_several else Where(country, None, (_REPORTER,))


def _only(text: str, here: list[PlaceMention], subject: About, catalogue: Catalogue) -> Where | None:
    """The one place that a sentence without figures names: what the next sentence goes on about."""
    named = [
        m
        for m in here
        if not is_scope(text, m)
        and not (m.place.kind in LOCAL and text[max(0, m.start - 6) : m.start] == " from ")
        and not (m.place.kind == "capital" and _GOVERNS.match(text, m.end))
    ]
    wider = {m.place.parent for m in named}  # "Lyon, France" is one place
    wider |= {
        two.place.id
        for one, two in pairwise(named)
        if LISTED.fullmatch(text, one.end, two.start) and two.place.id in catalogue.places.around(one.place)
    }
    ids = {_resolve(m, subject, catalogue) for m in named if m.place.id not in wider}
    return Where(ids.pop(), None, ("paragraph",)) if len(ids) == 1 else None


def _is_local_use(text: str, m: PlaceMention) -> bool:
    """Whether a city's or province's name is used for the place, not for its government or as a sender."""
    if text[m.start] >= "⺀":
        return True
    if m.place.kind == "capital":
        is_in = bool(_LOCATIVE.search(text, max(0, m.start - 30), m.start))
        return is_in or text.startswith(("-based", " alone", " by itself"), m.end) or bool(_OF_TOWN.match(text, m.end))
    return True


def _resolve(m: PlaceMention, about: About, catalogue: Catalogue, is_province: bool = False) -> str | None:
    if m.place.kind == "country_word":
        return about.country
    if m.place.kind == "home_word":
        return about.place if about.part and about.place == about.part else about.country
    if m.place.kind == "local_word":
        part = catalogue.places.all.get(about.part or "")
        if part and is_province and part.kind == "city" and part.parent in catalogue.places.all:
            parent = catalogue.places.all[part.parent]
            return parent.id if parent.kind == "subdivision" else part.id
        return about.part or about.country
    if m.others and about.country:
        for place in (m.place, *m.others):
            if catalogue.places.country(place) == about.country:
                return place.id
    return m.place.id


def _respectively(
    text: str, sentence: Sentence, group: list[Quantity], here: list[PlaceMention], about: About
) -> dict[int, Where]:
    """Places and figures listed in one order: "Beijing, Shanghai and Shenzhen built 30, 25 and 18 sites"."""
    listed: list[list[PlaceMention]] = []
    for m in here:
        if m.is_adjective or m.place.kind.endswith("_word"):
            continue
        if listed and LISTED.fullmatch(text, listed[-1][-1].end, m.start):
            listed[-1].append(m)
        else:
            listed.append([m])
    if (
        "respectively" not in text[sentence.start : sentence.end]
        and "分别" not in text[sentence.start : sentence.end]
        and not any(q.respectively for q in group)
    ):
        return _side_by_side(text, group, listed)
    in_turn = [q for q in group if q.respectively]  # Vietnam 6.0; Malaysia and Thailand 5.1 and 1.6
    for run in sorted(listed, key=lambda run: len(run) != len(in_turn)) if in_turn else listed:
        after = [q for q in group if q.start > run[-1].end and q.kind not in ("size", "condition")]
        if len(run) == len(in_turn) > 1 and run[-1].end < in_turn[0].start:
            after = in_turn
        cue = text.find("分别", run[-1].end, after[-1].start) if after else -1
        told = [q for q in after if q.start > cue]  # 装机均超过1000万千瓦,分别达1460万千瓦、1205万千瓦
        after = told if len(told) >= len(run) else after
        if len(run) > 1 and len(after) >= len(run):
            later = next((m.start for m in here if m.start > run[-1].end), len(text))
            behind = [q for q in group if q.start > after[len(run) - 1].start]
            lists = [after[: len(run)], *_further_lists(text, behind, len(run), later)]
            return {
                q.start: Where(m.place.id, None, ("respectively", text[m.start : m.end]))
                for figures in lists
                for m, q in zip(run, figures, strict=True)
            }
    return _in_turn(text, group, [run[0] for run in listed if len(run) == 1])


def _further_lists(text: str, after: list[Quantity], number: int, end: int) -> list[list[Quantity]]:
    """The further lists of as many figures before an offset: 分别实现35亿元和12亿元,增长9.8%和10.2%."""
    lists: list[list[Quantity]] = []
    for k in range(0, len(after) - number + 1, number):
        listed = after[k : k + number]
        is_list = all(LISTED.fullmatch(text, one.end, two.start) for one, two in pairwise(listed))
        if not is_list or listed[-1].start > end:
            break
        lists.append(listed)
    return lists


def _side_by_side(text: str, group: list[Quantity], listed: list[list[PlaceMention]]) -> dict[int, Where]:
    """As many places as figures right after them: "Spain and France lead with 90% and 80%"."""
    told: dict[int, Where] = {}
    for run in listed:
        after = [q for q in group if q.start >= run[-1].end]
        first = after[0] if after else None
        members = [q for q in after if first and q.group is not None and q.group == first.group]
        if first is None or len(run) < 2 or len(members) != len(run) or first.start - run[-1].end > _LED_BY:
            continue
        between = (
            text[run[-1].end : first.start].removeprefix(", ").replace(", with ", " with ")
        )  # "In A and B, it has"
        is_next = not any(c in between for c in ",;:\uff0c\uff1b\n")
        if is_next and len({m.place.id for m in run}) == len(run) and len({(q.kind, q.unit) for q in members}) == 1:
            told |= {
                q.start: Where(m.place.id, None, ("respectively", text[m.start : m.end]))
                for m, q in zip(run, members, strict=True)
            }
    return told


def _in_turn(text: str, group: list[Quantity], named: list[PlaceMention]) -> dict[int, Where]:
    """ "China bought 10 million, Europe 3 and America 1.5; growth came to 22%, 32% and 4%, respectively"."""
    last = [q for q in group if q.respectively and q.group == group[-1].group]
    before = [m for m in named if last and m.end <= last[0].start]
    if len(last) < 2 or len(before) != len(last) or len({m.place.id for m in before}) != len(last):
        return {}
    return {
        q.start: Where(m.place.id, None, ("respectively", text[m.start : m.end]))
        for m, q in zip(before, last, strict=True)
    }


def _where(
    text: str, sentence: Sentence, q: Quantity, here: list[PlaceMention], around: list[PlaceMention], subject: About,
    is_wanted: bool, is_firm: bool, carried: Where, last_end: int, catalogue: Catalogue,
) -> Where:  # fmt: skip
    """The place of one figure. `is_wanted`: whether the figure is one that takes the place the article is about.

    `is_firm`: whether a company is named in the sentence. Its figures have a place only where it is said to be in one.
    """
    if len(here) > _FEW:
        k = bisect_left([m.start for m in here], q.start)
        here = here[max(0, k - _FEW) : k + _FEW]
    usable = _usable(text, sentence, q, here)
    before = [m for m in usable if m.end <= q.start and not _is_bracketed(text, sentence, m, q)]
    before = _but_asides(text, before, q)
    stop = _ZH_CLAUSE if sentence.language == "zh" else _BREAK
    after = [m for m in usable if m.start >= q.end and not stop.search(text, q.end, min(m.start, q.end + 400))]
    after = [m for m in after if not _OF_THEM.search(text, q.end, min(m.start, q.end + 400))]
    chosen: PlaceMention | None = None
    trails = _DIRECTLY_IN if before and before[-1].end >= last_end else _TRAILS
    is_worldwide = bool(after and before) and after[0].place.kind == _WORLD
    is_worldwide = is_worldwide and _DONE.fullmatch(text, q.end, after[0].start) is not None
    if (
        after and q.kind == "level" and text[q.end : after[0].start].strip() == "from"
    ):  # "40 there, against 15 from China"
        is_worldwide = is_worldwide or _SET_AGAINST.search(text, max(0, q.start - _AGAINST), q.start) is not None
    if after and (is_worldwide or trails.fullmatch(text, q.end, after[0].start)):  # "68% worldwide"
        chosen = after[0]
    elif before:
        is_told = sentence.language == "zh" or last_end > before[-1].end  # "24 there and another 3"
        is_other = is_told and sentence.block != "row" and _OTHERS.search(text, before[-1].end, q.start)
        chosen = None if is_other or _is_over(text, before, q) else before[-1]
    elif after:
        locative = [
            m
            for m in after
            if m.is_adjective
            or m.place.kind.endswith("_word")
            or text[m.start] >= "⺀"
            or _LOCATIVE.search(text, max(0, m.start - 30), m.start)
            or _is_owner(text, m, q)
        ]
        chosen = locative[0] if locative else None
        reach = _NEAR_LOCAL if len(usable) > 1 else _ONLY_LOCAL
        if chosen is not None and chosen.place.kind in LOCAL and chosen.start - q.end > reach:
            chosen = None
    joint: Where | None = None  # "the US and China add 80% of it"
    if chosen is not None:
        run = _run(text, usable, chosen)
        if len(run) > 1 and all(m.place.kind in (*LOCAL, *_JOINED) for m in run):
            wider = {wide for m in run for wide in catalogue.places.around(m.place)}  # "Lyon, France" is one place
            run = [m for m in run if m.place.id not in wider] or run
            chosen = chosen if chosen in run else run[-1]
            ids = [_resolve(m, subject, catalogue) for m in run]
            is_within = all(catalogue.places.country(m.place) == subject.country for m in run)
            if len({*ids}) > 1 and _TOGETHER.match(text, run[-1].end):
                return Where("/".join(dict.fromkeys(i for i in ids if i)), None, ("several places",))
            if len({*ids}) > 3 and subject.country and is_wanted and is_within:  # spread over the country
                return Where(subject.country, None, ("several places",))
            if 1 < len({*ids}) <= _JOINT and chosen.place.kind in _JOINED and _are_joined(text, run):
                joint = Where("/".join(i for i in ids if i), None, ("several places",))
            if len({*ids}) > 1 and chosen.place.kind in LOCAL and is_wanted:
                if q.kind == "share" and subject.country:  # a part of the country's total, broken down by place
                    return Where(subject.country, None, ("several places",))
                return Where("/".join(i for i in ids if i), None, ("several places",))
    if chosen is not None and not is_wanted and q.kind == "share" and chosen.end < last_end:
        chosen = chosen if _ITS_OWN_ZH.match(text, last_end, q.start) is None else None  # 美国区占10.8%,欧亚区占3%
    if chosen is not None and not is_wanted and (is_firm or subject.is_firm) and not _is_in(text, chosen):
        is_market = chosen.place.kind == "world" or _MAKES_UP.match(text, chosen.end) is not None
        is_market = is_market or _is_subject(text, sentence, chosen)  # 2025年台湾IC产业产值…, among a company's figures
        if is_market and not is_firm:  # no company is named: the market is told of
            return Where(chosen.place.id, None, ("sentence", text[chosen.start : chosen.end]))
        is_market = q.kind == "share" and not chosen.place.kind.endswith("_word")
        if is_market and _MARKET_SHARE.match(text, chosen.end, chosen.end + 60):
            return Where(_resolve(chosen, subject, catalogue), None, (_MARKET, text[chosen.start : chosen.end]))
        chosen = None
    if chosen is not None and joint is not None:
        return joint
    if chosen is not None:
        is_region = text[chosen.end - 1] == "区" and text.find(_AUTONOMOUS) >= 0
        is_province = text[chosen.end - 1] == "省" or is_region or text.endswith("province", chosen.start, chosen.end)
        place = _resolve(chosen, subject, catalogue, is_province)
        if chosen.place.kind == "local_word" and subject.place != subject.part:
            place = _told_of_last(text, chosen, carried, catalogue) or place
        return Where(place, None, ("sentence", text[chosen.start : chosen.end]))
    return _from_outside(around, subject, carried, catalogue) if is_wanted else Where(None)


def _told_of_last(text: str, m: PlaceMention, carried: Where, catalogue: Catalogue) -> str | None:
    """The town or province told of just before, to which "the city" and "the state's" go back."""
    last = catalogue.places.all.get(carried.place or "")
    return last.id if last is not None and last.kind in LOCAL and text[m.start] < "\u2e80" else None


def _are_joined(text: str, run: list[PlaceMention]) -> bool:
    """Whether a list is of places side by side ("China and Europe"), not one in another ("in ASEAN, Vietnam")."""
    is_alike = len({m.place.kind for m in run}) == 1
    return is_alike or "," not in text[run[-2].end : run[-1].start]


def _is_subject(text: str, sentence: Sentence, m: PlaceMention) -> bool:
    """Whether a Chinese clause opens with a country, alone or behind a time."""
    is_opening = m.start == sentence.start or text[m.start - 1] in (*_ZH_MARKS, "年", "月", "度")
    return text[m.start] >= "\u2e80" and m.place.kind == "country" and is_opening


def _is_owner(text: str, m: PlaceMention, q: Quantity) -> bool:
    """Whether a change is one of what a place has, right behind it: "to triple the EU's capacity"."""
    return text[q.end : m.start] in (" ", " the ") and text.startswith(("'s ", "\u2019s "), m.end)


def _is_bracketed(text: str, sentence: Sentence, m: PlaceMention, q: Quantity) -> bool:
    """Whether a place has its own figures in brackets that are closed: "(60 million in India), 84 percent of homes"."""
    closed = text.find(")", m.end, min(q.start, m.end + _ASIDE))
    opened = text.rfind("(", max(sentence.start, m.start - _ASIDE), m.start)
    if closed < 0 or opened < 0 or text.find(")", opened, m.start) >= 0:
        return False
    return any(letter.isdecimal() for letter in text[opened : m.start])


def _but_asides(text: str, before: list[PlaceMention], q: Quantity) -> list[PlaceMention]:
    """Without what a clause beside the first place names: "Taiwan, whose exports trailed Korea's, shipped…".

    Nor what is said of a place right behind it: "Spain, the best performer of the euro zone, grew 0.6%".
    """
    if before and _in_share_aside(text, before, q):
        return [m for m in before if not _in_share_aside(text, [m], q)]
    if len(before) < 2:
        return before
    low = max(before[0].end, q.start - _BESIDE)
    asides = [aside.span() for aside in _ASIDE_CLAUSE.finditer(text, low, q.start)]
    kept = [m for m in before if not any(low < m.start < high for low, high in asides)]
    for k, m in enumerate(kept[:-1]):
        beside = None if m.is_adjective else _APPOSITION.match(text, m.end, q.start)
        inside = [n for n in kept[k + 1 :] if n.start < beside.end()] if beside else []
        if beside and inside and not _is_listed(text, m, inside[0]):
            return [n for n in kept if n not in inside]
    return kept


def _in_share_aside(text: str, before: list[PlaceMention], q: Quantity) -> bool:
    """Whether the last place is what others than the subject are a part of, in a clause that has ended.

    "The lobby, whose members earn 99% of the American industry's revenue, now expects $1 trillion".
    """
    last = before[-1]
    low = max(last.start - _BESIDE, 0)
    opens = max(text.rfind(f", {word} ", low, last.start) for word in ("whose", "which", "who"))
    closes = text.find(", ", last.end, q.start)
    if opens < 0 or closes < 0 or "\n" in text[opens:closes]:
        return False
    return _ASIDE_SHARE.search(text, opens, last.start) is not None


def _is_listed(text: str, m: PlaceMention, following: PlaceMention) -> bool:
    """Whether a place is the next of a list, not one that is told of the last: "Spain, the Netherlands, …"."""
    is_next = LISTED.fullmatch(text, m.end, following.start) is not None
    return is_next and _LIST_GOES_ON.match(text, following.end) is not None


def _is_over(text: str, before: list[PlaceMention], q: Quantity) -> bool:
    """Whether a list of places, each with its figure, has ended before this one: "A 5, B 4; of all 30 provinces, …"."""
    last = before[-1]
    if len({m.place.id for m in before}) < 2 or before[-2].place.kind != last.place.kind:
        return False
    return bool(_SEMICOLON.search(text, last.end, q.start))


def _from_outside(around: list[PlaceMention], subject: About, carried: Where, catalogue: Catalogue) -> Where:
    """The place of a figure whose sentence names none: its paragraph's, its heading's, the article's."""
    if carried.place is not None:
        return carried
    if around:
        return Where(_resolve(around[0], subject, catalogue), None, ("context",))
    return Where(subject.place, None, (subject.why,))


def _is_in(text: str, m: PlaceMention) -> bool:
    """Whether something is said to be or to happen in a place."""
    if text[m.start] >= "⺀":
        return m.place.kind.endswith("_word") or text[m.start - 1 : m.start] in _ZH_IN
    return not m.is_adjective and bool(_LOCATIVE.search(text, max(0, m.start - 30), m.start))


def _measures(text: str, m: PlaceMention, group: list[Quantity]) -> bool:
    """Whether a mention only says among whom something ranks (居全国第7位) or its whole ("15% of the nation's")."""
    if not (m.place.kind.startswith("country") or m.place.kind in (*WIDE, "local_word")):
        return False
    if any(_is_of_people(text, m, q) for q in group):
        return False
    if _SUPERLATIVE_ZH.match(text, m.end):
        return True  # 建成全球规模最大的5G网络
    return any(
        (
            q.kind == "rank"
            and (0 <= q.start - m.end <= 1 or q.start <= m.start < q.end or _RANKING_ZH.match(text, m.end))
        )
        or (
            q.kind == "share"
            and m.place.kind != "country"
            and q.end <= m.start
            and _OF.fullmatch(text, q.end, m.start)
            and (m.place.kind == "world" or not text.startswith(" market", m.end))
        )
        or (q.kind == "share" and m.place.kind == "world" and k > 0 and _is_aside(text, group[k - 1], q, m))
        for k, q in enumerate(group)
    )


def _is_of_people(text: str, m: PlaceMention, q: Quantity) -> bool:
    """Whether a share is of all people on earth, and of no country's: "adoption was 16% of the world's population"."""
    if q.kind != "share" or m.place.kind != _WORLD or _PEOPLE_OF.match(text, m.end) is None:
        return False
    if _OF.fullmatch(text, q.end, m.start) is None:
        return False
    return _HAS_PEOPLE.search(text, max(0, q.start - _BEFORE_PEOPLE), q.start) is None


def _is_aside(text: str, level: Quantity, share: Quantity, m: PlaceMention) -> bool:
    """Whether a share tells what part of the world's a level is: "5,300 firms, one in seven worldwide"."""
    if level.kind != "level" or not _ASIDE_OF.fullmatch(text, share.end, m.start):
        return False
    return share.start - level.end < _NEAR_LEVEL and _IN_ASIDE.search(text[level.end : share.start]) is not None


def _usable(text: str, sentence: Sentence, q: Quantity, here: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions that may be the place of a figure: not what it ranks among, is a share of, or is compared with."""
    if q.kind == "rank" or sentence.block == "row":
        is_row = sentence.block == "row"
        here = [
            m
            for m in here
            if m.place.kind not in WIDE
            or (is_row and m.start == sentence.start)
            or (q.kind == "rank" and is_ranked(text, m))
        ]
    has_country = any(m.place.kind in ("country", "country_word") for m in here)
    usable: list[PlaceMention] = []
    for k, m in enumerate(here):
        if m.start >= q.start and m.end <= q.end:
            continue
        is_opening = m.start == sentence.start or text[m.start - 1] in _ZH_MARKS  # 全国平均PUE为1.42
        is_average = text.startswith("平均", m.end) and not is_opening
        is_average = is_average or (q.kind == "change" and text.endswith(_ZH_SET_AGAINST, 0, m.start))
        is_average = is_average or text.endswith(_ZH_NEXT_TO, 0, m.start) or text.startswith("相比", m.end)
        if text[m.start] >= "⺀" and (text[m.start - 1 : m.start] in ZH_COMPARED or is_average):
            continue
        if (
            q.kind == "rank"
            and m.place.kind.startswith("country")
            and (0 <= q.start - m.end <= 3 or 0 <= m.start - q.end <= 12)
        ):
            continue
        if m.place.kind in WIDE and (
            is_scope(text, m)
            or (
                q.kind == "share"
                and not _is_of_people(text, m, q)
                and _is_its_whole(text, sentence, m, q, here, has_country=has_country)
            )
        ):
            continue
        if (
            q.kind == "rank"
            and m.place.kind == "country_word"
            and text[m.start - 1 : m.start] in (*_ZH_IN, *_ZH_STANDS)
        ):
            continue  # 在全国百强城市中排第11, 均居全国大中城市首位
        if m.place.kind == "country_word" and is_scope(text, m):  # 保持全国领先, "the third largest in the country"
            continue
        if m.place.kind in LOCAL and _BESIDE_STATES.search(text, max(0, m.start - 30), m.start):
            continue  # "13 states and the District of Columbia"
        heads_row = sentence.block == "row" and m.start - sentence.start < 3  # "Paris | 655 | 41"
        if m.place.kind in LOCAL and not heads_row and not _is_local_use(text, m):
            after = here[k + 1] if k + 1 < len(here) else None
            if after is None or after.place.kind not in LOCAL or not LISTED.fullmatch(text, m.end, after.start):
                continue
        usable.append(m)
    return usable


def _is_its_whole(
    text: str, sentence: Sentence, m: PlaceMention, q: Quantity, here: list[PlaceMention], *, has_country: bool
) -> bool:
    """Whether the world or a part of it is what a share is one of: "its share of global purchases was 42%"."""
    if m.end <= q.start and _SHARE_OF.search(text, max(sentence.start, m.start - _NEAR_SHARE), m.start):
        return True
    gap = text[m.end : q.start]
    if gap in (" (", "\uff08", " for ", " with ", " at ", ": "):
        return False
    if m.place.kind != "world" and (
        gap == " "  # "China 25% and Europe 15%"
        or (_ZH_HAS.fullmatch(gap) and text[m.start - 1] in (*_ZH_MARKS, "、"))  # 中国占25%,欧洲占15%
        or text.startswith((" market", "市场", "市場"), m.end)
        or (m.end <= q.start and _HOLDS.match(text, m.end))
        or (m.start >= q.end and _DIRECTLY_IN.fullmatch(text, q.end, m.start))
    ):
        return False
    if _is_told_of(text, sentence, m, q, here):
        return False
    before = text[max(q.end, m.start - 70) : m.start] if m.start > q.end else ""
    return has_country or _OF_WORLD.search(before) is not None


def _is_told_of(text: str, sentence: Sentence, m: PlaceMention, q: Quantity, here: list[PlaceMention]) -> bool:
    """Whether a share is one within the world, which its clause opens with: "Global debt, 94 percent of GDP"."""
    if text[m.start] >= "\u2e80":
        return _is_told_of_zh(text, m, q, here)
    is_before = m.end <= q.start
    if not is_before or _PART_OF.search(text, max(sentence.start, m.start - 9), m.start):
        return False
    if any(m.end <= other.start < q.start for other in here):
        return False
    after = next((other for other in here if other.start >= q.end and other.place.kind == "country"), None)
    return after is None or _BREAK.search(text, q.end, after.start) is not None  # "on earth, 15 percent are Chinese"


def _is_told_of_zh(text: str, m: PlaceMention, q: Quantity, here: list[PlaceMention]) -> bool:
    """Whether a share is one within the world: 2024年全球数据中心用电4150亿千瓦时,占全球用电量的1.5%."""
    between = [other for other in here if m.end <= other.start < q.start]
    is_whole = bool(between) and text[between[-1].start - 1] in ZH_COMPARED
    is_alone = all(other.place.id == m.place.id for other in between)
    return is_whole and is_alone and text[m.start - 1 : m.start] not in ZH_COMPARED


def _run(text: str, usable: list[PlaceMention], chosen: PlaceMention) -> list[PlaceMention]:
    """The list of places that `chosen` stands in: "Mumbai plus Chennai"."""
    k = low = usable.index(chosen)
    while low and LISTED.fullmatch(text, usable[low - 1].end, usable[low].start):
        low -= 1
    while k + 1 < len(usable) and LISTED.fullmatch(text, usable[k].end, usable[k + 1].start):
        k += 1
    return usable[low : k + 1]
