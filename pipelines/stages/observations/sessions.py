"""A day at the markets: what shares, indexes, currencies and oil did in a session is of the article's day.

What lives here: whether a sentence tells of a session, and which day that was. What does not: the words, which are
`market_index`, `traded_good`, `traded_currency` and `session_move` in `word_classes.csv`.
"""

import re
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.calendar import Moment
from pipelines.catalogue.periods import PeriodExpression, within
from pipelines.catalogue.sought import Guarded
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.period_roles import Read, Reading, days_of
from pipelines.vocabulary.article import Sentence

_LEAD = 8  # sentences of a lead, with headline and bylines
_BEFORE = 200  # characters of a sentence that are looked at
_WEEK = 8  # days back to the session that an article tells of
_SILENT = ("meta", "boilerplate")

_SHARES = Guarded(r"\b(?:shares?|stocks?|index)\b", ("share", "stock", "index"))
_TRADED = re.compile(
    r"\b(?:early|late|morning|afternoon|midday|pre-?market|after-?hours|extended|electronic)"
    r" (?:trade|trading|dealings)\b"
    r"|\b(?:closed|ended|finished|settled|opened)"
    r" (?:up|down|at|higher|lower|[\d.]+(?:%| per ?cent) (?:up|down|higher|lower))\b"
)
_PER = re.compile(
    r"\d[\d.,]* (?:per|to the|against the|a|an|yuan|yen|won|rupees|ringgit|rupiah|baht)"
    r"(?: (?:us|u\.s\.) )? ?(?:(?:to|per|against) (?:the |a )?)?(?:us |u\.s\. )?"
    r"(?:dollar|greenback|barrel|ounce|tonne|ton)\b"
    r"|\b(?:at|to|around|near) (?:about |just |over |under )?[$\u20ac\u00a3]?[01]\.\d{3,4}\b"
    r"|(?:on the day|in (?:early|late|morning|afternoon|asian|european) trad(?:e|ing))\b"
)
_ON_EXCHANGES = re.compile(
    r"\b(?:turnover|volumes?|value traded|trading)\b[^;\d]{0,40}\b(?:exchanges?|bourses?|markets?|boards?)\b"
    r"|\b(?:advancers|decliners|advancing issues|declining issues|vix|volatility index|market value)\b"
)
_YIELD = (
    r"\b(?:yields? on [^.;]{0,30}(?:bonds?|notes?|bunds?|gilts?|treasur(?:y|ies)|jgbs?|bills)"
    r"|(?:bonds?|notes?|bunds?|gilts?|treasury|year|jgb) yields?)"
)
_ZH_SHARES = re.compile(
    r"(?=收[报報]\s?\d)|股[价價]|[个個]股|[指恒]数|[指恒]數|恒指|大市|[两兩]市|[（(]\d{4,6}(?:\.[a-z]{2})?[)）]"
)
_ZH_TRADED = re.compile(r"[报報]收|收[报報盘盤涨漲跌升挫于於在]|成交")
_ZH_SESSION = re.compile(
    r"(?:[涨漲跌升挫]|下跌|上涨|上漲)\s?\d[\d.]{0,6}%[,\uff0c]?(?:[报報]|成交|收)|[南北]向[资資]金|截[至止](?:[发發]稿|收[盘盤市]|午[盘盤]|今[日天]收)|(?<![光键鍵棋转轉硬软軟复復罗羅算])[盘盤][前后後中]|(?:高|低|平)[开開]高?低?走"
)
_EXCHANGED = re.compile(
    r"[(（]?\s?(?:(?:us|hk|nt|a|c)?[$€£¥₹]\s?1|1\s?[a-z\u4e00-\u9fff]{1,12})(?:\s[a-z]{3,8}){0,2}\s?=\s?\d"
)
_MARKETS = "港股|a股|[两兩三]市|沪指|滬指|恒指|恒生指[数數]|美股|台股|大盘|大盤|沪深|滬深"
_ZH_MARKET = re.compile(rf"[,\uff0c]?(?:早盘|早盤|午后|午後|尾盘|尾盤)?[,\uff0c]?(?:{_MARKETS})")
_ZH_MARKET_BEFORE = re.compile(rf"(?:{_MARKETS})$")
_MANNER = r"(?:(?:last|little|also|slightly|further|then|still|sharply|\w+ly|was|were|is|are|had|has|have|been) ){0,3}"
_SIZE = r"(?:by )?(?:about |around |nearly |almost |over |more than |some |as much as |up to )?"


