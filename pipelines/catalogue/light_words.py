"""Words that name nothing: function words, verbs of change, words of time and comparison.

What lives here: the table `light_words.csv` joined with the word classes of the grammar, the count of the words of a
span that do name something, and a pattern of those that are parts of a land or a market. A clause of light words only
("It rose to ...", 同比增长) has no subject of its own and goes on with the one before. What does not: the choice of
that subject (see `stages.observations`).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.catalogue.script import fold
from pipelines.catalogue.table import alternatives, read_table

_CLASSES = frozenset((
    "preposition", "article", "conjunction", "auxiliary", "pronoun", "adverb", "verb", "definite", "change_verb",
    "rank_verb", "rank_scope", "rank_noun", "superlative", "range_verb", "time_unit", "duration_cue", "distributive",
    "number_of", "comparative_up", "comparative_down", "level_bounds",
))  # fmt: skip
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]+")
_AREA = "area"  # the row of words for parts of a land or a market
_READ = 400  # characters of a span
_PER_WORD = 2  # ideographs


@dataclass(frozen=True, slots=True)
class LightWords:
    """The light words of both languages, folded."""

    english: frozenset[str]
    chinese: re.Pattern[str]
    areas: re.Pattern[str]  # words of the row "area", which are light as well

    def count_others(self, text: str, folded: str, start: int, end: int, language: str, most: float) -> float:
        """How many words of a span name something, up to `most`; a name with a capital counts only at its begin.

        A span that names less from its begin on than so much of it may hold is not read further.
        """
        end = min(end, start + _READ)
        if language == "zh":
            rest = self.chinese.sub(" ", folded[start:end])
            return min(sum(map(len, _IDEOGRAPHS.findall(rest))) / _PER_WORD, most)
        found, english, is_first = 0.0, self.english, True
        for word in _WORDS.findall(text, start, end):
            if word in english or len(word) == 1:
                pass
            elif word.islower() or ((is_first or not word[0].isupper()) and word.lower() not in english):
                found += 1
                if found >= most:
                    break
            is_first = False
        return found


def load(overlay: Path | None = None) -> LightWords:
    """The rows of `light_words.csv` and of the word classes. Raises CatalogueError for one that cannot be read."""
    english: set[str] = set()
    chinese: set[str] = set()
    areas: list[str] = []
    for row in read_table("word_classes.csv", ("class", "words"), overlay):
        if row["class"] in _CLASSES:
            english |= {fold(word) for word in row.list("words")}
    for row in read_table("light_words.csv", ("id", "words"), overlay):
        words = [fold(word) for word in row.list("words")]
        for word in words:
            (english if word.isascii() else chinese).add(word)
        if row["id"] == _AREA:
            areas += words
    latin = "|".join(re.escape(word) for word in areas if word.isascii())
    other = [word for word in areas if not word.isascii()]
    light = alternatives(chinese)
    return LightWords(
        frozenset(english), re.compile(light), re.compile("|".join([rf"\b(?:{latin})\b"] * bool(latin) + other))
    )
