"""Which places named in a text stand for themselves, so that a figure may be theirs.

What lives here: the mentions that do not (in the name of an organisation or event, in a dateline or byline, where goods
go, what something is likened to, the ends of a way, mere examples). What does not: which of the others governs which
figure (see `places`).
"""

import itertools
import re
from bisect import bisect_left

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue.company_words import CompanyWords
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.places import PlaceMention
from pipelines.stages.observations.about_place import LOCAL, SILENT, has_figure, is_likened, is_venue, lead_in
from pipelines.stages.observations.stretches import Blocks
from pipelines.vocabulary.article import Sentence

_NEXT_WAY = 40  # characters from one goal of a way to the next: "latency to Hull under 10 ms, to Leeds 18 ms"
LISTED = re.compile(r"\s?(?:,|and|&|plus|/|、|和|及|与|與|or)\s?(?:and\s)?(?:the\s)?")
_AND = re.compile(r"\s(?:and|or|&)\s(?:the\s)?")
_DATELINE = re.compile(
    r"[^\n]{0,40}?(?:\([^)\d\n]{2,40}\)(?!\s?,)\s?[-–—]{0,2}|\s(?:--|—|–)\s"
    r"|,\s(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}\b"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b)|:\s)"
)
_DATELINE_ZH = re.compile(
    r"[\s《【（(〔]{0,4}[^\uff0c,。\n]{2,34}?(?:[电電讯訊]|報導|報道|报道)(?:[》】)）〕\s]|(?=[(（]))"
)
_FILED_ZH = re.compile(  # where a reporter filed from, after a name in a byline: 记者张三/台北报道
    r"(?:\d{1,2}日)?[专專]?(?:[电電讯訊]|報導|報道|报道)(?=[》】)）〕\s]|$)"
)
_MONEY = re.compile(
    r"\$|\s(?:dollars?|rupees?|yen|won|pounds?|francs?|ringgit|baht|yuan|renminbi|crowns?|pesos?|reais|dirhams?)\b",
    re.I,
)
_WORKS = re.compile(
    r"\b(?:analyst|economist|researcher|professor|strategist|consultant|expert|trader|spokes\w+|reporter)s?"
    r"(?:\s(?:at|with|for)(?:\s[A-Z][\w&.'-]{0,20}){1,3})?(?:\s(?:based|working))?\s(?:in|from|at)\s(?:the\s)?$",
    re.I,
)  # where somebody works who speaks
_SEAT = re.compile(  # where an office sits that speaks: "the statistics office in Wiesbaden said"
    r"\b(?:office|agency|bureau|institute|association|ministry|regulator|exchange|headquarters"
    r"|think tank|bank|university)s?"
    r"\s(?:based\s)?in\s$",
    re.I,
)
_SPEAKS = re.compile(r",?\s(?:\w+ly\s)?(?:said|says|reported|reports|announced|showed|estimates?d?|reckons?|noted)\b")
_HOUSE = re.compile(  # where somebody works who reckons: "a Hamburg research house"
    r"(?:-based)?\s(?:market\s)?(?:research|consult\w+|think[ -]?tank|broker\w*|analy\w+|advis\w+)\b"
)
_BASED = re.compile(r"-(?:based|headquartered)(?=\s)")
_LED_BY = re.compile(  # who only does most in what is told of all: "volumes expand, led by Europe"
    r"\b(?:led|driven|helped|lifted|boosted|dragged down|paced|spearheaded)\s(?:mainly\s|largely\s)?by\s(?:the\s)?$"
    r"|\b(?:thanks|owing|due) (?:mainly |largely )?to\s(?:the\s)?$",
    re.I,
)
_AWAY = re.compile(r"\s(?:out|aside|away|apart)\b")  # "take China out of the sum"
_TAKEN = re.compile(r"\b(?:tak|strip|leav|set|put)\w*\s(?:mainland\s|the\s)?$", re.I)
_LIST_OF = re.compile(r"\s\d{2,4}\b(?! (?:million|billion))")  # the Fortune Global 500
_IS_ONE = re.compile(  # that one is based there, whose name or kind follows: "Taipei-based TrendForce"
    r"\s(?:(?:[a-z][\w-]{0,20}[a-rt-z]\s){0,2}[A-Z]|(?:[a-z][\w-]{0,20}\s){0,3}?(?:agency|body|institute|association"
    r"|consultancy|organi[sz]ation|bureau|watchdog|tracker|analyst|economist|broker)(?![\w-]))"
)
_PARTNER = re.compile(  # who buys and sells is named, the figures are the trader's
    r"\s(?:\w+\s){1,3}(?:top|biggest|largest|main|leading|first|prime|principal|second|third)(?:-\w+)?\s(?:single\s|export\s)?"
    r"(?:customer|buyer|destination|trading partner|supplier|partner)\b"
    r"|\s(?:\w+\s){1,2}(?:its|their|our|(?!(?:world|country|nation|region|continent|bloc|Europe|Asia|Africa)['\u2019])[\w']+['\u2019]s?)\s(?:[\w-]+\s){1,2}(?:export\s)?(?:market|source)\b"
)
_TRADED = re.compile(  # whereto and wherefrom goods go: the figure is the trader's
    r"\b(?:(?:exports?|exported|shipments|shipped|remittances)\s(?:\w+\s){0,4}(?:to|into)"
    r"|(?:trade|commerce|(?:trade\s)?(?:deficit|surplus|gap))\s(?:in\s(?:goods|services)\s)?with"
    r"|those\s(?:to|into)|(?:imports?|imported|remittances)\s(?:\w+\s){0,4}from"
    r"|(?:visitors|arrivals|tourists|tourism|travell?ers|visits)\s(?:\w+\s){0,2}from)\s(?:the\s)?$",
    re.I,
)
_TRADED_ZH = re.compile(
    r"(?:各|则|則|分别|分別)?(?:增|减|減|成[长長]|下降)|[\u4e00-\u9fff]{0,4}?(?:出口|进口|進口|出货|出貨|进出口|進出口|贸易|貿易|投资|投資)"
)
_WITH_ZH = frozenset("与與同和")
_TRADE_ZH = re.compile(r"(?:的|之间的|之間的)?(?:双边|雙邊|货物|貨物|服务|服務)?(?:贸易|貿易|进出口|進出口)")
_ORDERS_ZH = re.compile(r"(?:大陆|大陸)?(?:[及、和與与][\u4e00-\u9fff]{2,4}?)?(?:订单|訂單)")
_TRADE_TOLD = re.compile(r"[对對][\u4e00-\u9fff]{1,6}(?:出口|进口|進口|出货|出貨)")
_EXAMPLE = re.compile(
    r"(?:\b(?:such as|including|think|for example|for instance|e\.g\.)|包括|例如|譬如|诸如)[,:]?\s?(?:the\s)?$"
    r"|\b(?:(?:most|much|many|some|half|the majority|nearly all|almost all) of (?:it|them|which|these|those)"
    r"|mostly|mainly|largely|chiefly|primarily|notably|especially|particularly|concentrated|clustered)"
    r"\s(?:located\s|based\s|built\s)?(?:in|at|around|near)\s(?:the\s|Greater\s|[a-z]+ern\s)?$"
    r"|(?:主要|多|大多)?(?:集中|分布|位于|聚集)(?:在|于)$"
    r"|\((?:such as|including|think|for example|e\.g\.)[^()]{0,60}$"
)
_LATENCY_TO = re.compile(
    r"(?:[、和与與及][\u4e00-\u9fff]{2,4}){0,5}的?[\u4e00-\u9fff]{0,4}(?:时延|時延|延迟|延遲)"
)  # 到北京的网络时延 is one of where it starts
_WAYS = 24  # characters in which the goals of a way are listed
_TO_ZH = re.compile(r"[到至](?:[\u4e00-\u9fff]{2,4}[、和与與及])*$")  # 至上海、南京的单向网络时延
_DOMESTIC = frozenset("产產内內际際家有营營外")
_RANK_LIST = re.compile(r"\d{2,4}[强強]")
_OPEN_QUOTES = frozenset("“「")
_QUOTED = re.compile(r"[\u4e00-\u9fff]{1,8}[”」]")
_LEFT_OUT = frozenset(("outside", "excluding", "except", "without", "ex", "beyond", "excl."))  # of all but that place
_OVERTAKEN = re.compile(
    r"\b(?:overt(?:aken|ook|aking)|surpass(?:ed|ing)|outpac(?:ed|ing)|outstripp(?:ed|ing)|leapfrogg(?:ed|ing)|displac(?:ed|ing))"
    r"\s(?:the\s)?$"
)
_AND_TO = re.compile(r"(?:,|\band)\s(?:from\s|back\s)?to\s(?:the\s)?$")
_AND_OTHERS = re.compile(
    r"等(?:[地国國]|(?:\d{1,3}|[一二三四五六七八九十两兩多]{1,3})?[个個座]?(?:省|市|城市|国家|國家|地区|地區)"
    r"|(?:\d{1,3}|[一二三四五六七八九十两兩多]{1,3})[余餘多]?(?:[个個座家处處条條])[\u4e00-\u9fff])"
)
_TO = re.compile(r" (?:to|and) (?:the |northern |southern |eastern |western |north |south )?")
_NEAR_ZH = re.compile(  # 离北京近
    r"(?:(?<![偏脱脫分])[离離]|距[离離]?|毗[邻鄰]|[紧緊][邻鄰挨]|[邻鄰]近|靠近|[临臨]近)$"
)
_NEAR_EN = re.compile(
    r"\b(?:close|next|adjacent)\sto\s$|[a-z],\snear\s$"
    r"|\b(?:k(?:ilo)?m(?:eter|etre)?s?|miles?|hours?|minutes?|drive)\s(?:away\s)?"
    r"(?:north |south |east |west )?(?:from|of|outside)\s$",
    re.I,
)
_SAYS = re.compile(r"(?:['\u2019]s)?\s[a-z]{2,}\s")  # the word after a name that a sentence begins with
_AMONG_THEM = re.compile(r"(?:(?:,|\sand)\s[A-Z]\w+){0,4},?\s(?:among them|among others|included)\b")
_ROUTE = re.compile(  # where something leads: the figure is that of the way
    r"\b(?:fib(?:er|re)|cables?|lines?|links?|roads?|routes?|rail|railways?|highways?|flights?|pipelines?|connections?|"
    r"latency|ferry|ferries|trains?|tunnels?|distance|journeys?|trips?|corridor)\s(?:back\s|out\s)?to\s(?:the\s)?$",
    re.I,
)
_LED = re.compile(r"\b(?:led|leads|leading|lead|topped|tops|topping)\s$")
_WRITTEN_BY = re.compile(
    r"\b(?:report|study|survey|paper|analysis|research|white paper|index)s?\s(?:by|from|of)\s(?:the\s)?"
    r"(?:[A-Z][\w&.-]{0,20}(?:,\s|\sand\s|\s)){0,4}$"
)
_EXAMPLES = AhoCorasick([
    "such as", "including", "think", "for example", "for instance", "e.g.", "包括", "例如", "譬如", "诸如",
    "集中", "分布", "位于", "聚集",
])  # fmt: skip
_WITH = re.compile(r",\s(?:and\s)?with\s[^,.;\n\d]{0,60}$")  # ", with India and China doing most of the pushing."
_NO_FIGURE = re.compile(r"[^,.;\n\d]{0,60}[.;\n]")
_SCENE = re.compile(  # the event behind the town and the day
    r"\son\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s(?:as|at|where|when|during)\s[^,.;\n]{0,60}"
    r"\b(?:[Cc]onference|[Ss]ummit|[Ff]orum|[Ee]xpo|[Ff]air|[Cc]ongress|[Cc]onvention|[Ee]vent|[Mm]eeting)\b"
)
_NEAR_WHICH = frozenset(("in", "at", "around", "near", "greater"))
_ZH_EVENT = re.compile(
    r"[^\s\uff0c\u3002、]{0,10}?(?:大会|大會|峰会|峰會|论坛|論壇|组织|組織|博览会|博覽會|锦标赛|錦標賽|杯|银行|銀行|大奖|数据库|數據庫|資料庫)"
)
_ZH_TIMES = re.compile(  # 是第二名美国的6倍: of whose figure this one is a multiple
    r"的(?:约|約|近|将近|將近|超过|超過|逾)?(?:[\d.]{1,6}|[一二两兩三四五六七八九十]{1,3})多?倍"
)
_ZH_SHARE = re.compile(r"(?:占比|佔比|市占率|市佔率|市场份额|市場份額|份额|份額)")  # 全球占比42%
_TITLE = re.compile(  # what is said before the name of somebody
    r"(?:\b(?:minister|president|analyst|economist|executive|secretary|governor|director|chairman|chairwoman|chair|founder"
    r"|spokes(?:man|woman|person)|commissioner|mayor|manager|officer|strategist|researcher|professor|trader|boss|head|partner)"
    r"|\b(?:CEO|CFO|COO|CTO|Minister|President|Governor|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Sir))\s$"
)
_SURNAME = re.compile(r"\s[A-Z][a-z]+")
_LONGER = re.compile(r" (?:de|del|da|do|dos|di|am|an der|upon|sur)(?: (?:los|las|la|el|le))? [A-Z\u00c0-\u00dd]")
_NAME_AFTER = re.compile(
    r"(?:'s)?\s(?:[A-Z][A-Za-z]*\s){0,5}(?:Conference|Expo|Forum|Summit|Report|Initiative|University|Association|Institute|Academy|Bank|Daily|News|Times|Corp|Corporation|Company|Group|Administration|Ministry|Center|Centre|Council|Commission|Exchange|Fair|Index|Post|Agency|Bureau|Society|Alliance|Project|Plan|Act|Airlines|Holdings|Ltd|Inc|Mobile|Telecom|Unicom|Tower)\b"
)


