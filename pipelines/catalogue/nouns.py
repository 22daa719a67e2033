"""Counted nouns: an open vocabulary. Synonyms and Chinese names fold onto one code; any other head noun is its own code."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.catalogue.table import read_table


@dataclass(frozen=True, slots=True, eq=False)
class Nouns:
    """Irregular plurals, synonyms, compounds that keep two words, Chinese nouns and classifiers."""

    plurals: dict[str, str]
    singulars: frozenset[str]  # words that end in s and are no plurals
    codes: dict[str, str]
    zh: dict[str, str]
    classifiers: dict[str, str]
    defaults: dict[str, str]  # classifier -> what it counts where no noun stands near
    known: frozenset[str]  # codes that the catalogue names

    def singular(self, word: str) -> str:
        """The singular of a lower-case noun."""
        return _singular(self, word)

    def is_plural(self, word: str) -> bool:
        """Whether a lower-case word looks like a plural noun."""
        if word in self.plurals:
            return True
        if len(word) < 3 or not word.endswith("s") or word in self.singulars:
            return False
        return not word.endswith(("ss", "us", "is", "'s", "ous"))

    def code_of(self, words: list[str]) -> str:
        """The unit code of a noun phrase (modifiers and head, lower case): a compound or synonym, else the head's singular."""
        clean = [w for w in words if w[:1].isalpha()]
        if not clean:
            return "_".join(words)
        head = self.singular(clean[-1])
        for size in (3, 2):
            if len(clean) >= size:
                first = self.singular(clean[-size]) if "of" in clean[-size:-1] else clean[-size]
                code = self.codes.get(" ".join([first, *clean[-size + 1 : -1], head]))
                if code:
                    return code
        return self.codes.get(head, head)


@cache
def _singular(nouns: Nouns, word: str) -> str:
    if word in nouns.plurals:
        return nouns.plurals[word]
    if not nouns.is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def load(overlay: Path | None = None) -> Nouns:
    """Read `nouns.csv` and `classifiers.csv`."""
    plurals: dict[str, str] = {}
    codes: dict[str, str] = {}
    zh: dict[str, str] = {}
    singulars: set[str] = set()
    listed: set[str] = set()
    for row in read_table("nouns.csv", ("code", "plurals", "synonyms", "zh"), overlay):
        code = row["code"]
        if code == "!":
            singulars.update(row.list("plurals"))
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
    classifiers: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for row in read_table("classifiers.csv", ("classifiers", "code", "default"), overlay):
        for surface in row.list("classifiers"):
            classifiers[surface] = row["code"]
            if row["default"]:
                defaults[surface] = row["default"]
    known = frozenset({*codes.values(), *zh.values(), *listed})
    return Nouns(plurals, frozenset(singulars), codes, zh, classifiers, defaults, known)
