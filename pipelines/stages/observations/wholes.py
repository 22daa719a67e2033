"""The whole of a share that is a place's: "of Ireland's electricity" is read as "of the country's electricity".

What lives here: the names of wholes with a place in them. What does not: other names (see `catalogue.metrics`) and
which place a figure is of (see `places`).
"""

from collections.abc import Iterable, Iterator

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Naming

#: What opens such a whole, and the words with which the catalogue names it for no place in particular.
_OPENS = ("of ", "of the ")
_OWNED, _OF_THAT_KIND, _OWNED_ZH = ("of the country's", "of"), ("of national", "of"), ("占全国", "占")
_LONGEST = 60  # characters of the whole behind the place


def wholes_of_places(text: str, folded: str, catalogue: Catalogue) -> Iterator[Naming]:
    """The names in a text that hold a place where the catalogue has "the country's"."""
    for place in catalogue.places.find(text):
        if text[place.start] > "\x7f":
            if folded[place.start - 1 : place.start] == "占":
                yield from _named(folded, place.start - 1, place.end, _OWNED_ZH, catalogue)
            continue
        opener = next((o for o in _OPENS if folded.endswith(o, 0, place.start)), None)
        if opener is None:
            continue
        is_owner = folded.startswith("'", place.end)
        end = place.end + (2 if folded.startswith("'s", place.end) else is_owner)
        yield from _named(folded, place.start - len(opener), end, _OWNED if is_owner else _OF_THAT_KIND, catalogue)


def _named(folded: str, start: int, end: int, forms: Iterable[str], catalogue: Catalogue) -> Iterator[Naming]:
    for form in forms:
        for name in catalogue.metrics.find(form + folded[end : end + _LONGEST]):
            if name.start == 0 and name.end > len(form):
                yield Naming(start, end + name.end - len(form), name.metrics)
                return
