"""What Chinese prose says was added: 新增风电7982万千瓦 is a level of a time, 净增 a change of the stock.

What lives here: which figures behind 新增 are such levels, and that no measure of the stock is theirs. What does not:
the movement words (`zh_words.csv`) and the metrics of additions (`metrics.csv`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.stages.observations.metrics import Linked
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_REACH = 30  # characters before a figure in which the word stands
_CLAUSE = re.compile(r"[,，;；。\n:：、]")
_COMPARED = re.compile(r"[较較比]")  # 较2023年12月新增网民1608万人: a change of the stock
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


def of_additions(linked: Linked, is_level: bool, catalogue: Catalogue) -> Linked:
    """What such a figure measures: no stock, where it is a level, and no additions, where it is a change."""
    metric = catalogue.metrics.get(linked.metric)
    if metric is None or metric.is_increment is is_level or (is_level and metric.stock_or_flow == "flow"):
        return linked
    others = (c.metric for c in linked.runners_up if c.metric.is_increment is is_level and c.metric.unit == metric.unit)
    other = next(others, None)
    return replace(linked, metric=other.id if other is not None else None)
