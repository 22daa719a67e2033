"""A text in the stretches in which its figures are read together: its sentences, and long ones in parts.

A "sentence" of thousands of figures is a list or a broken page. Read in parts, it costs no more than as many sentences,
so that what looks at all figures of a sentence stays linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_MOST = 40  # figures read together
_DATELINE = re.compile(r"[A-Z][A-Z .,'\u2019/-]{2,30}(?:\([A-Za-z ]{2,24}\)\s?)?\s?[-\u2013\u2014]{1,2}\s?(?=\S)")


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


def stories(text: str, sentences: list[Sentence]) -> frozenset[int]:
    """The paragraphs that tell a story each, under a dateline of its own; none in an ordinary article."""
    found: set[int] = set()
    last = -1
    for sentence in sentences:
        if sentence.paragraph != last:
            last = sentence.paragraph
            if sentence.block == "paragraph" and _DATELINE.match(text, sentence.start, sentence.start + 70):
                found.add(last)
    return frozenset(found) if len(found) > 2 else frozenset()


class Blocks:
    """Which block of the page a place in the text stands in."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [s.start for s in sentences]

    def at(self, offset: int) -> str:
        """The block of the sentence at an offset; "" between sentences."""
        k = bisect_right(self._starts, offset) - 1
        return self._sentences[k].block if k >= 0 and offset < self._sentences[k].end else ""