def wrote(text: str, at: int) -> bool:
    """Is a company only among those who wrote what is quoted: "a report by Google, Temasek and Bain"?"""
    return _WRITTEN_BY.search(text, max(0, at - 70), at) is not None


def standing(
    text: str, mentions: list[PlaceMention], names: list[OrganisationMention], sentences: list[Sentence],
    blocks: Blocks, words: CompanyWords,
) -> list[PlaceMention]:  # fmt: skip
    """The mentions that stand for a place themselves: not in a name, a dateline, a byline or the page's furniture."""
    silent = [(s.start, s.end) for s in sentences if s.block in SILENT]
    opening = {s.start for s in sentences if s.block == "paragraph"}
    datelines = []
    for start in opening:
        match = (_DATELINE if text[start] < "\u2e80" else _DATELINE_ZH).match(text, start)
        if match and match.end() - start < 70 and not _is_label(text, start, match.end(), mentions):
            datelines.append((start, match.end()))
    masks = sorted([*((m.start, m.end) for m in names), *silent, *datelines])
    begins = [m[0] for m in masks]
    begins_at = {m.start for m in names}  # "India's central bank" names the country as well
    longest = 0
    reach = [longest := max(longest, end) for _, end in masks]
    kept = []
    partner = -1  # where the last place ends with which trade is told of
    way = -1  # where the last place ends to which something leads
    example = -1  # where the last place ends that is only an example
    left_out = -1  # where the last place ends that is told of without: "Asia (excl. Japan and China)"
    among, ways = _among(text, mentions), _ways(text, mentions)
    for m in mentions:
        lead, is_latin = lead_in(text, m), text[m.start] < "⺀"
        if (
            m.start in among
            or _is_example(text, m, lead)
            or (is_latin and _AMONG_THEM.match(text, m.end))
            or (0 <= example < m.start and LISTED.fullmatch(text, example, m.start))
        ):
            example = m.end
            continue
        k = bisect_left(begins, m.start + 1) - 1
        is_inside = (
            k >= 0 and reach[k] >= m.end and not (text.startswith(("'s", "\u2019s"), m.end) and m.start in begins_at)
        )
        is_partner = _is_traded_with(text, m, lead) or (
            partner >= 0
            and m.start - partner < 6
            and (m.start == partner or bool(LISTED.fullmatch(text, partner, m.start)))
        )
        partner = m.end if is_partner and not is_latin else -1
        is_way = lead == "to" and _ROUTE.search(text, max(0, m.start - 40), m.start) is not None
        is_way = is_way or (0 <= m.start - way < _NEXT_WAY and _AND_TO.search(text, way, m.start) is not None)
        is_out = lead in _LEFT_OUT or (0 <= left_out < m.start and _AND.fullmatch(text, left_out, m.start) is not None)
        left_out = m.end if is_out else left_out
        way = m.end if is_way and m.place.kind in LOCAL else way
        if (
            is_inside
            or is_partner
            or is_likened(text, m, lead)
            or _MONEY.match(text, m.end)
            or (m.place.kind == "country_word" and _LED.search(text, max(0, m.start - 9), m.start))
            or (is_latin and (_HOUSE.match(text, m.end) or _PARTNER.match(text, m.end) or _is_home(text, m, words)))
            or m.end == left_out
            or (is_latin and _is_put_aside(text, m, lead))
            or (m.place.kind == "world" and text[m.start].isupper() and _LIST_OF.match(text, m.end))
            or _OVERTAKEN.search(text, max(0, m.start - 20), m.start)
            or (lead in ("in", "from", "at") and _WORKS.search(text, max(0, m.start - 70), m.start))
            or (lead == "in" and _SPEAKS.match(text, m.end) and _SEAT.search(text, max(0, m.start - 40), m.start))
            or m.start in ways
            or _FILED_ZH.match(text, m.end)
            or (is_latin and _WITH.search(text, max(0, m.start - 70), m.start) and _NO_FIGURE.match(text, m.end))
            or (m.place.kind in LOCAL and (is_way or _is_beside(text, m, lead) or _is_scene(text, m, lead)))
        ):
            continue
        if is_latin:
            if blocks.at(m.start) not in ("title", "heading") and _in_a_name(text, m):
                continue
        elif (
            _is_inside_word(text, m)
            or (_LATENCY_TO.match(text, m.end) and _TO_ZH.search(text, max(0, m.start - _WAYS), m.start))
            or (m.place.kind == "world" and _ZH_EVENT.match(text, m.end))
            or _ZH_TIMES.match(text, m.end)
            or _ZH_SHARE.match(text, m.end)
        ):
            continue
        kept.append(m)
    return kept


