"""What an English figure says by itself that it is a figure of: "a charge of $800 million", "63 GW of requests".

What a verb of spending governs is spent, whatever is earned beside it ("the company spent $1.9 billion on research").

The noun that "of" ties to a number is what is measured, as the object of "of" behind it is. Where no metric is named by
either, the figure is of none that is named elsewhere. What does not live here: names (see `naming`) and Chinese heads
(see `heads`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import STRONG
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.fits import PERCENT, Fits
from pipelines.stages.observations.naming import Reading

_TOLD = frozenset(("level", "growth", "share"))
#: "a payout of", "costs of as much as", "deals worth": the noun, its "of" and what may stand before the number.
_NOUN_OF = re.compile(
    r"([a-z][a-z'-]*) (?:of|worth) (?:up to |as much as |between |only |just |another |a |an |the )*$"
)
_NOUN_REACH = 60  # characters before a number in which its noun stands
#: "63 GW of requests", "360 MW of gas turbines": the words behind "of", to the end of their phrase.
_OF_THING = re.compile(
    r" of ((?:(?!(?:in|to|by|on|at|from|with|for|that|who|which|as|is|was|are|were|when|than|or|and|this|has|have|had"
    r"|will|would|under|over)\b)[^\s.,;:()]++\s?){1,7})"
)
_IN_THING = r"\s(?:of|in|worth of)\s(?:(?:its|their|the|own|common|new|outstanding|company|class a|hard|net)\s){0,3}"
_TAKES_UP = re.compile(r"(?:it|that|this|them|these|those|which|whom|us|the (?:total|whole|lot|same|sort|kind))\b")
_COUNTED = "count"
_SPENT_REACH = 60  # characters before an amount in which its verb stands
_IS_SPENT = r"\s(?:(?:was|were|is|are|has been|have been|had been|will be|to be|being) )"


class _Spending(NamedTuple):
    """The words of spending and of prices: before an amount (`spends`, `spends_zh`), behind it (`is_spent`), and what
    is paid or held in an amount, behind it (`in_thing`).
    """

    spends: re.Pattern[str]
    is_spent: re.Pattern[str]
    spends_zh: re.Pattern[str]
    price: re.Pattern[str]
    in_thing: re.Pattern[str]


@lru_cache(maxsize=4)
def _spending(catalogue: Catalogue) -> _Spending:
    classes, roles = catalogue.grammar.classes, catalogue.chinese.by_role
    spend, trade = alternatives(classes["spend_verb"]), alternatives(classes["trade_verb"])
    bought = rf"(?:{trade})\b[^\d,;:.]{{1,40}} for (?:[a-z]+ )*$"
    return _Spending(
        re.compile(rf"\b(?:(?:{spend})\b[^\d,;:.]*$|{bought})"),
        re.compile(rf"{_IS_SPENT}(?:{spend})\b"),
        re.compile(rf"(?:{alternatives(roles['spend_verb'])})[^\d,，;；。:：]{{0,6}}$"),
        re.compile(rf"\b(?:{alternatives(classes['price_noun'])})\b"),
        re.compile(rf"{_IN_THING}(?:{alternatives(classes['amount_in'])})\b"),
    )


class OwnHeads:
    """The own heads of the figures of one article."""

    def __init__(self, reading: Reading, fits: Fits) -> None:
        self._reading, self._fits = reading, fits
        classes = reading.catalogue.grammar.classes
        self._light = reading.catalogue.light_words.english | classes["of_another"] | classes["change_noun"]
        self._known: dict[int, bool] = {}
        self._spending = _spending(reading.catalogue)

    def spent_at(self, index: int) -> int:
        """Where the verb begins by which an amount is spent or paid; -1 where there is none."""
        quantity, reading = self._reading.quantities[index], self._reading
        here, left = reading.sentences[quantity.sentence], quantity.left
        if quantity.kind not in ("level", "change") or here.block == "row" or not self._fits.is_money(quantity):
            return -1
        spends = self._spending.spends_zh if here.language == "zh" else self._spending.spends
        verb = spends.search(reading.folded, max(here.start, left - _SPENT_REACH), left)
        if verb is not None:
            return verb.start()
        return quantity.start if self._spending.is_spent.match(reading.folded, quantity.end, here.end) else -1

    def is_of_other(self, index: int) -> bool:
        """Does a figure name by itself a thing that no metric is known of?"""
        if index not in self._known:
            self._known[index] = self._is_of_other(index)
        return self._known[index]

    def _is_of_other(self, index: int) -> bool:
        quantity, reading = self._reading.quantities[index], self._reading
        here = reading.sentences[quantity.sentence]
        if quantity.kind not in _TOLD or here.language != "en" or here.block == "row":
            return False
        return self._has_noun_before(index) or self._has_thing_behind(index) or self._has_price_before(index)

    def _has_noun_before(self, index: int) -> bool:
        """Does a noun that is no metric's name stand before "of" and the number: "a charge of about $800 million"?"""
        quantity, reading = self._reading.quantities[index], self._reading
        here, left = reading.sentences[quantity.sentence], quantity.left
        noun = _NOUN_OF.search(reading.folded, max(here.start, left - _NOUN_REACH), left)
        if noun is None or noun[1] in self._light:
            return False
        named = self._fits.among(reading.meeting(*noun.span(1)), quantity)
        return not any(
            strength == STRONG or reading.cues.of(metric, quantity.sentence) is not None
            for naming in named
            for metric, strength, _ in self._fits.named(naming, quantity)
        )

    def _has_price_before(self, index: int) -> bool:
        """Is an amount a price that its clause tells of: "the price of a gigabyte has risen from N350"?"""
        quantity, reading = self._reading.quantities[index], self._reading
        left, here = quantity.left, reading.sentences[quantity.sentence]
        if not self._fits.is_money(quantity):
            return False
        start = max(reading.clauses.segment_start(left, here.start), left - _SPENT_REACH)
        noun = self._spending.price.search(reading.folded, start, left)
        return noun is not None and not reading.meeting(*noun.span()) and not reading.names_one(start, left)

    def _has_thing_behind(self, index: int) -> bool:
        """Does "of" and a thing that is no metric's name stand behind a level: "63 GW of requests"?"""
        quantity, reading = self._reading.quantities[index], self._reading
        if quantity.kind != "level" or quantity.unit is None or quantity.unit in PERCENT:
            return False
        if self._fits.dimension(quantity.unit) == _COUNTED:
            return False
        here = reading.sentences[quantity.sentence]
        if self._fits.is_money(quantity) and self._spending.in_thing.match(reading.folded, quantity.end, here.end):
            return True
        thing = _OF_THING.match(reading.folded, quantity.end, min(here.end, quantity.end + 80))
        if thing is None or _TAKES_UP.match(thing[1]):
            return False
        if reading.own_words_in(*thing.span(1), "en") < 1.0:
            return False
        return not reading.meeting(*thing.span(1))
