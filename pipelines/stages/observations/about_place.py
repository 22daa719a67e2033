"""What place an article is about: its country, its province or city, a group of countries, the world.

What lives here: `About`, and the evidence it is judged by (headline, mentions, datelines, who reports, the language of
"our country"). What does not: which place a single figure takes (see `places`).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pipelines.catalogue import Catalogue
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.places import Place, PlaceMention
from pipelines.stages.observations.stretches import Blocks
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.values import light

SILENT = ("meta", "boilerplate")
SAID = "said"  # why an article is about the world, where it says so of its figures
WIDE = ("world", "continent", "group")
ZH_COMPARED = ("占", "佔", "比", "较", "較")  # before what a figure is a part of, or is measured against
LOCAL = ("capital", "subdivision", "city")
_HOME = {"zh-Hans": "CN", "zh-CN": "CN"}  # the country that 我国 and 全国 stand for, where nothing else says so
_ROC = re.compile(r"(?:民國|(?<!\d))1[01]\d年(?:第|\d{1,2}月|全年|度|[上下]半)|新[台臺]幣")  # who counts and pays so
_ROC_USAGE = re.compile(
    r"(?<![上去同今全前每本一多逐比較])[年季月][增減](?![長加少])(?:[幅率至逾約近達為]|\d)"
)  # 年增3.1%
_ROC_HOME = "TW"
_ALIKE = ("CN",)  # whose ministries have the same names
_WATCHERS = ("research", "poll")
_FEW_AMOUNTS = 2
_PROSE = (60, 25)  # characters from which a sentence is one of the story: in English, in Chinese
_HEAD = 300  # characters of a text of short lines in which its issuer signs
_PASSING = 3  # what a country counts that is named once
_OPENS_IN = 3  # what a country counts in whose money the first amount is told
_SEVERAL = 2  # countries of which an article that opens with none of them is of no single one
_DATED = 40  # characters in which a story says where it was filed
_OFTEN = 3  # times that a province is named which an article is about
_RANKED = re.compile(
    r"\b(?:the first time that|led|leads?|leading|topp(?:ed|ing)|tops|first|second|third|fourth|fifth|sixth|top|"
    r"no\. ?\d+|place|rank\w*|largest|biggest|highest|"
    r"the (?!west|east|latest|rest|forest|interest|request|harvest)\w{2,12}est|"
    r"anywhere|where)[^.;,]{0,30}$"
)
_RANKING = re.compile(
    r"(?:'s)?\s(?:[\w-]+\s){0,2}(?:first|second|third|[\w]+-?(?:largest|biggest)|largest|biggest|most|leading|No\.)"
    r"|\slead(?:er|ership)?\b"
    r"|(?:或[\u4e00-\u9fff]{2,4})?(?:第|领先|領先|前列|最|首)|[上内內](?:[也还還都]?是|也|尚)?(?:第一|首|最|头一)"
)
#: The verb by which a continent that opens a clause is one of those that are ranked: "Europe remains the largest".
_RANKS_ITSELF = re.compile(
    r"\s(?:(?:is|was|will be|has been|remain(?:s|ed)?|stay(?:s|ed)|bec[ao]mes?|rank(?:s|ed)|came|comes|place[sd])\b"
    r"|(?:had|has|saw|posted|recorded|show(?:s|ed)) the\b)"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:,\n]\s?|\b(?:while|and|but|whereas)\s)(?:[Tt]he\s)?$")
_ITS_FIGURE = re.compile(
    r"(?:['\u2019]s)?(?:,?\s(?:with|at|on)(?:\s(?:just|only|about|some|around|nearly|almost|over|under)){0,2})?\s?\(?[-+\u2212]?[$\d]"
)
_ITS_SHARE = re.compile(r"\s(?:\w+\s)?shares?\s(?:of|at|to)\b")
_LIKENED = re.compile(
    r"(?:\bas|\b(?:second|third|next) only to|\b(?:behind|after) only"
    r"|\bahead of|\bthan(?: what| that of| those of| in)?|\blike|\bequal to|\brival(?:s|ling)?"
    r"|\b(?:times|twice|double|half|than) the (?:population|size|area|output|number|amount|total) (?:of|in))"
    r"\s(?:the\s|all of\s|the (?:whole|entirety|population|territory) of\s)?$",
    re.I,
)
_VENUE = re.compile(  # where an event is held that a headline tells of: "Internet summit opens in Wuzhen"
    r"\b(?:open(?:s|ed)?|start(?:s|ed)?|began|begins?|kick(?:s|ed)? off|conclude[sd]?|close[sd]?"
    r"|end(?:s|ed)?|held|hosted|gather(?:s|ed)?|meets?|met|convene[sd]?|wrap(?:s|ped)? up|under ?way"
    r"|(?:conference|summit|forum|expo|fair|congress|convention|event)s?)"
    r"\s(?:in|at)\s(?:the\s)?$",
    re.I,
)
_VENUE_ZH = re.compile(r"(?:\s|的)?(?:开幕|開幕|闭幕|閉幕|举行|舉行|举办|舉辦|召开|召開|启幕|啟幕|登场|登場|落幕)")
_LIKENED_ZH = re.compile(r"(?:相当于|相當於|堪比|媲美|不亚于|不亞於|赶超|趕超|反超|超越)(?:了|整个|整個|一个|一個)?$")


@light
@dataclass(frozen=True, slots=True)
class About:
    """What an article is about: its country, and the narrower or wider place its headline names."""

    country: str | None
    place: str | None
    why: str
    part: str | None = None  # the province or city most spoken of
    is_firm: bool = False  # whether it is about a company, whose figures have no place


def about(
    article: Article,
    sentences: list[Sentence],
    mentions: list[PlaceMention],
    free: list[PlaceMention],
    names: list[OrganisationMention],
    blocks: Blocks,
    catalogue: Catalogue,
    money: Counter[str],
    first_paid: tuple[int, str] | None = None,
) -> About:
    """What the article is about. `free` are the mentions that stand for a place themselves, `names` organisations.

    `money`: country -> how many amounts are told in its own currency; `first_paid`: where the first is told, and whose.
    """
    country_of, text = catalogue.places.country, article.text
    counts: Counter[str] = Counter()
    wide: Counter[str] = Counter()
    local: Counter[str] = Counter()
    words: Counter[str] = Counter()
    title = next(((s.start, s.end) for s in sentences if s.block == "title"), (0, 0))
    is_roc = article.language == "zh-Hant" and _ROC.search(text) is not None
    is_taiwanese = is_roc or (article.language == "zh-Hant" and _ROC_USAGE.search(text) is not None)
    home = _ROC_HOME if is_taiwanese else _HOME.get(article.language or "")
    is_town = any(m.place.kind == "local_word" for m in free)
    for m in free:
        weight = 3 if title[0] <= m.start < title[1] else 1
        country = country_of(m.place)
        if country:
            counts[country] += weight * (2 if m.place.kind == "country" else 1)
        if _is_local(text, m, title, is_town):
            local[m.place.id] += weight + (m.place.kind == "capital")
        elif m.place.kind in WIDE and not is_scope(text, m) and text[m.start - 1 : m.start] not in ZH_COMPARED:
            wide[m.place.id] += weight
        elif m.place.kind in ("country_word", "local_word"):
            words[m.place.kind] += 1
        if home and m.place.kind in ("country_word", "home_word"):
            counts[home] += weight
    for m in mentions:  # names of organisations and datelines count less, but they count
        country = country_of(m.place)
        if country and blocks.at(m.start) not in SILENT:
            counts[country] += 1
    lead = _lead(sentences)
    begins = _lead(sentences, _PROSE)
    of_bodies = {name.organisation.country for name in names if name.organisation.kind in ("ministry", "agency")}
    for name in names:
        if name.organisation.kind in ("ministry", "agency") and name.organisation.country in catalogue.places.all:
            is_ours = is_taiwanese and name.organisation.country in _ALIKE  # 財政部 of who counts as 年增3.1%
            counts[_ROC_HOME if is_ours else name.organisation.country] += 3 if name.start < begins[1] else 1
    titled = [m for m in free if title[0] <= m.start < title[1]]
    if money and not titled:  # who counts in dong tells of Vietnam, whoever trades with it
        country, amounts = money.most_common(1)[0]
        is_one = amounts >= _FEW_AMOUNTS and amounts * 2 > money.total()
        counts[country] += 2 * amounts if is_one and country in catalogue.places.all else 0
    if first_paid and first_paid[0] < begins[1] and not titled and first_paid[1] in catalogue.places.all:
        counts[first_paid[1]] += _OPENS_IN  # an opening counts in the money of those whom it is written for
    is_firm = _is_firm(names, title, blocks)
    part = local.most_common(1)[0][0] if local else None
    main = next((country_of(m.place) for m in titled if m.place.kind == "country"), None)
    at_home = {
        *money,
        *of_bodies,
    }  # whose money is counted, whose bodies speak, whose readers are told of "the country"
    spoken_of = any(m.place.kind == "country_word" and (home or m.start < begins[1]) for m in free)
    at_home |= {*counts} if is_taiwanese or spoken_of else set()
    if main is None and is_roc:
        main = _ROC_HOME
        counts[main] += sum(wide.values())
    if main is None and counts:
        (top, number), *others = counts.most_common(2)
        is_one = not others or others[0][1] <= 0.6 * number
        is_passing = number <= _PASSING and not any(country_of(m.place) == top for m in free if m.start < lead[1])
        is_alone = not wide and (not is_passing or not lead[1] or top in at_home)
        main = top if is_alone or (wide and number >= 2 and is_one and not is_passing) else None
    if _is_all_worldwide(text):
        return About(main, "world", SAID, part)
    owners = {t.end: t.start for t, m in pairwise(titled) if _owns(text, t, m, country_of(m.place))}
    heads = [m for m in titled if m.end not in owners]
    for m in heads if not any(t.place.kind == "country" for t in heads) else ():
        if any(t.start == m.end and t.place.parent == m.place.id for t in titled):
            continue  # 宁夏中卫 is 中卫
        begins_at = owners.get(m.start - len("'s "), m.start)
        is_known = local[m.place.id] >= 4 or words["local_word"] or _opens(text, m, title, begins_at)
        if _is_local(text, m, title, is_town) and is_known:
            part = m.place.id if m.place.parent == part else part  # 全市 is the town of the headline
            return About(country_of(m.place), m.place.id, "title", part, is_firm)
    is_titled = any(not m.place.kind.endswith("_word") for m in titled)
    of_issuer = None if is_titled else _issuer(text, mentions, lead[1] or _HEAD)
    if of_issuer and (words["local_word"] or not words["country_word"]):
        return About(country_of(of_issuer.place), of_issuer.place.id, "title", of_issuer.place.id, is_firm)
    opening = [m for m in free if m.start < begins[1]]
    if not any(country_of(m.place) for m in titled):  # a headline of the world, and of no country, is about it
        headed = [m for m in titled if m.place.kind in WIDE and m.place.id in wide and not is_scope(text, m)]
        told = next((m for m in headed if m.start == title[0]), None)
        told = told or next((m for m in headed if m.place.kind == "world"), headed[0] if headed else None)
        is_one = told is not None and (told.start == title[0] or told.place.kind == "world" or len(headed) == 1)
        if told and (is_one or not any(m.start >= title[1] for m in opening)):  # not "Europe flies, America stalls"
            return About(main, told.place.id, "title", part, is_firm)
    told_of = None if is_titled else _province_of(opening, catalogue)
    if told_of and (words["local_word"] or local[told_of.id] >= _OFTEN or not _is_of_whole(free, country_of(told_of))):
        return About(country_of(told_of), told_of.id, "lead", told_of.id, is_firm)
    first = opening or ([] if main in at_home else _first_named(free, sentences, title[1]))
    if wide and all(m.place.kind in WIDE for m in first):  # a lead of a continent, and of no country, is about it
        told = next((m for m in first if m.start >= title[1] and m.place.id in wide and not is_scope(text, m)), None)
        if told:
            return About(main, told.place.id, "lead", part, is_firm)
    opens = [country_of(m.place) for m in (*titled, *opening, *(m for m in mentions if m.start < begins[0] + _DATED))]
    opens += [name.organisation.country for name in names if name.start < begins[1]]
    if main and main not in {*at_home, *opens} and len(counts) >= _SEVERAL:
        return About(main, "world", "several", part, is_firm)  # a roundup of the world that tells of some more often
    if wide and (main is None or (sum(wide.values()) > counts[main] and not any(country_of(m.place) for m in titled))):
        is_named = "world" in wide or len(wide) > 2 or max(wide.values()) > 1 or not counts
        if main is None and not is_named:  # one group among the countries of a roundup
            return About(None, None, "article", part, is_firm)
        widest = "world" if "world" in wide or len(wide) > 2 else wide.most_common(1)[0][0]
        return About(main, widest, "article", part, is_firm)
    if main is None and not is_firm:  # (what is told of a market in the news of a company is none of its home's)
        for o in names:  # (who watches the markets of the world may have an office anywhere)
            is_anywhere = o.organisation.kind in _WATCHERS and o.organisation.country != home
            if o.organisation.country and o.organisation.kind != "outlet" and not is_anywhere:
                return About(o.organisation.country, o.organisation.country, "reporter", part, is_firm)
    return About(main, main, "calendar" if is_taiwanese and main == _ROC_HOME else "article", part, is_firm)


def _is_local(text: str, m: PlaceMention, title: tuple[int, int], is_town: bool) -> bool:
    """Whether a mention is of a city or province itself: of a capital only where a headline opens with it so, or opens
    with it at all where the text speaks of 全市, 本市 (`is_town`)."""
    is_opening = is_town and m.start == title[0] < title[1]
    if title[0] <= m.start < title[1] and is_venue(text, m):
        return False
    return m.place.kind in LOCAL and (m.place.kind != "capital" or is_opening or _is_market(text, m, title))


def is_venue(text: str, m: PlaceMention) -> bool:
    """Whether an event is held in a place: its figures are those of whoever speaks there, mostly a country's."""
    if text[m.start] >= "\u2e80":
        return text[m.start - 1 : m.start] == "在" and _VENUE_ZH.match(text, m.end) is not None
    return lead_in(text, m) in ("in", "at") and _VENUE.search(text, max(0, m.start - 40), m.start) is not None


