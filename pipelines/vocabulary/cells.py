"""What parts the cells of a row of a table: a bar, a tab, leaders, or a gap that is wider than one between words.

One pattern, so that every stage counts the same cells. Which lines are rows is decided by the sentence stage.
"""

import re

#: 北　京 is one name, spaced out to the width of 黑龙江: one character on either side of one gap.
_SPACED = r"(?<=(?<![\u4e00-\u9fff])[\u4e00-\u9fff])\u3000[\u4e00-\u9fff](?![\u4e00-\u9fff])"
_SPACED_CELL = re.compile(r"([\u2e80-\uffff])[ \u3000]([\u2e80-\uffff])")
CELL_EDGE = re.compile(
    r"[ \t]*(?:\||\t|\.{4,}|…{2,}|·{4,}|(?:\. ){3,})[ \t]*"
    rf"|(?!{_SPACED})[ \u3000]*\u3000[ \u3000]*| {{2,}}"
)


def unspaced(cell: str) -> str:
    """A cell without the gap in a name of two characters: 北　京 is 北京."""
    spaced = _SPACED_CELL.fullmatch(cell)
    return spaced[1] + spaced[2] if spaced is not None else cell
