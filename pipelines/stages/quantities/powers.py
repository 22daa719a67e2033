"""Numbers of the sciences and of the workshop: 1.6 × 10⁻¹⁹, 6.02e23, 10^9, and fractions with a slash (2/3).

Each reader takes a number whose digits are known and changes it in place. What it measures is not read here.
"""

import re
from decimal import Decimal

from pipelines.stages.quantities.written import Number
from pipelines.vocabulary.words import Words

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Ten to a power whose raising was lost on the way: 2.2 \u00d7 1019.
_FLATTENED = re.compile(r"10[1-9]\d?")
_TIMES = frozenset("×x*·⋅✕")
_LARGEST = 300  # an exponent beyond this is no figure of an article


def read_power(words: Words, number: Number) -> bool:
    """Fold a power of ten into the number: after a sign of multiplication, behind an "e", or ten raised by itself."""
    text, j, last, base = words.text, number.j, len(words.text) - 1, 10
    if j > last:
        return False
    if text[j] in _TIMES and text[j + 1 : j + 2] == ["10"]:
        power = _exponent(words, j + 2, is_bare=True)
    elif text[j] in _TIMES and _is_base(words, j + 1):
        power, base = _exponent(words, j + 2, is_bare=False), int(text[j + 1])
    elif _is_base(words, j - 1) and number.i == j - 1:
        power, base = _exponent(words, j, is_bare=False), int(text[j - 1])
        number.value = Decimal(1) if power is not None else number.value
    elif text[j] in _TIMES and number.decimals and number.value < 10 and _FLATTENED.fullmatch(text[min(j + 1, last)]):
        power = int(text[j + 1][2:]), j + 2
    elif text[j] in ("e", "E") and words.is_glued(j):
        power = _signed(words, j + 1)
    elif text[j - 1] == "10" and number.i == j - 1:
        power = _exponent(words, j, is_bare=False)
        number.value = Decimal(1) if power is not None else number.value
    else:
        return False
    if power is None or abs(power[0]) > _LARGEST:
        return False
    factor = Decimal(base) ** power[0]
    number.value, number.scale, number.j = number.value * factor, number.scale * factor, power[1]
    return True


def _is_base(words: Words, j: int) -> bool:
    """2^10, 3^6: a small whole number right before a caret."""
    text = words.text
    is_raised = text[j + 1 : j + 2] == ["^"] and words.is_glued(j + 1)
    return is_raised and text[j].isdecimal() and len(text[j]) < 3 and text[j] != "10"


def _exponent(words: Words, j: int, is_bare: bool) -> tuple[int, int] | None:
    """The exponent written at token `j` and the token after it: ^8, ⁸, **8, and "-19" right behind "× 10"."""
    text = words.text
    if j >= len(text) or not words.is_glued(j):
        return None
    if text[j] == "^":
        return _signed(words, j + 1)
    if text[j : j + 2] == ["*", "*"]:
        return _signed(words, j + 2)
    k, raised = j, ""
    while k < len(text) and words.is_glued(k) and text[k] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺" and k - j < 5:
        raised, k = raised + text[k].translate(RAISED), k + 1
    if raised == "-" and k < len(text) and text[k].isdecimal() and words.is_glued(k) and len(text[k]) < 3:
        return -int(text[k]), k + 1  # 10\u207b5
    if raised and set(text[j:k]) & _RAISED_DIGITS:
        sign, digits = (-1 if raised[0] == "-" else 1), raised.lstrip("+-")
        return (sign * int(digits), k) if digits.isdecimal() else None
    return _signed(words, j) if is_bare and text[j] in "-+" else None


def _signed(words: Words, j: int) -> tuple[int, int] | None:
    text, sign = words.text, 1
    if j < len(text) and words.is_glued(j) and text[j] in "-+\u2212":
        sign, j = (1 if text[j] == "+" else -1), j + 1
    if j < len(text) and words.is_glued(j) and text[j].isdecimal() and len(text[j]) < 4:
        return sign * int(text[j]), j + 1
    return None


def multiplies(words: Words, j: int) -> bool:
    """30 × 20 cm, 3x4, 10,000 × g: a sign of multiplication before token `j` has something on its other side."""
    if j >= len(words):
        return False
    is_digit = words.text[j][0].isdecimal()
    return (is_digit and (words.text[j - 1] == "×" or words.is_glued(j))) or words.text[j] == "g"


def read_slash(words: Words, number: Number) -> bool:
    """2/3 of, 3/4 inch: a proper fraction of two small numbers. A date (4/5/2022) or a score is none."""
    text, j = words.text, number.j
    if j + 2 >= len(text) or text[j] != "/" or not (words.is_glued(j) and words.is_glued(j + 1)):
        return False
    whole = text[j + 1]
    if not (
        text[j - 1].isdecimal()
        and whole.isdecimal()
        and (len(whole) < 4 or whole == "1000")
        and 0 < number.value < int(whole)
    ):
        return False
    if (
        number.j - number.i != 1
        or words.is_glued(j + 2)
        or (number.i and words.is_glued(number.i) and text[number.i - 1] in "/-")
    ):
        return False
    if text[j + 2][0].isalpha():
        number.value, number.form, number.digits = 100 * number.value / int(whole), "share", 2
        number.j = j + 2
        return True
    return False