def _is_home(text: str, m: PlaceMention, words: CompanyWords) -> bool:
    """Whether a place is only where one comes from that is spoken of: "the Swedish vendor", "US-based Micron"."""
    based = _BASED.match(text, m.end)
    if based is not None:
        return (_IS_ONE.match(text, based.end()) or words.of_home.match(text, based.end())) is not None
    is_known = m.is_adjective and text[max(0, m.start - 4) : m.start].lower() == "the "
    return is_known and words.of_home.match(text, m.end) is not None


def _is_put_aside(text: str, m: PlaceMention, lead: str) -> bool:
    """Whether a figure is told without a place, or of all that it leads: "take China out", "led by Europe"."""
    if lead in ("by", "to") and _LED_BY.search(text, max(0, m.start - 40), m.start):
        return not has_figure(text, m)
    return _AWAY.match(text, m.end) is not None and _TAKEN.search(text, max(0, m.start - 24), m.start) is not None


def _is_beside(text: str, m: PlaceMention, lead: str) -> bool:
    """Whether a place only says how far another one is from it: "90 kilometres from Beijing", 离北京近."""
    if text[m.start] >= "\u2e80":
        return _NEAR_ZH.search(text, max(0, m.start - 3), m.start) is not None
    is_likely = lead in ("to", "from", "of", "outside", "near")
    return is_likely and _NEAR_EN.search(text, max(0, m.start - 40), m.start) is not None


