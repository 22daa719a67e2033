"""A text in the stretches in which its figures are read together: its sentences, and long ones in parts.

A "sentence" of thousands of figures is a list or a broken page. Read in parts, it costs no more than as many sentences,
so that what looks at all figures of a sentence stays linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity
from pipelines.vocabulary.values import replace

_MOST = 40  # figures read together
_DATELINE = re.compile(
    r"[\u4e00-\u9fff]{2,16}\d{1,2}日(?:专|專)?[电電]"
    r"|[A-Z][A-Z .,'\u2019/-]{2,30}(?:\([A-Za-z ]{2,24}\)\s?)?\s?[-\u2013\u2014]{1,2}\s?(?=\S)"
)
_LABEL = re.compile(r"《[^《》]{2,8}》(?=[^\s,\uff0c、和及与與])")


def stretches(sentences: list[Sentence], quantities: list[Quantity]) -> Iterator[tuple[Sentence, list[int]]]:
    """Each sentence, in order, with the indexes of its quantities; one with too many comes in several parts."""
    by_sentence: dict[int, list[int]] = {}
    for index, quantity in enumerate(quantities):
        by_sentence.setdefault(quantity.sentence, []).append(index)
    for number, sentence in enumerate(sentences):
        indexes = by_sentence.get(number, [])
        if len(indexes) <= _MOST:
            yield sentence, indexes
            continue
        start = sentence.start
        for k in range(0, len(indexes), _MOST):
            part = indexes[k : k + _MOST]
            last = k + _MOST >= len(indexes)
            end = sentence.end if last else max(quantities[part[-1]].end, start + 1)
            yield (sentence if last and not k else replace(sentence, start=start, end=end)), part
            start = end


def stories(text: str, sentences: list[Sentence]) -> tuple[int, ...]:
    """Where the stories of a roundup begin: at a dateline of its own, or a label (《內地經濟》); none in an article."""
    found: list[int] = []
    labelled: list[int] = []
    last = -1
    for sentence in sentences:
        if sentence.paragraph != last:
            last = sentence.paragraph
            near = min(sentence.end, sentence.start + 70)
            if sentence.block == "paragraph" and _DATELINE.match(text, sentence.start, near):
                found.append(sentence.start)
            elif sentence.block in ("paragraph", "heading") and _LABEL.match(text, sentence.start, near):
                labelled.append(sentence.start)
    longest = max(found, labelled, key=len)
    return tuple(longest) if len(longest) > 2 else ()


class Blocks:
    """Which block of the page a place in the text stands in."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [s.start for s in sentences]

    def at(self, offset: int) -> str:
        """The block of the sentence at an offset; "" between sentences."""
        k = bisect_right(self._starts, offset) - 1
        return self._sentences[k].block if k >= 0 and offset < self._sentences[k].end else ""
