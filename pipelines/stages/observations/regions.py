"""The regions of a country that Chinese prose tells of, and whose figure is whose where several are listed.

What lives here: 华北、西北、华东分别占31.2%、27.4%和17.9%, one to one. What does not: the words for
regions (data) and places that have a code or a catalogue name (see `places`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.catalogue import Catalogue
from pipelines.stages.observations.standing import LISTED
from pipelines.vocabulary.quantity import Quantity

_RESTRICTING = frozenset(("size", "condition", "rank"))
_AREA = "地区"


@lru_cache(maxsize=4)
def _words(catalogue: Catalogue) -> re.Pattern[str]:
    words = sorted(catalogue.chinese.by_role["region"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})(?:{_AREA})?")


def chinese_regions(text: str, catalogue: Catalogue) -> list[tuple[int, str]]:
    """Each region named in a text, and where it stands."""
    return [] if text.isascii() else [(m.start(), m[0]) for m in _words(catalogue).finditer(text)]


def regions_in_turn(
    text: str, named: Sequence[tuple[int, str]], here: Sequence[Quantity], catalogue: Catalogue
) -> dict[int, str]:
    """The regions of a sentence's figures, by their start, where as many are told one to one, once or several times."""
    told: dict[int, str] = {}
    figures = [q for q in here if q.kind not in _RESTRICTING]
    if len(named) < 2 or not figures:
        return told
    in_turn = catalogue.chinese.by_role["in_turn"]
    for run in _runs(text, named):
        start = run[-1][0] + len(run[-1][1])
        following = next((at for at, _ in named if at > start), len(text))
        after = [q for q in figures if start <= q.start < following]
        if len(run) < 2 or not after or not any(word in text[start : after[-1].start] for word in in_turn):
            continue
        for k in range(0, len(after) - len(run) + 1, len(run)):
            listed = after[k : k + len(run)]
            if len({(q.kind, q.unit) for q in listed}) > 1:
                break
            told |= {q.start: name for q, (_, name) in zip(listed, run, strict=True)}
    return told


def _runs(text: str, named: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Regions that only the marks and words of a list part."""
    runs: list[list[tuple[int, str]]] = []
    for at, name in named:
        last = runs[-1][-1] if runs else None
        if last is not None and LISTED.fullmatch(text, last[0] + len(last[1]), at):
            runs[-1].append((at, name))
        else:
            runs.append([(at, name)])
    return runs
