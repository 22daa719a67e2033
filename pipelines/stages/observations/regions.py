"""The regions of a country that prose tells of, and whose figure is whose where several are listed.

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
#: 东、中、西部: a list of parts of the country in which all but the last leave 部 unsaid.
_ELIDED = re.compile(
    r"[东東](?=[、和及][中西])|(?<=[东東][、和及])中(?=[、和及]西)|(?<=中[、和及])西(?=[、和及][东東]北)"
    r"|[南北]方(?=、)|(?<=、)[南北]方(?=和|及|分别)"
)
_PART = "部"
_RESPECTIVELY = "respectively"
_BEHIND = 60  # characters behind the last figure in which that is said


@lru_cache(maxsize=4)
def _words(catalogue: Catalogue) -> re.Pattern[str]:
    words = sorted(catalogue.chinese.by_role["region"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})(?:{_AREA})?")


def chinese_regions(text: str, catalogue: Catalogue) -> list[tuple[int, str]]:
    """Each region named in a text, and where it stands."""
    if text.isascii():
        return []
    elided = [(m.start(), m[0]) for m in _ELIDED.finditer(text)]
    return sorted(elided + [(m.start(), m[0]) for m in _words(catalogue).finditer(text)])


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
        if len(run) < 2 or not after:
            continue
        is_told = any(word in text[start : after[-1].start] for word in in_turn)
        if not is_told and _RESPECTIVELY not in text[start : after[-1].end + _BEHIND]:
            continue
        for k in range(0, len(after) - len(run) + 1, len(run)):
            listed = after[k : k + len(run)]
            if len({(q.kind, q.unit) for q in listed}) > 1:
                break
            told |= {q.start: _said_out(name) for q, (_, name) in zip(listed, run, strict=True)}
    return told


def _said_out(name: str) -> str:
    """The name of a region with what a list leaves unsaid: 东部 for the first of 东、中、西部."""
    return name if len(name) > 1 else name + _PART


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