def _is_market(text: str, m: PlaceMention, title: tuple[int, int]) -> bool:
    """Whether a headline opens with a capital as the name of the city and of what is there: "Warsaw Office Market"."""
    return m.start == title[0] and text[m.start] < "\u2e80" and _CITY.match(text, m.end) is not None


def _province_of(opening: list[PlaceMention], catalogue: Catalogue) -> Place | None:
    """The province that the lead tells of: all the places it names are that one, lie in it or hold it."""
    named = [m.place for m in opening if not m.place.kind.endswith("_word")]
    first = next((place for place in named if place.kind == "subdivision"), None)
    if first is None:
        return None
    wider = {first.id, *catalogue.places.around(first)}
    is_one = all(place.id in wider or first.id in catalogue.places.around(place) for place in named)
    return first if is_one else None


def _owns(text: str, country: PlaceMention, part: PlaceMention, of: str | None) -> bool:
    """ "China's Guizhou", "Malaysia's Johor": the country only says where the province or city is."""
    is_owner = country.place.kind == "country" and part.place.kind in LOCAL and of == country.place.id
    return is_owner and text[country.end : part.start] in ("'s ", "\u2019s ")


def _opens(text: str, m: PlaceMention, title: tuple[int, int], begins_at: int) -> bool:
    """Whether a headline opens with a province (in Chinese, a city, too): "Texas grid adds 9 GW", 四川省统计公报.

    `begins_at`: where its name begins, with that of its country before it.
    """
    if text[m.start] < "\u2e80":
        return begins_at == title[0] and m.place.kind == "subdivision" and not m.others and text[m.end] == " "
    is_named = m.place.kind in ("subdivision", "city") or text[m.end - 1] in "市省" or text[m.end] in "市省："
    return is_named and _TIME.fullmatch(text, title[0], m.start) is not None


