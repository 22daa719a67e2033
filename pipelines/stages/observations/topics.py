"""Which country each paragraph of an article about several is about, and so whose "the country's exports" are.

What lives here: the country that a paragraph names first, and the one that it goes back to without a name ("its finance
ministry", "the country's exports"). What does not: what the article as a whole is about (see `about_place`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pipelines.catalogue import Catalogue
from pipelines.catalogue.places import PlaceMention
from pipelines.stages.observations.about_place import SILENT, WIDE, About, is_scope
from pipelines.vocabulary.article import Sentence

_GOES_BACK = re.compile(
    r"\b(?:[Tt]he (?:country|nation)|[Ii]ts (?:\w+ )?(?:economy|ministry|government|central bank|customs)"
    r"|[Tt]he (?:\w+ )?(?:ministry|government|central bank"
    r"|customs (?:office|service|agency)|statistics (?:office|bureau|agency)))\b"
    r"|该国|該國|当地|當地|央行|该地区"
)


def topics(
    text: str, sentences: Sequence[Sentence], free: Sequence[PlaceMention], subject: About, catalogue: Catalogue
) -> dict[int, About]:
    """For the paragraphs of an article of no one country: what the article's subject is there."""
    told: dict[int, About] = {}
    if subject.place == subject.country is not None:
        return told
    if subject.place and catalogue.places.all[subject.place].kind not in WIDE:
        return told
    starts = [m.start for m in free]
    last: str | None = None
    for paragraph, own in groupby((s for s in sentences if s.block not in SILENT), key=lambda s: s.paragraph):
        within = list(own)
        here = free[bisect_left(starts, within[0].start) : bisect_left(starts, within[-1].end)]
        named = [m for m in here if not m.place.kind.endswith("_word") and not is_scope(text, m)]
        if within[0].block == "title" or within[0].block == "row":
            continue
        if named:
            last = catalogue.places.country(named[0].place)
            if last and named[0].place.kind == "country":
                told[paragraph] = replace(subject, country=last)
        elif last and _GOES_BACK.search(text, within[0].start, within[-1].end):
            told[paragraph] = replace(subject, country=last, place=last, why="paragraph")
        elif within[0].block == "paragraph":
            last = None
    return told