def _is_scene(text: str, m: PlaceMention, lead: str) -> bool:
    """Whether an event is held in a town, and what is told there is of whoever speaks: "In Fuzhou on Tuesday, as the
    summit opened, the agency put it at ..."."""
    return is_venue(text, m) or (lead in ("in", "at") and _SCENE.match(text, m.end) is not None)


def _is_label(text: str, start: int, end: int, mentions: list[PlaceMention]) -> bool:
    """Whether a paragraph opens with the country that it tells of, not where it was filed: "Korea: exports rose".

    What a sentence says of one is no dateline either: "Kenya leads in mobile money: 82 million accounts".
    """
    k = bisect_left(mentions, start, key=lambda m: m.start)
    first = mentions[k] if k < len(mentions) else None
    if first is None or first.start != start or text[end - 2 : end - 1] != ":":
        return False
    return (first.place.kind == "country" and first.end == end - 2) or _SAYS.match(text, first.end, end) is not None


def _is_inside_word(text: str, m: PlaceMention) -> bool:
    """Whether letters only look like a place: 其中国产芯片, 世界500强; or begin a name in quotes: “中国声谷”."""
    if text[m.start - 1 : m.start] == "其" and text[m.end : m.end + 1] in _DOMESTIC:
        return True
    if m.place.kind == "world" and _RANK_LIST.match(text, m.end):
        return True
    if text[m.start - 1 : m.start] not in _OPEN_QUOTES:
        return False
    name = _QUOTED.match(text, m.end)
    return name is not None and name.end() > m.end + 1


