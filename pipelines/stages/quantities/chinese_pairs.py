"""Chinese numbers that state one thing together: parts of a hundred (2.9:38.6:58.5), the price of one currency in
another (1美元兑7.1元), and the amount that another figure is stated for (每投入1元, 带动3元), which is none of its own.
"""

import re
from decimal import Decimal
from itertools import pairwise

from pipelines.stages.quantities.chinese_lexicon import Tables
from pipelines.stages.quantities.mention import Mention

_SHARES = re.compile(r"(?<![\d.:\uff1a∶])\d{1,2}(?:\.\d+)?(?:[:\uff1a∶]\d{1,2}(?:\.\d+)?){1,5}(?![\d.:\uff1a∶])")
_SHARE = re.compile(r"\d+(?:\.\d+)?")
_ROUNDING = Decimal("0.3")  # how far rounded parts may be from a hundred together
_EXCHANGE = re.compile(r"[兑兌](?:换|換|为|為|约|約)?")
_EQUALS = re.compile(r"(?:等[于於]|=)")
_BASE = frozenset((1, 100, 1000, 10000))


def find_proportions(text: str) -> list[Mention]:
    """The parts of a whole, where together they are a hundred: 三次产业结构为2.9:38.6:58.5."""
    found: list[Mention] = []
    for group, match in enumerate(_SHARES.finditer(text)):
        parts = list(_SHARE.finditer(text, match.start(), match.end()))
        if abs(sum((Decimal(part.group()) for part in parts), Decimal(-100))) > _ROUNDING:
            continue
        for part in parts:
            whole, _, decimals = part.group().partition(".")
            mention = Mention(
                start=part.start(), end=part.end(), i=0, j=0, value=Decimal(part.group()), form="share", unit="%",
                dimension="ratio", kind="share", digits=len(whole + decimals), decimals=len(decimals),
                group=-1 - group, respectively=True, rules=["parts of a hundred"],
            )  # fmt: skip
            found.append(mention)
    return found


_TO_ONE = re.compile(r"(?<![\d.:\uff1a∶])(?P<many>\d{1,4}(?:\.\d{1,3})?)[:\uff1a∶比]1(?![\d.:\uff1a∶])")
_PROPORTION = re.compile(r"(?:比(?![分赛賽])|赔率|賠率|杠杆|槓桿)[^,\uff0c。;\uff1b\d]{0,8}$")


def find_to_one(text: str) -> list[Mention]:
    """压缩比为12:1, 男女比例3比1: how many there are to one, where the word for it stands before. A score is none."""
    found: list[Mention] = []
    if ":1" not in text and "\uff1a1" not in text and "∶1" not in text and "比1" not in text:
        return found
    for match in _TO_ONE.finditer(text):
        if _PROPORTION.search(text, max(0, match.start() - 12), match.start()) is None:
            continue
        whole, _, decimals = match["many"].partition(".")
        mention = Mention(
            start=match.start(), end=match.end(), i=0, j=match.end(), value=Decimal(match["many"]), form="digits",
            unit="x", dimension="multiple", kind="ratio", digits=len(whole + decimals), decimals=len(decimals),
            rules=["ratio to one"],
        )  # fmt: skip
        found.append(mention)
    return found


def join_exchange(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """1美元兑7.12元 is 7.12 CNY/USD: what the amount is exchanged for, per unit of it."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.unit is not None
            and mention.unit is not None
            and last.value in _BASE
            and last.dimension.startswith("money")
            and mention.dimension.startswith("money")
            and last.unit != mention.unit
            and _EXCHANGE.fullmatch(text, last.end, mention.start)
        ):
            per = last.unit if last.value == 1 else f"{int(last.value)}_{last.unit}"
            mention.unit, mention.kind = f"{mention.unit}/{per}", "ratio"
            mention.dimension = table.units.get(mention.unit).dimension
            mention.rules.append("the price of a currency")
            kept[-1] = mention
            continue
        if last is not None and _is_price_of(text, last, mention):
            last.unit, last.kind = f"{last.unit}/{mention.unit}", "ratio"
            last.dimension = table.units.get(last.unit).dimension
            last.rules.append("the price of a currency")
            continue
        kept.append(mention)
    return kept


def _is_price_of(text: str, last: Mention, mention: Mention) -> bool:
    """30.6元兌1美元: the price stands before the currency that it is of."""
    if last.unit is None or mention.value != 1 or last.unit == mention.unit or "/" in last.unit:
        return False
    is_money = last.dimension.startswith("money") and mention.dimension.startswith("money")
    return is_money and _EXCHANGE.fullmatch(text, last.end, mention.start) is not None


def leave_out_bases(text: str, mentions: list[Mention], table: Tables) -> list[Mention]:
    """Without the amounts that others are stated for: of 每投入1元将带动3元 only the 3元 is a figure."""
    mentions = _without_units_told(text, mentions)
    if "每" not in text:
        return mentions
    return [
        mention
        for k, mention in enumerate(mentions)
        if k + 1 == len(mentions)
        or mention.kind
        or table.words.each_of.search(text, max(0, mention.start - 8), mention.start) is None
    ]


def _without_units_told(text: str, mentions: list[Mention]) -> list[Mention]:
    """Without what only explains a unit: (1太瓦时等于10亿千瓦时)."""
    told = {
        id(mention)
        for one, two in pairwise(mentions)
        if one.value == 1
        and one.dimension
        and one.dimension == two.dimension
        and _EQUALS.fullmatch(text, one.end, two.start)
        for mention in (one, two)
    }
    return [m for m in mentions if id(m) not in told] if told else mentions