class SessionWords:
    """The English words of sessions, compiled for one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        classes = catalogue.grammar.classes
        moves = alternatives(classes["session_move"]) + r"|added(?! up)"
        index, good, currency = (classes[name] for name in ("market_index", "traded_good", "traded_currency"))
        self._index = Guarded(
            rf"\b(?:{alternatives(index)})(?! ?-)"
            rf"(?: (?:\d{{2,4}}|index|composite|average|futures|benchmark|gauge|itself)){{0,3}},? "
            rf"{_MANNER}(?:{moves}|at)\b",
            index,
        )
        self._good = Guarded(
            rf"\b(?:{alternatives(good)})(?: crude)?(?: oil)?(?: futures| prices| price| contract)?,? {_MANNER}"
            rf"(?:{moves}|at)\b",
            good,
        )
        self._currency = Guarded(rf"\b(?:{alternatives(currency)}) {_MANNER}(?:{moves}|at)\b", currency)
        self._yield = Guarded(rf"{_YIELD},? {_MANNER}(?:{moves}|at)\b", ("yield",))
        self._shares = Guarded(
            rf"\b(?:shares|(?:the|its|their|'s|\u2019s) stock)(?: (?:in|of)(?: [\w&.'\u2019-]+){{1,4}}?)?,? {_MANNER}"
            rf"(?:{moves}) {_SIZE}\d[\d.]*(?:%| per ?cent)",
            ("shares", "stock"),
        )
        capital = r"[A-Z][\w&.'\u2019-]*"
        self._moved = re.compile(
            rf"(?:the )?({capital}(?: (?:{capital}|of|and)){{0,4}}) {_MANNER}(?:{moves}) {_SIZE}"
            r"\d[\d.]*(?:%| per ?cent)"
        )
        self._catalogue = catalogue

    def find(self, reading: Reading, sentence: Sentence) -> int | None:
        """Where an English sentence tells of a session: "The Nikkei shed 1.2%", "Brent traded near $66 a barrel"."""
        text, start, end = reading.folded, sentence.start, min(sentence.end, sentence.start + _BEFORE)
        if shares := _SHARES.search(text, start, end):
            traded = _TRADED.search(text, shares.end(), min(sentence.end, shares.end() + _BEFORE))
            if traded:
                return traded.start()
        for words in (self._shares, self._index, self._yield):
            if moved := words.search(text, start, end):
                return moved.start()
        if (quoted := self._quoted(text, sentence, end)) is not None:
            return quoted
        return self._of_wrap(reading, sentence, end) if reading.is_wrap else None

    def _quoted(self, text: str, sentence: Sentence, end: int) -> int | None:
        """Where a sentence tells at which price money or oil was traded: "The yuan was last at 7.02 per dollar"."""
        for words in (self._currency, self._good):
            quoted = words.search(text, sentence.start, end)
            if quoted and _PER.search(text, quoted.start(), min(sentence.end, quoted.end() + _BEFORE)):
                return quoted.start()
        return None

    def _of_wrap(self, reading: Reading, sentence: Sentence, end: int) -> int | None:
        """Where a sentence among those of a session tells of it: "Siemens climbed 3.2%", "Turnover on the two exchanges
        came to 2.1 trillion yuan".
        """
        text, start = reading.folded, sentence.start
        traded = self._good.search(text, start, end) or self._currency.search(text, start, end)
        found = traded or _ON_EXCHANGES.search(text, start, end)
        if found:
            return found.start()
        moved = self._moved.match(reading.article.text, start, end)
        return start if moved and self._is_name(moved[1]) else None

    def _is_name(self, name: str) -> bool:
        """Whether a subject is the name of a company: one that is known, or of two capitals."""
        known = self._catalogue.organisations.find(name)
        is_capital = len([word for word in name.split() if word[0].isupper()]) > 1
        return is_capital or any(m.organisation.kind == "company" for m in known)

    def is_wrap(self, reading: Reading, parts: list[tuple[Sentence, list[int]]]) -> bool:
        """Whether a lead tells what an index did in a session, or at which price oil or a currency was traded."""
        if reading.written is None or not reading.is_exact:
            return False
        for sentence, indexes in parts[:_LEAD]:
            if not indexes or sentence.language != "en" or sentence.block in _SILENT:
                continue
            end = min(sentence.end, sentence.start + _BEFORE)
            index = self._index.search(reading.folded, sentence.start, end)
            if index or self._quoted(reading.folded, sentence, end) is not None:
                return True
        return False


@lru_cache(maxsize=4)
def session_words(catalogue: Catalogue) -> SessionWords:
    """The words of sessions of a catalogue, compiled once."""
    return SessionWords(catalogue)


def session_day(reading: Reading, sentence: Sentence, reads: list[Read]) -> Read | None:
    """The article's day, where a sentence tells what shares did on the market, "rose 2.6% in early trade", or at which
    rate its sums were exchanged: "($1 = 7.1 yuan)"; the day that the sentence or a session before it names.
    """
    if reading.written is None or not reading.is_exact:
        return None
    at = _session_at(reading, sentence)
    if at is None:
        return None
    named = next((r for r in reads if r.role == "day" and r.span and r.expression.kind in ("date", "weekday")), None)
    if named:
        reading.session = named if sentence.language == "en" else reading.session
        return named
    for told in (reading.carried, reading.session):
        is_day = told is not None and told.expression.moment.unit in ("day", "weekday")
        if told and told.span and is_day and 0 <= (reading.written - told.span[1]).days < _WEEK:
            return told  # 11月14日,港股下跌...大市成交2328亿港元, told the day after
    e = PeriodExpression(at, at, "now", Moment("article", "day"), "", -1, True, False)
    return Read(e, "day", (reading.written, reading.written))


def _session_at(reading: Reading, sentence: Sentence) -> int | None:
    """Where a sentence tells of a session."""
    text, start, end = reading.folded, sentence.start, min(sentence.end, sentence.start + _BEFORE)
    exchanged = _EXCHANGED.match(text, start, sentence.end)
    if exchanged:
        return exchanged.start()
    if sentence.language == "en":
        return reading.market.find(reading, sentence) if reading.market else None
    shares = _ZH_SHARES.search(text, start, end)
    traded = _ZH_TRADED.search(text, shares.end(), min(sentence.end, shares.end() + _BEFORE)) if shares else None
    traded = traded or _ZH_SESSION.search(text, start, end)
    return traded.start() if traded else None


def session_of(reading: Reading, parts: list[tuple[Sentence, list[int]]]) -> Read | None:
    """The day that the lead names beside the market whose session it tells of: 港股11月18日低开, 11月18日,A股回调."""
    for sentence, indexes in parts[:_LEAD]:
        if sentence.language != "zh" or sentence.block in _SILENT or not indexes:
            continue
        for e in within(reading.found, sentence.start, min(sentence.end, sentence.start + _BEFORE)):
            is_beside = _ZH_MARKET.match(reading.folded, e.end) or _ZH_MARKET_BEFORE.search(
                reading.folded, max(0, e.start - 4), e.start
            )
            span = days_of(reading, e, None, False) if e.kind == "date" and is_beside else None
            if span:
                return Read(e, "day", span)
    return None
