"""The cue words of weak names, and the words that bar a name, where they stand in an article.

What lives here: one scan for all such words, and how far off the nearest cue of a metric is. What does not: names and
scores (see `naming`).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.metrics import Metric
from pipelines.stages.observations.clauses import Clauses
from pipelines.vocabulary.article import Sentence

#: How many sentences back of another paragraph a cue still counts.
FARTHEST = 4
_SILENT = frozenset(("meta", "boilerplate"))
_FIGURE = re.compile(r"\d(?![\dg])")
_JOINED = re.compile(  # "7 trillion yuan, up 12 %, and": what parts a name from such a word, in English
    r"\d(?![\dg])[^,;]*(?:,(?!\d)|\b(?:and|while|with)\b)(?!\s(?:above|over|more|up|higher|larger|bigger|below|under|less)\b)"
)
_OWN_FIGURE = re.compile(r"\d(?![\dg])[^,\uff0c]*[,\uff0c]")  # 5g is none
_FAR_EN = 80  # characters between a name and a word behind it that has a figure of its own


class Cues:
    """The cue words of an article, by sentence."""

    __slots__ = (
        "_clauses", "_folded", "_found", "_name_ends", "_names", "_sentence_starts", "_sentences", "_title", "_words",
    )  # fmt: skip

    def __init__(
        self, text: str, folded: str, sentences: Sequence[Sentence], clauses: Clauses, catalogue: Catalogue
    ) -> None:
        self._folded = folded
        self._clauses = clauses
        self._sentences = sentences
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._title = next((i for i, s in enumerate(sentences) if s.block == "title"), None)
        self._found: dict[tuple[str, int], float | None] = {}
        self._words: dict[int, dict[str, list[int]]] = {}  # sentence -> cue word -> where it stands
        named = [m for m in catalogue.organisations.find(text) if m.organisation.kind == "company"]
        self._names = [m.start for m in named]
        self._name_ends = [m.end for m in named]
        for at, word in catalogue.metrics.find_cues(folded):
            sentence = bisect_right(self._sentence_starts, at) - 1
            self._words.setdefault(sentence, {}).setdefault(word, []).append(at)

    def of(self, metric: Metric, sentence: int) -> float | None:
        """The penalty for how far off the nearest cue of a weak name stands; None where there is none."""
        key = (metric.id, sentence)
        if key not in self._found:
            self._found[key] = self._cue(metric, sentence)
        return self._found[key]

    def _cue(self, metric: Metric, sentence: int) -> float | None:
        here = self._sentences[sentence]
        if self._holds(metric, sentence):
            return 0.0
        back, steps = sentence - 1, 0
        while back >= 0 and steps < 3 and self._sentences[back].paragraph == here.paragraph:
            if self._holds(metric, back):
                return 0.4 + 0.2 * steps
            back, steps = back - 1, steps + 1
        if any(self._holds(metric, bisect_right(self._sentence_starts, start) - 1) for start, _ in here.context):
            return 0.6
        if self._title is not None and self._holds(metric, self._title):
            return 0.8
        while back >= 0 and steps < FARTHEST:
            if self._sentences[back].block not in _SILENT and self._holds(metric, back):
                return 1.0 + 0.1 * steps
            back, steps = back - 1, steps + 1
        return None

    def _holds(self, metric: Metric, sentence: int) -> bool:
        """Does one of the cues of a metric stand in a sentence, by itself and not as the end of what bars it?"""
        held = self._words.get(sentence)
        if held is None or metric.cue_words.isdisjoint(held):
            return False
        if not metric.mistaken:
            return True
        return any(
            cue in held and any(not self._is_end_of(metric.mistaken.get(cue, ()), cue, at, held) for at in held[cue])
            for cue in metric.cues
        )

    def _is_end_of(self, longer: tuple[str, ...], cue: str, at: int, held: dict[str, list[int]]) -> bool:
        """Is the cue at `at` the end of one of the longer words: "conference" of "press conference"?"""
        return any(at + len(cue) - len(word) in held.get(word, ()) for word in longer)

    def is_excluded(self, metric: Metric, start: int, end: int, reach: int, figure: int = -1) -> bool:
        """Does a word that bars the metric stand so close to its name? `figure` is where its figure begins."""
        if not metric.excludes:
            return False
        held = self._words.get(bisect_right(self._sentence_starts, start) - 1)
        if held is None or metric.barring.isdisjoint(held):
            return False
        return any(
            -reach < at - start < reach + end - start
            and not self._clauses.is_parted(at, start, end)
            and not self._is_in_name(at)
            and not (end <= figure and self._is_told_apart(at, start, end, figure))
            for word in metric.excludes
            for at in held.get(word, ())
        )

    def _is_told_apart(self, at: int, start: int, end: int, figure: int) -> bool:
        """软件业务收入6万亿元,利润总额...; "software firms booked 7 trillion yuan, and profit of 843 billion".

        Have a name and a word beside it each a figure of their own?
        """
        text = self._folded
        if end <= at < figure or _FIGURE.search(text, end, figure):
            return False
        if text[start] < "\u2e80":
            return figure < at < end + _FAR_EN and _JOINED.search(text, figure, at) is not None
        return _OWN_FIGURE.search(text, *((end, at) if at >= end else (at, start))) is not None

    def _is_in_name(self, at: int) -> bool:
        """Does a word stand in a company's name, which says nothing of what is measured: 中国电信营业收入?"""
        k = bisect_right(self._names, at) - 1
        return k >= 0 and at < self._name_ends[k]
