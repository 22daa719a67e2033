"""The words of English statistics: number words, bounds, cues of growth and share, comparisons, names that hold
a number.

Tables only; the rules that combine them are in `stages.quantities`. Chinese has its own tables (`chinese.py`).
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipelines.catalogue.table import read_table
from pipelines.vocabulary.words import Phrases

NUMBER_ROLES = (
    "unit", "ten", "hundred", "scale", "collective", "fraction", "ordinal", "vague", "multiple",
    "suffix", "suffix_money", "spaced_suffix",
)  # fmt: skip
BOUND_POSITIONS = ("before", "verb", "after", "glued")
CUES = ("up", "down", "level", "share", "rate", "change")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word says of the number near it, and whether it is a verb, a noun or an adverb."""

    cue: str
    form: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled tables. Words are lower case except in `suffixes`, where case decides (m, M)."""

    cardinals: dict[str, tuple[str, Decimal]]  # unit, ten, hundred, scale, collective
    fractions: dict[str, Decimal]
    ordinals: dict[str, int]
    vague: dict[str, Decimal]
    multiples: dict[str, Decimal]
    suffixes: dict[str, tuple[str, Decimal]]
    bounds_before: Phrases[tuple[str, str]]  # (position, bound), found backward from the number
    bounds_after: Phrases[str]
    bound_signs: dict[str, str]
    cues: Phrases[Cue]
    comparisons: Phrases[str]
    classes: dict[str, frozenset[str]]
    ends_phrase: frozenset[str]  # function words and verbs that end a counted-noun phrase
    names: tuple[tuple[str, str], ...]

    def is_verb(self, word: str) -> bool:
        """Whether a lower-case word is a verb by the word classes, or has the ending of a past participle."""
        return (
            word in self.classes["verb"] or word in self.classes["auxiliary"] or (len(word) > 4 and word.endswith("ed"))
        )


def _folds(by_role: dict[str, dict[str, Decimal]]) -> dict[str, Decimal]:
    """Twofold, elevenfold, hundredfold: every number word makes a multiple."""
    return {
        f"{word}fold": by_role[role][word] for role in ("unit", "ten", "hundred", "scale") for word in by_role[role]
    }


def load(overlay: Path | None = None) -> Grammar:
    """Read and check the tables. Raises CatalogueError with file and line."""
    by_role: dict[str, dict[str, Decimal]] = {role: {} for role in NUMBER_ROLES}
    for row in read_table("number_words.csv", ("word", "role", "value"), overlay):
        role = row["role"]
        if role not in by_role:
            raise row.unknown("role", role, NUMBER_ROLES)
        try:
            by_role[role][row["word"]] = Decimal(row["value"])
        except InvalidOperation as error:
            raise row.fail(f'value "{row["value"]}" is not a number') from error
    before, after, signs = [], [], {}
    for row in read_table("bounds.csv", ("phrase", "position", "bound"), overlay):
        if row["position"] not in BOUND_POSITIONS:
            raise row.unknown("position", row["position"], BOUND_POSITIONS)
        if row["position"] == "glued":
            signs[row["phrase"]] = row["bound"]
        elif row["position"] == "after":
            after.append((row["phrase"], row["bound"]))
        else:
            before.append((row["phrase"], (row["position"], row["bound"])))
    cues = []
    for row in read_table("cues.csv", ("phrase", "cue", "form"), overlay):
        if row["cue"] not in CUES:
            raise row.unknown("cue", row["cue"], CUES)
        cues.append((row["phrase"], Cue(row["cue"], row["form"])))
    classes = {
        row["class"]: frozenset(w.strip().lower() for w in row["words"].split(";") if w.strip())
        for row in read_table("word_classes.csv", ("class", "words"), overlay)
    }
    ends = frozenset().union(
        *(classes[c] for c in ("preposition", "article", "conjunction", "auxiliary", "pronoun", "adverb", "verb"))
    )
    comparisons = read_table("comparisons.csv", ("phrase", "versus"), overlay)
    names = read_table("names.csv", ("name", "reason"), overlay)
    return Grammar(
        cardinals={
            word: (role, value)
            for role in ("unit", "ten", "hundred", "scale", "collective")
            for word, value in by_role[role].items()
        },
        fractions=by_role["fraction"],
        ordinals={word: int(value) for word, value in by_role["ordinal"].items()},
        vague=by_role["vague"],
        multiples=by_role["multiple"] | _folds(by_role),
        suffixes={
            word: (role, value)
            for role in ("suffix", "suffix_money", "spaced_suffix")
            for word, value in by_role[role].items()
        },
        bounds_before=Phrases(before),
        bounds_after=Phrases(after),
        bound_signs=signs,
        cues=Phrases(cues),
        comparisons=Phrases((row["phrase"], row["versus"]) for row in comparisons),
        classes=classes,
        ends_phrase=ends,
        names=tuple((row["name"].lower(), row["reason"]) for row in names),
    )
