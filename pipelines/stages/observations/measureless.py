"""Figures that measure nothing by themselves, whatever is named around them.

What lives here: the margin to either side of a forecast ("give or take 2%"), the explanation of a unit ("1 crore = 10
million", 1 EFLOPS就是...), the few of many that make up a part ("four customers accounted for 61%"), the lead of one
count over another (超出移动电话用户10.6亿户), what an amount comes to in a day (日赚6.2亿元), how many times another
thing a figure is (five times as fast as), the points that a part lends the growth of its whole ("lifted growth by 2.2
percentage points"). What does not: figures of things without a metric (see `own_heads`).
"""

import re
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.fits import POINTS, Fits
from pipelines.stages.observations.naming import Reading
from pipelines.vocabulary.quantity import Quantity

_REACH = 40  # characters to either side of a figure that are looked at
_MARGIN = re.compile(r"(?:\bplus or minus|\bplus/minus|\bgive or take|\+/-|±|正负|加减|上下浮动|上下)\s?$")
_EITHER_SIDE = re.compile(r"\s?(?:either side|on either side|to either side|in either direction|either way)\b")
_IS_WORTH = re.compile(
    r"\s?(?:=|means?\b|equals?\b|is equal to\b|is worth\b|stands for\b|makes? (?:one|a|an|1)\b"
    r"|(?:约|大约)?(?:就是|等于|相当于|即为|能装下|可装下|能存下|可存下))"
)
_WORTH = re.compile(r"(?:=|\bmakes?|\bmeans?|\bequals?|\bis equal to|\bis worth)\s?$")
_EQUATION = re.compile(r"[^\d]=|=\s?\d")
_LEAD = re.compile(
    r"超出(?=[^\d,，;；。]{2})[^\d,，;；。]{2,14}$"
    r"|差距[^\d,，;；。]{0,8}[到至达为]\s?(?:了|约|近)?$"
    r"|比[^\d年月季期末届,，;；。]{1,12}(?:多出|多|少)\s?(?:了|约|近)?$"
    r"|\b(?:outnumber(?:s|ed|ing)?|exceed(?:s|ed|ing)?) [a-z' -]{2,30} by "
    r"(?:about |some |almost |nearly |more than |over )?$"
    r"|\b(?:a lead of|gap of|gap (?:has )?(?:widened|grown|grew|narrowed) to) (?:about |some |almost |nearly )?$"
)
_A_DAY = re.compile(r"(?:日均|日赚|日进|平均一天|平均每天|每天|每日)[^\d,，;；。]{0,8}$")
#: "twice as fast as", "20 times that", "twice what the old one manages".
_AS_ANOTHER = re.compile(
    r"\s(?:as (?:fast|quick|quickly|much|many|large|big|high)\b"
    r"|(?:faster|slower|quicker|more|higher|larger|bigger) than\b"
    r"|(?:the|that) (?:pace|rate|speed)\b|what\b|that\b|those of\b)"
)
#: 是移动电话用户数的1.35倍: what a multiple is one of, up to its 的; not 同期增幅的3倍.
_TIMES_ANOTHER = re.compile(
    r"(?:是|为|等于|相当于|达|即)(?:了|约)?([^,，;；。是为]{2,16})的(?:近|约|逾|超|超过|大约|整整)?\s?$"
)
#: "four customers accounted for 61 % of sales": what the few of many do that make up a part of something.
_MAKE_UP = re.compile(
    r"\s(?:(?:together|combined|alone|each|who|that|which) )?"
    r"(?:account(?:s|ed|ing)? for|(?:make|made|making) up|represent(?:s|ed|ing)?"
    r"|contribut(?:e[sd]?|ing)|comprise[sd]?) "
)
_FEW = 20
_LENT_REACH = 100  # characters before points in which the verb stands that lends them, and behind them their growth
#: "contributed 0.3 points to its growth", "shaved 0.4 points off growth": what the points are lent to, behind them.
_TO_GROWTH = re.compile(r"\s(?:to|towards?|off|from)\s(?:[a-z'’-]+ ){0,5}?growth\b(?! (?:of|rate of)? ?\d)")
_BEFORE_NOW = re.compile(r"[年月日季期末底初时]|目标|计划|以前|之前|此前|前年|去年|今年")


