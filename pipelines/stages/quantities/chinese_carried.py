"""What a Chinese sentence leaves to the one before: 出口芯片1677亿个。进口2818亿个。

A classifier alone goes on with what it counted last, 这个数 takes up the last figure with its unit, and percentages of
which only the times are told go on with a growth.
"""

import re
from collections.abc import Sequence

from pipelines.stages.quantities.chinese_kinds import is_of_time_only
from pipelines.stages.quantities.chinese_lexicon import Tables, noun_from
from pipelines.stages.quantities.mention import FAR_COUNT
from pipelines.vocabulary.quantity import USUAL, Quantity
from pipelines.vocabulary.values import replace

_REACH = 60  # characters of its own sentence in which a number's noun can stand
_STATED = frozenset(("level", "change"))
_THIS_FIGURE = re.compile(r".{0,4}?[这這该該此][一个個]?(?:数字|數字|数据|數據|数值|數值|数|數|规模|規模)")

#: 去年12月还是63万亿: a sentence that names only a time goes on with the figure before it.
_ONLY_TIME = re.compile(
    r"(?=.{0,11}[年月季日底末])[\d一二三四五六七八九十两前全去今明本上下半年月季度末底初份期日时時候]{1,12}[,\uff0c]?"
    r"(?:这一?数字)?[已则則为為是达達就還还只才仅僅有]{0,3}"
)


def carry(
    text: str, begin: int, found: Sequence[Quantity], before: Sequence[Quantity], table: Tables
) -> list[Quantity]:
    """The quantities of a sentence that begins at `begin`, with units and growth that the sentence `before` tells."""
    takes_up = before and any(q.unit is None for q in found) and _THIS_FIGURE.match(text, begin) is not None
    first = found[0].bound_start if found else begin
    goes_on = bool(before) and _ONLY_TIME.fullmatch(text, begin, first) is not None
    before = before[-FAR_COUNT:]
    found = _growing(text, begin, found, before)
    carried: list[Quantity] = []
    for quantity in found:
        unit = quantity.unit
        if quantity.kind in _STATED and quantity.noun_start < 0:
            classifier = text[quantity.end - 1]
            if classifier in table.nouns.classifiers and (unit is None or USUAL in quantity.rules):
                if before and not _has_noun(text, max(begin, quantity.start - _REACH), quantity.start, table):
                    unit = _counted(text, before, classifier, table) or unit
            elif unit is None and quantity.scale > 1 and (takes_up or goes_on):
                unit = next((q.unit for q in reversed(before) if q.unit and q.kind in _STATED), None)
        carried.append(quantity if unit == quantity.unit else replace(quantity, unit=unit))
    return carried


def _growing(text: str, begin: int, found: Sequence[Quantity], before: Sequence[Quantity]) -> Sequence[Quantity]:
    """同比增长5.2%。一季度5.4%、二季度5.2%: the percentages of a sentence that names but times, as growth."""
    last = next((q for q in reversed(before) if q.unit == "%"), None)
    if last is None or last.kind != "growth":
        return found
    grown = list(found)
    for k, quantity in enumerate(found):
        if quantity.kind != "share" or quantity.unit != "%":
            break
        if not is_of_time_only(text, quantity.bound_start, begin):
            break
        trend = "down" if quantity.value < 0 else "up"
        grown[k] = replace(quantity, kind="growth", trend=trend, versus=quantity.versus or last.versus)
    return grown


def _has_noun(text: str, start: int, stop: int, table: Tables) -> bool:
    """Whether the sentence itself names something countable before a number, so that it does not go on with another."""
    k = start
    while k < stop:
        size, code = noun_from(text, k, table)
        if code and size > 1:
            return True
        k += size
    return False


def _counted(text: str, before: Sequence[Quantity], classifier: str, table: Tables) -> str | None:
    """What a classifier counted last among the figures of a sentence."""
    for quantity in reversed(before):
        at = quantity.noun_start if quantity.noun_start > quantity.start else quantity.end
        is_counted = quantity.unit is not None and table.units.get(quantity.unit).dimension.startswith("count")
        if is_counted and text[at - 1] == classifier and "/" not in (quantity.unit or ""):
            return quantity.unit
    return None
