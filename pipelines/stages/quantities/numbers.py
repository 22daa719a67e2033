"""English numbers: digits, number words, "a hundred", "half a million", "tens of millions". The order of the readings.

A number is read here without its unit. Digits are in `written.py`, scale words in `scales.py`, number words and shares
in `shares.py`; what a word is worth comes from the catalogue.
"""

from decimal import Decimal

from pipelines.catalogue.grammar import Grammar
from pipelines.stages.quantities import powers
from pipelines.stages.quantities.scales import add_smaller_scales, multiply_by_scales
from pipelines.stages.quantities.shares import one_in, per_scale, read_words
from pipelines.stages.quantities.written import MAX_DIGITS, VULGAR, Number, plain_value, significant
from pipelines.vocabulary.words import Words

_NUMERATORS = {"a": 1, "an": 1}
_MOST_GROUPS = 8  # tokens of noughts and commas behind the first digits of a number


_EMPHATIC = frozenset(("good", "full", "mere", "whole"))
_OPENS = frozenset((";", ",", "and", "but", "while", "\u201c", '"'))  # what a clause opens behind


def read_number(words: Words, i: int, grammar: Grammar, has_currency: bool) -> Number | None:
    """The number that begins at token `i`, the longest reading; None where none begins there."""
    token = words.text[i]
    if token[0].isdecimal():
        return _digits(words, i, grammar, has_currency)
    if token in VULGAR:
        return Number(i, i + 1, VULGAR[token] * 100, "share", digits=2)
    low = words.low[i]
    if low in grammar.vague:
        return _vague(words, i, grammar)
    if low in grammar.fractions and low in ("half", "quarter"):
        if low == "half" and likened(words, i + 1, grammar):
            return Number(i, i + 1, Decimal(50), "share", digits=2)
        return _half(words, i, grammar)
    if low in _NUMERATORS:
        return _after_article(words, i, grammar)
    if low in grammar.cardinals:
        role, _ = grammar.cardinals[low]
        if role == "scale" or role == "collective" or role == "hundred":
            return Number(i, i + 1, Decimal(0), "part")
        return read_words(words, i, grammar)
    return None


def _digits(words: Words, i: int, grammar: Grammar, has_currency: bool) -> Number | None:
    token = words.text[i]
    if len(token) > MAX_DIGITS:
        return Number(i, i + 1, Decimal(0), "oversized")
    value = plain_value(token)
    if value is None:
        return Number(i, i + 1, Decimal(0), "corrupt")
    digits, decimals = significant(token)
    number = Number(i, i + 1, value, "digits", digits=digits, decimals=decimals)
    _spaced_thousands(words, number)
    if i > 0 and words.text[i - 1] == "." and token.isdigit() and words.is_glued(i) and not words.is_glued(i - 1):
        number.value, number.i = Decimal("0." + token), i - 1
        number.decimals = len(token)
    if decimals:
        _last_digits(words, number)
    _mixed_fraction(words, number)
    if powers.read_power(words, number):
        return number
    if powers.read_slash(words, number):
        return number
    multiply_by_scales(words, number, grammar, has_currency)
    if number.scale > 1:
        add_smaller_scales(words, number, grammar)
    return per_scale(words, number, grammar) or one_in(words, number, grammar) or number


def _spaced_thousands(words: Words, number: Number) -> None:
    """ "10, 000 people", "2 , 000 , 000": groups of noughts that a space has parted from their comma."""
    text, j = words.text, number.j
    if not text[number.i].isdecimal() or len(text[number.i]) > 3 or text[number.i][0] == "0":
        return
    while text[j : j + 2] == [",", "000"] and j - number.i < _MOST_GROUPS:
        number.value, j = 1000 * number.value, j + 2
    number.j = j


def _last_digits(words: Words, number: Number) -> None:
    """5.2(1) kg, 1.602(3)×10⁻¹⁹: in brackets stands how far the last digits are uncertain."""
    j, text = number.j, words.text
    if (
        text[j : j + 1] == ["("]
        and text[j + 2 : j + 3] == [")"]
        and text[j + 1].isdecimal()
        and len(text[j + 1]) < 4
        and all(words.is_glued(k) for k in range(j, j + 3))
        and j + 3 < len(text)
        and (text[j + 3].isalpha() or text[j + 3] in "×%°")
    ):
        number.j = j + 3


def _mixed_fraction(words: Words, number: Number) -> None:
    """3 1/2, 3½: a whole and its fraction."""
    j, text = number.j, words.text
    if j < len(text) and text[j] in VULGAR:
        number.value, number.j, number.digits = number.value + VULGAR[text[j]], j + 1, 2
    elif (
        j + 2 < len(text)
        and text[j + 1] == "/"
        and text[j].isdecimal()
        and text[j + 2].isdecimal()
        and not words.is_glued(j)
        and words.is_glued(j + 1)
        and words.is_glued(j + 2)
        and 0 < int(text[j][:4]) < int(text[j + 2][:4])
    ):
        number.value += Decimal(text[j]) / Decimal(text[j + 2])
        number.j, number.digits = j + 3, 2


