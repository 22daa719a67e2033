"""The cells of table rows: which cell a number stands in, what heads its row and its column.

What lives here: the geometry of one row, from the text between its edges and the context of its sentence. What does
not: the values in the cells (see the quantities) and what the headings mean (see `naming`, `dimensions`).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.cells import CELL_EDGE

Span = tuple[int, int]

_FAR_HEAD = 80  # cells in which the head of a row is sought
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: the spans of its cells, and for each the spans of the headings over it, the nearest first."""

    spans: tuple[Span, ...]
    columns: tuple[tuple[Span, ...], ...]
    around: tuple[Span, ...]  # what else governs the row: lead-in, heading

    def at(self, offset: int) -> int:
        """The number of the cell that holds an offset."""
        return max(0, bisect_right(self.spans, (offset, 1 << 60)) - 1)

    def over(self, cell: int) -> tuple[Span, ...]:
        """The headings over a cell, the nearest first; a row without text has none."""
        return self.columns[cell] if cell < len(self.columns) else ()

    def head(self, text: str, cell: int) -> Span | None:
        """The nearest cell of words before a cell: what the row is about."""
        return next(self.heads(text, cell), None)

    def heads(self, text: str, cell: int) -> Iterator[Span]:
        """The cells of words before a cell, the nearest first: a unit may stand between the head and its figures."""
        return (span for span in reversed(self.spans[max(0, cell - _FAR_HEAD) : cell]) if _LETTER.search(text, *span))


def cells(text: str, row: Sentence, sentences: Sequence[Sentence], starts: Sequence[int]) -> Cells:
    """The cells of a row. Of its context the spans within other rows are headings of columns, in column order."""
    spans: list[Span] = []
    at = row.start
    for edge in CELL_EDGE.finditer(text, row.start, row.end):
        if edge.start() > at or at > row.start or (edge.start() == row.start and text[row.end - 1] != "|"):
            spans.append((at, edge.start()))
        at = edge.end()
    if at < row.end:
        spans.append((at, row.end))
    width = len(spans)
    headings = 0
    while headings + width <= len(row.context) and _is_row(row.context[headings + width - 1], sentences, starts):
        headings += width
    columns = tuple(row.context[cell:headings:width] for cell in range(width)) if headings else ((),) * width
    return Cells(tuple(spans), columns, row.context[headings:])


def _is_row(span: Span, sentences: Sequence[Sentence], starts: Sequence[int]) -> bool:
    return sentences[max(0, bisect_right(starts, span[0]) - 1)].block == "row"
