"""Chinese numbers that say which things are counted, not how much there is: 10万千瓦及以上的电站, 3亿元以上的项目12个.

Ages are told by their unit (see `chinese_measures.py`).
"""

import re

from pipelines.stages.quantities.chinese_lexicon import CLAUSE, Tables, noun_at
from pipelines.stages.quantities.mention import LIMITS, Mention

_NO_SIZE = ("count", "ratio", "points", "rank", "multiple", "pure")  # dimensions that say how many, not how big
_CLASS = re.compile(r"(?:\(含\))?(?:及|或|和)以[上下]")  # 及以上 bounds a class of things, 以上 may be only a bound
_OF = re.compile(r"(?:以[上下内])?的?")


def limit_things(text: str, mentions: list[Mention], table: Tables) -> None:
    """Mark what limits the things that a figure behind it is told of."""
    for k, mention in enumerate(mentions):
        if mention.kind != "level" or mention.bound not in LIMITS or mention.dimension.startswith(_NO_SIZE):
            continue
        if match := _CLASS.match(text, mention.end):
            is_limit = not _ends(text, match.end())
        elif mention.dimension.startswith("money") and table.words.priced.match(text, mention.end):
            is_limit = True  # 1500元以下价位段
        else:
            is_limit = k + 1 < len(mentions) and _limits(text, mention, mentions[k + 1], table)
        if is_limit:
            mention.kind = "condition"
            mention.rules.append("limits what is counted")


def _ends(text: str, at: int) -> bool:
    """Whether nothing follows in the clause that could be limited: 装机达到10万千瓦及以上。"""
    return at == len(text) or CLAUSE.match(text, at) is not None


def _limits(text: str, mention: Mention, behind: Mention, table: Tables) -> bool:
    """装机超过500万千瓦的省区已有8个: 的 and a noun that may be counted, and the figure that is told of it."""
    match = _OF.match(text, mention.end)
    if match is None or not match.group().endswith("的") or CLAUSE.search(text, match.end(), behind.start):
        return False
    return behind.dimension.startswith(("count", "ratio")) and noun_at(text, match.end(), table) is not None
