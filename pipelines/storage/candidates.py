"""How many numbers an article holds, counted from its text alone: what the books of the audit are held against.

What lives here: the count over the text, made when the article is staged, and the same count in SQL over what became
of each number. The two are equal only where every number is in a row: one that the rules passed over in silence, or
that got lost on the way, breaks the invariant. What does not: what a number means, or why it is none.
"""

import re
from collections.abc import Iterable

# ASCII and full-width digits, in one spelling that both engines read alike; \d is not the same to them.
_DIGITS = "[0-9\uff10-\uff19]+"
_GROUP = re.compile(_DIGITS)


def count(text: str, spans: Iterable[tuple[int, int]]) -> int:
    """Groups of digits in the text ("13.73" has two), and the found `spans` that have none of their own.

    Those are numbers in words, and numbers inside a longer quote; only who found them can say that they are there.
    """
    found = len(_GROUP.findall(text))
    reach = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        found += end <= reach or not _GROUP.search(text, start, end)
        reach = max(reach, end)
    return found


def accounted(spans: str) -> str:
    """SQL for (article_id, accounted): the same count over the rows (article_id, start, end, quote) of `spans`."""
    return f"""
        SELECT article_id, sum(CASE WHEN is_inside OR digits = 0 THEN 1 ELSE digits END) AS accounted
        FROM (
            SELECT
                article_id, len(regexp_extract_all(quote, '{_DIGITS}')) AS digits,
                coalesce("end" <= max("end") OVER before, false) AS is_inside
            FROM ({spans})
            WINDOW before AS (
                PARTITION BY article_id ORDER BY "start", "end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
        )
        GROUP BY article_id"""
