"""How an English text introduces the company of somebody who then speaks for it.

What lives here: the patterns around its name. What does not: their words (`company_words.csv`) and what the company
tells (see `stages.observations.speakers`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.catalogue.sought import Anchored
from pipelines.catalogue.table import alternatives

_LONGEST = 90  # characters of a name
_ADJECTIVES = ("", "new ", "first ", "outgoing ", "long-time ", "founding ")
#: What follows the name of a company that somebody took over or runs, so that it is no run of anything else.
_SINCE = r"(?=,? (?:since|for|in|from|until|after|last|this|two|three|four|five|six|seven|eight|nine|ten)\b)"


@dataclass(frozen=True, slots=True)
class Introductions:
    """`leading` holds a name behind the words that introduce it, `officer` follows one (Norvik's chief executive)."""

    leading: Anchored
    officer: Anchored
    name: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the name of each company stands that a text introduces so, and the name."""
        for match in self.leading.finditer(text):
            group = next(number for number, name in enumerate(match.groups(), 1) if name)
            yield match.start(group), match[group]
        for match in self.officer.finditer(text):
            found = self.name.search(text, max(0, match.start() - _LONGEST), match.start())
            if found is not None:
                yield found.start(1), found[1]


def compiled(heads: Sequence[str], takes: Sequence[str], officers: Sequence[str], name: str) -> Introductions:
    """The patterns for the words of those who lead a company, of what they do and of their office, and for a name.

    "Chief executive of the firm Norvik", "has run the Finnish host Norvik since", "By Ada Lind, head of platform at
    Norvik", "At Norvik we", "by the Norvik team", "by the Operations team, Norvik Grid".
    """
    person = r"[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){1,2}"
    owner = r"[A-Z]\w+['\u2019]s "  # Berlin's Norvik
    kind = r"(?:[a-z][\w-]{1,20} )"
    leading = (
        rf"\b(?:{alternatives(heads)})\b(?: [\w-]{{1,20}}){{0,3}}? (?:of|at) (?:the |{owner})?{kind}{{0,6}}{name}",
        rf"\b(?:{alternatives(takes)}) (?:(?:the |an? )?(?:[A-Z][a-z]+ )?{kind}{{1,6}}|{owner})?{name}{_SINCE}",
        rf"[Bb]y {person}, [\w&,/ -]{{3,60}}? (?:at|of) {name}(?=\n|$| ?[|\u00b7(])",
        rf"[Aa]t {name},? (?:we|our)\b",
        rf"(?:[Bb]y|From) the (?:[A-Z][\w&-]+ ){{1,3}}[Tt]eam(?:,| at| of)(?: the)? {name}",
        rf"(?:[Bb]y|From) the {name} (?:[a-z]+ )?[Tt]eam\b",
    )
    owned = [
        f"{own} {adjective}{word}" for word in officers for own in ("", "'s", "\u2019s") for adjective in _ADJECTIVES
    ]
    return Introductions(
        Anchored("|".join(leading), [*heads, *takes, "By ", "by ", "From ", "At ", "at "]),
        Anchored(rf"(?:['\u2019]s)? (?:{alternatives(_ADJECTIVES[1:])})?(?:{alternatives(officers)})\b", owned),
        re.compile(rf"(?<![\w&.-]){name}$"),
    )