@lru_cache(maxsize=4)
def _lending(catalogue: Catalogue) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Verbs that lend points, behind them those points; and the same with the growth between: "lifted growth by"."""
    classes = catalogue.grammar.classes
    verb, opinion = alternatives(classes["lends_growth"]), alternatives(classes["opinion_of_growth"])
    word = rf"(?!\b(?:{opinion})\b)[^\d,;:.]"
    return (
        re.compile(rf"\b(?:{verb})\b[^\d,;:.]{{0,40}}$"),
        re.compile(rf"\b(?:{verb})\b(?:{word}){{0,40}}\bgrowth\b(?:{word}){{0,40}}\bby\b[^\d,;:.]{{0,20}}$"),
    )


class Measureless:
    """The measureless figures of one article."""

    def __init__(self, reading: Reading, fits: Fits) -> None:
        self._reading, self._text, self._fits = reading, reading.folded, fits
        self._lends, self._lends_growth = _lending(reading.catalogue)

    def is_one(self, quantity: Quantity) -> bool:
        """Does a figure by its own words measure nothing?"""
        here, left = self._reading.sentences[quantity.sentence], quantity.left
        start = max(here.start, left - _REACH)
        end = max(quantity.end, quantity.noun_end)
        if _MARGIN.search(self._text, start, left) or _EITHER_SIDE.match(self._text, quantity.end, here.end):
            return True
        if quantity.kind == "level" and self._explains_unit(quantity, start, left, end, here.end):
            return True
        if quantity.unit in POINTS and self._is_lent(quantity, here.start, here.end):
            return True
        if quantity.kind not in ("level", "change"):
            return False
        if quantity.is_exact_count and quantity.value <= _FEW and _MAKE_UP.match(self._text, end, here.end):
            return True
        if _LEAD.search(self._text, start, left):
            return True
        return (
            quantity.kind == "level" and self._fits.is_money(quantity) and bool(_A_DAY.search(self._text, start, left))
        )

    def _is_lent(self, quantity: Quantity, start: int, end: int) -> bool:
        """Are points what a part lends the growth of its whole?"""
        start, end = max(start, quantity.left - _LENT_REACH), min(end, quantity.end + _LENT_REACH)
        if self._lends_growth.search(self._text, start, quantity.left):
            return True
        is_to_growth = _TO_GROWTH.match(self._text, quantity.end, end) is not None
        return is_to_growth and self._lends.search(self._text, start, quantity.left) is not None

    def is_times_another(self, quantity: Quantity) -> bool:
        """Does a multiple say how many times another thing it is, and not the same at another time or in a plan?"""
        here, left = self._reading.sentences[quantity.sentence], quantity.left
        if here.language != "zh":
            return _AS_ANOTHER.match(self._text, quantity.end, min(here.end, quantity.end + _REACH)) is not None
        thing = _TIMES_ANOTHER.search(self._text, max(here.start, left - _REACH), left)
        return thing is not None and _BEFORE_NOW.search(thing[1]) is None

    def _explains_unit(self, quantity: Quantity, start: int, left: int, end: int, last: int) -> bool:
        """Is a figure one of a unit, told in another, or what that one comes to?"""
        text = self._text
        if _EQUATION.search(text, quantity.start, quantity.end):
            return True
        if _is_single(quantity) and _IS_WORTH.match(text, end, min(last, end + _REACH)):
            return True
        if _WORTH.search(text, start, left) is None:
            return False
        before = [k for k in self._reading.by_sentence[quantity.sentence] if self._reading.quantities[k].end <= left]
        return _is_single(quantity) or (bool(before) and _is_single(self._reading.quantities[before[-1]]))


def _is_single(quantity: Quantity) -> bool:
    """Is a figure one of its unit or scale: 1 EFLOPS, 1 crore?"""
    return quantity.value == quantity.scale