def _is_example(text: str, m: PlaceMention, lead: str) -> bool:
    """Whether a place is only where some or most of it is: "such as Texas", "mostly in northern Virginia"."""
    before = text[max(0, m.start - 72) : m.start]
    is_likely = lead in _NEAR_WHICH or lead.endswith("ern") or bool(_EXAMPLES.find_matches_as_indexes(before))
    return is_likely and _EXAMPLE.search(before) is not None


def _among(text: str, mentions: list[PlaceMention]) -> set[int]:
    """Where places begin that are named as some of several: 北京、上海等7个城市."""
    found: set[int] = set()
    run: list[PlaceMention] = []
    for m in mentions if not text.isascii() else ():
        if run and LISTED.fullmatch(text, run[-1].end, m.start) is None:
            run.clear()
        run.append(m)
        if text[m.start] >= "\u2e80" and _AND_OTHERS.match(text, m.end):
            found.update(one.start for one in run)
            run = [m]
    return found


def _ways(text: str, mentions: list[PlaceMention]) -> set[int]:
    """Where places begin between which something goes: "a box from Shanghai to Rotterdam"."""
    found: set[int] = set()
    for one, two in itertools.pairwise(mentions):
        is_way = _TO.fullmatch(text, one.end, two.start) and text.endswith(("from ", "between "), 0, one.start)
        if is_way and one.place.kind == two.place.kind:
            found.update((one.start, two.start))
    return found


