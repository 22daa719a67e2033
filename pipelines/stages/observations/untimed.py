"""What is to come, and nobody says when: "The company plans to expand to a million GPUs".

What lives here: that such a figure has no period, whatever time the article or the paragraph tells of that is over.
What does not: the time that a sentence names itself (see `periods`), and what results are set beside (see `status`).
"""

import re
from collections.abc import Sequence

from pipelines.catalogue.sought import Guarded
from pipelines.stages.observations.when import When
from pipelines.vocabulary.article import Article, Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_FAR = (("article",), ("paragraph",))  # what decided where a time stands outside the figure's own sentence
_BEFORE = 160  # characters of a sentence before a figure
_TO_COME = Guarded(
    r"\b(?:will|shall|(?:is|are) (?:projected|expected|forecast|set|likely|seen|due) to)\s",
    ("will", "shall", "projected", "expected", "forecast", "set to", "likely", "seen to", "due to"),
)
#: What was expected of a time that is over, and guidance for the one that is told of.
_OF_RESULTS = re.compile(
    r"\b(?:analysts?|economists|consensus|guidance|outlook|mid-?point|below|above|beat(?:ing|s)?|exceed(?:ed|ing)"
    r"|short of|ahead of|in line with|had|meeting|met|inside|within|hit|miss(?:ed|ing)"
    r"|achieved|reached|quarter|margins?|per share|tax rate)\b",
    re.I,
)


def without_time(
    article: Article,
    sentences: Sequence[Sentence],
    quantities: Sequence[Quantity],
    whens: list[When],
    states: list[str],
) -> list[When]:
    """The times, without those that are over of goals and expectations that name none."""
    return [
        replace(when, start=None, end=None, text=None, whole=None, why=(*when.why, "to come, without a time"))
        if state != "actual" and _is_past(when) and _is_open(article.text, sentences[q.sentence], q, state)
        else when
        for q, when, state in zip(quantities, whens, states, strict=True)
    ]


def _is_past(when: When) -> bool:
    """Whether a time is over that stands outside the sentence."""
    return when.why[:1] in _FAR and bool(when.end and when.written and when.end < when.written)


def _is_open(text: str, sentence: Sentence, q: Quantity, state: str) -> bool:
    """Whether a figure is one to come, and not what results of a time that is over are set beside."""
    if sentence.language != "en" or sentence.block == "row":
        return False
    low = max(sentence.start, q.start - _BEFORE)
    if _OF_RESULTS.search(text, low, q.start):
        return False
    return state == "target" or _TO_COME.search(text, low, q.start) is not None
