"""What Chinese prose says was added: 新增风电7982万千瓦 is a level of a time, 净增 a change of the stock.

What lives here: which figures behind 新增 are such levels, that no measure of the stock is theirs where additions have
one of their own, and that the parts of what was added were added, too. What does not: the movement words
(`zh_words.csv`) and the metrics of additions (`metrics.csv`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.script import fold
from pipelines.stages.observations.metrics import Linked
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_REACH = 30  # characters before a figure in which the word stands
_CLAUSE = re.compile(r"[,，;；。\n:：、]")
_COMPARED = re.compile(r"[较較比]")  # 较2023年12月新增网民1608万人: a change of the stock
_PARTS = "其中"
_ITEM = re.compile(r"(?:其中)?[:：,，]?([\u3400-\u9fff]{2,10}?)(?:为|約|约|达|達)?$")
_WHOLE = 120  # characters from an addition to its parts
_ENDS = re.compile(r"[;；。\n]|累计|总量|总装机|装机规模")
_RATES = ("pp", "bp", "%", "x")


def added(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], catalogue: Catalogue
) -> dict[int, bool]:
    """The figures of what was added, by their place: True for a level, False where it is compared with the stock."""
    found: dict[int, bool] = {}
    words = tuple(catalogue.chinese.by_role["added"])
    for k, q in enumerate(quantities):
        if q.kind != "change" or q.unit in _RATES or sentences[q.sentence].language != "zh":
            continue
        low = max(sentences[q.sentence].start, q.left - _REACH)
        start = max((m.end() for m in _CLAUSE.finditer(article.text, low, q.left)), default=low)
        clause = article.text[start : q.left]
        at = max(clause.rfind(word) for word in words)
        if at >= 0 and sentences[q.sentence].block != "row":
            found[k] = _COMPARED.search(clause, 0, at) is None
    return found


def as_levels(quantities: Sequence[Quantity], found: dict[int, bool]) -> list[Quantity]:
    """The quantities, those of what was added as levels."""
    return [replace(q, kind="level", trend=None) if found.get(k) else q for k, q in enumerate(quantities)]


def is_of_stock(linked: Linked, catalogue: Catalogue) -> bool:
    """5G基站新增4.1万个: is it a stock that grew, of which additions have no measure of their own?"""
    metric = catalogue.metrics.get(linked.metric)
    if metric is None or metric.is_increment or metric.stock_or_flow != "stock":
        return False
    return (metric.subject, metric.dimension, metric.unit) not in catalogue.metrics.increments


def of_additions(linked: Linked, is_level: bool, catalogue: Catalogue) -> Linked:
    """What such a figure measures: no stock, where it is a level, and no additions, where it is a change."""
    metric = catalogue.metrics.get(linked.metric)
    if metric is None or metric.is_increment is is_level or (is_level and metric.stock_or_flow == "flow"):
        return linked
    others = (c.metric for c in linked.runners_up if c.metric.is_increment is is_level and c.metric.unit == metric.unit)
    other = next(others, None)
    return replace(linked, metric=other.id if other is not None else None)


def parts_of_additions(
    article: Article, sentences: Sequence[Sentence], quantities: Sequence[Quantity], linked: Sequence[Linked],
    catalogue: Catalogue,
) -> list[Linked]:  # fmt: skip
    """新增装机3.1亿千瓦,其中水电716万千瓦、风电6109万千瓦: the parts of an addition are additions, not stocks."""
    told = list(linked)
    whole = -1  # the last figure of additions in the sentence
    for k, (q, one) in enumerate(zip(quantities, linked, strict=True)):
        metric = catalogue.metrics.get(one.metric)
        if whole >= 0 and quantities[whole].sentence != q.sentence:
            whole = -1
        if q.kind != "level" or sentences[q.sentence].language != "zh" or sentences[q.sentence].block == "row":
            continue
        if (
            metric is not None
            and metric.is_increment
            and article.text.find(_PARTS, max(one.start, q.left - _WHOLE), q.left) < 0
        ):
            whole = k
        elif whole >= 0 and q.unit == quantities[whole].unit and metric is not None and not metric.is_increment:
            end = quantities[whole].end
            between = article.text[end : min(q.left, end + _WHOLE)]
            if q.left - end <= _WHOLE and _PARTS in between and not _ENDS.search(between):
                told[k] = _as_addition(one, between, linked[whole].metric, catalogue)
    return told


def _as_addition(linked: Linked, words: str, whole: str | None, catalogue: Catalogue) -> Linked:
    """The metric of what was added of the thing that words name at their end, or none; that of the whole where they
    name nothing.
    """
    clause = _CLAUSE.split(words)[-1]
    if not clause.strip():
        return replace(linked, metric=whole)
    item = _ITEM.search(clause)
    if item is None:
        return replace(linked, metric=None)
    name = fold(item[1])
    added = [form for word in catalogue.chinese.by_role["added"] for form in (name + word, word + name)]
    named = (metric for form in added for metric, _ in catalogue.metrics.named(form) if metric.is_increment)
    metric = next(named, None)
    return replace(linked, metric=metric.id if metric is not None else None)
