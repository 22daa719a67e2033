"""A quantity: a number with its unit, bound and kind, as one sentence states it, before it is tied to a metric."""

from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.vocabulary.values import light

#: The rule of a Chinese count whose unit only its classifier tells, and may be another: 300项, 4000家.
USUAL = "what the classifier mostly counts"


@dataclass(frozen=True, slots=True)
class Size:
    """The stated size of a counted thing: 42 *10,000-card* clusters."""

    value: Decimal
    unit: str


@light
@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that a sentence states. Field meanings are those of `Observation`.

    `noun_start`, `noun_end` span the counted-noun phrase inside the quote ("ten-thousand-card intelligent
    computing clusters"), `bound_start` the leftmost word that belongs to the statement ("more than"), so that the
    linker knows where the words about the number end. `rules` names what decided, for `tallyhouse try`.
    """

    start: int
    end: int
    sentence: int  # index of its sentence
    value: Decimal
    unit: str | None
    value_high: Decimal | None = None
    bound: str = "="
    bound_text: str | None = None
    significant_digits: int = 1
    is_exact_count: bool = False  # a count below 1,000 printed without a scale word
    decimals: int = 0  # digits written after the point, before scale
    scale: Decimal = Decimal(1)  # what scale words multiplied by: 10**6 for "13.73 million"
    basis: str | None = None
    kind: str = "level"
    trend: str | None = None
    versus: str | None = None
    scope: str | None = None
    size: Size | None = None
    group: int | None = None  # shared by members of one list ("1.2, 1.5 and 1.8 billion yuan")
    respectively: bool = False
    bound_start: int = -1
    noun_start: int = -1
    noun_end: int = -1
    rules: tuple[str, ...] = field(default=())

    @property
    def left(self) -> int:
        """Where the words of the figure begin, its bound included."""
        return self.bound_start if 0 <= self.bound_start < self.start else self.start


@light
@dataclass(frozen=True, slots=True)
class Ignored:
    """A run of digits or number words that is no statistic, and why.

    Reason codes: date, time, year, name, version, model, section, ordinal, list_number, contact, identifier,
    boilerplate, vague, pronoun, idiom, corrupt, oversized, definition, score, address, duplicate, span (a time that
    only says when), age (of one person or thing), definite ("the three"), part (a scale word without a number),
    word (a numeral inside a word).
    """

    start: int
    end: int
    reason: str
    rule: str = ""