def _issuer(text: str, mentions: list[PlaceMention], end: int) -> PlaceMention | None:
    """The province or city whose own body issues a text, as its first lines say: 苏州市统计局."""
    return next((m for m in mentions if m.start < end and m.place.kind in LOCAL and _BODY.match(text, m.end)), None)


_TIME = re.compile(
    r"[# \d一二三四五六七八九十零〇至—~\-]{0,12}"
    r"(?:年|月|季度|上半年|前三季度|前|份|全年|[上下]半年|[至—~\-]|\d){0,8}"
)
_BODY = re.compile(
    r"(?:省|市|自治[区區州]|区|區|县|縣|州)?[\u4e00-\u9fff]{0,9}?"
    r"(?:局|厅|廳|政府|调查总队|调查队|發改委|发改委|经信委)(?![\u4e00-\u9fff]{0,4}[长長])"
)
_CITY = re.compile(
    r"(?:['\u2019]s)?\s(?:[A-Z][\w-]*\s){0,3}(?:[Mm]arket|[Oo]ffice|[Dd]ata|[Ss]napshot|[Rr]eport|[Pp]rofile|[Cc]ity"
    r"|core\s(?:CPI|inflation|consumer)|CPI|consumer\sprices|(?:house|home|housing|flat|apartment|property|rent)(?:\sprices|s)?"
    r"|vacancy|population|residents|metro|subway|commuters|airports?)\b"
)


