"""Stretches of a sentence that are spoken for, and the question whether an offset lies in one of them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretches:
    """Where stretches begin, in order, and how far any of them up to that one reaches."""

    starts: tuple[int, ...]
    reaches: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int] | tuple[int, int, str]]) -> "Stretches":
        """From begin and end of each; they may overlap."""
        ordered = sorted((span[0], span[1]) for span in spans)
        reaches, reach = [], 0
        for _, end in ordered:
            reach = max(reach, end)
            reaches.append(reach)
        return cls(tuple(start for start, _ in ordered), tuple(reaches))

    def holds(self, offset: int) -> bool:
        """Whether a stretch begins at or before the offset and ends after it."""
        k = bisect_right(self.starts, offset)
        return k > 0 and self.reaches[k - 1] > offset
