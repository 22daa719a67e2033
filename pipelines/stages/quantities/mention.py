"""A number on its way to becoming a quantity: what the rules have found out about it so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.vocabulary.quantity import Quantity, Size
from pipelines.vocabulary.words import Words

MILLION = 10**6
FAR_COUNT = 40  # figures before one, among which that is sought which it goes on with


@dataclass(slots=True)
class Mention:
    """One number of a sentence, changed by one rule after another, and frozen at the end.

    `start`, `end` are offsets of the quote; `i`, `j` its number's tokens; `left` the first token that belongs to the
    statement (bound, currency), `right` the first token after the quote.
    """

    start: int
    end: int
    i: int
    j: int
    value: Decimal
    form: str
    high: Decimal | None = None
    digits: int = 1
    decimals: int = 0
    scale: Decimal = Decimal(1)
    left: int = 0
    right: int = 0
    unit: str | None = None
    dimension: str = ""
    currency: str | None = None
    is_attributive: bool = False  # joined to its noun by a hyphen
    is_signed: bool = False
    noun_start: int = -1
    noun_end: int = -1
    bound: str = "="
    bound_text: str | None = None
    bound_start: int = -1
    basis: str | None = None
    kind: str = ""
    trend: str | None = None
    versus: str | None = None
    scope: str | None = None
    size: Size | None = None
    group: int | None = None
    respectively: bool = False
    rate: str | None = None  # the denominator of a rate whose counted noun is left out
    rules: list[str] = field(default_factory=list)

    @property
    def has_unit(self) -> bool:
        return self.unit is not None

    @property
    def is_stock(self) -> bool:
        """Whether it is an amount of something, which can have parts: no share, time, multiple or rank."""
        return self.dimension not in ("ratio", "time", "multiple", "rank", "points", "")

    def freeze(self, sentence: int) -> Quantity:
        """The finished quantity."""
        is_exact_count = self.scale == 1 and self.decimals == 0 and abs(self.value) < 1000
        bound_start = self.bound_start if self.bound_start >= 0 else self.start
        return Quantity(  # by position: the names of so many fields cost twice what the fields do
            self.start, self.end, sentence, self.value, self.unit, self.high, self.bound, self.bound_text, self.digits,
            is_exact_count, self.decimals, self.scale, self.basis, self.kind or "level", self.trend, self.versus,
            self.scope, self.size, self.group, self.respectively, bound_start, self.noun_start, self.noun_end,
            tuple(self.rules),
        )  # fmt: skip


@dataclass(slots=True)
class Carried:
    """What has been told so far, for the sentences that go on with it: the unit of the last amount; within a
    paragraph the kind of the last percentage, and what each verb counted last.
    """

    counted: str | None = None
    things: str | None = None  # the noun of the last count
    money: str | None = None  # the currency of the last amount of millions, one that restates another left out
    is_of_money: bool = False  # whether the last amount of millions of the paragraph was of money
    percentage: str | None = None
    level: "Mention | None" = None  # the last figure of the sentence before in the paragraph, a level or share
    by_verb: dict[str, str] = field(default_factory=dict)  # what a verb counted last: shipped 9 million phones

    table: Sequence[str] = ()  # what governs the rows of the table that is being read
    sign: str | None = None  # the currency that a row of it wrote before a figure
    is_scaled: bool = False  # whether a row of it told of billions by a letter

    def turn(self) -> None:
        """A new paragraph begins."""
        self.percentage = self.level = None
        self.is_of_money = False
        self.by_verb.clear()

    def add(self, words: Words, mentions: list[Mention]) -> None:
        """Take up the mentions of one more sentence."""
        last = mentions[-1] if mentions else None
        if last is not None:
            is_state = last.unit is not None and last.kind in ("level", "share", None)
            self.level = last if is_state and not last.is_attributive else None
        for mention in mentions:
            if mention.unit is not None and mention.is_stock and mention.left:
                self.by_verb[words.low[mention.left - 1]] = mention.unit
            if mention.is_stock and mention.scale >= MILLION:
                self.is_of_money = mention.dimension.startswith("money")
                if self.is_of_money and words.text[mention.left - 1 : mention.left] != ["("]:
                    self.money = mention.unit
            if mention.dimension == "ratio":
                self.percentage = mention.kind
            elif mention.is_stock and mention.kind in ("level", "change") and mention.value >= 2:
                self.counted = mention.unit
                self.things = mention.unit if mention.dimension.startswith("count") else self.things


_LOWER, _UPPER = frozenset((">", ">=")), frozenset(("<", "<="))
#: The bounds that leave one side open.
LIMITS = _LOWER | _UPPER


def are_opposed(first: Mention, value: Decimal, second: Mention) -> bool:
    """Do two figures each bound the same from another side, so that they are the ends of one: "> 20" and "< 35"?

    `value` is that of the first, in the scale of both.
    """
    if first.bound in _LOWER:
        return second.bound in _UPPER and value < second.value
    return first.bound in _UPPER and second.bound in _LOWER and value > second.value


def percentage_before(mentions: Sequence[Mention], k: int) -> Mention | None:
    """The last percentage of a sentence before its mention `k`, if it is not far."""
    before = mentions[max(0, k - FAR_COUNT) : k]
    return next((mention for mention in reversed(before) if mention.dimension == "ratio"), None)


def take(words: Words, mention: Mention, unit: str, right: int, rule: str) -> bool:
    """Give a mention its unit and end its quote before token `right`. Always true, for the rules that return it."""
    mention.unit, mention.right = unit, right
    mention.end = words.end[right - 1]
    mention.rules.append(rule)
    return True
