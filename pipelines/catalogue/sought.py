"""Patterns that are only tried where the words stand that they need, found by one automaton.

What lives here: `Anchored`, of patterns that open with one of some words, and `Guarded`, of patterns that hold one of
them. What does not: any word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick


class Anchored:
    """A pattern whose every match opens with one of `openings`, or holds one of `inner` within its first `reach`
    characters: what `re` finds, several times as fast.
    """

    __slots__ = ("_finder", "_openings", "_pattern", "_reach")

    def __init__(self, pattern: str, openings: Iterable[str], inner: Sequence[str] = (), reach: int = 0) -> None:
        self._pattern = re.compile(pattern)
        words = list(dict.fromkeys(openings))
        self._openings, self._reach = len(words), reach
        self._finder = AhoCorasick([*words, *inner])

    def match(self, text: str) -> re.Match[str] | None:
        """The match that a text begins with."""
        return self._pattern.match(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text that do not overlap, in order."""
        starts: set[int] = set()
        for index, at, _ in self._finder.find_matches_as_indexes(text, overlapping=True):
            starts.add(at)
            if index >= self._openings:
                starts.update(range(max(0, at - self._reach), at))
        reached = 0
        for at in sorted(starts):
            match = self._pattern.match(text, at) if at >= reached else None
            if match is not None:
                yield match
                reached = match.end()


class Guarded:
    """A pattern whose every match holds one of some words: asked of a span of a text, it is refused soon.

    With `any_case` capitals count as small letters, in the pattern as in the words, which are in small letters.
    """

    __slots__ = ("_any_case", "_finder", "_pattern")

    def __init__(self, pattern: str, words: Iterable[str], *, any_case: bool = False) -> None:
        self._pattern = re.compile(pattern, re.IGNORECASE if any_case else 0)
        self._finder, self._any_case = AhoCorasick(list(words)), any_case

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in a span."""
        is_likely = start < end and self._holds_one(text[start:end])
        return self._pattern.search(text, start, end) if is_likely else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text."""
        return self._pattern.finditer(text) if self._holds_one(text) else iter(())

    def _holds_one(self, text: str) -> bool:
        return bool(self._finder.find_matches_as_indexes(text.lower() if self._any_case else text))
