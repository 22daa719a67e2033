"""What stands behind a Chinese unit and still belongs to its number: 三斤半, 1米75, 9秒83, 五元三角, 四个半小时.

Each reader says how much is added and where it ends. Two whole measures side by side (2小时30分钟) are joined in
`chinese_lists.py`.
"""

import re
from decimal import Decimal

from pipelines.stages.quantities.chinese_lexicon import CLAUSE, Tables, classifier_at, unit_at
from pipelines.stages.quantities.chinese_numbers import CAPITALS, PLAIN

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_HALF = re.compile(r"半(?![导導岛島程径徑途年月天夜个個])")
_TAIL = re.compile(r"(?:\d{1,2}|[一二两兩三四五六七八九]{1,2})(?![\d.,%~一二三四五六七八九十百千万萬亿億多余几-])")
_COIN = re.compile(
    rf"零?(?P<n>\d{{1,2}}|[一二两兩三四五六七八九壹{CAPITALS}])(?P<coin>[角毛分])(?![钟鐘之公米别別析类類店行支])"
)
_SECONDS = re.compile(r"\d{1,2}(?:\.\d{1,3})?秒|[一二两三四五六七八九十]{1,3}秒")
_COINS = {"角": Decimal("0.1"), "毛": Decimal("0.1"), "分": Decimal("0.01")}
Part = tuple[Decimal, int]  # what is added, and the offset after it


def behind(text: str, end: int, surface: str, is_money: bool, table: Tables) -> Part:
    """The part of a unit that stands behind its name, in that unit; the end as it was where there is none."""
    if is_money:
        added, at = _coins(text, end)
        if at > end:
            return added, at
    if _HALF.match(text, end):
        return Decimal("0.5"), end + 1
    return _decimals(text, end, table) if surface in table.words.by_role["parted_unit"] else (Decimal(0), end)


def is_short_money(text: str, at: int, is_numeral: bool, table: Tables) -> str | None:
    """The currency that a word such as 块 names by itself: before a coin or digit (三块五), or behind a
    numeral that ends its clause (四五千块)."""
    code = table.words.by_role["short_money"].get(text[at : at + 1])
    if code is None:
        return None
    goes_on = _coins(text, at + 1)[1] > at + 1 or _decimals(text, at + 1, table)[1] > at + 1
    ends = is_numeral and text[at + 1 : at + 2] in ("", ",", "\uff0c", "。", ";", "\uff1b", "、")
    return code if goes_on or ends else None


def short_coins(text: str, start: int, at: int, table: Tables) -> tuple[str, Decimal, Decimal | None, int] | None:
    """三毛五, 七八毛, 5角: the currency that a coin is a tenth of, how much of it (from, to), and where that ends."""
    code = table.words.by_role["short_coin"].get(text[at : at + 1])
    if code is None or at - start > 2:
        return None
    digits = [int(c) if c.isdecimal() else _DIGITS.get(c, 0) for c in text[start:at]]
    if not all(digits):
        return None
    match = _TAIL.match(text, at + 1)
    if match is not None and len(digits) == len(match.group()) == 1 and _ends(text, at + 2):
        tail = match.group()
        return code, Decimal(10 * digits[0] + (_DIGITS.get(tail) or int(tail))) / 100, None, at + 2
    if not _ends(text, at + 1):  # 珠三角九市
        return None
    if len(digits) == 1 and text[start].isdecimal():
        return code, Decimal(digits[0]) / 10, None, at + 1
    if len(digits) == 2 and digits[1] == digits[0] + 1:
        return code, Decimal(digits[0]) / 10, Decimal(digits[1]) / 10, at + 1
    return None


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] == "、" or CLAUSE.match(text, at) is not None


def is_short_time(text: str, start: int, at: int, table: Tables) -> str | None:
    """The unit that 分 is between hours and seconds: 两小时零八分, 3分25秒. By itself it is a point of a score."""
    code = table.words.by_role["short_time"].get(text[at : at + 1])
    if code is None or unit_at(text, at, table) is not None:
        return None
    is_between = _SECONDS.match(text, at + 1) or text[max(0, start - 3) : start].rstrip("零").endswith(("时", "時"))
    return code if is_between else None


def _coins(text: str, end: int) -> Part:
    """三毛, 六角七分, 3分钱."""
    added, at = Decimal(0), end
    while match := _COIN.match(text, at):
        digits = match["n"]
        added += _COINS[match["coin"]] * (int(digits) if digits.isdecimal() else _DIGITS[digits.translate(PLAIN)])
        at = match.end()
    return added, at + (at > end and text[at : at + 1] in ("钱", "錢"))


def _decimals(text: str, end: int, table: Tables) -> Part:
    """1米75 is 1.75 metres: one or two digits right behind the unit, with no unit of their own."""
    match = _TAIL.match(text, end)
    if match is None or unit_at(text, match.end(), table) or classifier_at(text, match.end(), table):
        return Decimal(0), end
    digits = "".join(c if c.isdecimal() else str(_DIGITS[c]) for c in match.group())
    return Decimal("0." + digits), match.end()
