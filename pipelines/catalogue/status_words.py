"""Words that say whether a figure is a fact, a goal or an expectation, compiled for one scan of a text.

Which figure such a word governs is decided by the observation stage, not here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.table import Row, read_table
from pipelines.vocabulary.observation import STATUSES
from pipelines.vocabulary.values import light

COLUMNS = ("phrase", "status", "strength", "side")


@light
@dataclass(frozen=True, slots=True)
class StatusCue:
    """One such word in a text. A weak cue counts only beside a period that lies ahead."""

    start: int
    end: int
    status: str
    is_weak: bool
    is_after: bool  # also governs what stands before it

    @property
    def is_ahead(self) -> bool:
        """Whether it speaks of a goal or an expectation."""
        return self.status in ("target", "forecast")


class StatusWords:
    """The words of `status_words.csv`."""

    def __init__(self, rows: Iterable[Row]) -> None:
        words: list[str] = []
        self._rows: list[tuple[str, bool, bool]] = []
        for row in rows:
            if row["status"] not in STATUSES:
                raise row.unknown("status", row["status"], STATUSES)
            words.append(row["phrase"].lower())
            self._rows.append((row["status"], row["strength"] == "weak", row["side"] == "both"))
        self._longest = max(map(len, words), default=0)
        self._seen: tuple[str, list[StatusCue]] = ("", [])
        self._words = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

    def find(self, folded: str) -> list[StatusCue]:
        """Every cue of a lower-cased text, in order."""
        if self._seen[0] == folded:  # two stages' questions of one text
            return self._seen[1]
        found = []
        for index, start, end in self._words.find_matches_as_indexes(folded):
            if folded[start] < "\x80" and start and folded[start - 1].isalpha():
                # "w|as expected" hides the word behind its space, "Zhongwe|i plan" the longer "plans to"
                space = folded.find(" ", start, end) + 1
                inner = self._words.find_matches_as_indexes(folded[space : end + self._longest]) if space else []
                spans = [(k, space + first, space + last) for k, first, last in inner if space + first < end]
            else:
                spans = [(index, start, end)]
            for k, first, last in spans:
                is_whole = not (first and folded[first - 1].isalpha()) and not (
                    last < len(folded) and folded[last].isalpha()
                )
                if folded[first] >= "\x80" or is_whole:
                    found.append(StatusCue(first, last, *self._rows[k]))
        self._seen = (folded, found)
        return found


def load(overlay: Path | None = None) -> StatusWords:
    """The words of `status_words.csv`. Raises CatalogueError for a row that cannot be read."""
    return StatusWords(read_table("status_words.csv", COLUMNS, overlay))
