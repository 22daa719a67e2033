"""Figures that strokes part and that have one unit together: 归母净利润分别为105.3/189.6/246.8亿元.

What lives here: which numbers make such a list. What does not: the unit and kind that they share (see `chinese_lists`).
"""

import re
from decimal import Decimal

from pipelines.catalogue.chinese import ChineseWords
from pipelines.stages.quantities.chinese_lists import tells_in_turn
from pipelines.stages.quantities.mention import Mention

_CHAIN = re.compile(r"(?<![A-Za-z0-9_./%-])\d{1,6}(?:\.\d{1,4})?(?:/\d{1,6}(?:\.\d{1,4})?){1,5}(?![\d./])")
_NUMBER = re.compile(r"\d+(?:\.(\d+))?")
_MANY = 3  # numbers that are a list by themselves; 2/3 is a fraction, 24/7 a saying


def find_slashed(text: str, mentions: list[Mention], words: ChineseWords) -> list[Mention]:
    """The numbers before the last of each list, which alone has the unit."""
    found: list[Mention] = []
    if "/" not in text:
        return found
    by_start = {mention.start: mention for mention in mentions}
    for match in _CHAIN.finditer(text):
        parts = list(_NUMBER.finditer(match.group()))
        last = by_start.get(match.start() + parts[-1].start())
        is_list = len(parts) >= _MANY or "." in match.group() or tells_in_turn(text, match.start(), words)
        if not is_list or last is None or last.unit is None or last.form != "digits" or last.high is not None:
            continue
        for part in parts[:-1]:
            start, decimals = match.start() + part.start(), part[1] or ""
            if start in by_start:
                continue
            mention = Mention(
                start=start, end=match.start() + part.end(), i=0, j=0, value=Decimal(part.group()), form="digits",
                digits=len(part.group().replace(".", "").lstrip("0")) or 1, decimals=len(decimals),
            )  # fmt: skip
            found.append(mention)
    return found
