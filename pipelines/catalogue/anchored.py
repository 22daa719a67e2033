"""A pattern that is only tried where the words stand that it opens with.

What lives here: the search of one automaton for all openings, and the match at each. What does not: any word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick


class Anchored:
    """A pattern whose every match opens with one of `openings`, or holds one of `inner` within its first `reach`
    characters: what `finditer` of `re` finds, several times as fast.
    """

    __slots__ = ("_finder", "_openings", "_pattern", "_reach")

    def __init__(self, pattern: str, openings: Iterable[str], inner: Sequence[str] = (), reach: int = 0) -> None:
        self._pattern = re.compile(pattern)
        words = list(dict.fromkeys(openings))
        self._openings, self._reach = len(words), reach
        self._finder = AhoCorasick([*words, *inner])

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
