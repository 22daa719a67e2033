"""Goals of Chinese prose: 到2027年,力争…;…;… sets one time and one goal for all the clauses behind it.

What lives here: whether a time that opens a sentence goes on across its semicolons, and whether a figure of a time to
come is a goal because the sentence or the document sets goals. What does not: words of goal and expectation
(`status_words.csv`) and the times themselves (see `periods`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipelines.catalogue import Catalogue
from pipelines.catalogue.periods import PeriodExpression
from pipelines.catalogue.status_words import StatusCue
from pipelines.vocabulary.article import Sentence

_SEMICOLON = re.compile(r"[;\uff1b]")
_CLOSES = ",\uff0c:\uff1a"
_INTRODUCED = 2  # characters that may introduce a time: 展望2026年
_TO_BE = ("将", "將")
_AFTER_NAME = "》〉」』\"'\u201d\u2019 "  # what closes a headline behind the name of a document


def last_clause(text: str, start: int, end: int) -> int:
    """Where the clause behind the last semicolon before `end` begins; `start` without one."""
    return max((m.end() for m in _SEMICOLON.finditer(text, start, end)), default=start)


class Goals:
    """What sets goals in an article."""

    def __init__(self, text: str, sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
        self._text = text
        title = next((s for s in sentences if s.block == "title"), None)
        words = text[title.start : title.end].rstrip(_AFTER_NAME) if title is not None else ""
        self.is_plan = words.endswith(tuple(catalogue.chinese.by_role["plan_document"]))
        self._named_plans = tuple(f"{word}》" for word in catalogue.chinese.by_role["plan_document"])
        self._plans: dict[int, int] = {}  # start of a sentence -> where the first plan that it names ends
        plans = "|".join(catalogue.chinese.by_role["plan_document"])
        self._by_plan = re.compile(
            rf"(?:按照|按|根据|根據|依据|依據|依照)[^,\uff0c。;\uff1b:\uff1a\d]{{1,12}}(?:{plans})[,\uff0c]"
            rf"|(?:[发發公]布|印[发發]|出台|制定|制訂|推出)了?[^,\uff0c。;\uff1b:\uff1a\d]{{0,24}}(?:{plans})[,\uff0c:\uff1a]"
        )
        self._present = tuple(catalogue.chinese.by_role["present"])
        self._as_it_is = (*self._present, *catalogue.chinese.by_role["as_it_is"])

    def opens(self, sentence: Sentence, e: PeriodExpression, ahead: Sequence[int], first: int) -> bool:
        """Whether a time opens its sentence, alone or behind who says so or a word of goal.

        `ahead` are the words of goal and expectation, `first` is where the sentence's first figure begins.
        """
        start = e.lead_start if 0 <= e.lead_start < e.start else e.start
        if sentence.language != "zh" or first < start:
            return False
        before = self._text[sentence.start : start].strip()
        if len(before) <= _INTRODUCED or before[-1] in _CLOSES:
            return True
        k = bisect_left(ahead, sentence.start)
        return k < len(ahead) and ahead[k] < start

    def names_plan(self, sentence: Sentence, before: int) -> bool:
        """Whether a sentence names what sets goals before a place: 按照《…行动方案》,到2025年底…, 根据自治区规划,…."""
        if sentence.start not in self._plans:
            self._plans[sentence.start] = self._first_plan(sentence)
        return self._plans[sentence.start] <= before

    def _first_plan(self, sentence: Sentence) -> int:
        """Where the first plan that a sentence names ends; beyond its end without one."""
        start, end = sentence.start, sentence.end
        ends = [at + len(name) for name in self._named_plans if (at := self._text.find(name, start, end)) >= 0]
        match = self._by_plan.search(self._text, start, end)
        return min([*ends, match.end() if match is not None else end + 1])

    def is_present(self, start: int, end: int) -> bool:
        """Whether words between two places say of what is so already."""
        return any(self._text.find(word, start, end) >= 0 for word in self._present)

    def is_as_it_is(self, sentence: Sentence) -> bool:
        """Whether a sentence behind one of a time to come tells of what is so: 二期明年投产。公司共有员工120人."""
        return any(self._text.find(word, sentence.start, sentence.end) >= 0 for word in self._as_it_is)

    def of_sentence(self, sentence: Sentence, at: int, cues: Sequence[StatusCue]) -> str | None:
        """What the clauses before a figure's own set for the time to come that they share with it."""
        clause = last_clause(self._text, sentence.start, at)
        if clause == sentence.start or self.is_present(clause, at):
            return None
        firm = [c for c in cues if c.is_ahead and not c.is_weak and c.end <= at]
        return firm[0].status if firm and firm[-1].end <= clause else None

    def foretells(self, c: StatusCue) -> bool:
        """Whether a word tells of an expectation, not only of what is to be."""
        return c.status == "forecast" and not c.is_weak and not self._text.startswith(_TO_BE, c.start)