def _first_named(free: list[PlaceMention], sentences: list[Sentence], start: int) -> list[PlaceMention]:
    """The places of the first sentence of the story that names any."""
    first = next((m for m in free if m.start >= start), None)
    if first is None:
        return []
    k = bisect_right(sentences, first.start, key=lambda s: s.start) - 1
    return [m for m in free if first.start <= m.start < sentences[k].end]


def _is_of_whole(free: list[PlaceMention], country: str | None) -> bool:
    """Whether a text speaks of a country, too, not only of its parts."""
    return any(m.place.kind == "country_word" or m.place.id == country for m in free)


def _lead(sentences: list[Sentence], least: tuple[int, int] = (60, 60)) -> tuple[int, int]:
    """Where the first paragraph of some length (in English, in Chinese) begins and ends."""
    first = next((s for s in sentences if s.block == "paragraph" and s.end - s.start > least[s.language == "zh"]), None)
    if first is None:
        return 0, 0
    own = [s for s in sentences if s.paragraph == first.paragraph]
    return own[0].start, own[-1].end


def _is_firm(names: Iterable[OrganisationMention], title: tuple[int, int], blocks: Blocks) -> bool:
    """Whether a company is the subject: named in the headline, or more often than all who issue statistics."""
    firms: Counter[str] = Counter()
    bodies = 0
    for m in names:
        if m.organisation.kind == "company":
            if title[0] <= m.start < title[1]:
                return True
            if blocks.at(m.start) not in SILENT:
                firms[m.organisation.name] += 1
        elif m.organisation.kind != "outlet":
            bodies += 1
    return bool(firms) and firms.most_common(1)[0][1] >= max(3, bodies)


