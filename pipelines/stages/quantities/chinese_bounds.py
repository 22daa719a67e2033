"""How firmly a Chinese number is stated: the words and signs before and after it. The words never join the quote."""

import re

from pipelines.stages.quantities.chinese_lexicon import CLAUSE, Tables
from pipelines.stages.quantities.mention import Mention

#: 约占5G基站的26%, 接近宽带用户的三分之一, 不足全国的两成: the word stands before the whole.
_SHARE_BOUND = re.compile(
    r"(?P<bound>约|約|近|超|逾|超过|超過|不到|不足)[占佔为為](?:[^,\uff0c。;\uff1b、\d]|\d(?=G)){0,12}$"
    r"|(?P<nearly>接近|将近|將近|不足|不到|超过|超過)(?:[^,\uff0c。;\uff1b、\d的]|\d(?=G)){2,10}的$"
)
_PART_OF = re.compile(r"[成半]|分之")
_TIMES_BOUND = re.compile(
    r"(?P<bound>约|約|近|超过|超過|逾|不到|差不多|大致)(?:[是为為于於]|相当于|相當於)[^,\uff0c。;\uff1b、]{1,32}的$"
    r"|(?P<nearly>接近|将近|將近|不到|超过|超過)[^,\uff0c。;\uff1b、]{1,32}的$"
)
_TIMES_REACH = 40  # characters from 约为 over what is compared with, to its multiple
_PHRASE = 10  # characters behind a number in which the noun stands that it is a figure of
_FILLER = re.compile(r"(?:了|人民币|人民幣|全年|已|共|有|将|的|是|可容纳|可容納|可达|可達|可)$")


def is_bounded(text: str, start: int, table: Tables) -> bool:
    """Whether a bound stands before a small numeral, which makes it a figure: 至少三家."""
    match = table.words.bound_before.search(text, max(0, start - 4), start)
    return match is not None and table.words.by_role["bound_before"][match.group()] != "="


def read_bound(text: str, mention: Mention, table: Tables) -> None:
    """Set the bound of a mention from the signs and words around it, the nearest first."""
    at = mention.start
    mention.bound_start = at
    while at and text[at - 1] in "~>≥<≤≈约":
        sign = {"~": "~", "≈": "~", ">": ">", "≥": ">=", "<": "<", "≤": "<=", "约": "~"}[text[at - 1]]
        mention.bound, mention.bound_text, at = sign, text[at - 1], at - 1
        mention.bound_start = at
    for _ in range(3):
        filler = _FILLER.search(text, max(0, at - 6), at)
        start = filler.start() if filler else at
        match = table.words.bound_before.search(text, max(0, start - 8), start)
        if match is None and filler:
            match = table.words.bound_before.search(text, max(0, at - 8), at)
        if match is None:
            break
        bound = table.words.by_role["bound_before"][match.group()]
        if (
            bound != "="
            and not _is_surplus(text, match.end(), table)
            and (mention.bound == "=" or mention.bound_text in table.words.by_role["inexact"])
            and not (
                match.group() in table.words.by_role["short_bound"]
                and text[match.start() - 1 : match.start()] in table.words.by_role["joins_short_bound"]
            )
        ):
            mention.bound, mention.bound_text = bound, match.group()
        at = match.start()
        mention.bound_start = at
    if mention.bound == "=" and mention.dimension == "ratio":
        match = _SHARE_BOUND.search(text, max(0, mention.start - 16), mention.start)
        word = (match["bound"] or match["nearly"]) if match is not None else ""
        if match is not None and (match["bound"] or _PART_OF.search(text, mention.start, mention.end)):
            mention.bound, mention.bound_text = table.words.by_role["bound_before"].get(word, "="), word
    if mention.bound in ("<", ">") and _is_reference(text, mention, table):
        mention.bound, mention.bound_text = "=", None
    if mention.bound == "=" and mention.dimension == "multiple":
        match = _TIMES_BOUND.search(text, max(0, mention.start - _TIMES_REACH), mention.start)
        if match is not None:
            word = match["bound"] or match["nearly"]
            mention.bound, mention.bound_text = table.words.by_role["bound_before"].get(word, "="), word
    included = text.startswith("(含)", mention.end)
    match = table.words.bound_after.match(text, mention.end + 3 * included)
    if match is not None and text[match.end() : match.end() + 1].isdecimal():
        return  # 比590亿美元多1.5%: the word compares with the number before it
    if match is not None and mention.bound == "=" and not table.words.not_bound_after.match(text, mention.end):
        if match.group() in table.words.by_role["closing_bound"] and text[match.end() : match.end() + 1] not in (
            "",
            ",",
            "\uff0c",
            "。",
            "、",
        ):
            return
        of_age = table.words.by_role["bound_after_age"] if text[mention.end - 1] in table.words.by_role["age"] else {}
        word = match.group()
        mention.bound, mention.bound_text = of_age.get(word) or table.words.by_role["bound_after"][word], word


def _is_surplus(text: str, end: int, table: Tables) -> bool:
    """出超1571亿美元 names what is told, 支出超3亿元 says more than."""
    low = max(0, end - 3)
    if table.words.surplus.search(text, low, end) is None:
        return False
    return not any(text.endswith(word, low, end) for word in table.words.by_role["not_surplus"])


def _is_reference(text: str, mention: Mention, table: Tables) -> bool:
    """低于5.0%的控制目标: what something is held against is stated exactly."""
    if not text.startswith("的", mention.end):
        return False
    edge = CLAUSE.search(text, mention.end)
    phrase = text[mention.end + 1 : min(edge.start() if edge else len(text), mention.end + _PHRASE)]
    return any(phrase.endswith(word) for word in table.words.by_role["reference"])