def _is_traded_with(text: str, m: PlaceMention, lead: str) -> bool:
    """Whether a place is only where exports go or imports come from."""
    if text[m.start] < "\u2e80":
        is_likely = lead in ("to", "from", "into", "with")
        return is_likely and _TRADED.search(text, max(0, m.start - 40), m.start) is not None
    if _ORDERS_ZH.match(text, m.end):
        return True  # whom orders come from
    if text[m.start - 1 : m.start] in _WITH_ZH and _TRADE_ZH.match(text, m.end):
        return True  # 我国与美国贸易总值
    if text[m.start - 1 : m.start] not in ("对", "對", "向", "自", "从", "從", "往"):
        return False
    if _TRADED_ZH.match(text, m.end):
        return True
    sentence = max(text.rfind("。", max(0, m.start - 120), m.start), m.start - 120, 0)
    return text[m.start - 1] in "对對" and bool(_TRADE_TOLD.search(text, sentence, m.start))


def _in_a_name(text: str, m: PlaceMention) -> bool:
    """Whether a place is only part of a longer name: of a town, a body, or of somebody ("minister Nara Lokesh")."""
    if _LONGER.match(text, m.end):
        return True  # San Sebastián de los Reyes is another town
    if _TITLE.search(text, max(0, m.start - 24), m.start) and _SURNAME.match(text, m.end):
        return True
    match = _NAME_AFTER.match(text, m.end)
    return match is not None and not text.startswith("'s", m.end)
