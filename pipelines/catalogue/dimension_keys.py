"""The keys under which breakdowns are told, and the words that state them.

What lives here: the rows of `dimension_keys.csv` and the finder of their phrases. What does not: which number a phrase
belongs to (see `stages.observations.dimensions`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue.script import fold
from pipelines.catalogue.table import read_table

COLUMNS = ("id", "key", "trigger", "pattern", "value", "headings")
_GROUP = "{0}"  # a value that stands in the text itself, so that phrases which share other words may both be meant
HEADING = 80  # characters of a cell that are read; what is longer is no heading of a column
_BACK, _ON = 60, 120  # how far around its trigger a pattern is tried


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stated breakdown at `start:end`: its key, its value, and where the row that found it stands in the table."""

    start: int
    end: int
    key: str
    value: str


class DimensionKeys:
    """The keys, and `find` for the phrases that state them."""

    def __init__(self, patterns: Sequence[tuple[str, str, re.Pattern[str], str]], headings: dict[str, str]) -> None:
        self._patterns = patterns
        self._headings = headings
        self._triggers = AhoCorasick([trigger for _, trigger, _, _ in patterns])
        self._opens_word = [trigger[0] < "\x7f" and trigger[0].isalpha() for _, trigger, _, _ in patterns]

    def of_heading(self, folded: str) -> str | None:
        """The key that a column heading stands for, None for another heading."""
        return self._headings.get(folded.strip())

    def find(self, text: str, folded: str) -> list[Phrase]:
        """The phrases of a text, in order; of phrases that overlap under one key the first and longest."""
        found: dict[tuple[str, int], tuple[tuple[int, int], Phrase]] = {}
        for index, at, _ in self._triggers.find_matches_as_indexes(folded, overlapping=True):
            if at and self._opens_word[index] and folded[at - 1].isalpha():
                continue  # within a word
            key, _, pattern, template = self._patterns[index]
            for match in pattern.finditer(folded, max(0, at - _BACK), min(len(folded), at + _ON)):
                if match.start() <= at < match.end():
                    value = template.format(
                        *match.groups(), text=text[match.start(match.lastindex or 0) : match.end(match.lastindex or 0)]
                    )
                    phrase = Phrase(match.start(), match.end(), key, " ".join(value.split()))
                    said = match.span(1) if template == _GROUP else match.span()
                    held = found.get((key, said[0]))
                    if held is None or held[1].end < phrase.end:
                        found[key, said[0]] = said, phrase
        kept: list[tuple[tuple[int, int], Phrase]] = []
        for said, phrase in sorted(found.values(), key=lambda one: (one[1].start, -one[1].end)):
            if not any(p.key == phrase.key and span[1] > said[0] for span, p in kept[-3:]):
                kept.append((said, phrase))
        return [phrase for _, phrase in kept]


def load(overlay: Path | None = None) -> DimensionKeys:
    """The rows of `dimension_keys.csv`. Raises CatalogueError for a pattern that cannot be read."""
    patterns: list[tuple[str, str, re.Pattern[str], str]] = []
    headings: dict[str, str] = {}
    for row in read_table("dimension_keys.csv", COLUMNS, overlay):
        headings |= {fold(heading): row["key"] for heading in row.list("headings")}
        if row["trigger"]:
            try:
                patterns.append((row["key"], row.cells["trigger"], re.compile(row["pattern"]), row["value"]))
            except re.error as fault:
                raise row.fail(f"pattern: {fault}") from None
    return DimensionKeys(patterns, headings)
