"""Organisations: who issues figures, under which names, through which people and in which reports.

What lives here: the table `organisations.csv` and one scan of a text for its names. What does not: who of them issued a
given figure (see the observation stage).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.catalogue import speech
from pipelines.catalogue.script import simplify
from pipelines.catalogue.speech import Speech
from pipelines.catalogue.table import Row, read_table
from pipelines.vocabulary.values import light

COLUMNS = ("name", "aliases_en", "aliases_zh", "kind", "country", "people", "reports", "fiscal_year_end")
KINDS = ("ministry", "agency", "international", "association", "research", "company", "venue", "outlet", "poll", "word")
#: The forms of company at the end of a name.
_LEGAL = re.compile(r"(?:,? (?:Corporation|Corp|Incorporated|Inc|Limited|Ltd|Company|Co|PLC|plc|AG|SE|NV|SA)\b\.?)+$")
_LONG = 200  # characters of a text that is asked for more than once
#: A time of day with the space behind it.
_TIME = re.compile(r"(?:\d\d?[:.]\d\d(?:\s?[ap]\.?m\.?)?|\d\s?[ap]\.?m\.?)\s$", re.I)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One row: `country` is an ISO code or "", `fiscal_year_end` a rule of `calendar.fiscal_year_end` or ""."""

    name: str
    kind: str
    country: str
    fiscal_year_end: str


@light
@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A name in a text. `by` is name, person or report: what of the organisation is named."""

    start: int
    end: int
    organisation: Organisation
    by: str


class Organisations:
    """The rows, and `find` for their names. A name shared by two rows belongs to the first; `speech` is who speaks."""

    def __init__(self, rows: Iterable[Row], speech: Speech) -> None:
        self.speech = speech
        self.all: dict[str, Organisation] = {}
        words: dict[str, tuple[Organisation, str]] = {}
        for row in rows:
            if row["kind"] not in KINDS:
                raise row.unknown("kind", row["kind"], KINDS)
            item = Organisation(row["name"], row["kind"], row["country"], row["fiscal_year_end"])
            if item.kind != "word":
                self.all[item.name] = item
            for column, by in (
                ("aliases_en", "name"),
                ("aliases_zh", "name"),
                ("people", "person"),
                ("reports", "report"),
            ):
                for word in map(simplify, row.list(column)):
                    words.setdefault(word, (item, by))
                    # "Semiconductor Manufacturing International" with any form of company behind it
                    if by == "name" and " " in (stem := _LEGAL.sub("", word)):
                        words.setdefault(stem, (item, by))
            words[simplify(item.name)] = (item, "name")
        self.companies = {name.casefold(): name for name, item in self.all.items() if item.kind == "company"}
        self._meanings = list(words.values())
        self._seen: tuple[str, list[OrganisationMention]] = ("", [])
        self._words = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[OrganisationMention]:
        """Every name in the text, in order, the longest where several begin at one place."""
        if self._seen[0] == text:  # several questions are asked of one text
            return self._seen[1]
        found = []
        for index, start, end in self._words.find_matches_as_indexes(simplify(text)):
            if text[start] < "\u2e80" and (
                (start and text[start - 1].isalnum() and text[start - 1] < "\u2e80")
                or (end < len(text) and text[end].isalnum() and max(text[end - 1 : end + 1]) < "\u2e80")
            ):
                continue
            if end - start < 6 and (_in_capitals(text, start, end) or _is_clock(text, start, end)):
                continue
            organisation, by = self._meanings[index]
            if organisation.kind != "word":
                found.append(OrganisationMention(start, end, organisation, by))
        if len(text) > _LONG:
            self._seen = (text, found)
        return found

    def fiscal_rule(self, text: str) -> str | None:
        """The fiscal year's end of the first organisation of the text that does not keep the calendar year."""
        return next((m.organisation.fiscal_year_end for m in self.find(text) if _has_year(m.organisation)), None)

    def season_rule(self, text: str) -> str | None:
        """The end of the years "2027/28" of the first agency of the text whose years are not those of the calendar."""
        ends = (m.organisation.fiscal_year_end for m in self.find(text) if m.organisation.kind == "agency")
        return next((end for end in ends if end), None)


def _has_year(organisation: Organisation) -> bool:
    """Whether what an organisation calls a fiscal year is one of its own, not one of a market that it runs."""
    return bool(organisation.fiscal_year_end) and organisation.kind != "agency"


def _is_clock(text: str, start: int, end: int) -> bool:
    """Whether short capitals name the time zone of a time of day ("6:10 a.m. HKT")."""
    return text[start:end].isupper() and _TIME.search(text, max(0, start - 12), start) is not None


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether short capitals stand in a line all in capitals, which tells no name from a word ("WHO GAINED")."""
    if not (text[start:end].isascii() and text[start:end].isupper()):
        return False
    low = max(text.rfind("\n", max(0, start - 120), start) + 1, start - 120)
    high = text.find("\n", end, end + 120)
    line = text[max(0, low) : high if high >= 0 else end + 120]
    return sum(word.isupper() for word in line.split()) > 2 and line.isupper()


def load(overlay: Path | None = None) -> Organisations:
    """The rows of `organisations.csv`. Raises CatalogueError for one that cannot be read."""
    return Organisations(read_table("organisations.csv", COLUMNS, overlay), speech.load(overlay))
