"""Whose turn it is where an article tells of several companies, one after another.

What lives here: the company that opens each part of a roundup (a heading or a paragraph), whose figures the sentences
behind it go on to tell though they name nobody. What does not: companies named in a sentence itself (see `companies`).
"""

from collections.abc import Sequence

from pipelines.catalogue.organisations import OrganisationMention
from pipelines.vocabulary.article import Sentence

_OPENING = 60  # characters of a paragraph in which the company stands that opens it
_SEVERAL = 2  # companies that open parts of a roundup
_SILENT = frozenset(("meta", "boilerplate", "title"))


def turns(sentences: Sequence[Sentence], named: Sequence[OrganisationMention]) -> list[str | None]:
    """For each sentence the company whose turn it is; no company where fewer than two take turns."""
    by_start = sorted(named, key=lambda m: m.start)
    found: list[str | None] = []
    openers: list[str] = []
    turn: str | None = None
    paragraph, k = -1, 0
    for sentence in sentences:
        is_first = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        while k < len(by_start) and by_start[k].start < sentence.start:
            k += 1
        if is_first and sentence.block not in _SILENT and sentence.block != "row":
            end = sentence.end if sentence.block == "heading" else min(sentence.end, sentence.start + _OPENING)
            here = {m.organisation.name for m in by_start[k : k + _SEVERAL + 1] if m.end <= end}
            if sentence.block == "heading":
                turn = here.pop() if len(here) == 1 else None
                openers += [turn] if turn else []
            elif here:
                turn = by_start[k].organisation.name
                openers.append(turn)
        found.append(turn)
    return found if len(set(openers)) >= _SEVERAL else [None] * len(found)
