"""The head of what a Chinese number is a figure of: 产能利用率为92% states a rate of use, whatever is named around it.

In Chinese the head comes last, before the number and the words of movement. Where it is one that makes a measure of its
own (率, 均价, 时长), only a metric is measured whose name holds it. What does not live here: the names (see `naming`).
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.stages.observations.leaning import A_SHARE_OF_IT
from pipelines.stages.observations.linking import Candidate, Linking

_CLAUSE = re.compile(r"[,;，；。!?！？:：|\n、]")
_TIME = re.compile(
    r"\s?(?:[到至在从由]\s?)?(?:20\d\d\s?年|[今去明前上]年|[一两]年前)[底末初]?[^\d,，]{0,5}$"
)  # 渗透率2024年仅14%
_REACH = 40  # characters of a clause before a number in which its head is looked for


class Heads:
    """The heads of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        words = catalogue.chinese.by_role
        self._light = catalogue.light_words.chinese
        self._heads = tuple(words["head_noun"])
        self._moving = tuple(words["growth_noun"])
        self._others = tuple(words["not_head"])

    def fitting(self, linking: Linking, index: int, candidates: Iterable[Candidate]) -> list[Candidate]:
        """The candidates whose name holds the head, all where the number has none; of another rate those of rates."""
        head, is_sure = self._head_end(linking, index)
        if head < 0:
            return list(candidates)
        return [
            c
            for c in candidates
            if c.why.startswith(A_SHARE_OF_IT)
            or (c.naming is not None and c.naming.start < head <= c.naming.end)
            or (not is_sure and c.metric.is_ratio)
        ]

    def _head_end(self, linking: Linking, index: int) -> tuple[int, bool]:
        """Where the head of a number ends, and whether it is one; -1 where none of those stands before it."""
        quantity, reading = linking.quantities[index], linking.reading
        here = reading.sentences[quantity.sentence]
        if here.language != "zh" or here.block == "row":
            return -1, False
        left = quantity.left
        start = max(here.start, left - _REACH)
        start = max((m.end() for m in _CLAUSE.finditer(reading.folded, start, left)), default=start)
        clause = reading.folded[start:left]
        clause = _TIME.sub("", clause)
        named = clause[: len(self._light.sub(lambda m: " " * len(m.group()), clause).rstrip())]
        if not named.endswith(self._heads) or named.endswith(self._moving):
            return -1, False
        is_other = named.endswith(self._others)
        return (-1 if is_other and quantity.kind != "share" else start + len(named)), not is_other


@lru_cache(maxsize=4)
def heads(catalogue: Catalogue) -> Heads:
    """The heads of a catalogue, kept from article to article."""
    return Heads(catalogue)
