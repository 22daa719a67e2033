"""The companies of an article: whose figures it tells, sentence by sentence.

What lives here: the company the whole article is about, and the one that a clause, a row or a paragraph speaks of. What
does not: names (`catalogue.organisations`) and the other breakdowns (see `dimensions`).
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.catalogue.organisations import OrganisationMention
from pipelines.catalogue.periods import fold as lower
from pipelines.catalogue.script import fold
from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.speakers import Speaker
from pipelines.stages.observations.turns import turns
from pipelines.stages.observations.unlisted import bare_name, headline_names, is_place, unlisted
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.cells import CELL_EDGE
from pipelines.vocabulary.quantity import Quantity

_COMPANY_WORDS = (
    "company", "the firm", "firm's", "corp", "corporation", "inc", "ltd", "plc", "shareholder", "shareholders",
    "carmaker", "automaker", "chipmaker", "lender", "retailer", "carrier", "startup", "start up", "the group",
    "公司", "集团", "股东", "本行", "该行", "车企", "财报",
)  # fmt: skip
_COMPANY_FINDER = AhoCorasick(list(_COMPANY_WORDS))
_FROM = re.compile(r"(?:\b(?:from|by|at|of|for)\s+|来自|由)$")
#: What may stand before the subject: a dateline, what a sentence opens with up to a comma, an article.
_OPENING = re.compile(
    r"(?:[A-Z]{3,}[A-Z ,.]*\s[-–—]+\s)?"
    r"(?P<fronted>(?:In|On|At|For|By|During|After|Before|Since|As of|With|Among|Under|Last|This|Back|Earlier|Later"
    r"|Separately|Over|Across|Meanwhile|However|Elsewhere|Today|Yesterday|Despite|Amid|Following|Still|Then|Now|Instead|Similarly"
    r"|Spread|Built|[A-Z][a-z]{2,12}(?:ed|ing))\b[^,;:]{0,70},\s"
    r"|(?:In|On|At|For|By|As of|Last|This) (?:[\w.]{1,20} ){1,3}(?=the )"
    r"|[\u3400-\u9fff]{2,30}[,\uff0c])?"
    r"(?P<rest>(?:The |the )?)"
)
#: What opens a sentence that goes on with the company of the one before.
_GOES_ON = re.compile(
    r"(?:But |And |Yet )?(?:It|Its(?! (?:\w+ )?(?:rivals?|competitors?|peers?|customers?|suppliers?)\b)|They|Their"
    r"|He|She|We|Our)\b|[其它]|公司|集团|集團|[该該](?:公司|集团|集團)"
)
_LINES = 8  # sentences from the title on, among which the story begins
_STOPS = frozenset(".\u3002!?\uff01\uff1f\u201d\u300d")
#: What opens a clause of another company, with a word or two before its name.
_WHILE = re.compile(r"[,;]\s(?:while|whereas|but)\s(?:[\w-]{1,20}\s){0,2}$")
_BESIDES = re.compile(r"(?:With|Unlike|Like|Against|Besides|Alongside|Compared with|Following|Behind)\s")
_POSSESSIVE = ("'s", "\u2019s")
_SITES = ("官网", "官網", "网站", "網站")  # where something is made known, of a name before it
_NAME = re.compile(r"(?<![\w'\u2019-])[A-Z][\w.&'\u2019-]{0,30}(?: (?:[A-Z][\w.&'\u2019-]{0,30})){0,3}")
#: A list of names: "BT, Virgin Media O2, Sky and TalkTalk".
_NAMES = re.compile(rf"(?:{_NAME.pattern}, ){{0,8}}{_NAME.pattern},? (?:and|&) {_NAME.pattern}")
#: What stands between the figures of a list.
_JOINED = re.compile(
    r",?\s?(?:(?:and|or|&)\s)?(?:(?:about|around|some|nearly|almost|over)\s)?(?:[A-Z]{1,3})?[$\u20ac\u00a3\u00a5]?"
)
#: Whose a share is that stands before its name.
_TAKEN_BY = re.compile(r"\s(?:(?:went|goes|fell|belongs) )?(?:to|for)\s(?:the\s)?")
#: What stands before the figure of another one: "against roughly $4.9 trillion for Nvidia".
_COMPARED = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|and)\s(?:(?:about|around|roughly|some|nearly|almost|just|only|over)\s)?"
    r"(?:[A-Z]{1,3})?[$\u20ac\u00a3\u00a5]?$"
)
_COMPARED_NEAR = 30  # characters before a figure in which it is compared
_LONGEST = 1_000  # characters of a sentence that are searched for each figure
_SUBJECT_REACH = 120  # characters of a sentence in which its subject is named
_FEW_LETTERS = 12  # characters before a name that need not be looked at
#: What only tells more of a company: "TSMC, which makes Nvidia's processors, has set a budget of".
_ASIDE = re.compile(r",\s(?:which|who|whose|where|an?|the|its|[A-Z][\w-]+['\u2019]s)\b[^,;.()]{1,160},")
_ANNOUNCES = re.compile(
    r"([A-Z][\w&.-]*(?: (?:[A-Z][\w&.-]*|of|and|&)){0,4}?)"
    r"(?:['\u2019]s\b|,? (?:Inc|Corp|Ltd|PLC|plc|Co|AG|SE|NV)\b\.?)?"
    r"\s(?i:posts?|reports?|announces|books|earns|beats|misses|sees|swings|says|lifts|raises|cuts|delivers|results|net|profit"
    r"|revenue|sales|earnings|first|second|third|fourth|full|fiscal|half|interim|annual|quarterly|Q[1-4]|[1-4]Q)\b"
    r"|([\u3400-\u9fff]{2,10}?)(?:公布|发布|發布|披露|第?[一二三四1-4]季|上半年|前三季|全年|年度|20\d\d|[:：])"
)
_EXCHANGES = (
    "NYSE", "NASDAQ", "Nasdaq", "HKEX", "SEHK", "HKSE", "SSE", "SZSE", "LSE", "TSE", "TYO", "TSX", "ASX", "NSE", "BSE",
    "SGX", "KRX", "KOSPI", "TWSE", "Euronext", "XETRA", "FRA", "B3", "JSE", "IDX", "OTC",
)  # fmt: skip
_BOARDS = (".SH", ".SZ", ".HK", ".BJ", ".TW")
#: A name with its ticker: "Larkspur Cloud Group, Inc. (NASDAQ: LRKS)", 某某科技（600001.SH）.
_LISTED = Guarded(
    r"(?<!\w)([A-Z][\w&.-]{0,30}(?: (?:[A-Z][\w&.-]{0,30}|of|and|&)){0,5}?)"
    r"(?:,? (?:Inc|Incorporated|Corp|Corporation|Ltd|Limited|PLC|plc|Co|AG|SE|SA|NV|N\.V|S\.A|Holdings)\b\.?)*"
    rf"\s?\((?:{'|'.join(_EXCHANGES)}\w*)(?: [A-Z][\w ]{{1,20}})?: ?[A-Z0-9]"
    r"|([\u3400-\u9fff]{2,12})(?:股份有限公司|有限公司)?[(（](?:股票代[码碼][:：]?\s?)?\d{4,6}\.(?:SH|SZ|HK|BJ|TW)",
    (*(f"({exchange}" for exchange in _EXCHANGES), *_BOARDS),
)
#: What makes a nation's metric one of the nation or the industry in a report of results, too.
_WIDER_FINDER = AhoCorasick([
    "industry", "nationwide", "national", "global", "worldwide", "the country", "行业", "行業", "全国", "全國", "全球",
    "我国", "我國", "业内", "業內", "本港", "全港", "全台", "全臺", "全省", "全市", "全区", "國內", "国内",
])  # fmt: skip
#: What opens a sentence that tells of all the world, and not of the company spoken of before.
_WORLDWIDE = re.compile(r"(?:Worldwide|Globally|Around the world|Across the (?:world|globe)|In the world),?\s")
#: A verb of speech that is none before a figure ("Jio added 20 lakh users").
_COUNTS = re.compile(
    r"\s+\w+\s+(?:(?:about|around|nearly|almost|close to|just under|over|another|some|as many as"
    r"|(?:no )?(?:more|less|fewer) than|an? (?:further |additional )?[\w-]{1,16})\s+)?[\d$€£¥]"
)
#: Whose own a forecast is, in a clause of its own: ;澜起科技预计21.5亿元.
_OWN_ZH = re.compile(
    r"(?:预计|預計|预告|預告|预期|預期|料)(?:(?:20\d\d年|今年|全年|本年|上半年|年度|报告期内)?(?:实现)?(?:归母|歸母|扣非)?"
    r"(?:净利润?|淨利潤?|营业?收入?|營業?收入?|亏损|虧損|盈利|利润|利潤)?)(?:约|約|为|為|达|達)?[\d]"
)
#: One who speaks of itself: "Google says it processes", "Verizon said on Monday that it had added".
_OF_ITSELF = re.compile(
    r"\s(?:(?:has|had|have)\s)?\w+(?:\s(?:late|early))?(?:\s(?:on|in|last|this)\s\w+){0,2}\s(?:that\s)?(?:it|its|we|our)\b(?!\s(?:is|was)\s\w+ed\b)"
)
#: What behind a company's name makes it a mere description of something: "Arm-based machines".
_MAKE = re.compile(r"-(?:based|powered|compatible|style|made|designed|equipped|like)\b")
#: What before a company's name makes it the other side of what is told.
_TOWARDS = re.compile(
    r"\b(?:with|than|to|from|against|at|for|by|of|and its|behind|over|in)\s+(?:the\s+)?$|[与與和跟比被由给給从從向]$",
    re.I,
)
#: What takes up something another company has, before a name.
_OWN_ONES = re.compile(r"\b(?:those|that) (?:of|at) $")
#: What before a company's name makes it one that the company before it buys, sells to or deals with.
_OTHER_SIDE = re.compile(
    r"\b(?:buy|buys|bought|buying|acquire|acquires|acquired|acquiring|(?:takeover|purchase|acquisition) of"
    r"|(?:bid|offer|deal) for|(?:stake|invest|invests|invested|investment) in"
    r"|(?:sale|sales|sold|sell|sells|selling|supply|supplies|supplied|lent|leased|licen[sc]ed|rented)\b[^,;.]{0,50}? to"
    r"|(?:deal|contract|agreement|partnership|venture|talks|merger|merge|pact|tie-up) with)"
    r"\s(?:(?:the|its|rival|smaller|larger|[a-z]+ (?:maker|startup|start-up|firm|company|group|supplier))\s){0,2}$",
    re.I,
)
#: 阿里云CEO吴泳铭表示,未来三年将投入3800亿元: who says what it is going to do itself.
_ZH_OF_ITSELF = re.compile(
    r"[^,\uff0c。;\uff1b\n]{0,16}(?:表示|宣布|透露|称|稱|说|說|介绍|介紹|指出|告[诉訴][^,\uff0c。\n]{2,6})[,\uff0c:\uff1a]?[“「]?"
    r"(?:[^,\uff0c。\n]{2,8}[,\uff0c]?)?"
    r"(?:[将將](?:继续|繼續)?(?:投|新?建|增[设設资資聘]|扩|擴|招聘|开设|開設|部署|采购|採購)|计划|計劃|[拟擬]|(?:本|该|該)?公司|集[团團]|我们|我們"
    r"|(?:[一二三首]期)?(?:[项項]目)?已?(?:部署|建成|投用)了?)"
)
#: The same in Chinese: 超越三星, 仅次于台积电.
_ZH_OTHER_SIDE = re.compile(
    r"(?:[超赶趕]越|超[过過]|[赶趕]超|反超|取代|[僅仅]?次[于於]|落[后後][于於]|[领領]先[于於]?|[收并併][购購]|入股|[紧緊][随隨])$"
)
_OWN_PRODUCT = 36  # characters behind a name in which a product of its own is the subject
_NAME_ON = re.compile(r"(?: [A-Z][a-z]{2,20}){1,2}(?= [a-z])")  # "Toyota Kirloskar reported sales of"
_DEAL = 80  # characters before a name in which such words stand
#: What stands before the subject of a clause that does not open its sentence.
_OPENS_CLAUSE = re.compile(
    r"(?:[,;:\u2013\u2014]|\b(?:while|whereas|but|and|because|since|as|when))\s(?:the\s)?$|[,\uff0c;\uff1b:\uff1a]$"
)
#: A name beside its own figure: "Airtel (203 million)", "Jio Infocomm Ltd (424 million)", "Airtel with 344 million".
_HOLDS = re.compile(
    r"(?:\s[A-Z][\w.]*){0,3}\s?[(\uff08]\s?$"
    r"|['\u2019]s?\s(?:about\s|around\s|nearly\s|almost\s|over\s|more than\s|just\s)?[$\u20ac\u00a3\u00a5]?$"
    r"|,?\s(?:with|at|on)\s(?:about\s|around\s|nearly\s|almost\s|over\s|more than\s|just\s)?[$\u20ac\u00a3\u00a5]?$"
)
_TOGETHER = re.compile(
    r"\b(?:[Tt]he|[Aa]ll|[Tt]hese|[Tt]hose) (?:trio|pair|duo|two|three|four|five|six|seven|lot)\b"
    r"(?! (?:months|years|quarters|weeks|days))"
    r"|\bthe (?:remaining|rest|others)\b|\bother (?:vendors|players|providers|companies|firms|makers)\b"
    r"|\b(?:[Bb]etween|[Aa]mong) them\b|\b(?:[Cc]ombined|[Tt]ogether|collectively|jointly)\b"
)  # more than one company
#: One of these stands wherever `_TOGETHER` is met.
_OF_SEVERAL = AhoCorasick([
    " trio", " pair", " duo", " two", " three", " four", " five", " six", " seven", " lot", " them", "combined",
    "together", "collectively", "jointly", " remaining", " rest", " other",
])  # fmt: skip
#: What joins several companies to the part they make up together.
_PARTS = re.compile(
    r"(?: [A-Z]\w+){0,3} (?:(?:make|made|making) up|account(?:ed)? for|hold|held|control)"
    r" (?:about |some |nearly |almost |over )?"
)
#: The same in Chinese: 浪潮信息、超聚变、宁畅位居前三,合计占据70%左右.
_ZH_PARTS = re.compile(
    r"[^。;\uff1b\d]{0,12}?(?:合[计計]|一共|[总總]共|共同?|加起[来來])(?:占[据據有了到]?|佔[据據有了到]?|拿下|[贡貢][献獻]了?)"
    r"(?:[约約近超逾]|超过|超過)?"
)
_COUNTRIES = ("country", "continent", "group")
_OPENING_PLACE = 40  # characters of a sentence in which stands the name of the place that it opens with
_ITS_VERB = re.compile(r"(?:,\s[^,;.\n]{2,80},)?\s[a-z]{2,}")  # "Brazil, home to a third of the units, edged up"
_OFTEN = 2  # times a text names, below its headline, what it is about
#: Whom a clause is about that takes up a name: 中国移动说,其算力规模…
_TAKES_UP = re.compile(
    r"(?:^|[,，:：;；。\u201c\n])(?:其(?![中他它余餘次实實间間])|它(?![们們])|[该該](?:公司|集团|集團|企业|企業))"
)
#: 三大运营商加上中国广电: one of many, of which a figure is not told alone.
_OF_A_GROUP = re.compile(
    r"(?:运营商|電信商|营运商|企业|企業|公司|银行|銀行|厂商|廠商|车企|車企)(?:加上|连同|連同|以及|及|和|与|與)$"
)
#: "The three big carriers and China Broadnet", the same in English.
_OF_A_GROUP_EN = re.compile(
    r"\b(?:carriers|operators|telcos|banks|lenders|carmakers|chipmakers|automakers)"
    r",? (?:and|plus|together with|along with|as well as) (?:the )?$"
)
#: 平湖某光电企业, 南京一家数据企业: a company whose name is not told.
_UNNAMED = re.compile(r"(?:[\u4e00-\u9fff]{2})?(?:某|一家)[\u4e00-\u9fff]{2,10}?(?:企业|企業|公司|集团|集團|工厂|工廠)")
_NEAR = 80  # characters
_RESPECTIVELY = re.compile(r"r(?<!\w.)espectively\b|分别|分別|依次|依序|分[列居]")
#: Several companies together: those named before (三家), ones whose names need not be told (三大运营商, 前十大), or all
#: of an industry (DRAM产业营收).
_SEVERAL = re.compile(
    r"(?<!第)([两兩二三四五六七八九])(?:家(?!庭)|[间間](?=公司|[,，。的]|运营|營運|电信|電信|企)|"
    r"大[\u4e00-\u9fffA-Za-z ]{0,8}?"
    r"(?:运营商|運營商|電信商|电讯商|電訊商|营运商|營運商|企业|企業|公司|银行|銀行|厂商|廠商|车企|車企|巨头|巨頭|集团|集團))"
    r"|前[三四五六七八九十][大名家]|(?:产业|產業|行业|行業)(?:合计|合計|整体|整體|总|總)?"
    r"(?:营收|營收|收入|产值|產值|出货|出貨|销售|銷售|规模|規模|利润|利潤)"
)
_HOW_MANY = {"两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SPEAKERS = 40  # names before a figure, among which the one is that it is told of
#: Who tells of a country or an industry, not of a company.
_BODIES = ("ministry", "agency", "association")
_COUNTING = (*_BODIES, "international", "research")
_ZH_COMMA = re.compile(r"[,\uff0c\s]")
_TO = ("至", "到")
_OPENING_WORDS = 6  # characters of a sentence in which such a name opens it
_WHEN = re.compile(r"(?:预计|預計|截至|到)?(?:20\d\d年|今年|去年|明年)(?:\d{1,2}月)?[底末]?")
_MEANT = 200  # characters that 其 reaches
_JOINT = re.compile(r"(?:[(\uff08][^()\uff08\uff09]{1,24})?[)\uff09]?(?:,|、)?\s?(?:(?:and|&|和|与|與|及)\s?)?")
_ZH_LISTED = re.compile(r"(?:[、/]|[,\uff0c]?(?:和|与|與|及|以及))(?:约|約|近|超|逾)?")
_OPENED = ("(", "\uff08", " (")
_COMMA = re.compile(r"[,\uff0c]")
_PARTED = re.compile(r"[;.\u3002\uff1b]\s")
_SILENT = frozenset(("meta", "boilerplate"))
_TRADE_REACH = 200  # characters before a figure in which the trade stands that it is told of
_ROWS = 6  # sentences before a row of a total in which stands a row of a company


def joins_group(text: str, mention: OrganisationMention) -> bool:
    """Whether a name only completes a group of companies, whose figures are those of an industry."""
    pattern, reach = (_OF_A_GROUP, 5) if text[mention.start] >= "\u2e80" else (_OF_A_GROUP_EN, 28)
    return pattern.search(text, max(0, mention.start - reach), mention.start) is not None


class Companies:
    """The companies named in an article."""

    #: `__dict__` holds what is worked out when asked for.
    __slots__ = (
        "__dict__", "_bodies", "_called", "_catalogue", "_figures", "_introduced", "_is_chinese", "_mention_starts",
        "_names", "_of_country", "_opening", "_pairs", "_places", "_publisher", "_rows", "_sentences", "_several",
        "_speaker", "_speech", "_starts", "_stated", "_subjects", "_text", "_turns", "_unnamed", "_words", "main",
        "mentions", "unlisted_mentions",
    )  # fmt: skip

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
    ) -> None:
        self._sentences, self._text = sentences, article.text
        self._is_chinese = (article.language or "").startswith("zh")
        self._speech = catalogue.organisations.speech
        self._places = catalogue.places
        self._starts = [sentence.start for sentence in sentences]
        publishers = catalogue.organisations.find(article.publisher) if article.publisher else []
        self._publisher = next((m.organisation.name for m in publishers if m.organisation.kind == "company"), None)
        makes = [(q.start, max(q.end, q.noun_end)) for q in quantities]  # "100,000 Nvidia GPUs": a make, no owner
        starts = [start for start, _ in makes]
        self._makes = makes
        named = [
            m
            for m in catalogue.organisations.find(article.text)
            if m.organisation.kind == "company"
            and m.by == "name"  # who leads one may lead another
            and not joins_group(article.text, m)
            and _MAKE.match(article.text, m.end) is None
        ]
        self.unlisted_mentions = unlisted(article.text, sentences, named, catalogue)
        named = sorted((*named, *self.unlisted_mentions), key=lambda m: m.start)
        taken = {m.start for m in named}
        self._called_starts = [m.start for m in named]
        self._called = named  # by their names, not by their products
        made = [m for m in catalogue.products.find(article.text) if m.start not in taken]
        self.mentions = [
            m
            for m in sorted((*named, *made), key=lambda m: m.start)
            if not ((k := bisect_right(starts, m.start) - 1) >= 0 and m.end <= makes[k][1])
        ]
        bodies = catalogue.organisations.find(article.text)
        self._bodies = [m.start for m in bodies if m.organisation.kind in _BODIES]
        self._others = [m for m in bodies if m.by == "name" and m.organisation.kind in _COUNTING]
        self._mention_starts = [mention.start for mention in self.mentions]
        self._pairs: dict[int, dict[int, str]] = {}
        self._subjects: dict[int, str | None] = {}
        self._stated: dict[str, str] = {}
        self._of_country: dict[int, bool] = {}
        self._rows: dict[int, OrganisationMention | None] = {}
        self._opening: dict[int, int] = {}  # paragraph -> its first sentence
        for number, sentence in enumerate(sentences):
            self._opening.setdefault(sentence.paragraph, number)
        introduced = {m.organisation.name: m for m in reversed(self.mentions)}
        self._introduced = sorted(introduced.values(), key=lambda m: m.start)  # each where it is named first
        self._names = catalogue.organisations.companies
        self._figures = starts
        self._unnamed = list(_UNNAMED.finditer(article.text)) if self._is_chinese else []
        self._words = catalogue.company_words
        self._catalogue = catalogue
        self._several = [m.start() for m in _SEVERAL.finditer(article.text)] if self._is_chinese else []
        self._turns = turns(sentences, self._called)
        self._speaker = Speaker(article, sentences, self.mentions, catalogue)
        self._is_market = False  # whether the headline tells of a market and of who leads it
        self.main = self._main()

    @cached_property
    def _paragraphs(self) -> frozenset[int]:
        """The paragraphs that name a company or speak of one."""
        spoken = (at for at, _ in _whole_words(_COMPANY_FINDER, fold(self._text)))
        return frozenset(self._paragraph_at(at) for at in (*self._mention_starts, *spoken))

    def _paragraph_at(self, offset: int) -> int:
        """The paragraph that an offset lies in."""
        return self._sentences[max(0, bisect_right(self._starts, offset) - 1)].paragraph

    def stated_in(self, name: str, sentence: int) -> str:
        """The name that a breakdown of a sentence carries: where it calls the company quite otherwise than the article
        does elsewhere, as there (Google on 13, though Alphabet spends)."""
        usual = self.stated(name)
        if self._is_chinese or usual != name or name == self.main:
            return usual
        here = self._sentences[sentence]
        low = bisect_left(self._called_starts, here.start)
        mentions = self._called[low : bisect_left(self._called_starts, here.end)]
        called = [self._text[m.start : m.end] for m in mentions if m.organisation.name == name]
        is_other = bool(called) and all(
            _is_other(words, name) and not _is_short(words, name) and not _is_short(name, words) for words in called
        )
        return called[0] if is_other else usual

    def listed(self, called: str) -> str:
        """The name under which the company stands in the catalogue that the article calls so."""
        known = self._names.get(called.casefold())
        return known or next(
            (m.organisation.name for m in self._called if self._text[m.start : m.end] == called), called
        )

    def stated(self, name: str) -> str:
        """The name a breakdown carries: the catalogue's, but a Chinese article's own first word for the company, and
        the article's own where it calls it quite otherwise (AWS for Amazon)."""
        if name not in self._stated:
            self._stated[name] = self._state(name)
        return self._stated[name]

    def _state(self, name: str) -> str:
        own = [self._text[m.start : m.end] for m in self._called if m.organisation.name == name and m.by == "name"]
        if self._is_chinese and own:
            called = Counter(own).most_common()
            chinese = next((words for words, _ in called if not words.isascii()), None)
            usual = called[0][0] if chinese is None or called[0][1] >= _OFTEN * own.count(chinese) else chinese
            if not usual.isascii() or usual == name:
                return next(words for words in own if not words.isascii()) if usual == chinese else usual
        is_other = bool(own) and all(_is_other(words, name) for words in own)
        return own[0] if is_other and not _is_short(name, own[0]) else name

    def is_about_one(self, sentence: int) -> bool:
        """May a sentence tell a company's figures: is a company named in its paragraph, or is the article one's own?"""
        return self.main is not None or self._sentences[sentence].paragraph in self._paragraphs

    def within(self, start: int, end: int) -> Iterator[OrganisationMention]:
        """The companies named in a span, in order."""
        return map(self.mentions.__getitem__, self._places_in(start, end))

    def is_named_in(self, start: int, end: int) -> bool:
        """Is a company named in a span?"""
        k = bisect_left(self._mention_starts, start)
        return k < len(self._mention_starts) and self._mention_starts[k] < end

    def _backwards(self, start: int, end: int) -> Iterator[OrganisationMention]:
        """The companies named in a span, the last first."""
        return map(self.mentions.__getitem__, reversed(self._places_in(start, end)))

    def _places_in(self, start: int, end: int) -> range:
        return range(bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end))

    def _last_told_of(self, start: int, end: int) -> OrganisationMention | None:
        """The last company named in a span that is no mere source, of those named near its end."""
        near = islice(self._backwards(start, end), _SPEAKERS)
        told = (m for m in near if not self._speaks(m))
        last = next(told, None)
        if last is not None and self._is_other_side(last, end):
            return next((m for m in told if not self._is_other_side(m, end)), None)
        if last is None or "," not in self._text[last.end : end]:
            return last
        asides = self._asides(max(start, end - _LONGEST), end)
        return last if not _is_within(last, asides) else next((m for m in told if not _is_within(m, asides)), None)

    def _is_other_side(self, mention: OrganisationMention, end: int) -> bool:
        """Is a company only one that another buys or deals with: "a gain on the sale of its unit to Infineon, and"?

        One whose figure follows at once, or whose own something it is, is none.
        """
        low = max(0, mention.start - _DEAL)
        if self._is_chinese:
            return _ZH_OTHER_SIDE.search(self._text, max(0, mention.start - 4), mention.start) is not None
        if _OTHER_SIDE.search(self._text, low, mention.start) is None:
            return False
        return not (self._text.startswith(_POSSESSIVE, mention.end) or _HOLDS.match(self._text, mention.end, end))

    def of(self, quantity: Quantity, metric: Metric | None, is_report: bool) -> str | None:
        """The company that a figure is told of.

        A company's own metric has the company named before it in its sentence, behind it with "from" or "by", in the
        sentences before, or that of the whole article. What is counted of named things (chips, machines) has it from
        its paragraph only. A nation's metric, or none, has one that is the subject of the sentence or opens the
        paragraph; in a report of results (`is_report`) the company of the report.
        """
        here = self._sentences[quantity.sentence]
        is_own = metric is not None and metric.is_company_alone
        if here.block == "row":
            if quantity.sentence not in self._rows:
                spans = ((here.start, here.end), *here.context)
                self._rows[quantity.sentence] = next((m for span in spans for m in self.within(*span)), None)
            of_row = self._rows[quantity.sentence]
            if of_row is None and self._sums_up(quantity.sentence):
                return None
            return of_row.organisation.name if of_row else self._whole(is_own, is_report)
        is_of_nation = metric is not None and not metric.is_company and not metric.is_per_head
        if not is_own and _WORLDWIDE.match(self._text, here.start) is not None:
            return None
        is_lands = is_of_nation or quantity.kind != "share"
        if not is_own and is_lands and self._opens_with_country(quantity.sentence):
            return None
        if self.is_of_trade(quantity):
            return None
        if self._several and self._is_of_several(quantity):
            return self._paired(quantity)
        if self._unnamed and (metric is None or not metric.is_national):
            unnamed = self._unnamed_before(quantity)
            if unnamed is not None:
                return unnamed
        if self.is_of_speaker(quantity) and not (is_of_nation and self._speaker.goes_on(quantity.sentence)):
            return self._speaker.company
        if is_own or (metric is not None and not metric.is_national):
            if (paired := self._paired(quantity)) is not None:
                return paired
            before = self._last_told_of(here.start, quantity.start)
            if (goes_to := self._goes_to(quantity, here)) is not None:
                return goes_to
            if self._is_chinese and (stood := self._stood_in_for(quantity)) is not None:
                return stood  # 他从商汤离职,如今这家公司有385人
            if before is not None:
                return before.organisation.name
            behind = next(self.within(max(quantity.end, quantity.noun_end), here.end), None)
            if behind is not None and _FROM.search(self._text, max(0, behind.start - 12), behind.start):
                return behind.organisation.name
            section = self._sections[quantity.sentence]
            if section is not None:
                return section
            named = self.within(here.start, quantity.start) if is_own else ()
            spoken = next((m for m in named if not self._is_other_side(m, quantity.start)), None)
            if spoken is not None:
                return spoken.organisation.name  # "Microsoft reported earnings per share of $3.30"
            if is_own and (closing := self._closing_speaker(quantity, here)) is not None:
                return closing
            carried = self._stood_in_for(quantity) or self._carried(quantity.sentence)
            if carried is not None:
                return carried
            is_wider = self._wider_end(quantity.sentence) <= quantity.start
            if is_wider and self._sourced[quantity.sentence]:
                return None  # what a researcher expects of the world
            if is_own or is_wider:
                whole = self._whole(is_own, is_report)
                return whole or (self._turns[quantity.sentence] or self._only_before(here) if is_own else None)
            return self.main if self.is_told_of_main else self._whole(is_own, is_report)
        meant = self._taken_up(quantity) or self._stood_in_for(quantity)
        if meant is not None:
            return meant
        gapped = (
            self._goes_to(quantity, here) or self._paired(quantity) or self._beside(quantity) or self._gapped(quantity)
        )
        if gapped is not None:
            return gapped
        if self._sourced[quantity.sentence] and not self._is_of_one(quantity.sentence):
            return None
        subject = self._topics[quantity.sentence][0]
        if subject is not None:
            return subject if self._sentences[quantity.sentence].block != "title" or metric is None else None
        opener = self._topics[self._opening[here.paragraph]][0]
        names_one = self.is_named_in(here.start, quantity.start) or any(
            not self._text.startswith(_POSSESSIVE, m.end)
            for m in islice(self.within(quantity.end, here.end), _SPEAKERS)
        )
        if opener is not None and not names_one and not self._is_of_place(quantity):
            return opener
        if metric is None and quantity.kind == "growth" and not names_one:
            carried = self._carried(quantity.sentence)  # "... But it was 10.4% less than a year before."
            if carried is not None:
                return carried
        if self._wider_end(quantity.sentence) <= quantity.start or self._is_told_of_others(quantity):
            return None
        told = self._sections[quantity.sentence] or self._whole(is_own, is_report)
        if told is None and is_report and (metric is None or not metric.is_national):
            return self._turns[quantity.sentence]
        return told

    def is_of_speaker(self, quantity: Quantity) -> bool:
        """Does the company that speaks in an article tell a figure of itself?"""
        return self._speaker.told(quantity.sentence, quantity.start)

    def _goes_to(self, quantity: Quantity, here: Sentence) -> str | None:
        """The company that takes a share, right behind it: "four percent to Alibaba, three to Oracle", or that another
        is compared with: "against $4.9 trillion for Nvidia"."""
        if self._is_chinese:
            return None
        low = max(here.start, quantity.left - _COMPARED_NEAR)
        if quantity.kind != "share" and _COMPARED.search(self._text, low, quantity.start) is None:
            return None
        end = max(quantity.end, quantity.noun_end)
        behind = next(self.within(end, min(here.end, end + _FEW_LETTERS)), None)
        if behind is None or _TAKEN_BY.fullmatch(self._text, end, behind.start) is None:
            return None
        if self._text.startswith((" and ", " & "), behind.end):
            return None  # "8.2% to BSNL and MTNL"
        return behind.organisation.name

    def _closing_speaker(self, quantity: Quantity, here: Sentence) -> str | None:
        """The one company of a sentence, where it closes with that company's words: "Profit rose 5%, Jio said"."""
        end = max(quantity.end, quantity.noun_end)
        named = list(islice(self.within(here.start, here.end), 2))
        is_alone = len(named) == 1 and named[0].start >= end and self._text[named[0].start] < "\u2e80"
        return named[0].organisation.name if is_alone and self._speaks(named[0]) else None

    def _only_before(self, here: Sentence) -> str | None:
        """The company of a figure that only companies have, where the article has named one alone so far."""
        known = bisect_left(self._introduced, here.start, key=lambda m: m.start)
        return self._introduced[0].organisation.name if known == 1 and not self._is_market else None

    def _unnamed_before(self, quantity: Quantity) -> str | None:
        """The company without a name that was spoken of last in the paragraph, if none with a name came after it."""
        k = bisect_left(self._unnamed, quantity.start, key=lambda m: m.start()) - 1
        if k < 0 or self.is_named_in(self._unnamed[k].end(), quantity.start):
            return None
        is_near = self._paragraph_at(self._unnamed[k].start()) == self._sentences[quantity.sentence].paragraph
        return self._unnamed[k].group() if is_near else None

    def _taken_up(self, quantity: Quantity) -> str | None:
        """The company that 其 or 它 stands for: one named before in the sentence, else that opens the one before."""
        here = self._sentences[quantity.sentence]
        if not self._is_chinese:
            return None
        words = list(_TAKES_UP.finditer(self._text, max(here.start, quantity.start - _MEANT), quantity.start))
        if not words:
            return None
        word = words[-1]
        named = next(self._backwards(here.start, word.start()), None)
        if named is not None and not (self._is_object(named) and word.group()[-1] not in "其它"):
            return named.organisation.name
        last = quantity.sentence - 1
        if last < 0 or self._sentences[last].paragraph != here.paragraph or word.start() > here.start + 1:
            return None
        opener = next(self.within(self._sentences[last].start, self._sentences[last].start + 2), None)
        return opener.organisation.name if opener is not None else None

    def _is_of_place(self, quantity: Quantity) -> bool:
        """Does a Chinese clause open with a place, whose figure it then tells: 广东5G基站40万个, 2025年台湾产业?"""
        here = self._sentences[quantity.sentence]
        start = max(here.start, self._text.rfind("\uff0c", here.start, quantity.start) + 1)
        before = self._text[start : quantity.start]
        opening = _WHEN.match(before)
        first = opening.end() if opening is not None else 0
        return self._is_chinese and any(m.start == first for m in self._places.find(before))

    def _is_told_of_others(self, quantity: Quantity) -> bool:
        """Is a figure in a company's report one of a place, or of a ministry's that a Chinese sentence opens with?"""
        here = self._sentences[quantity.sentence]
        if not self._is_chinese or self.is_named_in(here.start, quantity.start):
            return False
        k = bisect_left(self._bodies, here.start)
        return (k < len(self._bodies) and self._bodies[k] < here.start + _OPENING_WORDS) or self._is_of_place(quantity)

    def _stood_in_for(self, quantity: Quantity) -> str | None:
        """The company of the article, where 公司 or 集团 opens a clause before a figure and no other is named since."""
        here = self._sentences[quantity.sentence]
        named = list(islice(self._backwards(here.start, quantity.start), _SPEAKERS))
        if any(not self._is_object(m) for m in named):
            return None
        if not self._is_chinese:
            low = max(here.start, quantity.start - _LONGEST)
            k = bisect_left(self._kinds, low)
            if k == len(self._kinds) or self._kinds[k] >= quantity.start:
                return None
            words = self._words.the_kind.search(self._text, low, quantity.start)
            return self._meant(quantity.sentence) if words is not None else None
        low = max(here.start, quantity.start - _MEANT)
        if self._words.stand_in_zh.search(self._text[low : quantity.start]) is None:
            return None
        own, before = self._topics[quantity.sentence]
        if own or before or self.is_told_of_main:
            return own or before or self.main
        return self._carried(quantity.sentence) or self._turns[quantity.sentence] or self.main or self.unlisted

    @cached_property
    def _kinds(self) -> list[int]:
        """Where words stand that may speak of a company named before: "the firm"."""
        return [match.start() for match in self._words.kinds.finditer(self._text)]

    @cached_property
    def _title(self) -> Sentence | None:
        return next((s for s in self._sentences if s.block == "title"), None)

    @cached_property
    def announces_results(self) -> bool:
        """Does the headline name the company of the article and a word of results?"""
        title = self._title
        if not self._is_chinese or title is None or not (self.is_told_of_main or (self.main is None and self.unlisted)):
            return False
        return self._words.results_zh.search(self._text, title.start, title.end) is not None

    def is_of_several(self, quantity: Quantity) -> bool:
        """Is a figure that of some companies together: "; the trio thus take 63% between them"?"""
        here, text = self._sentences[quantity.sentence], self._text
        if self._speaker.told(quantity.sentence, quantity.start):
            return False  # "we run 14 halls with a combined 90 MW"
        low = max(here.start, quantity.start - _NEAR)
        high = min(here.end, quantity.end + 24)
        window = text[low:high]
        if not _OF_SEVERAL.find_matches_as_indexes(window.lower()) or not _TOGETHER.search(window):
            return self._is_joint(quantity)
        parted = max(text.rfind(mark, low, quantity.start) for mark in ";.:,\u3002\uff1b")
        stop = next((at for at in range(quantity.end, high) if text[at] in ",;.\u3002\uff0c\uff1b"), high)
        return _TOGETHER.search(text, max(low, parted + 1), stop) is not None or self._is_joint(quantity)

    def is_of_all(self, quantity: Quantity) -> bool:
        """Is a figure that of a whole trade, or of all companies of a table?"""
        if self._sentences[quantity.sentence].block == "row":
            return self._rows.get(quantity.sentence) is None and self._sums_up(quantity.sentence)
        return self.is_of_trade(quantity)

    def _sums_up(self, sentence: int) -> bool:
        """Is a row one of all companies of a table, or of those left out: "Others", "Total", 合计?"""
        totals = self._catalogue.grammar.classes["table_total"]
        if self._first_cell(sentence) not in totals:
            return False
        rows = (n for n in range(sentence - 1, max(-1, sentence - 1 - _ROWS), -1) if self._sentences[n].block == "row")
        last = next((self._sentences[n] for n in rows if self._first_cell(n) not in totals), None)
        return last is not None and self.is_named_in(last.start, last.end)

    def _first_cell(self, sentence: int) -> str:
        """The words of the first cell of a row, which say whose it is."""
        here = self._sentences[sentence]
        edge = CELL_EDGE.search(self._text, here.start + 1, here.end)
        return self._text[here.start : edge.start() if edge is not None else here.end].strip(" |*").casefold()

    def is_of_trade(self, quantity: Quantity) -> bool:
        """Is a figure that of a whole trade: "DRAM makers took in $41 billion", 运营商合计收入9055亿元?"""
        here = self._sentences[quantity.sentence]
        if here.block == "row":
            return False
        last = next(self._backwards(here.start, quantity.start), None)  # no trade named before a company matters
        low = max(last.end if last is not None else here.start - 2, quantity.start - _TRADE_REACH, 0)
        pattern = self._words.trade_zh if self._is_chinese else self._words.trade
        return pattern.search(self._text, low, quantity.start) is not None

    def is_held(self, quantity: Quantity) -> bool:
        """May a figure without a company of its own be one of companies: of the article's, or of several together?"""
        is_several = bool(self._several) and self._is_of_several(quantity)
        return self.main is not None or is_several or self.is_of_several(quantity)

    def _is_joint(self, quantity: Quantity) -> bool:
        """Do several companies make up what a figure tells: "Amazon, Microsoft and Google make up two-thirds"?"""
        here = self._sentences[quantity.sentence]
        named = list(islice(self._backwards(here.start, quantity.start), 2))
        parts = _ZH_PARTS if self._is_chinese else _PARTS
        if len(named) < 2 or parts.fullmatch(self._text, named[0].end, quantity.start) is None:
            return False
        return _JOINT.fullmatch(self._text, named[1].end, named[0].start) is not None

    def _gapped(self, quantity: Quantity) -> str | None:
        """The company named between the number before and this one: "Jio added 20 lakh, and Airtel 12 lakh"."""
        here = self._sentences[quantity.sentence]
        k = bisect_left(self._figures, quantity.start) - 1
        if k < 0 or self._figures[k] < here.start:
            return None
        last = self._last_told_of(self._figures[k], quantity.start)
        if last is None:
            return self._of_own_clause(here, quantity)
        return None if self._is_object(last) else last.organisation.name

    def _of_own_clause(self, here: Sentence, quantity: Quantity) -> str | None:
        """The company whose clause goes on: "It sold 40 GWh, while rival BYD took 17% after growth of 28%"."""
        last = next(self._backwards(here.start, quantity.start), None)
        if last is None or _PARTED.search(self._text, last.end, quantity.start) is not None:
            return None
        low = max(here.start, last.start - _NEAR)
        is_own = _WHILE.search(self._text, low, last.start) or _OWN_ONES.search(self._text, low, last.start)
        return last.organisation.name if is_own is not None else None

    def _is_object(self, mention: OrganisationMention) -> bool:
        """Is a company only the other side of what is told: "with OpenAI", 从商汤? Not so "those of SK On"."""
        low = max(0, mention.start - 14)
        if _OWN_ONES.search(self._text, low, mention.start) is not None:
            return False
        return _TOWARDS.search(self._text, low, mention.start) is not None

    def _paired(self, quantity: Quantity) -> str | None:
        """The company at the figure's own place in a list: "Jio and Airtel lost 19 and 11 million respectively"."""
        pairs = self._pairs.get(quantity.sentence)
        if pairs is None:
            pairs = self._pairs[quantity.sentence] = self._pair(self._sentences[quantity.sentence])
        return pairs.get(quantity.start)

    def _pair(self, here: Sentence) -> dict[int, str]:
        """Figure -> company for the lists of a sentence that are told one to one."""
        paired: dict[int, str] = {}
        for cue in _RESPECTIVELY.finditer(self._text, here.start, here.end):
            run: list[OrganisationMention] = []
            for m in islice(self._backwards(here.start, cue.start()), _SPEAKERS):
                if self._speaks(m):
                    continue
                if run and run[-1].organisation is m.organisation and self._text[m.end : run[-1].start] in _OPENED:
                    run[-1] = m  # 联电（UMC）
                    continue
                if run and _JOINT.fullmatch(self._text, m.end, run[-1].start) is None:
                    break
                run.append(m)
            run.reverse()
            if len(run) < 2 and self._is_chinese:
                run = self._meant_by_several(here.start, cue.start()) or run
            first = bisect_left(self._figures, cue.end() if self._is_chinese else run[-1].end if run else cue.end())
            last = bisect_left(self._figures, here.end if self._is_chinese else cue.start())
            if len(run) > 1 and last - first > 1 and self._is_span_of_ranks(first):
                paired[self._figures[first]] = run[0].organisation.name
                paired[self._figures[first + 1]] = run[-1].organisation.name
                first += 2  # 小米、OPPO、联想分列第三至第五,份额分别为…
            last = min(last, first + len(run)) if self._is_chinese else last
            if len(run) > 1 and last - first == len(run):
                figures = self._figures[first:last]
                paired.update(zip(figures, (m.organisation.name for m in run), strict=True))
                if self._is_chinese:
                    paired |= self._next_lists(last, bisect_left(self._figures, here.end), run)
        return paired or self._lists(here)

    def _is_span_of_ranks(self, first: int) -> bool:
        """Whether two figures are the ends of a stretch: 第三至第五."""
        return self._text[self._makes[first][1] : self._makes[first + 1][0]] in _TO

    def is_in_turn(self, quantity: Quantity) -> bool:
        """Whether a figure stands in a list that is told one to one of companies."""
        return self._paired(quantity) is not None

    def _next_lists(self, first: int, last: int, run: list[OrganisationMention]) -> dict[int, str]:
        """What further lists of as many figures tell: 分别为19亿和16.9亿美元,季增8.2%与6.5%."""
        told: dict[int, str] = {}
        for k in range(first, last - len(run) + 1, len(run)):
            listed = self._makes[k : k + len(run)]
            is_list = all(_ZH_LISTED.fullmatch(self._text, one[1], two[0]) for one, two in pairwise(listed))
            if not is_list or self.is_named_in(self._makes[k - 1][1], listed[0][0]):
                break
            told |= {start: m.organisation.name for (start, _), m in zip(listed, run, strict=True)}
        return told

    def _lists(self, here: Sentence) -> dict[int, str]:
        """Figure -> company for a list of names and each list of as many figures behind it.

        "AMD and Broadcom had sales of $10 billion and $19 billion, increases of 34% and 29%". Names that no catalogue
        holds count where a company that it holds is among them.
        """
        first = bisect_left(self._figures, here.start)
        runs = self._runs(first, bisect_left(self._figures, here.end))
        if (
            not runs
            or self._is_chinese
            or here.end - here.start > _LONGEST
            or not self.is_named_in(here.start, here.end)
        ):
            return {}
        paired: dict[int, str] = {}
        asides = self._asides(here.start, here.end)
        for listed in _NAMES.finditer(self._text, here.start, self._makes[runs[-1][0]][0]):
            items = [item.span() for item in _NAME.finditer(self._text, *listed.span())]
            known = [next(self.within(*item), None) for item in items]
            end = next((m.start for m in self.within(listed.end(), here.end) if not _is_within(m, asides)), here.end)
            if not any(known):
                continue
            names = [
                m.organisation.name if m else self._text[slice(*item)] for m, item in zip(known, items, strict=True)
            ]
            for run in runs:
                if len(run) == len(names) and listed.end() <= self._makes[run[0]][0] < end:
                    paired.update((self._makes[k][0], name) for k, name in zip(run, names, strict=True))
        return paired

    def _runs(self, first: int, last: int) -> list[list[int]]:
        """The figures from one to another that stand in lists: "34%, 29% and 8%"."""
        runs: list[list[int]] = []
        for k in range(first, last):
            is_next = k > first and _JOINED.fullmatch(self._text, self._makes[k - 1][1], self._makes[k][0]) is not None
            if is_next:
                runs[-1].append(k)
            else:
                runs.append([k])
        return [run for run in runs if len(run) > 1]

    def _asides(self, start: int, end: int) -> list[tuple[int, int]]:
        """What of a span only tells more of a company: ", which makes Nvidia's processors,"."""
        return [aside.span() for aside in _ASIDE.finditer(self._text, start, end)]

    def _meant_by_several(self, start: int, end: int) -> list[OrganisationMention]:
        """The companies that 三家 or 三大运营商 means in a span: those named before it, if they are as many."""
        words = _SEVERAL.search(self._text, start, end)
        if words is None:
            return []
        known = bisect_left(self._introduced, words.start(), key=lambda m: m.start)
        return self._introduced[:known] if known == _HOW_MANY.get(words[1] or "") else []

    def _is_of_several(self, quantity: Quantity) -> bool:
        """Whether several companies together are spoken of since one was named last in the paragraph."""
        k = bisect_left(self._several, quantity.start) - 1
        if k < 0 or self.is_named_in(self._several[k], quantity.start):
            return False
        return self._paragraph_at(self._several[k]) == self._sentences[quantity.sentence].paragraph

    def _beside(self, quantity: Quantity) -> str | None:
        """The company whose name holds a figure behind it, or is the subject of its clause: ", Jio has 410 million"."""
        here = self._sentences[quantity.sentence]
        last = next(self._backwards(max(here.start, quantity.start - _NEAR), quantity.start), None)
        if here.block == "title" or last is None:
            return None
        between = self._text[last.end : max(quantity.left, last.end)]
        if _HOLDS.match(between):
            return last.organisation.name
        is_subject = _OPENS_CLAUSE.search(self._text, max(here.start, last.start - 16), last.start) is not None
        is_own = (
            is_subject and not self._speaks(last) and _PARTED.search(between) is None and _COMMA.search(between) is None
        )
        return last.organisation.name if is_own else None

    @cached_property
    def are_none_named(self) -> bool:
        """Does the article name no company at all?"""
        is_any = bool(self.mentions or self._unnamed) or self.main is not None or any(self._sections)
        return not is_any and not (self._is_chinese and self.unlisted)

    @cached_property
    def _sections(self) -> list[str | None]:
        """For each sentence the company that the heading over it names and nothing else."""
        found: list[str | None] = []
        name: str | None = None
        for sentence in self._sentences:
            if sentence.block == "heading":
                name = self._headed(sentence)
            elif sentence.block == "title":
                name = None
            elif sentence.block == "meta":  # a line of capitals right below the title, perhaps
                name = self._headed(sentence) or name
            found.append(name)
        return found

    def _headed(self, heading: Sentence) -> str | None:
        words = self._text[heading.start : heading.end].strip(" :：#*")
        alone = next((m for m in self.within(heading.start, heading.end) if m.end - m.start >= len(words)), None)
        if alone is not None:
            return alone.organisation.name
        folded = words.casefold()
        named = self._names.get(folded)
        if named is None and words.isupper():  # "META PLATFORMS"
            named = self._names.get(folded.partition(" ")[0])
        return named

    @cached_property
    def is_told_of_main(self) -> bool:
        """Is the company of the article the only one that its title speaks of?"""
        return self.main is not None and self._title_company() == self.main

    def _wider_end(self, sentence: int) -> int:
        """Where the first word of the industry or the nation ends in a sentence; behind the sentence without one."""
        here, wider = self._sentences[sentence], self._wider
        k = bisect_left(wider, (here.start, 0))
        return wider[k][1] if k < len(wider) and wider[k][1] <= here.end else here.end + 1

    @cached_property
    def _wider(self) -> list[tuple[int, int]]:
        return list(_whole_words(_WIDER_FINDER, lower(self._text)))

    def _whole(self, is_own: bool, is_report: bool) -> str | None:
        """The company of the whole article, where it tells one's figures; of a report also an unlisted one."""
        if self.main is not None:
            return self.main if is_own or is_report else None
        return self.unlisted if is_report else None

    @cached_property
    def unlisted(self) -> str | None:
        """The company, not of the catalogue, whose results the title announces or whose ticker the text gives."""
        title = self._title
        end = title.end if title is not None else 0
        found = _ANNOUNCES.match(self._text, title.start, end) if title is not None else None
        name = self._announced(found) if found is not None else None
        if name is not None and self._text.count(name, end) >= _OFTEN and name.lower() not in self._text:
            return name
        if (
            name is not None
            and found is not None
            and found[2]
            and self._words.results_zh.search(found.string, found.end(), end)
        ):
            return name
        listed = {name for m in _LISTED.finditer(self._text) if (name := self._announced(m))}
        return listed.pop() if len(listed) == 1 else self._headed_by(title)

    def _announced(self, found: re.Match[str]) -> str | None:
        """The name among what a pattern found; of a Chinese one what is left without the words that lead it in."""
        latin, chinese = found.groups()
        if latin or not chinese:
            return latin or None
        name = bare_name(chinese, self._catalogue)
        return name if name and not is_place(name, self._catalogue) else None

    def _opens_with_country(self, sentence: int) -> bool:
        """Is a country or a part of the world the subject of an English sentence that names no company: "Korea shipped
        $15.7 billion worth of chips"?"""
        if self._is_chinese:
            return False
        if sentence not in self._of_country:
            here = self._sentences[sentence]
            start = here.start + (4 if self._text.startswith("The ", here.start) else 0)
            opening = self._places.find(self._text[start : min(here.end, start + _OPENING_PLACE)])
            first = next((m for m in opening if m.start == 0 and not m.is_adjective), None)
            is_country = (
                self._words.the_kind.match(self._text, here.start, here.end) is None  # "The U.S. firm employs"
                and first is not None
                and first.place.kind in _COUNTRIES
                and _ITS_VERB.match(self._text, start + first.end, here.end) is not None
            )
            is_next = sentence and self._sentences[sentence - 1].paragraph == here.paragraph
            if is_next and self._text.startswith(("It ", "Its "), here.start):
                is_country = self._of_country.get(sentence - 1, False)
            self._of_country[sentence] = is_country and not self.is_named_in(here.start, here.end)
        return self._of_country[sentence]

    def _headed_by(self, title: Sentence | None) -> str | None:
        """The name that a headline opens with, where the text goes on to speak of it and of nothing so called."""
        if title is None:
            return None
        for name in headline_names(self._text, title, self._places):
            is_name = self._text.count(name, title.end) >= _OFTEN and name.lower() not in self._text
            if is_name and not self._places.find(name):
                return name
        return None

    def _carried(self, sentence: int) -> str | None:
        """Whom the sentences before of one paragraph are about: the last subject, else the company last named."""
        opening, here = self._opening[self._sentences[sentence].paragraph], self._sentences[sentence]
        last: str | None = None
        for named in islice(self._backwards(self._sentences[opening].start, here.start), _SPEAKERS):
            number = bisect_right(self._starts, named.start) - 1
            subject = self._topics[number][0]
            if subject is not None:
                return subject
            if self._is_object(named) and self.is_told_of_main:
                continue
            last = last or named.organisation.name
            if not self._goes_on(number):
                return last
        return last

    @cached_property
    def _topics(self) -> list[tuple[str | None, str | None]]:
        """For each sentence the company that it is about, and whom its paragraph was about so far.

        A sentence is about the company that is its subject or whose works it opens with ("At a plant of Midea"); one
        that opens with "It", "The carrier" or "The plant" is about the company that the one before was about.
        """
        told: list[tuple[str | None, str | None]] = []
        topic: str | None = None  # of the paragraph
        held: str | None = None  # since the last heading
        paragraph = -1
        for number, here in enumerate(self._sentences):
            if here.paragraph != paragraph:
                topic, paragraph = None, here.paragraph
            held = None if here.block == "heading" else held
            named = self._subject(number) or self._owner_of_site(here)
            if named is None and here.block not in _SILENT:
                if self._is_by_kind(here):
                    named = topic or self._named_last(number) or self._sections[number] or self.main or held
                elif self._goes_on(number):
                    named = topic
            told.append((named, topic))
            topic, held = named or topic, named or held
        return told

    def _named_last(self, sentence: int) -> str | None:
        """The one company that the sentence before opens with or names soon, as no other side, in one paragraph."""
        last = self._sentences[sentence - 1] if sentence else None
        if last is None or last.paragraph != self._sentences[sentence].paragraph:
            return None
        soon = self.within(last.start, min(last.end, last.start + _SUBJECT_REACH))
        told = {m.organisation.name for m in soon if not self._is_object(m)}
        return told.pop() if len(told) == 1 else None

    def _is_by_kind(self, here: Sentence) -> bool:
        """Does a sentence open with a word for a company or its works: "The carrier", 这座园区?"""
        end = min(here.end, here.start + _SUBJECT_REACH)
        if self._is_chinese:
            return self._words.the_site_zh.match(self._text, here.start, end) is not None
        opening = _OPENING.match(self._text, here.start, end)
        start = opening.start("rest") if opening is not None else here.start
        return (
            self._words.the_kind.match(self._text, start, end) or self._words.the_site.match(self._text, start, end)
        ) is not None

    def _owner_of_site(self, here: Sentence) -> str | None:
        """The company at whose works a sentence opens: "At a plant of appliance maker Midea", 走进中国移动智算中心."""
        named = next(self.within(here.start, min(here.end, here.start + _SUBJECT_REACH)), None)
        if named is None:
            return None
        if self._is_chinese and self._is_object(named):
            return None
        if self._is_chinese:
            is_site = self._words.site_zh.match(self._text, named.end, here.end) is not None
        else:
            is_site = self._words.site_of.fullmatch(self._text, here.start, named.start) is not None
        return named.organisation.name if is_site else None

    def _goes_on(self, sentence: int) -> bool:
        """Does a sentence open with a word for the company of the one before: "It agreed to supply OpenAI"?"""
        here = self._sentences[sentence]
        return _GOES_ON.match(self._text, here.start, here.end) is not None

    def _meant(self, sentence: int) -> str | None:
        """The company that "the carrier" means in a sentence, and 公司 in a Chinese one."""
        own, before = self._topics[sentence]
        return own or before or self._carried(sentence) or self.main

    def is_of_main(self, sentence: int) -> bool:
        """Is the company of the article what a sentence is about, by its name or as "the firm"?"""
        here = self._sentences[sentence]
        if self.main is None:
            return False
        if self._subject(sentence) == self.main:
            return True
        end = min(here.end, here.start + _LONGEST)
        return not self._is_chinese and self._words.the_kind.search(self._text, here.start, end) is not None

    def _is_of_one(self, sentence: int) -> bool:
        """Does a sentence open with a company or with a word for one, not only with its works?"""
        return self._subject(sentence) is not None or self._goes_on(sentence) or self.is_of_main(sentence)

    @cached_property
    def _sourced(self) -> list[bool]:
        """For each sentence: does its paragraph so far tell what others count of a market ("according to CBRE")?"""
        told: list[bool] = []
        own = {self.main, self.unlisted, self._publisher}
        for number, here in enumerate(self._sentences):
            is_next = bool(told) and self._sentences[number - 1].paragraph == here.paragraph
            named = {m.organisation.name for m in self.within(here.start, here.end)}
            if self.is_of_main(number) or not named.isdisjoint(own):
                told.append(False)
                continue
            low = bisect_left(self._others, here.start, key=lambda m: m.start)
            high = bisect_left(self._others, here.end, key=lambda m: m.start)
            is_told = any(self._speaks(m) for m in self._others[low:high])
            told.append(is_told or (is_next and told[-1]))
        return told

    def _subject(self, sentence: int) -> str | None:
        """The company that a sentence opens with, unless it only says or reports what follows."""
        if sentence not in self._subjects:
            self._subjects[sentence] = self._find_subject(sentence)
        return self._subjects[sentence]

    def _find_subject(self, sentence: int) -> str | None:
        here = self._sentences[sentence]
        named = next(self.within(here.start, min(here.end, here.start + _SUBJECT_REACH)), None)
        if named is not None and self._is_chinese and _ZH_OF_ITSELF.match(self._text, named.end) is not None:
            return named.organisation.name
        if named is None or self._speaks(named) or self._text.startswith(_SITES, named.end):
            return None
        if self._is_object(named) if self._is_chinese else _BESIDES.match(self._text, here.start, named.start):
            return None
        opening = _OPENING.match(self._text, here.start, named.start)
        start = opening.end() if opening is not None else here.start
        is_fronted = opening is not None and opening["fronted"] is not None
        is_near = named.start <= start + (0 if is_fronted else _FEW_LETTERS)
        return named.organisation.name if is_near or self._is_led_in(start, named.start) else None

    def _is_led_in(self, start: int, end: int) -> bool:
        """Do the words before a name only say who it is: "Mukesh Ambani-led Jio", "Chinese carmaker BYD"?"""
        return self._words.lead_in.fullmatch(self._text, start, end) is not None

    def _speaks(self, mention: OrganisationMention) -> bool:
        """Is the company only the source of a figure?"""
        language = "zh" if self._text[mention.start] >= "\u2e80" else "en"
        here = self._sentences[bisect_right(self._starts, mention.start) - 1]
        aside = _ASIDE.match(self._text, mention.end)
        end = aside.end() if aside is not None else mention.end
        before, after = self._text[max(here.start, mention.start - 40) : mention.start], self._text[end : end + 40]
        if language == "zh" and _OWN_ZH.match(after) is not None:
            return False
        if after[:1] == " " and self._words.told.match(after) is not None:
            return False  # "SK Hynix reported revenue of", "SMIC Corp"
        more = _NAME_ON.match(after)
        after = after[more.end() :] if more is not None and language == "en" else after
        is_company = mention.organisation.kind == "company"  # not "Ofcom counts 87% of homes"
        if (is_company and _COUNTS.match(after) is not None) or _OF_ITSELF.match(after) is not None:
            return False
        follows = next(self.within(mention.end, min(mention.end + _OWN_PRODUCT, here.end)), None)
        if follows is not None and follows.organisation is mention.organisation and language == "en":
            return False  # "Microsoft reported that Azure grew"
        if after[:1] == " " and self._words.told.match(after) is not None:
            return False  # "Toyota Kirloskar reported sales of"
        return self._speech.is_speaker(before, after, language)

    def _title_company(self) -> str | None:
        """The one company that the title names."""
        first = next((k for k, s in enumerate(self._sentences) if s.block == "title"), None)
        if first is None:
            return None
        below = self._sentences[first + 1 : first + 2]  # a page's own headline, under what its window is called
        for title in (self._sentences[first], *(s for s in below if s.block == "heading")):
            named = list(self.within(title.start, title.end))
            names = {m.organisation.name for m in named}
            if names:
                self._is_market = self._is_of_market(title, named[0])
                return names.pop() if len(names) == 1 and not self._is_market else None
        return self._headline_company(first)

    def _is_of_market(self, title: Sentence, first: OrganisationMention) -> bool:
        """Whether a headline tells of a market, and of its leader in a clause behind alone: 手机出货76万台,苹果居首.

        The story then does not open with that company.
        """
        if not self._is_chinese or _ZH_COMMA.search(self._text, title.start, first.start) is None:
            return False
        k = bisect_left(self._figures, title.start)
        if k == len(self._figures) or self._figures[k] >= first.start:
            return False
        lead = next((s for s in self._sentences if s.start > title.end and self._is_running(s)), None)
        return lead is not None and not any(
            m.organisation is first.organisation for m in self.within(lead.start, lead.end)
        )

    def _headline_company(self, title: int) -> str | None:
        """The one company of a headline that stands below a page's or a section's own line.

        It is the first that the opening sentence of the story names as well.
        """
        lead = next((s for s in self._sentences[title + 1 : title + _LINES] if self._is_running(s)), None)
        if lead is None or any(self._turns):
            return None
        names = {m.organisation.name for m in self.within(self._sentences[title].end, lead.start)}
        opened = next(self.within(lead.start, lead.end), None)
        return names.pop() if len(names) == 1 and opened is not None and opened.organisation.name in names else None

    def _is_running(self, sentence: Sentence) -> bool:
        """Is a sentence one of a story, with a full stop, and no line of a headline?"""
        return sentence.block in ("paragraph", "item") and self._text[sentence.end - 1] in _STOPS

    def _main(self) -> str | None:
        """The company of the whole article: the one its title names, its publisher, else one named all through."""
        titled = self._title_company()
        if titled is not None:
            return titled
        if self._publisher is not None:
            return self._publisher
        if self._speaker.company is not None:
            return self._speaker.company
        counts = Counter(m.organisation.name for m in self.mentions)
        if not counts:
            return None
        (name, number), *others = counts.most_common(2)
        paragraphs = {s.paragraph for s in self._sentences if s.block not in _SILENT}
        held = {self._paragraph_at(m.start) for m in self.mentions if m.organisation.name == name}
        is_all_through = number >= 3 and len(held) * 3 >= len(paragraphs)
        return name if is_all_through and (not others or others[0][1] * 3 <= number) else None


def _is_within(mention: OrganisationMention, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a name stands inside one of some spans."""
    return any(low < mention.start < high for low, high in spans)


def _is_other(words: str, name: str) -> bool:
    """Whether a company is called by none of the words of its name."""
    return frozenset(name.lower().split()).isdisjoint(words.lower().split())


def _is_short(short: str, name: str) -> bool:
    """Whether a name is what the capitals of a longer one stand for, or begins as it does (TSMC, Vi, LGES)."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return (len(initials) > 1 and initials.lower() in short.lower()) or short.startswith(name.partition(" ")[0])


def _whole_words(finder: AhoCorasick, folded: str) -> Iterator[tuple[int, int]]:
    """Where the words of a finder stand, Latin ones by themselves."""
    for _, at, end in finder.find_matches_as_indexes(folded):
        if folded[at] > "z" or not (folded[at - 1 : at].isalnum() or folded[end : end + 1].isalnum()):
            yield at, end
