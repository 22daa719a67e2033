"""What parts the cells of a row of a table: a bar, a tab, leaders, or a gap that is wider than one between words.

One pattern, so that every stage counts the same cells. Which lines are rows is decided by the sentence stage.
"""

import re

CELL_EDGE = re.compile(r"[ \t]*(?:\||\t|\.{4,}|…{2,}|·{4,}|(?:\. ){3,})[ \t]*|[ \u3000]*\u3000[ \u3000]*| {2,}")
