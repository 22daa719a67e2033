"""What a growth or change is measured against: "year on year", "from December 2024", 环比, "inside six months".

Words that name a base are catalogue data (`versus` in `period_words.csv`); here is which of them a figure takes.
"""

import re

from pipelines.catalogue.calendar import Span, shift_months
from pipelines.catalogue.periods import PeriodExpression, any_within
from pipelines.stages.observations.period_roles import Read, Reading
from pipelines.vocabulary.article import Sentence
from pipelines.vocabulary.quantity import Quantity

_WITHIN_LENGTH = re.compile(
    r"\b(?:in|inside|within|in just|in the space of)\s"
    r"(a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|half a|\d{1,2})\s(year|month|quarter)s?\b"
)
_NUMBERS = dict(
    zip(
        ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "eighteen"],
        (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18),
        strict=True,
    )
)


def growth_base(
    reading: Reading,
    sentence: Sentence,
    q: Quantity,
    k: int,
    here: list[Quantity],
    reads: list[Read],
    span: Span | None,
    column: tuple[int, int] | None = None,
) -> tuple[str | None, str]:
    """What a growth or change is measured against, and the words that say so."""
    text = reading.folded
    low = max(sentence.start, here[k - 1].end if k else sentence.start)
    high = min(sentence.end, here[k + 1].start if k + 1 < len(here) else sentence.end)
    word = any_within(reading.growth, low, high)
    if word:
        return _named_base(word, span), reading.article.text[word.start : word.end]
    bases = [r for r in reads if r.role == "versus"]
    near = [r for r in bases if low <= r.expression.start < high] or bases
    if near:
        base = min(near, key=lambda r: abs(r.expression.start - q.start))
        words = reading.article.text[base.expression.start : base.expression.end]
        moment = base.expression.moment
        if base.expression.kind == "base" and moment.year == -1 and moment.unit in ("year", "quarter", "month"):
            return moment.unit, words
        if base.span:
            return _distance(base.span, span), words
    length = _WITHIN_LENGTH.search(text, low, high)
    if length and span:
        months = 6 if length[1] == "half a" else int(length[1]) if length[1].isdigit() else _NUMBERS[length[1]]
        months *= {"year": 12, "quarter": 3, "month": 1}[length[2]]
        return _distance(shift_months((span[1], span[1]), -months), span), length[0]
    for begin, stop in ((sentence.start, sentence.end), *((column,) if column else ()), *sentence.context):
        word = any_within(reading.growth, begin, stop)
        if word:
            return _named_base(word, span), reading.article.text[word.start : word.end]
    if span and span[0].timetuple().tm_yday == 1 and (span[1] - span[0]).days in (364, 365):
        return "year", "a whole year's growth"
    return None, ""


def _named_base(word: PeriodExpression, span: Span | None) -> str:
    """The base that a word names; 环比 is the quarter before for a quarter, the month before for a month."""
    if word.moment.unit == "chain":
        return "quarter" if span and (span[1] - span[0]).days > 80 else "month"
    return word.moment.unit


def _distance(base: Span, span: Span | None) -> str:
    """ "year", "quarter" or "month" where the base is the same stretch one step back, else the base's last day."""
    if span:
        steps = (("year", 12), ("quarter", 3), ("month", 1))
        is_flow = span[0] != span[1]
        for name, months in steps:
            if shift_months(span, -months)[1] == base[1] and (name == "year" or is_flow):
                return name
    return base[1].isoformat()
