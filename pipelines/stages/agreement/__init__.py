"""Which articles are copies of one story: reprints, syndicated copies and re-edited versions count as one voice.

What lives here: the signature of a text (MinHash) and the grouping of articles whose signatures say that they share
most of their words. What does not: keeping signatures and finding the old ones near a new one (see `storage.stories`),
and whether two numbers agree (see `warehouse/marts/series.sql`).

A signature is KEYS numbers. Each is a hash of ROWS MinHash values, so two texts have it in common with the chance
J ** ROWS, where J is the share of runs of WORDS words that they have in common. Two unrelated articles share next to
none, which makes the search for neighbours a join on equal numbers, and the number shared tells how near they are.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from pipelines.vocabulary.article import Sentence

__all__ = ["KEYS", "SHARED", "signature", "stories"]

KEYS = 64
ROWS = 3
#: Two articles that have this many keys in common are one story: about half of all their runs of words are the same.
SHARED = 8
#: Words in a run. A Chinese character is a word here.
WORDS = 4
#: A text of fewer runs than this says too little to be called a copy.
FEWEST = 20

_SEED = 20260101
_SILENT = frozenset(("meta", "boilerplate"))
_WORD = re.compile(r"[\u3400-\u9fff]|\d+(?:[.,]\d+)*|[^\W\d_\u3400-\u9fff]+")


def signature(text: str, sentences: Sequence[Sentence] = ()) -> tuple[int, ...]:
    """The KEYS keys of a text, each below 2**32; none of a text too short to be compared.

    With its sentences given, bylines and boilerplate do not count: two pages of one site are no copies of each other.
    """
    # Imported here, because only what is staged is signed: extraction alone does without.
    from rensa import RMinHash

    spoken = (text[s.start : s.end] for s in sentences if s.block not in _SILENT) if sentences else (text,)
    words = _WORD.findall(" ".join(spoken).lower())
    runs = {" ".join(run) for run in zip(*(words[i:] for i in range(WORDS)), strict=False)}
    if len(runs) < FEWEST:
        return ()
    sketch = RMinHash(num_perm=KEYS * ROWS, seed=_SEED)
    sketch.update(list(runs))
    values: list[int] = sketch.digest()
    rows = (values[i : i + ROWS] for i in range(0, len(values), ROWS))
    return tuple(_key(number, row) for number, row in enumerate(rows))


def stories(signatures: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The story of each article that has copies: the smallest article id of its group. Articles without are left out.

    Groups are connected: a copy of a copy is of the same story. Neither the order of the articles nor that in which
    they became known matters, as long as all that are near to one of them are given.
    """
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for article_id, keys in signatures.items():
        if keys:
            alike[tuple(keys)].append(article_id)
    head = {article_id: min(members) for members in alike.values() for article_id in members}
    for one, other in _near({min(members): keys for keys, members in alike.items()}):
        first, second = sorted((_root(head, one), _root(head, other)))
        head[second] = first
    found = {article_id: _root(head, article_id) for article_id in head}
    sizes = Counter(found.values())
    return {article_id: story for article_id, story in sorted(found.items()) if sizes[story] > 1}


def _near(signatures: Mapping[str, Sequence[int]]) -> Iterable[tuple[str, str]]:
    """The pairs with at least SHARED keys in common."""
    holders: dict[int, list[str]] = defaultdict(list)
    for article_id, keys in signatures.items():
        for key in set(keys):
            holders[key].append(article_id)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    return (pair for pair, count in shared.items() if count >= SHARED)


def _root(head: dict[str, str], article_id: str) -> str:
    while head[article_id] != article_id:
        head[article_id] = head[head[article_id]]
        article_id = head[article_id]
    return article_id


def _key(number: int, row: Sequence[int]) -> int:
    """One number for a row of MinHash values. The row's own number is in it, so that equal keys are of equal rows."""
    return int.from_bytes(blake2b(repr((number, *row)).encode(), digest_size=4).digest())
