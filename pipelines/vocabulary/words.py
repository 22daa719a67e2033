"""A run of text as words: what phrase tables are compiled from, and what the grammar of a sentence reads.

Only lexing lives here. What a word means is in the catalogue; what a row of words means is decided by the stages.
"""

import re
from collections.abc import Container, Iterable
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_LETTER = r"[A-Za-z\u00b5\u03bc\u00c0-\u024f]"
#: A word, a dotted abbreviation, a number as written (grouped by spaces, apostrophes or commas), a sign. Words come
#: first because most tokens are words, and each alternative opens with a sign of its own, by which it is refused soon.
_TOKEN = re.compile(
    rf"({_LETTER}{_LETTER}+(?:['\u2019][A-Za-z]+)?"
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"
    rf"|{_LETTER}(?:['\u2019][A-Za-z]+)?"
    r"|[1-9](?:(?<![\w.,-].)|(?<=\d[-\u2013].))\d{0,2} \d{3}"
    r"(?=[-\u2013][1-9]\d{0,2} \d{3}\b| ?(?:%|\dG\b|(?!(?:m|b|tr)illion)[A-Za-z]))"
    r"|\d(?:\d{0,2}(?:(?: \d{3}){2,}(?!\d)| 000(?![.,]?\d)|(?:[\u00a0\u2009\u202f'\u2019]\d{3})+(?!\d)(?:[.,]\d+)?)"
    r"|\d*(?:[.,]\d+)*)"
    r"|\S)"
)


class Words(list[str]):
    """The tokens of one sentence: `text[i]`, its lower case `low[i]` and its offsets `start[i]`, `end[i]`.

    It is a list of the tokens itself, because its length is asked for all the time.
    """

    __slots__ = ("end", "low", "source", "start", "text")

    def __init__(self, source: str, begin: int = 0, stop: int | None = None) -> None:
        self.source = source
        stop = len(source) if stop is None else stop
        pieces = _TOKEN.split(source[begin:stop])  # space, token, space, token ... space
        ends = list(accumulate(map(len, pieces), initial=begin))
        self.text: list[str] = pieces[1::2]
        super().__init__(self.text)
        self.start: list[int] = ends[1:-1:2]
        self.end: list[int] = ends[2::2]
        # No token holds a line's end, so all are lowered at once.
        lowered = "\n".join(self.text).lower().replace("\u2019", "'")
        self.low: list[str] = lowered.split("\n") if lowered else []

    def is_glued(self, i: int) -> bool:
        """Whether token `i` follows the one before it without a space."""
        return 0 < i < len(self.text) and self.start[i] == self.end[i - 1]


def sizes_by_two(surfaces: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each two first characters, and for each character that is a surface by itself, the lengths of the surfaces
    that begin with them, longest first.
    """
    known = set(surfaces)
    found: dict[str, set[int]] = {}
    for surface in known:
        found.setdefault(surface[:2], set()).add(len(surface))
        if surface[0] in known:
            found[surface[:2]].add(1)
    return {opening: tuple(sorted(sizes, reverse=True)) for opening, sizes in found.items()}


def sizes_by_first(surfaces: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first character the lengths of the surfaces that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for surface in surfaces:
        found.setdefault(surface[0], set()).add(len(surface))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


class Phrases(Generic[T]):
    """Phrases of one or more words with what they mean, found at a position, the longest first.

    `forward` finds a phrase that begins at a token, `backward` one that ends before a token.
    """

    __slots__ = ("_first", "_last")

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        # For each first and last word the phrases: their words, and what is told of a hit.
        self._first: dict[str, list[tuple[list[str], tuple[int, T]]]] = {}
        self._last: dict[str, list[tuple[list[str], tuple[int, T]]]] = {}
        for phrase, meaning in rows:
            words = Words(phrase).low
            if words:
                hit = (len(words), meaning)
                self._first.setdefault(words[0], []).append((words, hit))
                self._last.setdefault(words[-1], []).append((words, hit))
        for index in (self._first, self._last):
            for entries in index.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> Container[str]:
        """The words that phrases begin with: to be asked where `forward` would mostly answer None."""
        return self._first

    @property
    def last_words(self) -> Container[str]:
        """The words that phrases end with: to be asked where `backward` would mostly answer None."""
        return self._last

    def forward(self, low: list[str], i: int) -> tuple[int, T] | None:
        """The longest phrase that begins at token `i`: how many tokens, and its meaning."""
        if i < len(low) and low[i] in self._first:
            for words, hit in self._first[low[i]]:
                size = hit[0]
                if size == 1 or low[i : i + size] == words:
                    return hit
        return None

    def backward(self, low: list[str], i: int) -> tuple[int, T] | None:
        """The longest phrase whose last word is token `i - 1`."""
        if i > 0 and low[i - 1] in self._last:
            for words, hit in self._last[low[i - 1]]:
                size = hit[0]
                if size == 1 or (size <= i and low[i - size : i] == words):
                    return hit
        return None
