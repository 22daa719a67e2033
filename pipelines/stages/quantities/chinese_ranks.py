"""Chinese ranks: 位居全球第二, 居世界首位, 全国第3位, 第二大经济体. Ordinals of sequence (第二季度, 第三次)
are none."""

import re
from decimal import Decimal

from pipelines.catalogue.chinese import ChineseWords
from pipelines.stages.quantities.chinese_numbers import han_value
from pipelines.stages.quantities.mention import Mention
from pipelines.stages.quantities.stretches import Stretches

_ORDINAL = re.compile(
    r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?P<tail>大|位|名)?|(?P<first>首位|榜首|首名|居首|之首)"
    r"|(?<=[分位][列居])(?P<bare>[二三四五六七八九])(?=[、和与][三四五六七八九十]位)"
    r"|(?<=[分位][列居][二三四五六七八九][、和与])(?P<next>[三四五六七八九十])位"  # 分列二、三位
)
#: 湖北第一,湖南第二,江西第7: a name and an ordinal are all that the clause says.
_LISTED = re.compile(
    r"(?:^|[,\uff0c、:\uff1a;\uff1b])[\u4e00-\u9fff]{2,6}(?P<at>第)(?P<number>[一二三四五六七八九十]{1,3}|\d{1,3})(?=[,\uff0c、;\uff1b。]|$)"
)
_LIST = 3  # clauses that make such a list; 友谊第一,比赛第二 is a saying
_GOES_ON = frozenset(("、", "和", "与", "與", "及", ",", "\uff0c"))  # 分列第一、第二和第四
_IS = re.compile(r"(?:[是为為]|[成作][为為])(?:我国|我國)?$")
_REACH = 10  # characters before an ordinal in which a scope or a verb of rank may stand


def find(text: str, words: ChineseWords, taken: Stretches) -> list[Mention]:
    """Every rank of a compact sentence."""
    found: list[Mention] = []
    listed = {m.start("at"): m["number"] for m in _LISTED.finditer(text)} if text.count("第") >= _LIST else {}
    if len(set(listed.values())) < _LIST:
        listed = {}
    for match in _ORDINAL.finditer(text):
        if taken.holds(match.start()):
            continue
        goes_on = bool(found) and text[found[-1].end : match.start()] in _GOES_ON
        mention = _rank(text, match, words, match.start() in listed or goes_on)
        if mention is not None:
            found.append(mention)
    return found


def _rank(text: str, match: re.Match[str], words: ChineseWords, is_listed: bool) -> Mention | None:
    start, end = match.span()
    window = text[max(0, start - _REACH) : start]
    clause = max(window.rfind(mark) for mark in ",\uff0c。;\uff1b、")
    window = window[clause + 1 :]
    scope, scope_word, at = None, "", -1
    for word, code in words.by_role["scope"].items():
        found = window.rfind(word)
        if found > at:
            scope, scope_word, at = code, word, found
    verb = is_listed or match["bare"] or match["next"] or any(word in window for word in words.by_role["rank_verb"])
    value: Decimal | None
    if match["first"]:
        value = Decimal(1)
        if not (scope or verb or match["first"] in ("居首", "之首")):
            return None
    elif bare := match["bare"] or match["next"]:
        value = han_value(bare)
    else:
        value = Decimal(match["number"]) if match["number"].isdecimal() else han_value(match["number"])
        following = text[end : end + 2]
        if not match["tail"] and any(following.startswith(word) for word in words.by_role["after_ordinal"]):
            return None
        is_named = match["tail"] == "大" and _IS.search(window) is not None  # 美国为第三大贸易伙伴
        if not (scope or verb or is_named) or value is None:
            return None
        if not match["tail"] and not (scope and at + len(scope_word) == len(window)) and not verb:
            return None
    begin = start
    if scope and at + len(scope_word) == len(window):
        begin = start - len(scope_word)
    return Mention(
        start=begin, end=end, i=0, j=0, value=value or Decimal(1), form="ordinal", unit="rank", dimension="rank",
        kind="rank", scope=scope, digits=1, rules=["ordinal and scope"],
    )  # fmt: skip
