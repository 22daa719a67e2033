"""What parts the cells of a row of a table: a bar, a tab, leaders, or a gap that is wider than one between words.

One pattern, so that every stage counts the same cells. Which lines are rows is decided by the sentence stage.
"""

import re

#: 北　京 is one name, spaced out to the width of 黑龙江: one character on either side of one gap.
_SPACED = r"(?<=(?<![\u4e00-\u9fff])[\u4e00-\u9fff])\u3000[\u4e00-\u9fff](?![\u4e00-\u9fff])"
CELL_EDGE = re.compile(
    r"[ \t]*(?:\||\t|\.{4,}|…{2,}|·{4,}|(?:\. ){3,})[ \t]*"
    rf"|(?!{_SPACED})[ \u3000]*\u3000[ \u3000]*| {{2,}}"
)
