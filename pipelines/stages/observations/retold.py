"""The time to come of a headline's figure that a sentence of the story tells again with its time.

What lives here: 客流将达95亿人次 over 预计2026年客流将达95亿人次. What does not: the period that all of an
article is about (see `period_focus`).
"""

from collections.abc import Sequence

from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_OWN = ("clause", "sentence")
_ALL = "article"  # why a time is the one that everything is about
_NEAR = 12  # figures below the headline


def with_retold(sentences: Sequence[Sentence], quantities: Sequence[Quantity], whens: Sequence[When]) -> list[When]:
    """The periods, with that of each figure of the headline as the story tells it of a time to come."""
    titled = [k for k, q in enumerate(quantities) if sentences[q.sentence].block == "title"]
    first = titled[-1] + 1 if titled else 0
    answer = list(whens)
    for k in titled:
        if whens[k].why[:1] not in ((), (_ALL,)):
            continue
        for later in range(first, min(first + _NEAR, len(quantities))):
            if _is_same(quantities[k], quantities[later]):
                told = whens[later]
                if told.why[:1] and told.why[0] in _OWN and _is_to_come(told):
                    answer[k] = replace(whens[k], start=told.start, end=told.end, text=told.text, why=told.why)
                break
    return answer


def _is_to_come(told: When) -> bool:
    return told.end is not None and told.written is not None and told.end > told.written


def _is_same(one: Quantity, two: Quantity) -> bool:
    return (one.value, one.value_high, one.unit, one.kind) == (two.value, two.value_high, two.unit, two.kind)
