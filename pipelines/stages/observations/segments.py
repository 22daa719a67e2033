"""The part of a company whose figure is told: "cloud revenue rose 20%", 增值服务收入913亿元, 手机占营收三成.

What lives here: the words that say of a measure which its parts have as well (`of_segments`) which part it is of, so
that the revenue of a segment is never taken for that of the company. What does not: the segments that the catalogue
knows by name (`dimension_keys`) and companies.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalogue import Catalogue
from pipelines.catalogue.script import fold
from pipelines.catalogue.table import alternatives
from pipelines.stages.observations.metrics import Linked
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity

#: Keys under which a part is stated already.
_STATED = frozenset(("product", "region", "technology", "industry", "use"))
_REACH = 60  # characters to either side of a name in which the words of its part stand
_MOST = 5  # words that name a part
_NEAR_ZH = 8  # characters before a figure in which its measure ends
_LONGEST_ZH = 16  # characters of its name in Chinese
_WORD = re.compile(r"[\w&][\w&.+/'\u2019-]*")
_NO_WORD = re.compile(r"[\d.,]+|[QH]\d|[1-4][QH]\w*|FY\d*|\w*-quarter", re.I)
_BREAK_ZH = re.compile(r"[,，;；。:：?？!！“”【】|\n\d%％]|(?<=[\u3400-\u9fff])\s")
_BREAK = re.compile(r"[,，;；:：]")
_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]")
_KINDS = "segment|unit|division|business|arm|group|operations|line"
_KINDS_ZH = ("业务", "業務", "板块", "板塊")
_KIND_BEHIND = re.compile(rf"\s?\b(?:{_KINDS})$", re.I)
#: "sales at the client and gaming unit", "revenue in the cloud segment": the part behind its measure.
_IN_UNIT = re.compile(rf"\s(?:in|at|of|from) (?:its |the |their )?((?:[\w&/'\u2019-]+ ){{1,5}}?)(?:{_KINDS})\b", re.I)


class _Words(NamedTuple):
    """What is no part: English words, what stands about a Chinese name of one, and what is in none."""

    light: frozenset[str]
    before_part: re.Pattern[str]
    behind_part: re.Pattern[str]
    no_part: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(catalogue: Catalogue) -> _Words:
    roles = catalogue.chinese.by_role
    about = alternatives(roles["about_part"])
    return _Words(
        catalogue.light_words.english | catalogue.grammar.classes["no_part"],
        re.compile(rf"^(?:{about}|\s)+"),
        re.compile(rf"(?:{about}|\s)+$"),
        re.compile(alternatives(roles["no_part"])),
    )


class Segments:
    """The parts of companies that the figures of one article are of."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
        self._text, self._sentences, self._catalogue = article.text, sentences, catalogue
        self._words = _words(catalogue)

    def tell(self, quantities: Sequence[Quantity], linked: Sequence[Linked], found: Sequence[dict[str, str]]) -> None:
        """Adds the part to the breakdown of each figure that is of one."""
        measures = self._catalogue.metrics.of_segments
        for quantity, one, dimensions in zip(quantities, linked, found, strict=True):
            here = self._sentences[quantity.sentence]
            if one.metric not in measures or here.block == "row" or not here.start <= one.start < here.end:
                continue
            is_own = one.start < quantity.start or not _BREAK.search(self._text, quantity.end, one.start)
            is_asked = is_own and "company" in dimensions and _STATED.isdisjoint(dimensions)
            part = self._part(quantity, one, here) if is_asked else ""
            is_company = part and (part in dimensions["company"] or self._is_company(part))
            if part and not is_company and dimensions.get("segment", "").lower() in part.lower():
                dimensions["segment"] = part

    def _part(self, quantity: Quantity, one: Linked, here: Sentence) -> str:
        """The words of the part, or none."""
        end = self._head(one)
        if here.language == "zh":
            if quantity.kind == "share":
                return self._sharer(quantity, here)
            return self._before_zh(self._own_head(quantity, end), here)
        if quantity.kind == "share":
            return ""
        last = one.start + len(one.label)
        behind = _IN_UNIT.match(self._text, last, min(here.end, last + _REACH))
        return behind[1].strip() if behind is not None else self._before(end, here)

    def _head(self, one: Linked) -> int:
        """Where the words of a measure begin at the end of its name: "revenue" of "gaming revenue".

        A name without such words is that of a part ("gaming"), or a verb behind one ("brought in").
        """
        named = fold(one.label)
        head = self._catalogue.company_words.measure.search(named)
        metric = self._catalogue.metrics.get(one.metric)
        is_of_all = named in self._words.light or (metric is not None and named in metric.faint_aliases)
        return one.start + (head.start() if head is not None else 0 if is_of_all else len(named))

    def _own_head(self, quantity: Quantity, named: int) -> int:
        """Where the measure right before a Chinese figure begins, else the one that named it: 服务收入约为30亿元."""
        for end in range(quantity.left, max(named, quantity.left - _NEAR_ZH), -1):
            if _BREAK_ZH.match(self._text, end - 1):
                break
            head = self._catalogue.company_words.measure.search(fold(self._text[named:end]))
            if head is not None:
                return named + head.start()
        return named

    def _before(self, end: int, here: Sentence) -> str:
        """The words right before a measure that name a part: "Client segment revenue"."""
        start = max(here.start, end - _REACH)
        first, last = end, -1
        for word in reversed(list(_WORD.finditer(self._text, start, end))[-_MOST:]):
            low = word[0].lower()
            if self._text[word.end() : first].strip() or (word.start() == start > here.start):
                break
            if low != "and" or last < 0:
                is_verb = word[0].islower() and self._catalogue.grammar.is_verb(low)
                if low in self._words.light or is_verb or low.endswith(("'s", "\u2019s")) or _NO_WORD.fullmatch(low):
                    break
                last = max(last, word.end())
            first = word.start()
        part = self._text[first:last].removeprefix("and ").strip() if last > first else ""
        return _KIND_BEHIND.sub("", part)

    def _before_zh(self, end: int, here: Sentence) -> str:
        """The words right before a measure, back to the last break: 增值服务 of 增值服务收入."""
        return self._bare(_BRACKET.sub("", self._text[max(here.start, end - _REACH) : end]))

    def _sharer(self, quantity: Quantity, here: Sentence) -> str:
        """What takes a share: 手机 of 手机占营收三成 and of 手机占16%."""
        words = _BRACKET.sub("", self._text[max(here.start, quantity.left - _REACH) : quantity.left])
        at = max(words.rfind("占"), words.rfind("佔"))
        bare = self._bare(words[:at].removesuffix("各")) if at > 0 and not _BREAK_ZH.search(words, at) else ""
        head = self._catalogue.company_words.measure.search(fold(bare))
        return bare if head is None else bare[: head.start()]

    def _bare(self, words: str) -> str:
        """What Chinese words name behind their last break, without a company's name."""
        start = max((m.end() for m in _BREAK_ZH.finditer(words)), default=0)
        bare = self._stripped(words[start:])
        owner = next((m for m in self._catalogue.organisations.find(bare) if m.start == 0), None)
        if owner is not None:
            bare = self._stripped(bare[owner.end :])
        is_none = not 1 < len(bare) <= _LONGEST_ZH or bare in _KINDS_ZH or self._words.no_part.search(fold(bare))
        return "" if is_none else bare

    def _stripped(self, words: str) -> str:
        """Chinese words without what leads them in and closes them: 其中, 全年, 实现."""
        folded = fold(words)
        before = self._words.before_part.match(folded)
        start = before.end() if before is not None else 0
        behind = self._words.behind_part.search(folded, start)
        return words[start : behind.start() if behind is not None else len(words)].strip("、的")

    def _is_company(self, part: str) -> bool:
        """Is a part only the name of a company?"""
        return any(m.start == 0 and m.end >= len(part) for m in self._catalogue.organisations.find(part))