def _after_article(words: Words, i: int, grammar: Grammar) -> Number | None:
    """A hundred, a million, a dozen, a couple of thousand; a third of, a quarter of, a fifth of."""
    low, j = words.low, i + 1
    if j >= len(low):
        return None
    if low[j] in _EMPHATIC and j + 1 < len(low) and low[j + 1] in grammar.fractions:
        j += 1  # a good third of it
    if low[j] in grammar.classes["pair"] and low[j + 1 : j + 2] == ["of"] and j + 2 < len(low):
        role, value = grammar.cardinals.get(low[j + 2], ("", Decimal(0)))
        return Number(i, j + 3, 2 * value, "vague", scale=value) if role in ("scale", "hundred", "collective") else None
    role, value = grammar.cardinals.get(low[j], ("", Decimal(0)))
    if role in ("scale", "hundred", "collective"):
        if low[j] == "score":
            return None
        number = read_words(words, j, grammar, after_article=True) or Number(
            i, j + 1, value, "words", digits=2, scale=value
        )
        number.i = i
        return number
    if low[j] in ("half", "quarter") and low[j + 1 : j + 2] == ["-"] and (part := _half(words, j, grammar)) is not None:
        part.i = i
        return part
    is_half = _has_bound_before(words, i, grammar) or _is_made_up(words, i, j + 1, grammar)
    if low[j] == "half" and low[j + 1 : j + 2] in ([], ["."], [","]) and is_half:
        return Number(i, j + 1, Decimal(50), "share", digits=2)
    if low[j] not in grammar.fractions or low[j] in ("half", "halves") or low[j].endswith("s"):
        return None
    is_point = low[j + 1 : j + 2] != [] and low[j + 1] in grammar.classes["header_points"]
    is_point = is_point or (low[j + 1 : j + 2] != [] and low[j + 1] in grammar.classes["part_compared"])
    is_part = (
        is_point
        or _says_who(words, i, j + 1, grammar)
        or low[j + 1 : j + 2] == ["of"]
        or low[i - 1 : i] == ["by"]
        or likened(words, j + 1, grammar)
        or _is_made_up(words, i, j + 1, grammar)
    )
    if is_part or _has_bound_before(words, i, grammar):
        after = low[j + 2 : j + 4]
        if after[:1] == ["a"] and len(after) > 1 and grammar.cardinals.get(after[1], ("",))[0] == "scale":
            scale = grammar.cardinals[after[1]][1]
            return Number(i, j + 4, scale / grammar.fractions[low[j]], "words", digits=2, scale=scale)
        return Number(i, j + 1, 100 / grammar.fractions[low[j]], "share", digits=2)
    return None


def _says_who(words: Words, i: int, j: int, grammar: Grammar) -> bool:
    """ "Half are more concerned than excited", "; a third do not": a part that opens its clause, of those spoken of."""
    is_opening = i == 0 or words.low[i - 1] in _OPENS
    follows = words.low[j] if j < len(words) else ""
    return is_opening and (follows in grammar.classes["auxiliary"] or follows in grammar.classes["responds"])


def _is_made_up(words: Words, i: int, j: int, grammar: Grammar) -> bool:
    """ "Madrid alone accounts for a third.": a part of what is spoken of, at the end of its clause."""
    cue = grammar.cues.backward(words.low, i)
    is_share = cue is not None and cue[1].cue == "share" and cue[1].form == "verb"
    return is_share and words.low[j : j + 1] in ([], ["."], [","], [";"], [")"])


def likened(words: Words, j: int, grammar: Grammar) -> bool:
    """ "Half as much", "a third as likely": the part is of what the thing is likened to."""
    return (
        words.low[j : j + 1] == ["as"]
        and words.low[j + 1 : j + 2] != []
        and (words.low[j + 1] in grammar.classes["likened"])
    )


def _has_bound_before(words: Words, i: int, grammar: Grammar) -> bool:
    return grammar.bounds_before.backward(words.low, i) is not None


def _half(words: Words, i: int, grammar: Grammar) -> Number | None:
    """Half a million; half of, half the, more than half. Not "first half", "half-year"."""
    low, j = words.low, i + 1
    before = low[i - 1] if i else ""
    if low[j : j + 1] == ["-"] and words.is_glued(j) and j + 1 < len(low):  # a half-million people
        role, value = grammar.cardinals.get(low[j + 1], ("", Decimal(0)))
        if role in ("scale", "hundred"):
            return Number(i, j + 2, value / 2 if low[i] == "half" else value / 4, "words", digits=2, scale=value)
    if low[i] == "quarter" or before in grammar.ordinals or before in ("h", "-") or low[j : j + 1] == ["-"]:
        return None
    if low[j : j + 1] == ["a"] and j + 1 < len(low):
        role, value = grammar.cardinals.get(low[j + 1], ("", Decimal(0)))
        if role in ("scale", "hundred", "collective"):
            return Number(i, j + 2, value / 2, "words", digits=2, scale=value)
        return None
    follows = low[j] if j < len(low) else ""
    if (
        follows == "of"
        or _says_who(words, i, j, grammar)
        or follows in grammar.classes["definite"]
        or (before == "by" and not follows[:1].isalpha())
        or _has_bound_before(words, i, grammar)
    ):
        if before in grammar.classes["half_of_time"]:
            return None
        return Number(i, j, Decimal(50), "share", digits=2)
    return None


def _vague(words: Words, i: int, grammar: Grammar) -> Number:
    """Tens of millions of users: from ten to a hundred million. Millions of users: vague."""
    low, value, j = words.low, grammar.vague[words.low[i]], i + 1
    if low[j : j + 1] == ["of"] and j + 1 < len(low) and low[j + 1] in grammar.vague:
        inner = grammar.vague[low[j + 1]]
        if low[j + 2 : j + 3] == ["of"] and value <= 1000 and value not in (12, 20):
            return Number(i, j + 3, value * inner, "vague", high=value * inner * 10, digits=1, scale=inner)
        return Number(i, j + 2, Decimal(0), "vague_alone")
    return Number(i, j, Decimal(0), "vague_alone")
