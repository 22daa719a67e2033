"""Counted nouns: an open vocabulary. Synonyms and Chinese names fold onto one code; any other noun is its own code.

What lives here: the singular of a noun, whether a word looks like a plural, and which code a noun phrase counts. What
does not: where a noun phrase begins and ends in a sentence, and units of measure (`units.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.catalogue.table import read_table

#: Endings that a plural does not have ("glass", "campus", "analysis", "user's"); those that do are rows of the table.
_NO_PLURAL = ("ss", "us", "is", "'s")
_LONGEST = 3  # words of a compound


@dataclass(frozen=True, slots=True, eq=False)
class Nouns:
    """Irregular plurals, synonyms, compounds that keep two words, Chinese nouns and classifiers."""

    plurals: dict[str, str]
    singulars: frozenset[str]  # words that end in s and are no plurals
    codes: dict[str, str]  # nouns and compounds (singular) that count as another code
    zh: dict[str, str]
    classifiers: dict[str, str]
    defaults: dict[str, str]  # classifier -> what it counts where no noun stands near
    counts: dict[str, frozenset[str]]  # classifier -> what it may count when the noun stood in the clause before
    not_nouns: frozenset[str]  # Chinese words that only begin like a noun
    known: frozenset[str]  # codes that the catalogue names
    particles: frozenset[str]  # words that end a compound and count nothing alone: take-off, push-up

    def singular(self, word: str) -> str:
        """The singular of a lower-case noun."""
        return _singular(self, word)

    def is_plural(self, word: str) -> bool:
        """Whether a lower-case word looks like a plural noun."""
        if word in self.plurals:
            return True
        if len(word) < 3 or not word.endswith("s") or word in self.singulars:
            return False
        return not word.endswith(_NO_PLURAL)

    def code_of(self, words: Sequence[str]) -> str:
        """The code of a phrase (modifiers and head, lower case): a compound or synonym, else the head's singular."""
        clean = [word for word in words if word[:1].isalpha()]
        if not clean:
            return "_".join(words)
        head = self.singular(clean[-1])
        if len(clean) > 1 and head in self.particles:
            head, clean = f"{clean[-2]}-{head}", [*clean[:-2], f"{clean[-2]}-{clean[-1]}"]
        for size in range(min(_LONGEST, len(clean)), 1, -1):
            first = self.singular(clean[-size]) if "of" in clean[-size:-1] else clean[-size]
            code = self.codes.get(" ".join([first, *clean[1 - size : -1], head]))
            if code:
                return code
        return self.codes.get(head, head.replace("-", "_"))


@cache
def _singular(nouns: Nouns, word: str) -> str:
    if word in nouns.plurals:
        return nouns.plurals[word]
    if not nouns.is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")) or (word.endswith("es") and word[:-2] in nouns.singulars):
        return word[:-2]
    return word[:-1]


def _peoples(overlay: Path | None) -> list[str]:
    """What the people of a place are called, in the singular: the adjectives that take a plural (Nigerian, Iraqi)."""
    rows = read_table("places.csv", ("id", "adjectives"), overlay)
    adjectives = (word for row in rows for word in row.list("adjectives"))
    return [word.lower() for word in adjectives if word.isalpha() and word[0].isupper() and word.endswith(("n", "i"))]


def load(overlay: Path | None = None) -> Nouns:
    """Read `nouns.csv` and `classifiers.csv`."""
    plurals: dict[str, str] = {}
    codes: dict[str, str] = {}
    zh: dict[str, str] = {}
    singulars: set[str] = set()
    not_nouns: set[str] = set()
    particles: set[str] = set()
    listed: set[str] = set()
    for row in read_table("nouns.csv", ("code", "plurals", "synonyms", "zh"), overlay):
        code = row["code"]
        if code == "!":
            singulars.update(row.list("plurals"))
            not_nouns.update(row.list("zh"))
            continue
        if code == "-":
            particles.update(row.list("plurals"))
            continue
        listed.add(code)
        for plural in row.list("plurals"):
            plurals[plural] = code.replace("_", " ")
        for synonym in row.list("synonyms"):
            codes[synonym] = code
        if "_" in code:
            codes[code.replace("_", " ")] = code
        for name in row.list("zh"):
            zh[name] = code
    code_of_people = plurals["people"]
    for people in _peoples(overlay):
        codes.setdefault(people, code_of_people)
        plurals.setdefault(people + "s", people)
    classifiers: dict[str, str] = {}
    defaults: dict[str, str] = {}
    counts: dict[str, frozenset[str]] = {}
    for row in read_table("classifiers.csv", ("classifiers", "code", "default"), overlay):
        for surface in row.list("classifiers"):
            classifiers[surface] = row["code"]
            if row.cells.get("counts"):
                counts[surface] = frozenset(row.list("counts"))
            if row["default"]:
                defaults[surface] = row["default"]
    known = frozenset({*codes.values(), *zh.values(), *listed})
    return Nouns(
        plurals, frozenset(singulars), codes, zh, classifiers, defaults, counts, frozenset(not_nouns), known,
        frozenset(particles),
    )  # fmt: skip
