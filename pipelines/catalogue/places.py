"""Places: countries, subdivisions, cities and groups by their names in English and Chinese.

What lives here: the table `places.csv`, one scan of a text for its names, and what lies in what. What does not: which
place a figure is about (see the observation stage).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.script import simplify
from pipelines.catalogue.table import Row, listed, read_table
from pipelines.vocabulary.values import light

_LONG = 200  # characters of a text that is asked for more than once
_PADDED = 2  # characters of a name that a column of names spaces out
_IN_COLUMNS = ("subdivision", "capital", "city")
COLUMNS = ("id", "kind", "names_en", "adjectives", "names_zh", "parent", "fiscal_year_end")
KINDS = (
    "world", "continent", "group", "country", "capital", "subdivision", "city", "country_word", "local_word",
    "home_word", "region_word", "no_place",
)  # fmt: skip
_CELL = "\x1f"  # between cells that are looked at together
NO_PLACE = "no_place"  # the kind of what only holds the name of a place: "Paris Agreement", 平台中
#: Endings of adjectives whose plural names the people of a place.
_DEMONYMS = ("an", "i")
#: The kinds of place that a rank "in the country" or 全省 is among; the article says which one.
_WITHIN = {"country": ("country",), "province": ("subdivision", "capital")}


@dataclass(frozen=True, slots=True)
class Place:
    """One row. `id` is what observations carry; `parent` the id one level up, or ""."""

    id: str
    kind: str
    parent: str
    fiscal_year_end: str = ""  # month, where it is not the calendar year


@light
@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text. `others` are further places of the same name ("Georgia")."""

    start: int
    end: int
    place: Place
    is_adjective: bool
    others: tuple[Place, ...] = ()


#: What names of places open with and numerals count by, too.
_CLASSIFIERS = frozenset("台臺个個")
_NUMERAL = re.compile(r"[\d一二两兩三四五六七八九十百千万萬亿億几幾多每这這]")


class Places:
    """The rows by id, and `find` for their names."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.all: dict[str, Place] = {}
        words: dict[str, list[tuple[Place, bool]]] = {}
        parents: list[tuple[Row, str]] = []
        rows = list(rows)
        chinese = simplify(_CELL.join(row["names_zh"] for row in rows)).split(_CELL)  # one question, not thousands
        for row, names_zh in zip(rows, chinese, strict=True):
            if row["kind"] not in KINDS:
                raise row.unknown("kind", row["kind"], KINDS)
            place = Place(row["id"], row["kind"], row["parent"], row["fiscal_year_end"])
            if place.kind != NO_PLACE:
                self.all[place.id] = place
            if place.parent:
                parents.append((row, place.parent))
            for word in row.list("names_en"):
                _add(words, word, (place, False))
                if place.kind == "country" and len(word) > 3:  # a heading in capitals
                    words.setdefault(word.upper(), []).append((place, False))
            for word in row.list("adjectives"):
                _add(words, word, (place, True))
                if word.endswith(_DEMONYMS) and " " not in word:  # "120 million Nigerians"
                    words.setdefault(word + "s", []).append((place, True))
            for word in listed(names_zh):
                words.setdefault(word, []).append((place, False))
                if len(word) == _PADDED and place.kind in _IN_COLUMNS:  # 北　京 in a column with 黑龙江
                    for gap in " \u3000":
                        words.setdefault(gap.join(word), []).append((place, False))
        for row, parent in parents:
            if parent not in self.all:
                raise row.unknown("place", parent, list(self.all))
        self._meanings = [_meaning(found) for found in words.values()]
        self._words = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)
        self._seen: tuple[str, list[PlaceMention]] = ("", [])

    def find(self, text: str) -> list[PlaceMention]:
        """Every place named in the text, in order."""
        if self._seen[0] == text:  # several questions are asked of one text
            return self._seen[1]
        found = []
        for index, start, end in self._words.find_matches_as_indexes(simplify(text)):
            if text[start] < "\u2e80" and (
                (start and text[start - 1].isalnum() and text[start - 1] < "\u2e80")
                or (end < len(text) and text[end].isalnum() and text[end] < "\u2e80")
            ):
                continue
            if text[start] in _CLASSIFIERS and _NUMERAL.fullmatch(text[start - 1 : start]):
                continue  # 一台中等规模的机器
            meaning = self._meanings[index]
            if meaning is None:
                continue
            place, is_adjective, others = meaning
            found.append(PlaceMention(start, end, place, is_adjective, others))
        if len(text) > _LONG:
            self._seen = (text, found)
        return found

    def fiscal_rule(self, text: str) -> str | None:
        """The end of the fiscal year of the country that a text names most, or of the part of it that it names most."""
        found = self.find(text)
        countries = Counter(country for m in found if (country := self.country(m.place)))
        if not countries:
            return None
        whole = self.all[countries.most_common(1)[0][0]]
        parts = Counter(part.id for m in found if (part := self._part(m.place)) and part.parent == whole.id)
        part_end = self.all[parts.most_common(1)[0][0]].fiscal_year_end if parts else ""
        return whole.fiscal_year_end or part_end or None

    def _part(self, place: Place) -> Place | None:
        """The part of a country that a place is or lies in."""
        while place.kind != "subdivision" and place.parent:
            place = self.all[place.parent]
        return place if place.kind == "subdivision" else None

    def country(self, place: Place) -> str | None:
        """The country that a place is or lies in; None above countries."""
        while place.kind not in ("country", "country_word", "local_word", "home_word", "region_word") and place.parent:
            place = self.all[place.parent]
        return place.id if place.kind == "country" else None

    def around(self, place: Place) -> Iterator[str]:
        """The ids of what a place lies in, the nearest first."""
        while place.parent:
            yield place.parent
            place = self.all[place.parent]

    def scope(self, word: str | None, place: str | None) -> str | None:
        """What a rank is among: "in the country" is the country that the place lies in, where that is known."""
        if word not in _WITHIN or place not in self.all:
            return word
        found = self.all[place]
        while found.kind not in _WITHIN[word] and found.parent:
            found = self.all[found.parent]
        return found.id if found.kind in _WITHIN[word] else word


def _add(words: dict[str, list[tuple[Place, bool]]], word: str, meaning: tuple[Place, bool]) -> None:
    """A word of English, and with a capital what may open a sentence."""
    words.setdefault(word, []).append(meaning)
    if word[0].islower():
        words.setdefault(word[0].upper() + word[1:], []).append(meaning)


def _meaning(found: list[tuple[Place, bool]]) -> tuple[Place, bool, tuple[Place, ...]] | None:
    """What a word stands for: the first place of that name, whether as an adjective, and the others; None for none."""
    place, is_adjective = found[0]
    if len(found) > 1 and any(other.kind == NO_PLACE for other, _ in found):
        return None
    others = tuple(other for other, _ in found if other is not place) if len(found) > 1 else ()
    return None if place.kind == NO_PLACE else (place, is_adjective, others)


def load(overlay: Path | None = None) -> Places:
    """The rows of `places.csv`. Raises CatalogueError for a row that cannot be read or a parent that is none."""
    return Places(read_table("places.csv", COLUMNS, overlay))
