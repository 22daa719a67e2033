"""Tables of a page to rows of cells in one line each, and superscripts to characters that glue to no number.

Here: `table`, `tr`, `td`, spans of rows and columns. A table that only lays out the page is no grid. Not here: the
other blocks.
"""

import re
from typing import Any

_LAYOUT = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "form", "nav")
_LONGEST_CELL = 400  # characters; a longer cell holds paragraphs
_WIDEST_SPAN = 50
_AGAIN, _AGAIN_EACH = 5_000, 20  # characters that spans may repeat in a table, and for each character of its own
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d(?!\d))(?<!\d)\d")
_TIME = re.compile(r"(?:\d{1,2} ?[-\u2013\u2014~\u81f3] ?)?\d{1,2}月|第?[1-4]季|\bQ[1-4]\b|\b[1-4]Q\b|\bH[12]\b")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def rows(table: Any, unseen: frozenset[str]) -> list[str] | None:
    """The rows of a data table, cells parted by ` | `, or null when the table lays out the page.

    A cell that spans columns or rows stands in each of its places, so that every row has its label and every column its
    name; a figure stands only in the first, for it is stated once.
    """
    if not is_flat(table):
        return None
    written: list[str] = []
    below: dict[int, tuple[int, str]] = {}  # column -> rows that a cell from above still covers, and its text
    own = repeated = 0
    for row in table.iter("tr"):
        if repeated > _AGAIN + _AGAIN_EACH * own:
            below.clear()  # else a page of cells that span all below grows with the square of its rows
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _skip_covered(cells, below)
            text = text_of(cell, unseen)
            if len(text) > _LONGEST_CELL:
                return None
            own += len(text) + 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            is_spread = width > 1 or height > 1
            again = text if is_spread and not _FIGURE.search(_TIME.sub("", text)) else ""
            if height > 1:
                below.update({len(cells) + i: (height - 1, again) for i in range(width)})
            cells += [text] + [again] * (width - 1)
        _skip_covered(cells, below)
        repeated += sum(map(len, cells)) + len(cells)
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            written.append(cells[0] if len(set(cells)) == 1 else " | ".join(cells))
    return written


def superscript(element: Any) -> str:
    """A raised exponent in superscript characters; nothing for the mark of a footnote."""
    text = "".join(element.itertext()).strip()
    if next(element.iter("a"), None) is not None or text[:1] in "[*†‡":
        return ""
    return text.translate(_SUPERSCRIPT)


def text_of(element: Any, unseen: frozenset[str]) -> str:
    """All that is seen below an element, on one line."""
    return _SPACES.sub(" ", "".join(_words(element, unseen))).strip(" ")


def is_flat(element: Any) -> bool:
    """Whether an element holds no list, table, heading or section, so that it can stand on one line."""
    return next(element.iterdescendants(*_LAYOUT), None) is None


def _skip_covered(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    while (covered := below.get(len(cells), (0, "")))[0] > 0:
        below[len(cells)] = (covered[0] - 1, covered[1])
        cells.append(covered[1])


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _WIDEST_SPAN)) if value.isascii() and value.isdigit() else 1


def _words(element: Any, unseen: frozenset[str]) -> list[str]:
    if element.tag in unseen:
        return []
    if element.tag == "sup":
        return [superscript(element)]
    words = [element.text or ""]
    for child in element:
        words += [" "] if child.tag in ("br", "p", "div") else []
        words += _words(child, unseen)
        words += [" "] if child.tag in ("p", "div") else []
        words.append(child.tail or "")
    return words
