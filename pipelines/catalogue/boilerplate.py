"""What stands around the sentences of a page (related links, counters, notices), and points that end no sentence.

Here: the phrases of `boilerplate.csv` and the words of `abbreviations.csv`, checked and indexed. Not here: deciding
what a line is (`stages.sentences`) or which element of a page to leave out (`stages.text`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from pipelines.catalogue.table import Row, read_table

KINDS = ("section", "notice", "counter", "page")
POINTS = ("before", "number", "inner", "starter")
_AROUND = " \t\u3000#*＊_>|【】[]《》<-–—：:▶►»·…"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A marker of a line: its literal text in lower case, and what must stand beside it."""

    literal: str
    kind: str  # notice | counter
    opens_line: bool
    follows_number: bool
    precedes_number: bool

    def fits(self, text: str, at: int) -> bool:
        """Whether the literal at `at` of the lower-case text stands by itself, with a number if it needs one."""
        before, after = text[at - 1 : at] if at else "", text[at + len(self.literal) : at + len(self.literal) + 1]
        if (self.follows_number and not before.isdigit()) or (self.precedes_number and not after.isdigit()):
            return False
        joins_before = _is_latin(before) and _is_latin(self.literal[0])
        joins_after = _is_latin(after) and _is_latin(self.literal[-1])
        return not joins_before and not joins_after


@dataclass(frozen=True)
class Boilerplate:
    """All of the subject. Words and phrases are in lower case."""

    sections: frozenset[str]
    section_prefixes: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    page_names: frozenset[str]  # words of class and id attributes
    points: dict[str, str]  # a word before a point -> before | number | inner
    starters: frozenset[str]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick([phrase.literal for phrase in self.phrases])

    def find(self, text: str) -> Iterator[tuple[int, Phrase]]:
        """Where phrases stand in the text, in order; a phrase that opens lines is not yet held against its line."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters grow when lowered, and offsets must hold
            lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
        for index, start, _ in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            if self.phrases[index].fits(lowered, start):
                yield start, self.phrases[index]

    def opens_related(self, line: str) -> bool:
        """Whether a short line is the heading of related links, bare or with its links behind a colon."""
        bare = line.strip(_AROUND).lower()
        head, colon, _ = bare.replace("：", ":").partition(":")
        return (
            bare in self.sections
            or (bool(colon) and head.strip(_AROUND) in self.sections)
            or (bare.startswith(self.section_prefixes) and bare[-1] not in ".。!！?？")
        )


def load(overlay: Path | None = None) -> Boilerplate:
    """The tables `boilerplate.csv` and `abbreviations.csv`. Raises CatalogueError for an unknown kind."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in read_table("boilerplate.csv", ("phrase", "kind", "language"), overlay):
        by_kind[_kind(row, KINDS)].append(row["phrase"].lower())
    by_point: dict[str, list[str]] = {kind: [] for kind in POINTS}
    for row in read_table("abbreviations.csv", ("word", "kind"), overlay):
        by_point[_kind(row, POINTS)].append(row["word"].lower())
    return Boilerplate(
        sections=frozenset(phrase for phrase in by_kind["section"] if not phrase.endswith("*")),
        section_prefixes=tuple(phrase[:-1] for phrase in by_kind["section"] if phrase.endswith("*")),
        phrases=tuple(_phrase(text, kind) for kind in ("notice", "counter") for text in by_kind[kind]),
        page_names=frozenset(by_kind["page"]),
        points={word: kind for kind in POINTS[:3] for word in by_point[kind]},
        starters=frozenset(by_point["starter"]),
    )


def _kind(row: Row, known: tuple[str, ...]) -> str:
    if row["kind"] not in known:
        raise row.unknown("kind", row["kind"], known)
    return row["kind"]


def _phrase(text: str, kind: str) -> Phrase:
    literal = text.removeprefix("^").strip("#")
    return Phrase(literal, kind, text.startswith("^"), text.lstrip("^").startswith("#"), text.endswith("#"))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