_ALL_WORLDWIDE = re.compile(
    r"\b(?:all|our|these|the) (?:the )?(?:figures|data|numbers|estimates|forecasts)\b[^.;\n]{0,30}"
    r"\b(?:are|refer to|cover)\b (?:the )?(?:worldwide|global|world)\b"
    r"|(?:数据|數據|口径|口徑)[^。；\n]{0,8}(?:均为|均為|皆为|皆為|都是)全球",
    re.I,
)


_WORLDWIDE_ENDS = tuple(
    f"{verb} {article}{word}"
    for verb in ("are", "refer to", "cover")
    for article in ("", "the ")
    for word in ("worldwide", "global", "world")
)


def _is_all_worldwide(text: str) -> bool:
    """ "All figures are worldwide", 数据均为全球: how such a sentence ends is asked first, because few hold it."""
    lowered = text.lower()
    is_likely = "全球" in text or any(end in lowered for end in _WORLDWIDE_ENDS)
    return is_likely and _ALL_WORLDWIDE.search(text) is not None


def lead_in(text: str, m: PlaceMention) -> str:
    """The word before a place, "the" passed over: what most rules of the words before one can be refused by."""
    words = text[max(0, m.start - 24) : m.start].lower().replace("(", " ").split()
    return "" if not words else words[-1] if words[-1] != "the" or len(words) == 1 else words[-2]


_CLAUSE_WITH_FIGURE = re.compile(r"['\u2019a-z ]{0,60}[$\d]")
_LIKENING = frozenset(("as", "of", "than", "what", "in", "like", "to", "only", "rival", "rivals", "rivalling"))


def is_likened(text: str, m: PlaceMention, lead: str) -> bool:
    """ "as much power as Japan", "more than Germany": only what something is likened to. `lead`: see `lead_in`."""
    if text[m.start] >= "\u2e80":
        return bool(_LIKENED_ZH.search(text, max(0, m.start - 8), m.start))
    if lead == "as" and text.endswith(", as ", 0, m.start) and _CLAUSE_WITH_FIGURE.match(text, m.end):
        return False  # "as Chinese buyers took 11 million"
    return lead in _LIKENING and bool(_LIKENED.search(text, max(0, m.start - 40), m.start)) and not has_figure(text, m)


def has_figure(text: str, m: PlaceMention) -> bool:
    """Whether a place has a figure of its own right behind it: "led by Europe with 12%"."""
    return _ITS_FIGURE.match(text, m.end) is not None


def is_scope(text: str, m: PlaceMention) -> bool:
    """ "second in the world", "the world's third-largest", "38 percent of all in the world": no place of the figure."""
    if _ITS_SHARE.match(text, m.end) or is_ranked(text, m):
        return False  # "leads with a worldwide share of 28%"
    low = max(0, m.start - 60)
    low = max(low, text.rfind(",", low, m.start) + 1, text.rfind(";", low, m.start) + 1)  # nothing reaches across them
    return bool(_RANKED.search(text[low : m.start].lower()) or _RANKING.match(text, m.end, m.end + 40))


def is_ranked(text: str, m: PlaceMention) -> bool:
    """Whether a continent or group is itself ranked, as the subject of its clause: "Europe was the third-largest"."""
    if m.place.kind == "world" or not _RANKS_ITSELF.match(text, m.end, m.end + 20):
        return False
    return _OPENS_CLAUSE.search(text, max(0, m.start - 12), m.start) is not None
