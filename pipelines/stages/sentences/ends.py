"""Where a sentence stops: points, question and exclamation marks of both languages, and the points that end nothing.

Here: the ends inside one block. A semicolon of either language separates clauses, not sentences. Not here: blocks.
"""

import re

from pipelines.catalogue.boilerplate import Boilerplate

_END = re.compile(  # one class in front, so that the scan between ends is a tight loop
    r"""[.!?。！？](?:(?<=[。！？])[。！？]*[”’」』）)】》"]*"""
    r"""|["'”’)\]»]*(?:\[\d{1,3}\])*(?=\s+["'“‘(\[«]*[^\sa-z"'“‘(\[«])"""
    r"""|(?<=[\u3400-\u9fff][!?])|(?<=[!?])(?=[\u3400-\u9fff]))"""
)
_WORD_BEFORE = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")
_NEXT = re.compile(r"""\s*["'“‘(\[«]*(?:([A-Za-z]+)|(\d))?""")
_LONGEST = 14  # characters before a point that may be an abbreviation


def split(text: str, start: int, end: int, boilerplate: Boilerplate) -> list[tuple[int, int]]:
    """The sentences of a block, as spans without the white space between them; together they are all of it."""
    spans: list[tuple[int, int]] = []
    at = start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        if stop >= end:
            break
        if text[mark.start()] == "." and not _ends(text, at, mark.start(), stop, boilerplate):
            continue
        spans.append((at, stop))
        at = stop
        while text[at].isspace():
            at += 1
    spans.append((at, end))
    return spans


def _ends(text: str, start: int, point: int, stop: int, boilerplate: Boilerplate) -> bool:
    """Whether the point at `point` ends a sentence, by the word before it and what follows."""
    word_before = _WORD_BEFORE.search(text[max(start, point - _LONGEST) : point])
    if word_before is None:
        return True
    word = word_before[0]
    kind = boilerplate.points.get(word.lower())
    if kind is None:
        if len(word) > 1 and not (len(word) <= 5 and word[1::2] == "." * (len(word) // 2)):
            return True
        kind = "inner"  # an initial, or letters with points between them
    following = _NEXT.match(text, stop)
    next_word, digit = (following[1], following[2]) if following else (None, None)
    if next_word is not None and next_word.lower() in boilerplate.starters and len(next_word) > 1:
        return True
    if kind == "number" or word.lower() == "no":
        return digit is None
    if "." in word or kind == "before":
        return False
    before = text[max(start, point - len(word) - 4) : point - len(word)].rstrip()
    return before[-1:].isdigit() and digit is None  # a unit: "15 km. Beijing"
