"""The clauses of an article: where they break, what stands in brackets, and what a clause itself speaks of.

What lives here: one pass over the text for breaks and brackets, and the questions about spans that names and numbers
ask. What does not: names of metrics (see `naming`) and the cells of tables (see `rows`).
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue.light_words import LightWords

_STRONG = (";", "；", "。", "!", "?", ":", "：", ". ")
_COMMAS = (",", "，")
_OPENERS, _CLOSERS = ("(", "（"), (")", "）")
_WORDS = ("、", " while ", " whereas ", " and ", " but ", " with ", " compared ", " against ", "其中", "同比", "而")
_BREAKS = (*_STRONG, *_COMMAS, *_OPENERS, *_CLOSERS, *_WORDS)
_KINDS = "s" * len(_STRONG) + "," * len(_COMMAS) + "(" * len(_OPENERS) + ")" * len(_CLOSERS) + "w" * len(_WORDS)
_FINDER = AhoCorasick(list(_BREAKS), matchkind=MatchKind.LeftmostLongest)
_PER_HEAD = AhoCorasick(["per capita", "per head", "per person", "人均", "户均", "每人", "每户", "每股"])
_WIDEST_BRACKET = 120
_GAP = re.compile(r"(?<=[\u3400-\u9fff%)])\s+(?=[\u3400-\u9fff0-9a-z])")  # parts the lines of a Chinese headline


class Clauses:
    """Breaks and brackets of a folded text, ready to be counted between any two offsets."""

    __slots__ = (
        "_brackets", "_closers", "_folded", "_light", "_opens", "_per_head", "_strong", "_text", "_weak",
    )  # fmt: skip

    def __init__(self, text: str, folded: str, light: LightWords, headlines: Sequence[tuple[int, int]] = ()) -> None:
        self._text, self._folded, self._light = text, folded, light
        weak, strong, closers, opened = array("l"), array("l"), array("l"), array("l")
        self._brackets: list[tuple[int, int]] = []
        for index, at, end in _FINDER.find_matches_as_indexes(folded):
            kind = _KINDS[index]
            if kind == "s":
                if end - at == 1 or folded[end : end + 1].isalpha():  # a full stop, no "No. 1" and no decimal point
                    strong.append(at)
            elif kind == ",":
                if not folded[end : end + 3].isdigit():  # no comma between thousands
                    weak.append(at)
                    closers.append(at)
            elif kind == ")":
                closers.append(at)
                if opened:
                    start = opened.pop()
                    if at - start < _WIDEST_BRACKET:
                        self._brackets.append((start, at))
            else:
                weak.append(at)
                if kind == "(":
                    opened.append(at)
        for start, end in headlines:
            strong.extend(array("l", (m.start() for m in _GAP.finditer(folded, start, end))))
        if headlines:
            strong = array("l", sorted(strong))
        self._brackets.sort()
        self._opens = array("l", (start for start, _ in self._brackets))
        self._weak, self._strong, self._closers = weak, strong, closers
        self._per_head = [at for _, at, _ in _PER_HEAD.find_matches_as_indexes(folded)]

    def weak(self, start: int, end: int) -> int:
        """How many commas, brackets and conjunctions stand in a span."""
        return bisect_left(self._weak, end) - bisect_left(self._weak, start) if start < end else 0

    def strong(self, start: int, end: int) -> int:
        """How many full stops, semicolons and colons stand in a span."""
        return bisect_left(self._strong, end) - bisect_left(self._strong, start) if start < end else 0

    def is_closed(self, start: int, end: int) -> bool:
        """Does a comma or bracket close something in the span?"""
        return bisect_left(self._closers, start) < bisect_left(self._closers, end)

    def is_parted(self, at: int, start: int, end: int) -> bool:
        """Does a strong break part an offset from a span?"""
        return self.strong(at, start) > 0 if at < start else self.strong(end, at) > 0

    def bracket_end(self, at: int) -> int:
        """Where the bracket closes that an offset stands in; -1 outside of brackets."""
        k = bisect_right(self._opens, at) - 1
        while k >= 0 and at - self._opens[k] < _WIDEST_BRACKET:
            if self._brackets[k][1] >= at:
                return self._brackets[k][1]
            k -= 1
        return -1

    def start_of(self, at: int, floor: int) -> int:
        """Where the statement begins that holds an offset: behind the last strong break, not before `floor`."""
        k = bisect_left(self._strong, at) - 1
        return max(floor, self._strong[k] + 1) if k >= 0 else floor

    def topic_start(self, at: int, floor: int) -> int:
        """The same, but a label before a colon belongs to what it announces."""
        k = bisect_left(self._strong, at) - 1
        while k >= 0 and self._strong[k] >= floor and self._folded[self._strong[k]] in ":：":
            k -= 1
        return max(floor, self._strong[k] + 1) if k >= 0 else floor

    def segment_start(self, at: int, floor: int) -> int:
        """Where the words begin that no break of any kind parts from an offset, not before `floor`."""
        weak, strong = bisect_left(self._weak, at) - 1, bisect_left(self._strong, at) - 1
        if weak >= 0:
            floor = max(floor, self._weak[weak] + 1)
        return max(floor, self._strong[strong] + 1) if strong >= 0 else floor

    def end_of(self, at: int, ceiling: int) -> int:
        """Where the clause ends that holds an offset: before the next break of any kind."""
        weak, strong = bisect_left(self._weak, at), bisect_left(self._strong, at)
        end = ceiling
        if weak < len(self._weak):
            end = min(end, self._weak[weak])
        return min(end, self._strong[strong]) if strong < len(self._strong) else end

    def next_strong(self, at: int, ceiling: int) -> int:
        """Where the next strong break stands."""
        k = bisect_left(self._strong, at)
        return min(ceiling, self._strong[k]) if k < len(self._strong) else ceiling

    def per_head(self, start: int, end: int) -> int:
        """Where 人均 or "per capita" last stands in a span; -1 where it does not."""
        k = bisect_left(self._per_head, end) - 1
        return self._per_head[k] if k >= 0 and self._per_head[k] >= start else -1

    def own_words(self, start: int, end: int, language: str, most: float = 9.0) -> float:
        """How many words of a span name something by themselves, up to `most`."""
        if start >= end:
            return 0.0
        return self._light.count_others(self._text, self._folded, start, end, language, most)
