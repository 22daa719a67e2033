"""English numbers: digits with their grouping, number words, scale words, fractions, "one in five", "tens of millions".

A number is read here without its unit. Every convention is one function; what a word is worth comes from the catalogue.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.catalogue.grammar import Grammar
from pipelines.stages.quantities import powers
from pipelines.vocabulary.words import Words

MAX_DIGITS = 64  # digits, or number words, of one number
_MOST_SCALES = 4  # scale words behind one number: "3.2 hundred million million"

_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f'\u2019")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_DECIMAL = re.compile(r"\d+\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
VULGAR = {
    sign: Decimal(part) / whole
    for sign, part, whole in (
        ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip
_NUMERATORS = {"a": 1, "an": 1}


@dataclass(slots=True)
class Number:
    """A number between tokens `i` and `j` (exclusive). `form` says how it is written:

    digits, words, share (a fraction or "one in five", in percent), vague (a range of powers of ten), multiple, ordinal;
    or why it is none: corrupt, oversized, vague_alone, part.
    """

    i: int
    j: int
    value: Decimal
    form: str
    high: Decimal | None = None
    digits: int = 1
    decimals: int = 0
    scale: Decimal = Decimal(1)


def plain_value(token: str) -> Decimal | None:
    """The value of a written run of digits, or None where no convention of grouping fits ("9.4.0")."""
    token = token.translate(_SPACES)
    if "," not in token:
        if "." not in token or _DECIMAL.fullmatch(token):
            return Decimal(token)
        return Decimal(token.replace(".", "")) if _EUROPEAN.fullmatch(token) else None
    if _GROUPED.fullmatch(token) or _INDIAN.fullmatch(token):
        return Decimal(token.replace(",", ""))
    if _EUROPEAN.fullmatch(token):
        return Decimal(token.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(token):
        return Decimal(token.replace(",", "."))
    return None


def significant(token: str) -> tuple[int, int]:
    """Significant digits and decimals of written digits: trailing zeros of an integer do not count, at least two do."""
    bare = token.translate(_SPACES).replace(",", "")
    whole, _, part = bare.partition(".")
    if part:
        return max(2, len((whole + part).lstrip("0"))), len(part)
    return max(2, len(whole.strip("0")) if whole.strip("0") else 1), 0


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
        return _half(words, i, grammar)
    if low in _NUMERATORS:
        return _after_article(words, i, grammar)
    if low in grammar.cardinals:
        role, _ = grammar.cardinals[low]
        if role == "scale" or role == "collective" or role == "hundred":
            return Number(i, i + 1, Decimal(0), "part")
        return _in_words(words, i, grammar)
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
    if i > 0 and words.text[i - 1] == "." and token.isdigit() and words.is_glued(i) and not words.is_glued(i - 1):
        number.value, number.i = Decimal("0." + token), i - 1
        number.decimals = len(token)
    _mixed_fraction(words, number)
    if powers.read_power(words, number):
        return number
    if powers.read_slash(words, number):
        return number
    _scales(words, number, grammar, has_currency)
    return _per_scale(words, number, grammar) or _one_in(words, number, grammar) or number


def _per_scale(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """Three per thousand, five per ten thousand: a share, unless a noun says of what ("34.4 per 10,000 people")."""
    low, j = words.low, number.j
    if number.scale != 1 or low[j : j + 1] != ["per"]:
        return None
    per, j = Decimal(1), j + 1
    while j < len(low) and grammar.cardinals.get(low[j], ("",))[0] in ("unit", "ten", "hundred", "scale"):
        per, j = per * grammar.cardinals[low[j]][1], j + 1
    if per < 100 or (j < len(low) and low[j][0].isalpha() and low[j] not in grammar.ends_phrase):
        return None
    return Number(number.i, j, 100 * number.value / per, "share", digits=number.digits, decimals=number.decimals)


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


def _scales(words: Words, number: Number, grammar: Grammar, has_currency: bool) -> None:
    """Fold what multiplies the number: a glued suffix (10.85M), scale words ("3.2 hundred million"), "bn"."""
    text, low, j = words.text, words.low, number.j
    if j < len(text) and words.is_glued(j) and text[j] in grammar.suffixes:
        role, factor = grammar.suffixes[text[j]]
        if role != "suffix_money" or has_currency or (text[j] in "mb" and _is_counted(words, j + 1, grammar)):
            _multiply(number, factor, j + 1)
            return
    if j < len(text) and text[j] in grammar.suffixes and not words.is_glued(j):
        role, factor = grammar.suffixes[text[j]]
        if role == "spaced_suffix":
            _multiply(number, factor, j + 1)
            return
    for _ in range(_MOST_SCALES):
        if j >= len(text):
            return
        k = j + 1 if text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1) else j
        if k >= len(text):
            return
        role, factor = grammar.cardinals.get(low[k], ("", Decimal(0)))
        if role in ("scale", "hundred", "collective"):
            if k > j and not _is_word(words, k + 1) and text[k + 1 : k + 2] not in (["-"], []):
                return
            _multiply(number, factor, k + 1)
        elif low[k] == "ten" and k == j and k + 1 < len(text) and low[k + 1] == "thousand":
            _multiply(number, factor * 1000, k + 2)
        elif low[k] in grammar.vague and grammar.vague[low[k]] >= 1000 and k == j and j == number.i + 1:
            _multiply(number, grammar.vague[low[k]], k + 1)
        else:
            return
        j = number.j


def _is_counted(words: Words, j: int, grammar: Grammar) -> bool:
    """ "2.5m people" is millions, "a 2.5m plank" metres: a plural within reach is counted."""
    for word in words.low[j : j + 4]:
        if not word[0].isalpha() or word in grammar.ends_phrase:
            return False
        if (word.endswith("s") and not word.endswith("ss")) or word in ("people", "sq", "square", "cubic"):
            return True
    return False


def _multiply(number: Number, factor: Decimal, j: int) -> None:
    number.value *= factor
    number.scale *= factor
    number.j = j


def _is_word(words: Words, i: int) -> bool:
    return i < len(words.text) and words.text[i][0].isalpha()


def _in_words(words: Words, i: int, grammar: Grammar, after_article: bool = False) -> Number | None:
    """Number words: "two hundred and fifty thousand", "forty-two", "one and a half billion", "three dozen"."""
    text, low, size = words.text, words.low, len(words.text)
    total, current, j, last, scale = Decimal(0), Decimal(0), i, "", Decimal(1)
    if after_article:
        current, last = Decimal(1), "unit"
    while j < size:
        if j - i > MAX_DIGITS:
            return Number(i, j, Decimal(0), "oversized")
        k = j
        if j > i and text[j] == "-" and words.is_glued(j) and words.is_glued(j + 1):
            k = j + 1
        elif j > i and low[j] == "and" and last in ("hundred", "scale"):
            k = j + 1
            if k < size and grammar.cardinals.get(low[k], ("",))[0] not in ("unit", "ten"):
                break
        if k >= size:
            break
        role, value = grammar.cardinals.get(low[k], ("", Decimal(0)))
        if role == "unit" and last in ("", "hundred", "scale", "ten") and not (last == "ten" and value > 9):
            if last == "scale" and k == j and scale < 1000:
                break
            current += value
        elif role == "ten" and last in ("", "hundred", "scale"):
            current += value
        elif role in ("hundred", "collective") and last in ("unit", "ten"):
            current *= value
            scale = max(scale, value)
        elif role == "scale":
            if current == 0 and total:
                total *= value
            else:
                total += (current or 1) * value
            current, scale = Decimal(0), max(scale, value)
        else:
            break
        last, j = ("hundred" if role == "collective" else role), k + 1
    number = Number(i, j, total + current, "words", digits=2, scale=scale)
    tail = low[j : j + 3]
    if last == "unit" and tail in (["and", "a", "half"], ["and", "a", "quarter"]):
        number.value += Decimal("0.5") if tail[2] == "half" else Decimal("0.25")
        number.j = j + 3
        _scales(words, number, grammar, has_currency=False)
    elif last == "unit" and tail == ["-", "and", "-"] and low[j + 3 : j + 6] == ["a", "-", "half"]:
        number.value += Decimal("0.5")
        number.j = j + 6
        _scales(words, number, grammar, has_currency=False)
    elif (
        tail[:1] == ["point"]
        and last == "unit"
        and len(tail) > 1
        and grammar.cardinals.get(tail[1], ("",))[0] == "unit"
    ):
        number.j, place = j + 1, Decimal(1)
        while number.j < size and grammar.cardinals.get(low[number.j], ("",))[0] == "unit" and number.j - j < 16:
            place /= 10
            number.value += grammar.cardinals[low[number.j]][1] * place
            number.j += 1
        _scales(words, number, grammar, has_currency=False)
    if last in ("unit", "ten"):
        share = (
            _fraction(words, number, grammar) or _per_scale(words, number, grammar) or _one_in(words, number, grammar)
        )
        if share is not None:
            return share
    return number


def _fraction(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """Two-thirds, three quarters, one tenth."""
    j, low = number.j, words.low
    k = j + 1 if j < len(low) and low[j] == "-" and words.is_glued(j) else j
    if k >= len(low) or low[k] not in grammar.fractions or low[k] in ("half", "halves"):
        return None
    parts = grammar.fractions[low[k]]
    if number.value >= parts or (number.value > 1) != low[k].endswith("s"):
        return None
    before = low[number.i - 1] if number.i else ""
    if low[k].startswith("quarter") and (before in grammar.ordinals or before in grammar.classes["duration_cue"]):
        return None
    return Number(number.i, k + 1, 100 * number.value / parts, "share", digits=2)


def _one_in(words: Words, number: Number, grammar: Grammar) -> Number | None:
    """One in five, four people in five, nine out of ten, one out of every three: a share in percent."""
    if number.value != number.value.to_integral_value() or number.value < 1 or number.scale != 1:
        return None
    low, j = words.low, number.j
    noun = j < len(low) and low[j] in grammar.classes["age_person"]
    k = j + 1 if noun else j
    if low[k : k + 2] == ["out", "of"]:
        k += 2
    elif low[k : k + 1] == ["in"]:
        k += 1
    else:
        return None
    if low[k : k + 1] == ["every"]:
        k += 1
    if k >= len(low):
        return None
    if words.text[k][0].isdecimal():
        whole, end = (plain_value(words.text[k]) if len(words.text[k]) < 12 else None) or Decimal(0), k + 1
        if len(words.text[k]) == 4 and words.text[k][:2] in ("19", "20"):
            return None
    else:
        other = _in_words(words, k, grammar) if grammar.cardinals.get(low[k], ("",))[0] in ("unit", "ten") else None
        if other is None or other.form != "words":
            return None
        whole, end = other.value, other.j
    if not number.value < whole or whole < 2:
        return None
    if number.value > 1 and whole not in (3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000):
        return None
    follower = low[end] if end < len(low) else ""
    if noun and follower[:1].isalpha() and follower not in grammar.ends_phrase:
        return None
    if follower in ("months", "years", "days", "weeks", "hours", "minutes") or follower in ("%", "percent"):
        return None
    return Number(number.i, end, 100 * number.value / whole, "share", digits=2)


def _after_article(words: Words, i: int, grammar: Grammar) -> Number | None:
    """A hundred, a million, a dozen; a third of, a quarter of, a fifth of."""
    low, j = words.low, i + 1
    if j >= len(low):
        return None
    role, value = grammar.cardinals.get(low[j], ("", Decimal(0)))
    if role in ("scale", "hundred", "collective"):
        if low[j] == "score" or low[j] == "gross":
            return None
        number = _in_words(words, j, grammar, after_article=True) or Number(
            i, j + 1, value, "words", digits=2, scale=value
        )
        number.i = i
        return number
    if low[j] not in grammar.fractions or low[j] in ("half", "halves") or low[j].endswith("s"):
        return None
    if low[j + 1 : j + 2] == ["of"] or low[i - 1 : i] == ["by"] or _has_bound_before(words, i, grammar):
        after = low[j + 2 : j + 4]
        if after[:1] == ["a"] and len(after) > 1 and grammar.cardinals.get(after[1], ("",))[0] == "scale":
            scale = grammar.cardinals[after[1]][1]
            return Number(i, j + 4, scale / grammar.fractions[low[j]], "words", digits=2, scale=scale)
        return Number(i, j + 1, 100 / grammar.fractions[low[j]], "share", digits=2)
    return None


def _has_bound_before(words: Words, i: int, grammar: Grammar) -> bool:
    return grammar.bounds_before.backward(words.low, i) is not None


def _half(words: Words, i: int, grammar: Grammar) -> Number | None:
    """Half a million; half of, half the, more than half. Not "first half", "half-year"."""
    low, j = words.low, i + 1
    before = low[i - 1] if i else ""
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
        or follows in grammar.classes["definite"]
        or (before == "by" and not follows[:1].isalpha())
        or _has_bound_before(words, i, grammar)
    ):
        if before in ("the", "this", "last", "latter", "next", "other", "each", "second", "opening"):
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
